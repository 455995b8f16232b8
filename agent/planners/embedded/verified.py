"""Questions that an analyst verified: asked again in the same words, they are understood as they were confirmed.

Small words, manners and capitals do not count, and the period may be another one: it is read anew.
"""

from __future__ import annotations

import datetime as dt

from agent.planners.embedded.interpret import interpret
from agent.planners.embedded.periods import usual_period
from agent.planners.embedded.stop_tokens import is_stop
from catalog.access import CatalogView
from catalog.models import VerifiedQuestion
from catalog.plan import NamedQuery, Plan, QuestionShape
from catalog.query import MetricQuery, Period, TimeDimension
from semantic_context.documents import visible_names
from semantic_context.time_expressions import TimeExpression, TimeKind, clip, describe_period, find_time_expressions
from semantic_context.words import tokenize

_Key = tuple[str, ...]


class VerifiedQuestions:
    """The verified questions that one principal may use, by their words."""

    def __init__(self, view: CatalogView) -> None:
        self._view = view
        self._by_key: dict[_Key, VerifiedQuestion] = {}
        questions = view.whole.verified_questions
        seen = visible_names(view)["question"] if questions else frozenset()
        for item in sorted(questions, key=lambda item: item.verified_at):
            if item.question in seen:
                self._by_key[self._key(item.question, item.verified_at.date())] = item

    def plan(self, question: str, as_of: dt.date) -> Plan | None:
        """The verified plan of a question; None where none is verified in these words, or its time cannot be moved."""
        if not self._by_key:
            return None
        item = self._by_key.get(self._key(question, as_of))
        if item is None:
            return None
        query = self._at(item, question, as_of)
        if query is None:
            return None
        words = describe_period(query.period, as_of) if query.period is not None else "all the data"
        return Plan(
            shape=_shape(query),
            queries=(NamedQuery(name="answer", query=query),),
            interpretation=interpret(query, self._view, words, defaulted=False),
            caveats=(f"Verified by {item.verified_by} on {item.verified_at:%Y-%m-%d}.",),
            planner="verified",
        )

    def _key(self, text: str, as_of: dt.date) -> _Key:
        times = self._times(text, as_of)
        return tuple(
            token.base
            for token in tokenize(text)
            if token.folded[:1].isalnum()
            and not is_stop(token)
            and not any(time.start <= token.start < time.end for time in times)
        )

    def _times(self, text: str, as_of: dt.date) -> tuple[TimeExpression, ...]:
        return find_time_expressions(text, as_of, self._view.whole.calendar)

    def _at(self, item: VerifiedQuestion, question: str, as_of: dt.date) -> MetricQuery | None:
        """The verified query with its period read anew from the question; None where that cannot be done safely."""
        query = MetricQuery.model_validate(item.query)
        then = query.as_of or item.verified_at.date()
        before, now = self._times(item.question, then), self._times(question, as_of)
        others_before, others_now = (
            [(time.kind, time.text.casefold()) for time in times if time.kind is not TimeKind.PERIOD]
            for times in (before, now)
        )
        periods_before, periods_now = (
            [time for time in times if time.kind is TimeKind.PERIOD] for times in (before, now)
        )
        if others_before != others_now or len(periods_before) != len(periods_now):
            return None
        if then == as_of and [time.periods for time in periods_before] == [time.periods for time in periods_now]:
            return query
        movable = all(kind is TimeKind.GRAIN for kind, _ in others_before) and not query.compare
        if not movable or len(periods_now) > 1 or any(time.endpoints for time in periods_now):
            return None
        if self._period(query, periods_before, then) != query.period:
            return None  # the confirmed period is not what the words alone say
        return query.model_copy(update={"period": self._period(query, periods_now, as_of), "as_of": as_of})

    def _period(self, query: MetricQuery, named: list[TimeExpression], as_of: dt.date) -> Period | None:
        if named:
            return clip(named[0].period, as_of) if named[0].period is not None else None
        return usual_period(self._view, query.metrics[0].metric, as_of) if query.metrics else None


def _shape(query: MetricQuery) -> QuestionShape:
    if not query.metrics:
        return "values"
    if any(isinstance(item, TimeDimension) and item.grain is not None for item in query.group_by):
        return "trend"
    if query.having:
        return "threshold"
    if query.order_by:
        return "ranking"
    return "breakdown" if query.group_by else "value"
