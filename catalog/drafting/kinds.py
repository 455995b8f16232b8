"""Counts of events by what a reason or a kind says they are: breakdowns, where breakdown is a reason of stops."""

from __future__ import annotations

from collections.abc import Iterator

from catalog.drafting.drafted import DraftedDataset, DraftedMetric
from catalog.drafting.names import capitalised, is_uncountable, plural_of, words_of
from catalog.models import FieldRole, FieldType
from catalog.readable import singular_of

_SAYS_WHY = frozenset({"cause", "reason"})
_SAYS_WHAT = frozenset({"kind", "type"})
# Rows that are nothing but what their type says: equipment of a type is still equipment, and a value of it.
_EVENTS = frozenset({"accident", "alarm", "alert", "event", "fault", "incident", "interruption", "occurrence", "stop"})
_MOST_KINDS = 12
_LONGEST = 24
# Endings of words that are no nouns, and of those of which people have no plural.
_NO_NOUNS = (
    "able", "al", "ed", "ful", "ial", "ible", "ic", "ing", "ive", "less", "ly", "ous", "ance", "ness", "ity", "ery",
)  # fmt: skip
_SAY_NOTHING = frozenset({"any", "misc", "na", "no", "none", "not", "other", "unknown"})
_JOINING = frozenset(
    "about and at away back by for from in into of off on or out over than the to under up with without".split()
)
_ADJECTIVES = frozenset(
    "big early extra fast full half high large late long low major minor new normal old part short slow small urgent".split()
)


def draft_kinds(dataset: DraftedDataset) -> Iterator[DraftedMetric]:
    """One count for each value that is a noun with a plural, of events alone: what is there has no reason."""
    if not dataset.has_own_time:
        return
    saying = _SAYS_WHY | (_SAYS_WHAT if dataset.singular.rpartition(" ")[2] in _EVENTS else frozenset())
    for item in dataset.fields:
        column = item.column
        if not set(words_of(column.said)[-1:]) & saying or item.type is not FieldType.STRING:
            continue
        if item.personal or item.sample is False or item.value_words or item.role is FieldRole.KEY:
            continue
        values = [str(value) for value in column.samples]
        if not 2 <= column.distinct <= _MOST_KINDS or len(values) < column.distinct:
            continue
        for value in values:
            said = as_noun(value)
            if not said:
                continue
            plural = plural_of(said)
            yield DraftedMetric(
                name=f"{dataset.name}_{'_'.join(said.split())}_count",
                label=capitalised(f"number of {plural}"),
                description=f"The {dataset.label} whose {item.label.lower()} is {value}.",
                synonyms=(plural, f"count of {plural}"),
                expression=f"COUNT({dataset.name}.{item.name})",
                filter=f"{dataset.name}.{item.name} = '{value}'",
                unit="count",
            )


def as_noun(value: str) -> str:
    """A value as one would count it; empty where it is no noun, or people count none of it."""
    text = value.replace("_", " ").replace("-", " ").strip()
    words = text.casefold().split()
    if not words or len(text) > _LONGEST or not all(word.isalpha() and word.isascii() for word in words):
        return ""
    last = words[-1]
    if set(words) & _JOINING or last in _ADJECTIVES or last.startswith("un"):
        return ""
    is_plural = singular_of(last) != last
    if len(last) < 4 or is_plural or set(words) & _SAY_NOTHING or is_uncountable(last) or last.endswith(_NO_NOUNS):
        return ""
    return " ".join(words)
