"""What headline and narrative are told from: the table as read, the words for its period and filters, its comparison."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property, lru_cache

from agent.tools.present.condition_words import bound_words, condition_values, scope_words
from agent.tools.present.declared_numbers import CellReference
from agent.tools.present.display_text import shown_name
from agent.tools.present.label_words import mid_sentence
from agent.tools.present.number_format import NumberStyle, as_decimal
from agent.tools.present.periods import (
    day_name,
    in_period,
    last_day,
    naive_moment,
    period_name,
    shifted_period,
    short_name,
    whole_grain,
)
from agent.tools.present.sentences import SentenceBuilder
from agent.tools.present.table_columns import ComparisonColumns, Measure
from agent.tools.present.table_reading import TableReading
from agent.tools.warehouse.result import ResultTable
from catalog.access import CatalogView
from catalog.durations import Duration
from catalog.models import AggregateMetric, Metric
from catalog.plan import Plan
from catalog.query import Period


@lru_cache(maxsize=512)
def _earlier_words(period: Period | None, main: Period | None, label: str | None) -> tuple[str, str]:
    """What an earlier period is called after "on", and with its preposition; `main` is the period it is set beside."""
    if period is not None and period_name(period):
        short = short_name(period, main)
        placed = in_period(period)
        return short, f"in {short}" if placed.startswith("in ") else placed
    words = shown_name(label) if label else "the period before"
    return words, f"in {words}"


def _offset_words(offset: Duration | None) -> str:
    """ "a year earlier", for periods (weeks, hours) whose shifted beginnings have no name of their own."""
    if offset is None:
        return "the period before"
    if offset.count == 1:
        return f"{'an' if offset.grain.value == 'hour' else 'a'} {offset.grain.value} earlier"
    return "a year earlier" if (offset.count, offset.grain.value) == (12, "month") else "the period before"


@dataclass(frozen=True)
class ComparedCells:
    """A figure and the one it is set beside: sums of cells on either side, and words for when each was."""

    later: tuple[CellReference, ...]
    earlier: tuple[CellReference, ...]
    earlier_words: str  # "August", "the period before"
    earlier_placed: str  # "in August", "from ... to ...", "the period before"


def _is_a_mean(metric: Metric | None) -> bool:
    """Whether a level stands for a period by its mean over it, not by how it stood at one moment of it."""
    level = metric.semi_additive if isinstance(metric, AggregateMetric) else None
    return level is not None and level.take == "average"


@dataclass(frozen=True)
class Story:
    """All that the sentences of one answer draw on."""

    plan: Plan
    results: tuple[ResultTable, ...]
    reading: TableReading
    view: CatalogView

    def builder(self, style: NumberStyle = "narrative") -> SentenceBuilder:
        """A builder for one sentence."""
        return SentenceBuilder(results=self.results, style=style)

    @property
    def measure(self) -> Measure:
        """The figure that was asked for first."""
        return self.reading.measures[0]

    @cached_property
    def filled_rows(self) -> tuple[int, ...]:
        """Rows that are groups or periods of their own and hold a figure for the first measure."""
        return tuple(
            row
            for row, cells in enumerate(self.reading.rows)
            if as_decimal(cells[self.measure.index]) is not None and not self.reading.is_other(row)
        )

    @cached_property
    def rows_along_time(self) -> tuple[int, ...]:
        """Filled rows whose period is complete, in order of time; part periods are never set against whole ones."""
        key = self.reading.time_key
        if key is None:
            return ()
        dated = [row for row in self.filled_rows if isinstance(self.reading.rows[row][key.index], dt.date)]
        dated.sort(key=lambda row: naive_moment(self.reading.rows[row][key.index]))
        return tuple(row for row in dated if self.reading.is_complete(self.reading.row_period(row)))

    @cached_property
    def when(self) -> str:
        """ " in September 2026", with a leading space; empty where the rows say when."""
        if self.reading.time_key is not None:
            return ""
        period, query = self.reading.period, self.reading.query
        if period is not None and in_period(period):
            ends_on = last_day(period)
            if self.measure.is_level and not _is_a_mean(self.measure.metric) and ends_on is not None:
                if ends_on >= self.reading.as_of:
                    return f" as of {day_name(self.reading.as_of)}"
                return f" at the end of {period_name(period)}"
            return f" {in_period(period)}"
        if query is None:
            return ""
        if self.measure.is_level:
            return f" as of {day_name(query.as_of or self.reading.as_of)}"
        return " over all the data"

    @cached_property
    def filter_values(self) -> tuple[str, ...]:
        """The values that the question was narrowed to, as words."""
        query = self.reading.query
        groups = frozenset(item.field for item in query.group_by if item.field is not None) if query else frozenset()
        return condition_values(query.where if query else None, self.view, groups)

    @cached_property
    def scope(self) -> str:
        """ " for web", with a leading space; empty where nothing was narrowed."""
        return scope_words(self.filter_values)

    @cached_property
    def bound(self) -> str:
        """The bound that the question set on the first measure ("above $100"); empty where it set none."""
        return bound_words(self.reading, self.measure)

    @cached_property
    def groups_are_apart(self) -> bool:
        """Whether each row behind the first measure falls in one group at most, so that groups can add up to a whole."""
        metric, query = self.measure.metric, self.reading.query
        if not isinstance(metric, AggregateMetric) or query is None:
            return False
        reached, found = {metric.dataset}, True
        while found:
            found = False
            for link in self.view.whole.relationships:
                ends = [(link.from_dataset, link.to_dataset)]
                ends += [(link.to_dataset, link.from_dataset)] if link.one_to_one else []
                for start, end in ends:
                    if start in reached and end not in reached:
                        reached.add(end)
                        found = True
        fields = [item.field for item in query.group_by if item.field is not None]
        return all(field.partition(".")[0] in reached for field in fields)

    def compared(self, row: int, measure: Measure) -> ComparedCells | None:
        """The comparison beside a measure in a row; None without one, or where either figure is missing."""
        later = CellReference(row=row, column=measure.index)
        for comparison in measure.comparisons:
            if comparison.previous is None:
                continue
            earlier = CellReference(row=row, column=comparison.previous)
            if self.holds(later, earlier):
                period = self._compared_row_period(row, comparison) if self.reading.time_key else comparison.period
                main = None if self.reading.time_key else self.reading.period
                words, placed = _earlier_words(period, main, comparison.label)
                if self.reading.time_key and period is not None and whole_grain(period) is None:
                    words, placed = _offset_words(comparison.offset), _offset_words(comparison.offset)
                return ComparedCells((later,), (earlier,), words, placed)
        if not self.reading.keys:
            found = self._compared_with_context(later, measure)
            if found is not None and self.holds(later, found):
                words, placed = _earlier_words(None, None, None)
                return ComparedCells((later,), (found,), words, placed)
        return None

    def compared_totals(self) -> ComparedCells | None:
        """The totals of two periods over all groups, where the figures add up and every group is there."""
        measure, reading = self.measure, self.reading
        if not (reading.keys and reading.is_whole and measure.adds_up and reading.time_key is None):
            return None
        if not self.groups_are_apart:
            return None
        if reading.query is None or reading.query.totals != "none":
            return None
        for comparison in measure.comparisons:
            if comparison.previous is None:
                continue
            rows = range(len(reading.rows))
            later = tuple(CellReference(row=row, column=measure.index) for row in rows)
            earlier = tuple(CellReference(row=row, column=comparison.previous) for row in rows)
            later = tuple(item for item in later if self.holds(item))
            earlier = tuple(item for item in earlier if self.holds(item))
            if later and earlier:
                words, placed = _earlier_words(comparison.period, reading.period, comparison.label)
                return ComparedCells(later, earlier, words, placed)
        return None

    def holds(self, *references: CellReference) -> bool:
        """Whether all of these cells hold a number."""
        return all(as_decimal(self.results[item.result].rows[item.row][item.column]) is not None for item in references)

    @cached_property
    def periods(self) -> tuple[Period, ...]:
        """Every period whose ends a sentence may name."""
        reading = self.reading
        found = [Period(start=reading.as_of)]
        found += [reading.period] if reading.period else []
        found += [Period(start=reading.query.as_of)] if reading.query and reading.query.as_of else []
        found += [item.period for measure in reading.measures for item in measure.comparisons if item.period]
        rows = range(len(reading.rows)) if reading.time_key else ()
        found += [period for period in map(reading.row_period, rows) if period is not None]
        found += [
            period
            for row in rows
            for item in (reading.measures[0].comparisons if reading.measures else ())
            if (period := self._compared_row_period(row, item)) is not None
        ]
        return tuple(found)

    @cached_property
    def phrases(self) -> tuple[str, ...]:
        """Names that may hold digits or number words of their own."""
        names = [*self.filter_values, *([self.bound] if self.reading.measures and self.bound else [])]
        for measure in self.reading.measures:
            names += [measure.label, measure.label_inside]
            names += [item.label for item in measure.comparisons if item.label]
        for key in self.reading.keys:
            names += [key.label, mid_sentence(key.label), key.label.lower()]
            if key.grain is None:
                names += [key.shown(row[key.index]) for row in self.reading.rows]
        names += [name[:1].upper() + name[1:] for name in names]
        return tuple(dict.fromkeys(names))

    def _compared_row_period(self, row: int, comparison: ComparisonColumns) -> Period | None:
        period = self.reading.row_period(row)
        return shifted_period(period, comparison.offset) if period and comparison.offset else None

    def _compared_with_context(self, later: CellReference, measure: Measure) -> CellReference | None:
        """The same measure in a one-row result that is named for the period before."""
        column = self.results[0].columns[later.column]
        for index, table in enumerate(self.results[1:], start=1):
            if "previous" not in table.name or len(table.rows) != 1:
                continue
            for position, other in enumerate(table.columns):
                if other.name == measure.name or (other.metric is not None and other.metric == column.metric):
                    return CellReference(result=index, row=0, column=position)
        return None
