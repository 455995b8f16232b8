"""The same figures in overlapping periods, read once: by period over all of them, each comparison a slice of it, shifted.

revenue by month of 2026 beside the month before   ->   one scan from December 2025 on, read twice
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlglot import exp

from agent.tools.compile.aggregate import is_own_time
from agent.tools.compile.combine import column_names
from agent.tools.compile.expand import metric_named
from agent.tools.compile.expressions import all_of
from agent.tools.compile.keys import Key
from agent.tools.compile.literals import date_literal
from agent.tools.compile.relation import Relation
from agent.tools.compile.scan import Scan, relation_column
from agent.tools.compile.scope import Atom, Scope
from agent.tools.compile.timeline import Span, divides, floored, grain_type, moved
from catalog.models import AggregateMetric, FieldType
from catalog.query import as_datetime

if TYPE_CHECKING:
    from agent.tools.compile.builder import Builder


@dataclass(frozen=True, slots=True)
class Shared:
    """Groups of atoms that differ in their periods alone, and the span that holds them all."""

    groups: tuple[tuple[Atom, ...], ...]
    span: Span


def overlapping_groups(builder: Builder, keys: tuple[Key, ...], groups: list[list[Atom]]) -> list[Shared]:
    """Which groups to read once: by a grain their periods are whole ones of, with periods that overlap or adjoin."""
    if builder.kept is not None:
        return []
    alike: dict[object, list[list[Atom]]] = {}
    for group in groups:
        if _is_by_whole_periods(builder, keys, group):
            shape = tuple(
                replace(atom, scope=replace(atom.scope, span=Span(), period=Span(), shift=())) for atom in group
            )
            alike.setdefault(shape, []).append(group)
    found: list[Shared] = []
    for same in alike.values():
        spans = [group[0].scope.span for group in same]
        if len(same) > 1 and _adjoin(spans):
            starts = [span.start for span in spans]
            ends = [span.end for span in spans]
            start = min((each for each in starts if each is not None), key=as_datetime, default=None)
            end = max((each for each in ends if each is not None), key=as_datetime, default=None)
            whole = Span(None if None in starts else start, None if None in ends else end)
            found.append(Shared(tuple(tuple(group) for group in same), whole))
    return found


def _is_by_whole_periods(builder: Builder, keys: tuple[Key, ...], group: list[Atom]) -> bool:
    metric = metric_named(builder.draft, group[0].metric)
    scope = group[0].scope
    if not isinstance(metric, AggregateMetric) or metric.semi_additive is not None or builder.fans_out(metric, keys):
        return False
    if scope.window is not None or scope.to_grain is not None or scope.overlapping:
        return False
    timed = [key for key in keys if is_own_time(builder, metric, key)]
    if len(timed) != 1 or timed[0].grain is None or builder.reads_time(metric, group):
        return False
    grain, calendar = timed[0].grain, builder.draft.catalog.calendar
    bounds = [moment for moment in (scope.span.start, scope.span.end) if moment is not None]
    whole = all(as_datetime(floored(each, grain, calendar, timed[0].fiscal)) == as_datetime(each) for each in bounds)
    return whole and all(divides(grain, duration) for duration in scope.shift)


def _adjoin(spans: list[Span]) -> bool:
    """Whether the spans overlap, so that reading them together reads less than reading each."""
    known = [(as_datetime(span.start), as_datetime(span.end)) for span in spans if span.start and span.end]
    if len(known) != len(spans):
        return True
    known.sort()
    reach = known[0][1]
    for start, end in known[1:]:
        if start >= reach:
            return False
        reach = max(reach, end)
    return True


def slices(builder: Builder, keys: tuple[Key, ...], shared: Shared, whole: Relation) -> list[Relation]:
    """A relation for each group: the whole's rows of its periods, counted for the periods they are compared with.

    `whole` has the first group's atoms, over the shared span and without offset.
    """
    columns = list(column_names(whole).values())
    values = {name: whole.values[atom] for atom, name in column_names(whole).items()}
    metric = builder.aggregate_metric(shared.groups[0][0])
    (timed,) = [key for key in keys if is_own_time(builder, metric, key)]
    assert timed.grain is not None
    name = builder.draft.cte(f"{whole.name}_by_{timed.grain.value}", whole.project(values))
    as_date = grain_type(timed.grain) is FieldType.DATE
    found: list[Relation] = []
    for group in shared.groups:
        scan = Scan.of_relation(builder.draft, name)
        scope: Scope = group[0].scope
        period = relation_column(name, timed.name)
        bounds: list[exp.Expr] = []
        if scope.span.start is not None and scope.span.start != shared.span.start:
            bounds.append(exp.GTE(this=period.copy(), expression=date_literal(scope.span.start)))
        if scope.span.end is not None and scope.span.end != shared.span.end:
            bounds.append(exp.LT(this=period.copy(), expression=date_literal(scope.span.end)))
        predicate = all_of(bounds)
        if predicate is not None:
            scan.where.append(predicate)
        shifted: exp.Expr = period
        for duration in scope.shift:
            shifted = moved(shifted, duration, as_date)
        expressions = {key.name: shifted if key is timed else relation_column(name, key.name) for key in keys}
        parts: dict[Atom, exp.Expr] = {
            atom: relation_column(name, column) for atom, column in zip(group, columns, strict=True)
        }
        found.append(Relation(whole.name, scan.select(), expressions, parts, False))
    return found
