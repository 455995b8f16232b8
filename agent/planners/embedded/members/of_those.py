"""Reads how many, or which part, of the things that did one thing did another: "of the customers who ordered in May, how many
returned something in June?", "what share of those who signed up in 2025 ordered in 2026?".

Whose part it is is planned as a plain number of things, and what they did as a question of its own about the same things,
which becomes a condition on the first. Where the two cannot be put together the question is asked back: the two numbers
side by side would answer another one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from agent.planners.embedded import clarify
from agent.planners.embedded.counts import counted_thing
from agent.planners.embedded.members.context import MemberReading, is_answer, only_query, parts_of
from agent.planners.embedded.members.population import Population, datasets_named
from agent.planners.embedded.members.reading import read_members
from agent.planners.embedded.members.related import is_of
from agent.planners.embedded.members.together import count_of, count_where, did_at_all, share_where, things_counted
from agent.planners.embedded.members.wording import is_past
from agent.planners.embedded.parts import all_of
from agent.planners.embedded.reach import base_datasets
from catalog.plan import Plan
from catalog.query import Condition, FieldDimension, MetricCondition, MetricQuery, Not
from semantic_context.irregular_forms import IRREGULAR_VERBS

_PART = r"(?:what|which)\s+(?:percentage|percent|per\s+cent|share|proportion|fraction|part|portion|%)"
_ALL = r"(?:(?:the|our|all|those)\s+)*"
_FIRST_WHOSE = re.compile(
    rf"^(?:out\s+of|of|among|amongst)\s+{_ALL}(?P<whose>[^,]+),\s*(?:(?P<part>{_PART})|how\s+many)"
    r"(?:\s+of\s+(?:them|these|those))?\s+(?:(?:who|that)\s+)?(?P<did>.+)$",
    re.IGNORECASE,
)
_PART_FIRST = re.compile(rf"^{_PART}\s+of\s+{_ALL}(?P<rest>.+)$", re.IGNORECASE)
_NUMBER_FIRST = re.compile(rf"^how\s+many\s+(?:of\s+{_ALL})?(?P<rest>.+)$", re.IGNORECASE)
_WHO = re.compile(
    r"\b(?:who|that|which)\s+(?:have\s+|had\s+)?(?P<verb>[a-z]+(?:\s+(?:an?|any|some)\s+[a-z]+|\s+something)?)\b",
    re.IGNORECASE,
)
_AGAIN = re.compile(
    r"^(?:(?:have|has|had)\s+)?(?:then\s+|also\s+|later\s+)*"
    r"(?:came\s+back|come\s+back|returned\s+again|did\s+so(?:\s+again)?|(?P<verb>[a-z]+)\s+again)\b",
    re.IGNORECASE,
)
_NOT = re.compile(
    r"^(?:(?:have|has|had|did)\s+not\s+(?:yet\s+)?|(?:have|has|had)\s+never\s+|never\s+|(?:have|has|had|did)n[’']?t\s+)",
    re.IGNORECASE,
)
_DID_NOT = re.compile(r"did(?:\s+not|n[’']?t)\b", re.IGNORECASE)
_LINKING = re.compile(r"^(?:(?:and|then|also|later|went\s+on\s+to|have|has|had|did)\s+)+", re.IGNORECASE)
_RETURNED = re.compile(
    r"^(?:(?:then|also|later|have|had)\s+)*returned(?=$|\s+(?:in|on|during|since|by|last|this|within|between)\b)", re.I
)
_TOO = re.compile(r"\s+(?:too|as\s+well|also|then)$", re.IGNORECASE)
_SPLIT = re.compile(
    r",?\s+(?:by|per|for\s+each|for\s+every|in\s+each|split\s+by|broken\s+down\s+by)\s+(?P<by>\w+(?:\s\w+)?)$",
    re.IGNORECASE,
)
_DANGLING = ("who", "that", "which", "have", "has", "had", "and", "also", "were", "was", "not", "never", "did")


@dataclass(frozen=True)
class _Asked:
    """Whose part is asked for, what they did besides, by what it is split, and whether it is a part or a number."""

    whose: str
    did: str
    by: str
    is_share: bool


def read_of_those(question: str, reading: MemberReading) -> Plan | None:
    """The plan of a question for the part, or the number, of the things that did one thing who did another; None for any
    other question."""
    text = question.strip().rstrip(" ?!.")
    for asked in _asked(text):
        if _RETURNED.match(asked.did):
            return clarify.asking("Do you mean those who came back, or those who returned something?", "ambiguous")
        found = _plan(asked, reading)
        if found is not None:
            return found
    return None


def puts_them_side_by_side(question: str, plan: Plan, reading: MemberReading) -> Plan | None:
    """What is asked back where a plan tells the two numbers of such a question each by itself, or counts something else than the
    things; None where it does not."""
    found = _FIRST_WHOSE.match(question.strip().rstrip(" ?!."))
    if found is None or _WHO.search(found["whose"]) is None or not is_answer(plan):
        return None
    if not reading.names_a_time(found["whose"]):
        return None
    queries = [item.query for item in plan.queries]
    apart = (
        bool(plan.steps) or len(queries) > 1 or any(use.show == "measure" for item in queries for use in item.compare)
    )
    apart = apart or any(sum(use.show == "measure" for use in item.metrics) > 1 for item in queries)
    if not apart and not _counts_others(found["whose"], queries, reading):
        return None
    return clarify.asking(
        f"I cannot tell how many of the {found['whose']} “{found['did']}” too. Name it in another way, or ask for each alone.",
        "unsupported",
    )


def _counts_others(whose: str, queries: Sequence[MetricQuery], reading: MemberReading) -> bool:
    """Whether what is counted is neither the things themselves nor any of theirs that the words before name."""
    named = datasets_named(_WHO.split(whose)[0].strip(), reading.phrases)
    things = {name for name, _ in named}
    counted = {
        of.dataset if (of := things_counted(use.metric, reading.view)) is not None else None
        for query in queries
        for use in query.metrics
        if use.show != "hidden"
    }
    return bool(things) and None not in counted and not counted & things


def _asked(text: str) -> Iterator[_Asked]:
    split = _SPLIT.search(text)
    by = f" by {split['by']}" if split is not None else ""
    text = text[: split.start()] if split is not None else text
    if (found := _FIRST_WHOSE.match(text)) is not None:
        yield _Asked(found["whose"], found["did"], by, found["part"] is not None)
        return
    part, number = _PART_FIRST.match(text), _NUMBER_FIRST.match(text)
    rest = part["rest"] if part is not None else number["rest"] if number is not None else ""
    words = rest.split()
    for place in range(len(words) - 1, 1, -1):
        before = words[place - 1].casefold()
        if before in ("who", "that", "which") or not (is_past(words[place].strip(",")) or before in ("not", "never")):
            continue
        start = place
        while start > 1 and words[start - 1].casefold() in _DANGLING[3:]:
            start -= 1
        whose = " ".join(words[:start]).rstrip(",")
        if _WHO.search(whose) is not None and words[start - 1].casefold() not in _DANGLING:
            yield _Asked(whose, " ".join(words[start:]), by, part is not None)


def _plan(asked: _Asked, reading: MemberReading) -> Plan | None:
    if not reading.names_a_time(asked.whose):
        return None
    one = count_of(f"how many {asked.whose}{asked.by}", reading, split=bool(asked.by))
    of = things_counted(one.metrics[0].metric, reading.view) if one is not None else None
    condition = _also(asked, of, reading) if of is not None else None
    if one is None or of is None or condition is None or not _splits_the_things(of, one, reading):
        return None
    return share_where(one, condition, reading) if asked.is_share else count_where(one, condition, reading)


def _also(asked: _Asked, of: Population, reading: MemberReading) -> Condition | None:
    """What the things did besides, as a condition on them; None where it, or its time, is not plain."""
    did = _TOO.sub("", asked.did)
    without = _NOT.match(did)
    did = _LINKING.sub("", did[without.end() :] if without is not None else did)
    if without is not None and _DID_NOT.match(without[0]):
        verb, _, rest = did.partition(" ")
        did = f"{_past(verb)} {rest}"
    if (again := _AGAIN.match(did)) is not None:
        first = _WHO.search(asked.whose)
        if first is None and again["verb"] is None:
            return None
        did = f"{again['verb'] or (first['verb'] if first is not None else '')}{did[again.end() :]}"
    things = reading.view.datasets[of.dataset].label
    text = f"how many {things} {did}"
    plan = read_members(text, reading, lambda: reading.plain(text))
    query = only_query(plan) if is_answer(plan) else None
    if query is None or query.group_by or query.having or query.limit is not None:
        return None
    metric = query.metrics[0].metric
    if things_counted(metric, reading.view) != of:
        return None
    if counted_thing(reading.view, metric) is not None:
        condition: Condition | None = did_at_all(of, query, reading.view) if reading.names_a_time(did) else None
    else:
        timed = query.period is not None and not reading.view.whole.metric_by_name[metric].is_state
        condition = all_of(list(parts_of(query.where))) if query.where is not None and not timed else None
    if condition is None or without is None:
        return condition
    if isinstance(condition, MetricCondition) and condition.operator == "gt":
        condition = condition.model_copy(update={"operator": "ne"})
    return Not(condition=condition)


def _past(verb: str) -> str:
    """A verb as it is said of what was done: "order" is "ordered", "buy" "bought"."""
    stem = verb.casefold()
    irregular = next((form for form, of in IRREGULAR_VERBS.items() if of == stem), None)
    return irregular or (f"{verb}d" if stem.endswith("e") else f"{verb}ed")


def _splits_the_things(of: Population, one: MetricQuery, reading: MemberReading) -> bool:
    """Whether what a part is split by is told of the things, each of which then falls in one group."""
    (base,) = base_datasets(reading.view, one.metrics[0].metric)
    return all(
        isinstance(item, FieldDimension) and (base == of.dataset or is_of(reading.view, item.field, of, base) is True)
        for item in one.group_by
    )
