"""Verbs as what they do to the business: "ordered" is the orders, "sold" the sales, "watched" the watch sessions."""

from __future__ import annotations

import re
from functools import cached_property

from catalog.access import CatalogView
from catalog.models import AggregateMetric, Aggregation, FieldRole
from semantic_context.irregular_forms import IRREGULAR_VERBS
from semantic_context.words import phrase_key, verb_stem

# Nouns of verbs that no ending tells.
_NOUNS_OF = {
    "sell": "sale", "fly": "flight", "lose": "loss", "complain": "complaint", "receive": "receipt", "respond": "response",
    "subscribe": "subscription", "apply": "application", "choose": "choice", "give": "gift", "think": "thought",
    "prescribe": "prescription", "inquire": "inquiry", "enquire": "enquiry", "describe": "description", "stay": "stay",
    "convert": "conversion", "extend": "extension", "decide": "decision", "admit": "admission", "submit": "submission",
    "suspend": "suspension", "expand": "expansion",
}  # fmt: skip
_NOUNS = {verb_stem(verb): noun for verb, noun in _NOUNS_OF.items()}
_ENDINGS = (
    "",
    "s",
    "er",
    "or",
    "ing",
    "ment",
    "ement",
    "al",
    "ation",
    "ion",
    "tion",
    "ition",
    "y",
    "ery",
    "ance",
    "ence",
    "ure",
)
# What a verb's noun may stand before, to name the same: "watch sessions".
_TAILS = frozenset(
    "session hour minute event record entry item log transaction visit line time answer response".split()
)
# Verbs of everyday talk for one doing: what no figure is called by the one, one may be by another.
_ALIKE = tuple(
    frozenset(verbs.split())
    for verbs in (
        "buy purchase order shop",
        "come arrive visit",
        "give donate contribute",
        "watch view stream",
        "rent hire borrow",
        "book reserve",
    )
)
_IS_EMPTY = re.compile(r"\b(?:empty|blank|null)\b", re.IGNORECASE)
_COUNTING = frozenset(("count", "number", "total", "all", "of", "the", "amount", "volume"))


def stem_of(verb: str) -> str:
    """What the forms of a verb share: "sold" and "selling" give "sell"."""
    word = verb.casefold()
    return verb_stem(IRREGULAR_VERBS.get(word, word))


def is_noun_of(word: str, verb: str) -> bool:
    """Whether a noun is what a verb's doing is called, or who does it: "sale" and "sell", "renewal" and "renewed"."""
    stem = stem_of(verb)
    base = phrase_key(word)[0] if phrase_key(word) else word.casefold()
    if base == _NOUNS.get(stem) or stem_of(base) == stem:
        return True
    roots = {stem, stem.removesuffix("e"), stem[:-1] + "i" if stem.endswith("y") else stem, stem + stem[-1:]}
    return len(stem) >= 3 and any(base == root + ending for root in roots for ending in _ENDINGS if len(root) >= 3)


class Verbs:
    """What the verbs of questions stand for in one view of a catalog."""

    def __init__(self, view: CatalogView) -> None:
        self.view = view

    def metrics(self, verb: str) -> tuple[str, ...]:
        """The figures that a verb may be about, those called by nothing but its noun where there are any."""
        size = len(verb.split())
        said = {name: [len(words) for words in self._names[name] if _speaks(words, verb)] for name in self.view.metrics}
        plainly = tuple(name for name, sizes in said.items() if size in sizes)
        return plainly or tuple(name for name, sizes in said.items() if sizes)

    def doings(self, verb: str) -> tuple[str, ...]:
        """The figures that a verb may be about; where none is called by it, those called by a verb for the same doing."""
        own = self.metrics(verb)
        if own or " " in verb:
            return own
        alike = (
            other for verbs in _ALIKE if stem_of(verb) in {stem_of(each) for each in verbs} for other in sorted(verbs)
        )
        return tuple(dict.fromkeys(name for other in alike for name in self.metrics(other)))

    def times(self, dataset: str, verb: str) -> tuple[str, ...]:
        """dataset.field of the times of a dataset at which what the verb says was done: "hired", the hire date."""
        found = []
        for field in self.view.datasets[dataset].fields:
            if field.role is not FieldRole.TIME:
                continue
            texts = (field.name, field.label, *field.words.synonyms)
            if any(is_noun_of(word, part) for text in texts for word in phrase_key(text) for part in verb.split()[:1]):
                found.append(field)
        if len(found) > 1:  # of the day it was due and the day it came, the one that is empty until then
            found = [field for field in found if _IS_EMPTY.search(field.description or "")] or found
        return tuple(f"{dataset}.{field.name}" for field in found)

    @cached_property
    def _names(self) -> dict[str, tuple[tuple[str, ...], ...]]:
        """The words of every name of each figure that counts or adds up, and of the things whose rows it counts."""
        found: dict[str, tuple[tuple[str, ...], ...]] = {}
        for name, metric in self.view.metrics.items():
            texts = [metric.label, metric.name.replace("_", " "), *metric.words.synonyms]
            if isinstance(metric, AggregateMetric) and metric.aggregation is Aggregation.COUNT and not metric.filter:
                dataset = self.view.datasets.get(metric.dataset)
                texts += [dataset.singular, *dataset.words.synonyms] if dataset is not None else []
            found[name] = tuple(dict.fromkeys(words for text in texts if (words := _key(text))))
        return found


def _key(text: str) -> tuple[str, ...]:
    return tuple(word for word in phrase_key(text) if word not in _COUNTING)


def _speaks(words: tuple[str, ...], verb: str) -> bool:
    """Whether a name is a verb's noun and nothing more: "check-ins" of "checked in", "watch sessions" of "watched"."""
    parts = verb.casefold().split()
    if not words or not is_noun_of(words[0], parts[0]) or list(words[1 : len(parts)]) != parts[1:]:
        return False
    return len(words) == len(parts) or (len(words) == len(parts) + 1 and words[-1] in _TAILS)
