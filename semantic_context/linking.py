"""Words to meanings: every phrase of a question that a table of phrases knows, and the coverings that explain it best.

A span of the question may mean several things; the planner decides between them by what fits together. What no span
covers stays visible, so that no word is dropped in silence.
"""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from catalog.access import CatalogView
from catalog.models import AggregateMetric, Aggregation, Dataset, FieldRole, FieldType
from semantic_context.words import Token, is_verb_form, phrase_key, tokenize, verb_stem

MeaningKind = Literal[
    "metric", "field", "dataset", "value", "period", "number", "cue", "stop", "denied", "funnel", "step"
]

_GENERIC_TAILS = frozenset(
    ["rate", "value", "count", "total", "amount", "number", "score", "ratio", "percentage", "pct", "usd"]
)
# Words that alone name no field in particular.
_VAGUE_TAILS = frozenset(
    "name id key code number no date day time year month status type kind title label note text".split()
) | (_GENERIC_TAILS | frozenset("average mean total overall sum count median new active gross net times".split()))
# ... but do behind "by", where the rows that are spoken of have one field of the sort.
_SORTS_OF = frozenset("kind type status class reason level tier group".split())
_GENERIC_HEADS = (("time", "to"), ("average",), ("share", "of"), ("rate", "of"))
_AGGREGATE_WORDS = frozenset("average mean total overall sum number count median new active gross net".split())
# How people ask for personal data, whatever a catalog calls it.
_PERSONAL_WORDS: dict[str, tuple[str, ...]] = {
    "name": ("name", "full name", "first name", "last name", "surname", "family name"),
    "email": ("email", "email address", "mail address"),
    "phone": ("phone", "phone number", "telephone", "telephone number", "mobile number", "cell number"),
    "address": ("address", "home address", "postal address", "street address"),
    "birth_date": ("birthday", "birth date", "date of birth", "dob"),
}
_PERSONAL_NOUNS = frozenset(phrase.split()[-1] for phrases in _PERSONAL_WORDS.values() for phrase in phrases)
_AVERAGES = ("average", "avg", "mean")
# What a name may begin with that only asks for it.
_ASKING_WORDS = (
    ("how", "many"),
    ("how", "much"),
    ("number", "of"),
    ("count", "of"),
    ("amount", "of"),
    ("total",),
    ("all",),
)
_PARENTHESES = re.compile(r"\s*\([^)]*\)")
_WHO = re.compile(r"(?<=\w)\s+(?:who|that|which)\s+(?=\w)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Meaning:
    """One thing a span may mean. `name` is the metric, `dataset.field`, dataset or cue; `payload` what the source found."""

    kind: MeaningKind
    name: str
    score: float
    how: str = "name"  # name, synonym, short, inflection, typo, meaning
    payload: object = None


@dataclass(frozen=True, slots=True)
class Span:
    """Tokens `start` up to and without `end`, and what they may mean, best first.

    `inner` are spans of other meaning that stand inside a phrase ("the average store order": a value in a name).
    """

    start: int
    end: int
    text: str
    meanings: tuple[Meaning, ...]
    inner: tuple[Span, ...] = ()
    size: int = 0  # the words that count as its own; 0 is all of them

    @property
    def best(self) -> Meaning:
        return self.meanings[0]

    def of(self, kind: MeaningKind) -> tuple[Meaning, ...]:
        """Its meanings of one kind."""
        return tuple(item for item in self.meanings if item.kind == kind)


@dataclass(frozen=True, slots=True)
class Covering:
    """Non-overlapping spans in order, the tokens they leave unexplained, and how well they explain the question."""

    spans: tuple[Span, ...]
    unexplained: tuple[Token, ...]
    score: float


class PhraseTable:
    """Phrases with what they mean, looked up at every place of a question.

    A phrase is found as written, by its words' base forms, by coarser stems, and with stop words left out of it; each
    step is weaker evidence than the one before.
    """

    _INFLECTED = 0.985
    _BESIDE_EXACT = 0.95
    _STEMMED = 0.94
    _WITHOUT_STOPS = 0.96

    def __init__(self, stop_words: frozenset[str] = frozenset()) -> None:
        self._stop_words = stop_words
        self._by_words: dict[tuple[str, ...], dict[tuple[str, str], Meaning]] = defaultdict(dict)
        self._by_bases: dict[tuple[str, ...], dict[tuple[str, str], Meaning]] = defaultdict(dict)
        self._by_stems: dict[tuple[str, ...], dict[tuple[str, str], Meaning]] = defaultdict(dict)
        self._by_content: dict[tuple[str, ...], dict[tuple[str, str], Meaning]] = defaultdict(dict)
        self.longest = 1
        self.sorts: dict[str, list[Meaning]] = defaultdict(list)  # "kind" to every field that is a kind of something
        self.flags: dict[tuple[str, ...], tuple[Meaning, ...]] = {}  # folded words to the yes-or-no fields they name
        self.aliases: dict[str, str] = {}  # base form of a thing's other name to that of its own ("client": "customer")

    def add(self, phrase: str, meaning: Meaning, *, as_written: bool = False) -> None:
        """Teach a phrase; the better score wins where it is known with the same meaning. `as_written` knows no inflection."""
        tokens = [token for token in tokenize(phrase) if token.folded[:1].isalnum()]
        if not tokens:
            return
        words = tuple(token.folded for token in tokens)
        bases = tuple(token.base for token in tokens)
        if "avg" in words:  # a question's "avg" is written out
            self.add(" ".join("average" if word == "avg" else word for word in words), meaning, as_written=as_written)
        self.longest = max(self.longest, len(words))
        self._put(self._by_words, words, meaning, meaning.score)
        if as_written:
            return
        content = tuple(verb_stem(token.base) for token in tokens if token.folded not in self._stop_words)
        whose = len(words) == 2 and words[0].endswith("ing")  # "ordering customers" are no orders from customers
        if len(content) >= 2 and meaning.kind == "metric" and not whose:
            self._put(self._by_content, content, meaning, meaning.score * self._WITHOUT_STOPS, "inflection")
        if len(words) > 1 and words[0] in _AVERAGES:
            return  # "average order" is no "average orders": one is a value, the other a count
        self._put(self._by_bases, bases, meaning, meaning.score * self._INFLECTED)
        stems = tuple(verb_stem(base) for base in bases)
        self._put(self._by_stems, stems, meaning, meaning.score * self._STEMMED, "inflection")

    def add_flag(self, phrase: str, meaning: Meaning) -> None:
        """Teach that a phrase names a yes-or-no field: its negation then says for which things it is not so."""
        words = tuple(token.folded for token in tokenize(phrase) if token.folded[:1].isalnum())
        words = words[1:] if len(words) > 1 and words[0] in ("is", "was") else words
        if words and all(item.name != meaning.name for item in self.flags.get(words, ())):
            self.flags[words] = (*self.flags.get(words, ()), meaning)

    @staticmethod
    def _put(
        table: dict[tuple[str, ...], dict[tuple[str, str], Meaning]],
        key: tuple[str, ...],
        meaning: Meaning,
        score: float,
        how: str = "",
    ) -> None:
        known = table[key].get((meaning.kind, meaning.name))
        if known is None or known.score < score:
            table[key][meaning.kind, meaning.name] = Meaning(
                meaning.kind, meaning.name, score, how or meaning.how, meaning.payload
            )

    def find(self, words: tuple[str, ...], bases: tuple[str, ...]) -> tuple[Meaning, ...]:
        """What a phrase means: as written and by base forms, else by stems."""
        found = dict(self._by_words.get(words, {}))
        is_verb = len(words) == 1 and is_verb_form(words[0])
        for key, meaning in self._by_bases.get(bases, {}).items():
            if is_verb and (meaning.kind in ("dataset", "field") or meaning.how == "short"):
                continue  # who "left" took no leave, and what was "made" somewhere is of no make
            # A plural where the name has a singular is weaker evidence, all the more beside a name that fits exactly.
            score = meaning.score * self._BESIDE_EXACT if found and key not in found else meaning.score
            if key not in found or found[key].score < score:
                found[key] = replace(meaning, score=score)
        if all(meaning.how == "participle" for meaning in found.values()):
            stemmed = self._by_stems.get(tuple(verb_stem(base) for base in bases), {})
            found = {
                **{key: item for key, item in stemmed.items() if not (is_verb and item.kind in ("dataset", "field"))},
                **found,
            }
        return tuple(found.values())

    def means(self, phrase: str) -> tuple[Meaning, ...]:
        """What a phrase written out means."""
        tokens = [token for token in tokenize(phrase) if token.folded[:1].isalnum()]
        return self.find(tuple(token.folded for token in tokens), tuple(token.base for token in tokens))

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Every base form in any phrase; fixed at first use."""
        return frozenset(itertools.chain.from_iterable(self._by_bases))

    @cached_property
    def written(self) -> frozenset[str]:
        """Every word in any phrase as it is written, and its base form; fixed at first use."""
        return frozenset(itertools.chain.from_iterable(self._by_words)) | self.vocabulary

    @cached_property
    def names(self) -> frozenset[str]:
        """Words that are a phrase by themselves, as base forms; fixed at first use."""
        return frozenset(bases[0] for bases in self._by_bases if len(bases) == 1)

    @cached_property
    def neighbours(self) -> frozenset[tuple[str, str]]:
        """Every two base forms that follow each other in a phrase; fixed at first use."""
        return frozenset(pair for bases in self._by_bases for pair in itertools.pairwise(bases))

    def spans(self, tokens: Sequence[Token], bases: Sequence[str], values: Sequence[Span] = ()) -> list[Span]:
        """Every phrase that stands in the tokens; `bases` may hold corrected spellings. A phrase may also be found with
        stop words, or one of the `values`, standing inside it."""
        words = [index for index, token in enumerate(tokens) if token.folded[:1].isalnum()]
        spans = self._contiguous(tokens, bases, words)
        content = [index for index in words if tokens[index].folded not in self._stop_words]
        spans += self._with_gaps(tokens, bases, content, ())
        whole_names = {(span.start, span.end) for span in spans if any(item.kind == "metric" for item in span.meanings)}
        for value in values:
            if any(start <= value.start and value.end < end for start, end in whole_names):
                continue  # the value's words begin a name of their own ("new customers")
            around = [index for index in content if not value.start <= index < value.end]
            spans += self._with_gaps(tokens, bases, around, (value,))
        return spans

    def _contiguous(self, tokens: Sequence[Token], bases: Sequence[str], words: Sequence[int]) -> list[Span]:
        spans = []
        for place in range(len(words)):
            for length in range(min(self.longest, len(words) - place), 0, -1):
                picked = words[place : place + length]
                corrected = any(bases[index] != tokens[index].base for index in picked)
                written = tuple(bases[index] if corrected else tokens[index].folded for index in picked)
                meanings = self.find(written, tuple(bases[index] for index in picked))
                if meanings:
                    spans.append(_span(tokens, picked, meanings, 0.97 if corrected else 1.0))
        return spans

    def _with_gaps(
        self, tokens: Sequence[Token], bases: Sequence[str], content: Sequence[int], inner: tuple[Span, ...]
    ) -> list[Span]:
        spans = []
        for place in range(len(content)):
            for length in range(min(self.longest, len(content) - place), 1, -1):
                picked = content[place : place + length]
                gaps = picked[-1] - picked[0] + 1 - length
                held = not inner or picked[0] < inner[0].start < picked[-1]
                if not gaps or gaps > 4 or not held or _parted(tokens, picked):
                    continue
                meanings = self._by_content.get(tuple(verb_stem(bases[index]) for index in picked))
                if meanings:
                    spans.append(_span(tokens, picked, tuple(meanings.values()), 0.98, inner))
        return spans


def _parted(tokens: Sequence[Token], picked: Sequence[int]) -> bool:
    """Whether "by" stands between the words, and no doer behind it: "parcels by status" is no parcel status; or a verb and one
    thing of many, as in "how many guests does an event draw"."""
    between = [token.folded for token in tokens[picked[0] : picked[-1]]]
    if any(pair[0] in ("do", "does", "did") and pair[1] in ("a", "an") for pair in itertools.pairwise(between)):
        return True
    return any(
        tokens[place].folded == "by" and tokens[place + 1].folded not in ("our", "us", "my", "the")
        for place in range(picked[0], picked[-1])
    )


def _span(
    tokens: Sequence[Token],
    picked: Sequence[int],
    meanings: tuple[Meaning, ...],
    factor: float,
    inner: tuple[Span, ...] = (),
) -> Span:
    end = picked[-1] + 1
    text = " ".join(tokens[index].text for index in range(picked[0], end))
    scored = [meaning if factor == 1.0 else replace(meaning, score=meaning.score * factor) for meaning in meanings]
    ranked = tuple(sorted(scored, key=lambda item: (-item.score, item.kind, item.name)))
    return Span(picked[0], end, text, ranked, inner, len(picked))


def _without_generic_tail(phrase: str) -> str | None:
    words = phrase_key(phrase)
    if len(words) >= 2 and words[-1] in _GENERIC_TAILS and not set(words[:-1]) <= _AGGREGATE_WORDS:
        return " ".join(words[:-1])
    return None


def _participle(phrase: str) -> str | None:
    """The verb of a time's name ("Delivered at", "date booked"), where it is a participle."""
    words = [
        token.folded
        for token in tokenize(phrase)
        if token.folded not in ("at", "on", "date", "time", "day", "ts", "utc")
    ]
    return words[0] if len(words) == 1 and words[0].endswith("ed") else None


def _inverted(phrase: str) -> str | None:
    words = phrase_key(phrase)
    return f"{words[1]} of {words[0]}" if len(words) == 2 else None


def _reason_for(phrase: str, singular: str) -> str | None:
    """ "return reason", or a return's "reason", as people say it: "reason for return"."""
    words = phrase_key(phrase)
    if not words or words[-1] not in ("reason", "cause"):
        return None
    about = " ".join(words[:-1]) or " ".join(phrase_key(singular))
    return f"{words[-1]} for {about}"


def _field_phrases(
    dataset: Dataset, label: str, name: str, synonyms: Iterable[str]
) -> Iterable[tuple[str, float, str]]:
    for phrase, score, how in (
        (label, 1.0, "name"),
        (name, 1.0, "name"),
        *((word, 0.98, "synonym") for word in synonyms),
    ):
        yield phrase, score, how
        if (about := _reason_for(phrase, dataset.singular)) is not None:
            yield about, score, how
        own, words = phrase_key(dataset.singular), phrase_key(phrase)
        if not set(own) & set(words):
            yield f"{dataset.singular} {phrase}", score, how
        elif words[: len(own)] == own and len(words) > len(own) and not set(words[len(own) :]) & _VAGUE_TAILS:
            yield " ".join(words[len(own) :]), 0.9 * score, "short"  # "contact reason" is the contacts' "reason"


def _head_noun(phrase: str) -> str | None:
    """The noun that the other words of a name only qualify ("cancellation reason" is a "reason"), where it says enough."""
    words = phrase_key(phrase)
    is_noun = len(words) > 1 and len(words[-1]) > 3 and words[-1].isalpha() and not words[-1].endswith(("ed", "ing"))
    is_noun = is_noun and words[-1] not in _PERSONAL_NOUNS
    is_noun = is_noun and words[-1] not in ("through", "over", "under", "until", "before", "after", "from", "with")
    return words[-1] if is_noun and words[-1] not in _VAGUE_TAILS else None


def routed(reference: str, relationship: str) -> str:
    """The name of a field as one of several relationships leads to it ("the destination's city")."""
    return f"{reference}@{relationship}"


def split_route(name: str) -> tuple[str, tuple[str, ...]]:
    """dataset.field, and the relationship that a meaning's name says to take, if any."""
    reference, _, relationship = name.partition("@")
    return reference, (relationship,) if relationship else ()


def _add_roles(table: PhraseTable, view: CatalogView) -> None:
    """Fields by the role that their dataset plays: "origin depot", "city of the destination"."""
    for relationship in view.whole.relationships:
        target = view.datasets.get(relationship.to_dataset)
        if relationship.role is None or target is None or relationship.from_dataset not in view.datasets:
            continue
        for role in (relationship.role, *relationship.words.synonyms):
            for dataset, item in view.groupable_fields():
                if dataset.name != target.name or item.role is FieldRole.KEY:
                    continue
                name = routed(f"{target.name}.{item.name}", relationship.name)
                for label in (item.label, item.name, *item.words.synonyms):
                    for phrase in (f"{role} {label}", f"{label} of {role}", f"{label} of the {role}"):
                        table.add(phrase, Meaning("field", name, 1.0, "name"))
                if item.name == target.display_field:
                    table.add(f"{role} {target.singular}", Meaning("field", name, 0.97, "name"))
                    # The role alone may be the name of a thing or field of its own, which then is what is meant.
                    table.add(role, Meaning("field", name, 0.93, "name"))


def _sums_of_fields(view: CatalogView) -> dict[str, str]:
    """dataset.field to the one metric that sums it: who names the amount means its total."""
    found: dict[str, list[str]] = defaultdict(list)
    for metric in view.metrics.values():
        if isinstance(metric, AggregateMetric) and metric.aggregation is Aggregation.SUM:
            found[metric.expression].append(metric.name)
    return {field: names[0] for field, names in found.items() if len(names) == 1}


def _add_funnels(table: PhraseTable, view: CatalogView) -> None:
    """The names of funnels, and of their steps (payload: funnel and position)."""
    for name, funnel in view.whole.strategy.funnels.items():
        shown = [item for item in (funnel.entity, funnel.event) if item is not None]
        if not all(view.can_show(item) for item in shown):
            continue
        for phrase in (funnel.label, name, *funnel.synonyms):
            table.add(phrase, Meaning("funnel", name, 1.0, "name"))
        for place, step in enumerate(funnel.steps):
            for phrase in (step.words, step.value or step.metric or "", *step.synonyms):
                table.add(phrase, Meaning("step", f"{name}.{place}", 0.98, "name", (name, place)))


# What kind of measure a figure of a unit is, said behind its name though it is no part of it.
_KINDS_OF_MEASURE = {"score": ("score", "rating"), "fraction": ("rate", "percentage")}
_MEASURES = frozenset("score rating rate percentage percent margin share ratio fraction proportion part index".split())


def catalog_phrases(view: CatalogView, stop_words: frozenset[str] = frozenset()) -> PhraseTable:
    """The names, labels and synonyms of what the view shows. What it hides from the principal is marked denied only
    where it is personal, so that asking for it is refused rather than misunderstood."""
    table = PhraseTable(stop_words)
    sums = _sums_of_fields(view)
    things = {
        phrase_key(word)[-1]
        for item in view.datasets.values()
        for word in (item.singular, item.label)
        if phrase_key(word)
    }
    for metric in view.metrics.values():
        label = _PARENTHESES.sub("", metric.label)
        phrases = [(metric.name, 1.0, "name"), (label, 1.0, "name")]
        phrases += [(word, 0.98, "synonym") for word in metric.words.synonyms]
        for phrase, score, how in phrases:
            table.add(phrase, Meaning("metric", metric.name, score, how))
            for head in _GENERIC_HEADS:
                named = phrase_key(phrase)
                if named[: len(head)] == head and len(named) >= len(head) + 2:
                    if head[-1] == "of" and named[-1] in things:
                        continue  # a share of express parcels is no name for express parcels
                    rest = " ".join(phrase_key(phrase)[len(head) :])
                    table.add(rest, Meaning("metric", metric.name, 0.85 * score, "short"))
            if (said_short := _WHO.sub(" ", phrase)) != phrase:
                table.add(said_short, Meaning("metric", metric.name, 0.97 * score, how))  # "how many people left"
            words = phrase_key(phrase)
            if len(words) == 2 and words[0].endswith("ed") and words[1] in things:
                table.add(words[0], Meaning("metric", metric.name, 0.97 * score, "participle"))  # "churned" customers
                if (
                    not metric.is_state and metric.kind != "cumulative"
                ):  # "customers registered" came in, "registered" ones are all
                    table.add(f"{words[1]} {words[0]}", Meaning("metric", metric.name, 0.96 * score, how))
            if short := _without_generic_tail(phrase):
                table.add(short, Meaning("metric", metric.name, 0.85 * score, "short"))
            for tail in _KINDS_OF_MEASURE.get(metric.unit or "", ()):
                if words and not set(words) & _MEASURES:
                    table.add(f"{phrase} {tail}", Meaning("metric", metric.name, 0.96 * score, how))  # "NPS score"
            if inverted := _inverted(phrase):
                table.add(inverted, Meaning("metric", metric.name, 0.97 * score, how))
    for dataset, item in view.groupable_fields():
        # A time is rarely asked for by its field's name, which is often a verb's ("Booked at").
        worth = 0.6 if item.role is FieldRole.TIME else 1.0
        for phrase, score, how in _field_phrases(dataset, item.label, item.name, item.words.synonyms):
            table.add(phrase, Meaning("field", f"{dataset.name}.{item.name}", score * worth, how))
            if item.type is FieldType.BOOLEAN:
                table.add_flag(phrase, Meaning("field", f"{dataset.name}.{item.name}", score, how))
            is_dimension = how == "name" and item.role is FieldRole.DIMENSION and item.type is FieldType.STRING
            if is_dimension and (last := phrase_key(phrase)[-1:]) and last[0] in _SORTS_OF:
                table.sorts[last[0]].append(Meaning("field", f"{dataset.name}.{item.name}", 0.8 * score, "short"))
            noun = _head_noun(phrase) if is_dimension else None
            if noun is not None and noun not in stop_words:
                table.add(noun, Meaning("field", f"{dataset.name}.{item.name}", 0.84 * score, "short"))
            if item.role is FieldRole.TIME and (verb := _participle(phrase)) is not None:
                table.add(verb, Meaning("field", f"{dataset.name}.{item.name}", 0.9 * score * worth, how))
            if (total := sums.get(f"{dataset.name}.{item.name}")) is not None:
                table.add(phrase, Meaning("metric", total, 0.9 * score, "synonym"))
    _add_roles(table, view)
    for dataset in view.datasets.values():
        if dataset.hidden:
            continue
        for phrase in (dataset.label, dataset.singular, dataset.name):
            table.add(phrase, Meaning("dataset", dataset.name, 0.95, "name"))
        for phrase in dataset.words.synonyms:
            table.add(phrase, Meaning("dataset", dataset.name, 0.93, "synonym"))
            own, other = phrase_key(dataset.singular), phrase_key(phrase)
            if len(own) == len(other) == 1 and own != other:
                table.aliases[other[0]] = own[0]
    _add_funnels(table, view)
    for reference in view.denied_personal_fields:
        dataset, item = view.whole.dataset_by_name[reference.partition(".")[0]], view.whole.field(reference)
        for phrase, score, how in _field_phrases(dataset, item.label, item.name, item.words.synonyms):
            table.add(phrase, Meaning("denied", reference, 0.9 * score, how))
        for phrase in _PERSONAL_WORDS.get(item.personal_data or "", ()):
            table.add(phrase, Meaning("denied", reference, 0.8, "synonym"))
            table.add(f"{dataset.singular} {phrase}", Meaning("denied", reference, 0.9, "synonym"))
    return table


def spread_inner(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Spans with those inside them as spans of their own, behind them."""
    spread: list[Span] = []
    for span in spans:
        spread.append(span)
        spread.extend(span.inner)
    return tuple(spread)


def written_out(word: str, table: PhraseTable, before: str = "", after: str = "") -> str | None:
    """The one word that a shortened one begins ("rev" is revenue), or None: from three letters, two left off at least;
    among several, the one that a name has beside one of its neighbours, else the one that is a name by itself."""
    if len(word) < 3 or not word.isalpha():
        return None
    begun = {name for name in table.vocabulary if name.startswith(word) and len(name) >= len(word) + 2}
    beside = {name for name in begun if (before, name) in table.neighbours or (name, after) in table.neighbours}
    if len(beside) == 1:
        return beside.pop()
    if len(begun) > 1:
        begun &= table.names
    return begun.pop() if len(begun) == 1 else None


def cover(
    tokens: Sequence[Token],
    spans: Iterable[Span],
    *,
    weights: Mapping[MeaningKind, float],
    keep: int = 6,
) -> tuple[Covering, ...]:
    """The best coverings of the tokens by non-overlapping spans, best first.

    A span is worth its best meaning's score and kind, more than in proportion to its length (a longer phrase is better
    evidence than its parts); a word left over costs. Signs left over cost nothing.
    """
    by_start: dict[int, list[Span]] = defaultdict(list)
    for span in spans:
        by_start[span.start].append(span)
    # best[i]: the best ways to explain tokens i.. as (score, spans)
    best: list[list[tuple[float, tuple[Span, ...]]]] = [[] for _ in range(len(tokens) + 1)]
    best[len(tokens)] = [(0.0, ())]
    for index in range(len(tokens) - 1, -1, -1):
        ways = []
        if not any(span.best.kind == "stop" for span in by_start.get(index, ())):
            cost = 1.0 if tokens[index].folded[:1].isalnum() else 0.0
            ways = [(score - cost, rest) for score, rest in best[index + 1]]
        for span in by_start.get(index, ()):
            worth = _worth(span, tokens, weights) + sum(_worth(inner, tokens, weights) for inner in span.inner)
            ways += [(worth + score, (span, *rest)) for score, rest in best[span.end]]
        ways.sort(key=lambda way: (-way[0], tuple((span.start, span.end) for span in way[1])))
        best[index] = ways[:keep]
    coverings = []
    for score, chosen in best[0]:
        covered = {place for span in chosen for place in range(span.start, span.end)}
        left = tuple(token for place, token in enumerate(tokens) if place not in covered and token.folded[:1].isalnum())
        coverings.append(Covering(chosen, left, score))
    return tuple(coverings)


def _worth(span: Span, tokens: Sequence[Token], weights: Mapping[MeaningKind, float]) -> float:
    size = span.size or sum(1 for token in tokens[span.start : span.end] if token.folded[:1].isalnum())
    best = max(weights[item.kind] * item.score for item in span.meanings)
    asking = _asking_words(span, tokens) if span.best.kind in ("metric", "field", "dataset") else 0
    # "how many customers" says no more of its metric than "customers": the asking words weigh what they weigh alone.
    return float(best * max(size - asking, 1) ** 1.35 + (weights["cue"] * asking**1.35 if asking else 0.0))


def _asking_words(span: Span, tokens: Sequence[Token]) -> int:
    """How many words at a name's start only ask for it ("how many", "number of")."""
    words = tuple(token.folded for token in tokens[span.start : span.end])
    lead = next((lead for lead in _ASKING_WORDS if words[: len(lead)] == lead), ())
    return len(lead) if len(lead) < len(words) else 0


def merge_spans(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Spans over the same tokens become one with all their meanings, best first."""
    grouped: dict[tuple[int, int, tuple[int, ...]], list[Span]] = defaultdict(list)
    for span in spans:
        grouped[span.start, span.end, tuple(item.start for item in span.inner)].append(span)
    merged = []
    for (start, end, _), group in sorted(grouped.items()):
        meanings: dict[tuple[str, str, int], Meaning] = {}
        for meaning in itertools.chain.from_iterable(span.meanings for span in group):
            key = (meaning.kind, meaning.name, id(meaning.payload) if meaning.kind in ("period", "number") else 0)
            if key not in meanings or meanings[key].score < meaning.score:
                meanings[key] = meaning
        found = list(meanings.values())
        if any(item.how in ("name", "synonym") and item.kind in ("metric", "field", "dataset") for item in found):
            found = [item for item in found if item.how != "short"]  # a name cut short yields to a whole one
        ranked = tuple(sorted(found, key=lambda item: (-item.score, item.kind, item.name)))
        merged.append(Span(start, end, group[0].text, ranked, group[0].inner, group[0].size))
    return tuple(merged)
