"""What a metric would come to if something were changed, and what it would take to reach a value."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import Field

from catalog.frozen import Frozen
from catalog.query import Condition, Period


class LeverChange(Frozen):
    """A lever (a declared one, or a metric that is a factor of the outcome) and what is done to it.

    relative: +0.05 is five percent more; absolute: so much is added; to: the value it takes.
    """

    lever: str
    change: Literal["relative", "absolute", "to"] = "relative"
    value: float


class ScenarioRequest(Frozen):
    """Move the levers by `changes` and say what `metrics` would have come to in `period`, within the rows of `where`.

    `ahead` is a time to come: what is expected for it is changed as much as `period` would have been. With a `name` it is
    saved under it.
    """

    kind: Literal["scenario"] = "scenario"
    metrics: tuple[str, ...] = Field(min_length=1)
    changes: tuple[LeverChange, ...] = Field(min_length=1)
    period: Period | None = None
    ahead: Period | None = None
    where: Condition | None = None
    name: str | None = None
    question: str = ""


class GoalRequest(Frozen):
    """What `levers` (none named: all that move it) must come to for `metric` to reach `target` (None: the catalog's).

    `comparison` says which side of the target is good. `ahead` is a time to come in which it is to be reached: the need is then
    held against what is expected for it, and the levers are measured on `period`; `by` is its last day.
    """

    kind: Literal["goal"] = "goal"
    metric: str
    target: float | None = None
    growth: float | None = None  # instead of a target: so much more than it is, as a fraction
    comparison: Literal[">=", "<=", "="] | None = None
    levers: tuple[str, ...] = ()
    period: Period | None = None
    where: Condition | None = None
    ahead: Period | None = None
    by: dt.date | None = None
    name: str | None = None
    question: str = ""
