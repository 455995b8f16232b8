"""Two times of which one holds the other, asked for side by side: "revenue last month and year to date" is two figures."""

from __future__ import annotations

import datetime as dt
import re

from catalog.query import Period, as_datetime
from semantic_context.time_expressions import TimeExpression, TimeKind, find_time_expressions

_JOINS = re.compile(
    r"^\s*,?\s*(?:(?:and|plus|as well as|and also|&)\s*,?\s*)(?:(?:for|in|over|also|then|the)\s+)*$", re.IGNORECASE
)
_LEADS = re.compile(r"^(?:(?:for|in|over|during|on|of)\s+)+", re.IGNORECASE)
_HOLDS_AGAINST = re.compile(
    r"\b(?:compar\w*|versus|vs|against|between|grow\w*|grew|growth|change\w*|differ\w*|than|both|which|rather)\b",
    re.IGNORECASE,
)
# A cheap look before any time is read.
_MAY_HOLD = re.compile(
    r"\b(?:days?|weeks?|months?|quarters?|years?|to date|today|yesterday|[ymqw]td|[12]\d{3}|q[1-4]|[a-z]{3,9})\s*,?\s*"
    r"(?:and|plus|as well as|&)\s+(?:also\s+)?(?:(?:for|in|over|the)\s+)*(?:this|last|today|yesterday|year|month|quarter|week|past"
    r"|[ymqw]td|[12]\d{3}|q[1-4]|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|so far|all)",
    re.IGNORECASE,
)


def may_name_two_times(question: str) -> bool:
    """Whether two times might stand joined in a question: no time is read for it."""
    return _MAY_HOLD.search(question) is not None and _HOLDS_AGAINST.search(question) is None


def joined_and_nested(question: str, first: TimeExpression, second: TimeExpression) -> bool:
    """Whether "and" alone stands between two times of which one holds the other: neither narrows the other."""
    one, other = first.period, second.period
    if one is None or other is None or one == other or not _JOINS.match(question[first.end : second.start]):
        return False
    return _holds(one, other) or _holds(other, one)


def with_each_time(question: str, as_of: dt.date) -> tuple[str, ...]:
    """The question once with each of two such times; nothing where it names no two, or holds one against the other."""
    if not may_name_two_times(question):
        return ()
    times = [item for item in find_time_expressions(question, as_of) if item.kind is not TimeKind.GRAIN]
    if len(times) != 2 or not joined_and_nested(question, *times):
        return ()
    first, second = times
    lead = _LEADS.match(first.text)
    led = lead[0] if lead is not None and _LEADS.match(second.text) is None else ""
    behind = question[second.end :]
    return f"{question[: first.end]}{behind}", f"{question[: first.start]}{led}{question[second.start :]}"


def _holds(outer: Period, inner: Period) -> bool:
    if outer.start is None or outer.end is None or inner.start is None or inner.end is None:
        return False
    return as_datetime(outer.start) <= as_datetime(inner.start) and as_datetime(inner.end) <= as_datetime(outer.end)
