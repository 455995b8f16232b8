"""A small shop to try the guard and the warehouse on: its database, its catalog, and the roles that look at it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest

from agent.tools.warehouse.limits import QueryLimits, WarehouseSettings
from agent.tools.warehouse.warehouse import Warehouse
from catalog.access import CatalogView, Principal, view_for
from catalog.models import (
    Catalog,
    CatalogField,
    Dataset,
    FieldRole,
    FieldRule,
    FieldType,
    Relationship,
    Role,
    RowFilter,
)

SHOP_SQL = Path(__file__).with_name("shop.sql")

_TABLES = {
    "vendors": "vendor_id:integer name",
    "customers": "id:integer name:personal email:personal phone:personal country signup:date",
    "products": "product_id:integer vendor_id:integer title price:number",
    "orders": "order_id:integer vendor_id:integer customer_id:integer product_id:integer amount:number status "
    "ordered_at:timestamp",
}
_KEYS = {"vendors": "vendor_id", "customers": "id", "products": "product_id", "orders": "order_id"}
_RELATIONS = (
    ("orders", "customer_id", "customers", "id"),
    ("orders", "vendor_id", "vendors", "vendor_id"),
    ("orders", "product_id", "products", "product_id"),
    ("products", "vendor_id", "vendors", "vendor_id"),
)


def _field(text: str) -> CatalogField:
    name, _, kind = text.partition(":")
    personal = kind == "personal"
    type_name = "string" if personal or not kind else kind
    return CatalogField(
        name=name,
        expression=name,
        type=FieldType(type_name),
        role=FieldRole.MEASURE if type_name == "number" else FieldRole.DIMENSION,
        label=name,
        personal_data=name if personal else None,
    )


def _catalog(*roles: Role) -> Catalog:
    datasets = tuple(
        Dataset(
            name=name,
            source=name,
            label=name,
            singular=name[:-1],
            primary_key=(_KEYS[name],),
            fields=tuple(_field(text) for text in fields.split()),
        )
        for name, fields in _TABLES.items()
    )
    relationships = tuple(
        Relationship(
            name=f"{child}_{parent}", from_dataset=child, to_dataset=parent, from_fields=(key,), to_fields=(target,)
        )
        for child, key, parent, target in _RELATIONS
    )
    return Catalog(name="shop", label="Shop", datasets=datasets, relationships=relationships, roles=roles)


def _role(**parts: object) -> Role:
    return Role.model_validate(
        {"name": "tried", "label": "Tried", "default": True, "datasets": ("*",), "metrics": ("*",), "free_sql": True}
        | parts
    )


@pytest.fixture(scope="session")
def shop_view() -> Callable[..., CatalogView]:
    """A view of the shop for a role of the given parts; `attributes` are its user's."""

    def make(attributes: dict[str, str | int | float | bool] | None = None, **parts: object) -> CatalogView:
        return view_for(_catalog(_role(**parts)), Principal(user="someone", attributes=attributes or {}))

    return make


@pytest.fixture(scope="session")
def open_view(shop_view: Callable[..., CatalogView]) -> CatalogView:
    """A role that sees everything."""
    return shop_view(field_rules=(FieldRule(fields=("personal",), access="show"),))


@pytest.fixture(scope="session")
def vendor_view(shop_view: Callable[..., CatalogView]) -> Callable[..., CatalogView]:
    """A role that sees the rows of its user's vendor, and personal fields by the given rule."""

    def make(vendor: int | None = 1, **rule: object) -> CatalogView:
        own = "{0}.vendor_id = user.vendor"
        filters = [RowFilter(dataset=name, expression=own.format(name)) for name in ("orders", "products", "vendors")]
        filters.append(RowFilter(dataset="customers", expression="orders.vendor_id = user.vendor"))
        rules = FieldRule.model_validate({"fields": ("personal",), "access": "mask", "mask": "null"} | rule)
        attributes: dict[str, object] = {} if vendor is None else {"vendor": vendor}
        return shop_view(attributes=attributes, row_filters=tuple(filters), field_rules=(rules,))

    return make


def build_shop(path: Path, *scripts: str) -> Path:
    """A shop database, changed by the scripts."""
    with duckdb.connect(str(path)) as connection:
        connection.execute(SHOP_SQL.read_text(encoding="utf-8"))
        for script in scripts:
            connection.execute(script)
    return path


@pytest.fixture(scope="session")
def shop_builder() -> Callable[..., Path]:
    """Builds shop databases."""
    return build_shop


@pytest.fixture(scope="session")
def shop_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shop as it is."""
    return build_shop(tmp_path_factory.mktemp("shop") / "shop.duckdb")


@pytest.fixture(scope="session")
def small_settings() -> WarehouseSettings:
    """Limits that a test can run into."""
    return WarehouseSettings(limits=QueryLimits(deadline_s=1.5, memory_mb=700), threads=2)


@pytest.fixture(scope="session")
def shop(shop_database: Path, small_settings: WarehouseSettings) -> Iterator[Warehouse]:
    """The shop's warehouse."""
    with Warehouse.open(shop_database, small_settings) as warehouse:
        yield warehouse
