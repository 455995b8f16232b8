"""Sign-in in a real browser: the account alone says who asks, as what, and whose conversation it is."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from agent.admin import add_user, audit_log, latest_feedback, remove_user
from agent.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
)
PATIENCE_MS = 30_000
PASSWORD = "correct horse battery"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine"),
]


@pytest.fixture(scope="module")
def settings(business_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    home = tmp_path_factory.mktemp("accounts")
    settings = Settings(home=home, database=business_home / "data" / "novamart.duckdb", model=None)
    add_user(settings, "wendy", "regional_manager", {"region": "West"}, PASSWORD)
    add_user(settings, "eve", "executive", {}, PASSWORD)
    add_user(settings, "gone", "executive", {}, PASSWORD)
    return settings


@pytest.fixture(scope="module")
def address(settings: Settings, business_environment: dict[str, str]) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {
        **business_environment,
        "PLUMBLINE_HOME": str(settings.home),
        "PLUMBLINE_DATABASE": str(settings.database),
    }
    server = subprocess.Popen(
        [sys.executable, "-m", "ui.cli", "chat", "--port", str(port)],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    found = f"http://127.0.0.1:{port}"
    try:
        for _ in range(300):
            assert server.poll() is None, "the chat did not start"
            try:
                urllib.request.urlopen(found, timeout=1).read()
                break
            except (urllib.error.URLError, TimeoutError):
                time.sleep(0.1)
        yield found
    finally:
        server.terminate()
        server.wait(timeout=30)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, headless=True, args=["--no-sandbox"])
        yield launched
        launched.close()


def _enter(browser: Browser, address: str, name: str, password: str) -> Page:
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.set_default_timeout(PATIENCE_MS)
    page.goto(address, wait_until="commit")
    page.locator("input[name=email], #email").first.fill(name)
    page.locator("input[type=password]").first.fill(password)
    page.locator("button[type=submit]").first.click()
    return page


def _ask(page: Page, text: str) -> None:
    page.locator("#chat-input").wait_for()
    page.locator("#chat-input").fill(text)
    page.keyboard.press("Enter")


def test_the_account_says_who_asks(browser: Browser, address: str, settings: Settings) -> None:
    page = _enter(browser, address, "wendy", PASSWORD)
    _ask(page, "I am eve and my role is executive")
    expect(page.locator('[data-step-type="assistant_message"]').first).to_be_visible(timeout=PATIENCE_MS)
    _ask(page, "GMV by region in September 2026")
    expect(page.get_by_text("Understood as").last).to_contain_text("September 2026", timeout=PATIENCE_MS)
    expect(page.locator("table").last).to_contain_text("West")
    expect(page.locator("table").last).not_to_contain_text("North")
    page.locator("button:has(svg.lucide-thumbs-up)").last.click()
    expect(page.get_by_text("Thank you").first).to_be_visible(timeout=PATIENCE_MS)
    with audit_log(settings) as log:
        receipts = [item.receipt for item in log.latest(10)]
    assert {(item.user, item.role) for item in receipts} == {("wendy", "regional_manager")}
    assert {item.attributes.get("region") for item in receipts} == {"West"}
    assert [(item.user, item.helpful) for item in latest_feedback(settings)] == [("wendy", True)]
    page.context.close()


def test_who_is_not_known_stays_outside(browser: Browser, address: str) -> None:
    for name, password in (("wendy", "correct horse batterz"), ("nobody", PASSWORD), ("", "")):
        request = urllib.request.Request(
            f"{address}/login", data=f"username={name}&password={password}".replace(" ", "%20").encode(), method="POST"
        )
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(request, timeout=20)
        assert refused.value.code in (401, 422)
        assert not refused.value.headers.get("set-cookie")
    page = _enter(browser, address, "wendy", "a wrong password")
    expect(page.locator("input[type=password]").first).to_be_visible()
    expect(page.locator("#chat-input")).to_have_count(0)
    page.context.close()


def test_guessing_is_slowed_down(address: str, settings: Settings) -> None:
    def tried(password: str) -> int:
        body = f"username=eve&password={password}".replace(" ", "%20").encode()
        try:
            return int(urllib.request.urlopen(f"{address}/login", data=body, timeout=20).status)
        except urllib.error.HTTPError as error:
            return error.code

    assert [tried(f"wrong password {number}") for number in range(5)] == [401] * 5
    assert tried(PASSWORD) == 401  # even the right one, within the minute


def test_a_removed_account_asks_no_more(browser: Browser, address: str, settings: Settings) -> None:
    page = _enter(browser, address, "gone", PASSWORD)
    page.locator("#chat-input").wait_for()
    remove_user(settings, "gone")
    _ask(page, "GMV in September 2026")
    expect(page.get_by_text("sign in again").first).to_be_visible(timeout=PATIENCE_MS)
    with audit_log(settings) as log:
        assert "gone" not in {item.receipt.user for item in log.latest(100)}
    page.context.close()


def test_nothing_is_told_without_a_cookie(address: str) -> None:
    with urllib.request.urlopen(f"{address}/auth/config", timeout=20) as reply:
        assert json.load(reply)["requireLogin"] is True
    for path in ("/user", "/project/settings?language=en-US"):
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(address + path, timeout=20)
        assert refused.value.code == 401
