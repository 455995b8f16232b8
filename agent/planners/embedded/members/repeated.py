"""Reads which part of the things that did something did it so often.

What share of the customers who ordered in 2025 ordered more than once that year?
Of everyone who bought in May, how many bought in a store at least once?
What fraction of our guests of 2024 came more than once in that time?

The question is taken apart into whose part it is, planned as a plain number of things, and how often of what, which becomes
a condition on these. The time of the first is that of the second where the words say so, or where both are of the same rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from agent.planners.embedded.counts import counted_thing, person_datasets
from agent.planners.embedded.members.context import MemberReading
from agent.planners.embedded.members.population import Population
from agent.planners.embedded.members.related import Related, is_of, related_rows
from agent.planners.embedded.members.together import count_of, count_where, share_where, things_counted
from agent.planners.embedded.members.wording import is_past, says_how_often, wordings
from agent.planners.embedded.reach import always_points_at, base_datasets
from catalog.plan import Plan
from catalog.query import FieldDimension, MetricCondition, MetricQuery

_PART = r"(?:what|which)\s+(?:percentage|percent|per\s+cent|share|proportion|fraction|part|%)"
_PART_OF = re.compile(rf"^{_PART}\s+of\s+(?:(?:the|our|all)\s+)*(?P<rest>.+)$", re.IGNORECASE)
_OF_THOSE = re.compile(
    rf"^(?:out\s+)?of\s+(?:(?:the|our|all)\s+)*(?P<whose>[^,]+),\s+(?:(?P<part>{_PART})|how\s+many)"
    r"(?:\s+of\s+(?:them|these|those))?\s+(?:(?:have|had)\s+)?(?P<did>.+)$",
    re.IGNORECASE,
)
_EVERYONE = re.compile(r"^(?:everyone|everybody|those|people)\b", re.IGNORECASE)
_SAME_TIME = re.compile(
    r"\s*\b(?:(?:in|during|within|over)\s+(?:that|the)(?:\s+same)?\s+(?:time|period|year|quarter|month|week|half)"
    r"|(?:that|the)\s+same\s+(?:year|quarter|month|week)|that\s+(?:year|quarter|month|week))\b",
    re.IGNORECASE,
)
_CAME_BACK = re.compile(
    r"^(?:(?:came|come)\s+back(?:\s+for\s+(?:a\s+second|another)\s+(?P<one>\w+)(?:\s+or\s+more)?)?"
    r"|did\s+so\s+(?P<often>more\s+than\s+once|again))\b",
    re.IGNORECASE,
)
_SPLIT = re.compile(
    r"(?:[?.,;]?\s*(?:split|broken\s+down)\s+by|,?\s+(?:by|per|for\s+each|for\s+every|in\s+each|in\s+every))\s+(?P<by>\w+(?:\s\w+)?)\s*$",
    re.IGNORECASE,
)
_DANGLING = ("who", "that", "which", "have", "has", "had", "and", "also", "were", "was")
_WHO_DID = re.compile(r"\b(?:who|that|which)\s+(?:have\s+|had\s+)?(?P<did>[a-z]+)\b", re.IGNORECASE)


@dataclass(frozen=True)
class _Asked:
    """Whose part is asked for, what they did so often, by what it is split, and whether it is a part or a number."""

    whose: str
    did: str
    by: str
    is_share: bool


def read_repeated(question: str, reading: MemberReading) -> Plan | None:
    """The plan of a question for the part, or the number, of the things that did something so often; None for any other."""
    for asked in _asked(question.strip().rstrip(" ?!.")):
        plan = _plan(asked, reading)
        if plan is not None:
            return plan
    return None


def _asked(text: str) -> Iterator[_Asked]:
    split = _SPLIT.search(text)
    by = f" by {split['by']}" if split is not None else ""
    text = text[: split.start()] if split is not None else text
    if (found := _OF_THOSE.match(text)) is not None:
        yield _Asked(found["whose"], found["did"], by, found["part"] is not None)
    elif (found := _PART_OF.match(text)) is not None:
        words = found["rest"].split()
        for place in range(len(words) - 1, 0, -1):
            if is_past(words[place].strip(",")) and words[place - 1].casefold() not in _DANGLING[:3]:
                whose = words[:place]
                while whose and whose[-1].casefold() in _DANGLING:
                    whose.pop()
                if whose:
                    yield _Asked(" ".join(whose), " ".join(words[place:]), by, True)


def _plan(asked: _Asked, reading: MemberReading) -> Plan | None:
    did = _in_a_number(asked)
    if did is None or not says_how_often(did):
        return None
    of_them = _whose(asked, reading)
    if of_them is None or not reading.names_a_time(asked.whose):
        return None  # of all there are, or of those who ever did: which, is not said
    of = things_counted(of_them.metrics[0].metric, reading.view)
    held = _held(did, of, of_them, reading) if of is not None else None
    if of is None or held is None or not _splits_the_things(of, of_them, held, reading):
        return None
    return share_where(of_them, held, reading) if asked.is_share else count_where(of_them, held, reading)


def _whose(asked: _Asked, reading: MemberReading) -> MetricQuery | None:
    """The number of those whose part is asked for; of "everyone", of the one kind of persons that all of them are."""
    people, told = _EVERYONE.subn("people", asked.whose)
    of_them = count_of(f"how many {people}{asked.by}", reading, split=bool(asked.by))
    if of_them is not None or not told:
        return of_them
    view = reading.view
    found = []
    for name in sorted(person_datasets(view) & view.datasets.keys()):
        whose = _EVERYONE.sub(view.datasets[name].label, asked.whose)
        query = count_of(f"how many {whose}{asked.by}", reading, split=bool(asked.by))
        if query is not None and counted_thing(view, query.metrics[0].metric) == name:
            found.append((name, query))
    if len(found) != 1:
        return None
    ((thing, query),) = found
    return query if always_points_at(view, base_datasets(view, query.metrics[0].metric), thing) else None


def _in_a_number(asked: _Asked) -> str | None:
    """ "Came back for a second order": what they did once, they did more than once."""
    back = _CAME_BACK.match(asked.did)
    if back is None:
        return asked.did
    first = _WHO_DID.search(asked.whose)
    if first is None or _SAME_TIME.search(asked.did) is None:
        return None  # came back whenever
    return f"{first['did']} more than once{asked.did[back.end() :]}"


def _held(did: str, of: Population, of_them: MetricQuery, reading: MemberReading) -> MetricCondition | None:
    """How often of what, as a condition on the things; None where it, or its time, is not plain."""
    view = reading.view
    same_time = _SAME_TIME.search(did) is not None
    said = _SAME_TIME.sub("", did)
    for wording in wordings(f"how many {view.datasets[of.dataset].label} {said}"):
        found = related_rows(wording, of, reading)
        if not isinstance(found, Related):
            continue
        if found.of_the_things or not isinstance(found.condition, MetricCondition):
            return None
        held, metric = found.held, of_them.metrics[0].metric
        if reading.names_a_time(said):
            return held
        same_rows = base_datasets(view, held.metric) == base_datasets(view, metric)
        if counted_thing(view, metric) is None or not (same_time or same_rows):
            return None  # of those who began in 2025 the period is that of none of their doings
        return held.model_copy(update={"period": of_them.period})
    return None


def _splits_the_things(of: Population, of_them: MetricQuery, held: MetricCondition, reading: MemberReading) -> bool:
    """Whether what a part is split by is told of the things, each of which then falls in one group."""
    (base,) = base_datasets(reading.view, held.metric)
    return all(
        isinstance(item, FieldDimension) and is_of(reading.view, item.field, of, base) is True
        for item in of_them.group_by
    )
