"""How the words of a question find values: whole, by a part of them, and with a letter wrong."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from semantic_context.english import is_english_word, is_nearer_to_english
from semantic_context.small_words import is_a_small_word
from semantic_context.spelling import slip_between
from semantic_context.value_keys import (
    FUNCTION_WORDS,
    MAX_WORDS,
    Word,
    joined,
    question_words,
    stem,
    stemmed,
    value_words,
    windows,
)
from semantic_context.value_store import Entry, ValueTables
from semantic_context.words import Token, base_form, fold

_JOINS = frozenset(("and", "but", "nor", "not", "or"))
How = Literal["exact", "synonym", "group", "labelled", "inflection", "contained", "typo"]

_MAX_QUESTION_WORDS = 400
# States that a verb has the same word for.
_STATES = frozenset("clean clear dry empty free live open".split())
_SCORES: dict[str, float] = {"exact": 1.0, "labelled": 0.99, "synonym": 0.98, "group": 0.98, "inflection": 0.9}
_MAX_CONTAINING = 8  # a word that more values of a field hold names none of them
_MAX_POSTINGS = 4_000
_SMALL_FIELD = 500
_MAX_NEAREST = 3  # a word as near to more than these is near to none
_NEAR_ENOUGH = 0.55
_BEING = ("is", "are", "was", "were")


@dataclass(frozen=True, slots=True)
class Match:
    """An entry that a span of the question's tokens may mean."""

    entry: Entry
    span: tuple[int, int]
    score: float
    how: How


class ValueSearch:
    """Looks the spans of one question up together."""

    def __init__(self, tables: ValueTables) -> None:
        self._tables = tables

    def find(
        self, tokens: Sequence[Token], visible: frozenset[int], filtered: frozenset[int], known_words: Collection[str]
    ) -> list[Match]:
        """Every match in fields that are visible; of `filtered` ones only what the catalog names."""
        words = question_words(tokens)[:_MAX_QUESTION_WORDS]
        if not words or not visible:
            return []
        shouted = all(word.text.isupper() for word in words if word.text.isalpha())
        spans = list(windows(words))
        matches = self._whole(words, spans, visible, shouted=shouted)
        matches += self._said_as_clauses(words, visible)
        matches += self._listed_letters(words, matches)
        counts = self._tables.word_counts(word.base for word in words)
        matches += self._contained(words, counts, visible, matches)
        matches += self._misspelt(words, counts, visible, matches, known_words)
        return _best(match for match in matches if _permitted(match, filtered))

    def _whole(
        self, words: Sequence[Word], spans: Iterable[tuple[int, int]], visible: frozenset[int], *, shouted: bool
    ) -> list[Match]:
        """Spans that are a value, a synonym or a group in their normal form."""
        keys: dict[str, list[tuple[int, int]]] = {}
        for start, stop in spans:
            bases = [word.base for word in words[start:stop]]
            keys.setdefault(joined(bases), []).append((start, stop))
            keys.setdefault(stemmed(bases), []).append((start, stop))
        found = self._tables.phrases(keys)
        entries = self._tables.entries(entry for pairs in found.values() for entry, _ in pairs)
        matches: list[Match] = []
        for key, pairs in found.items():
            for entry_id, how in pairs:
                entry = entries[entry_id]
                if entry.field not in visible:
                    continue
                for start, stop in keys[key]:
                    if is_a_small_word(words, start, stop):
                        continue
                    if how in ("exact", "inflection") and not _stands(words[start:stop], entry, shouted=shouted):
                        continue
                    if how == "inflection" and _was_done(words[start:stop], entry):
                        continue
                    matches.append(Match(entry, _span(words, start, stop), _SCORES[how], _how(how)))
        return matches

    def _said_as_clauses(self, words: Sequence[Word], visible: frozenset[int]) -> list[Match]:
        """ "Because the rent was too high": the value "Rent too high", said with its verb."""
        joints = {word.position for word in words if word.base in _BEING}
        if not joints:
            return []
        rest = [word for word in words if word.position not in joints]
        spans = [
            (start, stop)
            for start, stop in windows(rest)
            if any(rest[start].position < joint < rest[stop - 1].position for joint in joints)
        ]
        return self._whole(rest, spans, visible, shouted=False) if spans else []

    def _listed_letters(self, words: Sequence[Word], matches: Sequence[Match]) -> list[Match]:
        """Letters that follow another value of their field: "grade D or F". Alone a letter names no value."""
        letters = {
            index: word for index, word in enumerate(words) if index and len(word.base) == 1 and word.text.isupper()
        }
        if not letters:
            return []
        found = self._tables.phrases({word.base: [(index, index + 1)] for index, word in letters.items()})
        entries = self._tables.entries(entry for pairs in found.values() for entry, _ in pairs)
        listed: list[Match] = []
        for index, word in sorted(letters.items()):
            before = words[index - 1]
            if before.base in ("and", "or") and index > 1:
                before = words[index - 2]
            elif before.position == word.position - 1:
                continue
            fields = {match.entry.field for match in (*matches, *listed) if match.span[1] == before.position + 1}
            listed += [
                Match(entries[entry], (word.position, word.position + 1), _SCORES["labelled"], "labelled")
                for entry, _ in found.get(word.base, ())
                if entries[entry].field in fields and entries[entry].label == word.text
            ]
        return listed

    def _contained(
        self, words: Sequence[Word], counts: dict[str, int], visible: frozenset[int], whole: Sequence[Match]
    ) -> list[Match]:
        """Spans that are a part of a value, in its order: "acme" of "Acme Supplies Ltd". The longest spans only."""
        taken = [match.span for match in whole]
        matches: list[Match] = []
        for run_start, run_stop in _runs(words, counts):
            covered: list[tuple[int, int]] = []
            for length in range(min(MAX_WORDS, run_stop - run_start), 0, -1):
                for start in range(run_start, run_stop - length + 1):
                    stop = start + length
                    span = _span(words, start, stop)
                    if any(first <= span[0] and span[1] <= last for first, last in (*taken, *covered)):
                        continue
                    if {words[start].base, words[stop - 1].base} & _JOINS:
                        continue  # "legacies and trust grants" are two
                    found = self._holding(words[start:stop], counts, visible)
                    if found:
                        covered.append(span)
                        matches += [Match(entry, span, score, "contained") for entry, score in found]
        return matches

    def _holding(
        self, words: Sequence[Word], counts: dict[str, int], visible: frozenset[int]
    ) -> list[tuple[Entry, float]]:
        """The few entries that hold these words side by side, with how much of each they are."""
        bases = [word.base for word in words]
        telling = [base for base in bases if base not in FUNCTION_WORDS and len(base) > 2 and base in counts]
        if not telling or len(telling) * 2 < len(bases):
            return []
        rarest = min(telling, key=lambda base: counts[base])
        if counts[rarest] > (_MAX_CONTAINING * 8 if len(words) == 1 else _MAX_POSTINGS):
            return []
        ids = set(self._tables.entries_with(rarest, _MAX_POSTINGS))
        for base in telling:
            if base != rarest and counts[base] <= _MAX_POSTINGS:
                ids &= set(self._tables.entries_with(base, _MAX_POSTINGS))
        if len(ids) > _MAX_CONTAINING * 16:
            return []
        found: list[tuple[Entry, float]] = []
        by_field: dict[int, int] = {}
        for entry in sorted(self._tables.entries(ids).values(), key=lambda entry: entry.id):
            held = value_words(entry.label)
            if entry.field in visible and not entry.is_group and _side_by_side(bases, held):
                coverage = len(joined(bases)) / max(1, len(joined(held)))
                found.append((entry, round(0.5 + 0.35 * min(1.0, coverage), 4)))
                by_field[entry.field] = by_field.get(entry.field, 0) + 1
        return [(entry, score) for entry, score in found if by_field[entry.field] <= _MAX_CONTAINING]

    def _misspelt(
        self,
        words: Sequence[Word],
        counts: dict[str, int],
        visible: frozenset[int],
        matches: Sequence[Match],
        known_words: Collection[str],
    ) -> list[Match]:
        """Words that are none of anybody's, taken for the nearest word of a value, and looked up again."""
        covered = {position for match in matches for position in range(*match.span)}
        found: list[Match] = []
        for index, word in enumerate(words):
            if (
                word.position in covered
                or word.base in counts
                or word.base in known_words
                or not _may_be_misspelt(word)
            ):
                continue
            for right, distance in self._near(word):
                first = max(0, index - MAX_WORDS)
                repaired = [
                    *words[first:index],
                    replace(word, base=right, stem=stem(right)),
                    *words[index + 1 : index + MAX_WORDS],
                ]
                spans = [(start, stop) for start, stop in windows(repaired) if start <= index - first < stop]
                near = self._whole(repaired, spans, visible, shouted=False)
                if not near:
                    held = self._tables.word_counts(item.base for item in repaired)
                    around = repaired[max(0, index - first - 3) : index - first + 4]
                    near = [
                        match
                        for match in self._contained(around, held, visible, ())
                        if match.span[0] <= word.position < match.span[1]
                    ]
                penalty = 0.08 * distance
                found += [replace(match, score=round(match.score - penalty, 4), how="typo") for match in near]
        return found

    def _near(self, word: Word) -> list[tuple[str, int]]:
        """The nearest words that values hold, all by the likeliest slip; none where too many are as near."""
        text = fold(word.text)
        bound = 1 if len(text) < 8 else 2
        near = {other for form in {text, word.base} for other in self._tables.words_near(form, bound)}
        near |= self._tables.word_counts(base_form(form) for form in _swapped(text)).keys()
        slips = {other: slip for other in near if (slip := _slip(text, other, bound)) is not None}
        best = min(slips.values(), default=(0, False, False))
        if best[0] > 1 and is_nearer_to_english(word.base, best[0]):
            return []
        nearest = sorted((other, slip[0]) for other, slip in slips.items() if slip == best)
        return nearest if len(nearest) <= _MAX_NEAREST else []


def _slip(written: str, meant: str, bound: int) -> tuple[int, bool, bool] | None:
    """How a word is written instead of another or of more of it, the likelier slip first; None where it is none of these."""
    found = [
        slip for form in (meant, f"{meant}s", f"{meant}es") if (slip := slip_between(written, form, bound)) is not None
    ]
    return min(found, default=None)


def _swapped(word: str) -> list[str]:
    """A word with each two letters beside each other changed, as they are written too early or too late."""
    return [word[:place] + word[place + 1] + word[place] + word[place + 2 :] for place in range(len(word) - 1)]


def _how(how: str) -> How:
    known: dict[str, How] = {
        "exact": "exact",
        "synonym": "synonym",
        "group": "group",
        "labelled": "labelled",
        "inflection": "inflection",
    }
    return known[how]


def _span(words: Sequence[Word], start: int, stop: int) -> tuple[int, int]:
    return words[start].position, words[stop - 1].position + 1


def _was_done(words: Sequence[Word], entry: Entry) -> bool:
    """ "Tickets opened in May" are not those that are open: what was done to things is not the state that sounds alike."""
    states = _STATES & set(entry.label.casefold().split())
    return any(word.text.casefold() in (f"{state}ed", f"{state}d", f"{state}ing") for word in words for state in states)


def _stands(words: Sequence[Word], entry: Entry, *, shouted: bool) -> bool:
    """Whether a value of one or two letters, or of figures, is meant: it must be written as it is, and not all in capitals."""
    key = joined([word.base for word in words])
    if key.isdigit():
        return False  # a number alone is a number; "size 10" is found with its field's name
    if len(key) > 2:
        return True
    written = "".join(word.text for word in words)
    if any(char.isdigit() for char in key):
        return written.casefold() == entry.label.casefold()  # "P1", "p1": a code
    return len(key) == 2 and not shouted and written == entry.label


def _side_by_side(bases: Sequence[str], held: Sequence[str]) -> bool:
    """Whether a value's words hold these in a row; joining words may be left out on either side."""
    part = [base for base in bases if base not in ("and", "the")]
    whole = [base for base in held if base not in ("and", "the")]
    return any(whole[first : first + len(part)] == part for first in range(len(whole) - len(part) + 1))


def _runs(words: Sequence[Word], counts: dict[str, int]) -> list[tuple[int, int]]:
    """Runs of adjacent words that values hold, function words between them allowed."""
    runs: list[tuple[int, int]] = []
    start: int | None = None
    for index, word in enumerate((*words, None)):
        fits = word is not None and word.base in counts
        if fits and start is None:
            start = index
        if not fits and start is not None:
            runs.append((start, index))
            start = None
    return runs


def _may_be_misspelt(word: Word) -> bool:
    return (
        len(word.text) >= 4
        and word.base.isalpha()
        and word.base not in FUNCTION_WORDS
        and not is_english_word(word.text)
    )


def _permitted(match: Match, filtered: frozenset[int]) -> bool:
    """Of rows that are filtered for a role a value that is found would tell what the others hold: only what is public stays."""
    return match.entry.field not in filtered or match.entry.declared


def _best(matches: Iterable[Match]) -> list[Match]:
    """The best way of each meaning of a span."""
    best: dict[tuple[tuple[int, int], int], Match] = {}
    for match in matches:
        key = match.span, match.entry.id
        if key not in best or match.score > best[key].score:
            best[key] = match
    return list(best.values())


def _likeness(asked: Sequence[str], held: Sequence[str]) -> float:
    """How well each word that was asked for is met by some word of a value, from 0 to 1; longer words weigh more."""
    weight = sum(len(word) for word in asked)
    if not weight or not held:
        return 0.0
    met = sum(len(word) * max(OSA.normalized_similarity(word, other) for other in held) for word in asked)
    return met / weight


def nearest_entries(
    tables: ValueTables, fields: frozenset[int], filtered: frozenset[int], text: str, limit: int, *, always: bool
) -> list[tuple[Entry, float]]:
    """The entries of some fields that look most like a text: all of a small field's, of a large one's those with a like word."""
    sizes = tables.field_sizes()
    small = sorted(field for field in fields if sizes.get(field, 0) <= _SMALL_FIELD)
    candidates = {entry.id: entry for entry in tables.entries_of(small, _SMALL_FIELD)}
    if any(sizes.get(field, 0) > _SMALL_FIELD for field in fields):
        for word in value_words(text)[:MAX_WORDS]:
            if len(word) < 3:
                continue
            near = process.extract(word, tables.words_near(word, 2), scorer=OSA.distance, score_cutoff=3, limit=8)
            for other, _, _ in near:
                found = tables.entries(tables.entries_with(other, 200)).values()
                candidates |= {entry.id: entry for entry in found if entry.field in fields}
    folded, asked = fold(text), value_words(text)[:MAX_WORDS]
    scored = [
        (
            entry,
            round((fuzz.WRatio(folded, fold(entry.label)) / 100 + _likeness(asked, value_words(entry.label))) / 2, 4),
        )
        for entry in candidates.values()
        if not entry.is_group and (entry.field not in filtered or entry.declared)
    ]
    scored.sort(key=lambda pair: (-pair[1], pair[0].id))
    near_enough = [pair for pair in scored if pair[1] >= _NEAR_ENOUGH]
    return (near_enough or (scored if always else []))[:limit]
