"""One browser for a run of the tests, a new context for each person in each test."""

import os
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import expect, sync_playwright

from rooms import live_hall
from speakers import Speaker
from stage import AUTOPLAY, FAKE_DEVICES, LISTENER
from visitors import PATIENCE, SIZES, Visitor

LOOKS = [("zh-CN", "desktop", "light"), ("en", "desktop", "dark"), ("zh-CN", "phone", "dark"),
         ("en", "small phone", "light")]
# The two furthest apart, for states whose cause takes long.
FAR_LOOKS = [("zh-CN", "phone", "dark"), ("en", "desktop", "light")]
PICTURES = Path(__file__).resolve().parents[3] / ".artifacts" / "browser"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item):
    report = yield
    if report.when == "call":
        item.failed = report.failed
    return report


def named(looks):
    return {"params": looks, "ids": [" ".join(look) for look in looks]}


@pytest.fixture(**named(LOOKS))
def look(request):
    """How somebody comes: language, size and scheme, in four ways."""
    return dict(zip(("language", "size", "scheme"), request.param))


@pytest.fixture(**named(FAR_LOOKS))
def far_look(request):
    """The same in two ways that share nothing."""
    return dict(zip(("language", "size", "scheme"), request.param))


@pytest.fixture(scope="session")
def chromium():
    """chromium(*options) starts one more browser; it ends with the run."""
    program = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if program is None:
        raise pytest.UsageError("chromium is missing: run scripts/install test")
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        # Without a sandbox of its own: containers and root have none to give.
        # luyan.test is this machine under a name that browsers do not hold for secure.
        always = ["--no-sandbox", "--host-resolver-rules=MAP luyan.test 127.0.0.1"]
        started = []

        def start(*options):
            args = [*always, *options]
            started.append(playwright.chromium.launch(executable_path=program, args=args))
            return started[-1]

        yield start
        for browser in started:
            browser.close()


@pytest.fixture(scope="session")
def browser(chromium):
    return chromium()


@pytest.fixture
def visit(browser, request):
    """visit(server, language=…, size=…, scheme=…, token=…) brings one more person."""
    visitors = []

    def come(server, *, language="zh-CN", size="desktop", scheme="light", token=None, base=None,
             within=browser, script=None, **options):
        width, height = SIZES[size]
        context = within.new_context(
            viewport={"width": width, "height": height}, locale=language, color_scheme=scheme,
            timezone_id="Asia/Shanghai", **options,
        )
        context.set_default_timeout(PATIENCE)
        if script is not None:
            context.add_init_script(script)
        visitor = Visitor(context, base or server.url, language)
        visitors.append(visitor)
        if token is not None:
            visitor.holds(token)
        return visitor

    yield come
    failed = getattr(request.node, "failed", False)
    for number, visitor in enumerate(visitors):
        if failed:
            PICTURES.mkdir(parents=True, exist_ok=True)
            name = f"{request.node.name}-{number}.png".replace("/", "_")
            visitor.page.screenshot(path=PICTURES / name)
        visitor.context.close()
    if not failed:
        assert [error for visitor in visitors for error in visitor.errors] == []


@pytest.fixture(scope="session")
def stage_browser(chromium):
    """A browser with a camera that counts and a microphone that beeps; it plays without a tap."""
    return chromium(*FAKE_DEVICES, AUTOPLAY)


@pytest.fixture(scope="session")
def strict_browser(chromium):
    """The same, but sound waits for a tap."""
    return chromium(*FAKE_DEVICES)


@pytest.fixture
def come(visit, stage_browser, request):
    """come(server, …) is visit(server, …) with devices, and its sound is listened to."""
    def come(server, *, script="", tapless=False, **looks):
        within = request.getfixturevalue("strict_browser") if tapless else stage_browser
        return visit(server, within=within, script=LISTENER + script, **looks)
    return come


@pytest.fixture
def on_stage(shared):
    return live_hall(shared).place_slides("1", 3).ask(("slot.call", {"slot": "1"}))


@pytest.fixture
def speaks():
    """speaks(hall, token) brings somebody who sends over the protocol."""
    speakers = []

    def come(hall, token):
        speakers.append(Speaker(hall, token))
        return speakers[-1]

    yield come
    for speaker in speakers:
        speaker.close()


@pytest.fixture
def moderates(visit):
    """moderates(hall) opens the moderator's media."""
    def come(hall, **looks):
        moderator = visit(hall.server, token=hall.moderator, **looks).enter(hall.room, "?tab=run")
        moderator.page.locator("#tab-media").click()
        return moderator.sees(".recording h2")
    return come
