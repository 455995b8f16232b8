"""A word that changes a question changes its plan, or is asked about: it is never lost.

Understood questions are made of each business's own metrics, fields and values; one word that carries meaning is put into
each. The plan must then be another one, or a question back. What is no word of the question may of course be dropped.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from agent.business import Business
from agent.planners.embedded import EmbeddedPlanner
from agent.planners.normal_form import normal_form
from agent.tools.compile import metric_time
from catalog.access import Principal, view_for
from catalog.models import CatalogField, Dataset, FieldRole, Metric
from catalog.plan import Plan
from tests.foreign.test_strangers_suites import LATER

BUSINESSES = sorted(path.parent.name for path in Path(__file__).parent.glob("*/suite.yaml"))

# {v} is a value of the business that the question does not name, {t} the name of a field.
BEHIND = (
    "not", "except {v}", "excluding {v}", "at least 5", "other than {v}", "or", "half", "twice", "before March 2024",
    "without", "without {v}", "between", "otherwise", "all but one", "neither", "never", "unless", "almost", "double", "than",
    "rather than {v}",
    "besides {v}", "as opposed to {v}", "but not {v}", "minus {v}", "once", "previous", "and", "versus", "first", "second", "both",
    "cumulative", "via", "vs the rest", "against target of 5",
)  # fmt: skip
BEFORE = (
    "non", "no", "second", "first", "half the", "twice the", "double", "median", "another", "other", "all but", "minimum",
    "both", "either", "neither", "fewer", "more", "less", "the third", "remaining", "opposite of", "former", "future", "excess",
    "additional", "a quarter of", "two thirds of", "multiple", "partial", "duplicate", "expected", "unclaimed",
)  # fmt: skip


def understood(plan: Plan) -> bool:
    return plan.clarification is None and plan.refusal is None


def asked(plan: Plan) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((part, str(value)) for part, value in normal_form(plan).items()))


def questions(planner: EmbeddedPlanner, metrics: int) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Questions of about so many metrics: the plain figure, and by a field; with the words that ask for the metric, and what may be
    put in."""
    dimensions = [pair for pair in planner.view.groupable_fields() if pair[1].role is FieldRole.DIMENSION]
    timed = [metric for metric in planner.view.metrics.values() if metric_time(planner.view, metric.name)]
    for metric in timed[:: max(1, len(timed) // metrics)]:
        figure = spoken(metric)
        fields = [pair for pair in dimensions if planner.reach.why_not_group(metric.name, name_of(*pair)) is None]
        value = next((found for pair in fields if (found := value_of(planner, name_of(*pair)))), "Acme")
        words = {"v": value, "t": fields[0][1].label.lower() if fields else "thing"}
        yield figure, f"{figure} in 2024", words
        if fields:
            yield figure, f"{figure} by {fields[0][1].label.lower()} in 2024", words


def name_of(dataset: Dataset, field: CatalogField) -> str:
    return f"{dataset.name}.{field.name}"


def spoken(metric: Metric) -> str:
    label = metric.label.split(" (")[0]
    return label if label[:2].isupper() else label[:1].lower() + label[1:]


def value_of(planner: EmbeddedPlanner, field: str) -> str | None:
    near = planner.values.nearest(planner.view, field, "a", 1) if planner.values is not None else ()
    return str(near[0].value) if near else None


def lost_words(business: Business, metrics: int) -> list[str]:
    """The questions in which a word made no difference. Of one metric only its split is tried, where it has one: what is lost in
    a plain figure is lost in that."""
    planner = business.planner(view_for(business.catalog, Principal()))
    as_of: dt.date = business.as_of()
    lost: list[str] = []
    understood_questions = 0
    tried = list(questions(planner, metrics))
    for figure, question, words in tried[-1:] if metrics == 1 else tried:
        plain = planner.plan(question, as_of)
        if not understood(plain):
            continue
        understood_questions += 1
        changed = [f"{question} {word.format(**words)}" for word in BEHIND]
        changed += [question.replace(figure, f"{word} {figure}", 1) for word in BEFORE]
        for other in changed:
            plan = planner.plan(other, as_of)
            if understood(plan) and asked(plan) == asked(plain):
                lost.append(f"{other!r} was read as {plan.interpretation!r}")
    assert understood_questions
    return lost


@pytest.mark.parametrize("metrics", [1, pytest.param(2, marks=pytest.mark.slow)])
@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.slow if name in LATER else ()) for name in BUSINESSES]
)
def test_no_word_is_lost(opened: Callable[[str], Business], name: str, metrics: int) -> None:
    assert lost_words(opened(name), metrics) == []


@pytest.mark.parametrize("metrics", [1, pytest.param(2, marks=pytest.mark.slow)])
def test_no_word_is_lost_at_novamart(novamart_business: Business, metrics: int) -> None:
    assert lost_words(novamart_business, metrics) == []
