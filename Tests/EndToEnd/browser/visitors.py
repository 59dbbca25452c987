"""People in front of a browser: how they come in, and what holds for every page that they see."""

import functools
import json
import os
import re
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

PATIENCE = 10_000  # milliseconds until something on a page counts as missing
LEAST_TARGET = 24  # CSS pixels, WCAG 2.2, 2.5.8
SIZES = {"desktop": (1280, 800), "phone": (390, 844), "small phone": (360, 640),
         "enlarged": (320, 256)}  # 1280 x 1024 at 400 %
WORDS = {
    "zh-CN": {
        "card": "递名片", "name": "姓名", "organisation": "单位（可不填）", "submit": "递上名片",
        "ask": "提问", "send": "发送", "qa": "问答", "chat": "聊天", "agenda": "议程", "about": "关于",
    },
    "en": {
        "card": "Leave a card", "name": "Name", "organisation": "Organisation (optional)",
        "submit": "Leave the card", "ask": "Ask", "send": "Send", "qa": "Q&A", "chat": "Chat",
        "agenda": "Agenda", "about": "About",
    },
}

I18N = Path(__file__).resolve().parents[3] / "web" / "i18n"


@functools.cache
def catalogue(language):
    """The pages' texts by key, those with a plural left out."""
    source = "".join(file.read_text() for file in sorted(I18N.glob(f"*{language}.js")))
    found = re.findall(r'"([\w.]+)":\s*(?:("(?:[^"\\]|\\.)*")|\'([^\'\\]*)\')', source)
    return {key: json.loads(text) if text else plain for key, text, plain in found}


SMALL_TARGETS = """(least) => [...document.querySelectorAll(
    "a[href], button, input:not([type=hidden]), select, textarea, summary")]
  .filter((element) => {
    // A field within its label is as large as the label.
    const box = (element.closest("label") ?? element).getBoundingClientRect();
    const shown = element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
    if (!shown || element.closest(".unseen, .skip") || element.matches(".unseen, .skip")) return false;
    return box.width < least || box.height < least;
  })
  .map((element) => element.outerHTML.slice(0, 120))"""

RAW_KEY = re.compile(r"\b(?:archive|verify(?!\.py)|channel|mention|common|room|run|clock|stage|chat|question|error|card|home|tab|trust|nav|account|signIn|twoStep|ownData|organisations?|standing|badge|shown|region|picker|enter|picture|profile|page|contact|matter|terms|media|talk|consent|test|studio|intents|judging|polls|questions|draw|hall|reactions|words|notes|pointer|screen|outcome|share|new|plan|event|about|replay|late)\.[a-z]\w+")


def inspect(page):
    """What must hold in every state of every page: axe, no sideways scrolling, targets, texts."""
    still = page.evaluate("matchMedia('(prefers-reduced-motion: reduce)').matches")
    # What is fading in has not its colours yet; and something may begin to while axe looks.
    page.emulate_media(reduced_motion="reduce")
    violations = Axe().run(page).response["violations"]
    page.emulate_media(reduced_motion="reduce" if still else "no-preference")
    assert violations == [], [
        (violation["id"], node["html"][:200], node["failureSummary"])
        for violation in violations for node in violation["nodes"]
    ]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "scrolls sideways"
    assert page.evaluate(SMALL_TARGETS, LEAST_TARGET) == []
    text = page.locator("body").inner_text()
    assert not RAW_KEY.search(text), f"a key instead of a text: {RAW_KEY.search(text)[0]}"
    assert page.title() != ""


class Visitor:
    """One person with a browser context of their own."""

    def __init__(self, context, url, language):
        self.context, self.url, self.words = context, url, WORDS[language]
        self.language = language
        self.page = context.new_page()
        self.errors = []
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        # What the policy for contents refuses is told on the console alone.
        self.page.on("console", lambda message: self._heard(message))

    def _heard(self, message):
        if message.type == "error" and "Content Security Policy" in message.text:
            self.errors.append(message.text)

    def t(self, key, **values):
        """A text of the pages in this visitor's language."""
        return catalogue(self.language)[key].format(**values)

    def holds(self, token):
        """The cookie of a session that was got elsewhere."""
        self.context.add_cookies([
            {"name": "luyan_session", "value": token, "url": self.url},
        ])
        return self

    def open(self, path="/"):
        self.page.goto(self.url + path)
        return self

    def enter(self, room, query=""):
        self.open(f"/r/{room}{query}")
        expect(self.page.locator(".connection.online")).to_be_attached()
        return self

    def look(self, name, **options):
        """A picture for whoever asked for them by LUYAN_LOOKS, a folder."""
        if "LUYAN_LOOKS" in os.environ:
            self.page.screenshot(path=Path(os.environ["LUYAN_LOOKS"]) / f"{name}.png", **options)

    def leave_card(self, name, organisation=None):
        page, words = self.page, self.words
        page.locator(".me").click()
        page.get_by_label(words["name"], exact=True).fill(name)
        if organisation:
            page.get_by_label(words["organisation"]).fill(organisation)
        page.get_by_role("button", name=words["submit"]).click()
        expect(page.locator(".me")).to_have_text(name)
        expect(page.locator(".connection.online")).to_be_attached()
        return self

    def tab(self, name):
        self.page.get_by_role("tab", name=re.compile(f"^{re.escape(self.words[name])}")).click()
        return self

    def say(self, text):
        self.tab("chat")
        self.page.locator("textarea#chat-field").fill(text)
        self.page.get_by_role("button", name=self.words["send"], exact=True).click()
        return self

    def ask(self, text):
        self.tab("qa")
        self.page.locator("textarea#question-field").fill(text)
        self.page.locator("form.composer button").click()
        return self

    def press(self, name, **options):
        self.page.get_by_role("button", name=name, exact=True, **options).first.click()
        return self

    def sees(self, selector, text=None):
        found = self.page.locator(selector)
        if text is None:
            expect(found.first).to_be_visible()
        else:
            expect(found.filter(has_text=text).first).to_be_visible()
        return self
