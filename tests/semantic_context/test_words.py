"""The forms of English words that share a base or a stem."""

from __future__ import annotations

import pytest

from semantic_context.words import base_form, verb_stem


@pytest.mark.parametrize(
    ("form", "base"),
    [
        ("wrote", "write"),
        ("flown", "fly"),
        ("paid", "pay"),
        ("analyses", "analysis"),
        ("people", "person"),
        ("owed", "owe"),
    ],
)
def test_base_of_irregular_forms(form: str, base: str) -> None:
    assert base_form(form) == base


@pytest.mark.parametrize(
    "forms",
    [
        ("carry", "carried", "carries", "carrying"),
        ("cancel", "cancelled", "canceled", "cancelling"),
        ("hire", "hired", "hiring", "hires"),
        ("enroll", "enrol", "enrolled", "enrolling"),
        ("stop", "stopped", "stopping"),
        ("write", "wrote", "written", "writing"),
    ],
)
def test_stem_of_a_verbs_forms(forms: tuple[str, ...]) -> None:
    assert len({verb_stem(form) for form in forms}) == 1


@pytest.mark.parametrize(("one", "other"), [("rating", "rate"), ("note", "not"), ("led", "lead")])
def test_different_words_keep_different_stems(one: str, other: str) -> None:
    assert verb_stem(one) != verb_stem(other)
