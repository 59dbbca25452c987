"""Proves that recordings stand what an attack on them found: two lines, storms, junk, broken folders."""

from pathlib import Path

from harness import clips
from harness.media import MediaPeer
from harness.recordings import exported, play, read_segments, recordings, upload
from harness.waiting import until


def test_a_rehearsal_goes_on_over_a_second_line(server, live, presenter):
    room = live.room
    first = MediaPeer(server.url, room, presenter.token)
    first.give(first.publish(rehearses="1"), b"one" * 20, duration=20_000)
    first.flush()
    with MediaPeer(server.url, room, presenter.token) as second:
        voice = second.publish(rehearses="1")
        first.cut()
        with MediaPeer(server.url, room, presenter.token) as other:
            other.flush()
        second.give(voice, b"two" * 20, duration=20_000)
        second.ask("media.unpublish", {"track": voice})
    until(lambda: recordings(server, room, presenter.token), "the rehearsal to be listed")
    (found,) = recordings(server, room, presenter.token)
    raw = read_segments(server, room, found["recording"])
    assert b"one" * 20 in raw and b"two" * 20 in raw


def test_an_empty_rehearsal_leaves_nothing(server, live, presenter):
    with MediaPeer(server.url, live.room, presenter.token) as speaker:
        speaker.ask("media.unpublish", {"track": speaker.publish(rehearses="1")})
    until(lambda: recordings(server, live.room, presenter.token) == [], "the empty rehearsal to go")


def test_recordings_that_stop_and_start_at_once_all_end(server, live):
    room = live.room
    live.ask("recording.start", room)
    asked = [live.send(kind, room) for _ in range(10) for kind in ("recording.stop", "recording.start")]
    for id in asked:
        live.answer(id)
    live.ask("recording.stop", room)
    until(lambda: not any(one["running"] for one in recordings(server, room, live.token)),
          "all recordings to end")


def test_what_cannot_be_read_does_not_spoil_an_export(server, live, tmp_path):
    room, clip = live.room, clips.blocks(clips.clip(2))
    live.ask("recording.consent", room, {"agree": True})
    live.ask("recording.start", room)
    with MediaPeer(server.url, room, live.token) as speaker:
        screen = speaker.publish("screen", codec="avc1.42E01E")
        speaker.give(screen, b"no picture at all")
        camera, voice = speaker.publish("camera"), speaker.publish()
        speaker.give(camera, b"\x00junk")
        # A frame that says it lasts long silences nobody.
        speaker.give(voice, clip[1].payload, duration=(1 << 24) - 1, level=20)
        play(speaker, clip, video=camera, voice=voice, pace=0.014)
        speaker.flush()
    live.ask("recording.stop", room)
    (found,) = recordings(server, room, live.token)
    exported(server, room, live.token, found["recording"], path := tmp_path / "x.webm")
    streams, _ = clips.probe(path)
    assert int(streams["audio"][0]["nb_read_frames"]) > 60
    assert int(streams["video"][0]["nb_read_frames"]) >= 49


def test_refused_uploads_leave_no_descriptor_behind(server, live, presenter):
    def descriptors():
        return len(list(Path(f"/proc/{server.process.pid}/fd").iterdir()))
    bad = clips.clip(2)[:60] + bytes(2_000)
    upload(server, live.room, presenter.token, bad)
    before = descriptors()
    for _ in range(20):
        assert upload(server, live.room, presenter.token, bad).status == 415
    until(lambda: descriptors() <= before + 3, "the files to be closed")


def test_a_file_of_a_name_that_nobody_writes_keeps_no_server_from_starting(server, live):
    room = live.room
    live.ask("recording.consent", room, {"agree": True})
    live.ask("recording.start", room)
    with MediaPeer(server.url, room, live.token) as speaker:
        speaker.give(speaker.publish(), b"one" * 20, duration=20_000)
        speaker.flush()
    server.kill()
    (folder,) = (server.folder / "recordings" / room).iterdir()
    for name in ("4294967295.seg", "99999999.seg"):
        (folder / name).write_bytes(b"")
    (folder.parent / ".DS_Store").write_bytes(b"")
    server.start()
    assert recordings(server, room, live.token)[0]["running"] is True
