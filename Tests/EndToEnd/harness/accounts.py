"""People with accounts: registering by the codes in the outbox, signing in, authenticator codes."""

import base64
import hashlib
import hmac
import re
import struct
import time
from email import message_from_bytes, policy

from .server import PLENTY
from .waiting import until

PASSWORD = "correct horse battery"
# Limits that no test of something else meets.
MANY = (
    *PLENTY, "--set", "limits.tries_per_address=100000", "--set", "limits.tries_per_account=100000",
    "--set", "limits.codes_per_hour=100000",
)


def messages(server, contact):
    """The bodies of what was sent to a contact, oldest first."""
    contact, found = contact.replace(" ", "").lower(), []
    for file in sorted((server.folder / "outbox").glob("*.*")):
        if file.name.startswith("."):
            continue
        if file.suffix == ".eml":
            mail = message_from_bytes(file.read_bytes(), policy=policy.default)
            to, body = str(mail["To"]), mail.get_content()
        else:
            head, _, body = file.read_text().partition("\n\n")
            to = head.partition(":")[2]
        if contact in to:
            found.append(body)
    return found


def code(server, contact, number=1):
    """The code in the message of that number to a contact, as soon as it is there."""
    until(lambda: len(messages(server, contact)) >= number)
    return re.search(r"\b\d{6}\b", messages(server, contact)[number - 1])[0]


def register(server, contact, name="Ann", password=PASSWORD, token=None):
    """A new account: the token of its session."""
    body = {"contact": contact, "name": name, "password": password}
    begun = server.request("POST", "/api/v1/accounts", body)
    assert begun.status == 202, begun
    proof = {"pending": begun.json["pending"], "code": code(server, contact)}
    made = server.request("POST", "/api/v1/accounts/verify", proof, token=token)
    assert made.status == 201, made
    return made.json["token"]


def sign_in(server, contact, password=PASSWORD, **options):
    body = {"contact": contact, "password": password}
    return server.request("POST", "/api/v1/session/password", body, **options)


def authenticator(secret, step):
    """RFC 6238 by the standard library; `secret` in base32 without padding."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.new(key, struct.pack(">Q", step), hashlib.sha1).digest()
    place = digest[19] & 15
    return f"{(struct.unpack('>I', digest[place:place + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


def now_step():
    return int(time.time()) // 30
