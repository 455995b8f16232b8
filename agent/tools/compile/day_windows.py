"""Windows that are no whole periods (90 days by month, 12 months by day): aggregated once a day, then days joined to the
periods whose window they lie in. Thousands of days instead of millions of rows meet the periods.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sqlglot import exp

from agent.tools.compile.aggregate import aggregate_relation, data_of_period, earliest, is_own_time, period_key
from agent.tools.compile.combine import column_names
from agent.tools.compile.keys import Key
from agent.tools.compile.periods import axis, end_of_time
from agent.tools.compile.relation import Relation
from agent.tools.compile.running_windows import PARTS, is_decomposable
from agent.tools.compile.scan import Scan, relation_column
from agent.tools.compile.scope import Atom
from agent.tools.compile.time_keys import finest_of
from agent.tools.compile.timeline import Span
from catalog.durations import TimeGrain
from catalog.models import AggregateMetric

if TYPE_CHECKING:
    from agent.tools.compile.builder import Builder

_DAY = "each_day"


def adds_up_by_day(builder: Builder, keys: tuple[Key, ...], metric: AggregateMetric, atoms: list[Atom]) -> bool:
    """Whether the atoms' windows are sums of whole days."""
    timed = [key for key in keys if is_own_time(builder, metric, key)]
    days = all(key.grain is not None and key.grain.rank >= TimeGrain.DAY.rank for key in timed)
    shifts = all(duration.grain.rank >= TimeGrain.DAY.rank for duration in atoms[0].scope.shift)
    window = atoms[0].scope.window
    whole = window is not None and (window.duration is None or window.duration.grain.rank >= TimeGrain.DAY.rank)
    return bool(timed) and days and shifts and whole and is_decomposable(builder, keys, metric, atoms)


def day_window_relation(builder: Builder, keys: tuple[Key, ...], atoms: list[Atom]) -> Relation:
    """The relation of windowed atoms, by way of their daily parts."""
    draft = builder.draft
    metric, scope = builder.aggregate_metric(atoms[0]), atoms[0].scope
    timed = tuple(key for key in keys if is_own_time(builder, metric, key))
    finest_key = finest_of(timed)
    time_field = builder.time_field(metric)
    assert finest_key is not None and time_field is not None
    end = end_of_time(draft, scope.period)
    for duration in scope.shift:
        end = None if end is None else Span(None, end).back(duration).end
    plain = replace(scope, window=None, shift=(), span=Span(earliest(draft, scope, finest_key), end))
    inner_atoms = {atom: replace(atom, scope=replace(plain, conditions=atom.scope.conditions)) for atom in atoms}
    others = tuple(key for key in keys if key not in timed)
    parts = aggregate_relation(builder, (*others, Key(_DAY, grain=TimeGrain.DAY)), list(inner_atoms.values()))
    columns = column_names(parts)
    days = draft.cte(
        f"daily_{parts.name}", parts.project({columns[own]: parts.values[own] for own in inner_atoms.values()})
    )
    periods = axis(draft, finest_key, scope, time_field)
    day = relation_column(days, _DAY)
    begin, finish = data_of_period(draft, periods, scope, time_field)
    on: list[exp.Expr] = [exp.LT(this=day, expression=finish)]
    if begin is not None:
        on.insert(0, exp.GTE(this=day.copy(), expression=begin))
    scan = Scan.of_relation(draft, periods.relation)
    scan.join_relation(days, on, kind="inner")
    found = {
        key.name: period_key(builder, periods, key) if key in timed else relation_column(days, key.name) for key in keys
    }
    if builder.kept is not None and builder.kept.holds_for(found):
        found = builder.kept.applied(scan, found)
    values: dict[Atom, exp.Expr] = {}
    for atom, own in inner_atoms.items():
        function = PARTS[builder.aggregate_metric(atom).aggregation]
        values[atom] = function(this=relation_column(days, columns[own]))
    return Relation(parts.name, scan.select(), found, values, True)
