"""The metrics that count things."""

from __future__ import annotations

from agent.planners.embedded.remembered import ForEachView
from catalog.access import CatalogView
from catalog.models import AggregateMetric, Aggregation, CumulativeMetric, Dataset, Metric
from semantic_context.words import phrase_key

# Words that say that something is counted, and how: they tell no kind of it from another.
_COUNTING = frozenset(("count", "number", "total", "all", "of", "distinct", "different", "unique", "the"))
_AT_PRESENT = frozenset(("current", "currently", "present", "existing", "base", "stock", "standing", "size"))
_RUNNING = frozenset(("active", "live", "running"))


@ForEachView
def _known_counts(view: CatalogView) -> dict[str, tuple[str, ...]]:
    """The counts of each dataset of a view that has been asked about."""
    return {}


def count_metrics(view: CatalogView, dataset_name: str) -> tuple[str, ...]:
    """The metrics that count a dataset's rows, the plainest first."""
    known = _known_counts(view)
    if dataset_name not in known:
        known[dataset_name] = _find_count_metrics(view, dataset_name)
    return known[dataset_name]


def counts_at_large(view: CatalogView, dataset_name: str) -> tuple[str, ...]:
    """The metrics that count a dataset's things at large: not those that by their names count only some ("new", "cancelled")."""
    dataset = view.datasets.get(dataset_name)
    own = set(phrase_key(dataset.singular)) | set(phrase_key(dataset.label)) if dataset is not None else set()
    found = []
    for name in count_metrics(view, dataset_name):
        metric = view.whole.metric_by_name[name]
        names = (metric.label, name, *metric.words.synonyms)
        if any(not set(phrase_key(words)) - own - _COUNTING for words in names):
            found.append(name)
    return tuple(found)


def level_of(view: CatalogView, dataset_name: str) -> str | None:
    """The one state figure that says how many of a dataset's things there are: "Member base", "current members". None where
    several do, or each says of which things only."""
    dataset = view.datasets.get(dataset_name)
    if dataset is None:
        return None
    own = {word for name in (dataset.singular, dataset.label, *dataset.words.synonyms) for word in phrase_key(name)}

    def called(how: frozenset[str]) -> list[str]:
        return [
            metric.name
            for metric in view.metrics.values()
            if metric.is_state
            and metric.unit == "count"
            and any(
                (words := set(phrase_key(text))) & own and not words - own - _COUNTING - how
                for text in (metric.label, *metric.words.synonyms)
            )
        ]

    found = called(_AT_PRESENT)
    if not found and not counts_at_large(view, dataset_name):
        found = called(_AT_PRESENT | _RUNNING)  # what has ended is none that we have
    return found[0] if len(found) == 1 else None


def _find_count_metrics(view: CatalogView, dataset_name: str) -> tuple[str, ...]:
    dataset = view.datasets.get(dataset_name)
    if dataset is None:
        return ()
    found = []
    for metric in view.metrics.values():
        if not _counts(view, metric, dataset):
            continue
        about = set(phrase_key(metric.label)) | set(phrase_key(metric.name))
        named = bool(set(phrase_key(dataset.singular)) & about)
        extra = len(about - set(phrase_key(dataset.singular)) - {"count", "number", "of", "total"})
        found.append((not named, extra, metric.name))
    return tuple(name for *_, name in sorted(found))


def _counts(view: CatalogView, metric: Metric, dataset: Dataset) -> bool:
    """Whether a metric is the number of a dataset's rows, in a period or ever since."""
    if isinstance(metric, CumulativeMetric) and metric.window is None and metric.to_date is None:
        inner = view.whole.metric_by_name.get(metric.metric)
        return inner is not None and _counts(view, inner, dataset)
    if not isinstance(metric, AggregateMetric) or metric.dataset != dataset.name:
        return False
    keys = {f"{dataset.name}.{name}" for name in dataset.primary_key}
    counts_rows = metric.aggregation is Aggregation.COUNT and metric.expression in {"*", "1", *keys}
    return counts_rows or (metric.aggregation is Aggregation.COUNT_DISTINCT and metric.expression in keys)


def counted_thing(view: CatalogView, name: str) -> str | None:
    """The dataset whose things a distinct count counts by a key that points at it."""
    metric = view.whole.metric_by_name[name]
    if not isinstance(metric, AggregateMetric) or metric.aggregation is not Aggregation.COUNT_DISTINCT:
        return None
    for relationship in view.whole.relationships:
        if [f"{relationship.from_dataset}.{field}" for field in relationship.from_fields] == [metric.expression]:
            return relationship.to_dataset
    return None


def metrics_that_count(view: CatalogView, dataset: str) -> tuple[str, ...]:
    """Metrics that count a dataset's things: its rows, else the different ones that others point at."""
    pointing = tuple(name for name in sorted(view.metrics) if counted_thing(view, name) == dataset)
    return count_metrics(view, dataset) or pointing


def person_datasets(view: CatalogView) -> set[str]:
    """The datasets of persons: each row has a name that is a person's."""
    return {
        dataset.name for dataset in view.whole.datasets if any(item.personal_data == "name" for item in dataset.fields)
    }
