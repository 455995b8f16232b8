"""Questions that lean on the answer before, each answered once as if it stood alone or as if nothing had been changed."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import Any

import duckdb
import pytest

from agent.answer import Answer
from agent.business import Business
from agent.service import PlumblineService
from agent.settings import Settings

_LINES = "order_items i JOIN orders o USING (order_id) JOIN products p USING (product_id)"
_REVENUE = "SUM(i.quantity * i.unit_price - i.discount)"
_KEPT = "o.status <> 'cancelled'"


@pytest.fixture(scope="module")
def novamart(novamart_business: Business) -> PlumblineService:
    return PlumblineService(novamart_business)


def talked(service: PlumblineService, *turns: str) -> Answer:
    """The last answer of a conversation."""
    thread = uuid.uuid4().hex
    return [service.ask(turn, thread=thread) for turn in turns][-1]


def rows_of(answer: Answer) -> list[tuple[Any, ...]]:
    """The key and measure columns of the table that answers the question, without what stands beside."""
    table = answer.results[0]
    shown = [place for place, column in enumerate(table.columns) if column.role != "context"]
    return [tuple(row[place] for place in shown) for row in table.rows]


def by_sql(service: PlumblineService, sql: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(service.database), read_only=True) as connection:
        return connection.execute(sql).fetchall()


_IN_2025 = f"FROM {_LINES} WHERE {_KEPT} AND year(o.order_date) = 2025"
_TOP = f"(SELECT p.category {_IN_2025} GROUP BY 1 ORDER BY {_REVENUE} DESC LIMIT 1)"
_SECOND = _TOP.replace("LIMIT 1", "LIMIT 1 OFFSET 1")
_TOP_THREE = _TOP.replace("LIMIT 1", "LIMIT 3")
_UNITS = f"SELECT SUM(i.quantity) FROM {_LINES} WHERE {_KEPT} AND year(o.order_date) = "
_BEST_MONTH = f"(SELECT date_trunc('month', o.order_date) {_IN_2025} GROUP BY 1 ORDER BY {_REVENUE} DESC LIMIT 1)"


@pytest.mark.parametrize(
    ("turns", "sql"),
    [
        pytest.param(
            ("Which category had the highest revenue in 2025?", "how many units did it sell?"),
            f"{_UNITS} 2025 AND p.category = {_TOP}",
            id="it was everything in the default period",
        ),
        pytest.param(
            ("Which category had the highest revenue in 2025?", "and its units sold in 2024?"),
            f"{_UNITS} 2024 AND p.category = {_TOP}",
            id="its was everything",
        ),
        pytest.param(
            (
                "Which category had the highest revenue in 2025?",
                "what did that category sell in units?",
                "and in 2024?",
            ),
            f"{_UNITS} 2024 AND p.category = {_TOP}",
            id="that category, two turns on",
        ),
        pytest.param(
            ("Top 3 categories by revenue in 2025", "units sold of the second one"),
            f"{_UNITS} 2025 AND p.category = {_SECOND}",
            id="the second one",
        ),
        pytest.param(
            ("Top 3 categories by revenue in 2025", "units sold of the first one", "and of the second one?"),
            f"{_UNITS} 2025 AND p.category = {_SECOND}",
            id="another row of the table before",
        ),
        pytest.param(
            ("Top 3 categories by revenue in 2025", "how many units did they sell?"),
            f"SELECT p.category, SUM(i.quantity) FROM {_LINES} WHERE {_KEPT} AND year(o.order_date) = 2025 "
            f"AND p.category IN {_TOP_THREE} GROUP BY 1",
            id="they were ranked anew",
        ),
        pytest.param(
            ("Revenue by category in 2025", "units sold of the best one"),
            f"{_UNITS} 2025 AND p.category = {_TOP}",
            id="the best of all groups",
        ),
        pytest.param(
            ("Which month of 2025 had the highest revenue?", "how many units did we sell that month?"),
            f"SELECT SUM(i.quantity) FROM {_LINES} WHERE {_KEPT} AND date_trunc('month', o.order_date) = {_BEST_MONTH}",
            id="that month was looked for anew",
        ),
        pytest.param(
            ("Which month of 2025 had the highest revenue?", "units sold in that month", "and revenue then?"),
            f"SELECT {_REVENUE} FROM {_LINES} WHERE {_KEPT} AND date_trunc('month', o.order_date) = {_BEST_MONTH}",
            id="then was now",
        ),
        pytest.param(
            ("Units sold by category in 2025", "exclude Books", "back to all categories"),
            f"SELECT p.category, SUM(i.quantity) FROM {_LINES} WHERE {_KEPT} AND year(o.order_date) = 2025 GROUP BY 1",
            id="all categories kept one out",
        ),
        pytest.param(
            ("Units sold of Books in 2025", "by category"),
            f"SELECT p.category, SUM(i.quantity) FROM {_LINES} WHERE {_KEPT} AND year(o.order_date) = 2025 GROUP BY 1",
            id="a split by what was narrowed to one",
        ),
        pytest.param(
            ("Units sold by category in 2025", "drop the category"),
            f"{_UNITS} 2025",
            id="what was dropped was split by",
        ),
        pytest.param(
            ("Units sold by category in 2024", "include 2025 too"),
            f"SELECT p.category, SUM(i.quantity) FILTER (year(o.order_date) = 2025) a, SUM(i.quantity) FILTER (year(o.order_date) "
            f"= 2024) b, a - b, a / b - 1 FROM {_LINES} WHERE {_KEPT} GROUP BY 1",
            id="the second year took the first one's place",
        ),
        pytest.param(
            ("Units sold by category in 2025", "drop the books"),
            f"SELECT p.category, SUM(i.quantity) {_IN_2025} AND p.category <> 'Books' GROUP BY 1",
            id="one group is dropped",
        ),
        pytest.param(
            ("Units sold in September 2026", "and a year ago?"),
            f"{_UNITS} 2025 AND month(o.order_date) = 9",
            id="a year ago was the whole year",
        ),
        pytest.param(("Units sold in 2025", "no, I meant 2024, not 2025"), f"{_UNITS} 2024", id="a correction"),
    ],
)
def test_a_follow_up_is_of_what_was_answered(novamart: PlumblineService, turns: tuple[str, ...], sql: str) -> None:
    answer = talked(novamart, *turns)
    assert answer.status == "answer", answer.headline
    expected = sorted(by_sql(novamart, sql), key=lambda row: str(row[0]))
    found = sorted(rows_of(answer), key=lambda row: str(row[0]))
    assert [_cells(row[: len(expected[0])]) for row in found] == [pytest.approx(_cells(row)) for row in expected]


def _cells(row: tuple[Any, ...]) -> dict[int, Any]:
    return {place: cell if isinstance(cell, str) else float(cell) for place, cell in enumerate(row)}


@pytest.mark.parametrize(
    "turns",
    [
        ("Top 3 categories by revenue in 2025", "how many units did it sell?"),
        ("Top 3 categories by revenue in 2025", "units sold of the worst one"),
        ("Revenue by category in 2025", "units sold of the second one"),
        ("Which category had the highest revenue in 2025?", "why?"),
        ("Revenue in 2025", "now in euros"),
        ("how many units did it sell?",),
        ("Ad spend in 2025", "what was it spent on?"),
        ("Revenue in 2025 from customers who joined in 2024", "and in 2023?"),
        ("Top 3 categories by revenue in 2025", "sort by category"),
    ],
)
def test_what_is_open_is_asked_back(novamart: PlumblineService, turns: tuple[str, ...]) -> None:
    assert talked(novamart, *turns).status == "clarify"


def test_an_order_by_name_sorts_by_name(novamart: PlumblineService) -> None:
    """ "Sort by region" sorted by the figure, and a filter behind it made that a ranking."""
    regions = [row[0] for row in rows_of(talked(novamart, "Revenue by region in 2025", "sort by region"))]
    assert regions == sorted(regions)
    turns = ("Revenue by region in 2025", "sort by region, descending", "exclude West")
    assert talked(novamart, *turns).plan.queries[0].query.order_by == ()  # type: ignore[union-attr]


def test_another_currency_is_no_figure(novamart: PlumblineService) -> None:
    """Dollars were shown where euros were asked for."""
    assert novamart.ask("Revenue in 2025 in euros").status == "clarify"
    assert novamart.ask("Revenue in 2025 in dollars").status == "answer"


def test_rows_that_changed_are_not_those_shown(tmp_path: Path) -> None:
    """The winner comes from the answer that was shown: where the data have changed since, which one is meant is asked."""
    database = tmp_path / "hospital.duckdb"
    folder = Path("tests/foreign/hospital")
    with duckdb.connect(str(database)) as connection:
        connection.execute((folder / "database.sql").read_text())
    settings = Settings(home=tmp_path / "home", model=None)
    turns = ("Which department had the most admissions in 2024?", "how many admissions did it have in 2023?")
    with PlumblineService.open(settings, catalog=folder / "catalog", database=database) as service:
        before = service.ask(turns[0], thread="a")
        assert service.ask(turns[1], thread="a").status == "answer"
        assert service.ask(turns[0], thread="b").results[0].rows == before.results[0].rows
    with duckdb.connect(str(database)) as connection:
        connection.execute("DELETE FROM stays WHERE year(admitted_at) = 2024 AND stay_id % 2 = 0")
    with PlumblineService.open(settings, catalog=folder / "catalog", database=database) as service:
        assert service.ask(turns[1], thread="b").status == "clarify"


def test_another_figure_to_rank_by_ranks_them_all_anew(novamart: PlumblineService) -> None:
    """The five first by revenue were put in another order; "of these" speaks of the five, and was passed over."""
    first = "top 5 categories by revenue in 2025"
    anew = talked(novamart, first, "now rank them by units instead")
    assert anew.plan.queries[0].query.where is None  # type: ignore[union-attr]
    assert len(rows_of(anew)) == 5
    for question in ("of these, which sold the most units?", "which of these had the highest return rate?"):
        assert talked(novamart, first, question).plan.queries[0].query.where is not None  # type: ignore[union-attr]
