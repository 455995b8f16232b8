"""A thing by its number takes the word it is called by: the orders "in store 7" are those of store 7, not those made in a store."""

from __future__ import annotations

from collections.abc import Sequence

from semantic_context.values import ValueHit


def with_numbered_things(hits: Sequence[ValueHit]) -> tuple[ValueHit, ...]:
    """The hits without those that end inside the name of a thing by its number."""
    numbered = [hit for hit in hits if hit.how == "pattern"]
    return tuple(
        hit
        for hit in hits
        if not any(hit.start < other.start < hit.end < other.end for other in numbered if other is not hit)
    )
