"""Proves recordings: consent, what a crash leaves, export with seeking, uploads, rehearsals, playback."""

import time

import pytest
from harness import clips
from harness.media import MediaPeer, Metronome
from harness.peer import Refused
from harness.recordings import exported, play, read_segments, recordings, upload
from harness.waiting import until


def test_what_was_live_is_a_file_that_plays_and_seeks(server, live, tmp_path):
    room, clip = live.room, clips.blocks(clips.clip(4))
    live.ask("recording.consent", room, {"agree": True})
    live.ask("recording.start", room)
    with MediaPeer(server.url, room, live.token) as speaker:
        camera, voice = speaker.publish("camera", width=320, height=180), speaker.publish()
        play(speaker, clip, video=camera, voice=voice, pace=0.01)
        speaker.flush()
    told = live.signal(room, "recording", lambda data: data["bytes"] > 0)
    assert told["leftBytes"] > 0 and told["leftOut"] == 0
    live.ask("recording.stop", room)
    (found,) = recordings(server, room, live.token)
    read_segments(server, room, found["recording"])
    (found,) = recordings(server, room, live.token)
    assert found["kind"] == "live" and not found["running"] and found["bytes"] > 20_000
    file = exported(server, room, live.token, found["recording"], path := tmp_path / "x.webm")
    streams, duration = clips.probe(path)
    assert [s["codec_name"] for s in streams["video"]] == ["vp8"]
    assert [s["codec_name"] for s in streams["audio"]] == ["opus"]
    assert streams["video"][0]["width"] == 320
    assert abs(duration * 1_000 - found["lengthMs"]) < 200
    clips.decode(path)
    clips.decode(path, "-ss", duration / 2)
    assert abs(clips.frequency(path) - 440) < 15
    # Every picture and sound that was sent is in it: nothing was left out.
    assert int(streams["video"][0]["nb_read_frames"]) == sum(b.track == 1 for b in clip)
    part = server.request("GET", f"/api/v1/rooms/{room}/recordings/{found['recording']}.webm",
                          token=live.token, fields={"Range": "bytes=100-199"})
    assert part.status == 206 and part.body == file.body[100:200]


def test_without_consent_nothing_is_recorded(server, live, presenter):
    room = live.room
    live.ask("recording.start", room)
    live.ask("recording.consent", room, {"agree": True})
    with MediaPeer(server.url, room, presenter.token) as silent, \
            MediaPeer(server.url, room, live.token) as speaker, \
            MediaPeer(server.url, room) as viewer:
        viewer.join()
        theirs, mine = silent.publish(), speaker.publish()
        for n in range(10):
            silent.give(theirs, b"no" * 20)
            speaker.give(mine, bytes([n]) * 40, duration=20_000)
        viewer.frame(lambda frame: frame.payload == bytes([9]) * 40)
        presenter.ask("recording.consent", room, {"agree": True})
        live.event(room, "recording.consented", lambda body: body["by"] != live.rooms[room].you["member"])
        live.flush()
        silent.flush()
        silent.give(theirs, b"yes" * 20, duration=20_000)
        viewer.frame(lambda frame: frame.payload == b"yes" * 20)
        presenter.ask("recording.consent", room, {"agree": False})
        silent.flush()
        silent.give(theirs, b"no" * 20)
        viewer.flush()
    live.ask("recording.stop", room)
    (found,) = recordings(server, room, live.token)
    raw = read_segments(server, room, found["recording"])
    assert b"no" * 20 not in raw and b"yes" * 20 in raw and bytes([9]) * 40 in raw


def test_a_crash_costs_no_more_than_the_last_second_and_the_recording_goes_on(
        server, live, tmp_path):
    room = live.room
    live.ask("recording.consent", room, {"agree": True})
    live.ask("recording.start", room)
    clip = clips.blocks(clips.clip(3))
    with MediaPeer(server.url, room, live.token) as speaker:
        camera, voice = speaker.publish("camera"), speaker.publish()
        play(speaker, clip, video=camera, voice=voice, pace=0.012)
        speaker.flush()
        # A second later all of it is on the disk.
        Metronome(1).tick()
        server.restart()
    with server.peer(live.token) as host, MediaPeer(server.url, room, live.token) as speaker:
        host.join(room)
        assert host.rooms[room].snapshot["recording"] is not None
        camera, voice = speaker.publish("camera"), speaker.publish()
        play(speaker, clip, video=camera, voice=voice, pace=0.012)
        speaker.flush()
        host.ask("recording.stop", room)
    (found,) = recordings(server, room, live.token)
    exported(server, room, live.token, found["recording"], path := tmp_path / "x.webm")
    streams, duration = clips.probe(path)
    clips.decode(path)
    pictures = sum(block.track == 1 for block in clip)
    assert int(streams["video"][0]["nb_read_frames"]) == 2 * pictures
    assert duration > 2 * 2.5


def test_a_torn_tail_ends_a_recording_where_it_is_whole(server, live, tmp_path):
    room = live.room
    live.ask("recording.consent", room, {"agree": True})
    live.ask("recording.start", room)
    with MediaPeer(server.url, room, live.token) as speaker:
        camera, voice = speaker.publish("camera"), speaker.publish()
        play(speaker, clips.blocks(clips.clip(2)), video=camera, voice=voice, pace=0.01)
        speaker.flush()
    live.ask("recording.stop", room)
    (found,) = recordings(server, room, live.token)
    read_segments(server, room, found["recording"])
    server.kill()
    folder = server.folder / "recordings" / room / found["recording"]
    (segment,) = folder.glob("*.seg")
    segment.write_bytes(segment.read_bytes()[:-500])
    (folder / "end.json").unlink()
    server.start()
    exported(server, room, live.token, found["recording"], path := tmp_path / "x.webm")
    clips.decode(path)
    assert clips.probe(path)[1] > 1.2


def test_the_loudest_voice_is_heard_and_interpretation_has_a_track_of_its_own(
        server, live, presenter, tmp_path):
    room = live.room
    for peer in (live, presenter):
        peer.ask("recording.consent", room, {"agree": True})
    live.ask("recording.start", room)
    low = clips.blocks(clips.clip(2, tone=300, video=False))
    high = clips.blocks(clips.clip(2, tone=1_000, video=False))
    with MediaPeer(server.url, room, live.token) as one, \
            MediaPeer(server.url, room, presenter.token) as other:
        quiet, loud = one.publish(), other.publish()
        english = one.publish("interpretation", language="en")
        base, metronome = int(time.monotonic() * 1e6), Metronome(0.015)
        for first, second in zip(low, high, strict=True):
            at = base + first.at * 1_000
            one.give(quiet, first.payload, at=at, level=50, duration=20_000)
            one.give(english, first.payload, at=at, level=30, duration=20_000)
            other.give(loud, second.payload, at=at, level=20, duration=20_000)
            metronome.tick()
        one.flush()
        other.flush()
    live.ask("recording.stop", room)
    (found,) = recordings(server, room, live.token)
    exported(server, room, live.token, found["recording"], path := tmp_path / "x.webm")
    streams, _ = clips.probe(path)
    assert "video" not in streams
    assert [s.get("tags", {}).get("language") for s in streams["audio"]] == [None, "eng"]
    clips.decode(path)
    assert abs(clips.frequency(path) - 1_000) < 60


# Uploads and rehearsals


def test_an_uploaded_recording_is_offered_and_plays_to_everybody_from_the_same_second(
        server, live, presenter):
    room = live.room
    answer = upload(server, room, presenter.token, clips.clip(6))
    assert answer.status == 201, answer
    id = answer.json["recording"]
    assert answer.json["kind"] == "upload" and abs(answer.json["lengthMs"] - 6_000) < 100
    with pytest.raises(Refused) as refused:
        live.ask("playback.start", room, {"recording": id})
    assert refused.value.code == "recording.not_offered"
    presenter.ask("recording.offer", room, {"recording": id})
    with MediaPeer(server.url, room) as viewer:
        viewer.join()
        live.ask("playback.start", room, {"recording": id, "from": 3_000})
        started = live.event(room, "playback.started")
        assert started["data"]["from"] == 3_000 and started["data"]["slot"] == "1"
        camera = viewer.track(lambda t: t["kind"] == "camera")
        voice = viewer.track(lambda t: t["kind"] == "voice")
        assert camera["live"] is False and camera["name"] == "Petra"
        first = viewer.frame(lambda frame: frame.track == camera["track"])
        assert first.is_key
        sounds = [viewer.frame(lambda f: f.track == voice["track"]) for _ in range(20)]
        clip = [b for b in clips.blocks(clips.clip(6)) if b.track == 2]
        places = {block.payload: block.at for block in clip}
        # The sound's place in the clip and the frame's time on the server's clock agree.
        for sound in sounds:
            position = sound.time / 1_000 - started["at"] + 3_000
            assert abs(position - places[sound.payload]) < 25
        assert places[sounds[0].payload] >= 2_980
        live.ask("playback.pause", room)
        live.ask("playback.seek", room, {"to": 5_000})
        live.ask("playback.resume", room)
        viewer.frame(lambda f: f.payload in places and places[f.payload] >= 5_500)
        live.event(room, "playback.stopped")
        viewer.signal("media.untrack", lambda data: data["track"] == voice["track"])


def test_a_late_viewer_of_a_playback_sees_a_picture_at_once(server, live, presenter):
    room = live.room
    id = upload(server, room, presenter.token, clips.clip(6)).json["recording"]
    presenter.ask("recording.offer", room, {"recording": id})
    live.ask("playback.start", room, {"recording": id})
    with MediaPeer(server.url, room) as early:
        early.join()
        for _ in range(10):
            early.frame()
        with MediaPeer(server.url, room) as late:
            tracks = {t["track"]: t for t in late.join()["tracks"]}
            picture = late.frame(lambda f: tracks[f.track]["kind"] == "camera")
            assert picture.is_key


def test_a_rehearsal_is_private_until_it_is_offered(server, live, presenter, tmp_path):
    room, clip = live.room, clips.blocks(clips.clip(2))
    with MediaPeer(server.url, room) as viewer, MediaPeer(server.url, room, presenter.token) as speaker:
        viewer.join()
        camera = speaker.publish("camera", rehearses="1")
        voice = speaker.publish(rehearses="1")
        play(speaker, clip, video=camera, voice=voice, pace=0.01)
        speaker.flush()
        viewer.flush()
        assert viewer.tracks == {} and viewer.frames == []
        speaker.ask("media.unpublish", {"track": camera})
        speaker.ask("media.unpublish", {"track": voice})
    (found,) = recordings(server, room, presenter.token)
    assert found["kind"] == "rehearsal" and found["slot"] == "1"
    assert recordings(server, room, live.token) == []
    base = f"/api/v1/rooms/{room}/recordings/{found['recording']}"
    assert server.request("GET", base, token=live.token).status == 404
    exported(server, room, presenter.token, found["recording"], path := tmp_path / "x.webm")
    clips.decode(path)
    presenter.ask("recording.offer", room, {"recording": found["recording"]})
    assert [one["offered"] for one in recordings(server, room, live.token)] == [True]
    live.ask("playback.start", room, {"recording": found["recording"]})
    # What the room may play is not taken away.
    assert server.request("DELETE", base, token=presenter.token).status == 403


def test_a_presenter_takes_its_own_recording_away(server, live, presenter):
    room = live.room
    id = upload(server, room, presenter.token, clips.clip(2)).json["recording"]
    base = f"/api/v1/rooms/{room}/recordings/{id}"
    assert server.request("DELETE", base, token=live.token).status == 403
    assert server.request("DELETE", base, token=presenter.token).status == 204
    assert server.request("GET", base, token=presenter.token).status == 404
    assert not (server.folder / "recordings" / room / id).exists()


def test_only_the_slots_presenter_uploads_and_only_what_can_be_played(server, live, presenter):
    room, good = live.room, clips.clip(2)
    other = server.guest("Otto")
    assert upload(server, room, live.token, good).status == 403
    assert upload(server, room, other, good).status in (401, 403)
    assert upload(server, room, None, good).status == 401
    assert upload(server, room, presenter.token, good, slot="2").status == 403
    assert upload(server, room, presenter.token, good, slot="9").status == 404
    for bad in (b"no film at all", good[:4], good[:60] + bytes(2_000), b"\x1a\x45\xdf\xa3" + bytes(99)):
        answer = upload(server, room, presenter.token, bad)
        assert answer.status == 415, (bad[:20], answer)
        assert answer.json["code"] == "recording.unreadable"
    assert recordings(server, room, presenter.token) == []
    until(lambda: not list((server.folder / "blobs" / "new").iterdir()), "what was refused to go")


# Space, and captions

def test_a_full_disk_ends_the_recording_and_says_so(folder):
    from harness.server import PLENTY, Server
    with Server(folder, *PLENTY, "--set", "recording.free_mb=99000000") as server:
        organiser = server.sign_in("organiser", name="Olga")
        room = server.make_room(organiser)
        with server.peer(organiser) as host:
            host.join(room)
            host.ask("room.open", room)
            host.ask("recording.start", room)
            assert host.event(room, "recording.stopped")["data"]["cause"] == "disk"
        token = server.sign_in("presenter", room=room, slot="1", name="Petra")
        with server.peer(token) as presenter:
            presenter.join(room)
        answer = upload(server, room, token, clips.clip(2))
        assert answer.json["code"] == "recording.disk_full"
        with MediaPeer(server.url, room, token) as speaker, pytest.raises(Refused) as refused:
            speaker.publish(rehearses="1")
        assert refused.value.code == "recording.disk_full"


def test_captions_are_told_kept_and_exported(server, live):
    room = live.room
    started = live.event(room, "room.started")["at"]
    caption = {"language": "zh-CN", "text": "效率 5 % <提高>\n两倍", "from": started + 61_000 - 60_000,
               "to": started + 2_500}
    live.ask("caption.add", room, caption)
    live.ask("caption.add", room, {"language": "en", "text": "five per cent"})
    told = live.event(room, "caption.added", lambda body: body["data"]["language"] == "en")
    assert told["data"]["text"] == "five per cent" and told["data"]["name"] == "Olga"
    answer = server.request("GET", f"/api/v1/rooms/{room}/captions.vtt?language=zh-CN")
    assert answer.status == 200 and answer.fields["content-type"].startswith("text/vtt")
    text = answer.body.decode()
    assert text.startswith("WEBVTT\n")
    assert "00:00:01.000 --> 00:00:02.500\n<v Olga>效率 5 % &lt;提高&gt;\n两倍\n" in text
    assert "five" not in text
    both = server.request("GET", f"/api/v1/rooms/{room}/captions.vtt").body.decode()
    assert "five per cent" in both and "两倍" in both
    live.ask("content.redact", room, {"seq": told["seq"], "reason": "mistake"})
    both = server.request("GET", f"/api/v1/rooms/{room}/captions.vtt").body.decode()
    assert "five per cent" not in both
    assert server.request("GET", f"/api/v1/rooms/{room}/captions.vtt?language=%3f").status == 400

