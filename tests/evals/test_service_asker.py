"""A run through the real service: the hospital's follow-ups, asked in threads of their own."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from evals.commands import app

HOSPITAL = Path(__file__).parents[1] / "foreign" / "hospital"


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PLUMBLINE_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("PLUMBLINE_MODEL", raising=False)
    path = tmp_path / "hospital.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute((HOSPITAL / "database.sql").read_text())
    return path


def test_a_run_asks_follow_ups_in_their_threads_and_writes_every_report(database: Path, tmp_path: Path) -> None:
    reports = {name: tmp_path / name for name in ("run.json", "junit.xml", "summary.md", "baseline.json")}
    arguments = ["run", str(HOSPITAL / "suite.yaml"), "--database", str(database), "--only", "follow_up"]
    outputs = [f"--json={reports['run.json']}", f"--junit={reports['junit.xml']}"]
    outputs += [f"--markdown={reports['summary.md']}", f"--write-baseline={reports['baseline.json']}"]
    bars = ["--min-accuracy", "100%", "--max-wrong", "0"]
    result = CliRunner().invoke(app, [*arguments, *outputs, *bars])
    assert result.exit_code == 0, result.output
    run = json.loads(reports["run.json"].read_text())
    assert run["suite"] == "hospital"
    assert run["database"] == str(database)
    assert run["catalog"] == str(HOSPITAL / "catalog")
    assert {case["id"]: case["verdict"] for case in run["cases"]} == {
        "fu_by_building": "right",
        "fu_only_emergency": "right",
    }
    assert all(case["latency_ms"] > 0 and case["answer"]["results"] and case["gold"]["rows"] for case in run["cases"])
    assert all(path.stat().st_size > 0 for path in reports.values())
    again = CliRunner().invoke(
        app, [*arguments, "--baseline", str(reports["baseline.json"]), "--fail-on-regression", "--min-accuracy", "0.5"]
    )
    assert again.exit_code == 0
    assert "0 worse, 0 better, 0 new, 0 gone" in again.stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--catalog", "no_such_catalog"], "no_such_catalog"),
        (["--only", "no_such_tag"], "no case has that id or tag"),
        (["--database", "none.duckdb"], "none.duckdb"),
    ],
)
def test_what_the_service_cannot_open_exits_2(database: Path, arguments: list[str], message: str) -> None:
    result = CliRunner().invoke(app, ["run", str(HOSPITAL / "suite.yaml"), "--database", str(database), *arguments])
    assert result.exit_code == 2, result.output
    assert message in result.output
