"""Opens pages that have the media engine and nothing else, on the server's own address."""

import os
import shutil
from pathlib import Path
from urllib.parse import urlencode

SCRIPT = Path(__file__).parent / "page.js"
DOCUMENT = (
    '<!doctype html><html lang="en"><meta charset="utf-8"><title>engine</title>'
    '<script type="module" src="/engine.js"></script><body></body></html>'
)
# Cameras and microphones that are none, and sound without a tap.
OPTIONS = [
    "--no-sandbox", "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream",
    "--autoplay-policy=no-user-gesture-required", "--disable-background-timer-throttling",
    "--disable-renderer-backgrounding",
    # What a test answers itself comes from nowhere that a browser knows to be near.
    "--disable-features=LocalNetworkAccessChecks",
]


def launch(playwright):
    program = os.environ.get("CHROMIUM") or shutil.which("chromium")
    return playwright.chromium.launch(executable_path=program, args=OPTIONS)


def page_fields(server):
    """What forbids and allows, as on every page of the server."""
    fields = server.request("GET", "/").fields
    return {name: fields[name] for name in ("content-security-policy", "permissions-policy")}


def open_page(browser, server, room, token=None, without="", **query):
    """A page in a context of its own that has joined; its fields are those of the server's pages."""
    context = browser.new_context()
    if token:
        context.add_cookies([{"name": "luyan_session", "value": token, "url": server.url}])
    page = context.new_page()
    kept = page_fields(server)

    def serve(kind, body):
        return lambda route: route.fulfill(
            status=200, headers=kept | {"content-type": kind}, body=body)

    page.route("**/engine.html*", serve("text/html", DOCUMENT))
    page.route("**/engine.js", serve("text/javascript", SCRIPT.read_text()))
    page.goto(f"{server.url}/engine.html?" + urlencode({"room": room, "without": without, **query}))
    page.locator("body[data-joined]").wait_for(state="attached")
    return page


def publish(page, *wishes):
    for kind, source in wishes:
        assert page.evaluate("([kind, source]) => engine.publish(kind, source)", [kind, source]) == "live"


def report(page):
    return page.evaluate("engine.report()")
