"""The checks of a dataset: declared where the catalog says so, else what keys, relationships and time fields imply."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from agent.errors import PolicyRefusal, QueryError
from agent.tools.analysis.quality.batches import batch_results
from agent.tools.analysis.quality.check_result import CheckName, CheckResult, Verdict
from agent.tools.analysis.quality.statements import (
    dangling_references,
    last_moment,
    outside_range,
    repeated_keys,
    rows_by_week,
)
from agent.tools.guard.compiled import guard_compiled
from agent.tools.guard.statement import GuardedStatement
from agent.tools.guard.uncounted import uncounted
from agent.tools.warehouse.result import ResultColumn, ResultTable
from catalog.access import CatalogView
from catalog.durations import Duration, TimeGrain
from catalog.models import Dataset, FieldRole, FieldType
from catalog.strategy.quality import DatasetExpectations

_SHIFT_DAYS = {"monday": 0, "sunday": 1, "saturday": 2}
_DAYS = {
    TimeGrain.HOUR: 1 / 24,
    TimeGrain.DAY: 1,
    TimeGrain.WEEK: 7,
    TimeGrain.MONTH: 31,
    TimeGrain.QUARTER: 92,
    TimeGrain.YEAR: 366,
}
_USUAL_WAITS = 3.0  # a silence this many times as long as any usual one is a doubt
_FEWEST_WEEKS = 12
Runner = Callable[[GuardedStatement, tuple[ResultColumn, ...], str], ResultTable]


@dataclass(frozen=True)
class Checking:
    """What the checks of one run share."""

    view: CatalogView
    as_of: dt.date
    run: Runner
    run_at: dt.datetime
    not_run: list[str] = field(
        default_factory=list
    )  # "row count of orders": checks that need more rows than may be read

    def rows(self, sql: str, names: tuple[str, ...]) -> tuple[tuple[Any, ...], ...]:
        """A statement's rows, under the view's policies; QueryError where a limit cuts them off: the rest would look amiss."""
        columns = tuple(ResultColumn(name=name, type="", role="context") for name in names)
        table = self.run(guard_compiled(sql, uncounted(self.view)), columns, "quality")
        if table.truncated:
            raise QueryError("a data check needs more rows than may be read here")
        return table.rows


def check_dataset(checking: Checking, dataset: Dataset, *, only_freshness: bool = False) -> Iterator[CheckResult]:
    """Every check of one dataset that the view allows; a check that reads a field it may not is left out."""
    declared = next((item for item in checking.view.whole.strategy.quality if item.dataset == dataset.name), None)
    expected = declared or DatasetExpectations(dataset=dataset.name)
    kinds: tuple[tuple[CheckName, Callable[..., Iterator[CheckResult]]], ...] = (
        ("freshness", _freshness),
        ("row_count", _row_counts),
        ("keys", _keys),
        ("references", _references),
        ("ranges", _ranges),
    )
    for name, check in kinds[:1] if only_freshness else kinds:
        if name in expected.skip:
            continue
        try:
            yield from check(checking, dataset, expected)
        except PolicyRefusal:
            continue
        except QueryError:
            checking.not_run.append(f"{name.replace('_', ' ')} of {dataset.label}")


def result(
    checking: Checking, dataset: Dataset, check: CheckName, sql: str, verdict: Verdict, method: str, **more: Any
) -> CheckResult:
    """A result with what all share filled in."""
    schema, _, table = dataset.source.rpartition(".")
    return CheckResult(
        check=check,
        layer=schema or None,
        table=table,
        dataset=dataset.name,
        sql=sql,
        verdict=verdict,
        method=method,
        run_at=checking.run_at,
        **more,
    )


def own_time_field(dataset: Dataset, expected: DatasetExpectations | None = None) -> str | None:
    """The field that dates a dataset's rows: the declared batch, its time field, else its only time field."""
    times = (FieldType.DATE, FieldType.TIMESTAMP)
    if expected is not None and expected.batch is not None:
        return expected.batch
    if dataset.time_field in dataset.field_by_name and dataset.field_by_name[dataset.time_field].type in times:
        return dataset.time_field
    found = [item.name for item in dataset.fields if item.role is FieldRole.TIME and item.type in times]
    return found[0] if dataset.time_field is None and len(found) == 1 else None


def _row_counts(checking: Checking, dataset: Dataset, expected: DatasetExpectations) -> Iterator[CheckResult]:
    field = own_time_field(dataset, expected)
    if field is None or dataset.validity is not None:
        return
    sql = rows_by_week(checking.view, dataset, field, _SHIFT_DAYS[checking.view.whole.calendar.week_start])
    counts = {_day(week): int(rows) for week, rows in checking.rows(sql, ("week", "rows")) if week is not None}
    yield from (
        result(checking, dataset, found.check, sql, found.verdict, found.method, **found.figures)
        for found in batch_results(counts, checking.as_of, expected, checking.view.whole.calendar)
    )


def _freshness(checking: Checking, dataset: Dataset, expected: DatasetExpectations) -> Iterator[CheckResult]:
    """Days from the last row to today, against what is declared, else against the usual waits between weeks with rows."""
    field = own_time_field(dataset)
    if field is None:
        return
    sql = last_moment(checking.view, dataset, field)
    rows = checking.rows(sql, ("last_day",))
    last = None if not rows or rows[0][0] is None else _day(rows[0][0])
    if last is None:
        return
    age = max(0, (checking.as_of - last).days)
    if expected.fresh_within is not None:
        most, method, worst = _days_of(expected.fresh_within), "declared", "fail"
    else:
        weeks = rows_by_week(checking.view, dataset, field, 0)
        days = sorted(_day(week) for week, _ in checking.rows(weeks, ("week", "rows")) if week is not None)
        waits = np.diff(np.array([day.toordinal() for day in days if day <= last])) if len(days) > 1 else np.array([7])
        if len(days) < _FEWEST_WEEKS:
            return
        most, method, worst = (
            float(_USUAL_WAITS * np.quantile(waits, 0.95)),
            "usual waits between weeks with rows",
            "warn",
        )
    verdict: Verdict = "pass" if age <= most else worst  # type: ignore[assignment]
    yield result(
        checking, dataset, "freshness", sql, verdict, method,
        subject=field, period=last, through=last, observed=float(age), upper=most,
    )  # fmt: skip


def _keys(checking: Checking, dataset: Dataset, expected: DatasetExpectations) -> Iterator[CheckResult]:
    for key in dict.fromkeys(filter(None, (dataset.primary_key, *dataset.unique_keys))):
        sql = repeated_keys(checking.view, dataset, key)
        repeated = float(checking.rows(sql, ("repeated",))[0][0])
        verdict: Verdict = "pass" if repeated == 0 else "fail"
        yield result(
            checking, dataset, "keys", sql, verdict, "values of the key on several rows",
            subject=", ".join(key), observed=repeated, expected=0.0, upper=0.0,
        )  # fmt: skip


def _references(checking: Checking, dataset: Dataset, expected: DatasetExpectations) -> Iterator[CheckResult]:
    for item in checking.view.whole.relationships:
        target = checking.view.whole.dataset_by_name[item.to_dataset]
        if (
            item.from_dataset != dataset.name
            or target.name not in checking.view.datasets
            or target.validity is not None
        ):
            continue
        sql = dangling_references(checking.view, item)
        lost, given = checking.rows(sql, ("lost", "given"))[0]
        verdict: Verdict = "pass" if not lost else "fail" if item.mandatory else "warn"
        yield result(
            checking, dataset, "references", sql, verdict, f"rows whose {target.singular} does not exist",
            subject=item.name, observed=float(lost), expected=0.0, upper=0.0,
            deviation=None if not given else float(lost) / float(given),
        )  # fmt: skip


def _ranges(checking: Checking, dataset: Dataset, expected: DatasetExpectations) -> Iterator[CheckResult]:
    for bounds in expected.ranges:
        sql = outside_range(checking.view, dataset, bounds.field, bounds.least, bounds.most)
        outside = float(checking.rows(sql, ("outside",))[0][0])
        verdict: Verdict = "pass" if outside == 0 else "fail"
        yield result(
            checking, dataset, "ranges", sql, verdict, "rows outside the declared range",
            subject=bounds.field, observed=outside, expected=0.0, lower=bounds.least, upper=bounds.most,
        )  # fmt: skip


def _days_of(duration: Duration) -> float:
    return duration.count * _DAYS.get(duration.grain, 0.0)


def _day(cell: Any) -> dt.date:
    return cell.date() if isinstance(cell, dt.datetime) else cell
