"""How many of those who began together stay or come back."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from catalog.durations import TimeGrain
from catalog.frozen import Frozen
from catalog.query import Condition, Period

CohortStart = Literal["first_event", "start"]


class CohortRequest(Frozen):
    """The retention triangle of cohorts at a grain, by first event or by the declared start; `cohorts` bounds when they
    began (None: the latest twelve whole ones), `ages` how many periods they are followed. `measure` amount shows what each
    member of the cohort brought instead of the share that was active."""

    kind: Literal["cohort"] = "cohort"
    began: CohortStart = "first_event"
    grain: TimeGrain = TimeGrain.MONTH
    cohorts: Period | None = None
    ages: int = Field(default=12, ge=1, le=60)
    measure: Literal["retention", "amount"] = "retention"
    where: Condition | None = None


class CameBackRequest(Frozen):
    """How many (or what share) of those who began in `cohort` had an event on a later day, of `returned` where it is given."""

    kind: Literal["came_back"] = "came_back"
    began: CohortStart = "first_event"
    cohort: Period
    returned: Period | None = None
    measure: Literal["count", "share"] = "count"
    where: Condition | None = None
