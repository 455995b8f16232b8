"""The nearest things that exist, as this principal may see them: for words that no name or synonym explains."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from semantic_context.values import ValueIndex

if TYPE_CHECKING:
    from semantic_context.documents import DocumentKind
    from semantic_context.index import Hit

from catalog.access import CatalogView
from catalog.plan import Choice
from semantic_context.linking import Meaning, MeaningKind

# Below the first a hit is no more than a suggestion; a hit must also stand clear of the next different one.
_SURE_ENOUGH = 0.74
_CLEAR_BY = 0.06
_LIKE_A_VERIFIED_ONE = 0.7
_WORTH_SUGGESTING = 0.36
_ALIKE = 0.75  # of how two words are written


def _looks_like(word: str, value: str) -> bool:
    """Whether a value, or a word of it, is written much like the unknown word: "Mars" is no "Marlow Classic Smart Bulb"."""
    folded = word.casefold()
    parts = (value.casefold(), *value.casefold().split())
    return any(difflib.SequenceMatcher(None, folded, part).ratio() >= _ALIKE for part in parts)


class MeaningSearch(Protocol):
    """Search by meaning: a SemanticIndex, or one that opens when first asked."""

    def search(
        self, text: str, view: CatalogView, kinds: Sequence[DocumentKind] | None = None, limit: int = 10
    ) -> tuple[Hit, ...]:
        """The nearest things, best first."""
        ...


class Nearest:
    """Search by meaning over metrics and fields, and by spelling over values."""

    def __init__(self, view: CatalogView, index: MeaningSearch | None, values: ValueIndex | None) -> None:
        self.view = view
        self.index = index
        self.values = values

    def by_meaning(self, words: str) -> tuple[Meaning, ...]:
        """What words surely mean by their meaning alone: one metric or field, or nothing."""
        if self.index is None or len(words) < 3:
            return ()
        hits = self.index.search(words, self.view, kinds=("metric", "field"), limit=5)
        if not hits or hits[0].score < _SURE_ENOUGH:
            return ()
        rivals = [hit for hit in hits[1:] if hit.name != hits[0].name]
        if rivals and rivals[0].score > hits[0].score - _CLEAR_BY:
            return ()
        kind: MeaningKind = "metric" if hits[0].kind == "metric" else "field"
        return (Meaning(kind, hits[0].name, 0.8 * hits[0].score, "meaning"),)

    def choices(self, question: str, words: Sequence[str], limit: int = 4) -> tuple[Choice, ...]:
        """Questions to ask instead: the unknown words replaced by the nearest values or metrics."""
        choices: list[Choice] = []
        if self.index is not None and self.view.whole.verified_questions and not self.view.role.row_filters:
            for found in self.index.search(question, self.view, kinds=("question",), limit=2):
                if found.score >= _LIKE_A_VERIFIED_ONE:
                    choices.append(Choice(label=found.name, question=found.name))
        for word in words[:2]:
            if self.values is not None and any(char.isalpha() for char in word):
                for near in self.values.nearest(self.view, None, word, 2):
                    label = str(near.value)
                    if not _looks_like(word, label):
                        continue
                    choices.append(Choice(label=label, question=question.replace(word, label)))
            if self.index is not None:
                for found in self.index.search(word, self.view, kinds=("metric",), limit=limit):
                    if found.score >= _WORTH_SUGGESTING:
                        label = self.view.whole.metric_by_name[found.name].label
                        choices.append(Choice(label=label, question=question.replace(word, label)))
        unique = {choice.label: choice for choice in choices}
        return tuple(unique.values())[:limit]
