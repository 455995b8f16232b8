"""Splits along time: "by month", "weekly", "over time", "which quarter"; recurring parts: "by weekday", "on weekends"."""

from __future__ import annotations

from catalog.durations import TimeGrain, TimePart
from semantic_context.time_grammar.anchors import weekday_at
from semantic_context.time_grammar.hours import hours
from semantic_context.time_grammar.models import TimeKind
from semantic_context.time_grammar.reader import Reader
from semantic_context.time_grammar.result import Found
from semantic_context.time_grammar.words import (
    ADVERBS,
    ANY_UNIT,
    MONTH_NAMES,
    MONTHS,
    PLURAL_MONTHS,
    PLURAL_UNITS,
    PLURAL_WEEKDAYS,
    UNITS,
    WEEKDAY_NAMES,
)

_PER = {"by", "per", "each", "every", "across", "within", "into", "along"}
_ADJECTIVES = {"calendar", "iso", "single", "individual", "fiscal", "given", "the", "full", "whole"}
_SUPERLATIVES = {
    "which", "what", "best", "worst", "top", "bottom", "strongest", "weakest", "highest", "lowest", "busiest", "slowest",
    "biggest", "largest", "smallest", "peak", "record", "quietest", "poorest", "greatest", "whose", "selling", "performing",
    "grossing", "earning",
}  # fmt: skip
_AFTER_BARE_UNITS = {
    "with",
    "where",
    "when",
    "that",
    "above",
    "below",
    "whose",
    "had",
    "exceeding",
    "beat",
    "missed",
    "saw",
}
_NOT_NOUNS = {"of", "in", "and", "or", "is", "was", "by", "vs", "versus", "for", "to", "the", "before", "after"}
_WEEKDAY_VALUES: tuple[str, ...] = WEEKDAY_NAMES[:5]
_WEEKEND_VALUES: tuple[str, ...] = WEEKDAY_NAMES[5:]

_PARTS: tuple[tuple[tuple[str, ...], TimePart], ...] = (
    (("hour", "of", "the", "day"), TimePart.HOUR_OF_DAY),
    (("hour", "of", "day"), TimePart.HOUR_OF_DAY),
    (("hours", "of", "the", "day"), TimePart.HOUR_OF_DAY),
    (("hours", "of", "day"), TimePart.HOUR_OF_DAY),
    (("time", "of", "day"), TimePart.HOUR_OF_DAY),
    (("time", "of", "the", "day"), TimePart.HOUR_OF_DAY),
    (("day", "of", "the", "week"), TimePart.WEEKDAY),
    (("day", "of", "week"), TimePart.WEEKDAY),
    (("days", "of", "the", "week"), TimePart.WEEKDAY),
    (("days", "of", "week"), TimePart.WEEKDAY),
    (("week", "day"), TimePart.WEEKDAY),
    (("weekday",), TimePart.WEEKDAY),
    (("weekdays",), TimePart.WEEKDAY),
    (("day", "of", "the", "month"), TimePart.DAY_OF_MONTH),
    (("day", "of", "month"), TimePart.DAY_OF_MONTH),
    (("days", "of", "the", "month"), TimePart.DAY_OF_MONTH),
    (("day", "of", "the", "year"), TimePart.DAY_OF_YEAR),
    (("day", "of", "year"), TimePart.DAY_OF_YEAR),
    (("week", "of", "the", "year"), TimePart.WEEK_OF_YEAR),
    (("week", "of", "year"), TimePart.WEEK_OF_YEAR),
    (("week", "number"), TimePart.WEEK_OF_YEAR),
    (("calendar", "month"), TimePart.MONTH_OF_YEAR),
    (("month", "of", "the", "year"), TimePart.MONTH_OF_YEAR),
    (("month", "of", "year"), TimePart.MONTH_OF_YEAR),
    (("months", "of", "the", "year"), TimePart.MONTH_OF_YEAR),
    (("quarter", "of", "the", "year"), TimePart.QUARTER_OF_YEAR),
    (("quarter", "of", "year"), TimePart.QUARTER_OF_YEAR),
)


def grain(reader: Reader, index: int) -> Found | None:
    """A split along time that starts at a token."""
    rules = (_per_unit, _unit_by_unit, _adverb, _over_time, _article, _asked, _bare_units)
    found = [item for rule in rules if (item := rule(reader, index)) is not None]
    return max(found, key=lambda item: item.stop) if found else None


def _grain(index: int, stop: int, unit: TimeGrain | None, *, which: bool = False, weak: bool = False) -> Found:
    return Found(index, stop, TimeKind.GRAIN, grain=unit, asks_which=which, weak=weak)


def _per_unit(reader: Reader, index: int) -> Found | None:
    """ "by month", "per day", "for each quarter", "by year and month" (the finer one)."""
    word = reader.word(index)
    position = index
    if word in ("for", "in", "on", "over", "split", "broken") and reader.word(index + 1) in (
        "each",
        "every",
        "by",
        "per",
    ):
        if word == "over" and reader.word(index + 1) in ("by", "per"):
            return None  # "what did we turn over per day"
        position += 1
    elif word not in _PER:
        return None
    if reader.word(position) == "by" and reader.word(position + 1) in ("each", "every"):
        position += 1
    opening = reader.word(position)
    position = reader.skip(position + 1, _ADJECTIVES)
    unit = ANY_UNIT.get(reader.word(position))
    if unit is None and opening in ("by", "per") and reader.word(position) in ADVERBS:
        unit = ADVERBS[reader.word(position)]
    if unit is None or (opening in ("within", "into", "across", "along") and reader.word(position) not in PLURAL_UNITS):
        return None
    stop = position + 1
    while reader.word(stop) in ("and", ",", "/", "&") and (further := UNITS.get(reader.word(stop + 1))) is not None:
        unit = min(unit, further, key=lambda item: item.rank)
        stop += 2
    end = reader.undash(stop)
    if opening in ("each", "every") and reader.word(end) in ("end", "close"):
        return _grain(index, end + 1, unit)  # "at each quarter end of 2024"
    if reader.word(stop) == "-" or opening == "within":
        return None  # "per month-end", "within days"
    return _grain(index, stop, unit)


def _unit_by_unit(reader: Reader, index: int) -> Found | None:
    """ "month by month", "from week to week"."""
    start = index + (reader.word(index) == "from")
    word = reader.word(start)
    unit = UNITS.get(word)
    middle = reader.undash(start + 1)
    joins = {"by", "after"} | ({"to"} if start > index else set())
    if unit is None or reader.word(middle) not in joins or reader.word(reader.undash(middle + 1)) != word:
        return None
    return _grain(index, reader.undash(middle + 1) + 1, unit)


def _adverb(reader: Reader, index: int) -> Found | None:
    """ "monthly", "on a weekly basis", "at daily level"."""
    position = index
    if reader.word(index) in ("on", "at", "with", "in"):
        position = reader.skip(index + 1, {"a", "an", "the"})
    unit = ADVERBS.get(reader.word(position)) or (UNITS.get(reader.word(position)) if position > index else None)
    if unit is None:
        return None
    stop = position + 1
    if reader.word(stop) in ("basis", "level", "granularity", "grain", "resolution", "intervals", "buckets"):
        return _grain(index, stop + 1, unit)
    return _grain(position, stop, unit) if position == index else None


def _over_time(reader: Reader, index: int) -> Found | None:
    stop = reader.any_phrase(
        index,
        (
            ("over", "time"), ("across", "time"), ("through", "time"), ("along", "time"), ("with", "time"),
            ("time", "series"), ("timeline",), ("as", "time", "goes", "by"), ("historically",),
        ),
    )  # fmt: skip
    if stop is not None:
        return _grain(index, stop, None)
    start = index + 1 if reader.word(index) in ("over", "across", "through") else None
    if start is None:
        return None
    position = reader.skip(start, {"the", "all"})
    unit = PLURAL_UNITS.get(reader.word(position))
    return _grain(index, position + 1, unit) if unit is not None and position > start else None


def _article(reader: Reader, index: int) -> Found | None:
    """ "orders a day", "GMV a month": a unit with an article, where no preposition makes it a length."""
    if reader.word(index) not in ("a", "an") or (unit := UNITS.get(reader.word(index + 1))) is None:
        return None
    before = reader.word(index - 1)
    if index == 0 or before in {
        "in",
        "within",
        "for",
        "over",
        "of",
        "once",
        "twice",
        "what",
        "such",
        "half",
        "than",
        "is",
        "as",
        "on",
    }:
        return None
    if reader.word(index + 2) in ("ago", "earlier", "before", "later", "-", "back", "or", "old", "after"):
        return None
    return _grain(index, index + 2, unit)


def _asked(reader: Reader, index: int) -> Found | None:
    """ "which month", "best quarter", "top 5 days", "the three worst weeks"."""
    if reader.word(index) not in _SUPERLATIVES:
        return None
    position = index + 1
    for _ in range(4):
        word = reader.word(position)
        if word in _SUPERLATIVES | _ADJECTIVES or word in ("one", "-", "ever") or reader.number(position) is not None:
            position += 1
    if reader.word(position) in ("of",):
        position = reader.skip(position + 1, {"the", "our"})
    unit = ANY_UNIT.get(reader.word(position))
    if unit is None or reader.word(position + 1) in ("ago", "old"):
        return None
    if (
        reader.word(position) in PLURAL_UNITS
        and reader.word(index) in ("highest", "lowest")
        and reader.word(position - 1) == "of"
    ):
        return None
    return _grain(position, position + 1, unit, which=True)


def _bare_units(reader: Reader, index: int) -> Found | None:
    """ "months above target", "how many days", "list the weeks with ..."."""
    unit = PLURAL_UNITS.get(reader.word(index))
    if unit is None:
        return None
    before = reader.word(index - 1 - (reader.word(index - 1) in ("the", "all")))
    asked = before in ("many", "list", "show", "number", "of", "find") and reader.number(index - 1) is None
    if asked and before == "of":
        asked = reader.word(index - 2) == "number"
    if (reader.word(index + 1) in _AFTER_BARE_UNITS and reader.number(index - 1) is None) or asked:
        return _grain(index, index + 1, unit, which=True, weak=True)
    return None


def part(reader: Reader, index: int) -> Found | None:
    """A recurring part of time: a grouping ("by weekday") or a filter ("on weekends", "every December")."""
    rules = (_grouping, _weekend, _weekday_filter, _all_but_weekdays, _month_filter, _quarter_filter, hours)
    found = [item for rule in rules if (item := rule(reader, index)) is not None]
    return max(found, key=lambda item: item.stop) if found else None


def _grouping(reader: Reader, index: int) -> Found | None:
    position = index
    opening = reader.word(index)
    which = each = False
    if opening in _PER | {"at", "on", "for", "over"} | _SUPERLATIVES:
        which = opening in _SUPERLATIVES
        position = reader.skip(index + 1, {"the", "a", "each", "every", "what", "which", "one"})
        which = which or reader.word(position - 1) in ("what", "which")
        each = any(reader.word(place) in ("each", "every") for place in range(index, position))
    for words, time_part in _PARTS:
        stop = reader.phrase(position, *words)
        if stop is None or (words[-1] == "year" and _is_a_year(reader, stop)):
            continue  # "every quarter of the year 2025" asks for four quarters
        alone = words in ((("weekday"),), ("weekdays",), ("calendar", "month"), ("week", "day"))
        if opening == "on" and words[-1] in ("weekdays", "weekday") and not which and not each:
            return Found(index, stop, TimeKind.PART, part=TimePart.WEEKDAY, part_values=_WEEKDAY_VALUES)
        if position == index and alone and words != ("weekday",):
            return None
        if opening in ("at", "on", "for") and not which and not each:
            return None
        first = position if which and opening in _SUPERLATIVES else index
        return Found(first, stop, TimeKind.PART, part=time_part, asks_which=which)
    return None


def _is_a_year(reader: Reader, index: int) -> bool:
    """Whether a token is a year as it is written: 2025."""
    number = reader.number(index)
    return number is not None and 1900 <= number < 2100


def _weekend(reader: Reader, index: int) -> Found | None:
    if reader.word(index + 1) in ("what", "which"):
        return None  # "on which weekday" asks for one
    opening = reader.word(index) in ("on", "at", "during", "over", "every", "each", "only")
    position = reader.skip(index + 1, {"the", "each", "every"}) if opening else index
    word = reader.word(position)
    before_noun = reader.token(position + 1).kind == "word" and reader.word(position + 1) not in _NOT_NOUNS
    if word == "weekends" or (word == "weekend" and (opening or before_noun)):
        return Found(index, position + 1, TimeKind.PART, part=TimePart.WEEKDAY, part_values=_WEEKEND_VALUES)
    if word == "weekdays" or (word == "weekday" and opening and reader.word(position - 1) == "on"):
        return Found(index, position + 1, TimeKind.PART, part=TimePart.WEEKDAY, part_values=_WEEKDAY_VALUES)
    return None


def _recurring(reader: Reader, index: int) -> int:
    """The index after "every", "on", "each" and the like; the index itself where there is none."""
    position = reader.skip(index, {"on", "in", "for", "during"})
    if reader.word(position) in ("every", "each", "all"):
        return reader.skip(position + 1, {"the"})
    return position


def _weekday_filter(reader: Reader, index: int) -> Found | None:
    """ "on Mondays", "every Tuesday", "Saturdays and Sundays"."""
    start = _recurring(reader, index)
    every = start > index and reader.word(start - 1) in ("every", "each")
    values: list[str] = []
    position = start
    while True:
        number = PLURAL_WEEKDAYS.get(reader.word(position))
        if number is None and every:
            number = weekday_at(reader, position)
        if number is None:
            break
        values.append(WEEKDAY_NAMES[number])
        position += 1
        following = reader.skip(position, {",", "and", "or", "&", "on"})
        if following == position or PLURAL_WEEKDAYS.get(reader.word(following)) is None:
            break
        position = following
    if not values:
        return None
    return Found(index, position, TimeKind.PART, part=TimePart.WEEKDAY, part_values=tuple(values))


def _all_but_weekdays(reader: Reader, index: int) -> Found | None:
    """ "on all days but Sunday", "every day except Saturdays and Sundays"."""
    position = reader.skip(index, {"on"})
    if reader.word(position) not in ("all", "every", "each", "any") or reader.word(position + 1) not in ("day", "days"):
        return None
    stop = reader.any_phrase(
        position + 2,
        (("but",), ("except",), ("except", "for"), ("excluding",), ("other", "than"), ("apart", "from"), ("without",)),
    )
    left_out: list[str] = []
    place = reader.skip(stop, {"on", "the"}) if stop is not None else index
    while stop is not None:
        number = PLURAL_WEEKDAYS.get(reader.word(place), weekday_at(reader, place))
        if number is None:
            break
        left_out.append(WEEKDAY_NAMES[number])
        stop = place + 1
        place = reader.skip(stop, {",", "and", "or", "&"})
    if stop is None or not left_out:
        return None
    values = tuple(name for name in WEEKDAY_NAMES if name not in left_out)
    return Found(index, stop, TimeKind.PART, part=TimePart.WEEKDAY, part_values=values)


def _month_filter(reader: Reader, index: int) -> Found | None:
    """ "every December", "Decembers", "in December of each year"."""
    start = _recurring(reader, index)
    every = start > index and reader.word(start - 1) in ("every", "each")
    number = PLURAL_MONTHS.get(reader.word(start))
    if number is None:
        number = MONTHS.get(reader.word(start))
        if number is None:
            return None
        yearly = reader.any_phrase(
            start + 1,
            (
                ("of", "each", "year"), ("of", "every", "year"), ("each", "year"), ("every", "year"), ("in", "each", "year"),
                ("in", "every", "year"), ("of", "all", "years"), ("across", "years"), ("across", "all", "years"),
            ),
        )  # fmt: skip
        if not every and yearly is None:
            return None
        stop = yearly or start + 1
    else:
        stop = start + 1
    return Found(index, stop, TimeKind.PART, part=TimePart.MONTH_OF_YEAR, part_values=(MONTH_NAMES[number - 1],))


def _quarter_filter(reader: Reader, index: int) -> Found | None:
    """ "every Q4", "Q4 of each year"."""
    start = _recurring(reader, index)
    every = start > index and reader.word(start - 1) in ("every", "each")
    number = reader.number(start + 1)
    if reader.word(start) != "q" or number is None or not 1 <= number <= 4:
        return None
    yearly = reader.any_phrase(
        start + 2, (("of", "each", "year"), ("of", "every", "year"), ("each", "year"), ("every", "year"))
    )
    if not every and yearly is None:
        return None
    return Found(index, yearly or start + 2, TimeKind.PART, part=TimePart.QUARTER_OF_YEAR, part_values=(number,))
