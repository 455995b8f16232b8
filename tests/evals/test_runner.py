"""Runs on a small real database with a scripted Asker; reports, baselines, bars."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import duckdb
import pytest

from catalog.errors import UsageError
from evals.asker import Asked
from evals.bars import MaximumWrong, missed_bars, parse_maximum_wrong, parse_minimum_accuracy
from evals.baseline import compare_runs, read_run, write_baseline
from evals.errors import GoldSqlError, ReportFileError
from evals.junit import junit_xml, write_junit
from evals.markdown import markdown_summary
from evals.report import SuiteReport, reports_json, write_reports_json
from evals.runner import run_suite
from evals.suite import Suite


def answer_of(rows: list[list[Any]]) -> dict[str, Any]:
    columns = [{"name": "channel", "role": "key"}, {"name": "revenue", "role": "measure"}]
    return {"status": "answer", "headline": "ok", "results": [{"columns": columns, "rows": rows}]}


@dataclass
class ScriptedAsker:
    """Gives the answer written for a question; an exception is raised."""

    database: Path
    script: dict[str, dict[str, Any] | Exception]
    catalog: str = "shop"
    planner: str = "embedded"
    asked: list[tuple[Any, ...]] = field(default_factory=list)

    def ask(
        self, question: str, *, history: tuple[str, ...], role: str | None, user: str | None, as_of: dt.date | None
    ) -> Asked:
        self.asked.append((question, history, role, user, as_of))
        reply = self.script[question]
        if isinstance(reply, Exception):
            raise reply
        return Asked(reply, float(10 * len(self.asked)))


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "shop.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("CREATE TABLE sales (channel VARCHAR, amount DECIMAL(12,2), sold DATE)")
        connection.execute("INSERT INTO sales VALUES ('web', 10.10, '2026-10-01'), ('store', 5, '2026-10-02')")
    return path


BY_CHANNEL = "SELECT channel, sum(amount) AS revenue FROM sales GROUP BY channel"

SUITE = Suite.model_validate(
    {
        "suite": "small",
        "as_of": dt.date(2026, 10, 31),
        "cases": [
            {"id": "right", "question": "q1", "gold_sql": BY_CHANNEL, "tags": ["breakdown"], "role": "executive"},
            {"id": "wrong", "question": "q2", "gold_sql": BY_CHANNEL, "tags": ["breakdown", "typo"], "history": ["q0"]},
            {"id": "missed", "question": "q3", "gold": {"rows": [["web", 10.1]]}, "as_of": dt.date(2026, 1, 1)},
            {"id": "bad_gold", "question": "q1", "gold_sql": "SELECT nothing FROM sales", "user": "ann"},
            {"id": "crash", "question": "q4", "gold_sql": BY_CHANNEL},
        ],
    }
)

RIGHT = answer_of([["store", 5.0], ["web", 10.1]])


def run(database: Path, **script: Any) -> SuiteReport:
    replies: dict[str, Any] = {
        "q1": RIGHT,
        "q2": answer_of([["store", 5.0], ["web", 11.0]]),
        "q3": {"status": "clarify", "clarification": {"question": "Which?"}},
        "q4": KeyError("boom"),
    }
    return run_suite(SUITE, ScriptedAsker(database, replies | script))


def test_verdicts_and_what_was_asked(database: Path) -> None:
    asker = ScriptedAsker(database, {"q1": RIGHT, "q2": RIGHT, "q3": RIGHT, "q4": RIGHT})
    seen: list[tuple[str, int, int]] = []
    run_suite(SUITE, asker, progress=lambda *line: seen.append(line))
    assert asker.asked[:3] == [
        ("q1", (), "executive", None, dt.date(2026, 10, 31)),
        ("q2", ("q0",), None, None, dt.date(2026, 10, 31)),
        ("q3", (), None, None, dt.date(2026, 1, 1)),
    ]
    assert asker.asked[3][3] == "ann"
    assert seen[0] == ("small", 0, 5)
    assert seen[-1] == ("small", 5, 5)
    report = run(database)
    assert {case.id: case.verdict for case in report.cases} == {
        "right": "right",
        "wrong": "wrong",
        "missed": "missed",
        "bad_gold": "error",
        "crash": "error",
    }
    why = {case.id: case.why for case in report.cases}
    assert why["wrong"] == "gold (channel, revenue) (web, 10.10); answer (channel, revenue) (web, 11)"
    assert "gold_sql did not run" in why["bad_gold"]
    assert "KeyError" in why["crash"]


def test_the_flag_wins_over_the_day_and_only_keeps_a_tag(database: Path) -> None:
    asker = ScriptedAsker(database, {"q2": RIGHT})
    report = run_suite(SUITE, asker, as_of=dt.date(2025, 5, 5), only="typo")
    assert [case.id for case in report.cases] == ["wrong"]
    assert asker.asked == [("q2", ("q0",), None, None, dt.date(2025, 5, 5))]


def test_json_of_one_run_has_the_contracts_shape(database: Path, tmp_path: Path) -> None:
    path = tmp_path / "out" / "run.json"
    write_reports_json(path, [run(database)])
    written = json.loads(path.read_text())
    assert {"suite", "catalog", "database", "summary", "cases"} <= set(written)
    assert written["database"] == str(database)
    first = written["cases"][0]
    assert {"id", "verdict", "why", "latency_ms", "answer", "gold"} <= set(first)
    assert first["answer"] == RIGHT
    assert sorted(first["gold"]["rows"]) == [["store", 5.0], ["web", 10.1]]
    summary = written["summary"]
    assert [summary[name] for name in ("cases", "right", "wrong", "missed", "error")] == [5, 1, 1, 1, 2]
    assert summary["accuracy"] == 0.2
    assert summary["latency_ms"] == {"p50": 20.0, "p95": 40.0}
    assert summary["by_tag"]["breakdown"]["wrong"] == 1


def test_several_runs_keep_the_shape(database: Path) -> None:
    other = SUITE.model_copy(update={"suite": "other"})
    second = run_suite(other, ScriptedAsker(database, dict.fromkeys(("q1", "q2", "q3", "q4"), RIGHT)))
    both = reports_json([run(database), second])
    assert both["suite"] == "small, other"
    assert both["summary"]["cases"] == 10
    assert [case["suite"] for case in both["cases"]] == ["small"] * 5 + ["other"] * 5
    assert [item["suite"] for item in both["suites"]] == ["small", "other"]


def test_junit_and_markdown(database: Path, tmp_path: Path) -> None:
    report = run(database, q2={**RIGHT, "status": "error", "error": "bell \x07 rang | <b>"})
    suite = ElementTree.fromstring(junit_xml([report])).find("testsuite")
    assert suite is not None
    assert (suite.get("tests"), suite.get("failures"), suite.get("errors")) == ("5", "1", "3")
    failure = suite.find("testcase[@name='missed']/failure")
    assert failure is not None
    assert failure.get("type") == "missed"
    write_junit(tmp_path / "junit.xml", [report])
    assert (tmp_path / "junit.xml").read_text().startswith("<?xml")
    comparison = compare_runs(reports_json([run(database)]), reports_json([report]))
    text = markdown_summary([report], comparison)
    assert "| small | embedded | 1 | 0 | 1 | 3 | 20.0% |" in text
    assert "0 worse, 1 better, 0 new, 0 gone." in text
    assert "rang \\| &lt;b>" in text
    assert "| breakdown | 1 | 0 | 0 | 1 |" in text


def test_baseline_case_by_case(database: Path, tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    write_baseline(path, [run(database)])
    earlier = read_run(path)
    assert earlier["summary"]["right"] == 1
    assert not compare_runs(earlier, reports_json([run(database)])).changes
    worse = run(database, q1=answer_of([["store", 6.0]]), q2=RIGHT)
    comparison = compare_runs(earlier, reports_json([worse]))
    assert [(change.id, change.before, change.after) for change in comparison.regressions] == [
        ("right", "right", "wrong")
    ]
    assert [change.id for change in comparison.improvements] == ["wrong"]
    assert missed_bars([worse], comparison=comparison, fail_on_regression=True) == (
        "small (embedded): right was right, is wrong",
    )
    fewer = reports_json([run_suite(SUITE, ScriptedAsker(database, {"q1": RIGHT}), only="right")])
    assert {change.id for change in compare_runs(earlier, fewer).gone} == {"wrong", "missed", "bad_gold", "crash"}
    assert [change.id for change in compare_runs(fewer, earlier).new] == ["wrong", "missed", "bad_gold", "crash"]
    other_suite = {**fewer, "cases": [{**fewer["cases"][0], "suite": "other"}]}
    assert not compare_runs(earlier, other_suite).gone


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("{", "is no JSON"),
        ("[]", "is no run"),
        ('{"suite": "a", "cases": [{"id": "b", "verdict": "fine"}]}', "is no run"),
    ],
)
def test_a_file_that_is_no_baseline(tmp_path: Path, content: str, expected: str) -> None:
    path = tmp_path / "baseline.json"
    path.write_text(content)
    with pytest.raises(ReportFileError, match=expected):
        read_run(path)


def test_bars(database: Path) -> None:
    report = run(database)
    assert missed_bars([report], minimum_accuracy=0.2, maximum_wrong=MaximumWrong(cases=1)) == ()
    assert missed_bars([report], minimum_accuracy=0.21) == ("small (embedded): 20.00% right, at least 21.00% wanted",)
    assert missed_bars([report], maximum_wrong=MaximumWrong(cases=0)) == (
        "small (embedded): 1 wrong, at most 0 allowed",
    )
    assert missed_bars([report], maximum_wrong=MaximumWrong(fraction=0.1)) == (
        "small (embedded): 20.00% wrong, at most 10.00% allowed",
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [("0", MaximumWrong(cases=0)), ("3", MaximumWrong(cases=3)), ("0.005", MaximumWrong(fraction=0.005))],
)
def test_maximum_wrong(text: str, expected: MaximumWrong) -> None:
    assert parse_maximum_wrong(text) == expected


@pytest.mark.parametrize("text", ["-1", "few", "1.5", "200%", ""])
def test_what_is_no_maximum(text: str) -> None:
    with pytest.raises(UsageError, match="--max-wrong"):
        parse_maximum_wrong(text)


def test_minimum_accuracy() -> None:
    assert parse_minimum_accuracy("0.97") == parse_minimum_accuracy("97%") == 0.97
    for text in ("97", "-0.1", "most"):
        with pytest.raises(UsageError, match="--min-accuracy"):
            parse_minimum_accuracy(text)


def test_gold_reads_only(database: Path, tmp_path: Path) -> None:
    target = tmp_path / "leak.csv"
    statements = ["DELETE FROM sales", f"COPY sales TO '{target}'", f"SELECT * FROM read_csv('{database}')"]
    suite = Suite.model_validate(
        {
            "suite": "unsafe",
            "cases": [{"id": f"c{n}", "question": "q1", "gold_sql": sql} for n, sql in enumerate(statements)],
        }
    )
    report = run_suite(suite, ScriptedAsker(database, {"q1": RIGHT}))
    assert [case.verdict for case in report.cases] == ["error"] * 3
    assert not target.exists()


def test_a_missing_or_damaged_database(tmp_path: Path) -> None:
    with pytest.raises(GoldSqlError, match="no database at"):
        run(tmp_path / "none.duckdb")
    damaged = tmp_path / "damaged.duckdb"
    damaged.write_text("not a database")
    with pytest.raises(GoldSqlError, match="cannot be opened as a DuckDB file"):
        run(damaged)
