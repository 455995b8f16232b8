"""Reorder advice: products whose stock does not last until an order placed now arrives."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
from sqlglot import exp

from agent.answer import ChartSeries, ChartSpec
from agent.errors import PolicyRefusal
from agent.tools.analysis.asking_back import asking_back
from agent.tools.analysis.customers.purchase_history import select_of
from agent.tools.analysis.customers.purchases import column
from agent.tools.analysis.desk import AnalysisDesk
from agent.tools.analysis.finding import Finding
from agent.tools.analysis.products.reorder_level import SupplyTerms, stockout_risk
from agent.tools.analysis.products.stock_select import lead_time_select, reorder_select, season_select
from agent.tools.present.declared_numbers import CellReference
from agent.tools.present.sentences import Sentence, SentenceBuilder
from agent.tools.warehouse.result import ResultColumn, ResultTable
from catalog.analyses.reorder import ReorderRequest
from catalog.durations import TimeGrain
from catalog.query import (
    FieldCondition,
    FieldDimension,
    MetricQuery,
    MetricUse,
    Period,
    TimeDimension,
)
from catalog.strategy.stock import Stock
from semantic_context.time_grammar.clock import DAY, Clock

WEEKS = 13  # of demand to learn from
_USUAL_LEAD_DAYS = 14.0
_FEWEST_SHIPMENTS = 10
_SEASON_BOUNDS = (0.25, 4.0)
_DAYS_BY_GRAIN = {
    TimeGrain.DAY: 1.0,
    TimeGrain.WEEK: 7.0,
    TimeGrain.MONTH: 30.4,
    TimeGrain.QUARTER: 91.3,
    TimeGrain.YEAR: 365.25,
}


@dataclass(frozen=True)
class _Lead:
    """Lead time in days, and where it comes from."""

    days: float
    deviation: float
    shipments: int
    assumed: bool


def advise_reorder(request: ReorderRequest, desk: AnalysisDesk) -> Finding:
    """One row a product to order: stock, under way, demand a day, days it lasts, reorder level, quantity, stockout risk."""
    stock = desk.view.whole.strategy.stock
    if stock is None:
        return asking_back(
            "The catalog does not say what stock there is. Declare strategy.stock with product, on_hand, sales (the metric of "
            "units that leave), sales_product and lead_time."
        )
    if stock.sales not in desk.view.metrics:
        return asking_back("What this analysis rests on is not open to your role.")
    _require_whole_demand(desk, stock)
    span = desk.span_of((stock.sales,))
    clock = Clock(desk.as_of, desk.view.whole.calendar)
    last = None if span is None else min(span[1], desk.as_of)
    if span is None or last is None or (last - span[0]).days < 7 * WEEKS:
        return asking_back(
            f"Reorder advice needs {WEEKS} weeks of {desk.view.metrics[stock.sales].label.lower()}.", "no_data"
        )
    desk.say("Measuring lead times")
    lead = _lead_time(desk, stock)
    terms = SupplyTerms(
        lead.days, lead.deviation, float(stock.review_days), request.service_level or stock.service_level
    )
    until = clock.start_of(TimeGrain.WEEK, last + DAY)
    since = until - dt.timedelta(days=7 * WEEKS)
    desk.say("Looking at the season")
    season = _season(desk, request, stock, since, until, round(lead.days) + stock.review_days, span[0])
    desk.say("Setting stock against demand")
    queries = _queries(desk, request, stock, Period(start=since, end=until))
    relations = _relations(stock)

    def over(select: exp.Select) -> exp.Select:
        ctes = [
            exp.CTE(this=select_of(text), alias=exp.TableAlias(this=exp.to_identifier(name)))
            for name, text in relations
        ]
        select.set("with_", exp.With(expressions=[*ctes, *select.ctes]))
        return select

    inbound, point = stock.inbound is not None, stock.reorder_point is not None
    factor = 1.0 if season is None else season
    listed = desk.query_over(
        queries,
        over(reorder_select(terms, WEEKS, factor, inbound, point, request.limit)),
        _columns(desk, stock),
        "reorder",
        takes_a_part=True,
    )
    counts = desk.query_over(
        queries,
        over(reorder_select(terms, WEEKS, factor, inbound, point, None)),
        (column("products", "context", "count", "Products"), column("to_reorder", "measure", "count", "To order now")),
        "counts",
    )
    return _told(
        request, desk, stock, (_with_risk(listed, terms), _with_terms(counts, terms, lead, season)), lead, season
    )


def _require_whole_demand(desk: AnalysisDesk, stock: Stock) -> None:
    """PolicyRefusal where the role sees a part of the demand and all of the stock: it would seem to last for ever."""
    metric = desk.view.whole.metric_by_name[stock.sales]
    sold_from = {stock.sales_product.partition(".")[0], getattr(metric, "dataset", "")}
    if sold_from & desk.view.row_filters.keys() and stock.product.partition(".")[0] not in desk.view.row_filters:
        raise PolicyRefusal(
            "row_filter", f"the role {desk.view.role.label} sees only a part of the demand that the stock is for"
        )


def _lead_time(desk: AnalysisDesk, stock: Stock) -> _Lead:
    declared = stock.lead_time
    planned = None
    if declared.planned is not None:
        planned = declared.planned.count * _DAYS_BY_GRAIN.get(declared.planned.grain, 1.0)
    since = declared.ordered or declared.due
    if declared.arrived is None or since is None or (declared.ordered is None and planned is None):
        days = planned if planned is not None else _USUAL_LEAD_DAYS
        return _Lead(days, days / 4, 0, planned is None)
    key = desk.view.whole.dataset_by_name[declared.arrived.partition(".")[0]]
    groups = [
        FieldDimension(field=f"{key.name}.{name}", alias=f"key_{place}") for place, name in enumerate(key.primary_key)
    ]
    query = MetricQuery(
        group_by=(
            *groups,
            TimeDimension(field=declared.arrived, grain=TimeGrain.DAY, alias="arrived"),
            TimeDimension(field=since, grain=TimeGrain.DAY, alias="since"),
        )
    )
    measured = "waited" if declared.ordered is not None else "late"
    select = lead_time_select(declared.ordered is not None)
    text = (
        f"SELECT DATE_DIFF('day', CAST(since AS DATE), CAST(arrived AS DATE)) AS {measured} FROM shipment_rows "
        "WHERE arrived IS NOT NULL AND since IS NOT NULL"
    )
    cte = exp.CTE(this=select_of(text), alias=exp.TableAlias(this=exp.to_identifier("shipments")))
    select.set("with_", exp.With(expressions=[cte]))
    columns = (column("shipments"), column("mean_days"), column("deviation_days"))
    row = desk.query_over({"shipment_rows": query}, select, columns, "lead_time").rows[0]
    if row[0] < _FEWEST_SHIPMENTS or row[2] is None:
        days = planned if planned is not None else _USUAL_LEAD_DAYS
        return _Lead(days, days / 4, 0, planned is None)
    days = max(0.5, float(row[1]) + (0.0 if declared.ordered is not None else (planned or 0.0)))
    return _Lead(days, float(row[2]), int(row[0]), False)


def _season(
    desk: AnalysisDesk,
    request: ReorderRequest,
    stock: Stock,
    since: dt.date,
    until: dt.date,
    ahead_days: int,
    data_begin: dt.date,
) -> float | None:
    """Demand in the days ahead against that of the weeks learnt from, as it was 52 weeks before; None without that year."""
    year = dt.timedelta(days=364)
    if since - year < data_begin:
        return None
    ahead = dt.timedelta(days=ahead_days)
    now = desk.as_of + DAY
    query = MetricQuery(
        metrics=(MetricUse(metric=stock.sales, alias="units"),),
        group_by=(TimeDimension(grain=TimeGrain.DAY, alias="day"),),
        period=Period(start=since - year, end=max(now + ahead, until) - year),
        where=request.where,
    )
    select = season_select(since - year, until - year, now - year, now + ahead - year, 7 * WEEKS, ahead_days)
    cte = exp.CTE(
        this=select_of("SELECT CAST(day AS DATE) AS day, units FROM day_rows"),
        alias=exp.TableAlias(this=exp.to_identifier("year_ago")),
    )
    select.set("with_", exp.With(expressions=[cte]))
    columns = (column("now_units"), column("ahead_units"), column("factor"))
    factor = desk.query_over({"day_rows": query}, select, columns, "season").rows[0][2]
    return None if factor is None else float(np.clip(float(factor), *_SEASON_BOUNDS))


def _queries(desk: AnalysisDesk, request: ReorderRequest, stock: Stock, period: Period) -> dict[str, MetricQuery]:
    sales = MetricQuery(
        metrics=(MetricUse(metric=stock.sales, alias="units"),),
        group_by=(
            FieldDimension(field=stock.sales_product, alias="product"),
            TimeDimension(grain=TimeGrain.WEEK, alias="week"),
        ),
        period=period,
    )
    positions = desk.view.whole.dataset_by_name[stock.product.partition(".")[0]]
    keys = [
        FieldDimension(field=f"{positions.name}.{name}", alias=f"key_{at}")
        for at, name in enumerate(positions.primary_key)
    ]
    point = (
        (FieldDimension(field=stock.reorder_point, alias="reorder_point"),) if stock.reorder_point is not None else ()
    )
    name = (FieldDimension(field=stock.name, alias="product_name"),) if stock.name is not None else ()
    held = MetricQuery(
        group_by=(
            *keys,
            FieldDimension(field=stock.product, alias="product"),
            FieldDimension(field=stock.on_hand, alias="on_hand"),
            *point,
            *name,
        ),
        where=request.where,
    )
    queries = {"sales_rows": sales, "stock_rows": held}
    if stock.inbound is not None:
        shipments = desk.view.whole.dataset_by_name[stock.inbound.quantity.partition(".")[0]]
        ids = [
            FieldDimension(field=f"{shipments.name}.{item}", alias=f"key_{at}")
            for at, item in enumerate(shipments.primary_key)
        ]
        queries["inbound_rows"] = MetricQuery(
            group_by=(
                *ids,
                FieldDimension(field=stock.inbound.product, alias="product"),
                FieldDimension(field=stock.inbound.quantity, alias="quantity"),
            ),
            where=FieldCondition(field=stock.inbound.arrived, operator="is_null"),
        )
    return queries


def _relations(stock: Stock) -> list[tuple[str, str]]:
    """The relations that the reorder SELECT reads. A product stands for itself by the name people know it by."""
    point = ", CAST(reorder_point AS DOUBLE) AS reorder_point" if stock.reorder_point is not None else ""
    known_as = "product_name" if stock.name is not None else "NULL"
    relations = [
        ("sales", "SELECT product, week, CAST(units AS DOUBLE) AS units FROM sales_rows WHERE product IS NOT NULL"),
        ("stock", f"SELECT product, CAST(on_hand AS DOUBLE) AS on_hand{point}, {known_as} AS known_as FROM stock_rows"),
    ]
    if stock.inbound is not None:
        relations.append(("inbound", "SELECT product, CAST(quantity AS DOUBLE) AS quantity FROM inbound_rows"))
    return relations


def _columns(desk: AnalysisDesk, stock: Stock) -> tuple[ResultColumn, ...]:
    named = desk.view.whole.field(stock.name or stock.product)
    return (
        column(named.name, "key", None, named.label),
        column("on_hand", "context", "count", "On hand"),
        column("on_order", "context", "count", "Under way"),
        column("daily_demand", "context", "count", "Demand a day, expected"),
        column("daily_deviation", "context", "count", "Its spread"),
        column("days_of_stock", "context", "days", "Days the stock lasts"),
        column("reorder_level", "context", "count", "Reorder level"),
        column("order_quantity", "measure", "count", "Order now"),
        column("declared_point", "context", "count", "Reorder point declared"),
    )


def _with_risk(listed: ResultTable, terms: SupplyTerms) -> ResultTable:
    risk = column("stockout_risk", "context", "fraction", "Risk to run out while waiting").model_copy(
        update={"type": "DOUBLE"}
    )
    if not listed.rows:
        return listed.model_copy(update={"columns": (*listed.columns, risk)})
    numbers = np.array([[float(cell or 0) for cell in row[1:5]] for row in listed.rows])
    risks = stockout_risk(numbers[:, 0] + numbers[:, 1], numbers[:, 2], numbers[:, 3], terms)
    rows = tuple((*row, float(chance)) for row, chance in zip(listed.rows, risks, strict=True))
    return listed.model_copy(update={"columns": (*listed.columns, risk), "rows": rows})


def _with_terms(counts: ResultTable, terms: SupplyTerms, lead: _Lead, season: float | None) -> ResultTable:
    """The counts, with what all products share beside them."""
    added = (
        column("lead_days", "context", "days", "Lead time"),
        column("lead_deviation_days", "context", "days", "Its spread"),
        column("service_level", "context", "fraction", "Service level"),
        column("season", "context", "ratio", "Season factor"),
        column("shipments", "context", "count", "Shipments measured"),
    )
    types = ("DOUBLE", "DOUBLE", "DOUBLE", "DOUBLE", "BIGINT")
    typed = tuple(item.model_copy(update={"type": name}) for item, name in zip(added, types, strict=True))
    row = (*counts.rows[0], terms.lead_days, terms.lead_deviation_days, terms.service_level, season, lead.shipments)
    return counts.model_copy(update={"columns": (*counts.columns, *typed), "rows": (row,)})


def _told(
    request: ReorderRequest,
    desk: AnalysisDesk,
    stock: Stock,
    results: tuple[ResultTable, ResultTable],
    lead: _Lead,
    season: float | None,
) -> Finding:
    builder = SentenceBuilder(results, "headline")

    def shared(at: int, unit: str | None, of: SentenceBuilder, pattern: str | None = None) -> str:
        return of.value(CellReference(result=1, row=0, column=at), unit, pattern)

    number, of_all = shared(1, "count", builder), shared(0, "count", builder)
    days = shared(2, "days", builder)
    if results[0].rows:
        text = f"{number} of {of_all} products should be ordered now: their stock does not last the lead time of {days} safely"
    else:
        text = f"None of {of_all} products needs ordering now: all last the lead time of {days} safely"
    narrative: list[Sentence] = []
    if results[0].rows:
        teller = SentenceBuilder(results)
        lasts = teller.value(CellReference(row=0, column=5), "days")
        order = teller.value(CellReference(row=0, column=7), "count")
        risk = teller.value(CellReference(row=0, column=9), "fraction")
        narrative.append(
            teller.finished(
                f"Most urgent is {results[0].rows[0][0]}: its stock lasts {lasts}, the risk to run out while waiting is {risk}; "
                f"order {order}."
            )
        )
        if results[1].rows[0][1] > len(results[0].rows):
            shown = teller.derived(
                "count", tuple(CellReference(row=at, column=7) for at in range(len(results[0].rows)))
            )
            narrative.append(teller.finished(f"The {shown} most urgent are listed."))
    teller = SentenceBuilder(results)
    level = shared(4, "fraction", teller)
    basis = f"Demand is that of the last {WEEKS} weeks"
    if season is not None:
        basis += f", times {shared(5, 'ratio', teller, '0.00')} for the season, as it stood a year ago"
    narrative.append(teller.finished(f"{basis}; the safety stock is for a service level of {level}."))
    caveats = []
    if lead.assumed:
        caveats.append(
            f"The catalog declares no lead time: {_USUAL_LEAD_DAYS:g} days are assumed. Declare strategy.stock.lead_time."
        )
    elif not lead.shipments:
        caveats.append("The lead time is the planned one; its spread of a quarter is assumed, as no arrivals tell.")
    elif stock.lead_time.ordered is None:
        source = f" ({stock.lead_time.source})" if stock.lead_time.source else ""
        caveats.append(
            f"The lead time is the planned one{source} and how late shipments arrived; when they were ordered is not known."
        )
    if season is None:
        caveats.append("There is no whole year of demand, so no season is reckoned with.")
    caveats.append(
        "Demand is taken to be normal and the lead time the same for all products. Past stockouts hide demand: products that "
        "were out of stock may need more."
    )
    if request.where is not None:
        caveats.append("The season is that of the products asked for.")
    shown_rows = results[0].rows[:20]
    chart = None
    if len(shown_rows) > 1:
        chart = ChartSpec(
            kind="bar",
            title="Days the stock lasts, of products to order",
            x_label=results[0].columns[0].label or "",
            y_label="Days the stock lasts",
            x=tuple(str(row[0]) for row in shown_rows),
            series=(ChartSeries(name="Days", values=tuple(float(row[5]) for row in shown_rows), unit="days"),),
            unit="days",
            horizontal=True,
        )
    return Finding(
        results=results,
        headline=builder.finished(text),
        narrative=tuple(narrative),
        chart=chart,
        caveats=tuple(caveats),
        phrases=(f"{WEEKS} weeks", *(str(row[0]) for row in results[0].rows)),
    )
