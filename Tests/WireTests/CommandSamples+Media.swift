// Messages about hands, recordings, captions and playback.
import Ledger
import Rooms
import RoomsTestSupport
import Wire

extension CommandSample {
    static let ofMedia: [CommandSample] = [
        CommandSample(type: "hand.lower", data: "{}", request: .act(.lowerHand(nil))),
        CommandSample(
            type: "hand.lower",
            data: #"{"member":"\#(id)"}"#,
            request: .act(.lowerHand(who)),
            fields: ["member": .optionalMember]
        ),
        about("floor.give", .giveFloor(who)), about("floor.take", .takeFloor(who)),
        about("microphone.mute", .muteMicrophone(who)),
        about("microphone.unmute", .unmuteMicrophone(who)),
        CommandSample(
            type: "stage.arrange",
            data: #"{"layout":"camera","member":"\#(id)"}"#,
            request: .act(.arrangeStage(.camera, pinned: who)),
            fields: ["layout": .choice, "member": .optionalMember]
        ),
        CommandSample(
            type: "recording.consent",
            data: #"{"agree":true}"#,
            request: .act(.consent(true)),
            fields: ["agree": .flag]
        ),
        CommandSample(
            type: "recording.offer",
            data: #"{"recording":"0000000000000001"}"#,
            request: .act(.offerRecording(.sample(1), nil)),
            fields: ["recording": .recording]
        ),
        CommandSample(
            type: "caption.add",
            data: #"{"language":"zh-CN","text":"字幕","from":1000,"to":3000}"#,
            request: .act(
                .addCaption(
                    CaptionText(
                        language: "zh-CN",
                        text: "字幕",
                        from: Timestamp(milliseconds: 1_000),
                        to: Timestamp(milliseconds: 3_000)
                    )
                )
            ),
            fields: [
                "language": .text, "text": .text, "from": .optionalNatural, "to": .optionalNatural,
            ]
        ),
        CommandSample(
            type: "playback.start",
            data: #"{"recording":"0000000000000001","from":1500}"#,
            request: .act(.startPlayback(.sample(1), from: 1_500)),
            fields: ["recording": .recording, "from": .optionalNatural]
        ),
        CommandSample(
            type: "playback.seek",
            data: #"{"to":1500}"#,
            request: .act(.seekPlayback(to: 1_500)),
            fields: ["to": .natural]
        ),
    ]
}
