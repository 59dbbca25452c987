# A room's whole story, one event a step, so that each is looked at by every way to read a room.

import hashlib
import json

from harness.cast import sign


def run_over(sight):
    """The shortest pitch there is, a minute, beyond its end."""
    sight.host.ask("slides.place", sight.room, {"slot": "1", "files": [sight.picture(1)]})
    for command in ("room.open", "room.start"):
        sight.host.ask(command, sight.room)
    sight.host.ask("slot.call", sight.room, {"slot": "1"})
    sight.host.ask("pitch.start", sight.room)
    sight.step("overtime.started", lambda: sight.host_hears("overtime.started", patience=90))
    sight.host.ask("qa.start", sight.room)


def follow(sight):
    """Enough questions at one slide to tell its presenters; told right behind the slot's end."""
    for number in range(5):
        sight.host.ask("question.ask", sight.room, {"text": f"Q{number}", "slot": "1"})

    def finish():
        sight.host.ask("slot.finish", sight.room)
        sight.host_hears("slot.followed", patience=10)

    sight.step("slot.followed", finish, events=2)


def count(sight):
    """One more connection, which the server counts a moment later."""
    sight.host.ask("room.open", sight.room)
    sight.host_hears("attendance.counted", patience=10)
    extra = sight.server.peer()

    def counts():
        return len(sight.host.rooms[sight.room].of_type("attendance.counted"))

    def come():
        known = counts()
        extra.join(sight.room)
        sight.host.until(lambda: counts() > known)

    sight.step("attendance.counted", come)
    # Everybody is told of this one, and so knows that it has heard all before it.
    sight.host.ask("room.start", sight.room)
    sight.gather()
    extra.close()


def shift(server, sights):
    """A restart while clocks run moves them."""
    for sight in sights.values():
        sight.catch_up()
    before = {door: sight.look() for door, sight in sights.items()}
    server.restart()
    for door, sight in sights.items():
        sight.reconnect()
        sight.compare("clock.shifted", before[door], sight.look())


def tell(sight):
    """One event a step, so that what changes in a picture of the room is that event's."""
    step, say, mark = sight.step, sight.say, sight.mark

    def texted(kind, command, field="reason", **data):
        text = mark()
        step(kind, say(command, **data, **{field: text}), text)

    texted("announcement.made", "announcement.make", "text")
    texted("chat.said@staff", "chat.say", "text", channel="staff")
    texted("chat.said@slot", "chat.say", "text", channel="slot:1")
    step("room.opened", say("room.open"))
    enter(sight)
    step("chat.slow_mode_set", say("chat.slow_mode", seconds=5))
    sight.host.ask("chat.slow_mode", sight.room, {"seconds": 0})
    talk(sight)
    step("output.stopped", say("output.stop"))
    step("output.resumed", say("output.resume"))
    files = [sight.picture(1), sight.picture(2)]
    step("slides.placed", say("slides.place", slot="1", files=files), files[0])
    if sight.door:
        step("matter.disclosed", lambda: sight.fetch(files[0], "self"))
    arrange(sight)
    step("slot.ready", say("slot.ready", slot="1"))
    texted("slot.skipped", "slot.skip", slot="2")
    step("slot.recalled", say("slot.recall", slot="2"))
    step("room.started", say("room.start"))
    speak(sight)
    intend(sight)
    step("slot.called", say("slot.call", slot="1"))
    step("slot.missed", say("slot.no_show"))
    sight.host.ask("slot.call", sight.room, {"slot": "1"})
    step("pitch.started", say("pitch.start"))
    step("slide.shown", say("slide.show", slot="1", page=2))
    step("clock.paused", say("clock.pause"))
    texted("clock.extended", "clock.extend", ms=600000)
    step("clock.resumed", say("clock.resume"))
    sight.host.ask("clock.pause", sight.room)
    texted("slot.restarted", "slot.restart", slot="1")
    step("room.paused", say("room.pause"))
    step("room.resumed", say("room.resume"))
    sight.host.ask("pitch.start", sight.room)
    step("qa.started", say("qa.start"))
    step("slot.finished", say("slot.finish"))
    keep_order(sight)
    step("room.end_requested", say("room.end"))
    step("room.ended", say("room.end_confirm"))
    step("room.reopened", say("room.reopen"))
    sight.host.ask("room.end", sight.room)
    sight.host.ask("room.end_confirm", sight.room)
    follow_up(sight)
    step("room.closed", say("room.close"))
    archive(sight)


def archive(sight):
    """The desk after the room, to the seal and after it; everybody who was let in may read it on."""
    step, say, presenter = sight.step, sight.say, sight.live["presenter"]

    def texted(kind, command, field):
        text = sight.mark()
        step(kind, say(command, **{field: text}), text)

    step("archive.arranged", say("archive.arrange", audience="public", retention="10_years"))
    step("archive.reviewed", say("archive.review", review="transcript", done=True))
    sight.host.ask("archive.review", sight.room, {"review": "redactions", "done": True})
    agree = {"slot": "1", "agree": True}
    step("archive.consented", lambda: presenter.ask("archive.consent", sight.room, agree))
    step("archive.seal_requested", say("archive.seal"))
    step("archive.sealed", say("archive.seal_confirm"))
    texted("archive.held", "archive.hold", "reason")
    texted("archive.released", "archive.release", "reason")
    texted("archive.supplemented", "archive.supplement", "text")


def arrange(sight):
    """A draw to its end, one that is called off, and the order by hand."""
    room, presenter = sight.room, sight.live["presenter"]
    contribution = "07" * 32
    commitment = hashlib.sha256(bytes.fromhex(contribution)).hexdigest()
    draw = str(sight.step("draw.started", sight.say("draw.start"))["seq"])
    given = {"draw": draw, "slot": "1"}
    sight.step("draw.committed",
               lambda: presenter.ask("draw.commit", room, given | {"commitment": commitment}))
    sight.step("draw.closed", sight.say("draw.close", draw=draw))
    sight.step("draw.revealed",
               lambda: presenter.ask("draw.reveal", room, given | {"contribution": contribution}))
    sight.step("draw.finished", sight.say("draw.finish", draw=draw))
    draw = str(sight.host.ask("draw.start", room)["seq"])
    sight.step("draw.failed", sight.say("draw.cancel", draw=draw))
    slots = [slot["id"] for slot in sight.host.join(room)["snapshot"]["slots"]]
    sight.step("slots.ordered", sight.say("slots.order", slots=slots[::-1]))


def speak(sight):
    """Hands and the floor, a recording, a caption, a recording that plays."""
    step, say, presenter = sight.step, sight.say, sight.live["presenter"]

    def about(command):
        return lambda: sight.tell("audience", command)

    step("hand.raised", lambda: presenter.ask("hand.raise", sight.room), "Npresenter")
    step("hand.lowered", lambda: presenter.ask("hand.lower", sight.room))
    step("floor.given", about("floor.give"))
    step("microphone.muted", about("microphone.mute"))
    step("microphone.unmuted", about("microphone.unmute"))
    step("floor.taken", about("floor.take"))
    step("stage.arranged", say("stage.arrange", layout="camera"))
    step("recording.consented", say("recording.consent", agree=True))
    step("recording.started", say("recording.start"))
    step("recording.stopped", say("recording.stop"))
    text = sight.mark()
    step("caption.added", say("caption.add", language="en", text=text), text)
    recording = sight.recording("presenter")
    step("recording.offered",
         lambda: presenter.ask("recording.offer", sight.room, {"recording": recording}))
    step("playback.started", say("playback.start", recording=recording))
    step("playback.paused", say("playback.pause"))
    step("playback.resumed", say("playback.resume"))
    step("playback.stopped", say("playback.stop"))


def enter(sight):
    """`self` comes in; its pages join again where they are told to."""
    room, person = sight.room, sight.bring_self()
    name = "Nself"
    unseen = ("self",)
    if sight.door:
        person.join(room)
        text = sight.mark()
        sight.step("member.applied",
                   lambda: person.ask("door.apply", room, {"answers": [text]}), text)
        sight.know("self")
        person.join(room)
        sight.step("member.admitted", sight.about("member.admit"), name)
        person.join(room)
        text = sight.mark()
        sight.step("terms.signed", lambda: sign(person, room, text), text)
        person.join(room)
    else:
        sight.step("member.admitted", lambda: person.join(room), name, unseen)
        sight.know("self")


def talk(sight):
    """What `self` writes: held, let through, declined; said at once; taken out again."""
    room, person = sight.room, sight.live["self"]

    def wrote(kind, command="chat.say"):
        text = sight.mark()
        return sight.step(kind, lambda: person.ask(command, room, {"text": text}), text), text

    sight.step("chat.hold_set", sight.say("chat.hold", on=True))
    held, text = wrote("chat.held")
    sight.step("chat.approved", sight.say("chat.approve", held=held["seq"]), text)
    held, _ = wrote("chat.held")
    reason = sight.mark()
    sight.step("chat.declined", sight.say("chat.decline", held=held["seq"], reason=reason), reason)
    sight.host.ask("chat.hold", room, {"on": False})
    said, _ = wrote("chat.said")
    text = sight.mark()
    sight.step("content.corrected", sight.say("content.correct", seq=said["seq"], text=text), text)
    said, sight.gone = wrote("chat.said")
    sight.step("content.redacted", sight.say("content.redact", seq=said["seq"], reason="spam"))
    asked, _ = wrote("question.asked", "question.ask")
    question = str(asked["seq"])
    sight.step("question.voted", sight.say("question.vote", question=question))
    sight.step("question.marked",
               sight.say("question.mark", question=question, state="answered"))
    other, _ = wrote("question.asked", "question.ask")
    merge = {"question": str(other["seq"]), "into": question}
    sight.step("question.merged", sight.say("question.merge", **merge))
    text = sight.mark()
    sight.step("question.answered",
               sight.say("question.answer", question=question, text=text), text)
    sight.step("question.anonymity_set", sight.say("question.allow_anonymous", on=True))
    poll(sight)


def poll(sight):
    """`self` votes, which nobody else is told."""
    text = sight.mark()
    opened = sight.step("poll.opened", sight.say("poll.open", kind="yes_no", question=text), text)
    poll = str(opened["seq"])
    ballot = {"poll": poll, "choices": [1]}
    sight.step("poll.voted", lambda: sight.live["self"].ask("poll.vote", sight.room, ballot))
    sight.step("poll.closed", sight.say("poll.close", poll=poll))
    sight.step("poll.cancelled", sight.say("poll.cancel", poll=poll))


def intend(sight):
    """What `self` would do with the first project; what its presenter says to that."""
    room, person, presenter = sight.room, sight.live["self"], sight.live["presenter"]
    me, other = {"member": sight.members["self"]}, {"member": sight.members["presenter"]}

    def did(kind, peer, command, field="note", events=1, **data):
        text = sight.mark()
        data = {"slot": "1", field: text} | data
        return sight.step(kind, lambda: peer.ask(command, room, data), text, events=events)

    def give(kind, events=1, **data):
        did(kind, person, "intent.give", side="investor", events=events, **data)

    give("intent.given", step="follow")
    did("intent.answered", presenter, "intent.answer", **me, answer="seen")
    did("contact.offered", person, "contact.offer", "text", **other)
    did("contact.told", presenter, "contact.offer", "text", events=2, **me)
    sight.step("contact.withdrawn",
               lambda: person.ask("contact.withdraw", room, {"slot": "1"} | other))
    did("feedback.given", person, "feedback.give", "text", codes=["too_early"])
    did("note.kept", person, "note.keep", "text")
    give("intent.given*", step="materials", shared=True)
    did("intent.answered*", presenter, "intent.answer", **me, answer="materials_sent")
    give("intent.unshared*", step="meet", events=2)
    give("intent.given*", step="meet", shared=True)
    did("intent.withdrawn*", person, "intent.withdraw")
    give("intent.given", step="meet")
    did("intent.withdrawn", person, "intent.withdraw")
    give("intent.given", step="meet")


def follow_up(sight):
    """Weeks later; `self` is not in the room any more."""
    text = sight.mark()
    data = {"slot": "1", "member": sight.members["self"], "party": "presenter",
            "outcome": "ended", "note": text}
    sight.step("intent.followed_up",
               lambda: sight.live["presenter"].ask("intent.follow_up", sight.room, data), text)


def keep_order(sight):
    """`self` is muted, made something else, sent out, waits, is declined and banned."""
    room, person = sight.room, sight.live["self"]
    out = ("self",)
    sight.step("member.muted", sight.about("member.mute"))
    sight.step("member.unmuted", sight.about("member.unmute"))
    sight.step("member.checked_in", sight.about("member.check_in"))
    sight.step("member.checked_out", sight.about("member.check_out"))
    sight.step("member.roles_changed", sight.about("member.set_roles", roles=["judge"]))
    person.join(room)
    judge(sight)
    reason = sight.mark()
    sight.step("member.removed", sight.about("member.remove", reason=reason), reason, out)
    sight.step("member.waiting", lambda: person.join(room), "Nself", out)
    reason = sight.mark()
    sight.step("member.declined", sight.about("member.decline", reason=reason), reason)
    person.join(room)
    reason = sight.mark()
    sight.step("member.banned", sight.about("member.ban", reason=reason), reason)
    person.join(room)
    sight.away.add("self")
    sight.step("member.unbanned", sight.about("member.unban"))


def judge(sight):
    """`self` is a judge: seated, stands back, gives a sheet; scores are told without sheets."""
    room, person, say = sight.room, sight.live["self"], sight.say
    sight.host.ask("slot.skip", room, {"slot": "2"})
    name = sight.mark()
    panels = [{"weight": 60, "name": "Experts"}, {"weight": 40, "name": "Investors"}]
    sight.step("judging.arranged", say("judging.arrange", criteria=[{"weight": 100, "name": name}],
                                       panels=panels, detail="totals"), name)
    sight.step("judge.seated", sight.about("judge.seat", panel=2))
    text = sight.mark()
    sight.step("chat.said@judges", say("chat.say", text=text, channel="judges"), text)
    reason = sight.mark()
    sight.step("judge.recused",
               lambda: person.ask("judge.recuse", room, {"slot": "1", "reason": reason}), reason)
    sight.step("judge.returned", lambda: person.ask("judge.return", room, {"slot": "1"}))
    reason = sight.mark()
    sight.step("scoring.opened", say("scoring.open", slot="1", reason=reason), reason)
    comment = sight.mark()
    sheet = {"slot": "1", "marks": [90], "comment": comment}
    sight.step("sheet.submitted", lambda: person.ask("sheet.submit", room, sheet), comment)
    sight.step("scoring.closed", say("scoring.close", slot="1"))
    # Scores and sheets are told at once: each is looked for without the other.
    before = sight.look()
    sight.host.ask("scores.publish", room, {})
    after = sight.look()
    for kind, others in (("scores.published", ["sheets"]), ("sheet.opened", ["scores", "ranks"])):
        sight.compare(kind, blind(before, others), blind(after, others), comment, events=2)


def blind(seen, members):
    """Looks without some members of the judging."""
    def without(picture):
        snapshot, you = json.loads(picture)
        judging = {k: v for k, v in (snapshot.get("judging") or {}).items() if k not in members}
        return json.dumps([snapshot | {"judging": judging}, you], ensure_ascii=False)
    return {name: [without(picture), *rest] for name, (picture, *rest) in seen.items()}
