"""The actual values that a scenario starts from: one query for the whole, one by segment where influences differ by it."""

from __future__ import annotations

import math
from dataclasses import dataclass

from agent.errors import QueryError
from agent.tools.analysis.desk import AnalysisDesk
from agent.tools.analysis.scenario.grounds import Segment
from agent.tools.analysis.scenario.identities import IdentityBook
from agent.tools.analysis.scenario.scenario_model import ActualValues
from agent.tools.warehouse.result import ResultTable
from catalog.query import Condition, FieldDimension, MetricQuery, MetricUse, Period

_MOST_SEGMENTS = 60


@dataclass(frozen=True)
class ReadValues:
    """The values, and the statement that gave the whole's."""

    actual: ActualValues
    sql: str
    elapsed_ms: float


def read_actual_values(
    book: IdentityBook,
    figures: tuple[str, ...],
    by: str | None,
    split: tuple[str, ...],
    desk: AnalysisDesk,
    period: Period | None,
    where: Condition | None,
) -> ReadValues:
    """The figures' values in the period, within the rows of `where`; those of `split` by the field `by` as well."""
    desk.say("Reading the figures as they are")
    known = tuple(figure for figure in figures if book.knows(figure))
    whole = desk.query(_query(_uses(book, known), None, desk, period, where), name="baseline")
    if len(whole.rows) != 1:
        raise QueryError("there are no data in this period")
    total = _figures(book, known, whole, 0)
    if by is None or not split:
        return ReadValues(ActualValues(total), whole.sql, whole.elapsed_ms)
    parts = desk.query(_query(_uses(book, split), by, desk, period, where), name="baseline_by_segment")
    if len(parts.rows) > _MOST_SEGMENTS:
        raise QueryError(f"{by} has too many values to compute a scenario by it")
    place = [column.name for column in parts.columns].index("segment")
    segments: dict[Segment, dict[str, float]] = {}
    for row, cells in enumerate(parts.rows):
        segments[None if cells[place] is None else str(cells[place])] = _figures(book, split, parts, row)
    return ReadValues(ActualValues(total, segments), whole.sql, whole.elapsed_ms + parts.elapsed_ms)


def _query(
    uses: tuple[MetricUse, ...], by: str | None, desk: AnalysisDesk, period: Period | None, where: Condition | None
) -> MetricQuery:
    return MetricQuery(
        metrics=uses,
        group_by=() if by is None else (FieldDimension(field=by, alias="segment"),),
        where=where,
        period=period,
        as_of=desk.as_of,
    )


def _uses(book: IdentityBook, figures: tuple[str, ...]) -> tuple[MetricUse, ...]:
    return tuple({use.name: use for figure in figures for use in book.uses_for(figure)}.values())


def _figures(book: IdentityBook, figures: tuple[str, ...], table: ResultTable, row: int) -> dict[str, float]:
    cells = {column.name: _number(table.rows[row][place]) for place, column in enumerate(table.columns)}
    return {figure: book.value_of(figure, cells) for figure in figures}


def _number(cell: object) -> float:
    return math.nan if cell is None or isinstance(cell, str | bool) else float(cell)  # type: ignore[arg-type]
