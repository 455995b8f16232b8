"""A finding that asks back instead of answering."""

from __future__ import annotations

from typing import Literal

from agent.tools.analysis.finding import Finding
from catalog.plan import Choice, Clarification


def asking_back(
    question: str,
    reason: Literal["unsupported", "no_data", "ambiguous"] = "unsupported",
    choices: tuple[Choice, ...] = (),
) -> Finding:
    """The question to put to the asker, and what they may choose."""
    return Finding(clarification=Clarification(question=question, reason=reason, choices=choices))
