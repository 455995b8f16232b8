"""The folder Chainlit works in, outside the checkout: configuration, theme, words, and a page that loads nothing elsewhere."""

from __future__ import annotations

import json
import re
import shutil
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from agent.errors import StoreError

# The chat's files lie at the top of a checkout; an installed package has them in a folder of their own there.
TOP = Path(__file__).parent.parent
PACKAGED_FILES = TOP / "plumbline_chat_files"

# Chainlit's English words that are not ours, by their place in its translation file.
WORDS: dict[tuple[str, ...], str] = {
    ("chat", "input", "placeholder"): "Ask about the business",
    ("chat", "messages", "status", "using"): "",
    ("chat", "messages", "status", "used"): "",
    ("chat", "watermark"): "Figures come from governed metrics; the SQL stands under every answer.",
    ("navigation", "header", "readme"): "About",
    ("auth", "login", "title"): "Sign in",
    ("auth", "login", "form", "email", "label"): "Name",
    ("auth", "login", "form", "email", "placeholder"): "",
    ("auth", "login", "form", "email", "required"): "your name is needed",
    ("auth", "login", "form", "password", "required"): "your password is needed",
    ("auth", "login", "form", "actions", "signin"): "Sign in",
    (
        "auth",
        "login",
        "errors",
        "default",
    ): "That did not work: the name or the password is wrong, or there were too many tries.",
}
_FOREIGN_LINK = re.compile(r"<link\b[^>]*\bhref=\"https?://[^>]*>\s*", re.DOTALL)


def prepare_folder(folder: Path) -> Path:
    """Writes the folder anew and gives it back; StoreError where it cannot be written."""
    source = PACKAGED_FILES if PACKAGED_FILES.is_dir() else TOP
    try:
        for part in (".chainlit/config.toml", "chainlit.md"):
            (folder / part).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source / part, folder / part)
        shutil.copytree(source / "public", folder / "public", dirs_exist_ok=True)
        write_words(folder / ".chainlit" / "translations")
        write_page(folder / "build")
    except OSError as error:
        raise StoreError(
            f"cannot write the chat's files to {folder} ({error.strerror}); PLUMBLINE_HOME names another place"
        ) from None
    return folder


def chainlit_package() -> Path:
    """Where Chainlit is installed, found without importing it: it reads its folder while it is imported."""
    found = find_spec("chainlit")
    assert found is not None
    assert found.origin is not None
    return Path(found.origin).parent


def write_words(folder: Path) -> None:
    """Chainlit's English translation with our own words in it."""
    words: dict[str, Any] = json.loads((chainlit_package() / "translations" / "en-US.json").read_text("utf-8"))
    for place, text in WORDS.items():
        part = words
        for name in place[:-1]:
            part = part[name]
        part[place[-1]] = text
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "en-US.json").write_text(json.dumps(words, indent=2, ensure_ascii=False), "utf-8")


def write_page(folder: Path) -> None:
    """Chainlit's page without its links to fonts and styles on other hosts; its scripts stay where they are."""
    built = chainlit_package() / "frontend" / "dist"
    folder.mkdir(parents=True, exist_ok=True)
    page = (built / "index.html").read_text("utf-8")
    (folder / "index.html").write_text(_FOREIGN_LINK.sub("", page), "utf-8")
    assets = folder / "assets"
    if assets.is_symlink():
        assets.unlink()
    if not assets.exists():
        assets.symlink_to(built / "assets", target_is_directory=True)
