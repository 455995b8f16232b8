"""Parts of a question that lean on each other, and what is said around a question: each once answered as if it stood alone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from agent.business import Business
from agent.service import PlumblineService


@pytest.fixture(scope="module")
def novamart(novamart_business: Business) -> PlumblineService:
    return PlumblineService(novamart_business)


def figures(service: PlumblineService, question: str) -> list[float]:
    """The first figure of each table of an answer."""
    answer = service.ask(question)
    assert answer.status == "answer", answer.headline
    return [
        float(table.rows[0][[column.role for column in table.columns].index("measure")])
        for table in answer.results
        if table.name.endswith("answer")
    ]


@pytest.mark.parametrize(
    ("question", "alone"),
    [
        (
            "What was our revenue in 2025, and how much of that came from the app?",
            ("Revenue in 2025", "Revenue in 2025 of the mobile app"),
        ),
        (
            "How many customers joined in 2025, and how many of those are in the West?",
            ("New customers in 2025", "New customers in 2025 in the West"),
        ),
        ("Which category sold best in 2025 and how much was that?", ("Which category sold best in 2025?",)),
        (
            "Show revenue by region in 2025 and which region had the most orders",
            ("Revenue by region in 2025", "Which region had the most orders in 2025?"),
        ),
        (
            "We launched the app in May 2026. How many orders did it get since?",
            ("Orders of the mobile app since May 2026",),
        ),
        ("For the meeting on Thursday I need revenue for September 2026", ("Revenue in September 2026",)),
        ("I only care about VIP customers. What was revenue in 2025?", ("Revenue of VIP customers in 2025",)),
    ],
)
def test_each_part_is_what_it_would_be_alone(novamart: PlumblineService, question: str, alone: tuple[str, ...]) -> None:
    assert figures(novamart, question) == [pytest.approx(figures(novamart, part)[0]) for part in alone]


@pytest.mark.parametrize(
    "question",
    [
        "I need to close the books for September 2026. What were our refunds?",
        "Our new campaign started in March 2026. How many orders did we get since then?",
        "In 2024 we changed suppliers. What was the gross margin in 2025?",
    ],
)
def test_what_is_said_in_passing_is_asked_about(novamart: PlumblineService, question: str) -> None:
    """Refunds of the category Books, orders of new customers, and the number of suppliers were given."""
    assert novamart.ask(question).status == "clarify"


def test_both_ends_of_an_order(novamart: PlumblineService) -> None:
    """Only the best was given."""
    answer = novamart.ask("Which region had the most orders in 2025 and which had the fewest?")
    assert answer.status == "clarify" or len({row[0] for table in answer.results for row in table.rows}) > 1


def test_the_demos_own_question_is_answered(novamart: PlumblineService) -> None:
    """ "what would it take to reach our target" was given the dip's October and asked back; it is of the target ahead."""
    makefile = (Path(__file__).parents[2] / "Makefile").read_text()
    question = re.findall(r"^QUESTION \?= (.+)$", makefile, re.MULTILINE)[0]
    answer = novamart.ask(question)
    assert answer.status == "answer", answer.headline
    assert answer.plan is not None and len(answer.plan.steps) == 2


@pytest.mark.parametrize(
    "question",
    [
        "How much revenue and how much gross profit did Books make in 2025?",
        "How much revenue did Books make in 2025 and how much gross profit?",
        "How much revenue and how much gross profit in Books in 2025?",
    ],
)
def test_a_subject_shared_narrows_every_figure(novamart: PlumblineService, question: str) -> None:
    """The revenue of everything stood beside the profit of Books."""
    table = novamart.ask(question).results[0]
    for name in ("revenue", "gross profit"):
        alone = figures(novamart, f"{name} of Books in 2025")[0]
        place = [column.name for column in table.columns].index(name.replace(" ", "_"))
        assert float(table.rows[0][place]) == pytest.approx(alone)


@pytest.mark.parametrize(
    "question",
    [
        "What was the revenue of Books and what was the gross profit in 2025?",
        "How many orders did the West have in 2025 and how many customers are there?",
    ],
)
def test_whether_the_second_is_of_the_same_things_is_asked(novamart: PlumblineService, question: str) -> None:
    assert novamart.ask(question).status == "clarify"


@pytest.mark.parametrize(
    ("question", "alone"),
    [
        ("Is GMV on target? Show me September 2026 please.", "Is GMV on target in September 2026?"),
        ("What was revenue in 2025? Please give me just the number.", "What was revenue in 2025?"),
        (
            "Was revenue in Q3 better or worse than a year ago? Give me both figures.",
            "revenue in Q3 compared with a year ago",
        ),
    ],
)
def test_a_sentence_that_says_how_to_show_it_asks_nothing_new(
    novamart: PlumblineService, question: str, alone: str
) -> None:
    assert figures(novamart, question) == pytest.approx(figures(novamart, alone))
