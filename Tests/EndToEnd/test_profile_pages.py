"""Pictures and pages of people with an account: who sees them, what is refused, and that they go away."""

import base64
import hashlib
import time

import pytest

from harness.accounts import PASSWORD, register
from harness.images import picture
from harness.server import PLENTY, Server
from test_routes import user
from test_uploads import POLYGLOTS, blob, safely

MANY = ("--set", "limits.tries_per_address=100000", "--set", "limits.tries_per_account=100000",
        "--set", "limits.codes_per_hour=100000")
PROFILE = {"name": "安教授", "titles": ["Professor"], "kinds": ["scientist"], "fields": ["光学"],
           "region": "320500", "languages": ["zh-CN"], "introduction": "First\nSecond"}


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    with Server(tmp_path_factory.mktemp("pages") / "data", *PLENTY, *MANY) as running:
        running.operator = running.sign_in("operator", name="Op")
        yield running


@pytest.fixture
def ann(site):
    """Somebody with an account: the token of their session."""
    return register(site, f"ann{time.time_ns()}@example.org")


def page(site, token):
    return site.request("GET", "/api/v1/account", token=token).json["page"]


def show(site, token, public=True):
    answer = site.request("POST", "/api/v1/account/page", {"public": public}, token=token)
    assert answer.status == 200, answer
    return answer.json


def send(site, token, body, **options):
    return site.request("POST", "/api/v1/account/picture", body, token=token, **options)


def test_a_page_is_its_owners_until_it_is_shown(site, ann):
    own = page(site, ann)
    assert own == {"id": own["id"], "public": False, "picture": None} and len(own["id"]) == 32
    path = f"/api/v1/people/{own['id']}"
    assert site.request("POST", "/api/v1/account/profile", PROFILE, token=ann).status == 200
    seen = site.request("GET", path, token=ann).json
    assert seen["you"] and seen["name"] == "安教授" and not seen["public"]
    others = (None, site.guest("Guest"), register(site, f"bob{time.time_ns()}@example.org"), site.operator)
    for other in others:
        hidden = site.request("GET", path, token=other)
        assert (hidden.status, hidden.json["code"]) == (404, "not_found")
    nobody = site.request("GET", f"/api/v1/people/{'0' * 32}")
    hidden = site.request("GET", path)
    assert (nobody.status, nobody.json) == (hidden.status, hidden.json)  # Hidden is as if there were none.

    assert show(site, ann)["public"]
    for other in others:
        seen = site.request("GET", path, token=other).json
        profile = {name: PROFILE[name] for name in PROFILE if name != "name"}
        assert seen == {"id": own["id"], "public": True, "picture": None, "you": False,
                        "name": "安教授", "profile": profile, "organisations": []}
    assert not show(site, ann, False)["public"]
    assert site.request("GET", path).status == 404
    for body in ({}, {"public": 1}, {"public": "true"}):
        refused = site.request("POST", "/api/v1/account/page", body, token=ann)
        assert (refused.status, refused.json["data"]["field"]) == (422, "public")


def test_a_picture_is_seen_with_its_page_and_replaced(site, ann):
    assert page(site, ann)["picture"] is None
    made = send(site, ann, picture(1, 200, 200))
    assert made.status == 201, made
    address = made.json["picture"]
    assert page(site, ann)["picture"] == address
    own = site.request("GET", address, token=ann)
    assert own.body == picture(1, 200, 200)
    safely(own, "image/png")
    assert own.fields["cache-control"] == "private, no-cache"
    tag = {"If-None-Match": own.fields["etag"]}
    assert site.request("GET", address, token=ann, fields=tag).status == 304
    for other in (None, site.guest("Guest"), site.operator):
        assert site.request("GET", address, token=other).status == 404
        assert site.request("GET", address, token=other, fields=tag).status == 404
    show(site, ann)
    assert site.request("GET", address).body == picture(1, 200, 200)
    assert site.request("GET", address, fields={"Range": "bytes=0-7"}).body == b"\x89PNG\r\n\x1a\n"

    other = send(site, ann, picture(2, 200, 200)).json["picture"]
    assert other != address and site.request("GET", other).body == picture(2, 200, 200)
    first, second = (hashlib.sha256(picture(shade, 200, 200)).hexdigest() for shade in (1, 2))
    assert not blob(site, first).exists() and blob(site, second).exists()
    assert site.request("DELETE", "/api/v1/account/picture", token=ann).status == 204
    assert site.request("DELETE", "/api/v1/account/picture", token=ann).status == 204
    assert site.request("GET", other).status == 404 and not blob(site, second).exists()
    assert page(site, ann)["picture"] is None


def test_one_picture_of_two_people_is_kept_for_the_other(site, ann):
    bob = register(site, f"bob{time.time_ns()}@example.org")
    same = picture(7, 90, 90)
    address, other = (send(site, who, same).json["picture"] for who in (ann, bob))
    assert address != other
    assert site.request("DELETE", "/api/v1/account/picture", token=ann).status == 204
    assert site.request("GET", other, token=bob).body == same


@pytest.mark.parametrize(("body", "type"), [row[1:] for row in POLYGLOTS], ids=[row[0] for row in POLYGLOTS])
def test_a_picture_is_an_image_or_refused(site, ann, body, type):
    answer = send(site, ann, body, fields={"Content-Type": "image/png"})
    if type is None:
        assert (answer.status, answer.json["code"]) == (415, "file.unsupported")
        assert page(site, ann)["picture"] is None
    else:
        safely(site.request("GET", answer.json["picture"], token=ann), type)


def test_what_is_no_picture_is_refused_with_what_is_allowed(tmp_path):
    limits = ("--set", "uploads.picture_bytes=3000", "--set", "uploads.picture_pixels=200")
    with Server(tmp_path / "data", *PLENTY, *MANY, *limits) as site:
        ann = register(site, "ann@example.org")
        refusals = [
            (picture(1, 201, 9), 422, "file.too_many_pixels", {"width": 201, "height": 9, "limit": 200}),
            (bytes(3_001), 413, "request.too_large", {"limit": 3_000}),
            (iter([picture(1, 20, 20), bytes(3_000)]), 413, "request.too_large", {"limit": 3_000}),
            (picture(1, 20, 20)[:-12], 415, "file.unsupported", None), (b"", 415, "file.unsupported", None),
            (b"GIF89a", 415, "file.unsupported", None),
        ]
        for body, status, code, data in refusals:
            answer = send(site, ann, body)
            assert (answer.status, answer.json["code"], answer.json.get("data")) == (status, code, data)
        for other, status in ((None, 401), (site.guest("Guest"), 401), (site.sign_in("organiser"), 401)):
            answer = send(site, other, picture(1, 20, 20))
            assert (answer.status, answer.json["code"]) == (status, "account.required")
        foreign = send(site, None, picture(1, 20, 20), fields={
            "Origin": "http://elsewhere.example", "Cookie": f"luyan_session={ann}"})
        assert (foreign.status, foreign.json["code"]) == (403, "origin_refused")
        assert page(site, ann)["picture"] is None
        assert [file for file in (site.folder / "blobs").rglob("*") if file.is_file()] == []


def test_a_picture_is_exported_and_erased(site, ann):
    send(site, ann, picture(9, 64, 64))
    show(site, ann)
    own = page(site, ann)
    export = site.request("GET", "/api/v1/account/export", token=ann).json
    assert export["page"] == own
    told = export["picture"]
    assert base64.b64decode(told["base64"]) == picture(9, 64, 64)
    assert (told["type"], told["width"], told["height"]) == ("image/png", 64, 64)
    digest = hashlib.sha256(picture(9, 64, 64)).hexdigest()
    assert told["sha256"] == digest and blob(site, digest).exists()
    assert site.request("POST", "/api/v1/account/erase", {"password": PASSWORD}, token=ann).status == 200
    assert not blob(site, digest).exists()
    for path in (f"/api/v1/people/{own['id']}", own["picture"]):
        assert site.request("GET", path).status == 404


def test_a_closed_account_has_no_page(site):
    contact = f"bo{time.time_ns()}@example.org"
    token = register(site, contact)
    send(site, token, picture(3, 50, 50))
    own = show(site, token)
    assert site.request("GET", own["picture"]).status == 200
    user(site, "set", contact, "--disabled", "true")
    assert site.request("GET", own["picture"]).status == 404
    assert site.request("GET", f"/api/v1/people/{own['id']}").status == 404


def test_verified_organisations_stand_on_the_page_and_link_back(site, ann):
    made = [site.request("POST", "/api/v1/organisations", {"name": name, "kind": "fund"}, token=ann).json["id"]
            for name in ("Seen", "Unseen")]
    path = f"/api/v1/organisations/{made[0]}"
    assert site.request("POST", f"{path}/standing", {"standing": "verified"}, token=site.operator).status == 200
    assert site.request("GET", path, token=ann).json["members"][0]["page"] is None
    own = show(site, ann)
    told = site.request("GET", f"/api/v1/people/{own['id']}").json["organisations"]
    assert [(one["id"], one["name"], one["standing"]) for one in told] == [(made[0], "Seen", "verified")]
    assert site.request("GET", path, token=ann).json["members"][0]["page"] == own["id"]


def test_addresses_of_pages(site):
    assert site.request("GET", f"/p/{'a' * 32}").status == 200
    for path in ("/p/1", f"/p/{'A' * 32}", f"/p/{'a' * 31}", "/p"):
        assert site.request("GET", path).status == 404
    for path in (f"/api/v1/people/{'A' * 32}", "/api/v1/people/x/picture", f"/api/v1/people/{'a' * 32}/other"):
        assert site.request("GET", path).status == 404
    answer = site.request("PUT", f"/api/v1/people/{'a' * 32}/picture")
    assert answer.status == 405 and answer.fields["allow"] == "GET, HEAD, OPTIONS"
    answer = site.request("PUT", "/api/v1/account/picture")
    assert answer.status == 405 and answer.fields["allow"] == "POST, DELETE, OPTIONS"
