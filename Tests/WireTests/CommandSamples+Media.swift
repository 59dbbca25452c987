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
            type: "media.join",
            data: #"{"video":false}"#,
            request: .media(.join(video: false)),
            fields: ["video": .optionalFlag]
        ),
        CommandSample(type: "media.join", data: "{}", request: .media(.join(video: true))),
        CommandSample(type: "media.leave", data: "{}", request: .media(.leave)),
        CommandSample(
            type: "media.publish",
            data: #"{"kind":"camera","codec":"vp8","width":640,"height":360}"#,
            request: .media(.publish(camera)),
            fields: [
                "kind": .text, "codec": .text, "width": .optionalNatural,
                "height": .optionalNatural,
            ]
        ),
        CommandSample(
            type: "media.publish",
            data: #"{"kind":"voice","codec":"opus","description":"T3B1","rehearses":"1"}"#,
            request: .media(.publish(rehearsal)),
            fields: ["description": .optionalText, "rehearses": .optionalSlot]
        ),
        CommandSample(
            type: "media.publish",
            data: #"{"kind":"interpretation","codec":"opus","language":"en"}"#,
            request: .media(.publish(interpretation)),
            fields: ["language": .optionalText]
        ),
        CommandSample(
            type: "media.set",
            data: #"{"track":7,"muted":true,"width":640}"#,
            request: .media(.set(7, muted: true, width: 640, height: nil)),
            fields: ["track": .small, "muted": .optionalFlag, "width": .optionalNatural]
        ),
        CommandSample(
            type: "media.unpublish",
            data: #"{"track":7}"#,
            request: .media(.unpublish(7)),
            fields: ["track": .small]
        ),
        CommandSample(
            type: "playback.seek",
            data: #"{"to":1500}"#,
            request: .act(.seekPlayback(to: 1_500)),
            fields: ["to": .natural]
        ),
    ]

    private static let camera: PublishRequest = {
        var request = PublishRequest(kind: "camera", codec: "vp8")
        (request.width, request.height) = (640, 360)
        return request
    }()

    private static let rehearsal: PublishRequest = {
        var request = PublishRequest(kind: "voice", codec: "opus", rehearses: .first)
        request.description = "T3B1"
        return request
    }()

    private static let interpretation: PublishRequest = {
        var request = PublishRequest(kind: "interpretation", codec: "opus")
        request.language = "en"
        return request
    }()
}
