"""Text from data, made fit to show: no control or hidden characters, no markup that a screen would act on."""

from __future__ import annotations

import datetime as dt
import html
import re
import unicodedata
from typing import Any

_MAXIMUM_NAME_LENGTH = 80
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+!|~$^=-])")
_LINK_SCHEME = re.compile(r"(?i)\b(https?|ftp|file|data|javascript|vbscript|mailto|tel):|\bwww\.|@")


def plain_text(text: str, *, keep_newlines: bool = False) -> str:
    """Text without characters that act on a screen: controls, escapes, bidi overrides and zero-width ones.

    Controls become visible escapes (`\\x1b`), so that nothing is lost in silence; hidden format characters vanish.
    """
    if text.isascii() and text.isprintable():
        return text
    shown: list[str] = []
    for letter in text:
        category = unicodedata.category(letter)
        if letter == "\n" and keep_newlines:
            shown.append(letter)
        elif letter in "\n\r\t\u2028\u2029":
            shown.append(" ")
        elif category == "Cc":
            shown.append(f"\\x{ord(letter):02x}")
        elif category in ("Cs", "Co", "Cn") or letter == "\ufffc":
            shown.append("\ufffd")
        elif category == "Cf":
            continue
        else:
            shown.append(letter)
    return "".join(shown)


def shown_name(value: Any) -> str:
    """A cell's text for a sentence, label or axis: one line, at most 80 characters, "(none)" for null."""
    if value is None:
        return "(none)"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dt.datetime):
        return value.isoformat(sep=" ", timespec="minutes") if value.time() != dt.time() else value.date().isoformat()
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    text = " ".join(plain_text(str(value)).split())
    if not text:
        return "(empty)"
    return text if len(text) <= _MAXIMUM_NAME_LENGTH else text[: _MAXIMUM_NAME_LENGTH - 1] + "…"


def escape_markdown(text: str) -> str:
    """Text that Markdown shows letter by letter: no link, image, emphasis, heading, mathematics or HTML comes of it."""
    shown = _MARKDOWN.sub(r"\\\1", plain_text(text, keep_newlines=True).replace("&", "&amp;"))
    shown = shown.replace("<", "&lt;").replace(">", "&gt;")
    # A bare address becomes a link in many renderers; an entity in its middle prevents it and reads the same.
    return _LINK_SCHEME.sub(lambda found: found[0][:-1] + f"&#{ord(found[0][-1])};", shown)


def escape_html(text: str) -> str:
    """Text for a place that reads a little HTML (a chart's labels)."""
    return html.escape(plain_text(text), quote=False)
