"""What the free door refuses, what it says, and what it lets be seen."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from agent.errors import PolicyRefusal, QueryError
from agent.tools.guard.free import guard_free
from agent.tools.warehouse.warehouse import Warehouse
from catalog.access import CatalogView, Principal, view_for
from catalog.models import Catalog, FieldRule

REFUSED = [
    ("", "one_statement"),
    ("-- nothing but a remark", "one_statement"),
    ("SELECT 1; SELECT 2", "one_statement"),
    ("SELECT 1;;; DROP TABLE orders", "one_statement"),
    ("DELETE FROM orders", "select_only"),
    ("INSERT INTO orders SELECT * FROM orders", "select_only"),
    ("WITH gone AS (DELETE FROM orders RETURNING *) SELECT * FROM gone", "syntax"),
    ("CHECKPOINT", "select_only"),
    ("FORCE CHECKPOINT", "select_only"),
    ("PRAGMA table_info('orders')", "select_only"),
    ("EXPLAIN ANALYZE SELECT 1", "select_only"),
    ("DESCRIBE orders", "select_only"),
    ("SUMMARIZE orders", "select_only"),
    ("SELECT * FROM (SUMMARIZE orders)", "syntax"),
    ("COPY orders TO '/tmp/out.csv'", "select_only"),
    ("SET threads = 1", "select_only"),
    ("SELECT 1 INTO elsewhere", "syntax"),
    ("SELECT * FROM orders FOR UPDATE", "syntax"),
    ("SELECT * FROM orders TABLESAMPLE 50%", "syntax"),
    ("SELECT * FROM orders USING SAMPLE 5", "syntax"),
    ("SELECT #1 FROM orders", "syntax"),
    ("SELECT ? FROM orders", "syntax"),
    ("SELECT $1 FROM orders", "syntax"),
    ("SELECT 'x'::ENUM('x', 'y')", "type"),
    ("SELECT 'x'::mood", "type"),
    ("SELECT random()", "function"),
    ("SELECT uuid()", "function"),
    ("SELECT getenv('HOME')", "function"),
    ("SELECT current_setting('threads')", "function"),
    ("SELECT nextval('numbers')", "function"),
    ("SELECT error('boo')", "function"),
    ("SELECT pg_sleep(1)", "function"),
    ("SELECT stats(amount) FROM orders", "function"),
    ("SELECT main.getenv('HOME')", "function"),
    ("SELECT * FROM read_csv('/etc/passwd')", "function"),
    ("SELECT * FROM query('SELECT 1')", "function"),
    ("SELECT * FROM query_table('orders')", "function"),
    ("SELECT * FROM duckdb_settings()", "function"),
    ("SELECT * FROM repeat_row(1, num_rows = 9)", "function"),
    ("SELECT * FROM '/etc/passwd'", "table"),
    ('SELECT * FROM "/etc/passwd"', "table"),
    ("SELECT * FROM information_schema.tables", "table"),
    ("SELECT * FROM sqlite_master", "table"),
    ("SELECT * FROM app_users", "table"),
    ("SELECT * FROM shop.main.orders", "table"),
    ("WITH orders AS (SELECT 1 AS n) SELECT * FROM orders", "cte_named_like_table"),
    ('WITH "Orders" AS (SELECT 1 AS n) SELECT * FROM main.orders', "cte_named_like_table"),
    ("SELECT " + "(" * 100 + "1" + ")" * 100, "too_complex"),
    ("SELECT " + "NOT " * 3000 + "true", "too_complex"),
    ("SELECT 1 WHERE " + " OR ".join(f"1={n}" for n in range(600)), "too_complex"),
    ("SELECT '" + "x" * 30_000 + "'", "too_complex"),
    ("SELECT a" + "[1]" * 300, "too_complex"),
    ("SELECT count(*) FROM " + ", ".join(f"orders o{n}" for n in range(30)), "too_complex"),
    (" UNION ALL ".join(["SELECT 1"] * 60), "too_complex"),
]


@pytest.mark.parametrize(("sql", "rule"), REFUSED, ids=[sql[:40] for sql, _ in REFUSED])
def test_refused(open_view: CatalogView, sql: str, rule: str) -> None:
    with pytest.raises(PolicyRefusal) as refusal:
        guard_free(sql, open_view)
    assert refusal.value.rule == rule


MENDABLE = [
    ("SELEC 1", "only a SELECT"),
    ("SELECT FROM WHERE", "line 1, column 17, near 'WHERE'"),
    ("SELECT 'open", "a quote or comment does not end"),
    ("SELECT amuont FROM orders", "amount"),
    ("SELECT o.amuont FROM orders o", "amount"),
    ("SELECT c FROM customers c", "no column c"),
    ("SELECT missing", "no column missing"),
    ("SELECT * FROM orders JOIN customers USING (custmer_id)", "customer_id"),
]


@pytest.mark.parametrize(("sql", "hint"), MENDABLE)
def test_what_the_writer_can_mend_says_how(open_view: CatalogView, sql: str, hint: str) -> None:
    with pytest.raises((QueryError, PolicyRefusal), match=hint):
        guard_free(sql, open_view)


@pytest.mark.parametrize(
    ("sql", "says"),
    [
        ("SELECT lower(amount, 3) FROM orders", "can be read"),
        ("SELECT monthname(amount) FROM orders", "No function matches"),
        ("SELECT title::INTEGER FROM products", "Could not convert"),
        ("SELECT sum(amount), status FROM orders", "GROUP BY"),
    ],
)
def test_what_the_engine_says_of_a_free_statement_reaches_its_writer(
    shop: Warehouse, open_view: CatalogView, sql: str, says: str
) -> None:
    with pytest.raises(QueryError, match=says):
        shop.run(guard_free(sql, open_view))


def test_a_role_without_free_sql(shop_view: Callable[..., CatalogView]) -> None:
    with pytest.raises(PolicyRefusal) as refusal:
        guard_free("SELECT 1", shop_view(free_sql=False))
    assert refusal.value.rule == "free_sql"


@pytest.mark.parametrize(
    ("access", "mask", "shown"),
    [
        ("show", None, ("person8@example.org", 49)),
        ("mask", "null", (None, 0)),
        ("mask", None, (None, 0)),
        ("mask", "constant", ("***", 1)),
    ],
)
def test_masks(
    shop: Warehouse, vendor_view: Callable[..., CatalogView], access: str, mask: str | None, shown: tuple[object, int]
) -> None:
    view = vendor_view(access=access, mask=mask)
    plain = shop.run(guard_free("SELECT email FROM customers ORDER BY id LIMIT 1", view)).rows
    everyone = shop.run(guard_free("SELECT count(*), count(DISTINCT email) FROM customers", view)).rows[0]
    if access == "show":
        assert plain[0][0].endswith("@example.org")
        assert everyone[0] == everyone[1] > 0
    else:
        assert plain == ((shown[0],),)
        assert everyone[1] == shown[1]


def test_tokens_tell_values_apart_and_nothing_else(shop: Warehouse, vendor_view: Callable[..., CatalogView]) -> None:
    view = vendor_view(mask="token")
    sql = "SELECT id, email, phone FROM customers ORDER BY id"
    first = shop.run(guard_free(sql, view, token_salt="one")).rows
    again = shop.run(guard_free(sql, view, token_salt="one")).rows
    other = shop.run(guard_free(sql, view, token_salt="another")).rows
    assert first == again
    assert len({email for _, email, _ in first}) == len(first)
    assert not {email for _, email, _ in first} & {email for _, email, _ in other}
    assert not any("person" in email or "@" in email for _, email, _ in first)
    by_token = shop.run(guard_free("SELECT id FROM customers ORDER BY email", view, token_salt="x")).rows
    assert by_token == tuple((number,) for number, _, _ in first)  # in order of appearance, not of the hidden value


@pytest.mark.parametrize(
    "sql", ["SELECT email FROM customers", "SELECT c.EMAIL FROM customers c", "SELECT count(email) FROM customers"]
)
def test_denied_personal_fields_are_refused(vendor_view: Callable[..., CatalogView], sql: str) -> None:
    with pytest.raises(PolicyRefusal) as refusal:
        guard_free(sql, vendor_view(access="deny"))
    assert refusal.value.rule == "personal_data"
    assert "email" not in str(refusal.value)


def test_a_star_holds_what_may_be_shown(shop: Warehouse, vendor_view: Callable[..., CatalogView]) -> None:
    result = shop.run(guard_free("SELECT * FROM customers", vendor_view(access="deny")))
    assert [column.name for column in result.columns] == ["id", "country", "signup"]


COUNTED = [
    ("SELECT count(DISTINCT email) FROM customers", True),
    ("SELECT country, COUNT(DISTINCT c.email) AS n FROM customers c GROUP BY country", True),
    ("SELECT count(DISTINCT c.name) FROM customers c, vendors v WHERE v.vendor_id = 1 AND v.name <> ''", True),
    ("SELECT email FROM customers", False),
    ("SELECT v.name FROM customers c, vendors v WHERE c.name = v.name", False),
    ("SELECT count(email) FROM customers", False),
    ("SELECT max(email) FROM customers", False),
    ("SELECT count(DISTINCT lower(email)) FROM customers", False),
    ("SELECT count(DISTINCT (email, id)) FROM customers", False),
    ("SELECT count(DISTINCT email) FROM customers GROUP BY email", False),
    ("SELECT count(DISTINCT email) FROM customers WHERE email LIKE 'a%'", False),
    ("SELECT *, (SELECT count(DISTINCT email) FROM customers) FROM customers", False),
    ("SELECT count(DISTINCT customers.email) FROM customers NATURAL JOIN (SELECT 'x' AS email)", False),
]


@pytest.mark.parametrize(("sql", "passes"), COUNTED)
def test_fields_that_may_only_be_counted(
    shop: Warehouse, vendor_view: Callable[..., CatalogView], sql: str, passes: bool
) -> None:
    view = vendor_view(access="aggregate_only", mask=None)
    if not passes:
        with pytest.raises(PolicyRefusal) as refusal:
            guard_free(sql, view)
        assert refusal.value.rule == "aggregate_only"
        return
    counted = shop.run(guard_free(sql, view)).rows
    rows = shop.run(guard_free("SELECT count(*) FROM customers", view)).rows
    assert sum(row[-1] for row in counted) == rows[0][0] > 0
    # What it was counted by is gone again for the next statement.
    assert "email" not in [item.name for item in shop.run(guard_free("FROM customers LIMIT 1", view)).columns]


def test_row_filters_hold_through_relations(shop: Warehouse, vendor_view: Callable[..., CatalogView]) -> None:
    view = vendor_view(vendor=3)
    answered = {
        name: shop.run(guard_free(f"SELECT count(*), count(DISTINCT vendor_id) FROM {name}", view)).rows[0]
        for name in ("orders", "products", "vendors")
    }
    assert answered == {"orders": (1000, 1), "products": (25, 1), "vendors": (1, 1)}
    customers = shop.run(
        guard_free(
            "SELECT count(*), count(DISTINCT c.id) FILTER (o.customer_id IS NOT NULL) FROM customers c "
            "LEFT JOIN (SELECT DISTINCT customer_id FROM orders) o ON o.customer_id = c.id",
            view,
        )
    ).rows[0]
    assert customers[0] == customers[1] > 0


def test_a_filter_by_an_attribute_that_is_not_set_lets_nothing_through(vendor_view: Callable[..., CatalogView]) -> None:
    with pytest.raises(PolicyRefusal) as refusal:
        guard_free("SELECT * FROM orders", vendor_view(vendor=None))
    assert refusal.value.rule == "row_filter"


def test_names_of_the_database_stand_for_fields(shop: Warehouse, open_view: CatalogView) -> None:
    whole = open_view.whole
    orders = whole.dataset_by_name["orders"]
    fields = tuple(
        item.model_copy(update={"name": "revenue"}) if item.name == "amount" else item for item in orders.fields
    )
    sales = orders.model_copy(update={"name": "sales", "fields": fields})
    others = tuple(item for item in whole.datasets if item.name != "orders")
    catalog = Catalog(name="renamed", label="Renamed", datasets=(*others, sales), roles=whole.roles)
    view = view_for(catalog, Principal())
    by_column = shop.run(
        guard_free("SELECT o.amount, sum(amount) OVER () AS s FROM orders o ORDER BY order_id LIMIT 1", view)
    )
    by_field = shop.run(
        guard_free("SELECT revenue, sum(s.revenue) OVER () AS s FROM sales s ORDER BY order_id LIMIT 1", view)
    )
    assert by_column.rows == by_field.rows
    assert [item.name for item in by_column.columns] == ["amount", "s"]


def test_messages_name_nothing_hidden(shop_view: Callable[..., CatalogView]) -> None:
    view = shop_view(
        denied_datasets=("vendors",), field_rules=(FieldRule(fields=("orders.amount", "personal"), access="deny"),)
    )
    messages = []
    for sql in ("SELECT * FROM vendor", "SELECT * FROM vendors", "SELECT amoun FROM orders", "SELECT x FROM customers"):
        with pytest.raises((PolicyRefusal, QueryError)) as error:
            guard_free(sql, view)
        messages.append(str(error.value))
    assert guard_free("WITH vendors AS (SELECT 1 AS n) SELECT n FROM vendors", view).datasets == ()
    nothing = shop_view(field_rules=(FieldRule(fields=("vendors.*",), access="deny"),))
    with pytest.raises(PolicyRefusal, match="nothing in vendors"):
        guard_free("SELECT 1 FROM vendors", nothing)
    assert not [text for text in messages if any(word in text for word in ("vendors", "amount", "email", "phone"))]
