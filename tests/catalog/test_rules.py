"""Each rule finds what it is for, at its line, and lets the right thing pass."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from catalog.errors import CatalogIssue
from catalog.models import Catalog
from catalog.rules import RULES, check_against_database, check_catalog

Faults = Callable[..., tuple[CatalogIssue, ...]]

ROLE = 'roles:\n  boss: {default: true, datasets: "*", metrics: "*"}\n'
DEFAULT = 'boss: {default: true, datasets: "*", metrics: "*"}'

# rule, YAML beside the shop, line, severity, words of the message
CASES = [
    (
        "levers_and_influences_resolve",
        "strategy:\n  levers:\n  - {name: prices, moves: nowhere}\n",
        2,
        "error",
        "no metric is called 'nowhere'",
    ),
    (
        "levers_and_influences_resolve",
        "strategy:\n  influences:\n  - {cause: revenue, effect: nowhere, elasticity: 1, low: 0, high: 2, evidence: a study}\n",
        2,
        "error",
        "no metric is called 'nowhere'",
    ),
    (
        "drivers_resolve",
        "strategy:\n  drivers:\n  - {metric: revenue, formula: nowhere * 2}\n",
        2,
        "error",
        "no metric or part is called 'nowhere'",
    ),
    (
        "drivers_resolve",
        "strategy:\n  drivers:\n  - {metric: revenue, formula: p, parts: [{name: p, formula: revenue}]}\n"
        "  - {metric: p, formula: revenue}\n",
        2,
        "error",
        "driver trees go in a circle",
    ),
    (
        "drivers_resolve",
        "strategy:\n  related:\n  - {metric: revenue, look_at: [nowhere]}\n",
        2,
        "error",
        "no metric is called 'nowhere'",
    ),
    (
        "quality_resolves",
        "strategy:\n  quality:\n  - {dataset: orders, batch: nowhere}\n",
        2,
        "error",
        "it has no field 'nowhere'",
    ),
    (
        "quality_resolves",
        "strategy:\n  quality:\n  - {dataset: orders, fewest_rows: 9, most_rows: 3}\n",
        2,
        "error",
        "the least of its rows is above its most",
    ),
    ("names_are_identifiers", "metrics:\n  a-b: SUM(orders.amount)\n", 2, "error", "'a-b' is no name"),
    ("names_are_identifiers", "datasets:\n  user: {fields: {x: integer}}\n", 2, "error", "policies use it"),
    (
        "names_are_unique",
        "metrics:\n  a: SUM(orders.amount)\n  A: SUM(lines.price)\n",
        3,
        "error",
        "(the other is written 'a')",
    ),
    (
        "synonyms_do_not_collide",
        "metrics:\n  a: {expression: AVG(orders.amount), synonyms: [top line]}\n"
        "  b:\n    expression: AVG(lines.price)\n    synonyms: [Top-Line]\n",
        5,
        "warning",
        "'Top-Line' means both a and b",
    ),
    (
        "synonyms_do_not_collide",
        "datasets:\n  d:\n    fields:\n      x: {type: string, values: {synonyms: {one: [first], two: [first]}}}\n",
        4,
        "warning",
        "'first' means both the value 'one' and 'two'",
    ),
    (
        "datasets_are_keyed",
        "datasets:\n  d:\n    primary_key: y\n    fields: {x: integer}\n",
        3,
        "error",
        "it has no field 'y'",
    ),
    (
        "datasets_are_keyed",
        "datasets:\n  d:\n    time: x\n    fields: {x: integer}\n",
        3,
        "error",
        "must be a date or a timestamp",
    ),
    (
        "datasets_are_keyed",
        "datasets:\n  d: {fields: {x: integer}}\nrelationships: [stock.product_id -> d.x]\n",
        2,
        "warning",
        "has no primary_key",
    ),
    (
        "validity_pairs_exist",
        "datasets:\n  d:\n    validity: {from: x, to: y}\n    fields: {x: date}\n",
        3,
        "error",
        "d has no field 'y'",
    ),
    (
        "field_expressions_resolve",
        "datasets:\n  d:\n    fields:\n      x: y + 1\n      y: x + 1\n",
        4,
        "error",
        "computed from each other: x -> y -> x",
    ),
    (
        "field_values_fit",
        "datasets:\n  d:\n    fields:\n      x: {type: string, personal: name, values: {sample: true}}\n",
        4,
        "error",
        "is personal; its values may not be sampled",
    ),
    (
        "field_values_fit",
        "datasets:\n  d:\n    fields:\n      x: {type: integer, values: {said_as: [store]}}\n",
        4,
        "error",
        "holds no {value}",
    ),
    (
        "field_values_fit",
        "datasets:\n  d: {fields: {x: {type: string, same_as: s}}}\n"
        "  e:\n    fields:\n      x:\n        type: integer\n        same_as: s\n",
        7,
        "error",
        "e.x is an integer, but d.x, the same s, a string",
    ),
    (
        "personal_data_is_marked",
        "datasets:\n  d:\n    fields:\n      contact_email: string\n",
        4,
        "warning",
        "mark it personal: email",
    ),
    (
        "relationships_are_keyed",
        "relationships:\n- stock.product_id -> orders.customer_id\n",
        2,
        "error",
        "customer_id is no key of orders (order_id), so rows would multiply",
    ),
    (
        "relationships_are_keyed",
        "relationships:\n- {from: stock, to: lines, from_columns: product_id, to_columns: [order_id, product_id]}\n",
        2,
        "error",
        "has 1 columns on one side, 2 on the other",
    ),
    (
        "relationships_are_keyed",
        "relationships:\n- customers.region -> orders.order_id\n",
        2,
        "warning",
        "customers.region is a string, orders.order_id an integer",
    ),
    ("relationships_are_keyed", "relationships:\n- stocks.x -> orders.order_id\n", 2, "error", "did you mean stock?"),
    (
        "relationships_are_told_apart",
        "relationships:\n- {from: orders, to: customers, from_columns: order_id}\n",
        2,
        "warning",
        "give each a role",
    ),
    (
        "expressions_resolve",
        "metrics:\n  a: SUM(orders.amount)\n  b:\n    formula: x\n    inputs: {x: {metric: a, filter: orders.nothing = 1}}\n",
        5,
        "error",
        "orders has no field 'nothing'",
    ),
    (
        "expressions_do_not_fan_out",
        "metrics:\n  a:\n    expression: SUM(orders.amount)\n    time: stock.counted_on\n",
        4,
        "error",
        "a row of orders does not point at one row of stock",
    ),
    (
        "aggregations_fit",
        "metrics:\n  a: SUM(orders.status)\n",
        2,
        "error",
        "orders.status is a string; sum needs a number",
    ),
    (
        "metric_parts_exist",
        "metrics:\n  a:\n    cumulative: {metric: nothing}\n",
        3,
        "error",
        "no metric is called 'nothing'",
    ),
    (
        "metric_parts_exist",
        "metrics:\n  a:\n    state: {entity: customers.customer_id, base_window: 1 year, recent_window: 90 days}\n",
        3,
        "error",
        "its events, customers, have no time",
    ),
    (
        "metric_parts_exist",
        "metrics:\n  n: COUNT(DISTINCT orders.order_id)\n  a:\n"
        "    per_entity: {entity: orders.customr_id, metrics: n, expression: AVG(m)}\n",
        4,
        "error",
        "orders has no field 'customr_id'; did you mean customer_id",
    ),
    (
        "time_fields_are_times",
        "metrics:\n  a:\n    expression: SUM(orders.amount)\n    time: orders.status\n",
        4,
        "error",
        "orders.status is a string",
    ),
    (
        "time_fields_are_times",
        "datasets: {d: {fields: {order_id: integer, n: number}}}\nrelationships: [d.order_id -> orders.order_id]\n"
        "metrics:\n  a: SUM(d.n)\n",
        4,
        "warning",
        "perhaps time: orders.ordered_at",
    ),
    ("levels_are_not_summed", "metrics:\n  a: SUM(stock.on_hand)\n", 2, "warning", "declare semi_additive"),
    (
        "levels_are_not_summed",
        "metrics:\n  a:\n    expression: SUM(stock.on_hand)\n    semi_additive: stock.on_hand\n",
        4,
        "error",
        "stock.on_hand is no time",
    ),
    ("units_are_known", "metrics:\n  a: {expression: SUM(orders.amount), unit: usd}\n", 2, "warning", "is written USD"),
    ("units_are_known", "currency: Dollar\n", 1, "error", "no ISO 4217 currency"),
    (
        "targets_can_be_met",
        "metrics:\n  a: {expression: AVG(orders.amount), unit: fraction, target: 15}\n",
        2,
        "warning",
        "15 percent is written 0.15",
    ),
    (
        "targets_can_be_met",
        "metrics:\n  a: {expression: AVG(orders.amount), direction: up, target: {below: 3}}\n",
        2,
        "warning",
        "but up is good",
    ),
    (
        "targets_can_be_met",
        "metrics:\n  a: {expression: SUM(orders.amount), target: 3}\n",
        2,
        "warning",
        "(per: month)",
    ),
    (
        "targets_can_be_met",
        "metrics:\n  a: {expression: AVG(orders.amount), target: 3 * settings.scale}\n",
        2,
        "error",
        "no dataset is called 'settings'",
    ),
    (
        "not_by_resolves",
        "metrics:\n  a:\n    expression: AVG(orders.amount)\n    not_by: {product: because}\n",
        4,
        "error",
        "did you mean products?",
    ),
    (
        "one_role_is_default",
        "roles:\n  boss: {datasets: orders, metrics: a}\n",
        2,
        "error",
        "set default: true on one of boss",
    ),
    (
        "policies_resolve",
        f"roles:\n  {DEFAULT}\n  clerk: {{datasets: order, metrics: '*'}}\n",
        3,
        "error",
        "did you mean orders?",
    ),
    (
        "policies_resolve",
        f"roles:\n  {DEFAULT}\n  clerk:\n    datasets: '*'\n    metrics: '*'\n"
        "    row_filters: {products: orders.amount = user.x}\n",
        6,
        "error",
        "which its rows do not point at",
    ),
    (
        "policies_resolve",
        f"roles:\n  {DEFAULT}\n  clerk:\n    datasets: '*'\n    metrics: '*'\n"
        "    row_filters: {customers: customers.region = user.region}\n",
        6,
        "warning",
        "orders points at customers, whose rows are filtered, but is not itself",
    ),
    (
        "policies_resolve",
        f"roles:\n  {DEFAULT}\n  clerk:\n    datasets: '*'\n    metrics: '*'\n"
        "    field_rules: [{fields: [orders.amount], access: mask}]\n",
        6,
        "error",
        "goes with access: mask",
    ),
    ("policies_resolve", f"roles:\n  {DEFAULT}\n  clerk: {{}}\n", 3, "warning", "it may use no datasets and metrics"),
    (
        "filtered_ratios_are_denied",
        f"roles:\n  {DEFAULT}\n  clerk:\n    datasets: '*'\n    metrics: '*'\n"
        "    row_filters: {orders: orders.status = 'x', lines: orders.status = 'x'}\n"
        "metrics:\n  a: SUM(orders.amount)\n  b: COUNT(DISTINCT products.product_id)\n  c: {formula: a / b}\n",
        3,
        "warning",
        "role clerk: c combines orders",
    ),
    ("personas_have_roles", f"{ROLE}personas:\n  ann: {{role: bos}}\n", 4, "error", "did you mean boss?"),
    (
        "calendar_is_possible",
        "calendar:\n  holidays:\n    May: {month: 2, day: 30}\n",
        3,
        "error",
        "there is no day 30 in month 2",
    ),
    ("calendar_is_possible", "calendar:\n  time_zone: Mars/Olympus\n", 2, "error", "no time zone is called"),
    ("calendar_is_possible", "as_of: 2026-13-01\n", 1, "error", "2026-13-01 is no date"),
    ("calendar_is_possible", "as_of: orders.orderd_at\n", 1, "error", "orders has no field 'orderd_at'"),
    (
        "verified_questions_resolve",
        "verified_questions:\n"
        "- {question: How many?, query: {metrics: [{metric: x}]}, verified_by: ann, verified_at: 2026-01-01}\n",
        2,
        "error",
        "no metric is called 'x'",
    ),
    (
        "customer_analyses_resolve",
        "strategy:\n  customers:\n    entity: orders.customer\n    events: nothing\n",
        4,
        "error",
        "no metric is called 'nothing'",
    ),
]


@pytest.mark.parametrize(("rule", "more", "line", "severity", "words"), CASES)
def test_a_rule_finds_its_fault(faults: Faults, rule: str, more: str, line: int, severity: str, words: str) -> None:
    issues = faults(more)
    found = [issue for issue in issues if issue.rule == rule and words in issue.message]
    assert found, [str(issue) for issue in issues]
    assert found[0].severity == severity
    assert found[0].location is not None
    assert (found[0].location.file.name, found[0].location.line) == ("more.yaml", line)


def test_every_rule_has_a_case_that_trips_it() -> None:
    # Two rules guard catalogs that are built in code; the loader finds the same faults earlier.
    in_code = {"formulas_resolve", "metrics_are_acyclic"}
    assert {rule.__name__ for rule in RULES} == {case[0] for case in CASES} | in_code


def test_the_shop_itself_is_right(faults: Faults) -> None:
    assert faults("metrics: {a: SUM(orders.amount)}") == ()


def test_catalogs_built_in_code_are_checked_too(shop: Callable[..., tuple[Catalog, tuple[CatalogIssue, ...]]]) -> None:
    catalog, _ = shop("metrics: {a: SUM(orders.amount), b: {formula: a * 2}, c: {formula: b + a}}")
    b = catalog.metric_by_name["b"]
    round_about = b.model_copy(update={"inputs": (b.inputs[0].model_copy(update={"metric": "c"}),)})  # type: ignore[union-attr]
    without = catalog.model_copy(update={"metrics": (catalog.metric_by_name["c"],)})
    circle = catalog.model_copy(update={"metrics": (catalog.metrics[0], round_about, catalog.metrics[2])})
    assert {issue.rule for issue in check_catalog(without)} == {"formulas_resolve"}
    assert [issue.message for issue in check_catalog(circle)] == ["metrics are computed from each other: b -> c -> b"]


COLUMNS = {
    "orders": {
        "order_id": "INTEGER",
        "customer_id": "INTEGER",
        "ordered_at": "TIMESTAMP",
        "amount": "DECIMAL(12,2)",
        "status": "VARCHAR",
    },
    "main.lines": {"ORDER_ID": "BIGINT", "product_id": "INTEGER", "quantity": "INTEGER", "price": "DOUBLE"},
    "products": {"product_id": "INTEGER", "cost": "DECIMAL(10,2)", "category": "ENUM('a', 'b')"},
    "customers": {"customer_id": "INTEGER", "region": "VARCHAR", "joined_on": "DATE"},
    "stock": {"product_id": "INTEGER", "counted_on": "DATE", "on_hand": "INTEGER"},
}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, []),
        ({"stock": None}, [("error", "dataset stock: the database has no table 'stock'")]),
        (
            {"customers": {"customer_id": "INTEGER", "regio": "VARCHAR", "joined_on": "DATE"}},
            [("error", "customers has no column 'region'; did you mean regio?")],
        ),
        (
            {"customers": {"customer_id": "INTEGER", "region": "INTEGER", "joined_on": "VARCHAR"}},
            [
                ("warning", "customers.region is declared string, but the column is INTEGER"),
                ("error", "customers.joined_on is declared date, but the column is VARCHAR"),
            ],
        ),
        # a key is named and joined by, whatever its type
        ({"products": {"product_id": "VARCHAR", "cost": "DECIMAL(10,2)", "category": "ENUM('a', 'b')"}}, []),
    ],
)
def test_a_database_that_does_not_fit(
    shop: Callable[..., tuple[Catalog, tuple[CatalogIssue, ...]]],
    change: dict[str, dict[str, str] | None],
    expected: list[tuple[str, str]],
) -> None:
    catalog, _ = shop()
    columns = {name: kinds for name, kinds in {**COLUMNS, **change}.items() if kinds is not None}
    issues = check_against_database(catalog, columns)
    assert len(issues) == len(expected)
    for issue, (severity, words) in zip(issues, expected, strict=True):
        assert issue.severity == severity
        assert words in issue.message
