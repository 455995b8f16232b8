"""When two queries ask the same: a normal form in which order, labels, spelling of conditions and added context do not count."""

from __future__ import annotations

import datetime as dt
from typing import Any

from catalog.plan import Plan
from catalog.query import (
    AllOf,
    AnyOf,
    ComparePeriod,
    Condition,
    FieldCondition,
    FieldDimension,
    MetricCondition,
    MetricQuery,
    Not,
    Period,
    TimeDimension,
    as_datetime,
    dimension_name,
)

PARTS = ("figures", "split", "filters", "period", "comparison", "ranking", "calculations", "bounds", "analysis")


def normal_form(plan: Plan) -> dict[str, Any]:
    """What a plan asks, part by part, in a form that compares equal where two plans ask the same."""
    form: dict[str, Any] = dict.fromkeys(PARTS, ())
    form["figures"] = (plan.topic,) if plan.topic else ()
    if not plan.queries:
        form["analysis"] = _analysis(plan)
        return form
    query = plan.queries[0].query
    form |= {
        "figures": tuple(
            sorted(_figure(use) for use in query.metrics if use.show == "measure" or len(query.metrics) == 1)
        ),
        "split": tuple(sorted(_dimension(item) for item in query.group_by)),
        "filters": _conditions(query.where),
        "period": _period(query.period, query.as_of),
        "comparison": tuple(
            sorted((*_period(item.period, None), _offset(item)) for item in query.compare if item.show == "measure")
        ),
        "ranking": _ranking(query),
        "calculations": tuple(
            sorted((item.kind, item.metric, item.within) for item in query.calculations if item.show == "measure")
        ),
        "bounds": tuple(
            sorted(
                (item.column, item.operator, _values(item.values), item.than or "", item.either)
                for item in query.having
                if item.operator != "is_not_null"
            )
        ),
        "analysis": _analysis(plan),
    }
    return form


def differences(first: Plan, second: Plan) -> tuple[str, ...]:
    """The parts in which two plans ask for different things; none where they agree."""
    one, other = normal_form(first), normal_form(second)
    return tuple(part for part in PARTS if one[part] != other[part])


def _analysis(plan: Plan) -> tuple[str, ...]:
    request = getattr(plan, "analysis", None)
    return () if request is None else (_without_labels(request.model_dump(mode="json")),)


def _without_labels(value: Any) -> str:
    if isinstance(value, dict):
        return str(sorted((key, _without_labels(item)) for key, item in value.items() if key not in ("label", "words")))
    if isinstance(value, list):
        return str([_without_labels(item) for item in value])
    return str(value)


def _figure(use: Any) -> tuple[str, str, tuple[str, ...]]:
    return (use.metric, f"{use.average_per or ''} {use.offset or ''}".strip(), _conditions(use.where))


def _dimension(item: TimeDimension | FieldDimension) -> str:
    if isinstance(item, TimeDimension):
        return f"time {item.field or ''} {dimension_name(item)} {item.fiscal}"
    return f"field {item.field} {item.path} {item.bins}"


def _conditions(condition: Condition | None) -> tuple[str, ...]:
    """The parts that all must hold, each as text, in order; what only leaves out the nameless does not count."""
    if condition is None:
        return ()
    parts = condition.conditions if isinstance(condition, AllOf) else (condition,)
    flat: list[str] = []
    for part in parts:
        if isinstance(part, AllOf):
            flat += _conditions(part)
        elif not (isinstance(part, FieldCondition) and part.operator == "is_not_null"):
            flat.append(_condition(part))
    return tuple(sorted(set(flat)))


def _condition(condition: Condition) -> str:
    match condition:
        case FieldCondition():
            operator = {"eq": "in", "ne": "not_in"}.get(condition.operator, condition.operator)
            place = f"{condition.field} {condition.path} {condition.part or ''} {condition.grain or ''}"
            return f"{place} {operator} {_values(condition.values)}"
        case MetricCondition():
            held = f"{condition.metric} per {condition.per} {condition.operator} {_values(condition.values)}"
            period = _period(condition.period, None) if condition.period is not None else ""
            return f"{held} {_conditions(condition.where)} {period} {'rows' if condition.rows else ''}".rstrip()
        case Not():
            return f"not {_condition(condition.condition)}"
        case AnyOf():
            return f"any of {sorted(_condition(item) for item in condition.conditions)}"
        case _:
            return str(_conditions(condition)) if isinstance(condition, AllOf) else condition.model_dump_json()


def _values(values: tuple[Any, ...]) -> tuple[str, ...]:
    return tuple(sorted(f"{value:g}" if isinstance(value, float) else str(value).casefold() for value in values))


def _period(period: Period | None, as_of: dt.date | None) -> tuple[str, ...]:
    """A period's bounds; an end after today is today's, as nothing lies beyond it."""
    if period is None:
        return ("", "")
    end = as_datetime(period.end) if period.end is not None else None
    if as_of is not None and end is not None:
        end = min(end, as_datetime(as_of) + dt.timedelta(days=1))
    return (
        as_datetime(period.start).isoformat() if period.start is not None else "",
        end.isoformat() if end is not None else "",
    )


def _offset(compared: ComparePeriod) -> str:
    return "" if compared.period is not None or compared.offset is None else str(compared.offset)


def _ranking(query: MetricQuery) -> tuple[object, ...]:
    """The order where it picks rows; the order in which all rows are shown does not count."""
    if query.limit is None or not query.order_by:
        return ()
    first = query.order_by[0]
    return (first.column, first.descending, query.limit, tuple(sorted(query.limit_within)), query.others)
