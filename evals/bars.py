"""The bars a run must reach."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from catalog.errors import UsageError
from evals.baseline import BaselineComparison
from evals.report import SuiteReport, counts_of


@dataclass(frozen=True)
class MaximumWrong:
    """How much may be wrong: a number of cases, or a fraction of them."""

    cases: int | None = None
    fraction: float | None = None


def parse_maximum_wrong(text: str) -> MaximumWrong:
    """`3` is three cases; `0.005` and `0.5%` are a fraction of the cases. UsageError for anything else."""
    try:
        if text.endswith("%"):
            return _fraction(float(text[:-1]) / 100, text)
        if "." in text:
            return _fraction(float(text), text)
        if int(text) >= 0:
            return MaximumWrong(cases=int(text))
    except ValueError:
        pass
    raise UsageError(f"--max-wrong {text!r}: give a number of cases (3), a fraction (0.005) or a percentage (0.5%)")


def parse_minimum_accuracy(text: str) -> float:
    """`0.97` or `97%` as a fraction; UsageError for anything that is none."""
    try:
        value = float(text[:-1]) / 100 if text.endswith("%") else float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 1:
        raise UsageError(f"--min-accuracy {text!r}: give a fraction (0.97) or a percentage (97%)")
    return value


def missed_bars(
    reports: Sequence[SuiteReport],
    *,
    minimum_accuracy: float | None = None,
    maximum_wrong: MaximumWrong | None = None,
    comparison: BaselineComparison | None = None,
    fail_on_regression: bool = False,
) -> tuple[str, ...]:
    """What each run misses, in words; empty where all bars are reached. Bars hold for each suite and planner apart."""
    missed = []
    for report in reports:
        counts = counts_of(report.cases)
        name = f"{report.suite} ({report.planner})"
        if minimum_accuracy is not None and counts.accuracy < minimum_accuracy:
            missed.append(f"{name}: {counts.accuracy:.2%} right, at least {minimum_accuracy:.2%} wanted")
        if maximum_wrong is None:
            continue
        if maximum_wrong.cases is not None and counts.wrong > maximum_wrong.cases:
            missed.append(f"{name}: {counts.wrong} wrong, at most {maximum_wrong.cases} allowed")
        if maximum_wrong.fraction is not None and counts.wrong_rate > maximum_wrong.fraction:
            missed.append(f"{name}: {counts.wrong_rate:.2%} wrong, at most {maximum_wrong.fraction:.2%} allowed")
    if fail_on_regression and comparison is not None:
        missed += [
            f"{change.suite} ({change.planner}): {change.id} was {change.before}, is {change.after}"
            for change in comparison.regressions
        ]
    return tuple(missed)


def _fraction(value: float, text: str) -> MaximumWrong:
    if not 0 <= value <= 1:
        raise ValueError(text)
    return MaximumWrong(fraction=value)
