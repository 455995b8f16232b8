"""Takes "the difference between A and B" of two figures for the one less the other, and no change since an earlier time."""

from __future__ import annotations

from agent.planners.embedded.cues import Cue
from agent.planners.embedded.draft import Draft
from agent.planners.embedded.told_apart import asks_between_two


def tell_differences(draft: Draft) -> None:
    """Leaves growth out of what is asked, where the difference is one between two figures over one time."""
    if asks_between_two(draft):
        draft.asks.discard(Cue.GROWTH)
