"""Shorthands of a MetricQuery file, written out.

{metrics: [gmv], group_by: [month, orders.channel], where: {customers.region: West}, period: {start: 2026-10-01, ...}}
"""

from __future__ import annotations

from typing import Any

from catalog.durations import TimeGrain, TimePart

_GRAINS = frozenset(TimeGrain)
_PARTS = frozenset(TimePart)


def expand(data: dict[str, Any]) -> dict[str, Any]:
    """The query in full; what is already written out stays as it is."""
    full = dict(data)
    if isinstance(full.get("metrics"), list):
        full["metrics"] = [{"metric": item} if isinstance(item, str) else item for item in full["metrics"]]
    if isinstance(full.get("group_by"), list):
        full["group_by"] = [_dimension(item) for item in full["group_by"]]
    if isinstance(full.get("where"), dict) and "kind" not in full["where"]:
        full["where"] = _all_of(full["where"])
    if isinstance(full.get("order_by"), list):
        full["order_by"] = [_order(item) for item in full["order_by"]]
    return full


def _dimension(item: Any) -> Any:
    if isinstance(item, dict) and "kind" not in item:
        return {"kind": "field" if "bins" in item or "path" in item else "time", **item}
    if not isinstance(item, str):
        return item
    if item in _GRAINS:
        return {"kind": "time", "grain": item}
    if item in _PARTS:
        return {"kind": "time", "part": item}
    field, _, grain = item.partition("@")
    if grain:
        return {"kind": "time", "field": field, "grain": grain}
    return {"kind": "field", "field": item}


def _all_of(where: dict[str, Any]) -> dict[str, Any]:
    conditions = [
        {
            "kind": "field",
            "field": field,
            "operator": "in" if isinstance(value, list) else "is_null" if value is None else "eq",
            "values": value if isinstance(value, list) else [] if value is None else [value],
        }
        for field, value in where.items()
    ]
    return conditions[0] if len(conditions) == 1 else {"kind": "and", "conditions": conditions}


def _order(item: Any) -> Any:
    if not isinstance(item, str):
        return item
    return {"column": item.removeprefix("-"), "descending": item.startswith("-")}
