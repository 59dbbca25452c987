"""Organisations with their people: founded, verified, entered and left over the protocol."""

ROOT = "/api/v1/organisations"


def found(server, token, name, **form):
    """A new organisation, run by that session: its id."""
    body = {"name": name, "kind": "university"} | form
    answer = server.request("POST", ROOT, body, token=token)
    assert answer.status == 201, answer
    return answer.json["id"]


def stand(server, id, operator, standing, reason="not any more"):
    body = {"standing": standing, "reason": reason}
    answer = server.request("POST", f"{ROOT}/{id}/standing", body, token=operator)
    assert answer.status == 200, answer


def bring_in(server, id, admin, token):
    """The person of a session becomes a member."""
    link = server.request("POST", f"{ROOT}/{id}/invites", {"role": "member"}, token=admin)
    assert link.status == 201, link
    secret = link.json["url"].partition("#")[2]
    answer = server.request("POST", f"{ROOT}/enter", {"token": secret}, token=token)
    assert answer.status == 201, answer


def leave(server, id, token):
    """The person of a session is a member no longer."""
    members = server.request("GET", f"{ROOT}/{id}", token=token).json["members"]
    member = next(one["member"] for one in members if one["you"])
    answer = server.request("POST", f"{ROOT}/{id}/members/{member}", {"role": None}, token=token)
    assert answer.status == 204, answer


def show(server, token, id):
    """Chooses which organisation stands beside the name; the answer."""
    return server.request("POST", "/api/v1/account/organisations", {"shown": id}, token=token)
