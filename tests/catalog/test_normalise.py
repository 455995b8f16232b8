"""What people write becomes what the compiler reads."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from catalog.errors import CatalogIssue
from catalog.expressions import ExpressionError, parse_expression
from catalog.models import AggregateMetric, Catalog, CumulativeMetric, DerivedMetric, PerEntityMetric, StateMetric

Shop = Callable[..., tuple[Catalog, tuple[CatalogIssue, ...]]]


@pytest.mark.parametrize(
    ("written", "dataset", "aggregation", "expression", "filter_", "more"),
    [
        ("SUM(orders.amount)", "orders", "sum", "orders.amount", None, {"unit": "EUR"}),
        ("SUM(lines.quantity * lines.price)", "lines", "sum", "lines.quantity * lines.price", None, {"unit": None}),
        ("SUM(lines.quantity * products.cost)", "lines", "sum", "lines.quantity * products.cost", None, {}),
        ("SUM(orders.amount /* gross */)", "orders", "sum", "orders.amount", None, {}),
        ("(AVG(orders.amount))", "orders", "average", "orders.amount", None, {}),
        ("MIN(orders.ordered_at)", "orders", "min", "orders.ordered_at", None, {}),
        ("MAX(orders.amount)", "orders", "max", "orders.amount", None, {}),
        ("MEDIAN(orders.amount)", "orders", "median", "orders.amount", None, {}),
        ("COUNT(orders.status)", "orders", "count", "orders.status", None, {"unit": "count"}),
        (
            "COUNT(DISTINCT orders.customer_id)",
            "orders",
            "count_distinct",
            "orders.customer_id",
            None,
            {"unit": "count"},
        ),
        ("COUNT_IF(orders.amount > 5)", "orders", "sum_boolean", "orders.amount > 5", None, {"unit": "count"}),
        ("QUANTILE_CONT(orders.amount, 0.9)", "orders", "percentile", "orders.amount", None, {"percentile": 0.9}),
        (
            "PERCENTILE_DISC(0.5) WITHIN GROUP (ORDER BY orders.amount)",
            "orders",
            "percentile",
            "orders.amount",
            None,
            {"percentile": 0.5, "percentile_discrete": True},
        ),
        (
            "SUM(orders.amount) FILTER (WHERE orders.status = 'paid')",
            "orders",
            "sum",
            "orders.amount",
            "orders.status = 'paid'",
            {},
        ),
        (
            "SUM(CASE WHEN orders.status = 'paid' THEN orders.amount END)",
            "orders",
            "sum",
            "CASE WHEN orders.status = 'paid' THEN orders.amount END",
            None,
            {},
        ),
        ("{expression: COUNT(*), dataset: lines}", "lines", "count", "*", None, {"time_field": "orders.ordered_at"}),
        ("{expression: SUM(amount), dataset: orders}", "orders", "sum", "orders.amount", None, {}),
        ("{expression: orders.amount, aggregation: sum}", "orders", "sum", "orders.amount", None, {}),
        (
            "{expression: SUM(orders.amount) FILTER (WHERE orders.amount > 1), "
            "filter: customers.region = 'x' OR orders.amount < 9}",
            "orders",
            "sum",
            "orders.amount",
            "orders.amount > 1 AND (customers.region = 'x' OR orders.amount < 9)",
            {},
        ),
        (
            "{expression: COUNT(DISTINCT customers.customer_id), time: joined_on}",
            "customers",
            "count_distinct",
            "customers.customer_id",
            None,
            {"time_field": "customers.joined_on"},
        ),
        (
            "COUNT(DISTINCT customers.region)",
            "customers",
            "count_distinct",
            "customers.region",
            None,
            {"time_field": None},
        ),
        (
            "{expression: SUM(stock.on_hand * products.cost), semi_additive: stock.counted_on}",
            "stock",
            "sum",
            "stock.on_hand * products.cost",
            None,
            {"is_state": True, "time_field": "stock.counted_on"},
        ),
    ],
)
def test_one_aggregate(
    shop: Shop, written: str, dataset: str, aggregation: str, expression: str, filter_: str | None, more: dict[str, Any]
) -> None:
    metric = shop(f"metrics:\n  it: {written}\n")[0].metric_by_name["it"]
    assert isinstance(metric, AggregateMetric)
    assert (metric.dataset, metric.aggregation, metric.expression, metric.filter) == (
        dataset,
        aggregation,
        expression,
        filter_,
    )
    assert {key: getattr(metric, key) for key in more} == more


def test_several_aggregates_are_hidden_parts_of_a_formula(shop: Shop) -> None:
    metrics = shop(
        """\
        metrics:
          it:
            expression: SUM(orders.amount) / COUNT(DISTINCT orders.order_id) + SUM(orders.amount)
            filter: orders.status = 'paid'
            unit: EUR
        """
    )[0].metric_by_name
    whole, parts = metrics["it"], [metrics["it__sum_1"], metrics["it__count_distinct_2"]]
    assert isinstance(whole, DerivedMetric)
    assert whole.formula == "it__sum_1 / it__count_distinct_2 + it__sum_1"
    assert whole.filter is None
    assert [(part.hidden, part.filter, part.time_field) for part in parts] == [
        (True, "orders.status = 'paid'", "orders.ordered_at")
    ] * 2
    assert not whole.hidden


def test_a_cross_dataset_ratio_of_aggregates_keeps_each_at_its_own_grain(shop: Shop) -> None:
    metrics = shop("metrics:\n  it: SUM(orders.amount) / COUNT(DISTINCT customers.customer_id)\n")[0].metric_by_name
    bases = [part.dataset for part in metrics.values() if isinstance(part, AggregateMetric)]
    assert bases == ["orders", "customers"]


@pytest.mark.parametrize(
    ("written", "formula", "inputs"),
    [
        ("{formula: a / b}", "a / b", ["a", "b"]),
        ("{numerator: a, denominator: b}", "a / b", ["a", "b"]),
        ("{numerator: a - b, denominator: b}", "(a - b) / b", ["a", "b"]),
        ("{formula: a - before, inputs: {before: {metric: a, offset: 1 year}}}", "a - before", ["a", "a"]),
        ("{formula: a - other, inputs: {other: b}}", "a - other", ["a", "b"]),
        (
            "{numerator: SUM(orders.amount), denominator: COUNT(DISTINCT orders.order_id)}",
            "it__sum_1 / it__count_distinct_2",
            None,
        ),
    ],
)
def test_formulas(shop: Shop, written: str, formula: str, inputs: list[str] | None) -> None:
    more = f"metrics:\n  a: SUM(orders.amount)\n  b: COUNT(DISTINCT orders.order_id)\n  it: {written}\n"
    metric = shop(more)[0].metric_by_name["it"]
    assert isinstance(metric, DerivedMetric)
    assert metric.formula == formula
    if inputs is not None:
        assert [item.metric for item in metric.inputs] == inputs


@pytest.mark.parametrize(
    ("written", "comparison", "expression"),
    [
        ("18_000_000", ">=", "18000000"),
        ("{below: 0.12}", "<", "0.12"),
        ("{at_most: 3}", "<=", "3"),
        ("{value: 3}", ">=", "3"),
        ("{above: 2 * customers.customer_id}", ">", "SELECT 2 * customers.customer_id FROM customers"),
        ("{at_least: SELECT MAX(amount) FROM orders}", ">=", "SELECT MAX(amount) FROM orders"),
    ],
)
def test_targets(shop: Shop, written: str, comparison: str, expression: str) -> None:
    metric = shop(f"metrics:\n  it: {{expression: SUM(orders.amount), target: {written}}}\n")[0].metric_by_name["it"]
    assert metric.target is not None
    assert (metric.target.comparison, metric.target.expression) == (comparison, expression)


def test_a_plain_target_follows_the_direction(shop: Shop) -> None:
    more = "metrics:\n  it: {expression: AVG(orders.amount), direction: down, target: 7}\n"
    target = shop(more)[0].metric_by_name["it"].target
    assert target is not None
    assert target.comparison == "<="


def test_the_other_kinds(shop: Shop) -> None:
    metrics = shop(
        """\
        metrics:
          orders_placed: COUNT(DISTINCT orders.order_id)
          to_date: {cumulative: {metric: orders_placed, to_date: year}}
          ever: {cumulative: {metric: orders_placed}}
          repeat: {per_entity: {entity: orders.customer_id, expression: AVG(CASE WHEN orders_placed > 1 THEN 1 ELSE 0 END)}}
          churn: {state: {entity: orders.customer_id, base_window: 365 days, recent_window: 90 days}, unit: fraction}
        """
    )[0].metric_by_name
    to_date, ever, repeat, churn = (metrics[name] for name in ("to_date", "ever", "repeat", "churn"))
    assert isinstance(to_date, CumulativeMetric)
    assert not to_date.is_state
    assert isinstance(ever, CumulativeMetric)
    assert ever.is_state
    assert isinstance(repeat, PerEntityMetric)
    assert repeat.metrics == ("orders_placed",)
    assert isinstance(churn, StateMetric)
    assert churn.is_state
    assert str(churn.base_window) == "365 days"


def test_defaults_of_datasets_and_fields(shop: Shop) -> None:
    catalog, _ = shop(
        """\
        datasets:
          support_tickets:
            fields:
              ticket_id: key
              is_open: closed_at IS NULL
              closed_at: timestamp
              note: {type: string, personal: free_text}
              hours: {expression: "DATE_DIFF('hour', opened_at, closed_at)", role: measure}
              twice: hours * 2
        """
    )
    dataset = catalog.dataset_by_name["support_tickets"]
    assert (dataset.label, dataset.singular, dataset.source) == ("support tickets", "support ticket", "support_tickets")
    assert dataset.time_field == "closed_at"
    seen = {item.name: (item.type.value, item.role.value, item.values.sample) for item in dataset.fields}
    assert seen == {
        "ticket_id": ("string", "key", False),
        "is_open": ("boolean", "dimension", False),
        "closed_at": ("timestamp", "time", False),
        "note": ("string", "text", False),
        "hours": ("integer", "measure", False),
        "twice": ("number", "measure", False),
    }
    assert catalog.field("products.category").values.sample


def test_a_text_that_tells_rows_apart_with_others_is_split_by_where_nothing_is_joined_by_it(shop: Shop) -> None:
    catalog, _ = shop(
        """\
        datasets:
          spend:
            primary_key: [day, channel, customer_id]
            fields: {day: date, channel: string, customer_id: string, amount: number}
        relationships: [{from: spend, to: customers, from_columns: customer_id}]
        """
    )
    roles = {item.name: item.role.value for item in catalog.dataset_by_name["spend"].fields}
    assert roles == {"day": "time", "channel": "dimension", "customer_id": "key", "amount": "measure"}
    assert catalog.field("spend.channel").values.sample


def test_fields_of_a_shared_dimension_share_the_words_for_their_values(shop: Shop) -> None:
    catalog, _ = shop(
        """\
        datasets:
          visits: {fields: {channel: {type: string, same_as: channel, values: {synonyms: {web: site}, groups: {all: web}}}}}
          calls: {fields: {channel: {type: string, same_as: channel, values: {sample: false}}}}
        """
    )
    assert catalog.field("calls.channel").values.synonyms == {"web": ("site",)}
    assert catalog.field("calls.channel").values.groups == {"all": ("web",)}
    assert not catalog.field("calls.channel").values.sample


def test_left_out_columns_of_a_relationship_are_the_primary_key(shop: Shop) -> None:
    catalog, _ = shop(
        """\
        datasets: {visits: {fields: {customer_id: integer}}}
        relationships: [{from: visits, to: customers}]
        """
    )
    relationship = catalog.relationships[-1]
    assert (relationship.name, relationship.from_fields, relationship.to_fields) == (
        "visits_to_customers",
        ("customer_id",),
        ("customer_id",),
    )


def test_a_column_may_be_called_like_a_statement() -> None:
    """A field called comment was refused as a statement."""
    assert parse_expression("comment").sql() == "comment"
    with pytest.raises(ExpressionError):
        parse_expression("comment on table t is 'x'")
