"""Things that a second question leaves unsaid: "orders in 2025, and how many were cancelled?" asks how many orders were."""

from __future__ import annotations

import re
from dataclasses import dataclass

from catalog.access import CatalogView

_OF_THEM = re.compile(
    r"^(?P<first>.+?),?\s+(?:and|but)\s+how many\s+(?:of (?:them|those|these)\s+)?"
    r"(?P<rest>(?:were|was|are|got|have been|had been|have|had|came|went|ended)\s+.+)$",
    re.IGNORECASE,
)
_PICKS_ONE = re.compile(
    r"\b(?:which|who|whose|most|least|highest|lowest|best|worst|top|bottom|largest|smallest)\b", re.IGNORECASE
)
_ASKS = re.compile(
    r"^\W*(?:what|how|show|list|give|tell|is|are|was|were|did|do|does|can|could|please)\b", re.IGNORECASE
)


@dataclass(frozen=True)
class OfThem:
    """The first question, and the second one with its things said and without."""

    first: str
    named: str
    bare: str
    of_one: bool  # the first picks one: "which channel had the most orders, and how many were cancelled"


def asked_of_them(question: str, view: CatalogView) -> OfThem | None:
    """The two questions of one that asks how many of its things were something; None where the first names none."""
    found = _OF_THEM.match(question)
    if found is None:
        return None
    of_one = _PICKS_ONE.search(found["first"]) is not None
    things = _first_things(found["first"], view)
    if things is None:
        return None
    opening = "" if _ASKS.match(found["first"]) else "Show me "
    rest = found["rest"].rstrip(" ?.!")
    return OfThem(
        f"{opening}{found['first']}?",
        f"How many {'' if of_one else 'of those '}{things} {rest}?",
        f"How many of those {rest}?",
        of_one,
    )


def _first_things(text: str, view: CatalogView) -> str | None:
    """The first plural of a dataset's things in a text, as it is written there."""
    names = {
        name.casefold()
        for dataset in view.datasets.values()
        for name in (dataset.label, f"{dataset.singular}s", *dataset.words.synonyms)
        if name.casefold().endswith("s")
    }
    hits = [hit for name in names if (hit := re.search(rf"\b{re.escape(name)}\b", text, re.IGNORECASE)) is not None]
    first = min(hits, key=lambda hit: (hit.start(), -len(hit[0])), default=None)
    return first[0].casefold() if first is not None else None
