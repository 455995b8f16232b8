"""What a strategy reader has to go by: the question as read so far, and the plain plan of it where there is one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from agent.planners.embedded.build import build_plan
from agent.planners.embedded.cues import Cue
from agent.planners.embedded.draft import Draft
from agent.planners.embedded.parts import UnsupportedError
from agent.planners.embedded.reach import Reach
from agent.planners.embedded.resolve import Resolution, resolve
from catalog.access import CatalogView
from catalog.analyses.request import AnalysisRequest
from catalog.plan import Plan


@dataclass(frozen=True)
class StrategyReading:
    """One reading of a question; all its words are accounted for. `kept` names what was taken from the question before."""

    draft: Draft
    reach: Reach
    as_of: dt.date
    kept: tuple[str, ...] = ()
    previous: Plan | None = None
    again: AnalysisRequest | None = None  # the analysis before, where it is to be asked again

    @property
    def view(self) -> CatalogView:
        """The catalog as the asker may see it."""
        return self.draft.view

    @property
    def asks(self) -> set[Cue]:
        """What the question's cue words ask for."""
        return self.draft.asks

    @cached_property
    def resolution(self) -> Resolution | None:
        """The best way to take the question's metrics, groups and filters together; None where none is possible."""
        if not self.draft.metrics:
            return None
        return next((item for item in resolve(self.draft, self.reach) if not item.problems), None)

    def base_plan(self) -> Plan | None:
        """The plain plan of the same question (metric, period, filters, groups), None where there is none."""
        if self.resolution is None:
            return None
        try:
            return build_plan(self.draft, self.resolution, self.reach, self.as_of)
        except UnsupportedError:
            return None


StrategyReader = Callable[[StrategyReading], Plan | None]
