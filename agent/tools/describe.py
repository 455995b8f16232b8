"""Answers from the catalog alone: what a metric means, and what can be asked."""

from __future__ import annotations

from collections.abc import Sequence

from catalog.access import CatalogView
from catalog.models import AggregateMetric, Metric


def describe_metric(view: CatalogView, name: str) -> tuple[str, tuple[str, ...]]:
    """A headline and sentences on a metric's meaning, formula, time, target and owner."""
    metric = view.metrics[name]
    headline = f"{metric.label}: {metric.description.rstrip('.') or _formula(view, metric)}."
    sentences = [f"Computed as {_formula(view, metric)}."]
    if metric.filter:
        sentences.append(f"Only rows where {metric.filter} count.")
    if metric.unit:
        sentences.append(f"Its unit is {metric.unit}.")
    if metric.direction:
        sentences.append(f"{'Higher' if metric.direction.value == 'up' else 'Lower'} is better.")
    if metric.words.synonyms:
        sentences.append(f"Also called {', '.join(metric.words.synonyms[:6])}.")
    if metric.owner:
        sentences.append(f"Owned by {metric.owner}.")
    if metric.caveat:
        sentences.append(metric.caveat)
    return headline, tuple(sentences)


def _formula(view: CatalogView, metric: Metric) -> str:
    match metric.kind:
        case "aggregate":
            assert isinstance(metric, AggregateMetric)
            return f"the {metric.aggregation.value.replace('_', ' ')} of {metric.expression} over {metric.dataset}"
        case "derived":
            return metric.formula
        case "cumulative":
            window = (
                f"the {metric.window} up to each period's end"
                if metric.window
                else f"the {metric.to_date or 'whole time'} to date"
            )
            return f"{metric.metric} over {window}"
        case "conversion":
            return f"{metric.conversion_metric} that follow {metric.base_metric} of the same {metric.base_entity}"
        case "per_entity":
            return f"{metric.expression} over {', '.join(metric.metrics)} of each {', '.join(metric.entity)}"
        case "state":
            base = f"with one in the {metric.base_window} up to then" if metric.base_window else "that existed by then"
            without = "without" if metric.counted == "inactive" else "with"
            return f"at a period's end, of the {metric.entity} {base}, those {without} one in the last {metric.recent_window}"


def describe_figures(view: CatalogView, dataset: str, names: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """What can be asked of one dataset: the metrics that rest on it, and what its rows can be split by."""
    label = view.datasets[dataset].label
    labels = [view.metrics[name].label for name in names]
    groups = [
        item.label.lower()
        for owner, item in view.groupable_fields()
        if owner.name == dataset and item.role.value == "dimension"
    ]
    sentences = [f"Metrics: {', '.join(labels)}."]
    if groups:
        sentences.append(f"Its own fields to split by are {', '.join(groups)}.")
    return f"{len(labels)} metrics rest on {label}.", tuple(sentences)


def describe_overview(view: CatalogView) -> tuple[str, tuple[str, ...]]:
    """What can be asked: the business, its metrics, and what they can be split by."""
    labels = [metric.label for metric in view.metrics.values()]
    groups = list(
        dict.fromkeys(item.label.lower() for _, item in view.groupable_fields() if item.role.value == "dimension")
    )
    sentences = [
        view.whole.description.strip(),
        f"Metrics: {', '.join(labels)}.",
        f"They can be split by {', '.join(groups[:25])}, and by time.",
    ]
    starters = [
        starter for persona in view.whole.personas if persona.role == view.role.name for starter in persona.starters
    ]
    if starters:
        sentences.append("For instance: " + " ".join(starters[:3]))
    headline = f"{view.whole.label}: {len(labels)} metrics can be asked about in plain words."
    return headline, tuple(sentence for sentence in sentences if sentence)
