"""Suite files: what they hold, and errors with file and line."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path

import pytest

from evals.commands import BUILT_IN_SUITES
from evals.errors import SuiteError
from evals.suite_loader import load_suite
from evals.suite_schema import SCHEMA_FILE, suite_schema_json

GOOD = """\
suite: small
catalog: shop
as_of: 2026-10-31
cases:
- id: by_channel
  question: Split revenue by channel
  history: ["What was revenue?"]
  role: executive
  user: ann
  gold_sql: SELECT 1
  ordered: true
  accept_more_rows: true
  tags: [breakdown]
- id: ask_back
  question: EBITDA?
  behaviour: clarify
  accept_answer: true
- id: given
  question: Revenue?
  gold: {rows: [[web, 1.5], [store, null]]}
- id: bare
  question: Channels?
  gold: {rows: [web, store]}
- id: by_path
  question: Forecast?
  gold: {paths: [{path: "results[0].rows[0][1]", equals: 12, tolerance: 0.1}]}
"""


def test_a_good_suite(tmp_path: Path) -> None:
    path = tmp_path / "small.yaml"
    path.write_text(GOOD)
    suite = load_suite(path)
    assert (suite.suite, suite.catalog, suite.as_of) == ("small", "shop", dt.date(2026, 10, 31))
    first, ask_back, given, bare, by_path = suite.cases
    assert first.history == ("What was revenue?",)
    assert first.ordered
    assert ask_back.behaviour == "clarify"
    assert given.gold is not None
    assert given.gold.rows == (("web", 1.5), ("store", None))
    assert bare.gold is not None
    assert bare.gold.rows == (("web",), ("store",))
    assert by_path.gold is not None
    assert by_path.gold.paths[0].tolerance == 0.1


BAD: dict[str, tuple[str, str, str]] = {
    "unknown key": (
        "  ordered: true\n",
        "  orderd: true\n",
        ":11: case by_channel: unknown key 'orderd'; valid here: id, ",
    ),
    "unknown suite key": (
        "suite: small\n",
        "suite: small\ncatalogue: x\n",
        ":2: unknown key 'catalogue'; valid here: suite",
    ),
    "unknown behaviour": (
        "behaviour: clarify",
        "behaviour: ask",
        ":16: case ask_back: behaviour: Input should be 'answer'",
    ),
    "missing question": ("  question: Revenue?\n", "", ":18: case given: the key 'question' is missing"),
    "id twice": ("id: bare", "id: given", ":21: case given: the id stands already at line 18"),
    "key twice": (
        "  role: executive\n",
        "  role: executive\n  role: analyst\n",
        ":9: 'role' stands twice in one mapping",
    ),
    "both golds": (
        "  gold: {rows: [web, store]}",
        "  gold_sql: SELECT 1\n  gold: {rows: [web, store]}",
        ":21: case bare: give gold_sql or gold rows, not both",
    ),
    "gold where none is due": (
        "  accept_answer: true\n",
        "  gold_sql: SELECT 1\n",
        ":14: case ask_back: a case that wants clarify",
    ),
    "ragged rows": (
        "[[web, 1.5], [store, null]]",
        "[[web, 1.5], [store]]",
        ":20: case given: gold: gold rows and columns",
    ),
    "tolerance without a number": ("equals: 12, ", "equals: x, ", ":26: case by_path: tolerance and within need"),
    "unknown path key": (
        "tolerance: 0.1",
        "tolerence: 0.1",
        ":26: case by_path: unknown key 'tolerence'; valid here: path, ",
    ),
    "no date": ("as_of: 2026-10-31", "as_of: someday", ":3: as_of: Input should be a valid date"),
    "no YAML": ('history: ["What was revenue?"]', "history: [What was", ":8: not valid YAML: "),
    "cases are no list": ("cases:\n", "cases: 3\nother:\n", ":4: cases: Input should be a valid tuple"),
}


@pytest.mark.parametrize("name", BAD)
def test_errors_name_file_and_line(tmp_path: Path, name: str) -> None:
    old, new, expected = BAD[name]
    assert GOOD.count(old) == 1
    path = tmp_path / "small.yaml"
    path.write_text(GOOD.replace(old, new))
    with pytest.raises(SuiteError) as caught:
        load_suite(path)
    assert f"{path}{expected}" in str(caught.value)
    assert caught.value.exit_code == 2


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", ":1: the file is empty; it needs suite and cases"),
        (b"\xff\xfe\x00", "cannot be read: it is not UTF-8"),
        (b"- 1\n", ":1: Input should be"),
    ],
)
def test_files_that_are_no_suite(tmp_path: Path, content: bytes, expected: str) -> None:
    path = tmp_path / "small.yaml"
    path.write_bytes(content)
    with pytest.raises(SuiteError, match=r"small\.yaml") as caught:
        load_suite(path)
    assert expected in str(caught.value)


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(SuiteError, match=r"none\.yaml: cannot be read: No such file"):
        load_suite(tmp_path / "none.yaml")


def test_the_committed_schema_is_current() -> None:
    assert SCHEMA_FILE.read_text() == suite_schema_json(), "run: plumbline eval schema > evals/suite.schema.json"


@pytest.mark.parametrize("path", sorted(BUILT_IN_SUITES.glob("*.yaml")), ids=lambda path: path.stem)
def test_shipped_suites_load(path: Path) -> None:
    assert load_suite(path).cases


def test_the_held_out_suite_is_the_one_whose_hash_is_committed() -> None:
    digest = hashlib.sha256((BUILT_IN_SUITES / "novamart_heldout.yaml").read_bytes()).hexdigest()
    assert f"sha256: `{digest}`" in (BUILT_IN_SUITES / "HELDOUT.md").read_text()
