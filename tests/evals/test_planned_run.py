"""Runs with a model, several times over, and from a recorded file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import duckdb
import pytest
from typer.testing import CliRunner

from evals.commands import app
from evals.repeats import repeats_of
from evals.report import CaseReport
from tests.agent.endpoint.replies import in_turn, says
from tests.agent.endpoint.server import ScriptedEndpoint

HOSPITAL = Path(__file__).parents[1] / "foreign" / "hospital"
RIGHT: dict[str, Any] = {
    "kind": "figures",
    "metrics": ["admissions"],
    "group_by": ["departments.department_name"],
    "period": "2024",
}
SUITE = """
suite: few
catalog: {catalog}
cases:
- id: by_department
  question: Admissions by department in 2024
  gold_sql: SELECT d.department_name, COUNT(*) FROM stays s JOIN departments d USING (department_id)
    WHERE s.admitted_at >= DATE '2024-01-01' AND s.admitted_at < DATE '2025-01-01' GROUP BY 1
  tags: [split]
- id: out_of_domain
  question: What is the share price of Tesla?
  behaviour: clarify
  tags: [outside]
"""


@pytest.fixture
def suite(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The arguments that run a suite of two cases on the hospital."""
    monkeypatch.setenv("PLUMBLINE_HOME", str(tmp_path / "home"))
    with duckdb.connect(str(tmp_path / "hospital.duckdb")) as connection:
        connection.execute((HOSPITAL / "database.sql").read_text())
    file = tmp_path / "few.yaml"
    file.write_text(SUITE.format(catalog=HOSPITAL / "catalog"), encoding="utf-8")
    return ["run", str(file), "--database", str(tmp_path / "hospital.duckdb")]


def _run(*arguments: str) -> str:
    result = CliRunner().invoke(app, list(arguments))
    assert result.exit_code == 0, result.output
    return result.output


def test_both_planners_repeated_recorded_and_judged_again(
    suite: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ScriptedEndpoint() as endpoint:
        for name, value in {
            "PLUMBLINE_MODEL": "scripted",
            "PLUMBLINE_MODEL_BASE_URL": endpoint.base_url,
            "PLUMBLINE_MODEL_INPUT_PRICE": "1",
            "PLUMBLINE_MODEL_OUTPUT_PRICE": "1",
        }.items():
            monkeypatch.setenv(name, value)
        # The model reads the first question right, then otherwise; it finds the second outside of the data.
        other = says(RIGHT | {"metrics": ["discharges"]})
        endpoint.follow(in_turn(says(RIGHT), says({"kind": "outside"}), other, says({"kind": "outside"})))
        record, report = tmp_path / "run.jsonl", tmp_path / "run.json"
        said = _run(*suite, "--planner", "both", "--repeat", "2", "--record", str(record), "--json", str(report))
    assert "2 runs: pass@1 75.0%" in said
    assert "tokens in" in said
    whole = json.loads(report.read_text())
    by_planner = {item["planner"]: item["summary"] for item in whole["suites"]}
    assert by_planner["embedded"]["repeats"]["unstable"] == []
    assert by_planner["model"]["repeats"]["unstable"] == ["by_department"]
    assert by_planner["model"]["model"]["requests_a_question"] == 1.0
    assert by_planner["model"]["model"]["cost_a_question"] == pytest.approx(120 / 1_000_000)
    lines = record.read_text().splitlines()
    assert len(lines) == 1 + 2 * 2 * 2
    monkeypatch.delenv("PLUMBLINE_MODEL")
    again = tmp_path / "again.json"
    _run(*suite, "--from-recorded", str(record), "--json", str(again))
    judged = json.loads(again.read_text())
    assert [case["verdict"] for case in judged["cases"]] == [case["verdict"] for case in whole["cases"]]
    compared = _run("compare", str(report), str(again))
    assert "0 worse, 0 better, 0 new, 0 gone" in compared


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--planner", "model"], "holds 1 run(s) of embedded, not 1 of model"),
        (["--repeat", "3"], "not 3 of embedded"),
    ],
)
def test_a_recorded_run_gives_what_it_holds(
    suite: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], message: str
) -> None:
    monkeypatch.delenv("PLUMBLINE_MODEL", raising=False)
    record = tmp_path / "run.jsonl"
    _run(*suite, "--record", str(record))
    result = CliRunner().invoke(app, [*suite, "--from-recorded", str(record), *arguments])
    assert result.exit_code == 2
    assert message in result.output


def test_a_file_that_is_no_recorded_run(suite: list[str], tmp_path: Path) -> None:
    file = tmp_path / "other.jsonl"
    file.write_text('{"something": "else"}\n', encoding="utf-8")
    result = CliRunner().invoke(app, [*suite, "--from-recorded", str(file)])
    assert result.exit_code != 0
    assert "--record" in result.output


def test_pass_at_1_is_the_mean_over_runs() -> None:
    def case(name: str, verdict: Any) -> CaseReport:
        return CaseReport("s", name, "?", (), verdict, "", 1.0)

    runs = [[case("a", "right"), case("b", "right")], [case("a", "right"), case("b", "wrong")]]
    found = repeats_of(runs)
    assert (found.pass_at_1, found.unstable) == (0.75, ("b",))
    assert found.variance == pytest.approx(0.0625)
