"""What analyses of customers, funnels, stock and returns rest on exists: fields, metrics, values and their kinds."""

from __future__ import annotations

from collections.abc import Iterator

from catalog.errors import CatalogIssue
from catalog.models import Catalog, FieldType
from catalog.rules.findings import error, unknown, unknown_field

RULE = "customer_analyses_resolve"
_TIMES = (FieldType.DATE, FieldType.TIMESTAMP)
_NUMBERS = (FieldType.INTEGER, FieldType.NUMBER)


def customer_analyses_resolve(catalog: Catalog) -> Iterator[CatalogIssue]:
    """Errors for names that are none, fields of the wrong type, and rates that divide nothing."""
    for path, message in _faults(catalog):
        yield error(RULE, f"strategy.{'.'.join(path)}: {message}", "strategy", *path)


_Fault = tuple[tuple[str, ...], str]


def _faults(catalog: Catalog) -> Iterator[_Fault]:
    strategy = catalog.strategy
    if strategy.customers is not None:
        base = strategy.customers
        yield from _fields(catalog, ("customers",), entity=base.entity, member=base.member)
        yield from _fields(catalog, ("customers",), _TIMES, start=base.start)
        yield from _metrics(catalog, ("customers",), events=base.events, value=base.value)
    for name, funnel in strategy.funnels.items():
        yield from _fields(catalog, ("funnels", name), entity=funnel.entity, event=funnel.event)
        for step in funnel.steps:
            yield from _metrics(catalog, ("funnels", name, "steps"), metric=step.metric)
            yield from _fields(catalog, ("funnels", name, "steps"), entity=step.entity)
    if strategy.stock is not None:
        stock, lead = strategy.stock, strategy.stock.lead_time
        yield from _fields(
            catalog, ("stock",), product=stock.product, sales_product=stock.sales_product, name=stock.name
        )
        yield from _fields(catalog, ("stock",), _NUMBERS, on_hand=stock.on_hand, reorder_point=stock.reorder_point)
        yield from _metrics(catalog, ("stock",), sales=stock.sales)
        yield from _fields(
            catalog, ("stock", "lead_time"), _TIMES, ordered=lead.ordered, due=lead.due, arrived=lead.arrived
        )
        if stock.inbound is not None:
            inbound = stock.inbound
            yield from _fields(catalog, ("stock", "inbound"), product=inbound.product, arrived=inbound.arrived)
            yield from _fields(catalog, ("stock", "inbound"), _NUMBERS, quantity=inbound.quantity)
    if strategy.returns is not None:
        returns = strategy.returns
        yield from _fields(catalog, ("returns",), thing=returns.thing, peers=returns.peers)
        yield from _metrics(catalog, ("returns",), rate=returns.rate)


def _fields(
    catalog: Catalog, path: tuple[str, ...], types: tuple[FieldType, ...] | None = None, **named: str | None
) -> Iterator[_Fault]:
    for key, reference in named.items():
        if reference is None:
            continue
        message = unknown_field(catalog, reference)
        if message is not None:
            yield (*path, key), message
        elif types is not None and catalog.field(reference).type not in types:
            wanted = " or ".join(item.value for item in types)
            yield (*path, key), f"{reference} is a {catalog.field(reference).type.value}, not a {wanted}"


def _metrics(catalog: Catalog, path: tuple[str, ...], **named: str | None) -> Iterator[_Fault]:
    for key, name in named.items():
        if name is not None and name not in catalog.metric_by_name:
            yield (*path, key), unknown("metric", name, list(catalog.metric_by_name))
