"""Words for what can be moved: the catalog's levers, and metrics by their own names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from agent.planners.embedded.counts import count_metrics
from agent.planners.embedded.cues import FUNCTION_WORDS
from agent.planners.embedded.spans import corrected_bases
from catalog.access import CatalogView
from catalog.models import Metric
from semantic_context.linking import Meaning, PhraseTable
from semantic_context.words import tokenize

_BEFORE = re.compile(
    r"^(?:(?:the|our|all|a|an|my|their|its|his|her|this|that|these|of|in|on|for|any|current|whole|entire|total|overall)\s+)+",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"\s+(?:level|levels|figure|number|numbers|value|rate itself|overall|across the board|everywhere)$", re.I
)


@dataclass(frozen=True)
class NamedLever:
    """A lever as a question names it: the name that a request uses, and the metric it moves."""

    name: str
    label: str
    metric: Metric


@dataclass(frozen=True)
class LeverWords:
    """Finds levers by their words. `phrases` are the catalog's own (metrics among them)."""

    view: CatalogView
    phrases: PhraseTable

    @cached_property
    def _declared(self) -> PhraseTable:
        table = PhraseTable(FUNCTION_WORDS)
        for lever in self.view.whole.strategy.levers:
            metric = self.view.metrics.get(lever.moves)
            if metric is None:
                continue
            for words in (lever.name.replace("_", " "), lever.label or metric.label, *lever.synonyms):
                table.add(words, Meaning("metric", lever.name, 1.0, "name"))
        return table

    def levers(self) -> tuple[NamedLever, ...]:
        """The declared levers that the role may move."""
        found = []
        for lever in self.view.whole.strategy.levers:
            metric = self.view.metrics.get(lever.moves)
            if metric is not None:
                found.append(NamedLever(lever.name, lever.label or metric.label, metric))
        return tuple(found)

    def find(self, text: str) -> tuple[NamedLever, ...]:
        """The levers that a phrase names as a whole, best first; several where it is ambiguous, none where it names none."""
        text = text.strip(" ,.;:'\"")
        for words in dict.fromkeys((text, _BEFORE.sub("", text), _AFTER.sub("", _BEFORE.sub("", text)))):
            found = self._found(words)
            if found:
                return found
        return ()

    def inside(self, text: str) -> tuple[NamedLever, str] | None:
        """The lever that the longest run of words names, and the words around it ("prices" and "of Electronics")."""
        words = text.split()
        for length in range(len(words) - 1, 0, -1):
            for start in (0, *range(1, len(words) - length + 1)):
                found = self.find(" ".join(words[start : start + length]))
                if len(found) == 1:
                    rest = " ".join([*words[:start], *words[start + length :]])
                    return found[0], rest
        return None

    def _found(self, text: str) -> tuple[NamedLever, ...]:
        tokens = [token for token in tokenize(text) if token.folded[:1].isalnum()]
        if not tokens:
            return ()
        words, bases = tuple(token.folded for token in tokens), tuple(token.base for token in tokens)
        by_name = {lever.name: lever for lever in self.levers()}
        declared = self._declared.find(words, bases)
        if declared:
            best = max(item.score for item in declared)
            return tuple(by_name[item.name] for item in declared if item.score == best)
        corrected = tuple(corrected_bases(tokens, self.phrases, frozenset()))
        found = [
            item
            for item in self.phrases.find(words, bases) or self.phrases.find(corrected, corrected)
            if item.kind == "metric" and item.name in self.view.metrics
        ]
        if not found:
            declared = self._declared.find(corrected, corrected)
            return tuple(by_name[item.name] for item in declared) or self._counted(words, bases)
        best = max(item.score for item in found)
        names = [item.name for item in found if item.score >= best - 0.02]
        moved = {lever.metric.name: lever for lever in by_name.values()}
        return tuple(
            moved.get(name) or NamedLever(name, self.view.metrics[name].label, self.view.metrics[name])
            for name in names
        )

    def _counted(self, words: tuple[str, ...], bases: tuple[str, ...]) -> tuple[NamedLever, ...]:
        """A thing's name stands for how many there are: "if stays fell by 10 %"."""
        for item in self.phrases.find(words, bases):
            names = count_metrics(self.view, item.name) if item.kind == "dataset" else ()
            if names:
                return (NamedLever(names[0], self.view.metrics[names[0]].label, self.view.metrics[names[0]]),)
        return ()
