"""What a catalog declares for analyses: the section `strategy:`, each part optional and a file of its own here."""

from __future__ import annotations

from catalog.frozen import Frozen
from catalog.strategy.drivers import DriverTree
from catalog.strategy.influences import Influence
from catalog.strategy.levers import Lever
from catalog.strategy.related import RelatedMetrics


class Strategy(Frozen):
    """The declared grounds of analyses. A part that is absent is inferred where that is safe, else asked for."""

    levers: tuple[Lever, ...] = ()
    influences: tuple[Influence, ...] = ()
    scenario_outcomes: tuple[str, ...] = ()  # the metrics that a scenario shows where a question names none
    drivers: tuple[DriverTree, ...] = ()
    related: tuple[RelatedMetrics, ...] = ()
