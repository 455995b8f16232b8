"""What a run of a suite found: verdicts case by case, counts apart, latency; and its JSON."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals.cells import cell_of
from evals.errors import ReportFileError
from evals.tables import GoldTable
from evals.verdict import VerdictName

VERDICTS: tuple[VerdictName, ...] = ("right", "wrong", "missed", "error")


@dataclass(frozen=True)
class CaseReport:
    """One case of a run; `answer` is the whole answer's JSON, None where asking failed."""

    suite: str
    id: str
    question: str
    tags: tuple[str, ...]
    verdict: VerdictName
    why: str
    latency_ms: float
    answer: dict[str, Any] | None = None
    gold: GoldTable | None = None

    def to_json(self) -> dict[str, Any]:
        """The contract's object for a case, with its suite, question and tags."""
        return {
            "suite": self.suite,
            "id": self.id,
            "question": self.question,
            "tags": list(self.tags),
            "verdict": self.verdict,
            "why": self.why,
            "latency_ms": round(self.latency_ms, 3),
            "answer": self.answer,
            "gold": _gold_json(self.gold),
        }


@dataclass(frozen=True)
class Counts:
    """How many cases came to each verdict."""

    right: int
    wrong: int
    missed: int
    error: int

    @property
    def cases(self) -> int:
        return self.right + self.wrong + self.missed + self.error

    @property
    def accuracy(self) -> float:
        """The fraction that is right; 0 without cases."""
        return self.right / self.cases if self.cases else 0.0

    @property
    def wrong_rate(self) -> float:
        """The fraction that is wrong; 0 without cases."""
        return self.wrong / self.cases if self.cases else 0.0

    def to_json(self) -> dict[str, Any]:
        return {
            "cases": self.cases,
            **{name: getattr(self, name) for name in VERDICTS},
            "accuracy": round(self.accuracy, 6),
            "wrong_rate": round(self.wrong_rate, 6),
        }


@dataclass(frozen=True)
class SuiteReport:
    """A run of one suite by one planner. `cases` are those of the first time; `again` those of each repeat."""

    suite: str
    catalog: str
    database: str
    planner: str
    cases: tuple[CaseReport, ...]
    again: tuple[tuple[CaseReport, ...], ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The contract's object."""
        return {
            "suite": self.suite,
            "catalog": self.catalog,
            "database": self.database,
            "planner": self.planner,
            "summary": {**summary_json(self.cases), **self._more_json()},
            "cases": [case.to_json() for case in self.cases],
        }

    def _more_json(self) -> dict[str, Any]:
        """What repeats and a model add to the summary; nothing where there were none."""
        from evals.repeats import model_cost, repeats_of

        cost = model_cost([case for run in (self.cases, *self.again) for case in run])
        repeats = {"repeats": repeats_of((self.cases, *self.again)).to_json()} if self.again else {}
        return {**repeats, **({"model": cost.to_json()} if cost is not None else {})}


def counts_of(cases: Iterable[CaseReport]) -> Counts:
    """Verdicts counted."""
    verdicts = [case.verdict for case in cases]
    return Counts(*(verdicts.count(name) for name in VERDICTS))


def counts_by_tag(cases: Sequence[CaseReport]) -> dict[str, Counts]:
    """Verdicts counted for each tag, by name; a case counts under each of its tags."""
    tags = sorted({tag for case in cases for tag in case.tags})
    return {tag: counts_of(case for case in cases if tag in case.tags) for tag in tags}


def latency_percentile_ms(cases: Iterable[CaseReport], fraction: float) -> float | None:
    """The latency that `fraction` of the cases stay at or below (nearest rank); None without cases."""
    latencies = sorted(case.latency_ms for case in cases)
    return latencies[max(0, math.ceil(fraction * len(latencies)) - 1)] if latencies else None


def summary_json(cases: Sequence[CaseReport]) -> dict[str, Any]:
    """Counts, accuracy, latency and the counts of each tag."""
    p50, p95 = latency_percentile_ms(cases, 0.50), latency_percentile_ms(cases, 0.95)
    return {
        **counts_of(cases).to_json(),
        "latency_ms": {"p50": _rounded(p50), "p95": _rounded(p95)},
        "by_tag": {tag: counts.to_json() for tag, counts in counts_by_tag(cases).items()},
    }


def reports_json(reports: Sequence[SuiteReport]) -> dict[str, Any]:
    """One run's object as the contract has it; several in the same shape, their cases one after the other, and each
    one's summary under `suites`."""
    from evals.planner_difference import planner_differences

    if len(reports) == 1:
        return reports[0].to_json()
    cases = [case for report in reports for case in report.cases]

    def joined(part: Callable[[SuiteReport], str]) -> str:
        return ", ".join(dict.fromkeys(part(report) for report in reports))

    return {
        "suite": joined(lambda report: report.suite),
        "catalog": joined(lambda report: report.catalog),
        "database": joined(lambda report: report.database),
        "planner": joined(lambda report: report.planner),
        "summary": summary_json(cases),
        "differences": [item.to_json() for item in planner_differences(reports, "embedded", "model")],
        "suites": [{**report.to_json(), "cases": len(report.cases)} for report in reports],
        "cases": [{**case.to_json(), "planner": report.planner} for report in reports for case in report.cases],
    }


def write_text(path: Path, text: str) -> None:
    """Writes a report file, making its folder; ReportFileError where that cannot be done."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise ReportFileError(path, f"cannot be written: {error.strerror or error}") from error


def write_reports_json(path: Path, reports: Sequence[SuiteReport]) -> None:
    """Writes the run's JSON."""
    write_text(path, json.dumps(reports_json(reports), indent=1, ensure_ascii=False, allow_nan=False) + "\n")


def _gold_json(gold: GoldTable | None) -> dict[str, Any] | None:
    if gold is None:
        return None
    return {"columns": list(gold.columns), "rows": [[_json_value(value) for value in row] for row in gold.rows]}


def _json_value(value: Any) -> Any:
    cell = cell_of(value)
    if cell.kind == "null":
        return None
    if cell.kind == "number":
        return value if isinstance(value, int) else cell.number
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return cell.value if cell.kind in ("boolean", "text") else str(value)


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 3)
