"""Proves what becomes of live media on a line that is too slow for them: sound goes on, pictures give way."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from harness.media import GAP, KEY, MediaPeer, Metronome
from harness.server import PLENTY, Server
from harness.slow_line import NEAR, NotPermitted, SlowLine

SECONDS = 14
PATIENCE = 60
PICTURES, SOUNDS = 25, 50  # a second


@pytest.fixture
def line():
    """A line of 500 kbit/s; a server on its near side."""
    try:
        with SlowLine(500) as line:
            yield line
    except NotPermitted as why:
        pytest.skip(f"no network namespaces here: {why}")


def test_sound_goes_on_while_pictures_give_way(folder, line):
    with line.on(line.near):
        server = Server(folder, *PLENTY, host=NEAR, wrapper=line.wrapper)
        server.start()
        organiser = server.sign_in("organiser", name="Olga")
        room = server.make_room(organiser)
        host = server.peer(organiser)
        host.join(room)
        host.ask("room.open", room)
        host.ask("room.start", room)
        speaker = MediaPeer(server.url, room, organiser)
        quick = MediaPeer(server.url, room, timeout=PATIENCE)
    with line.on(line.far):
        slow, control = MediaPeer(server.url, room, timeout=PATIENCE), server.peer()
    try:
        control.join(room)
        for viewer in (slow, quick):
            viewer.join()
        voice, camera = speaker.publish(), speaker.publish("camera")
        last = SECONDS * SOUNDS - 1
        with ThreadPoolExecutor() as beside:
            # Whoever watches reads all the time.
            watching = [
                beside.submit(viewer.frame, lambda one: (one.track, one.sequence) == (voice, last))
                for viewer in (quick, slow)
            ]
            sent = publish(speaker, voice, camera, beside=control.flush)
            for viewer in watching:
                viewer.result()
        check(slow, quick, voice, camera, sent)
    finally:
        for peer in (speaker, quick, slow, host, control):
            peer.cut()
        server.kill()


def publish(speaker, voice, camera, beside):
    """A voice of 32 kbit/s and pictures of 900 kbit/s, for some seconds; gives how many sounds."""
    metronome, pictures = Metronome(1 / SOUNDS), 0
    for sound in range(SECONDS * SOUNDS):
        speaker.give(voice, bytes(80), duration=20_000, level=30)
        if sound % 2 == 0:
            is_key = pictures % (2 * PICTURES) == 0
            speaker.give(camera, bytes(20_000 if is_key else 4_200), flags=KEY if is_key else 0)
            pictures += 1
        if sound % (2 * SOUNDS) == 0:
            # The room's commands are answered meanwhile.
            beside()
        metronome.tick()
    return SECONDS * SOUNDS


def check(slow, quick, voice, camera, sent):
    heard = {name: [one for one in peer.seen if one.track == voice] for name, peer in
             (("slow", slow), ("quick", quick))}
    assert len(heard["quick"]) == sent
    # Sound has precedence: all of it comes.
    assert [one.sequence for one in heard["slow"]] == list(range(sent))
    pictures = [one for one in slow.seen if one.track == camera]
    assert len([one for one in quick.seen if one.track == camera]) == sent // 2
    assert 0 < len(pictures) < sent // 2
    # Nothing that cannot be decoded was sent: behind each gap stands a key frame that tells of it.
    for before, after in zip(pictures, pictures[1:], strict=False):
        if after.sequence != before.sequence + 1:
            assert after.is_key and after.flags & GAP, (before.sequence, after.sequence)
        else:
            assert not after.flags & GAP
    told = [s["data"]["yielded"] for s in slow.signals if s["signal"] == "media.video"]
    assert told and told[0] is True
    assert [s for s in quick.signals if s["signal"] == "media.video"] == []
