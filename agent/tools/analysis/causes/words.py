"""An explained change in sentences, each number from a cell of the tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent.answer import ChartSeries, ChartSpec
from agent.tools.analysis.causes.cube import MOST_AT_ONCE
from agent.tools.analysis.causes.segments import Place
from agent.tools.analysis.causes.tables import ALSO, is_relative, place_name, verdict_of
from agent.tools.analysis.finding import Finding
from agent.tools.present.comparing_words import listed
from agent.tools.present.condition_words import condition_values, scope_words
from agent.tools.present.declared_numbers import CellReference
from agent.tools.present.label_words import is_plural, mid_sentence
from agent.tools.present.number_format import POINTS, NumberStyle
from agent.tools.present.periods import in_period, period_name, short_name
from agent.tools.present.sentences import Sentence, SentenceBuilder
from catalog.access import CatalogView

if TYPE_CHECKING:
    from agent.tools.analysis.causes.cause import Explained

MOST_OF_IT, A_PART = 0.1, 1.5  # shares of the change between which "explains" says it right
NO_CLEAR_CAUSE = "no clear cause"


def told(view: CatalogView, found: Explained) -> Finding:
    """Headline, narrative, chart and caveats."""
    words = _Words(view, found)
    narrative = [words.usual(), words.drivers(), *words.places(), words.related()]
    return Finding(
        results=found.results,
        headline=words.headline(),
        narrative=tuple(item for item in narrative if item is not None),
        chart=waterfall(view, found),
        caveats=words.caveats(),
        periods=(found.request.period, found.request.baseline),
        phrases=tuple(
            item for item in (found.request.period.label, found.request.baseline.label, found.metric.label) if item
        ),
    )


class _Words:
    def __init__(self, view: CatalogView, found: Explained) -> None:
        self.view = view
        self.found = found
        self.label = found.metric.label
        self.scope = scope_words(condition_values(found.request.where, view))
        self.when = in_period(found.request.period)

    def _builder(self, style: NumberStyle = "narrative") -> SentenceBuilder:
        return SentenceBuilder(results=self.found.results, style=style)

    def _cell(self, table: str, row: int, column: str) -> CellReference:
        place = self.found.table(table)
        assert place is not None
        names = [item.name for item in self.found.results[place].columns]
        return CellReference(result=place, row=row, column=names.index(column))

    def _own(self, previous: bool = False) -> CellReference:
        return self._cell("answer", 0, f"{self.found.metric.name}{'_previous' if previous else ''}")

    def _moved(self, builder: SentenceBuilder, later: CellReference, earlier: CellReference) -> str:
        """ "fell 5.5 % ($8.9k)", "rose 0.4 points", "did not change"."""
        change = builder.computed("difference", (later,), (earlier,))
        if not change:
            return "did not change"
        verb = "rose" if change > 0 else "fell"
        start = builder.number(earlier)
        if self.found.metric.unit == "fraction" or start is None or start <= 0:
            return f"{verb} {builder.derived('difference', (later,), (earlier,))}"
        grew = builder.derived("growth", (later,), (earlier,))
        return f"{verb} {grew} ({builder.derived('gap', (later,), (earlier,))})"

    def headline(self) -> Sentence:
        """What happened and the cause, or that none is clear."""
        builder = self._builder("headline")
        moved = self._moved(builder, self._own(), self._own(previous=True))
        opening = f"{self.label}{self.scope} {moved} {self.when}".rstrip()
        premise = self.found.request.premise
        if premise is not None and (self.found.change > 0) != (premise == "rise"):
            they = "they" if is_plural(self.label) else "it"
            opening = f"{self.label}{self.scope} did not {premise} {self.when}: {they} {moved}"
            return self._concluded(builder, opening, "; ")
        return self._concluded(builder, opening, ": ")

    def _concluded(self, builder: SentenceBuilder, opening: str, joined: str) -> Sentence:
        places = self.found.places
        if places is None:
            return builder.finished(opening)
        if places.cause is None:
            within = self.found.usual is not None and self.found.usual.is_within
            why = ", within its normal variation" if within else ""
            return builder.finished(f"{opening}{why}{joined}{NO_CLEAR_CAUSE}")
        return builder.finished(f"{opening}{joined}{self._explains(builder, places.cause)}")

    def _explains(self, builder: SentenceBuilder, cause: Place) -> str:
        name = place_name(self.view, cause.change.conditions)
        power = builder.number(self._cell("segments", 0, "explanatory_power"))
        if power is not None and 1 < power <= A_PART:
            text = f"{name} explains all of it and more"
        elif power is not None and MOST_OF_IT <= power <= 1:
            text = f"{name} explains {builder.value(self._cell('segments', 0, 'explanatory_power'), 'fraction')} of it"
        else:
            moved = self._moved(builder, self._cell("segments", 0, "after"), self._cell("segments", 0, "before"))
            text = f"{name} departs from the usual" + (f" and {moved}" if cause.contribution is not None else "")
        if cause.factor is not None:
            verb = "higher" if cause.change.effect > 0 else "lower"
            unusual = builder.derived("sum", (self._cell("segments", 0, "unusual_change"),))
            text += f", where {mid_sentence(cause.factor)} is {unusual} {verb} than usual"
        return text

    def usual(self) -> Sentence | None:
        """Whether the change is within what such steps bring."""
        usual = self.found.usual
        if usual is None:
            return None
        builder = self._builder()
        unit = "fraction" if is_relative(usual, self.found.metric) else self.found.metric.unit
        unit = POINTS if unit == "fraction" and self.found.metric.unit == "fraction" else unit
        low = builder.value(self._cell("judgement", 0, "usual_low"), unit)
        high = builder.value(self._cell("judgement", 0, "usual_high"), unit)
        steps = builder.value(self._cell("judgement", 0, "past_changes"), "count")
        verdict = "is within" if usual.is_within else "is outside"
        return builder.finished(
            f"The change {verdict} what this step usually brings: {low} to {high}, by {steps} past changes with the season "
            f"taken into account."
        )

    def drivers(self) -> Sentence | None:
        """What the first level of the driver tree contributed, the largest first."""
        place = self.found.table("drivers")
        if place is None or self.found.drivers is None:
            return None
        builder = self._builder()
        first = [
            (row, node, item)
            for row, (node, item) in enumerate(self.found.drivers.contributions)
            if len(item.path) == 1
        ]
        first.sort(key=lambda entry: -abs(entry[2].contribution))
        parts = []
        for row, node, item in first[:4]:
            cell = self._cell("drivers", row, "contribution")
            sign = "+" if item.contribution >= 0 else "-"
            parts.append(f"{mid_sentence(node.label)} {sign}{self._sized(builder, cell)}")
        return builder.finished(f"By its drivers: {listed(parts)}.")

    def _sized(self, builder: SentenceBuilder, cell: CellReference) -> str:
        """The size of a change in the metric's unit: points of a rate."""
        if self.found.metric.unit != "fraction":
            return builder.derived("sum", (cell,))
        return builder.value(cell, POINTS).lstrip("-")

    def places(self) -> list[Sentence]:
        """The cause's own figures, other places that stand out, and how much was looked at."""
        found = self.found.places
        if found is None:
            return []
        sentences = []
        if found.cause is not None:
            builder = self._builder()
            name = place_name(self.view, found.cause.change.conditions)
            later, earlier = self._cell("segments", 0, "after"), self._cell("segments", 0, "before")
            spreads = builder.derived("sum", (self._cell("segments", 0, "score"),))
            if found.cause.contribution is not None:
                moved = self._moved(builder, later, earlier)
                sentences.append(
                    builder.finished(
                        f"{name}: {self.label} {moved}, which is {spreads} times the spread of its usual changes."
                    )
                )
            also = [
                (row, place) for row, place in enumerate(found.places[:12]) if verdict_of(place, found.cause) == ALSO
            ]
            if also:
                names = [place_name(self.view, place.change.conditions) for _, place in also[:3]]
                sentences.append(self._builder().finished(f"Also out of the usual: {'; '.join(names)}."))
        if not found.looked_at:
            sentences.append(
                self._builder().finished("No segment is large enough, or known long enough, to be judged by itself.")
            )
            return sentences
        builder = self._builder()
        count = builder.value(self._cell("judgement", 0, "segments_looked_at"), "count")
        along = builder.value(self._cell("judgement", 0, "dimensions"), "count")
        dimensions = "dimension" if self.found.places and len(self.found.places.dimensions) == 1 else "dimensions"
        stands = "one stands out" if found.cause is not None else "none stands out"
        sentences.append(
            builder.finished(
                f"{count} segments along {along} {dimensions} were searched: {stands}, with allowance for so many looks."
            )
        )
        return sentences

    def related(self) -> Sentence | None:
        """What else moved, with the warning that it proves nothing."""
        place = self.found.table("related")
        if place is None:
            return None
        builder = self._builder()
        rows = self.found.results[place].rows
        parts = []
        for row, cells in enumerate(rows[:3]):
            growth = self._cell("related", row, "growth")
            if builder.number(growth) is None:
                continue
            verb = "up" if (builder.number(growth) or 0) > 0 else "down"
            parts.append(f"{mid_sentence(str(cells[0]))} {verb} {builder.derived('sum', (growth,))} ({cells[1]})")
        if not parts:
            return None
        return builder.finished(f"Moved beside it, which proves nothing: {listed(parts)}.")

    def caveats(self) -> tuple[str, ...]:
        """What a careful analyst adds."""
        found = [] if self.found.drivers is None else list(self.found.drivers.left_out)
        if self.found.usual is None:
            found.append("There are too few like periods before to say what is usual.")
        if self.found.places is None:
            found.append(
                f"Segments of {mid_sentence(self.label)} are not searched: that takes a figure that does add up over them and over "
                "time, or a ratio of such. Ask for it by a field, in both periods, to see its parts."
            )
        if self.found.places is not None and self.found.places.left_out:
            names = [self.view.whole.field(item.field).label for item in self.found.places.left_out]
            found.append(f"Not searched, to stay within bounds: {listed(names)}. Ask for the change by one of them.")
        if self.found.places is not None and self.found.places.at_once < MOST_AT_ONCE:
            combined = "one by one" if self.found.places.at_once == 1 else "two at a time"
            found.append(
                f"Dimensions were searched {combined}: combinations of more have more rows than may be read here."
            )
        if self.found.places is not None and self.found.places.cause is not None:
            found.append("A segment says where the change lies, not why: it is no proof of a cause.")
        return tuple(found)


def waterfall(view: CatalogView, found: Explained) -> ChartSpec | None:
    """From the earlier value to the later by what each driver (or part) contributed; None where nothing is split."""
    steps: list[tuple[str, float]] = []
    if found.drivers is not None and found.drivers.contributions:
        steps = [(node.label, item.contribution) for node, item in found.drivers.contributions if len(item.path) == 1]
    elif found.places is not None and found.places.cause is not None and found.places.cause.contribution is not None:
        name = place_name(view, found.places.cause.change.conditions)
        steps = [(name, found.places.cause.contribution)]
        steps.append(("All the rest", found.change - found.places.cause.contribution))
    if not steps:
        return None
    earlier = short_name(found.request.baseline, found.request.period) or "Before"
    later = period_name(found.request.period) or "After"
    return ChartSpec(
        kind="waterfall",
        title=f"{found.metric.label}: from {earlier} to {later}",
        x_label="",
        y_label=found.metric.label,
        x=(earlier, *(name for name, _ in steps), later),
        series=(
            ChartSeries(
                name=found.metric.label,
                values=(found.before, *(value for _, value in steps), found.after),
                unit=found.metric.unit,
            ),
        ),
        unit=found.metric.unit,
    )
