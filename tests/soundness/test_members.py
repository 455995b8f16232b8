"""Things by what they have none of, or so many of: the plan of a question, compiled, against SQL written by hand.

The rows are random, with all that makes such questions go wrong: orders of nobody and of a customer there is not, orders
without a date or channel, cancelled orders that the figure leaves out, amounts that are nought, null or cancel out,
products in several lines of an order, customers of the same name.
"""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

import pytest

from agent.errors import PolicyRefusal, QueryError
from agent.planners.embedded.planner import EmbeddedPlanner
from agent.tools.compile import compile_query
from agent.tools.guard.metric_query import compile_permitted
from catalog.access import Principal, view_for
from catalog.query import MetricQuery
from tests.soundness.small_business import SmallBusiness, small_business

AS_OF = dt.date(2026, 6, 30)


def a_shop(seed: int, **catalog: Any) -> SmallBusiness:
    """A random shop: customers place orders, whose lines hold products; returns are of orders."""
    chance = random.Random(seed)

    def one_of(*items: object) -> str:
        return str(chance.choice(items))

    def day() -> str:
        return str(dt.date(2026, 1, 1) + dt.timedelta(days=chance.randrange(180)))

    customers = [
        f"{n} {one_of('Ann', 'Bob', '-')} {one_of('north', 'south', '-')} {one_of('1', '2', '-')}" for n in range(1, 25)
    ]
    orders = [
        f"{n} {one_of(*range(1, 27), '-')} {one_of(day(), day(), day(), '-')} {one_of('app', 'web', '-')}"
        f" {one_of('done', 'done', 'done', 'cancelled', '-')} {one_of('0', '5', '-5', '7.5', '-')}"
        for n in range(1, 41)
    ]
    lines = [f"{n} {one_of(*range(1, 43))} {one_of(*range(1, 13), '-')} {one_of(0, 1, 2)}" for n in range(1, 61)]
    returns = [f"{n} {one_of(*range(1, 41), '-')} {day()}" for n in range(1, 15)]
    return small_business(
        {
            "customers": "\n".join(["customer_id:int name region agent_id:int", *customers]),
            "orders": "\n".join(["order_id:int customer_id:int @ordered_on:date channel status amount:num", *orders]),
            "lines": "\n".join(["line_id:int order_id:int product_id:int quantity:int", *lines]),
            "products": "\n".join(["product_id:int title", *(f"{n} {one_of('Cup', 'Mug')}{n}" for n in range(1, 15))]),
            "returns": "\n".join(["return_id:int order_id:int @returned_on:date", *returns]),
        },
        references={
            "orders.customer_id": "customers",
            "lines.order_id": "orders",
            "lines.product_id": "products",
            "returns.order_id": "orders",
        },
        metrics={
            "customer_count": {"is": "count(customers.customer_id)", "label": "Customers"},
            "product_count": {"is": "count(products.product_id)", "label": "Products"},
            "order_count": {
                "is": "count(orders.order_id)",
                "label": "Orders",
                "filter": "orders.status <> 'cancelled'",
            },
            "sales": {"is": "sum(orders.amount)", "label": "Sales"},
            "return_count": {"is": "count(returns.return_id)", "label": "Returns"},
            "units_sold": {"is": "sum(lines.quantity)", "label": "Units sold"},
            "buyers": {"is": "count_distinct(orders.customer_id)", "label": "Buyers"},
        },
        **catalog,
    )


ORDERED = "SELECT 1 FROM orders o WHERE o.customer_id = c.customer_id AND o.status <> 'cancelled'"
TIMES = "(SELECT COUNT(*) FROM orders o WHERE o.customer_id = c.customer_id AND o.status <> 'cancelled'{more})"
SOLD = (
    "SELECT 1 FROM lines l JOIN orders o USING (order_id) WHERE l.product_id = p.product_id AND o.status <> 'cancelled'"
)
MAY = " AND o.ordered_on >= DATE '2026-05-01' AND o.ordered_on < DATE '2026-06-01'"
JUNE = " AND o.ordered_on >= DATE '2026-06-01' AND o.ordered_on < DATE '2026-07-01'"
SINCE_APRIL = " AND o.ordered_on >= DATE '2026-04-01'"
CUSTOMERS = "SELECT customer_id FROM customers c WHERE {}"
HOW_MANY = "SELECT COUNT(*) FROM customers c WHERE {}"
PRODUCTS = "SELECT product_id FROM products p WHERE {}"

CASES: list[tuple[str, str]] = [
    ("Customers who never ordered", CUSTOMERS.format(f"NOT EXISTS ({ORDERED})")),
    ("which customers have never placed an order?", CUSTOMERS.format(f"NOT EXISTS ({ORDERED})")),
    ("list the customers with no orders", CUSTOMERS.format(f"NOT EXISTS ({ORDERED})")),
    ("customers without any orders in May 2026", CUSTOMERS.format(f"NOT EXISTS ({ORDERED}{MAY})")),
    ("Which customers had no orders in May 2026?", CUSTOMERS.format(f"NOT EXISTS ({ORDERED}{MAY})")),
    ("In May 2026, which customers had no orders?", CUSTOMERS.format(f"NOT EXISTS ({ORDERED}{MAY})")),
    ("customers who didn't order in May 2026", CUSTOMERS.format(f"NOT EXISTS ({ORDERED}{MAY})")),
    ("customers who have not ordered since April 2026", CUSTOMERS.format(f"NOT EXISTS ({ORDERED}{SINCE_APRIL})")),
    (
        "customers who haven't ordered for 60 days",
        CUSTOMERS.format(f"NOT EXISTS ({ORDERED} AND o.ordered_on > DATE '2026-06-30' - 60)"),
    ),
    ("how many customers never ordered", HOW_MANY.format(f"NOT EXISTS ({ORDERED})")),
    ("how many customers have not ordered yet?", HOW_MANY.format(f"NOT EXISTS ({ORDERED})")),
    (
        "how many customers ordered in May 2026 but did not order in June 2026",
        f"SELECT COUNT(DISTINCT c.customer_id) FROM customers c JOIN orders o USING (customer_id) WHERE TRUE{MAY}"
        f" AND NOT EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = c.customer_id AND o.status <> 'cancelled'"
        f" AND o.ordered_on >= DATE '2026-06-01')",
    ),
    ("customers who ordered exactly once", CUSTOMERS.format(TIMES.format(more="") + " = 1")),
    ("customers who ordered only once", CUSTOMERS.format(TIMES.format(more="") + " = 1")),
    ("customers with only one order", CUSTOMERS.format(TIMES.format(more="") + " = 1")),
    ("customers who ordered at least twice", CUSTOMERS.format(TIMES.format(more="") + " >= 2")),
    ("which customers ordered 3 or more times?", CUSTOMERS.format(TIMES.format(more="") + " >= 3")),
    ("how many customers ordered less than twice", HOW_MANY.format(TIMES.format(more="") + " < 2")),
    (
        "how many customers ordered more than once since April 2026",
        HOW_MANY.format(TIMES.format(more=SINCE_APRIL) + " > 1"),
    ),
    # nothing counts agents, nor says what "ordered" is of a product: those with at least one row of it
    ("how many products were ordered in May 2026", f"SELECT COUNT(*) FROM products p WHERE EXISTS ({SOLD}{MAY})"),
    ("products that were never ordered", PRODUCTS.format(f"NOT EXISTS ({SOLD})")),
    ("products nobody ordered in May 2026", PRODUCTS.format(f"NOT EXISTS ({SOLD}{MAY})")),
    (
        "customers with no sales",
        CUSTOMERS.format("COALESCE((SELECT SUM(amount) FROM orders o WHERE o.customer_id = c.customer_id), 0) = 0"),
    ),
    (
        "products without units sold",
        PRODUCTS.format("COALESCE((SELECT SUM(quantity) FROM lines l WHERE l.product_id = p.product_id), 0) = 0"),
    ),
    ("how many customers placed at least one order in May 2026", HOW_MANY.format(f"EXISTS ({ORDERED}{MAY})")),
    (
        "how many customers placed their very first order in May 2026",
        HOW_MANY.format(f"EXISTS ({ORDERED}{MAY}) AND NOT EXISTS ({ORDERED} AND o.ordered_on < DATE '2026-05-01')"),
    ),
    (
        "how many customers ordered for the first time in May 2026",
        HOW_MANY.format(f"EXISTS ({ORDERED}{MAY}) AND NOT EXISTS ({ORDERED} AND o.ordered_on < DATE '2026-05-01')"),
    ),
    (
        "how many different products did customers order in May 2026",
        f"SELECT COUNT(*) FROM products p WHERE EXISTS ({SOLD}{MAY})",
    ),
    (
        "how many different products did somebody order at least one of in May 2026",
        f"SELECT COUNT(*) FROM products p WHERE EXISTS ({SOLD}{MAY})",
    ),
    ("which products have never been on an order", PRODUCTS.format(f"NOT EXISTS ({SOLD})")),
    ("customers without a region", CUSTOMERS.format("region IS NULL")),
    (
        "Of the customers who ordered in May 2026, how many ordered in June 2026?",
        HOW_MANY.format(f"EXISTS ({ORDERED}{MAY}) AND EXISTS ({ORDERED}{JUNE})"),
    ),
    (
        "Out of the customers who placed an order in May 2026, how many came back in June 2026?",
        HOW_MANY.format(f"EXISTS ({ORDERED}{MAY}) AND EXISTS ({ORDERED}{JUNE})"),
    ),
    (
        "how many of the customers who ordered in May 2026 did not order in June 2026",
        HOW_MANY.format(f"EXISTS ({ORDERED}{MAY}) AND NOT EXISTS ({ORDERED}{JUNE})"),
    ),
    (
        "how many customers had more than 2 orders since April 2026",
        HOW_MANY.format(TIMES.format(more=SINCE_APRIL) + " > 2"),
    ),
    ("how many customers have no region", HOW_MANY.format("region IS NULL")),
    (
        "customers with no returns",
        CUSTOMERS.format(
            "NOT EXISTS (SELECT 1 FROM returns r JOIN orders o USING (order_id) WHERE o.customer_id = c.customer_id)"
        ),
    ),
    (
        "which regions had no orders in May 2026",
        "SELECT DISTINCT region FROM customers c WHERE region IS NOT NULL AND NOT EXISTS (SELECT 1 FROM orders o JOIN"
        f" customers d USING (customer_id) WHERE d.region = c.region AND o.status <> 'cancelled'{MAY})",
    ),
]


def rows_of(shop: SmallBusiness, question: str) -> list[Any]:
    """The first column of what the question's plan gives."""
    view = view_for(shop.catalog, Principal())
    plan = EmbeddedPlanner(view, None, None).plan(question, AS_OF)
    assert plan.clarification is None, (question, plan.clarification)
    query = (
        plan.analysis.query if plan.analysis is not None and plan.analysis.kind == "rollup" else plan.queries[0].query
    )
    rows = shop.connection.execute(compile_query(view, query).sql).fetchall()
    return [len(rows)] if plan.analysis is not None else sorted(row[0] for row in rows)


@pytest.mark.parametrize(("question", "sql"), CASES)
def test_members_are_those_of_the_sql_by_hand(question: str, sql: str) -> None:
    for seed in range(1, 6):
        shop = a_shop(seed)
        expected = sorted(row[0] for row in shop.connection.execute(sql).fetchall())
        assert rows_of(shop, question) == expected, (seed, question)


def test_none_and_at_least_one_are_all() -> None:
    for seed in range(1, 9):
        shop = a_shop(seed)
        for span in ("", " in May 2026", " since April 2026"):
            never = rows_of(shop, f"customers who never ordered{span}")
            some = rows_of(shop, f"customers who ordered at least once{span}")
            assert sorted([*never, *some]) == list(range(1, 25)), (seed, span)


@pytest.mark.parametrize(
    "question",
    [
        "products that were never returned",  # a return is of an order, which holds several products
        "how many customers bought exactly once in May 2026",  # the buyers are of cancelled orders too, the orders are not
        "what share of the customers who ordered in May 2026 flurbed more than once",
        "how many different products did flurbs order in May 2026",
        "how many customers placed their first flurb in May 2026",
        "customers who never flurbed",
        "customers who never ordered flurbs",
        "flurbs who never ordered",
        "customers without a flurb",
        "Of the customers who ordered in May 2026, how many flurbed in June 2026?",
        "Of the customers who ordered in May 2026, how many returned in June 2026?",
    ],
)
def test_what_cannot_be_told_is_asked_about(question: str) -> None:
    view = view_for(a_shop(1).catalog, Principal())
    plan = EmbeddedPlanner(view, None, None).plan(question, AS_OF)
    assert plan.clarification is not None, plan.interpretation


def test_a_time_that_may_be_either_side_is_asked_about() -> None:
    """ "Orders without returns in May": the orders of May, or what was not returned in May."""
    view = view_for(a_shop(1).catalog, Principal())
    plan = EmbeddedPlanner(view, None, None).plan("how many orders without returns in May 2026", AS_OF)
    assert plan.clarification is not None
    assert len(plan.clarification.choices) == 2


NONE_IN_MAY = {
    "kind": "metric",
    "metric": "order_count",
    "per": ["customers.customer_id"],
    "operator": "eq",
    "values": [0],
    "period": {"start": "2026-05-01", "end": "2026-06-01"},
}
BY_CUSTOMER = [{"kind": "field", "field": "customers.customer_id"}]


def test_what_narrows_the_figure_narrows_no_entity() -> None:
    """A filter on the orders is none on the customers: those without any are still there."""
    for seed in range(1, 9):
        shop = a_shop(seed)
        where = {**NONE_IN_MAY, "where": {"kind": "field", "field": "orders.channel", "values": ["app"]}}
        sql = f"{CUSTOMERS.format(f'''NOT EXISTS ({ORDERED}{MAY} AND o.channel = 'app')''')} ORDER BY 1"
        assert shop.ask(group_by=BY_CUSTOMER, where=where) == shop.connection.execute(sql).fetchall(), seed


def test_rows_of_a_sum_that_is_nought_are_rows() -> None:
    """-5 and 5 come to nothing, and are orders all the same."""
    for seed in range(1, 9):
        shop = a_shop(seed)
        none = {**NONE_IN_MAY, "metric": "sales", "period": {}, "rows": True}
        sql = CUSTOMERS.format("NOT EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = c.customer_id) ORDER BY 1")
        assert shop.ask(group_by=BY_CUSTOMER, where=none) == shop.connection.execute(sql).fetchall(), seed


def test_rows_of_a_formula_are_refused() -> None:
    shop = a_shop(1)
    formula = {"kind": "derived", "name": "per_order", "label": "Sales per order", "formula": "sales / order_count"}
    inputs = [{"name": name, "metric": name} for name in ("sales", "order_count")]
    whole = shop.catalog.model_dump()
    whole["metrics"] = [*whole["metrics"], {**formula, "inputs": inputs}]
    shop.catalog = type(shop.catalog).model_validate(whole)
    with pytest.raises(QueryError, match="no rows of its own"):
        shop.sql(group_by=BY_CUSTOMER, where={**NONE_IN_MAY, "metric": "per_order", "rows": True})


def hidden_orders(metrics: str) -> dict[str, Any]:
    return {
        "roles": [
            {
                "name": "clerk",
                "label": "Clerk",
                "default": True,
                "datasets": ["*"],
                "metrics": ["*"],
                "row_filters": [{"dataset": "orders", "expression": "orders.channel = 'app'", "metrics": metrics}],
            }
        ]
    }


def test_policies_hold_for_what_is_counted_of_each() -> None:
    """A list of things holds figures too: it is computed of the rows the role may see, which is said, or refused."""
    query = MetricQuery.model_validate({"group_by": BY_CUSTOMER, "where": NONE_IN_MAY})
    shop = a_shop(3, **hidden_orders("of_permitted_rows"))
    compiled = compile_permitted(view_for(shop.catalog, Principal()), query)
    sql = f"{CUSTOMERS.format(f'''NOT EXISTS ({ORDERED}{MAY} AND o.channel = 'app')''')} ORDER BY 1"
    assert shop.connection.execute(compiled.sql).fetchall() == shop.connection.execute(sql).fetchall()
    assert any("may see are counted" in caveat for caveat in compiled.caveats)
    refused = a_shop(3, **hidden_orders("refused"))
    with pytest.raises(PolicyRefusal):
        compile_permitted(view_for(refused.catalog, Principal()), query)


def test_conditions_within_a_figure_pass_the_doors_too() -> None:
    """What narrows the figure of a condition is checked as any other condition: no SQL, no field out of sight."""
    shop = a_shop(1)
    view = view_for(shop.catalog, Principal())
    smuggled = {**NONE_IN_MAY, "where": {"kind": "sql", "expression": "orders.channel = 'app'"}}
    with pytest.raises(PolicyRefusal):
        compile_permitted(view, MetricQuery.model_validate({"group_by": BY_CUSTOMER, "where": smuggled}))
