"""Reads figures that are left out of another as the rows they count: "GMV excluding cancelled and failed orders"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import sqlglot
from sqlglot import exp

from agent.planners.embedded.cues import Cue
from agent.planners.embedded.draft import Draft, Item
from catalog.models import AggregateMetric, Metric
from catalog.query import Scalar
from semantic_context.linking import Meaning

_DENIES = frozenset(("no", "non", "nor", "not", "never", "neither"))  # says what was not so: "never received a gift"


def leave_out_figures(draft: Draft) -> frozenset[int]:
    """The places of such items, each given the value by which its figure picks its rows. A figure cannot be left out of
    another one, and beside it in the answer it would stand for what was to be gone."""
    found: set[int] = set()
    for word in draft.items:
        if Cue.NOT in word.cues() and word.text.casefold() not in _DENIES:
            found |= set(_behind(draft, word))
    return frozenset(found)


def _behind(draft: Draft, word: Item) -> Iterator[int]:
    """The items of the list that a "not" leads to."""
    for item in draft.items[word.place + 1 :]:
        values = tuple(_values(draft, item))
        if values and item.used is None:
            item.span = replace(item.span, meanings=(*item.span.meanings, *values))
            yield item.place
        elif not (item.is_stop or item.has("value", "dataset") or item.cue() in (Cue.AND, Cue.OR)):
            return


def _values(draft: Draft, item: Item) -> Iterator[Meaning]:
    """The values by which the figures of an item pick their rows; each once."""
    known = {meaning.name for meaning in item.of("value")}
    for meaning in item.of("metric")[:1]:
        picked = picked_by(draft.view.whole.metric_by_name[meaning.name])
        if picked is not None and draft.view.can_show(picked[0]):
            if picked[0] not in known:
                yield Meaning("value", picked[0], meaning.score, meaning.how, payload=picked[1])
            else:
                yield next(held for held in item.of("value") if held.name == picked[0])


def picked_by(metric: Metric) -> tuple[str, tuple[Scalar, ...]] | None:
    """(dataset.field, values) where a figure is made of the rows that hold one of a field's values; None for any other."""
    if not isinstance(metric, AggregateMetric) or not metric.filter:
        return None
    condition = sqlglot.parse_one(metric.filter, dialect="duckdb")
    column = condition if isinstance(condition, exp.Column) else condition.this
    if not isinstance(column, exp.Column):
        return None
    name = f"{column.table or metric.dataset}.{column.name}"
    if column is condition:
        return name, (True,)
    if not isinstance(condition, exp.EQ | exp.In):
        return None
    held = condition.expressions if isinstance(condition, exp.In) else [condition.expression]
    literals = [item for item in held if isinstance(item, exp.Literal)]
    return (name, tuple(item.name for item in literals)) if literals and len(literals) == len(held) else None
