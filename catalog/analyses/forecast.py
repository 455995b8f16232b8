"""What a metric will come to."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from catalog.durations import TimeGrain
from catalog.frozen import Frozen
from catalog.query import Condition, FieldDimension


class ForecastRequest(Frozen):
    """The `periods` next values of `metric` at `grain`, by `group_by`, within the rows of `where`.

    `level` is the share of outcomes that the interval is to hold.
    """

    kind: Literal["forecast"] = "forecast"
    metric: str
    grain: TimeGrain
    periods: int = Field(ge=1)
    group_by: tuple[FieldDimension, ...] = ()
    where: Condition | None = None
    level: float = Field(default=0.9, gt=0, lt=1)
