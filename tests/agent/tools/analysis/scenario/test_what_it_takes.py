"""Goals on NovaMart against closed forms; decisions saved, compared and scored."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from agent.business import Business
from agent.errors import QueryError
from agent.stores.decisions import DecisionStore
from agent.tools.analysis.decisions.kept_forecast import run_kept_forecast
from agent.tools.analysis.decisions.saved_decisions import run_decision
from agent.tools.analysis.desk import AnalysisDesk
from agent.tools.analysis.finding import Finding
from agent.tools.analysis.forecast.tool import outlook, run_forecast
from agent.tools.analysis.present_finding import present_finding
from agent.tools.analysis.scenario.what_if import run_scenario
from agent.tools.analysis.scenario.what_it_takes import run_goal
from catalog.access import Principal, view_for
from catalog.analyses.decision import DecisionRequest, KeptForecastRequest
from catalog.analyses.forecast import ForecastRequest
from catalog.analyses.scenario import GoalRequest, LeverChange, ScenarioRequest
from catalog.durations import TimeGrain
from catalog.query import FieldCondition, MetricQuery, MetricUse, Period
from catalog.strategy.influences import Influence

SEPTEMBER = Period(start=dt.date(2026, 9, 1), end=dt.date(2026, 10, 1))
OCTOBER = Period(start=dt.date(2026, 10, 1), end=dt.date(2026, 11, 1))
PRICE = Influence(
    cause="prices", effect="units_sold", elasticity=-1.8, low=-2.4, high=-1.2, evidence="a test", shape="normal"
)


def desk_of(
    business: Business, *items: Influence, store: DecisionStore | None = None, user: str = "anna"
) -> AnalysisDesk:
    strategy = business.catalog.strategy.model_copy(update={"influences": items})
    view = view_for(business.catalog.model_copy(update={"strategy": strategy}), Principal(user=user))
    desk = business.desk(view, dt.date(2026, 10, 31))
    if store is None:
        return desk
    return AnalysisDesk(
        view=view, as_of=desk.as_of, run=desk.run, protect=desk.protect, span_of=desk.span_of,
        open_decisions=lambda: store.book(view),
    )  # fmt: skip


def shown(found: Finding) -> Finding:
    presented = present_finding(found, "nothing shown")
    assert presented.headline != "nothing shown"
    assert len(presented.narrative) == len(found.narrative)
    return found


def figures(business: Business) -> tuple[float, int]:
    with duckdb.connect(str(business.warehouse.database), read_only=True) as connection:
        gmv, orders = connection.execute(
            "SELECT SUM(quantity * unit_price)::DOUBLE, COUNT(DISTINCT order_id) FROM order_items JOIN orders USING (order_id)"
            " WHERE status <> 'cancelled' AND order_date >= '2026-10-01' AND order_date < '2026-11-01'"
        ).fetchall()[0]
    return gmv, orders


def test_orders_to_a_goal_are_the_plain_proportion(novamart_business: Business) -> None:
    gmv, orders = figures(novamart_business)
    request = GoalRequest(metric="gmv", target=gmv * 1.2, levers=("order_count",), period=OCTOBER)
    found = shown(run_goal(request, desk_of(novamart_business)))
    _, now, needed, _, growth = found.results[0].rows[0]
    assert now == orders
    assert needed == pytest.approx(orders * 1.2, rel=1e-12)
    assert growth == pytest.approx(0.2, rel=1e-12)


def test_a_price_that_demand_answers_to_goes_down(novamart_business: Business) -> None:
    gmv, _ = figures(novamart_business)
    request = GoalRequest(metric="gmv", target=gmv * 1.05, levers=("prices",), period=OCTOBER)
    found = shown(run_goal(request, desk_of(novamart_business, PRICE)))
    assert found.results[0].rows[0][4] == pytest.approx(1.05 ** (1 / -0.8) - 1, rel=1e-9)
    ways = next(item for item in found.results if item.name == "ways")
    assert ways.rows[0][4] < gmv * 1.05 < ways.rows[0][5]


def test_two_levers_share_the_way(novamart_business: Business) -> None:
    gmv, _ = figures(novamart_business)
    request = GoalRequest(metric="gmv", target=gmv * 1.21, levers=("order_count", "basket_size"), period=OCTOBER)
    found = shown(run_goal(request, desk_of(novamart_business)))
    grown = [row[4] for table in found.results for row in table.rows if table.name in ("answer", "way_1_2")]
    assert grown == pytest.approx([0.1, 0.1], rel=1e-6)


def test_out_of_reach_names_the_nearest(novamart_business: Business) -> None:
    gmv, _ = figures(novamart_business)
    request = GoalRequest(metric="gmv", target=gmv * 3, levers=("prices",), period=OCTOBER)
    found = shown(run_goal(request, desk_of(novamart_business, PRICE)))
    assert "cannot be brought" in found.headline.text
    ways = next(item for item in found.results if item.name == "ways")
    assert ways.rows[0][2] == pytest.approx(gmv * 0.85**-0.8, rel=1e-9)
    assert ways.rows[0][3] is False


def test_the_catalogs_target_and_every_lever(novamart_business: Business) -> None:
    found = shown(run_goal(GoalRequest(metric="gmv", period=OCTOBER), desk_of(novamart_business, PRICE)))
    target = next(item for item in found.results if item.name == "gap").rows[0][2]
    assert target == pytest.approx(18e6 * 0.004)
    for row in found.results[0].rows:
        if row[3]:
            assert row[2] == pytest.approx(target, rel=1e-8)
    assert {"Orders", "Items per order", "Conversion rate"} <= {row[0] for row in found.results[0].rows}


def test_met_already_and_nothing_to_move_it(novamart_business: Business) -> None:
    met = shown(
        run_goal(GoalRequest(metric="gmv", target=1000.0, comparison=">=", period=OCTOBER), desk_of(novamart_business))
    )
    assert "is met" in met.headline.text
    churn = shown(
        run_goal(GoalRequest(metric="churn_rate", period=Period(end=dt.date(2026, 11, 1))), desk_of(novamart_business))
    )
    assert "nothing here is known to move it" in churn.headline.text
    with pytest.raises(QueryError, match="has no target"):
        run_goal(GoalRequest(metric="units_sold", period=OCTOBER), desk_of(novamart_business))
    with pytest.raises(QueryError, match="no grounds"):
        run_goal(
            GoalRequest(metric="nps", target=60, levers=("prices",), period=OCTOBER), desk_of(novamart_business, PRICE)
        )


def test_decisions_are_saved_compared_and_scored(novamart_business: Business, tmp_path: Path) -> None:
    store = DecisionStore.open(tmp_path / "decisions.sqlite")
    desk = desk_of(novamart_business, PRICE, store=store)

    def save(name: str, *changes: LeverChange) -> Finding:
        return shown(
            run_scenario(ScenarioRequest(metrics=("gmv",), changes=changes, period=SEPTEMBER, name=name), desk)
        )

    save("Price", LeverChange(lever="prices", value=0.05))
    save("Basket", LeverChange(lever="basket_size", value=0.1))
    both = shown(run_decision(DecisionRequest(action="compare", names=("price", "BASKET")), desk))
    gmv = both.results[0].rows[0][1]
    assert [row[0] for row in both.results[0].rows] == ["Price", "Basket"]
    assert [row[2] for row in both.results[0].rows] == pytest.approx([gmv * 1.05**-0.8, gmv * 1.1], rel=1e-9)
    assert "Basket" in both.headline.text
    scored = shown(run_decision(DecisionRequest(action="score", names=("Basket",)), desk))
    _, _, _, expected, actual, miss, rate, *_ = scored.results[0].rows[0]
    assert (expected, actual) == pytest.approx((gmv * 1.1, gmv), rel=1e-9)
    assert miss == pytest.approx(actual - expected)
    assert rate == pytest.approx(1 / 1.1 - 1)
    assert any("over when it was saved" in text for text in scored.caveats)
    listed = shown(run_decision(DecisionRequest(action="list"), desk))
    assert len(listed.results[0].rows) == 2
    with pytest.raises(QueryError, match="nothing is saved as “Foo”; saved are “Price” and “Basket”"):
        run_decision(DecisionRequest(action="compare", names=("Foo", "Price")), desk)
    other = desk_of(novamart_business, PRICE, store=store, user="ben")
    assert "Nothing is saved yet" in run_decision(DecisionRequest(action="list"), other).headline.text
    shown(run_decision(DecisionRequest(action="forget", names=("Price",)), desk))
    assert len(run_decision(DecisionRequest(action="list"), desk).results[0].rows) == 1


def test_a_forecast_is_kept_and_scored_when_its_months_are_over(novamart_business: Business, tmp_path: Path) -> None:
    store = DecisionStore.open(tmp_path / "decisions.sqlite")
    now = desk_of(novamart_business, store=store)
    past = replace(now, as_of=dt.date(2026, 8, 31))
    forecast = ForecastRequest(
        metric="gmv", period=Period(start=dt.date(2026, 9, 1), end=dt.date(2026, 11, 1)), grain=TimeGrain.MONTH
    )
    kept = run_kept_forecast(KeptForecastRequest(name="Autumn", forecast=forecast), past)
    if kept.clarification is not None:
        pytest.skip("the sample is too short for a forecast")
    early = run_decision(DecisionRequest(action="score", names=("Autumn",)), past)
    assert "not over" in early.headline.text
    scored = shown(run_decision(DecisionRequest(action="score", names=("Autumn",)), now))
    assert [row[2] for row in scored.results[0].rows] == [dt.date(2026, 9, 1), dt.date(2026, 10, 1)]
    assert scored.results[0].rows[1][4] == pytest.approx(figures(novamart_business)[0])
    assert all(row[7] < row[3] < row[8] for row in scored.results[0].rows)


def test_the_target_of_a_part_is_asked_for_and_not_made_up(novamart_business: Business) -> None:
    """Of a sum its share of the target is offered, of an average the same target."""
    west = FieldCondition(field="customers.region", values=("West",))
    desk = desk_of(novamart_business)
    for metric, share in (("gmv", None), ("aov", 1.0)):
        asked = run_goal(GoalRequest(metric=metric, period=OCTOBER, where=west), desk).clarification
        assert asked is not None
        assert asked.choices[0].plan is not None
        chosen = asked.choices[0].plan.analysis
        assert isinstance(chosen, GoalRequest)
        query = MetricQuery(metrics=(MetricUse(metric=metric),), period=OCTOBER, targets=True)
        whole, target = (float(cell) for cell in desk.query(query).rows[0])
        part = float(desk.query(query.model_copy(update={"where": west, "targets": False})).rows[0][0])
        assert chosen.target == pytest.approx(target * (part / whole if share is None else share), rel=1e-9)
        assert run_goal(chosen, desk).results, "the choice can be computed"


def test_more_answers_are_no_way_to_a_better_score(novamart_business: Business) -> None:
    """A score over survey answers: fewer of them, with as many promoters, would only look like a better one."""
    desk = desk_of(novamart_business)
    year = Period(start=dt.date(2025, 11, 1), end=dt.date(2026, 11, 1))
    ways = run_goal(GoalRequest(metric="nps", target=50.0, period=year), desk).results[0]
    assert "Survey answers" not in {row[0] for row in ways.rows}
    with pytest.raises(QueryError, match="only look like an effect"):
        run_goal(GoalRequest(metric="nps", target=50.0, levers=("survey_responses",), period=year), desk)


NOVEMBER = Period(start=dt.date(2026, 11, 1), end=dt.date(2026, 12, 1))


def test_a_time_to_come_is_held_against_what_is_expected_of_it(novamart_business: Business) -> None:
    """Of orders alone the need is in plain proportion: as much more as the value is above what is expected."""
    desk = desk_of(novamart_business)
    expected = run_forecast(ForecastRequest(metric="gmv", period=NOVEMBER, grain=TimeGrain.MONTH), desk).results[0]
    likely = expected.rows[0][[column.name for column in expected.columns].index("forecast")]
    request = GoalRequest(metric="gmv", target=likely * 1.1, levers=("order_count",), period=OCTOBER, ahead=NOVEMBER)
    found = shown(run_goal(request, desk))
    assert found.results[0].rows[0][-1] == pytest.approx(0.1, rel=1e-9)
    assert "expected" in found.headline.text and "November 2026" in found.headline.text


def test_what_is_expected_anyway_needs_no_change(novamart_business: Business) -> None:
    """More than October's figure was said to be needed, though the season brings it."""
    gmv, _ = figures(novamart_business)
    request = GoalRequest(metric="gmv", target=gmv * 1.05, period=OCTOBER, ahead=NOVEMBER)
    found = shown(run_goal(request, desk_of(novamart_business)))
    assert "without a change" in found.headline.text
    assert len(found.results) == 1


def test_of_a_time_that_has_begun_only_the_rest_can_change(novamart_business: Business) -> None:
    year = Period(start=dt.date(2026, 1, 1), end=dt.date(2027, 1, 1))
    desk = desk_of(novamart_business)
    made = outlook(ForecastRequest(metric="gmv", period=year, grain=TimeGrain.MONTH), desk)
    assert made is not None and made.known is not None
    request = GoalRequest(
        metric="gmv",
        target=made.value + 0.1 * (made.value - made.known),
        levers=("order_count",),
        period=OCTOBER,
        ahead=year,
    )
    assert shown(run_goal(request, desk)).results[0].rows[0][-1] == pytest.approx(0.1, rel=1e-9)


def test_a_scenario_is_carried_over_to_what_is_expected(novamart_business: Business) -> None:
    """A tenth more orders are a tenth more GMV, of what is expected as of what was."""
    desk = desk_of(novamart_business)
    expected = run_forecast(ForecastRequest(metric="gmv", period=NOVEMBER, grain=TimeGrain.MONTH), desk).results[0]
    likely = expected.rows[0][[column.name for column in expected.columns].index("forecast")]
    change = LeverChange(lever="order_count", value=0.1)
    found = shown(
        run_scenario(ScenarioRequest(metrics=("gmv",), changes=(change,), period=OCTOBER, ahead=NOVEMBER), desk)
    )
    _, baseline, scenario, *_ = found.results[0].rows[0]
    assert (baseline, scenario) == (pytest.approx(likely), pytest.approx(1.1 * likely))
    assert "would be" in found.headline.text and "November 2026" in found.headline.text
