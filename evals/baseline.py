"""A run against an earlier one, case by case."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals.errors import ReportFileError
from evals.report import VERDICTS, SuiteReport, reports_json, write_text
from evals.verdict import VerdictName

# From worst to best: a wrong figure is worse than a failure, and that worse than asking back.
RANK: dict[VerdictName, int] = {"wrong": 0, "error": 1, "missed": 2, "right": 3}

CaseKey = tuple[str, str, str]  # suite, planner, case id


@dataclass(frozen=True)
class CaseChange:
    """A case whose verdict is another than before; None where a run does not hold it."""

    suite: str
    planner: str
    id: str
    before: VerdictName | None
    after: VerdictName | None
    why: str = ""

    @property
    def is_regression(self) -> bool:
        return self.before is not None and self.after is not None and RANK[self.after] < RANK[self.before]

    @property
    def is_improvement(self) -> bool:
        return self.before is not None and self.after is not None and RANK[self.after] > RANK[self.before]


@dataclass(frozen=True)
class BaselineComparison:
    """Every change from the baseline to a run, in the run's order, then what the run no longer holds."""

    changes: tuple[CaseChange, ...]

    @property
    def regressions(self) -> tuple[CaseChange, ...]:
        return tuple(change for change in self.changes if change.is_regression)

    @property
    def improvements(self) -> tuple[CaseChange, ...]:
        return tuple(change for change in self.changes if change.is_improvement)

    @property
    def new(self) -> tuple[CaseChange, ...]:
        return tuple(change for change in self.changes if change.before is None)

    @property
    def gone(self) -> tuple[CaseChange, ...]:
        return tuple(change for change in self.changes if change.after is None)


def compare_runs(before: dict[str, Any], after: dict[str, Any]) -> BaselineComparison:
    """The changes between two runs' JSON. Only suites and planners that `after` ran are compared."""
    old, new = _verdicts(before), _verdicts(after)
    ran = {(suite, planner) for suite, planner, _ in new}
    changes = [
        CaseChange(*key, old[key][0] if key in old else None, verdict, why)
        for key, (verdict, why) in new.items()
        if key not in old or old[key][0] != verdict
    ]
    changes += [
        CaseChange(*key, verdict, None) for key, (verdict, _) in old.items() if key not in new and key[:2] in ran
    ]
    return BaselineComparison(tuple(changes))


def read_run(path: Path) -> dict[str, Any]:
    """A run's JSON or a baseline; ReportFileError where the file is neither."""
    try:
        run = json.loads(path.read_text(encoding="utf-8"))
        _verdicts(run)
    except OSError as error:
        raise ReportFileError(path, f"cannot be read: {error.strerror or error}") from error
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise ReportFileError(path, f"is no JSON: {error}") from error
    except (KeyError, TypeError, AttributeError) as error:
        raise ReportFileError(
            path,
            "is no run of `plumbline eval run --json` or --write-baseline: it needs suite and cases with id and verdict",
        ) from error
    return run  # type: ignore[no-any-return]


def write_baseline(path: Path, reports: Sequence[SuiteReport]) -> None:
    """Writes the verdicts alone, one case a line: small enough to commit, and its diff reads well."""
    run = reports_json(reports)
    header = {key: run[key] for key in ("suite", "catalog", "planner")}
    summary = {name: run["summary"][name] for name in ("cases", *VERDICTS, "accuracy")}
    lines = [
        json.dumps(
            {"suite": case["suite"], "planner": case.get("planner", run["planner"]), "id": case["id"]}
            | {"verdict": case["verdict"]},
            ensure_ascii=False,
        )
        for case in run["cases"]
    ]
    text = json.dumps({**header, "summary": summary}, indent=1, ensure_ascii=False)[:-2]
    write_text(path, text + ',\n "cases": [\n  ' + ",\n  ".join(lines) + "\n ]\n}\n")


def _verdicts(run: dict[str, Any]) -> dict[CaseKey, tuple[VerdictName, str]]:
    planner = run.get("planner", "embedded")
    verdicts: dict[CaseKey, tuple[VerdictName, str]] = {}
    for case in run["cases"]:
        if case["verdict"] not in RANK:
            raise KeyError(case["verdict"])
        key = (case.get("suite", run["suite"]), case.get("planner", planner), case["id"])
        verdicts[key] = (case["verdict"], case.get("why", ""))
    return verdicts
