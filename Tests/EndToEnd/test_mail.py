"""Proves that messages go out: by a real SMTP server, plain and over TLS, with and without a password, into
the outbox; and what is said when they do not."""

import email
import email.policy
import socket
import ssl

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult

from harness.certificates import Identity
from harness.server import luyan

TO = "ann@luyan.example"


class Box:
    """What came, and what is said to it."""

    def __init__(self, reply="250 taken"):
        self.messages, self.reply = [], reply

    async def handle_DATA(self, server, session, envelope):
        is_secure = server.transport.get_extra_info("ssl_object") is not None
        self.messages.append((envelope, is_secure))
        return self.reply


def signs_in(server, session, envelope, mechanism, data):
    good = (data.login, data.password) == (b"luyan", "密码".encode())
    return AuthResult(success=good, handled=False)


def context(identity):
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.load_cert_chain(identity.certificate, identity.key)
    return made


@pytest.fixture(scope="module")
def identity(tmp_path_factory):
    return Identity(tmp_path_factory.mktemp("smtp"))


@pytest.fixture
def server():
    """Starts an SMTP server of a kind; all are stopped at the end."""
    started = []

    def start(box, *, security="none", identity=None, auth=False, mechanisms=()):
        options = {"auth_require_tls": False}
        if auth:
            options |= {"authenticator": signs_in, "auth_required": True}
        if security == "starttls":
            options |= {"tls_context": context(identity), "require_starttls": True}

        class Given(Controller):
            def factory(self):
                return SMTP(self.handler, auth_exclude_mechanism=mechanisms, **options)

            def _trigger_server(self):
                # It looks whether it answers, at a port that it does not know before.
                socket.create_connection(self.server.sockets[0].getsockname()[:2]).close()

        wrapped = context(identity) if security == "tls" else None
        controller = Given(box, hostname="127.0.0.1", port=0, ssl_context=wrapped)
        controller.start()
        started.append(controller)
        return controller.server.sockets[0].getsockname()[1]

    yield start
    for controller in started:
        controller.stop()


def send(folder, port=None, *, to=TO, security="none", **settings):
    sets = {"mail.from": "luyan@luyan.example"}
    if port:
        sets |= {
            "mail.smtp_host": "localhost", "mail.smtp_port": port, "mail.smtp_security": security,
        }
    sets |= {f"mail.smtp_{name}": value for name, value in settings.items()}
    words = [word for name, value in sets.items() for word in ("--set", f"{name}={value}")]
    return luyan("mail", "--data", folder, "--to", to, *words)


def read(content):
    return email.message_from_bytes(content, policy=email.policy.default)


@pytest.mark.parametrize("security", ["none", "starttls", "tls"])
@pytest.mark.parametrize("mechanisms", [None, (), ("PLAIN",)], ids=["open", "plain", "login"])
def test_a_message_is_delivered(server, identity, tmp_path, security, mechanisms):
    box = Box()
    port = server(
        box, security=security, identity=identity, auth=mechanisms is not None,
        mechanisms=mechanisms or (),
    )
    password = {"user": "luyan", "password": "密码"} if mechanisms is not None else {}
    sent = send(tmp_path, port, security=security, authorities=identity.certificate, **password)
    assert (sent.returncode, sent.stderr) == (0, "")
    (envelope, was_secure), = box.messages
    assert was_secure == (security != "none")
    assert (envelope.mail_from, envelope.rcpt_tos) == ("luyan@luyan.example", [TO])
    message = read(envelope.content)
    assert message["Subject"] == "路演 Luyan: 测试 test" and message["To"] == TO
    assert message.get_content().splitlines()[0] == "这封邮件说明系统可以发送邮件。"


@pytest.mark.parametrize("reply, code", [("550 no such mailbox", 65), ("451 come again", 69)])
def test_what_the_server_says_is_told(server, tmp_path, reply, code):
    sent = send(tmp_path, server(Box(reply)))
    assert sent.returncode == code and reply[:3] in sent.stderr


def test_a_wrong_password_is_told_and_not_repeated(server, identity, tmp_path):
    port = server(Box(), security="tls", identity=identity, auth=True)
    sent = send(
        tmp_path, port, security="tls", authorities=identity.certificate, user="luyan", password="geheim",
    )
    assert sent.returncode == 65 and "535" in sent.stderr and "geheim" not in sent.stderr


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_stranger_is_not_trusted(server, identity, tmp_path, security):
    box = Box()
    sent = send(tmp_path, server(box, security=security, identity=identity), security=security)
    assert sent.returncode == 69 and "TLS" in sent.stderr and not box.messages


def test_without_starttls_nothing_is_sent(server, identity, tmp_path):
    box = Box()
    sent = send(tmp_path, server(box), security="starttls", authorities=identity.certificate)
    assert sent.returncode == 69 and "STARTTLS" in sent.stderr and not box.messages


def test_nobody_there(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        sent = send(tmp_path, taken.getsockname()[1])
    assert sent.returncode == 69 and "localhost" in sent.stderr


@pytest.mark.parametrize("to", ["ann", "ann@b\r\nRCPT TO:<c@d>", "<ann@b>"])
def test_what_is_no_mailbox_goes_nowhere(tmp_path, to):
    assert send(tmp_path, to=to).returncode == 65
    assert not (tmp_path / "outbox").exists()


def test_without_a_server_messages_stand_in_the_outbox(tmp_path):
    for _ in range(2):
        assert send(tmp_path).returncode == 0
    files = sorted((tmp_path / "outbox").iterdir())
    assert len(files) == 2 and all(file.suffix == ".eml" for file in files)
    assert files[0].stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "outbox").stat().st_mode & 0o777 == 0o700
    assert read(files[0].read_bytes())["To"] == TO
