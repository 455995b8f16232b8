"""Prompts, each a Markdown file with a version in its front matter; the version goes into the receipt."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FRONT_MATTER = re.compile(r"\A---\n(?P<head>.*?)\n---\n(?P<text>.*)\Z", re.DOTALL)


@dataclass(frozen=True)
class Prompt:
    """A prompt: `version` is "<agent>/<number>"."""

    agent: str
    version: str
    text: str


@cache
def load_prompt(name: str) -> Prompt:
    """The prompt of a file beside this one."""
    raw = Path(__file__).with_name(f"{name}.md").read_text(encoding="utf-8")
    match = _FRONT_MATTER.match(raw)
    assert match is not None, f"{name}.md has no front matter"
    head = dict(line.split(": ", 1) for line in match["head"].splitlines())
    return Prompt(head["agent"], f"{head['agent']}/{head['version']}", match["text"].strip())
