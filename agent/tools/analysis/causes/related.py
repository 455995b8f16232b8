"""What moved beside a change, in the same segment and time, more than it usually does: worth a look, and no proof."""

from __future__ import annotations

import numpy as np

from agent.errors import PolicyRefusal, QueryError
from agent.tools.analysis.attribution.normal_variation import usual_change
from agent.tools.analysis.causes.history import History
from agent.tools.analysis.causes.tables import place_name
from agent.tools.analysis.desk import AnalysisDesk
from agent.tools.compile import can_filter
from agent.tools.present.number_format import as_decimal
from agent.tools.warehouse.result import ResultColumn, ResultTable
from catalog.analyses.cause import CauseRequest
from catalog.models import FieldType
from catalog.query import AllOf, Condition, FieldCondition, MetricQuery, MetricUse, Scalar, TimeDimension

UNUSUAL = 0.01  # a p-value: several metrics are looked at


def related_table(
    desk: AnalysisDesk, request: CauseRequest, history: History | None, conditions: tuple[tuple[str, str], ...]
) -> ResultTable | None:
    """One row a declared related metric that strayed from its usual step in the segment; None where none did.

    A metric that the segment's fields cannot narrow is looked at as a whole, and its row says so.
    """
    wanted = [
        name for item in desk.view.whole.strategy.related if item.metric == request.metric for name in item.look_at
    ]
    if history is None:
        return None
    rows = []
    sql = ""
    for name in dict.fromkeys(wanted):
        metric = desk.view.metrics.get(name)
        if metric is None:
            continue
        own = [item for item in (request.where,) if item is not None]
        narrowed = all(can_filter(desk.view, name, field) is None for field, _ in conditions)
        if narrowed:
            own += [_condition(desk, field, value) for field, value in conditions]
        if history.condition is not None:
            own.append(history.condition)
        query = MetricQuery(
            metrics=(MetricUse(metric=name),),
            group_by=(TimeDimension(grain=history.grain, alias="period"),),
            where=AllOf(conditions=tuple(own)) if len(own) > 1 else own[0] if own else None,
            period=history.span,
        )
        try:
            table = desk.query(query, "related")
        except (QueryError, PolicyRefusal):
            continue
        by_day = {str(row[0])[:10]: as_decimal(row[1]) for row in table.rows}
        values = [by_day.get(day.isoformat()) for day in history.starts]
        first = next((place for place, value in enumerate(values) if value is not None), len(values))
        series = np.array([float(value) if value is not None else np.nan for value in values[first:]])
        usual = usual_change(series, history.step) if len(series) > history.step.lag + 1 else None
        if usual is None or usual.p_value >= UNUSUAL:
            continue
        before, after = float(series[-1 - history.step.lag]), float(series[-1])
        where = place_name(desk.view, conditions) if narrowed else "the whole business"
        growth = (after - before) / abs(before) if before else None
        rows.append((metric.label, where, before, after, growth, usual.p_value))
        sql = table.sql
    if not rows:
        return None
    columns = (
        ResultColumn(name="related", type="VARCHAR", role="key", label="Moved beside it"),
        ResultColumn(name="where", type="VARCHAR", role="key", label="Where"),
        ResultColumn(name="before", type="DOUBLE", role="context", label="Before"),
        ResultColumn(name="after", type="DOUBLE", label="After"),
        ResultColumn(name="growth", type="DOUBLE", unit="fraction", label="Growth", calculation="growth"),
        ResultColumn(name="p_value", type="DOUBLE", role="context", label="p-value"),
    )
    return ResultTable(name="related", sql=sql, columns=columns, rows=tuple(rows))


def _condition(desk: AnalysisDesk, field: str, value: str) -> Condition:
    kind = desk.view.whole.field(field).type
    scalar: Scalar = value
    if kind is FieldType.BOOLEAN:
        scalar = value == "true"
    elif kind is FieldType.INTEGER:
        scalar = int(value)
    return FieldCondition(field=field, operator="eq", values=(scalar,))
