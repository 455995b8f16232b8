"""Which figures are shown, and whether one of them was lost or is only set beside another."""

from __future__ import annotations

import itertools
import re

from agent.planners.embedded.cues import Cue
from agent.planners.embedded.draft import Draft
from agent.planners.embedded.reach import base_datasets, pointed_at
from catalog.access import CatalogView
from catalog.query import MetricQuery
from semantic_context.words import phrase_key

_AND_HOW_MUCH = re.compile(
    r"[,;]?\s+(?:and|plus)\s+(?:(?:for|by|at|in|with|to)\s+)?how (?:much|many|high|big|large)\b", re.IGNORECASE
)
_A_NUMBER_OF = re.compile(r"(?:how many|(?:the )?number of)\s*$", re.IGNORECASE)
_SPLITS = frozenset((Cue.BY, Cue.EACH))
_SIDES_OF_A_BOUND = frozenset((Cue.LESS_THAN, Cue.MORE_THAN))
_JOINS_NAMES = ("by", "of", "in", "on", "at", "for", "per", "the", "to", "with", "from")
_BECAME = re.compile(
    r"\b(?:turn(?:ed|s)? into|becom(?:e|es|ing)|became|convert(?:ed|s)? (?:in)?to|leads? to|led to|result(?:ed|s)? in)\b",
    re.IGNORECASE,
)
_PART_WORDS = frozenset("share percentage percent proportion fraction portion part".split())
_WENT = frozenset("went go goes came come comes were was are is".split())


def cuts_a_name(draft: Draft, query: MetricQuery, view: CatalogView) -> str | None:
    """ "Ad spend per order" is not "spend per order" with a word before it, where a figure is called "ad spend"."""
    names = {use.metric for use in query.metrics}
    pairs = [
        (item, after)
        for item, after in itertools.pairwise(draft.items)
        if item.used == "noun" and after.used == "metric" and not item.is_stop
    ]
    if not pairs:
        return None
    known = {
        phrase_key(words): metric.name
        for metric in view.metrics.values()
        for words in (metric.label, *metric.words.synonyms)
    }
    for item, after in pairs:
        own = [token.base for token in draft.tokens[item.span.start : item.span.end]]
        behind = [token.base for token in draft.tokens[after.span.start : after.span.end]]
        for length in range(1, len(behind)):
            found = known.get((*own, *behind[:length]))
            if found is not None and found not in names:
                return f"{item.text} {' '.join(behind[:length])}"
    return None


def is_under_a_figure(draft: Draft) -> str | None:
    """ "Items under their reorder level": what is under another figure is not shown by the two side by side."""
    for item in draft.items:
        behind = draft.following(item.place)
        if item.used == "preposition" and item.cues() & _SIDES_OF_A_BOUND and behind and behind.used == "metric":
            return f"{item.text} {behind.text}"
    return None


def is_of_each_of_the_other(draft: Draft, query: MetricQuery) -> str | None:
    """ "What each hour watched cost us": one figure for each of the other, which the two side by side do not tell."""
    if len(query.metrics) < 2 or any(item.show == "measure" for item in query.calculations):
        return None
    for item, behind in itertools.pairwise(draft.items):
        if item.cue() is Cue.EACH and behind.used == "metric" and not draft.is_plural(behind):
            return f"{item.text} {behind.text}"
    return None


def takes_one_of_two(draft: Draft) -> str | None:
    """ "Visits to site and app", where a figure is called "site visits": the first of two places that are named alike became a
    word of the figure, and the second a filter."""
    for item, joint, other in zip(draft.items, draft.items[1:], draft.items[2:], strict=False):
        words = [token.folded for token in draft.tokens[item.span.start : item.span.end]]
        turned = len(words) > 2 and words[-2] in ("to", "at", "on", "in", "from", "of")
        joined = joint.text.casefold() in ("and", "or", "&") and other.used == "value"
        if item.used == "metric" and item.span.best.how == "inflection" and turned and joined:
            return f"{words[-1]} {joint.text} {other.text}"
    return None


def leaves_a_question_out(draft: Draft, query: MetricQuery) -> str | None:
    """ "How many claims did we settle, and for how much in total?": a second figure asked for, of which only the first is shown."""
    asked = _AND_HOW_MUCH.search(draft.question)
    if asked is None or len(query.metrics) != 1 or draft.ranking is not None:  # what ranks is told by its figure
        return None
    later = [item for item in draft.items if draft.tokens[item.span.start].start >= asked.end()]
    before = [item for item in draft.items if draft.tokens[item.span.start].start < asked.start()]
    figured = any(item.used == "metric" for item in before)
    # "... and how many in Q2", "... and how many in the app" are of the same figure
    figured = figured and not any(item.used in ("metric", "time", "value", "group") for item in later)
    return draft.question[asked.start() :].lstrip(" ,").rstrip("?.! ") if figured else None


def leaves_a_figure_out(draft: Draft, query: MetricQuery, view: CatalogView) -> str | None:
    """ "which category contributes most to returns" is no question of another figure that only sounds like "contributes"."""
    names = {use.metric for use in query.metrics} | {having.column for having in query.having}
    if not names & view.metrics.keys():
        return None
    bases = frozenset[str]().union(*(base_datasets(view, name) for name in names))
    reached = pointed_at(view, bases)
    for item in draft.items:
        if item.used != "noun" or item.is_stop:
            continue
        named = [meaning for meaning in item.of("metric") if meaning.how in ("name", "synonym") and meaning.score > 0.9]
        things = {meaning.name for meaning in item.of("dataset")}
        things |= {name for meaning in named for name in base_datasets(view, meaning.name)}
        if named and not any(meaning.name in names for meaning in named) and not things & reached:
            return item.text
    return None


def leaves_out_what_is_split(draft: Draft, query: MetricQuery, view: CatalogView) -> str | None:
    """ "Categories with a return rate over 10 %: orders per category": a figure at the head of a clause, with a split right
    behind it, is what is asked for, and no noun."""
    names = {use.metric for use in query.metrics}
    for item in draft.items:
        behind = draft.following(item.place)
        named = [meaning.name for meaning in item.of("metric") if meaning.how in ("name", "synonym")]
        if item.used != "noun" or not named or names & set(named) or behind is None or behind.cue() not in _SPLITS:
            continue
        counted = any(view.whole.metric_by_name[name].unit == "count" for name in names)
        before = draft.question[: draft.tokens[item.span.start].start]
        head = _A_NUMBER_OF.sub("", before)
        heads = not head.strip() or head.rstrip().endswith((".", "?", ":", ";"))
        if heads or (head != before and not counted):
            return f"{item.text} {behind.text}"
    return None


def holds_nothing_against(draft: Draft, query: MetricQuery) -> str | None:
    """A comparison that was asked for, where one figure stands alone: what it was to be held against was lost."""
    shown = [item.show for item in query.compare] + [item.show for item in query.calculations]
    if (
        Cue.COMPARE not in draft.asks
        or "measure" in shown
        or query.group_by
        or len(query.metrics) != 1
        or query.targets
    ):
        return None
    item = next((item for item in draft.items if Cue.COMPARE in item.cues() and not draft.is_context(item)), None)
    if item is not None and item.text.casefold().startswith("differ"):
        return None  # "how does it differ if the channel is web"
    return item.text if item is not None else None


def cuts_a_field(draft: Draft) -> str | None:
    """ "Claims with policy number": a field that the question names is no figure of policies with a rest of words."""
    for name in draft.field_names:
        if not name.start or draft.tokens[name.start - 1].folded not in ("with", "showing", "including"):
            continue  # "order numbers by region" may well be how many
        for item in draft.items:
            if item.used != "metric" or item.span.start < name.start or item.span.end > name.end:
                continue
            rest = [
                other
                for other in draft.items
                if other is not item and name.start <= other.span.start and other.span.end <= name.end
            ]
            if any(other.used is None and other.text.casefold() not in _JOINS_NAMES for other in rest):
                return name.text
    return None


def is_what_became_of_them(draft: Draft, query: MetricQuery) -> str | None:
    """ "How many quotes turned into jobs": those of the one that led to the other, which the two side by side do not tell."""
    found = _BECAME.search(draft.question)
    told = any(item.show == "measure" for item in query.calculations)
    return found[0] if found is not None and len(query.metrics) > 1 and not told else None


def is_a_share_of_these(draft: Draft, query: MetricQuery, view: CatalogView) -> str | None:
    """ "What share of lots sold went to online bidders", where the share of lots sold is a figure: it is of the lots that were
    sold, and no such figure of those online."""
    if not any(view.whole.metric_by_name[use.metric].unit == "fraction" for use in query.metrics):
        return None
    for item in draft.items:
        words = {token.folded for token in draft.tokens[item.span.start : item.span.end]}
        if item.used != "metric" or not words & _PART_WORDS:
            continue
        behind = list(itertools.takewhile(lambda other: other.used != "value", draft.items[item.place + 1 :]))
        place = item.place + 1 + len(behind)
        verb = next((other for other in behind if other.text.casefold() in _WENT), None)
        if verb is not None and place < len(draft.items):
            return f"{item.text} {verb.text} {draft.items[place].text}"
    return None
