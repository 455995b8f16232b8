"""The folder Chainlit works in: its page names no other host, and the words and switches are ours."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest

from agent.errors import StoreError
from ui.chat_folder import prepare_folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return prepare_folder(tmp_path_factory.mktemp("home") / "chat")


def test_the_page_names_no_other_host(folder: Path) -> None:
    page = (folder / "build" / "index.html").read_text("utf-8")
    assert not re.findall(r"https?://", page)
    assert 'src="/assets/' in page
    script = re.findall(r'src="/(assets/[^"]+)"', page)[0]
    assert (folder / "build" / script).is_file()
    assert json.loads((folder / "public" / "theme.json").read_text("utf-8"))["custom_fonts"] == []


def test_chainlits_own_words_are_replaced(folder: Path) -> None:
    words = json.loads((folder / ".chainlit" / "translations" / "en-US.json").read_text("utf-8"))
    assert words["chat"]["input"]["placeholder"] == "Ask about the business"
    assert "LLM" not in words["chat"]["watermark"]


def test_what_could_reach_out_is_off(folder: Path) -> None:
    config = tomllib.loads((folder / ".chainlit" / "config.toml").read_text("utf-8"))
    features = config["features"]
    assert not features["unsafe_allow_html"]
    assert not features["mcp"]["enabled"]
    assert not features["mcp"]["user_servers"]["enabled"]
    assert not features["spontaneous_file_upload"]["enabled"]
    assert "*" not in config["project"]["allow_origins"]


def test_preparing_twice_is_the_same(folder: Path) -> None:
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file() and "assets" not in path.parts}
    prepare_folder(folder)
    after = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file() and "assets" not in path.parts}
    assert before == after


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "chat").write_text("a file stands where the folder should be")
    with pytest.raises(StoreError, match=r"chat.*PLUMBLINE_HOME"):
        prepare_folder(tmp_path / "chat")
