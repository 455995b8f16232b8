"""What the columns of a table are for: keys, measures, and beside each measure its comparisons and target."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from agent.tools.present.display_text import shown_name
from agent.tools.present.label_words import is_plural, mid_sentence
from agent.tools.present.number_format import as_decimal
from agent.tools.present.number_scan import needs_quotes
from agent.tools.present.periods import bucket_name, in_bucket
from catalog.durations import Duration, TimeGrain, TimePart
from catalog.models import AggregateMetric, Aggregation, Direction, Metric
from catalog.query import Period


@dataclass(frozen=True)
class KeyColumn:
    """A column that says which row: a period (with its grain), a recurring part of time, or a value of a field."""

    index: int
    name: str
    label: str
    grain: TimeGrain | None = None
    part: TimePart | None = None
    is_fiscal: bool = False  # its quarters and years are those of a fiscal year that is not the calendar's

    @property
    def is_time(self) -> bool:
        """Whether its cells are periods along time."""
        return self.grain is not None

    def shown(self, cell: Any) -> str:
        """A cell as a sentence, axis or legend names it."""
        if cell is None:
            return f"(no {mid_sentence(self.label)})"
        if self.grain is not None and isinstance(cell, dt.date):
            return bucket_name(cell, self.grain, is_fiscal=self.is_fiscal)
        if isinstance(cell, bool):
            return self.label if cell else f"not {mid_sentence(self.label)}"
        if as_decimal(cell) is not None:
            return f"{mid_sentence(self.label)} {cell}"
        name = shown_name(cell)
        return f'"{name}"' if needs_quotes(name) else name

    def placed(self, cell: Any) -> str:
        """ "in March 2026", "on Friday", "for Books"."""
        if self.grain is not None and isinstance(cell, dt.date):
            return in_bucket(cell, self.grain, is_fiscal=self.is_fiscal)
        if self.part is TimePart.WEEKDAY:
            return f"on {self.shown(cell)}"
        return f"{'in' if self.part is not None else 'for'} {self.shown(cell)}"


@dataclass(frozen=True)
class ComparisonColumns:
    """The columns that set a measure beside another period's value; `name` is that of the ComparePeriod."""

    name: str
    label: str | None
    period: Period | None
    is_asked: bool
    previous: int | None = None
    change: int | None = None
    growth: int | None = None
    offset: Duration | None = None


@dataclass(frozen=True)
class Measure:
    """A figure that was asked for (or stands beside it): its column, its metric, and the columns about it."""

    index: int
    name: str
    label: str
    unit: str | None
    metric: Metric | None = None
    is_asked: bool = True
    comparisons: tuple[ComparisonColumns, ...] = ()
    target: int | None = None
    share: int | None = None

    @property
    def pattern(self) -> str | None:
        """The metric's own way to write its numbers."""
        return self.metric.format if self.metric else None

    @property
    def verb(self) -> str:
        """ "was" or "were", by the label."""
        return "were" if is_plural(self.label) else "was"

    @property
    def label_inside(self) -> str:
        """The label as it stands inside a sentence."""
        return mid_sentence(self.label)

    @property
    def is_rate(self) -> bool:
        """Whether its changes are told in points: fractions and scores."""
        return self.unit in ("fraction", "score")

    @property
    def adds_up(self) -> bool:
        """Whether parts of it add up to the whole across groups (sums and counts of rows; unknown is no)."""
        return (
            isinstance(self.metric, AggregateMetric)
            and self.metric.aggregation in (Aggregation.SUM, Aggregation.COUNT, Aggregation.SUM_BOOLEAN)
            and self.unit not in ("fraction", "score", "ratio")
        )

    @property
    def adds_up_over_time(self) -> bool:
        """Whether its periods add up: flows only."""
        return (
            self.adds_up
            and isinstance(self.metric, AggregateMetric)
            and self.metric.semi_additive is None
            and not self.metric.is_state
        )

    @property
    def good_direction(self) -> Direction | None:
        """Which way is good, where the catalog says so."""
        return self.metric.direction if self.metric else None

    @property
    def is_level(self) -> bool:
        """Whether it is a level at a moment (its period's end)."""
        if self.metric is None:
            return False
        if self.metric.is_state:
            return True
        return isinstance(self.metric, AggregateMetric) and self.metric.semi_additive is not None
