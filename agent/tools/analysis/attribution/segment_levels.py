"""Which level a change belongs to: a segment, a part of it, or what holds it.

Segments hold each other by their conditions (web, Electronics in web) and by nesting dimensions (a subcategory in its
category), which shows where a combination's figures are those of the finer value alone. Of two that hold each other, the
rest of the larger one decides: if it moved much as the smaller did, the larger changed; if not, the smaller.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from functools import cached_property

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Conditions = tuple[tuple[str, str], ...]

SAME_STORY = 0.5  # of the smaller segment's move, seen in the rest of the larger: nearer to the same than to none
A_LITTLE_OF_IT = 0.2  # the rest moved the same way at all
CLEARLY_APART = 4.0  # spreads between a part and the rest: fewer, and the part may only seem to be the one
_SAME = 1e-9


class SegmentLevels:
    """How the segments of a search hold each other; `rows` says where each stands in `values`."""

    def __init__(self, conditions: Sequence[Conditions], values: Floats) -> None:
        self.rows = {item: row for row, item in enumerate(conditions)}
        self._values = values
        self._parents: dict[Conditions, tuple[Conditions, ...]] = {}

    @cached_property
    def implied(self) -> dict[tuple[str, str], frozenset[tuple[str, str]]]:
        """For a condition, the conditions that hold wherever it does: those it nests in."""
        found: dict[tuple[str, str], set[tuple[str, str]]] = {}
        for pair, row in self.rows.items():
            if len(pair) != 2:
                continue
            for inner, outer in (pair, pair[::-1]):
                alone, above = self.rows.get((inner,)), self.rows.get((outer,))
                if alone is None or above is None:
                    continue
                if np.allclose(self._values[row], self._values[alone], rtol=_SAME, atol=_SAME):
                    found.setdefault(inner, set()).add(outer)
        return {inner: frozenset(outer - {inner}) for inner, outer in found.items()}

    def closure(self, conditions: Conditions) -> frozenset[tuple[str, str]]:
        """The conditions with all that they imply."""
        return frozenset(conditions).union(*(self.implied.get(item, frozenset()) for item in conditions))

    def parents(self, conditions: Conditions) -> tuple[Conditions, ...]:
        """Every larger segment that holds this one, each once, in a fixed order; the whole is not among them."""
        if conditions not in self._parents:
            own = self.closure(conditions)
            found = []
            for size in range(1, len(own)):
                for chosen in itertools.combinations(sorted(own), size):
                    said_twice = any(item in self.implied.get(other, ()) for item in chosen for other in chosen)
                    if not said_twice and self.closure(chosen) != own:
                        found.append(self._known(chosen))
            self._parents[conditions] = tuple(dict.fromkeys(found))
        return self._parents[conditions]

    def holds(self, larger: Conditions, smaller: Conditions) -> bool:
        """Whether one segment holds another."""
        return self.closure(larger) < self.closure(smaller)

    def _known(self, chosen: Conditions) -> Conditions:
        """The same conditions in the order in which the search names them."""
        return next((item for item in itertools.permutations(chosen) if item in self.rows), chosen)


def level_of(
    first: Conditions,
    standing_out: Sequence[Conditions],
    levels: SegmentLevels,
    moved: Callable[[Conditions, Conditions | None, Conditions], float],
    noise: Callable[[Conditions, Conditions], float],
) -> Conditions:
    """The segment that the change of `first` belongs to: itself, a larger one, or a part of it.

    `standing_out`: the segments that may be named, the most telling first. `moved(segment, without, larger)`: how far a
    segment (without another inside it) moved against all that lies outside of `larger`, beyond the season. `noise(smaller,
    larger)`: how far a segment and the rest of what holds it usually stray from each other.
    """
    for larger in standing_out:
        if levels.holds(larger, first) and _is_of_the_larger(moved, noise, first, larger):
            return level_of(larger, standing_out, levels, moved, noise)
    for smaller in standing_out:
        if levels.holds(first, smaller) and not _is_of_the_larger(moved, noise, smaller, first):
            return smaller
    return first


def _is_of_the_larger(
    moved: Callable[[Conditions, Conditions | None, Conditions], float],
    noise: Callable[[Conditions, Conditions], float],
    smaller: Conditions,
    larger: Conditions,
) -> bool:
    """Whether the rest of the larger moved much as the smaller, or moved with it and is not clearly apart from it."""
    own, rest = moved(smaller, None, larger), moved(larger, smaller, larger)
    if not own:
        return True
    alike = rest / own
    return alike >= SAME_STORY or (
        alike >= A_LITTLE_OF_IT and abs(own - rest) <= CLEARLY_APART * noise(smaller, larger)
    )
