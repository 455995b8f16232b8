"""How demand answers to price, and which price earns most."""

from __future__ import annotations

from typing import Literal

from catalog.frozen import Frozen
from catalog.query import Condition, Period


class ElasticityRequest(Frozen):
    """The elasticity of the influence from `cause` to `effect` (None: the first that is declared), by its field."""

    kind: Literal["elasticity"] = "elasticity"
    cause: str | None = None
    effect: str | None = None
    where: Condition | None = None


class PricePointRequest(Frozen):
    """The price level with the highest gross profit, by the field that the price influence is declared by."""

    kind: Literal["price_point"] = "price_point"
    period: Period | None = None
    where: Condition | None = None
