"""Which things have a rate that chance and their peers do not explain."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from catalog.frozen import Frozen
from catalog.query import Condition, FieldDimension, Period


class UnusualRateRequest(Frozen):
    """Values of `thing` whose `metric`, a ratio of two counts, is unusually high among their `peers` (None: among all)."""

    kind: Literal["unusual_rate"] = "unusual_rate"
    metric: str
    thing: FieldDimension
    peers: FieldDimension | None = None
    period: Period | None = None
    minimum: int = Field(default=30, ge=2)
    limit: int = Field(default=20, ge=1, le=1000)
    where: Condition | None = None
