"""Proves that the clock runs on the server's time, changes its colour and speaks in the last minute."""

import json
import re

from playwright.sync_api import expect

from rooms import live_hall
from visitors import inspect


class ServerTime:
    """Answers the page's time.sync with the server's time, shifted; everything else passes."""

    def __init__(self, page, shift=0):
        self.shift = shift  # milliseconds
        self.page, self.held = page, None
        page.route_web_socket(re.compile("/ws$"), self.opened)

    def opened(self, socket):
        server = socket.connect_to_server()
        server.on_message(lambda text: self.tell(socket, text))

    def tell(self, socket, text):
        if self.held is None:
            socket.send(self.shifted(text))
        else:
            self.held.append((socket, text))

    def skip(self, seconds):
        """The page's clock and the server's leap together: no answer is read between the two."""
        self.held = []
        self.page.clock.fast_forward(seconds * 1_000)
        self.shift += seconds * 1_000
        held, self.held = self.held, None
        for socket, text in held:
            self.tell(socket, text)

    def shifted(self, text):
        messages = json.loads(text)
        for message in messages if isinstance(messages, list) else [messages]:
            ok = message.get("ok")
            if isinstance(ok, dict) and set(ok) == {"now"}:
                ok["now"] += self.shift
        return json.dumps(messages)


def test_the_last_minute_of_a_pitch(shared, visit):
    hall = live_hall(shared)
    viewer = visit(shared)
    viewer.page.clock.install()
    time = ServerTime(viewer.page)
    viewer.enter(hall.room)
    hall.ask(("slot.call", {"slot": "1"}), "pitch.start")
    viewer.sees(".room-header .clock.calm", "陈述").sees(".clock-time", re.compile("0[78]:[0-5][0-9]"))

    spoken = viewer.page.get_by_role("alert")
    time.skip(421)
    viewer.sees(".room-header .clock.minute")
    expect(spoken).to_have_text("陈述还剩 1 分钟")
    inspect(viewer.page)
    time.skip(30)
    viewer.sees(".room-header .clock.half")
    expect(spoken).to_have_text("陈述还剩 30 秒")
    inspect(viewer.page)
    time.skip(30)
    viewer.sees(".room-header .clock.over")
    expect(spoken).to_have_text("陈述时间到")
    inspect(viewer.page)


def test_a_wrong_clock_of_the_device_does_not_matter(shared, visit):
    hall = live_hall(shared).ask(("slot.call", {"slot": "1"}), "pitch.start")
    viewer = visit(shared)
    viewer.page.clock.set_system_time("2001-01-01T00:00:00Z")
    viewer.enter(hall.room).sees(".clock-time", re.compile("0[78]:[0-5][0-9]"))
