"""Proves accounts by the protocol: getting in and out, codes, two steps, limits, nothing told to strangers."""

import hashlib
import sqlite3
import time

import pytest

from harness.accounts import (
    MANY, PASSWORD, authenticator, code, messages, now_step, register, sign_in,
)
from harness.server import Server
from harness.waiting import until

@pytest.fixture(scope="module")
def site(tmp_path_factory):
    with Server(tmp_path_factory.mktemp("accounts") / "data", *MANY) as running:
        yield running


def test_an_account_is_made_and_signed_in_to(site):
    token = register(site, "Ann@Example.org", name="Ann")
    account = site.request("GET", "/api/v1/account", token=token).json
    assert account["contact"] == "ann@example.org" and account["name"] == "Ann"
    assert account["twoStep"] is False and account["operator"] is False
    answer = sign_in(site, "ANN@example.org")
    assert answer.status == 201
    assert "HttpOnly" in answer.fields["set-cookie"] and "SameSite" in answer.fields["set-cookie"]
    assert site.request("GET", "/api/v1/session", token=answer.json["token"]).json["account"] == {
        "contact": "ann@example.org", "operator": False, "twoStep": False,
        "shown": None,
    }
    assert site.request("DELETE", "/api/v1/session", token=answer.json["token"]).status == 204
    assert site.request("GET", "/api/v1/account", token=answer.json["token"]).status == 401
    assert site.request("GET", "/api/v1/account", token=token).status == 200


def test_a_telephone_gets_its_code_as_a_text(site):
    token = register(site, "138 0013 8000", name="李明")
    assert site.request("GET", "/api/v1/account", token=token).json["contact"] == "+8613800138000"


def test_a_guest_keeps_its_rooms(site):
    organiser = site.sign_in("organiser", name="Olga")
    room = site.make_room(organiser)
    with site.peer(organiser) as peer:
        peer.join(room)
        peer.ask("room.open", room)
    guest = site.guest("Guest")
    with site.peer(guest) as peer:
        peer.join(room)
        peer.ask("chat.say", room, {"text": "before"})
        before = peer.join(room)["you"]["member"]
    account = register(site, "guest@example.org", name="Guest", token=guest)
    with site.peer(account) as peer:
        assert peer.join(room)["you"]["member"] == before
    # The guest's own session is over.
    assert site.request("GET", "/api/v1/session", token=guest).json["person"] is None


BAD = [
    ({"contact": "nobody"}, "contact"), ({"contact": "a@b"}, "contact"), ({"contact": 5}, "contact"),
    ({"contact": "+12"}, "contact"), ({"contact": "a@b..org"}, "contact"),
    ({"password": "short"}, "password"), ({"password": "1234567890"}, "password"),
    ({"password": "aaaaaaaaaaaa"}, "password"), ({"password": "x" * 201}, "password"),
    ({"password": "bad@example.org"}, "password"), ({"password": None}, "password"),
    ({"name": None}, "name"),
]


@pytest.mark.parametrize(("change", "field"), BAD)
def test_bad_input_is_told(site, change, field):
    body = {"contact": "bad@example.org", "name": "Bad", "password": PASSWORD} | change
    answer = site.request("POST", "/api/v1/accounts", body)
    assert answer.status == 422 and answer.json["code"] == "account.malformed"
    assert answer.json["data"]["field"] == field and answer.json["data"]["expected"]


def test_a_code_has_five_tries_and_is_used_once(site):
    def begin(contact):
        body = {"contact": contact, "name": "C", "password": PASSWORD}
        return site.request("POST", "/api/v1/accounts", body).json["pending"]

    def verify(pending, digits):
        proof = {"pending": pending, "code": digits}
        return site.request("POST", "/api/v1/accounts/verify", proof)

    pending = begin("tries@example.org")
    right = code(site, "tries@example.org")
    wrong = f"{(int(right) + 1) % 1_000_000:06}"
    for _ in range(5):
        assert verify(pending, wrong).json["code"] == "account.code_refused"
    assert verify(pending, right).status == 403
    pending = begin("once@example.org")
    right = code(site, "once@example.org")
    for _ in range(4):
        assert verify(pending, wrong if wrong != right else "000000").status == 403
    assert verify(pending, right).status == 201
    assert verify(pending, right).status == 403


def test_nobody_learns_who_has_an_account(site):
    register(site, "known@example.org")

    def shape(answer):
        kinds = {name: type(value) for name, value in answer.json.items()}
        return answer.status, kinds, {key: answer.fields.get(key) for key in ("content-type",)}

    def ask(path, contact):
        body = {"contact": contact, "name": "N", "password": "another password 1"}
        return site.request("POST", path, body)

    for path in ("/api/v1/accounts", "/api/v1/accounts/reset", "/api/v1/session/password"):
        assert shape(ask(path, "known@example.org")) == shape(ask(path, f"no{len(path)}@example.org"))
    wrong = [sign_in(site, name, "another password 1").json for name in
             ("known@example.org", "unknown@example.org")]
    assert wrong[0] == wrong[1] and wrong[0]["code"] == "account.refused"
    # Who owns the mailbox is told there, and a stranger's code is never right.
    assert "已有账户" in messages(site, "known@example.org")[1]
    # Nobody without an account is sent a code for a new password.
    assert messages(site, f"no{len('/api/v1/accounts/reset')}@example.org") == []


def test_a_password_is_set_anew_and_sign_ins_end(site):
    old = register(site, "reset@example.org")
    begun = site.request("POST", "/api/v1/accounts/reset", {"contact": "reset@example.org"}).json
    new = "another good password"
    proof = {"pending": begun["pending"], "code": code(site, "reset@example.org", 2), "password": new}
    assert site.request("POST", "/api/v1/accounts/reset/confirm", proof).status == 204
    assert site.request("GET", "/api/v1/account", token=old).status == 401
    assert sign_in(site, "reset@example.org").status == 403
    token = sign_in(site, "reset@example.org", new).json["token"]
    other = sign_in(site, "reset@example.org", new).json["token"]
    change = {"current": "not this one at all", "password": PASSWORD}
    assert site.request("POST", "/api/v1/account/password", change, token=token).status == 403
    change["current"] = new
    answer = site.request("POST", "/api/v1/account/password", change, token=token)
    assert answer.json == {"ended": 1}
    assert site.request("GET", "/api/v1/account", token=other).status == 401
    assert site.request("GET", "/api/v1/account", token=token).status == 200


def test_a_contact_is_changed_once_the_new_one_is_proved(site):
    token = register(site, "before@example.org", name="Mover")
    register(site, "occupied@example.org")
    path = "/api/v1/account/contact"
    wrong = site.request("POST", path, {"contact": "after@example.org", "password": "x" * 12},
                         token=token)
    assert (wrong.status, wrong.json["code"]) == (403, "account.refused")
    same = site.request("POST", path, {"contact": "Before@example.org", "password": PASSWORD},
                        token=token)
    assert (same.status, same.json["data"]["field"]) == (422, "contact")
    # Somebody else's is answered alike, and its owner is told.
    taken = site.request("POST", path, {"contact": "occupied@example.org", "password": PASSWORD},
                         token=token)
    begun = site.request("POST", path, {"contact": "after@example.org", "password": PASSWORD},
                         token=token)
    assert taken.status == begun.status == 202 and taken.json.keys() == begun.json.keys()
    until(lambda: len(messages(site, "occupied@example.org")) == 2)
    proof = {"pending": begun.json["pending"], "code": code(site, "after@example.org")}
    thief = register(site, "thief@example.org")
    assert site.request("POST", f"{path}/confirm", proof, token=thief).status == 403
    begun = site.request("POST", path, {"contact": "after@example.org", "password": PASSWORD},
                         token=token)
    proof = {"pending": begun.json["pending"], "code": code(site, "after@example.org", 2)}
    assert site.request("POST", f"{path}/confirm", proof | {"code": "000000"}, token=token).status == 403
    changed = site.request("POST", f"{path}/confirm", proof, token=token)
    assert changed.json == {"contact": "after@example.org"}
    assert site.request("POST", f"{path}/confirm", proof, token=token).status == 403
    assert sign_in(site, "before@example.org").status == 403
    assert sign_in(site, "after@example.org").status == 201
    until(lambda: any("不能再登录" in one for one in messages(site, "before@example.org")))


def test_sign_ins_are_listed_and_ended_with_their_sockets(site):
    token = register(site, "many@example.org")
    other = sign_in(site, "many@example.org").json["token"]
    listed = site.request("GET", "/api/v1/account/sessions", token=token).json["sessions"]
    assert len(listed) == 2 and [one["current"] for one in listed].count(True) == 1
    assert all(one["address"] == "127.0.0.1" and one["since"] > 0 for one in listed)
    one = next(one for one in listed if not one["current"])
    stranger = register(site, "stranger@example.org")
    path = f"/api/v1/account/sessions/{one['id']}"
    assert site.request("DELETE", path, token=stranger).status == 404
    assert site.request("DELETE", path, token=token).status == 204
    assert site.request("GET", "/api/v1/account", token=other).status == 401
    assert site.request("DELETE", path, token=token).status == 404


def two_steps(server, contact):
    """An account with two-step sign-in: token, secret, the step that was used, recovery codes."""
    token = register(server, contact)
    body = {"password": PASSWORD}
    secret = server.request("POST", "/api/v1/account/two-step", body, token=token).json["secret"]
    step = now_step()
    body = {"code": authenticator(secret, step)}
    done = server.request("POST", "/api/v1/account/two-step/confirm", body, token=token)
    assert done.status == 200, done
    return token, secret, step, done.json["recoveryCodes"]


def second(server, contact, digits):
    answer = sign_in(server, contact)
    assert answer.status == 200 and "token" not in answer.json
    body = {"secondStep": answer.json["secondStep"], "code": digits}
    return server.request("POST", "/api/v1/session/second", body)


def test_sign_in_of_two_steps(site):
    _, secret, step, recovery = two_steps(site, "two@example.org")
    # The code that turned it on is used; the next is good once; recovery codes once each.
    assert second(site, "two@example.org", authenticator(secret, step)).status == 403
    following = authenticator(secret, step + 1)
    assert second(site, "two@example.org", following).status == 201
    assert second(site, "two@example.org", following).status == 403
    assert len(set(recovery)) == 10
    assert second(site, "two@example.org", recovery[0].lower()).status == 201
    assert second(site, "two@example.org", recovery[0]).status == 403
    token = second(site, "two@example.org", recovery[1]).json["token"]
    assert site.request("GET", "/api/v1/account", token=token).json["recoveryCodes"] == 8
    path = "/api/v1/account/two-step/remove"
    assert site.request("POST", path, {"password": "wrong wrong wrong"}, token=token).status == 403
    assert site.request("POST", path, {"password": PASSWORD}, token=token).status == 204
    assert sign_in(site, "two@example.org").status == 201


def test_two_steps_can_be_demanded_of_staff(folder):
    with Server(folder, *MANY, "--set", "people.two_step=staff") as server:
        viewer = register(server, "viewer@example.org")
        assert not server.request("GET", "/api/v1/session", token=viewer).json["twoStepRequired"]
        organiser = server.sign_in("organiser", name="Olga")
        assert server.request("GET", "/api/v1/session", token=organiser).json["twoStepRequired"]
        plan = {"title": "T", "startsAt": 0, "slots": [{"title": "P"}]}
        refused = server.request("POST", "/api/v1/rooms", plan, token=organiser)
        assert refused.status == 403 and refused.json["code"] == "two_step.required"
        token = register(server, "olga@example.org", name="Olga", token=organiser)
        secret = server.request(
            "POST", "/api/v1/account/two-step", {"password": PASSWORD}, token=token
        ).json["secret"]
        body = {"code": authenticator(secret, now_step())}
        server.request("POST", "/api/v1/account/two-step/confirm", body, token=token)
        server.make_room(token)


def test_sign_in_is_throttled_by_account_whether_it_exists_or_not(folder):
    arguments = ("--set", "limits.tries_per_account=2")
    with Server(folder, *MANY, *arguments) as server:
        register(server, "slow@example.org")
        for contact in ("slow@example.org", "nobody@example.org"):
            assert [sign_in(server, contact, "wrong wrong wrong").status for _ in range(3)] == [403, 403, 429]
            answer = sign_in(server, contact)
            assert answer.status == 429 and int(answer.fields["retry-after"]) >= 1


def test_strangers_lock_nobody_out_where_they_are_signed_in(folder):
    with Server(folder, *MANY, "--set", "limits.tries_per_account=2") as server:
        register(server, "owner@example.org")
        stranger = {"source": "127.0.0.2"}
        tries = [sign_in(server, "owner@example.org", "wrong wrong wrong", **stranger).status
                 for _ in range(3)]
        assert tries == [403, 403, 429]
        assert sign_in(server, "owner@example.org").status == 201
        assert sign_in(server, "owner@example.org", **stranger).status == 429
        # Nor out of what the owner's own page asks the password for.
        token = sign_in(server, "owner@example.org").json["token"]
        change = {"current": PASSWORD, "password": "another good password"}
        assert server.request("POST", "/api/v1/account/password", change, token=token).status == 200


def test_sign_in_is_throttled_by_address(folder):
    with Server(folder, *MANY, "--set", "limits.tries_per_address=3") as server:
        found = [sign_in(server, f"n{n}@example.org").status for n in range(4)]
        assert found == [403, 403, 403, 429]


def test_codes_to_one_contact_are_limited(folder):
    with Server(folder, *MANY, "--set", "limits.codes_per_hour=2") as server:
        path, body = "/api/v1/accounts/reset", {"contact": "quiet@example.org"}
        assert [server.request("POST", path, body).status for _ in range(3)] == [202, 202, 429]


ORIGINS = [
    ({"Origin": "https://evil.example"}, 403), ({"Origin": "null"}, 403),
    ({"Sec-Fetch-Site": "cross-site"}, 403), ({"Sec-Fetch-Site": "same-site"}, 403),
    ({}, 403), ({"Sec-Fetch-Site": "same-origin"}, 204), ({"Origin": "OWN"}, 204),
    ({"Origin": "OWN", "Sec-Fetch-Site": "cross-site"}, 403),
]


@pytest.mark.parametrize(("fields", "status"), ORIGINS)
def test_another_sites_page_cannot_act_with_a_cookie(site, fields, status):
    # A word that is no bearer keeps the harness from naming an origin.
    given = {"Authorization": "None", "Cookie": f"luyan_session={site.guest('Cookie')}"} | fields
    if given.get("Origin") == "OWN":
        given["Origin"] = site.url
    answer = site.request("DELETE", "/api/v1/session", token="none", fields=given)
    assert answer.status == status


def test_a_profile_is_kept_and_its_faults_told(site):
    token = register(site, "profile@example.org", name="Pia")
    profile = {
        "name": "Pia P", "organisation": "Lab", "kind": "scientist", "titles": ["教授"],
        "kinds": ["scientist", "expert"], "fields": ["energy"], "region": "310000",
        "languages": ["zh-CN", "en"], "introduction": "Two\nlines",
    }
    path = "/api/v1/account/profile"
    assert site.request("POST", path, profile, token=token).status == 200
    kept = site.request("GET", "/api/v1/account", token=token).json
    assert kept["name"] == "Pia P" and kept["profile"]["region"] == "310000"
    for change in ({"kinds": ["king"]}, {"region": "999999"}, {"titles": ["x"] * 6},
                   {"languages": ["zh CN"]}, {"introduction": "x" * 2_001}, {"fields": [1]}):
        answer = site.request("POST", path, profile | change, token=token)
        assert answer.status == 422 and answer.json["data"]["field"] in change


# As `people.sqlite` was before accounts.
FIRST_SCHEMA = """
    CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
    INSERT INTO grdb_migrations VALUES ('1');
    CREATE TABLE persons (
        id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, organisation TEXT, kind TEXT,
        organiser INTEGER NOT NULL, secret BLOB NOT NULL
    ) STRICT;
    CREATE TABLE sessions (
        token BLOB PRIMARY KEY, person INTEGER NOT NULL REFERENCES persons ON DELETE CASCADE,
        expires INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX sessions_by_person ON sessions (person);
    CREATE TABLE grants (
        person INTEGER NOT NULL REFERENCES persons ON DELETE CASCADE, room BLOB NOT NULL,
        role TEXT NOT NULL, slot TEXT NOT NULL, PRIMARY KEY (person, room, role, slot)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE invites (
        token BLOB PRIMARY KEY, room BLOB, role TEXT NOT NULL, slot TEXT, name TEXT,
        expires INTEGER NOT NULL, used INTEGER
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE files (
        room BLOB NOT NULL, digest BLOB NOT NULL, type TEXT NOT NULL, width INTEGER NOT NULL,
        height INTEGER NOT NULL, size INTEGER NOT NULL, PRIMARY KEY (room, digest)
    ) STRICT, WITHOUT ROWID;
"""


def test_people_from_before_accounts_stay_and_can_register(folder):
    folder.mkdir()
    token = "ab" * 32
    ends = int(time.time() * 1_000) + 86_400_000
    old = sqlite3.connect(folder / "people.sqlite")
    old.executescript(FIRST_SCHEMA)
    old.execute("INSERT INTO persons VALUES (7, 'Old', NULL, NULL, 1, ?)", (b"s" * 32,))
    digest = hashlib.sha256(token.encode()).digest()
    old.execute("INSERT INTO sessions VALUES (?, 7, ?)", (digest, ends))
    old.commit()
    old.close()
    with Server(folder, *MANY) as server:
        person = server.request("GET", "/api/v1/session", token=token).json["person"]
        assert person["name"] == "Old" and person["organiser"]
        account = register(server, "old@example.org", name="Old", token=token)
        assert server.request("GET", "/api/v1/account", token=account).json["organiser"]
