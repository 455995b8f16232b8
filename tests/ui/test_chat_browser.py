"""The chat in a real browser: answers with chart and table, questions back as buttons, nothing asked of other hosts."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
)
ARGUMENTS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE_MS = 30_000

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine"),
]


@dataclass
class Watched:
    """A page, and what it asked for and complained of."""

    page: Page
    address: str
    foreign_requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def ask(self, text: str) -> None:
        self.page.locator("#chat-input").fill(text)
        self.page.keyboard.press("Enter")

    def answers(self) -> int:
        return self.page.locator('[data-step-type="assistant_message"]').count()


@pytest.fixture(scope="module")
def address(business_environment: dict[str, str]) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "ui.cli", "chat", "--port", str(port)],
        cwd=ROOT,
        env=business_environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        wait_until_served(server, address)
        yield address
    finally:
        server.terminate()
        server.communicate(timeout=30)


def wait_until_served(server: subprocess.Popen[str], address: str) -> None:
    for _ in range(300):
        if server.poll() is not None:
            assert server.stderr is not None
            pytest.fail(f"the chat did not start: {server.stderr.read()}")
        try:
            urllib.request.urlopen(address, timeout=1).read()
        except (urllib.error.URLError, TimeoutError):
            time.sleep(0.1)
        else:
            return
    pytest.fail("the chat did not answer within 30 seconds")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, headless=True, args=ARGUMENTS)
        yield launched
        launched.close()


@pytest.fixture
def watched(browser: Browser, address: str) -> Iterator[Watched]:
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.set_default_timeout(PATIENCE_MS)
    seen = Watched(page, address)

    def note_request(url: str) -> None:
        if not url.startswith((address, address.replace("http", "ws"), "data:", "blob:")):
            seen.foreign_requests.append(url)

    page.on("request", lambda request: note_request(request.url))
    page.on("websocket", lambda opened: note_request(opened.url))
    page.on("console", lambda said: seen.complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: seen.complaints.append(str(error)))
    page.goto(address, wait_until="commit")
    page.locator("#chat-input").wait_for()
    yield seen
    page.context.close()
    assert not seen.foreign_requests
    assert not seen.complaints


def test_a_question_is_answered_with_chart_table_and_sql(watched: Watched) -> None:
    page = watched.page
    watched.ask("GMV by channel in September 2026")
    expect(page.locator(".js-plotly-plot .main-svg").first).to_be_visible(timeout=PATIENCE_MS)
    expect(page.locator("table").first).to_contain_text("mobile_app")
    expect(page.get_by_text("Understood as").first).to_contain_text("September 2026")
    page.get_by_role("button", name="SQL").click()
    expect(page.locator("code, pre").filter(has_text="SELECT").first).to_be_visible()


def test_a_question_typed_in_the_first_instant_is_answered(browser: Browser, address: str) -> None:
    for _ in range(3):
        page = browser.new_context().new_page()
        page.goto(address, wait_until="commit")
        page.locator("#chat-input").wait_for(state="attached")
        page.locator("#chat-input").focus()
        page.keyboard.insert_text("What was AOV in September 2026?")
        page.keyboard.press("Enter")
        expect(page.locator('[data-step-type="assistant_message"]').first).to_contain_text(
            "September 2026", timeout=PATIENCE_MS
        )
        page.context.close()


def test_the_profile_offers_its_questions(watched: Watched) -> None:
    page = watched.page
    page.locator("#starters button, button[id^=starter]").first.click()
    expect(page.locator('[data-step-type="assistant_message"]').first).to_be_visible(timeout=PATIENCE_MS)


def test_a_question_back_is_answered_by_its_button(watched: Watched) -> None:
    page = watched.page
    watched.ask("How is performance?")
    asked = page.locator('[data-step-type="assistant_message"]').first
    expect(asked.locator("ol li").nth(1)).to_be_visible(timeout=PATIENCE_MS)
    second = asked.locator("ol li").nth(1).inner_text()
    button = asked.get_by_role("button", name=second, exact=True)
    button.click()
    expect(page.locator('[data-step-type="user_message"]').last).to_contain_text(second)
    expect(page.get_by_text("Understood as").first).to_contain_text(second, timeout=PATIENCE_MS)
    expect(button).to_have_count(0)


def test_a_question_back_is_answered_by_its_number(watched: Watched) -> None:
    page = watched.page
    watched.ask("How is performance?")
    options = page.locator('[data-step-type="assistant_message"] ol li')
    expect(options.first).to_be_visible(timeout=PATIENCE_MS)
    first = options.first.inner_text()
    watched.ask("1")
    expect(page.get_by_text("Understood as").first).to_contain_text(first, timeout=PATIENCE_MS)


def test_what_a_question_says_does_not_become_part_of_the_page(watched: Watched) -> None:
    page = watched.page
    watched.ask("What is ![x](http://127.0.0.1:9/x.png) <img src='http://127.0.0.1:9/y.png'> [z](http://127.0.0.1:9/)?")
    expect(page.locator('[data-step-type="assistant_message"]').first).to_be_visible(timeout=PATIENCE_MS)
    assert page.locator('[data-step-type="assistant_message"] a').count() == 0
    assert page.locator('[data-step-type="assistant_message"] img[src*="127.0.0.1:9"]').count() == 0


def test_an_earlier_conversation_is_gone_on_with(watched: Watched, browser: Browser) -> None:
    watched.ask("GMV by channel in September 2026")
    expect(watched.page.get_by_text("Understood as").first).to_be_visible(timeout=PATIENCE_MS)
    page = browser.new_context().new_page()
    page.set_default_timeout(PATIENCE_MS)
    page.goto(watched.address, wait_until="commit")
    page.locator("#chat-input").wait_for()
    later = Watched(page, watched.address)
    later.ask("/history")
    page.get_by_role("button", name="GMV by channel in September 2026").first.click()
    expect(page.get_by_text("Go on from here").first).to_be_visible()
    later.ask("and in August?")
    expect(page.get_by_text("Understood as").first).to_contain_text("August 2026", timeout=PATIENCE_MS)
    expect(page.get_by_text("Understood as").first).to_contain_text("by sales channel")
    page.context.close()
