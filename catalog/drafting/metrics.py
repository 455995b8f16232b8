"""Metrics of a draft: counts of what there is, sums and averages of measures, and the few ratios that are plain."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from catalog.drafting.drafted import DraftedDataset, DraftedField, DraftedMetric, Phrases
from catalog.drafting.durations import draft_durations
from catalog.drafting.happened import draft_by_other_times, draft_unended
from catalog.drafting.kinds import draft_kinds
from catalog.drafting.lateness import draft_late
from catalog.drafting.measures import draft_measure, is_measure, money_words
from catalog.drafting.names import (
    capitalised,
    is_id_like,
    plural_of,
    readable,
    said_of_flag,
    without_id_words,
    words_of,
)
from catalog.drafting.personal import PERSON_ENTITIES
from catalog.drafting.relationships import Structure
from catalog.drafting.sales import SALES_WORDS, UNITS_WORDS, draft_sales, find_sold, quantity_beside, sales_amount_of
from catalog.drafting.state_rates import draft_state_rates
from catalog.drafting.stock import draft_stock_value
from catalog.drafting.verbs import thing_and_verb, verbs_of, verbs_of_time
from catalog.drafting.worth import kind_of_sales, worth_of_lines
from catalog.models import FieldType


def draft_metrics(
    datasets: tuple[DraftedDataset, ...], structure: Structure, currency: str | None
) -> tuple[DraftedMetric, ...]:
    """All metrics; no two share a name, a label or a synonym: the first keeps it."""
    names, labels, phrases = Phrases(), Phrases(), Phrases()
    datasets = tuple(dataset for dataset in datasets if not dataset.hidden)
    found = list(_all(datasets, structure, currency))
    for metric in found:  # a metric's own name and label come before the synonyms of others
        phrases.take(metric.name.replace("_", " "), metric.label)
    result = []
    for metric in found:
        if names.take(metric.name) and labels.take(metric.label):
            kept = phrases.take(*metric.synonyms)
            result.append(replace(metric, synonyms=kept))
    return tuple(result)


def _all(datasets: tuple[DraftedDataset, ...], structure: Structure, currency: str | None) -> Iterator[DraftedMetric]:
    for dataset in datasets:
        yield _count(dataset)
    for dataset in datasets:
        if dataset.since:
            yield _new(dataset, dataset.since)
    for dataset in datasets:
        yield from draft_by_other_times(dataset)
    for dataset in datasets:
        yield from draft_unended(dataset)
    for dataset in datasets:
        yield from draft_late(dataset, datasets, structure)
    for dataset in datasets:
        yield from _distinct_counts(dataset, datasets, structure)
    sold = find_sold(datasets, structure)
    if sold is not None:
        yield from draft_sales(sold, currency)
    measures = [(dataset, item) for dataset in datasets for item in dataset.fields if is_measure(item)]
    often = Counter(item.name for _, item in measures)
    amount = sales_amount_of(datasets) if sold is None else None
    entities = frozenset(dataset.singular for dataset in datasets)
    for dataset, item in measures:
        words = sold.words_for(dataset, item) if sold else ()
        if item is amount:
            words = (*SALES_WORDS, *kind_of_sales(item.column.said))
        if amount is not None and item is quantity_beside(dataset, amount):
            words = UNITS_WORDS
        words = (*words, *worth_of_lines(dataset, item, datasets))
        for metric in draft_measure(dataset, item, often[item.name] > 1, currency, words, entities):
            yield metric
            if metric.is_state:
                yield from draft_stock_value(metric, dataset, item, datasets, structure, currency)
    for dataset in datasets:
        yield from draft_durations(dataset)
    for dataset in datasets:
        yield from draft_kinds(dataset)
    for dataset in datasets:
        yield from draft_state_rates(dataset, entities)
    for dataset in datasets:
        for item in dataset.fields:
            is_of_column = any(item.column.name == column.name for column in dataset.table.columns)
            if item.type is FieldType.BOOLEAN and not item.personal and is_of_column:
                yield _share(dataset, item)
            elif is_measure(item) and (verb := _verb_of_count(item)) is not None:
                yield from _once_or_more(dataset, item, verb)


# -- counts ---------------------------------------------------------------------------------------------------------


def _count(dataset: DraftedDataset) -> DraftedMetric:
    singular, money = dataset.singular, money_words(dataset)
    return DraftedMetric(
        name=f"{dataset.name}_count"
        if dataset.name == singular.replace(" ", "_")
        else f"{singular.replace(' ', '_').lower()}_count",
        label=f"Number of {dataset.label}",
        description=f"How many {dataset.label} there are.",
        synonyms=(
            *(() if dataset.label in money else (dataset.label,)),
            f"{singular} count",
            f"count of {dataset.label}",
            f"{dataset.label} count",
            *(text for text in dataset.synonyms if text not in money),
            *(
                f"{lead} of {text} {verb}"  # "payments received" alone is their money
                for text in money
                for verb in verbs_of(text.rpartition(" ")[2])
                for lead in ("number", "count")
            ),
            *(("sales transactions", "transactions") if dataset.label == "sales" else ()),
        ),
        expression=f"COUNT({dataset.name}.{dataset.primary_key[0]})" if len(dataset.primary_key) == 1 else "COUNT(*)",
        dataset=None if len(dataset.primary_key) == 1 else dataset.name,
        unit="count",
    )


def _snake(label: str) -> str:
    return label.replace(" ", "_").lower()


def _new(dataset: DraftedDataset, since: str) -> DraftedMetric:
    """Those whose time of arrival lies in the period; the count itself has no time."""
    item = next(item for item in dataset.fields if item.name == since)
    verbs = verbs_of_time(words_of(item.column.said), ())[:1]
    begun = thing_and_verb(words_of(item.column.said))
    return DraftedMetric(
        name=f"new_{_snake(dataset.label)}",
        label=f"New {dataset.label}",
        description=f"The {dataset.label} whose {item.label} lies in the period.",
        synonyms=(
            f"number of new {dataset.label}",
            f"added {dataset.label}",
            *(f"new {text}" for text in dataset.synonyms),
            *(
                text
                for verb in verbs
                for said in (f"{verb} {dataset.label}", f"{dataset.label} {verb}")
                for text in (said, f"new {said}")
            ),
            *(f"{thing} {verb}" for thing, verb in begun),
            *(f"{dataset.singular} {thing} {verb}" for thing, verb in begun),
            *(f"new {thing}" for thing, _ in begun),
        ),
        expression=f"COUNT({dataset.name}.{since})",
        unit="count",
        time=f"{dataset.name}.{since}",
        doubt=f"that {item.label.lower()} says since when there are {dataset.label}",
    )


def _distinct_counts(
    dataset: DraftedDataset, datasets: tuple[DraftedDataset, ...], structure: Structure
) -> Iterator[DraftedMetric]:
    """Persons with events, and things that are only known by their number in this table."""
    by_table = {other.table.name: other for other in datasets}
    pointing = Counter(
        item.of_table for item in structure.relationships if item.table in by_table and by_table[item.table].has_time
    )
    for item in structure.relationships:
        target = by_table.get(item.of_table)
        if item.table != dataset.table.name or target is None or target is dataset or len(item.columns) != 1:
            continue
        is_person = target.singular.rpartition(" ")[2] in PERSON_ENTITIES or "customers" in target.synonyms
        if is_person and dataset.has_time and not item.one_to_one and item.role is None:
            field = dataset.field_of(item.columns[0])
            yield DraftedMetric(
                name=f"{_snake(target.label)}_with_{_snake(dataset.label)}",
                label=f"{capitalised(target.label)} with {dataset.label}",
                description=f"Different {target.label} that the {dataset.label} belong to.",
                synonyms=(
                    *(
                        text
                        for text in (_of_the_only_events(target) if pointing[item.of_table] == 1 else ())
                        if not (text.startswith("active") and _says_who_is_active(target))
                    ),
                    *_who_did(target, dataset),
                ),
                expression=f"COUNT(DISTINCT {dataset.name}.{field.name})",
                unit="count",
            )
    for field in dataset.fields:
        stem = without_id_words(field.column.said)
        own_key = field.name in dataset.primary_key and len(dataset.primary_key) == 1
        is_alone = (
            is_id_like(field.column.said) and stem and not structure.points(dataset.table.name, field.column.name)
        )
        entity = readable(stem)
        if (
            is_alone
            and not own_key
            and not field.personal
            and field.column.distinct > 1
            and words_of(field.column.said)[-1] == "id"
        ):
            if any(other.singular == entity for other in datasets):
                continue
            yield DraftedMetric(
                name=f"{'_'.join(stem)}_count",
                label=f"Number of {plural_of(entity)}",
                description=f"Different {plural_of(entity)} in the {dataset.label}.",
                synonyms=(
                    plural_of(entity),
                    f"{entity} count",
                    f"distinct {plural_of(entity)}",
                    f"unique {plural_of(entity)}",
                ),
                expression=f"COUNT(DISTINCT {dataset.name}.{field.name})",
                unit="count",
            )


def _says_who_is_active(target: DraftedDataset) -> bool:
    """Whether a flag or a status of their own says it, so that who did something is not meant."""
    return any(
        "active" in words_of(item.column.said)
        or "active" in (str(value).strip().casefold() for value in item.column.samples)
        or any("active" in words for words in item.value_words.values())
        for item in target.fields
        if not item.personal
    )


def _of_the_only_events(target: DraftedDataset) -> tuple[str, ...]:
    return tuple(f"{word} {target.label}" for word in ("distinct", "unique", "active", "different"))


def _who_did(target: DraftedDataset, events: DraftedDataset) -> Iterator[str]:
    """Students who enrolled, members who placed orders: persons by what they did."""
    noun = events.singular.rpartition(" ")[2]
    closest, *others = ("bought", "purchased") if noun == "sale" else _done_in(events.singular) or (None,)
    if closest is not None:
        yield from (f"{target.label} who {closest}", f"{target.label} {closest}")
    for verb in (verb for verb in others if verb is not None and verb != "received"):
        yield f"{target.label} who {verb} {events.label}"


def _done_in(singular: str) -> tuple[str, ...]:
    """The verbs of what rows are: ordered, of sales orders; checked in, of check ins."""
    return verbs_of(singular.rpartition(" ")[2]) or verbs_of("".join(singular.split()))


def _share(dataset: DraftedDataset, item: DraftedField) -> DraftedMetric:
    words = said_of_flag(words_of(item.column.said))
    what = readable(words)
    label = f"Share of {what} {dataset.label}" if words[-1].endswith("ed") else f"{capitalised(what)} rate"
    return DraftedMetric(
        name=f"share_of_{'_'.join(words)}_{_snake(dataset.label)}",
        label=label,
        description=f"Fraction of the {dataset.label} for which {item.label} holds.",
        synonyms=(
            f"{what} rate",
            f"{what} share",
            f"share of {what} {dataset.label}",
            f"percentage of {what} {dataset.label}",
            f"share {what}",
            f"percentage {what}",
            f"share of {dataset.label} {what}",
            f"percentage of {dataset.label} {what}",
        ),
        expression=f"AVG(CASE WHEN {dataset.name}.{item.name} THEN 1.0 WHEN NOT {dataset.name}.{item.name} THEN 0.0 END)",
        unit="fraction",
    )


def _verb_of_count(item: DraftedField) -> str | None:
    """What happened as often as a number says: reopened for the reopen count; None for counts of things."""
    words = words_of(item.column.said)
    if len(words) != 2 or "count" not in words or item.type is not FieldType.INTEGER or item.column.minimum != 0:
        return None
    verbs = verbs_of(next(word for word in (*words, "") if word != "count"))
    return verbs[0] if verbs else None


def _once_or_more(dataset: DraftedDataset, item: DraftedField, verb: str) -> Iterator[DraftedMetric]:
    """How many rows it happened to, and their share: tickets that were reopened."""
    name, reference = f"{verb.replace(' ', '_')}_{_snake(dataset.label)}", f"{dataset.name}.{item.name}"
    yield DraftedMetric(
        name=name,
        label=f"{capitalised(verb)} {dataset.label}",
        description=f"The {dataset.label} whose {item.label.lower()} is one or more.",
        synonyms=(
            f"{dataset.label} {verb}",
            f"number of {verb} {dataset.label}",
            *(f"{text}{verb} at least {once}" for once in ("once", "one time") for text in ("", f"{dataset.label} ")),
        ),
        expression=f"COUNT(CASE WHEN {reference} > 0 THEN 1 END)",
        unit="count",
    )
    yield DraftedMetric(
        name=f"share_of_{name}",
        label=f"Share of {verb} {dataset.label}",
        description=f"Fraction of the {dataset.label} whose {item.label.lower()} is one or more.",
        synonyms=(
            f"{verb} rate",
            f"{verb} share",
            f"percentage of {verb} {dataset.label}",
            f"share of {dataset.label} {verb}",
            f"percentage of {dataset.label} {verb}",
        ),
        expression=f"AVG(CASE WHEN {reference} > 0 THEN 1.0 WHEN {reference} = 0 THEN 0.0 END)",
        unit="fraction",
    )
