"""Messages without the names of what their reader may not see: definitions and joins pass through all of the catalog."""

from __future__ import annotations

import re

from catalog.access import CatalogView

_INSTEAD = "data you may not see"


def seen_only(view: CatalogView, text: str) -> str:
    """The message with every name hidden from the view's role replaced."""
    names = hidden_names(view)
    if not names:
        return text
    pattern = "|".join(sorted((re.escape(name) for name in names), key=len, reverse=True))
    return re.sub(rf"(?<![\w.])(?:{pattern})(?:\.\w+)?(?!\w)", _INSTEAD, text)


def hidden_names(view: CatalogView) -> set[str]:
    """Names and labels of datasets, relationships, metrics and fields that the role may not use."""
    shown = view.datasets
    found: set[str] = set()
    for dataset in view.whole.datasets:
        if dataset.name not in shown:
            found |= {dataset.name, dataset.label, dataset.singular}
        else:
            known = shown[dataset.name].field_by_name
            found |= {f"{dataset.name}.{item.name}" for item in dataset.fields if item.name not in known}
    for relation in view.whole.relationships:
        if relation.from_dataset not in shown or relation.to_dataset not in shown:
            found.add(relation.name)
    for metric in view.whole.metrics:
        if not metric.hidden and metric.name not in view.metrics:
            found |= {metric.name, metric.label}
    return {name for name in found if name}
