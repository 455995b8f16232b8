"""Cells compared by value: numbers within a relative tolerance, dates as moments, text as it is."""

from __future__ import annotations

import datetime as dt
import decimal
import math
import re
from dataclasses import dataclass
from typing import Any, Literal

RELATIVE_TOLERANCE = 1e-6
# What binary arithmetic leaves where a difference is exactly zero; no figure of a business is this small.
ZERO_TOLERANCE = 1e-9

CellKind = Literal["null", "boolean", "number", "moment", "text"]

_ISO_MOMENT = re.compile(r"^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:?\d{2})?)?$")


@dataclass(frozen=True)
class Cell:
    """A value in the form that is compared: `number` where its kind is number, else the exact `value`."""

    kind: CellKind
    value: str | bool | dt.datetime | None = None
    number: float = 0.0

    def equals(self, other: Cell) -> bool:
        """Whether both are the same value."""
        if self.kind != other.kind:
            return False
        return numbers_equal(self.number, other.number) if self.kind == "number" else self.value == other.value

    @property
    def sort_key(self) -> tuple[str, float, str]:
        """An order in which equal cells stand together."""
        return (self.kind, self.number, str(self.value))


def numbers_equal(left: float, right: float) -> bool:
    """Equal within 1e-6 of the larger one."""
    return math.isclose(left, right, rel_tol=RELATIVE_TOLERANCE, abs_tol=ZERO_TOLERANCE)


def cell_of(value: Any) -> Cell:
    """A value of a database, of JSON or of YAML as a Cell.

    A date is its midnight, ISO text the moment it names, an aware timestamp its UTC time. NaN and infinities are null, as
    JSON cannot hold them.
    """
    if value is None:
        return Cell("null")
    if isinstance(value, bool):
        return Cell("boolean", value)
    if isinstance(value, int | float | decimal.Decimal):
        number = float(value)
        return Cell("number", number=number) if math.isfinite(number) else Cell("null")
    if isinstance(value, dt.datetime):
        return Cell("moment", _naive_utc(value))
    if isinstance(value, dt.date):
        return Cell("moment", dt.datetime.combine(value, dt.time()))
    text = str(value)
    if _ISO_MOMENT.match(text):
        try:
            return Cell("moment", _naive_utc(dt.datetime.fromisoformat(text)))
        except ValueError:  # the form of a date without being one: 2026-02-30
            return Cell("text", text)
    return Cell("text", text)


def _naive_utc(moment: dt.datetime) -> dt.datetime:
    return moment if moment.tzinfo is None else moment.astimezone(dt.UTC).replace(tzinfo=None)


def shown(value: Any) -> str:
    """A value as a person reads it in a diff."""
    if isinstance(value, float):
        return f"{value:,.10g}"
    if isinstance(value, dt.date):
        return value.isoformat()
    return "null" if value is None else str(value)
