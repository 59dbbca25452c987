"""People who send real pictures and sound over the protocol, while others look at the pages."""

import time

from harness import clips
from harness.media import KEY, MediaPeer, Metronome


class Speaker:
    """A member on the control socket and on a media socket."""

    def __init__(self, hall, token):
        self.hall, self.token = hall, token
        self.control = hall.server.peer(token)
        self.control.join(hall.room)
        self.line = MediaPeer(hall.server.url, hall.room, token)
        self.line.join()
        self.tracks = {}

    @property
    def member(self):
        return self.control.rooms[self.hall.room].you["member"]

    def publishes(self, *kinds, **more):
        for kind in kinds:
            size = {} if kind in ("voice", "interpretation") else {"width": 320, "height": 180}
            self.tracks[kind] = self.line.publish(kind, **size, **more)
        return self

    def asks(self, kind, data=None):
        self.control.ask(kind, self.hall.room, data or {})
        return self

    def plays(self, seconds=4):
        """Sends a clip as camera and voice; a recording lasts as long as it lasts."""
        blocks = list(clips.blocks(clips.clip(seconds)))
        base = int(time.monotonic() * 1e6)
        metronome = Metronome(0.01)  # The rate of a publisher is limited; time is what is recorded.
        for block in blocks:
            is_video = block.track == 1
            self.line.give(
                self.tracks["camera" if is_video else "voice"], block.payload,
                at=base + block.at * 1_000, flags=KEY if block.is_key or not is_video else 0,
                level=255 if is_video else 20, duration=0 if is_video else 20_000,
            )
            metronome.tick()
        self.line.flush()
        return self

    def falls_silent(self):
        """The line drops without a word."""
        self.line.cut()

    def close(self):
        self.line.close()
        self.control.close()


def upload(hall, token, *, slot="1", seconds=6, data=None):
    answer = hall.server.request(
        "POST", f"/api/v1/rooms/{hall.room}/slots/{slot}/recordings",
        data or clips.clip(seconds), token=token,
    )
    assert answer.status == 201, answer
    return answer.json["recording"]


def offered(hall, speaks, **more):
    """A presenter who handed over a recording of its slot."""
    presenter = speaks(hall, hall.presenter("1"))
    presenter.recording = upload(hall, presenter.token, **more)
    return presenter.asks("recording.offer", {"recording": presenter.recording})


def opens_fold(visitor, fold):
    """Opens what is behind a summary."""
    visitor.page.locator("summary", has_text=fold).first.click()
    return visitor


def opened_desk(visit, hall, token, **looks):
    """A presenter before its own slot's rehearsals and recordings."""
    presenter = visit(hall.server, token=token, **looks).enter(hall.room, "?tab=desk")
    presenter.page.locator(".own-slot .fold > summary").first.click()
    return presenter.sees(".presenter-studio")
