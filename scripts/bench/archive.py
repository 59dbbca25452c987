#!/usr/bin/env python3
"""Measures a record: how long its bundle takes after the seal, and how fast verifiers read it.

    scripts/bench/archive.py [--events 50000] [--megabytes 1000]

Needs a release build and the tests' Python (.venv). Prints a line for each figure; the server, its load
and the verifiers share the machine.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "Tests/EndToEnd"))
os.environ.setdefault("LUYAN_BIN", str(ROOT / ".build/release/luyan"))

from harness.cast import seal  # noqa: E402
from harness.media import MediaPeer, Metronome  # noqa: E402
from harness.server import PLENTY, Server, luyan  # noqa: E402

FRAME = 200_000  # bytes of a picture


def talk(host, room, events):
    """So many messages, many on their way at once."""
    begun = time.monotonic()
    waiting = []
    for n in range(events):
        waiting.append(host.send("chat.say", room, {"text": f"第 {n} 条：温度升到 300 °C，压力稳定。"}))
        if len(waiting) >= 200:
            for id in waiting:
                host.answer(id)
            host.forget_answers()
            waiting.clear()
    for id in waiting:
        host.answer(id)
    return time.monotonic() - begun


def film(server, host, room, token, megabytes):
    host.ask("recording.consent", room, {"agree": True})
    host.ask("recording.start", room)
    with MediaPeer(server.url, room, token) as speaker:
        camera = speaker.publish("camera", width=320, height=180)
        frame = os.urandom(FRAME)
        # A key frame of VP8: its first bytes tell its size.
        head = bytes([0x10, 0x02, 0x00, 0x9D, 0x01, 0x2A, 0x40, 0x01, 0xB4, 0x00])
        pace = Metronome(0.0175)  # below what a publisher may send
        for n in range(megabytes * 1_000_000 // FRAME):
            speaker.give(camera, head + frame[len(head):], duration=40_000)
            pace.tick()
            if n % 20 == 0:
                speaker.flush()
                host.flush()
        speaker.flush()
    host.ask("recording.stop", room)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--events", type=int, default=50_000)
    parser.add_argument("--megabytes", type=int, default=1_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="luyan-") as folder:
        more = ("--set", "recording.room_mb=4000", "--set", "limits.commands_per_second=100000",
                "--set", "limits.command_burst=100000", "--set", "media.publisher_kbit=100000")
        with Server(Path(folder) / "data", *PLENTY, *more) as server:
            token = server.sign_in("organiser", name="Olga")
            room = server.make_room(token)
            with server.peer(token, timeout=120) as host:
                host.join(room)
                host.ask("room.open", room)
                host.ask("room.start", room)
                took = talk(host, room, options.events)
                print(f"events: {options.events} in {took:.1f} s")
                if options.megabytes:
                    film(server, host, room, token, options.megabytes)
                host.ask("room.end", room)
                host.ask("room.end_confirm", room)
                begun = time.monotonic()
                seal(host, room, "public")
                print(f"sealed: {time.monotonic() - begun:.2f} s")
            path = Path(folder) / "b.zip"
            while True:
                desk = server.request("GET", f"/api/v1/rooms/{room}/archive", token=token).json
                states = {b["name"]: b["state"] for b in desk["bundles"]}
                if set(states.values()) <= {"ready", "failed"} and len(states) == 2:
                    break
                time.sleep(0.05)
            print(f"two bundles ready after {time.monotonic() - begun:.1f} s: {states}, "
                  f"{[b.get('bytes') for b in desk['bundles']]} bytes")
            kept = Path(folder) / "data/bundles" / room / "everyone.zip"
            key = server.request("GET", "/api/v1/site").json["key"]
            os.link(kept, path)
            for name, command in (("luyan verify", [os.environ["LUYAN_BIN"], "verify"]),
                                  ("scripts/verify.py", [sys.executable, ROOT / "scripts/verify.py"])):
                begun = time.monotonic()
                done = subprocess.run([*command, path, "--key", key], capture_output=True, text=True)
                took = time.monotonic() - begun
                print(f"{name}: {took:.1f} s, {options.events / took:.0f} events/s, "
                      f"exit {done.returncode}: {done.stdout.strip()[:80]}")


if __name__ == "__main__":
    main()
