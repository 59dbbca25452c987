# Proves the archive desk: the seal and what comes after it, who reads a sealed record by every way, its
# bundles, what a redaction and the end of its time leave behind.

import json
import sqlite3
import zipfile
from pathlib import Path

import pytest

from harness import clips, disk
from harness.cast import seal
from harness.media import MediaPeer
from harness.peer import Refused
from harness.records import Shown, key_of, verify
from harness.recordings import play
from harness.server import PLENTY, Server, luyan
from harness.waiting import until

TEN_YEARS = 3_653 * 86_400_000


@pytest.fixture(scope="module")
def sealed(tmp_path_factory):
    """A sealed roadshow that everybody who was let in may read, and its bundles."""
    with Server(tmp_path_factory.mktemp("sealed") / "data", *PLENTY) as server:
        yield Shown(server).seal("public")


# The seal

def test_the_desk_says_what_is_left_to_do(server):
    shown = Shown(server)
    assert shown.desk(shown.token)["tasks"] == ["terms", "transcript", "redactions"]
    assert "tasks" not in shown.desk(shown.guest)
    with pytest.raises(Refused, match="archive.not_ready"):
        shown.tell("archive.seal")
    shown.tell("archive.arrange", {"audience": "public", "retention": "permanent"})
    assert "consents" in shown.desk(shown.token)["tasks"]
    own = shown.desk(shown.presenter)["consents"]
    assert [(c["slot"], c["agree"]) for c in own] == [("1", None)]
    shown.seal("public", "30_years")
    desk = shown.desk(shown.token)
    assert (desk["state"], desk["audience"], desk["retention"], desk["tasks"]) == (
        "archived", "public", "30_years", [])
    assert desk["keptUntil"] - desk["sealedAt"] == 10_958 * 86_400_000


def test_a_supplement_stands_behind_the_seal(server):
    shown = Shown(server).seal("members")
    shown.tell("archive.supplement", {"text": "contract 17"})
    found = shown.desk(shown.guest)["supplements"]
    assert [s["text"] for s in found] == ["contract 17"]
    assert shown.desk()["supplements"] == []


def test_a_correction_shows_and_the_original_is_kept(server):
    shown = Shown(server)
    shown.tell("content.correct", {"seq": shown.said, "text": "rightwords"})
    with server.peer(shown.guest) as peer:
        chat = peer.join(shown.room)["snapshot"]["chat"]
    line = next(line for line in chat if line["seq"] == shown.said)
    assert (line["text"], line["original"]) == ("rightwords", "saidwords")
    text = server.request("GET", f"/api/v1/rooms/{shown.room}/transcript?lang=en",
                          token=shown.token).body.decode()
    assert "saidwords" in text and f"Correction of number {shown.said}" in text


# Who reads a sealed record

READERS = ("visitor", "account", "member", "staff")
SHOWN_TO = {"nobody": "staff", "members": "member staff", "registered": "account member staff",
            "public": "visitor account member staff"}
# What a route answers to who is shown the record, and to who is not.
WAYS = [
    ("", 200, 200), ("/archive", 200, 200), ("/checkpoint", 200, 200), ("/events", 200, 200),
    ("/log", 200, 200), ("/events/1/proof", 200, 200), ("/outcome", 200, 200),
    ("/captions.vtt", 200, 403), ("/files/FILE", 200, 403), ("/files/FILE/text", 200, 403),
    ("/slots/1/texts", 200, 403), ("/bundles/SHARED.zip", 200, 403),
]


@pytest.mark.parametrize("audience", SHOWN_TO)
def test_a_record_is_read_by_its_audience_alone(server, audience):
    shown = Shown(server).seal(audience)
    account = server.sign_in("organiser", name="Other")
    tokens = dict(zip(READERS, (None, account, shown.guest, shown.token)))
    shared = {"nobody": "staff", "members": "members"}.get(audience, "everyone")
    shown.ready(shared)
    for reader, token in tokens.items():
        is_shown = reader in SHOWN_TO[audience].split()
        for path, inside, outside in WAYS:
            path = path.replace("FILE", shown.files[0]).replace("SHARED", shared)
            answer = server.request("GET", f"/api/v1/rooms/{shown.room}{path}", token=token)
            wanted = {inside} if is_shown else {outside, 401}
            if shared == "staff" and "bundles" in path and reader != "staff":
                wanted = {401, 403}
            if shared == "members" and "bundles" in path and reader == "account":
                wanted = {401, 403}
            assert answer.status in wanted, (audience, reader, path, answer.status)
            words = [w for w in ("saidwords", "askedwords", "spokenwords")
                     if w.encode() in answer.body and "outcome" not in path]
            assert is_shown or not words, (audience, reader, path, words)
            assert reader == "staff" or b"staffwords" not in answer.body, (reader, path)
        with server.peer(token) as peer:
            snapshot = peer.join(shown.room)["snapshot"]
            is_inside = any(line.get("text") == "saidwords" for line in snapshot["chat"])
            # A socket does not know an account from a visitor.
            assert is_inside == is_shown or (audience, reader) == ("registered", "account")
            with pytest.raises(Refused):
                peer.ask("chat.say", shown.room, {"text": "late"})
        old = server.request("GET", f"/api/v1/rooms/{shown.room}/bundles/staff.zip", token=token)
        assert (old.status == 200) == (reader == "staff") or old.status == 404, (reader, old)


def test_who_reconnects_with_an_old_place_gets_no_more_than_the_record_shows(server):
    shown = Shown(server).seal("nobody")
    with server.peer() as peer:
        joined = peer.join(shown.room, since=1)
        assert "events" not in joined and joined["snapshot"]["chat"] == []


def test_pages_that_are_open_at_the_seal_come_in_anew(server):
    shown = Shown(server)
    with server.peer() as peer:
        peer.join(shown.room)
        shown.seal("nobody")
        peer.signal(shown.room, "restart")
        assert peer.join(shown.room)["snapshot"]["chat"] == []


# Bundles

def test_a_bundle_holds_what_its_readers_may_see_and_passes_the_check(sealed, tmp_path):
    key = key_of(sealed.server)
    names = {}
    for view in ("staff", "everyone"):
        path = sealed.kept(view, tmp_path / f"{view}.zip")
        done = verify(path, "--key", key, "--json")
        assert done.returncode == 0, done.stdout
        found = json.loads(done.stdout)
        assert (found["view"], found["scores"], found["scope"]) == (view, 1, "room")
        assert verify(path).returncode == 3
        assert verify(path, "--key", "0" * 64).returncode == 1
        with zipfile.ZipFile(path) as bundle:
            assert bundle.testzip() is None
            names[view] = set(bundle.namelist())
            whole = b"".join(map(bundle.read, names[view]))
        assert (b"staffwords" in whole) == (view == "staff")
        assert b"saidwords" in whole and b"askedwords" in whole and b"spokenwords" in whole
    assert {"README.txt", "log.jsonl", "checkpoint.txt", "transcript.zh-CN.md",
            "transcript.en.html", "captions.en.vtt", "outcome.json", "outcome.zh-CN.csv",
            "manifest.json", "manifest.note"} <= names["everyone"]
    assert {f"files/{file}.png" for file in sealed.files} <= names["everyone"]


def test_a_kept_checkpoint_tells_a_bundle_of_another_history(sealed, tmp_path):
    path = sealed.kept("everyone", tmp_path / "b.zip")
    note = tmp_path / "kept.txt"
    note.write_bytes(sealed.server.request("GET", f"/api/v1/rooms/{sealed.room}/checkpoint").body)
    assert verify(path, "--key", key_of(sealed.server), "--checkpoint", note).returncode == 0


@pytest.mark.parametrize("scope", ("slot:1", "question"))
def test_a_slot_and_a_question_have_bundles_of_their_own(sealed, tmp_path, scope):
    scope = f"question:{sealed.asked}" if scope == "question" else scope
    answer = sealed.server.request("POST", f"/api/v1/rooms/{sealed.room}/bundles",
                                   {"view": "everyone", "scope": scope}, token=sealed.token)
    assert answer.status == 202, answer
    name = answer.json["name"]
    path = sealed.kept(name, tmp_path / "part.zip")
    done = verify(path, "--key", key_of(sealed.server), "--json")
    assert done.returncode == 0 and json.loads(done.stdout)["scope"] == scope
    with zipfile.ZipFile(path) as bundle:
        log = bundle.read("log.jsonl")
        assert "outcome.json" not in bundle.namelist()
    assert b"askedwords" in log
    assert (b"saidwords" in log) == (scope == "slot:1")


@pytest.mark.parametrize("body, status", [
    ({}, 400), ({"view": "all"}, 400), ({"view": "staff", "scope": "slot:9"}, 400),
    ({"view": "staff", "scope": "question:1"}, 404), ({"view": "complete"}, 403),
])
def test_a_bundle_of_nothing_is_refused(sealed, body, status):
    answer = sealed.server.request("POST", f"/api/v1/rooms/{sealed.room}/bundles", body,
                                   token=sealed.token)
    assert answer.status == status, answer


def test_a_bundle_goes_on_by_itself_after_a_crash(folder):
    with Server(folder, *PLENTY) as server:
        shown = Shown(server).seal("members")
        server.kill()
        server.start()
        shown.ready("staff", "members")
        path = folder.parent / "b.zip"
        path.write_bytes(shown.bundle("members").body)
        assert verify(path, "--key", key_of(server)).returncode == 0


def test_a_bundle_is_sent_in_ranges(sealed):
    sealed.ready("everyone")
    whole = sealed.bundle("everyone")
    part = sealed.server.request(
        "GET", f"/api/v1/rooms/{sealed.room}/bundles/everyone.zip",
        fields={"Range": "bytes=100-199"})
    assert part.status == 206 and part.body == whole.body[100:200]


def test_a_full_disk_is_told_and_the_bundle_comes_when_there_is_room(folder, tmp_path):
    faulty = disk.Disk(disk.build(tmp_path), folder)
    with Server(folder, *PLENTY, environment=faulty.environment) as server:
        shown = Shown(server).seal("members")
        shown.ready("staff", "members")

        def make():
            answer = server.request("POST", f"/api/v1/rooms/{shown.room}/bundles",
                                    {"view": "staff", "scope": "slot:1"}, token=shown.token)
            assert answer.status == 202, answer
            return answer.json

        def state():
            found = {b["name"]: b for b in shown.desk(shown.token)["bundles"]}
            return found["staff-slot-1"]["state"]

        faulty.fail(disk.Disk.FULL)
        make()
        until(lambda: state() == "failed")
        faulty.mend()
        make()
        shown.ready("staff", "members", "staff-slot-1")
        path = folder.parent / "b.zip"
        path.write_bytes(shown.bundle("staff-slot-1").body)
        assert verify(path, "--key", key_of(server)).returncode == 0


# Redaction and the end of a record's time

def holders(folder, words):
    """The files of a folder in which these bytes stand."""
    return [str(path.relative_to(folder)) for path in Path(folder).rglob("*")
            if path.is_file() and words in path.read_bytes()]


def test_a_removed_text_is_in_no_file_of_the_data_folder(folder):
    with Server(folder, *PLENTY) as server:
        shown = Shown(server)
        shown.tell("content.correct", {"seq": shown.secret, "text": "mendedwords"})
        server.request("POST", f"/api/v1/rooms/{shown.room}/bundles", {"view": "staff"},
                       token=shown.token)
        until(lambda: holders(folder / "bundles", b"askedwords"))
        shown.tell("content.redact", {"seq": shown.asked, "reason": "mistake"})
        until(lambda: not holders(folder, b"askedwords"))
        shown.seal("public")
        shown.ready("staff", "everyone")
        assert any("bundles" in name for name in holders(folder, b"privatewords"))
        shown.tell("content.redact", {"seq": shown.secret, "reason": "private"})
        until(lambda: not holders(folder, b"privatewords") + holders(folder, b"mendedwords"))
        shown.ready("staff", "everyone")
        assert holders(folder, b"saidwords")
        path = folder.parent / "after.zip"
        path.write_bytes(shown.bundle("everyone").body)
        done = verify(path, "--key", key_of(server), "--json")
        assert done.returncode == 0 and json.loads(done.stdout)["withheld"] > 0
        assert b"privatewords" not in path.read_bytes()
    assert not holders(folder, b"privatewords")


def pass_time(folder, milliseconds):
    """A clock never goes back behind its last mark: a later mark is a later time."""
    with sqlite3.connect(folder / "events.sqlite") as database:
        (mark,) = database.execute("SELECT value FROM meta WHERE name = 'mark'").fetchone()
        database.execute("UPDATE meta SET value = ? WHERE name = 'mark'", (mark + milliseconds,))


@pytest.mark.parametrize("held", (False, True))
def test_a_record_goes_when_its_time_is_over_unless_it_is_held(folder, held):
    with Server(folder, *PLENTY) as server:
        shown = Shown(server).seal("public", "10_years")
        shown.ready("staff", "everyone")
        if held:
            shown.tell("archive.hold", {"reason": "lawsuit"})
            shown.ready("staff", "everyone")
        server.terminate()
        pass_time(folder, TEN_YEARS + 60_000)
        server.start()
        if held:
            until(lambda: shown.desk()["keptUntil"] is not None)
            assert not shown.desk()["expired"] and holders(folder, b"saidwords")
            return
        until(lambda: shown.desk()["expired"])
        until(lambda: not [name for words in (b"saidwords", b"askedwords", b"staffwords", b"Petra")
                           for name in holders(folder, words) if "people" not in name])
        until(lambda: not list((folder / "blobs").rglob("[0-9a-f]" * 64)))
        assert not list((folder / "bundles").rglob("*.zip"))
        assert server.request("GET", f"/api/v1/rooms/{shown.room}/files/{shown.files[0]}").status \
            in (403, 404)
        server.terminate()
        assert luyan("verify", str(folder)).returncode == 3


# From a terminal

def test_a_room_is_archived_from_a_terminal(server, tmp_path):
    shown = Shown(server)
    environment = {"LUYAN_TOKEN": shown.token}

    def desk(*words):
        at = ("--server", server.url)
        return luyan("archive", words[0], shown.room, *words[1:], *at, environment=environment)

    refused = desk("seal")
    assert refused.returncode == 1 and "archive.not_ready" in refused.stderr
    for words in (("correct", str(shown.said), "rightwords"), ("redact", str(shown.secret)),
                  ("arrange", "--audience", "members", "--retention", "10_years"),
                  ("review", "transcript"), ("review", "redactions"), ("seal",),
                  ("seal", "--confirm"), ("supplement", "contract 17"),
                  ("hold", "--reason", "lawsuit"), ("release", "--reason", "over")):
        done = desk(*words)
        assert done.returncode == 0, (words, done.stderr)
    told = json.loads(desk("desk").stdout)
    assert told["state"] == "archived" and told["supplements"][0]["text"] == "contract 17"
    path = tmp_path / "record.zip"
    done = desk("bundle", "--output", str(path))
    assert done.returncode == 0, done.stderr
    assert verify(path, "--key", key_of(server)).returncode == 0
    assert b"privatewords" not in path.read_bytes() and b"rightwords" in path.read_bytes()


# Recordings

def test_a_recording_of_a_sealed_record_is_its_audiences(server, live, tmp_path):
    room, clip = live.room, clips.blocks(clips.clip(2))
    live.ask("recording.consent", room, {"agree": True})
    live.ask("recording.start", room)
    with MediaPeer(server.url, room, live.token) as speaker:
        camera, voice = speaker.publish("camera", width=320, height=180), speaker.publish()
        play(speaker, clip, video=camera, voice=voice, pace=0.01)
        speaker.flush()
    live.signal(room, "recording", lambda data: data["bytes"] > 0)
    live.ask("recording.stop", room)
    base = f"/api/v1/rooms/{room}"
    assert server.request("GET", f"{base}/recordings").status == 401
    live.ask("room.end", room)
    live.ask("room.end_confirm", room)
    seal(live, room, "public")
    until(lambda: server.request("GET", f"{base}/bundles/everyone.zip").status == 200)
    (found,) = server.request("GET", f"{base}/recordings").json["recordings"]
    file = server.request("GET", f"{base}/recordings/{found['recording']}.webm")
    assert file.status == 200
    path = tmp_path / "b.zip"
    path.write_bytes(server.request("GET", f"{base}/bundles/everyone.zip").body)
    assert verify(path, "--key", key_of(server)).returncode == 0
    with zipfile.ZipFile(path) as bundle:
        assert bundle.read(f"media/{found['recording']}.webm") == file.body
        assert b"<!doctype html>" in bundle.read("reader.html")
    live.ask("archive.arrange", room, {"audience": "nobody", "retention": "permanent"})
    assert server.request("GET", f"{base}/recordings").status == 401
    assert server.request("GET", f"{base}/recordings/{found['recording']}.webm").status == 401


# Another server's record

def test_a_record_is_taken_in_by_another_server(server, folder, tmp_path):
    shown = Shown(server).seal("public")
    operator = server.sign_in("operator", name="Opal")
    path = tmp_path / "whole.zip"
    done = luyan("archive", "bundle", shown.room, "--view", "complete", "--output", str(path),
                 "--server", server.url, environment={"LUYAN_TOKEN": operator})
    assert done.returncode == 0, done.stderr
    key = key_of(server)
    assert verify(path, "--key", key).returncode == 0
    other = tmp_path / "other"
    assert luyan("import", str(path), "--key", "0" * 64, "--data", str(other)).returncode == 1
    for _ in range(2):  # What is there is not taken twice.
        done = luyan("import", str(path), "--key", key, "--data", str(other))
        assert done.returncode == 0 and "2 files" in done.stdout, done.stderr
    with Server(other, *PLENTY) as there:
        base = f"/api/v1/rooms/{shown.room}"
        for way in ("/log", "/checkpoint", f"/files/{shown.files[0]}"):
            here = server.request("GET", base + way)
            found = there.request("GET", base + way)
            assert (found.status, found.body) == (here.status, here.body), way
        log = tmp_path / "log.jsonl"
        log.write_bytes(there.request("GET", f"{base}/log").body)
        assert verify(log, "--key", key).returncode == 0
        with server.peer() as one, there.peer() as two:
            assert one.join(shown.room)["snapshot"] == two.join(shown.room)["snapshot"]
        guest = there.guest("Bea", organisation="Fund", kind="investor")
        with there.peer(guest) as peer:
            peer.join(shown.room)
            with pytest.raises(Refused, match="room.imported"):
                peer.ask("content.redact", shown.room, {"seq": shown.said, "reason": "spam"})
        boss = there.sign_in("operator", name="Otto")
        assert b"staffwords" in there.request("GET", f"{base}/log", token=boss).body
        assert b"staffwords" not in there.request("GET", f"{base}/log", token=guest).body
        again = there.request("GET", f"{base}/bundles/complete.zip", token=boss).body
        assert again == path.read_bytes()
        assert there.terminate() == 0
