"""Elasticities of a declared influence: as the catalog gives them, or estimated from the data its role may see."""

from __future__ import annotations

import datetime as dt

from agent.errors import QueryError
from agent.tools.analysis.desk import AnalysisDesk
from agent.tools.analysis.elasticity.panel_query import PANEL, panel_columns, panel_select
from agent.tools.analysis.elasticity.spend_response import SpendResponseError, fit_spend_response
from agent.tools.analysis.scenario.grounds import Ground, Segment
from agent.tools.compile.timeline import floored, shifted
from catalog.durations import Duration, TimeGrain
from catalog.models import FieldRole
from catalog.query import Condition, FieldDimension, MetricQuery, MetricUse, Period, TimeDimension
from catalog.strategy.influences import ElasticityRange, Influence, PricePanel, SpendHistory

_P95 = 1.6448536269514722
_FEWEST_ROWS = 60
_FEWEST_ENTITIES = 5
_WEAK_INSTRUMENT = 10.0
NOT_PROVEN = (
    "not from an experiment or an instrument: the range is of sampling alone, and the true answer may lie outside it"
)


def ground_of(influence: Influence, cause: str, desk: AnalysisDesk, where: Condition | None = None) -> Ground:
    """The influence with its elasticities; `cause` is the metric its cause moves. QueryError where none can be had."""
    if influence.given is not None:
        return Ground(cause, influence.effect, {None: influence.given}, evidence=influence.evidence)
    if influence.elasticities:
        by_value: dict[Segment, ElasticityRange] = {str(key): item for key, item in influence.elasticities.items()}
        return Ground(
            cause,
            influence.effect,
            by_value,
            by=influence.by,
            evidence=influence.evidence,
            correlation=influence.correlation,
        )
    if isinstance(influence.estimate, PricePanel):
        return _from_panel(influence, influence.estimate, cause, desk, where)
    assert isinstance(influence.estimate, SpendHistory)
    return _from_history(influence, influence.estimate, cause, desk, where)


def last_periods(count: int, grain: TimeGrain, desk: AnalysisDesk, metrics: tuple[str, ...]) -> Period:
    """The last whole periods that end on or before as_of, or with the data where these end earlier."""
    span = desk.span_of(metrics)
    last = desk.as_of if span is None else min(desk.as_of, span[1])
    calendar = desk.view.whole.calendar
    end = floored(dt.datetime.combine(last + dt.timedelta(days=1), dt.time()), grain, calendar)
    start = shifted(end, Duration(count=-count, grain=grain))
    return Period(start=_day(start), end=_day(end))


def _from_panel(
    influence: Influence, panel: PricePanel, cause: str, desk: AnalysisDesk, where: Condition | None
) -> Ground:
    desk.say("Estimating how demand answers to price")
    uses = [MetricUse(metric=panel.price or cause, alias="price"), MetricUse(metric=influence.effect, alias="quantity")]
    if panel.instrument is not None:
        uses.append(MetricUse(metric=panel.instrument, alias="instrument"))
    groups: list[TimeDimension | FieldDimension] = [
        TimeDimension(grain=panel.grain, alias="period"),
        FieldDimension(field=panel.entity, alias="entity"),
    ]
    if influence.by is not None:
        groups.append(FieldDimension(field=influence.by, alias="segment"))
    period = last_periods(panel.periods, panel.grain, desk, (influence.effect,))
    query = MetricQuery(metrics=tuple(uses), group_by=tuple(groups), where=where, period=period, as_of=desk.as_of)
    select = panel_select(has_segment=influence.by is not None, has_instrument=panel.instrument is not None)
    table = desk.query_over({PANEL: query}, select, panel_columns(), name="elasticity")
    ranges: dict[Segment, ElasticityRange] = {}
    rows: dict[Segment, int] = {}
    weak = False
    for segment, slope, error, rows_used, entities, _, strength in table.rows:
        if slope is None or error is None or rows_used < _FEWEST_ROWS or entities < _FEWEST_ENTITIES:
            continue
        value, width = float(slope), _P95 * float(error)
        key = None if segment is None else str(segment)
        ranges[key] = ElasticityRange(elasticity=value, low=value - width, high=value + width, shape="normal")
        rows[key] = int(rows_used)
        weak = weak or (strength is not None and strength < _WEAK_INSTRUMENT)
    if not ranges:
        raise QueryError(
            f"{desk.view.whole.metric_by_name[influence.effect].label}: its answer to price cannot be told from these data; "
            "too few things changed their price"
        )
    thing = _thing(desk, panel.entity)
    if panel.instrument is None:
        how = f"two-way fixed effects of {thing} and {panel.grain.value}, {NOT_PROVEN}"
    else:
        label = desk.view.whole.metric_by_name[panel.instrument].label
        how = f"two-stage least squares with {label} as instrument, and effects of {thing} and {panel.grain.value}"
        how += "; the instrument is weak, so that the estimate is not to be relied on" if weak else ""
    evidence = f"{how}. {influence.evidence}".strip()
    return Ground(cause, influence.effect, ranges, influence.by, "estimated", evidence, rows, influence.correlation)


def _from_history(
    influence: Influence, history: SpendHistory, cause: str, desk: AnalysisDesk, where: Condition | None
) -> Ground:
    import numpy as np

    if influence.by is not None:
        raise QueryError("an answer to spend is estimated for the whole, not by a field")
    desk.say("Estimating the answer to spend")
    period = last_periods(history.periods, history.grain, desk, (cause, influence.effect))
    query = MetricQuery(
        metrics=(MetricUse(metric=cause, alias="spend"), MetricUse(metric=influence.effect, alias="outcome")),
        group_by=(TimeDimension(grain=history.grain, alias="period"),),
        where=where,
        period=period,
        as_of=desk.as_of,
    )
    table = desk.query(query, name="spend_history")
    ordered = sorted(row for row in table.rows if row[0] is not None)
    spend, outcome = (np.array([float(row[place] or 0) for row in ordered]) for place in (1, 2))
    year = {TimeGrain.WEEK: 52.18, TimeGrain.MONTH: 12.0, TimeGrain.DAY: 365.25}.get(history.grain, 4.0)
    try:
        found = fit_spend_response(spend, outcome, year)
    except SpendResponseError as error:
        raise QueryError(f"the answer of {influence.effect} to {cause} cannot be estimated: {error}") from error
    known = ElasticityRange(elasticity=found.elasticity, low=found.low, high=found.high, shape="normal")
    how = f"log-log over a history by {history.grain.value}, trend and season taken out, {NOT_PROVEN}"
    evidence = f"{how}. {influence.evidence}".strip()
    known_for_all: dict[Segment, ElasticityRange] = {None: known}
    return Ground(cause, influence.effect, known_for_all, None, "estimated", evidence, {None: found.periods})


def _thing(desk: AnalysisDesk, reference: str) -> str:
    dataset = desk.view.whole.dataset_by_name[reference.partition(".")[0]]
    item = desk.view.whole.field(reference)
    return dataset.singular if item.role is FieldRole.KEY else item.label.lower()


def _day(moment: dt.datetime | dt.date) -> dt.date:
    return moment.date() if isinstance(moment, dt.datetime) else moment
