"""Columns that measures read and no dimension declares: hidden fields, so that the catalog names all it reads."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from sqlglot import exp

from catalog.expressions import ExpressionError, column_names, parse_expression
from catalog.interop.metricflow.names import METRIC_TIME
from catalog.models import AggregateMetric, Aggregation, CatalogField, Dataset, FieldRole, FieldType, Metric

_NUMBERS = frozenset({Aggregation.SUM, Aggregation.AVERAGE, Aggregation.MEDIAN, Aggregation.PERCENTILE})


def with_read_columns(datasets: Sequence[Dataset], metrics: Sequence[Metric]) -> tuple[Dataset, ...]:
    """The datasets with a hidden field for each column that some metric reads and that is no field yet.

    A column that is summed or averaged by itself holds numbers; of others the type is not known, and text is assumed.
    """
    read: dict[str, dict[str, FieldType]] = {dataset.name: {} for dataset in datasets}
    for metric in metrics:
        own = metric.dataset if isinstance(metric, AggregateMetric) else ""
        if isinstance(metric, AggregateMetric) and metric.expression.strip() != "*":
            summed = metric.aggregation in _NUMBERS
            texts = [(metric.expression, summed), (metric.filter, False)]
        else:
            texts = [(metric.filter, False)]
        for dataset, name, number in (found for text, sums in texts if text for found in _read_by(text, sums)):
            columns = read.get(dataset or own)
            if columns is not None and columns.get(name) is not FieldType.NUMBER:
                columns[name] = FieldType.NUMBER if number else FieldType.STRING
    return tuple(
        dataset.model_copy(update={"fields": (*dataset.fields, *_hidden_fields(dataset, read[dataset.name]))})
        for dataset in datasets
    )


def _read_by(text: str, summed: bool) -> list[tuple[str, str, bool]]:
    """Each column an expression reads: its dataset ("" where it says none), its name, whether it holds numbers."""
    with suppress(ExpressionError):  # the rules say what is wrong with it
        tree = parse_expression(text)
        number = summed and isinstance(tree, exp.Column)
        return [(dataset, name, number) for dataset, name in column_names(tree) if name != METRIC_TIME]
    return []


def _hidden_fields(dataset: Dataset, read: dict[str, FieldType]) -> list[CatalogField]:
    known = {item.name for item in dataset.fields}
    return [
        CatalogField(
            name=name,
            expression=name,
            type=kind,
            role=FieldRole.MEASURE if kind is FieldType.NUMBER else FieldRole.DIMENSION,
            label=name.replace("_", " "),
            hidden=True,
        )
        for name, kind in read.items()
        if name not in known
    ]
