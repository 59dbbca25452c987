"""Proves the desks for live media: hands and floor, recording, playback, rehearsal, upload, captions."""

import re

import pytest
from harness import clips
from playwright.sync_api import expect

from rooms import live_hall, make_hall
from speakers import Speaker
from visitors import inspect

FAKE_DEVICES = ("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream",
                "--autoplay-policy=no-user-gesture-required")


@pytest.fixture(scope="module")
def browser(chromium):
    """A browser with a microphone and a camera that are none."""
    return chromium(*FAKE_DEVICES)


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


def upload(hall, token, *, slot="1", seconds=6, data=None):
    answer = hall.server.request(
        "POST", f"/api/v1/rooms/{hall.room}/slots/{slot}/recordings",
        data or clips.clip(seconds), token=token,
    )
    assert answer.status == 201, answer
    return answer.json["recording"]


def offered(hall, speaks, **more):
    """A presenter who handed over a recording of its slot."""
    presenter = speaks(hall, hall.presenter("1"))
    presenter.recording = upload(hall, presenter.token, **more)
    return presenter.asks("recording.offer", {"recording": presenter.recording})


def offers_recording(visitor, fold):
    """Opens what is behind a summary."""
    visitor.page.locator("summary", has_text=fold).first.click()
    return visitor


# Who is on the air

def test_hands_are_let_speak_in_their_order_and_the_floor_is_taken(shared, speaks, moderates):
    hall = live_hall(shared)
    guests = [speaks(hall, shared.guest(name)) for name in ("张投资", "Ann Lee")]
    for guest in guests:
        guest.asks("hand.raise")
    moderator = moderates(hall)
    rows = moderator.page.locator(".hand-row")
    expect(rows).to_have_count(2)
    expect(rows.first).to_contain_text("张投资")
    expect(moderator.page.locator(".run .tabs .badge")).to_have_text("2")
    moderator.press("请发言：张投资")
    expect(rows).to_have_count(1)
    moderator.sees(".air-row", "可以发言，还没有打开麦克风")
    guests[0].publishes("voice")
    moderator.sees(".air-row .kind", "麦克风")
    moderator.press("静音：张投资").sees(".air-row .mark", "被静音")
    guests[0].line.track(lambda track: track["byStaff"])
    moderator.sees(".air-row .kind.off").press("取消静音：张投资")
    moderator.press("放大：张投资").sees(".air-row .mark", "已放大")
    expect(moderator.page.get_by_label("人像为主")).to_be_checked()
    moderator.press("取消放大：张投资")
    moderator.press("收回发言：张投资")
    expect(moderator.page.locator(".air-row")).to_have_count(0)
    guests[0].line.signal("media.barred")
    moderator.press("放下：Ann Lee")
    expect(rows).to_have_count(0)


def test_the_layout_is_a_group_of_radio_buttons_for_keys(shared, visit, moderates):
    hall = live_hall(shared)
    moderator = moderates(hall)
    chosen = moderator.page.get_by_label("幻灯为主")
    expect(chosen).to_be_checked()
    chosen.focus()
    moderator.page.keyboard.press("ArrowRight")
    expect(moderator.page.get_by_label("人像为主")).to_be_checked()
    other = moderates(hall)
    expect(other.page.get_by_label("人像为主")).to_be_checked()
    moderator.page.keyboard.press("ArrowRight")
    expect(other.page.get_by_label("并排")).to_be_checked()


def test_the_people_panel_gives_the_floor_too(shared, speaks, visit):
    hall = live_hall(shared)
    guest = speaks(hall, shared.guest("张投资"))
    moderator = visit(shared, token=hall.moderator).enter(hall.room, "?tab=people")
    row = moderator.page.locator(".attendant", has_text="张投资")
    row.get_by_role("button", name="请发言：张投资").click()
    guest.control.event(hall.room, "floor.given")
    row.get_by_role("button", name="静音：张投资").click()
    guest.control.event(hall.room, "microphone.muted")
    row.get_by_role("button", name="收回发言：张投资").click()
    guest.control.event(hall.room, "floor.taken")


# Recordings

def test_what_is_recorded_is_made_a_file_played_and_sought(shared, speaks, moderates):
    hall = live_hall(shared)
    presenter = speaks(hall, hall.presenter("1"))
    moderator = moderates(hall).press("开始录制").sees(".recording .state.live")
    presenter.publishes("camera", "voice")
    moderator.sees(".recording .warning", "李明")
    presenter.asks("recording.consent", {"agree": True})
    moderator.sees(".recording .agreed")
    presenter.plays(4)
    moderator.press("停止录制")
    expect(moderator.page.locator(".recording .state.live")).to_have_count(0)
    offers_recording(moderator, "录像列表")
    row = moderator.page.locator(".recording-row")
    expect(row).to_have_count(1)
    row.get_by_role("button", name=re.compile("^生成文件")).click()
    expect(row.get_by_role("link", name=re.compile("^下载"))).to_be_visible()
    row.get_by_role("button", name=re.compile("^观看")).click()
    video = row.locator("video")
    expect(video).to_be_visible()
    length = video.evaluate("""(video) => new Promise((done, failed) => {
        const look = () => video.readyState >= 1 ? done(video.duration) : null;
        video.onloadedmetadata = look;
        video.onerror = () => failed(video.error);
        look();
    })""")
    assert 2.5 < length < 8
    video.evaluate("(video) => { video.muted = true; return video.play(); }")
    plays_until(video, "currentTime", 0.3)
    early, late = (colours(video, place) for place in (0.5, length - 0.5))
    assert early["at"] == pytest.approx(0.5, abs=0.2)
    assert late["at"] == pytest.approx(length - 0.5, abs=0.2)
    # A counting test picture: what is shown is that of another second.
    assert early["sum"] > 0 and early["picture"] != late["picture"]
    with moderator.page.expect_download() as download:
        row.get_by_role("link", name=re.compile("^下载")).click()
    streams, _ = clips.probe(download.value.path())
    assert streams["video"][0]["width"] == 320
    inspect(moderator.page)


def plays_until(video, property, least):
    """Waits for more than that of a property of what plays."""
    video.evaluate("""(video, [property, least]) => new Promise((done) => {
        const look = () => video[property] > least ? done() : requestAnimationFrame(look);
        look();
    })""", [property, least])


def colours(video, place):
    """Seeks, and gives the picture that is shown then."""
    return video.evaluate("""(video, place) => new Promise((done) => {
        video.pause();
        video.requestVideoFrameCallback(() => {
            const canvas = new OffscreenCanvas(32, 18);
            const pen = canvas.getContext("2d");
            pen.drawImage(video, 0, 0, 32, 18);
            const { data } = pen.getImageData(0, 0, 32, 18);
            done({ at: video.currentTime, sum: data.reduce((all, one) => all + one, 0),
                picture: data.join() });
        });
        video.currentTime = place;
    })""", place)


def test_a_full_disk_is_said_plainly(folder, visit):
    from harness.server import PLENTY, Server
    with Server(folder, *PLENTY, "--set", "recording.free_mb=99000000") as server:
        hall = make_hall(server, "room.open")
        moderator = visit(server, token=hall.moderator).enter(hall.room)
        moderator.page.locator("#tab-media").click()
        moderator.press("开始录制").sees(".recording .warning", "录制已停止")
        moderator.sees(".recording .warning", "没有可用于录制的空间")
        inspect(moderator.page)


def test_a_list_that_does_not_load_says_so_and_is_asked_for_again(shared, visit):
    hall = live_hall(shared)
    moderator = visit(shared, token=hall.moderator)
    address = re.compile("/recordings$")
    moderator.page.route(address, lambda route: route.fulfill(status=503, json={"code": "unavailable"}))
    moderator.enter(hall.room).page.locator("#tab-media").click()
    offers_recording(moderator, "录像列表").sees(".recording .problem")
    inspect(moderator.page)
    moderator.page.unroute(address)
    moderator.press("再试一次").sees(".recording details", "还没有录像")


# Playback

def test_a_recording_plays_to_the_room_and_is_steered(shared, speaks, moderates):
    hall = live_hall(shared)
    presenter = offered(hall, speaks, seconds=30)
    moderator = moderates(hall)
    moderator.press("从头播放：高温超导磁体").sees(".playback .state.live")
    assert presenter.control.event(hall.room, "playback.started")["data"]["from"] == 0
    moderator.press("暂停播放")
    presenter.control.event(hall.room, "playback.paused")
    slider = moderator.page.get_by_role("slider")
    slider.focus()
    moderator.page.keyboard.press("End")
    moderator.page.keyboard.press("ArrowLeft")
    expect(slider).to_have_attribute("aria-valuetext", "0:29，共 0:30")
    moderator.page.keyboard.press("Home")
    expect(slider).to_have_attribute("aria-valuetext", re.compile("^0:00"))
    moderator.press("继续播放")
    presenter.control.event(hall.room, "playback.resumed")
    # The knob goes on by the server's clock.
    expect(slider).to_have_attribute("aria-valuetext", re.compile("^0:0[1-9]"))
    inspect(moderator.page)
    moderator.press("停止播放")
    expect(moderator.page.locator(".playback .state.live")).to_have_count(0)


def test_a_recording_goes_on_from_where_the_pitch_stands(shared, speaks, moderates):
    hall = live_hall(shared)
    presenter = offered(hall, speaks, seconds=30)
    hall.ask(("slot.call", {"slot": "1"}), "pitch.start")
    moderator = moderates(hall)
    moderator.press("接着当前进度播放：高温超导磁体").sees(".playback .state.live")
    started = presenter.control.event(hall.room, "playback.started")
    begun = presenter.control.event(hall.room, "pitch.started")
    assert started["data"]["from"] == pytest.approx(started["at"] - begun["at"], abs=50)


def test_a_dropped_line_is_offered_the_recording_with_one_press(shared, speaks, moderates):
    hall = live_hall(shared).ask(("slot.call", {"slot": "1"}))
    presenter = offered(hall, speaks, seconds=30)
    presenter.publishes("camera", "voice")
    moderator = moderates(hall).press("开始陈述").sees(".air-row", "李明")
    expect(moderator.page.locator(".line-lost")).to_have_count(0)
    presenter.falls_silent()
    moderator.sees(".line-lost h2", "李明 断线")
    inspect(moderator.page)
    moderator.press("接播录像").sees(".playback .state.live")
    expect(moderator.page.locator(".line-lost")).to_have_count(0)


# Presenters

def opened_desk(visit, hall, token, **looks):
    """A presenter before its own slot's rehearsals and recordings."""
    presenter = visit(hall.server, token=token, **looks).enter(hall.room, "?tab=desk")
    presenter.page.locator(".own-slot .fold > summary").first.click()
    return presenter.sees(".presenter-studio")


def test_a_presenter_rehearses_watches_and_hands_over(shared, visit, moderates):
    hall = make_hall(shared)
    presenter = opened_desk(visit, hall, hall.presenter("1"))
    presenter.sees(".presenter-studio", "还没有录像")
    inspect(presenter.page)
    presenter.press("开始排练").sees(".rehearsal .state.live").sees(".rehearsal-picture")
    presenter.sees(".rehearsal .running-time", "0:02")
    inspect(presenter.page)
    presenter.press("结束排练").sees(".rehearsal", "排练已保存")
    row = presenter.page.locator(".recording-row")
    expect(row).to_contain_text("排练")
    row.get_by_role("button", name="观看：高温超导磁体").click()
    video = row.locator("video")
    expect(video).to_be_visible()
    plays_until(video, "duration", 1)
    plays_until(video, "videoWidth", 0)
    row.get_by_role("button", name="交给主持人：高温超导磁体").click()
    inspect(presenter.page)
    presenter.page.get_by_role("dialog").get_by_role("button", name="交给主持人").click()
    expect(row).to_contain_text("已交给主持人")
    expect(row.get_by_role("button", name=re.compile("^删除"))).to_have_count(0)
    hall.ask("room.open")
    moderates(hall).sees(".playback .recording-row", "排练")


def test_a_refused_microphone_is_said_in_words(shared, visit):
    hall = make_hall(shared)
    presenter = opened_desk(visit, hall, hall.presenter("1"))
    presenter.page.evaluate("""() => {
        navigator.mediaDevices.getUserMedia = () =>
            Promise.reject(new DOMException("no", "NotAllowedError"));
    }""")
    presenter.press("开始排练").sees(".rehearsal .problem", "没有得到使用设备的许可")
    inspect(presenter.page)


def choose_file(presenter, name, data):
    with presenter.page.expect_file_chooser() as chooser:
        presenter.press("选择录像文件：高温超导磁体")
    chooser.value.set_files({"name": name, "mimeType": "video/webm", "buffer": data})
    return presenter


def test_a_presenter_uploads_a_clip_and_removes_it(shared, visit):
    hall = make_hall(shared)
    presenter = opened_desk(visit, hall, hall.presenter("1"))
    choose_file(presenter, "clip.webm", clips.clip(4)).sees(".recording-upload", "已上传")
    row = presenter.page.locator(".recording-row")
    expect(row).to_contain_text("上传")
    expect(row).to_contain_text(re.compile("0:0[34]"))
    presenter.press("删除：高温超导磁体")
    presenter.page.get_by_role("dialog").get_by_role("button", name="删除").click()
    expect(row).to_have_count(0)


def test_a_file_that_cannot_be_played_is_refused_with_what_to_do(shared, visit):
    hall = make_hall(shared)
    presenter = opened_desk(visit, hall, hall.presenter("1"))
    choose_file(presenter, "talk.webm", b"no film at all" * 99)
    presenter.sees(".recording-upload .problem", "HandBrake")
    inspect(presenter.page)
    expect(presenter.page.locator(".recording-row")).to_have_count(0)


def test_an_upload_is_given_up(shared, visit):
    hall = make_hall(shared)
    presenter = opened_desk(visit, hall, hall.presenter("1"))
    held = []
    presenter.page.route("**/slots/1/recordings", lambda route: held.append(route))
    choose_file(presenter, "clip.webm", clips.clip(4)).sees(".recording-upload progress")
    inspect(presenter.page)
    presenter.page.locator(".recording-upload").get_by_role("button", name="取消").click()
    expect(presenter.page.locator(".recording-upload progress")).to_have_count(0)
    expect(presenter.page.locator(".recording-upload .problem")).to_have_count(0)


# Captions

@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_a_captioner_types_and_takes_back(shared, visit, size):
    hall = live_hall(shared)
    token = hall.joins_as("captioner", "周字幕")
    captioner = visit(shared, token=token, size=size).enter(hall.room)
    captioner.page.get_by_role("tab", name="字幕").click()
    field = captioner.page.locator("#caption-field")
    field.fill("这种磁体")
    field.press("Shift+Enter")
    field.type("在液氮温区工作")
    field.press("Enter")
    captioner.sees(".last-captions .said-text", "在液氮温区工作")
    expect(field).to_have_value("")
    expect(field).to_be_focused()
    captioner.page.get_by_label("字幕语言").select_option("en")
    field.fill("It works in liquid nitrogen")
    field.press("Enter")
    expect(captioner.page.locator(".last-captions li").first).to_contain_text("英语")
    # The choice is kept.
    captioner.page.reload()
    captioner.page.get_by_role("tab", name="字幕").click()
    expect(captioner.page.get_by_label("字幕语言")).to_have_value("en")
    captioner.page.get_by_role("button", name=re.compile("^删除")).first.click()
    captioner.page.get_by_role("dialog").get_by_role("button", name="删除").click()
    captioner.sees(".last-captions", "（已删除）")
    inspect(captioner.page)


def test_too_long_a_caption_is_said_before_and_a_refused_one_is_given_back(shared, visit):
    hall = live_hall(shared)
    token = hall.joins_as("captioner", "周字幕")
    captioner = visit(shared, token=token).enter(hall.room)
    captioner.page.get_by_role("tab", name="字幕").click()
    field = captioner.page.locator("#caption-field")
    field.fill("字" * 501)
    captioner.sees(".caption-count.problem", "501 / 500")
    expect(captioner.page.get_by_role("button", name="发送字幕")).to_be_disabled()
    inspect(captioner.page)
    field.fill("坏\u0007字")
    field.press("Enter")
    captioner.sees(".caption-form .problem", "没有发出")
    captioner.press("放回修改")
    expect(field).to_have_value("坏\u0007字")


def test_a_moderator_has_the_captions_too(shared, moderates):
    moderator = moderates(live_hall(shared))
    offers_recording(moderator, "字幕").page.locator("#caption-field").fill("大家好")
    moderator.press("发送字幕").sees(".last-captions", "大家好")


# Looks, languages, keys

def test_the_desks_hold_in_every_look(shared, visit, speaks, look):
    hall = live_hall(shared).ask(("slot.call", {"slot": "1"}), "pitch.start", "recording.start")
    presenter = offered(hall, speaks).publishes("camera", "voice")
    guests = [speaks(hall, shared.guest(name)) for name in ("张投资", "W" * 40)]
    for guest in guests:
        guest.asks("hand.raise")
    hall.ask(("floor.give", {"member": guests[0].member}),
             ("caption.add", {"language": "en", "text": "Five per cent"}))
    moderator = visit(shared, token=hall.moderator, **look).enter(hall.room, "?tab=run")
    moderator.page.locator("#tab-media").click()
    moderator.sees(".air-row").sees(".hand-row").sees(".playback .recording-row")
    for fold in moderator.page.locator(".run-pane summary").all():
        fold.click()
    moderator.sees(".recording .recording-row").sees(".last-captions")
    inspect(moderator.page)
    desk = opened_desk(visit, hall, shared.sign_in("presenter", room=hall.room, slot="2"), **look)
    desk.sees(".presenter-studio h4")
    inspect(desk.page)
    assert presenter.member != guests[0].member


def test_the_desks_change_their_language_with_the_page(shared, moderates):
    moderator = moderates(live_hall(shared)).sees(".run-pane", "没有人举手")
    moderator.press("English").sees(".run-pane", "No hand is raised.")
    inspect(moderator.page)
    moderator.press("中文").sees(".run-pane", "没有人举手")


def test_a_desk_that_does_not_load_says_so_and_comes_when_asked_again(shared, visit):
    hall = make_hall(shared)
    presenter = visit(shared, token=hall.presenter("1"))
    presenter.page.route("**/styles/studio.css", lambda route: route.abort())
    presenter.enter(hall.room).page.locator(".own-slot .fold > summary").first.click()
    presenter.sees(".part-missing", "没有载入")
    inspect(presenter.page)
    presenter.page.unroute("**/styles/studio.css")
    presenter.press("再试一次").sees(".presenter-studio", "私下排练")


def test_the_media_are_reached_by_keys_alone(shared, visit, speaks):
    hall = live_hall(shared)
    guest = speaks(hall, shared.guest("张投资")).asks("hand.raise")
    moderator = visit(shared, token=hall.moderator).enter(hall.room)
    moderator.page.locator("#tab-flow").focus()
    moderator.page.keyboard.press("ArrowRight")
    moderator.sees(".hand-row")
    moderator.page.keyboard.press("Tab")
    expect(moderator.page.get_by_role("button", name="请发言：张投资")).to_be_focused()
    moderator.page.keyboard.press("Enter")
    guest.control.event(hall.room, "floor.given")
