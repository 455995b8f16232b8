"""What words are known to be, and figures by what they are called and measure: of money, named in full, the only one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from catalog.access import CatalogView
from catalog.models import Dataset, Metric
from catalog.units import is_currency
from semantic_context.linking import Meaning, PhraseTable
from semantic_context.values import ValueHit
from semantic_context.words import Token, tokenize

_NAMED = ("name", "synonym")


@dataclass(frozen=True)
class Known:
    """What words are known to be: names of the catalog, and values of its fields."""

    view: CatalogView
    phrases: PhraseTable
    values_named: Callable[[tuple[Token, ...]], tuple[ValueHit, ...]]
    values_held: Callable[
        [str], int
    ]  # how many values of a dataset.field there are to be seen; none of one that is unknown

    def is_figure(self, words: str) -> bool:
        """Whether a figure is called so in full."""
        return any(item.kind == "metric" and item.how in _NAMED for item in self.phrases.means(words))

    def is_thing(self, words: str) -> bool:
        """Whether words name the things of a dataset."""
        return any(item.kind == "dataset" for item in self.phrases.means(words))

    def datasets(self, things: str) -> tuple[Dataset, ...]:
        """The datasets of that name."""
        named = [item.name for item in self.phrases.means(things) if item.kind == "dataset" and item.how in _NAMED]
        return tuple(self.view.datasets[name] for name in named)


def meanings_said(text: str, known: Known, longest: int) -> Iterator[Meaning]:
    """What the words of a text name, in every run of up to so many of them."""
    words = [token.text for token in tokenize(text) if token.is_word]
    for start in range(len(words)):
        for end in range(start + 1, min(start + longest, len(words)) + 1):
            yield from known.phrases.means(" ".join(words[start:end]))


def is_of_money(metric: Metric) -> bool:
    """Whether a figure is told in a currency."""
    return metric.unit is not None and is_currency(metric.unit)


def figures_of_money(known: Known) -> list[Metric]:
    """Every figure told in a currency."""
    return [metric for metric in known.view.metrics.values() if is_of_money(metric)]


def figures_called(known: Known, names: Iterable[str]) -> list[Metric]:
    """The figures that are called by one of the names in full."""
    found = {
        item.name
        for name in names
        for item in known.phrases.means(name)
        if item.kind == "metric" and item.how in _NAMED
    }
    return [known.view.metrics[name] for name in sorted(found) if name in known.view.metrics]


def label_of_the_only(metrics: Iterable[Metric]) -> str | None:
    """The label of the one figure among these; None where there are none or several."""
    found = {metric.name: metric.label for metric in metrics}
    return next(iter(found.values())) if len(found) == 1 else None
