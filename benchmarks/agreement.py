"""Measures the agreement rule against models that are wrong: how often would a wrong reading be answered?

    python benchmarks/agreement.py --suite novamart_core --suite novamart_heldout

For each question that the embedded planner answers, a model is made up that reads every other question's plan in its place
(a fluent, wrong model), and one that overlooks each part in turn. For each question that it asks back about, a model is
made up that takes every unknown word for the metric nearest in meaning: the worst a model can do with a straight face.
Nothing is run but planners; no endpoint is asked.
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

from agent.business import Business
from agent.planners import agreement
from agent.planners.agreement import settle
from agent.planners.llm import ReadPlan
from agent.planners.model.reading import ModelReading, WordsRead
from agent.planners.normal_form import differences
from agent.settings import Settings
from catalog.access import Principal, view_for
from catalog.plan import NamedQuery, Plan
from catalog.query import MetricQuery, MetricUse
from evals.commands import BUILT_IN_SUITES
from evals.suite_loader import load_suite

_OTHERS_TRIED = 12
_THRESHOLDS = (0.3, 0.4, 0.5, 0.55, 0.6, 0.7, 0.8)


def main() -> None:
    """Prints one line for each made-up model."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--suite", action="append", help="a shipped suite; all of NovaMart's where none is named")
    names = parser.parse_args().suite or [path.stem for path in sorted(BUILT_IN_SUITES.glob("novamart*.yaml"))]
    business = Business.open(Settings(model=None), catalog=None, database=None)
    try:
        measure(business, names)
    finally:
        business.close()


def measure(business: Business, names: list[str]) -> None:
    """Plans every question of the suites once, then settles it with each made-up model's plan."""
    view = view_for(business.catalog, Principal())
    planner, as_of = business.planner(view), business.as_of()
    cases = [case for name in names for case in load_suite(Path(BUILT_IN_SUITES / f"{name}.yaml")).cases]
    planned = [(case, planner.plan(case.question, case.as_of or as_of)) for case in cases if not case.history]
    answers = [plan for _, plan in planned if plan.queries and plan.analysis is None]

    def nearness(words: str, name: str) -> float:
        return business.nearness(view, words, name)

    wrong: Counter[str] = Counter()
    overlooking: Counter[str] = Counter()
    for place, plan in enumerate(answers):
        others = [item for item in answers[place + 1 : place + 1 + _OTHERS_TRIED] if differences(plan, item)]
        wrong.update(_outcome(settle(plan, _read(other), nearness).plan, plan, other) for other in others)
        for other in _overlooked(plan):
            overlooking[_outcome(settle(plan, _read(other), nearness).plan, plan, other)] += 1
    print(f"{len(answers)} questions answered by the embedded planner")
    print(f"another question's plan in its place: {dict(wrong)}")
    print(f"one part overlooked:                  {dict(overlooking)}")
    asked = [
        (case, plan) for case, plan in planned if plan.clarification is not None and plan.clarification.unexplained
    ]
    due = sum(case.behaviour != "answer" for case, _ in asked)
    print(f"{len(asked)} questions with unknown words, {due} of which must not be answered")
    for threshold in _THRESHOLDS:
        agreement.NEAR_IN_MEANING = threshold
        answered = [case for case, plan in asked if _taken_for_nearest(business, plan, nearness)]
        must_not = sum(case.behaviour != "answer" for case in answered)
        print(f"  nearness {threshold:.2f}: {len(answered)} answered on the model's word, {must_not} that must not be")


def _read(plan: Plan) -> ReadPlan:
    return ReadPlan(ModelReading(kind="figures"), plan.model_copy(update={"planner": "model"}))


def _outcome(settled: Plan, embedded: Plan, model: Plan) -> str:
    if settled.clarification is not None:
        return "asked"
    return (
        "as embedded"
        if settled.queries == embedded.queries
        else "AS THE MODEL READ IT"
        if settled.queries == model.queries
        else "else"
    )


def _overlooked(plan: Plan) -> list[Plan]:
    """The plan without its split, its filters, its comparison, its ranking: each where it has one."""
    query = plan.queries[0].query
    changes: list[dict[str, object]] = []
    if query.group_by:
        changes.append({"group_by": (), "order_by": (), "limit": None, "calculations": (), "having": ()})
    if query.where is not None:
        changes.append({"where": None})
    if query.limit is not None:
        changes.append({"limit": None})
    made = [query.model_copy(update=change) for change in changes]
    return [plan.model_copy(update={"queries": (NamedQuery(name="answer", query=item),)}) for item in made]


def _taken_for_nearest(business: Business, plan: Plan, nearness: object) -> bool:
    """Whether the rule would answer for a model that takes every unknown word for the metric nearest in meaning."""
    assert plan.clarification is not None and callable(nearness)
    view = view_for(business.catalog, Principal())
    words = plan.clarification.unexplained
    nearest = [
        max(view.metrics, key=lambda name, word=word: nearness(word, name))  # type: ignore[misc]
        for word in words
    ]
    query = MetricQuery(metrics=tuple(MetricUse(metric=name) for name in dict.fromkeys(nearest)))
    taken = tuple(WordsRead(words=word, name=name) for word, name in zip(words, nearest, strict=True))
    reading = ModelReading(kind="figures", taken_for=taken)
    model = Plan(queries=(NamedQuery(name="answer", query=query),), planner="model", interpretation="made up")
    return settle(plan, ReadPlan(reading, model), nearness).plan.clarification is None


if __name__ == "__main__":
    main()
