"""`plumbline eval`: what it prints, what it refuses, its exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from evals.commands import BUILT_IN_SUITES, app
from evals.suite_schema import suite_schema_json

COMMAND = CliRunner()

SUITE = "suite: small\ncases:\n- {id: a, question: Revenue?, gold: {rows: [[1]]}}\n"


def written(path: Path, text: str) -> str:
    path.write_text(text)
    return str(path)


def test_schema_prints_the_suite_format() -> None:
    result = COMMAND.invoke(app, ["schema"])
    assert (result.exit_code, result.stdout) == (0, suite_schema_json())


def test_list_names_shipped_suites_and_the_cases_of_a_suite(tmp_path: Path) -> None:
    shipped = COMMAND.invoke(app, ["list"])
    assert shipped.exit_code == 0
    assert {line.split()[0] for line in shipped.stdout.splitlines()} == {
        path.stem for path in BUILT_IN_SUITES.glob("*.yaml")
    }
    one = COMMAND.invoke(app, ["list", written(tmp_path / "small.yaml", SUITE)])
    assert one.stdout == "small  a  answer  Revenue?\n"


BAD_CALLS: list[tuple[list[str], str]] = [
    (
        ["run", "no_such_suite"],
        "no suite file no_such_suite; shipped suites: amalimart_desks, amalimart_marketplace, novamart_boarders, novamart_callers",
    ),
    (["run", "{suite}", "--min-accuracy", "97"], "--min-accuracy '97': give a fraction"),
    (["run", "{suite}", "--max-wrong", "few"], "--max-wrong 'few': give a number of cases"),
    (["run", "{suite}", "--as-of", "today"], "--as-of 'today': give a day"),
    (["run", "{suite}", "--fail-on-regression"], "--fail-on-regression needs --baseline"),
    (["run", "{suite}", "--baseline", "{suite}"], "is no JSON"),
    (["run", "{suite}", "{suite}"], "are both suite 'small'"),
    (["run", "{broken}"], "broken.yaml:1: the key 'cases' is missing"),
    (["run", "{suite}", "--planner", "model"], "--planner model needs a model"),
    (["compare", "{suite}", "{suite}"], "is no JSON"),
]


@pytest.mark.parametrize(("arguments", "message"), BAD_CALLS, ids=[" ".join(line[0]) for line in BAD_CALLS])
def test_a_bad_call_says_what_is_valid_and_exits_2(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], message: str
) -> None:
    monkeypatch.setenv("PLUMBLINE_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("PLUMBLINE_MODEL", raising=False)
    paths = {
        "suite": written(tmp_path / "small.yaml", SUITE),
        "broken": written(tmp_path / "broken.yaml", "suite: broken\n"),
    }
    result = COMMAND.invoke(app, [argument.format(**paths) for argument in arguments])
    assert result.exit_code == 2, result.output
    assert message in result.output
    assert "Traceback" not in result.output


def test_compare_exits_1_on_a_regression_when_asked(tmp_path: Path) -> None:
    def run_with(verdict: str) -> str:
        run = {"suite": "small", "cases": [{"id": "a", "verdict": verdict, "why": "another figure"}]}
        return written(tmp_path / f"{verdict}.json", json.dumps(run))

    right, wrong = run_with("right"), run_with("wrong")
    lenient = COMMAND.invoke(app, ["compare", right, wrong])
    assert lenient.exit_code == 0
    assert "1 worse, 0 better" in lenient.stdout
    assert "small (embedded) a: right -> wrong  another figure" in lenient.stdout
    assert COMMAND.invoke(app, ["compare", right, wrong, "--fail-on-regression"]).exit_code == 1
    assert COMMAND.invoke(app, ["compare", wrong, right, "--fail-on-regression"]).exit_code == 0
