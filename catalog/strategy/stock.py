"""What reorder advice rests on: stock, demand, and how long an order takes to arrive."""

from __future__ import annotations

from pydantic import Field

from catalog.durations import WrittenDuration
from catalog.frozen import Frozen


class LeadTime(Frozen):
    """How long from order to arrival: the days between `ordered` and `arrived`, or `planned` and how late `arrived` is
    against `due`. Fields are of one dataset, a row a shipment."""

    planned: WrittenDuration | None = None
    ordered: str | None = None  # dataset.field
    due: str | None = None
    arrived: str | None = None
    source: str | None = None  # who says so


class Inbound(Frozen):
    """Stock under way: rows of a dataset of shipments whose `arrived` is empty."""

    product: str
    quantity: str
    arrived: str


class Stock(Frozen):
    """Stock positions and the metric that draws on them."""

    product: str  # dataset.field of the stock position's product: inventory.product_id
    on_hand: str  # dataset.field of the units there
    reorder_point: str | None = None  # dataset.field of the level declared today
    sales: str  # the metric of units that leave: units_sold
    sales_product: str  # dataset.field to split it by: order_items.product_id
    name: str | None = None  # dataset.field that people know a product by: products.name
    lead_time: LeadTime = LeadTime()
    inbound: Inbound | None = None
    review_days: int = Field(default=7, ge=1)  # days between two rounds of ordering
    service_level: float = Field(default=0.95, gt=0.5, lt=1)  # the chance not to run out while waiting
