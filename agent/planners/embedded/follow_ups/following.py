"""What a question asks that leans on the answer before it, told from its words alone.

Corrections are said anew, orders change the plan as it is, and words that point at rows become conditions. All else is read
as any question is, with the plan before at hand (inheriting.py).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from agent.planners.embedded.clarify import asking
from agent.planners.embedded.follow_ups.corrections import Kinds, without_correction
from agent.planners.embedded.follow_ups.edits import edited, period_words
from agent.planners.embedded.follow_ups.pointing import (
    OpenPointer,
    Pointed,
    asks_why_it_leads,
    point_back,
    speaks_of_it,
    with_then_said,
)
from agent.planners.embedded.follow_ups.rows import ShownRows, still_holds
from agent.planners.embedded.follow_ups.same_answer import with_answer_meant
from agent.planners.embedded.interpret import interpret
from catalog.access import CatalogView
from catalog.plan import Choice, Plan
from semantic_context.linking import PhraseTable

# Reads a question that leans on a plan, whatever it names itself.
Leaning = Callable[[str, Plan], Plan]

_WHICH = ("Which one do you mean?", "Which ones do you mean?")
_NO_REASON = (
    "I can explain what changed a figure over time, not why one comes out before the others. "
    "Ask for instance how it splits, or why it rose or fell."
)


@dataclass(frozen=True)
class Following:
    """What the words of a question that follows another are held against."""

    previous: Plan
    shown: ShownRows | None
    view: CatalogView
    phrases: PhraseTable
    kinds: Kinds
    as_of: dt.date


@dataclass(frozen=True)
class Followed:
    """The question as it is to be read; its plan where its words alone settle it, and whether it leans on the one before."""

    text: str
    plan: Plan | None = None
    leans: bool = False


def followed(text: str, given: Following, leaning: Leaning) -> Followed:
    """What a question's words say of the answer before it."""
    text = with_answer_meant(without_correction(text, given.kinds), given.phrases)
    changed = edited(text, given.previous, given.view, given.phrases, given.as_of)
    if changed is not None:
        return Followed(text, changed)
    if asks_why_it_leads(text, given.previous):
        return Followed(text, asking(_NO_REASON, "unsupported"))
    pointed = point_back(text, given.previous, given.shown, given.view, given.phrases)
    if isinstance(pointed, Pointed):
        return Followed(text, _of_the_rows(pointed, given, leaning))
    if isinstance(pointed, OpenPointer):
        return Followed(text, _which(pointed, given, leaning))
    return Followed(with_then_said(text), None, speaks_of_it(text, given.phrases))


def _of_the_rows(pointed: Pointed, given: Following, leaning: Leaning) -> Plan:
    """What is left of the question, asked of the rows; a question back where the rows were lost on the way."""
    if not pointed.question:
        query = pointed.previous.queries[0].query
        words = interpret(query, given.view, period_words(query, given.as_of), defaulted=False)
        return pointed.previous.model_copy(update={"interpretation": words})
    plan = leaning(pointed.question, pointed.previous)
    if plan.clarification is not None or plan.refusal is not None or still_holds(plan, pointed.rows):
        return plan
    return asking(
        f"I cannot ask that of {_listed(pointed.rows.names)} alone. Name what you want to know of which one.",
        "unsupported",
    )


def asks_which_row(plan: Plan) -> bool:
    """Whether a plan asks which row of the answer before is meant."""
    return plan.clarification is not None and plan.clarification.question.startswith(_WHICH)


def _which(pointer: OpenPointer, given: Following, leaning: Leaning) -> Plan:
    choices = []
    for option in pointer.choices:
        plan = _of_the_rows(option, given, leaning)
        if plan.clarification is None and plan.refusal is None:
            choices.append(Choice(label=option.rows.names[0], plan=plan))
    which = _WHICH[1] if pointer.plural else _WHICH[0]
    tail = "" if choices else " Name it, and I take it from there."
    return asking(f"{which}{tail}", "ambiguous", choices)


def _listed(names: tuple[str, ...]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
