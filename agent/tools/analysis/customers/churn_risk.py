"""Churn risk: who is about to leave, what that depends on, and how far the scores can be trusted."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np

from agent.answer import ChartSeries, ChartSpec
from agent.tools.analysis.asking_back import asking_back
from agent.tools.analysis.customers.bg_nbd import CannotFitError
from agent.tools.analysis.customers.churn_model import (
    ChurnCells,
    ChurnModel,
    ChurnQuality,
    fit_churn,
    fit_rival,
    judge,
)
from agent.tools.analysis.customers.churn_select import FEATURES, churn_cells_select, churn_entities_select
from agent.tools.analysis.customers.customer_base import FollowedBase, NotDeclaredError, customer_base
from agent.tools.analysis.customers.purchases import (
    MEMBER_ROWS,
    MEMBERS,
    PURCHASE_ROWS,
    base_caveats,
    column,
    is_of_members,
    member_query,
    observed_days,
    over_purchases,
    purchase_query,
)
from agent.tools.analysis.desk import AnalysisDesk
from agent.tools.analysis.finding import Finding
from agent.tools.present.declared_numbers import CellReference
from agent.tools.present.sentences import Sentence, SentenceBuilder
from agent.tools.warehouse.result import ResultColumn, ResultTable
from catalog.analyses.churn_risk import ChurnRiskRequest
from catalog.query import MetricQuery
from semantic_context.time_grammar.clock import DAY

_MOST_CELLS = 400  # scored cells that the list of the riskiest looks through
_TELLING = 0.002  # of AUC: features that lose less when shuffled say nothing


def score_churn_risk(request: ChurnRiskRequest, desk: AnalysisDesk) -> Finding:
    """The riskiest one by one, the mean risk by group, or what risk depends on; beside it how the scores did on a later time.

    Learnt from what was known two horizons ago and became of it in the next; judged one horizon later on what came true.
    """
    try:
        base = customer_base(desk.view)
    except NotDeclaredError as error:
        return asking_back(str(error))
    span = observed_days(base, desk)
    horizon = dt.timedelta(days=base.horizon_days)
    if span is None or desk.as_of - span[0] < 3 * horizon:
        return asking_back(
            f"Churn risk needs {base.events_label.lower()} of at least {3 * base.horizon_days} days: to learn from, and to be "
            "judged by afterwards.",
            "no_data",
        )
    now = desk.as_of + DAY
    # Who the asked-for are makes no other law of leaving; what their events are does.
    learning = request.model_copy(update={"where": None}) if is_of_members(request.where, base) else request
    try:
        desk.say("Learning who stopped")
        learnt, _ = _cells(learning, base, desk, now - 2 * horizon, True)
        model, rival = fit_churn(learnt), fit_rival(learnt)
        desk.say("Judging on what came later")
        held_out, _ = _cells(learning, base, desk, now - horizon, True)
        quality = judge(model, rival, held_out)
    except CannotFitError as error:
        return asking_back(f"Churn risk cannot be learnt: {error}.", "no_data")
    desk.say("Scoring")
    current, table = _cells(request, base, desk, now, False)
    risks = model.probability(current.features)
    drivers, record = _drivers(quality, table), _record(quality, base, table)
    if request.show == "drivers":
        return _told(request, base, (drivers, record), quality)
    if request.show == "count":
        return _told(request, base, (_expected(base, current, risks, table), record, drivers), quality)
    if request.show == "groups" and request.dimension is not None:
        return _told(request, base, (_by_group(request, base, desk, model), record, drivers), quality)
    return _told(request, base, (_riskiest(request, base, desk, current, risks), record, drivers), quality)


def _queries(
    request: ChurnRiskRequest, base: FollowedBase, until: dt.date, with_value: bool = False
) -> dict[str, MetricQuery]:
    return {PURCHASE_ROWS: purchase_query(base, request.where, until, with_value=with_value)}


def _cells(
    request: ChurnRiskRequest, base: FollowedBase, desk: AnalysisDesk, cutoff: dt.date, label: bool
) -> tuple[ChurnCells, ResultTable]:
    """The cells on a day. Rows past the cutoff are read only where they are the label."""
    until = cutoff + dt.timedelta(days=base.horizon_days) if label else cutoff
    select = churn_cells_select(cutoff, base.horizon_days, base.base_days, label)
    columns = (
        *(column(item.name) for item in FEATURES),
        column("entities"),
        column("churned"),
    )
    read = over_purchases(select, False)
    table = desk.query_over(_queries(request, base, until), read, columns, "behaviours")
    if not table.rows:
        raise CannotFitError(
            f"nobody had {base.events_label.lower()} in the {base.base_days} days before {cutoff.isoformat()}"
        )
    numbers = np.array([[float(cell or 0) for cell in row] for row in table.rows])
    count = len(FEATURES)
    return ChurnCells(numbers[:, :count], numbers[:, count], numbers[:, count + 1]), table


def _typed(*columns: tuple[ResultColumn, str]) -> tuple[ResultColumn, ...]:
    return tuple(item.model_copy(update={"type": name}) for item, name in columns)


def _drivers(quality: ChurnQuality, table: ResultTable) -> ResultTable:
    """A row a feature, the most telling first: how much AUC is lost without it, and its share of all that is lost."""
    lost = {item.label: max(0.0, share) for item, share in zip(FEATURES, quality.importance, strict=True)}
    total = sum(lost.values()) or 1.0
    rows = tuple(
        (label, value, value / total) for label, value in sorted(lost.items(), key=lambda item: (-item[1], item[0]))
    )
    columns = _typed(
        (column("driver", "key", None, "What it depends on"), "VARCHAR"),
        (column("importance", "measure", "score", "AUC lost without it"), "DOUBLE"),
        (column("share", "context", "fraction", "Share of all that is lost"), "DOUBLE"),
    )
    return table.model_copy(update={"name": "drivers", "columns": columns, "rows": rows})


def _record(quality: ChurnQuality, base: FollowedBase, table: ResultTable) -> ResultTable:
    """The hold-out: a row a group of like risk, riskiest first, and the figures of the whole beside each."""
    columns = _typed(
        (column("risk_group", "key", None, "Group of like risk"), "BIGINT"),
        (column("entities", "context", "count", base.plural.capitalize()), "BIGINT"),
        (column("predicted", "context", "fraction", "Risk predicted"), "DOUBLE"),
        (column("observed", "measure", "fraction", "Did not come back"), "DOUBLE"),
        (column("base_rate", "context", "fraction", "Of all, did not come back"), "DOUBLE"),
        (column("auc", "context", "ratio", "AUC"), "DOUBLE"),
        (column("rival_auc", "context", "ratio", "AUC of logistic regression"), "DOUBLE"),
        (column("brier", "context", "ratio", "Brier score"), "DOUBLE"),
        (column("horizon_days", "context", "days", "Days ahead"), "BIGINT"),
    )
    rows = tuple(
        (at + 1, group.entities, group.predicted, group.observed, quality.base_rate, quality.auc, quality.rival_auc,
         quality.brier, base.horizon_days)
        for at, group in enumerate(quality.calibration)
    )  # fmt: skip
    return table.model_copy(update={"name": "hold_out", "columns": columns, "rows": rows})


def _by_group(request: ChurnRiskRequest, base: FollowedBase, desk: AnalysisDesk, model: ChurnModel) -> ResultTable:
    """A row a group: those who may leave, their mean risk, and how many of them are expected to."""
    assert request.dimension is not None
    now = desk.as_of + DAY
    select = churn_cells_select(now, base.horizon_days, base.base_days, label=False, by_group=True)
    count = len(FEATURES)
    columns = (
        column("member_group"), *(column(item.name) for item in FEATURES), column("entities"), column("churned"),
    )  # fmt: skip
    queries = {**_queries(request, base, now), MEMBER_ROWS: member_query(base, request.dimension)}
    read = over_purchases(select, False, MEMBERS)
    table = desk.query_over(queries, read, columns, "behaviours")
    numbers = np.array([[float(cell or 0) for cell in row[1:]] for row in table.rows])
    risks = model.probability(numbers[:, :count])
    totals: dict[Any, np.ndarray[tuple[int], np.dtype[np.float64]]] = {}
    for row, risk, cells in zip(table.rows, risks, numbers, strict=True):
        added = np.array([cells[count], cells[count] * risk])
        totals[row[0]] = totals.get(row[0], np.zeros(2)) + added
    field = desk.view.whole.field(request.dimension.field)
    rows = tuple(
        (group, round(float(item[0])), float(item[1] / item[0]), float(item[1]))
        for group, item in sorted(totals.items(), key=lambda pair: (-pair[1][1] / pair[1][0], str(pair[0])))
    )
    typed = _typed(
        (column(field.name, "key", None, field.label), "VARCHAR"),
        (column("entities", "context", "count", base.plural.capitalize()), "BIGINT"),
        (column("churn_risk", "measure", "fraction", "Churn risk, mean"), "DOUBLE"),
        (column("expected_to_leave", "context", "count", "Expected to leave"), "DOUBLE"),
    )
    return table.model_copy(update={"name": "churn_risk", "columns": typed, "rows": rows})


def _expected(base: FollowedBase, current: ChurnCells, risks: np.ndarray[Any, Any], table: ResultTable) -> ResultTable:
    """One row: how many are expected to leave, of how many, and their mean risk."""
    leaving, every = float((current.entities * risks).sum()), float(current.entities.sum())
    columns = _typed(
        (column("expected_to_leave", "measure", "count", "Expected to leave"), "BIGINT"),
        (column("entities", "context", "count", base.plural.capitalize()), "BIGINT"),
        (column("churn_risk", "context", "fraction", "Churn risk, mean"), "DOUBLE"),
    )
    return table.model_copy(
        update={"name": "churn_risk", "columns": columns, "rows": ((round(leaving), round(every), leaving / every),)}
    )


def _riskiest(
    request: ChurnRiskRequest, base: FollowedBase, desk: AnalysisDesk, current: ChurnCells, risks: np.ndarray[Any, Any]
) -> ResultTable:
    """The riskiest entities by key. Only as many cells are looked through as hold them."""
    order = np.argsort(-risks, kind="stable")
    reached = np.cumsum(current.entities[order])
    needed = int(np.searchsorted(reached, request.limit)) + 1
    # All cells as risky as the last that is needed, so that ties are broken by worth, not by cell.
    edge = risks[order[min(needed, len(order)) - 1]]
    chosen = [at for at in order if risks[at] >= edge - 1e-9][:_MOST_CELLS]
    scores = [(tuple(int(cell) for cell in current.features[at]), float(risks[at])) for at in chosen]
    now = desk.as_of + DAY
    select = churn_entities_select(now, base.horizon_days, base.base_days, scores, request.limit)
    columns = (
        column(base.entity.partition(".")[2], "key", None, base.singular.capitalize()),
        column("churn_risk", "measure", "fraction", "Churn risk"),
        column("last_day", "context", None, "Last seen"),
        column("bought", "context", "count", f"Days with {base.events_label.lower()}"),
        column("amount", "context", base.value_unit, f"{base.value_label or 'Amount'} so far"),
    )
    read = over_purchases(select, base.value is not None)
    queries = _queries(request, base, now, base.value is not None)
    table = desk.query_over(queries, read, columns, "churn_risk", takes_a_part=True)
    if base.value is None:
        return table.model_copy(update={"columns": table.columns[:4], "rows": tuple(row[:4] for row in table.rows)})
    return table


def _told(
    request: ChurnRiskRequest, base: FollowedBase, results: tuple[ResultTable, ...], quality: ChurnQuality
) -> Finding:
    record = next(at for at, table in enumerate(results) if table.name == "hold_out")
    builder, teller = SentenceBuilder(results, "headline"), SentenceBuilder(results)
    horizon = builder.value(CellReference(result=record, row=0, column=8), "days")
    first = results[0]
    if request.show == "drivers":
        share = builder.value(CellReference(row=0, column=2), "fraction")
        text = (
            f"Whether a {base.singular} leaves within {horizon} depends most on {first.rows[0][0]}: {share} of what the "
            "model knows"
        )
    elif request.show == "count":
        cells = (CellReference(row=0, column=at) for at in range(3))
        leaving, every, risk = (
            builder.value(cell, unit) for cell, unit in zip(cells, ("count", "count", "fraction"), strict=True)
        )
        text = f"{leaving} of {every} {base.plural} are expected to leave within {horizon}: {risk}"
    elif request.show == "groups" and request.dimension is not None:
        high, low = CellReference(row=0, column=2), CellReference(row=len(first.rows) - 1, column=2)
        text = f"Churn risk within {horizon} is {builder.value(high, 'fraction')} for {first.rows[0][0]}"
        if len(first.rows) > 1:
            text = (
                f"Churn risk within {horizon} is highest for {first.rows[0][0]} ({builder.value(high, 'fraction')}) and lowest for "
                f"{first.rows[-1][0]} ({builder.value(low, 'fraction')})"
            )
    elif first.rows:
        count = builder.derived("count", tuple(CellReference(row=at, column=1) for at in range(len(first.rows))))
        least = builder.value(CellReference(row=len(first.rows) - 1, column=1), "fraction")
        text = f"The {count} {base.plural} most at risk of leaving within {horizon} each have a risk of {least} or more"
    else:
        text = f"There are no {base.plural} to score"
    narrative = [_quality_sentence(teller, record, base)]
    drivers = next(at for at, table in enumerate(results) if table.name == "drivers")
    if request.show != "drivers":
        top = [str(row[0]) for row in results[drivers].rows[:2] if row[1] >= _TELLING]
        if top:
            narrative.append(Sentence(f"It depends most on {' and '.join(top)}."))
    caveats = [
        f"Leaving means no {base.events_label.lower()} within the days ahead, of {base.plural} with some in the "
        f"{base.base_days} days before. A {base.singular} may still come back later.",
        "The model learnt from an earlier time and was judged on a later one that it had not seen. What it depends on is no "
        "proof of a cause.",
    ]
    if is_of_members(request.where, base):
        caveats.append(f"The model learnt from all {base.plural} that you may see; the scores are of those asked for.")
    worst = max(abs(group.predicted - group.observed) for group in quality.calibration)
    if worst > 0.05:
        caveats.append(
            "In some group of like risk, prediction and outcome lay more than 5 points apart: take scores as an order."
        )
    if quality.auc < quality.rival_auc - 0.005:
        caveats.append("Plain logistic regression did better on the hold-out than these scores.")
    if quality.auc < 0.6:
        caveats.append("The scores tell those who leave from those who stay hardly better than chance.")
    return Finding(
        results=results,
        headline=builder.finished(text),
        narrative=tuple(narrative),
        chart=_chart(request, results),
        caveats=(*caveats, *base_caveats(base)),
        phrases=tuple(str(row[0]) for row in first.rows) if request.show == "groups" else (),
    )


def _quality_sentence(teller: SentenceBuilder, record: int, base: FollowedBase) -> Sentence:
    def cell(at: int, unit: str | None, pattern: str | None = None, row: int = 0) -> str:
        return teller.value(CellReference(result=record, row=row, column=at), unit, pattern)

    return teller.finished(
        f"On the hold-out, the last {cell(8, 'days')}, {cell(4, 'fraction')} of the {base.plural} left; the scores told them apart "
        f"with an AUC of {cell(5, 'ratio', '0.000')} (logistic regression {cell(6, 'ratio', '0.000')}). Of the group most at "
        f"risk {cell(3, 'fraction')} left, where {cell(2, 'fraction')} were predicted."
    )


def _chart(request: ChurnRiskRequest, results: tuple[ResultTable, ...]) -> ChartSpec | None:
    first = results[0]
    if request.show == "entities" or len(first.rows) < 2:
        return None
    at, unit, label = (1, "score", "AUC lost") if request.show == "drivers" else (2, "fraction", "Churn risk")
    return ChartSpec(
        kind="bar",
        title="What churn risk depends on" if request.show == "drivers" else "Churn risk",
        x_label=first.columns[0].label or "",
        y_label=label,
        x=tuple(str(row[0]) for row in first.rows[:30]),
        series=(ChartSeries(name=label, values=tuple(float(row[at]) for row in first.rows[:30]), unit=unit),),
        unit=unit,
        horizontal=request.show == "drivers",
    )
