"""Words that say in which order, or that each of several is meant, pick nothing and add nothing up."""

from __future__ import annotations

import pytest

from agent.business import Business
from tests.soundness.asking import groups_of, planned


@pytest.mark.parametrize(
    ("question", "descending"),
    [
        ("Revenue by store in May 2026, from best to worst", True),
        ("return rate by category in 2025, worst to best", True),
        ("return rate by category in 2025 from the best to the worst", False),
        ("GMV by region in 2025, from the lowest up to the highest", False),
    ],
)
def test_from_one_end_to_the_other_is_an_order(novamart_business: Business, question: str, descending: bool) -> None:
    """The first of the two superlatives picked one row."""
    query = planned(novamart_business, question).queries[0].query
    assert query.limit is None
    assert [item.descending for item in query.order_by] == [descending]


def test_an_order_of_one_figure_is_asked_about(novamart_business: Business) -> None:
    assert planned(novamart_business, "revenue of the app in 2025 from best to worst").clarification is not None


def test_things_between_slashes_stand_side_by_side(novamart_business: Business) -> None:
    """They were taken together."""
    assert groups_of(planned(novamart_business, "aov web / app / store in 2025").queries[0].query) == ["orders.channel"]
    assert groups_of(planned(novamart_business, "revenue for web/app in 2025").queries[0].query) == []


@pytest.mark.parametrize(
    ("question", "metrics"),
    [
        ("Supplier late rate quarter by quarter in 2025", ["late_rate"]),
        ("suppliers and late rate by quarter in 2025", ["supplier_count", "late_rate"]),
        ("orders from 18:00 until midnight, all days of September 2025 together", ["order_count"]),
    ],
)
def test_what_only_says_whose_it_is_adds_no_figure(
    novamart_business: Business, question: str, metrics: list[str]
) -> None:
    """The suppliers were counted beside their late rate."""
    assert [use.metric for use in planned(novamart_business, question).queries[0].query.metrics] == metrics


def test_a_list_of_what_has_not_come_shows_the_fields_told(novamart_business: Business) -> None:
    """It counted them, and their suppliers."""
    question = "supplier shipments that have not arrived yet, with their supplier and due date"
    query = planned(novamart_business, question).queries[0].query
    assert not query.metrics
    assert groups_of(query) == [
        "supplier_shipments.shipment_id",
        "supplier_shipments.supplier_id",
        "supplier_shipments.eta",
    ]


@pytest.mark.parametrize("question", ["orders in May 2026 for stores 1, 4 and 7", "revenue of stores 2 and 3 in 2025"])
def test_numbered_things_stand_side_by_side(novamart_business: Business, question: str) -> None:
    """They were added up, where "web and app" stood side by side."""
    assert groups_of(planned(novamart_business, question).queries[0].query) == ["orders.store_id"]


@pytest.mark.parametrize(
    "question", ["orders of stores 1 or 4 in May 2026", "total orders of stores 1, 4 and 7 in 2025"]
)
def test_numbered_things_together_are_one_figure(novamart_business: Business, question: str) -> None:
    assert groups_of(planned(novamart_business, question).queries[0].query) == []


def test_a_figure_and_its_share_of_another(novamart_business: Business) -> None:
    """Only the rate was shown."""
    query = planned(novamart_business, "how much discount in Q2 2026, in dollars and also as % of GMV").queries[0].query
    assert [use.metric for use in query.metrics] == ["discounts", "discount_rate"]
    assert planned(novamart_business, "orders and their share of returns in 2025").clarification is not None


@pytest.mark.parametrize(
    "question", ["GMV by channel, orders by month in 2025", "revenue by channel, customers who joined in 2025"]
)
def test_a_figure_behind_a_split_is_in_no_list(novamart_business: Business, question: str) -> None:
    """It became a second figure, or one more split of the first."""
    assert planned(novamart_business, question).clarification is not None


def test_whose_it_is_not_leaves_no_value_out(novamart_business: Business) -> None:
    """ "Not of the store" left the sales of the stores out."""
    query = planned(novamart_business, "GMV by region of the customer, not of the store, in 2025").queries[0].query
    assert query.where is None


def test_through_a_year_is_that_year(novamart_business: Business) -> None:
    """All years up to it were shown."""
    query = planned(novamart_business, "cumulative GMV month by month through 2025").queries[0].query
    assert query.period is not None
    assert str(query.period.start)[:10] == "2025-01-01"


def test_which_figures_there_are_is_no_figure(novamart_business: Business) -> None:
    """The number of returns was given."""
    plan = planned(novamart_business, "Which metrics are there for returns?")
    assert (plan.shape, plan.topic, plan.queries) == ("overview", "returns", ())


@pytest.mark.parametrize(
    "question",
    [
        "list the orders over $200 in May 2026 with order number and amount",
        "list the returns with a refund of more than $150 since 1 September: return number, return date and refund amount",
    ],
)
def test_records_with_a_bound_are_rows_not_a_sum(novamart_business: Business, question: str) -> None:
    """Groups of the figure stood in their place, without the fields that were told."""
    plan = planned(novamart_business, question)
    assert plan.shape == "records"
    assert plan.queries[0].query.metrics == ()
    assert plan.queries[0].query.where is not None


def test_a_field_of_records_that_nothing_knows_is_asked_about(novamart_business: Business) -> None:
    """It went with its clause as context, and the list stood there without it; "date" is the time that they go by."""
    told = "List the refunds of more than $150 since 1 September: return number, {} and amount"
    assert planned(novamart_business, told.format("courier")).clarification is not None
    plan = planned(novamart_business, told.format("date"))
    assert "returns.return_date" in groups_of(plan.queries[0].query)
    assert plan.caveats == ()


def test_a_list_of_things_is_no_single_figure(novamart_business: Business) -> None:
    assert planned(novamart_business, "list the stores with their revenue").clarification is not None


def test_those_who_are_one_thing_and_did_another(novamart_business: Business) -> None:
    """Two figures stood side by side where those were asked for that are both."""
    assert planned(novamart_business, "how many active customers signed up in 2025").clarification is not None


@pytest.mark.parametrize(
    ("question", "alone"),
    [
        ("top 5 campaigns by attributed revenue in 2026", True),
        ("which campaigns brought in more than $500 of attributed revenue in 2026", True),
        ("attributed revenue by campaign in 2026", False),
        ("top 5 campaigns by attributed revenue in 2026 and all others", False),
    ],
)
def test_what_belongs_to_no_campaign_is_none_of_the_first(
    novamart_business: Business, question: str, alone: bool
) -> None:
    """The revenue of no campaign led the list of campaigns."""
    query = planned(novamart_business, question).queries[0].query
    assert any(item.operator == "is_not_null" for item in query.having) is alone


@pytest.mark.parametrize(
    "question",
    [
        "For every category, the best selling product of the year so far, in units",
        "for each category, the best selling product in 2026",
        "the best selling product of each category in 2026",
    ],
)
def test_the_best_of_each_group_is_a_thing(novamart_business: Business, question: str) -> None:
    """The one category that sold best was given."""
    query = planned(novamart_business, question).queries[0].query
    assert sorted(groups_of(query)) == ["products.category", "products.name"]
    assert (query.limit, query.limit_within) == (1, ("category",))


@pytest.mark.parametrize(
    ("question", "means"),
    [
        ("products by number of returns in 2025", "Returns, 2025, by product, highest first by Returns"),
        ("products by GMV in 2025", "GMV, 2025, by product, highest first by GMV"),
        ("categories by number of orders in 2025", "Orders, 2025, by category, highest first by Orders"),
    ],
)
def test_things_by_a_figure_are_each_of_them(novamart_business: Business, question: str, means: str) -> None:
    """The figure of all was given, or the number of the things."""
    assert planned(novamart_business, question).interpretation == means


@pytest.mark.parametrize(
    "question",
    [
        "number of customers by number of orders in 2025",
        "how many customers ordered once, twice, three times and so on in 2025?",
        "How many customers have how many orders in 2025?",
    ],
)
def test_things_are_spread_over_their_number(novamart_business: Business, question: str) -> None:
    """The customers who ordered were given, all together."""
    plan = planned(novamart_business, question)
    assert plan.analysis is not None and plan.analysis.kind == "rollup"
    assert (plan.analysis.aggregate, plan.analysis.by) == ("count", ("order_count",))


@pytest.mark.parametrize("bought", ["bought at least one", "ordered at least one"])
def test_what_was_bought_at_least_once_is_of_the_time(novamart_business: Business, bought: str) -> None:
    """Whoever bought in 2026 and ever had such a product was counted."""
    plan = planned(novamart_business, f"How many customers {bought} Beauty product in 2026?")
    plain = planned(novamart_business, "How many customers bought Beauty products in 2026?")
    assert plan.queries[0].query.where == plain.queries[0].query.where
    several = planned(novamart_business, f"How many customers {bought.replace('one', '3')} Beauty products in 2026?")
    assert several.clarification is not None


def test_where_something_was_bought_is_no_thing_that_was(novamart_business: Business) -> None:
    """ "Bought in a store at least once": not stores, of which each customer has none."""
    plan = planned(
        novamart_business,
        "What percentage of the customers who bought in 2026 bought in a store at least once this year?",
    )
    assert plan.interpretation.startswith(
        "Share of those Orders of the customer at least 1 with sales channel is store"
    )
