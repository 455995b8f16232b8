"""The tables of a goal: the ways to it, what each lever would have to be, the gap, the assumptions."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from agent.tools.analysis.scenario.grounds import Ground
from agent.tools.analysis.scenario.identities import IdentityBook
from agent.tools.analysis.scenario.movable_levers import listed
from agent.tools.analysis.scenario.scenario_tables import (
    MovedLever,
    assumption_table,
    column,
    growth,
    table,
    text_column,
)
from agent.tools.warehouse.result import ResultTable
from catalog.models import Metric


@dataclass(frozen=True)
class GoalOption:
    """One way to a target: what is moved to where, what it brings, whether that is the target, and its 90 % range."""

    moved: tuple[MovedLever, ...]
    reached: float
    feasible: bool
    low: float | None
    high: float | None
    held: tuple[str, ...] = ()  # labels of what stays as it is
    grounds: tuple[Ground, ...] = ()  # what its effects rest on

    @property
    def name(self) -> str:
        """What is moved, in words."""
        return listed([item.lever.label for item in self.moved])

    @property
    def effort(self) -> float:
        """The root of the summed squared relative changes."""
        return math.sqrt(sum(((item.then - item.now) / (abs(item.now) or 1.0)) ** 2 for item in self.moved))


def goal_tables(
    metric: Metric,
    now: float,
    target: float,
    options: Sequence[GoalOption],
    sql: str,
    grounds: Sequence[Ground],
    book: IdentityBook | None,
) -> tuple[ResultTable, ...]:
    """The first answers: of one way, what each lever would have to be; of several, the ways side by side; of none (met
    already, or nothing known to move it) the gap."""
    gap = _gap(metric, now, target, sql)
    if not options:
        return (gap.model_copy(update={"name": "answer"}),)
    tables = [] if len(options) == 1 else [_ways(metric, options, sql)]
    for place, option in enumerate(options):
        tables += _needed(option, place, sql)
    tables[0] = tables[0].model_copy(update={"name": "answer"})
    if len(options) == 1:
        tables.append(_ways(metric, options, sql))
    tables.append(gap)
    if grounds and book is not None:
        tables.append(assumption_table(grounds, book, sql))
    return tuple(tables)


def _ways(metric: Metric, options: Sequence[GoalOption], sql: str) -> ResultTable:
    columns = (
        text_column("lever", "Lever"),
        column("growth", unit="fraction", label="Change needed", calculation="growth"),
        column("reached", unit=metric.unit, label=metric.label),
        column("reaches_target", "context", label="Reaches the target", kind="BOOLEAN"),
        column("low", "context", metric.unit, "Low"),
        column("high", "context", metric.unit, "High"),
    )
    rows = []
    for option in options:
        single = option.moved[0] if len(option.moved) == 1 else None
        change = growth(single.then, single.now) if single is not None else None
        rows.append((option.name, change, option.reached, option.feasible, option.low, option.high))
    return table("ways", sql, columns, rows)


def _needed(option: GoalOption, place: int, sql: str) -> list[ResultTable]:
    """What each lever of a way would have to be, one table a unit."""
    units = list(dict.fromkeys(item.lever.metric.unit for item in option.moved))
    tables = []
    for number, unit in enumerate(units):
        columns = (
            text_column("lever", "Lever"),
            column("now", "context", unit, "Now"),
            column("needed", unit=unit, label="Needed"),
            column("change", unit=unit, label="Change", calculation="change"),
            column("growth", unit="fraction", label="Growth", calculation="growth"),
        )
        rows = [
            (item.lever.label, item.now, item.then, item.then - item.now, growth(item.then, item.now))
            for item in option.moved
            if item.lever.metric.unit == unit
        ]
        tables.append(table(f"way_{place + 1}" + (f"_{number + 1}" if number else ""), sql, columns, rows))
    return tables


def _gap(metric: Metric, now: float, target: float, sql: str) -> ResultTable:
    columns = (
        text_column("metric", "Metric"),
        column(metric.name, unit=metric.unit, label=metric.label),
        column("target", unit=metric.unit, label="Target"),
        column("gap", unit=metric.unit, label="Gap", calculation="change"),
        column("growth", unit="fraction", label="Growth needed", calculation="growth"),
    )
    return table("gap", sql, columns, [(metric.label, now, target, target - now, growth(target, now))])
