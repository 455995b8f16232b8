"""What metrics of all kinds share, from their authoring form: words, unit, target, time."""

from __future__ import annotations

from typing import Any

from catalog.authoring import MetricForm, TargetForm
from catalog.expressions import ExpressionError
from catalog.models import Direction, Target
from catalog.normalise_fields import words_from
from catalog.readable import label_of
from catalog.single_values import as_single_value

_COMPARISONS = {"at_least": ">=", "at_most": "<=", "above": ">", "below": "<"}


class MetricFault(Exception):
    """A metric that cannot be made; `key` is the key at fault."""

    def __init__(self, message: str, key: str) -> None:
        super().__init__(message)
        self.key = key


def common_of(form: MetricForm, **changes: Any) -> dict[str, Any]:
    """The keys of every kind of metric, with changes; MetricFault for a target that is none."""
    return {
        "name": form.name,
        "label": form.label or label_of(form.name),
        "description": form.description,
        "words": words_from(form),
        "unit": form.unit,
        "format": form.format,
        "direction": form.direction,
        "target": _target(form),
        "owner": form.owner,
        "time_field": form.time,
        "default_period": form.default_period,
        "is_state": bool(form.is_state),
        "filter": form.filter,
        "not_by": {name: why or "it does not apply" for name, why in form.not_by.items()},
        "caveat": form.caveat,
        "hidden": form.hidden,
        "fill_nulls_with": form.fill_nulls_with,
        "missing": form.missing,
        "fill_time_spine": form.fill_time_spine,
    } | changes


def _target(form: MetricForm) -> Target | None:
    if form.target is None:
        return None
    key, text = _one_of_target(form.target)
    comparison = _COMPARISONS.get(key, "<=" if form.direction is Direction.DOWN else ">=")
    try:
        expression = as_single_value(text)
    except ExpressionError as error:
        raise MetricFault(f"its target: {error}", "target") from error
    return Target(
        expression=expression,
        comparison=comparison,
        per=form.target.per,
        where=form.target.where,
        label=form.target.label,
        owner=form.target.owner,
    )


def _one_of_target(target: TargetForm) -> tuple[str, str]:
    keys = ("value", "expression", *_COMPARISONS)
    given = [(key, text) for key in keys if (text := getattr(target, key)) is not None]
    if len(given) != 1:
        raise MetricFault(f"a target has one of {', '.join(keys)}", "target")
    return given[0]
