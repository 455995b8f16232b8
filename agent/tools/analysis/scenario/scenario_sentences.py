"""A scenario in words: every figure from a cell of its tables."""

from __future__ import annotations

from dataclasses import dataclass

from agent.tools.analysis.desk import AnalysisDesk
from agent.tools.analysis.scenario.carried_over import TABLE
from agent.tools.analysis.scenario.movable_levers import listed
from agent.tools.analysis.scenario.preparation import Preparation
from agent.tools.analysis.scenario.scenario_tables import MovedLever
from agent.tools.present.declared_numbers import CellReference
from agent.tools.present.label_words import is_plural, mid_sentence
from agent.tools.present.number_format import is_currency
from agent.tools.present.periods import in_period, period_name
from agent.tools.present.sentences import Sentence, SentenceBuilder
from agent.tools.warehouse.result import ResultTable
from catalog.analyses.scenario import LeverChange, ScenarioRequest
from catalog.models import AggregateMetric

_NOW, _THEN, _LEVER_GROWTH = 1, 2, 4
_BASELINE, _SCENARIO, _CHANGE, _GROWTH, _LOW, _HIGH = range(1, 7)
_SMALL = 1e-9


@dataclass(frozen=True)
class ScenarioStory:
    """What headline, narrative and caveats of a scenario are told from."""

    request: ScenarioRequest
    prepared: Preparation
    moved: tuple[MovedLever, ...]
    results: tuple[ResultTable, ...]
    desk: AnalysisDesk
    is_ahead: bool = False  # of a time to come: what is expected for it is changed

    def headline(self) -> Sentence:
        """ "With prices up 5 % and ad spend down 10 %, GMV would have been ... in October 2026, 4.2 % less than it was"."""
        builder = SentenceBuilder(self.results, "headline")
        changes = listed([self._change(builder, item, change) for item, change in self._pairs()])
        text = f"With {changes}, {self._outcome(builder, 0, 0)}{self._when()}"
        return builder.finished(text)

    def narrative(self, saved: str | None) -> tuple[Sentence, ...]:
        """The range, the other outcomes, what matters most, what is held, what was saved."""
        found = [self._expected(), self._range()] + [self._other(result, row) for result, row in self._other_rows()]
        found += [self._widest(), self._held()]
        if saved is not None:
            found.append(Sentence(saved))
        return tuple(item for item in found if item is not None)

    def caveats(self) -> tuple[str, ...]:
        """What a careful analyst adds."""
        found = list(self.prepared.left_out)
        if self.is_ahead:
            found.append(f"What the change does is measured{self._measured_in()} and carried over to what is expected.")
        elif self.request.ahead is not None:
            found.append(
                "No forecast can be made for the time you ask for: this is measured on the period it names, without the growth "
                "and season until then."
            )
        estimated = [item for item in self.prepared.grounds if item.source == "estimated"]
        for ground in estimated:
            cause, effect = (mid_sentence(self.prepared.book.label(name)) for name in (ground.cause, ground.effect))
            answers = "answer" if is_plural(effect) else "answers"
            found.append(f"How {effect} {answers} to {cause} is estimated: {ground.evidence.rstrip('.')}.")
        for item in self.moved:
            is_flow = isinstance(item.lever.metric, AggregateMetric) and is_currency(item.lever.metric.unit)
            if is_flow and any(ground.cause == item.lever.figure for ground in self.prepared.grounds):
                label = mid_sentence(item.lever.label)
                found.append(
                    f"What a further unit of {label} brings is less than what all of it brought on average: "
                    "the elasticity speaks of the margin, a return ratio of the average."
                )
        if not self.prepared.grounds:
            found.append(
                "This is arithmetic over the metric's own formula: nothing else is assumed to answer to the change."
            )
        return tuple(dict.fromkeys(found))

    def phrases(self) -> tuple[str, ...]:
        """Names that may hold digits of their own."""
        names = [item.lever.label for item in self.moved] + [
            self.prepared.book.label(name) for name in self.request.metrics
        ]
        names += [self.request.name] if self.request.name else []
        names += [mid_sentence(name) for name in names]
        return tuple(dict.fromkeys(["90 % range", *names, *self.prepared.held, *map(mid_sentence, self.prepared.held)]))

    def _pairs(self) -> list[tuple[MovedLever, LeverChange]]:
        return list(zip(self.moved, self.request.changes, strict=True))

    def _change(self, builder: SentenceBuilder, item: MovedLever, change: LeverChange) -> str:
        label, cell = mid_sentence(item.lever.label), self._lever_cell(item)
        unit = item.lever.metric.unit
        if change.change == "relative" and item.now:
            direction = "up" if item.then >= item.now else "down"
            size = builder.derived("growth", (cell(_THEN),), (cell(_NOW),))
            return f"{label} {direction} {size}"
        value = builder.value(cell(_THEN), unit, item.lever.metric.format)
        return f"{label} at {value} instead of {builder.value(cell(_NOW), unit, item.lever.metric.format)}"

    def _lever_cell(self, item: MovedLever) -> _Cells:
        for place, table in enumerate(self.results):
            if table.name.startswith("levers"):
                for row, cells in enumerate(table.rows):
                    if cells[0] == item.lever.label:
                        return _Cells(place, row)
        raise LookupError(item.lever.label)

    def _outcome(self, builder: SentenceBuilder, result: int, row: int) -> str:
        table, cell = self.results[result], _Cells(result, row)
        unit = table.columns[_SCENARIO].unit
        label = str(table.rows[row][0])
        value = builder.value(cell(_SCENARIO), unit, self._format(label))
        words = f"{mid_sentence(label)} would {'be' if self.is_ahead else 'have been'} {value}"
        change = float(table.rows[row][_CHANGE])
        base = abs(float(table.rows[row][_BASELINE])) or 1.0
        if abs(change) <= _SMALL * base:
            return f"{words}, as {'is expected anyway' if self.is_ahead else 'it was'}"
        than = "more" if change > 0 else "less"
        if unit in ("fraction", "score"):
            than = "higher" if change > 0 else "lower"
            size = builder.derived("gap", (cell(_SCENARIO),), (cell(_BASELINE),))
        else:
            size = builder.derived("growth", (cell(_SCENARIO),), (cell(_BASELINE),))
        actual = builder.value(cell(_BASELINE), unit, self._format(label))
        return f"{words} ({size} {than} than the {'expected' if self.is_ahead else 'actual'} {actual})"

    def _format(self, label: str) -> str | None:
        for name in self.request.metrics:
            metric = self.desk.view.metrics[name]
            if metric.label == label:
                return metric.format
        return None

    def _when(self) -> str:
        period = self.request.ahead if self.is_ahead else self.request.period
        return f" {in_period(period)}" if period is not None and period_name(period) else ""

    def _measured_in(self) -> str:
        period = self.request.period
        return f" {in_period(period)}" if period is not None and period_name(period) else ""

    def _expected(self) -> Sentence | None:
        """The range of what is expected without the change."""
        if not self.is_ahead:
            return None
        place = next(place for place, item in enumerate(self.results) if item.name == TABLE)
        builder, cell = SentenceBuilder(self.results, "headline"), _Cells(place, 0)
        low, high = builder.apart(cell(2), cell(3), self.results[place].columns[2].unit)
        return builder.finished(f"As things go, between {low} and {high} can be expected{self._when()} (90 % range).")

    def _other_rows(self) -> list[tuple[int, int]]:
        outcome_tables = [place for place, item in enumerate(self.results) if item.name.startswith("answer")]
        rows = [(place, row) for place in outcome_tables for row in range(len(self.results[place].rows))]
        return rows[1:]

    def _other(self, result: int, row: int) -> Sentence:
        builder = SentenceBuilder(self.results, "headline")
        text = self._outcome(builder, result, row)
        return builder.finished(f"{text[0].upper()}{text[1:]}.")

    def _range(self) -> Sentence | None:
        cells = self.results[0].rows[0]
        if cells[_LOW] is None:
            return None
        builder, cell = SentenceBuilder(self.results, "headline"), _Cells(0, 0)
        unit = self.results[0].columns[_LOW].unit
        low, high = builder.apart(cell(_LOW), cell(_HIGH), unit)
        return builder.finished(f"By the ranges of its assumptions it would lie between {low} and {high} (90 % range).")

    def _widest(self) -> Sentence | None:
        place = next((place for place, item in enumerate(self.results) if item.name == "tornado"), None)
        if place is None:
            return None
        builder, cell = SentenceBuilder(self.results, "headline"), _Cells(place, 0)
        table = self.results[place]
        unit = table.columns[1].unit
        first, second = builder.apart(cell(1), cell(2), unit)
        return builder.finished(
            f"It depends most on the elasticity of {mid_sentence(str(table.rows[0][0]))}: {first} at its low end, "
            f"{second} at its high end."
        )

    def _held(self) -> Sentence | None:
        if not self.prepared.held:
            return None
        return Sentence(f"Held as they were: {listed([mid_sentence(label) for label in self.prepared.held])}.")


@dataclass(frozen=True)
class _Cells:
    """The cells of one row."""

    result: int
    row: int

    def __call__(self, column: int) -> CellReference:
        return CellReference(result=self.result, row=self.row, column=column)
