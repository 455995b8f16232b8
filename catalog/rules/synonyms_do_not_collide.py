"""A word that means two metrics, or two fields that are not the same thing, makes every question with it ambiguous."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from catalog.errors import CatalogIssue
from catalog.models import Catalog
from catalog.rules.findings import warning

RULE = "synonyms_do_not_collide"


def synonyms_do_not_collide(catalog: Catalog) -> Iterator[CatalogIssue]:
    """Warnings for a name, label or synonym that two visible metrics share, or two fields of one dataset."""
    metrics = [
        (metric.name, (metric.name, metric.label, *metric.words.synonyms))
        for metric in catalog.metrics
        if not metric.hidden
    ]
    for phrase, first, second in _shared(metrics):
        yield warning(
            RULE, f"{phrase!r} means both {first} and {second}; leave it to one", "metric", second, "synonyms"
        )
    for dataset in catalog.datasets:
        fields = [
            (f"{dataset.name}.{item.name}", (item.name, item.label, *item.words.synonyms))
            for item in dataset.fields
            if not item.hidden
        ]
        for phrase, first, second in _shared(fields):
            message = f"{phrase!r} means both {first} and {second}; leave it to one"
            yield warning(RULE, message, "field", second, "synonyms")
    for dataset in catalog.datasets:
        for item in dataset.fields:
            owners = [(value, (value, *words)) for value, words in item.values.synonyms.items()]
            for phrase, first, second in _shared(owners):
                message = f"{phrase!r} means both the value {first!r} and {second!r} of {dataset.name}.{item.name}"
                yield warning(RULE, message, "field", f"{dataset.name}.{item.name}", "values", "synonyms", second)


def _shared(owners: Iterable[tuple[str, Iterable[str]]]) -> Iterator[tuple[str, str, str]]:
    taken: dict[str, str] = {}
    for name, phrases in owners:
        for phrase in phrases:
            key = re.sub(r"[\W_]+", " ", phrase).strip().casefold()
            other = taken.setdefault(key, name)
            if other != name:
                yield phrase, other, name
