"""Plain arithmetic of the slow evaluator: numbers, texts, order, three-valued comparisons, aggregates."""

from __future__ import annotations

from typing import Any

from catalog.models import AggregateMetric, Aggregation
from tests.soundness.random_business import Row

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = "January February March April May June July August September October November December".split()
COUNTS = (Aggregation.COUNT, Aggregation.COUNT_DISTINCT, Aggregation.SUM_BOOLEAN)


def number(value: Any) -> float:
    return float(value)


def divided(above: Any, below: Any) -> float | None:
    if above is None or below is None or number(below) == 0:
        return None
    return number(above) / number(below)


def text(value: Any) -> str | None:
    if isinstance(value, bool):
        return "true" if value else "false"
    return None if value is None else str(value)


def sortable(value: Any) -> tuple[Any, ...]:
    if value in WEEKDAYS:
        return (0, WEEKDAYS.index(value))
    if value in MONTHS:
        return (0, MONTHS.index(value))
    return (1, 0) if value is None else (0, value)


def compared(value: Any, operator: str, values: tuple[Any, ...]) -> bool | None:
    if operator == "is_null":
        return value is None
    if operator == "is_not_null":
        return value is not None
    if operator in ("in", "not_in"):
        inside_list = (None in values or None) if value is None else value in values
        if operator == "in":
            return inside_list
        if value is None:
            return False if None in values else None
        return value not in values
    if value is None:
        return None
    other = values[0]
    results = {"eq": value == other, "ne": value != other}
    if operator in results:
        return bool(results[operator])
    return bool({"gt": value > other, "le": value <= other}[operator])


def aggregated(metric: AggregateMetric, rows: list[Row]) -> Any:
    if metric.expression == "*":
        return len(rows)
    column = metric.expression.partition(".")[2]
    values = [row[column] for row in rows if row[column] is not None]
    kind = metric.aggregation
    if kind is Aggregation.COUNT:
        return len(values)
    if kind is Aggregation.COUNT_DISTINCT:
        return len(set(values))
    if kind is Aggregation.SUM_BOOLEAN:
        return sum(1 for value in values if value)
    if not values:
        return None
    if kind is Aggregation.SUM:
        return sum(values)
    if kind is Aggregation.AVERAGE:
        return sum(values) / len(values)
    if kind in (Aggregation.MIN, Aggregation.MAX):
        return min(values) if kind is Aggregation.MIN else max(values)
    fraction = 0.5 if kind is Aggregation.MEDIAN else metric.percentile or 0
    ordered = sorted(values)
    if kind is Aggregation.PERCENTILE and metric.percentile_discrete:
        return next(value for rank, value in enumerate(ordered, 1) if rank / len(ordered) >= fraction)
    place = fraction * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return number(ordered[low]) + (place - low) * (number(ordered[high]) - number(ordered[low]))
