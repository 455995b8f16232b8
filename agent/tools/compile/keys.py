"""The keys of a relation: what its rows are for. They are expressions over a scan, or columns of a periods CTE."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

from agent.errors import QueryError
from agent.tools.compile.timeline import MONTHS, WEEKDAYS
from catalog.durations import TimeGrain, TimePart
from catalog.models import CatalogField, FieldType
from catalog.query import FieldDimension, TimeDimension, dimension_name


@dataclass(frozen=True, slots=True)
class Key:
    """A dimension under its column name. Own time is the time of each metric; other keys read `field`."""

    name: str
    field: str | None = None  # dataset.field; None is each metric's own time
    grain: TimeGrain | None = None
    part: TimePart | None = None
    custom_grain: str | None = None
    fiscal: bool = False
    path: tuple[str, ...] = ()
    bins: tuple[float, ...] = ()
    entity: bool = False  # who a row is about: a reference to the field stands for it

    @property
    def own_time(self) -> bool:
        return self.field is None

    @property
    def of_time(self) -> bool:
        """Whether it is a period or a part of time."""
        return self.grain is not None or self.part is not None or self.custom_grain is not None

    @property
    def order(self) -> tuple[str, ...]:
        """The natural order of its values, where it is not that of the type."""
        if self.part is TimePart.WEEKDAY:
            return WEEKDAYS
        if self.part is TimePart.MONTH_OF_YEAR:
            return MONTHS
        return bin_labels(self.bins) if self.bins else ()


def key_of(dimension: TimeDimension | FieldDimension) -> Key:
    """The key of a dimension."""
    name = dimension_name(dimension)
    if isinstance(dimension, TimeDimension):
        grain, part, custom = dimension.grain, dimension.part, dimension.custom_grain
        return Key(name, dimension.field, grain, part, custom, dimension.fiscal, dimension.path)
    if list(dimension.bins) != sorted(set(dimension.bins)):
        raise QueryError(f"the bins of {dimension.field} must be ascending edges, not {list(dimension.bins)}")
    return Key(name, dimension.field, path=dimension.path, bins=dimension.bins)


def bin_labels(edges: tuple[float, ...]) -> tuple[str, ...]:
    """What the ranges between ascending edges are called: below the first, between each two, from the last on."""
    shown = [f"{edge:g}" for edge in edges]
    middle = [f"{low} to {high}" for low, high in itertools.pairwise(shown)]
    return (f"below {shown[0]}", *middle, f"{shown[-1]} and over")


def key_type(key: Key, field: CatalogField | None) -> FieldType | None:
    """The type of a key's values; None where it is not known."""
    if key.bins or key.part in (TimePart.WEEKDAY, TimePart.MONTH_OF_YEAR):
        return FieldType.STRING
    if key.part is not None:
        return FieldType.INTEGER
    if key.custom_grain is not None:
        return None
    if key.grain is not None:
        return FieldType.DATE if key.grain.rank >= TimeGrain.DAY.rank else FieldType.TIMESTAMP
    return field.type if field else None
