"""Reads questions about things that did two things: "bought both books and games", "ordered in 2024 but not in 2025".

The question is taken apart into two that differ in one piece. Where each is the number of the same things, with one
condition or another period, the second becomes a condition on the things of the first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from agent.planners.embedded.counts import count_metrics, counted_thing
from agent.planners.embedded.interpret import describe_condition, interpret
from agent.planners.embedded.members.context import MemberReading, is_answer, only_query, parts_of
from agent.planners.embedded.members.once import period_words
from agent.planners.embedded.members.population import Population, as_count
from agent.planners.embedded.members.reading import done_once, list_of
from agent.planners.embedded.members.related import is_of
from agent.planners.embedded.parts import all_of
from agent.planners.embedded.reach import base_datasets
from catalog.access import CatalogView
from catalog.plan import NamedQuery, Plan
from catalog.query import Calculation, Condition, FieldCondition, MetricCondition, MetricQuery, MetricUse, Not, Period
from semantic_context.linking import split_route

_LEAD_IN = r"(?:in|on|from|via|through|by|at|to|with|during)"
_BOTH = re.compile(
    rf"\b(?P<lead>{_LEAD_IN}\s+)?both\s+(?:of\s+)?(?P<one>.+?)\s+and\s+(?P<behind>.+)$",
    re.IGNORECASE,
)
_BUT_NOT = re.compile(r"^(?P<before>.+?),?\s+(?:but|and|yet)\s+(?:not|never)\s+(?P<behind>.+)$", re.IGNORECASE)
_THINGS = r"(?P<things>(?:the\s+|our\s+)?[\w-]+(?:\s(?!who\b|that\b|which\b)[\w-]+)?)"
_ALSO = re.compile(
    rf"^(?P<asked>.*?\bhow\s+many\s+){_THINGS}\s+(?:(?:who|that|which)\s+)?(?P<one>\S+\s.+?)\s+"
    r"(?:(?:and|but)\s+)?(?:have\s+|has\s+)?also\s+(?P<other>.+)$",
    re.IGNORECASE,
)
_AGAIN = re.compile(
    rf"^(?P<asked>.*?\bhow\s+many\s+){_THINGS}\s+(?:who|that|which)\s+(?P<one>(?P<verb>\w+)\s.+?)\s+(?:and\s+)?"
    r"(?:came\s+back|come\s+back|have\s+come\s+back|\w+\s+again)\s+(?P<when>.+)$",
    re.IGNORECASE,
)
_SHARE = re.compile(
    r"^(?:what|which)\s+(?:percentage|percent|per\s+cent|share|proportion|fraction|part|%)\s+of\s+(?:the\s+|our\s+|all\s+)?",
    re.IGNORECASE,
)
_COUNT = re.compile(r"\b(?:how\s+many|number\s+of|count\s+of)\s+(?:of\s+)?(?:the\s+|our\s+|those\s+)?", re.IGNORECASE)
_PREPOSITION = re.compile(rf"{_LEAD_IN}\s", re.IGNORECASE)
_LONGEST = 4  # words of the piece that differs


@dataclass(frozen=True)
class _Pair:
    """Two plain questions that differ in one piece; `without` where the second is what the things did not do."""

    one: str
    other: str
    without: bool = False


def read_together(question: str, reading: MemberReading) -> Plan | None:
    """The plan of a question about things that did one thing and did, or did not do, another; None where it is none."""
    text = question.strip().rstrip(" ?!.")
    asked, is_share = _SHARE.subn("how many ", text, count=1)
    counting, is_list = as_count(_COUNT.sub("how many ", asked, count=1))
    for pair in _pairs(counting):
        one, other = count_of(pair.one, reading), count_of(pair.other, reading)
        if one is None or other is None or one.metrics != other.metrics:
            continue
        found = _together(pair, one, other, reading)
        if found is None:
            continue
        of, first, second = found
        if is_list:
            return list_of(of, (first, second), reading)
        return share_where(one, second, reading) if is_share else count_where(one, second, reading)
    return None


def _pairs(text: str) -> Iterator[_Pair]:
    """The ways to take a question apart, since how long its pieces are no word tells."""
    if (found := _BOTH.search(text)) is not None:
        lead, before = found["lead"] or "", text[: found.start()]
        for piece, rest in _split(found["behind"]):
            own = "" if _PREPOSITION.match(piece) else lead
            yield _Pair(_joined(before, lead + found["one"], rest), _joined(before, own + piece, rest))
    elif (found := _BUT_NOT.match(text)) is not None:
        words = found["before"].split()
        for piece, rest in _split(found["behind"]):
            for length in range(1, min(_LONGEST, len(words) - 1) + 1):
                before, replaced = " ".join(words[:-length]), " ".join(words[-length:])
                if bool(_PREPOSITION.match(piece)) == bool(_PREPOSITION.match(replaced)):
                    yield _Pair(_joined(before, replaced, rest), _joined(before, piece, rest), without=True)
    elif (found := _AGAIN.match(text)) is not None:
        asked = f"{found['asked']}{found['things']} {found['verb']}"
        yield _Pair(f"{found['asked']}{found['things']} {found['one']}", f"{asked} {found['when']}")
    elif (found := _ALSO.match(text)) is not None:
        asked = f"{found['asked']}{found['things']}"
        yield _Pair(f"{asked} {found['one']}", f"{asked} {found['other']}")


def _split(behind: str) -> Iterator[tuple[str, str]]:
    words = behind.split()
    for length in range(1, min(_LONGEST, len(words)) + 1):
        yield " ".join(words[:length]), " ".join(words[length:])


def _joined(*parts: str) -> str:
    return " ".join(part.strip() for part in parts if part.strip())


def count_of(text: str, reading: MemberReading, *, split: bool = False) -> MetricQuery | None:
    """The query of a plain question for one number of things, or one for each group of them where it is `split`; None for any
    other."""
    plan = reading.plain(text)
    plan = done_once(text, plan, reading) or plan
    query = only_query(plan) if is_answer(plan) else None
    if query is None or bool(query.group_by) != split or query.having or query.limit is not None:
        return None
    return query if reading.names_a_time(text) else query.model_copy(update={"period": None})


def _together(
    pair: _Pair, one: MetricQuery, other: MetricQuery, reading: MemberReading
) -> tuple[Population, Condition, Condition] | None:
    """The things, that they did the first, and that they did the second or did not; None where the two do not differ in
    one thing that they did."""
    metric = one.metrics[0].metric
    of = things_counted(metric, reading.view)
    mine = [part for part in parts_of(one.where) if part not in parts_of(other.where)]
    theirs = [part for part in parts_of(other.where) if part not in parts_of(one.where)]
    by_time = one.period != other.period
    if of is None or by_time == bool(mine or theirs) or not (by_time or (_one_field(mine) or 0) == _one_field(theirs)):
        return None
    timed = reading.names_a_time(pair.one) and reading.names_a_time(pair.other)
    if by_time and not (timed and counted_thing(reading.view, metric) is not None):
        return None  # what is counted by its own rows is of one time alone
    if (held := _held_of_each(of, (*mine, *theirs), reading.view)) is not None:
        first, second = held
    elif all(_tells_rows_apart(of, metric, part, reading.view) for part in (*mine, *theirs)):
        first, second = did_at_all(of, one, reading.view), did_at_all(of, other, reading.view)
    else:
        return None
    return (
        of,
        first,
        Not(condition=second.model_copy(update={"operator": "ne", "values": (0,)})) if pair.without else second,
    )


def _one_field(conditions: Sequence[Condition]) -> str | None:
    """The field that all conditions are on."""
    fields = {item.field if isinstance(item, FieldCondition) else item.kind for item in conditions}
    return fields.pop() or None if len(fields) == 1 else None


def _held_of_each(
    of: Population, parts: Sequence[Condition], view: CatalogView
) -> tuple[MetricCondition, MetricCondition] | None:
    """What each thing has so many of, the first and the second, where that is how both are said."""
    held = [item for item in parts if isinstance(item, MetricCondition) and item.per == of.keys(view)]
    return (held[0], held[1]) if len(held) == len(parts) == 2 else None


def things_counted(metric: str, view: CatalogView) -> Population | None:
    """Whose number a metric is."""
    counted = counted_thing(view, metric)
    thing = counted or next((name for name in view.datasets if metric in count_metrics(view, name)), None)
    of = Population(thing, None, True) if thing is not None and thing in view.datasets else None
    return of if of is not None and of.keys(view) else None


def did_at_all(of: Population, query: MetricQuery, view: CatalogView) -> MetricCondition:
    """That a thing is among those that a query counts."""
    return MetricCondition(
        metric=query.metrics[0].metric,
        per=of.keys(view),
        operator="gt",
        values=(0,),
        period=query.period or Period(),
        where=query.where,
    )


def _tells_rows_apart(of: Population, metric: str, part: Condition, view: CatalogView) -> bool:
    """Whether a condition is of what the things did, of which each has several, and not of the things themselves."""
    if not isinstance(part, FieldCondition):
        return False
    (base,) = base_datasets(view, metric)
    return part.field == "metric_time" or is_of(view, split_route(part.field)[0], of, base) is False


def count_where(one: MetricQuery, condition: Condition, reading: MemberReading) -> Plan:
    """The number of a query's things for which a condition holds."""
    where = all_of([*parts_of(one.where), condition])
    query = one.model_copy(update={"where": where, "compare": (), "calculations": (), "targets": False})
    words = interpret(query, reading.view, period_words(query, reading.view, reading), False)
    return Plan(shape="value", queries=(NamedQuery(name="answer", query=query),), interpretation=words)


def share_where(one: MetricQuery, condition: Condition, reading: MemberReading) -> Plan:
    """The part of the first's things that did the second too."""
    metric = one.metrics[0].metric
    uses = (
        MetricUse(metric=metric, alias="those", where=condition, show="context"),
        MetricUse(metric=metric, show="context"),
    )
    share = Calculation(kind="ratio", metric="those", over=metric, alias="share", show="measure")
    query = one.model_copy(update={"metrics": uses, "calculations": (share,), "compare": (), "targets": False})
    words = interpret(
        one.model_copy(update={"compare": (), "calculations": (), "targets": False}),
        reading.view,
        period_words(one, reading.view, reading),
        False,
    )
    told = f"Share of those {describe_condition(condition, reading.view)}: {words}"
    return Plan(shape="value", queries=(NamedQuery(name="answer", query=query),), interpretation=told)
