"""Proves that who loses the line comes back by itself, has missed nothing and lost nothing."""

import re

from playwright.sync_api import expect

from harness.server import PLENTY, Server
from lines import Line
from rooms import live_hall, make_hall
from visitors import inspect


def texts(visitor):
    return visitor.page.locator(".said:not(.outgoing) .said-text").all_inner_texts()


def test_a_cut_line_comes_back_with_all_that_was_missed(shared, visit, far_look):
    hall = live_hall(shared)
    viewer = visit(shared, **far_look)
    line = Line(viewer.page)
    viewer.enter(hall.room, "?tab=chat").leave_card("张投资")
    viewer.say("断线之前").sees(".said", "断线之前")
    line.cut()
    viewer.sees(".banner.wait", viewer.t("banner.reconnecting"))
    inspect(viewer.page)
    with shared.peer(shared.guest("他人")) as peer:
        peer.join(hall.room)
        for number in range(5):
            peer.ask("chat.say", hall.room, {"text": f"错过{number}"})
    hall.ask(("slot.call", {"slot": "1"}), "pitch.start")
    viewer.page.locator("#chat-field").fill("断线时写的")
    viewer.page.keyboard.press("Enter")
    viewer.sees(".outgoing", viewer.t("outgoing.sending"))
    inspect(viewer.page)
    line.mend()
    viewer.sees(".connection.online").sees(".said:not(.outgoing)", "断线时写的")
    viewer.sees(".room-header .clock.pitch")
    expect(viewer.page.locator(".banner.wait")).to_have_count(0)
    assert texts(viewer) == ["断线之前", *(f"错过{n}" for n in range(5)), "断线时写的"]


def test_a_lost_message_is_noticed_and_a_doubled_one_shown_once(shared, visit):
    hall = live_hall(shared)
    viewer = visit(shared)
    fate = {"错过": 0, "两次": 2}

    def opened(socket):
        def passed(text):
            times = [count for word, count in fate.items() if word in text and "chat.said" in text]
            for _ in range(times[0] if times else 1):
                socket.send(text)

        socket.connect_to_server().on_message(passed)

    viewer.page.route_web_socket(re.compile("/ws$"), opened)
    viewer.enter(hall.room, "?tab=chat")
    hall.ask(("chat.say", {"text": "两次"}))
    viewer.sees(".said", "两次")
    hall.ask(("chat.say", {"text": "错过"}))
    fate.clear()
    # The next event shows that one is missing; the page asks for it.
    hall.ask(("chat.say", {"text": "之后"}))
    viewer.sees(".said", "之后")
    assert texts(viewer) == ["两次", "错过", "之后"]


def test_a_killed_server_carries_on_with_the_room(folder, visit):
    with Server(folder, *PLENTY) as server:
        hall = live_hall(server).ask(("slot.call", {"slot": "1"}), "pitch.start")
        viewer = visit(server).enter(hall.room, "?tab=chat").leave_card("张投资")
        moderator = visit(server, token=hall.moderator).enter(hall.room, "?tab=chat")
        for number in range(10):
            viewer.say(f"句子{number}")
        viewer.sees(".said:not(.outgoing)", "句子9")
        server.kill()
        viewer.sees(".banner.wait")
        viewer.page.locator("#chat-field").fill("服务器不在时写的")
        viewer.page.keyboard.press("Enter")
        moderator.press("进入问答")
        server.port = int(server.url.rpartition(":")[2])
        server.start()
        for person in (viewer, moderator):
            person.sees(".connection.online").sees(".said:not(.outgoing)", "服务器不在时写的")
            person.sees(".room-header .clock.qa")
            assert texts(person) == [*(f"句子{n}" for n in range(10)), "服务器不在时写的"]
        # Nothing was doubled for who comes anew.
        later = visit(server).enter(hall.room, "?tab=chat").sees(".said", "服务器不在时写的")
        assert texts(later) == texts(viewer)


def test_a_planned_restart_is_told(folder, visit, far_look):
    with Server(folder, *PLENTY) as server:
        hall = live_hall(server)
        viewer = visit(server, **far_look).enter(hall.room)
        server.port = int(server.url.rpartition(":")[2])
        assert server.terminate() == 0
        viewer.sees(".banner.wait", viewer.t("banner.drained"))
        inspect(viewer.page)
        server.start()
        viewer.sees(".connection.online")
        expect(viewer.page.locator(".banner.wait")).to_have_count(0)


def test_a_refused_text_is_given_back(folder, visit, far_look):
    few = ("--set", "limits.commands_per_second=1", "--set", "limits.command_burst=3")
    with Server(folder, *PLENTY, *few) as server:
        hall = make_hall(server)
        with server.peer(hall.moderator) as peer:
            peer.join(hall.room)
            peer.ask("room.open", hall.room)
        viewer = visit(server, **far_look).enter(hall.room, "?tab=chat").leave_card("张投资")
        for number in range(8):
            viewer.say(f"很快{number}")
        viewer.sees(".outgoing.failed", viewer.t("error.rate_limited"))
        inspect(viewer.page)
        while viewer.page.locator(".outgoing.failed").count():
            shown = viewer.page.locator(".outgoing.failed").count()
            viewer.press(viewer.t("outgoing.again" if shown > 1 else "outgoing.discard"))
            expect(viewer.page.locator(".outgoing:not(.failed)")).to_have_count(0)


def test_a_page_without_a_server_says_so(folder, visit, far_look):
    with Server(folder, *PLENTY) as server:
        hall = live_hall(server)
        viewer = visit(server, **far_look)

        def slow(route):
            server.kill()
            route.abort()

        viewer.page.route("**/api/v1/rooms", slow)
        viewer.open("/").sees(".state-card", viewer.t("home.failed"))
        inspect(viewer.page)
        server.port = int(server.url.rpartition(":")[2])
        server.start()
        viewer.page.unroute("**/api/v1/rooms")
        viewer.press(viewer.t("common.tryAgain")).sees(".room-card", "成果专场路演")
        # A room whose socket never opens.
        line = Line(viewer.page)
        line.down = True
        viewer.open(f"/r/{hall.room}").sees(".state-card", viewer.t("room.unreachable"))
        inspect(viewer.page)
        line.mend()
        viewer.sees(".room-header")
