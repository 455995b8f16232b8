"""A catalog as an Apache Ossie semantic model: datasets, fields, relationships, metrics, and words for them.

Ossie's core has metrics as one SQL expression each. What needs more (windows, offsets, states, two steps) and what it has
no place for (roles, targets) is named as not carried. Reading is the loader's: the catalog's own YAML follows Ossie's core.
"""

from __future__ import annotations

from typing import Any

from catalog.interop.exported import Exported
from catalog.interop.expressions import with_columns
from catalog.models import (
    AggregateMetric,
    Aggregation,
    Catalog,
    CatalogField,
    Dataset,
    DerivedMetric,
    FieldRole,
    Metric,
    Words,
)

_FUNCTIONS = {
    Aggregation.SUM: "SUM({})",
    Aggregation.COUNT: "COUNT({})",
    Aggregation.COUNT_DISTINCT: "COUNT(DISTINCT {})",
    Aggregation.AVERAGE: "AVG({})",
    Aggregation.MIN: "MIN({})",
    Aggregation.MAX: "MAX({})",
    Aggregation.MEDIAN: "MEDIAN({})",
    Aggregation.SUM_BOOLEAN: "COUNT(CASE WHEN {} THEN 1 END)",
}


def write_ossie(catalog: Catalog) -> Exported:
    """The catalog as one Ossie document."""
    left_out = [f"role {role.name}: Ossie has no policies" for role in catalog.roles]
    left_out += [f"persona {persona.name}: Ossie has no personas" for persona in catalog.personas]
    metrics = []
    for metric in catalog.metrics:
        reason = None if metric.hidden else _why_not(catalog, metric)
        if reason is not None:
            left_out.append(f"metric {metric.name}: {reason}")
        elif not metric.hidden:
            metrics.append(
                _described(
                    metric.name, metric.description, metric.words, {"expression": _sql(_formula(catalog, metric))}
                )
            )
            if metric.target is not None:
                left_out.append(f"target of {metric.name}: Ossie has no targets")
    model = {
        "name": catalog.name,
        "description": catalog.description,
        **_context(catalog.words),
        "datasets": [_dataset(dataset) for dataset in catalog.datasets],
        "relationships": [
            {
                "name": relation.name,
                "from": relation.from_dataset,
                "to": relation.to_dataset,
                "from_columns": list(relation.from_fields),
                "to_columns": list(relation.to_fields),
                **_context(relation.words),
            }
            for relation in catalog.relationships
        ],
        "metrics": metrics,
    }
    return Exported(({"semantic_model": [model]},), tuple(left_out))


def _dataset(dataset: Dataset) -> dict[str, Any]:
    body: dict[str, Any] = {"source": dataset.source}
    if dataset.primary_key:
        body["primary_key"] = list(dataset.primary_key)
    if dataset.unique_keys:
        body["unique_keys"] = [list(key) for key in dataset.unique_keys]
    body["fields"] = [_field(item) for item in dataset.fields]
    return _described(dataset.name, dataset.description, dataset.words, body)


def _field(item: CatalogField) -> dict[str, Any]:
    body: dict[str, Any] = {"label": item.label, "expression": _sql(item.expression)}
    if item.role is not FieldRole.MEASURE:
        body["dimension"] = {"is_time": item.role is FieldRole.TIME}
    return _described(item.name, item.description, item.words, body)


def _described(name: str, description: str, words: Words, body: dict[str, Any]) -> dict[str, Any]:
    more = {"description": description} if description else {}
    return {"name": name, **more, **_context(words), **body}


def _context(words: Words) -> dict[str, Any]:
    said = {
        "instructions": words.instructions,
        "synonyms": list(words.synonyms) or None,
        "examples": list(words.examples) or None,
    }
    kept = {key: value for key, value in said.items() if value}
    return {"ai_context": kept} if kept else {}


def _sql(expression: str) -> dict[str, Any]:
    return {"dialects": [{"dialect": "DUCKDB", "expression": expression}]}


def _why_not(catalog: Catalog, metric: Metric) -> str | None:
    """Why a metric is no single SQL expression; None where it is one."""
    if isinstance(metric, AggregateMetric):
        if metric.semi_additive is not None:
            return "a level that is not added up over time is no plain expression"
        if metric.expression.strip() == "*" and not catalog.dataset_by_name[metric.dataset].primary_key:
            return "a count of rows without a key names no dataset"
        return None if metric.aggregation in _FUNCTIONS else "a percentile has no place in Ossie's core"
    if not isinstance(metric, DerivedMetric):
        return f"a {metric.kind} metric is no plain expression"
    for item in metric.inputs:
        if item.offset is not None or item.offset_to_grain is not None:
            return "an offset in time is no plain expression"
        reason = _why_not(catalog, catalog.metric_by_name[item.metric])
        if reason is not None:
            return f"{item.metric}: {reason}"
    return None


def _formula(catalog: Catalog, metric: Metric, only: tuple[str, ...] = ()) -> str:
    """The metric as one expression, filters inside its aggregations."""
    conditions = (*only, metric.filter) if metric.filter else only
    if isinstance(metric, AggregateMetric):
        key = catalog.dataset_by_name[metric.dataset].primary_key
        value = f"{metric.dataset}.{key[0]}" if metric.expression.strip() == "*" else metric.expression
        if conditions:
            value = f"CASE WHEN {' AND '.join(f'({text})' for text in conditions)} THEN {value} END"
        return _FUNCTIONS[metric.aggregation].format(value)
    assert isinstance(metric, DerivedMetric)
    inputs = {item.name: item for item in metric.inputs}

    def say(_: str, name: str) -> str:
        item = inputs[name]
        own = (*conditions, item.filter) if item.filter else conditions
        return f"({_formula(catalog, catalog.metric_by_name[item.metric], own)})"

    return with_columns(metric.formula, say)
