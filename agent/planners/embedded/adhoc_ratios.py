"""Ratios of two figures that no metric defines: computed only where both rest on the same rows, and said as what they are."""

from __future__ import annotations

import re
from collections.abc import Callable

from agent.planners.embedded.additivity import adds_up, adds_up_over_time
from agent.planners.embedded.counts import count_metrics, counts_at_large
from agent.planners.embedded.cues import CHANGES, Cue
from agent.planners.embedded.draft import Draft
from agent.planners.embedded.reach import base_datasets, pointed_at
from agent.tools.compile import metric_time
from catalog.access import CatalogView
from catalog.models import AggregateMetric, Aggregation, DerivedMetric
from catalog.query import Calculation

_AS_A_PERCENTAGE_OF = re.compile(
    r"\b(?:as|in) (?:an? )?(?:%|percent(?:age)?|per cent|share|proportion|fraction)(?: of)?\b|%\s*of\b", re.IGNORECASE
)
_PARTS = r"(?:%|percent(?:age)?|per cent|share|proportion|fraction)"
_OUTRIGHT = re.compile(rf"(?:as|in) (?:an? )?{_PARTS}\b", re.IGNORECASE)
_RIGHT_BEFORE = re.compile(rf"(?:as|in) (?:an? )?{_PARTS} of (?:(?:the|our|all|total|overall) )*", re.IGNORECASE)
_WHAT_PART_OF = re.compile(
    r"\b(?:what|which|how much) (?:part|portion|share|percentage|percent|proportion|fraction)? ?of\b"
    r"(?=.*\b(?:is|are|was|were|went|came from|made up by)\b)",
    re.IGNORECASE,
)
_RATIO_OF = re.compile(
    r"\b(?:the )?ratio (?:of|between) (?:the |our )?(?P<above>[^,.?!]+?) (?:to|and) (?:the |our )?(?P<rest>[^,.?!]+)",
    re.IGNORECASE,
)
_MORE_ASKED = frozenset(
    {*CHANGES, Cue.TARGET, Cue.TREND, Cue.RANK, Cue.RUNNING, Cue.ROLLING, Cue.DESCENDING, Cue.ASCENDING, Cue.AVERAGE,
     Cue.MEDIAN, Cue.DISTRIBUTION, Cue.OTHERS, Cue.WHY, Cue.FORECAST, Cue.WHAT_IF, Cue.GOAL}
)  # fmt: skip


def ratios_said_outright(text: str, is_metric: Callable[[str], bool]) -> str:
    """ "The ratio of returns to orders" as "returns divided by orders", but where the whole is a figure's own name."""

    def divided(found: re.Match[str]) -> str:
        above, rest = found["above"], found["rest"]
        words = rest.split()
        named = any(is_metric(f"ratio of {above} to {' '.join(words[: end + 1])}") for end in range(min(len(words), 4)))
        return found[0] if named or not is_metric(above) else f"{above} divided by {rest}"

    return _RATIO_OF.sub(divided, text)


def ratio_of_two(draft: Draft, metrics: tuple[str, ...]) -> tuple[str, str] | None:
    """The figure above and the one below where a part of a whole is asked for in percent; None where none may be computed.

    "A as a percentage of B" is A over B, said outright where both are of one unit, whatever rows each is made of; "what part
    of A was B" is B over A.
    """
    if len(metrics) != 2 or draft.figure_and_share:
        return None
    if (outright := _in_percent_of(draft, metrics)) is not None:
        return outright
    first, second = metrics
    if _WHAT_PART_OF.search(draft.question):
        above, below = second, first
    elif _AS_A_PERCENTAGE_OF.search(draft.question):
        above, below = first, second
    else:
        return None
    fitting = is_part_of(draft.view, above, below) and not _asks_more(draft)
    return (above, below) if fitting else None


def _in_percent_of(draft: Draft, metrics: tuple[str, ...]) -> tuple[str, str] | None:
    """ "Staff cost as a percentage of total revenue": the one right before the words and the one right behind them."""
    slots = [slot for slot in draft.metrics if slot.item >= 0]
    said = [item for item in draft.items if _OUTRIGHT.match(f"{item.text} of") and item.cue() is Cue.SHARE]
    if len(slots) != 2 or len(said) != 1:
        return None
    above, below = sorted(slots, key=lambda slot: slot.item)
    between = draft.question[
        draft.tokens[said[0].span.start].start : draft.tokens[draft.items[below.item].span.start].start
    ]
    names = (above.candidates[0].name, below.candidates[0].name)
    units = {draft.view.whole.metric_by_name[name].unit for name in names}
    if not above.item < said[0].place < below.item or not _RIGHT_BEFORE.fullmatch(between):
        return None
    if set(names) != set(metrics) or len(units) != 1 or not _may_divide_outright(draft, *names):
        return None
    draft.divides = True
    return names


def whole_named(draft: Draft, part: str) -> tuple[str, ...]:
    """ "Cancelled bookings as a share of all bookings": the figures that count the things which the one figure is a part of,
    where they are named right behind the words that ask for the share; none where the figure is a number of them all."""
    asked = [item for item in draft.items if _OUTRIGHT.match(f"{item.text} of") and item.cue() is Cue.SHARE]
    behind = draft.following(asked[0].place) if len(asked) == 1 else None
    if behind is None or behind.used != "noun" or not behind.has("dataset"):
        return ()
    between = draft.question[draft.tokens[asked[0].span.start].start : draft.tokens[behind.span.start].start]
    wholes = tuple(name for meaning in behind.of("dataset") for name in _counts_of_all(draft.view, meaning.name))
    return wholes if _RIGHT_BEFORE.fullmatch(between) and part not in wholes else ()


def _counts_of_all(view: CatalogView, dataset: str) -> tuple[str, ...]:
    """The figures that count a dataset's things at large, else all that leave none of its rows out."""
    unfiltered = (name for name in count_metrics(view, dataset) if not getattr(view.metrics[name], "filter", None))
    return counts_at_large(view, dataset) or tuple(unfiltered)


def may_divide(draft: Draft, above: str, below: str) -> bool:
    """Whether the one figure per the other says something of the same rows, or of things and what belongs to them: over one
    time, what is above adds up, what is below adds up or counts each thing once, and is not narrower than what is above."""
    view = draft.view
    if draft.divides:
        return _may_divide_outright(draft, above, below)
    if _asks_more(draft) or not (adds_up(view, above) or adds_up_over_time(view, above)):
        return False
    if not (adds_up(view, below) or adds_up_over_time(view, below) or _counts_each_once(view, below)):
        return False
    if is_part_of(view, above, below):
        return True
    one, other = (view.whole.metric_by_name[name] for name in (above, below))
    if not isinstance(one, AggregateMetric) or not isinstance(other, AggregateMetric):
        return False
    if metric_time(view, above) != metric_time(view, below):
        return False
    if base_datasets(view, above) == base_datasets(view, below):
        return other.filter in (None, one.filter)
    belongs = other.dataset in pointed_at(view, base_datasets(view, above))
    return belongs and (other.filter is None or one.filter is not None)


def _counts_each_once(view: CatalogView, name: str) -> bool:
    metric = view.whole.metric_by_name[name]
    return isinstance(metric, AggregateMetric) and metric.aggregation is Aggregation.COUNT_DISTINCT


def _may_divide_outright(draft: Draft, above: str, below: str) -> bool:
    """ "A divided by B" says itself what is to be computed: of figures that add up and have a time each, of whatever rows."""
    if _asks_more(draft) or above == below:
        return False
    added = all(adds_up(draft.view, name) or adds_up_over_time(draft.view, name) for name in (above, below))
    return added and all(metric_time(draft.view, name) for name in (above, below))


def is_part_of(view: CatalogView, part: str, whole: str) -> bool:
    """Whether a figure is made of some of the rows that another is made of, in the same way: then it is a share of it."""
    one, other = (view.whole.metric_by_name[name] for name in (part, whole))
    if part == whole or one.unit != other.unit:
        return False
    if isinstance(other, DerivedMetric):
        sums = not set("-*/()%") & set(other.formula) and not any(item.filter or item.offset for item in other.inputs)
        return sums and any(item.metric == part or is_part_of(view, part, item.metric) for item in other.inputs)
    if not isinstance(one, AggregateMetric) or not isinstance(other, AggregateMetric):
        return False
    alike = (one.dataset, one.aggregation, one.expression) == (other.dataset, other.aggregation, other.expression)
    same_time = metric_time(view, part) == metric_time(view, whole)
    level = one.semi_additive is not None or other.semi_additive is not None
    return alike and same_time and not level and other.filter is None and one.filter is not None


def ratio_column(above: str, below: str) -> Calculation:
    """The ratio beside its two figures."""
    return Calculation(kind="ratio", metric=above, over=below, show="measure")


def _asks_more(draft: Draft) -> bool:
    """Whether more is asked than the ratio itself, perhaps split: a bound or an order would be of one of the two."""
    time = draft.time
    compared = time.compare or time.compare_expressions or len(time.periods) > 1
    return bool(
        draft.ranking or draft.bounds or draft.sorts or draft.average_per or compared or draft.asks & _MORE_ASKED
    )
