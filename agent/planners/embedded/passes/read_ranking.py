"""Takes superlatives and the numbers beside them: "top 5", "the three best", "lowest"."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import Literal

from agent.planners.embedded.cues import Cue, cue_phrases
from agent.planners.embedded.draft import Draft, Item, RankingSlot
from catalog.models import AggregateMetric, Aggregation
from semantic_context.linking import MeaningKind
from semantic_context.numbers import NumberExpression
from semantic_context.time_expressions import TimeExpression, TimeKind

_SENSES: dict[Cue, Literal["high", "low", "good", "bad"]] = {
    Cue.TOP: "good",
    Cue.BOTTOM: "bad",
    Cue.HIGHEST: "high",
    Cue.LOWEST: "low",
}


_PLAIN_ADJECTIVES = ("high", "low", "peak", "record", "max", "min", "maximum", "minimum")
_NAMES: tuple[MeaningKind, ...] = ("field", "dataset", "metric", "value")
_THE_FIRST = ("number one", "the number one")
_LIMITS = ("minimum", "min", "maximum", "max")


def number_of(item: Item | None) -> NumberExpression | None:
    """The number that an item is, if it is one."""
    found = item.of("number") if item else ()
    payload = found[0].payload if found else None
    return payload if isinstance(payload, NumberExpression) else None


def _whole(item: Item | None) -> int | None:
    number = number_of(item)
    if item is None or item.used is not None or number is None or number.unit is not None:
        return None
    return int(number.value) if number.value == int(number.value) and 1 <= number.value <= 10_000 else None


_AMONG = {Cue.WHICH, Cue.LIST, Cue.TOP, Cue.BOTTOM}


def read_ranking(draft: Draft) -> None:
    """Fills the ranking from the first superlative; a literal "top" means high, "best" follows the metric's direction."""
    _read_inside_names(draft)
    _read_best_ones(draft)
    for item in draft.items:
        cue = item.cue()
        if cue not in _SENSES or (item.used or "").startswith("taken"):
            continue
        after = draft.items[item.place + 1] if item.place + 1 < len(draft.items) else None
        if _runs_both_ways(draft, item):
            continue
        if _is_of_an_unknown_quality(draft, item):
            item.used = "context"
            continue
        if item.text.casefold() in _LIMITS and after is not None and number_of(after) is not None:
            continue  # "minimum 10 orders" is a bound
        ours = item.place > 0 and draft.items[item.place - 1].text.casefold() in (
            "our",
            "a",
            "the",
            "new",
            "all-time",
            "best",
        )
        if item.text.casefold() == "record" and not ours and (after is None or not after.has("period")):
            continue  # "do we record" is no "record month"
        before = draft.items[item.place - 1] if item.place else None
        count = None
        for neighbour in (after, before):
            count = _whole(neighbour)
            if count is not None and neighbour is not None:
                neighbour.used = "ranking"
                break
        count = count or _count_of_things(draft, item.place) or _count_before(draft, item)
        count = 1 if count is None and item.text.casefold() in _THE_FIRST else count
        followed = _is_followed_by_all(draft, item)
        if count is None and followed and draft.has_cue(Cue.DESCENDING, Cue.ASCENDING):
            item.used = "ranking"  # "Which region is worst? Rate by region, ascending": the order is said outright
            continue
        sorts = _only_orders(draft, item) or followed
        if count is None and sorts:
            item.used = "ranking"
            draft.sorts.append(item.place)
            low = cue in (Cue.LOWEST, Cue.BOTTOM)
            draft.asks.add(Cue.ASCENDING if low else Cue.DESCENDING)
            draft.sorts_by_worth = cue in (Cue.TOP, Cue.BOTTOM) and item.text.casefold() not in ("top", "bottom")
            continue
        sense = _SENSES[cue]
        if item.text.casefold() == "top":
            sense = "high"
        if item.text.casefold() == "bottom":
            sense = "low"
        item.used = "ranking"
        _note_owner(draft, item)
        if draft.ranking is not None and count is not None and _only_limits(draft, draft.ranking, item):
            draft.ranking = replace(draft.ranking, count=draft.ranking.count or count)
        elif draft.ranking is None or (draft.ranking.count is None and count is not None):
            draft.ranking = RankingSlot(item.place, sense, count)
        elif count is None and after is not None and after.has("metric"):
            draft.ranking = replace(draft.ranking, sense=sense)  # "top 3 categories with the lowest return rate"
    _read_place(draft)


def _only_limits(draft: Draft, ranking: RankingSlot, item: Item) -> bool:
    """ "best selling products, top three": behind a superlative that has things and a figure already, a bare "top" says only
    how many of them are shown."""
    if item.text.casefold() != "top" or ranking.item < 0 or item.place == 0:
        return False
    behind = draft.items[item.place + 1 :]
    return draft.items[item.place - 1].text == "," and not any(
        other.has("metric", "field", "dataset") for other in behind
    )


def _read_best_ones(draft: Draft) -> None:
    """ "Who are our top 10 customers": how many of the best; a plain ranking where a figure to rank by is said behind, or where
    the catalog declares no customers to be judged by more than one figure."""
    for item in draft.items:
        if Cue.BEST_ONES not in item.cues() or item.used != f"cue:{Cue.BEST_ONES.value}":
            continue
        after = draft.items[item.place + 1] if item.place + 1 < len(draft.items) else None
        count = _whole(after)
        ranked_by = any(
            other.cue() is Cue.BY
            and (following := draft.following(other.place)) is not None
            and following.has("metric")
            for other in draft.items[item.place :]
        )
        if count is None and not ranked_by:
            continue
        if count is not None and after is not None:
            after.used = "ranking"
        if ranked_by or draft.view.whole.strategy.customers is None:
            draft.asks.discard(Cue.BEST_ONES)
            item.used = "ranking"
        draft.ranking = RankingSlot(item.place, "high", count)


def _runs_both_ways(draft: Draft, superlative: Item) -> bool:
    """ "from best to worst", "lowest up to highest": how all rows are sorted; takes both superlatives."""
    if superlative.place in draft.sorts:
        return True
    other = next((item for item in draft.items[superlative.place + 1 :] if item.cue() in _SENSES), None)
    if other is None:
        return False
    between = [item.text.casefold() for item in draft.items[superlative.place + 1 : other.place]]
    if not {"to", "up to", "down to"} & set(between) or not set(between) <= {
        "to",
        "up to",
        "down to",
        "up",
        "down",
        "the",
    }:
        return False
    falls = superlative.cue() in (Cue.TOP, Cue.HIGHEST)
    if falls == (other.cue() in (Cue.TOP, Cue.HIGHEST)):
        return False
    for item in draft.items[superlative.place : other.place + 1]:
        item.used = "ranking"
    draft.sorts += [superlative.place, other.place]
    draft.asks.add(Cue.DESCENDING if falls else Cue.ASCENDING)
    draft.sorts_by_worth = superlative.cue() in (Cue.TOP, Cue.BOTTOM)
    return True


def _only_orders(draft: Draft, superlative: Item) -> bool:
    """ "most common first", "with the highest margin at the top": how rows are sorted, not which ones are wanted."""
    for other in draft.items[superlative.place + 1 : superlative.place + 5]:
        if Cue.FIRST in other.cues():
            other.used = "ranking"
            return True
        if not (other.is_stop or other.has("metric") or other.cue() in _SENSES):
            return False
    return False


def _is_followed_by_all(draft: Draft, superlative: Item) -> bool:
    """ "On which weekday do people drive the most? Give me trips for every weekday": all rows are asked for in the end, and
    the order tells which is first."""
    if not draft.is_context(superlative):
        return False
    asked = [item for item in draft.items if not draft.is_context(item)]
    named = {meaning.name for item in asked for kind in _NAMES for meaning in item.of(kind)}
    for item in draft.items:
        own = {meaning.name for kind in _NAMES for meaning in item.of(kind)}
        before = draft.preceding(item.place)
        which = before is not None and before.cue() is Cue.WHICH
        if which and draft.is_context(item) and own and not own & named and item.span.best.kind in _NAMES:
            return False  # "Which model is driven most? Give me trips by city": of another thing
    times = [meaning.payload for item in asked for meaning in item.of("period")]
    steps = any(isinstance(time, TimeExpression) and time.kind in (TimeKind.GRAIN, TimeKind.PART) for time in times)
    return steps or any(item.cue() in (Cue.BY, Cue.EACH) for item in asked)


def _is_of_an_unknown_quality(draft: Draft, superlative: Item) -> bool:
    """ "Which part is the least safe? Incident rate by region": around the question, of what is no figure's word, it says
    nothing of which way the figure is best."""
    behind = draft.tokens[superlative.span.end] if superlative.span.end < len(draft.tokens) else None
    if superlative.text.casefold() not in ("least", "most") or behind is None or not draft.is_context(superlative):
        return False
    return behind.start in {token.start for token in draft.left_over}


def _note_owner(draft: Draft, superlative: Item) -> None:
    """ "the campaign with the worst ROAS": the thing that has the superlative is what is sought."""
    having = draft.preceding(superlative.place)
    if having is None or having.cue() is not Cue.HAVING:
        return
    owner = draft.preceding(having.place)
    if owner is not None and owner.used is None and owner.has("field", "dataset"):
        draft.bounded.append(owner.place)


def _read_place(draft: Draft) -> None:
    """ "the second highest", "which came third": a place in the order, the highest first unless said otherwise."""
    for item in draft.items:
        places = [meaning.payload for meaning in item.of("cue") if meaning.name == Cue.NTH.value]
        if not places or item.used not in (None, f"cue:{Cue.NTH.value}") or not isinstance(places[0], int):
            continue
        item.used = "ranking"
        ranking = draft.ranking or RankingSlot(item.place, "high")
        draft.ranking = replace(ranking, nth=places[0], count=None)
        return


def _read_inside_names(draft: Draft) -> None:
    """A metric's name may hold the superlative itself ("what sells best"): it still asks for an order."""
    for item in draft.items:
        if item.used is not None or item.span.best.kind != "metric" or item.span.end - item.span.start < 2:
            continue
        if _is_itself_the_most(draft, item):
            continue
        words = draft.tokens[item.span.start : item.span.end]
        for place, token in enumerate(words):
            if token.folded in _PLAIN_ADJECTIVES or [word.folded for word in words[place + 1 : place + 2]] == ["line"]:
                continue  # "low stock products" are called so, and so is the top line
            said = [meaning for meaning in cue_phrases().means(token.folded) if meaning.how != "inflection"]
            cues = {Cue(meaning.name) for meaning in said if meaning.kind == "cue"}  # "lead time" leads nothing
            found = next((cue for cue in _SENSES if cue in cues), None)
            if found is not None and draft.ranking is None:
                draft.ranking = RankingSlot(item.place, _SENSES[found], _count_before(draft, item))


def _is_itself_the_most(draft: Draft, item: Item) -> bool:
    """ "the longest downtime of 2025": a figure that is the most of one, where it is not asked which has it."""
    metric = draft.view.whole.metric_by_name[item.span.best.name]
    most = isinstance(metric, AggregateMetric) and metric.aggregation in (Aggregation.MAX, Aggregation.MIN)
    is_sought = draft.time.asks_which or any(other.cues() & _AMONG for other in draft.items)
    return most and not is_sought


def _count_before(draft: Draft, superlative: Item) -> int | None:
    """ "which three are the highest": a number with nothing but small words up to the superlative."""
    before = draft.preceding(superlative.place)
    count = _whole(before)
    if count is None or before is None:
        return None
    before.used = "ranking"
    return count


def _count_of_things(draft: Draft, superlative: int) -> int | None:
    """ "the five campaigns with the lowest ...": a number before the things that a later superlative picks."""
    for item, thing in itertools.pairwise(draft.items[:superlative]):
        count = _whole(item)
        if count is None:
            continue
        if thing.used is None and thing.has("field", "dataset"):
            item.used = "ranking"
            draft.bounded.append(thing.place)
            return count
        if thing.used == "time" and draft.time.grain is not None and draft.is_plural(thing):
            item.used = "ranking"  # "which 3 months of 2025 had the highest ..."
            return count
    return None
