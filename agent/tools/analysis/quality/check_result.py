"""One check's outcome, as the command prints it, the answer's table shows it and the home folder keeps it."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from catalog.frozen import Frozen

Verdict = Literal["pass", "warn", "fail"]
CheckName = Literal["row_count", "season", "freshness", "keys", "references", "ranges"]


class CheckResult(Frozen):
    """`period` is a batch's or period's first day and `through` its last, None where the check is of the whole table.

    `deviation` is (observed - expected) / expected, None where nothing is expected.
    """

    check: CheckName
    layer: str | None
    table: str
    dataset: str
    period: dt.date | None = None
    through: dt.date | None = None
    subject: str = ""  # a field, key or relationship, or "week", "quarter", "year"
    observed: float
    expected: float | None = None
    lower: float | None = None
    upper: float | None = None
    deviation: float | None = None
    method: str
    verdict: Verdict
    sql: str
    run_at: dt.datetime
