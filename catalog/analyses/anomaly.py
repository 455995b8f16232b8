"""Whether figures are normal, and when they changed."""

from __future__ import annotations

from typing import Literal

from catalog.durations import TimeGrain
from catalog.frozen import Frozen
from catalog.query import Condition, FieldDimension, Period


class AnomalyRequest(Frozen):
    """Look at `metrics` at `grain`, by `group_by`, within the rows of `where`.

    unusual: which values of `period` (None: all) are out of the ordinary. normal: whether the one value of `period` is,
    held against what its past leads to expect. change: when the level changed within `period` (None: ever).
    """

    kind: Literal["anomaly"] = "anomaly"
    metrics: tuple[str, ...]
    asked: Literal["unusual", "normal", "change"] = "unusual"
    grain: TimeGrain
    period: Period | None = None
    group_by: tuple[FieldDimension, ...] = ()
    where: Condition | None = None
