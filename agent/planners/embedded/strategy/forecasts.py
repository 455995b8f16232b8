"""Questions about what is to come: "forecast GMV for the next 3 months", "will we hit the target this year"."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

from agent.planners.embedded.build import build_plan
from agent.planners.embedded.clarify import asking
from agent.planners.embedded.cues import Cue
from agent.planners.embedded.draft import BoundSlot, TimeSlots
from agent.planners.embedded.interpret import describe_condition, field_words
from agent.planners.embedded.parts import UnsupportedError
from agent.planners.embedded.resolve import resolve
from agent.planners.embedded.strategy.reading import StrategyReading
from agent.planners.embedded.targets import picks_by_target
from agent.tools.analysis.forecast.metric_parts import parts_of
from agent.tools.compile import metric_time
from agent.tools.compile.timeline import floored, one, shifted
from catalog.access import CatalogView
from catalog.analyses.forecast import ForecastRequest, Goal
from catalog.durations import Duration, TimeGrain
from catalog.plan import NamedQuery, Plan
from catalog.query import FieldDimension, MetricQuery, Period, as_datetime
from semantic_context.time_expressions import TimeExpression, describe_period, shift_period, unit_of
from semantic_context.words import phrase_key, verb_stem

_DAY = dt.timedelta(days=1)
_JUST_NOW = dt.timedelta(days=31)
_YEAR = Duration(count=1, grain=TimeGrain.YEAR)
_USUAL_HORIZON = {TimeGrain.DAY: 14, TimeGrain.WEEK: 8, TimeGrain.MONTH: 3, TimeGrain.QUARTER: 4, TimeGrain.YEAR: 1}
_LONGEST_SEARCH_MONTHS = 24
_TO_COME = re.compile(
    r"\b(?:next|coming|upcoming|tomorrow|rest of|remainder of|remaining|from now|ahead)\b", re.IGNORECASE
)
# A period under way beside its target is asked for as it stands.
_BESIDE_TARGET = re.compile(
    r"\b(?:against|vs\.?|versus|compared (?:to|with)|beside)\b[\w\s]*\b(?:targets?|goals?|plan)\b"
    r"|\b(?:and|with|plus) (?:its|our|their) (?:targets?|goals?)\b",
    re.IGNORECASE,
)
_ON_TRACK = re.compile(r"\bon (?:track|course|target)\b", re.IGNORECASE)
_AS_IT_STANDS = re.compile(r"\b(is|are|was|were)\b[^.?!;]*\bon target\b", re.IGNORECASE)
_WHEN = re.compile(
    r"\b(?:when (?:will|would|do|does|can|are|is)|by when|how soon|which (?:day|week|month|quarter|year) (?:will|does|can))\b",
    re.IGNORECASE,
)
_SET_BEFORE = frozenset(
    verb_stem(word)
    for word in """due expire expiry expiration end renew renewal schedule plan valid mature maturity deadline departure depart
    arrival arrive eta expected promise appointment checkin checkout""".split()
)
_OTHER_ASKS = {Cue.WHY, Cue.WHAT_IF, Cue.GOAL, Cue.DEFINE}
_NOT_FORECAST = {Cue.SHARE, Cue.RUNNING, Cue.ROLLING, Cue.MEDIAN, Cue.DISTRIBUTION, Cue.OTHERS}
_COMPARISONS = {"gt": ">", "ge": ">=", "lt": "<", "le": "<="}


def read_forecast(reading: StrategyReading) -> Plan | None:
    """The plan of a question about the future of one metric; None where it asks for something else."""
    draft, as_of = reading.draft, reading.as_of
    if reading.asks & _OTHER_ASKS or not draft.metrics:
        return None
    expression = draft.time.period_expression or draft.time.as_of
    asks_future = Cue.FORECAST in reading.asks
    bound = _goal_bound(reading)
    about_goal = Cue.TARGET in reading.asks or bound is not None
    comes = expression is not None and _lies_ahead(expression, as_of) and bool(_TO_COME.search(draft.question))
    ahead = expression is not None and _lies_ahead(expression, as_of)
    over = expression is not None and not ahead and _is_over(expression, draft.question, as_of)
    if not (
        asks_future
        or comes
        or (
            Cue.TARGET in reading.asks
            and not picks_by_target(draft)
            and (
                (ahead and not _BESIDE_TARGET.search(draft.question)) or (_ON_TRACK.search(draft.question) and not over)
            )
        )
    ):
        return None
    plain = _plain_query(reading, bound)
    if plain is None:
        return None
    if not asks_future and not about_goal and all(_is_known_ahead(reading, use.metric) for use in plain.metrics):
        return None
    if len(plain.metrics) != 1:
        return asking("I forecast one figure at a time: which one shall it be?", "unsupported")
    if draft.ranking is not None or plain.having:
        return asking(
            "I can forecast each group, not yet rank or pick them by it. Ask for the forecast by group.", "unsupported"
        )
    if reading.asks & _NOT_FORECAST or draft.time.part is not None or draft.time.part_filters:
        return asking("I forecast figures as they are: not shares, averages or parts of the week.", "unsupported")
    metric = reading.view.whole.metric_by_name[plain.metrics[0].metric]
    goal = _goal(reading, bound, metric.target.comparison if metric.target else ">=") if about_goal else None
    if goal is not None and goal.value is None and metric.target is None:
        return asking(f"No target is declared for {metric.label}. Which figure shall it reach?", "unsupported")
    level = parts_of(reading.view, metric.name).composition != "sum"
    if level and not asks_future and not comes and bound is None and _is_so_by_now(expression, draft.question, as_of):
        return None
    period, grain = _asked_period(reading, expression, goal, level=level)
    if as_datetime(period.end or as_of).date() <= as_of:
        return None
    groups = tuple(item for item in plain.group_by if isinstance(item, FieldDimension))
    request = ForecastRequest(
        metric=metric.name, period=period, grain=grain, group_by=groups, where=plain.where, goal=goal
    )
    return Plan(
        shape="forecast",
        queries=(NamedQuery(name="answer", query=plain),),
        analysis=request,
        interpretation=_in_words(request, reading.view),
    )


def _is_over(expression: TimeExpression, question: str, as_of: dt.date) -> bool:
    """Whether "on target" is said of a whole month or the like that has ended: one that just has, or that is said to be past.
    "Are we on target in December", asked in October, is of the next."""
    said = _AS_IT_STANDS.search(question)
    ends = [as_datetime(period.end).date() for period in expression.periods if period.end is not None]
    if said is None or not ends or any(unit_of(period) is None for period in expression.periods):
        return False
    past = said[1].casefold() in ("was", "were") or not expression.implicit_year
    return past or max(ends) > as_of - _JUST_NOW


def _is_so_by_now(expression: TimeExpression | None, question: str, as_of: dt.date) -> bool:
    """Whether "is it on target this year" is said of a time under way: a rate stands by now at what it is, where a sum has yet
    to come to what it will."""
    spans = [(period.start, period.end) for period in expression.periods] if expression is not None else []
    under_way = bool(spans) and all(
        start is not None and as_datetime(start).date() <= as_of and (end is None or as_datetime(end).date() >= as_of)
        for start, end in spans
    )
    return under_way and _AS_IT_STANDS.search(question) is not None


def _is_known_ahead(reading: StrategyReading, metric: str) -> bool:
    """Whether a metric goes by a time that is set before it comes ("expires on", "due date"): its rows are there already."""
    names = metric_time(reading.view, metric)
    words = {
        word for name in names for word in phrase_key(f"{reading.view.whole.field(name).label} {name.split('.')[1]}")
    }
    return bool(_SET_BEFORE & {verb_stem(word) for word in words})


def read_dated_forecast(reading: StrategyReading) -> Plan | None:
    """A forecast for a time that is named or a figure to reach: asked before what scores customers as they are now."""
    draft = reading.draft
    dated = draft.time.named or _goal_bound(reading) is not None
    names_things = any(slot.entity is not None for slot in draft.groups)
    return read_forecast(reading) if dated and not names_things else None


def _goal_bound(reading: StrategyReading) -> BoundSlot | None:
    """The number that the metric itself is held against ("will GMV exceed 2 M"); a bound on rows or groups is a filter."""
    named = {meaning.name for slot in reading.draft.metrics for meaning in slot.candidates}
    units = {reading.view.whole.metric_by_name[name].unit for name in named}
    for slot in reading.draft.bounds:
        if slot.bound.operator not in _COMPARISONS or slot.about_growth or slot.entity or slot.entity_key:
            continue
        unit = "fraction" if slot.bound.percent else slot.bound.unit
        if unit is not None and unit not in units:
            continue
        bare = not slot.metrics and not slot.fields and slot.dataset is None
        if bare or any(meaning.name in named for meaning in slot.metrics):
            return slot
    return None


def _goal(reading: StrategyReading, bound: BoundSlot | None, comparison: str) -> Goal:
    first_time = bool(_WHEN.search(reading.draft.question))
    if bound is None:
        return Goal.model_validate({"comparison": comparison, "first_time": first_time})
    comparison = _COMPARISONS[bound.bound.operator]
    return Goal.model_validate({"value": bound.bound.value, "comparison": comparison, "first_time": first_time})


def _plain_query(reading: StrategyReading, goal: BoundSlot | None) -> MetricQuery | None:
    """The query of the question without its time, asks and goal: metric, groups and filters."""
    bare = replace(
        reading.draft,
        time=TimeSlots(),
        bounds=[slot for slot in reading.draft.bounds if slot is not goal],
        ranking=None,
        rank_metric=None,
        asks=reading.asks & {Cue.BY, Cue.EACH},
    )
    resolution = next((item for item in resolve(bare, reading.reach) if not item.problems), None)
    if resolution is None:
        return None
    try:
        return build_plan(bare, resolution, reading.reach, reading.as_of).queries[0].query
    except UnsupportedError:
        return None


def _lies_ahead(expression: TimeExpression, as_of: dt.date) -> bool:
    ends = [as_datetime(period.end).date() for period in expression.periods if period.end is not None]
    return bool(ends) and max(ends) > as_of + _DAY


def _asked_period(
    reading: StrategyReading, expression: TimeExpression | None, goal: Goal | None, *, level: bool
) -> tuple[Period, TimeGrain]:
    """The period to come, and the grain of its rows. A month named without a year is the next one; a unit under way is
    taken whole; none named is the usual horizon, or the year's end where a goal is asked about."""
    as_of, time = reading.as_of, reading.draft.time
    tomorrow = as_of + _DAY
    calendar = reading.view.whole.calendar
    if expression is None or not expression.periods:
        grain = time.grain or TimeGrain.MONTH
        if goal is not None and goal.first_time:
            start = _day(floored(tomorrow, grain, calendar))
            return Period(start=start, end=_moved(start, TimeGrain.MONTH, _LONGEST_SEARCH_MONTHS)), grain
        if goal is not None and time.grain is None:
            return _year_end(as_of, level=level)
        start = _day(floored(tomorrow, grain, calendar))
        if start < tomorrow:  # the period under way, and the usual number after it
            return Period(start=start, end=_moved(start, grain, _USUAL_HORIZON.get(grain, 3) + 1)), grain
        return Period(start=start, end=_moved(start, grain, _USUAL_HORIZON.get(grain, 3))), grain
    begins, end = _bounds(expression, as_of)
    start = begins if begins is not None else tomorrow
    unit = expression.unit or TimeGrain.MONTH
    if expression.moment is not None and unit.rank > TimeGrain.DAY.rank:
        begun = _day(floored(end - _DAY, unit, calendar))
        if level:
            return Period(start=_day(floored(end - _DAY, TimeGrain.MONTH, calendar)), end=end), TimeGrain.MONTH
        return Period(start=begun, end=end), unit
    if expression.unit is not None and end == tomorrow and start < end:
        end = _moved(_day(floored(start, unit, calendar)), unit, 1) if _is_begun(start, unit, reading) else end
    grain = time.grain if time.grain is not None and time.grain.rank <= unit.rank else unit
    if begins is None and grain.rank > TimeGrain.MONTH.rank:  # "through 2027": a course
        grain = TimeGrain.MONTH
    if goal is not None and level and time.grain is None and unit is TimeGrain.YEAR:
        grain, start = TimeGrain.MONTH, max(start, _day(floored(tomorrow, TimeGrain.MONTH, calendar)))
    return Period(start=start, end=end), grain


def _is_begun(start: dt.date, unit: TimeGrain, reading: StrategyReading) -> bool:
    return _day(floored(start, unit, reading.view.whole.calendar)) == start


def _year_end(as_of: dt.date, *, level: bool) -> tuple[Period, TimeGrain]:
    """The year under way; of a level the months that are left of it."""
    tomorrow = as_of + _DAY
    year = tomorrow.year
    end = dt.date(year + 1, 1, 1)
    if level:
        return Period(start=tomorrow.replace(day=1), end=end), TimeGrain.MONTH
    return Period(start=dt.date(year, 1, 1), end=end), TimeGrain.YEAR


def _bounds(expression: TimeExpression, as_of: dt.date) -> tuple[dt.date | None, dt.date]:
    """First day and day after the last, of all the expression's periods; a year that was supplied moves on if it is over."""
    moved = []
    for period in expression.periods:
        over = period.end is not None and as_datetime(period.end).date() <= as_of + _DAY
        supplied = expression.implicit_year or expression.moment is not None
        if over and supplied:
            later = shift_period(period, Duration(count=-1, grain=TimeGrain.YEAR))
            period = later if later is not None else period
        moved.append(period)
    starts = [as_datetime(period.start).date() for period in moved if period.start is not None]
    ends = [as_datetime(period.end).date() for period in moved if period.end is not None]
    start = min(starts) if len(starts) == len(moved) else None
    return start, max(ends) if ends else as_of + _DAY


def _day(moment: dt.date | dt.datetime) -> dt.date:
    return moment.date() if isinstance(moment, dt.datetime) else moment


def _moved(day: dt.date, grain: TimeGrain, count: int) -> dt.date:
    return _day(shifted(day, one(grain), count))


def _in_words(request: ForecastRequest, view: CatalogView) -> str:
    metric = view.whole.metric_by_name[request.metric]
    parts = [f"{metric.label}, what to expect for {describe_period(request.period)}"]
    parts.append(f"by {request.grain.value}")
    parts += [f"by {field_words(view, item.field)}" for item in request.group_by]
    if request.where is not None:
        parts.append("where " + describe_condition(request.where, view))
    if request.goal is not None:
        of = "the target" if request.goal.value is None else "the figure named"
        parts.append(f"when {of} is reached" if request.goal.first_time else f"held against {of}")
    return ", ".join(parts)
