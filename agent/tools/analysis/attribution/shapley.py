"""Shapley attribution: what each factor of a formula contributed to the change of its value.

phi_i = sum over the sets S of other factors of |S|! (k-|S|-1)! / k! * [f(S+i) - f(S)], where f takes the factors of S at
their later values and the others at their earlier ones. It is exact, closes to the change and knows no order of factors
(Das Gupta 1993 gives the same effects). Over a tree the factors of a branch are taken together (Owen's value), so that the
parts of a branch add up to what the branch contributed.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from agent.tools.analysis.errors import AttributionError

Floats = npt.NDArray[np.float64]
Formula = Callable[[Sequence[Floats]], Floats]
MOST_FACTORS = 14


def shapley_attribution(
    formula: Formula, before: Sequence[npt.ArrayLike], after: Sequence[npt.ArrayLike]
) -> tuple[float, ...]:
    """What each factor contributed to formula(after) - formula(before); the parts add up to it.

    `formula` takes the factors as arrays whose first axis runs over sets of factors (a factor may hold a vector, say one
    value a segment, in further axes) and gives one value a set. AttributionError for more than 14 factors, or where the
    formula has no value at some mixture of the two periods (a division by zero).
    """
    count = len(before)
    if count != len(after):
        raise AttributionError(f"{count} factors before and {len(after)} after")
    if not 1 <= count <= MOST_FACTORS:
        raise AttributionError(f"attribution takes 1 to {MOST_FACTORS} factors, not {count}")
    sets = np.arange(1 << count)
    mixed = [_either(sets >> position & 1, before[position], after[position]) for position in range(count)]
    values = np.broadcast_to(np.asarray(formula(mixed), dtype=float), sets.shape)
    if not np.isfinite(values).all():
        raise AttributionError("the formula has no value for some mixture of the two periods")
    sizes = np.zeros(len(sets), dtype=int)
    for position in range(count):
        sizes += sets >> position & 1
    weights = np.array(
        [math.factorial(size) * math.factorial(count - size - 1) / math.factorial(count) for size in range(count)]
    )
    parts = []
    for position in range(count):
        without = sets[(sets >> position & 1) == 0]
        gains = values[without | (1 << position)] - values[without]
        parts.append(float(np.dot(weights[sizes[without]], gains)))
    return tuple(parts)


def _either(taken: npt.NDArray[np.int_], before: npt.ArrayLike, after: npt.ArrayLike) -> Floats:
    """A factor's value for each set: the later one where the set takes it."""
    first, last = np.asarray(before, dtype=float), np.asarray(after, dtype=float)
    chosen = taken.astype(bool).reshape(taken.shape + (1,) * first.ndim)
    return np.where(chosen, last, first)


@dataclass(frozen=True, slots=True)
class Branch:
    """A node of a tree of formulas: a leaf has no `formula`; else it combines the values of its parts."""

    name: str
    formula: Formula | None = None
    parts: tuple[Branch, ...] = ()
    before: float = 0.0  # of a leaf
    after: float = 0.0


@dataclass(frozen=True, slots=True)
class Contribution:
    """What a node did: its own values, and its part in the change of the root, in the root's unit."""

    path: tuple[str, ...]
    before: float
    after: float
    contribution: float


def tree_attribution(root: Branch) -> tuple[Contribution, ...]:
    """The contribution of each node below the root, depth first; the parts of a node add up to its own.

    AttributionError as in `shapley_attribution`.
    """
    found: list[Contribution] = []
    for part in root.parts:
        _attribute(root, (part.name,), found)
    return tuple(found)


def _attribute(root: Branch, path: tuple[str, ...], found: list[Contribution]) -> None:
    node = _node(root, path)
    total = 0.0
    for sets in _contexts(root, path):
        weight, later = sets
        gained = _value(root, (), {**later, path: True}) - _value(root, (), {**later, path: False})
        total += weight * gained
    if not math.isfinite(total):
        raise AttributionError("the formula has no value for some mixture of the two periods")
    found.append(Contribution(path, _value(node, (), {(): False}), _value(node, (), {(): True}), total))
    for part in node.parts:
        _attribute(root, (*path, part.name), found)


def _node(root: Branch, path: tuple[str, ...]) -> Branch:
    for name in path:
        root = next(part for part in root.parts if part.name == name)
    return root


def _contexts(root: Branch, path: tuple[str, ...]) -> list[tuple[float, dict[tuple[str, ...], bool]]]:
    """Each way the others may have moved before the node does, with its weight: at every level, any set of siblings."""
    contexts: list[tuple[float, dict[tuple[str, ...], bool]]] = [(1.0, {})]
    for depth, name in enumerate(path):
        above = path[:depth]
        siblings = [(*above, part.name) for part in _node(root, above).parts if part.name != name]
        if len(siblings) >= MOST_FACTORS:
            raise AttributionError(f"attribution takes 1 to {MOST_FACTORS} factors, not {len(siblings) + 1}")
        orders = math.factorial(len(siblings) + 1)
        widened = []
        for taken in range(1 << len(siblings)):
            size = taken.bit_count()
            weight = math.factorial(size) * math.factorial(len(siblings) - size) / orders
            later = {sibling: bool(taken >> position & 1) for position, sibling in enumerate(siblings)}
            widened += [(outer * weight, {**moved, **later}) for outer, moved in contexts]
        contexts = widened
    return contexts


def _value(node: Branch, path: tuple[str, ...], later: dict[tuple[str, ...], bool], inherited: bool = False) -> float:
    """A node's value where the nodes of `later` (and what is below them) stand at their later or earlier values."""
    stands = later.get(path, inherited)
    if node.formula is None:
        return node.after if stands else node.before
    parts = [np.asarray(_value(part, (*path, part.name), later, stands), dtype=float) for part in node.parts]
    return float(node.formula(parts))
