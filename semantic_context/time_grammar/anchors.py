"""Named stretches of time: days, months, quarters, halves, seasons, ISO weeks, years, holidays, weekdays."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

from catalog.durations import TimeGrain
from semantic_context.numbers import ORDINAL_WORDS
from semantic_context.time_grammar.clock import DAY, Span, days_in_month, iso_week, month_span
from semantic_context.time_grammar.describe import day_label
from semantic_context.time_grammar.reader import Anchor, Reader, one_day
from semantic_context.time_grammar.words import (
    LAST,
    MONTHS,
    NEXT,
    PRONOUNS_AND_VERBS_AFTER_MODAL_MAY,
    SEASONS,
    SHORT_WEEKDAYS,
    THIS,
    WEEKDAYS,
)

_FIRST_YEAR, _LAST_YEAR = 1900, 2099
_QUANTITY_BEFORE = {
    "top", "first", "bottom", "more", "over", "above", "under", "below", "least", "most", "exceed", "exceeds",
    "exceeding", "limit", "fewer", "less", "greater", "$", "€", "£", "<", ">", "=", "#", "id", "number", "no",
}  # fmt: skip
_QUANTITY_THAN = {"more", "less", "fewer", "greater", "bigger", "larger", "smaller"}
_UNIT_AFTER = {
    "%", "k", "m", "usd", "eur", "dollars", "dollar", "euros", "units", "items", "pieces", "pcs", "percent", "bn", "mn",
    "million", "thousand", "days", "weeks", "months", "years", "hours", "minutes",
}  # fmt: skip
_MONTH_CONTEXT = {
    "in", "since", "during", "until", "till", "of", "for", "by", "from", "to", "and", "or", "vs", "versus", "through",
    "thru", "last", "this", "next", "before", "after", "between", "against", "with", "than", "was", "is", "were", "did",
    "our", "total", "mid", "early", "late", ",", "-", "&", "whole", "every", "each", "on", "previous", "compare", "month",
}  # fmt: skip
_DAY_CONTEXT = {"on", "last", "this", "next", "previous", "since", "until", "every", "each", "by", "from", "to", "of"}


def expand_year(two_digits: int) -> int:
    """'26 is 2026, '98 is 1998."""
    return two_digits + (2000 if two_digits < 70 else 1900)


def year_at(reader: Reader, index: int, *, loose: bool = False) -> tuple[int, int] | None:
    """A year and the index after it. `loose` takes any four figures, where a month or quarter stands before."""
    token = reader.token(index)
    if token.kind == "shortyear":
        return expand_year(int(token.word[1:])), index + 1
    if token.kind != "number" or not token.word.isdigit() or len(token.word) != 4:
        return None
    year = int(token.word)
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    if loose:
        return year, index + 1
    following = reader.token(index + 1)
    if (
        following.glued and following.kind == "word" and following.word not in ("q", "h", "s")
    ) or following.word in _UNIT_AFTER:
        return None
    if following.word == "%" or not 1970 <= year <= reader.clock.as_of.year + 10:
        return None
    before = reader.word(index - 1)
    if before == "over" and _beside_a_year(reader, index):
        return year, index + 1  # "2025 over 2024", "over 2023 to 2025"
    if before in _QUANTITY_BEFORE or (before == "than" and reader.word(index - 2) in _QUANTITY_THAN):
        return None
    return year, index + 1


def _beside_a_year(reader: Reader, index: int) -> bool:
    """Whether another year stands two words away, so that this one is no quantity."""
    return any(year_at(reader, place, loose=True) is not None for place in (index - 2, index + 2))


def _year_suffix(reader: Reader, index: int) -> tuple[int, int, bool] | None:
    """The year that follows a month, quarter or such: (year, index after it, fiscal)."""
    position = index
    if reader.word(position) in (",", "of", "in", "-", "/", "for", "from"):
        position += 1
    position = reader.skip(position, {"the", "calendar"})
    fiscal = False
    if reader.word(position) in ("fy", "fiscal"):
        fiscal = True
        position += 1
    if reader.word(position) in ("year", "cy"):
        position += 1
    if (
        fiscal
        and (number := reader.number(position)) is not None
        and number < 100
        and reader.token(position).kind == "number"
    ):
        return expand_year(number), position + 1, True
    found = year_at(reader, position, loose=True)
    if found is not None:
        return found[0], found[1], fiscal
    if reader.word(position) in LAST | THIS | NEXT and reader.word(position + 1) == "year":
        shift = -1 if reader.word(position) in LAST else int(reader.word(position) in NEXT)
        stop = position + 2
        return reader.clock.as_of.year + shift, stop, fiscal
    return None


def with_year(reader: Reader, anchor: Anchor) -> Anchor:
    """The anchor with the year that follows it taken in, if one does."""
    suffix = _year_suffix(reader, anchor.stop)
    if suffix is None or anchor.in_year is None:
        return anchor
    year, stop, fiscal = suffix
    if fiscal and anchor.unit is TimeGrain.QUARTER and not anchor.fiscal:
        quarter = (anchor.in_year(2001)[0].month + 2) // 3
        anchor = replace(anchor, in_year=_fiscal_quarter(reader, quarter), fiscal=True, alternatives=())
    return replace(anchor, year=year, stop=stop, alternatives=())


def _in_month(month: int) -> Callable[[int], Span]:
    return lambda year: month_span(year, month)


def _on_day(month: int, day: int) -> Callable[[int], Span]:
    return lambda year: one_day(dt.date(year, month, day))


def _fiscal_quarter(reader: Reader, quarter: int) -> Callable[[int], Span]:
    return lambda year: reader.clock.fiscal_quarter(year, quarter)


def _day_number(reader: Reader, index: int) -> int | None:
    token = reader.token(index)
    if (
        token.kind in ("number", "ordinal")
        and token.number is not None
        and 1 <= token.number <= 31
        and "." not in token.word
    ):
        return token.number
    return None


def _month_at(reader: Reader, index: int) -> int | None:
    word = reader.word(index)
    month = MONTHS.get(word)
    if month is None:
        return None
    before, after = reader.word(index - 1), reader.word(index + 1)
    if word == "may":
        numeric = (
            _day_number(reader, index + 1) or _day_number(reader, index - 1) or year_at(reader, index + 1, loose=True)
        )
        opens = index == 0 and after not in PRONOUNS_AND_VERBS_AFTER_MODAL_MAY
        said = before in _MONTH_CONTEXT and after not in PRONOUNS_AND_VERBS_AFTER_MODAL_MAY
        listed = after in (",", "and", "to", "-", "or", "vs") and MONTHS.get(reader.word(index + 2)) is not None
        if not (numeric or opens or said or listed):
            return None
    if word == "march" and after in ("on", "towards", "toward", "ahead", "forward") and before not in _MONTH_CONTEXT:
        return None
    return month


def _valid_day(month: int, day: int) -> bool:
    return day <= days_in_month(2000, month)


def _month_anchor(reader: Reader, index: int) -> Anchor | None:
    """A month, or a day of one: "October", "Oct '26", "October 31st, 2026", "31 Oct", "the 3rd of October"."""
    day = _day_number(reader, index)
    if day is not None:
        position = index + 1
        if reader.word(position) in ("of", "-"):
            position += 1
        month = _month_at(reader, position)
        if month is None or not _valid_day(month, day):
            return None
        stop = position + 1 + (reader.word(position + 1) == ".")
        return with_year(reader, Anchor(stop, TimeGrain.DAY, in_year=_on_day(month, day)))
    month = _month_at(reader, index)
    if month is None:
        return None
    stop = index + 1
    if (
        reader.word(stop) == "."
        and reader.word(index) != "may"
        and reader.token(stop).glued
        and len(reader.word(index)) < 5
    ):
        stop += 1
    whole = Anchor(stop, TimeGrain.MONTH, in_year=_in_month(month), is_month=True)
    day = _day_number(reader, stop + (reader.word(stop) == "the"))
    if day is not None and _valid_day(month, day) and not _counts_something(reader, stop):
        return _day_of_month(reader, index, month, day, stop + 1 + (reader.word(stop) == "the"))
    return with_year(reader, whole)


def _counts_something(reader: Reader, index: int) -> bool:
    """Whether the number after a month starts a phrase of its own ("in October 5 % of ...", "October 3 to Q4")."""
    return reader.word(index + 1) in _UNIT_AFTER


def _day_of_month(reader: Reader, index: int, month: int, day: int, stop: int) -> Anchor:
    anchor = Anchor(stop, TimeGrain.DAY, in_year=_on_day(month, day))
    dated = with_year(reader, anchor)
    written = reader.token(stop - 1)
    if dated.year is not None or written.kind == "ordinal" or len(written.word) != 2:
        return dated
    # "Oct 26" without a year: the day, or in "in Oct 26" the year, when that lies near.
    year = expand_year(day)
    if not reader.clock.as_of.year - 10 <= year <= reader.clock.as_of.year + 1:
        return anchor
    if reader.word(index - 1) in ("in", "during"):
        return Anchor(stop, TimeGrain.MONTH, in_year=_in_month(month), year=year, is_month=True)
    return replace(anchor, alternatives=(month_span(year, month),))


def _figures_anchor(reader: Reader, index: int) -> Anchor | None:
    """Dates in figures: 2026-10-31, 10/31/2026, 31.10.2026, 2026-10, 10/2026."""
    token = reader.token(index)
    if token.kind not in ("iso", "numeric", "yearmonth", "monthyear"):
        return None
    separator = next(mark for mark in token.word if not mark.isdigit())
    parts = [int(part) for part in token.word.split(separator)]
    try:
        if token.kind == "iso":
            return Anchor(index + 1, TimeGrain.DAY, fixed=one_day(dt.date(*parts)))
        if token.kind != "numeric":
            year, month = parts if token.kind == "yearmonth" else reversed(parts)
            return Anchor(index + 1, TimeGrain.MONTH, fixed=month_span(year, month), is_month=True)
        first, second, year = parts
        year = expand_year(year) if year < 100 else year
        month_first = separator == "/"
        if first > 12 or second > 12:
            month_first = second > 12
        month, day = (first, second) if month_first else (second, first)
        other = one_day(dt.date(year, day, month)) if day <= 12 and day != month and separator != "." else None
        chosen = one_day(dt.date(year, month, day))
    except ValueError:
        return None
    return Anchor(index + 1, TimeGrain.DAY, fixed=chosen, alternatives=(other,) if other else ())


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
        anchor = Anchor(stop, TimeGrain.QUARTER, in_year=_fiscal_quarter(reader, quarter), fiscal=True, label=label)
    else:
        anchor = Anchor(stop, TimeGrain.QUARTER, in_year=lambda year: month_span(year, 3 * quarter - 2, 3))
        if start_month != 1:
            other = replace(anchor, in_year=_fiscal_quarter(reader, quarter)).span(reader.clock)
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
    fiscal = reader.word(position) in ("fy", "fiscal")
    named = fiscal or reader.word(position) in ("cy", "year", "calendar")
    if named:
        position += 1
        if reader.word(position) == "year":
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
        if reader.word(stop) == "/" and len(reader.word(stop + 1)) == 2 and reader.number(stop + 1) == (year + 1) % 100:
            year, stop = year + 1, stop + 2  # FY25/26 ends in 2026
    else:
        found = year_at(reader, position)
        if found is None or (
            reader.token(position).kind == "shortyear" and reader.word(index - 1) not in ("in", "of", "vs")
        ):
            return None
        year, stop = found
    if fiscal and reader.clock.calendar.fiscal_year_start_month != 1:
        span = reader.clock.fiscal_year(year)
        return Anchor(stop, TimeGrain.YEAR, fixed=span, label=f"fiscal year {year}", fiscal=True)
    return Anchor(stop, TimeGrain.YEAR, fixed=month_span(year, 1, 12), year=year, is_year=True)


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
    dated = with_year(reader, best)
    return dated if dated.year is None else replace(dated, label=f"{best.label} {dated.year}")


def weekday_at(reader: Reader, index: int) -> int | None:
    """The weekday a token names, 0 for Monday; short forms only where a day is asked for."""
    word = reader.word(index)
    if word in WEEKDAYS:
        return WEEKDAYS[word]
    return SHORT_WEEKDAYS.get(word) if reader.word(index - 1) in _DAY_CONTEXT else None


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
    return replace(anchor, year=year, label=anchor.label and f"{anchor.label} {year}", alternatives=())


def absolute_anchor(reader: Reader, index: int, *, modified: bool = False) -> Anchor | None:
    """The longest named stretch of time that starts at a token."""
    if not modified:
        index = reader.skip(index, {"the"})
        if reader.phrase(index, "month", "of"):
            index += 2
    rules = (
        _figures_anchor, _month_anchor, _quarter_anchor, _half_anchor, _season_anchor, _week_anchor, _year_anchor,
        _holiday_anchor,
    )  # fmt: skip
    found = [anchor for rule in rules if (anchor := rule(reader, index)) is not None]
    if not modified and (relative := _modified(reader, index)) is not None:
        found.append(relative)
    if not found:
        return None
    best = max(found, key=lambda anchor: anchor.stop)
    if best.is_year and best.year is not None:
        return _year_first(reader, best, index)
    return best


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
