"""Text in a terminal: cut, padded and wrapped by the cells it takes on the screen; colours where they are wanted."""

from __future__ import annotations

import re
from dataclasses import dataclass

from agent.tools.present.display_text import plain_text

_CODE_BY_STYLE = {
    "bold": "1",
    "dim": "2",
    "first": "36",  # cyan
    "second": "33",
    "third": "35",
    "warning": "33",
    "error": "31",
}
_WORD = re.compile(r"\S+")


@dataclass(frozen=True)
class Ink:
    """Colours text, or leaves it as it is."""

    colour: bool

    def __call__(self, text: str, *styles: str) -> str:
        if not self.colour or not styles or not text:
            return text
        return f"\x1b[{';'.join(_CODE_BY_STYLE[style] for style in styles)}m{text}\x1b[0m"


def cells(text: str) -> int:
    """How many columns of the screen a text takes (wide characters take two)."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def cut(text: str, width: int) -> str:
    """A text in at most `width` columns, ended by an ellipsis where it was longer."""
    if cells(text) <= width:
        return text
    kept = ""
    for letter in text:
        if cells(kept + letter) > max(width - 1, 0):
            break
        kept += letter
    return f"{kept}…" if width > 0 else ""


def padded(text: str, width: int, *, right: bool = False) -> str:
    """A text in exactly `width` columns."""
    shown = cut(text, width)
    gap = " " * (width - cells(shown))
    return f"{gap}{shown}" if right else f"{shown}{gap}"


def wrapped(text: str, width: int, first: str = "", rest: str = "") -> list[str]:
    """Lines of at most `width` columns; `first` opens the first line, `rest` the others."""
    lines: list[str] = []
    line, is_empty = first, True
    for word in _WORD.findall(plain_text(text)):
        if not is_empty and cells(line) + 1 + cells(word) > width:
            lines.append(line)
            line, is_empty = rest, True
        while is_empty and cells(line) + cells(word) > width:
            piece = _piece(word, width - cells(line))
            lines.append(line + piece)
            line, word = rest, word[len(piece) :]
        line = f"{line}{word}" if is_empty else f"{line} {word}"
        is_empty = False
    return [*lines, line] if not is_empty else lines


def _piece(word: str, room: int) -> str:
    """As many letters of a word as fit, and at least one."""
    piece = word[:1]
    for letter in word[1:]:
        if cells(piece + letter) > room:
            break
        piece += letter
    return piece
