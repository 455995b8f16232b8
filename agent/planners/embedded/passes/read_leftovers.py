"""Names what no pass could use: no word of the question is dropped in silence."""

from __future__ import annotations

import re
from collections.abc import Sequence

from agent.planners.embedded.clauses_of_splits import clause_unread
from agent.planners.embedded.counts import counted_thing, metrics_that_count
from agent.planners.embedded.cues import CHANGES, FUNCTION_WORDS, Cue
from agent.planners.embedded.draft import Draft, Item
from agent.planners.embedded.passes.average_over_things import averages_over_things, things_said_per
from agent.planners.embedded.passes.count_once import things_of
from agent.planners.embedded.passes.read_groups import said_of_any
from agent.planners.embedded.period_words import time_to_go_by
from agent.planners.embedded.shares import reached_of
from agent.planners.embedded.stop_tokens import is_stop
from agent.tools.analysis.additivity import adds_up_over_time
from agent.tools.compile import metric_time
from agent.tools.guard.metric_access import parts_within
from catalog.models import AggregateMetric, DerivedMetric
from semantic_context.linking import Covering, split_route
from semantic_context.words import Token

# Words that change what is asked: left unused they must be named, or a question is answered that nobody asked.
BEARING = frozenset(
    {
        Cue.NOT,
        Cue.MORE_THAN,
        Cue.LESS_THAN,
        Cue.AT_LEAST,
        Cue.AT_MOST,
        Cue.EXACTLY,
        Cue.BETWEEN,
        Cue.AVERAGE,
        Cue.MEDIAN,
        Cue.ROLLING,
        Cue.GREATER,
        Cue.DISTRIBUTION,
        Cue.OTHERS,
        Cue.NTH,
        Cue.FIRST,
        Cue.THEN,
        Cue.DATA_QUALITY,
        Cue.BECAUSE,
        Cue.MISSES,
    }
)


_AVERAGE_STEP = re.compile(r"\bon average per (?:day|week|month|quarter|year)\b", re.IGNORECASE)
_DIFFERENT = ("distinct", "unique")
_COUNTED = re.compile(r"\b(?:how many|number of)\b", re.IGNORECASE)
_NO_SPLIT = (
    "any",
    "chance",
    "far",
    "now",
    "then",
    "way",
    "itself",
    "themselves",
    "all",
    "please",
    "there",
    "today",
    "still",
)
_SAYS_LITTLE = frozenset("business company firm kind level manager organisation organization person sort team".split())
_LOST = ("lose", "loses", "lost", "losing")
_BEYOND = {Cue.MORE_THAN, Cue.LESS_THAN}


def bearing_starts(tokens: Sequence[Token], covering: Covering) -> frozenset[int]:
    """Where the words of phrases begin that change what is asked, though each word alone may say little: "all but"."""
    return frozenset(
        tokens[place].start
        for span in covering.spans
        if span.best.kind == "cue" and Cue(span.best.name) in BEARING
        for place in range(span.start, span.end)
    )


def read_leftovers(draft: Draft) -> None:
    """Free numbers, values, fields and denied names stay unexplained or denied; free cues and nouns are harmless."""
    draft.unexplained += _escaped_negation(draft) + _uneven_alternatives(draft) + _other_time_to_go_by(draft)
    if (clause := clause_unread(draft.question, _places_of_groups(draft))) is not None:
        draft.unexplained.append(clause)
    if (step := _AVERAGE_STEP.search(draft.question)) is not None:
        averaged = _averages_over_time(draft) or draft.average_over is not None
        if not averaged and any(not adds_up_over_time(draft.view, slot.candidates[0].name) for slot in draft.metrics):
            draft.unexplained.append(step[0])  # a row for each month is no figure of an average month
    for item in draft.items:
        if item.is_stop:
            if item.used is None and draft.tokens[item.span.start].start in draft.value_starts:
                draft.unexplained.append(item.text)  # the A of "Scenario A", which a better covering knows
            elif _asks_for_an_amount(draft, item):
                draft.unexplained.append(item.text)
            if item.text.casefold() in _DIFFERENT and not _counts_once(draft, item):
                draft.unexplained.append(item.text)
            continue
        if _is_bearing(draft, item) or _counts_losses(draft, item) or _splits_by_nothing(draft, item):
            draft.unexplained.append(item.text)
        if _lifts_its_condition(draft, item):
            draft.unexplained.append(f"any {item.text}")
        if item.used is not None or _names_its_time(draft, item):
            continue
        if draft.is_only_a_time(item) and (item.has("stop") or _says_nothing(draft, item)):
            item.used = "noun"  # "orders placed by region": the verb of some time, with no period beside it
            continue
        if item.has("denied"):
            draft.denied.append(item)
            item.used = "denied"
        elif item.text.casefold() in ("one", "ones") and item.has("number"):
            item.used = "noun"  # "a quick one"
        elif item.has("number", "value", "field", "metric", "funnel", "step"):
            draft.unexplained.append(item.text)
            item.used = "unexplained"


def _places_of_groups(draft: Draft) -> list[tuple[int, int]]:
    """Where in the question splits are written."""
    spans = [item.span for item in draft.items if item.used == "group"]
    return [(draft.tokens[span.start].start, draft.tokens[span.end - 1].end) for span in spans]


def _lifts_its_condition(draft: Draft, item: Item) -> bool:
    """ "Revenue of orders of any status", where revenue leaves out a status of its own: the figure is of some only."""
    if item.used != "qualifier" or not said_of_any(draft, item):
        return False
    fields = {split_route(meaning.name)[0].partition(".")[2] for meaning in item.of("field")}
    told = " ".join(
        getattr(part, "filter", None) or ""
        for slot in draft.metrics
        for part in parts_within(draft.view.whole, slot.candidates[0].name)
    )
    return any(re.search(rf"\b{re.escape(name)}\b", told) for name in fields)


def _counts_once(draft: Draft, item: Item) -> bool:
    """ "distinct customers", "unique products sold": whether the figure counts each of these things once."""
    following = draft.following(item.place)
    things = [meaning.name for meaning in following.of("dataset")] if following is not None else []
    if following is not None and following.used == "value" and not things:
        things = sorted(things_of(following))  # "distinct toys sold"
    figures = [slot.candidates[0].name for slot in draft.metrics]
    once = {name for thing in things for name in metrics_that_count(draft.view, thing)}
    named = {meaning.name for meaning in following.of("metric")} if following is not None else set()
    once |= {
        name
        for name in figures
        if (counted := counted_thing(draft.view, name)) and (counted in things or name in named)
    }
    return bool(figures) and set(figures) <= once


def _asks_for_an_amount(draft: Draft, item: Item) -> bool:
    """ "total invoice amount": the number of invoices is no answer to it."""
    before = draft.items[item.place - 1] if item.place else None
    if (
        before is None
        or before.used != "metric"
        or item.text.casefold() not in ("amount", "amounts", "value", "values")
    ):
        return False
    slots = [slot for slot in draft.metrics if slot.item == before.place]
    return any(draft.view.whole.metric_by_name[slot.candidates[0].name].unit == "count" for slot in slots)


def _other_time_to_go_by(draft: Draft) -> list[str]:
    """ "going by the day they were paid", where the figure goes by another day."""
    stretch = time_to_go_by(draft.question)
    if stretch is None:
        return []
    within = [item for item in draft.items if draft.stands_in(item, stretch)]
    return [] if any(_names_its_time(draft, item) for item in within) else [draft.question[slice(*stretch)].strip()]


def _uneven_alternatives(draft: Draft) -> list[str]:
    """ "delayed or failed": alternatives of which one is a figure and the other a value go together in no query."""
    uneven: list[str] = []
    for item in draft.items:
        if item.text.casefold() != "or":
            continue
        sides = {
            other.used for other in (draft.preceding(item.place), draft.following(item.place)) if other is not None
        }
        if "value" in sides and sides & {"metric", "noun", "group"}:
            uneven.append(item.text)
    return uneven


def _escaped_negation(draft: Draft) -> list[str]:
    """What stands in a list behind "not" and was taken for no value: "excluding cancelled and returned orders"."""
    escaped: list[str] = []
    for slot in draft.filters:
        if not slot.negated or slot.item < 0:
            continue
        joined = False
        for item in draft.items[slot.item + 1 :]:
            if item.is_stop or item.used in ("value", "qualifier"):
                continue
            if item.text.casefold() in ("and", "or", "nor", "&"):
                joined = True
                continue
            if joined and item.used in ("noun", "metric", "group") and not item.cues():
                escaped.append(item.text)
            break
    return escaped


def _is_bearing(draft: Draft, item: Item) -> bool:
    """Whether an unused cue would change the answer. "Average" is harmless beside a metric that is one."""
    if item.used is not None and not item.used.startswith("cue:"):
        return False
    cues = item.cues()
    if {Cue.NOT, Cue.FALL} <= cues and draft.follows and not draft.metrics and not item.place:
        return True  # "drop ..." behind an answer, with nothing found to leave out
    if Cue.DISTRIBUTION in cues and (draft.groups or draft.time.part or draft.time.grain):
        return False
    if cues == {Cue.OTHERS} and draft.ranking is not None and draft.ranking.count is not None:
        return False
    if cues == {Cue.THEN} and (draft.time.named or draft.follows):
        return False
    if cues == {Cue.BECAUSE}:
        if item.used == f"cue:{Cue.WHY.value}":
            return False  # "what was the fall caused by"
        following = draft.following(item.place)
        return following is None or following.used not in ("value", "qualifier")
    text = item.text.casefold()
    if text in ("exactly", "precisely") or (text in ("mean", "means") and Cue.DEFINE in draft.asks):
        return False  # "how exactly is it calculated", "what does it mean"; before a number it is a bound
    if cues <= _BEYOND | {Cue.MISSES} and Cue.TARGET in draft.asks:
        return False  # "are we above target"
    if (
        cues == {Cue.AT_LEAST}
        and Cue.SHARE in draft.asks
        and any(reached_of(draft.view, slot.candidates[0].name, draft.question) for slot in draft.metrics)
    ):
        return False  # "what share of the target did we reach"
    if not cues or not cues <= BEARING or item.has("metric", "field", "dataset", "value"):
        return False
    if cues == {Cue.GREATER} and _picks_one_of_two(draft):
        return False
    if cues == {Cue.AVERAGE}:
        return not (
            _is_said_of_an_average(draft, item) or _averages_over_time(draft) or averages_over_things(draft, item)
        )
    if cues == {Cue.MEDIAN}:
        return not averages_over_things(draft, item)
    return True


def _picks_one_of_two(draft: Draft) -> bool:
    """ "More orders in 2025 or in 2024", "more orders or returns": two times or two figures that "or" joins are both shown."""
    joints = [item for item in draft.items if item.text.casefold() == "or"]
    sides = {
        other.used for item in joints for other in (draft.preceding(item.place), draft.following(item.place)) if other
    }
    within = any(item.used == "time" and " or " in item.text.casefold() for item in draft.items)
    times = len(draft.time.periods) == 2 and (sides == {"time"} or within)
    return times or (sides == {"metric"} and len(draft.metrics) == 2)


def _counts_losses(draft: Draft, item: Item) -> bool:
    """ "how many customers did we lose": a count of those lost is no count of all, held against an earlier one or not."""
    lost = item.used == f"cue:{Cue.FALL.value}" and item.text.casefold() in _LOST
    units = {draft.view.whole.metric_by_name[slot.candidates[0].name].unit for slot in draft.metrics}
    how_much = units == {"count"} and "how much" in draft.question.casefold()  # "how much clients we have lost"
    counted = how_much or Cue.COUNT in draft.asks or _COUNTED.search(draft.question) is not None
    held_against = draft.time.compare_expressions or Cue.RISE in draft.asks  # "did we gain or lose from May to June"
    return lost and counted and not held_against


def _splits_by_nothing(draft: Draft, item: Item) -> bool:
    """ "by" with nothing behind it that was taken as a group, a time, a value or what to rank by; "by city and team"."""
    if item.text.casefold() == "and":
        return _adds_nothing(draft, item)
    if item.cue() is not Cue.BY or item.used != f"cue:{Cue.BY.value}" or item.text.casefold() not in ("by", "split by"):
        return False
    following = draft.following(item.place)
    taken = ("group", "time", "value", "qualifier", "metric", "ranking", "noun", "cue:")
    before = draft.preceding(item.place)
    if before is not None and before.used == "metric":
        before = draft.preceding(before.place) or before
    if following is not None and following.used == "bound" and before is not None and before.cues() & CHANGES:
        return False  # "grew by more than 5 %"
    rest = [other for other in draft.items[item.place + 1 :] if other.text.casefold() not in FUNCTION_WORDS]
    noun = rest[0] if rest else None
    one_word = noun is not None and noun.is_stop and noun.span.end - noun.span.start == 1
    if one_word and noun is not None and noun.text.casefold() not in _NO_SPLIT and _is_time(following):
        return True  # "revenue by team in 2025": the word says little, but not here
    return following is None or not (following.used or "").startswith(taken)


def _adds_nothing(draft: Draft, joint: Item) -> bool:
    """ "by city and team": a thing that the business does not know, behind a group."""
    group, after = draft.preceding(joint.place), draft.following(joint.place)
    behind = draft.items[joint.place + 1] if joint.place + 1 < len(draft.items) else None
    noun = behind is not None and behind.is_stop and draft.tokens[behind.span.start].base in _SAYS_LITTLE
    return noun and group is not None and group.used == "group" and (after is None or _is_time(after))


def _is_time(item: Item | None) -> bool:
    return item is not None and item.used == "time"


def _averages_over_time(draft: Draft) -> bool:
    """ "average orders per day": one figure, the total divided by the days, where totals add up over time."""
    if draft.average_per is not None:
        return True
    grain = draft.time.grain
    if grain is None or not draft.metrics or draft.ranking is not None or Cue.TREND in draft.asks:
        return False
    if things_said_per(draft):
        return False  # "average revenue per store by month"
    if not all(adds_up_over_time(draft.view, slot.candidates[0].name) for slot in draft.metrics):
        return False
    draft.average_per, draft.time.grain = grain, None
    return True


def _is_said_of_an_average(draft: Draft, item: Item) -> bool:
    """Whether "average" stands before a metric that is one, or all metrics are."""
    following = draft.following(item.place)
    slots = [slot for slot in draft.metrics if following is not None and slot.item == following.place] or draft.metrics
    metrics = [draft.view.whole.metric_by_name[slot.candidates[0].name] for slot in slots]
    return bool(metrics) and all(
        metric.unit in ("fraction", "ratio", "score", "days")
        or metric.kind in ("per_entity", "state")
        or (isinstance(metric, DerivedMetric) and len(metric.inputs) > 1 and "/" in metric.formula)
        or (metric.kind == "aggregate" and metric.aggregation.value in ("average", "median"))
        or (isinstance(metric, AggregateMetric) and _is_a_mean_over_time(metric))
        for metric in metrics
    )


def _is_a_mean_over_time(metric: AggregateMetric) -> bool:
    """A level known day by day that stands for a period by its mean: "the average daily users of every title"."""
    return metric.semi_additive is not None and metric.semi_additive.take == "average"


def _says_nothing(draft: Draft, item: Item) -> bool:
    """ "who booked on our website": a time's verb and preposition that lead to a value, each a word that says little."""
    following = draft.following(item.place)
    tokens = draft.tokens[item.span.start : item.span.end]
    return following is not None and following.used == "value" and all(is_stop(token) for token in tokens)


def _names_its_time(draft: Draft, item: Item) -> bool:
    """Whether a field named is the time that the metrics go by anyway ("shipments with an ETA in October")."""
    fields = {meaning.name for meaning in item.of("field")}
    return any(
        fields & set(metric_time(draft.view, meaning.name)) for slot in draft.metrics for meaning in slot.candidates[:1]
    )
