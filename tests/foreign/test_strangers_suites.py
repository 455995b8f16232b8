"""Suites of businesses the planner was not built on: as many right answers as before, and no more wrong ones.

The bars are what is reached today (`evals/suites/STRANGERS.md` logs the first runs). Raise them when more is reached.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import NamedTuple

import pytest

from evals.runner import run_suite
from evals.service_asker import open_service_asker
from evals.suite_loader import load_suite
from tests.foreign.test_foreign_businesses import make_database

HERE = Path(__file__).parent


class Bar(NamedTuple):
    right_at_least: int
    wrong_at_most: int


BARS = {
    "energy": Bar(44, 5),
    "marketplace": Bar(62, 6),
    "subscriptions": Bar(45, 6),
}


@pytest.mark.parametrize("name", BARS)
def test_no_fewer_right_and_no_more_wrong(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    business = HERE / name
    home = tmp_path / "home"
    home.mkdir()
    if (business / "users.yaml").exists():
        shutil.copy(business / "users.yaml", home / "users.yaml")
    monkeypatch.setenv("PLUMBLINE_HOME", str(home))
    database = make_database(business, tmp_path / "business.duckdb")
    with open_service_asker(str(business / "catalog"), database, "embedded") as asker:
        report = run_suite(load_suite(business / "suite.yaml"), asker)
    verdicts = {case.id: case.verdict for case in report.cases}
    failing = {case_id: verdict for case_id, verdict in verdicts.items() if verdict != "right"}
    counts = {word: list(verdicts.values()).count(word) for word in ("right", "wrong", "error")}
    assert counts["error"] == 0, failing
    assert counts["right"] >= BARS[name].right_at_least, failing
    assert counts["wrong"] <= BARS[name].wrong_at_most, failing
