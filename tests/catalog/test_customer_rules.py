"""The rule over what analyses of customers and products rest on."""

from __future__ import annotations

import pytest

from catalog.models import Catalog, CatalogField, Dataset, FieldRole, FieldType
from catalog.rules.customer_analyses_resolve import customer_analyses_resolve
from catalog.strategy.customers import CustomerBase
from catalog.strategy.funnels import Funnel, FunnelStep
from catalog.strategy.returns import Returns
from catalog.strategy.stock import LeadTime, Stock
from catalog.strategy.strategy import Strategy


def field(name: str, kind: FieldType) -> CatalogField:
    return CatalogField(name=name, expression=name, type=kind, role=FieldRole.DIMENSION, label=name)


SALES = Dataset(
    name="sales",
    source="sales",
    label="sales",
    singular="sale",
    fields=(field("buyer", FieldType.INTEGER), field("day", FieldType.DATE), field("kind", FieldType.STRING)),
)


def messages(strategy: Strategy) -> list[str]:
    catalog = Catalog(name="shop", label="Shop", datasets=(SALES,), strategy=strategy)
    return [issue.message for issue in customer_analyses_resolve(catalog)]


@pytest.mark.parametrize(
    ("strategy", "expected"),
    [
        (
            Strategy(customers=CustomerBase(entity="sales.byer", events="n")),
            [
                "strategy.customers.entity: sales has no field 'byer'",
                "strategy.customers.events: no metric is called 'n'",
            ],
        ),
        (
            Strategy(customers=CustomerBase(entity="sales.buyer", events="n", start="sales.kind")),
            ["strategy.customers.start: sales.kind is a string, not a date or timestamp", "no metric"],
        ),
        (
            Strategy(
                funnels={
                    "f": Funnel(
                        label="F",
                        entity="sales.buyer",
                        event="sale.kind",
                        steps=(FunnelStep(value="a"), FunnelStep(value="b")),
                    )
                }
            ),
            ["strategy.funnels.f.event: no dataset is called 'sale'; did you mean sales?"],
        ),
        (
            Strategy(
                stock=Stock(
                    product="sales.buyer",
                    on_hand="sales.kind",
                    sales="n",
                    sales_product="sales.buyer",
                    lead_time=LeadTime(arrived="sales.kind"),
                )
            ),
            [
                "on_hand: sales.kind is a string, not a integer or number",
                "sales: no metric",
                "lead_time.arrived: sales.kind is a string",
            ],
        ),
        (
            Strategy(returns=Returns(rate="r", thing="kind")),
            ["strategy.returns.thing: 'kind' needs its dataset", "rate: no metric"],
        ),
        (Strategy(), []),
    ],
)
def test_what_is_nowhere_is_named(strategy: Strategy, expected: list[str]) -> None:
    found = messages(strategy)
    assert len(found) == len(expected)
    for part in expected:
        assert any(part in message for message in found), (part, found)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"steps": [{"value": "a"}]}, "at least two steps"),
        ({"steps": [{"value": "a"}, {"metric": "m"}]}, "all values of its event field, or all metrics"),
        ({"steps": [{"value": "a"}, {"value": "b"}]}, "names its entity and its event field"),
        ({"steps": [{"value": "a", "metric": "m"}, {"value": "b"}]}, "one of them"),
    ],
)
def test_a_funnel_is_whole(fields: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Funnel.model_validate({"label": "F", **fields})
