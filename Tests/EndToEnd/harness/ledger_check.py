"""What tests ask of a room's log afterwards."""

from .peer import merged


def all_events(server, room, token):
    """Every event that this reader may see, fetched in pages."""
    events, after = [], 0
    while True:
        answer = server.request(
            "GET", f"/api/v1/rooms/{room}/events?after={after}&limit=200", token=token
        )
        assert answer.status == 200, answer
        events += answer.json["events"]
        # A page may hold nothing for this reader: the last number it covers says where to go on.
        if answer.json["last"] is None:
            return events
        after = answer.json["last"]


def said(events):
    """Text -> sequence numbers of the chat messages that hold it."""
    found = {}
    for event in events:
        body = merged(event)
        if body.get("type") == "chat.said":
            found.setdefault(body["data"]["text"], []).append(event["seq"])
    return found

