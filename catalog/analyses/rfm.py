"""Customers by how lately, how often and for how much they bought."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from catalog.frozen import Frozen
from catalog.query import Condition, Period


class RfmRequest(Frozen):
    """Segments, the cells of the three scores, or the best customers one by one; over `period`, else all up to now."""

    kind: Literal["rfm"] = "rfm"
    show: Literal["segments", "scores", "best"] = "segments"
    limit: int = Field(default=10, ge=1, le=1000)
    period: Period | None = None
    where: Condition | None = None
