"""From a question to what of the catalog it may be about: the pieces that planners read and prompts are made of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from catalog.access import CatalogView
from catalog.models import CatalogField, Metric, VerifiedQuestion
from semantic_context.index import Hit, SemanticIndex
from semantic_context.time_expressions import TimeExpression, find_time_expressions
from semantic_context.values import ValueHit, ValueIndex

_METRICS, _FIELDS, _QUESTIONS = 12, 12, 5
_LEAST_SCORE = 0.2  # below it MiniLM's cosine says nothing


@dataclass(frozen=True, slots=True)
class FoundMetric:
    """A metric, with the cosine of its nearest text to the question."""

    metric: Metric
    score: float
    matched: str


@dataclass(frozen=True, slots=True)
class FoundField:
    """A field of a dataset, with the cosine of its nearest text to the question."""

    dataset: str
    field: CatalogField
    score: float
    matched: str


@dataclass(frozen=True, slots=True)
class FoundQuestion:
    """A verified question, with its cosine to the question: 1 is the same wording."""

    question: VerifiedQuestion
    score: float


@dataclass(frozen=True, slots=True)
class ContextPack:
    """What a question may be about, best first in each part; nothing in it is hidden from the one who asks."""

    question: str
    metrics: tuple[FoundMetric, ...]
    fields: tuple[FoundField, ...]
    values: tuple[ValueHit, ...]
    verified_questions: tuple[FoundQuestion, ...]
    times: tuple[TimeExpression, ...]


def retrieve(
    question: str,
    view: CatalogView,
    index: SemanticIndex,
    values: ValueIndex | None,
    as_of: dt.date,
    known_words: Collection[str] = frozenset(),
) -> ContextPack:
    """The context of a question, as the view may see it. `values` is None where there is no database at hand.

    The time words are taken out of what is searched by meaning: "last October" tells nothing about the metric.
    """
    times = find_time_expressions(question, as_of, view.whole.calendar)
    asked = _without(question, times).strip() or question
    hits = index.search(asked, view, ("metric",), _METRICS), index.search(asked, view, ("field",), _FIELDS)
    verified = index.search(question, view, ("question",), _QUESTIONS) if view.whole.verified_questions else ()
    return ContextPack(
        question=question,
        metrics=tuple(FoundMetric(view.metrics[hit.name], hit.score, hit.document) for hit in hits[0] if _tells(hit)),
        fields=tuple(_field(hit, view) for hit in hits[1] if _tells(hit)),
        values=values.find(question, view, known_words) if values is not None else (),
        verified_questions=_verified(verified, view),
        times=times,
    )


def _tells(hit: Hit) -> bool:
    return hit.score >= _LEAST_SCORE


def _without(question: str, times: tuple[TimeExpression, ...]) -> str:
    kept, position = [], 0
    for time in times:
        kept.append(question[position : time.start])
        position = time.end
    return " ".join([*kept, question[position:]])


def _field(hit: Hit, view: CatalogView) -> FoundField:
    dataset, _, name = hit.name.partition(".")
    return FoundField(dataset, view.datasets[dataset].field_by_name[name], hit.score, hit.document)


def _verified(hits: tuple[Hit, ...], view: CatalogView) -> tuple[FoundQuestion, ...]:
    by_text = {item.question: item for item in view.whole.verified_questions}
    return tuple(FoundQuestion(by_text[hit.name], hit.score) for hit in hits if _tells(hit))
