"""What tests of recordings do again and again: send a clip, list, export, upload."""

import time

from .media import KEY, Metronome


def play(peer, clip, *, video=None, voice=None, pace=None, level=20, base=None):
    """Sends a clip's frames by its own times, as fast as the pace of a publisher allows."""
    base = int(time.monotonic() * 1e6) if base is None else base
    metronome = Metronome(pace) if pace else None
    tracks = sorted({block.track for block in clip})
    places = dict(zip(tracks, (video, voice) if len(tracks) > 1 else (voice,), strict=False))
    for block in clip:
        track = places[block.track]
        if track is None:
            continue
        is_video = track == video
        flags = KEY if block.is_key or not is_video else 0
        peer.give(track, block.payload, at=base + block.at * 1_000, flags=flags,
                  level=255 if is_video else level, duration=0 if is_video else 20_000)
        if metronome:
            metronome.tick()


def recordings(server, room, token):
    answer = server.request("GET", f"/api/v1/rooms/{room}/recordings", token=token)
    assert answer.status == 200, answer
    return answer.json["recordings"]


def exported(server, room, token, id, path):
    """Exports a recording and fetches the file."""
    base = f"/api/v1/rooms/{room}/recordings/{id}"
    end = time.monotonic() + 10
    while server.request("GET", base, token=token).json["running"]:
        assert time.monotonic() < end
    answer = server.request("POST", f"{base}/export", token=token)
    assert answer.status == 202, answer
    end = time.monotonic() + 30
    while (state := server.request("GET", base, token=token).json["export"])["state"] != "ready":
        assert state["state"] == "making", state
        assert time.monotonic() < end
    file = server.request("GET", f"{base}.webm", token=token)
    assert file.status == 200 and file.fields["content-type"] == "video/webm"
    assert len(file.body) == state["bytes"]
    path.write_bytes(file.body)
    return file


def read_segments(server, room, id):
    folder = server.folder / "recordings" / room / id
    end = time.monotonic() + 10
    while not (folder / "end.json").exists():
        assert time.monotonic() < end
    return b"".join(path.read_bytes() for path in sorted(folder.glob("*.seg")))


def upload(server, room, token, data, slot="1"):
    return server.request("POST", f"/api/v1/rooms/{room}/slots/{slot}/recordings", data, token=token)
