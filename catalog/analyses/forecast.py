"""What a metric will come to, and whether that reaches a figure."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from catalog.durations import TimeGrain
from catalog.frozen import Frozen
from catalog.query import Condition, FieldDimension, Period


class Goal(Frozen):
    """A figure to reach: the catalog's target, or one that the question names, in each row's period.

    `first_time` asks when it is first reached rather than whether it is in the period.
    """

    value: float | None = None  # None is the catalog's target
    comparison: Literal[">=", "<=", ">", "<"] = ">="
    first_time: bool = False


class ForecastRequest(Frozen):
    """`metric` over `period` (whole periods of `grain`, each a row), by `group_by`, within the rows of `where`.

    A period that has begun is made of what is known and what is to come. `level` is the share of outcomes that the
    interval is to hold.
    """

    kind: Literal["forecast"] = "forecast"
    metric: str
    period: Period
    grain: TimeGrain
    group_by: tuple[FieldDimension, ...] = ()
    where: Condition | None = None
    level: float = Field(default=0.9, gt=0, lt=1)
    goal: Goal | None = None
