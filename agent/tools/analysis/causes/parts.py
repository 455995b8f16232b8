"""The whole change split by one dimension, nothing left out: the parts add up to it."""

from __future__ import annotations

from typing import Any

from agent.tools.analysis.attribution.mix_rate import SegmentRatio, mix_and_rate
from agent.tools.analysis.causes.additive import Amount, measured, splits
from agent.tools.analysis.causes.drivers import evaluated
from agent.tools.analysis.causes.segments import PlaceSearch
from agent.tools.analysis.desk import AnalysisDesk
from agent.tools.analysis.errors import AttributionError
from agent.tools.present.number_format import as_decimal
from agent.tools.warehouse.result import ResultColumn, ResultTable
from catalog.analyses.cause import CauseRequest
from catalog.query import FieldDimension, MetricQuery

_MOST_PARTS = 60


def parts_table(desk: AnalysisDesk, request: CauseRequest, places: PlaceSearch) -> ResultTable | None:
    """The change by the values of the cause's dimension (of several, the one with the fewest values).

    A sum: before, after, change. A ratio: its own ratio and weight before and after, and the rate and mix effects. None
    where the metric's parts do not add up along it.
    """
    metric = desk.view.whole.metric_by_name[request.metric]
    figure = measured(desk.view, request.metric)
    if places.cause is None or figure is None:
        return None
    held = [field for field, _ in places.cause.change.conditions]
    amounts = [figure.numerator, *([figure.denominator] if figure.denominator is not None else [])]
    fitting = [item for item in places.dimensions if item.field in held]
    fitting = [item for item in fitting if all(item.field in splits(desk.view, amount) for amount in amounts)]
    if not fitting or min(item.values for item in fitting) > _MOST_PARTS:
        return None
    field = min(fitting, key=lambda item: item.values).field
    uses = tuple({use.name: use for amount in amounts for use in amount.uses}.values())
    found: dict[Any, list[list[float]]] = {}
    sql = ""
    for place, period in enumerate((request.baseline, request.period)):
        query = MetricQuery(
            metrics=uses, group_by=(FieldDimension(field=field, alias="part"),), where=request.where, period=period
        )
        table = desk.query(query, "parts")
        sql = table.sql
        names = [column.name for column in table.columns]
        for row in table.rows:
            values = {use.name: float(as_decimal(row[names.index(use.name)]) or 0) for use in uses}
            slot = found.setdefault(row[0], [[0.0] * len(amounts), [0.0] * len(amounts)])
            slot[place] = [_amount(amount, values) for amount in amounts]
    label = desk.view.whole.field(field).label
    key = ResultColumn(name=field.partition(".")[2], type="VARCHAR", role="key", label=label)
    shared = {"unit": metric.unit, "metric": metric.name}
    ordered = sorted(found.items(), key=lambda item: (item[0] is None, str(item[0])))
    if figure.denominator is None:
        sums = (
            key,
            ResultColumn(name="before", type="DOUBLE", role="context", label="Before", **shared),
            ResultColumn(name="after", type="DOUBLE", label="After", **shared),
            ResultColumn(name="change", type="DOUBLE", label="Change", calculation="change", **shared),
        )
        rows = [(name, ends[0][0], ends[1][0], ends[1][0] - ends[0][0]) for name, ends in ordered]
        return ResultTable(name="parts", sql=sql, columns=sums, rows=tuple(rows))
    segments = [
        SegmentRatio(str(at), ends[0][0], ends[0][1], ends[1][0], ends[1][1]) for at, (_, ends) in enumerate(ordered)
    ]
    try:
        effects = mix_and_rate(segments)
    except AttributionError:
        return None
    factor = figure.factor
    columns = (
        key,
        ResultColumn(name="before", type="DOUBLE", role="context", label="Before", **shared),
        ResultColumn(name="after", type="DOUBLE", label="After", **shared),
        ResultColumn(name="weight_before", type="DOUBLE", role="context", unit="fraction", label="Weight before"),
        ResultColumn(name="weight_after", type="DOUBLE", role="context", unit="fraction", label="Weight after"),
        ResultColumn(name="rate_effect", type="DOUBLE", label="By its own rate", calculation="change", **shared),
        ResultColumn(name="mix_effect", type="DOUBLE", label="By its weight", calculation="change", **shared),
    )
    ratio_rows = [
        (
            name,
            None if effect.ratio_before is None else factor * effect.ratio_before,
            None if effect.ratio_after is None else factor * effect.ratio_after,
            effect.weight_before,
            effect.weight_after,
            factor * effect.rate,
            factor * effect.mix,
        )
        for (name, _), effect in zip(ordered, effects, strict=True)
    ]
    return ResultTable(name="parts", sql=sql, columns=columns, rows=tuple(ratio_rows))


def _amount(amount: Amount, values: dict[str, float]) -> float:
    return float(evaluated(amount.formula, values))
