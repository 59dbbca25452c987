"""Live media: viewers of one publisher, memory of each, late joining, exports, and a slow line."""

import json
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor

from attacks import p99
from servers import Product

HERE = pathlib.Path(__file__).resolve().parent
CROWDS = (500, 1000, 2000, 2500, 3000)
GOAL = 200  # milliseconds that 99 % of the frames may take
LATE = 100  # late joiners
FILM = 60  # seconds of the recording that is exported
SLOW = 500  # kilobits a second
SLOW_SECONDS = 20
WATCHED = 20  # seconds that a browser watches another


def media(options, table):
    subprocess.run(
        ["cc", "-O2", "-w", "-o", options.tools / "mediaload", HERE / "mediaload.c"], check=True
    )
    # The client of the end-to-end tests speaks the protocol.
    sys.path.insert(0, str(options.root / "Tests/EndToEnd"))
    with Product(options).started() as running:
        room, token = hall(running)
        for viewers in CROWDS:
            crowd(options, running, room, token, viewers, table)
    late(options, table)
    exports(options, table)
    slow_line(options, table)
    browsers(options, table)


def hall(running):
    """A live room of an organiser who may send, and its session."""
    from harness import web
    from harness.peer import Peer

    link = running.organiser_link().partition("#")[2]
    answer = web.request(running.url, "POST", "/api/v1/session/invite", {"token": link, "name": "Olga"})
    token = answer.json["token"]
    plan = {"title": "Media", "startsAt": int(time.time() * 1000), "slots": [{"title": "One"}]}
    room = web.request(running.url, "POST", "/api/v1/rooms", plan, token=token).json["room"]
    with Peer(running.url, token) as host:
        host.join(room)
        host.ask("room.open", room)
    return room, token


def crowd(options, running, room, token, viewers, table):
    done = subprocess.run(
        [*options.pin[1], options.tools / "mediaload", "--port", str(running.port), "--room", room,
         "--token", token, "--viewers", str(viewers), "--pid", str(running.pid), "--secs", "6"],
        capture_output=True, text=True, timeout=120,
    )
    if not done.stdout:
        raise RuntimeError(f"mediaload: {done.stderr.strip()[:300]}")
    figures = json.loads(done.stdout)
    missing = figures["wanted"] - figures["frames"]
    table.add(
        f"{viewers:,} viewers of one publisher, 400 kbit/s", "luyan",
        f"frame p50 {figures['p50_ms']:.1f}, p99 {figures['p99_ms']:.1f} ms (goal: {GOAL})",
        f"{figures['cores'] * 100:.0f} % of a core, {figures['cpu_us_frame']:.2f} us a frame and viewer;"
        f" {missing} of {figures['wanted']:,} frames missing; {figures['bytes_viewer']:.0f} B a viewer",
        {**figures, "goal": GOAL},
    )


def late(options, table):
    """From the command to join until the key frame is here."""
    from harness.media import KEY, MediaPeer
    from harness.server import PLENTY, Server

    times = []
    with tempfile.TemporaryDirectory() as folder, Server(pathlib.Path(folder) / "data", *PLENTY) as server:
        organiser, room = stage(server)
        with MediaPeer(server.url, room, organiser) as speaker:
            camera = speaker.publish("camera")
            speaker.give(camera, bytes(12_000), flags=KEY)
            for _ in range(49):
                speaker.give(camera, bytes(1_600), flags=0)
            speaker.flush()
            for _ in range(LATE):
                with MediaPeer(server.url, room) as viewer:
                    start = time.monotonic()
                    viewer.join()
                    viewer.frame(lambda frame: frame.is_key)
                    times.append((time.monotonic() - start) * 1000)
    table.add(
        "late joining, to the first key frame", "luyan",
        f"p50 {statistics.median(times):.2f}, p99 {p99(times):.2f} ms",
        "server and line alone: a browser decodes and draws besides",
        {"p50": statistics.median(times), "p99": p99(times), "count": len(times)},
    )


def stage(server):
    organiser = server.sign_in("organiser", name="Olga")
    room = server.make_room(organiser)
    with server.peer(organiser) as host:
        host.join(room)
        host.ask("room.open", room)
        host.ask("room.start", room)
    return organiser, room


def exports(options, table):
    """A film is brought by its presenter, and exported."""
    from harness.clips import clip
    from harness.server import PLENTY, Server

    film = clip(FILM)
    with tempfile.TemporaryDirectory() as folder, Server(pathlib.Path(folder) / "data", *PLENTY) as server:
        _, room = stage(server)
        token = server.sign_in("presenter", room=room, slot="1", name="Petra")
        with server.peer(token) as presenter:
            presenter.join(room)
        start = time.monotonic()
        answer = server.request(
            "POST", f"/api/v1/rooms/{room}/slots/1/recordings", film, token=token, timeout=120
        )
        taken = time.monotonic() - start
        if answer.status != 201:
            raise RuntimeError(f"the film was refused: {answer}")
        base = f"/api/v1/rooms/{room}/recordings/{answer.json['recording']}"
        start = time.monotonic()
        server.request("POST", f"{base}/export", token=token)
        while server.request("GET", base, token=token).json["export"]["state"] != "ready":
            pass
        made = time.monotonic() - start
    size = len(film) / 1e6
    table.add(
        f"export of {FILM} s as WebM", "luyan", f"{FILM / made:,.0f} times as fast as it plays",
        f"{size:.1f} MB in {made * 1000:.0f} ms; taken from an upload in {taken * 1000:.0f} ms",
        {"seconds": FILM, "made": made, "taken": taken, "bytes": len(film)},
    )


def slow_line(options, table):
    """A command's way while a voice and pictures of 400 kbit/s run on the same line, on two sockets."""
    from harness.media import KEY, MediaPeer, Metronome
    from harness.server import PLENTY, Server
    from harness.slow_line import NEAR, SlowLine

    calm, busy = [], []
    with tempfile.TemporaryDirectory() as folder, SlowLine(SLOW) as line:
        with line.on(line.near):
            server = Server(
                pathlib.Path(folder) / "data", *PLENTY, host=NEAR, wrapper=line.wrapper
            ).start()
            organiser, room = stage(server)
            speaker = MediaPeer(server.url, room, organiser)
        with line.on(line.far):
            viewer, control = MediaPeer(server.url, room, timeout=60), server.peer()
        try:
            control.join(room)
            viewer.join()
            trips(control, calm, 40)
            voice, camera = speaker.publish(), speaker.publish("camera")
            metronome, last = Metronome(0.02), SLOW_SECONDS * 50 - 1
            with ThreadPoolExecutor() as beside:
                watching = beside.submit(
                    viewer.frame, lambda one: (one.track, one.sequence) == (voice, last)
                )
                asking = beside.submit(trips, control, busy, SLOW_SECONDS * 4, pause=0.2)
                for sound in range(last + 1):
                    speaker.give(voice, bytes(80), duration=20_000)
                    if sound % 2 == 0:
                        is_key = sound % 100 == 0
                        speaker.give(camera, bytes(12_000 if is_key else 1_600),
                                     flags=KEY if is_key else 0)
                    metronome.tick()
                watching.result()
                asking.result()
            seen = sum(frame.track == camera for frame in viewer.seen)
            heard = sum(frame.track == voice for frame in viewer.seen)
        finally:
            for peer in (speaker, viewer, control):
                peer.cut()
            server.kill()
    table.add(
        f"a command beside media of 400 kbit/s, line of {SLOW} kbit/s", "luyan",
        f"p50 {statistics.median(busy):.0f}, p95 {sorted(busy)[int(len(busy) * 0.95)]:.0f} ms",
        f"without media p50 {statistics.median(calm):.1f} ms; {heard} of {last + 1} sounds and"
        f" {seen} of {(last + 1) // 2} pictures came",
        {"p50": statistics.median(busy), "p95": sorted(busy)[int(len(busy) * 0.95)],
         "calmP50": statistics.median(calm), "sounds": heard, "pictures": seen},
    )


def browsers(options, table):
    """From a picture being drawn and a tone begun in one browser until another shows and plays them."""
    sys.path.insert(0, str(options.root / "Tests/EndToEnd/browser"))
    from engine import launch, open_page, publish, report
    from harness.server import PLENTY, Server
    from playwright.sync_api import sync_playwright

    wishes = {"picture alone": [("camera", "canvas")],
              "picture with sound": [("camera", "canvas"), ("voice", "bursts")]}
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright, \
            Server(pathlib.Path(folder) / "data", *PLENTY) as server:
        browser = launch(playwright)
        for name, wish in wishes.items():
            organiser, room = stage(server)
            speaker = open_page(browser, server, room, token=organiser)
            viewer = open_page(browser, server, room, watch=1)
            publish(speaker, *wish)
            time.sleep(WATCHED)
            seen, sent = report(viewer), report(speaker)
            shown(table, f"browser to browser, {name}", [p["age"] for p in seen["pictures"][50:]])
            heard = [min((s - b for s in seen["sounds"] if 0 < s - b < 950), default=None)
                     for b in sent["bursts"][3:-2]]
            if heard:
                shown(table, "browser to browser, sound", [one for one in heard if one is not None])
                firsts = []
                for _ in range(5):
                    late = open_page(browser, server, room, watch=1)
                    late.wait_for_function("engine.report().first !== null")
                    firsts.append(report(late)["first"])
                    late.context.close()
                shown(table, "late joining, from the page's modules to the first picture", firsts)
            for page in (speaker, viewer):
                page.context.close()
        browser.close()


def shown(table, name, times):
    times = sorted(times)
    p95 = times[min(len(times) - 1, int(len(times) * 0.95))]
    table.add(
        name, "luyan", f"p50 {statistics.median(times):.0f}, p95 {p95:.0f} ms",
        f"{len(times)}, Chromium and server on one machine",
        {"p50": statistics.median(times), "p95": p95, "count": len(times)},
    )


def trips(control, times, count, pause=0.0):
    for _ in range(count):
        start = time.monotonic()
        control.flush()
        times.append((time.monotonic() - start) * 1000)
        time.sleep(pause)
