"""Declared arithmetic: how a number in a text comes from cells of the results, so that it can be computed again."""

from __future__ import annotations

import decimal
from dataclasses import dataclass
from typing import Literal

from agent.tools.present.number_format import NEGLIGIBLE, POINTS, SCORE_POINTS, as_decimal
from agent.tools.warehouse.result import ResultTable
from catalog.models import Frozen

Arithmetic = Literal["cell", "sum", "mean", "difference", "gap", "ratio", "share", "growth", "count", "rank"]
_CONTEXT = decimal.Context(prec=60)


class CellReference(Frozen):
    """One cell: the result's position in the answer, the row's and the column's position in it."""

    result: int = 0
    row: int
    column: int


class DeclaredNumber(Frozen):
    """A number of a text, as arithmetic over cells.

    sum and mean are over `cells`; difference is sum(cells) - sum(of), gap the same without its sign; ratio and share are
    sum(cells) / sum(of); growth is their difference over |sum(of)|; count is how many `cells` there are; rank is the
    place of the one cell's row, from 1. Cells that hold no number make the whole worthless (None).
    """

    arithmetic: Arithmetic
    cells: tuple[CellReference, ...]
    of: tuple[CellReference, ...] = ()


@dataclass(frozen=True, slots=True)
class EvaluatedNumber:
    """What declared arithmetic comes to: its value, unit, and whether its sign says a direction (up or down)."""

    value: decimal.Decimal
    unit: str | None
    is_change: bool = False


def evaluate(declared: DeclaredNumber, results: tuple[ResultTable, ...]) -> EvaluatedNumber | None:
    """The number that declared arithmetic gives; None where a cell is missing or holds none, or the divisor is next to zero."""
    if declared.arithmetic == "count":
        known = {item for item in declared.cells if _exists(item, results)}
        return EvaluatedNumber(value=decimal.Decimal(len(known)), unit="count")
    if declared.arithmetic == "rank":
        if len(declared.cells) != 1 or not _exists(declared.cells[0], results):
            return None
        return EvaluatedNumber(value=decimal.Decimal(declared.cells[0].row + 1), unit="count")
    first, second = _sum(declared.cells, results), _sum(declared.of, results)
    if first is None or not declared.cells:
        return None
    unit = results[declared.cells[0].result].columns[declared.cells[0].column].unit
    if declared.arithmetic in ("cell", "sum"):
        return EvaluatedNumber(value=first, unit=unit)
    if declared.arithmetic == "mean":
        return EvaluatedNumber(value=_CONTEXT.divide(first, decimal.Decimal(len(declared.cells))), unit=unit)
    if second is None or not declared.of:
        return None
    difference = _CONTEXT.subtract(first, second)
    if declared.arithmetic in ("difference", "gap"):
        changed = {"fraction": POINTS, "score": SCORE_POINTS}.get(unit or "", unit)
        return EvaluatedNumber(value=difference, unit=changed, is_change=declared.arithmetic == "difference")
    if abs(second) < NEGLIGIBLE:
        return None
    if declared.arithmetic == "growth":
        return EvaluatedNumber(value=_CONTEXT.divide(difference, abs(second)), unit="fraction", is_change=True)
    quotient = _CONTEXT.divide(first, second)
    return EvaluatedNumber(value=quotient, unit="ratio" if declared.arithmetic == "ratio" else "fraction")


def _exists(reference: CellReference, results: tuple[ResultTable, ...]) -> bool:
    if not 0 <= reference.result < len(results):
        return False
    table = results[reference.result]
    return 0 <= reference.row < len(table.rows) and 0 <= reference.column < len(table.columns)


def _sum(references: tuple[CellReference, ...], results: tuple[ResultTable, ...]) -> decimal.Decimal | None:
    total = decimal.Decimal(0)
    for reference in references:
        if not _exists(reference, results):
            return None
        number = as_decimal(results[reference.result].rows[reference.row][reference.column])
        if number is None:
            return None
        total = _CONTEXT.add(total, number)
    return total
