"""Driver trees: formulas by which a metric is made of others, beside the one that defines it."""

from __future__ import annotations

from catalog.frozen import Frozen
from catalog.query import FieldCondition


class DriverPart(Frozen):
    """A factor that no metric is: a metric within a filter, or a formula over metrics ("gmv / units_sold")."""

    name: str
    label: str | None = None
    metric: str | None = None
    where: tuple[FieldCondition, ...] = ()  # all of them hold
    formula: str | None = None
    unit: str | None = None


class DriverTree(Frozen):
    """`metric` (or a part of another tree) equals `formula` over metrics and `parts`, in every period and segment.

    That it does is checked on the data before it is used: a tree that does not close is not shown.
    """

    metric: str
    formula: str
    parts: tuple[DriverPart, ...] = ()
