"""What a draft calls the figures and the rows of traders' tables, whoever made them: from profiles alone."""

from __future__ import annotations

import datetime as dt

import pytest

from catalog.draft import Draft, draft_catalog
from catalog.models import AggregateMetric, FieldType
from catalog.profile import ColumnProfile, Containment, DatabaseProfile, KeyProfile, TableProfile

FIRST, LAST = dt.date(2023, 1, 1), dt.date(2024, 6, 1)


def number(name: str) -> ColumnProfile:
    return ColumnProfile(
        name=name, database_type="n", type=FieldType.NUMBER, nulls=0, distinct=90, minimum=1.5, maximum=900.5
    )


def key(name: str) -> ColumnProfile:
    return ColumnProfile(
        name=name, database_type="i", type=FieldType.INTEGER, nulls=0, distinct=100, minimum=1, maximum=100
    )


def day(name: str, nulls: int = 0) -> ColumnProfile:
    return ColumnProfile(
        name=name, database_type="d", type=FieldType.DATE, nulls=nulls, distinct=90, minimum=FIRST, maximum=LAST
    )


def table(name: str, *columns: ColumnProfile) -> TableProfile:
    said = {"po_hdr": "purchase_order", "po_line": "purchase_order_line", "so_hdr": "sales_order"}.get(name, "")
    return TableProfile(
        name=name, rows=100, columns=columns, keys=(KeyProfile(columns=(columns[0].name,)),), read_as=said
    )


def draft(*tables: TableProfile, pointers: tuple[tuple[str, str, str], ...] = ()) -> Draft:
    containments = tuple(
        Containment(table=here, columns=(name,), of_table=there, of_columns=(name,), values=50, contained=50)
        for here, there, name in pointers
    )
    return draft_catalog(DatabaseProfile(name="trade", tables=tables, containments=containments, measured_on=LAST))


def metric_called(made: Draft, words: str) -> str | None:
    """The metric of a name or synonym."""
    return next(
        (item.name for item in made.catalog.metrics if words in (item.label.lower(), *item.words.synonyms)), None
    )


@pytest.mark.parametrize(
    ("amount", "named"), [("net_amt", True), ("LineNetAmount", True), ("line_amt", False), ("amount", False)]
)
def test_net_sales_are_named_where_the_amount_is(amount: str, named: bool) -> None:
    made = draft(
        table("sales_orders", key("order_id"), day("order_date")),
        table("sales_lines", key("line_id"), key("order_id"), number("quantity"), number("price"), number(amount)),
        pointers=(("sales_lines", "sales_orders", "order_id"),),
    )
    assert (metric_called(made, "net sales") == "sales") is named
    assert metric_called(made, "revenue") == "sales"


def test_purchase_orders_are_worth_what_their_lines_come_to() -> None:
    made = draft(
        table("po_hdr", key("po_no"), day("po_dt")),
        table("po_line", key("po_line_id"), key("po_no"), number("unit_cost"), number("line_amt")),
        pointers=(("po_line", "po_hdr", "po_no"),),
    )
    for words in ("purchase order value", "value of purchase orders", "PO amount", "value of POs", "spend"):
        assert metric_called(made, words) == "total_line_amount", words


def test_orders_with_an_amount_of_their_own_are_not_worth_that_of_their_lines() -> None:
    made = draft(
        table("po_hdr", key("po_no"), day("po_dt"), number("total_amt")),
        table("po_line", key("po_line_id"), key("po_no"), number("line_amt")),
        pointers=(("po_line", "po_hdr", "po_no"),),
    )
    assert metric_called(made, "purchase order value") is None


def test_rows_are_called_by_what_their_number_is_of() -> None:
    made = draft(table("so_hdr", key("order_no"), day("order_dt")), table("po_hdr", key("po_no"), day("po_dt")))
    assert "orders" in made.catalog.dataset_by_name["so_hdr"].words.synonyms
    assert "POs" in made.catalog.dataset_by_name["po_hdr"].words.synonyms


@pytest.mark.parametrize(
    ("columns", "time"),
    [
        ((day("required_on"), day("delivered_on", nulls=9)), "required_on"),
        ((day("required_on"), day("delivered_on")), "delivered_on"),
        ((day("created_at"), day("delivered_on", nulls=9)), "created_at"),
    ],
)
def test_what_may_never_be_done_counts_on_the_day_it_was_asked_for(
    columns: tuple[ColumnProfile, ...], time: str
) -> None:
    made = draft(table("deliveries", key("delivery_id"), *columns))
    assert made.catalog.dataset_by_name["deliveries"].time_field == time


def test_a_return_counts_on_its_own_day() -> None:
    made = draft(
        table("orders", key("order_id"), day("order_date")),
        table("order_returns", key("return_id"), key("order_id"), day("return_date"), number("return_amount")),
        pointers=(("order_returns", "orders", "order_id"),),
    )
    assert made.catalog.dataset_by_name["order_returns"].time_field == "return_date"


def test_who_left_is_not_there_since_then() -> None:
    made = draft(
        table("sales_rep", key("rep_cd"), day("hire_dt"), day("leave_dt", nulls=90)),
        table("orders", key("order_id"), key("rep_cd"), day("order_date")),
        pointers=(("orders", "sales_rep", "rep_cd"),),
    )
    assert made.catalog.dataset_by_name["sales_rep"].time_field is None


def test_what_was_opened_with_whom() -> None:
    made = draft(
        table("customer", key("cust_no"), day("acct_open_dt")),
        table("orders", key("order_id"), key("cust_no"), day("order_date")),
        pointers=(("orders", "customer", "cust_no"),),
    )
    assert metric_called(made, "accounts opened") == "new_customers"


def test_late_to_the_minute_only_where_both_moments_are_told_so() -> None:
    def moment(name: str, hour: int, nulls: int = 0) -> ColumnProfile:
        return ColumnProfile(
            name=name, database_type="t", type=FieldType.TIMESTAMP, nulls=nulls, distinct=90,
            minimum=dt.datetime(2023, 1, 1, hour), maximum=dt.datetime(2024, 6, 1, hour),
        )  # fmt: skip

    for hour, by_day in ((9, False), (0, True)):
        made = draft(table("visits", key("visit_id"), moment("promised_at", hour), moment("arrived_at", 10, nulls=3)))
        late = made.catalog.metric_by_name["late_visits"]
        assert isinstance(late, AggregateMetric)
        assert ("CAST" in str(late.filter)) is by_day
