"""A small shop's catalog, and result tables made from a query and its rows as the warehouse would give them."""

from __future__ import annotations

import datetime as dt
import decimal
from collections.abc import Callable
from typing import Any

import pytest

from agent.tools.warehouse.result import ColumnRole, ResultColumn, ResultTable
from catalog.access import OWNER_ROLE, CatalogView, Principal
from catalog.models import (
    AggregateMetric,
    Aggregation,
    Catalog,
    CatalogField,
    Dataset,
    DerivedMetric,
    Direction,
    FieldRole,
    FieldType,
    MetricInput,
    Relationship,
    SemiAdditive,
    StateMetric,
    Target,
)
from catalog.query import MetricQuery, dimension_name

MakeTable = Callable[[MetricQuery, list[list[Any]]], ResultTable]


def _field(name: str, label: str, role: FieldRole = FieldRole.DIMENSION) -> CatalogField:
    return CatalogField(name=name, expression=name, type=FieldType.STRING, role=role, label=label)


def _catalog() -> Catalog:
    orders = Dataset(
        name="orders",
        source="orders",
        label="orders",
        singular="order",
        time_field="ordered_at",
        fields=(
            _field("ordered_at", "Order date", FieldRole.TIME),
            _field("channel", "Channel"),
            _field("category", "Category"),
            _field("product", "Product"),
            _field("express", "Express delivery"),
            _field("store_id", "Store"),
        ),
    )
    tags = Dataset(
        name="tags",
        source="tags",
        label="tags",
        singular="tag",
        fields=(_field("order_id", "Order"), _field("tag", "Tag")),
    )
    tagged = Relationship(
        name="tagged", from_dataset="tags", to_dataset="orders", from_fields=("order_id",), to_fields=("order_id",)
    )
    gmv = AggregateMetric(
        name="gmv",
        label="GMV",
        unit="USD",
        direction=Direction.UP,
        dataset="orders",
        aggregation=Aggregation.SUM,
        expression="orders.amount",
        target=Target(expression="180000", comparison=">="),
        description="The sum of all orders before discounts and returns.",
    )
    order_count = AggregateMetric(
        name="order_count",
        label="Orders",
        unit="count",
        dataset="orders",
        aggregation=Aggregation.COUNT,
        expression="*",
    )
    stock = AggregateMetric(
        name="stock_value",
        label="Stock value",
        unit="NGN",
        dataset="orders",
        aggregation=Aggregation.SUM,
        expression="orders.amount",
        semi_additive=SemiAdditive(over="orders.ordered_at"),
    )
    aov = DerivedMetric(
        name="aov",
        label="Average order value",
        unit="USD",
        direction=Direction.UP,
        formula="gmv / order_count",
        inputs=(MetricInput(name="gmv", metric="gmv"), MetricInput(name="order_count", metric="order_count")),
    )
    return_rate = DerivedMetric(
        name="return_rate",
        label="Return rate",
        unit="fraction",
        direction=Direction.DOWN,
        formula="gmv / order_count",
        inputs=(MetricInput(name="gmv", metric="gmv"), MetricInput(name="order_count", metric="order_count")),
        target=Target(expression="0.12", comparison="<"),
    )
    roas = return_rate.model_copy(
        update={"name": "roas", "label": "ROAS", "unit": "ratio", "direction": Direction.UP, "target": None}
    )
    nps = return_rate.model_copy(
        update={"name": "nps", "label": "NPS", "unit": "score", "direction": Direction.UP, "target": None}
    )
    delivery = return_rate.model_copy(
        update={
            "name": "delivery_days",
            "label": "Delivery time",
            "unit": "days",
            "target": None,
            "caveat": "By calendar day",
        }
    )
    churn = StateMetric(
        name="churn_rate",
        label="Churn rate",
        unit="fraction",
        direction=Direction.DOWN,
        entity="orders.channel",
        recent_window="90 days",
    )
    return Catalog(
        name="shop",
        label="Shop",
        datasets=(orders, tags),
        relationships=(tagged,),
        metrics=(gmv, order_count, stock, aov, return_rate, roas, nps, delivery, churn),
    )


@pytest.fixture(scope="session")
def view() -> CatalogView:
    return CatalogView(whole=_catalog(), principal=Principal(), role=OWNER_ROLE)


def _cell(value: Any, unit: str | None) -> Any:
    if isinstance(value, float) and unit == "USD":
        return decimal.Decimal(str(value))
    return value


@pytest.fixture(scope="session")
def make_table(view: CatalogView) -> MakeTable:
    """Columns in the order keys, then for each metric its value, comparisons and target, then calculations."""

    def make(query: MetricQuery, rows: list[list[Any]]) -> ResultTable:
        columns: list[ResultColumn] = []
        for dimension in query.group_by:
            name = dimension_name(dimension)
            columns.append(
                ResultColumn(name=name, type="VARCHAR", role="key", label=name.replace("_", " ").capitalize())
            )

        def add(name: str, role: ColumnRole, unit: str | None, metric: str, calculation: str) -> None:
            column = ResultColumn(
                name=name, type="DOUBLE", role=role, unit=unit, metric=metric, calculation=calculation, label=None
            )
            columns.append(column)

        for use in query.metrics:
            unit = view.metrics[use.metric].unit
            role: ColumnRole = "context" if use.show == "context" else "measure"
            add(use.name, role, unit, use.metric, "value")
            for compare in query.compare:
                add(f"{use.name}_{compare.name}", compare.show, unit, use.metric, "previous")
                if compare.difference:
                    add(f"{use.name}_{compare.name}_change", compare.show, unit, use.metric, "change")
                if compare.growth:
                    add(f"{use.name}_{compare.name}_growth", compare.show, "fraction", use.metric, "growth")
            if query.targets:
                add(f"{use.name}_target", "context", unit, use.metric, "target")
        for calculation in query.calculations:
            unit = "fraction" if calculation.kind in ("share", "growth") else None
            add(calculation.name, "context", unit, calculation.metric, calculation.kind)
        cells = tuple(
            tuple(_cell(value, column.unit) for value, column in zip(row, columns, strict=True)) for row in rows
        )
        return ResultTable(name="answer", sql="SELECT 1", columns=tuple(columns), rows=cells)

    return make


@pytest.fixture(scope="session")
def as_of() -> dt.date:
    return dt.date(2026, 10, 31)


@pytest.fixture(scope="session")
def data_span() -> tuple[dt.date, dt.date]:
    return dt.date(2022, 1, 1), dt.date(2026, 10, 31)
