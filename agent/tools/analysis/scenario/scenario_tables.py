"""The tables of a scenario: outcomes, what is moved, assumptions with their sources, the tornado."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from agent.tools.analysis.scenario.grounds import Ground
from agent.tools.analysis.scenario.identities import IdentityBook
from agent.tools.analysis.scenario.movable_levers import MovableLever
from agent.tools.analysis.scenario.preparation import Preparation
from agent.tools.analysis.scenario.sensitivity import TornadoBar
from agent.tools.warehouse.result import ResultColumn, ResultTable

Role = Literal["key", "measure", "context"]


@dataclass(frozen=True)
class OutcomeEstimate:
    """What a scenario makes of one outcome: as it is, at the central assumptions, and the 90 % range of the draws."""

    metric: str
    baseline: float
    scenario: float
    low: float | None
    high: float | None


@dataclass(frozen=True)
class MovedLever:
    """A lever, the value it has and the one it takes."""

    lever: MovableLever
    now: float
    then: float


def column(
    name: str,
    role: Role = "measure",
    unit: str | None = None,
    label: str | None = None,
    calculation: str | None = None,
    kind: str = "DOUBLE",
) -> ResultColumn:
    """A column of a table that code made."""
    return ResultColumn(name=name, type=kind, role=role, unit=unit, label=label, calculation=calculation)


def text_column(name: str, label: str | None = None, role: Role = "key") -> ResultColumn:
    """A column of words."""
    return column(name, role, label=label, kind="VARCHAR")


def table(name: str, sql: str, columns: Sequence[ResultColumn], rows: Iterable[tuple[Any, ...]]) -> ResultTable:
    """A table that code made from what `sql` gave."""
    return ResultTable(name=name, sql=sql, columns=tuple(columns), rows=tuple(rows))


def outcome_table(
    name: str, unit: str | None, rows: Sequence[OutcomeEstimate], prepared: Preparation, baseline: str = "As it was"
) -> ResultTable:
    """One row an outcome: baseline, scenario, change, growth, and the range where an assumption has one."""
    columns = (
        text_column("metric", "Metric"),
        column("baseline", unit=unit, label=baseline, calculation="previous"),
        column("scenario", unit=unit, label="Scenario"),
        column("change", unit=unit, label="Change", calculation="change"),
        column("growth", unit="fraction", label="Growth", calculation="growth"),
        column("low", "context", unit, "Low"),
        column("high", "context", unit, "High"),
    )
    return table(
        name,
        prepared.sql,
        columns,
        [
            (
                prepared.book.label(row.metric),
                row.baseline,
                row.scenario,
                row.scenario - row.baseline,
                growth(row.scenario, row.baseline),
                row.low,
                row.high,
            )
            for row in rows
        ],
    )


def lever_tables(moved: Sequence[MovedLever], prepared: Preparation) -> tuple[ResultTable, ...]:
    """What is moved, one table a unit: the value now, the value taken, the change and the growth."""
    by_unit: dict[str | None, list[MovedLever]] = {}
    for item in moved:
        by_unit.setdefault(item.lever.metric.unit, []).append(item)
    tables = []
    for place, (unit, items) in enumerate(by_unit.items()):
        columns = (
            text_column("lever", "Lever"),
            column("now", "context", unit, "Now"),
            column("then", unit=unit, label="Then"),
            column("change", unit=unit, label="Change", calculation="change"),
            column("growth", unit="fraction", label="Growth", calculation="growth"),
        )
        rows = [
            (item.lever.label, item.now, item.then, item.then - item.now, growth(item.then, item.now)) for item in items
        ]
        tables.append(table("levers" if place == 0 else f"levers_{place + 1}", prepared.sql, columns, rows))
    return tuple(tables)


def assumption_table(grounds: Sequence[Ground], book: IdentityBook, sql: str) -> ResultTable:
    """Each elasticity with its range, where it comes from, and how many rows an estimate rests on."""
    columns = (
        text_column("assumption", "Assumption"),
        column("elasticity", label="Elasticity"),
        column("low", "context", label="Low"),
        column("high", "context", label="High"),
        text_column("source", "Source", "context"),
        text_column("evidence", "Evidence", "context"),
        column("rows_used", "context", "count", "Rows", kind="BIGINT"),
    )
    rows = []
    for ground in grounds:
        for segment, known in ground.ranges.items():
            name = ground.assumption(book.label(ground.cause), book.label(ground.effect), segment)
            used = (ground.rows or {}).get(segment)
            rows.append((name, known.elasticity, known.low, known.high, ground.source, ground.evidence, used))
    return table("assumptions", sql, columns, rows)


def tornado_table(bars: Sequence[TornadoBar], unit: str | None, sql: str) -> ResultTable:
    """One row an assumption, the widest first: the outcome at its low and at its high end."""
    columns = (
        text_column("assumption", "Assumption"),
        column("at_low", unit=unit, label="At its low end"),
        column("at_high", unit=unit, label="At its high end"),
        column("swing", "context", unit, "Swing"),
    )
    return table("tornado", sql, columns, [(bar.assumption, bar.at_low, bar.at_high, bar.swing) for bar in bars])


def growth(later: float, earlier: float) -> float | None:
    """The relative change; None from zero."""
    return None if earlier == 0 else (later - earlier) / abs(earlier)


def by_unit(
    rows: Sequence[OutcomeEstimate], units: Mapping[str, str | None]
) -> dict[str | None, list[OutcomeEstimate]]:
    """Outcomes grouped by unit, in order of appearance: a column of a table has one unit."""
    grouped: dict[str | None, list[OutcomeEstimate]] = {}
    for row in rows:
        grouped.setdefault(units[row.metric], []).append(row)
    return grouped
