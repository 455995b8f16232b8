"""A declared funnel: how many reach each step, and where they are lost."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlglot import exp

from agent.answer import ChartSeries, ChartSpec
from agent.tools.analysis.asking_back import asking_back
from agent.tools.analysis.customers.funnel_select import funnel_select
from agent.tools.analysis.customers.purchase_history import select_of
from agent.tools.analysis.customers.purchases import column
from agent.tools.analysis.desk import AnalysisDesk
from agent.tools.analysis.finding import Finding
from agent.tools.present.declared_numbers import CellReference
from agent.tools.present.sentences import Sentence, SentenceBuilder
from agent.tools.warehouse.result import ResultColumn, ResultTable
from catalog.analyses.funnel import FunnelRequest
from catalog.durations import Duration, TimeGrain
from catalog.models import FieldType
from catalog.query import (
    AllOf,
    Condition,
    FieldCondition,
    FieldDimension,
    MetricQuery,
    MetricUse,
    Period,
    TimeDimension,
)
from catalog.strategy.funnels import Funnel, FunnelStep
from semantic_context.time_expressions import describe_period
from semantic_context.time_grammar.clock import DAY

_SECONDS = {
    TimeGrain.SECOND: 1, TimeGrain.MINUTE: 60, TimeGrain.HOUR: 3600, TimeGrain.DAY: 86_400, TimeGrain.WEEK: 604_800,
    TimeGrain.MONTH: 2_629_746, TimeGrain.QUARTER: 7_889_238, TimeGrain.YEAR: 31_556_952,
}  # fmt: skip
_FEW = 100


def follow_funnel(request: FunnelRequest, desk: AnalysisDesk) -> Finding:
    """One row a step (and group): how many reached it, of those at the step before, of those at the first, and how many
    were lost before it."""
    funnel = desk.view.whole.strategy.funnels.get(request.funnel)
    if funnel is None:
        names = ", ".join(item.label for item in desk.view.whole.strategy.funnels.values())
        return asking_back(f"There is no such funnel; there are: {names}." if names else no_funnel_words())
    last = len(funnel.steps) - 1 if request.last is None else request.last
    if not 0 <= request.first < last < len(funnel.steps):
        return asking_back(
            f"The steps of {funnel.label} are {', '.join(step.words for step in funnel.steps)}: from which to which?"
        )
    desk.say(f"Following {funnel.label}")
    steps = funnel.steps[: last + 1]
    queries, events = _events(request, desk, funnel, steps)
    within = _seconds(funnel.within)
    step_values = [step.value if step.value is not None else str(place) for place, step in enumerate(steps)]
    counted = funnel_select(step_values, request.dimension is not None, funnel.ordered, within)
    counted.set(
        "with_",
        exp.With(
            expressions=[
                exp.CTE(this=select_of(events), alias=exp.TableAlias(this=exp.to_identifier("events"))),
                *counted.ctes,
            ]
        ),
    )
    grouped = request.dimension is not None
    raw = desk.query_over(queries, counted, _raw_columns(request), "funnel")
    table = _shaped(raw, funnel.steps, request.first, last, grouped)
    if not table.rows or not any(row[1 + grouped] for row in table.rows):
        when = f" in {describe_period(request.period, desk.as_of)}" if request.period is not None else ""
        return asking_back(f"Nobody entered {funnel.label}{when}.", "no_data")
    table = table.model_copy(update={"columns": _columns(request, desk, table.columns)})
    return _told(request, desk, funnel, table)


def no_funnel_words() -> str:
    """What to declare where the catalog holds no funnel."""
    return (
        "The catalog declares no funnel. Declare one in strategy.funnels with label, entity (who goes through it), event (the "
        "field with the steps) and steps in order."
    )


def _events(
    request: FunnelRequest, desk: AnalysisDesk, funnel: Funnel, steps: tuple[FunnelStep, ...]
) -> tuple[dict[str, MetricQuery], str]:
    """The queries that list events, and the SELECT that makes one relation of them: entity, step, moment[, member_group]."""
    period = request.period or Period(end=desk.as_of + DAY)
    grouped = request.dimension is not None
    group = ", member_group" if grouped else ""
    shown = (request.dimension.model_copy(update={"alias": "member_group"}),) if request.dimension is not None else ()
    if steps[0].value is not None:
        assert funnel.entity is not None and funnel.event is not None
        dataset = desk.view.whole.dataset_by_name[funnel.event.partition(".")[0]]
        moment = f"{dataset.name}.{dataset.time_field}" if dataset.time_field is not None else None
        values = tuple(step.value for step in steps)
        conditions: list[Condition] = [FieldCondition(field=funnel.event, operator="in", values=values)]
        timed: tuple[TimeDimension, ...] = ()
        if moment is not None:
            timed = (TimeDimension(field=moment, grain=_finest(desk, moment), alias="moment"),)
            conditions += [
                FieldCondition(field=moment, operator=operator, values=(edge,))
                for operator, edge in (("ge", period.start), ("lt", period.end))
                if edge is not None
            ]
        if request.where is not None:
            conditions.append(request.where)
        query = MetricQuery(
            group_by=(
                FieldDimension(field=funnel.entity, alias="entity"),
                FieldDimension(field=funnel.event, alias="step"),
                *timed,
                *shown,
            ),
            where=AllOf(conditions=tuple(conditions)),
        )
        when = "CAST(moment AS TIMESTAMP)" if moment is not None else "TIMESTAMP '2000-01-01'"
        return {"event_rows": query}, (
            f"SELECT entity, CAST(step AS VARCHAR) AS step, {when} AS moment{group} FROM event_rows WHERE entity IS NOT NULL"
        )
    queries: dict[str, MetricQuery] = {}
    parts: list[str] = []
    for place, step in enumerate(steps):
        assert step.metric is not None
        entity = step.entity or funnel.entity
        assert entity is not None
        queries[f"step_{place}_rows"] = MetricQuery(
            metrics=(MetricUse(metric=step.metric, alias="events"),),
            group_by=(
                FieldDimension(field=entity, alias="entity"),
                TimeDimension(grain=TimeGrain.SECOND, alias="moment"),
                *shown,
            ),
            where=request.where,
            period=period,
        )
        parts.append(
            f"SELECT entity, '{place}' AS step, CAST(moment AS TIMESTAMP) AS moment{group} FROM step_{place}_rows "
            "WHERE entity IS NOT NULL AND events > 0"
        )
    return queries, f"SELECT * FROM ({' UNION ALL '.join(parts)}) AS listed"


def _finest(desk: AnalysisDesk, moment: str) -> TimeGrain:
    item = desk.view.whole.field(moment)
    return TimeGrain.DAY if item.type is FieldType.DATE else item.time_grain or TimeGrain.SECOND


def _seconds(within: Duration | None) -> int | None:
    return None if within is None else within.count * _SECONDS[within.grain]


def _raw_columns(request: FunnelRequest) -> tuple[ResultColumn, ...]:
    group = (column("member_group", "key"),) if request.dimension is not None else ()
    return (*group, column("step", "key"), column("reached", "measure", "count"))


def _shaped(raw: ResultTable, steps: tuple[FunnelStep, ...], first: int, last: int, grouped: bool) -> ResultTable:
    """Rows of [group,] step, reached, of_previous, of_first, lost; a step that nobody reached is there with 0."""
    counts: dict[tuple[Any, int], int] = {}
    groups: dict[Any, None] = {}
    for row in raw.rows:
        group = row[0] if grouped else None
        groups[group] = None
        counts[group, row[-2]] = row[-1]
    rows: list[tuple[Any, ...]] = []
    for group in sorted(groups, key=lambda item: (-counts.get((item, first), 0), str(item))):
        start = counts.get((group, first), 0)
        for place in range(first, last + 1):
            reached = counts.get((group, place), 0)
            before = counts.get((group, place - 1), 0) if place > first else None
            rows.append(
                (
                    *((group,) if grouped else ()),
                    steps[place].words,
                    reached,
                    reached / before if before else None,
                    reached / start if start else None,
                    before - reached if before is not None else None,
                )
            )
    return raw.model_copy(update={"rows": tuple(rows)})


def _columns(request: FunnelRequest, desk: AnalysisDesk, raw: tuple[ResultColumn, ...]) -> tuple[ResultColumn, ...]:
    group: tuple[ResultColumn, ...] = ()
    if request.dimension is not None:
        field = desk.view.whole.field(request.dimension.field)
        group = (raw[0].model_copy(update={"name": field.name, "label": field.label}),)
    return (
        *group,
        column("step", "key", None, "Step").model_copy(update={"type": "VARCHAR"}),
        raw[-1].model_copy(update={"label": "Reached"}),
        column("of_previous", "context", "fraction", "Of the step before").model_copy(update={"type": "DOUBLE"}),
        column("of_first", "context", "fraction", "Of the first step").model_copy(update={"type": "DOUBLE"}),
        column("lost", "context", "count", "Lost before it").model_copy(update={"type": "BIGINT"}),
    )


def _told(request: FunnelRequest, desk: AnalysisDesk, funnel: Funnel, table: ResultTable) -> Finding:
    results = (table,)
    grouped = int(request.dimension is not None)
    when = describe_period(request.period, desk.as_of) if request.period is not None else "all the data"
    entity = funnel.entity or funnel.steps[0].entity or ""
    field = desk.view.whole.field(entity)
    who = f"{field.label.lower()}s" if not field.label.endswith("s") else field.label.lower()
    blocks = _blocks(table, grouped)
    narrative: list[Sentence] = []
    for group, rows in list(blocks.items())[: 1 if not grouped else 6]:
        teller = SentenceBuilder(results)
        worst = _worst(table, rows, grouped)
        if worst is not None:
            of = teller.value(CellReference(row=worst, column=2 + grouped), "fraction")
            lost = teller.value(CellReference(row=worst, column=4 + grouped), "count")
            name = f"{_said(group)}: t" if grouped else "T"
            narrative.append(
                teller.finished(
                    f"{name}he largest loss is before {_quoted(table.rows[worst][grouped])}: {of} go on from the step before, "
                    f"{lost} {who} are lost."
                )
            )
    rows = next(iter(blocks.values()))
    builder = SentenceBuilder(results, "headline")
    end = builder.value(CellReference(row=rows[-1], column=1 + grouped), "count")
    start = builder.value(CellReference(row=rows[0], column=1 + grouped), "count")
    share = builder.value(CellReference(row=rows[-1], column=3 + grouped), "fraction")
    of_whom = f" of {_said(next(iter(blocks)))}" if grouped else ""
    headline = builder.finished(
        f"{end} of {start} {who}{of_whom} ({share}) went all the way from {_quoted(table.rows[rows[0]][grouped])} to "
        f"{_quoted(table.rows[rows[-1]][grouped])} in {when}"
    )
    caveats = [
        "A step counts for those who reached the one before it and then came to it."
        if funnel.ordered
        else "A step counts for those who reached all before it, in any order."
    ]
    if funnel.within is not None:
        caveats.append(f"Steps count within {funnel.within} of the first one.")
    if any(table.rows[rows[0]][1 + grouped] < _FEW for rows in blocks.values()):
        caveats.append("Some start with fewer than 100: their rates say little.")
    end_day = request.period.end if request.period is not None else None
    if end_day is not None and end_day > desk.as_of:
        caveats.append("Those who entered on the last days may still go on.")
    return Finding(
        results=results,
        headline=headline,
        narrative=tuple(narrative),
        chart=_chart(table, funnel, blocks, grouped),
        caveats=tuple(caveats),
        periods=(request.period,) if request.period is not None else (),
        phrases=(when, *(step.words for step in funnel.steps), *(_said(group) for group in blocks)),
    )


def _blocks(table: ResultTable, grouped: int) -> dict[Any, list[int]]:
    """The rows of each group, in order; one group without a dimension."""
    blocks: dict[Any, list[int]] = {}
    for at, row in enumerate(table.rows):
        blocks.setdefault(row[0] if grouped else None, []).append(at)
    return blocks


def _worst(table: ResultTable, rows: list[int], grouped: int) -> int | None:
    """The step to which the smallest share went on."""
    known = [at for at in rows if table.rows[at][2 + grouped] is not None]
    return min(known, key=lambda at: (table.rows[at][2 + grouped], at)) if known else None


def _quoted(step: str) -> str:
    return f'"{step}"'


def _said(group: Any) -> str:
    if group is None:
        return "(none)"
    return group.isoformat() if isinstance(group, dt.date) else str(group)


def _chart(table: ResultTable, funnel: Funnel, blocks: dict[Any, list[int]], grouped: int) -> ChartSpec:
    first = next(iter(blocks.values()))
    steps = tuple(str(table.rows[at][grouped]) for at in first)
    if not grouped:
        series = (ChartSeries(name="Reached", values=tuple(table.rows[at][1] for at in first), unit="count"),)
        return ChartSpec(
            kind="funnel", title=funnel.label, x_label="Step", y_label="Reached", x=steps, series=series, unit="count"
        )
    shares = tuple(
        ChartSeries(name=_said(group), values=tuple(table.rows[at][4] for at in rows), unit="fraction")
        for group, rows in list(blocks.items())[:8]
    )
    return ChartSpec(
        kind="grouped_bar",
        title=f"{funnel.label}, of the first step",
        x_label="Step",
        y_label="Of the first step",
        x=steps,
        series=shares,
        unit="fraction",
    )
