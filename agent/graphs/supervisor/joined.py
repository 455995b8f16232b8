"""One answer of several: the first step leads, each other adds its headline and tables under its own question."""

from __future__ import annotations

import datetime as dt

from agent.answer import Answer, ClarificationShown, RefusalShown, StepShown
from agent.graphs.answering.state import AnsweredStep
from catalog.access import CatalogView
from catalog.plan import NamedQuery, Plan, PlanStep, step_table_name
from catalog.query import as_datetime

_SENTENCES_A_STEP = 2
_STOPPED = {"clarify": "it needs to know more", "refuse": "policy refuses it", "error": "it failed"}
Steps = tuple[tuple[PlanStep, AnsweredStep], ...]


def failed_step(step: PlanStep, as_of: str, view: CatalogView, status: str, words: str, rule: str = "") -> AnsweredStep:
    """The answer of a step that could not be computed."""
    answer = Answer.model_validate(
        {
            "status": status,
            "question": step.question,
            "role": view.role.name,
            "as_of": as_datetime(dt.date.fromisoformat(as_of)).date(),
            "plan": step.plan,
            "headline": words,
            "confidence": 0.0,
            "refusal": RefusalShown(rule=rule, reason=words) if status == "refuse" else None,
            "clarification": ClarificationShown(question=words, reason="unsupported") if status == "clarify" else None,
            "error": words if status == "error" else None,
        }
    )
    return AnsweredStep(answer)


def joined_plan(steps: Steps) -> Plan:
    """The plan of all: each step with its own, and every query that was run under the name its table bears."""
    answered = [(number, step, done.answer) for number, (step, done) in enumerate(steps, start=1)]
    queries = tuple(
        NamedQuery(name=step_table_name(number, named.name), query=named.query)
        for number, _, answer in answered
        if answer.status == "answer" and answer.plan is not None and answer.plan.analysis is None
        for named in answer.plan.queries
    )
    planners = {answer.plan.planner for _, _, answer in answered if answer.plan is not None}
    first = answered[0][2]
    return Plan(
        shape=first.plan.shape if first.plan is not None else "value",
        queries=queries,
        steps=tuple(step.model_copy(update={"plan": answer.plan}) for _, step, answer in answered),
        interpretation="; ".join(
            f"{number}) {answer.interpretation or step.question}" for number, step, answer in answered
        ),
        planner=planners.pop() if len(planners) == 1 else "model" if "model" in planners else "embedded",
        confidence=min(answer.confidence for _, _, answer in answered if answer.status == "answer"),
    )


def joined_answer(question: str, plan: Plan, steps: Steps, thread: str | None) -> Answer:
    """Headline, chart and caveats of the first step first; each other step's headline and leading sentences after it."""
    first = steps[0][1].answer
    narrative = list(first.narrative[:_SENTENCES_A_STEP])
    results = list(first.results)
    shown = [_shown(1, steps[0][0], first)]
    for number, (step, done) in enumerate(steps[1:], start=2):
        answer = done.answer
        shown.append(_shown(number, step, answer))
        if answer.status != "answer":
            continue
        narrative += [f"{answer.headline.rstrip('.')}.", *answer.narrative[:_SENTENCES_A_STEP]]
        results += [table.model_copy(update={"name": step_table_name(number, table.name)}) for table in answer.results]
    caveats = (caveat for _, done in steps if done.answer.status == "answer" for caveat in done.answer.caveats)
    return first.model_copy(
        update={
            "question": question,
            "interpretation": plan.interpretation,
            "plan": plan,
            "results": tuple(results),
            "narrative": tuple(dict.fromkeys(narrative)),
            "caveats": tuple(dict.fromkeys(caveats)),
            "confidence": plan.confidence,
            "steps": tuple(shown),
            "thread": thread,
        }
    )


def _shown(number: int, step: PlanStep, answer: Answer) -> StepShown:
    stopped = _STOPPED.get(answer.status, "")
    return StepShown(
        id=step.id,
        question=step.question,
        status=answer.status,
        headline=answer.headline,
        interpretation=answer.interpretation,
        results=tuple(step_table_name(number, table.name) for table in answer.results),
        stopped_because=f"{stopped}: {answer.headline}".rstrip(": ") if stopped else "",
    )
