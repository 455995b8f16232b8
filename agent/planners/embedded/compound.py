"""Takes a compound question apart at its own joints: "Why did it dip, and what would it take to reach our target?"

Only the joints are found here; whether the parts are better answered apart is decided where they have been planned.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass

from catalog.plan import Plan, PlanStep

MOST_STEPS = 5
_ASKING = r"what|which|who|whose|whom|why|how|where|when|is|are|was|were|did|do|does|will|would|can|could|should|shall|may|has"
_TELLING = (
    r"show|list|compare|forecast|predict|tell|give|rank|explain|break|split|find|name|suggest|plot|estimate|simulate"
)
# After a comma or the end of a sentence any opening will do; a bare "and" joins figures too, so it takes a word that asks.
_JOINT = re.compile(
    rf"(?:[?;!]+\s*|\.\s+|,\s*)(?:(?:and|then|but|also|so)\s+){{0,2}}(?=(?:{_ASKING}|{_TELLING})\b)"
    rf"|\s+(?:and|then|but)\s+(?:also\s+|then\s+)?(?=(?:what|which|who|why|how|where|when)\b)",
    re.IGNORECASE,
)
Planning = Callable[[str, dt.date, Plan | None], Plan]


@dataclass(frozen=True)
class Compound:
    """A question that is answered in steps, each with its plan."""

    steps: tuple[PlanStep, ...]


def may_be_compound(question: str) -> bool:
    """Whether a question has joints at all: a cheap look, for most have none."""
    return _JOINT.search(question) is not None


def parts_of(question: str) -> tuple[str, ...]:
    """The questions between the joints, each ending with a question mark; one where there is no joint."""
    found: list[str] = []
    start = 0
    for joint in _JOINT.finditer(question):
        found.append(question[start : joint.start()])
        start = joint.end()
    found.append(question[start:])
    parts = [part.strip(" \t,;.?!") for part in found]
    return tuple(f"{part[:1].upper()}{part[1:]}?" for part in parts if part)


def compound_of(question: str, whole: Plan, as_of: dt.date, previous: Plan | None, plan: Planning) -> Compound | None:
    """The question in steps, where its parts ask for different kinds of work or the whole is not understood; None where
    it is better answered as one.

    A part without a figure of its own leans on the first: "and what would it take to reach our target?". Where one part is
    refused, or not understood, the whole is not taken apart: what is due for it is due for all.
    """
    parts = parts_of(question)
    if whole.refusal is not None or not 2 <= len(parts) <= MOST_STEPS:
        return None
    steps: list[PlanStep] = []
    for part in parts:
        planned = plan(part, as_of, steps[0].plan if steps else previous)
        if (
            planned.refusal is not None
            or planned.clarification is not None
            or not (planned.queries or planned.analysis)
        ):
            return None
        steps.append(PlanStep(id=f"s{len(steps) + 1}", question=part, plan=planned))
    kinds = {_kind(step.plan) for step in steps if step.plan is not None}
    answers_whole = whole.clarification is None
    if answers_whole and (len(kinds) == 1 or not _leaves_work_out(whole, kinds)):
        return None
    return Compound(tuple(steps))


def _leaves_work_out(whole: Plan, kinds: set[str | None]) -> bool:
    """Whether one plan for all would leave out a kind of work that a part asks for."""
    return bool(kinds - {_kind(whole)})


def _kind(plan: Plan) -> str | None:
    return plan.analysis.kind if plan.analysis is not None else None
