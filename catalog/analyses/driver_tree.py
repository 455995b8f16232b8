"""What a metric is made of."""

from __future__ import annotations

from typing import Literal

from catalog.frozen import Frozen
from catalog.query import Condition, Period


class DriverTreeRequest(Frozen):
    """The driver tree of `metric` with each figure in `period`, within the rows of `where`; beside `baseline` where given."""

    kind: Literal["driver_tree"] = "driver_tree"
    metric: str
    period: Period | None  # None: all the data
    baseline: Period | None = None
    where: Condition | None = None
