"""Things whose rate is unusually high among their peers: returns of products, late shipments of suppliers, any ratio of counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from sqlglot import exp, parse_one

from agent.answer import ChartSeries, ChartSpec
from agent.tools.analysis.asking_back import asking_back
from agent.tools.analysis.customers.purchase_history import select_of
from agent.tools.analysis.customers.purchases import column
from agent.tools.analysis.desk import AnalysisDesk
from agent.tools.analysis.finding import Finding
from agent.tools.analysis.products.return_rates import BetaPrior, chance_of_more, false_discovery_rates, fit_beta
from agent.tools.analysis.products.stock_select import return_cells_select
from agent.tools.present.declared_numbers import CellReference
from agent.tools.present.sentences import Sentence, SentenceBuilder
from agent.tools.warehouse.result import ResultColumn, ResultTable
from catalog.access import CatalogView
from catalog.analyses.unusual_rate import UnusualRateRequest
from catalog.models import DerivedMetric
from catalog.query import MetricQuery, MetricUse, Period
from semantic_context.time_expressions import describe_period
from semantic_context.time_grammar.clock import DAY

FALSE_DISCOVERIES = 0.05
_ALL = "all"


@dataclass(frozen=True)
class _Cells:
    """Cells of things: peer group, base count, counted, how many things."""

    groups: tuple[Any, ...]
    sold: np.ndarray[Any, np.dtype[np.float64]]
    returned: np.ndarray[Any, np.dtype[np.float64]]
    things: np.ndarray[Any, np.dtype[np.float64]]


def counts_of_ratio(view: CatalogView, name: str) -> tuple[str, str] | None:
    """The two count metrics that a rate divides; None where the metric is no plain ratio of counts."""
    metric = view.whole.metric_by_name.get(name)
    if not isinstance(metric, DerivedMetric) or len(metric.inputs) != 2:
        return None
    if any(item.filter is not None or item.offset is not None or item.offset_to_grain for item in metric.inputs):
        return None
    tree = parse_one(metric.formula, dialect="duckdb")
    if not isinstance(tree, exp.Div):
        return None
    over = tree.expression.this if isinstance(tree.expression, exp.Nullif) else tree.expression
    if not isinstance(tree.this, exp.Column) or not isinstance(over, exp.Column):
        return None
    by_name = {item.name: item.metric for item in metric.inputs}
    counted, base = by_name.get(tree.this.name), by_name.get(over.name)
    if counted is None or base is None:
        return None
    units = [view.whole.metric_by_name[item].unit for item in (counted, base)]
    return (counted, base) if units == ["count", "count"] else None


def find_unusual_rates(request: UnusualRateRequest, desk: AnalysisDesk) -> Finding:
    """One row a thing whose rate chance does not explain: rate, rate drawn towards its peers', the peers' own, chance."""
    metric = desk.view.metrics.get(request.metric)
    parts = counts_of_ratio(desk.view, request.metric)
    if metric is None or parts is None:
        return asking_back("I can look for unusual rates where a rate is one count over another.")
    desk.say(f"Comparing {metric.label.lower()} among peers")
    query = _query(request, desk, parts)
    minimum = request.minimum
    cells = _cells(desk, query, minimum, request.peers is not None)
    if not len(cells.things):
        return asking_back(f"Nothing has the {minimum} cases that a rate must rest on.", "no_data")
    priors, chances, adjusted = _judged(cells)
    flagged = [
        at
        for at in np.argsort(adjusted, kind="stable")
        if adjusted[at] <= FALSE_DISCOVERIES and cells.returned[at] / cells.sold[at] > priors[cells.groups[at]][1]
    ]
    table = _listed(request, desk, query, cells, [int(at) for at in flagged], priors, chances, adjusted)
    return _told(request, desk, parts, (table, _summary(cells, flagged, table)), metric.label)


def _query(request: UnusualRateRequest, desk: AnalysisDesk, parts: tuple[str, str]) -> MetricQuery:
    peers = (request.peers.model_copy(update={"alias": "peer_group"}),) if request.peers is not None else ()
    return MetricQuery(
        metrics=(MetricUse(metric=parts[0], alias="counted"), MetricUse(metric=parts[1], alias="base")),
        group_by=(request.thing.model_copy(update={"alias": "thing"}), *peers),
        where=request.where,
        period=request.period or Period(end=desk.as_of + DAY),
    )


def _relations(grouped: bool) -> list[exp.CTE]:
    group = "peer_group" if grouped else f"'{_ALL}'"
    texts = {
        "sold": f"SELECT thing AS product, {group} AS product_group, base AS sold FROM rate_rows WHERE thing IS NOT NULL",
        "returned": "SELECT thing AS product, counted AS returned FROM rate_rows WHERE thing IS NOT NULL",
    }
    return [
        exp.CTE(this=select_of(text), alias=exp.TableAlias(this=exp.to_identifier(name)))
        for name, text in texts.items()
    ]


def _cells(desk: AnalysisDesk, query: MetricQuery, minimum: int, grouped: bool) -> _Cells:
    select = return_cells_select(minimum)
    select.set("with_", exp.With(expressions=_relations(grouped)))
    columns = (column("product_group", "key"), column("sold"), column("returned"), column("products"))
    table = desk.query_over({"rate_rows": query}, select, columns, "rates")
    numbers = np.array([[float(cell) for cell in row[1:]] for row in table.rows]).reshape(-1, 3)
    return _Cells(tuple(row[0] for row in table.rows), numbers[:, 0], numbers[:, 1], numbers[:, 2])


def _judged(
    cells: _Cells,
) -> tuple[dict[Any, tuple[BetaPrior, float]], np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Each group's prior and overall rate; each cell's chance and its chance adjusted for the number of things looked at."""
    priors: dict[Any, tuple[BetaPrior, float]] = {}
    chances = np.ones(len(cells.things))
    for group in dict.fromkeys(cells.groups):
        inside = np.array([item == group for item in cells.groups])
        returned, sold, things = cells.returned[inside], cells.sold[inside], cells.things[inside]
        overall = float((returned * things).sum() / (sold * things).sum())
        priors[group] = (fit_beta(returned, sold, things), overall)
        chances[inside] = chance_of_more(returned, sold, overall)
    return priors, chances, false_discovery_rates(chances, cells.things)


def _listed(
    request: UnusualRateRequest,
    desk: AnalysisDesk,
    query: MetricQuery,
    cells: _Cells,
    flagged: list[int],
    priors: dict[Any, tuple[BetaPrior, float]],
    chances: np.ndarray[Any, Any],
    adjusted: np.ndarray[Any, Any],
) -> ResultTable:
    """The flagged things by how far their drawn rate lies above their peers'."""
    columns = _columns(request, desk)
    grouped = request.peers is not None
    drawn = {
        at: float(priors[cells.groups[at]][0].shrunk(cells.returned[at : at + 1], cells.sold[at : at + 1])[0])
        for at in flagged
    }
    order = sorted(flagged, key=lambda at: priors[cells.groups[at]][1] - drawn[at])[: request.limit]
    place = {(cells.groups[at], int(cells.sold[at]), int(cells.returned[at])): at for at in order}
    pairs = ", ".join(f"({int(cells.sold[at])}, {int(cells.returned[at])})" for at in order) or "(NULL, NULL)"
    select = select_of(f"""
        SELECT sold.product, sold.product_group, sold.sold, LEAST(COALESCE(returned.returned, 0), sold.sold) AS returned
        FROM sold JOIN returned ON returned.product = sold.product
        WHERE (sold.sold, LEAST(COALESCE(returned.returned, 0), sold.sold)) IN ({pairs}) ORDER BY sold.product
    """)
    select.set("with_", exp.With(expressions=_relations(grouped)))
    raw_columns = (column("thing", "key"), column("peer_group", "key"), column("sold"), column("returned"))
    raw = desk.query_over({"rate_rows": query}, select, raw_columns, "unusual")
    rows = []
    for row in raw.rows:
        at = place.get((row[1], int(row[2]), int(row[3])))
        if at is not None:
            rate = cells.returned[at] / cells.sold[at]
            peer = (row[1],) if grouped else ()
            found = (
                row[0],
                *peer,
                float(rate),
                drawn[at],
                priors[row[1]][1],
                int(row[3]),
                int(row[2]),
                float(adjusted[at]),
            )
            rows.append((found, priors[row[1]][1] - drawn[at]))
    rows.sort(key=lambda item: (item[1], str(item[0][0])))
    types = [
        raw.columns[0].type,
        *([raw.columns[1].type] if grouped else []),
        *["DOUBLE"] * 3,
        "BIGINT",
        "BIGINT",
        "DOUBLE",
    ]
    typed = tuple(item.model_copy(update={"type": name}) for item, name in zip(columns, types, strict=True))
    return raw.model_copy(update={"columns": typed, "rows": tuple(row for row, _ in rows[: request.limit])})


def _columns(request: UnusualRateRequest, desk: AnalysisDesk) -> tuple[ResultColumn, ...]:
    metric = desk.view.metrics[request.metric]
    counted, base = counts_of_ratio(desk.view, request.metric) or ("", "")
    thing = desk.view.whole.field(request.thing.field)
    labels = desk.view.whole.metric_by_name
    peers: tuple[ResultColumn, ...] = ()
    if request.peers is not None:
        field = desk.view.whole.field(request.peers.field)
        peers = (column(field.name, "context", None, field.label),)
    return (
        column(thing.name, "key", None, thing.label),
        *peers,
        column("rate", "measure", "fraction", metric.label),
        column("drawn_rate", "context", "fraction", f"{metric.label}, drawn to its peers'"),
        column("peer_rate", "context", "fraction", "Of its peers"),
        column("counted", "context", "count", labels[counted].label),
        column("base", "context", "count", labels[base].label),
        column("false_discovery_rate", "context", "fraction", "False discovery rate"),
    )


def _summary(cells: _Cells, flagged: list[Any], table: ResultTable) -> ResultTable:
    columns = (
        column("looked_at", "context", "count", "Looked at").model_copy(update={"type": "BIGINT"}),
        column("unusual", "measure", "count", "Unusually high").model_copy(update={"type": "BIGINT"}),
        column("overall_rate", "context", "fraction", "Rate of all looked at").model_copy(update={"type": "DOUBLE"}),
    )
    rate = float((cells.returned * cells.things).sum() / (cells.sold * cells.things).sum())
    row = (int(cells.things.sum()), int(sum(cells.things[at] for at in flagged)), rate)
    return table.model_copy(update={"name": "looked_at", "columns": columns, "rows": (row,)})


def _told(
    request: UnusualRateRequest,
    desk: AnalysisDesk,
    parts: tuple[str, str],
    results: tuple[ResultTable, ResultTable],
    label: str,
) -> Finding:
    table = results[0]
    thing = desk.view.whole.dataset_by_name[request.thing.field.partition(".")[0]]
    field = desk.view.whole.field(request.thing.field)
    is_own = field.name == thing.display_field or (field.name,) == thing.primary_key
    plural = thing.label if is_own else f"{field.label.lower()} values"
    builder = SentenceBuilder(results, "headline")
    number = builder.value(CellReference(result=1, row=0, column=1), "count")
    looked = builder.value(CellReference(result=1, row=0, column=0), "count")
    among = ""
    if request.peers is not None:
        among = f" for their {desk.view.whole.field(request.peers.field).label.lower()}"
    narrative: list[Sentence] = []
    if table.rows:
        text = f"{number} of {looked} {plural} have an unusually high {label.lower()}{among}"
        teller = SentenceBuilder(results)
        shift = int(request.peers is not None)
        rate = teller.value(CellReference(row=0, column=1 + shift), "fraction")
        drawn = teller.value(CellReference(row=0, column=2 + shift), "fraction")
        peer = teller.value(CellReference(row=0, column=3 + shift), "fraction")
        narrative.append(
            teller.finished(
                f"{table.rows[0][0]} stands out most: {rate}, {drawn} when its numbers are allowed for, where its peers have "
                f"{peer}."
            )
        )
    else:
        text = f"None of {looked} {plural} has a {label.lower()} that chance does not explain{among}"
    labels = desk.view.whole.metric_by_name
    caveats = [
        f"Looked at were those with at least {request.minimum} {labels[parts[1]].label.lower()}; each was tested against its "
        "peers, with the false discovery rate kept at 5 %.",
        "An unusual rate is a reason to look, not yet a cause.",
    ]
    if labels[parts[0]].time_field != labels[parts[1]].time_field:
        caveats.append(
            f"{labels[parts[0]].label} and {labels[parts[1]].label.lower()} count by their own dates: late ones of earlier cases "
            "are in, those still to come are not."
        )
    chart = None
    if len(table.rows) > 1:
        shift = int(request.peers is not None)
        chart = ChartSpec(
            kind="grouped_bar",
            title=f"{label}, unusually high",
            x_label=field.label,
            y_label=label,
            x=tuple(str(row[0]) for row in table.rows[:15]),
            series=(
                ChartSeries(
                    name=label, values=tuple(float(row[1 + shift]) for row in table.rows[:15]), unit="fraction"
                ),
                ChartSeries(
                    name="Of its peers",
                    values=tuple(float(row[3 + shift]) for row in table.rows[:15]),
                    unit="fraction",
                    style="dashed",
                ),
            ),
            unit="fraction",
            horizontal=True,
        )
    if request.period is not None:
        text += f", {describe_period(request.period, desk.as_of)}"
    return Finding(
        results=results,
        headline=builder.finished(text),
        narrative=tuple(narrative),
        chart=chart,
        caveats=tuple(caveats),
        periods=(request.period,) if request.period is not None else (),
        phrases=(
            *(str(row[0]) for row in table.rows),
            *((describe_period(request.period, desk.as_of),) if request.period is not None else ()),
        ),
    )
