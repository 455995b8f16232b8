"""The receipt of an answer: what was asked, by whom, how it was computed, and a hash of what came out."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import math
import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from pydantic import Field

from agent.tools.warehouse.result import ResultTable
from catalog.models import Frozen

# What the guard shows in place of a value of a field masked by tokens (see agent/tools/guard/permitted.py).
TOKEN = re.compile(r"[0-9a-f]{6}-[0-9]{9}")


class ModelCall(Frozen):
    """One call of a language model: which, how much, how long, and what left. What was said is kept as hashes alone.

    `egress_counts` says how many things of each kind the prompt held, `error` why there was no reply; `attempts` counts
    the requests, repeated ones included.
    """

    model: str
    purpose: str = ""
    prompt_version: str = ""
    prompt_sha256: str = ""
    reply_sha256: str = ""
    prompt_tokens_estimated: int | None = None
    input_tokens: int | None = None
    output_tokens: int | None = None
    cost: float | None = None
    currency: str | None = None
    egress_level: str = ""
    egress_counts: dict[str, int] = Field(default_factory=dict)
    attempts: int = 1
    error: str | None = None
    elapsed_ms: float | None = None


class QueryRun(Frozen):
    """One statement that ran for the answer, and what it gave."""

    name: str
    sql: str
    dialect: str = "duckdb"
    door: str = "compiled"
    row_count: int
    truncated: bool = False
    result_sha256: str
    totals: dict[str, float] = Field(default_factory=dict)  # each column of numbers added up, to tell how much changes
    elapsed_ms: float = 0.0


class Receipt(Frozen):
    """What an answer, a refusal or a failure was made of. Times are UTC.

    `failure` is the detail that people are not shown, as it may quote data: it stays in the log.
    """

    question: str
    status: str
    user: str
    role: str
    attributes: dict[str, str | int | float | bool] = Field(default_factory=dict)
    thread: str | None = None
    asked_at: dt.datetime
    as_of: dt.date | None = None
    catalog: str
    catalog_sha256: str
    database_fingerprint: str | None = None
    plan: dict[str, Any] | None = None
    queries: tuple[QueryRun, ...] = ()
    policies: tuple[str, ...] = ()
    refusal_rule: str | None = None
    failure: str | None = None
    row_count: int = 0
    result_sha256: str = ""
    timings_ms: dict[str, float] = Field(default_factory=dict)
    model_calls: tuple[ModelCall, ...] = ()

    def canonical(self) -> str:
        """The receipt as the one text that is hashed and stored: JSON in ASCII, keys sorted, no spaces."""
        return json.dumps(self.model_dump(mode="json"), sort_keys=True, separators=(",", ":"))


def query_run(table: ResultTable, door: str = "compiled") -> QueryRun:
    """What a result says about the statement that gave it."""
    return QueryRun(
        name=table.name,
        sql=table.sql,
        dialect=table.dialect,
        door=door,
        row_count=len(table.rows),
        truncated=table.truncated,
        result_sha256=result_sha256((table,)),
        totals=column_totals(table),
        elapsed_ms=round(table.elapsed_ms, 3),
    )


def column_totals(table: ResultTable) -> dict[str, float]:
    """The sum of every column of finite numbers that is no key; columns without one are left out."""
    found: dict[str, float] = {}
    for index, column in enumerate(table.columns):
        cells = [row[index] for row in table.rows]
        numbers = [
            float(cell) for cell in cells if isinstance(cell, int | float | Decimal) and not isinstance(cell, bool)
        ]
        finite = [number for number in numbers if math.isfinite(number)]
        if finite and column.role != "key":
            found[column.name] = math.fsum(finite)
    return found


def result_sha256(tables: Iterable[ResultTable]) -> str:
    """A hash of the tables' columns and rows, in order.

    Tokens of masked fields differ from session to session: each counts as its rank of first appearance, so that the same
    result has the same hash.
    """
    digest = hashlib.sha256()
    ranks: dict[str, int] = {}
    for table in tables:
        digest.update(_line([[column.name, column.type] for column in table.columns]))
        for row in table.to_json()["rows"]:
            digest.update(_line([_untold(cell, ranks) for cell in row]))
    return digest.hexdigest()


def _untold(cell: Any, ranks: dict[str, int]) -> Any:
    if isinstance(cell, str) and TOKEN.fullmatch(cell):
        return f"token {ranks.setdefault(cell, len(ranks) + 1)}"
    return cell


def _line(values: list[Any]) -> bytes:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass") + b"\n"
