"""Stretches of time told from now: "last month", "the past 12 weeks", "two quarters ago", "year to date", "yesterday"."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from catalog.durations import Duration, TimeGrain
from semantic_context.time_grammar.anchors import absolute_anchor, weekday_at
from semantic_context.time_grammar.clock import DAY, Span, add_months
from semantic_context.time_grammar.reader import Anchor, Reader, one_day, remembered
from semantic_context.time_grammar.runs import WHOLE, ago, counted, run, trailing, unit_ended, up_to
from semantic_context.time_grammar.words import LAST, NEXT, PLURAL_UNITS, THIS, UNITS

_TO_DATE = {
    "ytd": TimeGrain.YEAR, "qtd": TimeGrain.QUARTER, "mtd": TimeGrain.MONTH, "wtd": TimeGrain.WEEK,
    "fytd": TimeGrain.YEAR,
}  # fmt: skip


@remembered
def anchor_at(reader: Reader, index: int) -> Anchor | None:
    """The longest stretch of time, named or relative, that starts at a token; "so far" behind it ends it with as_of."""
    start = reader.skip(index, {"the", "our"})
    rules = (_this_last_next, trailing, ago, up_to, unit_ended, _to_date, _day_words, _weekday, _weekend, _before_last)
    found = [anchor for rule in rules if (anchor := rule(reader, start)) is not None]
    named = absolute_anchor(reader, index)
    if named is not None:
        found.append(_years_ago(reader, named))
    if not found:
        return None
    best = max(found, key=lambda anchor: anchor.stop)
    best = _with_relative_year(reader, best)
    return _so_far(reader, best)


def _years_ago(reader: Reader, anchor: Anchor) -> Anchor:
    """ "Q3 a year ago", "October two years ago": so many years before its latest."""
    told = (
        ago(reader, reader.skip(anchor.stop, {","})) if anchor.implicit and anchor.unit is not TimeGrain.YEAR else None
    )
    if (
        told is None
        or told.ago is None
        or not told.is_year
        or (anchor.label is not None and anchor.unit is TimeGrain.DAY)
    ):
        return anchor
    year = anchor.span(reader.clock)[0].year - told.ago.count
    label = f"{anchor.label} {year}" if anchor.label else None
    return replace(anchor, year=year, stop=told.stop, label=label, alternatives=())


def _with_relative_year(reader: Reader, anchor: Anchor) -> Anchor:
    """ "last year's October", "this year Q1", "YTD last year"."""
    if anchor.unit is not TimeGrain.YEAR or anchor.fixed is None or not anchor.is_year:
        return anchor
    position = reader.skip(anchor.stop, {"'s"})
    inner = absolute_anchor(reader, position, modified=True)
    if inner is None or not inner.implicit or (inner.unit is TimeGrain.DAY and inner.label is None):
        return anchor
    if inner.unit is TimeGrain.YEAR:
        return anchor
    return replace(inner.at(anchor.fixed[0].year), alternatives=())


def _so_far(reader: Reader, anchor: Anchor) -> Anchor:
    until_now = reader.any_phrase(anchor.stop, (("to", "date"), ("till", "date"), ("until", "now")))
    of_a_year = reader.any_phrase(anchor.stop, (("ytd",), ("year", "to", "date"))) if anchor.is_year else None
    stop = until_now or of_a_year or reader.any_phrase(anchor.stop, (("so", "far"), ("ytd",)))
    if stop is None:
        return anchor
    start, end = anchor.span(reader.clock)
    if start > reader.clock.as_of:
        return anchor
    if until_now is not None and not anchor.is_year and end <= reader.clock.as_of:
        # "January 2025 to date": from then on.
        return replace(
            anchor, stop=stop, in_year=None, fixed=(start, reader.clock.tomorrow), label=None, alternatives=()
        )
    if of_a_year is not None and end <= reader.clock.tomorrow:
        end = min(end, _same_day(reader, start.year))
    return replace(anchor, stop=stop, in_year=None, fixed=(start, min(end, reader.clock.tomorrow)), alternatives=())


def _same_day(reader: Reader, year: int) -> dt.date:
    return add_months(reader.clock.tomorrow, 12 * (year - reader.clock.as_of.year))


def _unit_words(reader: Reader, index: int) -> tuple[TimeGrain, int, bool, bool] | None:
    """[whole] [calendar|fiscal] unit: (grain, index after it, whole, fiscal); FY counts as fiscal year."""
    whole = fiscal = False
    while True:
        word = reader.word(index)
        if word in WHOLE:
            whole = True
        elif word == "fiscal" or word == "financial":
            fiscal = True
        elif word not in ("calendar", "single", "-"):
            break
        index += 1
    if reader.word(index) == "fy":
        return TimeGrain.YEAR, index + 1, whole, True
    grain = UNITS.get(reader.word(index))
    return None if grain is None else (grain, index + 1, whole, fiscal)


def _this_last_next(reader: Reader, index: int) -> Anchor | None:
    """A unit without a number: "last month", "this year", "next quarter", "the latest whole week"; and with one."""
    word = reader.word(index)
    latest = reader.phrase(index, "most", "recent")
    if word == "latest" or latest is not None:
        return _latest(reader, latest or index + 1)
    if word not in LAST | THIS | NEXT:
        return None
    if (number := counted(reader, index)) is not None:
        return number
    position = index + 1
    if word in THIS and reader.word(position) == "past":
        position += 1
    if word == "last" and reader.word(position) == "whole" and reader.word(position + 1) not in UNITS:
        return None
    found = _unit_words(reader, position)
    if found is None or found[0] in (TimeGrain.HOUR, TimeGrain.MINUTE):
        return None
    grain, stop, whole, fiscal = found
    clock = reader.clock
    label = _fiscal_label(reader, grain, fiscal)
    is_year = grain is TimeGrain.YEAR and not fiscal
    if word in THIS and position == index + 1:
        span = clock.unit_back(grain, 0, fiscal=fiscal) if whole else clock.to_date(grain, fiscal=fiscal)
        if is_year and not whole:
            label = f"{clock.as_of.year} to date"
        return Anchor(stop, grain, fixed=span, label=label, is_year=is_year, fiscal=fiscal)
    if word in NEXT:
        return Anchor(stop, grain, fixed=clock.unit_back(grain, -1, fiscal=fiscal), label=label, is_year=is_year)
    if whole:
        return Anchor(stop, grain, fixed=clock.last_whole(grain, 1, fiscal=fiscal), label=label, is_year=is_year)
    if grain is TimeGrain.YEAR and (late := reader.phrase(stop, "and", "a", "half")) is not None:
        return run(reader, 18, TimeGrain.MONTH, late)
    calendar_one = clock.unit_back(grain, 1, fiscal=fiscal)
    offset = _offset(grain, 1)
    if word == "past" and grain is TimeGrain.YEAR:
        trailing = clock.last_whole(TimeGrain.MONTH, 12)
        return Anchor(stop, grain, fixed=trailing, label="the past year", alternatives=(calendar_one,), offset=offset)
    alternatives: tuple[Span, ...] = ()
    if word == "past" and grain is not TimeGrain.DAY:
        back = clock.shift(clock.tomorrow, grain, -1)
        alternatives = ((back, clock.tomorrow),)
    return Anchor(
        stop,
        grain,
        fixed=calendar_one,
        label=label,
        is_year=is_year,
        fiscal=fiscal,
        offset=offset,
        alternatives=alternatives,
    )


def _offset(grain: TimeGrain, count: int) -> Duration | None:
    return Duration(count=count, grain=grain) if count else None


def _fiscal_label(reader: Reader, grain: TimeGrain, fiscal: bool) -> str | None:
    if not fiscal or reader.clock.calendar.fiscal_year_start_month == 1:
        return None
    return f"fiscal {grain.value}"


def _latest(reader: Reader, index: int) -> Anchor | None:
    """ "the latest month", "the most recent quarter": the last whole one; the one under way is the other reading."""
    number = reader.number(index)
    if number is not None and reader.word(index + 1) in PLURAL_UNITS:
        return counted(reader, index - 1)
    found = _unit_words(reader, index)
    if found is None or found[0] in (TimeGrain.HOUR, TimeGrain.MINUTE):
        return None
    grain, stop, _, fiscal = found
    span = reader.clock.last_whole(grain, 1, fiscal=fiscal)
    under_way = reader.clock.to_date(grain, fiscal=fiscal)
    other = () if under_way[0] >= under_way[1] or under_way[0] <= span[0] else (under_way,)
    return Anchor(stop, grain, fixed=span, alternatives=other, is_year=grain is TimeGrain.YEAR and not fiscal)


def _before_last(reader: Reader, index: int) -> Anchor | None:
    """ "the quarter before last", "the month before the last", "last year but one"."""
    grain = UNITS.get(reader.word(index))
    if grain is not None:
        stop = reader.any_phrase(
            index + 1,
            (("before", "last"), ("before", "the", "last"), ("before", "previous"), ("before", "the", "previous")),
        )
        if stop is not None and reader.word(stop) == grain.value:
            stop += 1
    elif reader.word(index) == "last" and reader.word(index + 1) in UNITS:
        grain = UNITS[reader.word(index + 1)]
        stop = reader.phrase(index + 2, "but", "one")
    else:
        return None
    if stop is None or grain in (TimeGrain.HOUR, TimeGrain.MINUTE):
        return None
    span = reader.clock.unit_back(grain, 2)
    return Anchor(stop, grain, fixed=span, offset=Duration(count=2, grain=grain), is_year=grain is TimeGrain.YEAR)


def _to_date(reader: Reader, index: int) -> Anchor | None:
    """ "YTD", "month to date", "fiscal year to date", "so far this year", "since the start of the quarter"."""
    clock = reader.clock
    word = reader.word(index)
    fiscal = word in ("fiscal", "financial", "fytd")
    grain = _TO_DATE.get(word)
    stop: int | None
    if grain is not None:
        stop = index + 1
    elif (
        (unit := UNITS.get(reader.word(index + int(fiscal)))) is not None
        and (stop := reader.any_phrase(reader.undash(index + int(fiscal) + 1), (("to", "date"), ("so", "far"))))
        is not None
    ) or (unit := None) is not None:
        grain = unit
    else:
        stop = reader.phrase(index, "so", "far")
        if stop is None:
            return None
        stop = reader.skip(stop, {"in", "for", "during"})
        inner = None if reader.word(stop) in ("so",) else anchor_at(reader, stop)
        if inner is not None:
            start, end = inner.span(clock)
            if start <= clock.as_of:
                return replace(inner, in_year=None, fixed=(start, min(end, clock.tomorrow)), alternatives=())
        return Anchor(
            reader.phrase(index, "so", "far") or stop, TimeGrain.YEAR, fixed=clock.to_date(TimeGrain.YEAR), weak=True
        )
    if grain is None or grain in (TimeGrain.HOUR, TimeGrain.MINUTE, TimeGrain.DAY):
        return None
    assert stop is not None
    span = clock.to_date(grain, fiscal=fiscal)
    if grain is TimeGrain.YEAR:
        # "YTD 2025", "YTD last year": the same days of that year.
        position = reader.skip(stop, {"in", "of", "for", ","})
        other = absolute_anchor(reader, position) or _this_last_next(reader, reader.skip(position, {"the"}))
        if other is not None and other.is_year and not fiscal:
            year = other.span(clock)[0].year
            end = _same_day(reader, year)
            until = (dt.date(year, 1, 1), end)
            return Anchor(other.stop, grain, fixed=until, offset=other.offset, label=f"{year} to date")
    named = absolute_anchor(reader, stop)
    if named is not None and grain.rank > named.unit.rank >= TimeGrain.MONTH.rank and not fiscal:
        # "YTD September": from the year's start to the month's end.
        first, last = named.span(clock)
        return Anchor(
            named.stop, grain, fixed=(clock.start_of(grain, first), min(last, max(clock.tomorrow, first + DAY)))
        )
    label = ("fiscal year to date" if fiscal else f"{clock.as_of.year} to date") if grain is TimeGrain.YEAR else None
    return Anchor(stop, grain, fixed=span, fiscal=fiscal, label=label)


def _day_words(reader: Reader, index: int) -> Anchor | None:
    """ "yesterday", "the day before yesterday", "tomorrow"."""
    as_of = reader.clock.as_of
    word = reader.word(index)
    if word == "yesterday":
        return Anchor(
            reader.skip(index + 1, {"'s"}), TimeGrain.DAY, fixed=one_day(as_of - DAY), offset=_offset(TimeGrain.DAY, 1)
        )
    if (stop := reader.phrase(index, "day", "before", "yesterday")) is not None:
        return Anchor(stop, TimeGrain.DAY, fixed=one_day(as_of - 2 * DAY), offset=_offset(TimeGrain.DAY, 2))
    if word == "tomorrow":
        return Anchor(index + 1, TimeGrain.DAY, fixed=one_day(as_of + DAY))
    return None


def _weekday(reader: Reader, index: int) -> Anchor | None:
    """ "last Monday", "this Friday", "Tuesday": the latest such day that has begun; "last" leaves as_of itself out."""
    as_of = reader.clock.as_of
    word = reader.word(index)
    modifier = word if word in LAST | THIS | NEXT else ""
    position = index + bool(modifier)
    weekday = weekday_at(reader, position)
    if weekday is None:
        return None
    back = (as_of.weekday() - weekday) % 7
    if modifier in NEXT:
        day = as_of + dt.timedelta(days=7 - back)
    elif modifier in THIS:
        day = reader.clock.week_of(as_of)[0]
        day += dt.timedelta(days=(weekday - day.weekday()) % 7)
    else:
        day = as_of - dt.timedelta(days=back or (7 if modifier else 0))
    label = f"{reader.tokens[position].word.capitalize()}" if not modifier else None
    stop = position + 1
    if (late := reader.any_phrase(stop, (("last", "week"), ("of", "last", "week")))) is not None:
        start = reader.clock.unit_back(TimeGrain.WEEK, 1)[0]
        day, stop = start + dt.timedelta(days=(weekday - start.weekday()) % 7), late
    return Anchor(stop, TimeGrain.DAY, fixed=one_day(day), label=label)


def _weekend(reader: Reader, index: int) -> Anchor | None:
    """ "last weekend", "this weekend": a Saturday and Sunday; the last one is over."""
    word = reader.word(index)
    if word not in LAST | THIS | NEXT or reader.word(index + 1) != "weekend":
        return None
    as_of = reader.clock.as_of
    this = as_of + dt.timedelta(days=5 - as_of.weekday()) if as_of.weekday() < 6 else as_of - DAY
    if word in LAST:
        # The latest one that is over; that of as_of's own week is "this".
        this -= dt.timedelta(days=7)
    elif word in NEXT:
        this += dt.timedelta(days=7)
    return Anchor(index + 2, TimeGrain.DAY, fixed=(this, this + 2 * DAY), label=f"{word} weekend")
