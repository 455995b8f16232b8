"""Finds and resolves the expressions of time in an English text.

    >>> find_time_expressions("GMV last month vs last year", date(2026, 10, 31), Calendar())
    (period September 2026, comparison 2025 with an offset of one year)

The same text, day and calendar always give the same result. What the words mean is fixed: "last month" is the calendar
month before as_of's, "last 90 days" end with as_of, "last 6 months" are the whole ones that end on or before it, a month
without a year is the latest that has begun, weeks are the calendar's and week numbers ISO's.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

from catalog.models import Calendar
from catalog.query import Period
from semantic_context.time_grammar.clock import DAY, Clock, Span, add_months, clip, previous_period, shift_period
from semantic_context.time_grammar.comparisons import comparison
from semantic_context.time_grammar.describe import describe_period, unit_of
from semantic_context.time_grammar.grains import grain, part
from semantic_context.time_grammar.models import TimeExpression, TimeKind
from semantic_context.time_grammar.moments import all_time, moment
from semantic_context.time_grammar.periods import period
from semantic_context.time_grammar.reader import HolidayWords, Reader
from semantic_context.time_grammar.result import Found
from semantic_context.time_grammar.tokens import tokenize

__all__ = [
    "TimeExpression",
    "TimeKind",
    "clip",
    "comparison_period",
    "describe_period",
    "find_time_expressions",
    "previous_period",
    "shift_period",
    "unit_of",
]

_MAX_CHARACTERS = 20_000  # a question is shorter; what follows is no question
_LEADING = {"in", "during", "for", "within", "throughout", "on", "over", "from", "the", "our"}

# On a tie in length the earlier rule wins.
_RULES: tuple[Callable[[Reader, int], Found | None], ...] = (comparison, part, moment, all_time, grain, period)


def find_time_expressions(text: str, as_of: dt.date, calendar: Calendar | None = None) -> tuple[TimeExpression, ...]:
    """Every expression of time in the text, in order, spans apart, each as long as it can be.

    `as_of` is the day that "today" means; `calendar` gives week start, fiscal year and named holidays. Holds no state:
    what several expressions mean together ("last month by week vs last year") is for the caller to say.
    """
    calendar = calendar or Calendar()
    tokens = tokenize(text[:_MAX_CHARACTERS])
    reader = Reader(text, tokens, Clock(as_of, calendar), _holiday_words(calendar))
    found: list[TimeExpression] = []
    index = free = 0
    while index < len(tokens):
        best = _longest(reader, index)
        if best is None:
            index += 1
            continue
        first = best.first
        while first > free and reader.word(first - 1) in _LEADING and best.kind is not TimeKind.GRAIN:
            first -= 1
        stop = best.stop + (reader.word(best.stop) == "'s")
        found.append(replace(best, first=first, stop=stop).expression(text, tokens))
        index = free = stop
    return tuple(found)


def _longest(reader: Reader, index: int) -> Found | None:
    best: Found | None = None
    for rule in _RULES:
        try:
            item = rule(reader, index)
        except (ValueError, OverflowError):
            continue  # a day that no calendar has, or a year beyond it: not an expression of time
        if item is not None and (best is None or item.stop > best.stop):
            best = item
    return best


def comparison_period(main: Period, compared: TimeExpression, as_of: dt.date) -> Period | None:
    """What `main` is compared with, like for like; None where the words cannot say it for an open period.

    An offset moves `main` (the part of it that has happened by as_of: year to date meets the same days of the year
    before). A longer main period than the offset's own ("2026 vs last month") is compared with the period that is named.
    A named period that is one of the same kind as an unfinished main one is cut to the same days.
    """
    happened = clip(main, as_of)
    if compared.previous and compared.offset is not None:
        if happened.start is None:
            return None
        first = Clock(as_of).shift(_date(happened.start), compared.offset.grain, -compared.offset.count)
        return _labelled(Period(start=first, end=_date(happened.start)), as_of)
    if compared.previous:
        return _labelled(previous_period(happened), as_of)
    named = compared.period
    if compared.offset is not None and happened.start is None and happened.end is not None:
        if _date(happened.end).day == 1:
            return _labelled(
                shift_period(happened, compared.offset), as_of
            )  # a month's last day meets the month's before
        last = Clock(as_of).shift(_date(happened.end) - DAY, compared.offset.grain, -compared.offset.count)
        return _labelled(Period(end=last + DAY), as_of)
    if compared.offset is not None and happened.start is not None and happened.end is not None:
        own = unit_of(main)
        if own is None or own.rank <= compared.offset.grain.rank or named is None:
            return _labelled(shift_period(happened, compared.offset), as_of)
    if named is None or named.start is None or named.end is None or happened == main:
        return named
    if (
        unit_of(named) is not None
        and unit_of(named) is unit_of(main)
        and main.start is not None
        and named.start < main.start
    ):
        length = _date(happened.end) - _date(main.start)
        end = min(_date(named.start) + length, _date(named.end))
        if unit_of(main) is not None and _date(main.start).day == 1:
            shifted = shift_months(_date(happened.end), _date(main.start), _date(named.start))
            end = min(shifted, _date(named.end))
        return _labelled(Period(start=named.start, end=end), as_of)
    return named


def shift_months(end: dt.date, start: dt.date, other: dt.date) -> dt.date:
    """`end` moved by the whole months that lie between `start` and `other`; a day the month lacks is its last."""
    months = (other.year - start.year) * 12 + other.month - start.month
    last = end - DAY
    return add_months(last, months) + DAY


def _date(moment_or_day: dt.date | dt.datetime | None) -> dt.date:
    if isinstance(moment_or_day, dt.datetime):
        return moment_or_day.date()
    assert moment_or_day is not None
    return moment_or_day


def _labelled(found: Period | None, as_of: dt.date) -> Period | None:
    return None if found is None else found.model_copy(update={"label": describe_period(found, as_of)})


def _holiday_words(calendar: Calendar) -> HolidayWords:
    return _holiday_words_of(calendar.model_dump_json()) if calendar.holidays else {}


@lru_cache(maxsize=16)
def _holiday_words_of(calendar_json: str) -> HolidayWords:
    words: dict[str, list[tuple[tuple[str, ...], Callable[[int], Span], str]]] = {}
    for holiday in Calendar.model_validate_json(calendar_json).holidays:
        in_year = _holiday_in_year(holiday.month, holiday.day, holiday.dates, holiday.days)
        for phrase in (name for full in (holiday.name, *holiday.words.synonyms) for name in _as_typed(full)):
            parts = tuple(token.word for token in tokenize(phrase) if token.kind != "possessive" and token.word != "-")
            if parts:
                words.setdefault(parts[0], []).append((parts, in_year, holiday.name))
    return {first: tuple(items) for first, items in words.items()}


def _as_typed(name: str) -> tuple[str, ...]:
    """A name, and the same without the mark of a possessive: "Valentine's Day", "Valentines Day"."""
    bare = name.replace("'s", "s").replace("’s", "s")
    return (name,) if bare == name else (name, bare)


def _holiday_in_year(
    month: int | None, day: int | None, dates: tuple[dt.date, ...], days: int
) -> Callable[[int], Span]:
    def in_year(year: int) -> Span:
        for date in dates:
            if date.year == year:
                return date, date + days * DAY
        if month is None or day is None:
            raise ValueError(f"the catalog names no such holiday in {year}")
        first = dt.date(year, month, day)
        return first, first + days * DAY

    return in_year
