"""Proves what TLS means to whoever connects: versions, ALPN, tickets, a reload, and what is refused."""

import hashlib
import json
import signal
import socket
import ssl
import subprocess
import urllib.request
from urllib.parse import urlsplit

import pytest

from harness.certificates import Identity
from harness.server import PROGRAM, ROOT, DidNotStart, Server, clean_environment, luyan
from harness.waiting import until


@pytest.fixture
def identity(folder):
    return Identity(folder.parent / "tls")


@pytest.fixture
def secure(folder, identity):
    with Server(folder, *identity.settings) as server:
        yield server


def connect(server, identity, change=lambda context: None, session=None, context=None):
    """A connection over TLS; closed by the caller."""
    if context is None:
        context = ssl.create_default_context(cafile=identity.certificate)
        change(context)
    plain = socket.create_connection(("127.0.0.1", urlsplit(server.url).port), 10)
    try:
        return context.wrap_socket(plain, server_hostname="127.0.0.1", session=session)
    except OSError:
        plain.close()
        raise


def ask(line, path="/healthz"):
    line.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
    return line.recv(65536)


def test_pages_and_the_api_are_served(secure, identity):
    assert secure.url.startswith("https://127.0.0.1:")
    context = ssl.create_default_context(cafile=identity.certificate)
    with urllib.request.urlopen(f"{secure.url}/", context=context) as answer:
        assert "max-age" in answer.headers["Strict-Transport-Security"]
        assert b"<html" in answer.read()
    with urllib.request.urlopen(f"{secure.url}/api/v1/rooms", context=context) as answer:
        assert json.load(answer)["rooms"] == []


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
def test_both_versions_are_spoken(secure, identity, version):
    def change(context):
        context.minimum_version = context.maximum_version = version

    with connect(secure, identity, change) as line:
        assert line.version() == {"TLSv1_2": "TLSv1.2", "TLSv1_3": "TLSv1.3"}[version.name]
        assert ask(line).startswith(b"HTTP/1.1 200 ")


def test_older_versions_are_refused(secure, identity):
    def change(context):
        context.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
        context.maximum_version = ssl.TLSVersion.TLSv1_1
        context.set_ciphers("ALL:@SECLEVEL=0")

    with pytest.raises(ssl.SSLError):
        connect(secure, identity, change)


def test_the_protocol_is_negotiated(secure, identity):
    with connect(secure, identity, lambda c: c.set_alpn_protocols(["h2", "http/1.1"])) as line:
        assert line.selected_alpn_protocol() == "http/1.1"
    with pytest.raises(ssl.SSLError):
        connect(secure, identity, lambda c: c.set_alpn_protocols(["h2"]))


def test_a_ticket_saves_a_handshake_also_after_a_reload(secure, identity):
    context = ssl.create_default_context(cafile=identity.certificate)
    with connect(secure, identity, context=context) as line:
        assert not line.session_reused
        # The ticket of TLS 1.3 comes with the first bytes.
        ask(line)
        session = line.session
    secure.process.send_signal(signal.SIGHUP)
    until(lambda: "read anew" in secure.log())
    with connect(secure, identity, context=context, session=session) as line:
        assert line.session_reused
        assert ask(line).startswith(b"HTTP/1.1 200 ")


def test_a_reload_brings_the_new_certificate_and_keeps_who_is_there(secure, identity):
    with connect(secure, identity) as old:
        first = old.getpeercert(binary_form=True)
        identity.issue("IP:127.0.0.1")
        secure.process.send_signal(signal.SIGHUP)
        until(lambda: "read anew" in secure.log())
        with connect(secure, identity) as new:
            assert new.getpeercert(binary_form=True) != first
        assert ask(old).startswith(b"HTTP/1.1 200 ")


def test_a_reload_of_a_bad_file_changes_nothing(secure, identity):
    good = identity.certificate.read_text()
    identity.certificate.write_text("no certificate")
    secure.process.send_signal(signal.SIGHUP)
    until(lambda: "stays as it was" in secure.log())
    identity.certificate.write_text(good)
    with connect(secure, identity) as line:
        assert ask(line).startswith(b"HTTP/1.1 200 ")


def test_a_renegotiation_is_refused(secure, identity):
    """`R` makes OpenSSL's client ask for one, which TLS 1.2 still has."""
    port = urlsplit(secure.url).port
    done = subprocess.run(
        ["openssl", "s_client", "-connect", f"127.0.0.1:{port}", "-tls1_2", "-CAfile",
         identity.certificate],
        input=b"R\n", capture_output=True, timeout=20,
    )
    said = done.stdout + done.stderr
    assert b"RENEGOTIATING" in said
    assert b"no renegotiation" in said.lower()


def test_bad_files_are_named_and_the_server_does_not_start(folder, identity):
    identity.key.write_text("no key")
    with pytest.raises(DidNotStart) as failure:
        Server(folder, *identity.settings).start()
    assert failure.value.code == 78
    assert str(identity.key) in failure.value.errors
    done = luyan("serve", "--data", folder, "--set", f"server.key={identity.key}")
    assert done.returncode == 78
    assert "must be set together" in done.stderr


def fingerprint(pem):
    digest = hashlib.sha256(ssl.PEM_cert_to_DER_cert(pem)).hexdigest().upper()
    return ":".join(digest[n : n + 2] for n in range(0, 64, 2))


def test_a_local_network_has_an_authority_of_its_own_that_stays(folder):
    with Server(folder, "--lan") as server:
        kept = folder / "lan" / "authority.pem"
        assert server.url.startswith("https://127.0.0.1:")
        assert server.ready["authority"] == fingerprint(kept.read_text())
        context = ssl.create_default_context(cafile=kept)
        with urllib.request.urlopen(f"{server.url}/authority.crt", context=context) as answer:
            assert answer.headers["Content-Type"] == "application/x-x509-ca-cert"
            assert answer.read() == kept.read_bytes()
        for name in ("authority.key", "server.key"):
            assert (folder / "lan" / name).stat().st_mode & 0o777 == 0o600
        certificate = (folder / "lan" / "server.pem").read_bytes()
        server.restart()
        assert server.ready["authority"] == fingerprint(kept.read_text())
        assert (folder / "lan" / "server.pem").read_bytes() == certificate


def test_people_are_told_what_phones_are_to_trust(folder):
    command = [PROGRAM, "serve", "--lan", "--host", "127.0.0.1", "--port", "0", "--data", folder]
    process = subprocess.Popen(
        list(map(str, command)), stdout=subprocess.PIPE, text=True, cwd=ROOT,
        env=clean_environment(),
    )
    try:
        said = []
        while not any("█" in line for line in said):
            line = process.stdout.readline()
            assert line, said
            said.append(line)
    finally:
        process.kill()
        process.wait()
        process.stdout.close()
    authority = fingerprint((folder / "lan" / "authority.pem").read_text())
    assert any(authority in line for line in said)
    assert any(line.strip().endswith("/authority.crt") for line in said)
