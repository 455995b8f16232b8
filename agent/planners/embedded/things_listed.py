"""Lists whose things are named by a kind of them, or whose state stands behind them: the things by name, the state before it.

List the mega screens in Aldergate              list the mega screen panels, where a mega screen is a format of panels
List the events that were cancelled in May      list the cancelled events in May
List the orders that ended up refunded          list the refunded orders

Only where the words are values of a field of those very things.
"""

from __future__ import annotations

import re

from agent.planners.embedded.known_figures import Known
from catalog.models import FieldRole
from semantic_context.values import ValueHit
from semantic_context.words import Token, phrase_key, tokenize, verb_stem

_LIST = re.compile(
    r"^(?:please\s+|pls\s+)?(?:list|show\s+me|give\s+me|show|name)\s+(?:(?:all|me|of|the|our|any)\s+)*", re.IGNORECASE
)
_STATE = re.compile(
    r",?\s+(?:that|which|who)\s+(?:(?:are|is|were|was|have\s+been|has\s+been|got)\s+|(?:ended|wound|turned|came)\s+(?:up|out)\s+(?:as\s+|being\s+)?)"
    r"(?:(?:still|now|currently|already|since|later|then|eventually)\s+)*",
    re.IGNORECASE,
)
_ORDERED = re.compile(r"\b(?:last|latest|first|newest|oldest|(?:most )?recent|earliest)\b", re.IGNORECASE)
_SURE = frozenset(("exact", "synonym", "group", "labelled", "inflected"))
_MOST_WORDS = 3  # of a thing's name


def things_listed(text: str, known: Known) -> str:
    """The text with the things that are listed by their name, and what has become of them before it."""
    lead = _LIST.match(text)
    if lead is None:
        return text
    named = _kind_with_its_things(text, lead.end(), known)
    return _state_before_them(named, lead.end(), known)


def _kind_with_its_things(text: str, start: int, known: Known) -> str:
    """Behind a kind in the plural, the name of the one sort of things that have kinds so called."""
    tokens = tokenize(text)
    first = next((place for place, token in enumerate(tokens) if token.start >= start), len(tokens))
    hits = [hit for hit in known.values_named(tokens) if hit.how in _SURE]
    place, owners = first, set[str]()
    while (found := _longest(hits, place)) is not None:
        here = {hit.dataset for hit in hits if hit.span == found.span}
        owners = owners & here if owners else here
        place = found.span[1]
    last = tokens[place - 1] if place > first else None
    if last is None or len(owners) != 1 or last.folded == last.base or _is_named(tokens, first, place, known):
        return text
    dataset = known.view.datasets.get(next(iter(owners)))
    if dataset is None or _things_at(tokens, place, known):
        return text
    label = dataset.label[:1].lower() + dataset.label[1:]
    return f"{text[: last.end]} {label}{text[last.end :]}" if known.is_thing(label) else text


def _longest(hits: list[ValueHit], place: int) -> ValueHit | None:
    return max((hit for hit in hits if hit.span[0] == place), key=lambda hit: hit.span[1], default=None)


def _is_named(tokens: tuple[Token, ...], first: int, end: int, known: Known) -> bool:
    """Whether the last words of a kind name a figure or things of their own."""
    texts = [" ".join(token.text for token in tokens[start:end]) for start in range(first, end)]
    return any(known.is_thing(words) or known.is_figure(words) for words in texts)


def _things_at(tokens: tuple[Token, ...], place: int, known: Known) -> bool:
    """Whether things are named by the words that stand here."""
    ends = range(place + 1, min(place + _MOST_WORDS, len(tokens)) + 1)
    return any(known.is_thing(" ".join(token.text for token in tokens[place:end])) for end in ends)


def _state_before_them(text: str, start: int, known: Known) -> str:
    """The text with a value that is said of the things behind them put before their name."""
    said = _STATE.search(text, start)
    if said is None:
        return text
    tokens = tokenize(text)
    begin = next((place for place, token in enumerate(tokens) if token.start == said.end()), None)
    things = _things_listed(tokens, start, said.start(), known)
    if begin is None or things is None:
        return text
    at, dataset = things
    hits = [
        hit
        for hit in known.values_named(tokens)
        if hit.span[0] == begin and hit.dataset == dataset and hit.how in _SURE
    ]
    found = _longest(hits, begin)
    if found is None:
        return text
    value = text[said.end() : found.end]
    if _ORDERED.search(text, start, at) and _happened_at(value, dataset, known):
        return text  # "the last three orders that were released": the last to be so
    return f"{text[:at]}{value} {text[at : said.start()]}{text[found.end :]}"


def _happened_at(value: str, dataset: str, known: Known) -> bool:
    """Whether the things have a time that is called by a state of theirs."""
    stem = verb_stem(tokenize(value)[0].base)
    known_fields = known.view.datasets[dataset].fields if dataset in known.view.datasets else ()
    return any(
        stem in {verb_stem(word) for word in phrase_key(text.replace("_", " "))}
        for field in known_fields
        if field.role is FieldRole.TIME
        for text in (field.label, field.name, *field.words.synonyms)
    )


def _things_listed(tokens: tuple[Token, ...], start: int, end: int, known: Known) -> tuple[int, str] | None:
    """Where the first name of things begins, and the one dataset of that name."""
    places = [place for place, token in enumerate(tokens) if start <= token.start < end]
    for first in places:
        for size in range(_MOST_WORDS, 0, -1):
            if first + size - 1 > places[-1]:
                continue
            named = known.datasets(" ".join(token.text for token in tokens[first : first + size]))
            if named:
                return (tokens[first].start, named[0].name) if len(named) == 1 else None
    return None
