"""Proves that search finds what its reader may see and nothing else, by every kind of text and reader,
that what is erased is found by nobody and in no file, and that the index grows again from the logs.
"""

import json
import urllib.parse

import pytest

from harness.accounts import register
from harness.cast import DOOR, seal, sign
from harness.documents import document
from harness.server import PLENTY, Server
from harness.waiting import until

WORD = "qubit"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    with Server(tmp_path_factory.mktemp("search") / "data", *PLENTY) as running:
        running.organiser = running.sign_in("organiser", name="Olga")
        yield running


def search(server, q, token=None, **more):
    words = urllib.parse.urlencode({"q": q} | more)
    answer = server.request("GET", f"/api/v1/search?{words}", token=token)
    assert answer.status == 200, answer.body
    return answer.json


def texts(server, q, token=None, **more):
    """What was found, as it reads."""
    found = search(server, q, token, **more)
    assert found["count"] == len(found["hits"]), found
    assert sum(one["count"] for one in found["facets"]["kinds"]) == found["count"]
    return sorted("".join(piece["text"] for piece in hit["snippet"]) for hit in found["hits"])


def eventually(server, q, token=None, **more):
    until(lambda: search(server, q, token, **more)["hits"], q)
    return search(server, q, token, **more)


def say(peer, room, kind, **data):
    return peer.ask(kind, room, data)["seq"]


@pytest.fixture(scope="module")
def open_room(site):
    """Every kind of text, each with a word of its own beside the common one."""
    host_token = site.organiser
    room = site.make_room(host_token, title=f"{WORD} title", slots=2)
    tokens = {name: site.guest(name) for name in ("member", "judge", "other")}
    tokens["presenter"] = site.sign_in("presenter", room=room, slot="1", name="Ann")
    with site.peer(host_token) as host, site.peer(tokens["member"]) as member, \
            site.peer(tokens["judge"]) as judge, site.peer(tokens["presenter"]) as presenter:
        host.join(room)
        member.join(room)
        presenter.join(room)
        seat = judge.join(room)["you"]["member"]
        host.ask("member.set_roles", room, {"member": seat, "roles": ["judge"]})
        judge.join(room)
        host.ask("room.open", room)
        say(host, room, "chat.say", text=f"{WORD} staffonly", channel="staff")
        say(judge, room, "chat.say", text=f"{WORD} bench", channel="judges")
        say(presenter, room, "chat.say", text=f"{WORD} backroom", channel="slot:1")
        say(member, room, "chat.say", text=f"{WORD} public")
        say(host, room, "announcement.make", text=f"{WORD} announced")
        question = say(member, room, "question.ask", text=f"{WORD} question", slot="1")
        say(host, room, "question.answer", question=f"{question}", text=f"{WORD} answer")
        host.ask("question.allow_anonymous", room, {"on": True})
        say(member, room, "question.ask", text=f"{WORD} unnamed", anonymous=True)
        host.ask("chat.hold", room, {"on": True})
        say(member, room, "chat.say", text=f"{WORD} held")
    other = site.make_room(host_token, title="elsewhere")
    with site.peer(tokens["other"]) as peer:
        peer.join(other)
    eventually(site, "unnamed")
    return room, tokens | {"moderator": host_token, "visitor": None}


EVERYBODY = ["announced", "answer", "public", "question", "title", "unnamed"]
OF_READERS = {
    "visitor": EVERYBODY, "other": EVERYBODY, "member": EVERYBODY,
    "judge": ["announced", "answer", "bench", "public", "question", "title", "unnamed"],
    "presenter": ["announced", "answer", "backroom", "public", "question", "title", "unnamed"],
    "moderator": ["announced", "answer", "backroom", "bench", "public", "question", "staffonly",
                  "title", "unnamed"],
}


@pytest.mark.parametrize("reader", OF_READERS)
def test_a_reader_finds_what_it_may_see(site, open_room, reader):
    room, tokens = open_room
    found = texts(site, WORD, tokens[reader], room=room)
    assert [text.removeprefix(f"{WORD} ") for text in found] == OF_READERS[reader]


def test_an_anonymous_question_is_found_without_its_author(site, open_room):
    _, tokens = open_room
    for reader in ("visitor", "other", "judge"):
        [hit] = search(site, "unnamed", tokens[reader])["hits"]
        assert hit["kind"] == "question" and "by" not in hit, hit
    [hit] = search(site, "question", tokens["visitor"], kind="question")["hits"]
    assert hit["by"] == "member" and hit["slot"] == "1"


def test_a_hit_says_where_it_stands(site, open_room):
    room, _ = open_room
    [hit] = search(site, f'"{WORD} public"')["hits"]
    assert (hit["room"], hit["kind"], hit["title"], hit["group"]) == (room, "chat", f"{WORD} title", "live")
    assert 0 <= hit["seconds"] < 60 and hit["by"] == "member"
    assert hit["snippet"] == [{"text": f"{WORD} public", "marked": True}]


def test_what_is_chosen_narrows_and_is_counted(site, open_room):
    room, _ = open_room
    found = search(site, WORD, room=room, kind="question")
    assert {hit["kind"] for hit in found["hits"]} == {"question"} and found["count"] == 2
    kinds = {one["value"]: one["count"] for one in found["facets"]["kinds"]}
    assert kinds == {"room": 1, "chat": 1, "question": 2, "answer": 1, "announcement": 1}
    assert search(site, WORD, room=room, state="past")["hits"] == []
    assert search(site, WORD, room="0" * 32)["hits"] == []


def test_behind_a_closed_door_only_those_inside_find(site):
    """A closed matter: who has not signed finds what a stranger does, the slides nobody."""
    host_token = site.organiser
    room = site.make_room(host_token, title="matterword title", door=DOOR)
    tokens = {name: site.guest(name) for name in ("unsigned", "signed", "outside")}
    with site.peer(host_token) as host:
        host.join(room)
        sign(host, room)
        host.join(room)
        for name in ("unsigned", "signed"):
            with site.peer(tokens[name]) as person:
                person.join(room)
                person.ask("door.apply", room, {"answers": [name]})
                applied = host.event(room, "member.applied",
                                     lambda body, name=name: body["data"]["answers"] == [name])
                host.ask("member.admit", room, {"member": applied["data"]["member"]})
                if name == "signed":
                    signed = applied["data"]["member"]
                    person.join(room)
                    sign(person, room)
        host.ask("room.open", room)
        say(host, room, "chat.say", text="matterword inside")
        say(host, room, "announcement.make", text="matterword outside")
    eventually(site, "matterword outside")
    public = ["matterword outside", "matterword title"]
    for token in (None, tokens["outside"], tokens["unsigned"]):
        assert texts(site, "matterword", token) == public
    for token in (tokens["signed"], host_token):
        assert texts(site, "matterword", token) == sorted([*public, "matterword inside"])
    with site.peer(host_token) as host:
        host.join(room)
        host.ask("member.remove", room, {"member": signed, "reason": "noise"})
    assert texts(site, "matterword", tokens["signed"]) == public


@pytest.mark.parametrize(("audience", "finders"), [
    ("nobody", {"moderator"}), ("members", {"moderator", "member"}),
    ("registered", {"moderator", "member", "account"}),
    ("public", {"moderator", "member", "account", "visitor"}),
])
def test_a_sealed_record_is_found_by_its_audience(site, audience, finders):
    word = f"sealedfor{audience}"
    room = site.make_room(site.organiser, title=f"{word} title")
    member, account = site.guest("Member"), register(site, f"{audience}@example.org")
    with site.peer(site.organiser) as host, site.peer(member) as peer:
        host.join(room)
        for step in ("room.open", "room.start"):
            host.ask(step, room)
        peer.join(room)
        say(peer, room, "chat.say", text=f"{word} said")
        until(lambda: len(texts(site, word)) == 2)
        for slot in ("1", "2"):
            host.ask("slot.skip", room, {"slot": slot})
        for step in ("room.end", "room.end_confirm"):
            host.ask(step, room)
        seal(host, room, audience)
    readers = {"moderator": site.organiser, "member": member, "account": account, "visitor": None}
    found = {name: texts(site, word, token) for name, token in readers.items()}
    both = [f"{word} said", f"{word} title"]
    assert found == {name: both if name in finders else [] for name in readers}


def test_the_words_of_slides_are_found_and_notes_never(site):
    room = site.make_room(site.organiser, title="slides")
    path = f"/api/v1/rooms/{room}/slots/1"
    for words in ("superconductor", "graphene"):
        answer = site.request("POST", f"{path}/slides", document(["cover", words]), token=site.organiser,
                              fields={"Content-Type": "application/pdf"})
        if answer.json.get("code") == "slide.no_converter":
            pytest.skip("no converter of PDF here")
        assert answer.status == 202
        until(lambda: site.request("GET", f"{path}/slides", token=site.organiser).json["state"] == "ready",
              "the slides", patience=120)
        [hit] = eventually(site, words)["hits"]
        assert (hit["kind"], hit["slot"], hit["page"]) == ("slide", "1", 2)
    presenter = site.sign_in("presenter", room=room, slot="1", name="Ann")
    with site.peer(presenter) as peer:
        peer.join(room)
    answer = site.request("PUT", f"{path}/notes/1", {"text": "notewordzz"}, token=presenter)
    assert answer.status in (200, 201, 204), answer.body
    # What is made later is found, so what was there before would be.
    site.make_room(site.organiser, title="afterwardszz")
    eventually(site, "afterwardszz")
    assert texts(site, "superconductor") == [] and texts(site, "notewordzz", presenter) == []


def test_a_programme_events_and_people_are_found(site):
    room = site.request("POST", "/api/v1/rooms", {
        "title": "成果路演", "startsAt": 1_790_000_000_000, "slots": [
            {"title": "钙钛矿电池", "abstract": "高效率的薄膜器件", "presenters": "安教授",
             "organisation": "材料研究所", "field": "新能源"}],
    }, token=site.organiser).json["room"]
    [hit] = eventually(site, "薄膜器件")["hits"]
    assert (hit["kind"], hit["slotTitle"], hit["room"]) == ("slot", "钙钛矿电池", room)
    # By one character, traditional characters, wide letters, presenter and organisation.
    for query in ("矿", "鈣鈦礦", "钙钛矿 安教授", "材料研究所"):
        assert [hit["room"] for hit in search(site, query)["hits"]] == [room], query
    found = search(site, "钙钛矿")
    assert found["facets"]["fields"] == [{"value": "新能源", "count": 1}]
    assert found["facets"]["years"] == [{"value": "2026", "count": 1}]
    event = site.request("POST", "/api/v1/events", {"title": "紫金山大会"}, token=site.organiser)
    event = event.json["event"]
    assert search(site, "紫金山")["hits"] == []  # It has no rooms yet, so others do not know of it.
    [mine] = search(site, "紫金山", site.organiser)["hits"]
    assert (mine["kind"], mine["event"]) == ("event", event)
    site.request("POST", f"/api/v1/events/{event}", {"title": "紫金山大会", "rooms": [{"room": room}]},
                 token=site.organiser)
    assert [hit["kind"] for hit in search(site, "紫金山")["hits"]] == ["event"]
    ann = register(site, "ann@example.org", name="欧阳明日")
    assert search(site, "欧阳明日")["hits"] == []
    site.request("POST", "/api/v1/account/page", {"public": True}, token=ann)
    [person] = search(site, "欧阳明日")["hits"]
    assert person["kind"] == "person" and len(person["profile"]) == 32
    site.request("POST", "/api/v1/account/page", {"public": False}, token=ann)
    assert search(site, "欧阳明日", ann)["hits"] == []


def test_an_erased_text_is_in_no_file(site):
    room = site.make_room(site.organiser)
    token = site.guest("Speaker")
    with site.peer(site.organiser) as host, site.peer(token) as peer:
        host.join(room)
        host.ask("room.open", room)
        peer.join(room)
        seq = say(peer, room, "chat.say", text="zyxerasedxyz 龘靐齉爩")
        eventually(site, "zyxerasedxyz")
        host.ask("content.redact", room, {"seq": seq, "reason": "mistake"})
    assert search(site, "zyxerasedxyz", site.organiser)["hits"] == []

    def is_gone():
        traces = [text.encode() for text in ("zyxerasedxyz", "龘靐", "靐齉")]
        files = [path for path in site.folder.rglob("*") if path.is_file()]
        assert any(path.name == "search.sqlite" for path in files)
        return not any(trace in path.read_bytes() for path in files for trace in traces)

    until(is_gone)


def test_the_index_grows_again_and_goes_on_after_a_crash(folder):
    with Server(folder, *PLENTY) as server:
        organiser = server.sign_in("organiser")
        room = server.make_room(organiser, title="firstword")
        with server.peer(organiser) as host:
            host.join(room)
            host.ask("room.open", room)
            say(host, room, "chat.say", text="before crash")
            server.kill()
        server.start()
        eventually(server, "before crash")
        server.kill()
        for path in folder.rglob("search.sqlite*"):
            path.unlink()
        server.start()
        eventually(server, "before crash")
        assert len(search(server, "firstword")["hits"]) == 1
        assert "building" not in search(server, "firstword")


@pytest.mark.parametrize(("query", "field"), [
    ("", "q"), ("q=", "q"), ("q=%F0%9F%99%82", "q"), ("q=" + "x" * 201, "q"), ("q=" + "x+" * 17, "q"),
    ("q=x&kind=note", "kind"), ("q=x&year=70", "year"), ("q=x&state=open", "state"),
    ("q=x&room=1", "room"), ("q=x&after=-1", "after"), ("q=x&after=10001", "after"),
    ("q=x&field=" + "x" * 201, "field"),
])
def test_a_bad_field_is_named(site, query, field):
    answer = site.request("GET", f"/api/v1/search?{query}")
    assert (answer.status, answer.json["code"], answer.json["data"]["field"]) \
        == (400, "command.malformed", field)


@pytest.mark.parametrize("query", ['"', "a\" OR b", "text:x", "NEAR(a b)", "a*", "-a", "😀 a", "'; DROP", "a AND"])
def test_nothing_typed_is_syntax(site, query):
    words = urllib.parse.urlencode({"q": query})
    answer = site.request("GET", f"/api/v1/search?{words}")
    assert answer.status in (200, 400), (query, json.loads(answer.body))


def test_many_searches_are_refused(folder):
    tight = ("--set", "limits.searches_per_minute=3")
    with Server(folder, *PLENTY, *tight) as server:
        found = [server.request("GET", "/api/v1/search?q=a").status for _ in range(4)]
        assert found == [200, 200, 200, 429]


def test_pages_of_hits_follow_each_other(site):
    room = site.make_room(site.organiser)
    with site.peer(site.organiser) as host:
        host.join(room)
        host.ask("room.open", room)
        for number in range(45):
            say(host, room, "chat.say", text=f"pagedword line{number}")
    until(lambda: search(site, "pagedword")["count"] == 45)
    seen, after = [], 0
    while after is not None:
        found = search(site, "pagedword", after=after)
        seen += [hit["sequence"] for hit in found["hits"]]
        after = found["next"]
    assert len(seen) == len(set(seen)) == 45


def test_what_nobody_says_is_found_loosely(site):
    room = site.make_room(site.organiser, title="姿态控制方法")
    found = eventually(site, "姿态控制理论")
    assert found["loose"] and found["hits"][0]["room"] == room
    assert {"text": "姿态控制", "marked": True} in found["hits"][0]["snippet"]
