"""Words of the catalog in a question that its plan does not express: a figure's own word, a dear thing without a price, a
thing named before a field that is another's.

The passes may take a word for the mere noun or verb of what is asked ("orders placed", "books sold"). Where it is more than that
("customers acquired in 2024", "customers who have churned") the figure would be another one.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from agent.planners.embedded.cues import Cue
from agent.planners.embedded.draft import Draft, Item
from agent.planners.embedded.reach import MONEY, base_datasets, parts_of, pointed_at
from agent.planners.embedded.remembered import ForEachView
from agent.tools.compile import metric_time
from catalog.access import CatalogView
from catalog.models import AggregateMetric, DerivedMetric, Metric
from catalog.query import FieldDimension, MetricQuery
from catalog.units import is_currency
from semantic_context.linking import Covering, Meaning, Span, split_route
from semantic_context.words import is_verb_form, phrase_key, verb_stem

_DEAR = frozenset(
    ("cheap", "cheaper", "cheapest", "costliest", "costly", "dear", "dearest", "expensive", "priciest", "pricey")
)
_EACH_OF_US = frozenset(("capita", "head", "individual", "man", "person", "soul"))  # what says little elsewhere
_NAMED = ("name", "synonym", "participle")
_SURE = 0.9
_RESEMBLES = ("synonym", "inflection", "short", "typo", "meaning")
_BESIDE = (
    None,
    "noun",
    "qualifier",
    f"cue:{Cue.TOTAL.value}",
    f"cue:{Cue.COUNT.value}",
)  # words that only stand around


def names_of_fields(covering: Covering) -> tuple[Span, ...]:
    """The names of fields of several words in a covering: no weaker one may take them apart into a figure and a rest."""
    return tuple(
        span
        for span in covering.spans
        if span.end - span.start > 1 and span.best.kind == "field" and span.best.how in ("name", "synonym")
    )


def names_of_figures(covering: Covering) -> tuple[Span, ...]:
    """The spans of several words that are a figure's name: a weaker covering that breaks one up may lose it."""
    return tuple(
        span
        for span in covering.spans
        if span.end - span.start > 1 and any(_is_named(meaning) for meaning in span.of("metric"))
    )


def words_not_expressed(draft: Draft, query: MetricQuery, view: CatalogView) -> str | None:
    """The first such word of a question, None where there is none."""
    if not query.metrics:
        return None
    if (divided := division_not_made(draft, query, view)) is not None:
        return divided
    shown = _Shown(draft, query, view)
    if (other := shown.other_figure()) is not None:
        return other
    for name in draft.names:
        if shown.breaks_up(name):
            return name.text
    for item in draft.items:
        if item.is_stop or draft.is_context(item):
            continue
        if (
            shown.leaves_figure_out(item)
            or shown.is_of_other_things(item)
            or shown.is_dear_without_price(item)
            or shown.qualifies_another(item)
            or shown.is_of_other_events(item)
        ):
            return item.text
    return None


def another_figure_said(draft: Draft, query: MetricQuery, view: CatalogView) -> str | None:
    """The words that say of what is shown that it is another figure: what "how many" and a participle beside it tell."""
    for item in draft.items:
        if item.text.casefold() == "per" and not draft.is_context(item):
            cut = _cut_short(draft, draft.following(item.place), view)
            if cut is not None:
                return f"{item.text} {cut}"
    return _Shown(draft, query, view).other_figure()


def division_not_made(draft: Draft, query: MetricQuery, view: CatalogView) -> str | None:
    """ "Divided by the orders", "per order item": words that divide, where nothing is divided, averaged or split."""
    figures = [view.whole.metric_by_name[use.metric] for use in query.metrics]
    divided = any(item.kind == "ratio" for item in query.calculations) or any(use.average_per for use in query.metrics)
    divided = divided or any(metric.kind == "per_entity" or _is_a_mean(metric) for metric in figures)
    if divided or draft.average_over is not None or draft.average_per is not None:
        return None
    for item in draft.items:
        text = item.text.casefold()
        if draft.is_context(item) or text not in ("divided by", "per") or item.used == "context":
            continue
        said = draft.tokens[item.span.end].folded if item.span.end < len(draft.tokens) else ""
        if said in _EACH_OF_US:
            return f"{item.text} {said}"
        behind = draft.following(item.place)
        if (cut := _cut_short(draft, behind, view)) is not None:
            return f"{item.text} {cut}"
        kind = behind
        while behind is not None and (behind.used == "value" or behind.cue() is Cue.COUNT):
            behind = draft.following(behind.place)
        if text == "per" and kind is not None and kind.used == "value" and not _tells_what_of(behind):
            return f"{item.text} {kind.text}"  # "appointments per vet" are not those of the vets
        if behind is not None and (text == "divided by" or behind.has("dataset", "metric")) and _is_bypassed(behind):
            return f"{item.text} {behind.text}"
    return None


def _tells_what_of(item: Item | None) -> bool:
    """Whether what stands behind a kind are the things that are of it: "per completed order"."""
    return item is not None and item.has("dataset", "metric", "field")


def _cut_short(draft: Draft, item: Item | None, view: CatalogView) -> str | None:
    """ "Per order line" is not per order: the name of other things, of which only the first words were taken."""
    if item is None or not item.has("dataset") or item.span.end >= len(draft.tokens):
        return None
    behind = draft.tokens[item.span.end]
    said = tuple(token.base for token in draft.tokens[item.span.start : item.span.end + 1])
    names = (phrase_key(dataset.singular) for dataset in view.datasets.values())
    return f"{item.text} {behind.text}" if any(name[-len(said) :] == said for name in names) else None


def _is_bypassed(item: Item) -> bool:
    """Whether an item is neither a group, nor a step of time, nor what narrows the figure."""
    return item.used in (None, "noun", "metric") and not item.has("period")


def _is_a_mean(metric: Metric) -> bool:
    """Whether a figure is a ratio or a mean in itself."""
    if isinstance(metric, DerivedMetric):
        return "/" in metric.formula
    return isinstance(metric, AggregateMetric) and metric.aggregation.value in ("average", "median")


class _Shown:
    """What a plan shows of the catalog."""

    def __init__(self, draft: Draft, query: MetricQuery, view: CatalogView) -> None:
        self.draft = draft
        self.view = view
        named = {use.metric for use in query.metrics} | {having.column for having in query.having}
        self.metrics = frozenset(with_parts(view, named & view.whole.metric_by_name.keys()))
        self.bases = frozenset[str]().union(*(base_datasets(view, name) for name in self.metrics))
        self.fields = {split_route(group.field)[0] for group in query.group_by if isinstance(group, FieldDimension)}
        self.fields |= {split_route(found.field)[0] for slot in draft.filters for found in slot.candidates}
        self.reached = pointed_at(view, self.bases)
        self.words = self._words()

    def other_figure(self) -> str | None:
        """What tells that another figure is meant."""
        return self.counts_money() or self.done_otherwise()

    def counts_money(self) -> str | None:
        """ "How many lines" is no line amount, whatever the amount is called for short."""
        for item, behind in itertools.pairwise(self.draft.items):
            if item.cue() is not Cue.COUNT or behind.used != "metric" or self.draft.is_context(item):
                continue
            names = [meaning.name for meaning in behind.of("metric") if meaning.name in self.metrics]
            if names and all(_is_money(self.view.whole.metric_by_name[name]) for name in names):
                return f"{item.text} {behind.text}"
        return None

    def done_otherwise(self) -> str | None:
        """ "Units produced" is not how many were ordered: what was done, said right beside a figure that is told apart by what
        was done from another one of that verb."""
        for item in self.draft.items:
            if item.used not in (None, "noun") or self.draft.is_context(item) or item.span.end - item.span.start != 1:
                continue
            token = self.draft.tokens[item.span.start]
            if not token.folded.endswith("ed") and not is_verb_form(token.folded):
                continue
            stem = verb_stem(token.base)
            beside = [
                self.draft.items[place]
                for place in (item.place - 1, item.place + 1)
                if 0 <= place < len(self.draft.items)
            ]
            figure = next((other for other in beside if other.used == "metric"), None)
            if figure is None or stem in {verb_stem(word) for word in self.words}:
                continue
            said = [meaning.name for meaning in figure.of("metric") if meaning.name in self.metrics]
            if said and any(_is_told_by(self.view, name) for name in said) and stem in verbs_of_figures(self.view):
                return f"{figure.text} {item.text}" if figure.place < item.place else f"{item.text} {figure.text}"
        return None

    def leaves_figure_out(self, item: Item) -> bool:
        """Whether an item names a figure that is not shown, by more than the things it is about."""
        if item.used not in ("noun", "metric"):
            return False
        named = [meaning.name for meaning in item.of("metric") if _is_named(meaning)]
        if not named or any(name in self.metrics for name in named):
            return False
        if not self._said(item) - self.words or {meaning.name for meaning in item.of("dataset")} & self.reached:
            return False
        return not any(self._only_says_what_happened(name) for name in named)

    def is_of_other_things(self, item: Item) -> bool:
        """Whether an item names things that what is shown does not lead to: "cancellation rate of order lines"."""
        things = {meaning.name for meaning in item.of("dataset")}
        if item.used != "noun" or not things or item.has("value"):
            return False
        if things & self.reached:
            return False
        return not item.has("metric", "field") and bool(self._said(item) - self.words)

    def breaks_up(self, name: Span) -> bool:
        """Whether a figure's name is taken apart into words that only stand around: "stock level" into "stock" and "level"."""
        named = [meaning.name for meaning in name.of("metric")]
        if any(metric in self.metrics or self._only_says_what_happened(metric) for metric in named):
            return False
        inside = [item for item in self.draft.items if item.span.start < name.end and name.start < item.span.end]
        if any(self.draft.is_context(item) or item.used not in _BESIDE for item in inside):
            return False
        said = {token.base for token in self.draft.tokens[name.start : name.end]}
        return bool(said - self.words)

    def is_dear_without_price(self, item: Item) -> bool:
        """ "The cheapest new customers" are not the fewest."""
        if item.text.casefold() not in _DEAR:
            return False
        units = [self.view.whole.metric_by_name[name].unit for name in self.metrics]
        return not any(unit is not None and is_currency(unit) for unit in units)

    def qualifies_another(self, item: Item) -> bool:
        """ "Marketing channel" is no sales channel: the thing before a field is the one that has it."""
        if item.used != "qualifier" or not item.has("dataset") or item.has("field", "value", "metric"):
            return False
        shown = {name.partition(".")[0] for name in self.fields} | self.bases
        return not {meaning.name for meaning in item.of("dataset")} & shown

    def is_of_other_events(self, item: Item) -> bool:
        """ "Orders delivered late": no value of the returns that came for "late delivery", which only resembles the words."""
        values = item.of("value")
        if item.used != "value" or not values or any(meaning.how not in _RESEMBLES for meaning in values):
            return False
        names = [split_route(meaning.name)[0] for meaning in values]
        return all(
            name.partition(".")[0] not in self.reached and self.view.whole.field(name).shared_dimension is None
            for name in names
        )

    def _said(self, item: Item) -> set[str]:
        return {token.base for token in self.draft.tokens[item.span.start : item.span.end]}

    def _only_says_what_happened(self, name: str) -> bool:
        """Whether a figure is of the same events as one that is shown, and of all of them: "sold", "placed"."""
        metric = self.view.whole.metric_by_name[name]
        filters = {self.view.whole.metric_by_name[other].filter for other in self.metrics}
        if metric.filter not in {None, *filters} or metric.is_state or parts_of(metric):
            return False
        seen = self.metrics & self.view.metrics.keys()  # parts may be hidden from the one who asks
        times = set(metric_time(self.view, name)) if name in self.view.metrics else set()
        return any(times & set(metric_time(self.view, other)) for other in seen)

    def _words(self) -> frozenset[str]:
        """Every word that the figures shown, their datasets and the fields shown are called by."""
        found: set[str] = set()
        for name in self.metrics:
            metric = self.view.whole.metric_by_name[name]
            for words in (metric.label, metric.name, *metric.words.synonyms):
                found |= set(phrase_key(words))
        for item in self.draft.items:
            for meaning in item.of("dataset"):
                if (
                    item.used is not None
                    and meaning.name in self.reached
                    and (known := self.view.datasets.get(meaning.name)) is not None
                ):
                    for words in (known.label, known.singular, known.name, *known.words.synonyms):
                        found |= set(phrase_key(words))
        for reference in self.fields:
            field = self.view.whole.field(reference)
            for words in (field.label, field.name, *field.words.synonyms):
                found |= set(phrase_key(words))
        return frozenset(found)


def _is_money(metric: Metric) -> bool:
    said = metric.unit is None and bool((MONEY - {"total"}) & set(phrase_key(metric.label)))
    return said or (metric.unit is not None and is_currency(metric.unit))


def _verbs(metric: Metric) -> set[str]:
    """The stems of the participles in a figure's label."""
    return {verb_stem(word) for word in phrase_key(metric.label) if word.endswith("ed") or is_verb_form(word)}


def _is_told_by(view: CatalogView, name: str) -> bool:
    """Whether a figure's own name says what was done, so that another deed is another figure's."""
    return bool(_verbs(view.whole.metric_by_name[name]))


@ForEachView
def verbs_of_figures(view: CatalogView) -> frozenset[str]:
    """The stems of the participles that any figure is named by."""
    return frozenset[str]().union(*(_verbs(metric) for metric in view.metrics.values()))


def _is_named(meaning: Meaning) -> bool:
    return meaning.how in _NAMED and meaning.score > _SURE


def with_parts(view: CatalogView, names: set[str]) -> Iterator[str]:
    """Figures, and all that they are made of."""
    todo, seen = list(names), set[str]()
    while todo:
        name = todo.pop()
        if name in seen or name not in view.whole.metric_by_name:
            continue
        seen.add(name)
        yield name
        todo += parts_of(view.whole.metric_by_name[name])
