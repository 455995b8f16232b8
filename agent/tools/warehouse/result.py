"""ResultTable: rows with typed columns, as they leave the warehouse."""

from __future__ import annotations

import datetime as dt
import decimal
from typing import Any, Literal

from catalog.models import Frozen

ColumnRole = Literal["key", "measure", "context"]
Cell = bool | int | float | str | dt.datetime | dt.date | dt.time | decimal.Decimal | None


class ResultColumn(Frozen):
    """A column: its name, the engine's type, what it is for, and the unit of its numbers."""

    name: str
    type: str
    role: ColumnRole = "measure"
    unit: str | None = None
    label: str | None = None  # for people
    metric: str | None = None  # the metric a measure or context column comes from
    calculation: str | None = None  # value, previous, change, growth, share, rank, target, ... of that metric


class ResultTable(Frozen):
    """A result: `rows` hold one value a column. Dates, decimals and nulls are Python's own; JSON is `to_json`'s business."""

    name: str
    sql: str
    dialect: str = "duckdb"
    columns: tuple[ResultColumn, ...]
    rows: tuple[tuple[Any, ...], ...]
    truncated: bool = False
    elapsed_ms: float = 0.0

    def to_json(self) -> dict[str, Any]:
        """The answer contract's form: dates as ISO text, decimals as numbers, non-finite floats as null."""
        return {
            "name": self.name,
            "sql": self.sql,
            "dialect": self.dialect,
            "columns": [
                item.model_dump(include={"name", "type", "role", "unit", "label", "metric", "calculation"})
                for item in self.columns
            ],
            "rows": [[json_cell(cell) for cell in row] for row in self.rows],
            "row_count": len(self.rows),
            "truncated": self.truncated,
            "elapsed_ms": round(self.elapsed_ms, 3),
        }


def json_cell(cell: Cell) -> Any:
    """A cell as JSON can hold it."""
    if isinstance(cell, decimal.Decimal):
        return int(cell) if cell == cell.to_integral_value() and cell.as_tuple().exponent == 0 else float(cell)
    if (isinstance(cell, float) and cell != cell) or cell in (float("inf"), float("-inf")):
        return None
    if isinstance(cell, dt.datetime | dt.date | dt.time):
        return cell.isoformat()
    if cell is None or isinstance(cell, bool | int | float | str):
        return cell
    return str(cell)
