"""Tells the question from what is said around it: "Sales thinks video is a waste. What was the ROAS of video in May?"."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable

from agent.planners.embedded.cues import Cue
from agent.planners.embedded.draft import Draft, Item
from agent.planners.embedded.passes.read_time import expression_of
from agent.planners.embedded.who_asks import is_done_by_the_asker, set_who_asks_aside
from semantic_context.irregular_forms import IRREGULAR_VERBS
from semantic_context.time_expressions import TimeKind

# A sentence ends at its mark, or where the asker starts again.
_CLAUSE = re.compile(r"[,;]|\s[-–—]\s|(?<=\w):")
_ADDS = re.compile(r"\s*(?:and|plus|as well as)\s+(?:also\s+)?(?:the|our|its|their|total|average)\b", re.IGNORECASE)
_BREAK = re.compile(
    r"[.?!;:]+(?=\s|$)|,\s+so(?=\s+(?:(?:in\s+)?which|what|how|who|where|when|show|give|list)\b)"
    r"|\b(?:i mean|in other words|i\.e\.|that is to say)\b"
    r"|,\s+(?=(?:and\s+|so\s+)?(?:he|she|they)(?:(?:['’]d|\s+would)\s+(?:like|love)|\s+(?:wants?|needs?|asks?|asked|wonders?))\b)",
    re.IGNORECASE,
)

# What a question asked again in other words may leave to its first wording.
_KEPT_WHEN_RESTATED = {Cue.WHICH, Cue.BY, Cue.EACH, Cue.TOP, Cue.BOTTOM, Cue.HIGHEST, Cue.LOWEST}
_RESTATES = re.compile(r"\b(?:i mean|in other words|i\.e\.|that is to say)\s*$", re.IGNORECASE)


# Words that narrow what is asked: a clause that holds one is part of the question.
_NARROWING = {
    Cue.NOT,
    Cue.ONLY,
    Cue.MORE_THAN,
    Cue.LESS_THAN,
    Cue.AT_LEAST,
    Cue.AT_MOST,
    Cue.BETWEEN,
    Cue.EXACTLY,
}


# ... and so is one that asks for some of what the clause before named: "Of the loans made in May, how many came back late?"
_OF_THOSE = re.compile(r"^\W*(?:and\s+)?(?:out of|of|among|amongst)\b", re.IGNORECASE)
_ASKS_OF_THEM = re.compile(
    r"^[\s,;:-]*(?:and\s+)?(?:how (?:many|much|often)|(?:what|which) (?:share|part|portion|percent\w*|fraction))\b",
    re.IGNORECASE,
)

_HOW_TO_SHOW = frozenset({Cue.BY, Cue.EACH, Cue.RANK, Cue.DESCENDING, Cue.ASCENDING})
_ORDERS = frozenset({Cue.RANK, Cue.DESCENDING, Cue.ASCENDING, Cue.HIGHEST, Cue.LOWEST, Cue.TOP, Cue.BOTTOM})
_PLAIN_BEST = ("most", "fewest", "least", "highest", "lowest", "best", "worst")

_AS_WRITTEN = 0.98  # the score of a synonym that is said as it stands
# A clause in which the asker tells of something, and one that asks for all that.
_TELLS_OF_US = re.compile(r"\b(?:i|we)(?:['’](?:m|re|ve|ll))?\b(?!['’]d)", re.IGNORECASE)
_OPENERS = frozenset(
    """good morning afternoon evening hi hello hey dear all team and but so as because well ok okay sorry now then today yesterday
    on in at the last this next during i we""".split()
)
_OF_THEM = frozenset(("they", "their", "them", "these", "those", "it", "its", "there", "then", "since", "that"))
_ASKS = re.compile(
    r"\b(?:what|which|who|whose|whom|why|how|where|when|show|list|compare|forecast|predict|tell|give|rank|explain|break|split"
    r"|find|name|plot|need|want|like|love|look(?:ing)?|interested|care|mean|focus\w*|about|regarding|only|just|of|if|can|could|do|did|does"
    r"|is|are|was|were|have|has|had)\s+(?:i|we|me|us)\b"
    r"|\b(?:what|which|who|whose|why|how|show|list|compare|forecast|tell|give|rank|explain|need|want|like|interested|care|mean"
    r"|focus\w*|about|regarding|(?<!\bi )(?<!\bwe )only|look(?:ing|s)? (?:at|for|into)|since|if)\b",
    re.IGNORECASE,
)
_TELLING = re.compile(r"[.?!;:]+(?=\s|$)|,\s|\s[-–—]+\s|\.{2,}|…", re.IGNORECASE)

_WHO_OR_WHERE = re.compile(r"^\W*(?:who|whom|whose|where)\b", re.IGNORECASE)


def set_context_aside(draft: Draft) -> None:
    """The last sentence with a metric asks. Sentences without one, or with words nobody knows, are context: their values
    and, where the asking sentence names none, their phrases of time still count; their asking words and metrics do not."""
    _set_times_of_the_scene_aside(draft)
    _set_clauses_aside(draft)
    set_who_asks_aside(draft)
    sentences = _sentences(draft.question, _BREAK)
    if len(sentences) < 2:
        return
    asking = _asking(draft, sentences)
    if asking is None:
        return
    has_time = any(_names_a_period(item) for item in _within(draft, asking))
    for sentence in sentences:
        if sentence == asking or (sentence[0] == asking[1] and draft.question[sentence[0] - 1] == ":"):
            continue  # what stands behind the question's colon says what to show
        items = _within(draft, sentence)
        left = [token.start for token in draft.left_over if sentence[0] <= token.start < sentence[1]]
        if (draft.known_starts | draft.cue_starts | draft.time_starts) & set(left):
            continue  # a better covering knows these words: they ask for something
        unknown = bool(left) or _compares_with_nothing(items)
        if _asks_to_compare(draft, sentence, items):
            continue  # "Do key clients pay later than the rest? Days to pay, 2025"
        if not unknown and _heads_what_follows(draft, sentence, items):
            continue
        restated = _RESTATES.search(draft.question[sentence[0] : asking[0]]) is not None
        restated = restated or _leads_in(draft, sentence, items, asking)
        if not restated and not unknown and any(item.span.best.kind == "metric" for item in items):
            continue
        if _only_ranks(items):
            continue  # "... The worst five please": an order for what was asked before
        if not unknown and _only_splits(items):
            continue  # "... I want it by region": how to show what was asked before
        if unknown and not restated and _dates_what_follows(draft, sentence, items):
            continue  # "Those we flurbed in May: their revenue"
        if _narrows(items) and not restated:
            continue  # "... Leave out the stores": part of what was asked before
        draft.context.append(sentence)
        kept = _what_is_ranked(draft, items, asking) if sentence[1] <= asking[0] else ()
        orders_itself = any(item.cues() & _ORDERS for item in _within(draft, asking))
        for item in items:
            if item in kept:
                continue
            if orders_itself and sentence[1] <= asking[0] and item.cues() & {Cue.HIGHEST, Cue.LOWEST}:
                item.used = "taken by the order asked for"
                continue
            done = is_done_by_the_asker(draft, item)
            draft.set_aside += [item.text] * done
            if (item.has("value", "denied") and not done) or (item.has("period") and not has_time):
                continue
            if not (restated and (item.span.best.kind == "field" or item.cues() & _KEPT_WHEN_RESTATED)):
                item.used = "context"


def _leads_in(draft: Draft, sentence: tuple[int, int], items: list[Item], asking: tuple[int, int]) -> bool:
    """ "Who pays for our tests? Test fees by payer in May": the figure, its split and its time are told by what follows."""
    text = draft.question[sentence[0] : sentence[1]]
    if sentence[1] > asking[0] or _WHO_OR_WHERE.match(text) is None or not text.rstrip().endswith("?"):
        return False
    follows = _within(draft, asking)
    splits = any(item.cue() in (Cue.BY, Cue.EACH) for item in follows)
    plain = not any(item.has("value", "period", "number", "denied") or item.cues() & _ORDERS for item in items)
    if splits and plain:
        draft.set_aside += [item.text for item in items if item.span.best.kind == "metric"]
    return splits and plain


def _asking(draft: Draft, sentences: list[tuple[int, int]]) -> tuple[int, int] | None:
    """The last sentence with a metric; else that with a metric's full name which may be a word that says little ("takings")."""
    tests: tuple[Callable[[Item], bool], ...] = (
        lambda item: item.span.best.kind == "metric",
        lambda item: any(meaning.score >= _AS_WRITTEN for meaning in item.of("metric")),
    )
    for names_one in tests:
        found = [sentence for sentence in sentences if any(names_one(item) for item in _within(draft, sentence))]
        if found:
            return found[-1]
    return None


def _set_times_of_the_scene_aside(draft: Draft) -> None:
    """ "We see the bank on Thursday - what are our sales year to date?", "I joined in May. What was revenue in 2025?": the time
    of a clause that tells of the asker is none of a question that names its own."""
    clauses = _sentences(draft.question, _TELLING)
    told = [clause for clause in clauses if _tells_of_the_asker(draft, clause)]
    timed = any(_names_a_period(item) for clause in clauses if clause not in told for item in _within(draft, clause))
    if any(token.folded in _OF_THEM for token in draft.tokens if not any(a <= token.start < b for a, b in told)):
        return  # "We opened in May. How are their sales in 2026?"
    for clause in told:
        items = _within(draft, clause)
        does = any(item.has("metric", "field") and _is_done(draft, item) for item in items)  # "I joined in May."
        if not any(_names_a_period(item) for item in items) or not (timed or does):
            continue
        for item in items:
            item.used = "context"
        draft.context.append(clause)
        draft.set_aside += [item.text for item in items if _names_a_period(item)]


def _tells_of_the_asker(draft: Draft, clause: tuple[int, int]) -> bool:
    """Whether a clause says what the asker does or did, and names nothing of the business to ask of; a time that a verb of
    the asker alone names ("I joined") is the asker's."""
    text = draft.question[clause[0] : clause[1]]
    subject = _TELLS_OF_US.search(text)
    if subject is None or _ASKS.search(text) or text.rstrip().endswith("?"):
        return False
    items = _within(draft, clause)
    if any(clause[0] <= token.start < clause[1] and token.start in draft.known_starts for token in draft.left_over):
        return False  # a better covering knows what is told of
    adverb = clause[0] + subject.end() + 1  # "I only joined in May": said of the joining
    if any(
        item.has("value", "denied") or (item.cues() & _NARROWING and draft.tokens[item.span.start].start != adverb)
        for item in items
    ):
        return False
    leading = [token for token in draft.tokens if clause[0] <= token.start < clause[0] + subject.start()]
    timed = [item for item in items if _names_a_period(item)]
    if not all(
        token.folded in _OPENERS
        or not token.is_word
        or any(
            draft.tokens[item.span.start].start <= token.start < draft.tokens[item.span.end - 1].end for item in timed
        )
        for token in leading
    ):
        return False  # "those we hired in May"
    of_me = subject[0][:1].casefold() == "i"
    return not any(
        item.span.best.kind != "stop"
        and item.has("metric", "field", "dataset")
        and not (of_me and _is_done(draft, item))
        for item in items
    )


def _is_done(draft: Draft, item: Item) -> bool:
    first = draft.tokens[item.span.start]
    return first.folded.endswith("ed") or first.folded in IRREGULAR_VERBS


def _heads_what_follows(draft: Draft, sentence: tuple[int, int], items: list[Item]) -> bool:
    """ "Smart meters: how many by maker": what a colon stands behind belongs to the question."""
    return draft.question[sentence[1] - 1] == ":" and any(item.span.best.kind in ("field", "value") for item in items)


def _dates_what_follows(draft: Draft, sentence: tuple[int, int], items: list[Item]) -> bool:
    """Whether a colon ends what tells of which things, with their time, by words that nobody knows."""
    dated = draft.question[sentence[1] - 1] == ":" and any(_names_a_period(item) for item in items)
    return dated and not all(item.used == "context" for item in items)


def _only_ranks(items: list[Item]) -> bool:
    told = [item for item in items if not item.is_stop]
    ranks = {Cue.TOP, Cue.BOTTOM, Cue.HIGHEST, Cue.LOWEST, Cue.RANK, Cue.DESCENDING, Cue.ASCENDING, Cue.ONLY}
    return bool(told) and all(item.has("number") or item.cues() & ranks for item in told)


def _only_splits(items: list[Item]) -> bool:
    told = [item for item in items if not item.is_stop]
    leads = {Cue.BY, Cue.EACH, Cue.AND}
    return any(item.cue() in leads - {Cue.AND} or item.has("period") for item in told) and all(
        item.cues() & leads or item.has("field", "dataset", "period") for item in told
    )


def _what_is_ranked(draft: Draft, items: list[Item], asking: tuple[int, int]) -> tuple[Item, ...]:
    """ "Which schools wait longest? Days to pay in Q1, slowest first": what the sentence in front asks to choose among, where the
    figure behind it comes with an order of its own or with none but the plain one in front, and with no split."""
    told = _within(draft, asking)
    split = any(item.cues() & {Cue.BY, Cue.EACH, Cue.WHICH} or _splits_time(item) for item in told)
    ordered = any(item.cues() & _ORDERS for item in told)
    ranked = any(item.cues() & {Cue.HIGHEST, Cue.LOWEST} and item.text.casefold() in _PLAIN_BEST for item in items)
    which = next((place for place, item in enumerate(items) if Cue.WHICH in item.cues()), None)
    if split or not (ordered or ranked):
        return ()
    if which is None:
        return tuple(item for item in items if _splits_time(item))
    thing = items[which + 1 : which + 2]
    return tuple(items[which : which + 2]) if thing and thing[0].has("dataset", "field") else ()


def _splits_time(item: Item) -> bool:
    """Whether an item asks for each step of time ("on which day of the week")."""
    expression = expression_of(item)
    return expression is not None and expression.kind in (TimeKind.GRAIN, TimeKind.PART)


def _narrows(items: list[Item]) -> bool:
    """Whether a sentence says which; "where" at its head asks for a place."""
    items = items[1:] if items and items[0].text.casefold() == "where" else items
    return any(item.cues() & _NARROWING and item.span.best.kind == "cue" for item in items) and any(
        item.has("value", "field", "dataset") or (item.has("number") and not item.has("stop")) for item in items
    )


def _asks_to_compare(draft: Draft, sentence: tuple[int, int], items: list[Item]) -> bool:
    """Whether a sentence is a question that holds one kind against all others."""
    asks = draft.question[sentence[0] : sentence[1] + 1].rstrip().endswith("?")
    said = frozenset[Cue]().union(*(item.cues() for item in items))
    return asks and {Cue.VERSUS, Cue.OTHERS} <= said


def _compares_with_nothing(items: list[Item]) -> bool:
    """ "Do outages happen more at weekends?": more than what is left open, where no two things are named to choose from."""
    more = any(item.cues() == {Cue.GREATER} and item.text.casefold() in ("more", "fewer", "less") for item in items)
    return more and not any(item.text.casefold() == "or" for item in items)


def _names_a_period(item: Item) -> bool:
    expression = expression_of(item)
    return expression is not None and bool(expression.periods)


def _set_clauses_aside(draft: Draft) -> None:
    """A clause that holds unknown words, and nothing that the business knows, only sets the scene."""
    clauses = _sentences(draft.question, _CLAUSE)
    if len(clauses) < 2:
        return
    for clause in clauses:
        said = draft.question[clause[0] : clause[1]]
        if clause != clauses[0] and (
            _ADDS.match(said) or (_OF_THOSE.match(draft.question) and _ASKS_OF_THEM.match(said))
        ):
            continue  # "..., and the flurb rate": asked for as well, whatever it is
        left = {token.start for token in draft.left_over if clause[0] <= token.start < clause[1]}
        unknown = bool(left) and not left & draft.cue_starts
        known = any(
            item.has("metric", "field", "value", "dataset", "period", "number", "denied") or item.cues() & _NARROWING
            for item in _within(draft, clause)
            if item.used != "context"
        ) or any(clause[0] <= start < clause[1] for start in draft.known_starts | draft.time_starts)
        if unknown and not known and not _says_how_to_show(draft, clause):
            draft.context.append(clause)
            for item in _within(draft, clause):
                item.used = "context"


def _says_how_to_show(draft: Draft, clause: tuple[int, int]) -> bool:
    """ "Margin by category, flimsiest first", "orders in 2025, by flurb": an order or a split of the figure named before it, by
    words that nobody knows."""
    opens = min(
        (token.start for token in draft.tokens if token.start >= clause[0] and token.is_word), default=clause[0]
    )
    behind_a_figure = any(
        item.span.best.kind == "metric" and draft.tokens[item.span.start].start < clause[0] for item in draft.items
    )
    told = [item for item in _within(draft, clause) if not item.is_stop and item.text != ","]
    orders = any(Cue.FIRST in item.cues() and draft.tokens[item.span.start].start > opens for item in told)
    return behind_a_figure and (orders or bool(told and told[0].cues() & _HOW_TO_SHOW))


def _sentences(text: str, breaks: re.Pattern[str]) -> list[tuple[int, int]]:
    places = [0, *(match.end() for match in breaks.finditer(text)), len(text)]
    return [
        (start, end) for start, end in itertools.pairwise(places) if any(char.isalnum() for char in text[start:end])
    ]


def _within(draft: Draft, sentence: tuple[int, int]) -> list[Item]:
    return [item for item in draft.items if sentence[0] <= draft.tokens[item.span.start].start < sentence[1]]
