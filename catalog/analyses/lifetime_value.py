"""What customers will bring in the years to come."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from catalog.frozen import Frozen
from catalog.query import Condition, FieldDimension


class LifetimeValueRequest(Frozen):
    """The expected value of `years` to come, a customer, by a dimension where one is given. `discount_rate` is a year's."""

    kind: Literal["lifetime_value"] = "lifetime_value"
    years: float = Field(default=3.0, gt=0, le=10)
    dimension: FieldDimension | None = None
    where: Condition | None = None
    discount_rate: float | None = Field(default=None, ge=0, lt=1)
