"""Every analysis under a low row limit: the same figures as without one, or none; never figures from the rows that were left.

A table that lists things (the riskiest customers, what to reorder) may be cut, where it says so.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from agent.answer import Answer
from agent.errors import QueryError
from agent.service import PlumblineService
from agent.settings import Settings
from agent.tools.analysis.registry import RUNNERS
from agent.tools.warehouse.result import ResultTable
from catalog.access import Principal
from catalog.query import FieldDimension, MetricQuery, MetricUse
from catalog.samples.novamart.generate import generate

LIMITS = (3, 60, 700)
QUESTIONS = {
    "cause": "Why did GMV fall in October?",
    "driver_tree": "Show me the driver tree of GMV",
    "cohort": "cohort retention by month",
    "came_back": "how many of the customers who first bought in January came back",
    "rfm": "who are our best customers",
    "funnel": "show the checkout funnel by channel",
    "churn_risk": "which customers are about to churn",
    "lifetime_value": "3-year lifetime value by segment",
    "reorder": "what should we reorder",
    "unusual_rate": "which products are returned unusually often",
    "elasticity": "What is the price elasticity by category?",
    "price_point": "What is the best price by category?",
    "goal": "What would it take to reach our GMV target?",
    "scenario": "What if we raise prices 5 %?",
    "rollup": "how many products had more than 2 orders in October",
    "anomaly": "any anomalies in orders by channel?",
    "quality": "any data quality problems in orders?",
    "forecast": "forecast orders for the next 3 months by category",
}
CLOSE = {"lifetime_value": 0.03}  # histories are grouped as finely as the limit allows (ADR 0015)
NOT_OF_THE_DATA = {"run_at"}
NO_ROWS_OF_THE_BUSINESS = {"decision", "kept_forecast"}  # what was saved, run by the tools above


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[int, PlumblineService]]:
    """One business without a limit that matters (0) and with each low one."""
    path = tmp_path_factory.mktemp("limited") / "novamart.duckdb"
    generate(path, scale=0.004)
    opened = {}
    for limit in (0, *LIMITS):
        settings = Settings(home=tmp_path_factory.mktemp(f"rows_{limit}"), model=None)
        if limit:
            settings = settings.model_copy(update={"query_rows": limit})
        opened[limit] = PlumblineService.open(settings, catalog="novamart", database=path)
    yield opened
    for service in opened.values():
        service.close()


@pytest.fixture(scope="module")
def answers(services: dict[int, PlumblineService]) -> dict[str, Answer]:
    """What each question comes to without a limit."""
    return {kind: services[0].ask(question) for kind, question in QUESTIONS.items()}


def test_every_kind_of_analysis_is_tried(answers: dict[str, Answer]) -> None:
    assert set(QUESTIONS) | NO_ROWS_OF_THE_BUSINESS == set(RUNNERS)
    for kind, answer in answers.items():
        assert answer.plan is not None and answer.plan.analysis is not None, (kind, answer.headline)
        assert answer.plan.analysis.kind == kind, answer.headline


@pytest.mark.parametrize("limit", LIMITS)
@pytest.mark.parametrize("kind", QUESTIONS)
def test_a_low_limit_gives_the_same_figures_or_none(
    services: dict[int, PlumblineService], answers: dict[str, Answer], kind: str, limit: int
) -> None:
    whole, limited = answers[kind], services[limit].ask(QUESTIONS[kind])
    if limited.status != "answer":
        return
    expected = {table.name: table for table in whole.results}
    for table in limited.results:
        if kind == "cause" and table.name in ("segments", "judgement", "parts", "related"):
            continue  # fewer dimensions are combined, which a caveat says
        if kind == "goal" and table.name.startswith("way_"):
            continue  # one a row of the answer, whose ways may be fewer
        rows = expected[table.name].rows
        if table.truncated:
            assert list(table.rows) == list(rows[: len(table.rows)]), table.name
            continue
        kept = table.rows
        if any("left out" in caveat or "Not run" in caveat for caveat in limited.caveats):
            keys = {_key(table, row) for row in kept} & {_key(table, row) for row in rows}
            kept, rows = (tuple(row for row in some if _key(table, row) in keys) for some in (kept, rows))
        assert len(kept) == len(rows), table.name
        for row, other in zip(kept, rows, strict=True):
            for column, cell, known in zip(table.columns, row, other, strict=True):
                assert column.name in NOT_OF_THE_DATA or _same(cell, known, CLOSE.get(kind, 1e-6)), (
                    table.name,
                    column.name,
                )
    if kind == "cause":
        assert any("Dimensions were searched" in caveat for caveat in limited.caveats)


def _key(table: ResultTable, row: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(cell for column, cell in zip(table.columns, row, strict=True) if column.role == "key")


def _same(cell: Any, known: Any, within: float) -> bool:
    if isinstance(cell, int | float | Decimal) and isinstance(known, int | float | Decimal):
        return float(cell) == pytest.approx(float(known), rel=within, abs=1e-9)
    return bool(cell == known)


def test_the_desk_gives_no_part_unless_it_is_asked_for(services: dict[int, PlumblineService]) -> None:
    service = services[3]
    desk = service.business.desk(service.view(Principal()), dt.date(2026, 10, 31))
    query = MetricQuery(metrics=(MetricUse(metric="gmv"),), group_by=(FieldDimension(field="products.category"),))
    with pytest.raises(QueryError, match="3 rows"):
        desk.query(query)
    assert desk.query(query, takes_a_part=True).truncated
