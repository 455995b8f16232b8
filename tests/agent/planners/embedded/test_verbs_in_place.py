"""Words that are verbs or nouns by where they stand."""

from __future__ import annotations

import pytest

from agent.planners.embedded.verbs_in_place import stands_as_verb
from semantic_context.words import tokenize


@pytest.mark.parametrize(
    ("question", "is_verb"),
    [
        ("how many orders did we take", True),
        ("how many orders did the Cork branch take last week", True),
        ("how many orders did the shops take in 2025", True),
        ("what do we usually take", True),
        ("the orders they take by city", True),
        ("what was the take in 2025", False),
        ("how did our take develop", False),
        ("did the average take in 2025 rise", False),
        ("how much did customer take change", False),
        ("how did orders develop, take by city", False),
    ],
)
def test_a_verb_is_told_by_its_place(question: str, is_verb: bool) -> None:
    tokens = tokenize(question)
    (place,) = (place for place, token in enumerate(tokens) if token.folded == "take")
    assert stands_as_verb(tokens, place) is is_verb
