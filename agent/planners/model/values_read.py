"""Which values and numbers a question really holds: a model may point at them, never bring its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import BaseModel

from agent.planners.embedded.cues import cue_phrases
from agent.planners.embedded.planner import EmbeddedPlanner
from catalog.models import FieldType
from catalog.plan import Plan
from catalog.query import FieldCondition, MetricCondition, Scalar
from semantic_context.linking import split_route
from semantic_context.numbers import NumberExpression, find_numbers
from semantic_context.time_expressions import find_time_expressions
from semantic_context.values import ValueHit
from semantic_context.words import phrase_key

_SURE = ("exact", "synonym", "group", "labelled", "pattern", "inflection")


class ReadingProblem(Exception):
    """Why a reading cannot be used: generic words for the model, which hold names it was given and no value."""


@dataclass(frozen=True)
class QuestionValues:
    """The values of fields and the numbers that a question names, found by the indexes and not by a model."""

    embedded: EmbeddedPlanner
    question: str
    hits: tuple[ValueHit, ...]
    numbers: tuple[NumberExpression, ...]

    @classmethod
    def of(cls, embedded: EmbeddedPlanner, question: str, as_of: dt.date) -> QuestionValues:
        """What a question holds, as the planner's view may see it."""
        known = embedded.phrases.vocabulary | cue_phrases().vocabulary
        hits = embedded.values.find(question, embedded.view, known) if embedded.values is not None else ()
        return cls(embedded, question, hits, numbers_outside_times(embedded, question, as_of))

    def values_of(self, reference: str, words: str) -> dict[str, tuple[Scalar, ...]]:
        """Values by field that some words of the question mean: of the field itself where it has them, else of others."""
        said = phrase_key(words)
        if not said or not _stands_in(said, phrase_key(self.question)):
            return {}
        own = self._typed(reference, words)
        if own is not None:
            return {reference: own}
        found: dict[str, tuple[Scalar, ...]] = {}
        for hit in sorted(self.hits, key=lambda item: -item.score):
            text = phrase_key(self.question[hit.start : hit.end])
            if hit.how in _SURE and (_stands_in(said, text) or _stands_in(text, said)):
                found.setdefault(hit.reference, hit.values)
        return {reference: found[reference]} if reference in found else found

    def _typed(self, reference: str, words: str) -> tuple[Scalar, ...] | None:
        """The value of a field that is no text: a whole number, yes or no."""
        kind = self.embedded.view.whole.field(split_route(reference)[0]).type
        if kind is FieldType.INTEGER and words.strip().isdigit():
            return (int(words),)
        if kind is FieldType.BOOLEAN and words.strip().casefold() in ("yes", "true", "no", "false"):
            return (words.strip().casefold() in ("yes", "true"),)
        return None

    def number(self, value: float) -> NumberExpression | None:
        """The number of the question that a model means by a value: as written, or as a fraction of a percent."""
        for item in self.numbers:
            if any(abs(float(size) - value) <= 1e-9 * max(1.0, abs(value)) for size in (item.value, item.fraction)):
                return item
        return None

    def require(self, plan: Plan, previous: Plan | None) -> None:
        """ReadingProblem where a plan filters by a value that neither the question nor the plan before it holds."""
        allowed: set[object] = {value for hit in self.hits for value in hit.values}
        allowed |= {value for condition in conditions_of(previous) for value in condition.values}
        for condition in conditions_of(plan):
            if isinstance(condition, FieldCondition) and condition.field == "metric_time":
                continue
            for value in condition.values:
                if isinstance(value, bool) or value in allowed:
                    continue
                if not isinstance(value, int | float) or self.number(float(value)) is None:
                    raise ReadingProblem("the reading filters by a value that the question does not name")


def numbers_outside_times(embedded: EmbeddedPlanner, text: str, as_of: dt.date) -> tuple[NumberExpression, ...]:
    """The numbers of a text that are no part of a phrase of time."""
    times = find_time_expressions(text, as_of, embedded.view.whole.calendar)
    return tuple(
        number
        for number in find_numbers(text)
        if not any(time.start < number.end and number.start < time.end for time in times)
    )


def _stands_in(part: tuple[str, ...], whole: tuple[str, ...]) -> bool:
    return any(whole[start : start + len(part)] == part for start in range(len(whole) - len(part) + 1))


def conditions_of(value: object) -> tuple[FieldCondition | MetricCondition, ...]:
    """Every condition with values, anywhere in a plan or query: its queries' and its analysis's."""
    return tuple(item for item in _conditions(value) if item.values)


def _conditions(value: object) -> Iterator[FieldCondition | MetricCondition]:
    if isinstance(value, FieldCondition | MetricCondition):
        yield value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _conditions(getattr(value, name))
    elif isinstance(value, tuple | list):
        for item in value:
            yield from _conditions(item)


def brings_something_new(embedded: EmbeddedPlanner, part: str, question: str, as_of: dt.date) -> bool:
    """Whether a part that a model made of a question names a value or a number that the question does not."""
    whole, own = QuestionValues.of(embedded, question, as_of), QuestionValues.of(embedded, part, as_of)
    known = {value for hit in whole.hits for value in hit.values}
    new_values = any(hit.how in _SURE and not known & set(hit.values) for hit in own.hits)
    return new_values or any(whole.number(float(number.value)) is None for number in own.numbers)
