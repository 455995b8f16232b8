"""Counts of what happened to things at another time than that of their row: churned customers, tickets not resolved yet."""

from __future__ import annotations

from collections.abc import Iterator

from catalog.drafting.drafted import DraftedDataset, DraftedField, DraftedMetric
from catalog.drafting.names import capitalised, words_of
from catalog.drafting.personal import PERSON_ENTITIES
from catalog.drafting.verbs import participle_of_time
from catalog.models import FieldType

_TIMES = (FieldType.DATE, FieldType.TIMESTAMP)
# What makes a thing whole: without its time, it goes on.
_FINAL = frozenset("closed completed ended finished fixed left repaired resolved returned settled terminated".split())


def draft_by_other_times(dataset: DraftedDataset) -> Iterator[DraftedMetric]:
    """What ended or went on, by when it did: churned customers, resolved tickets. Where a status has the same word, only if
    that stands in just the rows with the time: else two things would be called the same."""
    for item, verb in _other_times(dataset):
        states = _states(dataset)
        said_alike = {words for words, column in states.items() if column in _known_with(dataset, item)}
        if verb in states and verb not in said_alike:
            continue
        # "Paid invoices" are the rows of the status too, of any figure; "invoices paid" is what was done.
        leading = verb not in states
        reference = f"{dataset.name}.{item.name}"
        is_person = dataset.singular.rpartition(" ")[2] in PERSON_ENTITIES
        yield DraftedMetric(
            name="_".join(_snake(part) for part in ((verb, dataset.label) if leading else (dataset.label, verb))),
            label=f"{capitalised(dataset.label)} who {verb}"
            if verb == "left"
            else capitalised(f"{verb} {dataset.label}" if leading else f"{dataset.label} {verb}"),
            description=f"The {dataset.label} whose {item.label.lower()} lies in the period.",
            synonyms=tuple(
                text
                for said in (dataset.label, *dataset.synonyms)
                for text in (
                    *((f"{verb} {said}",) if leading else ()),
                    f"{said} {verb}",
                    f"{said} that {verb}",
                    *((f"{said} who {verb}",) if is_person or verb == "left" else ()),
                )
            ),
            expression=f"COUNT({reference})",
            filter=f"{reference} IS NOT NULL",
            unit="count",
            time=reference,
        )


def draft_unended(dataset: DraftedDataset) -> Iterator[DraftedMetric]:
    """What has no end yet: downtime events that have not ended."""
    for item, verb in _other_times(dataset):
        if verb not in _FINAL:
            continue
        reference = f"{dataset.name}.{item.name}"
        states = _states(dataset)
        said = (dataset.label, *dataset.synonyms)
        words = ["not", "not yet"] if verb not in states else []
        # Where a status says how things stand, what is cancelled has no end either, and is not open.
        is_open = verb != "left" and not any(
            set(words_of(other.column.said)) & {"status", "state", "stage"} for other in dataset.fields
        )
        adjectives = [word for word in ("open", "ongoing", "unfinished") if word not in states and is_open]
        synonyms = [f"{text} {word} {verb}" for text in said for word in words]
        synonyms += [f"{text} that have {word} {verb}" for text in said for word in words]
        synonyms += [f"{word} {text}" for text in said for word in adjectives]
        synonyms += [f"{text} still {word}" for text in said for word in adjectives]
        if verb == "left":
            synonyms += [f"{word} {text}" for text in said for word in ("present", "current", "remaining")]
            synonyms += [f"{text} who have not left" for text in said]
            synonyms += [f"{text} not counting those who left" for text in said]
        if verb == "ended":
            synonyms += [f"{text} {end}" for text in said for end in ("without end", "without an end", "have no end")]
            synonyms += [f"{text} have no end yet" for text in said]
        yield DraftedMetric(
            name=f"{_snake(dataset.label)}_not_{verb}",
            label=f"{capitalised(dataset.label)} not {verb}",
            description=f"The {dataset.label} without {item.label.lower()}.",
            synonyms=tuple(synonyms),
            expression=f"COUNT(CASE WHEN {reference} IS NULL THEN 1 END)",
            filter=f"{reference} IS NULL",
            unit="count",
            doubt=f"that {dataset.label} without {item.label.lower()} have not {verb}",
        )


def _other_times(dataset: DraftedDataset) -> Iterator[tuple[DraftedField, str]]:
    """The times that not every row has, with what happens then."""
    for item in dataset.fields:
        verb = participle_of_time(words_of(item.column.said))
        is_own = item.name in (dataset.since, dataset.time)
        if item.type in _TIMES and not item.personal and not is_own and item.column.nulls and verb:
            yield item, verb


def _states(dataset: DraftedDataset) -> dict[str, str]:
    """Every value of the rows, and every word for one, with its column."""
    found = {
        str(value).strip().casefold(): item.column.name for item in dataset.fields for value in item.column.samples
    }
    for item in dataset.fields:
        found |= {word: item.column.name for words in item.value_words.values() for word in words}
    return found


def _known_with(dataset: DraftedDataset, time: DraftedField) -> frozenset[str]:
    """The columns of which one value stands in just the rows that have the time."""
    verb = participle_of_time(words_of(time.column.said))
    return frozenset(
        pair.column
        for pair in dataset.table.known_together
        if pair.time == time.column.name
        and pair.value is not None
        and verb
        in {
            pair.value.strip().casefold(),
            *(word for item in dataset.fields for word in item.value_words.get(pair.value, ())),
        }
    )


def _snake(label: str) -> str:
    return label.replace(" ", "_").lower()
