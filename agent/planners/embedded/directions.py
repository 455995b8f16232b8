"""Where from and where to: a value behind "from" or "to" belongs to the field, or the role of its dataset, of that end.

"Shipments from Rotterdam to Milan" names two depots: the route's origin and its destination. Which relationship or field is
which end is read from their own names.
"""

from __future__ import annotations

import re

from agent.planners.embedded.draft import Draft, Item
from catalog.models import Relationship
from catalog.query import Scalar
from semantic_context.linking import routed, split_route
from semantic_context.words import fold

_FROM = frozenset(
    "origin from source src departure depart dep departing start starting sender pickup loading home".split()
)
_TO = frozenset(
    "destination dest to target arrival arrive arr arriving end ending receiver dropoff delivery unloading".split()
)
_ENDS = {"from": _FROM, "out": _FROM, "to": _TO, "into": _TO, "towards": _TO}
Readings = dict[str, tuple[tuple[Scalar, ...], float]]


def by_direction(draft: Draft, item: Item, readings: Readings) -> Readings:
    """The readings of a value that fit the end it stands at; all of them where it stands at none, or none has ends."""
    before = draft.items[item.place - 1] if item.place else None
    words = _ENDS.get(before.text.casefold()) if before is not None else None
    if words is None:
        return readings
    fitting: Readings = {}
    for name, reading in readings.items():
        reference, path = split_route(name)
        own = _words(f"{draft.view.whole.field(reference).label} {reference.partition('.')[2]}")
        if path:
            continue
        if own & words and not own & _other(words):
            fitting[name] = reading
        for relationship in _ends(draft, reference.partition(".")[0]):
            if words & _role(relationship):
                fitting[routed(reference, relationship.name)] = reading
    return fitting or readings


def _ends(draft: Draft, dataset: str) -> list[Relationship]:
    """The relationships that lead to a dataset from one that points at it twice: as where from, and as where to."""
    leading = [item for item in draft.view.whole.relationships if item.to_dataset == dataset]
    found: list[Relationship] = []
    for one in leading:
        twins = [item for item in leading if item.from_dataset == one.from_dataset]
        if any(_role(item) & _FROM for item in twins) and any(_role(item) & _TO for item in twins):
            found.append(one)
    return found


def _role(relationship: Relationship) -> frozenset[str]:
    return _words(" ".join((relationship.role or "", *relationship.from_fields)))


def _other(words: frozenset[str]) -> frozenset[str]:
    return _TO if words is _FROM else _FROM


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z]+", fold(text.replace("_", " "))))
