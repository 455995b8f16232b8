"""The compiled door: what it lets through, what it refuses, and the row filters it weaves in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import sqlglot
from sqlglot import exp

from agent.errors import PolicyRefusal
from agent.tools.compile.compiled import CompiledQuery, Explanation
from agent.tools.guard.compiled import guard_compiled
from agent.tools.warehouse.warehouse import Warehouse
from catalog.access import CatalogView
from catalog.models import FieldRule, RowFilter

PASSES = [
    ("SELECT count(*) AS n FROM orders", ("orders",)),
    ("SELECT count(*) AS n FROM main.orders AS o JOIN customers AS c ON c.id = o.customer_id", ("orders", "customers")),
    ("WITH paid AS (SELECT * FROM orders WHERE status = 'paid') SELECT count(*) AS n FROM paid", ("orders",)),
    ("SELECT d FROM generate_series(DATE '2025-01-01', DATE '2025-02-01', INTERVAL 1 MONTH) AS t(d)", ()),
    ("SELECT unnest(range(3)) AS n", ()),
    ("SELECT 1 AS n UNION ALL SELECT vendor_id FROM vendors", ("vendors",)),
]


@pytest.mark.parametrize(("sql", "datasets"), PASSES)
def test_a_plain_query_runs_as_it_is(
    shop: Warehouse, open_view: CatalogView, sql: str, datasets: tuple[str, ...]
) -> None:
    guarded = guard_compiled(sql, open_view)
    assert (guarded.sql, guarded.datasets, guarded.policies) == (sql, datasets, ())
    from_tree = guard_compiled(sqlglot.parse_one(sql, read="duckdb"), open_view)
    assert shop.run(guarded).rows == shop.run(from_tree).rows


REFUSED = [
    ("DROP TABLE orders", "select_only"),
    ("SELECT 1; SELECT 2", "one_statement"),
    ("COPY orders TO 'x'", "select_only"),
    ("SELECT 1 INTO x", "select_only"),
    ("SELECT * FROM orders FOR UPDATE", "select_only"),
    ("WITH d AS (DELETE FROM orders RETURNING *) SELECT * FROM d", "select_only"),
    ("SELECT * FROM app_users", "dataset"),
    ("SELECT * FROM elsewhere.orders", "dataset"),
    ("SELECT * FROM shop.main.orders", "dataset"),
    ("SELECT * FROM 'file.csv'", "dataset"),
    ("SELECT * FROM read_csv('/etc/passwd')", "function"),
    ("SELECT * FROM read_text('/etc/passwd')", "function"),
    ("SELECT * FROM query('SELECT 1')", "function"),
    ("SELECT (SELECT content FROM read_text('/etc/hostname'))", "function"),
    ("SELECT getenv('HOME')", "function"),
    ("SELECT * FROM orders WHERE status = $1", "select_only"),
    ("WITH orders AS (SELECT 1 AS n) SELECT * FROM orders", "cte_named_like_table"),
]


@pytest.mark.parametrize(("sql", "rule"), REFUSED)
def test_anything_else_is_refused(open_view: CatalogView, sql: str, rule: str) -> None:
    with pytest.raises(PolicyRefusal) as refusal:
        guard_compiled(sql, open_view)
    assert refusal.value.rule == rule


def test_a_tree_that_is_no_query_is_refused(open_view: CatalogView) -> None:
    with pytest.raises(PolicyRefusal):
        guard_compiled(exp.Drop(this=exp.to_table("orders"), kind="TABLE"), open_view)


FIELDS = [
    ("SELECT email FROM customers", "deny", False),
    ("SELECT country FROM customers WHERE customers.email LIKE 'a%'", "deny", False),
    ("SELECT count(DISTINCT c.email) AS n FROM customers AS c", "deny", False),
    ("SELECT count(DISTINCT c.email) AS n FROM customers AS c", "aggregate_only", True),
    ("SELECT max(c.email) AS n FROM customers AS c", "aggregate_only", False),
    ("SELECT country FROM customers", "deny", True),
    ("SELECT v.name FROM vendors AS v", "deny", True),
    ("WITH x AS (SELECT country AS email FROM customers) SELECT x.email FROM x", "deny", True),
]


@pytest.mark.parametrize(("sql", "access", "passes"), FIELDS)
def test_fields_a_role_may_not_use(shop_view: Callable[..., CatalogView], sql: str, access: str, passes: bool) -> None:
    rule = FieldRule.model_validate({"fields": ("personal",), "access": access})
    view = shop_view(field_rules=(rule,))
    if passes:
        assert guard_compiled(sql, view).sql == sql
        return
    with pytest.raises(PolicyRefusal) as refusal:
        guard_compiled(sql, view)
    assert refusal.value.rule == "field"


WOVEN = [
    "SELECT count(*) AS n, sum(amount) AS s FROM orders",
    "SELECT orders.status, count(*) AS n FROM orders GROUP BY orders.status ORDER BY 1",
    "SELECT o.order_id FROM main.orders AS o LEFT JOIN products AS p ON p.product_id = o.product_id ORDER BY 1",
    "SELECT v.name, x.n FROM vendors AS v LEFT JOIN (SELECT vendor_id, count(*) AS n FROM orders GROUP BY 1) AS x "
    "ON x.vendor_id = v.vendor_id ORDER BY 1",
    "WITH mine AS (SELECT * FROM orders WHERE amount > 5) SELECT count(*) AS n FROM mine, customers",
    "SELECT count(*) AS n FROM customers WHERE id IN (SELECT customer_id FROM orders)",
    "SELECT (SELECT max(amount) FROM orders) AS m, count(*) AS n FROM products",
    "SELECT vendor_id FROM orders UNION SELECT vendor_id FROM products ORDER BY 1",
]
ONLY_MINE = """
DELETE FROM customers WHERE id NOT IN (SELECT customer_id FROM orders WHERE vendor_id = 3);
DELETE FROM orders WHERE vendor_id <> 3; DELETE FROM products WHERE vendor_id <> 3; DELETE FROM vendors WHERE vendor_id <> 3;
"""


@pytest.fixture(scope="module")
def mine(tmp_path_factory: pytest.TempPathFactory, shop_builder: Callable[..., object]) -> object:
    path = tmp_path_factory.mktemp("mine") / "mine.duckdb"
    shop_builder(path, ONLY_MINE)
    with Warehouse.open(path) as warehouse:
        yield warehouse


@pytest.mark.parametrize("sql", WOVEN)
def test_a_woven_filter_gives_what_a_filtered_copy_gives(
    shop: Warehouse, mine: Warehouse, vendor_view: Callable[..., CatalogView], open_view: CatalogView, sql: str
) -> None:
    guarded = guard_compiled(sql, vendor_view(vendor=3, access="show", mask=None))
    assert guarded.policies
    assert shop.run(guarded).rows == mine.run(guard_compiled(sql, open_view)).rows


def test_the_compilers_own_queries_are_not_filtered_twice(
    shop_view: Callable[..., CatalogView], shop: Warehouse
) -> None:
    filters = (RowFilter(dataset="orders", expression="vendor_id = 3"),)
    view = shop_view(row_filters=filters)
    sql = "SELECT count(*) AS n FROM orders WHERE orders.vendor_id = 3"
    tree = sqlglot.parse_one(sql, read="duckdb")
    explanation = Explanation(policies=("orders: vendor_id = 3",))
    guarded = guard_compiled(CompiledQuery(sql, tree, (), ("orders",), (), "duckdb", explanation), view)
    assert (guarded.sql, guarded.policies) == (sql, ("orders: vendor_id = 3",))
    assert shop.run(guarded).rows == ((1000,),)


@pytest.mark.parametrize(
    ("expression", "attributes"),
    [
        ("orders.vendor_id = user.vendor", {}),
        ("elsewhere.vendor_id = 1", {}),
        ("orders.order_id IN (SELECT order_id FROM orders)", {}),
    ],
)
def test_a_filter_that_cannot_be_applied_lets_nothing_through(
    shop_view: Callable[..., CatalogView], expression: str, attributes: dict[str, int]
) -> None:
    view = shop_view(attributes=attributes, row_filters=(RowFilter(dataset="orders", expression=expression),))
    with pytest.raises(PolicyRefusal) as refusal:
        guard_compiled("SELECT * FROM orders", view)
    assert refusal.value.rule == "row_filter"


@pytest.mark.parametrize("value", ["x' OR 'a' = 'a", "x'; DROP TABLE orders; --", "\\' OR 1=1 --"])
def test_an_attribute_is_a_value_whatever_it_holds(
    shop: Warehouse, shop_view: Callable[..., CatalogView], value: str
) -> None:
    filters = (RowFilter(dataset="orders", expression="orders.status = user.status"),)
    view = shop_view(attributes={"status": value}, row_filters=filters)
    assert shop.run(guard_compiled("SELECT count(*) AS n FROM orders", view)).rows == ((0,),)
