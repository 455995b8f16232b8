"""Questions back whose options can be answered: each is planned before it is offered."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from agent.planners.embedded import clarify
from agent.planners.embedded.cues import Cue
from agent.planners.embedded.draft import Draft, GroupSlot
from agent.planners.embedded.figure_choices import plan_of
from agent.planners.embedded.interpret import field_words
from agent.planners.embedded.nearest import Nearest
from agent.planners.embedded.reach import Reach, base_datasets, pointed_at
from agent.planners.embedded.resolve import Resolution
from catalog.models import FieldRole, FieldType
from catalog.plan import Choice, Plan
from semantic_context.linking import Meaning, split_route

_MOST = 5
_MOST_TRIED = 14
_WHO = re.compile(r"^\W*who\b", re.IGNORECASE)
_NOT_RELATED = re.compile(r"\bis not related to\b")


def unknown(draft: Draft, nearest: Nearest) -> Plan:
    """Names the words that nothing accounts for, with the nearest questions."""
    words = tuple(dict.fromkeys(draft.unexplained))
    said = _folded(draft.question)
    choices = tuple(item for item in nearest.choices(draft.question, words) if _folded(item.label) not in said)
    coverage = clarify.coverage_words(draft.view)
    if draft.metrics:
        return clarify.unknown_words(words, choices, coverage)
    if not choices and len(words) == 1:  # "what is our EBITDA": the leading figures in its place
        labels = [metric.label for metric in clarify.leading_metrics(draft.view)[:_MOST]]
        choices = tuple(Choice(label=label, question=draft.question.replace(words[0], label)) for label in labels)
        return clarify.unknown_metric(words, choices, coverage, near=False)
    return clarify.unknown_metric(words, choices, coverage)


def impossible(draft: Draft, reach: Reach, as_of: dt.date, resolutions: Sequence[Resolution]) -> Plan:
    """Says what does not go together; the figure without it may be asked for."""
    problem = resolutions[0].problems[0] if resolutions and resolutions[0].problems else None
    if problem is None:
        return clarify.asking("These do not go together.", "unsupported")
    reason = problem.reason
    if _NOT_RELATED.search(reason):
        label = draft.view.whole.metric_by_name[problem.metric].label
        field = field_words(draft.view, split_route(problem.field)[0])
        reason = f"{label} cannot be told by {field}: nothing here relates the two."
    groups = [slot for slot in draft.groups if all(item.name != problem.field for item in slot.candidates)]
    alone = (
        plan_of(replace(draft, groups=groups), reach, as_of, problem.metric)
        if len(groups) < len(draft.groups)
        else None
    )
    choices = [Choice(label=alone.interpretation, plan=alone)] if alone is not None else []
    return clarify.asking(reason, "unsupported", choices)


def group_choices(draft: Draft, reach: Reach, as_of: dt.date, metrics: Sequence[str]) -> tuple[Choice, ...]:
    """The splits that the question's figures can be compared by, those of the figures' own things first."""
    if _WHO.match(draft.question):
        return ()  # persons are sought, not splits of them
    view = draft.view
    bases = frozenset[str]().union(*(base_datasets(view, name) for name in metrics))
    near = pointed_at(view, bases)
    fields = [
        (f"{dataset.name}.{item.name}", dataset.name not in bases, item.name != dataset.display_field)
        for dataset, item in view.groupable_fields()
        if dataset.name in near and item.role is FieldRole.DIMENSION and item.type is FieldType.STRING
    ]
    found: list[Choice] = []
    for reference, *_ in sorted(fields, key=lambda item: item[1:])[:_MOST_TRIED]:
        slot = GroupSlot(-1, (Meaning("field", reference, 1.0, "given"),), leader=Cue.WHICH)
        plan = plan_of(replace(draft, groups=[slot]), reach, as_of, *metrics)
        if plan is not None and plan.clarification is None:
            words = f"by {field_words(view, reference)}"
            found.append(Choice(label=words, plan=plan))
        if len(found) == _MOST:
            break
    return tuple(found)


def not_yet(draft: Draft, plan: Plan) -> Plan:
    """Offers what was for what will be, and what changed for why."""
    if Cue.WHY in draft.asks:
        words = "I can show what changed and where, not yet why. Shall I show this?"
    else:
        words = "I can show what happened, not yet what will or would. Shall I show this?"
    return clarify.asking(words, "unsupported", (Choice(label=plan.interpretation, plan=plan),))


def with_answerable_options(plan: Plan, question: str, plan_question: Callable[[str], Plan]) -> Plan:
    """The plan without options that only repeat the question or that lead to another question back."""
    asked = plan.clarification
    if asked is None or not asked.choices:
        return plan
    said = _folded(question)

    def leads_on(choice: Choice) -> bool:
        if choice.plan is not None or choice.question is None:
            return True
        return _folded(choice.question) != said and _is_answered(plan_question(choice.question))

    kept = [choice for choice in asked.choices if leads_on(choice)]
    if len(kept) == len(asked.choices):
        return plan
    words = asked.question if kept else _without_an_offer(asked.question)
    return plan.model_copy(
        update={"clarification": asked.model_copy(update={"choices": tuple(kept), "question": words})}
    )


def _is_answered(plan: Plan) -> bool:
    return plan.clarification is None and plan.refusal is None


def _folded(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _without_an_offer(question: str) -> str:
    """The question back without the sentence that leads up to options, where none is left."""
    for offer in (" What I can show:", " Did you mean one of these?", " The nearest that are defined:"):
        question = question.removesuffix(offer)
    return question
