"""A draft as YAML, laid out for people: one field a line, what was measured beside it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from catalog.drafting.datasets import described
from catalog.drafting.drafted import DraftedDataset, DraftedField, DraftedMetric
from catalog.drafting.relationships import Structure

_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_.()/'+*-]*(?: [A-Za-z0-9_.()/'+*-]+)*")
_NOT_TEXT = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})

Scalar = str | bool | int | float
Node = Scalar | Iterable["Node"] | Mapping[str, "Node"]


def scalar(value: Scalar) -> str:
    """A value that stands by itself or inside { } and [ ]."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    if _PLAIN.fullmatch(value) and value.lower() not in _NOT_TEXT:
        return value
    escaped = "".join(sign if sign.isprintable() else f"\\U{ord(sign):08x}" for sign in value.replace("\\", "\\\\"))
    return '"' + escaped.replace('"', '\\"') + '"'


def flow(value: Node) -> str:
    """A value on one line."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{scalar(key)}: {flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, str | bool | int | float):
        return scalar(value)
    return "[" + ", ".join(flow(item) for item in value) + "]"


def datasets_yaml(datasets: tuple[DraftedDataset, ...]) -> str:
    """datasets.yaml"""
    lines = ["datasets:"]
    for dataset in datasets:
        table = dataset.table
        rows = f"{table.rows:,} rows{', measured on a sample of them' if table.sampled else ''}"
        lines.append(f"  {dataset.name}: # {rows}")
        entries: dict[str, Node] = {}
        if table.name != dataset.name:
            entries["source"] = table.name
        entries |= {"label": dataset.label, "singular": dataset.singular, "description": described(dataset)}
        if dataset.synonyms:
            entries["synonyms"] = dataset.synonyms
        if dataset.primary_key:
            entries["primary_key"] = dataset.primary_key if len(dataset.primary_key) > 1 else dataset.primary_key[0]
        if dataset.unique_keys:
            entries["unique_keys"] = dataset.unique_keys
        if dataset.time:
            entries["time"] = dataset.time
        if dataset.hidden:
            entries["hidden"] = True
        if dataset.display:
            entries["display"] = dataset.display
        lines.extend(f"    {key}: {flow(value)}" for key, value in entries.items())
        lines.append("    fields:")
        lines.extend(f"      {_field_line(item)}" for item in dataset.fields)
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def _field_line(item: DraftedField) -> str:
    entries: dict[str, Node] = {}
    if item.expression:
        entries["expression"] = item.expression
    entries["type"] = item.type.value
    if item.role:
        entries["role"] = item.role.value
    if item.unit:
        entries["unit"] = item.unit
    entries["label"] = item.label
    if item.hidden:
        entries["hidden"] = True
    if item.description:
        entries["description"] = item.description
    if item.synonyms:
        entries["synonyms"] = item.synonyms
    if item.personal:
        entries["personal"] = item.personal
    values: dict[str, Node] = {}
    if item.sample is False:
        values["sample"] = False
    if item.said_as:
        values["said_as"] = item.said_as
    if item.value_words:
        values["synonyms"] = item.value_words
    if values:
        entries["values"] = values
    return f"{item.name}: {flow(entries)}" + (f" # {_comment(item.remark)}" if item.remark else "")


def _comment(text: str) -> str:
    return re.sub(r"[^\S ]|[\x00-\x1f\x7f-\x9f\u2028\u2029]", " ", text)


def relationships_yaml(structure: Structure, datasets: tuple[DraftedDataset, ...]) -> str:
    """relationships.yaml; pointers at tables or columns that are not in the catalog are left out."""
    by_table = {dataset.table.name: dataset for dataset in datasets}
    lines = ["relationships:"]
    for item in structure.relationships:
        source, target = by_table.get(item.table), by_table.get(item.of_table)
        if source is None or target is None:
            continue
        columns = [source.field_of(name).name for name in item.columns]
        of_columns = [target.field_of(name).name for name in item.of_columns]
        entries: dict[str, Node] = {"from": source.name, "to": target.name}
        entries["from_columns"] = columns[0] if len(columns) == 1 else columns
        entries["to_columns"] = of_columns[0] if len(of_columns) == 1 else of_columns
        if item.role:
            entries["role"] = item.role
        if item.one_to_one:
            entries["one_to_one"] = True
        if item.preferred:
            entries["preferred"] = True
        lines.append(f"  - {flow(entries)} # {_comment(item.evidence)}")
    return "\n".join(lines) + "\n" if len(lines) > 1 else ""


def metrics_yaml(metrics: tuple[DraftedMetric, ...]) -> str:
    """metrics.yaml"""
    lines = ["metrics:"]
    for metric in metrics:
        entries: dict[str, Node] = {"label": metric.label, "description": metric.description}
        if metric.dataset:
            entries["dataset"] = metric.dataset
        if metric.expression:
            entries["expression"] = metric.expression
        if metric.formula:
            entries["formula"] = metric.formula
        if metric.semi_additive:
            by: dict[str, Node] = {"over": metric.semi_additive, "by": metric.semi_additive_by}
            entries["semi_additive"] = by if metric.semi_additive_by else metric.semi_additive
        if metric.filter:
            entries["filter"] = metric.filter
        if metric.time:
            entries["time"] = metric.time
        if metric.is_state and not metric.semi_additive:
            entries["is_state"] = True
        if metric.unit:
            entries["unit"] = metric.unit
        if metric.synonyms:
            entries["synonyms"] = metric.synonyms
        lines.append(f"  {metric.name}:" + (f" # confirm {_comment(metric.doubt)}" if metric.doubt else ""))
        lines.extend(f"    {key}: {flow(value)}" for key, value in entries.items())
    return "\n".join(lines) + "\n"


def catalog_yaml(name: str, label: str, description: str, as_of: str | None, currency: str | None) -> str:
    """catalog.yaml"""
    entries: dict[str, Node] = {"name": name, "label": label, "description": description}
    if as_of:
        entries["as_of"] = as_of
    if currency:
        entries["currency"] = currency
    lines = [f"{key}: {flow(value)}" for key, value in entries.items()]
    if not currency:
        lines.append("# currency: USD # which one the amounts are in")
    return "\n".join(lines) + "\n"
