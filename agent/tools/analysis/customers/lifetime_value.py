"""Lifetime value: what customers will bring in the years to come, by BG/NBD and Gamma-Gamma, with its record shown."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from agent.answer import ChartSeries, ChartSpec
from agent.errors import QueryError
from agent.tools.analysis.asking_back import asking_back
from agent.tools.analysis.customers.bg_nbd import BgNbd, CannotFitError, fit_bg_nbd
from agent.tools.analysis.customers.customer_base import FollowedBase, NotDeclaredError, customer_base
from agent.tools.analysis.customers.gamma_gamma import GammaGamma, fit_gamma_gamma
from agent.tools.analysis.customers.purchase_cells import Floats, PurchaseCells
from agent.tools.analysis.customers.purchase_history import (
    CELL_WIDTHS,
    CellWidth,
    amount_cells_select,
    history_cells_select,
)
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
from agent.tools.warehouse.result import ResultTable
from catalog.analyses.lifetime_value import LifetimeValueRequest
from semantic_context.time_grammar.clock import DAY

_WEEKS_A_YEAR = 365.25 / 7
_LEAST_DAYS = 180  # of history, to learn from and to judge by
_STEPS_A_YEAR = 12


@dataclass(frozen=True)
class HoldOut:
    """How a model fitted before `days` ago foretold the purchases since."""

    days: int
    expected: float
    actual: float


@dataclass(frozen=True)
class _Cells:
    groups: tuple[Any, ...]
    cells: PurchaseCells
    average_amounts: Floats  # the sum over the cell's customers
    bought_ahead: Floats
    sql: str


def expect_lifetime_value(request: LifetimeValueRequest, desk: AnalysisDesk) -> Finding:
    """Expected purchases and value a customer over the years to come, in all and by group; and the hold-out's record."""
    try:
        base = customer_base(desk.view)
    except NotDeclaredError as error:
        return asking_back(str(error))
    if base.value is None:
        return asking_back(
            "The catalog does not say what an event is worth: declare strategy.customers.value, a metric such as revenue."
        )
    span = observed_days(base, desk)
    if span is None or (span[1] - span[0]).days < _LEAST_DAYS:
        return asking_back(
            f"Lifetime value needs at least {_LEAST_DAYS} days of {base.events_label.lower()} to learn from and be judged by.",
            "no_data",
        )
    until = desk.as_of + DAY
    # Who the asked-for are makes no other law of buying, and choosing them by what became of them would bend it.
    narrowed = is_of_members(request.where, base)
    learning = request.model_copy(update={"where": None, "dimension": None}) if narrowed else request
    try:
        desk.say("Fitting how often they buy")
        learnt = _cells(learning, base, desk, until)
        frequency = fit_bg_nbd(learnt.cells)
        cells = _cells(request, base, desk, until) if narrowed else learnt
        desk.say("Fitting what a purchase is worth")
        amounts = _amounts(learning, base, desk, until)
        worth = fit_gamma_gamma(amounts[:, 0], amounts[:, 1], amounts[:, 2])
        desk.say("Judging by what came true")
        held = _hold_out(learning, base, desk, span)
    except CannotFitError as error:
        return asking_back(f"No lifetime value can be estimated: {error}.", "no_data")
    answer = _by_group(request, base, desk, cells, frequency, worth)
    record = _record(held, frequency, worth, base, answer)
    return _told(request, base, desk, (answer, record), held, span[0])


def _cells(
    request: LifetimeValueRequest,
    base: FollowedBase,
    desk: AnalysisDesk,
    until: dt.date,
    ahead_until: dt.date | None = None,
) -> _Cells:
    """The histories before `until` as cells, by the request's dimension; what they bought up to `ahead_until` needs no value."""
    span = observed_days(base, desk)
    assert span is not None
    worth = ahead_until is None
    by_group = worth and request.dimension is not None
    queries = {PURCHASE_ROWS: purchase_query(base, request.where, desk.as_of + DAY, with_value=worth)}
    if worth and request.dimension is not None:
        queries[MEMBER_ROWS] = member_query(base, request.dimension)
    names = ["repeats", "recency", "age", "customers", "average_amounts", "bought_ahead"]
    columns = tuple(column(name) for name in (["member_group", *names] if by_group else names))
    others = (MEMBERS,) if by_group else ()

    def read(width: CellWidth) -> ResultTable:
        select = history_cells_select(until, (until - span[0]).days, ahead_until, by_group, width)
        return desk.query_over(queries, over_purchases(select, worth, *others), columns, "histories", takes_a_part=True)

    table = _finest(read)
    if not table.rows:
        raise CannotFitError("nobody has bought yet")
    first = int(by_group)
    numbers = np.array([[float(cell or 0) for cell in row[first:]] for row in table.rows])
    return _Cells(
        groups=tuple(row[0] if by_group else None for row in table.rows),
        cells=PurchaseCells(numbers[:, 0], np.minimum(numbers[:, 1], numbers[:, 2]), numbers[:, 2], numbers[:, 3]),
        average_amounts=numbers[:, 4],
        bought_ahead=numbers[:, 5],
        sql=table.sql,
    )


def _finest(read: Callable[[CellWidth], ResultTable]) -> ResultTable:
    """The cells as fine as the role's rows allow; QueryError where even the widest are too many."""
    for width in CELL_WIDTHS:
        table = read(width)
        if not table.truncated:
            return table
    raise QueryError("this needs more rows than may be read here; narrow it down with a filter")


def _amounts(request: LifetimeValueRequest, base: FollowedBase, desk: AnalysisDesk, until: dt.date) -> Floats:
    queries = {PURCHASE_ROWS: purchase_query(base, request.where, until)}
    columns = (column("purchases"), column("average_amount"), column("customers"))
    table = _finest(
        lambda width: desk.query_over(
            queries, over_purchases(amount_cells_select(until, width), True), columns, "amounts", takes_a_part=True
        )
    )
    return np.array([[float(cell) for cell in row] for row in table.rows]).reshape(-1, 3)


def _hold_out(
    request: LifetimeValueRequest, base: FollowedBase, desk: AnalysisDesk, span: tuple[dt.date, dt.date]
) -> HoldOut | None:
    """The model fitted on all but the last quarter of the data (a year at most) against what came then."""
    days = min(365, (desk.as_of - span[0]).days // 4)
    cut = desk.as_of + DAY - dt.timedelta(days=days)
    earlier = _cells(request, base, desk, cut, desk.as_of + DAY)
    try:
        model = fit_bg_nbd(earlier.cells)
    except CannotFitError:
        return None
    expected = model.expected_purchases(earlier.cells.repeats, earlier.cells.recency, earlier.cells.age, days / 7.0)
    return HoldOut(days, float((expected * earlier.cells.customers).sum()), float(earlier.bought_ahead.sum()))


def _by_group(
    request: LifetimeValueRequest,
    base: FollowedBase,
    desk: AnalysisDesk,
    found: _Cells,
    frequency: BgNbd,
    worth: GammaGamma,
) -> ResultTable:
    """One row a group: customers, expected value each, purchases each, value of all, share, value of a purchase."""
    cells = found.cells
    weeks = request.years * _WEEKS_A_YEAR
    plain = frequency.expected_purchases(cells.repeats, cells.recency, cells.age, weeks)
    counted = plain
    if request.discount_rate:
        step = (1 + request.discount_rate) ** (1 / _STEPS_A_YEAR) - 1
        counted = frequency.discounted_purchases(
            cells.repeats, cells.recency, cells.age, weeks, round(request.years * _STEPS_A_YEAR), step
        )
    # Linear in the average amount, so that the sum over a cell's customers needs only the sum of their averages.
    bought = cells.repeats + 1
    amounts = worth.expected_amount(bought, found.average_amounts / cells.customers)
    totals: dict[Any, np.ndarray[tuple[int], np.dtype[np.float64]]] = {}
    for at, group in enumerate(found.groups):
        row = np.array([1.0, plain[at], counted[at] * amounts[at]]) * cells.customers[at]
        totals[group] = totals.get(group, np.zeros(3)) + row
    everything = float(sum(item[2] for item in totals.values()))
    rows = []
    for group, (customers, purchases, value) in sorted(
        totals.items(), key=lambda item: (-item[1][2] / item[1][0], str(item[0]))
    ):
        key = (group,) if request.dimension is not None else ()
        rows.append(
            (
                *key,
                round(float(customers)),
                float(value / customers),
                float(purchases / customers),
                float(value),
                float(value / everything) if everything else None,
            )
        )
    years = f"{request.years:g} years"
    columns = [
        column("customers", "context", "count", base.plural.capitalize()),
        column("lifetime_value", "measure", base.value_unit, f"Expected value of the next {years}, each"),
        column("expected_purchases", "context", "count", f"Expected purchases in {years}, each"),
        column("total_value", "context", base.value_unit, f"Expected value of the next {years}, all"),
        column("share", "context", "fraction", "Share of it"),
    ]
    if request.dimension is not None:
        field = desk.view.whole.field(request.dimension.field)
        columns.insert(0, column(field.name, "key", None, field.label))
    types = ["VARCHAR"] * (len(columns) - 5) + ["BIGINT", "DOUBLE", "DOUBLE", "DOUBLE", "DOUBLE"]
    typed = tuple(item.model_copy(update={"type": name}) for item, name in zip(columns, types, strict=True))
    return ResultTable(name="lifetime_value", sql=found.sql, columns=typed, rows=tuple(rows))


def _record(
    held: HoldOut | None, frequency: BgNbd, worth: GammaGamma, base: FollowedBase, answer: ResultTable
) -> ResultTable:
    """One row: the model's parameters (time in weeks), what a new one is worth a purchase, and the hold-out."""
    columns = (
        column("r", "context").model_copy(update={"type": "DOUBLE"}),
        column("alpha", "context").model_copy(update={"type": "DOUBLE"}),
        column("a", "context").model_copy(update={"type": "DOUBLE"}),
        column("b", "context").model_copy(update={"type": "DOUBLE"}),
        column("average_purchase", "measure", base.value_unit, "Value of a purchase, mean").model_copy(
            update={"type": "DOUBLE"}
        ),
        column("held_out_days", "context", "days", "Days held out").model_copy(update={"type": "BIGINT"}),
        column("expected", "context", "count", "Purchases foretold").model_copy(update={"type": "DOUBLE"}),
        column("actual", "context", "count", "Purchases that came").model_copy(update={"type": "BIGINT"}),
        column("bias", "context", "fraction", "Foretold too many").model_copy(update={"type": "DOUBLE"}),
    )
    judged: tuple[Any, ...] = (None, None, None, None)
    if held is not None:
        bias = held.expected / held.actual - 1 if held.actual else None
        judged = (held.days, held.expected, round(held.actual), bias)
    row = (frequency.r, frequency.alpha, frequency.a, frequency.b, worth.mean, *judged)
    return answer.model_copy(update={"name": "model", "columns": columns, "rows": (row,)})


def _told(
    request: LifetimeValueRequest,
    base: FollowedBase,
    desk: AnalysisDesk,
    results: tuple[ResultTable, ResultTable],
    held: HoldOut | None,
    data_begin: dt.date,
) -> Finding:
    answer = results[0]
    grouped = int(request.dimension is not None)
    years = f"{request.years:g} years"
    builder = SentenceBuilder(results, "headline")
    value = CellReference(row=0, column=1 + grouped)
    if grouped and len(answer.rows) > 1:
        low = CellReference(row=len(answer.rows) - 1, column=1 + grouped)
        text = (
            f"{answer.rows[0][0]} {base.plural} are expected to bring {builder.value(value, base.value_unit)} each in the next "
            f"{years}, {answer.rows[-1][0]} {builder.value(low, base.value_unit)}"
        )
    else:
        total = builder.value(CellReference(row=0, column=3 + grouped), base.value_unit)
        text = (
            f"A {base.singular} is expected to bring {builder.value(value, base.value_unit)} in the next {years}, "
            f"{total} in all"
        )
    caveats = [
        f"This is what those who have bought before will bring from now on, in {base.value_label}"
        + (
            f", discounted at {request.discount_rate * 100:g} % a year."
            if request.discount_rate
            else ", not discounted."
        )
        + f" {base.plural.capitalize()} who never bought are not in it.",
        "One-time buyers count by the purchases to expect of them, not as surely active, which the model would say of them.",
        "BG/NBD and Gamma-Gamma take habits to stay as they are, and what a purchase is worth not to depend on how often they buy.",
    ]
    narrative: list[Sentence] = []
    if held is None or not held.actual:
        caveats.append("There was too little history to judge the model on purchases it had not seen.")
    else:
        teller = SentenceBuilder(results)
        days = teller.value(CellReference(result=1, row=0, column=5), "days")
        expected = teller.value(CellReference(result=1, row=0, column=6), "count")
        actual = teller.value(CellReference(result=1, row=0, column=7), "count")
        off = teller.derived(
            "growth", (CellReference(result=1, row=0, column=6),), (CellReference(result=1, row=0, column=7),)
        )
        side = "too many" if held.expected >= held.actual else "too few"
        narrative.append(
            teller.finished(
                f"Fitted without the last {days}, the model foretold {expected} purchases in them where {actual} came: "
                f"{off} {side}. The figures are not corrected for that."
            )
        )
    if is_of_members(request.where, base):
        caveats.append(
            f"The model was fitted on all {base.plural} that you may see; the figures are of those asked for."
        )
    early = f"The data begin on {data_begin.isoformat()}: who bought before is taken to have begun then."
    caveats.append(early)
    rivals = [
        metric.label
        for metric in desk.view.metrics.values()
        if "lifetime" in metric.label.casefold() and metric.name != base.value
    ]
    if rivals:
        caveats.append(f"It is another figure than {', '.join(rivals)} of the catalog, which is not estimated here.")
    chart = None
    if grouped and len(answer.rows) > 1:
        chart = ChartSpec(
            kind="bar",
            title=f"Expected value of the next {years}, each",
            x_label=answer.columns[0].label or "",
            y_label="Expected value",
            x=tuple(str(row[0]) for row in answer.rows[:30]),
            series=(
                ChartSeries(
                    name="Expected value", values=tuple(float(row[2]) for row in answer.rows[:30]), unit=base.value_unit
                ),
            ),
            unit=base.value_unit,
        )
    return Finding(
        results=results,
        headline=builder.finished(text),
        narrative=tuple(narrative),
        chart=chart,
        caveats=(*caveats, *base_caveats(base)),
        phrases=(years, *(str(row[0]) for row in answer.rows if grouped)),
    )
