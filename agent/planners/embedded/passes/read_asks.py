"""Notes what the question's cue words ask for."""

from __future__ import annotations

import re
from dataclasses import replace

from agent.planners.embedded.cues import ANALYSIS_CUES, CHANGES, Cue
from agent.planners.embedded.draft import Draft, Item
from semantic_context.linking import Meaning
from semantic_context.words import phrase_key, verb_stem

_ASKS = frozenset(
    {
        Cue.SHARE,
        Cue.GROWTH,
        Cue.RISE,
        Cue.FALL,
        Cue.COMPARE,
        Cue.VERSUS,
        Cue.TARGET,
        Cue.TREND,
        Cue.RANK,
        Cue.RUNNING,
        Cue.ROLLING,
        Cue.DEFINE,
        Cue.OVERVIEW,
        Cue.LIST,
        Cue.EXIST,
        Cue.TOTAL,
        Cue.AVERAGE,
        Cue.MEDIAN,
        Cue.MONEY,
        Cue.WHY,
        Cue.FORECAST,
        Cue.ANOMALY,
        Cue.QUALITY,
        Cue.NORMAL,
        Cue.WHAT_IF,
        Cue.GOAL,
        Cue.WHICH,
        Cue.COUNT,
        Cue.EACH,
        Cue.BY,
        Cue.DISTRIBUTION,
        Cue.OTHERS,
        Cue.SAME,
        Cue.ALSO,
        Cue.WHAT_ABOUT,
        Cue.ONLY,
        Cue.NOT,
        Cue.DESCENDING,
        Cue.ASCENDING,
        Cue.THEN,
    }
)

# Words that ask for something of a figure, and that things may be called by.
_ALSO_THINGS = frozenset(
    {Cue.TREND, Cue.RISE, Cue.FALL, Cue.GROWTH, Cue.SHARE, Cue.TARGET, Cue.COMPARE, Cue.RANK, Cue.LIST}
)
_MOVES = ("move", "moves", "moved", "moving")
_HOW_IT_WENT = re.compile(r"\bhow (?:did|do|does|has|have) ", re.IGNORECASE)
# Words that hold things against each other, where growth holds them against an earlier time.
_DIFFERS = re.compile(r"\b(?:difference|higher|lower|better|worse|more|fewer|less|bigger|smaller)\b", re.IGNORECASE)
_THAN = re.compile(r"than\b", re.IGNORECASE)
_AMOUNT = re.compile(r"more|fewer|less|bigger|smaller|larger|greater", re.IGNORECASE)
_IS = ("is", "are", "was", "were", "been", "be", "getting", "keeps", "keep")
_JOINS = ("and", "plus", "with", "along with", "as well as", "together with")


def read_asks(draft: Draft) -> None:
    """Collects the cues; an item that may also be a metric, field or value keeps those meanings for the passes to come."""
    _hold_times_against_each_other(draft)
    for item in draft.items:
        cue = item.cue()
        if cue is None or item.used is not None:
            continue
        if cue is Cue.FORECAST and item.has("dataset") and draft.is_plural(item):
            continue  # "overrun of our projects": the things, and nothing to come
        if cue in _ALSO_THINGS and _is_a_noun(draft, item) and _names_things(item):
            continue  # the moves of a firm that moves people, a ward's falls, the shares of a fund
        if cue is Cue.TREND and _is_their_trade(draft, item):
            continue  # ... and what they have moved
        if cue in ANALYSIS_CUES and not item.has("metric") and not draft.is_context(item):
            draft.asks |= item.cues() & (ANALYSIS_CUES | _ASKS)
            item.used = f"cue:{cue.value}"
            continue
        if cue is Cue.BECAUSE and not _gives_a_value(draft, item):
            cue = Cue.WHY if item.text.casefold() == "caused by" else cue
        if cue in _ASKS:
            draft.asks.add(cue)
        if cue is Cue.GROWTH and _DIFFERS.search(item.text):
            draft.differs = True
        if cue in (Cue.SHARE, Cue.RUNNING):
            before, after = draft.preceding(item.place), draft.following(item.place)
            if before is not None and Cue.ALSO in before.cues():
                before = draft.preceding(before.place)  # "in dollars and also as a share of ..."
            if before is not None and draft.follows and draft.preceding(before.place) is None:
                before = None  # "and as a share of the total?" behind an answer: the "and" joins the two questions
            joined = any(other is not None and other.text.casefold() in _JOINS for other in (before, after))
            draft.figure_and_share = draft.figure_and_share or joined
        if not item.has("metric", "field", "dataset", "value", "denied") or _is_a_verb_of_change(draft, item):
            item.used = f"cue:{cue.value}"
    if Cue.FUNNEL in draft.asks or any(item.has("funnel") for item in draft.items):
        _take_funnel(draft)


def _is_a_noun(draft: Draft, item: Item) -> bool:
    """Whether a word stands for things: in the plural, or as one of them ("had a fall")."""
    before = draft.tokens[item.span.start - 1].folded if item.span.start else ""
    return draft.is_plural(item) or before in ("a", "an", "each", "every", "one")


def _names_things(item: Item) -> bool:
    """Whether a word is what the catalog calls a figure or things."""
    return any(
        meaning.kind in ("metric", "dataset") and meaning.how in ("name", "synonym") for meaning in item.span.meanings
    )


def _is_their_trade(draft: Draft, item: Item) -> bool:
    """Whether "moved" is what the business does, by the names of its figures, and not how a figure went."""
    if item.text.casefold() not in _MOVES or _HOW_IT_WENT.search(draft.question):
        return False
    names = (name for metric in draft.view.metrics.values() for name in (metric.label, *metric.words.synonyms))
    return any("move" in {verb_stem(word) for word in phrase_key(name)} for name in names)


def _hold_times_against_each_other(draft: Draft) -> None:
    """ "Which categories brought in less in October than in May": more or less of one figure than in an earlier time is a
    change of it; what is said of two figures at once is none."""
    held = any(_THAN.match(expression.text) for expression in draft.time.compare_expressions)
    said = [item for item in draft.items if item.used is None and item.cues() & {Cue.GREATER, *CHANGES}]
    if not held or len(said) != 1 or said[0].cues() != {Cue.GREATER} or not _AMOUNT.fullmatch(said[0].text):
        return
    growth = Meaning("cue", Cue.GROWTH.value, said[0].span.best.score, said[0].span.best.how)
    said[0].span = replace(said[0].span, meanings=(growth,))


def _is_a_verb_of_change(draft: Draft, item: Item) -> bool:
    """ "Which country is declining": no figure that has a form of the verb in its name ("decline rate"). "Why did it change":
    not the time that something changed at, whose verb would be "changed"."""
    guessed = all(meaning.how in ("inflection", "short") for meaning in item.span.meanings if meaning.kind != "cue")
    if not (item.cues() & CHANGES and guessed):
        return False
    text = item.text.casefold()
    before = draft.items[item.place - 1].text.casefold() if item.place else ""
    return (before in _IS and text.endswith("ing")) or (draft.is_only_a_time(item) and not text.endswith("ed"))


def _gives_a_value(draft: Draft, item: Item) -> bool:
    """Whether "because of", "due to" and the like lead to a value: then they only join it to what it narrows."""
    following = draft.following(item.place)
    if following is not None and not following.has("value") and following.has("field"):
        following = draft.following(following.place)  # "due to the reason wrong size"
    return following is not None and following.has("value")


def _take_funnel(draft: Draft) -> None:
    """In a question about a funnel its name and the names of its steps are just that, whatever else they may mean."""
    for item in draft.items:
        if item.used is None and item.has("funnel"):
            item.used = "funnel"
        elif item.used is None and item.has("step"):
            item.used = "step"
