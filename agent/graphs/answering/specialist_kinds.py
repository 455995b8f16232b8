"""Which specialist has the tool for a kind of analysis."""

from __future__ import annotations

from typing import Literal

Specialist = Literal["investigator", "strategist"]

# What looks forward or weighs what one could do; all else investigates what is.
_STRATEGIST = frozenset(
    ("forecast", "on_track", "scenario", "what_if", "goal", "price", "sensitivity", "reorder", "decision", "plan")
)


def specialist_for(kind: str) -> Specialist:
    """The specialist for a kind of analysis request."""
    return "strategist" if kind in _STRATEGIST else "investigator"
