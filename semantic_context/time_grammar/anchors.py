"""Named stretches of time: quarters, halves, seasons, ISO weeks, years, holidays, weekdays, and months and days."""

from __future__ import annotations

from dataclasses import replace

from catalog.durations import TimeGrain
from semantic_context.numbers import ORDINAL_WORDS
from semantic_context.time_grammar.clock import DAY, Span, iso_week, month_span
from semantic_context.time_grammar.describe import day_label
from semantic_context.time_grammar.months import figures_anchor, month_anchor
from semantic_context.time_grammar.reader import Anchor, Reader
from semantic_context.time_grammar.words import (
    LAST,
    NEXT,
    SEASONS,
    SHORT_WEEKDAYS,
    THIS,
    WEEKDAYS,
)
from semantic_context.time_grammar.years import expand_year, fiscal_quarter_in, with_year, year_at

_LEADS_ON = ("to", "and", "-", "until", "till", "through", "thru")
_DAY_CONTEXT = {"on", "last", "this", "next", "previous", "since", "until", "every", "each", "by", "from", "to", "of"}


def _lettered(reader: Reader, index: int, letters: tuple[str, ...], top: int) -> tuple[int, int] | None:
    """A letter and a number: Q3, "Q 3", 3Q, H1, W42: (number, index after it)."""
    number = reader.number(index + 1)
    if reader.word(index) in letters and number is not None and reader.token(index + 1).kind == "number":
        return (number, index + 2) if 1 <= number <= top else None
    number = reader.number(index)
    if (
        number is not None
        and reader.word(index + 1) in letters
        and reader.token(index + 1).glued
        and 1 <= number <= top
    ):
        return number, index + 2
    return None


def _ordinal(reader: Reader, index: int) -> int | None:
    token = reader.token(index)
    return token.number if token.kind == "ordinal" else ORDINAL_WORDS.get(token.word)


def _parted(reader: Reader, index: int, noun: str, letters: tuple[str, ...], top: int) -> tuple[int, int] | None:
    """Which quarter or half is named: "Q3", "third quarter", "quarter three": (number, index after it)."""
    found = _lettered(reader, index, letters, top)
    if found is not None:
        return found
    if reader.word(index) == noun and (number := reader.number(index + 1)) is not None and 1 <= number <= top:
        return number, index + 2
    ordinal = _ordinal(reader, index)
    if ordinal is None and reader.word(index) in ("last", "final"):
        # "the last quarter of 2025"; a bare "last quarter" is a relative one.
        return (top, index + 2) if reader.word(index + 1) == noun and reader.word(index + 2) == "of" else None
    if ordinal is not None and 1 <= ordinal <= top:
        position = reader.undash(index + 1)
        position = reader.skip(position, {"calendar"})
        if reader.word(position) == noun:
            return ordinal, position + 1
    return None


def _quarter_anchor(reader: Reader, index: int) -> Anchor | None:
    fiscal = reader.word(index) in ("fiscal", "fq")
    if reader.word(index) == "fq":
        number = reader.number(index + 1)
        found = (number, index + 2) if number is not None and 1 <= number <= 4 else None
    else:
        found = _parted(reader, index + int(fiscal), "quarter", ("q",), 4)
    if found is None:
        return None
    quarter, stop = found
    start_month = reader.clock.calendar.fiscal_year_start_month
    if fiscal:
        label = None if start_month == 1 else f"fiscal Q{quarter}"
        anchor = Anchor(stop, TimeGrain.QUARTER, in_year=fiscal_quarter_in(reader, quarter), fiscal=True, label=label)
    else:
        anchor = Anchor(stop, TimeGrain.QUARTER, in_year=lambda year: month_span(year, 3 * quarter - 2, 3))
        if start_month != 1:
            other = replace(anchor, in_year=fiscal_quarter_in(reader, quarter)).span(reader.clock)
            anchor = replace(anchor, alternatives=(other,))
    dated = with_year(reader, anchor)
    if dated.year is None and reader.token(stop).glued and reader.token(stop).kind == "number":
        year = reader.number(stop)  # 3Q26
        if year is not None and 10 <= year <= 69:
            return replace(dated, year=expand_year(year), stop=stop + 1, alternatives=())
    return dated


def _half_anchor(reader: Reader, index: int) -> Anchor | None:
    found = _parted(reader, index, "half", ("h",), 2)
    if found is None:
        return None
    half, stop = found
    named = reader.word(stop - 1) == "half"
    anchor = Anchor(stop, TimeGrain.MONTH, in_year=lambda year: month_span(year, 6 * half - 5, 6))
    dated = with_year(reader, anchor)
    if dated.year is None and reader.token(stop).glued and reader.token(stop).kind == "number":
        year = reader.number(stop)
        if year is not None and 10 <= year <= 69:
            return replace(dated, year=expand_year(year), stop=stop + 1)
    if dated.year is None and named and reader.phrase(stop, "of", "the", "year"):
        return replace(dated, stop=stop + 3)
    return dated


def _season_anchor(reader: Reader, index: int) -> Anchor | None:
    word = reader.word(index)
    month = SEASONS.get(word)
    if month is None:
        return None

    def in_year(year: int) -> Span:
        return month_span(year, month, 3)

    anchor = with_year(reader, Anchor(index + 1, TimeGrain.MONTH, in_year=in_year, label=word))
    if word == "fall" and anchor.year is None:
        before = reader.word(index - 1 - (reader.word(index - 1) == "the"))
        asked = before in {"in", "during", "since", "until"} | LAST | THIS | NEXT
        if not asked or reader.word(index + 1) in ("in", "of"):
            return None
    if anchor.year is not None:
        return replace(anchor, label=f"{word} {anchor.year}")
    return anchor


def _week_anchor(reader: Reader, index: int) -> Anchor | None:
    """An ISO week by number, or the week of a day: "week 42", "W42 2025", "week of 12 October", "w/c 12 Oct"."""
    if reader.word(index) == "iso":
        index += 1
    found = _lettered(reader, index, ("week", "wk", "cw", "w", "weeks"), 53)
    if found is not None and not (
        reader.word(index) == "weeks" and reader.word(index + 2) not in ("to", "-", "and", ",")
    ):
        number, after = found
        if reader.number(index) is not None and reader.word(index + 1) != "w":
            return None
        anchor = Anchor(after, TimeGrain.WEEK, in_year=lambda year: iso_week(year, number), label=f"week {number}")
        dated = with_year(reader, anchor)
        return dated if dated.year is None else replace(dated, label=f"week {number} of {dated.year}")
    stop = reader.any_phrase(
        index,
        (
            ("week", "of"), ("week", "commencing"), ("week", "starting"), ("week", "beginning"), ("w", "/", "c"),
            ("week", "from"), ("week", "ending"), ("week", "around"),
        ),
    )  # fmt: skip
    if stop is None:
        return None
    ending = reader.word(stop - 1) == "ending"
    day = absolute_anchor(reader, reader.skip(stop, {"the", "on", "in"}))
    if day is None or day.unit is not TimeGrain.DAY:
        return None
    first, _ = day.span(reader.clock)
    span = (first - 6 * DAY, first + DAY) if ending else reader.clock.week_of(first)
    return Anchor(day.stop, TimeGrain.WEEK, fixed=span, label=f"week of {day_label(span[0])}")


def _year_anchor(reader: Reader, index: int) -> Anchor | None:
    """A calendar or fiscal year: "2026", "the year 2026", "CY25", "FY26", "fiscal 2026"."""
    position = index
    fiscal = reader.word(position) in ("fy", "fiscal", "financial")
    named = fiscal or reader.word(position) in ("cy", "year", "calendar")
    if named:
        position += 1
        if reader.word(position) in ("year", "years") and (fiscal or reader.word(position) == "year"):
            position += 1
        position = reader.undash(position)
        two = reader.token(position)
        if two.kind == "number" and two.number is not None and two.number < 100 and len(two.word) == 2:
            found: tuple[int, int] | None = (expand_year(two.number), position + 1)
        else:
            found = year_at(reader, position, loose=True)
        if found is None:
            return None
        year, stop = found
        if (ends := _second_year(reader, year, stop)) is not None:
            year, stop = year + 1, ends  # FY25/26 ends in 2026
    else:
        found = year_at(reader, position)
        if found is None or (
            reader.token(position).kind == "shortyear" and reader.word(index - 1) not in ("in", "of", "vs")
        ):
            return None
        year, stop = found
        ends = _second_year(reader, year, stop) if reader.clock.calendar.fiscal_year_start_month != 1 else None
        if ends is not None:
            fiscal, year, stop = True, year + 1, ends  # where fiscal years cross calendar years, 2024/25 is one
    if fiscal and reader.clock.calendar.fiscal_year_start_month != 1:
        span = reader.clock.fiscal_year(year)
        return Anchor(stop, TimeGrain.YEAR, fixed=span, label=f"fiscal year {year}", fiscal=True)
    return Anchor(stop, TimeGrain.YEAR, fixed=month_span(year, 1, 12), year=year, is_year=True)


def _second_year(reader: Reader, year: int, stop: int) -> int | None:
    """The index after the "/25" of "2024/25"; None where no such thing stands there."""
    slashed = reader.word(stop) in ("/", "-") and reader.token(stop + 1).glued and len(reader.word(stop + 1)) == 2
    return stop + 2 if slashed and reader.number(stop + 1) == (year + 1) % 100 else None


def _holiday_anchor(reader: Reader, index: int) -> Anchor | None:
    best: Anchor | None = None
    for words, in_year, name in reader.holidays.get(reader.word(index), ()):
        position, held = index, True
        for word in words:
            position = reader.skip(position, {"'s", "-"})
            if reader.word(position) != word:
                held = False
                break
            position += 1
        if held and (best is None or position > best.stop):
            best = Anchor(reader.skip(position, {"'s"}), TimeGrain.DAY, in_year=in_year, label=name)
    if best is None:
        return None
    if reader.word(best.stop) == "day" and "day" not in (best.label or "").lower():
        best = replace(best, stop=best.stop + 1)
    best = _eve_of(best) if reader.word(best.stop) == "eve" else best
    dated = with_year(reader, best)
    return dated if dated.year is None else replace(dated, label=f"{best.label} {dated.year}")


def _eve_of(holiday: Anchor) -> Anchor:
    """ "Christmas Eve": the day before, in the year that this day lies in."""
    in_year = holiday.in_year
    assert in_year is not None

    def eve_in_year(year: int) -> Span:
        first = in_year(year)[0] - DAY
        first = first if first.year == year else in_year(year + 1)[0] - DAY
        return first, first + DAY

    return replace(holiday, stop=holiday.stop + 1, in_year=eve_in_year, label=f"Eve of {holiday.label}")


def weekday_at(reader: Reader, index: int) -> int | None:
    """The weekday a token names, 0 for Monday; short forms only where a day is asked for."""
    word = reader.word(index)
    if word in WEEKDAYS:
        return WEEKDAYS[word]
    return SHORT_WEEKDAYS.get(word) if reader.word(index - 1) in _DAY_CONTEXT else None


def _day_by_its_weekday(reader: Reader, index: int) -> Anchor | None:
    """ "Monday 3 August", "Tuesday, the 4th of August 2026": the day, where it is such a weekday in the year that is said, be
    it only behind the other end of a range, or else in its latest."""
    weekday = WEEKDAYS.get(reader.word(index), SHORT_WEEKDAYS.get(reader.word(index)))
    if weekday is None:
        return None
    at = reader.skip(index + 1, {",", ".", "the"})
    day = figures_anchor(reader, at) or month_anchor(reader, at)
    if day is None or day.unit is not TimeGrain.DAY:
        return None
    year = _year_of_the_end(reader, day.stop) if day.implicit else None
    told = day.at(year) if year is not None else day
    return day if told.span(reader.clock)[0].weekday() == weekday else None


def _year_of_the_end(reader: Reader, index: int) -> int | None:
    """The year said behind the other end of a range that leads on from a token."""
    if reader.word(index) not in _LEADS_ON:
        return None
    position = reader.skip(index + 1, {"and", "including", "the"})
    position += (reader.word(position) in WEEKDAYS) or (reader.word(position) in SHORT_WEEKDAYS)
    end = month_anchor(reader, reader.skip(position, {",", ".", "the"}))
    return end.year if end is not None else None


def _modified(reader: Reader, index: int) -> Anchor | None:
    """ "last October" is last year's, "this October" this year's, "next October" the first to come."""
    word = reader.word(index)
    if word not in LAST | THIS | NEXT or word == "past":
        return None
    anchor = absolute_anchor(reader, index + 1, modified=True)
    if (
        anchor is None
        or anchor.year is not None
        or anchor.in_year is None
        or (anchor.unit is TimeGrain.DAY and not anchor.label)
    ):
        return None
    clock = reader.clock
    if word in NEXT:
        start = anchor.earliest(lambda span: span[0] > clock.as_of, clock.as_of.year)
        return replace(anchor, in_year=None, fixed=start, alternatives=())
    year = clock.as_of.year - (word in LAST)
    if reader.word(index + 1) == "winter":
        year = _winter_year(reader, is_last=word in LAST)
    return replace(anchor, year=year, label=anchor.label and f"{anchor.label} {year}", alternatives=())


def _winter_year(reader: Reader, *, is_last: bool) -> int:
    """The year in which this winter began, or the last: until summer this winter is the one that began the year before. Once it
    is over it is the last one too, where nothing is said of this winter."""
    as_of = reader.clock.as_of
    this = as_of.year - (as_of.month < SEASONS["summer"])
    if not is_last:
        return this
    over = SEASONS["spring"] <= as_of.month < SEASONS["summer"]
    return this if over and "this winter" not in reader.text.casefold() else this - 1


def absolute_anchor(reader: Reader, index: int, *, modified: bool = False) -> Anchor | None:
    """The longest named stretch of time that starts at a token."""
    months = False
    if not modified:
        index = reader.skip(index, {"the"})
        months = reader.phrase(index, "month", "of") is not None
        index += 2 if months else 0
    rules = (
        figures_anchor, month_anchor, _quarter_anchor, _half_anchor, _season_anchor, _week_anchor, _year_anchor,
        _holiday_anchor, _day_by_its_weekday,
    )  # fmt: skip
    found = [anchor for rule in rules if (anchor := rule(reader, index)) is not None]
    if not modified and (relative := _modified(reader, index)) is not None:
        found.append(relative)
    if not modified and (said := _said_with_its_unit(reader, index)) is not None:
        found.append(said)
    if not found:
        return None
    best = max(found, key=lambda anchor: anchor.stop)
    if months and (best.is_year or best.unit in (TimeGrain.QUARTER, TimeGrain.YEAR)):
        return None  # "a month of 2025" is some month of it, not the year
    if best.is_year and best.year is not None:
        return _year_first(reader, best, index)
    return best


def _said_with_its_unit(reader: Reader, index: int) -> Anchor | None:
    """ "the month July 2026", "the quarter Q2": its unit said before it, where that asks for no split."""
    unit = {"month": TimeGrain.MONTH, "quarter": TimeGrain.QUARTER}.get(reader.word(index))
    if unit is None or reader.word(index - 1) not in ("the", "in", "for", "of", "during"):
        return None
    inner = absolute_anchor(reader, index + 1, modified=True)
    return inner if inner is not None and inner.unit is unit else None


def _year_first(reader: Reader, year: Anchor, index: int) -> Anchor:
    """ "2026 Q3", "2025's October", "2026-W42": the year that stands before what it dates."""
    position = reader.skip(year.stop, {"'s", "-"})
    dashed = position > year.stop and reader.word(year.stop) == "-"
    inner = None if reader.word(position) in ("to", "and", "the") else absolute_anchor(reader, position, modified=True)
    if inner is None or not inner.implicit or inner.stop <= position or year.year is None:
        return year
    if dashed and inner.unit not in (TimeGrain.WEEK, TimeGrain.QUARTER) and not inner.is_month:
        return year
    if inner.unit is TimeGrain.DAY and inner.label is None:
        return year
    label = f"{inner.label} {year.year}" if inner.label else None
    return replace(inner, year=year.year, label=label, alternatives=())
