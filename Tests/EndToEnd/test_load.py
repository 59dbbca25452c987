"""Proves that a reader who cannot keep up is let go and can resume, and that nobody else notices."""

import json
import socket

from harness.peer import Peer
from harness.rounds import live_room
from harness.server import PLENTY, Server

MOST, BATCH = 6_000, 60


def test_a_slow_reader_is_closed_and_resumes(folder):
    with Server(folder, *PLENTY, "--set", "limits.outbound_bytes=65536") as server:
        organiser, room = live_room(server)
        with server.peer(server.guest("Ann")) as ann, server.peer() as slow:
            slow.socket.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
            ann.join(room)
            slow.join(room)
            ann.signal(room, "presence", lambda data: data["here"] == 2)
            signals = ann.rooms[room].signals
            signals.clear()
            sent = 0
            # The kernel's buffers fill first; that the reader is gone is told by the presence.
            while not any(s["signal"] == "presence" and s["data"]["here"] == 1 for s in signals):
                assert sent < MOST, "the slow reader was never let go"
                ids = [f"m{n}" for n in range(sent, sent + BATCH)]
                ann.socket.send_text(json.dumps([
                    {"id": id, "type": "chat.say", "room": room, "data": {"text": id + "路" * 900}}
                    for id in ids
                ]))
                for id in ids:
                    ann.answer(id)
                sent += BATCH
            ann.until(lambda: len(ann.rooms[room].of_type("chat.said")) == sent)
            assert slow.closing() in (1013, None)
            assert len(slow.rooms[room].events) < sent
            slow.reconnect()
            slow.rejoin(room)
            ann.ask("chat.say", room, {"text": "end"})
            slow.event(room, "chat.said", lambda body: body["data"]["text"] == "end")


def test_hundreds_who_say_nothing_hold_nobody_up(shared, room):
    silent = [Peer(shared.url) for _ in range(300)]
    try:
        for peer in silent:
            peer.send("room.join", room)
        with shared.peer(shared.guest("Ann")) as ann:
            ann.join(room)
            for n in range(20):
                ann.ask("chat.say", room, {"text": f"{n}"})
            ann.signal(room, "presence", lambda data: data["here"] == 301)
    finally:
        for peer in silent:
            peer.cut()
