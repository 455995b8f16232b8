"""The rows of the answer before: which one is meant, and the earlier plan with these rows alone.

Which month of 2025 had the highest revenue?  ->  2025-12-01   ->  the plan of revenue in December 2025
Top 3 regions by revenue                      ->  three names  ->  the plan of revenue where region is one of them
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from agent.tools.audit.receipt import TOKEN
from agent.tools.warehouse.result import ResultTable
from catalog.durations import TimeGrain
from catalog.plan import NamedQuery, Plan
from catalog.query import (
    AllOf,
    Condition,
    FieldCondition,
    FieldDimension,
    MetricQuery,
    Period,
    Scalar,
    TimeDimension,
    as_datetime,
    dimension_name,
)
from semantic_context.time_grammar.clock import Clock

_MOST_NAMED = 50
_WHOLE_DAYS = (TimeGrain.DAY, TimeGrain.WEEK, TimeGrain.MONTH, TimeGrain.QUARTER, TimeGrain.YEAR)


@dataclass(frozen=True)
class ShownRows:
    """The last plan of a conversation that split something, and a way to its first table as it was shown: None where it
    cannot be had again as it was."""

    plan: Plan
    table: Callable[[], ResultTable | None]


@dataclass(frozen=True)
class Picked:
    """Some of the rows shown: their names for people, the conditions they stand for, and the period, where time tells them."""

    names: tuple[str, ...]
    conditions: tuple[FieldCondition, ...]
    period: Period | None


def picked(query: MetricQuery, table: ResultTable, places: Sequence[int]) -> Picked | None:
    """The rows at some places of the table, as conditions; None where no condition says them."""
    if not query.group_by or not places or len(places) > _MOST_NAMED:
        return None
    if len(query.group_by) > 1 and len(places) > 1:
        return None  # pairs are no product of their sides
    columns = {column.name: place for place, column in enumerate(table.columns)}
    conditions: list[FieldCondition] = []
    period: Period | None = None
    names = [[] for _ in places]  # type: list[list[str]]
    for dimension in query.group_by:
        at = columns.get(dimension_name(dimension))
        if at is None:
            return None
        values = [table.rows[place][at] for place in places]
        if any(isinstance(value, str) and TOKEN.fullmatch(value) for value in values):
            return None  # a masked name: it says no value
        for told, value in zip(names, values, strict=True):
            told.append("unknown" if value is None else str(value))
        if isinstance(dimension, FieldDimension):
            condition = _condition(dimension, values)
            if condition is None:
                return None
            conditions.append(condition)
        elif (period := _stretch(dimension, values, query.period)) is None:
            return None
    return Picked(tuple(", ".join(told) for told in names), tuple(conditions), period)


def _condition(dimension: FieldDimension, values: Sequence[Any]) -> FieldCondition | None:
    if dimension.bins or (None in values and len(values) > 1):
        return None
    if values[0] is None:
        return FieldCondition(field=dimension.field, path=dimension.path, operator="is_null")
    if not all(isinstance(value, str | int | float | bool | dt.date) for value in values):
        return None
    said: tuple[Scalar, ...] = tuple(values)
    return FieldCondition(field=dimension.field, path=dimension.path, operator="in", values=said)


def _stretch(dimension: TimeDimension, values: Sequence[Any], within: Period | None) -> Period | None:
    """The period of one row by time, cut to the period that was asked about; None for parts of time and fiscal years."""
    if dimension.grain not in _WHOLE_DAYS or dimension.field is not None or dimension.fiscal or len(values) != 1:
        return None
    if not isinstance(values[0], dt.date):
        return None
    first = values[0].date() if isinstance(values[0], dt.datetime) else values[0]
    start, end = first, Clock(first).shift(first, dimension.grain, 1)
    if within is not None and within.start is not None:
        start = max(start, as_datetime(within.start).date())
    if within is not None and within.end is not None:
        end = min(end, as_datetime(within.end).date())
    return Period(start=start, end=end) if start < end else None


def about(previous: Plan, rows: Picked, *, keeps_groups: bool) -> Plan:
    """The earlier plan of these rows alone: unranked, and split no more where one row is meant."""
    query = previous.queries[0].query
    conditions = [*_others(query.where, rows.conditions), *rows.conditions]
    alone = query.model_copy(
        update={
            "where": conditions[0]
            if len(conditions) == 1
            else AllOf(conditions=tuple(conditions))
            if conditions
            else None,
            "period": rows.period if rows.period is not None else query.period,
            "group_by": query.group_by if keeps_groups else (),
            "having": (),
            "calculations": (),
            "compare": (),
            "order_by": (),
            "limit": None,
            "limit_within": (),
            "others": False,
            "metrics": tuple(use.model_copy(update={"show": "measure"}) for use in query.metrics),
        }
    )
    shape = "breakdown" if keeps_groups else "value"
    return previous.model_copy(
        update={"queries": (NamedQuery(name="answer", query=alone),), "shape": shape, "analysis": None, "steps": ()}
    )


def _others(where: Condition | None, taken: Sequence[FieldCondition]) -> list[Condition]:
    """The conditions of before but those that a row says more closely."""
    fields = {condition.field for condition in taken}
    return [item for item in conjuncts(where) if not (isinstance(item, FieldCondition) and item.field in fields)]


def conjuncts(condition: Condition | None) -> tuple[Condition, ...]:
    """What must all hold."""
    if condition is None:
        return ()
    return condition.conditions if isinstance(condition, AllOf) else (condition,)


def still_holds(plan: Plan, rows: Picked) -> bool:
    """Whether a plan is of the rows that were pointed at: none of their conditions, nor their period, was lost on the way."""
    if not plan.queries:
        return False
    query = plan.queries[0].query
    if rows.period is not None and (query.period is None or _ends(query.period) != _ends(rows.period)):
        return False
    said = [item for item in conjuncts(query.where) if isinstance(item, FieldCondition)]
    return all(
        any(item.field == wanted.field and set(item.values) == set(wanted.values) for item in said)
        for wanted in rows.conditions
    )


def _ends(period: Period) -> tuple[dt.datetime | None, dt.datetime | None]:
    return (
        as_datetime(period.start) if period.start is not None else None,
        as_datetime(period.end) if period.end is not None else None,
    )
