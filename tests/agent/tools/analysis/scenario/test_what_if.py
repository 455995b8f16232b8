"""Scenarios on NovaMart against calculations by hand, with elasticities that are declared for the test."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from agent.business import Business
from agent.errors import QueryError
from agent.tools.analysis.desk import AnalysisDesk
from agent.tools.analysis.finding import Finding
from agent.tools.analysis.present_finding import present_finding
from agent.tools.analysis.scenario.what_if import run_scenario
from agent.tools.warehouse.result import ResultTable
from catalog.access import Principal, view_for
from catalog.analyses.scenario import LeverChange, ScenarioRequest
from catalog.query import FieldCondition, Period
from catalog.strategy.influences import ElasticityRange, Influence

OCTOBER = Period(start=dt.date(2026, 10, 1), end=dt.date(2026, 11, 1))
PRICE = -1.8
ADS = 0.1


@pytest.fixture(scope="module")
def business(novamart_business: Business) -> Business:
    return novamart_business


@pytest.fixture(scope="module")
def hand(business: Business) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(business.warehouse.database), read_only=True) as connection:
        connection.execute(
            "CREATE TEMP VIEW lines AS SELECT quantity * unit_price AS gmv, discount, quantity, quantity * cost AS cost,"
            " category, order_id, channel FROM order_items JOIN orders USING (order_id) JOIN products USING (product_id)"
            " WHERE status <> 'cancelled' AND order_date >= '2026-10-01' AND order_date < '2026-11-01'"
        )
        yield connection


def influences(*items: Influence) -> tuple[Influence, ...]:
    return items


def price_influence(by_category: bool = False) -> Influence:
    if not by_category:
        return Influence(
            cause="prices",
            effect="units_sold",
            elasticity=PRICE,
            low=-2.4,
            high=-1.2,
            evidence="a test",
            shape="normal",
        )
    known = {
        name: ElasticityRange(elasticity=value, low=value - 0.3, high=value + 0.3)
        for name, value in {
            "Electronics": -2.2, "Apparel": -1.8, "Home & Kitchen": -1.5, "Beauty": -1.2, "Sports & Outdoors": -1.6,
            "Toys & Games": -1.9, "Grocery": -0.6, "Books": -1.0,
        }.items()
    }  # fmt: skip
    return Influence(cause="prices", effect="units_sold", by="products.category", elasticities=known, evidence="a test")


AD_INFLUENCE = Influence(
    cause="ad_budget", effect="order_count", elasticity=ADS, low=0.0, high=0.2, evidence="a test", owner="Marketing"
)


def desk_with(business: Business, *items: Influence, role: str | None = None) -> AnalysisDesk:
    strategy = business.catalog.strategy.model_copy(update={"influences": items})
    catalog = business.catalog.model_copy(update={"strategy": strategy})
    view = view_for(catalog, Principal(role=role))
    return business.desk(view, dt.date(2026, 10, 31))


def ask(desk: AnalysisDesk, metrics: tuple[str, ...], *changes: LeverChange, **more: object) -> Finding:
    request = ScenarioRequest.model_validate({"metrics": metrics, "changes": changes, "period": OCTOBER, **more})
    found = run_scenario(request, desk)
    shown = present_finding(found, "nothing shown")
    assert shown.headline != "nothing shown"
    assert len(shown.narrative) == len(found.narrative)  # the number check lets every sentence through
    return found


def relative(lever: str, value: float) -> LeverChange:
    return LeverChange(lever=lever, change="relative", value=value)


def to(lever: str, value: float) -> LeverChange:
    return LeverChange(lever=lever, change="to", value=value)


def table(found: Finding, name: str) -> ResultTable:
    return next(item for item in found.results if item.name == name)


def test_five_percent_price_and_ten_percent_less_ads_by_hand(
    business: Business, hand: duckdb.DuckDBPyConnection
) -> None:
    found = ask(
        desk_with(business, price_influence(), AD_INFLUENCE),
        ("gmv", "gross_profit"),
        relative("prices", 0.05),
        relative("ad_budget", -0.10),
    )
    gmv, discount, cost = hand.execute("SELECT SUM(gmv), SUM(discount), SUM(cost) FROM lines").fetchall()[0]
    units = 1.05**PRICE * 0.9**ADS
    later = float(gmv) * 1.05 * units
    profit = (float(gmv) - float(discount)) * 1.05 * units - float(cost) * units
    answer = found.results[0]
    assert answer.rows[0][1] == pytest.approx(float(gmv), rel=1e-12)
    assert answer.rows[0][2] == pytest.approx(later, rel=1e-9)
    assert answer.rows[0][4] == pytest.approx(1.05 ** (1 + PRICE) * 0.9**ADS - 1, rel=1e-9)
    assert answer.rows[1][2] == pytest.approx(profit, rel=1e-9)
    low, high = answer.rows[0][5:7]
    assert low < later < high
    assert table(found, "tornado").rows[0][0] == "Price before discounts to Units sold"
    assert {row[4] for row in table(found, "assumptions").rows} == {"catalog"}


def test_elasticities_by_category_are_added_up_not_averaged(
    business: Business, hand: duckdb.DuckDBPyConnection
) -> None:
    influence = price_influence(by_category=True)
    found = ask(desk_with(business, influence), ("gmv", "units_sold", "gross_profit"), relative("prices", 0.05))
    rows = hand.execute(
        "SELECT category, SUM(gmv)::DOUBLE, SUM(quantity), SUM(discount)::DOUBLE, SUM(cost)::DOUBLE FROM lines GROUP BY 1"
    ).fetchall()
    answer = {row[0]: row[2] for table in found.results for row in table.rows if table.name.startswith("answer")}
    kept = {name: 1.05**known.elasticity for name, known in influence.elasticities.items()}
    assert answer["GMV"] == pytest.approx(sum(gmv * 1.05 * kept[name] for name, gmv, *_ in rows), rel=1e-9)
    assert answer["Units sold"] == pytest.approx(sum(units * kept[name] for name, _, units, *_ in rows), rel=1e-9)
    profit = sum(((gmv - off) * 1.05 - cost) * kept[name] for name, gmv, _, off, cost in rows)
    assert answer["Gross profit"] == pytest.approx(profit, rel=1e-9)


def test_equal_elasticities_by_category_are_one_for_all(business: Business) -> None:
    known = {
        name: ElasticityRange(elasticity=PRICE, low=-2.1, high=-1.5) for name in price_influence(True).elasticities
    }
    split = price_influence(True).model_copy(update={"elasticities": known})
    both = [
        ask(desk_with(business, item), ("gmv", "gross_profit", "aov"), relative("prices", 0.07))
        for item in (split, price_influence())
    ]
    rows = [
        [row[2] for table in found.results if table.name.startswith("answer") for row in table.rows] for found in both
    ]
    assert rows[0] == pytest.approx(rows[1], rel=1e-9)


def test_elasticities_that_move_together_make_a_wider_range(business: Business) -> None:
    apart = price_influence(by_category=True)
    together = apart.model_copy(update={"correlation": 0.9})
    widths = []
    for item in (apart, together):
        low, high = ask(desk_with(business, item), ("gmv",), relative("prices", 0.05)).results[0].rows[0][5:7]
        widths.append(high - low)
    assert widths[1] > 1.5 * widths[0]


def test_profit_is_not_revenue_at_the_margin_of_before(business: Business, hand: duckdb.DuckDBPyConnection) -> None:
    """Dearer prices at the same cost lift the margin; profit = margin x revenue, an identity too, would hold it still."""
    found = ask(desk_with(business), ("gross_profit",), relative("prices", 0.10))
    gmv, off, cost = hand.execute(
        "SELECT SUM(gmv)::DOUBLE, SUM(discount)::DOUBLE, SUM(cost)::DOUBLE FROM lines"
    ).fetchall()[0]
    assert found.results[0].rows[0][2] == pytest.approx((gmv - off) * 1.1 - cost, rel=1e-9)


def test_more_orders_do_not_thin_out_their_own_value(business: Business) -> None:
    found = ask(desk_with(business), ("aov",), relative("order_count", 0.10))
    assert found.results[0].rows[0][3] == pytest.approx(0, abs=1e-9)
    with pytest.raises(QueryError, match="only look like an effect"):
        ask(desk_with(business), ("roas",), relative("ad_spend", -0.10))
    cac = ask(desk_with(business), ("cac",), relative("ad_spend", -0.10))
    assert cac.results[0].rows[0][4] == pytest.approx(-0.10, rel=1e-9)


def test_conversion_moves_the_online_part_alone(business: Business, hand: duckdb.DuckDBPyConnection) -> None:
    found = ask(desk_with(business), ("order_count", "gmv"), to("conversion", 0.04))
    sessions = hand.execute(
        "SELECT COUNT(DISTINCT session_id) FROM clickstream WHERE timestamp >= '2026-10-01' AND timestamp < '2026-11-01'"
    ).fetchall()[0][0]
    stores, orders, gmv = hand.execute(
        "SELECT COUNT(DISTINCT order_id) FILTER (WHERE channel = 'store'), COUNT(DISTINCT order_id), SUM(gmv)::DOUBLE"
        " FROM lines"
    ).fetchall()[0]
    later = stores + 0.04 * sessions
    assert found.results[0].rows[0][2] == pytest.approx(later, rel=1e-9)
    assert table(found, "answer_2").rows[0][2] == pytest.approx(gmv * later / orders, rel=1e-9)
    assert found.results[0].rows[0][5] is None  # nothing uncertain, no range


def test_an_order_value_of_75(business: Business, hand: duckdb.DuckDBPyConnection) -> None:
    found = ask(desk_with(business, price_influence()), ("revenue", "gmv"), to("aov", 75))
    orders, gmv, off = hand.execute(
        "SELECT COUNT(DISTINCT order_id), SUM(gmv)::DOUBLE, SUM(discount)::DOUBLE FROM lines"
    ).fetchall()[0]
    assert found.results[0].rows[0][2] == pytest.approx(75 * orders, rel=1e-9)
    assert found.results[0].rows[1][2] == pytest.approx(75 * orders / (1 - off / gmv), rel=1e-9)


def test_a_discount_is_a_price_that_demand_answers_to(business: Business, hand: duckdb.DuckDBPyConnection) -> None:
    influence = price_influence().model_copy(update={"cause": "average_selling_price"})
    found = ask(desk_with(business, influence), ("revenue",), to("discounting", 0.10))
    gmv, off = hand.execute("SELECT SUM(gmv)::DOUBLE, SUM(discount)::DOUBLE FROM lines").fetchall()[0]
    units = (0.9 / (1 - off / gmv)) ** PRICE
    assert found.results[0].rows[0][2] == pytest.approx(gmv * 0.9 * units, rel=1e-9)


def test_a_scenario_within_a_category(business: Business, hand: duckdb.DuckDBPyConnection) -> None:
    where = FieldCondition(field="products.category", values=("Grocery",))
    found = ask(desk_with(business, price_influence(by_category=True)), ("gmv",), relative("prices", 0.1), where=where)
    gmv = hand.execute("SELECT SUM(gmv)::DOUBLE FROM lines WHERE category = 'Grocery'").fetchall()[0][0]
    assert found.results[0].rows[0][2] == pytest.approx(gmv * 1.1**0.4, rel=1e-9)


@pytest.mark.parametrize(
    ("metric", "change", "words"),
    [
        ("nps", relative("prices", 0.05), "no grounds for what Prices does to Net promoter score"),
        ("gmv", relative("prices", 0.5), "from 15 % below to 15 % above"),
        ("gmv", to("conversion", 0.5), "between 1 % and 6 %"),
        ("gmv", relative("headcount", 0.1), "there is no lever 'headcount'"),
        ("gmv", relative("gmv", 0.1), "what is changed"),
    ],
)
def test_what_has_no_grounds_is_refused(business: Business, metric: str, change: LeverChange, words: str) -> None:
    with pytest.raises(QueryError, match=words):
        ask(desk_with(business, price_influence()), (metric,), change)


def test_what_is_set_directly_leaves_influences_on_it_aside(business: Business) -> None:
    found = ask(desk_with(business, AD_INFLUENCE), ("gmv",), relative("ad_budget", -0.1), relative("order_count", 0.1))
    assert found.results[0].rows[0][4] == pytest.approx(0.1, rel=1e-9)
    assert any("set directly" in text for text in found.caveats)


def test_estimated_elasticities_are_near_the_samples_own(business: Business) -> None:
    from catalog.samples.novamart import shape

    found = ask(
        business.desk(view_for(business.catalog, Principal()), dt.date(2026, 10, 31)),
        ("gmv",),
        relative("prices", 0.05),
    )
    estimated = {row[0].rpartition(", ")[2]: row for row in table(found, "assumptions").rows if row[4] == "estimated"}
    assert set(estimated) == set(shape.PRICE_ELASTICITY)
    for category, truth in shape.PRICE_ELASTICITY.items():
        _, value, low, high, _, evidence, rows = estimated[category]
        assert value == pytest.approx(float(truth), abs=0.25)
        assert low < value < high
        assert rows > 300
        assert "not from an experiment" in evidence
    assert any("not from an experiment" in text for text in found.caveats)


def test_the_answer_is_the_same_each_time(business: Business) -> None:
    desk = desk_with(business, price_influence())
    first = ask(desk, ("gmv",), relative("prices", 0.05))
    second = ask(desk_with(business, price_influence()), ("gmv",), relative("prices", 0.05))
    assert [item.rows for item in first.results] == [item.rows for item in second.results]


def test_a_regional_role_sees_its_region(business: Business, tmp_path: Path) -> None:
    strategy = business.catalog.strategy.model_copy(update={"influences": ()})
    catalog = business.catalog.model_copy(update={"strategy": strategy})
    view = view_for(catalog, Principal(user="eve", role="regional_manager", attributes={"region": "West"}))
    found = ask(business.desk(view, dt.date(2026, 10, 31)), ("gmv",), relative("order_count", 0.1))
    with duckdb.connect(str(business.warehouse.database), read_only=True) as connection:
        west = connection.execute(
            "SELECT SUM(quantity * unit_price)::DOUBLE FROM order_items JOIN orders USING (order_id)"
            " JOIN customers USING (customer_id)"
            " WHERE status <> 'cancelled' AND order_date >= '2026-10-01' AND order_date < '2026-11-01'"
            " AND region = 'West'"
        ).fetchall()[0][0]
    assert found.results[0].rows[0][1] == pytest.approx(west, rel=1e-9)
