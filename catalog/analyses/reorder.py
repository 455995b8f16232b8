"""What to order now."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from catalog.frozen import Frozen
from catalog.query import Condition


class ReorderRequest(Frozen):
    """Products whose stock does not last until an order placed now arrives, the most urgent first."""

    kind: Literal["reorder"] = "reorder"
    limit: int = Field(default=20, ge=1, le=1000)
    service_level: float | None = Field(default=None, gt=0.5, lt=1)  # None is the catalog's
    where: Condition | None = None
