"""In what circumstances a metric is evaluated: over which rows, which time, in which window, shifted how."""

from __future__ import annotations

from dataclasses import dataclass, replace

from agent.tools.compile.timeline import ALL_TIME, Span
from catalog.durations import Duration, TimeGrain
from catalog.query import Condition


@dataclass(frozen=True, slots=True)
class Window:
    """The window of a cumulative metric: a length, to date in a grain, or all time up to each period's end."""

    duration: Duration | None = None
    to_date: TimeGrain | None = None
    period_aggregation: str = "last"


@dataclass(frozen=True, slots=True)
class Scope:
    """The circumstances of an evaluation: `period` in the result's time, `span` in the data's, which an offset moves."""

    conditions: tuple[Condition, ...] = ()
    period: Span = ALL_TIME
    span: Span = ALL_TIME
    shift: tuple[Duration, ...] = ()  # the result's period is the data's period and these later
    to_grain: TimeGrain | None = None  # the value at the start of the period of this grain
    window: Window | None = None
    overlapping: tuple[str, ...] = ()  # aggregate metrics that must have rows around the same days

    def where(self, *conditions: Condition) -> Scope:
        """The same, over fewer rows."""
        added = tuple(item for item in conditions if item not in self.conditions)
        return replace(self, conditions=(*self.conditions, *added)) if added else self

    def before(self, offset: Duration) -> Scope:
        """The same, that much earlier."""
        return replace(self, span=self.span.back(offset), shift=(*self.shift, offset))


@dataclass(frozen=True, slots=True)
class Atom:
    """A metric that is no formula, in its scope: one column of one aggregation."""

    metric: str
    scope: Scope
