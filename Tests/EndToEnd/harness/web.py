"""HTTP for the tests: decent requests by the standard library, raw bytes for the others."""

import http.client
import json
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

from .websocket import connect


@dataclass
class Answer:
    """Status, fields with lower-case names, body."""

    status: int
    fields: dict
    body: bytes

    @property
    def json(self):
        return json.loads(self.body)


def request(url, method, path, body=None, *, token=None, fields=None, timeout=20,
            source=None):
    """One request on a connection of its own. Without a token it comes from the page's origin."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=timeout,
                                            source_address=(source, 0) if source else None)
    headers = {"Authorization": f"Bearer {token}"} if token else {"Origin": url.rstrip("/")}
    if isinstance(body, (dict, list)):
        body, headers["Content-Type"] = json.dumps(body).encode(), "application/json"
    headers.update(fields or {})
    try:
        connection.request(method, path, body=body, headers=headers)
        response = connection.getresponse()
        names = {name.lower(): value for name, value in response.getheaders()}
        return Answer(response.status, names, response.read())
    finally:
        connection.close()


def raw(url, data, *, timeout=20, end=False):
    """Sends bytes as they are and gives back everything until the server closes.

    With `end` our side says that nothing more comes.
    """
    with connect(url, timeout) as connection:
        connection.sendall(data)
        if end:
            connection.shutdown(socket.SHUT_WR)
        received = bytearray()
        try:
            while piece := connection.recv(65536):
                received += piece
        except ConnectionResetError:
            pass
        return bytes(received)
