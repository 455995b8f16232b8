"""A level (stock, balance) added up over time is a wrong figure; it must say how its values become one a period."""

from __future__ import annotations

from collections.abc import Iterator

from catalog.errors import CatalogIssue
from catalog.expressions import ExpressionError, column_names, parse_expression
from catalog.models import AggregateMetric, Aggregation, Catalog, FieldType
from catalog.readable import words_of
from catalog.rules.findings import error, unknown_field, warning

RULE = "levels_are_not_summed"
_LEVELS = frozenset({"balance", "balances", "snapshot", "snapshots", "headcount", "backlog", "stock", "inventory"})


def levels_are_not_summed(catalog: Catalog) -> Iterator[CatalogIssue]:
    """Errors for semi_additive fields that do not fit; warnings for sums over time of what is named like a level."""
    for metric in catalog.metrics:
        if not isinstance(metric, AggregateMetric):
            continue
        if metric.semi_additive is not None:
            for message in _faults(catalog, metric):
                yield error(RULE, f"metric {metric.name}: {message}", "metric", metric.name, "semi_additive")
        elif (
            metric.aggregation is Aggregation.SUM
            and metric.time_field
            and not metric.hidden
            and _named_like_level(metric)
        ):
            message = f"metric {metric.name} looks like a level, but would be added up over time; declare semi_additive"
            yield warning(RULE, message, "metric", metric.name)


def _faults(catalog: Catalog, metric: AggregateMetric) -> Iterator[str]:
    semi = metric.semi_additive
    assert semi is not None
    for reference in (semi.over, *semi.by):
        message = unknown_field(catalog, reference)
        if message is not None:
            yield message
        elif reference == semi.over and catalog.field(reference).type not in (FieldType.DATE, FieldType.TIMESTAMP):
            yield f"{reference} is no time; semi_additive says which time it must not be added up over"


def _named_like_level(metric: AggregateMetric) -> bool:
    try:
        fields = [name for _, name in column_names(parse_expression(metric.expression))]
    except ExpressionError:
        return False
    words = {word for name in (metric.dataset, *fields) for word in words_of(name)}
    return bool(words & _LEVELS) or any(name.endswith("on_hand") for name in fields)
