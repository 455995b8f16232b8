"""Finds everything that the words of a question may mean, from every source, as spans over its tokens."""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rapidfuzz.distance import OSA

from agent.planners.embedded.cues import FUNCTION_WORDS, SIGN_CUES, STOP_WORDS, Cue, cue_phrases
from agent.planners.embedded.grain_spans import (
    GRAINS,
    LISTING,
    LISTS,
    bare_grains,
    listed_grains,
    without_grains_inside,
)
from agent.planners.embedded.names_inverted import inverted_names
from agent.planners.embedded.open_or_opened import without_what_was_opened
from agent.planners.embedded.particle_verbs import stands_without_object, verbs_of_nouns
from agent.planners.embedded.shorthand import SHORT_NOUNS
from agent.planners.embedded.stop_tokens import is_stop
from agent.planners.embedded.verbs_in_place import stands_as_verb
from agent.planners.embedded.yes_or_no import yes_or_no_spans
from semantic_context.english import is_english_word
from semantic_context.irregular_forms import IRREGULAR_VERBS
from semantic_context.linking import (
    Covering,
    Meaning,
    MeaningKind,
    PhraseTable,
    Span,
    merge_spans,
    written_out,
)
from semantic_context.numbers import NumberExpression
from semantic_context.spelling import correct_spelling
from semantic_context.time_expressions import TimeExpression
from semantic_context.values import ValueHit
from semantic_context.words import Token, base_form, verb_stem

_LEADS_TO_VALUES = (
    "in",
    "for",
    "from",
    "within",
    "at",
    "of",
    "and",
    "or",
    "without",
    "except",
    "excluding",
    "vs",
    "versus",
)
_LEADS_TO_WHOM = (["to"], ["by"], ["with"])  # "sold to companies"
_POINTS = FUNCTION_WORDS | set("all any some one ones what which who own other else even so".split())
_BEING = ("is", "are", "was", "were", "be", "been", "being")
_COUNTS_THEM = (["number", "of"], ["lot", "of"], ["lots", "of"])
# Behind these stands a verb, not a value of the same word ("did we book").
_ACTORS = tuple([word] for word in "we they you i who people did do does to can could was were is are be been".split())
_LEADS_TO_A_WAY = ("by", "via", "through", "over", "on", "in", "from", "at", "with")
_LEADS_TO_GROUPS = ("by", "per", "each", "every", "an", "a", "the", "of")
_MOST, _OFTEN = ("most", "least", "more", "less"), ("often", "frequently", "commonly")
_LEADS_TO_SORTS = ("by", "per", "each", "every")
_COORDINATES = ("and", "or", "vs", "versus", "&", "/", "against")
_TELLING_PART = 0.68
_WHY_NOUNS = ("reason", "cause", "driver", "explanation")
_OPEN_COMPOUNDS = frozenset("above after at behind by in off on out over under up".split())
_PARTICLES = frozenset("in off on out over up down back away".split())
_TAKE_A_PARTICLE = frozenset(
    verb_stem(word)
    for word in """send sent hand handed give gave given ship shipped pay paid take took taken carry carried bring brought go went
    gone come came turn turned hire hired lend lent roll rolled put call called ring rang rung sell sold get got move moved
    """.split()
)
_STRETCHES = frozenset("night period season semester shift term".split())
_OF_NOW = frozenset("this last next previous current past coming".split())
_SEASON = re.compile(r"\b(?:spring|summer|autumn|fall|winter)\b", re.IGNORECASE)
# Small words long enough to be known when misspelt.
_LONG_STOPS = frozenset(word for word in STOP_WORDS if len(word) >= 6 and base_form(word) == word)
_CHANGES = {Cue.RISE.value, Cue.FALL.value, Cue.GROWTH.value}
_LEADS_TO_NOUNS = ("of", "to", "by", "from", "with")
WEIGHTS: dict[MeaningKind, float] = {
    "metric": 1.0,
    "value": 0.97,
    "field": 0.96,
    "dataset": 0.93,
    "period": 1.0,
    "number": 0.7,
    "cue": 0.8,
    "stop": 0.3,
    "denied": 0.92,
    "funnel": 1.0,
    "step": 0.7,
}


@dataclass(frozen=True)
class Sources:
    """What the question's text was found to hold, by character spans."""

    times: Sequence[TimeExpression]
    numbers: Sequence[NumberExpression]
    values: Sequence[ValueHit]


def token_range(tokens: Sequence[Token], start: int, end: int) -> tuple[int, int] | None:
    """The tokens that a character span covers; None where it covers none."""
    starts = [token.start for token in tokens]
    first = bisect.bisect_left(starts, start)
    if first and tokens[first - 1].end > start:
        first -= 1
    last = bisect.bisect_left(starts, end)
    return (first, last) if first < last else None


def corrected_bases(tokens: Sequence[Token], phrases: PhraseTable, busy: frozenset[int]) -> list[str]:
    """The tokens' base forms, misspelt words put right where one word alone is near. `busy` tokens are left alone.

    An English word is only changed where the change completes a name that its neighbour belongs to ("gros margin").
    """
    cues = cue_phrases()
    known = phrases.written | cues.written
    listed = sorted(known | _LONG_STOPS)
    bases = [token.base for token in tokens]
    english: list[int] = []
    for place, token in enumerate(tokens):
        if place in busy or not token.is_word or token.base in known or token.folded in known or is_stop(token):
            continue
        short = SHORT_NOUNS.get(token.folded)
        if short is not None and base_form(short) in known:
            bases[place] = base_form(short)
            continue
        if is_english_word(token.folded):
            english.append(place)
            continue
        if token.text.isupper() and any(other.text.islower() for other in tokens):
            continue  # an abbreviation of its own: "CASK" is no slip for "ASK"
        right = correct_spelling(token.folded, listed, known)
        if right in _LONG_STOPS - known and not _is_a_slip(token.folded, right):
            right = None
        if right in cues.written and not _completes(bases, place, right, phrases) and _is_its_own(tokens, place, right):
            right = None
        right = right or _short_slip(bases, place, phrases)
        bases[place] = (
            base_form(right) if right else written_out(token.base, phrases, *_beside(bases, place)) or token.base
        )
    for place in english:
        right = correct_spelling(tokens[place].folded, sorted(phrases.written), phrases.written)
        right = base_form(right) if right else None
        before = (bases[place - 1], right) if place else None
        after = (right, bases[place + 1]) if place + 1 < len(bases) else None
        if right is not None and (before in phrases.neighbours or after in phrases.neighbours):
            bases[place] = right
        elif len(tokens[place].base) <= 4 and (
            full := written_out(tokens[place].base, phrases, *_beside(bases, place))
        ):
            bases[place] = full if full in phrases.names or _completes(bases, place, full, phrases) else bases[place]
    return bases


def _short_slip(bases: Sequence[str], place: int, phrases: PhraseTable) -> str | None:
    """ "On tme rate": a word of three letters that one letter makes the one that some name has beside its neighbour."""
    word = bases[place]
    if len(word) != 3 or not word.isalpha():
        return None
    longer = {
        name for name in phrases.vocabulary if len(name) == 4 and name[0] == word[0] and OSA.distance(word, name) == 1
    }
    fitting = [name for name in longer if _completes(bases, place, name, phrases)]
    return fitting[0] if len(fitting) == 1 else None


def _beside(bases: Sequence[str], place: int) -> tuple[str, str]:
    return bases[place - 1] if place else "", bases[place + 1] if place + 1 < len(bases) else ""


def _completes(bases: Sequence[str], place: int, full: str, phrases: PhraseTable) -> bool:
    """Whether some name has a word beside one of its neighbours."""
    before, after = _beside(bases, place)
    return (before, full) in phrases.neighbours or (full, after) in phrases.neighbours


def _is_a_slip(word: str, right: str) -> bool:
    """Whether one letter was left out, doubled or swapped: a small word is not guessed from further away."""
    swapped = sorted(word) == sorted(right)
    return word[0] == right[0] and (swapped or len(word) != len(right)) and OSA.distance(word, right) == 1


def _is_its_own(tokens: Sequence[Token], place: int, right: str) -> bool:
    """Whether a word is no slip for one that asks or joins: two letters off ("Riesling" for "rising"), or a name amid others that
    are written small ("in Lowen" for "lower")."""
    token = tokens[place]
    is_a_name = place > 0 and token.text[:1].isupper() and any(other.text.islower() for other in tokens)
    return is_a_name or (sorted(token.folded) != sorted(right) and OSA.distance(token.folded, right) > 1)


def _is_a_name_alone(span: Span, tokens: Sequence[Token]) -> bool:
    """ "Visitors from Trende": a name amid words that are written small asks for no trend."""
    token = tokens[span.start]
    written = token.folded in cue_phrases().written
    is_a_name = span.start > 0 and token.text[:1].isupper() and any(other.text.islower() for other in tokens)
    return span.end - span.start == 1 and is_a_name and not written


def _says_little(hit: ValueHit, tokens: Sequence[Token], phrases: PhraseTable) -> bool:
    """Whether a part of a value is no sign of it: a stop word, the name of a thing ("product categories"), or an everyday word
    that is a small part of a longer name."""
    words = tokens[slice(*hit.span)]
    if len(words) == 1 and any(
        item.kind == "dataset" and item.how == "name" for item in phrases.find((words[0].folded,), (words[0].base,))
    ):
        return True
    if not any(token.is_word for token in words):
        return True  # "in 2024" names no track "Burning Away 2024"
    if all(token.base in GRAINS and token.text.islower() for token in words):
        return True  # "the same quarter in 2025" is no place called Market Quarter
    if all(is_stop(token) or cue_phrases().means(token.folded) for token in words):
        return True
    return hit.score < _TELLING_PART and all(is_english_word(token.folded) for token in words)


def _is_everyday_word(
    hit: ValueHit, text: str, tokens: Sequence[Token], phrases: PhraseTable, others: Sequence[ValueHit]
) -> bool:
    """Whether a value's words are such as any question holds ("people"), not written as the value is and with no word
    before them that leads to a value."""
    first, end = hit.span
    if not all(is_stop(token) for token in tokens[first:end]) or _says_which_things(hit, tokens, phrases, others):
        return False
    if end - first > 1 and hit.how == "exact":
        return False  # "on hold": together they are the whole value
    if end < len(tokens) and len(tokens[end].base) > 2 and tokens[end].base in hit.reference.casefold():
        return False  # "the enterprise plan", of plans
    written = text[tokens[first].start : tokens[end - 1].end]
    before = [token.folded for token in tokens[max(first - 2, 0) : first]]
    led = before[-1:] != [] and before[-1] in _LEADS_TO_VALUES and before[-2:] not in _COUNTS_THEM
    led = led or (before[-1:] in ([], ["the"]) and written.casefold() == "us")  # no pronoun: "in the us"
    is_plural = tokens[end - 1].folded != tokens[end - 1].base
    led = led or (is_plural and hit.how in ("exact", "synonym") and before[-1:] in _LEADS_TO_WHOM)
    noun = (
        not any({token.folded, token.base} & STOP_WORDS for token in tokens[first:end]) and before[-1:] not in _ACTORS
    )
    return written not in [str(value) for value in hit.values] and not led and not noun


def _says_which_things(
    hit: ValueHit, tokens: Sequence[Token], phrases: PhraseTable, others: Sequence[ValueHit]
) -> bool:
    """ "Urgent tickets", "the urgent ones", "urgent bugs", "tickets that are urgent": a whole value said of the things."""
    first, end = hit.span
    if hit.how != "exact" or any(token.folded in _POINTS for token in tokens[first:end]):
        return False
    if first and tokens[first - 1].folded in _BEING and not tokens[end - 1].folded.endswith("ed"):
        return True
    if end >= len(tokens):
        return False
    behind = tokens[end]
    is_thing = any(item.kind == "dataset" for item in phrases.find((behind.folded,), (behind.base,)))
    is_value = any(other.span[0] == end and other.how == "exact" and not is_stop(behind) for other in others)
    return is_thing or is_value or behind.folded in ("one", "ones")


def _said_within(hit: ValueHit, tokens: Sequence[Token], others: Sequence[ValueHit]) -> list[ValueHit]:
    """ "By phone" may be another name of one field's value, and "phone" behind a "by" the value of another field itself."""
    start, end = hit.span
    if hit.how != "synonym" or end - start < 2 or tokens[start].folded not in _LEADS_TO_A_WAY:
        return []
    return [
        other
        for other in others
        if other.span == (start + 1, end) and other.how == "exact" and other.reference != hit.reference
    ]


def find_spans(
    text: str, tokens: Sequence[Token], bases: Sequence[str], phrases: PhraseTable, sources: Sources
) -> list[Span]:
    """Spans of names, cues, stop words, phrases of time, numbers and values."""
    spans: list[Span] = []
    for hit in sources.values:
        if (hit.how == "contained" and _says_little(hit, tokens, phrases)) or _is_everyday_word(
            hit, text, tokens, phrases, sources.values
        ):
            continue
        meaning = Meaning("value", hit.reference, hit.score, hit.how, hit.values)
        _add(spans, text, tokens, hit.start, hit.end, meaning)
        for other in _said_within(hit, tokens, sources.values):
            within = Meaning("value", other.reference, hit.score - 0.01, other.how, other.values)
            _add(spans, text, tokens, hit.start, hit.end, within)
    exact = {(span.start, span.end): span for span in merge_spans(spans) if span.best.score >= 0.9}
    inner = tuple(exact.values())
    spans += [
        span
        for span in phrases.spans(tokens, bases, inner)
        if not (_is_a_passive(span, tokens) or _is_a_small_word(span, tokens))
    ]
    aliased = [
        base if any(item.kind == "metric" for item in phrases.means(token.folded)) else phrases.aliases.get(base, base)
        for token, base in zip(tokens, bases, strict=True)
    ]
    if aliased != list(bases):  # "clients who bought" by way of "customers who bought"
        spans += [span for span in phrases.spans(tokens, aliased, inner) if span.end - span.start > 1]
    verbs = verbs_of_nouns(tokens, phrases)
    particles = {tokens[span.end - 1].start: tokens[span.end - 1].end for span in verbs}
    halves = {verb.start for verb in verbs if is_stop(tokens[verb.start]) and stands_without_object(verb, tokens)}
    spans = [span for span in spans if span.end - span.start > 1 or span.start not in halves] + verbs
    spans += yes_or_no_spans(tokens, phrases, inner)
    spans += _shared_heads(tokens, bases, phrases) + inverted_names(tokens, bases, phrases)
    spans = without_what_was_opened(_without_halves_of_groups(spans, tokens), tokens)
    spans += [
        span
        for span in cue_phrases().spans(tokens, bases)
        if not (
            _names_a_group(span, tokens, phrases)
            or _asks_of_a_field(span, tokens, phrases)
            or _is_of_an_amount(span, spans)
            or _is_a_name_alone(span, tokens)
        )
    ]
    spans += _sorts_asked_for(tokens, bases, phrases) + _often_done(tokens, phrases)
    for place, token in enumerate(tokens):
        if _is_split_by_a_number(tokens, place) or _is_data_sold(tokens, place, phrases):
            continue
        if is_stop(token) or (bases[place] != token.base and bases[place] in STOP_WORDS):
            spans.append(Span(place, place + 1, token.text, (Meaning("stop", token.folded, 1.0),)))
        elif token.text in SIGN_CUES:
            cue = SIGN_CUES[token.text]
            spans.append(Span(place, place + 1, token.text, (Meaning("cue", cue.value, 1.0, payload=cue),)))
    for expression in sources.times:
        score = 0.9 if expression.weak else 1.0
        time = Meaning("period", "", score, payload=expression)
        _add(spans, text, tokens, expression.start, expression.end, time)
        if expression.start in particles:  # "what did we turn over in July"
            _add(spans, text, tokens, particles[expression.start] + 1, expression.end, time)
    spans = without_grains_inside(spans, tokens, phrases, sources.times)
    spans += listed_grains(tokens, sources.times)
    spans += bare_grains(tokens, phrases, sources.times)
    for number in sources.numbers:
        _add(spans, text, tokens, number.start, number.end, Meaning("number", "", 1.0, payload=number))
    return spans


def _is_split_by_a_number(tokens: Sequence[Token], place: int) -> bool:
    """ "Rent by number of bedrooms": the number is what is split by, no word that says little."""
    around = [token.folded for token in tokens[max(place - 1, 0) : place + 2]]
    return len(around) == 3 and around[0] in _LEADS_TO_SORTS and around[1:] == ["number", "of"]


def _is_data_sold(tokens: Sequence[Token], place: int, phrases: PhraseTable) -> bool:
    """ "Revenue from data" where figures are called by it: what is sold, no word for figures."""
    before = tokens[place - 1].folded if place else ""
    return tokens[place].folded == "data" and before in ("from", "for", "on", "of") and "data" in phrases.vocabulary


def _is_a_small_word(span: Span, tokens: Sequence[Token]) -> bool:
    """ "take" is no name of the takings: a word that says little and only shares its stem with a name. As a verb ("did we take")
    it is no take rate either, which a noun may be cut short from."""
    likenesses = ("inflection", "short") if stands_as_verb(tokens, span.start) else ("inflection",)
    guessed = all(meaning.how in likenesses for meaning in span.meanings)
    word = tokens[span.start].folded
    behind = tokens[span.end].folded if span.end < len(tokens) else ""
    orders = word in LISTING and behind in (
        "the",
        "all",
        "our",
        "every",
        "any",
        "me",
    )  # "list the vendors": none is listed
    if word in ("make", "name", "rank") and behind in ("it", "that", "this", "them") and span.end - span.start == 1:
        return True  # "make that the Midlands" says no make
    return span.end - span.start == 1 and guessed and (word in STOP_WORDS or orders)


def _is_a_passive(span: Span, tokens: Sequence[Token]) -> bool:
    """ "outages caused by storms" names no "outage cause": a verb with its doer behind it."""
    last = tokens[span.end - 1]
    doer = span.end < len(tokens) and tokens[span.end].folded == "by"
    guessed = all(meaning.how == "inflection" and meaning.kind == "field" for meaning in span.meanings)
    return doer and guessed and last.folded.endswith("ed")


def _is_of_an_amount(span: Span, found: Sequence[Span]) -> bool:
    """ "The amount of our invoices" counts nothing where the invoice amount is a figure of its own."""
    if not span.text.casefold().startswith("amount") or not any(item.kind == "cue" for item in span.meanings):
        return False
    return any(
        other.start <= span.start and span.end < other.end and any(item.kind == "metric" for item in other.meanings)
        for other in found
    )


def _names_a_group(span: Span, tokens: Sequence[Token], phrases: PhraseTable) -> bool:
    """Whether a cue of several words begins with a thing or field that is asked for: "by reason for apparel", "returns per
    order by category"."""
    if _is_a_plural_by(span, tokens, phrases):
        return True
    sorts = span.best.name == Cue.RANK.value
    leads = _LEADS_TO_GROUPS if sorts else _LEADS_TO_GROUPS[:4]
    if span.end - span.start < 2 or not span.start or tokens[span.start - 1].folded not in leads:
        return False
    first = phrases.find((tokens[span.start].folded,), (tokens[span.start].base,))
    return any(item.kind in ("field", "dataset") for item in first)


def _is_a_plural_by(span: Span, tokens: Sequence[Token], phrases: PhraseTable) -> bool:
    """ "segments by revenue" is not "segmented by": a plural that names a field."""
    head = tokens[span.start]
    plural = head.base != head.folded and not head.folded.endswith("ed")
    if span.end - span.start != 2 or tokens[span.end - 1].folded != "by" or not plural:
        return False
    return any(item.kind == "field" for item in phrases.find((head.folded,), (head.base,)))


def _asks_of_a_field(span: Span, tokens: Sequence[Token], phrases: PhraseTable) -> bool:
    """Whether a phrase such as "reasons for", "causes of" or "by driver" speaks of a field of that name, in a question that
    says of no change."""
    if span.best.name != Cue.WHY.value:
        return False
    if span.end - span.start < 2:
        before = tokens[span.start - 1].folded if span.start else ""
        return tokens[span.start].base in _WHY_NOUNS and before in ("each", "every", "per", "by")  # "per cause"
    nouns = [token for token in tokens[span.start : span.end] if token.base in _WHY_NOUNS]
    named = any(
        meaning.kind == "field" and meaning.how in ("name", "synonym")
        for token in nouns
        for meaning in phrases.find((token.folded,), (token.base,))
    )
    return named and not any(
        meaning.name in _CHANGES for token in tokens for meaning in cue_phrases().means(token.folded)
    )


def _shared_heads(tokens: Sequence[Token], bases: Sequence[str], phrases: PhraseTable) -> list[Span]:
    """ "new vs returning customers": the noun of the last of two names is the first one's too."""
    spans: list[Span] = []

    def metrics(at: int, head: int) -> tuple[Meaning, ...]:
        words = (tokens[at].folded, tokens[head].folded)
        return tuple(item for item in phrases.find(words, (bases[at], bases[head])) if item.kind == "metric")

    for head in range(3, len(tokens)):
        if not tokens[head].is_word or tokens[head - 2].folded not in _COORDINATES or not metrics(head - 1, head):
            continue
        place = head - 3
        while place >= 0 and tokens[place].is_word and (first := metrics(place, head)):
            alone = phrases.find((tokens[place].folded,), (bases[place],))
            whole = any(item.kind == "metric" and item.how not in ("inflection", "short") for item in alone)
            if not whole or place < head - 3:
                spans.append(Span(place, place + 1, tokens[place].text, first))
            if place < 2 or tokens[place - 1].text != ",":
                break
            place -= 2
    return spans


def _sorts_asked_for(tokens: Sequence[Token], bases: Sequence[str], phrases: PhraseTable) -> list[Span]:
    """ "Damages by kind", "bookings per status": the kind or status that the things spoken of have one of."""
    spans: list[Span] = []
    for place in range(1, len(tokens)):
        found = phrases.sorts.get(bases[place])
        before = tokens[place - 1].folded
        listed = before in LISTS and any(other.folded in _LEADS_TO_SORTS for other in tokens[: place - 1])
        led = before in _LEADS_TO_SORTS or listed
        behind = tokens[place + 1].folded if place + 1 < len(tokens) else ""
        if found and led and behind != "of" and not phrases.find((tokens[place].folded,), (bases[place],)):
            best = {meaning.name: meaning for meaning in sorted(found, key=lambda item: item.score)}
            spans.append(Span(place, place + 1, tokens[place].text, tuple(best.values())))
    return spans


def _often_done(tokens: Sequence[Token], phrases: PhraseTable) -> list[Span]:
    """ "Which model was driven most often": how often is a number of the drives, the events that the verb is called by."""
    spans: list[Span] = []
    for place in range(1, len(tokens) - 1):
        verb, behind = tokens[place], [token.folded for token in tokens[place + 1 : place + 3]]
        often = behind[0] in _MOST and behind[-1] in _OFTEN
        if not often or not verb.folded.endswith(("ed", "n", "t")) or tokens[place - 1].folded not in _BEING:
            continue
        stems = {verb.base, verb_stem(verb.base), IRREGULAR_VERBS.get(verb.folded, ""), verb.folded.removesuffix("n")}
        found = {item.name: item for stem in sorted(stems) for item in phrases.find((stem,), (stem,))}
        events = [replace(item, score=0.9, how="inflection") for item in found.values() if item.kind == "dataset"]
        if len(events) == 1:
            spans.append(Span(place, place + 1, verb.text, tuple(events)))
    return spans


def _without_halves_of_groups(spans: Sequence[Span], tokens: Sequence[Token]) -> list[Span]:
    """ "revenue per customer segment" is revenue by customer segment, not the revenue per customer with a segment behind it:
    a ratio's name yields where the thing behind its "per" begins a field's whole name."""
    heads = {(span.start, span.end) for span in spans if any(item.kind == "metric" for item in span.meanings)}
    fields = {
        (span.start, span.end)
        for span in spans
        if any(item.kind == "field" and item.how in ("name", "synonym") for item in span.meanings)
    }

    def is_half(span: Span) -> bool:
        for place in range(span.start + 1, span.end - 1):
            if tokens[place].folded == "per" and (span.start, place) in heads:
                return any(start == place + 1 and end > span.end for start, end in fields)
        return False

    kept: list[Span] = []
    for span in spans:
        meanings = tuple(item for item in span.meanings if item.kind != "metric") if is_half(span) else span.meanings
        if meanings:
            kept.append(replace(span, meanings=meanings) if len(meanings) < len(span.meanings) else span)
    return kept


def _add(spans: list[Span], text: str, tokens: Sequence[Token], start: int, end: int, meaning: Meaning) -> None:
    found = token_range(tokens, start, end)
    if found is not None:
        spans.append(Span(found[0], found[1], text[tokens[found[0]].start : tokens[found[1] - 1].end], (meaning,)))


def is_a_named_season(text: str, time: TimeExpression, values: Sequence[ValueHit]) -> bool:
    """Whether a season is a value of the data: the term "Fall 2024" has its own days."""
    return _SEASON.search(time.text) is not None and any(
        hit.how == "exact" and time.start <= hit.start and hit.end == time.end and " " in text[hit.start : hit.end]
        for hit in values
    )


def is_a_move(tokens: Sequence[Token], hit: ValueHit) -> bool:
    """Whether a word of rising or falling only shares its verb with a value: "did sales rise" names no rose. The plural
    behind a preposition is a noun: days lost because of falls."""
    first, end = hit.span
    said = tokens[first]
    is_a_noun = first > 0 and tokens[first - 1].folded in _LEADS_TO_NOUNS and hit.label.casefold() == said.base
    moves = any(meaning.name in (Cue.RISE, Cue.FALL) for meaning in cue_phrases().means(said.folded))
    return end == first + 1 and moves and not is_a_noun and hit.label.casefold() != said.folded


def is_part_of_a_verb(tokens: Sequence[Token], hit: ValueHit) -> bool:
    """Whether a little word belongs to the verb before it: what we "send out" is not what is out."""
    first, end = hit.span
    led = tokens[first - 1] if first else None
    acts = led is not None and led.is_word and verb_stem(led.base) in _TAKE_A_PARTICLE
    return end == first + 1 and tokens[first].folded in _PARTICLES and acts


def is_part_of_a_compound(text: str, tokens: Sequence[Token], hit: ValueHit) -> bool:
    """Whether a value is the end of a compound that a little word opens: what is sold "over-the-counter" is not what was sold
    at the counter."""
    place = hit.span[0]
    while place and text[tokens[place - 1].end : tokens[place].start] == "-":
        place -= 1
    return place < hit.span[0] and tokens[place].folded in _OPEN_COMPOUNDS


def is_a_stretch_of_time(tokens: Sequence[Token], hit: ValueHit) -> bool:
    """Whether "this season" only shares its word with a value that has it in its name, as "season ticket" has."""
    first, end = hit.span
    led = tokens[first - 1].folded if first else ""
    return hit.how == "contained" and end == first + 1 and tokens[first].base in _STRETCHES and led in _OF_NOW


def known_starts(tokens: Sequence[Token], covering: Covering, *kinds: MeaningKind) -> frozenset[int]:
    """Where the words begin that a covering knows as things of the business of some kinds."""
    return frozenset(
        tokens[place].start
        for span in covering.spans
        if span.best.kind in kinds
        for place in range(span.start, span.end)
    )
