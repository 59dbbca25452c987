// A message of each type that a client sends, what it is read as, and the types its fields have.
import Ledger
import Rooms
import RoomsTestSupport
import Wire

struct CommandSample: Sendable {
    enum Field {
        case text, optionalText, natural, optionalNatural, slot, optionalSlot, question, texts
        case flag, optionalFlag, small, member, optionalMember, optionalTexts, recording
        case optionalChannel
        /// On a slide: 0 to 10,000.
        case place
        /// A word of a fixed list.
        case choice, numbers
    }

    let type: String
    let data: String
    let request: ClientRequest
    var fields: [String: Field] = [:]

    var message: String {
        #"{"id":"k7Qz-1","type":"\#(type)","room":"\#(Self.room)","data":\#(data)}"#
    }

    static let room = "000102030405060708090a0b0c0d0e0f"

    /// Types without fields.
    static let plain: [CommandSample] = [
        ("time.sync", .syncTime), ("room.leave", .leave), ("room.open", .act(.openRoom)),
        ("room.start", .act(.startRoom)), ("room.pause", .act(.pauseRoom)),
        ("room.resume", .act(.resumeRoom)), ("room.end", .act(.endRoom)),
        ("room.end_confirm", .act(.confirmEnd)), ("room.reopen", .act(.reopenRoom)),
        ("room.close", .act(.closeRoom)), ("pitch.start", .act(.startPitch)),
        ("qa.start", .act(.startQuestions)), ("slot.finish", .act(.finishSlot)),
        ("slot.no_show", .act(.noShow)),
        ("clock.pause", .act(.pauseClock)), ("clock.resume", .act(.resumeClock)),
        ("member.admit_all", .act(.letInAll(cards: [:]))), ("output.stop", .act(.stopOutput)),
        ("output.resume", .act(.resumeOutput)), ("hand.raise", .act(.raiseHand)),
        ("recording.start", .act(.startRecording(nil))),
        ("recording.stop", .act(.stopRecording(.moderator))),
        ("playback.pause", .act(.pausePlayback)), ("playback.resume", .act(.resumePlayback)),
        ("playback.stop", .act(.stopPlayback)), ("draw.start", .act(.startDraw(seed: nil))),
    ].map { CommandSample(type: $0, data: "{}", request: $1) }

    static let all: [CommandSample] = plain + allWithFields

    static let allWithFields: [CommandSample] =
        withFields + ofPeople + ofMatters + ofConduct + ofMedia + ofPolls + ofJudging + ofIntents
        + ofIntentAnswers + ofOrder

    static let withFields: [CommandSample] = [
        CommandSample(
            type: "room.join",
            data: #"{"since":42,"own":7,"checkpoint":"luyan/x\n"}"#,
            request: .join(JoinRequest(since: 42, own: 7, checkpoint: "luyan/x\n")),
            fields: [
                "since": .optionalNatural, "own": .optionalNatural, "checkpoint": .optionalText,
            ]
        ),
        CommandSample(type: "room.join", data: "{}", request: .join(JoinRequest())),
        CommandSample(
            type: "room.cancel",
            data: #"{"reason":"改期"}"#,
            request: .act(.cancelRoom(reason: "改期")),
            fields: ["reason": .optionalText]
        ),
        CommandSample(
            type: "chat.say",
            data: #"{"text":" a\n\"b\" "}"#,
            request: .act(.say(" a\n\"b\" ")),
            fields: ["text": .text]
        ),
        CommandSample(
            type: "chat.say",
            data: #"{"text":"@x","channel":"slot:1","mentions":["a1a1a1a1a1a1a1a1"]}"#,
            request: .act(.say("@x", in: .slot(.first), mentioning: [.sample(0xa1)])),
            fields: ["text": .text, "channel": .optionalChannel, "mentions": .optionalTexts]
        ),
        CommandSample(
            type: "chat.say",
            data: #"{"text":"x","channel":"everyone","mentions":[]}"#,
            request: .act(.say("x"))
        ),
        CommandSample(
            type: "question.ask",
            data: #"{"text":"why?","slot":"1"}"#,
            request: .act(.ask("why?", about: .first)),
            fields: ["text": .text, "slot": .optionalSlot]
        ),
        CommandSample(
            type: "question.vote",
            data: #"{"question":"17"}"#,
            request: .act(.vote(for: 17)),
            fields: ["question": .question]
        ),
        CommandSample(
            type: "question.mark",
            data: #"{"question":"17","state":"answering"}"#,
            request: .act(.mark(17, .answering)),
            fields: ["question": .question, "state": .choice]
        ),
        CommandSample(
            type: "question.ask",
            data: #"{"text":"why?","anonymous":true}"#,
            request: .act(.ask("why?", about: nil, anonymously: true)),
            fields: ["text": .text, "anonymous": .optionalFlag]
        ),
        CommandSample(
            type: "question.merge",
            data: #"{"question":"17","into":"15"}"#,
            request: .act(.mergeQuestion(17, into: 15)),
            fields: ["question": .question]
        ),
        CommandSample(
            type: "question.merge",
            data: #"{"question":"17","into":null}"#,
            request: .act(.mergeQuestion(17, into: nil)),
            fields: ["question": .question]
        ),
        CommandSample(
            type: "question.answer",
            data: #"{"question":"17","text":"见附件"}"#,
            request: .act(.answerQuestion(17, "见附件")),
            fields: ["question": .question, "text": .text]
        ),
        CommandSample(
            type: "question.allow_anonymous",
            data: #"{"on":true}"#,
            request: .act(.allowAnonymous(true)),
            fields: ["on": .flag]
        ),
        CommandSample(
            type: "content.correct",
            data: #"{"seq":9,"text":"300 °C"}"#,
            request: .act(.correct(9, "300 °C")),
            fields: ["seq": .natural, "text": .text]
        ),
        CommandSample(
            type: "archive.arrange",
            data: #"{"audience":"members","retention":"30_years"}"#,
            request: .act(
                .arrangeArchive(ArchiveTerms(audience: .members, retention: .thirtyYears))
            ),
            fields: ["audience": .choice, "retention": .choice]
        ),
        CommandSample(
            type: "archive.review",
            data: #"{"review":"transcript","done":true}"#,
            request: .act(.reviewArchive(.transcript, isDone: true)),
            fields: ["review": .choice, "done": .flag]
        ),
        CommandSample(
            type: "archive.consent",
            data: #"{"slot":"1","agree":true}"#,
            request: .act(.consentArchive(.first, agrees: true)),
            fields: ["slot": .slot, "agree": .flag]
        ),
        CommandSample(type: "archive.seal", data: "{}", request: .act(.seal)),
        CommandSample(type: "archive.seal_confirm", data: "{}", request: .act(.confirmSeal)),
        CommandSample(
            type: "archive.supplement",
            data: #"{"text":"合同号 2026-17"}"#,
            request: .act(.supplement("合同号 2026-17")),
            fields: ["text": .text]
        ),
        CommandSample(
            type: "archive.hold",
            data: #"{"reason":"诉讼保全"}"#,
            request: .act(.holdArchive(reason: "诉讼保全")),
            fields: ["reason": .text]
        ),
        CommandSample(
            type: "archive.release",
            data: #"{"reason":"结案"}"#,
            request: .act(.releaseArchive(reason: "结案")),
            fields: ["reason": .text]
        ),
        CommandSample(
            type: "content.redact",
            data: #"{"seq":9,"reason":"private"}"#,
            request: .act(.redact(9, .private)),
            fields: ["seq": .natural, "reason": .choice]
        ),
        CommandSample(
            type: "slot.ready",
            data: #"{"slot":"1"}"#,
            request: .act(.markReady(.first)),
            fields: ["slot": .slot]
        ),
        CommandSample(
            type: "slot.call",
            data: #"{"slot":"1"}"#,
            request: .act(.callSlot(.first)),
            fields: ["slot": .slot]
        ),
        CommandSample(
            type: "slot.skip",
            data: #"{"slot":"1","reason":"缺席"}"#,
            request: .act(.skipSlot(.first, reason: "缺席")),
            fields: ["slot": .slot, "reason": .optionalText]
        ),
        CommandSample(
            type: "slot.recall",
            data: #"{"slot":"1"}"#,
            request: .act(.recallSlot(.first)),
            fields: ["slot": .slot]
        ),
        CommandSample(
            type: "slot.restart",
            data: #"{"slot":"1","reason":"断线"}"#,
            request: .act(.restartSlot(.first, reason: "断线")),
            fields: ["slot": .slot, "reason": .text]
        ),
        CommandSample(
            type: "clock.extend",
            data: #"{"ms":60000,"reason":"追问"}"#,
            request: .act(.extendClock(milliseconds: 60_000, reason: "追问")),
            fields: ["ms": .natural, "reason": .optionalText]
        ),
        CommandSample(
            type: "slides.place",
            data: #"{"slot":"1","files":["ab","cd"]}"#,
            request: .placeSlides(.first, files: ["ab", "cd"]),
            fields: ["slot": .slot, "files": .texts]
        ),
        CommandSample(
            type: "slide.show",
            data: #"{"slot":"1","page":2}"#,
            request: .act(.showSlide(.first, page: 2)),
            fields: ["slot": .slot, "page": .natural]
        ),
    ]
}
