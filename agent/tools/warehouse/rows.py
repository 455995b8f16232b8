"""Rows of typed values from a worker's frames."""

from __future__ import annotations

import json
from typing import Any

from agent.errors import WarehouseError
from agent.tools.warehouse.process import Reply
from agent.tools.warehouse.wire import DECODERS


def rows_of(reply: Reply) -> tuple[tuple[Any, ...], ...]:
    """The rows of a reply, values rebuilt by their columns' codecs. WarehouseError where the frames do not fit."""
    codecs = reply.header["codecs"]
    rows: list[tuple[Any, ...]] = []
    try:
        for chunk in reply.chunks:
            columns = json.loads(chunk)
            decoded = [DECODERS[codec](column) for codec, column in zip(codecs, columns, strict=True)]
            rows.extend(zip(*decoded, strict=True))
    except (ValueError, KeyError, ArithmeticError) as error:
        raise WarehouseError("the engine's answer could not be read", str(error)) from error
    if len(rows) != reply.header["rows"]:
        raise WarehouseError("the engine's answer could not be read", "fewer rows than announced")
    return tuple(rows)
