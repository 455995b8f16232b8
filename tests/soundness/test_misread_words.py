"""Questions whose words were all taken, each for something else than was meant."""

from __future__ import annotations

import pytest

from agent.business import Business
from agent.service import PlumblineService
from catalog.drafting.reading import read_names
from catalog.models import FieldType
from tests.soundness.asking import groups_of, planned


@pytest.mark.parametrize(
    "question",
    [
        "Hello, I am new here. How many orders did we have in 2025?",
        "I'm new here, how many orders in 2025?",
        "as a new colleague I wonder: orders in 2025?",
        "We are loyal to our plans; orders in 2025?",
    ],
)
def test_what_people_say_of_themselves_narrows_nothing(novamart_business: Business, question: str) -> None:
    """Only the orders of new customers were counted."""
    assert planned(novamart_business, question).queries[0].query.where is None


@pytest.mark.parametrize(
    ("question", "metric", "group"),
    [
        ("revenue per customer segment in 2025", "revenue", "customers.segment"),
        ("orders per customer region in 2025", "order_count", "customers.region"),
        ("revenue per order status in 2025", "revenue", "orders.status"),
        ("revenue per customer by segment in 2025", "revenue_per_customer", "customers.segment"),
    ],
)
def test_the_thing_behind_per_may_begin_a_fields_name(
    novamart_business: Business, question: str, metric: str, group: str
) -> None:
    """ "Revenue per customer segment" was the revenue per customer."""
    query = planned(novamart_business, question).queries[0].query
    assert ([use.metric for use in query.metrics], groups_of(query)) == ([metric], [group])


def test_an_adjective_in_a_name_ranks_nothing(novamart_business: Business) -> None:
    """ "Low" in "low stock products" left one warehouse, the lowest."""
    query = planned(novamart_business, "low stock products per warehouse").queries[0].query
    assert (query.limit, query.order_by) == (None, ())


@pytest.mark.parametrize(
    "question",
    [
        "is AOV higher on web or in the app?",
        "which is bigger, web or app revenue in 2025?",
        "do web or app orders have the higher return rate?",
    ],
)
def test_which_of_two_is_higher_shows_both(novamart_business: Business, question: str) -> None:
    """The two together were given, held against the month before."""
    query = planned(novamart_business, question).queries[0].query
    assert groups_of(query) == ["orders.channel"]
    assert not any(item.show == "measure" for item in query.compare)


def test_a_yes_or_no_behind_a_figure_narrows_it(novamart_business: Business, hospital: PlumblineService) -> None:
    """Units "on discount" were split into those with and without."""
    query = planned(novamart_business, "units sold on discount in September 2026").queries[0].query
    assert query.group_by == ()
    assert query.where is not None
    stays = hospital.ask("how many stays were readmissions in 2024").results[0].rows[0][0]
    assert 0 < stays < hospital.ask("Admissions in 2024").results[0].rows[0][0]


@pytest.mark.parametrize(
    "question", ["list the products that are out of stock", "name the products that are out of stock"]
)
def test_things_listed_are_no_number(novamart_business: Business, question: str) -> None:
    """Their number was given, or every product there is."""
    query = planned(novamart_business, question).queries[0].query
    assert groups_of(query) == ["products.name"]
    assert [use.show for use in query.metrics] == ["context"]
    assert query.having


@pytest.mark.parametrize(
    "question",
    ["order numbers and amounts of the 3 largest orders in October 2026", "amount of the largest order of 2025"],
)
def test_the_largest_are_not_ranked_by_their_number(novamart_business: Business, question: str) -> None:
    """Each order counts once: the first ones were given with a 1."""
    plan = planned(novamart_business, question)
    assert plan.shape == "records"
    assert plan.queries[0].query.order_by[0].column == "total_amount"


@pytest.mark.parametrize(
    "question", ["most common return reason for clothes in 2026?", "most frequent return reason in 2025"]
)
def test_what_is_most_common_is_counted_where_it_stands(novamart_business: Business, question: str) -> None:
    """The products of the category were counted by reason."""
    query = planned(novamart_business, question).queries[0].query
    assert [use.metric for use in query.metrics] == ["return_count"]
    assert groups_of(query) == ["returns.reason_code"]


@pytest.mark.parametrize(
    "question",
    [
        "Names of our 10 best customers by revenue 2026",
        "give me the e-mails of all VIP customers in the West",
        "the full names of the 5 vip customers with the highest revenue",
    ],
)
def test_people_are_not_named_as_something_else(novamart_business: Business, question: str) -> None:
    """Products were named in their place."""
    assert planned(novamart_business, question).refusal is not None


def test_two_words_of_one_value_pick_no_group(novamart_business: Business) -> None:
    """ "Toys & games" was taken for two values, and the one category ranked in place of its products."""
    query = planned(novamart_business, "3 best toys & games products by units sold in 2025").queries[0].query
    assert groups_of(query) == ["products.name"]


@pytest.mark.parametrize(
    "question",
    ["revenue per customer by segment as a share of total", "return rate by category as a share of the total"],
)
def test_rates_have_no_shares(novamart_business: Business, question: str) -> None:
    """Shares of rates were given, of a whole that they do not add up to."""
    assert planned(novamart_business, question).clarification is not None


@pytest.mark.parametrize(
    ("first", "then", "metric", "groups"),
    [
        ("orders by region in May 2026", "split that by channel as well", "order_count", ["customers.region", "orders.channel"]),
        ("orders by region in May 2026", "break it down further by channel", "order_count", ["customers.region", "orders.channel"]),
        ("number of returns by category in Q3 2026", "refunds in dollars instead", "refunds", ["products.category"]),
        ("orders by region in May 2026", "Ok, thanks! And revenue?", "revenue", ["customers.region"]),
        ("orders by region in September 2026", "by channel instead", "order_count", ["orders.channel"]),
    ],
)  # fmt: skip
def test_what_a_follow_up_adds_and_what_it_replaces(
    novamart_business: Business, first: str, then: str, metric: str, groups: list[str]
) -> None:
    """What was to be added took the place of the rest; what was to be replaced lost it."""
    before = planned(novamart_business, first)
    query = planned(novamart_business, then, before).queries[0].query
    assert [use.metric for use in query.metrics] == [metric]
    assert groups_of(query) == groups
    assert query.period == before.queries[0].query.period


@pytest.mark.parametrize(
    "question", ["average gross profit in 2025", "average revenue in 2025", "average net revenue in 2025"]
)
def test_an_average_of_a_sum_is_not_the_sum(novamart_business: Business, question: str) -> None:
    """A difference of sums passed for an average, since it is worked out."""
    assert planned(novamart_business, question).clarification is not None


def test_distinct_things_are_counted_once(novamart_business: Business) -> None:
    query = planned(novamart_business, "number of distinct customers who bought in 2025").queries[0].query
    assert [use.metric for use in query.metrics] == ["active_customers"]
    assert planned(novamart_business, "distinct revenue in 2025").clarification is not None


def test_a_share_of_several_values_is_one_figure(novamart_business: Business) -> None:
    """Each value's share stood in a row of its own, and nobody added them."""
    plan = planned(novamart_business, "what share of GMV in 2025 came from vip and loyal customers")
    assert plan.analysis is not None
    assert plan.analysis.kind == "rollup"
    apart = planned(novamart_business, "what share of GMV in 2025 came from vips and what share from loyal customers")
    assert apart.analysis is None


def test_kinds_before_their_noun_are_one_set(novamart_business: Business) -> None:
    """ "Vip and new customers" were shown one by one where one figure was asked for."""
    assert groups_of(planned(novamart_business, "orders of vip and new customers in 2025").queries[0].query) == []
    each = planned(novamart_business, "compare orders of vip and new customers in 2025").queries[0].query
    assert groups_of(each) == ["customers.segment"]


@pytest.mark.parametrize(
    "question",
    [
        "GMV from 1 January to 31 March 2026, and what it was in the same months of 2025",
        "GMV in Q1 2026 and in the same period of 2025",
    ],
)
def test_the_same_months_of_another_year(novamart_business: Business, question: str) -> None:
    """The whole other year was set beside three months."""
    query = planned(novamart_business, question).queries[0].query
    assert [item.period.label for item in query.compare if item.period is not None] == ["Q1 2025"]
    assert query.period is not None
    assert query.period.label in (None, "Q1 2026")


def test_what_things_are_about_is_not_their_number(novamart_business: Business) -> None:
    """The things were counted though it was asked what they were about."""
    assert planned(novamart_business, "what were the returns about").clarification is not None


def test_a_count_of_the_same_rows_is_no_second_figure(novamart_business: Business) -> None:
    query = planned(novamart_business, "average order value by channel, for orders of 2025").queries[0].query
    assert [use.metric for use in query.metrics] == ["aov"]


@pytest.mark.parametrize(
    "question",
    ["GMV of books in Q3 2026", "GMV books 2026", "GMV without books in Q3 2026", "how many books did we sell in 2025"],
)
def test_a_value_that_is_also_a_verb_of_asking(novamart_business: Business, question: str) -> None:
    """ "To book" says nothing in a question, so "GMV of books" was the GMV of everything."""
    assert planned(novamart_business, question).queries[0].query.where is not None


def test_a_verb_of_asking_that_is_also_a_value(novamart_business: Business) -> None:
    assert planned(novamart_business, "how much revenue did we book in 2025").queries[0].query.where is None


def test_a_sentence_that_only_splits_belongs_to_the_question(novamart_business: Business) -> None:
    """The split was set aside as context, and the total was answered."""
    query = planned(novamart_business, "Revenue in 2025. I want it by channel.").queries[0].query
    assert groups_of(query) == ["orders.channel"]


def test_what_a_figure_is_made_up_of_is_not_its_total(novamart_business: Business) -> None:
    assert planned(novamart_business, "what does our revenue consist of").clarification is not None


def test_small_words_are_no_names(novamart_business: Business) -> None:
    """ "Take" is of one stem with the takings."""
    query = planned(novamart_business, "how many orders did the stores take in August 2026").queries[0].query
    assert [use.metric for use in query.metrics] == ["order_count"]


@pytest.mark.parametrize(
    "question",
    [
        "what share of orders came from Books or Toys & Games in 2026",
        "what percentage of orders in 2026 came from the 3 biggest categories",
    ],
)
def test_what_stands_in_several_groups_is_not_added_over_them(novamart_business: Business, question: str) -> None:
    """An order with a book and a toy counted twice: the three biggest categories had 128 % of the orders."""
    plan = planned(novamart_business, question)
    assert plan.clarification is not None
    assert "several categories" in plan.clarification.question


def test_the_share_of_a_few_is_one_figure(novamart_business: Business) -> None:
    """Each one's share was given."""
    plan = planned(novamart_business, "What share of revenue comes from the top 10 products?")
    assert plan.analysis is not None
    assert plan.analysis.kind == "rollup"
    assert plan.analysis.aggregate == "sum"


def test_a_part_that_only_repeats_another_is_asked_about(novamart_business: Business) -> None:
    """What was spent was given as what came back, too."""
    service_question = "How much did we spend on marketing in 2026 and what did we get back?"
    assert planned(novamart_business, service_question).clarification is not None


def test_each_group_has_its_own_first_rows(hospital: PlumblineService) -> None:
    """ "For each ..." before the ranked things gave the first rows of all."""
    answer = hospital.ask("For each building, the two procedures with the highest procedure fees in 2024")
    buildings = [row[0] for row in answer.results[0].rows]
    assert {buildings.count(name) for name in buildings} == {2}


def test_a_day_to_go_by_is_no_step(novamart_business: Business) -> None:
    """The best region of each day was shown, "by the day" having been read as a step."""
    plan = planned(novamart_business, "Which region had the most orders in 2025, going by the day they were shipped?")
    assert plan.clarification is not None


@pytest.mark.parametrize("follow_up", ["and just for customers who are vip?", "only customers who are vip"])
def test_people_that_a_follow_up_narrows_to_are_not_counted(novamart_business: Business, follow_up: str) -> None:
    """The customers were counted where the orders had been asked for."""
    before = planned(novamart_business, "orders by region in 2025")
    query = planned(novamart_business, follow_up, before).queries[0].query
    assert ([use.metric for use in query.metrics], groups_of(query)) == (["order_count"], ["customers.region"])


@pytest.mark.parametrize("who", ["customer who ordered", "buying customer"])
def test_who_did_what_is_counted_adds_no_split(novamart_business: Business, who: str) -> None:
    """One row an order was shown for "who ordered"."""
    query = planned(novamart_business, f"orders per {who} in 2025 by region").queries[0].query
    assert ([use.metric for use in query.metrics], groups_of(query)) == (["orders_per_customer"], ["customers.region"])


def test_a_count_per_another_is_no_distribution(novamart_business: Business) -> None:
    """How many customers have each number of orders was shown for "per"."""
    plan = planned(novamart_business, "number of customers per number of orders in 2025")
    assert plan.clarification is not None


def test_the_plural_of_a_way_in_is_no_insurance() -> None:
    """ "check_ins" was drafted as check insurances."""
    read = read_names({"check_ins": {"check_in_id": FieldType.INTEGER}, "members": {"member_id": FieldType.INTEGER}})
    assert read.tables["check_ins"] == "check_ins"


@pytest.mark.parametrize("told", ["who are vip", "leaving out those who are vip"])
def test_a_clause_about_those_counted_lists_nobody(novamart_business: Business, told: str) -> None:
    """One row a customer was shown for "who"."""
    query = planned(novamart_business, f"new customers by month in 2025 {told}").queries[0].query
    assert ([use.metric for use in query.metrics], groups_of(query)) == (["new_customers"], [])
    assert query.where is not None


def test_what_things_ended_as_is_the_part_of_a_share(novamart_business: Business) -> None:
    """The groups' shares of the part were shown for the part's share in each group."""
    plan = planned(novamart_business, "What share of the orders ended up in the app for each region in 2025?")
    assert plan.clarification is not None or plan.queries[0].query.calculations[0].within
