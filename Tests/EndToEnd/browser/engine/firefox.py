"""Firefox over WebDriver BiDi (W3C), for the page of the media engine: a client in a hundred lines."""

import itertools
import json
import os
import re
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from harness.websocket import WebSocket

from . import DOCUMENT, SCRIPT, page_fields

PATIENCE = 60  # seconds
PREFERENCES = {
    "media.navigator.streams.fake": True, "media.navigator.permission.disabled": True,
    "media.autoplay.default": 0, "media.autoplay.blocking_policy": 0,
    "app.update.enabled": False, "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False, "toolkit.telemetry.enabled": False,
    "network.captive-portal-service.enabled": False, "network.connectivity-service.enabled": False,
    "app.normandy.enabled": False, "extensions.getAddons.cache.enabled": False,
}


class Firefox:
    """One browser with a profile of its own."""

    program = shutil.which("firefox-esr") or shutil.which("firefox")

    def __enter__(self):
        self.profile = tempfile.mkdtemp(prefix="luyan-firefox-")
        lines = (f"user_pref({json.dumps(name)}, {json.dumps(value)});"
                 for name, value in PREFERENCES.items())
        Path(self.profile, "user.js").write_text("\n".join(lines))
        self.words = tempfile.TemporaryFile()
        self.process = subprocess.Popen(
            [self.program, "--headless", "--no-remote", "--profile", self.profile,
             "--remote-debugging-port", "0"],
            stdout=subprocess.DEVNULL, stderr=self.words,
        )
        try:
            self.socket = WebSocket(self._address(), "/session", subprotocol=None, timeout=PATIENCE)
            self.numbers, self.fields = itertools.count(1), []
            self.ask("session.new", {"capabilities": {}})
            self.ask("session.subscribe", {"events": ["network.beforeRequestSent"]})
        except BaseException:
            self.__exit__()
            raise
        return self

    def _address(self):
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and self.process.poll() is None:
            said = os.pread(self.words.fileno(), 1 << 16, 0).decode(errors="replace")
            if found := re.search(r"listening on (ws://\S+)", said):
                return found[1].replace("ws:", "http:")
        raise AssertionError("Firefox did not say where it listens")

    def __exit__(self, *_):
        self.process.terminate()
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        shutil.rmtree(self.profile, ignore_errors=True)

    def ask(self, method, parameters):
        id = self.send(method, parameters)
        while True:
            message = json.loads(self.socket.receive()[1])
            if message.get("id") == id:
                assert message["type"] == "success", message
                return message["result"]
            if message.get("method") == "network.beforeRequestSent":
                self._serve(message["params"])

    def send(self, method, parameters):
        id = next(self.numbers)
        self.socket.send_text(json.dumps({"id": id, "method": method, "params": parameters}))
        return id

    def _serve(self, request):
        """The page and its script stand on the server's address, with its fields."""
        if not request.get("isBlocked"):
            return
        path = urlsplit(request["request"]["url"]).path
        kind, body = (("text/javascript", SCRIPT.read_text()) if path == "/engine.js"
                      else ("text/html", DOCUMENT))
        fields = [*self.fields, ("content-type", kind)]
        headers = [{"name": name, "value": {"type": "string", "value": value}} for name, value in fields]
        self.send("network.provideResponse", {
            "request": request["request"]["request"], "statusCode": 200, "headers": headers,
            "body": {"type": "string", "value": body},
        })

    def open_page(self, server, room, token=None, without="", **query):
        """As `engine.open_page`."""
        self.fields = list(page_fields(server).items())
        context = self.ask("browsingContext.create", {"type": "tab"})["context"]
        patterns = [{"type": "pattern", "pathname": path} for path in ("/engine.html", "/engine.js")]
        self.ask("network.addIntercept", {
            "phases": ["beforeRequestSent"], "urlPatterns": patterns, "contexts": [context]})
        if token:
            self.ask("storage.setCookie", {"cookie": {
                "name": "luyan_session", "domain": "127.0.0.1",
                "value": {"type": "string", "value": token}}})
        address = f"{server.url}/engine.html?" + urlencode({"room": room, "without": without, **query})
        self.ask("browsingContext.navigate", {"context": context, "url": address, "wait": "complete"})
        page = Page(self, context)
        page.evaluate("engine.joined")
        return page


class Page:
    """A tab; what is evaluated is given as JSON."""

    def __init__(self, firefox, context):
        self.firefox, self.context = firefox, context

    def evaluate(self, expression, argument=None):
        called = f"({expression})({json.dumps(argument)})" if argument is not None else expression
        found = self.firefox.ask("script.evaluate", {
            "expression": f"(async () => JSON.stringify(await ({called})))()",
            "target": {"context": self.context}, "awaitPromise": True,
        })
        assert found["type"] == "success", found
        return json.loads(found["result"].get("value", "null"))

    def close(self):
        self.firefox.ask("browsingContext.close", {"context": self.context})
