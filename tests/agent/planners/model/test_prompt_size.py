"""A prompt's size in tokens, estimated from above: a usual question, and a catalog of two thousand metrics."""

from __future__ import annotations

import datetime as dt

import pytest

from agent.planners.embedded import EmbeddedPlanner
from agent.planners.llm import ModelPlanner
from catalog.access import Principal, view_for
from catalog.loader import load_catalog
from catalog.models import AggregateMetric, Aggregation, Catalog
from semantic_context.embedding import MiniLmEncoder
from semantic_context.index import SemanticIndex

AS_OF = dt.date(2026, 10, 31)
QUESTIONS = (
    "GMV by channel in September 2026",
    "How did GMV develop month by month over the last 12 months, and how far is it from target?",
    "Why did conversion fall in the app last week, which categories of products drove it, and what would it take to get back "
    "to where we were in the same week of last year?",
)


@pytest.fixture(scope="module")
def novamart() -> Catalog:
    return load_catalog("novamart")


@pytest.fixture(scope="module")
def planner(novamart: Catalog) -> EmbeddedPlanner:
    index = SemanticIndex.open(None, novamart, MiniLmEncoder(None))
    return EmbeddedPlanner(view_for(novamart, Principal()), index, None)


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_on_novamart(planner: EmbeddedPlanner, question: str) -> None:
    request = ModelPlanner(planner).request(question, AS_OF)
    assert request.tokens <= 3_000
    assert request.egress.counts["metrics"] >= 12
    assert "gmv |" in request.messages[1][1] or "conversion" in request.messages[1][1]


def test_a_catalog_of_two_thousand_metrics(novamart: Catalog) -> None:
    orders = next(metric for metric in novamart.metrics if isinstance(metric, AggregateMetric))
    words = (
        "gross",
        "net",
        "adjusted",
        "regional",
        "seasonal",
        "promoted",
        "returned",
        "expected",
        "weighted",
        "audited",
    )
    many = tuple(
        orders.model_copy(
            update={
                "name": f"measure_{number}",
                "label": f"{words[number % 10]} {words[number // 10 % 10]} measure {number}",
                "description": f"A long description of what measure {number} is made of, for the most careful of readers. "
                * 3,
                "aggregation": Aggregation.COUNT,
            }
        )
        for number in range(2_000)
    )
    catalog = novamart.model_copy(update={"metrics": (*novamart.metrics, *many)})
    planner = EmbeddedPlanner(view_for(catalog, Principal()), None, None)
    request = ModelPlanner(planner).request("Adjusted seasonal measure 1742 by region in September", AS_OF)
    assert request.tokens <= 4_000
    assert "measure_1742 " in request.messages[1][1], "what the question names is there"
