"""Orders, splits, exceptions and figures that are said in a roundabout way, and once were dropped or taken for others."""

from __future__ import annotations

import datetime as dt

import pytest

from agent.business import Business
from agent.planners.embedded.planner import EmbeddedPlanner
from catalog.access import Principal, view_for
from catalog.durations import TimeGrain, TimePart
from catalog.loader import load_catalog
from catalog.query import FieldCondition, TimeDimension
from tests.soundness.asking import groups_of, planned


@pytest.mark.parametrize(
    ("question", "column", "descending"),
    [
        ("Gross margin by category, Q3 2026, thinnest first", "gross_margin", False),
        ("Gross margin by category, Q3 2026, fattest first", "gross_margin", True),
        ("Inventory turnover by category, slowest mover first", "inventory_turnover", False),
        ("return rate by category in 2025, worst offenders first", "return_rate", True),
        ("Gross margin by category in Q3 2026 starting with the thinnest", "gross_margin", False),
    ],
)
def test_an_order_behind_a_comma_is_kept(
    novamart_business: Business, question: str, column: str, descending: bool
) -> None:
    """ "Thinnest first" was set aside as if it told of the asker, and all rows came in another order."""
    query = planned(novamart_business, question).queries[0].query
    assert [(item.column, item.descending) for item in query.order_by] == [(column, descending)]
    assert query.limit is None


@pytest.mark.parametrize(
    "question",
    [
        "Gross margin by category, Q3 2026, flimsiest first",
        "Gross margin by category, Q3 2026, sorted by flurbiness",
        "revenue in 2025, by flurb",
    ],
)
def test_an_order_or_a_split_by_unknown_words_is_asked_about(novamart_business: Business, question: str) -> None:
    assert planned(novamart_business, question).clarification is not None


@pytest.mark.parametrize(
    ("question", "metric"),
    [
        ("which warehouse holds the most units today", "units_in_stock"),
        ("how many units does each warehouse hold?", "units_in_stock"),
        ("how many units did we sell per warehouse in 2025", "units_sold"),
        ("what did we turn over in July 2026 by channel", "revenue"),
    ],
)
def test_the_verb_says_which_figure_of_a_noun(novamart_business: Business, question: str, metric: str) -> None:
    """The units sold today were given for those a warehouse holds, and the stock turnover for what was turned over."""
    assert [use.metric for use in planned(novamart_business, question).queries[0].query.metrics] == [metric]


def test_an_average_per_day_of_a_verb_is_one_figure(novamart_business: Business) -> None:
    """A row of stock turnover was given for each day."""
    query = planned(novamart_business, "On average what did we turn over per day in July 2026?").queries[0].query
    assert [(use.metric, use.average_per) for use in query.metrics] == [("revenue", TimeGrain.DAY)]
    assert query.group_by == ()


@pytest.mark.parametrize(
    ("question", "means"),
    [
        (
            "How many orders in September 2026 are not delivered yet, so processing or shipped?",
            "Orders, September 2026, where order status is not completed and order status is processing or shipped",
        ),
        (
            "orders not in the app, so web or store, in 2025",
            "Orders, 2025, where sales channel is not mobile_app and sales channel is web or store",
        ),
        (
            "orders in August 2026 from any segment but vip",
            "Orders, August 2026, where customer segment is not vip",
        ),
        (
            "returns in 2025 for any reason except changed mind",
            "Returns, 2025, where return reason is not changed_mind",
        ),
    ],
)
def test_what_is_left_out_ends_where_it_is_said_to(novamart_business: Business, question: str, means: str) -> None:
    """The "not" reached over "so", to what was asked for; "any segment but vip" was the vips alone."""
    assert planned(novamart_business, question).interpretation == means


def test_any_reason_splits_nothing(novamart_business: Business) -> None:
    question = "returns this year for any reason except changed mind"
    assert planned(novamart_business, question).queries[0].query.group_by == ()


@pytest.mark.parametrize("question", ["orders in 2025 of any status", "revenue in 2025 regardless of order status"])
def test_a_condition_of_the_figures_own_is_not_lifted_by_any(novamart_business: Business, question: str) -> None:
    """Orders leave out the cancelled ones: those of any status are others."""
    assert planned(novamart_business, question).clarification is not None


def test_each_weekday_is_a_split(novamart_business: Business) -> None:
    """ "On each weekday" was the five working days together."""
    query = planned(novamart_business, "how much revenue did we do on each weekday in Q3 2026?").queries[0].query
    assert query.group_by == (TimeDimension(part=TimePart.WEEKDAY),)
    assert query.where is None


def test_a_share_asked_for_behind_an_answer_is_the_share_alone(novamart_business: Business) -> None:
    before = planned(novamart_business, "Revenue by category in September 2026")
    query = planned(novamart_business, "and as a share of the total?", before).queries[0].query
    assert [use.show for use in query.metrics] == ["context"]
    assert [(item.kind, item.show) for item in query.calculations] == [("share", "measure")]


@pytest.mark.parametrize(
    ("question", "means"),
    [
        (
            "What percent of in-store orders in 2025 were placed on a Saturday or Sunday?",
            "Share of orders on Saturdays or Sundays: Orders, 2025, by weekday, where sales channel is store, "
            "only where weekday is Saturday and Sunday, as a share of the whole",
        ),
        (
            "what share of weekend orders in 2025 came from stores?",
            "Orders, 2025, by sales channel, where the day is Saturday or Sunday, only where channel is store, "
            "as a share of the whole",
        ),
    ],
)
def test_the_part_of_a_share_may_be_one_of_time(novamart_business: Business, question: str, means: str) -> None:
    """The stores' share of the weekend's orders was given for the weekend's share of those of the stores."""
    assert planned(novamart_business, question).interpretation == means


@pytest.mark.parametrize(
    ("question", "means"),
    [
        (
            "By what percentage has revenue grown so far this year versus the same stretch of last year?",
            "Revenue, January to October 2026, compared with January to October 2025",
        ),
        ("the number of orders in 2025 that came to more than $500 each", "Orders, 2025, where order amount above 500"),
        (
            "How much more did we hand out in discounts in November 2025 than in October 2025?",
            "Discounts, November 2025, compared with October 2025",
        ),
        (
            "How much money is sitting in stock for each category now?",
            "Inventory value, as of 31 October 2026, by category",
        ),
        (
            "the three best-selling subcategories by revenue inside each category for 2025",
            "Revenue, 2025, by subcategory and category, the 3 highest by Revenue in each category",
        ),
        (
            "How much clients we have lost, situation in end of September 2026?",
            "Churned customers, as of 30 September 2026",
        ),
        ("Stockout rate at each month end in 2026", "Stockout rate, January to October 2026, by month"),
    ],
)
def test_roundabout_turns_of_phrase(novamart_business: Business, question: str, means: str) -> None:
    assert planned(novamart_business, question).interpretation == means


@pytest.mark.parametrize(
    ("said", "means"),
    [
        ("now orders instead of revenue", "Orders, 2025, by sales channel (kept from before: grouping, period)"),
        ("by region instead of by channel", "Revenue, 2025, by region (kept from before: metric, period)"),
        ("2024 instead of 2025", "Revenue, 2024, by sales channel (kept from before: metric, grouping)"),
    ],
)
def test_one_word_in_place_of_another(novamart_business: Business, said: str, means: str) -> None:
    before = planned(novamart_business, "Revenue by channel in 2025")
    assert planned(novamart_business, said, before).interpretation == means


@pytest.mark.parametrize(
    ("question", "metric", "limit"),
    [
        ("best selling products, in units, top three", "total_units_sold", 3),
        ("best selling products, top 5", "total_units_sold", 5),
        ("my 3 best selling products by revenue in 2026", "gmv", 3),
        ("products with the lowest GMV this year, top 4", "gmv", 4),
    ],
)
def test_best_selling_says_how_things_are_picked_and_top_how_many(question: str, metric: str, limit: int) -> None:
    """Ten were shown where three were asked for, and the units beside the revenue that was to rank them."""
    planner = EmbeddedPlanner(view_for(load_catalog("amalimart"), Principal()), None, None)
    query = planner.plan(question, dt.date(2026, 10, 31)).queries[0].query
    assert [use.metric for use in query.metrics] == [metric]
    assert query.limit == limit


@pytest.mark.parametrize(
    "question",
    [
        "revenue by category (books, toys and so on) in 2025",
        "revenue by category, such as books or toys, in 2025",
        "revenue by category, books, toys etc., in 2025",
    ],
)
def test_examples_of_a_split_narrow_nothing(novamart_business: Business, question: str) -> None:
    """Only books and toys were shown, of all the categories asked for."""
    query = planned(novamart_business, question).queries[0].query
    assert (query.where, groups_of(query)) == (None, ["products.category"])


@pytest.mark.parametrize(
    ("question", "operator"),
    [
        ("how many orders used a discount in October 2026", "is_not_null"),
        ("GMV of orders with a discount in 2026", "is_not_null"),
        ("orders that used a voucher in 2026", "is_not_null"),
        ("orders without a discount in April 2026", "is_null"),
    ],
)
def test_what_rows_need_not_have_narrows_them(question: str, operator: str) -> None:
    """Every order was counted, with a discount or not."""
    planner = EmbeddedPlanner(view_for(load_catalog("amalimart"), Principal()), None, None)
    where = planner.plan(question, dt.date(2026, 10, 31)).queries[0].query.where
    assert isinstance(where, FieldCondition)
    assert (where.field, where.operator) == ("discounts.discount_code", operator)
