"""Adtributor: the dimension and the few of its elements that explain a change best, by surprise.

Bhagwan and others, "Adtributor: Revenue Debugging in Advertising Systems", NSDI 2014. Explanatory power of an element:
its change over the whole change. Surprise: the element's part of the Jensen-Shannon divergence between the shares that
were expected and those that came. Elements enter by surprise until they explain enough.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

EXPLAINED_ENOUGH = 0.67  # T_EP of the paper
EXPLAINS_SOMETHING = 0.10  # T_EEP of the paper


@dataclass(frozen=True, slots=True)
class Element:
    """One value of a dimension: what was expected of it and what came."""

    name: str
    expected: float
    actual: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """Elements of a dimension that together explain the change; `surprise` ranks candidates."""

    dimension: str
    elements: tuple[str, ...]
    explanatory_power: float
    surprise: float


def surprise(expected_share: float, actual_share: float) -> float:
    """1/2 [p ln(2p/(p+q)) + q ln(2q/(p+q))] for shares p expected and q that came; 0 where they agree."""
    both = expected_share + actual_share
    first = expected_share * math.log(2 * expected_share / both) if expected_share > 0 else 0.0
    last = actual_share * math.log(2 * actual_share / both) if actual_share > 0 else 0.0
    return (first + last) / 2


def adtributor(
    elements_by_dimension: Mapping[str, Sequence[Element]],
    explained_enough: float = EXPLAINED_ENOUGH,
    explains_something: float = EXPLAINS_SOMETHING,
) -> tuple[Candidate, ...]:
    """One candidate a dimension that explains at least `explained_enough` of the change, the most surprising first.

    Each dimension's elements must add up to the same totals, with no negative values. No change, no candidate.
    """
    found = []
    for dimension, elements in elements_by_dimension.items():
        candidate = _candidate(dimension, elements, explained_enough, explains_something)
        if candidate is not None:
            found.append(candidate)
    return tuple(sorted(found, key=lambda item: (-item.surprise, len(item.elements), item.dimension)))


def _candidate(
    dimension: str, elements: Sequence[Element], explained_enough: float, explains_something: float
) -> Candidate | None:
    expected = sum(item.expected for item in elements)
    actual = sum(item.actual for item in elements)
    if expected <= 0 or actual <= 0 or expected == actual:
        return None
    measured = [
        (surprise(item.expected / expected, item.actual / actual), (item.actual - item.expected) / (actual - expected), item)
        for item in elements
    ]  # fmt: skip
    taken: list[str] = []
    power = surprised = 0.0
    for element_surprise, element_power, item in sorted(measured, key=lambda entry: (-entry[0], entry[2].name)):
        if element_power <= explains_something:
            continue
        taken.append(item.name)
        power += element_power
        surprised += element_surprise
        if power > explained_enough:
            return Candidate(dimension, tuple(taken), power, surprised)
    return None
