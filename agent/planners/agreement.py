"""Which plan is answered where two planners read a question: the written rule (docs/adr/0011-two-planners-agree.md).

The embedded planner accounts for each word and knows when it does not; a model reads what no grammar foresees, and invents.
So a refusal always stands, what both read alike is answered with more confidence, and what only one of them says is answered
only where the question's own words bear it out. All else is asked back, both readings in words.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from agent.planners.llm import ReadPlan
from agent.planners.model.values_read import conditions_of
from agent.planners.normal_form import differences, normal_form
from catalog.plan import Choice, Clarification, Plan
from catalog.query import FieldCondition
from semantic_context.words import phrase_key

# Above it the embedded planner read every word by its exact name, or nearly so (measured in docs/models.md).
SURE = 0.9
# A word that is no name here is taken for one on a model's word alone only where their meanings are this near: of 42
# questions that must not be answered, a model that takes every unknown word for the nearest metric gets none through
# (6 at 0.55, 1 at 0.7; benchmarks/agreement.py).
NEAR_IN_MEANING = 0.8
_MODEL_CONFIDENCE = 0.7
# What the embedded planner says where it has understood, and which no reading changes.
_SETTLED_QUESTIONS = ("no_data", "empty")


@dataclass(frozen=True)
class Settled:
    """The plan to go on with, and why, in words for the steps and the receipt."""

    plan: Plan
    rule: str
    reason: str


def settle(embedded: Plan, read: ReadPlan, nearness: Callable[[str, str], float]) -> Settled:
    """The plan of a question that both planners have read; `nearness` of some words to a name is a cosine."""
    if embedded.refusal is not None:
        return Settled(embedded, "refusal_stands", "Policy refuses it, whatever a model reads")
    model = read.plan
    if embedded.clarification is None:
        return _both(embedded, read) if model is not None else _model_has_no_plan(embedded, read)
    if model is None or model.clarification is not None or embedded.clarification.reason in _SETTLED_QUESTIONS:
        return Settled(embedded, "question_back_stands", "Neither reading is an answer")
    if model.refusal is not None:
        return Settled(model, "refusal_stands", "Policy refuses it")
    return _model_alone(embedded, read, model, nearness)


def _both(embedded: Plan, read: ReadPlan) -> Settled:
    model = read.plan
    assert model is not None
    if model.refusal is not None or model.clarification is not None:
        return Settled(embedded, "embedded_stands", "The model's reading is no answer")
    parts = differences(embedded, model)
    if not parts:
        confidence = round(1 - (1 - embedded.confidence) / 2, 3)
        agreed = embedded.model_copy(update={"planner": "agreed", "confidence": confidence})
        return Settled(agreed, "agreed", "Both readings are the same")
    named = ", ".join(parts)
    if not embedded.queries and embedded.topic is None:
        return Settled(embedded, "embedded_stands", "The catalog itself answers it")
    if embedded.confidence >= SURE and _leaves_out_only(embedded, model, parts):
        return Settled(embedded, "embedded_says_more", f"The model leaves out what the question names: {named}")
    return Settled(_choice_between(embedded, model), "asked", f"The readings differ in {named}")


def _model_has_no_plan(embedded: Plan, read: ReadPlan) -> Settled:
    if embedded.confidence >= SURE:
        return Settled(
            embedded, "embedded_stands", f"The model finds it {read.reading.kind}; each word has its place here"
        )
    if not embedded.queries:
        return Settled(embedded, "embedded_stands", "The catalog itself answers it")
    return Settled(
        _asking("I am not sure that I understand this. Do you mean:", embedded),
        "asked",
        f"The model finds it {read.reading.kind}, and the words are not sure",
    )


def _leaves_out_only(embedded: Plan, model: Plan, parts: tuple[str, ...]) -> bool:
    """Whether the model's plan has nothing that the embedded one lacks: it only overlooks."""
    one, other = normal_form(embedded), normal_form(model)
    if "figures" in parts or "analysis" in parts:
        return False
    return all(_is_within(other[part], one[part]) for part in parts)


def _is_within(less: tuple[object, ...], more: tuple[object, ...]) -> bool:
    return less in ((), ("", "")) or set(less) < set(more)


def _model_alone(embedded: Plan, read: ReadPlan, model: Plan, nearness: Callable[[str, str], float]) -> Settled:
    """The embedded planner asks back and the model has a plan: answered where each unknown word is borne out."""
    assert embedded.clarification is not None
    unexplained = embedded.clarification.unexplained
    taken = {item.words: item.name for item in read.reading.taken_for}
    borne_out = [_meant(word, taken, model, nearness) for word in unexplained]
    if unexplained and all(borne_out) and not read.reading.not_in_catalog:
        said = "; ".join(f"“{word}” as {name}" for word, name in zip(unexplained, borne_out, strict=True))
        caveat = f"A model read this question, and took {said}."
        confidence = min(model.confidence, _MODEL_CONFIDENCE)
        plan = model.model_copy(update={"confidence": confidence, "caveats": (*model.caveats, caveat)})
        return Settled(
            plan, "model_reads_unknown_words", f"The unknown words are near in meaning to what the model read: {said}"
        )
    asked = embedded.clarification
    choice = Choice(label=f"{model.interpretation or model.topic or 'The reading of the model'}", plan=_as_model(model))
    choices = (choice, *(item for item in asked.choices if item.label != choice.label))[:5]
    question = asked.question if asked.choices else f"{asked.question.rstrip()} A model reads it as below."
    plan = embedded.model_copy(
        update={"clarification": asked.model_copy(update={"question": question, "choices": choices})}
    )
    return Settled(plan, "asked", "The model has a reading that the words do not bear out alone")


def _meant(word: str, taken: dict[str, str], model: Plan, nearness: Callable[[str, str], float]) -> str | None:
    """The name an unknown word was taken for, where it is in the model's plan and near in meaning."""
    key = set(phrase_key(word))
    names = _names_in(model)
    for said, name in taken.items():
        own = set(phrase_key(said))
        same_words = bool(own) and (own <= key or key <= own)
        if same_words and name in names and nearness(word, name) >= NEAR_IN_MEANING:
            return name
    return None


def _names_in(plan: Plan) -> set[str]:
    """The metrics and fields that a plan asks for."""
    names = {plan.topic} if plan.topic else set()
    for named in plan.queries:
        query = named.query
        names |= {use.metric for use in query.metrics}
        names |= {item.field for item in query.group_by if item.field}
        names |= {item.field for item in conditions_of(query) if isinstance(item, FieldCondition)}
    return names


def _choice_between(embedded: Plan, model: Plan) -> Plan:
    first = Choice(label=embedded.interpretation, plan=embedded)
    second = Choice(label=model.interpretation, plan=_as_model(model))
    if first.label == second.label:
        second = second.model_copy(update={"label": f"{second.label} (as a model reads it)"})
    clarification = Clarification(
        question="This can be read in two ways. Which one do you mean?", choices=(first, second), reason="ambiguous"
    )
    return Plan(clarification=clarification, confidence=0.0)


def _asking(question: str, plan: Plan) -> Plan:
    choice = Choice(label=plan.interpretation, plan=plan)
    return Plan(clarification=Clarification(question=question, choices=(choice,), reason="ambiguous"), confidence=0.0)


def _as_model(plan: Plan) -> Plan:
    caveat = "A model read this question; the reading was confirmed by the one who asked."
    return plan.model_copy(
        update={"confidence": min(plan.confidence, _MODEL_CONFIDENCE), "caveats": (*plan.caveats, caveat)}
    )
