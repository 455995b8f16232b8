"""Questions whose phrases were all taken, each for something else than was meant."""

from __future__ import annotations

import datetime as dt

import pytest

from agent.business import Business
from agent.service import PlumblineService
from tests.soundness.asking import groups_of, planned


def test_a_figure_named_is_not_given_up_for_one_that_sounds_like_a_verb(novamart_business: Business) -> None:
    """ "Contributes" was gross profit by its meaning, and the returns were nobody's."""
    assert planned(novamart_business, "which category contributes most to returns").clarification is not None


def test_figures_compared_in_terms_of_are_no_split(novamart_business: Business) -> None:
    """Ten thousand single orders were shown."""
    query = (
        planned(novamart_business, "How does Q3 compare to Q2 in terms of orders, AOV and revenue?").queries[0].query
    )
    assert [use.metric for use in query.metrics] == ["order_count", "aov", "revenue"]
    assert query.group_by == ()


def test_to_beat_a_period_is_not_to_show_it(novamart_business: Business) -> None:
    """Last October alone was shown."""
    assert planned(novamart_business, "Did we beat last October's revenue?").clarification is not None


@pytest.mark.parametrize(
    "question",
    [
        "How many customers have churned since January?",
        "revenue from customers acquired in 2024",
        "Which marketing channel brings the cheapest new customers?",
        "cancellation rate from customers kept in 2025",
    ],
)
def test_a_word_of_another_figure_is_asked_about(novamart_business: Business, question: str) -> None:
    """Active customers, all revenue of the year, new customers by sales channel and the bare rate were given."""
    assert planned(novamart_business, question).clarification is not None


@pytest.mark.parametrize(
    "question",
    [
        "how many people registered with us in the week of Oct 12, 2026?",
        "how many customers registered in October 2026",
    ],
)
def test_who_came_in_a_time_are_not_all_there_are_by_then(novamart_business: Business, question: str) -> None:
    """All customers up to then were counted."""
    query = planned(novamart_business, question).queries[0].query
    assert [use.metric for use in query.metrics] == ["new_customers"]
    whole = planned(novamart_business, "how many registered customers did we have in October 2026").queries[0].query
    assert [use.metric for use in whole.metrics] == ["customer_count"]


@pytest.mark.parametrize(
    "question",
    [
        "number one reason for returns in October?",
        "what was the #1 return reason in October 2026",
        "leading category by return rate in 2025",
        "number one category by return rate in 2025",
    ],
)
def test_the_number_one_is_the_highest(novamart_business: Business, question: str) -> None:
    """It was the best: of what is better low, the lowest."""
    query = planned(novamart_business, question).queries[0].query
    assert [item.descending for item in query.order_by] == [True]
    assert query.limit == 1


def test_a_plus_makes_one_group(novamart_business: Business) -> None:
    """One row each was given."""
    query = planned(novamart_business, "website + app conversion rate for each month since February").queries[0].query
    assert groups_of(query) == []


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("which segments cancel most often? Cancellation rate by segment in 2025", False),
        ("cancellation rate of cancelled orders in 2025", False),
        ("cancellation rate of delivered orders in 2025", True),
        ("cancellation rate by order status in 2025", True),
    ],
)
def test_a_share_is_not_taken_of_what_it_measures(novamart_business: Business, question: str, asks: bool) -> None:
    """It was 100 %, or none."""
    plan = planned(novamart_business, question)
    assert (plan.clarification is not None) is asks
    assert asks or plan.queries[0].query.where is None


def test_one_word_for_two_figures_is_asked(novamart_business: Business) -> None:
    """Of the turnover of the business and that of the stock the first was taken."""
    assert planned(novamart_business, "What's our turnover?").clarification is not None
    by_region = planned(novamart_business, "turnover by region in Q3 2026").queries[0].query
    assert [use.metric for use in by_region.metrics] == ["revenue"]


@pytest.mark.parametrize(
    "question",
    [
        "How many days does each supplier take, orders since 1 September 2026?",
        "How many days did we need for revenue in 2025?",
        "How many hours of revenue by month in 2025?",
    ],
)
def test_many_days_are_a_length_of_time(novamart_business: Business, question: str) -> None:
    """Figures by day were given."""
    plan = planned(novamart_business, question)
    units = {
        novamart_business.catalog.metric_by_name[use.metric].unit
        for named in plan.queries
        for use in named.query.metrics
    }
    assert plan.clarification is not None or units == {"days"}


def test_days_on_which_something_held_are_counted(novamart_business: Business) -> None:
    question = "On how many days did revenue exceed 10000 in September 2026?"
    assert planned(novamart_business, question).clarification is None


@pytest.mark.parametrize(
    "question",
    ["Break down revenue by region", "break down last month's revenue by region", "breaking down orders by category"],
)
def test_to_break_down_is_no_fall(novamart_business: Business, question: str) -> None:
    """The change against the month before was given."""
    query = planned(novamart_business, question).queries[0].query
    assert groups_of(query) and all(item.show == "context" for item in query.compare)


@pytest.mark.parametrize(
    "question",
    [
        "most used sales channel in 2025",
        "For every region, the most used sales channel in 2025",
        "least used sales channel in each region in 2025",
    ],
)
def test_how_often_is_no_amount(novamart_business: Business, question: str) -> None:
    """The channel of the highest revenue was given."""
    query = planned(novamart_business, question).queries[0].query
    assert [use.metric for use in query.metrics] == ["order_count"]
    assert "orders.channel" in groups_of(query)


def test_an_idiom_narrows_nothing_unasked(novamart_business: Business) -> None:
    """ "For the books" was taken for the category Books."""
    asked = planned(
        novamart_business, "I need for the books the total of discounts given in September 2026"
    ).clarification
    assert asked is not None
    assert [choice.plan.queries[0].query.where is None for choice in asked.choices if choice.plan] == [True, False]
    told = planned(novamart_business, "discounts for the books category in September 2026")
    assert told.queries[0].query.where is not None


@pytest.mark.parametrize("word", ["different", "distinct"])
def test_different_things_of_a_kind_are_counted_once(novamart_business: Business, word: str) -> None:
    """The units sold were given."""
    for question, counted in (("were sold in September 2026", "products_sold"), ("are there", "product_count")):
        query = planned(novamart_business, f"how many {word} toys {question}").queries[0].query
        assert [use.metric for use in query.metrics] == [counted]


def test_what_was_paid_is_no_number_of_people(novamart_business: Business) -> None:
    """ "Pay ... customers" was taken for paying customers."""
    assert (
        planned(novamart_business, "What did we pay for shipping to customers in September?").clarification is not None
    )


@pytest.mark.parametrize(
    ("question", "period"),
    [
        ("Are we on target with GMV in October?", (2026, 10)),
        ("Were we on target with GMV in March?", (2026, 3)),
        ("Are we on target with GMV in December?", None),
    ],
)
def test_on_target_in_a_month_that_is_over_is_no_forecast(
    novamart_business: Business, question: str, period: tuple[int, int] | None
) -> None:
    """The October of the year to come was forecast, a day before this one's end."""
    plan = planned(novamart_business, question)
    start = plan.queries[0].query.period.start if plan.queries[0].query.period is not None else None
    assert (plan.analysis is None) is (period is not None)
    assert period is None or (start is not None and (start.year, start.month) == period)


@pytest.mark.parametrize(
    "question", ["3 or more orders", "three or more orders", "3 orders or more", "at least 3 orders"]
)
def test_so_many_or_more_of_what_is_counted(novamart_business: Business, question: str) -> None:
    where = planned(novamart_business, f"How many customers placed {question} in 2025?").queries[0].query.where
    assert (
        where
        == planned(novamart_business, "How many customers placed at least 3 orders in 2025?").queries[0].query.where
    )
    assert where is not None


@pytest.mark.parametrize(
    ("question", "shows"),
    [
        ("Did web or app bring more revenue in 2025?", 2),
        ("Which had fewer orders in 2025, web or app?", 2),
        ("Did we get more orders or returns in 2025?", 2),
        ("Did we have more orders in 2025 or 2024?", 2),
        ("How many customers bought more in 2025?", 0),
        ("Which customers bought more in 2025 than in 2024?", 0),
    ],
)
def test_more_picks_one_of_two_that_are_shown(novamart_business: Business, question: str, shows: int) -> None:
    plan = planned(novamart_business, question)
    assert (plan.clarification is None) is bool(shows)
    if shows:
        query = plan.queries[0].query
        compared = sum(item.show == "measure" and item.period is not None for item in query.compare)
        assert len(groups_of(query)) + compared + len(query.metrics) == shows


def test_what_grew_may_stand_between_the_verb_and_by_how_much(novamart_business: Business) -> None:
    question = "Which categories grew their revenue by more than 4 % in Q3 2026 against Q3 2025?"
    having = planned(novamart_business, question).queries[0].query.having
    (bound,) = (item for item in having if item.operator != "is_not_null")
    assert bound.column.endswith("growth")
    assert (bound.operator, bound.values) == ("gt", (0.04,))


def test_nothing_in_a_state_now_is_said_to_be_so(novamart_business: Business) -> None:
    """ "How many orders did we ship in 2025" was 0 without a word: those orders have moved on."""
    answer = PlumblineService(novamart_business).ask("How many orders did we ship in 2025?")
    assert answer.status == "clarify" or any("as it is now" in caveat for caveat in answer.caveats)


@pytest.mark.parametrize(
    "question",
    [
        "How much did customers spend in Q3 2026?",  # a mean is called "customer spend"
        "What percentage of orders are delivered late?",  # a reason for returns is called so
    ],
)
def test_what_only_sounds_like_it_is_asked_about(novamart_business: Business, question: str) -> None:
    assert planned(novamart_business, question).clarification is not None


def test_a_mean_asked_for_is_given(novamart_business: Business) -> None:
    query = planned(novamart_business, "How much do customers spend on average?").queries[0].query
    assert [use.metric for use in query.metrics] == ["revenue_per_customer"]


@pytest.mark.parametrize(
    ("question", "metrics"),
    [
        ("How many supplier shipments came in late this year so far?", ["late_shipments"]),  # all shipments and a rate
        ("how many VIPs ordered in 2025", ["active_customers"]),  # their orders
        ("Of the orders placed in May 2026, what was the average order value?", ["aov"]),  # and their number
        ("Of the customers who bought in May 2026, how many returned something in June?", ["active_customers"]),
    ],
)
def test_what_is_counted_is_what_is_named(novamart_business: Business, question: str, metrics: list[str]) -> None:
    """Another figure was told, or a second one beside it."""
    plan = planned(novamart_business, question)
    assert not plan.steps
    assert [use.metric for use in plan.queries[0].query.metrics] == metrics


def test_the_year_before_is_that_year_alone(novamart_business: Business) -> None:
    """ "Same for the year before" kept the year and its five, with the other's figures beside."""
    before = planned(novamart_business, "top 5 products by revenue in 2025")
    query = planned(novamart_business, "same for the year before", before).queries[0].query
    assert query.period is not None
    assert (query.period.start, query.period.end) == (dt.date(2024, 1, 1), dt.date(2025, 1, 1))


def test_kinds_that_count_as_well_are_not_dropped(novamart_business: Business) -> None:
    """ "The web ones too" behind the app's left the web out; "the cancelled ones also" left the cancelled alone."""
    assert planned(novamart_business, "orders in the app last week, the web ones too").clarification is not None
    plan = planned(novamart_business, "number of orders for each status in May 2026, the cancelled ones also")
    assert plan.interpretation == "Number of orders, May 2026, by order status"


def test_a_name_is_no_slip_for_a_word_that_asks(novamart_business: Business) -> None:
    """ "Riesling" was "rising" misspelt and left out, "Lowen" was "lower"; the "Wset" was the building sets."""
    for question in ("revenue of riesling in 2025", "revenue of Riesling in 2025", "revenue in Lowen in 2025"):
        assert planned(novamart_business, question).clarification is not None
    plan = planned(novamart_business, "revenue in the Wset in 2025")
    assert plan.interpretation == "Revenue, 2025, where region is West"


def test_a_number_is_left_out_only_where_there_are_so_many(novamart_business: Business) -> None:
    """ "The two regions West, South and Northeast" contradicts itself."""
    by_region = planned(novamart_business, "How did our four regions do in revenue in 2025?")
    assert by_region.interpretation == "Revenue, 2025, by region"
    for question in (
        "How did our three regions do in revenue in 2025?",
        "revenue of the two regions West, South and Northeast in 2025",
    ):
        assert planned(novamart_business, question).clarification is not None


def test_what_is_told_behind_a_question_is_part_of_it_where_it_asks(novamart_business: Business) -> None:
    """A reason to ask says nothing; what is to be known besides does."""
    plain = planned(novamart_business, "refunds by month in 2025, I want to see which months are heavy")
    assert plain.interpretation == "Refunds, 2025, by month"
    assert (
        planned(novamart_business, "refunds by month in 2025, I want to know why they rose").interpretation
        != plain.interpretation
    )
    both = planned(novamart_business, "revenue in 2025 and 2024, both figures please")
    assert both.interpretation == "Revenue, 2025, compared with 2024"
