"""What of a catalog is indexed by meaning: one short text for each way a metric, field, dataset or question is put."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from catalog.access import CatalogView
from catalog.models import Catalog, Words

DocumentKind = Literal["metric", "field", "dataset", "question"]
KINDS: tuple[DocumentKind, ...] = ("metric", "field", "dataset", "question")


@dataclass(frozen=True, slots=True)
class Document:
    """One text that stands for a thing. `name` is a metric, `dataset.field`, a dataset or the question itself."""

    kind: DocumentKind
    name: str
    text: str


def catalog_documents(catalog: Catalog) -> tuple[Document, ...]:
    """Every document of a catalog, each once, in a stable order; building blocks that are never offered are left out."""
    found: dict[Document, None] = {}
    for metric in catalog.metrics:
        if not metric.hidden:
            for text in _texts(metric.name, metric.label, metric.description, metric.words):
                found[Document("metric", metric.name, text)] = None
    for dataset in catalog.datasets:
        if dataset.hidden:
            continue
        for text in _texts(dataset.name, dataset.label, dataset.description, dataset.words):
            found[Document("dataset", dataset.name, text)] = None
        for item in dataset.fields:
            if item.hidden:
                continue
            reference = f"{dataset.name}.{item.name}"
            for text in _texts(item.name, item.label, item.description, item.words):
                found[Document("field", reference, text)] = None
            found[Document("field", reference, f"{dataset.singular} {item.label}")] = None
    for verified in catalog.verified_questions:
        found[Document("question", verified.question, verified.question)] = None
    return tuple(found)


def _texts(name: str, label: str, description: str, words: Words) -> Iterator[str]:
    yield label
    spoken = name.replace("_", " ")
    if spoken.casefold() != label.casefold():
        yield spoken
    yield from words.synonyms
    yield from words.examples
    if description:
        yield f"{label}: {description}"


def visible_names(view: CatalogView) -> dict[DocumentKind, frozenset[str]]:
    """The names of each kind that the view may be offered."""
    datasets = {name: dataset for name, dataset in view.datasets.items() if not dataset.hidden}
    fields = frozenset(
        f"{name}.{item.name}" for name, dataset in datasets.items() for item in dataset.fields if not item.hidden
    )
    return {
        "metric": frozenset(view.metrics),
        "field": fields,
        "dataset": frozenset(datasets),
        "question": _visible_questions(view),
    }


def _visible_questions(view: CatalogView) -> frozenset[str]:
    """Verified questions whose queries name nothing that the view may not use."""
    whole = view.whole
    hidden = {metric.name for metric in whole.metrics} - set(view.metrics)
    for dataset in whole.datasets:
        seen = view.datasets.get(dataset.name)
        kept = set(seen.field_by_name) if seen is not None else set()
        hidden |= {f"{dataset.name}.{item.name}" for item in dataset.fields if item.name not in kept}
    return frozenset(
        verified.question for verified in whole.verified_questions if hidden.isdisjoint(_strings(verified.query))
    )


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _strings(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _strings(item)
