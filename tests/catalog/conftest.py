"""A small business to write catalogs about."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from catalog.errors import CatalogError, CatalogIssue
from catalog.loader import load_with_issues
from catalog.models import Catalog
from catalog.samples.amalimart import generate
from catalog.samples.generation import SampleReport

SHOP = """\
name: shop
datasets:
  orders:
    primary_key: order_id
    time: ordered_at
    fields:
      order_id: integer
      customer_id: integer
      ordered_at: timestamp
      amount: {type: number, unit: EUR}
      status: string
  lines:
    primary_key: [order_id, product_id]
    time: orders.ordered_at
    fields: {order_id: integer, product_id: integer, quantity: integer, price: {type: number, unit: EUR}}
  products:
    primary_key: product_id
    fields: {product_id: integer, cost: {type: number, unit: EUR}, category: string}
  customers:
    primary_key: customer_id
    time: none
    fields: {customer_id: integer, region: string, joined_on: date}
  stock:
    primary_key: [product_id, counted_on]
    fields: {product_id: integer, counted_on: date, on_hand: integer}
relationships:
  - orders.customer_id -> customers.customer_id
  - lines.order_id -> orders.order_id
  - lines.product_id -> products.product_id
  - stock.product_id -> products.product_id
"""


@pytest.fixture
def shop(tmp_path: Path) -> Callable[..., tuple[Catalog, tuple[CatalogIssue, ...]]]:
    """Loads the shop with more YAML beside it (a file of its own): the catalog and its warnings."""

    def load(more: str = "", base: str = SHOP) -> tuple[Catalog, tuple[CatalogIssue, ...]]:
        (tmp_path / "base.yaml").write_text(base)
        (tmp_path / "more.yaml").write_text(textwrap.dedent(more))
        return load_with_issues(tmp_path)

    return load


@pytest.fixture
def faults(shop: Callable[..., tuple[Catalog, tuple[CatalogIssue, ...]]]) -> Callable[..., tuple[CatalogIssue, ...]]:
    """All issues, errors and warnings, of the shop with more YAML beside it."""

    def load(more: str, base: str = SHOP) -> tuple[CatalogIssue, ...]:
        try:
            return shop(more, base)[1]
        except CatalogError as error:
            return error.issues

    return load


@pytest.fixture(scope="session")
def small_marketplace(tmp_path_factory: pytest.TempPathFactory) -> SampleReport:
    """AmaliMart, small, generated once for the tests of its generator and of its catalog."""
    return generate(tmp_path_factory.mktemp("amalimart") / "amalimart.duckdb", scale=0.002)
