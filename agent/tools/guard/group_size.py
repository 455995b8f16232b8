"""Minimum group sizes: no figure about a sensitive field, and no difference of such figures, rests on fewer than k of its owners.

A figure adds up the rows of a cell: rows of a dataset that meet its conditions, in its time, with its keys. Cells that a
user was answered cut the rows into atoms, the rows that lie in exactly the same cells:

    answered: by region            North | South | West
    asked:    vip or not           cuts each of the three in two: six atoms (see atoms.py)

Whatever is added to and taken from each other of the figures answered, the rows that are left are whole atoms. So a
question is answered only if every atom that it and all earlier ones make together holds no owner or at least k. That is
Chin and Ozsoyoglu's partitioning, "Auditing and inference control in statistical databases", IEEE TSE 8 (1982).
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass

from agent.errors import PolicyRefusal
from agent.tools.compile.builder import Builder
from agent.tools.compile.compare import compared_scope
from agent.tools.compile.draft import Draft
from agent.tools.compile.expand import metric_named
from agent.tools.compile.keys import key_of
from agent.tools.compile.reach import Reach
from agent.tools.compile.request import every_condition, resolve
from agent.tools.compile.scope import Atom, Scope, Window
from agent.tools.compile.timeline import ALL_TIME, Span
from agent.tools.compile.values import values_base
from agent.tools.guard.compiler_view import compiler_view
from agent.tools.guard.metric_access import parts_within, readings
from catalog.access import CatalogView
from catalog.durations import Duration
from catalog.models import AggregateMetric, Aggregation, Catalog, Frozen
from catalog.query import Condition, Dimension, FieldCondition, MetricCondition, MetricQuery

_ADDING = (
    Aggregation.SUM,
    Aggregation.COUNT,
    Aggregation.COUNT_DISTINCT,
    Aggregation.AVERAGE,
    Aggregation.SUM_BOOLEAN,
)
RULE = "minimum_group_size"


class Cells(Frozen):
    """The cells of one figure: what narrows its rows, and what splits them. Kept as JSON in the memory of answers."""

    dataset: str
    time_field: str | None = None
    conditions: tuple[Condition, ...] = ()
    start: dt.date | dt.datetime | None = None
    end: dt.date | dt.datetime | None = None
    shift: tuple[Duration, ...] = ()
    keys: tuple[Dimension, ...] = ()

    def canonical(self) -> str:
        """The cells as text: equal cells, equal text."""
        return json.dumps(self.model_dump(mode="json"), sort_keys=True, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class Protection:
    """What must be checked before a question is answered: its cells, and for whom they are too small."""

    cells: tuple[Cells, ...]
    size: int
    owners: tuple[str, ...]  # the datasets whose rows the sensitive fields describe


def sensitive_fields(view: CatalogView) -> dict[str, int]:
    """dataset.field of what has a minimum group size for the role, with that size."""
    return {
        f"{dataset.name}.{item.name}": size
        for dataset in view.datasets.values()
        for item in dataset.fields
        if (size := view.minimum_group_size(dataset, item)) is not None
    }


def protection_of(view: CatalogView, query: MetricQuery, as_of: dt.date | None) -> Protection | None:
    """What a question about sensitive fields needs; None where it is about none.

    PolicyRefusal for what shows single values (extremes, medians, a list of values by their owners' keys) or cannot be cut
    into cells (windows, states, conversions).
    """
    sensitive = sensitive_fields(view)
    if not sensitive:
        return None
    touched = _touched(view.whole, query, sensitive)
    if not touched:
        return None
    open_view = compiler_view(view)
    resolve(open_view, query)
    draft = Draft(open_view, query.as_of or as_of, "duckdb")
    builder = Builder(draft)
    cells = _cells(builder, query) if query.metrics else (_listed(builder, query),)
    for use in query.metrics:
        _require_adding(view.whole, use.metric, sensitive)
    owners = tuple(dict.fromkeys(name.partition(".")[0] for name in touched))
    return Protection(tuple(dict.fromkeys(cells)), max(touched.values()), owners)


def refusal(size: int) -> PolicyRefusal:
    """What is said where a group, or what sets it apart from earlier answers, is too small."""
    return PolicyRefusal(
        RULE,
        f"this role sees such figures for groups of at least {size}; this question, with those answered before it, would "
        f"tell about fewer. Ask for larger groups: by one split instead of several, over a longer period, or with a condition less",
    )


# What a question touches


def _touched(catalog: Catalog, query: MetricQuery, sensitive: dict[str, int]) -> dict[str, int]:
    roots = [item for item in (query.where, *(use.where for use in query.metrics)) if item is not None]
    conditions = list(every_condition(roots))
    names = {item.field for item in query.group_by if item.field}
    names |= {item.field for item in conditions if isinstance(item, FieldCondition)}
    metrics = [use.metric for use in query.metrics]
    metrics += [item.metric for item in conditions if isinstance(item, MetricCondition)]
    names |= {name for item in conditions if isinstance(item, MetricCondition) for name in item.per}
    for name in metrics:
        for part in parts_within(catalog, name):
            names |= {reading.field for reading in readings(catalog, part)}
    shared = {
        catalog.field(name).shared_dimension for name in names if _is_field(catalog, name) and catalog.field(name)
    }
    return {
        name: size
        for name, size in sensitive.items()
        if name in names or (catalog.field(name).shared_dimension or "") in shared
    }


def _is_field(catalog: Catalog, name: str) -> bool:
    dataset, _, field = name.partition(".")
    return dataset in catalog.dataset_by_name and field in catalog.dataset_by_name[dataset].field_by_name


def _require_adding(catalog: Catalog, name: str, sensitive: dict[str, int]) -> None:
    for part in parts_within(catalog, name):
        if not isinstance(part, AggregateMetric) or part.aggregation in _ADDING:
            continue
        if any(reading.field in sensitive for reading in readings(catalog, part)):
            label = catalog.metric_by_name[name].label
            raise PolicyRefusal(
                RULE, f"{label} would show single values; this role sees sums, counts and averages of them"
            )


# Cells


def _cells(builder: Builder, query: MetricQuery) -> tuple[Cells, ...]:
    keys = tuple(key_of(item) for item in query.group_by)
    period = Span(query.period.start, query.period.end) if query.period else ALL_TIME
    scope = Scope(period=period, span=period)
    scope = scope.where(query.where) if query.where is not None else scope
    found: list[Cells] = []
    for use in query.metrics:
        now = scope.where(use.where) if use.where is not None else scope
        now = now.before(use.offset) if use.offset is not None else now
        scopes = [now]
        for other in query.compare:
            scopes.append(compared_scope(now, other, keys, builder.draft.catalog.calendar, builder.draft.as_of))
        for each in scopes:
            formula = builder.atoms.expand(use.metric, each)
            found += [_cells_of(builder, atom, query.group_by) for atom in builder.atoms.of(formula)]
    return tuple(found)


def _cells_of(builder: Builder, atom: Atom, keys: tuple[Dimension, ...]) -> Cells:
    metric = metric_named(builder.draft, atom.metric)
    scope = atom.scope
    up_to = scope.window == Window()
    if (
        not isinstance(metric, AggregateMetric)
        or metric.semi_additive is not None
        or scope.to_grain is not None
        or scope.overlapping
        or (scope.window is not None and not up_to)
    ):
        raise PolicyRefusal(
            RULE, f"{metric.label} cannot be kept to groups large enough for this role, so it is not shown"
        )
    _refuse_fanning_out(builder, metric.dataset, keys)
    return Cells(
        dataset=metric.dataset,
        time_field=builder.time_field(metric),
        conditions=scope.conditions,
        start=None if up_to else scope.span.start,
        end=scope.span.end,
        shift=scope.shift,
        keys=keys,
    )


def _listed(builder: Builder, query: MetricQuery) -> Cells:
    """The cells of a list of values: those whose values are listed together."""
    dataset = values_base(builder, resolve(builder.draft.view, query))
    return Cells(
        dataset=dataset,
        time_field=None,
        conditions=(query.where,) if query.where is not None else (),
        keys=query.group_by,
    )


def _refuse_fanning_out(builder: Builder, dataset: str, keys: tuple[Dimension, ...]) -> None:
    for key in keys:
        if key.field is None:
            continue
        reach = builder.draft.reaches.reach(dataset, key.field, key.path)
        if isinstance(reach, Reach) and reach.fans_out:
            raise PolicyRefusal(RULE, f"a split by {key.field} cannot be kept to groups large enough for this role")
