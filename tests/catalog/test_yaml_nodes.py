"""YAML is read safely, with places, and its scalars by YAML 1.2's core."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from catalog.yaml_nodes import plain, read_yaml

FILE = Path("business.yaml")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: no", "no"),
        ("a: yes", "yes"),
        ("a: on", "on"),
        ("a: true", True),
        ("a: 2026-10-31", "2026-10-31"),
        ("a: 007", "007"),
        ("a: 12", 12),
        ("a: -0.5", -0.5),
        ("a: 1e3", 1000.0),
        ("a: 18_000_000", 18_000_000),
        ("a: 1_2", "1_2"),
        ("a: '5'", "5"),
        ("a: !!str 5", "5"),
        ("a: ~", None),
        ("a:", None),
        ("a: |\n  two\n  lines\n", "two\nlines\n"),
        ("b: &x [1]\na: *x", [1]),
    ],
)
def test_scalars(text: str, value: Any) -> None:
    node, issues = read_yaml(text, FILE)
    assert not issues
    assert node is not None
    assert plain(node)["a"] == value


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("a: 1\nb: 2\na: 3", 3, "'a' stands twice in one mapping, first at business.yaml:1"),
        ("a: [", 2, "not valid YAML"),
        ("a:\n\t- b", 2, "a tab stands in the indentation"),
        ("a: !!python/object:os.system x", 1, "is not supported; write plain values"),
        ("a: !custom x", 1, "the tag !custom is not supported"),
        ("a: !!int seven", 1, "'seven' is not of the type !!int"),
        ("a: 1\n---\nb: 2", 2, "a file holds one document"),
        ("a: &x [*x]", 1, "*x stands for nothing that is complete"),
        ("a: *nowhere", 1, "anchors so far: none"),
        ("<<: {a: 1}", 1, "merge keys (<<) are not supported"),
        ("{[1]: 2}", 1, "a key must be text"),
        ("a: \x01", 1, "not valid YAML"),
        ("[" * 200 + "]" * 200, 1, "nested deeper than 40 levels"),
        ("- " * 100_000, 1, "nested deeper than 40 levels"),
    ],
)
def test_faults_have_places(text: str, line: int, words: str) -> None:
    _, issues = read_yaml(text, FILE)
    assert [issue.location.line for issue in issues if issue.location] == [line]
    assert words in issues[0].message


def test_aliases_that_multiply_are_stopped() -> None:
    layers = ["a0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]"]
    layers += [f"a{depth}: &a{depth} [{', '.join([f'*a{depth - 1}'] * 10)}]" for depth in range(1, 12)]
    node, issues = read_yaml("\n".join(layers), FILE)
    assert node is None
    assert "200,000 values once aliases are written out" in issues[0].message


def test_a_path_leads_to_its_place() -> None:
    node, _ = read_yaml("metrics:\n  gmv:\n    unit: USD\n  list:\n    - a\n    - b\n", FILE)
    assert node is not None
    assert node.at(("metrics", "gmv", "unit")).line == 3
    assert node.at(("metrics", "list", 1)).line == 6
    assert node.at(("metrics", "gmv", "nothing")).line == 2
