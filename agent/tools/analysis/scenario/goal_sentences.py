"""What it would take, in words: every figure from a cell of the tables."""

from __future__ import annotations

from dataclasses import dataclass

from agent.answer import ChartSeries, ChartSpec
from agent.tools.analysis.scenario.carried_over import TABLE
from agent.tools.analysis.scenario.goal_ahead import EXPECTED, HIGH, LOW, NEEDED, TARGET, Ahead
from agent.tools.analysis.scenario.goal_tables import GoalOption
from agent.tools.analysis.scenario.grounds import Ground
from agent.tools.analysis.scenario.identities import IdentityBook
from agent.tools.analysis.scenario.movable_levers import listed
from agent.tools.present.declared_numbers import CellReference
from agent.tools.present.label_words import is_plural, mid_sentence
from agent.tools.present.periods import in_period, period_name
from agent.tools.present.sentences import Sentence, SentenceBuilder
from agent.tools.warehouse.result import ResultTable
from catalog.analyses.scenario import GoalRequest
from catalog.models import Metric

_NOW, _NEEDED = 1, 2
_WAY_REACHED, _WAY_LOW, _WAY_HIGH = 2, 4, 5
_GAP_NOW, _GAP_TARGET = 1, 2
_WAYS_TOLD = 4


@dataclass(frozen=True)
class GoalStory:
    """What headline, narrative, chart and caveats of a goal are told from; `options` are ordered, the least change first."""

    request: GoalRequest
    metric: Metric
    is_met: bool
    options: tuple[GoalOption, ...]
    results: tuple[ResultTable, ...]
    grounds: tuple[Ground, ...]
    left_out: tuple[str, ...] = ()  # levers that could not be computed here, with the reason
    ahead: Ahead | None = None

    def headline(self) -> Sentence:
        """What reaches the target, or that it is met, or that nothing does."""
        builder = SentenceBuilder(self.results, "headline")
        if self.ahead is not None:
            return self._headline_ahead(builder, self.ahead)
        label = mid_sentence(self.metric.label)
        target = self._gap(builder, _GAP_TARGET)
        now = self._gap(builder, _GAP_NOW)
        if self.is_met:
            return builder.finished(f"{self.metric.label} {self._was} {now}{self._when}: the target of {target} is met")
        if not self.options:
            return builder.finished(
                f"{self.metric.label} {self._was} {now}{self._when}, against a target of {target}; "
                "nothing here is known to move it"
            )
        best = self.options[0]
        if best.feasible:
            return builder.finished(f"To bring {label} from {now} to {target}{self._when}, {self._needed(builder, 0)}")
        reached = self._reached(builder, 0)
        return builder.finished(
            f"{self.metric.label} cannot be brought from {now} to {target}{self._when} by {mid_sentence(best.name)} within "
            f"bounds: the nearest is {reached}, and for that {self._needed(builder, 0)}"
        )

    def _headline_ahead(self, builder: SentenceBuilder, ahead: Ahead) -> Sentence:
        """What the time to come is expected to bring, and what more that takes."""
        label, when = self.metric.label, in_period(ahead.period)
        is_are = "are" if is_plural(label) else "is"
        expected, target = (self._outlook(builder, place) for place in (EXPECTED, TARGET))
        if self.is_met:
            return builder.finished(
                f"{label} {is_are} expected at {expected} {when} as things go: {target} is reached without a change"
            )
        cell = CellReference(result=self._table(TABLE), row=0, column=NEEDED)
        than = "of what is still to come" if ahead.outcome.known else "than is expected"
        beside = f"{builder.value(cell, 'fraction')} more {than}" if ahead.growth > 0 else "less than is expected"
        if not self.options:
            return builder.finished(
                f"{label} {is_are} expected at {expected} {when}, against {target} to reach; nothing here is known to move it"
            )
        best, base = self.options[0], self._when
        if best.feasible:
            return builder.finished(
                f"To bring {mid_sentence(label)} from the expected {expected} to {target} {when} ({beside}), "
                f"{self._needed(builder, 0)}, by the figures{base}"
            )
        return builder.finished(
            f"{label} cannot be brought from the expected {expected} to {target} {when} by {mid_sentence(best.name)} within "
            f"bounds: at most {self._reached(builder, 0)}, by the figures{base}, where {self._gap(builder, _GAP_TARGET)} is "
            "needed"
        )

    def _outlook(self, builder: SentenceBuilder, column: int) -> str:
        cell = CellReference(result=self._table(TABLE), row=0, column=column)
        return builder.value(cell, self.metric.unit, self.metric.format)

    def _expectation(self) -> Sentence | None:
        """The range of what is expected."""
        if self.ahead is None:
            return None
        builder, place = SentenceBuilder(self.results, "headline"), self._table(TABLE)
        lowest, highest = (CellReference(result=place, row=0, column=column) for column in (LOW, HIGH))
        low, high = builder.apart(lowest, highest, self.metric.unit)
        return builder.finished(
            f"As things go, between {low} and {high} can be expected {in_period(self.ahead.period)} (90 % range)."
        )

    def narrative(self, saved: str | None) -> tuple[Sentence, ...]:
        """The other ways, which cannot reach it, the range, what is held."""
        found: list[Sentence] = [item for item in (self._expectation(),) if item is not None]
        for place, option in enumerate(self.options[1 : _WAYS_TOLD + 1], start=1):
            builder = SentenceBuilder(self.results, "headline")
            if option.feasible:
                found.append(builder.finished(f"Or {self._needed(builder, place)}."))
        for place, option in enumerate(self.options):
            if not option.feasible and place > 0 and len(found) < _WAYS_TOLD + 2:
                builder = SentenceBuilder(self.results, "headline")
                found.append(
                    builder.finished(
                        f"{option.name} alone {'do' if is_plural(option.name) else 'does'} not reach it: at most "
                        f"{self._reached(builder, place)} within bounds."
                        if len(option.moved) == 1
                        else f"Even together, {mid_sentence(option.name)} bring {self._reached(builder, place)} at most."
                    )
                )
        found += [item for item in (self._range(), self._held()) if item is not None]
        if saved:
            found.append(Sentence(saved))
        return tuple(found)

    def caveats(self, book: IdentityBook | None) -> tuple[str, ...]:
        """What a careful analyst adds."""
        found = list(self.left_out)
        for ground in self._grounds_used():
            if ground.source == "estimated" and book is not None:
                cause, effect = (mid_sentence(book.label(name)) for name in (ground.cause, ground.effect))
                answers = "answer" if is_plural(effect) else "answers"
                found.append(f"How {effect} {answers} to {cause} is estimated: {ground.evidence.rstrip('.')}.")
        if self.ahead is not None and self.options:
            when = in_period(self.ahead.period)
            found.append(f"What the levers bring is measured{self._when}, on as much more or less as is needed {when}.")
        elif self.request.by is not None and self.ahead is None:
            found.append(
                "This is measured on the period it names: growth and season until the day you ask for are not in it."
            )
        unbounded = [item.lever.label for option in self.options for item in option.moved if not item.lever.has_bounds]
        if unbounded:
            names = listed([mid_sentence(name) for name in dict.fromkeys(unbounded)])
            found.append(f"No bounds are declared for {names}: half more or less than now was searched.")
        if self.options and not self.options[0].feasible:
            found.append("Bounds are what the catalog declares; beyond them nothing is known.")
        return tuple(found)

    def _grounds_used(self) -> tuple[Ground, ...]:
        """The grounds that lead on from what the ways told move: a price that stays where it is rests on no elasticity."""
        reached = {item.lever.metric.name for option in self.options for item in option.moved}
        while fresh := {item.effect for item in self.grounds if item.cause in reached} - reached:
            reached |= fresh
        return tuple(item for item in self.grounds if item.cause in reached)

    def chart(self, target: float) -> ChartSpec | None:
        """What each way reaches, beside the target."""
        if len(self.options) < 2:
            return None
        unit = self.metric.unit
        return ChartSpec(
            kind="grouped_bar",
            title=f"{self.metric.label}: what each lever reaches within its bounds"
            + (f", measured{self._when}" if self.ahead is not None else ""),
            x_label="Lever",
            y_label=self.metric.label,
            x=tuple(option.name for option in self.options),
            series=(
                ChartSeries(name="reached", values=tuple(option.reached for option in self.options), unit=unit),
                ChartSeries(name="to reach", values=tuple(target for _ in self.options), unit=unit, style="dashed"),
            ),
            unit=unit,
            horizontal=True,
        )

    def phrases(self) -> tuple[str, ...]:
        """Names that may hold digits of their own."""
        held = [label for option in self.options for label in option.held]
        names = [self.metric.label, *held, *(item.lever.label for option in self.options for item in option.moved)]
        return tuple(dict.fromkeys(["90 % range", *names, *map(mid_sentence, names)]))

    @property
    def _was(self) -> str:
        return "were" if is_plural(self.metric.label) else "was"

    @property
    def _when(self) -> str:
        period = self.request.period
        return f" {in_period(period)}" if period is not None and period_name(period) else ""

    def _table(self, name: str) -> int:
        for place, item in enumerate(self.results):
            if item.name == name or (item.name == "answer" and place == 0 and name == self._first):
                return place
        raise LookupError(name)

    @property
    def _first(self) -> str:
        """What the answering table is."""
        if not self.options:
            return TABLE if self.ahead is not None else "gap"
        return "way_1" if len(self.options) == 1 else "ways"

    def _gap(self, builder: SentenceBuilder, column: int) -> str:
        place = self._table("gap")
        return builder.value(CellReference(result=place, row=0, column=column), self.metric.unit, self.metric.format)

    def _reached(self, builder: SentenceBuilder, option: int) -> str:
        place = self._table("ways")
        cell = CellReference(result=place, row=option, column=_WAY_REACHED)
        return builder.value(cell, self.metric.unit, self.metric.format)

    def _needed(self, builder: SentenceBuilder, option: int) -> str:
        """ "orders would have to be 255,600 instead of 217,000 (17.8 % more)"."""
        said = []
        units = list(dict.fromkeys(item.lever.metric.unit for item in self.options[option].moved))
        for item in self.options[option].moved:
            number = units.index(item.lever.metric.unit)
            place = self._table(f"way_{option + 1}" + (f"_{number + 1}" if number else ""))
            row = next(row for row, cells in enumerate(self.results[place].rows) if cells[0] == item.lever.label)
            needed, now = (CellReference(result=place, row=row, column=column) for column in (_NEEDED, _NOW))
            metric = item.lever.metric
            label = mid_sentence(item.lever.label)
            if item.then == item.now and len(self.options[option].moved) > 1:
                continue
            than = "more" if item.then > item.now else "less"
            size = builder.derived("growth", (needed,), (now,)) if item.now else "from nothing"
            said.append(
                f"{label} would have to be {builder.value(needed, metric.unit, metric.format)} instead of "
                f"{builder.value(now, metric.unit, metric.format)} ({size} {than})"
            )
        return listed(said)

    def _range(self) -> Sentence | None:
        if not self.options or self.options[0].low is None:
            return None
        builder, place = SentenceBuilder(self.results, "headline"), self._table("ways")
        lowest, highest = (CellReference(result=place, row=0, column=column) for column in (_WAY_LOW, _WAY_HIGH))
        low, high = builder.apart(lowest, highest, self.metric.unit)
        return builder.finished(
            f"By the ranges of its assumptions this would bring between {low} and {high} (90 % range)."
        )

    def _held(self) -> Sentence | None:
        held = self.options[0].held if self.options else ()
        if not held:
            return None
        which = "the first of these" if len(self.options) > 1 else "this"
        return Sentence(f"Held as they were for {which}: {listed([mid_sentence(label) for label in held])}.")
