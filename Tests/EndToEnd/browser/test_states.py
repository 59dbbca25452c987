"""Proves every state of every page, reached through a real cause, in both languages and sizes."""

import json
import re
import shutil
import subprocess

import pytest
from playwright.sync_api import expect

from harness.server import PLENTY, Server
from rooms import live_hall, make_hall
from visitors import inspect

@pytest.fixture(scope="module")
def left_alone(shared, browser):
    """A page whose pitch of a minute begins with the first test of this file; nobody touches it."""
    slots = [{"title": "One", "pitchMinutes": 1, "qaMinutes": 1}]
    hall = live_hall(shared, slots=slots)
    context = browser.new_context()
    page = context.new_page()
    heard = []

    def opened(socket):
        socket.on("framereceived", lambda text: heard.append(text))

    page.on("websocket", opened)
    page.goto(f"{shared.url}/r/{hall.room}")
    expect(page.locator(".connection.online")).to_be_attached()
    hall.ask(("slot.call", {"slot": "1"}), "pitch.start")
    yield page, heard
    context.close()


def test_a_pitch_begins(left_alone):
    page, _ = left_alone
    expect(page.locator(".room-header .clock.pitch")).to_be_visible()


def test_home_without_rooms_and_with_rooms(folder, visit, look):
    with Server(folder, *PLENTY) as server:
        visitor = visit(server, **look).open("/").sees(".state-card")
        inspect(visitor.page)
        live_hall(server)
        make_hall(server, title="以后的路演")
        make_hall(server, "room.open", "room.start", "room.end", "room.end_confirm", title="以前的路演")
        visitor.open("/").sees(".room-card.live").sees(".room-card.coming").sees(".room-card.past")
        inspect(visitor.page)


def test_pages_that_are_not_there(shared, visit, look):
    visitor = visit(shared, **look).open("/nowhere").sees(".state-card")
    inspect(visitor.page)
    visitor.open(f"/r/{'0' * 32}").sees(".state-card h1")
    inspect(visitor.page)
    visitor.open("/join#broken").sees(".state-card h1")
    inspect(visitor.page)
    # No permission: a guest may not make rooms.
    visitor.holds(shared.guest("Guest")).open("/new").sees(".state-card h1")
    inspect(visitor.page)


def test_loading_is_shown(shared, visit, look):
    hall = live_hall(shared)
    visitor = visit(shared, **look)
    held = []
    visitor.page.route("**/api/v1/rooms", lambda route: held.append(route))
    visitor.open("/").sees(".state-card.busy")
    inspect(visitor.page)
    held[0].continue_()
    visitor.sees(".room-card")
    sockets = []
    visitor.page.route_web_socket("**/ws", lambda socket: sockets.append(socket))
    visitor.open(f"/r/{hall.room}").sees(".state-card.busy")
    inspect(visitor.page)
    sockets[0].connect_to_server()


def test_an_empty_room_and_the_name_card(shared, visit, look):
    hall = make_hall(shared)
    visitor = visit(shared, **look).enter(hall.room)
    for tab in ("qa", "chat", "agenda", "about"):
        visitor.tab(tab)
        inspect(visitor.page)
    visitor.page.locator(".me").click()
    inspect(visitor.page)
    visitor.page.get_by_role("button", name=visitor.words["submit"]).click()
    visitor.sees("dialog .problem")
    inspect(visitor.page)
    visitor.page.get_by_label(visitor.words["name"], exact=True).fill("Ann")
    visitor.page.get_by_role("button", name=visitor.words["submit"]).click()
    visitor.sees(".me", "Ann").page.locator(".me").click()
    visitor.sees("dialog")
    inspect(visitor.page)


def test_every_state_of_a_room(shared, visit, look):
    hall = make_hall(shared).place_slides("1", 2)
    viewer = visit(shared, **look).enter(hall.room)
    moderator = visit(shared, **look, token=hall.moderator).enter(hall.room)
    presenter = visit(shared, **look, token=hall.presenter("1")).enter(hall.room)
    steps = [
        ("room.open", ".room-header .state.open"),
        ("room.start", ".room-header .state.live"),
        (("slot.call", {"slot": "2"}), ".title-card:not(.waiting)"),
        (("slot.skip", {"slot": "2"}), ".title-card.waiting"),
        (("slot.call", {"slot": "1"}), ".room-header .clock.stopped"),
        ("pitch.start", ".room-header .clock.pitch:not(.stopped)"),
        ("room.pause", ".banner.info"),
        ("room.resume", ".room-header .state.live"),
        ("qa.start", ".room-header .clock.qa"),
        ("slot.finish", ".room-header .clock.idle"),
        ("room.end", ".room-header .state.live"),
        ("room.end_confirm", ".room-header .state.follow_up"),
        ("room.close", ".room-header .state.closed"),
    ]
    for command, sign in steps:
        hall.ask(command)
        for person in (viewer, moderator, presenter):
            person.sees(sign)
            inspect(person.page)


def test_a_full_disk_is_shown_and_goes_by(folder, visit, far_look):
    folder.mkdir(parents=True)
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=8m,mode=700", "tmpfs", folder], capture_output=True
    )
    if mounted.returncode != 0:
        pytest.skip("no file system can be mounted here")
    try:
        with Server(folder, *PLENTY) as server:
            hall = live_hall(server)
            viewer = visit(server, **far_look).enter(hall.room, "?tab=chat")
            viewer.leave_card("张投资")
            token = server.guest("迟到")
            hog = folder / "hog"
            with open(hog, "wb", buffering=0) as file:
                size = 1 << 20
                while size:
                    try:
                        file.write(bytes(size))
                    except OSError:
                        size //= 2
            for number in range(2_000):
                if viewer.page.locator(".banner.alarm").count():
                    break
                viewer.say(f"{number} " + "长" * 900)
                expect(viewer.page.locator(".outgoing:not(.failed)")).to_have_count(0)
            full = viewer.t("banner.unavailable")
            viewer.sees(".banner.alarm", full).sees(".outgoing.failed", "长" * 900)
            inspect(viewer.page)
            # Who comes now cannot be admitted: a visitor, until the room can keep things again.
            late = visit(server, **far_look, token=token).open(f"/r/{hall.room}?tab=chat")
            late.sees(".banner.alarm", full).sees(".composer.visitor")
            inspect(late.page)
            hog.unlink()
            expect(viewer.page.locator(".banner.alarm")).to_have_count(0)
            late.sees("textarea#chat-field")
            viewer.press(viewer.t("outgoing.again"))
            expect(viewer.page.locator(".outgoing")).to_have_count(0)
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


def test_a_page_that_did_not_load_whole_says_so(shared, visit, far_look):
    visitor = visit(shared, **far_look)
    visitor.page.route("**/i18n/*.js", lambda route: route.abort())
    visitor.open("/").sees("#lost")
    inspect(visitor.page)
    visitor.page.unroute("**/i18n/*.js")
    visitor.page.locator("#lost a").first.click()
    visitor.sees(".page-title")


def test_an_error_of_the_page_is_no_blank_page(shared, visit, far_look):
    hall = live_hall(shared)
    visitor = visit(shared, **far_look)
    # A browser from before 2021 lacks this method.
    visitor.context.add_init_script("delete Array.prototype.at")
    visitor.open(f"/r/{hall.room}").sees(".state-card", visitor.t("broken.title"))
    inspect(visitor.page)


def test_signing_out_elsewhere_is_told(shared, visit, far_look):
    hall = live_hall(shared)
    token = shared.guest("Ann")
    viewer = visit(shared, **far_look, token=token).enter(hall.room)
    assert shared.request("DELETE", "/api/v1/session", token=token).status == 204
    viewer.sees(".banner.alarm", viewer.t("banner.signedOut"))
    inspect(viewer.page)


def test_a_refused_command_is_explained(shared, visit, far_look):
    hall = live_hall(shared).ask(("slot.call", {"slot": "1"}))
    slow = visit(shared, **far_look, token=hall.moderator)
    held = []

    def opened(socket):
        # Answers come through, news does not: this moderator sees what was a moment ago.
        def passed(text):
            messages = json.loads(text)
            isnews = "seq" in (messages[0] if isinstance(messages, list) else messages)
            held.append((socket, text)) if isnews else socket.send(text)

        socket.connect_to_server().on_message(passed)

    slow.page.route_web_socket("**/ws", opened)
    slow.enter(hall.room)
    hall.ask("pitch.start")
    slow.press(slow.t("command.pitch.start"))
    slow.sees(".notice.refused", slow.t("error.slot.wrong_state"))
    inspect(slow.page)
    for socket, text in held:
        socket.send(text)
    slow.sees(".room-header .clock.pitch:not(.stopped)")


@pytest.mark.parametrize("forged", ["shortened", "rewritten"])
def test_a_log_that_denies_the_kept_checkpoint_raises_the_alarm(folder, visit, far_look, forged):
    copy = folder.with_name("copy")
    with Server(folder, *PLENTY) as server:
        hall = live_hall(server)
        viewer = visit(server, **far_look)
        server.terminate()
        shutil.copytree(folder, copy)
        server.port = int(server.url.rpartition(":")[2])
        server.start()
        viewer.enter(hall.room, "?tab=about")
        hall.ask(*[("chat.say", {"text": f"原话{n}"}) for n in range(4)])
        viewer.sees(".trust.held")
        size = server.request("GET", f"/api/v1/rooms/{hall.room}/events?limit=500").json["last"]
        viewer.sees(".trust.held", re.compile(f"(?<!\\d){size} (条记录|entries)"))
        server.terminate()
        shutil.rmtree(folder)
        shutil.copytree(copy, folder)
        server.start()
        if forged == "rewritten":
            hall.ask(*[("chat.say", {"text": f"改写{n}"}) for n in range(8)])
        viewer.enter(hall.room, "?tab=about")
        why = "shrunk" if forged == "shortened" else "proof"
        viewer.sees(".banner.alarm", viewer.t(f"trust.broken.{why}"))
        inspect(viewer.page)
    shutil.rmtree(copy)


def test_a_restart_with_the_log_intact_is_proven(folder, visit):
    with Server(folder, *PLENTY) as server:
        hall = live_hall(server)
        viewer = visit(server).enter(hall.room, "?tab=about").sees(".trust.held")
        hall.ask(("chat.say", {"text": "之后"}))
        server.port = int(server.url.rpartition(":")[2])
        server.restart()
        viewer.enter(hall.room, "?tab=about").sees(".trust.held", "与上次保存的存证点一致")
        viewer.sees(".about", "签名有效")


def test_a_pitch_has_gone_over_to_questions_by_itself(left_alone):
    page, heard = left_alone
    expect(page.locator(".room-header .clock.qa")).to_be_visible(timeout=120_000)
    story = "".join(heard)
    assert story.count("overtime.started") == 1 and story.count("qa.started") == 1
    assert story.index("overtime.started") < story.index("qa.started")
    inspect(page)
