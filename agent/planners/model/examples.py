"""Verified questions as examples for a model: the query as the form it is asked to fill."""

from __future__ import annotations

import json
from typing import Any

from pydantic import ValidationError

from agent.planners.model.values_read import conditions_of
from catalog.models import VerifiedQuestion
from catalog.query import FieldCondition, FieldDimension, MetricQuery, TimeDimension

_CAN_SAY = {"metrics", "group_by", "where", "period", "order_by", "limit", "calculations", "as_of"}


def example_of(verified: VerifiedQuestion, *, with_values: bool) -> str | None:
    """The form of a verified question as JSON, empty parts left out; None where the form cannot say it, or where it
    holds values that may not leave."""
    try:
        query = MetricQuery.model_validate(verified.query)
    except ValidationError:
        return None
    said = set(query.model_fields_set)
    if said - _CAN_SAY or any(use.where or use.offset for use in query.metrics):
        return None
    conditions = conditions_of(query)
    if conditions and not with_values:
        return None
    form: dict[str, Any] = {"kind": "figures" if query.metrics else "values"}
    form["metrics"] = [use.metric for use in query.metrics]
    form["group_by"] = [item.field for item in query.group_by if isinstance(item, FieldDimension)]
    times = [item for item in query.group_by if isinstance(item, TimeDimension)]
    if times:
        grain = times[0].grain or times[0].part
        if grain is None or len(times) > 1:
            return None
        form["by_time"] = grain.value
    filters = [item for item in conditions if isinstance(item, FieldCondition) and item.operator in ("eq", "in")]
    if len(filters) != len(conditions):
        return None
    form["filters"] = [{"field": item.field, "values": [str(value) for value in item.values]} for item in filters]
    if query.order_by:
        form["order"] = "highest" if query.order_by[0].descending else "lowest"
        form["limit"] = query.limit or 0
    if query.calculations:
        if {item.kind for item in query.calculations} - {"share", "growth", "running_total"}:
            return None
        form["show"] = [item.kind for item in query.calculations]
    kept = {key: value for key, value in form.items() if value or key == "kind"}
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))
