"""Proves recordings on the pages: made, watched, played to the room, rehearsed, uploaded."""

import re

import pytest
from playwright.sync_api import expect

from harness import clips
from rooms import live_hall, make_hall
from speakers import offered, opened_desk, opens_fold
from visitors import inspect


@pytest.fixture(scope="module")
def browser(stage_browser):
    """A browser with a microphone and a camera that are none."""
    return stage_browser


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
    opens_fold(moderator, "录像列表")
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
    opens_fold(moderator, "录像列表").sees(".recording .problem")
    inspect(moderator.page)
    moderator.page.unroute(address)
    moderator.press("再试一次").sees(".recording details", "还没有录像")


def test_a_recording_plays_to_the_room_and_is_steered(shared, speaks, moderates):
    hall = live_hall(shared)
    presenter = offered(hall, speaks, seconds=30)
    moderator = moderates(hall)
    moderator.sees(".playback .recording-row", "李明").press("从头播放：高温超导磁体").sees(".playback .state.live")
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
    # Whoever stops on purpose has no lost line.
    for track in presenter.tracks.values():
        presenter.line.ask("media.unpublish", {"track": track})
    expect(moderator.page.locator(".air-row")).to_have_count(0)
    expect(moderator.page.locator(".line-lost")).to_have_count(0)
    presenter.publishes("camera", "voice")
    moderator.sees(".air-row", "李明")
    presenter.falls_silent()
    moderator.sees(".line-lost h2", "李明 断线")
    inspect(moderator.page)
    moderator.press("接播录像").sees(".playback .state.live")
    expect(moderator.page.locator(".line-lost")).to_have_count(0)


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
