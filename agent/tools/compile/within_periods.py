"""Windows seen at a coarser or crossing grain: the window's value of each day (or base period), then one of them a period.

trailing revenue, by month, average:   the average over the month's days of each day's trailing revenue
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sqlglot import exp

from agent.errors import QueryError
from agent.tools.compile.aggregate import aggregate_relation, is_own_time, row_period
from agent.tools.compile.keys import Key
from agent.tools.compile.relation import Relation
from agent.tools.compile.scan import Scan, relation_column
from agent.tools.compile.scope import Atom
from catalog.durations import TimeGrain
from catalog.models import AggregateMetric

if TYPE_CHECKING:
    from agent.tools.compile.builder import Builder

_BASE = "base_period"


def needs_base_periods(builder: Builder, keys: tuple[Key, ...], metric: AggregateMetric, atom: Atom) -> bool:
    """Whether the keys are coarser than the periods the window's values are taken from, or cross each other."""
    window = atom.scope.window
    timed = [key for key in keys if is_own_time(builder, metric, key) and key.part is None]
    if window is None or not timed:
        return False
    if any(key.custom_grain is not None for key in timed):
        return True
    grains = [key.grain for key in timed if key.grain is not None]
    crossing = TimeGrain.WEEK in grains and any(grain.rank > TimeGrain.WEEK.rank for grain in grains)
    coarser = any(grain is not _base_grain(builder, metric) for grain in grains)
    return crossing or (window.period_aggregation != "last" and coarser)


def _base_grain(builder: Builder, metric: AggregateMetric) -> TimeGrain:
    time_field = builder.time_field(metric)
    item = builder.draft.field(time_field) if time_field else None
    return item.time_grain if item is not None and item.time_grain is not None else TimeGrain.DAY


def base_period_relation(builder: Builder, keys: tuple[Key, ...], atoms: list[Atom]) -> Relation:
    """The relation of the atoms by keys that stand over their base periods."""
    metric = builder.aggregate_metric(atoms[0])
    window = atoms[0].scope.window
    assert window is not None
    if builder.kept is not None:
        raise QueryError(f"{metric.label} is taken from days, so that rows past a limit have no common figure")
    timed = [key for key in keys if is_own_time(builder, metric, key)]
    base = Key(_BASE, grain=_base_grain(builder, metric))
    last = replace(window, period_aggregation="last")
    inner_atoms = {atom: replace(atom, scope=replace(atom.scope, window=last)) for atom in atoms}
    others = tuple(key for key in keys if key not in timed)
    inner = aggregate_relation(builder, (*others, base), list(inner_atoms.values()))
    columns = {atom: f"{atom.metric}_{number}" if number else atom.metric for number, atom in enumerate(atoms)}
    name = builder.draft.cte(
        f"{inner.name}_by_{base.grain.value if base.grain else _BASE}",
        inner.project({columns[atom]: inner.values[own] for atom, own in inner_atoms.items()}),
    )
    scan = Scan.of_relation(builder.draft, name)
    period = relation_column(name, _BASE)
    found = {
        key.name: row_period(scan, period, key, ()) if key in timed else relation_column(name, key.name) for key in keys
    }
    values: dict[Atom, exp.Expr] = {}
    for atom in atoms:
        value = relation_column(name, columns[atom])
        if window.period_aggregation == "average":
            values[atom] = exp.Avg(this=value)
        else:
            which = exp.ArgMin if window.period_aggregation == "first" else exp.ArgMax
            values[atom] = which(this=value, expression=period.copy())
    return Relation(f"{inner.name}_of_periods", scan.select(), found, values, True)
