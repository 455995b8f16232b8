"""Lets a name of the catalog be a name where its words could also ask for an analysis or an order.

A catalog may have a field called cohort, cause or scenario, a value called normal or high, a metric called forecast. Words
that name such a thing exactly, in a place where a name stands, lose their other meaning: the plain reading wins.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from agent.planners.embedded.cues import ANALYSIS_CUES, Cue
from agent.planners.embedded.draft import Draft, Item
from semantic_context.linking import Meaning, MeaningKind, split_route
from semantic_context.words import phrase_key

_ANALYSES = ANALYSIS_CUES | {Cue.WHY, Cue.FORECAST, Cue.WHAT_IF, Cue.GOAL, Cue.ANOMALY, Cue.NORMAL}
_SURE = 0.94
_TURN_TO_A_FIGURE = ("in", "on", "by", "for", "at", "the")
_ASKS_WHETHER = re.compile(r"(?:is|are|was|were)\b", re.IGNORECASE)


def prefer_names(draft: Draft) -> None:
    """Drops the asking meanings of items that are names where they stand, and the names of words that only ask."""
    for item in draft.items:
        if item.used is None and item.has("dataset") and _only_resembles_why(item):
            _keep(item, lambda meaning: meaning.name != Cue.WHY.value)
        if item.used is not None or not item.has("metric", "field", "value"):
            continue
        if _exact(item, "metric") and not _is_the_verb_of_which(draft, item):
            _keep(
                item, lambda meaning: meaning.kind != "cue" or meaning.how != "inflection"
            )  # "leads" are no "leading"
        if _opens_a_list(draft, item):
            _keep(item, lambda meaning: meaning.kind in ("cue", "stop"))
        if _is_put_in_order(draft, item):
            _keep(item, lambda meaning: meaning.kind != "value")  # "rank the stores by margin": one value has no order
        if _is_listed(draft, item):
            _keep(item, lambda meaning: meaning.kind not in ("stop", "cue"))
        elif item.has("stop") and draft.is_plural(item) and _exact(item, "field"):
            _keep(item, lambda meaning: meaning.kind != "stop")  # "segments by revenue": a noun, not "to segment"
        if item.cues() & _ANALYSES:
            asked_of = _asked_of(draft, item)
            if item.has("field") and _is_led(draft, item):
                _keep(item, lambda meaning: meaning.kind != "cue" or Cue(meaning.name) not in _ANALYSES)
            elif asked_of is not None:
                _keep(item, partial(_is_no, asked_of))
            elif _exact(item, "metric", "field", "value"):
                _keep(item, lambda meaning: meaning.kind != "cue" or Cue(meaning.name) not in _ANALYSES)
        if item.has("metric", "field") and _says_which_are_counted(draft, item):
            _keep(item, lambda meaning: meaning.kind not in ("metric", "field"))
        if _is_of_the_name(draft, item):
            item.used = "noun"
        if item.cues() and _stands_beside_its_field(draft, item):
            _keep(item, lambda meaning: meaning.kind != "cue")


def _is_of_the_name(draft: Draft, item: Item) -> bool:
    """ "Perm fee income", where the figure "Perm fees" is called fee income too: no value but a word of the figure's own name,
    which narrows nothing more."""
    following = draft.items[item.place + 1] if item.place + 1 < len(draft.items) else None
    if following is None or not item.has("value") or item.has("metric", "field", "dataset"):
        return False
    said = {token.base for token in draft.tokens[item.span.start : item.span.end]}
    named = [meaning.name for meaning in following.of("metric") if meaning.how in ("name", "synonym")]
    return bool(named) and all(said < set(phrase_key(draft.view.whole.metric_by_name[name].label)) for name in named)


def _opens_a_list(draft: Draft, item: Item) -> bool:
    """ "List every retailer whose ...", where a field is called list too: the word that opens the question asks for one."""
    behind = draft.tokens[item.span.end].folded if item.span.end < len(draft.tokens) else ""
    led = behind in ("all", "any", "each", "every", "me", "our", "the", "those")
    return item.place == 0 and Cue.LIST in item.cues() and led and not draft.is_plural(item)


def _is_put_in_order(draft: Draft, item: Item) -> bool:
    """Whether things in the plural stand between a verb that puts in order, or sets side by side, and what it goes by."""
    if not item.has("value") or not item.has("field", "dataset") or not draft.is_plural(item):
        return False
    verb, behind = draft.preceding(item.place), draft.following(item.place)
    opens = verb is not None and verb.cues() & {Cue.RANK, Cue.LIST, Cue.COMPARE} and draft.preceding(verb.place) is None
    return bool(opens) and behind is not None and behind.cue() is Cue.BY


def _is_the_verb_of_which(draft: Draft, item: Item) -> bool:
    """ "Which channel leads in sales?", where leads are counted too: the verb of the things asked about."""
    things = draft.preceding(item.place)
    asked = draft.preceding(things.place) if things is not None else None
    behind = draft.tokens[item.span.end : item.span.end + 1]
    turned = bool(behind) and behind[0].folded in _TURN_TO_A_FIGURE
    return asked is not None and asked.cue() is Cue.WHICH and turned


def _only_resembles_why(item: Item) -> bool:
    """ "Members drive more than ...", where drives are a thing: not "what drives it"."""
    return any(meaning.name == Cue.WHY.value and meaning.how == "inflection" for meaning in item.of("cue"))


def _keep(item: Item, wanted: Callable[[Meaning], bool]) -> None:
    item.span = replace(item.span, meanings=tuple(filter(wanted, item.span.meanings)))


def _is_no(kind: MeaningKind, meaning: Meaning) -> bool:
    return meaning.kind != kind


def _exact(item: Item, *kinds: MeaningKind) -> bool:
    return any(
        meaning.score >= _SURE and meaning.how not in ("short", "meaning", "participle")
        for kind in kinds
        for meaning in item.of(kind)
    )


def _is_listed(draft: Draft, item: Item) -> bool:
    """ "what plans are there": a field whose name is a word that elsewhere says little."""
    following = draft.following(item.place)
    listed = following is not None and Cue.EXIST in following.cues()
    return listed and _exact(item, "field") and item.has("stop", "cue") and item.place > 0


def _asked_of(draft: Draft, item: Item) -> MeaningKind | None:
    """The kind of name that an item is not, where its words ask something of what stands by: "forecast revenue" beside a
    figure called forecast, "is it normal?" beside a value called normal."""
    if item.has("value") and not item.has("field", "metric"):
        following = draft.following(item.place)
        last = following is None or following.has("period")
        return "value" if last and _ASKS_WHETHER.match(draft.question) else None
    if item.has("metric") and not item.has("field", "value"):
        beside = (draft.following(item.place), draft.preceding(item.place))
        return "metric" if any(other is not None and other.span.best.kind == "metric" for other in beside) else None
    return None


def _is_led(draft: Draft, item: Item) -> bool:
    """ "each cause", "by cause": a word that leads to groups stands right before."""
    before = draft.items[item.place - 1] if item.place else None
    return before is not None and before.cue() in (Cue.BY, Cue.EACH, Cue.WHICH)


def _says_which_are_counted(draft: Draft, item: Item) -> bool:
    """ "At least one paid invoice", "a paid invoice": behind a number or an article, before the things of which it is a value,
    where a figure is called paid too."""
    before = draft.items[item.place - 1] if item.place else None
    things = {meaning.name for meaning in after.of("dataset")} if (after := draft.following(item.place)) else set()
    values = {meaning.name.partition(".")[0] for meaning in item.of("value") if meaning.score >= _SURE}
    led = before is not None and (before.has("number") or before.text.casefold() in ("a", "an"))
    return led and bool(things & values)


def _stands_beside_its_field(draft: Draft, item: Item) -> bool:
    """ "high risk", "the Plus plan": a value of the field that is named right beside it."""
    fields = {meaning.name for meaning in item.of("value") if meaning.score >= _SURE}
    around = [draft.items[place] for place in (item.place - 1, item.place + 1) if 0 <= place < len(draft.items)]
    named = {split_route(meaning.name)[0] for other in around for meaning in other.of("field")}
    return bool(fields & named)
