"""Questions about what is normal: "anything unusual in orders last month?", "is October's GMV normal?", "when did it change?"."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

from agent.planners.embedded.build import build_plan
from agent.planners.embedded.clarify import asking, leading_metrics
from agent.planners.embedded.cues import Cue
from agent.planners.embedded.draft import Draft, MetricSlot, TimeSlots
from agent.planners.embedded.interpret import describe_condition, field_words
from agent.planners.embedded.parts import UnsupportedError
from agent.planners.embedded.resolve import resolve
from agent.planners.embedded.strategy.reading import StrategyReading
from agent.tools.analysis.additivity import adds_up_over_time
from agent.tools.compile import metric_time
from catalog.access import CatalogView
from catalog.analyses.anomaly import AnomalyRequest
from catalog.durations import TimeGrain
from catalog.plan import NamedQuery, Plan
from catalog.query import FieldDimension, MetricQuery, MetricUse, Period, as_datetime
from semantic_context.linking import Meaning
from semantic_context.time_expressions import clip, describe_period, unit_of

_WHEN_CHANGED = re.compile(
    r"\bwhen (?:did|has|have)\b.*\b(?:changed?|shift(?:ed)?|break|drop(?:ped)?|fall(?:en)?|jump(?:ed)?|rise|risen|start|begin)\b",
    re.IGNORECASE,
)
_ASKS_WHETHER = re.compile(r"(?:is|are|was|were|did|do|does|has|have)\b", re.IGNORECASE)
_OTHER_ASKS = {Cue.WHY, Cue.WHAT_IF, Cue.GOAL, Cue.DEFINE, Cue.FORECAST}
_UNUSUAL = {Cue.UNUSUAL, Cue.ANOMALY}
_LEADING = 5
_MOST_DAYS = 92


def read_anomaly(reading: StrategyReading) -> Plan | None:
    """The plan of a question whether figures are out of the ordinary; None where it asks for something else."""
    asks = reading.asks
    changed = bool(_WHEN_CHANGED.search(reading.draft.question))
    if asks & _OTHER_ASKS or not (changed or asks & {*_UNUSUAL, Cue.NORMAL}):
        return None
    metrics, plain = _subject(reading)
    if not metrics:
        return None
    period = _period(reading)
    is_unit = period is not None and unit_of(_whole(reading, period)) is not None
    plainly = _ASKS_WHETHER.match(reading.draft.question) and len(metrics) == 1 and is_unit
    whether = Cue.NORMAL in asks or plainly
    if changed and not asks & _UNUSUAL:
        request = _request(
            metrics, plain, "change", reading.draft.time.grain or _grain_of_change(reading, metrics), period
        )
    elif whether and Cue.ANOMALY not in asks and reading.draft.time.grain is None:
        if len(metrics) > 1:
            return asking("I hold one figure at a time against its past: which one shall it be?", "unsupported")
        period = period or _last_month(reading)
        grain = unit_of(_whole(reading, period))
        if grain is None:
            request = _request(metrics, plain, "unusual", TimeGrain.WEEK, period)
        else:
            request = _request(metrics, plain, "normal", grain, period)
    else:
        request = _request(metrics, plain, "unusual", reading.draft.time.grain or _grain(period), period)
    return Plan(
        shape="anomaly",
        queries=(NamedQuery(name="answer", query=plain),) if plain is not None else (),
        analysis=request,
        interpretation=_in_words(request, reading.view),
    )


def _subject(reading: StrategyReading) -> tuple[tuple[str, ...], MetricQuery | None]:
    """The metrics asked about, with the plain query of them; where none is named, the one of the question before, else
    the leading ones, of which groups and filters must hold."""
    draft = reading.draft
    if draft.metrics:
        plain = _plain(reading, draft)
        return (() if plain is None else tuple(use.metric for use in plain.metrics)), plain
    last = reading.previous.queries[0].query.metrics if reading.previous and reading.previous.queries else ()
    names = tuple(use.metric for use in last) or _leading(reading.view)
    if not draft.groups and not draft.filters:
        chosen = names[:_LEADING]
        return chosen, MetricQuery(metrics=tuple(MetricUse(metric=name) for name in chosen), as_of=reading.as_of)
    for name in names:
        slot = MetricSlot(item=-1, candidates=(Meaning("metric", name, 1.0),))
        plain = _plain(reading, replace(draft, metrics=[slot]))
        if plain is not None:
            return (name,), plain
    return (), None


def _plain(reading: StrategyReading, draft: Draft) -> MetricQuery | None:
    """The query without its time: metrics, groups and filters; None where they do not go together."""
    bare = replace(draft, time=TimeSlots(), ranking=None, rank_metric=None, asks=reading.asks & {Cue.BY, Cue.EACH})
    resolution = next((item for item in resolve(bare, reading.reach) if not item.problems), None)
    if resolution is None:
        return None
    try:
        return build_plan(bare, resolution, reading.reach, reading.as_of).queries[0].query
    except UnsupportedError:
        return None


def _leading(view: CatalogView) -> tuple[str, ...]:
    """The metrics to look at where none is named: what adds up over time first, what has a target before what has none."""
    found = [
        metric
        for metric in leading_metrics(view)
        if not metric.hidden and not metric.is_state and metric_time(view, metric.name)
    ]
    found.sort(key=lambda metric: (not adds_up_over_time(view, metric.name), metric.target is None))
    return tuple(metric.name for metric in found)


def _period(reading: StrategyReading) -> Period | None:
    period = reading.draft.time.period
    return None if period is None else clip(period, reading.as_of)


def _last_month(reading: StrategyReading) -> Period:
    """The latest whole month."""
    end = (reading.as_of + dt.timedelta(days=1)).replace(day=1)
    return Period(start=(end - dt.timedelta(days=1)).replace(day=1), end=end)


def _whole(reading: StrategyReading, period: Period) -> Period:
    """A unit under way as the whole unit, so that its grain is known."""
    asked = reading.draft.time.period_expression
    if unit_of(period) is None and asked is not None and asked.unit is not None and period.start is not None:
        days = {TimeGrain.WEEK: 7, TimeGrain.MONTH: 31, TimeGrain.QUARTER: 92, TimeGrain.YEAR: 366}.get(asked.unit, 1)
        start = as_datetime(period.start).date()
        end = start + dt.timedelta(days=days)
        return Period(start=start, end=end.replace(day=1) if asked.unit.rank > TimeGrain.WEEK.rank else end)
    return period


def _grain(period: Period | None) -> TimeGrain:
    """Days for a quarter and less, weeks for longer."""
    if period is None or period.start is None or period.end is None:
        return TimeGrain.WEEK
    days = (as_datetime(period.end) - as_datetime(period.start)).days
    return TimeGrain.DAY if days <= _MOST_DAYS else TimeGrain.WEEK


def _grain_of_change(reading: StrategyReading, metrics: tuple[str, ...]) -> TimeGrain:
    """Weeks, but months for a level that is only known at a moment."""
    states = any(reading.view.whole.metric_by_name[name].is_state for name in metrics)
    return TimeGrain.MONTH if states else TimeGrain.WEEK


def _request(
    metrics: tuple[str, ...], plain: MetricQuery | None, asked: str, grain: TimeGrain, period: Period | None
) -> AnomalyRequest:
    groups = () if plain is None else tuple(item for item in plain.group_by if isinstance(item, FieldDimension))
    where = None if plain is None else plain.where
    return AnomalyRequest.model_validate(
        {"metrics": metrics, "asked": asked, "grain": grain, "period": period, "group_by": groups, "where": where}
    )


def _in_words(request: AnomalyRequest, view: CatalogView) -> str:
    labels = ", ".join(view.whole.metric_by_name[name].label for name in request.metrics)
    what = {"unusual": "what is unusual", "normal": "whether it is normal", "change": "when its level changed"}[
        request.asked
    ]
    parts = [labels, what, "all the data" if request.period is None else describe_period(request.period)]
    if request.asked != "normal":
        parts.append(f"by {request.grain.value}")
    parts += [f"by {field_words(view, item.field)}" for item in request.group_by]
    if request.where is not None:
        parts.append("where " + describe_condition(request.where, view))
    return ", ".join(parts)
