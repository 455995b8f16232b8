"""What the coverings of a question come to, and which of them is taken."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from catalog.plan import Plan

SETTLED = 3  # up to this rank a covering is understood: no weaker one is tried


@dataclass(frozen=True)
class Outcome:
    """What one covering comes to; `rank` orders outcomes: answers first, then good questions back. `plan` makes its plan
    only when asked: suggestions for a question back cost more than an answer."""

    plan: Callable[[], Plan]
    rank: int
    score: float
    refuses: bool = False


def choose(outcomes: Sequence[Outcome]) -> Outcome:
    """The best outcome, in the order of their coverings' scores: a better covering that asks for what must be refused
    is not outdone by a worse one that overlooks it."""
    refused = next((outcome for outcome in outcomes if outcome.refuses), None)
    best = min(outcomes, key=lambda outcome: (outcome.rank, -outcome.score))
    return refused if refused is not None and refused.score >= best.score else best
