"""What a catalog declares for analyses: the section `strategy:`, each part optional and a file of its own here."""

from __future__ import annotations

from pydantic import Field

from catalog.frozen import Frozen
from catalog.strategy.customers import CustomerBase
from catalog.strategy.drivers import DriverTree
from catalog.strategy.funnels import Funnel
from catalog.strategy.influences import Influence
from catalog.strategy.levers import Lever
from catalog.strategy.quality import DatasetExpectations
from catalog.strategy.related import RelatedMetrics
from catalog.strategy.returns import Returns
from catalog.strategy.stock import Stock


class Strategy(Frozen):
    """The declared grounds of analyses. A part that is absent is inferred where that is safe, else asked for."""

    levers: tuple[Lever, ...] = ()
    influences: tuple[Influence, ...] = ()
    scenario_outcomes: tuple[str, ...] = ()  # the metrics that a scenario shows where a question names none
    drivers: tuple[DriverTree, ...] = ()
    related: tuple[RelatedMetrics, ...] = ()
    customers: CustomerBase | None = None
    funnels: dict[str, Funnel] = Field(default_factory=dict)
    stock: Stock | None = None
    returns: Returns | None = None
    quality: tuple[DatasetExpectations, ...] = ()
