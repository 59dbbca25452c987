"""Proves that behind a proxy of ours limits count the client's address, and that nobody else can claim one."""

import pytest

from harness.server import Server
from harness.websocket import UpgradeRefused

PROXY, STRANGER = "127.0.0.1", "127.0.0.2"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    limits = [
        "--set", f"server.trusted_proxies={PROXY}", "--set", "limits.connections_per_address=3",
        "--set", "limits.guests_per_minute=2",
    ]
    with Server(tmp_path_factory.mktemp("proxy"), *limits) as running:
        yield running


def by_proxy(server, client, source=PROXY):
    return server.peer(fields=[("X-Forwarded-For", client)], source=source)


def test_each_client_has_its_own_count_and_gives_it_back(server):
    held = [by_proxy(server, "203.0.113.1") for _ in range(3)]
    with pytest.raises(UpgradeRefused) as refused:
        by_proxy(server, "203.0.113.1")
    assert refused.value.status == 429 and b"too_many_connections" in refused.value.body
    held += [by_proxy(server, "203.0.113.2") for _ in range(3)]
    # The proxy's own word comes last; what stands before it a client may have made up.
    with pytest.raises(UpgradeRefused):
        by_proxy(server, "203.0.113.9, 203.0.113.2")
    held.pop().close()
    by_proxy(server, "203.0.113.2").close()
    for peer in held:
        peer.close()


def test_a_stranger_cannot_say_who_it_is(server):
    held = [by_proxy(server, f"203.0.113.{10 + n}", STRANGER) for n in range(3)]
    with pytest.raises(UpgradeRefused) as refused:
        by_proxy(server, "203.0.113.20", STRANGER)
    assert refused.value.status == 503
    for peer in held:
        peer.close()


def test_name_cards_are_counted_for_the_client(server):
    def guest(client):
        fields = {"X-Forwarded-For": client}
        return server.request("POST", "/api/v1/session/guest", {"name": "Ann"}, fields=fields).status

    assert [guest("203.0.113.30") for _ in range(3)] == [201, 201, 429]
    assert guest("203.0.113.31") == 201
