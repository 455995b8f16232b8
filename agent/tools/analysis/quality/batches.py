"""Row counts of weekly batches, and of quarters and years adjusted for season, against what the other weeks lead to expect."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from agent.tools.analysis.anomaly.unusual import FEWEST_VALUES, Decomposed, decompose, unusual_places
from agent.tools.analysis.calendar_shape import holiday_marks
from agent.tools.analysis.history import Window
from agent.tools.analysis.quality.check_result import CheckName, Verdict
from agent.tools.compile.timeline import floored, one, shifted
from catalog.durations import TimeGrain
from catalog.models import Calendar
from catalog.strategy.quality import DatasetExpectations

_YEAR_WEEKS = 52
_NOTABLE, _GROSS = 0.2, 0.5  # off by this share an unusual batch is in doubt, and by this it fails
_NOTABLE_UNSEASONED = 0.4  # where the history is too short to know its season
_SETTLING_WEEKS = 4  # a table's first weeks are seldom like its others
_REACH = 4.0
_LEAST_SHARE = 0.02  # a quarter or year nearer to what is expected is never doubted
_WEEK = dt.timedelta(days=7)


@dataclass(frozen=True)
class BatchFinding:
    """A check of one batch or period; `figures` are the rest of a check result."""

    check: CheckName
    verdict: Verdict
    method: str
    figures: dict[str, Any]


def batch_results(
    counts: dict[dt.date, int], as_of: dt.date, expected: DatasetExpectations, calendar: Calendar
) -> Iterator[BatchFinding]:
    """Every whole week's count that is not as expected (or the latest, where all are), then quarters and years alike.

    `counts` are rows by the first day of their week. The first week, and the one as_of lies in, are left out: they may be
    parts. Weeks that pass are not listed, but for the last one, which says that they were checked.
    """
    weeks = sorted(week for week in counts if week + _WEEK <= as_of + dt.timedelta(days=1))[1:]
    if not weeks:
        return
    window = Window(weeks[0], weeks[-1] + _WEEK, TimeGrain.WEEK, calendar)
    values = np.array([float(counts.get(window.first_day(place), 0)) for place in range(window.length)])
    declared = expected.fewest_rows is not None or expected.most_rows is not None
    found: list[BatchFinding] = []
    series = None
    if len(values) >= FEWEST_VALUES and float(np.mean(values > 0)) > 0.5:
        series = decompose(values, (_YEAR_WEEKS,), counts=True, marks=holiday_marks(window, 0))
    if "row_count" not in expected.skip:
        if declared:
            found += _declared(values, window, expected)
        elif series is not None:
            found += _unusual(values, window, series)
    yield from found
    if series is not None and "season" not in expected.skip:
        for grain in (TimeGrain.QUARTER, TimeGrain.YEAR):
            yield from _periods(values, window, series, grain)


def _finding(
    check: CheckName, verdict: Verdict, method: str, window: Window, place: int, observed: float,
    middle: float | None, lower: float | None, upper: float | None,
) -> BatchFinding:  # fmt: skip
    first = window.first_day(place)
    return BatchFinding(
        check, verdict, method,
        {
            "subject": "week", "period": first, "through": first + _WEEK - dt.timedelta(days=1), "observed": observed,
            "expected": None if middle is None else round(middle, 1),
            "lower": None if lower is None else round(lower, 1),
            "upper": None if upper is None else round(upper, 1),
            "deviation": None if not middle else round((observed - middle) / middle, 4),
        },
    )  # fmt: skip


def _declared(values: np.ndarray[Any, Any], window: Window, expected: DatasetExpectations) -> list[BatchFinding]:
    least, most = expected.fewest_rows, expected.most_rows
    found = [
        _finding("row_count", "fail", "declared", window, place, float(value), None, least, most)
        for place, value in enumerate(values)
        if (least is not None and value < least) or (most is not None and value > most)
    ]
    if not found:
        last = len(values) - 1
        found.append(_finding("row_count", "pass", "declared", window, last, float(values[last]), None, least, most))
    return found


def _unusual(values: np.ndarray[Any, Any], window: Window, series: Decomposed) -> list[BatchFinding]:
    places, reaches = unusual_places([series], [np.arange(len(values)) >= _SETTLING_WEEKS])
    low, high = series.ordinary_range(reaches[0])
    method = "robust trend and season of the other weeks" if series.cycle else "robust trend of the other weeks"

    def at(place: int, verdict: Verdict) -> BatchFinding:
        middle, value = float(series.expected[place]), float(values[place])
        return _finding(
            "row_count", verdict, method, window, place, value, middle, float(low[place]), float(high[place])
        )

    found = []
    for place in np.flatnonzero(places[0]):
        middle = float(series.expected[place])
        share = abs(float(values[place]) - middle) / max(middle, 1.0)
        if share >= (
            _NOTABLE if series.cycle or len(values) > 2 * _YEAR_WEEKS else _NOTABLE_UNSEASONED
        ):  # a season's peak is unusual now and then, and no fault of the data
            found.append(at(int(place), "fail" if share >= _GROSS else "warn"))
    return found or [at(len(values) - 1, "pass")]


def _periods(
    values: np.ndarray[Any, Any], window: Window, series: Decomposed, grain: TimeGrain
) -> Iterator[BatchFinding]:
    """Whole quarters (or years), each the weeks whose middle lies in it, against the sum of what was expected of these."""
    low, high = series.ordinary_range(1.0)
    spreads = (high - low) / 2
    of: dict[dt.date, list[int]] = {}
    for place in range(window.length):
        middle_day = window.first_day(place) + dt.timedelta(days=3)
        of.setdefault(_first(middle_day, grain, window.calendar), []).append(place)
    rows: list[BatchFinding] = []
    for first, places in sorted(of.items()):
        end = _next(first, grain)
        if window.first_day(places[0]) > first + _WEEK or window.first_day(places[-1]) + 2 * _WEEK <= end:
            continue  # not all of its weeks are there
        observed, expected = float(values[places].sum()), float(series.expected[places].sum())
        # Weeks err together where the trend does: half of their spread is taken to be shared.
        spread = float(np.sqrt((spreads[places] ** 2).sum()) + 0.1 * spreads[places].sum())
        reach = max(_REACH * spread, _LEAST_SHARE * expected)
        off = abs(observed - expected)
        verdict: Verdict = "pass" if off <= reach else "fail" if off > _GROSS * expected else "warn"
        rows.append(
            BatchFinding(
                "season", verdict, f"sum of what trend and season expect of its weeks ({grain.value})",
                {
                    "subject": grain.value, "period": first, "through": end - dt.timedelta(days=1), "observed": observed,
                    "expected": round(expected, 1), "lower": round(expected - reach, 1), "upper": round(expected + reach, 1),
                    "deviation": round((observed - expected) / expected, 4) if expected else None,
                },
            )
        )  # fmt: skip
    yield from rows


def _first(day: dt.date, grain: TimeGrain, calendar: Calendar) -> dt.date:
    found = floored(day, grain, calendar)
    return found.date() if isinstance(found, dt.datetime) else found


def _next(day: dt.date, grain: TimeGrain) -> dt.date:
    found = shifted(day, one(grain))
    return found.date() if isinstance(found, dt.datetime) else found
