"""What is written as YAML is read as it was."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.drafting.layout import flow
from catalog.yaml_nodes import plain, read_yaml

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


def read(text: str) -> Any:
    root, issues = read_yaml(text, Path("x.yaml"))
    assert not issues
    assert root is not None
    return plain(root)


@given(TEXT, TEXT)
def test_text_comes_back(one: str, other: str) -> None:
    written = {"one": one, "list": [other, one]}
    assert read(f"entry: {flow(written)} # remark\n") == {"entry": written}


@pytest.mark.parametrize(
    "text",
    ["no", "null", "true", "True", "1e3", "12", "a: b", "# c", "- d", "{e}", "", " f", "g ", "'h'", '"', "*", "i, j", "k\nl",
     "1:30", "~", "=", "<<", "\\", "\x85", "\ufeff"],
)  # fmt: skip
def test_words_that_yaml_would_read_otherwise(text: str) -> None:
    assert read(f"inside: {flow({'one': text})}\nalone: {flow(text)}\n") == {"inside": {"one": text}, "alone": text}
