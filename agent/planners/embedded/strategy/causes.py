"""Reads a question that asks why a figure changed."""

from __future__ import annotations

import datetime as dt

from agent.planners.embedded import clarify
from agent.planners.embedded.cues import Cue
from agent.planners.embedded.interpret import describe_condition
from agent.planners.embedded.periods import period_before, unit_holding
from agent.planners.embedded.strategy.reading import StrategyReading
from agent.planners.embedded.strategy.reasons import reasons_given
from catalog.analyses.cause import CauseRequest
from catalog.durations import TimeGrain
from catalog.plan import Choice, NamedQuery, Plan
from catalog.query import FieldDimension, MetricQuery, Period, TimeDimension, as_datetime
from semantic_context.time_expressions import describe_period, previous_period, shift_period, unit_of

_OTHERS = {Cue.FORECAST, Cue.WHAT_IF, Cue.GOAL}


def read_cause(reading: StrategyReading) -> Plan | None:
    """The plan of "why did GMV fall in October?": the change, its baseline (the like period before, unless the question
    names another) and the groups to look along. None for a question that does not ask why, or has no plain plan."""
    if Cue.WHY not in reading.asks or reading.asks & _OTHERS:
        return None
    base = reading.base_plan()
    if base is None or not base.queries or not base.queries[0].query.metrics:
        return None
    query = base.queries[0].query
    names = tuple(dict.fromkeys(use.metric for use in query.metrics))
    if (recorded := reasons_given(reading, names)) is not None:
        return recorded
    labels = {name: reading.view.whole.metric_by_name[name].label for name in names}
    if len(names) > 1:
        choices = tuple(Choice(label=labels[name], question=f"Why did {labels[name]} change?") for name in names)
        return clarify.asking("Whose change shall I explain?", "ambiguous", choices)
    query, words = _when_it_happened(query, base.interpretation, reading)
    period = _period(query, reading.as_of)
    if period is None:
        return clarify.asking(f"Which period's {labels[names[0]]} shall I explain, against which other?", "no_data")
    baseline = baseline_of(query, period, reading.as_of)
    if baseline is None:
        return clarify.asking(f"Against which period shall I hold {labels[names[0]]}?", "no_data")
    request = CauseRequest(
        metric=names[0],
        period=period,
        baseline=baseline,
        where=query.where,
        dimensions=tuple(item.field for item in query.group_by if isinstance(item, FieldDimension)),
        premise=base.premise if base.premise in ("rise", "fall") else None,
    )
    against = describe_period(baseline, reading.as_of)
    kept = query.model_copy(
        update={"period": period, "compare": (), "order_by": (), "limit": None, "group_by": (), "calculations": ()}
    )
    return Plan(
        shape="cause",
        analysis=request,
        queries=(NamedQuery(name="answer", query=kept),),
        interpretation=f"What explains the change: {_without_comparison(words)}, against {against}",
        premise=request.premise,
        caveats=base.caveats,
    )


def _when_it_happened(query: MetricQuery, words: str, reading: StrategyReading) -> tuple[MetricQuery, str]:
    """The query with the time of "fell on October 17" as its period: a part of the usual period is no baseline of it."""
    usual, named = query.period, [item.period for item in query.compare if item.period is not None]
    if reading.draft.time.named or usual is None or len(named) != 1 or None in (usual.start, usual.end):
        return query, words
    inner = named[0]
    if inner.start is None or inner.end is None or usual.start is None or usual.end is None or inner == usual:
        return query, words
    if as_datetime(inner.start) < as_datetime(usual.start) or as_datetime(inner.end) > as_datetime(usual.end):
        return query, words
    kept = query.model_copy(update={"period": inner, "compare": ()})
    label = reading.view.whole.metric_by_name[query.metrics[0].metric].label
    where = "" if query.where is None else f", where {describe_condition(query.where, reading.view)}"
    return kept, f"{label}, {describe_period(inner, reading.as_of)}{where}"


def _period(query: MetricQuery, as_of: dt.date) -> Period | None:
    """The period whose figure is to be explained: of a course along time, its last whole step."""
    time = next((item for item in query.group_by if isinstance(item, TimeDimension)), None)
    if time is None:
        return query.period if query.period is not None and query.period.end is not None else None
    if time.grain is None or time.grain.rank < TimeGrain.DAY.rank or query.period is None or query.period.end is None:
        return None
    last = min(as_datetime(query.period.end).date(), as_of + dt.timedelta(days=1)) - dt.timedelta(days=1)
    for back in range(2):
        found = unit_holding(last, time.grain, back)
        if found.end is not None and as_datetime(found.end).date() <= last + dt.timedelta(days=1):
            return found
    return None


def baseline_of(query: MetricQuery, period: Period, as_of: dt.date) -> Period | None:
    """The period named beside it, else the like one before."""
    for other in query.compare:
        if other.show == "measure" and query.period == period:
            if other.period is not None:
                return other.period
            if other.offset is not None:
                return shift_period(period, other.offset)
    if unit_of(period) is not None:
        return previous_period(period)
    return period_before(period, as_of)


def _without_comparison(words: str) -> str:
    """What was understood, less the comparison: the baseline is said anew."""
    return words.partition(", against ")[0].partition(", compared with ")[0].partition(", beside ")[0]
