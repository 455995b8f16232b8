"""Which datasets a row of one reaches without multiplying: the many-to-one (and one-to-one) walks of a catalog."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable

from catalog.models import Relationship

Step = tuple[str, str]  # the relationship's name, the dataset it leads to


def steps_by_dataset(relationships: Iterable[Relationship]) -> dict[str, tuple[Step, ...]]:
    """For each dataset the steps from a row to one row: along relationships, and back where they are one to one."""
    steps: dict[str, tuple[Step, ...]] = {}
    for relationship in relationships:
        here, there = relationship.from_dataset, relationship.to_dataset
        steps[here] = (*steps.get(here, ()), (relationship.name, there))
        if relationship.one_to_one:
            steps[there] = (*steps.get(there, ()), (relationship.name, here))
    return steps


def reached_from(dataset: str, relationships: Iterable[Relationship]) -> dict[str, int]:
    """Each dataset of which a row of `dataset` has at most one row, itself included, with the fewest steps to it."""
    steps = steps_by_dataset(relationships)
    distances = {dataset: 0}
    waiting = deque([dataset])
    while waiting:
        here = waiting.popleft()
        for _, there in steps.get(here, ()):
            if there not in distances:
                distances[there] = distances[here] + 1
                waiting.append(there)
    return distances


def base_dataset(wanted: Iterable[str], relationships: Iterable[Relationship]) -> str | None:
    """The dataset among `wanted` from whose rows all the others are reached without multiplying; None where none is.

    Where several are (one to one), the first.
    """
    names = list(dict.fromkeys(wanted))
    known = tuple(relationships)
    for name in names:
        if set(names) <= set(reached_from(name, known)):
            return name
    return None
