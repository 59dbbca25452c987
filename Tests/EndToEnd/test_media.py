"""Proves the relay of live media: who may send and watch, what is passed on, what is refused."""

import pytest
from harness.media import GAP, KEY, Frame, MediaPeer
from harness.peer import Refused
from harness.websocket import Closed


@pytest.fixture
def host(shared, room):
    """The room's moderator on the control socket."""
    with shared.peer(shared.organiser) as peer:
        peer.join(room)
        yield peer


@pytest.fixture
def media(shared, room):
    """Media sockets into the room, closed at the end."""
    opened = []

    def open_socket(token=None, **line):
        peer = MediaPeer(shared.url, room, token, **line)
        opened.append(peer)
        return peer

    yield open_socket
    for peer in opened:
        peer.socket.socket.close()


@pytest.fixture
def viewer(shared, room):
    """Somebody in the audience, with a control socket."""
    token = shared.guest("Vera")
    with shared.peer(token) as peer:
        peer.join(room)
        peer.token = token
        yield peer


def test_a_voice_reaches_everybody_with_the_servers_time(shared, room, host, media):
    speaker, visitor = media(shared.organiser), media()
    assert visitor.join()["tracks"] == []
    track = speaker.publish()
    told = visitor.track()
    assert told["track"] == track and told["kind"] == "voice" and told["codec"] == "opus"
    assert told["name"] == "Olga" and told["live"] and not told["muted"]
    for n in range(5):
        speaker.give(track, bytes([n]) * 40, at=1_000_000 + n * 20_000, level=30, duration=20_000)
    got = [visitor.frame() for _ in range(5)]
    assert [one.payload for one in got] == [bytes([n]) * 40 for n in range(5)]
    assert [one.sequence for one in got] == list(range(5))
    assert all(one.level == 30 and one.duration == 20_000 and one.flags == KEY for one in got)
    now = visitor.ask("time.sync")["now"]
    times = [one.time for one in got]
    assert times == sorted(times)
    assert all(now - 5_000 <= at / 1_000 <= now + 1 for at in times)


def test_a_late_viewer_begins_with_the_last_key_frame(shared, room, media):
    speaker, early = media(shared.organiser), media()
    early.join()
    track = speaker.publish("camera", width=640, height=360)
    for n, flags in enumerate((KEY, 0, 0, KEY, 0, 0)):
        speaker.give(track, bytes([n]) * 100, flags=flags)
    for n in range(6):
        assert early.frame().payload[0] == n
    late = media()
    tracks = late.join()["tracks"]
    assert [(t["track"], t["width"], t["height"]) for t in tracks] == [(track, 640, 360)]
    assert [late.frame().payload[0] for _ in range(3)] == [3, 4, 5]
    speaker.give(track, b"next", flags=0)
    assert late.frame().payload == b"next"


def test_without_a_key_frame_the_publisher_is_asked_for_one(shared, room, media):
    speaker, viewer = media(shared.organiser), media()
    track = speaker.publish("camera")
    viewer.join()
    assert speaker.signal("media.key_wanted")["track"] == track
    speaker.give(track, b"delta", flags=0)
    speaker.give(track, b"key")
    first = viewer.frame()
    assert first.payload == b"key" and first.flags == KEY


def test_who_wants_no_video_gets_sound_alone(shared, room, media):
    speaker, viewer = media(shared.organiser), media()
    viewer.join(video=False)
    camera, voice = speaker.publish("camera"), speaker.publish("voice")
    speaker.give(camera, b"picture")
    speaker.give(voice, b"sound")
    assert viewer.frame().payload == b"sound"
    viewer.join(video=True)
    assert viewer.frame().payload == b"picture"


def test_the_publisher_does_not_hear_itself(shared, room, media):
    speaker, other = media(shared.organiser), media()
    speaker.join()
    other.join()
    track = speaker.publish()
    speaker.give(track, b"x")
    other.frame()
    speaker.flush()
    assert speaker.frames == []


def test_self_mute_keeps_the_track_and_nothing_of_it_is_passed(shared, room, media):
    speaker, viewer = media(shared.organiser), media()
    viewer.join()
    track = speaker.publish()
    speaker.ask("media.set", {"track": track, "muted": True})
    viewer.track(lambda t: t["muted"])
    speaker.give(track, b"muted")
    speaker.ask("media.set", {"track": track, "muted": False})
    speaker.give(track, b"heard")
    assert viewer.frame().payload == b"heard"


def test_staff_mutes_a_microphone_and_the_camera_goes_on(shared, room, host, media, viewer):
    host.ask("floor.give", room, {"member": viewer.rooms[room].you["member"]})
    speaker, other = media(viewer.token), media()
    other.join()
    voice, camera = speaker.publish(), speaker.publish("camera")
    member = viewer.rooms[room].you["member"]
    host.ask("microphone.mute", room, {"member": member})
    other.track(lambda t: t["byStaff"])
    speaker.give(voice, b"sound")
    speaker.give(camera, b"picture")
    assert other.frame().payload == b"picture"
    assert other.tracks[camera]["byStaff"] is False
    host.ask("microphone.unmute", room, {"member": member})
    other.track(lambda t: t["track"] == voice and not t["byStaff"])
    speaker.give(voice, b"again")
    assert other.frame().payload == b"again"


def test_a_raised_hand_leads_to_the_floor_and_back(shared, room, host, media, viewer):
    speaker, other = media(viewer.token), media()
    other.join()
    with pytest.raises(Refused) as refused:
        speaker.publish()
    assert refused.value.code == "media.no_floor"
    viewer.ask("hand.raise", room)
    member = viewer.rooms[room].you["member"]
    host.event(room, "hand.raised")
    host.ask("floor.give", room, {"member": member})
    track = speaker.publish()
    other.track()
    host.ask("floor.take", room, {"member": member})
    barred = speaker.signal("media.barred")
    assert barred["tracks"] == [track] and barred["error"]["code"] == "media.no_floor"
    gone = other.signal("media.untrack", lambda data: data["track"] == track)
    assert gone["why"] == "barred"
    # What was under way is no fault of the speaker's.
    speaker.give(track, b"late")
    speaker.flush()
    assert speaker.loose == []


def test_who_is_sent_out_neither_sends_nor_watches(shared, room, host, media, viewer):
    member = viewer.rooms[room].you["member"]
    host.ask("floor.give", room, {"member": member})
    speaker, other = media(viewer.token), media()
    other.join()
    speaker.join()
    track = speaker.publish()
    other.track()
    host.ask("member.remove", room, {"member": member})
    other.signal("media.untrack", lambda data: data["track"] == track)
    with pytest.raises(Refused) as refused:
        speaker.publish()
    assert refused.value.code in ("not_admitted", "media.no_floor")


def test_stopping_a_room_silences_all_but_moderators(shared, room, host, media, viewer):
    host.ask("floor.give", room, {"member": viewer.rooms[room].you["member"]})
    speaker, staff = media(viewer.token), media(shared.organiser)
    speaker.publish()
    track = staff.publish()
    host.ask("output.stop", room)
    assert speaker.signal("media.barred")["error"]["code"] == "output.stopped"
    other = media()
    other.join()
    staff.give(track, b"staff")
    assert other.frame().payload == b"staff"


def test_the_end_of_the_room_ends_its_tracks(shared, room, host, media):
    speaker, other = media(shared.organiser), media()
    other.join()
    track = speaker.publish()
    other.track()
    host.ask("room.end", room)
    host.ask("room.end_confirm", room)
    other.signal("media.untrack", lambda data: data["track"] == track)
    assert speaker.signal("media.barred")["error"]["code"] == "room.wrong_state"


def test_a_cut_line_ends_its_tracks(shared, room, media):
    speaker, other = media(shared.organiser), media()
    other.join()
    track = speaker.publish()
    other.track()
    speaker.cut()
    assert other.signal("media.untrack", lambda data: data["track"] == track)["why"] == "lost"


# Each bad track, and what is wrong with it.
BAD_TRACKS = [
    ({"kind": "smell"}, "kind"), ({"codec": "mp3"}, "codec"), ({"codec": "vp8"}, "codec"),
    ({"description": "!"}, None), ({"description": "AAAA"}, "description"),
    ({"width": 640, "height": 360}, "width"), ({"language": "en"}, "language"),
    ({"kind": "camera", "codec": "vp8", "description": None, "width": 0, "height": 9}, "width"),
    ({"kind": "camera", "codec": "vp8", "description": None, "width": 4097, "height": 9}, "width"),
    ({"kind": "interpretation"}, "language"), ({"kind": "interpretation", "language": "?"}, "language"),
]


@pytest.mark.parametrize("data, field", BAD_TRACKS)
def test_a_bad_track_is_refused_by_what_is_wrong_with_it(shared, room, media, data, field):
    speaker = media(shared.organiser)
    with pytest.raises(Refused) as refused:
        speaker.publish(**data)
    assert refused.value.code == "media.bad_track"
    if field:
        assert refused.value.data["field"] == field


def test_one_track_of_each_kind_and_four_in_all(shared, room, media):
    speaker = media(shared.organiser)
    for kind in ("voice", "camera", "screen"):
        speaker.publish(kind)
    speaker.publish("interpretation", language="en")
    for kind in ("voice", "screen"):
        with pytest.raises(Refused) as refused:
            speaker.publish(kind)
        assert refused.value.code == "media.too_many_tracks"


# Each bad frame of a voice track, as changes of a good one.
BAD_FRAMES = [
    {"version": 2}, {"flags": KEY | GAP}, {"flags": 4}, {"flags": 0}, {"level": 128},
    {"payload": b""}, {"payload": bytes(4_097)}, {"time": 1 << 53},
]


@pytest.mark.parametrize("change", BAD_FRAMES)
def test_a_bad_frame_is_refused_and_the_next_good_one_passes(shared, room, media, change):
    speaker, other = media(shared.organiser), media()
    other.join()
    track = speaker.publish()
    bad = Frame(**({"track": track, "sequence": 0, "time": 1, "payload": b"x"} | change))
    speaker.send_frame(bad.bytes)
    assert speaker.refusal()["code"] == "media.bad_frame"
    speaker.give(track, b"good")
    assert other.frame().payload == b"good"


def test_frames_of_no_track_are_left_out_and_short_ones_refused(shared, room, media):
    speaker, other = media(shared.organiser), media()
    other.join()
    track = speaker.publish()
    speaker.send_frame(Frame(track + 7, 0, 1, b"x").bytes)
    speaker.send_frame(b"short")
    assert speaker.refusal()["code"] == "media.bad_frame"
    speaker.give(track, b"good")
    assert other.frame().payload == b"good"


def test_who_goes_on_sending_bad_frames_is_closed(shared, room, media):
    speaker = media(shared.organiser)
    speaker.publish()
    with pytest.raises(Closed) as closed:
        for _ in range(40):
            speaker.send_frame(b"short")
        while True:
            speaker.pump()
    assert closed.value.code == 4503


def test_who_sends_too_fast_loses_frames_and_then_the_line(shared, room, media):
    speaker, other = media(shared.organiser), media()
    other.join()
    track = speaker.publish()
    with pytest.raises(Closed) as closed:
        for n in range(2_000):
            speaker.give(track, b"x", at=n * 1_000)
        while True:
            speaker.pump()
    assert closed.value.code == 1008
    other.signal("media.untrack", lambda data: data["track"] == track)
    # What the pace allows at once, and little more.
    assert 220 <= len(other.frames) <= 500
    assert speaker.refusal()["code"] == "media.too_fast"


def test_commands_of_the_other_socket_are_refused_by_name(shared, room, host, media):
    with pytest.raises(Refused) as refused:
        media(shared.organiser).ask("chat.say", {"text": "x"})
    assert refused.value.code == "command.unknown"
    with pytest.raises(Refused) as refused:
        host.ask("media.join", room)
    assert refused.value.code == "command.unknown"


def test_behind_a_closed_door_nobody_outside_watches(shared, media):
    closed = shared.make_room(shared.organiser, door={"admission": "invitation"})
    with shared.peer(shared.organiser) as host:
        host.join(closed)
        host.ask("room.open", closed)
    for token in (None, shared.guest("Otto")):
        with MediaPeer(shared.url, closed, token) as outside:
            with pytest.raises(Refused) as refused:
                outside.join()
            assert refused.value.code == "not_admitted"
            with pytest.raises(Refused) as refused:
                outside.publish()
            assert refused.value.code == "not_admitted"
    with MediaPeer(shared.url, closed, shared.organiser) as inside:
        assert inside.join()["tracks"] == []


# What an attack found

def test_who_is_muted_stays_muted_when_everybody_has_left(shared, room, host, media, viewer):
    member = viewer.rooms[room].you["member"]
    host.ask("floor.give", room, {"member": member})
    host.ask("microphone.mute", room, {"member": member})
    for _ in range(5):
        with MediaPeer(shared.url, room, viewer.token) as speaker, MediaPeer(shared.url, room) as other:
            other.join()
            track = speaker.publish()
            assert other.track()["byStaff"] is True
            speaker.give(track, b"muted")
            speaker.flush()
            other.flush()
            assert other.frames == []
            speaker.ask("media.leave")


def test_tracks_that_are_asked_for_together_are_one_of_each_kind(shared, room, media):
    speaker = media(shared.organiser)
    asked = [speaker.send("media.publish", {"kind": "voice", "codec": "opus"}) for _ in range(5)]
    speaker.until(lambda: all(id in speaker.answers for id in asked))
    codes = [speaker.answers[id].get("error", {}).get("code") for id in asked]
    assert sorted(map(str, codes)) == ["None", *["media.too_many_tracks"] * 4]


def test_who_leaves_has_left_what_was_asked_for_before(shared, room, media):
    other = media()
    other.join()
    for _ in range(20):
        speaker = media(shared.organiser)
        speaker.send("media.publish", {"kind": "voice", "codec": "opus"})
        speaker.ask("media.leave")
        speaker.flush()
        other.flush()
    other.until(lambda: not other.tracks)


def test_one_member_does_not_take_all_tracks_of_a_room(shared, room, host, media):
    token = shared.sign_in("presenter", room=room, slot="1", name="Petra")
    with shared.peer(token) as presenter:
        presenter.join(room)
    taken = 0
    with pytest.raises(Refused) as refused:
        for _ in range(5):
            speaker = media(token)
            for kind in ("voice", "camera"):
                speaker.publish(kind)
                taken += 1
    assert refused.value.code == "media.too_many_tracks" and taken == 8
    assert media(shared.organiser).publish() > 0


def test_behind_a_picture_that_was_too_much_nothing_comes_before_the_next_key_frame(
        shared, room, media):
    speaker, other = media(shared.organiser), media()
    other.join()
    camera = speaker.publish("camera")
    speaker.give(camera, bytes(900_000))
    speaker.give(camera, bytes(500_000), flags=0)
    for _ in range(3):
        # Beyond 2 s of the publisher's allowance: left out.
        speaker.give(camera, bytes(500_000), flags=0)
        speaker.give(camera, bytes(500_000), flags=0)
    speaker.flush()
    other.flush()
    speaker.give(camera, b"small", flags=0)
    speaker.give(camera, b"key")
    speaker.flush()
    other.frame(lambda frame: frame.payload == b"key")
    sequences = [one.sequence for one in other.seen]
    gone = next(n for n, number in enumerate(sequences) if n != number)
    assert other.seen[gone].payload == b"key", sequences
