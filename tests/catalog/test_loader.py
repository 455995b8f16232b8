"""Catalogs load from a name, a folder or a file; every fault has its file and line and says what is valid."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from catalog.errors import CatalogError, CatalogIssue, UsageError
from catalog.loader import DOMAINS, load_catalog, load_with_issues, shipped_catalogs
from catalog.models import Catalog

Shop = Callable[..., tuple[Catalog, tuple[CatalogIssue, ...]]]
Faults = Callable[..., tuple[CatalogIssue, ...]]

ONE_DATASET = "datasets: {orders: {fields: {amount: number}}}\n"


def test_the_shipped_catalogs_are_named() -> None:
    assert "novamart" in shipped_catalogs()


@pytest.mark.parametrize("source", ["novamrt", "/no/such/folder", "", "a\0b", "x" * 10_000])
def test_an_unknown_source_names_the_shipped(source: str) -> None:
    with pytest.raises(UsageError, match=r"shipped are .*novamart") as caught:
        load_catalog(source)
    assert caught.value.exit_code == 2


def test_a_folder_without_yaml_says_so(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="holds no YAML file"):
        load_catalog(tmp_path)


def test_any_split_into_files_is_the_same_catalog(tmp_path: Path) -> None:
    whole = load_catalog("novamart")
    target = tmp_path / "other"
    (target / "deep").mkdir(parents=True)
    for number, path in enumerate(sorted((DOMAINS / "novamart").glob("*.yaml"), reverse=True)):
        shutil.copy(path, target / ("deep" if number % 2 else ".") / path.name)
    moved = load_catalog(target)
    assert moved.metric_by_name == whole.metric_by_name
    assert moved.dataset_by_name == whole.dataset_by_name
    assert moved.roles == whole.roles


def test_one_file_is_a_catalog(tmp_path: Path) -> None:
    file = tmp_path / "tiny.yml"
    file.write_text("name: tiny\n" + ONE_DATASET + "metrics: {total: SUM(orders.amount)}\n")
    assert set(load_catalog(file).metric_by_name) == {"total"}


def test_a_changed_file_is_read_again(tmp_path: Path) -> None:
    file = tmp_path / "tiny.yaml"
    for name in ("one", "two"):
        file.write_text(f"name: {name}\n{ONE_DATASET}")
        assert load_catalog(file).name == name


def test_unchanged_files_are_parsed_once() -> None:
    assert load_catalog("novamart") is load_catalog("novamart")


@pytest.mark.parametrize(
    ("content", "line", "words"),
    [
        (b"", 1, "name: is missing"),
        (b"- a\n- b\n", 1, "a catalog file is a mapping of sections"),
        (b"name: x\ndatasets: []\n", 1, "needs at least one dataset"),
        (b"name: x\nmetrcs: {}\n", 2, "unknown key 'metrcs'; did you mean metrics?"),
        (b"name: x\nname: y\n", 2, "'name' stands twice"),
        (b"name: x\n\xff\xfe\n", 2, "not UTF-8"),
        (b"name: 5\n", 1, "name: should be text (put it in quotes), not 5"),
        (b"name: x\ndatasets: 7\n", 2, "datasets is a list, or a mapping by name"),
        (b"name: x\ncalendar: {week_start: tuesday}\n", 2, "is not one of monday, sunday, saturday"),
        (b"semantic_model: [{name: a}, {name: b}]\n", 1, "2 semantic models"),
        (b"name: x\n" + b"#" * 2_000_001, 1, "larger than 2,000,000 bytes"),
    ],
)
def test_files_that_are_no_catalog(tmp_path: Path, content: bytes, line: int, words: str) -> None:
    file = tmp_path / "faulty.yaml"
    file.write_bytes(content)
    with pytest.raises(CatalogError) as caught:
        load_catalog(file)
    found = [issue for issue in caught.value.issues if words in issue.message]
    assert found, str(caught.value)
    assert found[0].location is not None
    assert (found[0].location.file, found[0].location.line) == (file, line)


@pytest.mark.parametrize(
    ("more", "line", "words"),
    [
        ("metrics:\n  a:\n    expresion: SUM(orders.amount)\n", 3, "unknown key 'expresion'; did you mean expression"),
        ("metrics:\n  a: SUM(orders.amout)\n", 2, "orders has no field 'amout'; did you mean amount"),
        ("metrics:\n  a: SUM(order.amount)\n", 2, "no dataset is called 'order'; did you mean orders?"),
        (
            "metrics:\n  a: {formula: b * 2}\n  c: COUNT(DISTINCT orders.order_id)\n",
            2,
            "no metric is called 'b'; there are a, c",
        ),
        ("metrics:\n  a: SUM(amount)\n", 2, "amount needs its dataset (dataset.field, or set dataset); orders has one"),
        ("metrics:\n  a: SUM(orders.amount\n", 2, "it is no valid SQL expression"),
        ("metrics:\n  a: orders.amount\n", 2, "it has no aggregate; wrap it in one of SUM"),
        ("metrics:\n  a: SUMM(orders.amount)\n", 2, "SUMM is no function Plumbline knows"),
        ("metrics:\n  a: STDDEV(orders.amount)\n", 2, "no aggregate Plumbline computes"),
        ("metrics:\n  a: SUM(AVG(orders.amount))\n", 2, "an aggregate stands inside another"),
        ("metrics:\n  a: SUM(orders.amount) / orders.amount\n", 2, "orders.amount stands outside any aggregate"),
        ("metrics:\n  a: SUM(orders.amount) OVER ()\n", 2, "no window (OVER)"),
        ("metrics:\n  a: (SELECT SUM(amount) FROM orders)\n", 2, "holds no SELECT"),
        ("metrics:\n  a: SUM(orders.amount); DROP TABLE orders\n", 2, "one expression is wanted"),
        ("metrics:\n  a: COUNT(*)\n", 2, "it names no field, so say whose rows it is about (dataset: ...)"),
        ("metrics:\n  a: SUM(*)\n", 2, "* goes with COUNT(*) only"),
        ("metrics:\n  a: COUNT(DISTINCT *)\n", 2, "* goes with COUNT(*) only"),
        ("metrics:\n  a: SUM(main.orders.amount)\n", 2, "main.orders.amount has too many parts; write dataset.field"),
        ("metrics:\n  a: SUM(\n", 2, "something is missing at 'SUM('"),
        (
            "metrics:\n  a: {expression: SUM(orders.amount), description: Small, fast}\n",
            2,
            "inside { } a comma ends a value",
        ),
        (
            "metrics:\n  a: SUM(orders.amount * products.cost)\n",
            2,
            "none of orders and products points at all the others",
        ),
        ("metrics:\n  a: {expression: SUM(lines.price), dataset: orders}\n", 2, "does not point at one row of lines"),
        ("metrics:\n  a: {formula: SUM(orders.amount)}\n", 2, "a formula computes with metrics"),
        ("metrics:\n  a: {formula: orders.amount + 1}\n", 2, "a formula reads metrics, not the field orders.amount"),
        ("metrics:\n  a: {}\n", 2, "it says not how it is computed"),
        ("metrics:\n  a: {expression: SUM(orders.amount), formula: a}\n", 2, "it has expression and formula"),
        ("metrics:\n  a: {numerator: b}\n  b: SUM(orders.amount)\n", 2, "numerator needs a denominator"),
        ("metrics:\n  a: {expression: SUM(orders.amount), kind: derived}\n", 2, "its kind is aggregate, not derived"),
        ("metrics:\n  a: {expression: SUM(orders.amount), target: {value: 1, below: 2}}\n", 2, "a target has one of"),
        ("metrics:\n  a: {expression: SUM(orders.amount), direction: upwards}\n", 2, "is not one of up, down"),
        ("metrics:\n  a: {expression: SUM(orders.amount), hidden: 3}\n", 2, "should be true or false, not 3"),
        (
            "metrics:\n  a: {cumulative: {metric: b, window: a year}}\n  b: SUM(orders.amount)\n",
            2,
            "'a year' is no duration",
        ),
        (
            "metrics:\n- name: a\n  expression: SUM(orders.amount)\n- name: a\n  expression: SUM(lines.price)\n",
            4,
            "the first stands at",
        ),
        (
            "metrics:\n  a: {name: b, expression: SUM(orders.amount)}\n",
            2,
            "it is called a by its key and b by its `name`",
        ),
        ("relationships:\n- stock.nothing -> products.product_id\n", 2, "stock has no field 'nothing'"),
        ("relationships:\n- stock to products\n", 2, "write it as orders.customer_id -> customers.customer_id"),
        ("datasets:\n  orders: {fields: {x: integer}}\n", 2, "two datasets are called 'orders'; the first stands at"),
        ("datasets:\n  d:\n    fields:\n      x: {type: money}\n", 4, "is not one of string, integer"),
        ("datasets:\n  d:\n    fields:\n      x: SUM(y)\n", 4, "aggregates belong into metrics"),
        ("datasets:\n  d:\n    fields:\n      x: orders.amount * 2\n", 4, "its own dataset's columns only, not orders"),
    ],
)
def test_faults_stand_at_their_line(faults: Faults, tmp_path: Path, more: str, line: int, words: str) -> None:
    found = [issue for issue in faults(more) if words in issue.message]
    assert found, [str(issue) for issue in faults(more)]
    assert found[0].severity == "error"
    assert found[0].location is not None
    assert (found[0].location.file, found[0].location.line) == (tmp_path / "more.yaml", line)


def test_all_faults_are_told_at_once_and_none_twice(faults: Faults) -> None:
    issues = faults(
        """\
        metrics:
          wrong: SUM(orders.amout)
          uses_it: {formula: wrong * 2}
          unknown: {formula: nothing + 1}
          wrong_key: {expression: SUM(orders.amount), colour: red}
        """
    )
    assert [issue.location.line for issue in issues if issue.location] == [2, 4, 5]


def test_a_circle_of_metrics_is_printed(faults: Faults) -> None:
    more = "metrics:\n  a: {formula: b + 1}\n  b: {formula: c + 1}\n  c: {formula: a + 1}\n"
    messages = [issue.message for issue in faults(more)]
    assert messages == ["metrics are computed from each other: a -> b -> c -> a"]


def test_a_broken_file_does_not_blame_the_others(faults: Faults, tmp_path: Path) -> None:
    issues = faults("metrics: {a: SUM(orders.amount)}", base="name: shop\ndatasets: {orders: [")
    assert {issue.location.file.name for issue in issues if issue.location} == {"base.yaml"}


def test_an_ossie_model_is_a_catalog(tmp_path: Path) -> None:
    (tmp_path / "model.yaml").write_text(
        """\
version: 0.2.0.dev0
semantic_model:
  - name: ecommerce_analytics
    ai_context:
      instructions: "Use this model for analyzing sales trends"
    datasets:
      - name: orders
        source: sales.public.orders
        primary_key: [order_id]
        unique_keys: [[order_id], [customer_id, order_date]]
        ai_context: {synonyms: [purchases]}
        fields:
          - name: order_id
            expression: {dialects: [{dialect: ANSI_SQL, expression: order_id}]}
          - name: customer_id
            expression: {dialects: [{dialect: ANSI_SQL, expression: customer_id}]}
          - name: order_date
            expression: {dialects: [{dialect: ANSI_SQL, expression: order_date}]}
            dimension: {is_time: true}
          - name: amount
            expression: {dialects: [{dialect: SNOWFLAKE, expression: "x::y"}, {dialect: ANSI_SQL, expression: amount}]}
      - name: customers
        source: sales.public.customers
        primary_key: [id]
        fields:
          - {name: id, expression: {dialects: [{dialect: ANSI_SQL, expression: id}]}}
    relationships:
      - name: orders_to_customers
        from: orders
        to: customers
        from_columns: [customer_id]
        to_columns: [id]
    metrics:
      - name: total_revenue
        expression: {dialects: [{dialect: ANSI_SQL, expression: SUM(orders.amount)}]}
        ai_context: "sales, revenue"
    custom_extensions:
      - vendor_name: SNOWFLAKE
        data: '{"warehouse": "W"}'
"""
    )
    loaded, issues = load_with_issues(tmp_path)
    metric = loaded.metric_by_name["total_revenue"]
    assert metric.time_field == "orders.order_date"
    assert metric.words.synonyms == ("sales", "revenue")
    assert loaded.field("orders.amount").type == "number"
    assert loaded.field("orders.customer_id").role == "key"
    assert loaded.words.instructions == "Use this model for analyzing sales trends"
    assert [issue.message for issue in issues] == ["ecommerce_analytics: custom_extensions of SNOWFLAKE are not read"]


def test_an_expression_in_dialects_nobody_reads_is_an_error(faults: Faults) -> None:
    more = "metrics:\n  a: {expression: {dialects: [{dialect: MDX, expression: x}]}}\n"
    assert "none of the dialects MDX is read; add one of DUCKDB, ANSI_SQL" in faults(more)[0].message
