"""Values of conditions as SQL literals of a field's type. A value that does not fit is refused, never cast in silence."""

from __future__ import annotations

import datetime as dt
import math

from sqlglot import exp

from agent.errors import QueryError
from catalog.models import FieldType
from catalog.query import Scalar


def date_literal(value: dt.date | dt.datetime) -> exp.Expr:
    """A date, or a timestamp where the value has a time of day."""
    if isinstance(value, dt.datetime):
        if value.time() == dt.time() and value.tzinfo is None:
            return date_literal(value.date())
        return exp.cast(exp.Literal.string(value.isoformat(sep=" ")), "timestamp")
    return exp.cast(exp.Literal.string(value.isoformat()), "date")


def number_literal(value: int | float) -> exp.Expr:
    """A number; a minus sign becomes an operator."""
    if isinstance(value, float) and not math.isfinite(value):
        raise QueryError("a condition compares with a number that is not finite")
    literal = exp.Literal.number(repr(abs(value)))
    return exp.Neg(this=literal) if value < 0 else literal


def moment(value: Scalar, name: str) -> dt.date | dt.datetime:
    """A date or datetime from itself or from ISO text."""
    if isinstance(value, dt.datetime | dt.date):
        return value
    if isinstance(value, str):
        try:
            return dt.date.fromisoformat(value) if len(value) <= 10 else dt.datetime.fromisoformat(value)
        except ValueError:
            pass
    raise QueryError(f"{value!r} does not fit {name}, which holds dates: write it as YYYY-MM-DD")


def literal(value: Scalar, field_type: FieldType, name: str) -> exp.Expr:
    """The value as SQL of the field's type; QueryError where it does not fit. None is not a value here."""
    if field_type in (FieldType.DATE, FieldType.TIMESTAMP):
        return date_literal(moment(value, name))
    if field_type is FieldType.BOOLEAN:
        if isinstance(value, bool):
            return exp.true() if value else exp.false()
        if isinstance(value, str) and value.lower() in ("true", "false"):
            return exp.true() if value.lower() == "true" else exp.false()
        raise QueryError(f"{value!r} does not fit {name}, which is true or false")
    if field_type is FieldType.STRING:
        if isinstance(value, str):
            return exp.Literal.string(value)
        if isinstance(value, int | float) and not isinstance(value, bool):
            return exp.Literal.string(str(value))
        raise QueryError(f"{value!r} does not fit {name}, which holds text")
    return _number(value, field_type, name)


def _number(value: Scalar, field_type: FieldType, name: str) -> exp.Expr:
    if isinstance(value, str):
        try:
            value = float(value) if "." in value or "e" in value.lower() else int(value)
        except ValueError:
            raise QueryError(f"{value!r} does not fit {name}, which holds numbers") from None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise QueryError(f"{value!r} does not fit {name}, which holds numbers")
    if field_type is FieldType.INTEGER and isinstance(value, float) and value.is_integer():
        value = int(value)
    return number_literal(value)
