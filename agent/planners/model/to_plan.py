"""From a model's reading to a Plan: each name is checked against the view, then the embedded planner's own builder makes it.

So both planners' plans are made of the same parts, with the same defaults, context and caveats, and nothing that a model
wrote reaches the compiler but names of the catalog, values of the index and numbers of the question.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from agent.errors import QueryError
from agent.planners.embedded.build import build_plan
from agent.planners.embedded.cues import Cue
from agent.planners.embedded.draft import (
    BoundSlot,
    Draft,
    FieldValues,
    FilterSlot,
    GroupSlot,
    Item,
    MetricSlot,
    NumberBound,
    RankingSlot,
)
from agent.planners.embedded.parts import UnsupportedError
from agent.planners.embedded.passes.read_time import read_time
from agent.planners.embedded.planner import EmbeddedPlanner
from agent.planners.embedded.resolve import resolve
from agent.planners.model.reading import BoundRead, FilterRead, ModelReading
from agent.planners.model.values_read import QuestionValues, ReadingProblem, numbers_outside_times
from catalog.durations import TimeGrain, TimePart
from catalog.plan import Plan
from catalog.query import Operator
from semantic_context.linking import Meaning, Span
from semantic_context.time_expressions import TimeKind, find_time_expressions

_LAST = -1  # a slot's item: none of the question's
_CUE_BY_EXTRA = {
    "share": Cue.SHARE,
    "growth": Cue.GROWTH,
    "target": Cue.TARGET,
    "running_total": Cue.RUNNING,
}
_SENSE_BY_ORDER = {"highest": "high", "lowest": "low", "best": "good", "worst": "bad"}
_OPERATORS: dict[str, Operator] = {
    "more_than": "gt",
    "less_than": "lt",
    "at_least": "ge",
    "at_most": "le",
    "equal": "eq",
    "between": "between",
}


@dataclass(frozen=True)
class PlanMaker:
    """Makes plans of readings for one principal's view."""

    embedded: EmbeddedPlanner

    def plan(self, reading: ModelReading, question: str, as_of: dt.date, previous: Plan | None = None) -> Plan:
        """The plan of a reading of kind figures, values, definition or analysis; ReadingProblem where there is none."""
        if reading.kind == "definition":
            return self._definition(reading)
        if reading.kind == "analysis":
            return self._analysis(reading, question, as_of, previous)
        return self._figures(reading, question, as_of, previous)

    def _definition(self, reading: ModelReading) -> Plan:
        if not reading.metrics:
            raise ReadingProblem("a definition names its metric")
        name = self._metric(reading.metrics[0])
        label = self.embedded.view.metrics[name].label
        return Plan(shape="definition", topic=name, interpretation=f"What {label} means", planner="model")

    def _analysis(self, reading: ModelReading, question: str, as_of: dt.date, previous: Plan | None) -> Plan:
        """An analysis is asked for in words that the embedded planner reads: it knows each analysis's own form."""
        if not reading.in_other_words.strip():
            raise ReadingProblem("an analysis puts the question in_other_words")
        said = QuestionValues.of(self.embedded, question, as_of)
        for number in numbers_outside_times(self.embedded, reading.in_other_words, as_of):
            if said.number(float(number.value)) is None:
                raise ReadingProblem("in_other_words has a number that the question does not have")
        plan = self.embedded.plan(reading.in_other_words, as_of, previous)
        if plan.refusal is not None:
            return plan
        if plan.clarification is not None:
            words = ", ".join(f"“{word}”" for word in plan.clarification.unexplained)
            raise ReadingProblem(
                f"in_other_words has words that are no labels here: {words}" if words else "in_other_words is not clear"
            )
        said.require(plan, previous)
        return plan.model_copy(update={"planner": "model"})

    def _figures(self, reading: ModelReading, question: str, as_of: dt.date, previous: Plan | None) -> Plan:
        said = QuestionValues.of(self.embedded, question, as_of)
        draft = self._draft(reading, said, as_of)
        if not draft.metrics and reading.kind == "figures":
            raise ReadingProblem("figures need at least one metric")
        if not draft.metrics and not draft.groups:
            raise ReadingProblem("values need the field in group_by")
        valid = resolve(draft, self.embedded.reach)
        if valid[0].problems:
            problem = valid[0].problems[0]
            raise ReadingProblem(f"{problem.metric} cannot be split or filtered by {problem.field}")
        try:
            plan = build_plan(draft, valid[0], self.embedded.reach, as_of)
        except UnsupportedError as error:
            raise ReadingProblem(error.reason) from error
        except QueryError as error:
            raise ReadingProblem("this combination cannot be computed") from error
        said.require(plan, previous)
        return plan.model_copy(update={"planner": "model"})

    def _draft(self, reading: ModelReading, said: QuestionValues, as_of: dt.date) -> Draft:
        view = self.embedded.view
        draft = Draft(question=said.question, tokens=(), items=self._time_items(reading, as_of), view=view, as_of=as_of)
        read_time(draft)
        draft.metrics = [
            MetricSlot(_LAST, (Meaning("metric", self._metric(name), 1.0, "model"),)) for name in reading.metrics
        ]
        draft.groups = [
            GroupSlot(_LAST, (Meaning("field", self._field(name), 1.0, "model"),)) for name in reading.group_by
        ]
        draft.filters = [self._filter(item, said) for item in reading.filters]
        draft.bounds = [self._bound(item, said) for item in reading.bounds]
        draft.asks |= {_CUE_BY_EXTRA[item] for item in reading.show}
        if reading.kind == "values":
            draft.asks.add(Cue.LIST)
        self._set_time_split(draft, reading.by_time)
        if reading.order != "none":
            sense = _SENSE_BY_ORDER[reading.order]
            named = reading.limit == 1 or said.number(reading.limit) is not None
            count = reading.limit if reading.limit and named else None
            draft.ranking = RankingSlot(_LAST, sense, count)  # type: ignore[arg-type]
        if reading.show and reading.metrics:
            draft.figure_and_share = "share" not in reading.show
        return draft

    def _set_time_split(self, draft: Draft, by_time: str) -> None:
        if by_time in {grain.value for grain in TimeGrain}:
            draft.time.grain = TimeGrain(by_time)
        elif by_time in {part.value for part in TimePart}:
            draft.time.part = TimePart(by_time)

    def _time_items(self, reading: ModelReading, as_of: dt.date) -> list[Item]:
        """The reading's phrases of time, each resolved by the grammar that reads questions."""
        items: list[Item] = []
        compared = reading.compare_with
        phrases = [reading.period]
        if compared:
            phrases.append(compared if compared.casefold().startswith(("vs", "compared")) else f"vs {compared}")
        for phrase in phrases:
            if not phrase.strip():
                continue
            found = find_time_expressions(phrase, as_of, self.embedded.view.whole.calendar)
            if not found:
                raise ReadingProblem("a period or compare_with is no phrase of time that can be read")
            for expression in found:
                if phrase is not reading.period and expression.kind is not TimeKind.COMPARISON:
                    raise ReadingProblem("compare_with is no phrase of a period to compare with")
                meaning = Meaning("period", expression.text, 1.0, "model", expression)
                items.append(Item(len(items), Span(0, 1, expression.text, (meaning,))))
        return [*items, Item(len(items), Span(0, 1, "the bound", (Meaning("stop", "", 0.0),)))]  # what _LAST points at

    def _metric(self, name: str) -> str:
        if name in self.embedded.view.metrics:
            return name
        wanted = name.casefold()
        named = [item.name for item in self.embedded.view.metrics.values() if item.label.casefold() == wanted]
        if len(named) == 1:
            return named[0]
        raise ReadingProblem("a metric is named that is not in <metrics>")

    def _field(self, name: str) -> str:
        if "." in name and self.embedded.view.can_show(name) and not self._is_hidden(name):
            return name
        bare = [
            f"{dataset.name}.{item.name}"
            for dataset, item in self.embedded.view.groupable_fields()
            if name.casefold() in (item.name.casefold(), item.label.casefold())
        ]
        if len(bare) == 1:
            return bare[0]
        raise ReadingProblem("a field is named that is not in <fields>")

    def _is_hidden(self, name: str) -> bool:
        dataset, _, field = name.partition(".")
        home = self.embedded.view.datasets[dataset]
        return home.hidden or home.field_by_name[field].hidden

    def _filter(self, read: FilterRead, said: QuestionValues) -> FilterSlot:
        reference = self._field(read.field)
        choices: dict[str, FieldValues] = {}
        for place, words in enumerate(read.values):
            found = said.values_of(reference, words)
            if not found:
                raise ReadingProblem(
                    f"a value of the filter on {reference} stands neither in the question nor in the data"
                )
            merged = {
                name: FieldValues(
                    name,
                    tuple(dict.fromkeys((*(choices[name].values if name in choices else ()), *values))),
                    1.0 if name == reference else 0.9,
                )
                for name, values in found.items()
                if place == 0 or name in choices
            }
            if not merged:
                raise ReadingProblem("the values of one filter belong to different fields")
            choices = merged
        return FilterSlot(
            _LAST,
            tuple(sorted(choices.values(), key=lambda choice: (-choice.score, choice.field))),
            "not_in" if read.exclude else "in",
            " and ".join(read.values),
            read.exclude,
        )

    def _bound(self, read: BoundRead, said: QuestionValues) -> BoundSlot:
        wanted = [read.number] + ([read.upper] if read.is_ == "between" and read.upper is not None else [])
        numbers = [number for value in wanted if (number := said.number(value)) is not None]
        if len(numbers) != len(wanted):
            raise ReadingProblem("a bound has a number that does not stand in the question")
        if (read.is_ == "between") != (len(numbers) == 2):
            raise ReadingProblem("between takes number and upper")
        sizes = sorted(float(number.fraction) for number in numbers)
        percent = any(number.unit in ("percent", "points") for number in numbers)
        currency = next((number.currency for number in numbers if number.currency), None)
        upper = sizes[1] if len(sizes) == 2 else None
        bound = NumberBound(_OPERATORS[read.is_], sizes[0], upper, currency, percent)
        if read.on in self.embedded.view.metrics:
            return BoundSlot(_LAST, bound, metrics=(Meaning("metric", read.on, 1.0, "model"),))
        return BoundSlot(_LAST, bound, fields=(Meaning("field", self._field(read.on), 1.0, "model"),))
