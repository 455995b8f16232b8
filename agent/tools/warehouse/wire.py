"""What the warehouse and its worker say to each other: length-prefixed frames of JSON.

The worker runs SQL that others wrote, so nothing it sends is trusted to be more than data: no pickle, every frame has a
cap, every cell is rebuilt from text by the type of its column. Standard library only, as the worker imports it.

A request is one frame. A reply is a header frame that says how many frames of rows follow, each a JSON list of columns.
"""

from __future__ import annotations

import datetime as dt
import decimal
import json
import struct
from collections.abc import Callable, Sequence
from typing import Any

LENGTH = struct.Struct(">Q")
CONTROL = struct.Struct(">Q")

Codec = str  # "native", "decimal", "date", "timestamp", "time" or "text"

_NATIVE = frozenset(
    "BOOLEAN TINYINT SMALLINT INTEGER BIGINT HUGEINT UTINYINT USMALLINT UINTEGER UBIGINT UHUGEINT FLOAT DOUBLE VARCHAR".split()
)


def codec_for(type_name: str) -> Codec:
    """How values of an engine's type travel."""
    if type_name in _NATIVE:
        return "native"
    if type_name.endswith("]"):
        return "text"
    if type_name.startswith("DECIMAL"):
        return "decimal"
    if type_name == "DATE":
        return "date"
    if type_name.startswith("TIMESTAMP"):
        return "timestamp"
    if type_name == "TIME":
        return "time"
    return "text"


def dump(message: object) -> bytes:
    return json.dumps(message, separators=(",", ":"), ensure_ascii=False).encode("utf-8", "replace")


def encode_column(codec: Codec, values: Sequence[Any]) -> Sequence[Any]:
    """A column's values as JSON holds them."""
    if codec == "native":
        return values
    if codec == "decimal":
        return [None if value is None else str(value) for value in values]
    if codec == "text":
        return [None if value is None else _text(value) for value in values]
    return [value if value is None or isinstance(value, str) else value.isoformat() for value in values]


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, list | tuple | dict):
        return json.dumps(_plain(value), ensure_ascii=False)
    return str(value)


def _plain(value: Any) -> Any:
    """A nested value with leaves that JSON has; map keys become text."""
    if isinstance(value, dict):
        return {str(_plain(key)): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, decimal.Decimal):
        return float(value)
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.hex()
    return str(value)


def _parsed(parse: Callable[[str], Any]) -> Callable[[Sequence[Any]], Sequence[Any]]:
    def column(values: Sequence[Any]) -> Sequence[Any]:
        return [None if value is None else _or_text(parse, value) for value in values]

    return column


def _or_text(parse: Callable[[str], Any], value: str) -> Any:
    """Python's calendar ends where the engine's goes on (a date before Christ): such a value stays text."""
    try:
        return parse(value)
    except ValueError:
        return value


DECODERS: dict[Codec, Callable[[Sequence[Any]], Sequence[Any]]] = {
    "native": lambda values: values,
    "text": lambda values: values,
    "decimal": lambda values: [None if value is None else decimal.Decimal(value) for value in values],
    "date": _parsed(dt.date.fromisoformat),
    "timestamp": _parsed(dt.datetime.fromisoformat),
    "time": _parsed(dt.time.fromisoformat),
}
