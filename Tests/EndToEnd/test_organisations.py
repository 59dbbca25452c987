"""Proves who sees, runs and vouches for an organisation, and what forms and links take."""

from urllib.parse import quote

import pytest

from harness.server import Server

ROOT = "/api/v1/organisations"
FORM = {"name": "苏州大学", "englishName": "Soochow University", "kind": "university", "region": "320500"}


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with Server(tmp_path_factory.mktemp("organisations")) as running:
        yield running


@pytest.fixture(scope="module")
def operator(server):
    return server.sign_in("operator", name="Op")


def found(server, token, **form):
    answer = server.request("POST", ROOT, FORM | form, token=token)
    assert answer.status == 201, answer
    return answer.json


def get(server, id, token=None):
    return server.request("GET", f"{ROOT}/{id}", token=token)


def stand(server, id, token, standing, reason=None):
    body = {"standing": standing, "reason": reason}
    return server.request("POST", f"{ROOT}/{id}/standing", body, token=token)


def names(server, token=None, query=""):
    answer = server.request("GET", f"{ROOT}?{query}", token=token)
    assert answer.status == 200, answer
    return [one["name"] for one in answer.json["organisations"]]


def link(server, id, token, **form):
    answer = server.request("POST", f"{ROOT}/{id}/invites", {"role": "member"} | form, token=token)
    assert answer.status == 201, answer
    return answer.json["invite"], answer.json["url"].partition("#")[2]


def enter(server, token, link):
    return server.request("POST", f"{ROOT}/enter", {"token": link}, token=token)


def test_it_is_its_peoples_until_it_is_verified(server, operator):
    ann, bob = server.guest("Ann"), server.guest("Bob")
    made = found(server, ann, name="路演研究院")
    assert made["standing"] == "unverified" and made["mayAdminister"] and not made["mayVouch"]
    id = made["id"]
    for token in (None, bob):
        assert get(server, id, token).status == 404
        assert "路演研究院" not in names(server, token)
    assert names(server, ann) == ["路演研究院"]
    assert stand(server, id, ann, "verified").status == 403
    assert stand(server, id, bob, "requested").status == 404
    assert stand(server, id, ann, "requested").json["standing"] == "requested"
    assert "路演研究院" in names(server, operator, "standing=requested")
    assert stand(server, id, operator, "verified").json["standing"] == "verified"
    seen = get(server, id).json
    assert seen["name"] == "路演研究院" and "members" not in seen and not seen["mayAdminister"]
    assert names(server, None, f"q={quote('研究院')}") == ["路演研究院"]
    # A new name is somebody else's until it is verified.
    changed = server.request("POST", f"{ROOT}/{id}", FORM | {"name": "中国科学院"}, token=ann)
    assert changed.json["standing"] == "requested"
    assert get(server, id).status == 404


def test_a_verified_one_vouches_for_those_below(server, operator):
    ann, bob = server.guest("Ann"), server.guest("Bob")
    above = found(server, ann, name="江苏省科协", kind="association", level="province")
    assert stand(server, above["id"], ann, "requested").status == 200
    below = server.request("POST", ROOT, FORM | {"parent": above["id"]}, token=bob)
    assert below.status == 404  # It is not verified: for Bob it is not there.
    assert stand(server, above["id"], operator, "verified").status == 200
    below = found(server, bob, name="苏州市科协", kind="association", parent=above["id"])
    assert below["parent"]["name"] == "江苏省科协"
    assert get(server, below["id"], ann).json["mayVouch"]
    declined = stand(server, below["id"], ann, "declined", "名称与公章不符").json
    assert declined["standing"] == "declined"
    assert get(server, below["id"], bob).json["reason"] == "名称与公章不符"
    assert stand(server, below["id"], ann, "verified").status == 200
    # Who vouches does not run it.
    assert server.request("POST", f"{ROOT}/{below['id']}", FORM, token=ann).status == 403
    loop = server.request(
        "POST", f"{ROOT}/{above['id']}", FORM | {"parent": below["id"]}, token=ann
    )
    assert loop.status == 422 and loop.json["data"]["field"] == "parent"


def test_links_let_so_many_in_and_can_be_taken_back(server):
    ann, bob, cem = (server.guest(name) for name in ("Ann", "Bob", "Cem"))
    id = found(server, ann)["id"]
    _, token = link(server, id, ann)
    assert enter(server, None, token).status == 401
    assert enter(server, bob, token).status == 201
    assert enter(server, bob, token).status == 403  # Used up.
    assert enter(server, cem, token).status == 403
    assert [m["name"] for m in get(server, id, bob).json["members"]] == ["Ann", "Bob"]
    assert server.request("GET", f"{ROOT}/{id}/invites", token=bob).status == 403
    digest, token = link(server, id, ann, uses=5)
    assert enter(server, bob, token).status == 201  # It changes nothing, and uses nothing up.
    listed = server.request("GET", f"{ROOT}/{id}/invites", token=ann).json["invites"]
    assert [(one["invite"], one["uses"]) for one in listed] == [(digest, 5)]
    assert server.request("DELETE", f"{ROOT}/{id}/invites/{digest}", token=bob).status == 403
    assert server.request("DELETE", f"{ROOT}/{id}/invites/{digest}", token=ann).status == 204
    assert server.request("DELETE", f"{ROOT}/{id}/invites/{digest}", token=ann).status == 404
    assert enter(server, cem, token).status == 403
    _, token = link(server, id, ann, role="admin")
    assert enter(server, bob, token).json["mayAdminister"]


def test_there_is_always_somebody_who_runs_it(server):
    ann, bob = server.guest("Ann"), server.guest("Bob")
    id = found(server, ann)["id"]
    _, token = link(server, id, ann)
    enter(server, bob, token)
    people = {one["name"]: one["member"] for one in get(server, id, ann).json["members"]}

    def change(token, name, role):
        return server.request("POST", f"{ROOT}/{id}/members/{people[name]}", {"role": role}, token=token)

    for role in ("member", None):
        refused = change(ann, "Ann", role)
        assert refused.status == 409 and refused.json["code"] == "organisation.last_admin"
    assert change(bob, "Ann", None).status == 403
    assert change(bob, "Bob", "admin").status == 403
    assert change(ann, "Bob", "admin").status == 200
    assert change(bob, "Ann", "member").status == 200
    assert change(bob, "Ann", "admin").json["size"] == 2
    # The answer is as it is now, not as it was.
    assert change(ann, "Ann", "member").json["mayAdminister"] is False
    assert change(ann, "Ann", None).status == 204  # Everybody may leave.
    assert get(server, id, ann).status == 404


@pytest.mark.parametrize("form, field", [
    ({"name": ""}, "name"), ({"name": "a" * 81}, "name"), ({"name": "a\u202eb"}, "name"),
    ({"name": 7}, "name"), ({"kind": "club"}, "kind"), ({"kind": None}, "kind"),
    ({"level": "village"}, "level"), ({"region": "999999"}, "region"), ({"region": "32"}, "region"),
    ({"website": "http://a.example"}, "website"), ({"website": "javascript:alert(1)"}, "website"),
    ({"website": "https://a.example/<"}, "website"), ({"introduction": "a" * 2001}, "introduction"),
    ({"parent": "x"}, "parent"), ({"parent": 7}, "parent"),
])
def test_what_is_no_organisation_is_refused_by_field(server, form, field):
    refused = server.request("POST", ROOT, FORM | form, token=server.guest("Ann"))
    assert refused.status == 422 and refused.json["code"] == "organisation.malformed"
    assert refused.json["data"]["field"] == field


@pytest.mark.parametrize("query, status", [
    ("kind=club", 422), ("region=999999", 422), ("standing=x", 422), ("standing=requested", 403),
    ("standing=verified", 200), ("offset=-1", 422), ("offset=1", 200), ("q=%25_'", 200),
])
def test_lists_are_for_what_one_may_ask(server, query, status):
    assert server.request("GET", f"{ROOT}?{query}", token=server.guest("Ann")).status == status


def test_lists_are_by_place_kind_and_name(server, operator):
    ann = server.guest("Ann")
    for name, kind, region in [
        ("甲厂", "enterprise", "440305"), ("乙所", "institute", "440300"), ("丙校", "university", "110108"),
    ]:
        id = found(server, ann, name=name, englishName=f"{name} Ltd", kind=kind, region=region)["id"]
        assert stand(server, id, operator, "verified").status == 200

    def some(query):
        return set(names(server, None, query)) & {"甲厂", "乙所", "丙校"}

    assert some("region=440000") == some("region=440300") == {"甲厂", "乙所"}
    assert some("region=440305") == {"甲厂"} and some("region=110000") == {"丙校"}
    assert some("kind=enterprise") == {"甲厂"} and some("q=ltd") == {"甲厂", "乙所", "丙校"}


@pytest.mark.parametrize("path", ["0", "01", "-1", "x", "99999", "1/x", "1/invites/zz", "1/members/0"])
def test_what_is_not_there(server, path):
    assert server.request("GET", f"{ROOT}/{path}", token=server.guest("Ann")).status == 404


def test_one_person_runs_so_many(server):
    ann = server.guest("Ann")
    for number in range(20):
        found(server, ann, name=f"第 {number} 家")
    refused = server.request("POST", ROOT, FORM, token=ann)
    assert refused.status == 409 and refused.json["data"]["limit"] == 20
