"""What a period is compared with: "vs last year", "compared to September", "YoY", "the previous period"."""

from __future__ import annotations

from dataclasses import replace

from catalog.durations import Duration, TimeGrain
from catalog.query import Period
from semantic_context.time_grammar.anchors import absolute_anchor
from semantic_context.time_grammar.models import TimeKind
from semantic_context.time_grammar.periods import from_stretch, stretch_at
from semantic_context.time_grammar.reader import Reader
from semantic_context.time_grammar.result import Found
from semantic_context.time_grammar.words import CHANGE_WORDS, LAST, UNITS

_OVER = {
    "yoy": TimeGrain.YEAR, "mom": TimeGrain.MONTH, "qoq": TimeGrain.QUARTER, "wow": TimeGrain.WEEK, "dod": TimeGrain.DAY,
    "yoyo": TimeGrain.YEAR,
}  # fmt: skip
_LETTERS = {"y": TimeGrain.YEAR, "m": TimeGrain.MONTH, "q": TimeGrain.QUARTER, "w": TimeGrain.WEEK, "d": TimeGrain.DAY}
_FILLERS = {
    "to",
    "with",
    "in",
    "the",
    "that",
    "those",
    "of",
    "during",
    "at",
    "from",
    "on",
    "for",
    "what",
    "it",
    "was",
    "our",
}
_BOUNDS = {"than", "above", "over", "below", "under", "exceeding", "exceeded", "exceeds", "least", "most", "beyond"}
# "Higher" and "lower" may only say which side of a bound is meant.
_CHANGED = (CHANGE_WORDS | {"grows", "growing", "falls", "rises", "lost", "shrank", "shrunk", "fewer", "increases"}) - {
    "higher", "lower", "better", "worse", "up", "down",
}  # fmt: skip
_CALENDARS = {"fiscal", "financial", "calendar", "business"}
_THIS_MOMENT = (("this", "time"), ("this", "point"), ("this", "stage"), ("this", "point", "in", "time"))
_SAME = {"same", "corresponding", "equivalent", "comparable"}


def comparison(reader: Reader, index: int) -> Found | None:
    """A period that stands for comparison, or a way of comparing, that starts at a token."""
    rules = (_over, _same_period, _earlier, _previous_period, _compared)
    found = [item for rule in rules if (item := rule(reader, index)) is not None]
    return max(found, key=lambda item: item.stop) if found else None


def _over(reader: Reader, index: int) -> Found | None:
    """ "YoY", "y/y", "year over year", "month-on-month", "annual growth" stays with the caller."""
    word = reader.word(index)
    grain = _OVER.get(word)
    stop = index + 1
    if grain is None and word in _LETTERS and reader.word(index + 1) == "/" and reader.word(index + 2) == word:
        grain, stop = _LETTERS[word], index + 3
    if grain is None and word in _LETTERS and reader.word(index + 1) in ("o", "-"):
        grain = _LETTERS[word]
        if reader.word(index + 2) not in ("o", word) and reader.word(index + 3) != word:
            return None
        stop = index + 3 if reader.word(index + 2) == word else index + 5
        if reader.word(stop - 1) != word:
            return None
    if grain is None or (grain is not None and word in UNITS):
        grain = UNITS.get(word)
        if grain is None:
            return None
        middle = reader.undash(index + 1)
        if (
            reader.word(middle) not in ("over", "on", "to", "vs", "versus")
            or reader.word(reader.undash(middle + 1)) != word
        ):
            return None
        stop = reader.undash(middle + 1) + 1
    if word == "mom" and reader.token(index - 1).word in ("my", "your", "the"):
        return None
    return Found(index, stop, TimeKind.COMPARISON, offset=Duration(count=1, grain=grain))


def _same_period(reader: Reader, index: int) -> Found | None:
    """ "the same period last year", "same month a year ago", "this time last year", "prior-year period"."""
    start = _after_opening(reader, index)
    position = reader.skip(start, {"the"})
    if reader.word(position) in _SAME:
        position = reader.skip(position + 1, {"calendar"})
        noun = reader.word(position)
        if noun not in UNITS and noun not in (
            "period",
            "time",
            "days",
            "months",
            "weeks",
            "span",
            "stretch",
            "part",
            "dates",
            "point",
            "timeframe",
        ):
            return None
        position = reader.skip(position + 1, {"of", "in", "from", "one", "the", "during", "period"})
        offset = _offset_words(reader, position)
        if offset is None:
            return None
        return Found(index, offset[1], TimeKind.COMPARISON, offset=offset[0])
    if (stop := reader.any_phrase(position, _THIS_MOMENT)) is not None:
        offset = _offset_words(reader, stop)
        return Found(index, offset[1], TimeKind.COMPARISON, offset=offset[0]) if offset else None
    if reader.word(position) in LAST and reader.word(reader.undash(position + 1)) == "year":
        after = reader.undash(position + 1) + 1
        if reader.word(after) in ("period", "levels", "level", "figure", "figures", "value", "comparable"):
            return Found(index, after + 1, TimeKind.COMPARISON, offset=Duration(count=1, grain=TimeGrain.YEAR))
    if start > index and reader.word(position) in ("ly", "py", "sply"):
        return Found(index, position + 1, TimeKind.COMPARISON, offset=Duration(count=1, grain=TimeGrain.YEAR))
    return None


def _after_opening(reader: Reader, index: int) -> int:
    """Past a comparing word and its fillers; the index itself where there is none."""
    opened = _opening(reader, index)
    return reader.skip(opened, _FILLERS - {"that"}) if opened is not None else index


def _offset_words(reader: Reader, index: int) -> tuple[Duration, int] | None:
    """ "last year", "a year ago", "two years earlier", "the previous quarter", "year before"."""
    index = reader.skip(index, {"the"})
    word = reader.word(index)
    if word in LAST and reader.word(index + 1) in _CALENDARS and reader.word(index + 2) in UNITS:
        return Duration(count=1, grain=UNITS[reader.word(index + 2)]), index + 3
    if word in LAST and (grain := UNITS.get(reader.word(index + 1))) is not None:
        return Duration(count=1, grain=grain), reader.skip(index + 2, {"'s"})
    if (grain := UNITS.get(word)) is not None and reader.word(index + 1) in ("before", "earlier", "prior", "ago"):
        return Duration(count=1, grain=grain), index + 2
    count = 1 if word in ("a", "one") else reader.number(index)
    unit = reader.word(index + 1)
    grain = UNITS.get(unit) or UNITS.get(unit.removesuffix("s"))
    if (
        count
        and grain is not None
        and reader.word(index + 2) in ("ago", "earlier", "before", "back", "prior", "previously")
    ):
        return Duration(count=count, grain=grain), index + 3
    return None


def _earlier(reader: Reader, index: int) -> Found | None:
    """ "a year earlier", "the month before", "two quarters before": an offset with no period of its own."""
    start = _after_opening(reader, index)
    position = reader.skip(reader.skip(start, {"the"}), _CALENDARS)
    grain = UNITS.get(reader.word(position))
    if (
        grain is not None
        and reader.word(position + 1) in ("before", "prior", "earlier")
        and not _time_follows(reader, position + 2)
    ):
        return Found(index, position + 2, TimeKind.COMPARISON, offset=Duration(count=1, grain=grain))
    offset = _offset_words(reader, position)
    if offset is None or reader.word(offset[1] - 1) not in ("earlier", "before", "prior", "previously"):
        return None
    return None if _time_follows(reader, offset[1]) else Found(index, offset[1], TimeKind.COMPARISON, offset=offset[0])


def _time_follows(reader: Reader, index: int) -> bool:
    return reader.word(index) in ("last", "the", "previous", "to") or stretch_at(reader, index) is not None


def _previous_period(reader: Reader, index: int) -> Found | None:
    """ "the previous period", "vs previous", "than before", "compared to the one before"."""
    opened = _opening(reader, index)
    position = reader.skip(_after_opening(reader, index), {"the", "our"})
    word = reader.word(position)
    if word in LAST and reader.word(reader.undash(position + 1)) in ("period", "one", "periods"):
        stop = reader.undash(position + 1) + 1
        return _holiday_before(reader, index, stop) or Found(index, stop, TimeKind.COMPARISON, previous=True)
    stops = reader.any_phrase(position, (("period", "before"), ("one", "before"), ("before", "that")))
    if stops is not None:
        return _holiday_before(reader, index, stops) or Found(index, stops, TimeKind.COMPARISON, previous=True)
    if (
        opened is not None
        and word in ("previous", "before", "prior", "previously")
        and stretch_at(reader, position) is None
    ):
        return Found(index, position + 1, TimeKind.COMPARISON, previous=True)
    if word == "period" and reader.phrase(position, "period", "over", "period") is not None:
        return Found(
            index, reader.phrase(position, "period", "over", "period") or position, TimeKind.COMPARISON, previous=True
        )
    return None


def _holiday_before(reader: Reader, index: int, stop: int) -> Found | None:
    """ "Black Friday 2025 vs the one before": a holiday said before it is held against that of the year before."""
    anchors = [absolute_anchor(reader, place) for place in range(index)]
    holidays = [anchor for anchor in anchors if anchor is not None and anchor.label and anchor.unit is TimeGrain.DAY]
    if not holidays or holidays[-1].in_year is None or holidays[-1].stop > index:
        return None
    year = holidays[-1].span(reader.clock)[0].year
    try:
        start, end = holidays[-1].in_year(year - 1)
    except ValueError:
        return None
    return Found(index, stop, TimeKind.COMPARISON, periods=(Period(start=start, end=end),), unit=TimeGrain.DAY)


def _opening(reader: Reader, index: int) -> int | None:
    """The index after a word that opens a comparison, or None."""
    word = reader.word(index)
    if word in ("vs", "versus", "against"):
        return index + 1 + (reader.word(index + 1) == ".")
    if word == "v" and reader.word(index + 1) != "=":
        return index + 1 + (reader.word(index + 1) == ".")
    if word in ("compared", "compare", "compares", "comparing", "comparison") and reader.word(index + 1) in (
        "to",
        "with",
        "against",
    ):
        return index + 2
    if word == "compared":
        return index + 1
    if word in ("relative", "in") and (
        stop := reader.any_phrase(index, (("relative", "to"), ("in", "comparison", "to"), ("in", "comparison", "with")))
    ):
        return stop
    if word == "than":
        return index + 1
    if word == "over" and stretch_at(reader, index + 1) is not None and stretch_at(reader, index - 1) is not None:
        return index + 1  # "2025 over 2024"
    before = reader.word(index - 1)
    if word in ("over", "on", "from", "versus") and (before in CHANGE_WORDS or _percent_before(reader, index)):
        return index + 1
    if word == "on" and reader.word(index + 1) in LAST and reader.word(index + 2) in UNITS:
        return index + 1
    joins = reader.compares_before(index) if word == "to" else reader.compares and word in ("with", "and")
    if joins and index > 0 and not before.startswith("compar"):
        return index + 1
    return None


def _percent_before(reader: Reader, index: int) -> bool:
    percent = reader.word(index - 1) in ("%", "percent") and not _is_a_bound(reader, index - 2)
    return percent or (reader.word(index - 2) in CHANGE_WORDS and reader.word(index - 1) in ("in", "by"))


def _is_a_bound(reader: Reader, number: int) -> bool:
    """ "A return rate of more than 10% over the last 12 months": a number that something is held against, where nothing is
    said to have changed; the time behind it is when."""
    bounded = any(reader.word(place) in _BOUNDS for place in range(max(number - 2, 0), number))
    return bounded and not any(reader.word(place) in _CHANGED for place in range(number))


def _compared(reader: Reader, index: int) -> Found | None:
    """A comparing word with a period behind it."""
    opened = _opening(reader, index)
    if opened is None:
        return None
    position = reader.skip(opened, _FILLERS)
    stretch = stretch_at(reader, position)
    if stretch is None or (reader.word(index) in ("from", "on", "over") and _range_from(reader, index)):
        return None
    found = replace(from_stretch(reader, stretch, index), kind=TimeKind.COMPARISON)
    run = stretch.anchor is not None and (stretch.anchor.label or "").startswith("last ") and stretch.anchor.offset
    if run and reader.word(position) in ("previous", "prior", "preceding"):
        # "last 30 days vs the previous 30 days": those before the ones that are asked about, not before as_of.
        return replace(found, periods=(), alternatives=(), incomplete=False, previous=True, offset=run)
    if (
        stretch.anchor is not None
        and stretch.anchor.offset is not None
        and not (stretch.anchor.label or "").startswith("last ")
    ):
        found = replace(found, offset=stretch.anchor.offset)
    return found


def _range_from(reader: Reader, index: int) -> bool:
    """Whether "from" opens a range ("rose from May to July"), which is a period and no comparison."""
    if reader.word(index) != "from":
        return False
    whole = stretch_at(reader, index)
    inner = stretch_at(reader, index + 1)
    return whole is not None and inner is not None and bool(whole.endpoints or inner.endpoints)
