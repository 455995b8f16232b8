"""How often what takes place ends in a state: the no-show rate of appointments, the cancellation rate of orders."""

from __future__ import annotations

from collections.abc import Iterator

from catalog.drafting.drafted import DraftedDataset, DraftedField, DraftedMetric
from catalog.drafting.kinds import as_noun
from catalog.drafting.names import plural_of, words_of
from catalog.drafting.verbs import is_participle, nouns_of
from catalog.models import FieldRole, FieldType

_SAYS_STATE = frozenset({"outcome", "result", "state", "status"})
_MOST_STATES = 8
_LONGEST = 24
# What rows are before anything became of them: no one speaks of its rate.
_NOT_YET = frozenset("active booked draft new open pending planned scheduled".split())


def draft_state_rates(dataset: DraftedDataset, entities: frozenset[str]) -> Iterator[DraftedMetric]:
    """One share for each state of events that are in one: the rows in it among those whose state is known. `entities` are what rows
    are: a payment rate is not of invoices."""
    if not dataset.has_own_time:
        return
    found = [
        item
        for item in dataset.fields
        if set(words_of(item.column.said)[-1:]) & _SAYS_STATE
        and item.type is FieldType.STRING
        and item.role is not FieldRole.KEY
        and not item.personal
        and item.sample is not False
        and 2 <= item.column.distinct <= _MOST_STATES
        and len(item.column.samples) == item.column.distinct
    ]
    if len(found) != 1:
        return
    item = found[0]
    reference = f"{dataset.name}.{item.name}"
    for value in map(str, item.column.samples):
        for said in (value, *item.value_words.get(value, ()))[-1:]:
            words = said.replace("_", " ").replace("-", " ").casefold().split()
            if not words or len(value) > _LONGEST or not all(word.isalpha() for word in words) or set(words) & _NOT_YET:
                continue
            state = " ".join(words)
            nouns = [noun for noun in nouns_of(state)[:1] if is_participle(state) and noun not in entities]
            things = dataset.singular
            plural = "no shows" if state == "no show" else plural_of(noun) if (noun := as_noun(said)) else ""
            if plural and not is_participle(words[-1]):
                yield _count(dataset, item, value, plural)
            yield DraftedMetric(
                name=f"share_of_{'_'.join(words)}_{'_'.join(dataset.label.split())}",
                label=f"Share of {state} {dataset.label}",
                description=f"Fraction of the {dataset.label} whose {item.label.lower()} is {value}, of those where it is known.",
                synonyms=(
                    f"{state} rate",
                    *(text for noun in nouns for text in (f"{noun} rate", f"{things} {noun} rate", f"rate of {noun}s")),
                ),
                expression=f"AVG(CASE WHEN {reference} = '{value}' THEN 1.0 WHEN {reference} IS NOT NULL THEN 0.0 END)",
                unit="fraction",
            )


def _count(dataset: DraftedDataset, item: DraftedField, value: str, plural: str) -> DraftedMetric:
    """How many are in a state that is a noun: no shows, losses."""
    return DraftedMetric(
        name=f"{dataset.name}_{plural.replace(' ', '_')}_count",
        label=f"Number of {plural}",
        description=f"The {dataset.label} whose {item.label.lower()} is {value}.",
        synonyms=(plural, f"count of {plural}"),
        expression=f"COUNT({dataset.name}.{item.name})",
        filter=f"{dataset.name}.{item.name} = '{value}'",
        unit="count",
    )
