"""Proves in a browser, from decoded pixels and samples, that whoever speaks is seen and heard, by each way there is."""

import pytest
from engine import OPTIONS, open_page, publish, report
from engine.firefox import Firefox
from harness.waiting import until

CAMERA, VOICE = ("camera", "canvas"), ("voice", "tone")
NO_DECODERS = "VideoDecoder,AudioDecoder"
NO_PLAYERS = f"{NO_DECODERS},MediaSource,ManagedMediaSource"


@pytest.fixture(scope="module")
def studio(chromium):
    """A browser with cameras and microphones that are none."""
    browser = chromium(*OPTIONS)
    yield browser
    browser.close()


@pytest.fixture
def pages(studio, shared, room):
    """pages(token=…, without=…) opens one more page in the room."""
    opened = []

    def come(**options):
        page = open_page(studio, shared, room, **options)
        opened.append(page)
        return page

    yield come
    for page in opened:
        errors = [] if page.is_closed() else report(page)["errors"]
        page.context.close()
        assert errors == []


def watches(page, count=20):
    """So many more pictures are seen, each later than the one before."""
    before = len(report(page)["pictures"])
    until(lambda: len(report(page)["pictures"]) >= before + count, f"{count} pictures")
    codes = [picture["code"] for picture in report(page)["pictures"][before:]]
    steps = [(after - one) % (1 << 20) for one, after in zip(codes, codes[1:], strict=False)]
    assert all(0 < step < 20_000 for step in steps), codes


def hears(page, hertz=440):
    def is_heard():
        found = page.evaluate("engine.hear()")
        return found and abs(found["hertz"] - hertz) < 30 and found["decibels"] > -50
    until(is_heard, f"a tone of {hertz} Hz")


def is_silent(page):
    until(lambda: page.evaluate("engine.hear()")["decibels"] < -70, "silence")


# Each way to show and to hear, by what the browser lacks.
WATCHING = [
    ("", ["webcodecs", "webcodecs"]), (NO_DECODERS, ["mse", "mse"]),
    ("AudioDecoder", ["webcodecs", "wasm"]), (NO_PLAYERS, ["none", "wasm"]),
    ("BaseAudioContext.prototype.audioWorklet", ["webcodecs", "webcodecs"]),
]


@pytest.mark.parametrize("without, players", WATCHING)
def test_who_speaks_is_seen_and_heard(shared, pages, without, players):
    speaker = pages(token=shared.organiser)
    viewer = pages(without=without, watch=1)
    publish(speaker, CAMERA, VOICE)
    assert report(viewer)["players"] == players
    hears(viewer)
    if players[0] != "none":
        watches(viewer)


@pytest.mark.parametrize("without", ["VideoEncoder,AudioEncoder", "MediaStreamTrackProcessor"])
def test_whoever_lacks_the_better_way_to_send_is_seen_and_heard_too(shared, pages, without):
    speaker = pages(token=shared.organiser, without=without)
    viewer = pages(watch=1)
    publish(speaker, CAMERA, VOICE)
    hears(viewer)
    watches(viewer)


def test_without_any_way_to_send_a_reason_is_given(shared, pages):
    speaker = pages(token=shared.organiser, without="VideoEncoder,AudioEncoder,MediaRecorder")
    answer = speaker.evaluate("engine.publish('camera', 'canvas')")
    assert answer == "media.no_encoder"


def test_devices_are_sent_as_they_are(shared, pages):
    speaker, viewer = pages(token=shared.organiser), pages(watch=1)
    publish(speaker, ("camera", "device"), ("voice", "device"))
    # The browser's own device beeps once a second.
    until(lambda: len(report(viewer)["sounds"]) >= 2, "beeps")


def test_two_watch_one_comes_late_and_both_see(shared, pages):
    speaker, early = pages(token=shared.organiser), pages(watch=1)
    publish(speaker, CAMERA, VOICE)
    watches(early)
    late = pages(watch=1)
    watches(late)
    hears(late)


def test_muted_is_silent_and_comes_back(shared, pages):
    speaker, viewer = pages(token=shared.organiser), pages(watch=1)
    publish(speaker, VOICE)
    hears(viewer)
    speaker.evaluate("engine.mute('voice', true)")
    is_silent(viewer)
    speaker.evaluate("engine.mute('voice', false)")
    hears(viewer)


def test_staff_mutes_whoever_it_wants(shared, pages, room):
    token = shared.guest("Sam")
    with shared.peer(token) as peer, shared.peer(shared.organiser) as host:
        member = peer.join(room)["you"]["member"]
        host.join(room)
        host.ask("floor.give", room, {"member": member})
        speaker, viewer = pages(token=token), pages(watch=1)
        publish(speaker, VOICE)
        hears(viewer)
        host.ask("microphone.mute", room, {"member": member})
        is_silent(viewer)
        host.ask("floor.take", room, {"member": member})
        until(lambda: speaker.evaluate("engine.states()") == [["voice", "ended"]], "the end")


def test_a_publisher_whose_line_drops_returns_by_itself(studio, server):
    organiser = server.sign_in("organiser", name="Olga")
    room = server.make_room(organiser)
    with server.peer(organiser) as host:
        host.join(room)
        host.ask("room.open", room)
    speaker = open_page(studio, server, room, token=organiser)
    viewer = open_page(studio, server, room, watch=1)
    publish(speaker, CAMERA, VOICE)
    watches(viewer)
    server.port = int(server.url.rsplit(":", 1)[1])
    server.restart()
    watches(viewer)
    hears(viewer)
    for page in (speaker, viewer):
        page.context.close()


@pytest.mark.skipif(Firefox.program is None, reason="Firefox is not installed")
def test_firefox_and_chromium_see_and_hear_each_other(shared, room, pages):
    speaker = pages(token=shared.organiser)
    publish(speaker, CAMERA, VOICE)
    with Firefox() as firefox:
        for without, players in (("", "webcodecs"), (NO_DECODERS, "mse")):
            viewer = firefox.open_page(shared, room, without=without, watch=1)
            assert report(viewer)["players"][0] == players
            watches(viewer)
            viewer.close()
        speaker.close()
        other = firefox.open_page(shared, room, token=shared.organiser)
        publish(other, CAMERA)
        watches(pages(watch=1))
        assert report(other)["errors"] == []
