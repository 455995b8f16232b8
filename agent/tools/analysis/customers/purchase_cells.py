"""Purchase histories as cells: customers with the same (repeats, recency, age) stand together with their number."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class PurchaseCells:
    """One entry a cell, arrays of one length.

    `repeats` (x) counts days with a purchase after the first; `recency` (t_x) is the time from the first to the last
    purchase and `age` (T) that from the first to the end of observation, both in one unit; `customers` is how many
    share the cell.
    """

    repeats: Floats
    recency: Floats
    age: Floats
    customers: Floats

    def __post_init__(self) -> None:
        lengths = {len(self.repeats), len(self.recency), len(self.age), len(self.customers)}
        if len(lengths) != 1:
            raise ValueError(f"the columns of purchase cells must be of one length, not {sorted(lengths)}")
        if (self.recency > self.age + 1e-9).any() or (self.repeats < 0).any() or (self.recency < 0).any():
            raise ValueError("a purchase history needs 0 <= recency <= age and no negative number of repeats")

    @property
    def total(self) -> float:
        """How many customers there are."""
        return float(self.customers.sum())

    @property
    def repeaters(self) -> float:
        """How many of them bought again."""
        return float(self.customers[self.repeats > 0].sum())


def grouped(repeats: Floats, recency: Floats, age: Floats) -> PurchaseCells:
    """Cells of single customers' histories, as exact as the histories are."""
    rows, counts = np.unique(np.column_stack([repeats, recency, age]), axis=0, return_counts=True)
    return PurchaseCells(rows[:, 0], rows[:, 1], rows[:, 2], counts.astype(float))
