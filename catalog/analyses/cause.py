"""Why a metric changed between two periods."""

from __future__ import annotations

from typing import Literal

from catalog.frozen import Frozen
from catalog.query import Condition, Period


class CauseRequest(Frozen):
    """Explain the change of `metric` from `baseline` to `period`, within the rows of `where`.

    `dimensions` (dataset.field) are those to search for segments; none named: all that the metric can be split by.
    `premise` is the direction that the question takes for granted.
    """

    kind: Literal["cause"] = "cause"
    metric: str
    period: Period
    baseline: Period
    where: Condition | None = None
    dimensions: tuple[str, ...] = ()
    premise: Literal["rise", "fall"] | None = None
