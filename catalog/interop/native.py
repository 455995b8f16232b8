"""A catalog as the YAML people write, from the catalog itself: what an import is saved as.

`write_texts` gives the files; `saved_texts` also loads them again and names what would come back otherwise.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from sqlglot import exp

from catalog.errors import CatalogError
from catalog.expressions import ExpressionError, parse_expression, render
from catalog.loader import load_texts
from catalog.models import (
    AggregateMetric,
    Catalog,
    CatalogField,
    ConversionMetric,
    CumulativeMetric,
    Dataset,
    DerivedMetric,
    Metric,
    PerEntityMetric,
    Relationship,
    StateMetric,
    Target,
    Words,
)

# Filled in on loading where nothing is said, with what is taken then anyway.
_INFERRED = ("time_grain", "time_field", "unit")
_DROPPED = ("metric", "relationship", "role", "persona")
_COMPARISONS = {">=": "at_least", "<=": "at_most", ">": "above", "<": "below"}
_METRIC_KEYS = (
    "description",
    "unit",
    "format",
    "direction",
    "owner",
    "default_period",
    "filter",
    "not_by",
    "caveat",
    "hidden",
    "fill_nulls_with",
    "missing",
    "fill_time_spine",
)
_AGGREGATE_KEYS = ("percentile", "percentile_discrete", "percentile_approximate")


def write_texts(catalog: Catalog) -> dict[str, str]:
    """The catalog's files by name, as YAML; a file without content is left out."""
    header = {"name": catalog.name, "label": catalog.label, **_spoken(catalog.description, catalog.words)}
    header |= _given(catalog, "as_of", "currency", "egress", "default_periods", "time_spines")
    calendar = _plain(catalog.calendar)
    for holiday in calendar.get("holidays", []):
        holiday.update({"synonyms": holiday.pop("words")["synonyms"]} if "words" in holiday else {})
    if calendar:
        header["calendar"] = calendar
    files = {
        "catalog.yaml": header,
        "datasets.yaml": {"datasets": [_dataset(item) for item in catalog.datasets]},
        "relationships.yaml": {"relationships": [_relationship(item) for item in catalog.relationships]},
        "metrics.yaml": {"metrics": [_metric(item) for item in catalog.metrics]},
        "roles.yaml": {"roles": [_plain(item) for item in catalog.roles]},
        "personas.yaml": {"personas": [_plain(item) for item in catalog.personas]},
        "strategy.yaml": {"strategy": _plain(catalog.strategy)},
        "questions.yaml": {"verified_questions": [_plain(item) for item in catalog.verified_questions]},
    }
    return {
        file: yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=110)
        for file, content in files.items()
        if any(content.values())
    }


def saved_texts(catalog: Catalog) -> tuple[dict[str, str], tuple[str, ...]]:
    """The files, and by name each item they leave out or that loading them would give otherwise.

    A metric, relationship, role or persona that the rules refuse is left out; CatalogError where it is anything else.
    """
    texts, again, left_out = _loadable(catalog)
    changed = list(left_out)
    for kind in ("datasets", "relationships", "metrics", "roles", "personas"):
        found = {item.name: item for item in getattr(again, kind)}
        for item in getattr(catalog, kind):
            other = found.get(item.name)
            if other is not None and (keys := _differing(catalog, item, other)):
                changed.append(f"{kind.removesuffix('s')} {item.name}: {', '.join(keys)} read back otherwise")
    changed += [
        f"strategy.{part} reads back otherwise"
        for part in type(catalog.strategy).model_fields
        if getattr(catalog.strategy, part) != getattr(again.strategy, part)
    ]
    return texts, tuple(changed)


def _loadable(catalog: Catalog) -> tuple[dict[str, str], Catalog, list[str]]:
    left_out: dict[tuple[str, ...], str] = {}
    while True:
        texts = write_texts(catalog)
        try:
            return texts, load_texts({Path(file): text for file, text in texts.items()})[0], list(left_out.values())
        except CatalogError as error:
            faults = {
                issue.subject[:2]: issue.message
                for issue in error.issues
                if issue.severity == "error" and len(issue.subject) > 1 and issue.subject[0] in _DROPPED
            }
            if not faults or faults.keys() <= left_out.keys():
                raise
            for (kind, name), message in faults.items():
                said = message if message.startswith(f"{kind} {name}") else f"{kind} {name}: {message}"
                left_out[kind, name] = said
            kept = {
                f"{kind}s": tuple(item for item in getattr(catalog, f"{kind}s") if (kind, item.name) not in left_out)
                for kind in _DROPPED
            }
            catalog = catalog.model_copy(update=kept)


def _differing(catalog: Catalog, item: Any, other: Any) -> list[str]:
    """The keys whose meaning differs; SQL that is only spelt otherwise is the same."""
    own = catalog.dataset_by_name.get(item.dataset) if isinstance(item, AggregateMetric) else None
    return [
        key
        for key in type(item).model_fields
        if _canonical(key, getattr(item, key), own) != _canonical(key, getattr(other, key, None), own)
        and not (key in _INFERRED and getattr(item, key) is None)
    ]


def _canonical(key: str, value: Any, own: Dataset | None) -> Any:
    if key == "fields":
        return [item.model_copy(update={"time_grain": None}) for item in value]
    if key == "inputs":
        return sorted(value, key=lambda item: item.name)
    if key not in ("filter", "expression") or not isinstance(value, str) or value == "*":
        return value
    try:
        tree = parse_expression(value).copy()
        for column in tree.find_all(exp.Column):
            field = own.field_by_name.get(column.name) if own is not None and not column.table else None
            if own is not None and field is not None and field.expression == field.name:
                column.set("table", exp.to_identifier(own.name))
        return render(tree)
    except ExpressionError:
        return value


def _dataset(dataset: Dataset) -> dict[str, Any]:
    body: dict[str, Any] = {"name": dataset.name, **_given(dataset, "source", "label", "singular")}
    body |= _spoken(dataset.description, dataset.words)
    body |= _given(dataset, "primary_key", "unique_keys", "owner", "hidden")
    body["time"] = dataset.time_field or "none"
    if dataset.display_field:
        body["display"] = dataset.display_field
    if dataset.validity:
        body["validity"] = {"from": dataset.validity.valid_from, "to": dataset.validity.valid_to}
    return {**body, "fields": [_field(item) for item in dataset.fields]}


def _field(item: CatalogField) -> dict[str, Any]:
    body: dict[str, Any] = {"name": item.name, **_given(item, "label", "expression", "type", "role")}
    body |= _spoken(item.description, item.words) | _given(item, "unit", "format", "hidden", "time_zone")
    renamed = {"grain": item.time_grain, "same_as": item.shared_dimension, "personal": item.personal_data}
    body |= {key: str(value) for key, value in renamed.items() if value is not None}
    return {**body, "values": {**_plain(item.values), "sample": item.values.sample and not item.personal_data}}


def _relationship(item: Relationship) -> dict[str, Any]:
    body: dict[str, Any] = {"name": item.name, "from": item.from_dataset, "to": item.to_dataset}
    body |= {"from_columns": list(item.from_fields), "to_columns": list(item.to_fields)}
    return body | _spoken("", item.words) | _given(item, "one_to_one", "role", "weight", "preferred", "mandatory")


def _metric(metric: Metric) -> dict[str, Any]:
    body: dict[str, Any] = {"name": metric.name, "label": metric.label}
    body |= _computed(metric) | _spoken("", metric.words) | _given(metric, *_METRIC_KEYS)
    body["is_state"] = metric.is_state
    if metric.time_field:
        body["time"] = metric.time_field
    if metric.target:
        body["target"] = _target(metric.target)
    return body


def _computed(metric: Metric) -> dict[str, Any]:
    """The keys that say how a metric of its kind is computed."""
    if isinstance(metric, AggregateMetric):
        body = {"expression": metric.expression, "aggregation": metric.aggregation.value, "dataset": metric.dataset}
        return body | _given(metric, "semi_additive", *_AGGREGATE_KEYS)
    if isinstance(metric, DerivedMetric):
        inputs = [_lengths(_plain(item)) for item in metric.inputs if len(_plain(item)) > 2 or item.name != item.metric]
        body = {"formula": metric.formula, **_given(metric, "missing_terms", "only_where_all_have_data")}
        return body | ({"inputs": inputs} if inputs else {})
    if isinstance(metric, CumulativeMetric):
        keys: dict[str, Any] = {
            "cumulative": _given(metric, "metric", "window", "to_date", "period_aggregation"),
        }
    elif isinstance(metric, ConversionMetric):
        conversion = _given(metric, "base_entity", "conversion_entity", "window", "calculation", "constant_properties")
        keys = {"conversion": {"base": metric.base_metric, "conversion": metric.conversion_metric, **conversion}}
    elif isinstance(metric, PerEntityMetric):
        keys = {"per_entity": _given(metric, "entity", "metrics", "expression")}
    else:
        assert isinstance(metric, StateMetric)
        state = _given(metric, "entity", "base_dataset", "base_window", "recent_window", "counted", "calculation")
        keys = {"state": state | ({"base_time": metric.base_time_field} if metric.base_time_field else {})}
    return {key: _lengths(value) for key, value in keys.items()}


def _lengths(body: dict[str, Any]) -> dict[str, Any]:
    """Lengths of time as text: 90 days."""
    return {
        key: f"{value['count']} {value['grain']}"
        if isinstance(value, dict) and set(value) == {"count", "grain"}
        else value
        for key, value in body.items()
    }


def _target(target: Target) -> dict[str, Any]:
    return {_COMPARISONS[target.comparison]: target.expression, **_given(target, "per", "where", "label", "owner")}


def _spoken(description: str, words: Words) -> dict[str, Any]:
    return ({"description": description} if description else {}) | _plain(words)


def _given(item: Any, *keys: str) -> dict[str, Any]:
    """The keys that say something else than what is taken when they are left out."""
    plain = _plain(item)
    return {key: plain[key] for key in keys if key in plain}


def _plain(item: Any) -> dict[str, Any]:
    found: dict[str, Any] = item.model_dump(mode="json", exclude_defaults=True)
    return found
