"""A client of the protocol luyan.v1, written from its description, that checks the stream it gets."""

import itertools
import json
import secrets
import time

from .websocket import TEXT, Closed, WebSocket


class Refused(Exception):
    """A command was answered with an error."""

    def __init__(self, error):
        super().__init__(f"{error.get('code')}: {error.get('message')}")
        self.error = error
        self.code, self.action = error.get("code"), error.get("action")
        self.data = error.get("data") or {}


class RoomView:
    """What a peer has of one room: the chain of its class, and its own."""

    def __init__(self, joined):
        self.you = joined["you"]
        self.snapshot = joined.get("snapshot")
        self.cursor = dict(joined["cursor"])
        self.events = []
        self.signals = []

    def take(self, event):
        """Checks `prev` against what came before: a gap or a double is a fault of the server."""
        chain = "own" if "to" in event else "class"
        assert event["prev"] == self.cursor[chain], (
            f"gap in the {chain} chain: prev {event['prev']} after {self.cursor[chain]}"
        )
        assert event["seq"] > self.cursor[chain], f"event {event['seq']} came twice"
        self.cursor[chain] = event["seq"]
        self.events.append(event)

    def of_type(self, name):
        """Bodies of the events of one type, texts merged in."""
        return [body for event in self.events if (body := merged(event)).get("type") == name]


def merged(event):
    """The bodies of an event's parts as one: type, by, data with the texts."""
    body = {"seq": event["seq"], "at": event["at"]}
    data = {}
    for part in event["parts"]:
        content = part.get("body") or {}
        data.update(content.get("data") or {})
        data.update(content.get("texts") or {})
        body.update({k: v for k, v in content.items() if k in ("type", "by")})
    return body | {"data": data}


class Peer:
    """One socket and what was heard on it. Waiting is for a message, never for time."""

    def __init__(self, url, token=None, *, fields=(), timeout=20, **line):
        self.url, self.token, self.timeout, self.line = url, token, timeout, line
        self.fields = list(fields)
        self.prefix, self.numbers = secrets.token_hex(4), itertools.count(1)
        self.answers, self.rooms, self.loose = {}, {}, []
        self.socket = None
        self.reconnect()

    def reconnect(self):
        """A new socket with the same session; rooms have to be joined again."""
        fields = list(self.fields)
        if self.token:
            fields.append(("Authorization", f"Bearer {self.token}"))
        self.socket = WebSocket(self.url, fields=fields, timeout=self.timeout, **self.line)
        assert self.socket.subprotocol == "luyan.v1"

    # Commands

    def new_id(self):
        return f"{self.prefix}-{next(self.numbers)}"

    def send(self, kind, room=None, data=None, *, id=None):
        """Sends a command and gives its id; the answer is fetched with `answer`."""
        id = id or self.new_id()
        message = {"id": id, "type": kind, "data": data or {}}
        if room:
            message["room"] = room
        self.socket.send_text(json.dumps(message, ensure_ascii=False))
        return id

    def answer(self, id):
        """Waits for the answer to a command.

        Raises Refused when it is an error, Closed when the connection ends first.
        """
        self.until(lambda: id in self.answers)
        message = self.answers[id]
        if "error" in message:
            raise Refused(message["error"])
        return message["ok"]

    def ask(self, kind, room=None, data=None, *, id=None):
        """Sends a command and waits for its answer."""
        return self.answer(self.send(kind, room, data, id=id))

    def join(self, room, **data):
        """Joins a room; the answer's events are checked as those that come later."""
        joined = self.ask("room.join", room, data)
        view = self.rooms.get(room)
        if "events" in joined:
            assert view is not None, "events instead of a snapshot without having asked since"
            view.you = joined["you"]
            for event in joined["events"]:
                view.take(event)
            assert view.cursor == joined["cursor"], (view.cursor, joined["cursor"])
        else:
            view = self.rooms[room] = RoomView(joined)
        return joined

    def rejoin(self, room):
        """Joins again from where this peer is."""
        cursor = self.rooms[room].cursor
        return self.join(room, since=cursor["class"], own=cursor["own"])

    # Listening

    def pump(self):
        """Takes one message."""
        kind, payload = self.socket.receive()
        assert kind == TEXT, "the control socket speaks text"
        message = json.loads(payload)
        for item in message if isinstance(message, list) else [message]:
            self._sort(item)

    def _sort(self, item):
        if "re" in item:
            if item["re"] is None:
                self.loose.append(item)
                return
            assert item["re"] not in self.answers, f"answered twice: {item['re']}"
            self.answers[item["re"]] = item
        elif "signal" in item:
            view = self.rooms.get(item.get("room"))
            (view.signals if view else self.loose).append(item)
        else:
            # Before its join is answered, a room tells nothing.
            self.rooms[item["room"]].take(item)

    def until(self, condition):
        """Takes messages until the condition holds; the socket's time limit is the patience."""
        end = time.monotonic() + self.timeout
        while not (found := condition()):
            if time.monotonic() > end:
                raise TimeoutError("what was waited for did not come")
            self.pump()
        return found

    def event(self, room, kind, where=lambda body: True):
        """Waits for an event of this type and gives its merged body."""
        view = self.rooms[room]
        return self.until(
            lambda: next((body for body in view.of_type(kind) if where(body)), None)
        )

    def signal(self, room, name, where=lambda data: True):
        """Waits for a signal and gives its data."""
        signals = self.rooms[room].signals
        return self.until(
            lambda: next((s for s in signals if s["signal"] == name and where(s["data"])), None)
        )["data"]

    def closing(self):
        """Waits for the connection's end and gives the close code."""
        try:
            while True:
                self.pump()
        except Closed as closed:
            return closed.code

    def flush(self):
        """Everything the server sent before this moment has been taken when this returns."""
        self.ask("time.sync")

    def forget_answers(self):
        self.answers.clear()

    def close(self):
        self.socket.close()

    def cut(self):
        self.socket.cut()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.socket.close()
