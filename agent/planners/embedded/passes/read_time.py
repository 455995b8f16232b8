"""Takes the question's phrases of time."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Sequence
from dataclasses import replace

from agent.planners.embedded.cues import Cue
from agent.planners.embedded.draft import Draft, Item
from agent.planners.embedded.open_stretches import ends_inside
from agent.planners.embedded.period_words import (
    are_joined,
    as_before_another,
    core_of,
    dated_slot,
    grain_of_each,
    in_each_year,
    in_the_other_years,
    in_year,
    joined_ends,
    leaves_the_stretch_open,
    like_the_other,
    time_to_go_by,
    whole_year_of,
    years_up_to,
)
from agent.planners.embedded.periods import beside_the_latest, is_finer_than
from agent.planners.embedded.same_stretch import said_of_both, with_the_same_stretch
from agent.planners.embedded.time_shares import part_of_the_longer
from agent.planners.embedded.times_apart import joined_and_nested
from agent.planners.embedded.told_apart import asks_how_far_ahead
from catalog.durations import Duration, TimeGrain, TimePart
from catalog.query import Period, as_datetime
from semantic_context.time_expressions import (
    TimeExpression,
    TimeKind,
    shift_period,
    unit_of,
)
from semantic_context.time_grammar.words import MONTH_NAMES, SHORT_WEEKDAYS, WEEKDAY_NAMES, WEEKDAYS

_YEAR = re.compile(r"\d{2}")
_SURE = 0.94
_A_WEEK_S = 7 * 86_400.0
_SOME_DAYS = dt.timedelta(days=7)
_DAYS = frozenset((*WEEKDAYS, *SHORT_WEEKDAYS))
_A_YEAR_S = 360 * 86_400.0
# The end of a unit that no name says which.
_UNIT_END = re.compile(
    r"(?:^|\s)(?:(?:at|by|on|as of)\s+)?(?:the\s+)?(?:ends? of (?:the\s+|a\s+)?(?P<of>week|month|quarter|year)|"
    r"(?P<end>week|month|quarter|year)[\s-]?end)s?$",
    re.IGNORECASE,
)
LENGTHS = frozenset({"seconds", "minutes", "hours", "days", "weeks", "months", "years"})
_TOGETHER = re.compile(
    r"\b(?:(?:taken |put |added |all )?together(?! with)|combined|in total|altogether|in all|added up|summed(?: up)?)\b",
    re.IGNORECASE,
)
_LONG_AGO = dt.date(1, 1, 1)


def expression_of(item: Item) -> TimeExpression | None:
    """The phrase of time that an item is, if it is one."""
    found = item.of("period")
    payload = found[0].payload if found else None
    return payload if isinstance(payload, TimeExpression) else None


def _contains(outer: Period, inner: Period) -> bool:
    if outer.start is None or outer.end is None or inner.start is None or inner.end is None:
        return False
    return as_datetime(outer.start) <= as_datetime(inner.start) and as_datetime(inner.end) <= as_datetime(outer.end)


def read_time(draft: Draft) -> None:
    """Sorts phrases of time into period, several periods, comparison, grain, part, all time and as-of."""
    time = draft.time
    named: list[TimeExpression] = []
    said_to_go_by = time_to_go_by(draft.question)
    for item in draft.items:
        expression = expression_of(item)
        if item.used is None and draft.stands_in(item, said_to_go_by):
            item.used = "noun"
            continue
        if expression is None or item.used is not None or _names_a_kind(draft, item, expression):
            continue
        if _is_what_is_counted(draft, item, expression):
            item.used = "noun"
            continue
        item.used = "time"
        match expression.kind:
            case TimeKind.PERIOD:
                item.used = None
                dated = dated_slot(draft, item, expression)
                if dated is not None:
                    draft.dated.append(dated)
                    continue
                item.used = "time"
                named.append(_all_at_once(draft, expression))
            case TimeKind.COMPARISON:
                time.compare_expressions.append(expression)
            case TimeKind.GRAIN:
                if expression.grain is None:
                    time.open_grain = True
                elif time.grain is None:
                    time.grain = expression.grain
                time.asks_which = time.asks_which or expression.asks_which
            case TimeKind.PART:
                if expression.part_values:
                    expression = _all_but(expression) if _is_left_out(draft, item) else expression
                    time.part_filters.append(expression)
                    time.grain_of_parts = time.grain_of_parts or grain_of_each(expression)
                else:
                    time.part = expression.part
            case TimeKind.ALL_TIME:
                time.all_time = True
            case TimeKind.AS_OF if time.as_of_before is not None:
                draft.unexplained.append(expression.text)  # a third moment, beside which nothing would stand
            case TimeKind.AS_OF:
                time.as_of_before, time.as_of = _in_order(time.as_of, expression)
    if time.as_of is not None and time.as_of.periods and not time.as_of.text.casefold().startswith("as "):
        named = [item for item in named if not item.weak]  # "so far today" is today
    _take_ends_as_steps(draft, named)
    _settle_periods(draft, named)
    _take_hours_of_the_day(draft)
    told = (time.period, *(item.period for item in time.compare), *(item.period for item in time.compare_expressions))
    draft.units_said |= said_of_both(draft, [period for period in told if period is not None])


def _take_hours_of_the_day(draft: Draft) -> None:
    """ "Orders by hour in September": over more than some days, the hours of the day; one row for each of a month's hours tells
    nobody anything."""
    time = draft.time
    if time.grain is not TimeGrain.HOUR or time.part is not None or time.as_of is not None:
        return
    start, end = (time.period.start, time.period.end) if time.period is not None else (None, None)
    if start is not None and end is not None and as_datetime(end) - as_datetime(start) <= _SOME_DAYS:
        return
    time.grain, time.part = None, TimePart.HOUR_OF_DAY


def _is_left_out(draft: Draft, item: Item) -> bool:
    """ "except Sundays", "without weekends": a word of leaving out right before a recurring part of time."""
    before = draft.preceding(item.place)
    if before is None or before.cue() is not Cue.NOT or before.used is not None:
        return False
    before.used = "negation"
    return True


def _all_but(expression: TimeExpression) -> TimeExpression:
    """The same part of time with all its other values."""
    assert expression.part is not None
    every: dict[TimePart, Sequence[str | int]] = {
        TimePart.WEEKDAY: WEEKDAY_NAMES,
        TimePart.MONTH_OF_YEAR: MONTH_NAMES,
        TimePart.QUARTER_OF_YEAR: range(1, 5),
        TimePart.HOUR_OF_DAY: range(24),
    }
    others = tuple(value for value in every[expression.part] if value not in expression.part_values)
    return replace(expression, part_values=others)


def _in_order(one: TimeExpression | None, other: TimeExpression) -> tuple[TimeExpression | None, TimeExpression]:
    """Two moments, the earlier first: "end of October 2026 versus end of October 2025" holds the later against the earlier."""
    later = one is not None and one.moment is not None and other.moment is not None and one.moment > other.moment
    return (other, one) if later and one is not None else (one, other)


def _take_ends_as_steps(draft: Draft, named: list[TimeExpression]) -> None:
    """ "at month end for the last 6 months": one figure for each month's end, not one as of the latest."""
    time = draft.time
    if time.as_of_before is not None or len(named) != 1 or named[0].period is None:
        return
    texts = [time.as_of.text] if time.as_of is not None else []
    texts += [item.text for item in draft.items if item.used is None and item.has("field", "metric")]
    found = next((match for text in texts if (match := _UNIT_END.search(text.strip()))), None)
    unit = TimeGrain((found["of"] or found["end"]).casefold()) if found is not None else None
    if unit is not None and is_finer_than(unit, named[0].period) and time.grain in (None, unit):
        time.as_of, time.grain = None, unit


def _names_a_kind(draft: Draft, item: Item, expression: TimeExpression) -> bool:
    """ "annual plans", "monthly subscriptions": a value right before a thing, not the step of a course."""
    behind = draft.items[item.place + 1 : item.place + 4]
    values = [meaning for meaning in item.of("value") if meaning.score >= _SURE]
    if len(behind) == 3 and behind[0].cue() in (Cue.AND, Cue.OR, Cue.VERSUS):
        fields = {meaning.name for meaning in values}
        if fields & {meaning.name for meaning in behind[1].of("value")}:
            behind = behind[2:]  # "annual and monthly plans"
    beside = behind[0] if behind else None
    if expression.kind is not TimeKind.GRAIN or beside is None or not values:
        return False
    return beside.has("dataset", "field") and not beside.has("metric")


def _is_what_is_counted(draft: Draft, item: Item, expression: TimeExpression) -> bool:
    """ "How many minutes of playtime": what a figure that lasts is counted in, not the step of a course."""
    before = draft.preceding(item.place)
    following = draft.items[item.place + 1 : item.place + 4]
    led = before is not None and before.cue() is Cue.COUNT and expression.kind is TimeKind.GRAIN
    named = led and len(following) > 1 and following[0].text.casefold() == "of"
    figure = next((other for other in following[1:] if not other.is_stop), None) if named else None
    units = {draft.view.whole.metric_by_name[meaning.name].unit for meaning in figure.of("metric")} if figure else set()
    return bool(units & LENGTHS)


def _settle_periods(draft: Draft, named: list[TimeExpression]) -> None:
    time = draft.time
    if not named:
        return
    named = [item for item in named if not _is_to_come(item, draft.as_of)] or named  # "for tomorrow's meeting"
    named = as_before_another(draft, named)
    if not named:
        return
    if (parted := part_of_the_longer(draft, named)) is not None:
        named = [parted[0]]
        time.part_filters.append(parted[1])
    if (ends := joined_ends(draft, named)) is not None:
        named, time.as_of = ends, None
    days = [time.as_of] if time.as_of is not None and time.as_of.periods else []
    ordered = sorted((*named, *days), key=lambda item: item.start)
    if len(ordered) == 2 and joined_and_nested(draft.question, *ordered):
        time.unjoined = True  # "last month and year to date": neither narrows the other
    named = with_the_same_stretch(draft.question, named, draft.as_of)
    named = _named_once(draft, ends_inside(draft, years_up_to(draft, named)))
    named = _with_year(named, time.compare_expressions)
    ahead = asks_how_far_ahead(draft.question) and all(_is_over(item, draft.as_of) for item in time.compare_expressions)
    if len(named) == 1 and not ahead and _names_a_later_one(named[0], time.compare_expressions):
        compared = time.compare_expressions.pop()
        _side_by_side(draft, (*named[0].periods, *compared.periods))
        return
    if len(named) == 1:
        a_share = draft.has_cue(Cue.SHARE) and not draft.has_cue(Cue.COMPARE, Cue.VERSUS)
        expression = _one_stretch(named[0]) if time.compare_expressions or a_share else named[0]
        time.period_expression = expression
        if expression.grain is not None and time.grain not in (None, expression.grain):
            time.second_grain = expression.grain
        elif expression.grain is not None:
            time.grain = expression.grain
        if expression.endpoints and not time.compare_expressions and _asks_of_a_change(draft):
            _side_by_side(draft, expression.endpoints)
        elif len(expression.periods) > 1:
            time.unjoined = bool(time.compare_expressions)  # "in June and August 2026 against 2025"
            _side_by_side(draft, expression.periods)
        else:
            time.period = expression.period
        return
    periods = [period for expression in named for period in expression.periods]
    time.period_expression = named[0]
    innermost = min(periods, key=_length)
    if leaves_the_stretch_open(draft, named):
        time.unjoined = True  # "in Q3 2026 and in 2025": all of it, or its third quarter
    time.unjoined = time.unjoined or any(_is_one_of_many(item, named) for item in named)
    if all(_contains(period, innermost) for period in periods):
        time.period = innermost
        return
    if not are_joined(draft, named):
        time.unjoined = True
    _side_by_side(draft, tuple(periods))


def _is_one_of_many(item: TimeExpression, named: Sequence[TimeExpression]) -> bool:
    """Whether a phrase may name one day or stretch of each of several: "each of the last six weeks, Sunday to Saturday", "the
    last six weeks (Monday to Friday)"."""
    others = [other for other in named if other is not item and other.period is not None]
    if not others or item.period is None:
        return False
    inner = all(_length(other.period) > _length(item.period) for other in others if other.period is not None)
    longest = max(_length(other.period) for other in others if other.period is not None)
    words = re.findall(r"[^\W\d_]+", core_of(item).casefold())
    bare = bool(words) and all(word in _DAYS or word in ("to", "through", "until", "till") for word in words)
    return inner and ((bare and longest > _A_WEEK_S) or any(other.grain is not None for other in others))


def _named_once(draft: Draft, named: list[TimeExpression]) -> list[TimeExpression]:
    """A season named once beside years ("Black Friday GMV 2025 vs 2024") is each year's; "vs the second half" is that of
    the month named before."""
    time, calendar = draft.time, draft.view.whole.calendar
    if len(named) == 1 and len(time.compare_expressions) == 1:
        other = like_the_other(time.compare_expressions[0], named[0], draft.as_of, calendar)
        if other is not None:
            time.compare_expressions = []
            return [named[0], replace(other, start=named[0].end, text="vs")]
    if each_year := in_the_other_years(draft, named, time.compare_expressions):
        time.compare_expressions = []
        return each_year
    seasons = [item for item in named if item.implicit_year and item.period is not None]
    if len(seasons) == 1 and len(named) == 2 and not time.compare_expressions:
        outer = next(item for item in named if item is not seasons[0])
        each = in_each_year(seasons[0], outer, draft.as_of, calendar)
        if each:
            return [replace(seasons[0], periods=each, implicit_year=False)]
    years = [item for item in (*named, *time.compare_expressions) if whole_year_of(item) is not None]
    if len(seasons) != 1 or len(years) < 1 or len(seasons) + len(years) != len(named) + len(time.compare_expressions):
        return named
    if not any(item in named for item in years):
        return named  # "Q3 vs 2025" may well mean the whole year
    moved = [in_year(seasons[0], whole_year_of(item) or 0, draft.as_of, calendar) for item in years]
    if any(item is None for item in moved):
        return named
    time.compare_expressions = []
    return [
        replace(item, start=year.start, end=year.end, text=year.text)
        for item, year in zip(moved, years, strict=True)
        if item
    ]


def _with_year(named: list[TimeExpression], compared: list[TimeExpression]) -> list[TimeExpression]:
    """ "H1 vs H2 2025": a year named once, behind the last, is everyone's."""
    years = [
        as_datetime(period.start).year
        for expression in (*named, *compared)
        if not expression.implicit_year and expression.offset is None and _YEAR.search(expression.text)
        for period in expression.periods
        if period.start is not None and _length(period) < _A_YEAR_S
    ]
    if len(set(years)) != 1:
        return named
    moved = [_moved_to(item, years[0]) if item.implicit_year else item for item in named]
    spans = [(period.start, period.end) for item in (*moved, *compared) for period in item.periods]
    return moved if len(set(spans)) == len(spans) else named  # "in October than in October 2025": this year's


def _asks_of_a_change(draft: Draft) -> bool:
    """Whether a change is asked for, or why something changed; "why did sailings get cancelled between A and B?" sets the scene
    for what is asked behind it."""
    why = any(item.cue() is Cue.WHY and not draft.is_context(item) for item in draft.items)
    return why or draft.has_cue(Cue.GROWTH, Cue.RISE, Cue.FALL, Cue.COMPARE)


def _is_over(expression: TimeExpression, as_of: dt.date) -> bool:
    ends = [period.end for period in expression.periods]
    return bool(ends) and all(end is not None and as_datetime(end).date() <= as_of for end in ends)


def _is_to_come(expression: TimeExpression, as_of: dt.date) -> bool:
    starts = [period.start for period in expression.periods if period.start is not None]
    return bool(starts) and all(as_datetime(start).date() > as_of for start in starts)


def _moved_to(expression: TimeExpression, year: int) -> TimeExpression:
    moved = []
    for period in expression.periods:
        if period.start is None or period.end is None or as_datetime(period.start).year == year:
            moved.append(period)
            continue
        back = Duration(count=as_datetime(period.start).year - year, grain=TimeGrain.YEAR)
        shifted = shift_period(period, back)
        moved.append(shifted if shifted is not None else period)
    return replace(expression, periods=tuple(moved), implicit_year=False)


def _names_a_later_one(expression: TimeExpression, compared: list[TimeExpression]) -> bool:
    """Whether the period compared with is a named one that comes after: the later of two is the one asked for."""
    if len(compared) != 1 or compared[0].offset is not None or compared[0].period is None or expression.period is None:
        return False
    first, second = expression.period.start, compared[0].period.start
    return first is not None and second is not None and as_datetime(second) > as_datetime(first)


def _length(period: Period) -> float:
    if period.start is None or period.end is None:
        return float("inf")
    return (as_datetime(period.end) - as_datetime(period.start)).total_seconds()


def _side_by_side(draft: Draft, periods: tuple[Period, ...]) -> None:
    """The latest of several periods is the question's; the earlier ones stand beside it."""
    if _in_a_row(draft, periods) or _taken_together(draft, periods):
        return
    lengths = sorted(_length(period) for period in periods)
    if lengths[0] < _A_YEAR_S / 3 and _A_YEAR_S * 1.5 < lengths[-1] < float("inf"):
        draft.time.unjoined = True  # "this month vs the last 3 years"
    ordered = sorted(periods, key=lambda period: as_datetime(period.start or _LONG_AGO))
    draft.time.periods = tuple(ordered)
    draft.time.period = ordered[-1]
    draft.time.compare = beside_the_latest(ordered, draft.as_of)


def _one_stretch(expression: TimeExpression) -> TimeExpression:
    """ "November and December, 2025 vs 2024": months in a row are together what another time is held against."""
    ordered = sorted(expression.periods, key=lambda period: as_datetime(period.start or _LONG_AGO))
    if len(ordered) < 2 or any(first.end != second.start for first, second in itertools.pairwise(ordered)):
        return expression
    return replace(expression, periods=(Period(start=ordered[0].start, end=ordered[-1].end),), endpoints=())


def _all_at_once(draft: Draft, expression: TimeExpression) -> TimeExpression:
    """ "All days of September together": all that there are, and none of them apart."""
    together = expression.text.casefold().startswith("all ") and _TOGETHER.search(draft.question) is not None
    return replace(expression, grain=None) if together else expression


def _taken_together(draft: Draft, periods: tuple[Period, ...]) -> bool:
    """ "July and August together" are one stretch; times that do not follow each other are none, and are asked about."""
    if _TOGETHER.search(draft.question) is None or draft.has_cue(Cue.COMPARE, Cue.VERSUS):
        return False
    ordered = sorted(periods, key=lambda period: as_datetime(period.start or _LONG_AGO))
    if any(first.end != second.start for first, second in itertools.pairwise(ordered)):
        draft.time.unjoined = True
        return False
    draft.time.period = Period(start=ordered[0].start, end=ordered[-1].end)
    return True


def _in_a_row(draft: Draft, periods: tuple[Period, ...]) -> bool:
    """Three or more periods of one unit that follow each other are a course: the unit is the grain."""
    if len(periods) < 3 and draft.time.grain is None:
        return False
    ordered = sorted(periods, key=lambda period: as_datetime(period.start or _LONG_AGO))
    unit = unit_of(ordered[0])
    follow = all(first.end == second.start for first, second in itertools.pairwise(ordered))
    if unit is None or not follow or any(unit_of(period) is not unit for period in ordered):
        return False
    if draft.time.grain is not None and draft.time.grain.rank > unit.rank:
        return False
    draft.time.period = Period(start=ordered[0].start, end=ordered[-1].end)
    draft.time.grain = draft.time.grain or unit
    return True
