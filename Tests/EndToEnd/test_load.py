"""Proves that a reader who cannot keep up is let go and can resume, and that nobody else notices."""

import json
import socket
from pathlib import Path

from harness.peer import Peer
from harness.rounds import live_room
from harness.server import PLENTY, Server

BATCH = 60
TEXT = "路" * 1_000  # 3 kB


def enough():
    """So many messages that the kernel's buffers and the server's queue cannot hold them."""
    send_buffer = int(Path("/proc/sys/net/ipv4/tcp_wmem").read_text().split()[2])
    return 2 * send_buffer // len(TEXT.encode()) // BATCH * BATCH


def test_a_slow_reader_is_closed_with_1013_and_resumes(folder):
    with Server(folder, *PLENTY, "--set", "limits.outbound_bytes=65536") as server:
        organiser, room = live_room(server)
        with server.peer(server.guest("Ann")) as ann, server.peer() as slow:
            # Small, but with room for two of the loopback's segments, which would else crawl.
            slow.socket.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 18)
            ann.join(room)
            slow.join(room)
            number = enough()
            for start in range(0, number, BATCH):
                ids = [f"m{n}" for n in range(start, start + BATCH)]
                ann.socket.send_text(json.dumps([
                    {"id": id, "type": "chat.say", "room": room, "data": {"text": TEXT}}
                    for id in ids
                ]))
                for id in ids:
                    ann.answer(id)
            ann.until(lambda: len(ann.rooms[room].events) >= number)
            assert slow.closing() == 1013
            assert len(slow.rooms[room].events) < number
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
