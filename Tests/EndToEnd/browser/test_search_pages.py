"""Proves that search is reached from every page, finds, narrows and leads on, in every state and look."""

import time

from playwright.sync_api import expect

from harness.waiting import until
from visitors import inspect


def found(server, words, token=None):
    return server.request("GET", f"/api/v1/search?q={words}", token=token).json["hits"]


def fill(server, mark):
    """A room that is over and one that is live, with a word of their own."""
    token = server.sign_in("organiser", name="Olga")
    plans = [
        {"title": f"年度成果路演 {mark}", "startsAt": 1_760_000_000_000, "slots": [
            {"title": "钙钛矿光伏组件", "field": "新能源", "presenters": "安教授", "organisation": "材料研究所",
             "abstract": f"面向分布式电站的钙钛矿光伏组件 {mark}，用狭缝涂布制成大面积薄膜，在连续光照下保持效率，"
                         "封装后通过湿热老化与紫外老化试验，成本低于晶硅组件。"},
            {"title": "固态电解质", "field": "新材料", "abstract": f"硫化物固态电解质的中试制备 {mark}"}]},
        {"title": f"Live demo day {mark}", "language": "en", "startsAt": time.time_ns() // 1_000_000,
         "slots": [{"title": "Perovskite modules", "field": "新能源",
                    "abstract": f"Slot-die coated perovskite photovoltaic modules {mark}"}]},
    ]
    rooms = []
    for plan in plans:
        answer = server.request("POST", "/api/v1/rooms", plan, token=token)
        assert answer.status == 201, answer.body
        rooms.append(answer.json["room"])
    member = server.guest("王敏")
    for room in rooms:
        with server.peer(token) as host, server.peer(member) as peer:
            host.join(room)
            host.ask("room.open", room)
            host.ask("room.start", room)
            peer.join(room)
            peer.ask("chat.say", room, {"text": f"衰减曲线在哪里可以看到？{mark}"})
            asked = peer.ask("question.ask", room, {"text": f"封装材料是什么？{mark}", "slot": "1"})
            host.ask("question.answer", room,
                     {"question": str(asked["seq"]), "text": f"聚烯烃弹性体，双玻结构。{mark}"})
            host.ask("announcement.make", room, {"text": f"五分钟后开始提问 {mark}"})
            if room == rooms[0]:
                host.ask("room.end", room)
                host.ask("room.end_confirm", room)
    until(lambda: len(found(server, mark)) >= 13, "the index")
    return rooms


def test_a_visitor_finds_narrows_and_goes_there(shared, visit, look):
    mark = f"z{time.time_ns()}"
    over, live = fill(shared, mark)
    reader = visit(shared, **look).open().sees("main h1")
    page = reader.page
    page.get_by_role("navigation").get_by_role("link", name=reader.t("nav.search")).click()
    reader.sees("h1", reader.t("search.title")).sees(".state-card", reader.t("search.start"))
    inspect(page)
    field = page.get_by_role("searchbox")
    field.fill(mark)
    hits = page.locator(".hit")
    expect(hits).to_have_count(13)
    assert f"q={mark}" in page.url
    inspect(page)
    reader.look(f"search-{look['language']}-{look['size']}-{look['scheme']}", full_page=True)
    expect(hits.locator("mark").first).to_have_text(mark)

    # By keyboard alone: a choice is made, told of in the address, and taken back.
    kind = page.get_by_role("button", name=reader.t("search.kind.question"))
    kind.focus()
    page.keyboard.press("Enter")
    expect(hits).to_have_count(2)
    expect(kind).to_have_attribute("aria-pressed", "true")
    expect(kind).to_be_focused()
    assert "kind=question" in page.url
    inspect(page)
    past = page.get_by_role("button", name=reader.t("search.state.past"))
    past.click()
    expect(hits).to_have_count(1)
    link = hits.get_by_role("link")
    assert f"/r/{over}/replay#t=" in link.get_attribute("href")
    page.reload()
    expect(hits).to_have_count(1)
    past = page.get_by_role("button", name=reader.t("search.state.past"))
    past.click()
    page.get_by_role("button", name=reader.t("search.state.live")).click()
    expect(hits).to_have_count(1)
    expect(link).to_have_attribute("href", f"/r/{live}")

    # Nothing found, with a choice and without; and what cannot be looked for.
    field.fill("qqqqqqqq")
    reader.sees(".state-card", reader.t("search.nothingChosen"))
    page.get_by_role("button", name=reader.t("search.all")).click()
    reader.sees(".state-card", reader.t("search.nothing"))
    inspect(page)
    field.fill("？！")
    reader.sees(".state-card", reader.t("search.short"))
    field.fill("")
    reader.sees(".state-card", reader.t("search.start"))


def test_a_lost_line_is_told_and_tried_again(shared, visit):
    reader = visit(shared).open("/search").sees("h1")
    reader.page.route("**/api/v1/search*", lambda route: route.abort())
    reader.page.get_by_role("searchbox").fill("x")
    reader.sees(".state-card", reader.t("search.failed"))
    inspect(reader.page)
    reader.page.unroute("**/api/v1/search*")
    reader.page.get_by_role("button", name=reader.t("common.tryAgain")).click()
    reader.sees("main", reader.t("search.nothing"))


def test_an_index_that_grows_says_so(shared, visit):
    reader = visit(shared).open("/search").sees("h1")
    answer = {"loose": False, "count": 0, "more": False, "building": {"done": 3, "of": 10}, "hits": [],
              "facets": {"kinds": [], "fields": [], "years": [], "states": []}, "next": None}
    reader.page.route("**/api/v1/search*", lambda route: route.fulfill(json=answer))
    reader.page.get_by_role("searchbox").fill("x")
    reader.sees(".search-building", "30")
    inspect(reader.page)
