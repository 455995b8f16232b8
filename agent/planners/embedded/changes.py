"""Ranks and picks groups by how a figure changed: "growing fastest", "which regions are declining", "got worse"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from agent.planners.embedded.counts import count_metrics, counted_thing
from agent.planners.embedded.cues import CHANGES, Cue
from agent.planners.embedded.draft import Draft, Item
from agent.planners.embedded.parts import Parts, UnsupportedError
from catalog.durations import Duration
from catalog.models import Direction, Metric
from catalog.plan import Choice
from catalog.query import ComparePeriod, FieldDimension, Having, Operator, OrderBy, TimeDimension, as_datetime

Sense = Literal["up", "down", "better", "worse", "slow", "either", "noun"]

_BETTER = re.compile(r"^(?:better|improv\w*)$", re.IGNORECASE)
_WORSE = re.compile(r"^(?:worse|worsen\w*|deteriorat\w*)$", re.IGNORECASE)
_SLOWS = re.compile(r"\b(?:slow\w*|cool\w*|steam|momentum)\b", re.IGNORECASE)
_GROWS = re.compile(r"^(?:grow|growing|grew|grown|grows|fastest growing)$", re.IGNORECASE)
_CHANGES = re.compile(r"^(?:chang\w*|percent(?:age)? change|rate of change|change in|delta)$", re.IGNORECASE)
_NOUN = re.compile(r"\bgrowth\b|\brate of change\b", re.IGNORECASE)
_MORE = re.compile(r"\b(?:higher|more|bigger|larger)\b", re.IGNORECASE)
_LESS = re.compile(r"\b(?:lower|less|fewer|smaller)\b", re.IGNORECASE)
_BECAME = re.compile(r"\b(?:get|gets|got|getting|gotten|become|becomes|became|becoming|turn|turned)$", re.IGNORECASE)
_IN_AMOUNT = re.compile(
    r"\b(?:absolute(?:ly)?|in (?:terms of )?(?:dollars|euros|pounds|money|units|numbers|amount|(?:percentage )?points))\b",
    re.IGNORECASE,
)
_IN_PERCENT = re.compile(
    r"\b(?:percent\w*|per cent|relative(?:ly)?|proportionally|growth|rate of change|fastest|quickest|slowest)\b|%",
    re.IGNORECASE,
)
_WHERE = re.compile(r"^\W*(?:and )?where\b", re.IGNORECASE)
_OF_SHARES = re.compile(r"\b(?:shares?|proportion|portion|slice|mix)\b", re.IGNORECASE)
_PERCENT_WORDS = {
    "in percent",
    "percent",
    "percentage",
    "as percent",
    "as a percent",
    "as percentage",
    "as a percentage",
}
_RATES = ("fraction", "ratio", "score")
_STRONGEST = re.compile(r"^(?:most|biggest|largest|greatest|strongest|the most)$", re.IGNORECASE)
_TURNED = (
    (re.compile(r"\bchanged\b", re.IGNORECASE), "rose", "fell"),
    (re.compile(r"\b(?:change|delta)\b", re.IGNORECASE), "rise", "fall"),
)


@dataclass(frozen=True)
class AskedChange:
    """The comparison's column that groups are ordered or picked by, and which way the strongest change goes."""

    beside: str  # the earlier figure's column
    by_growth: bool
    upwards: bool
    picks: bool = False  # keeps the groups that moved that way, where no few of them are asked for
    moves: bool = False  # a verb says which way: "the smallest drop" is still a drop
    follows_worth: bool = False  # "best growth": good and bad go by the figure's direction
    slows: bool = False  # the weakest growth first
    by_steps: bool = False  # groups are times, each held against the one before

    @property
    def column(self) -> str:
        return f"{self.beside}_{'growth' if self.by_growth else 'change'}"

    def descending(self, sense: Literal["high", "low", "good", "bad"], *, good_is_high: bool) -> bool:
        """Which way to sort for a superlative: "the biggest drop" and "the worst drop" are both the strongest."""
        if self.follows_worth and sense in ("good", "bad"):
            return good_is_high if sense == "good" else not good_is_high
        return self.upwards if sense != "low" else not self.upwards

    def conditions(self, *, weakest: bool = False) -> tuple[Having, ...]:
        """What keeps the groups that moved the way asked for; a first step has none before it to have moved from."""
        operator: Operator = "gt" if self.upwards else "lt"
        moved = (Having(column=f"{self.beside}_change", operator=operator, values=(0,)),)
        known = (Having(column=self.beside, operator="is_not_null"),) if self.by_steps else ()
        return (*known, *(moved if self.picks or (weakest and self.moves) else ()))


def asked_change(draft: Draft, parts: Parts, metric: Metric) -> AskedChange | None:
    """The change that groups are to be ordered or picked by; None where none is asked for or nothing is compared.

    Groups of time meet the step before each, unless another time is named.
    """
    said = [item for item in draft.items if _is_change(item)]
    if said and not parts.groups and _WHERE.match(draft.question):
        raise UnsupportedError("Where among what: which groups shall I compare?", wants_groups=True)
    if not said or not parts.groups:
        return None
    if _OF_SHARES.search(draft.question) and any(
        item.kind == "share" and item.show == "measure" for item in parts.calculations
    ):
        raise UnsupportedError(
            "I can show shares, or how a figure changed, not yet how shares changed. Shall I show this?", is_final=True
        )
    senses = {_sense(draft, item) for item in said}
    if senses <= {"noun", "either"} and all(_stands_beside(draft, item) for item in said):
        return None  # "top 5 by revenue, with their growth"
    senses = senses - {"either"} or senses  # "which grew, and by how much"
    picks = _picks(draft, senses, said)
    orders = draft.ranking is not None or bool(draft.asks & {Cue.RANK, Cue.ASCENDING, Cue.DESCENDING})
    if not (orders or picks or "slow" in senses):
        return None
    if draft.ranking is not None and senses == {"either"} and _is_strongest(draft):
        raise _either_way(draft, metric)
    steps = [item for item in parts.groups if isinstance(item, TimeDimension) and item.grain is not None]
    by_steps = bool(steps) and not draft.time.compare_expressions
    if by_steps:
        _compare_steps(parts, steps[0])
    if not parts.compare:
        return None
    upwards = _upwards(senses, metric)
    if upwards is None:
        raise _which_is_better(draft, metric)
    _refuse_what_overlaps(parts)
    _refuse_things_counted_by_themselves(draft, parts, metric)
    return AskedChange(
        beside=f"{metric.name}_{parts.compare[0].name}",
        by_growth=_by_growth(draft, senses, metric),
        upwards=upwards,
        picks=picks,
        moves=not any(_GROWS.match(item.text) for item in said) and senses <= {"up", "down", "better", "worse"},
        follows_worth=senses <= {"noun", "either"},
        slows="slow" in senses,
        by_steps=by_steps,
    )


def pick_by_change(parts: Parts, change: AskedChange) -> None:
    """Keeps the groups that moved the way asked for, the strongest first; all, the weakest first, of what slows down."""
    parts.having += change.conditions()
    parts.order_by.append(OrderBy(column=change.column, descending=change.upwards and not change.slows))


def _refuse_what_overlaps(parts: Parts) -> None:
    """A period is no change from a longer one that it lies in: "higher revenue than last year, in 2025"."""
    other, own = parts.compare[0].period, parts.period
    if own is None or other is None or None in (own.start, own.end, other.start, other.end):
        return
    assert own.start and own.end and other.start and other.end
    if as_datetime(other.start) < as_datetime(own.end) and as_datetime(own.start) < as_datetime(other.end):
        raise UnsupportedError("The two times lie in each other: which one shall I compare with which?")


def _refuse_things_counted_by_themselves(draft: Draft, parts: Parts, metric: Metric) -> None:
    """ "Which customers bought more than last year": each of them is one customer who bought, in whatever time."""
    for group in parts.groups:
        field = group.field if isinstance(group, FieldDimension) else ""
        dataset, _, name = field.partition(".")
        known = draft.view.datasets.get(dataset)
        is_key = known is not None and known.primary_key == (name,)
        counted = count_metrics(draft.view, dataset) if is_key else ()
        once = counted_thing(draft.view, metric.name) == dataset and is_key
        if getattr(metric, "expression", None) == field or metric.name in counted or once:
            raise UnsupportedError(
                f"Each of them is one of {metric.label}: which figure shall I compare?", is_final=True
            )


def is_said_to_change(draft: Draft) -> bool:
    """Whether the question's words say that something moves over time, not only that one thing is above another."""
    return any(_moves(draft, item) for item in draft.items if _is_change(item))


def _moves(draft: Draft, item: Item) -> bool:
    sense = _sense(draft, item)
    if sense in ("better", "worse"):
        return _has_become(draft, item)
    return sense != "either" or _CHANGES.match(item.text) is not None  # "which has the higher rate" moves nothing


def says_growth_in_percent(draft: Draft) -> bool:
    """ "By how much did it grow, in percent": the unit of a growth, no share of a whole."""
    said = [item.text.casefold() for item in draft.items if Cue.SHARE in item.cues()]
    return is_said_to_change(draft) and bool(said) and set(said) <= _PERCENT_WORDS


def _stands_beside(draft: Draft, item: Item) -> bool:
    """Whether a change is only to be shown: joined to what is ranked by something else."""
    before = draft.preceding(item.place)
    return before is not None and bool(before.cues() & {Cue.AND, Cue.HAVING, Cue.ALSO, Cue.INCLUDING})


def _is_change(item: Item) -> bool:
    return bool(item.cues() & CHANGES) and (item.used or "").startswith("cue:")


def _sense(draft: Draft, item: Item) -> Sense:
    text, cues = item.text.casefold(), item.cues()
    if _BETTER.match(text):
        return "better"
    if _WORSE.match(text):
        return "worse"
    if _SLOWS.search(text):
        return "slow"
    if _GROWS.match(text) or Cue.RISE in cues:
        return "up"
    if Cue.FALL in cues:
        return "down"
    if draft.time.compare_expressions and _MORE.search(text) and not _LESS.search(text):
        return "up"
    if draft.time.compare_expressions and _LESS.search(text) and not _MORE.search(text):
        return "down"
    return "noun" if _NOUN.search(text) else "either"


def _picks(draft: Draft, senses: set[Sense], said: list[Item]) -> bool:
    """Whether those that moved one way are sought: "which regions are declining", "where did orders fall"."""
    bounded = any(slot.about_growth for slot in draft.bounds)
    sought = draft.time.asks_which or any(slot.leader is Cue.WHICH for slot in draft.groups)
    if bounded or not sought or len(senses) != 1 or draft.ranking is not None or Cue.SHARE in draft.asks:
        return False
    if senses <= {"better", "worse"}:  # "which store has the better margin" holds no times against each other
        return any(_has_become(draft, item) for item in said)
    return senses <= {"up", "down"}


def _has_become(draft: Draft, item: Item) -> bool:
    before = draft.question[: draft.tokens[item.span.start].start].rstrip()
    named = bool(draft.time.compare_expressions)
    return named or _BECAME.search(before) is not None or item.text.casefold() not in ("better", "worse")


def _is_strongest(draft: Draft) -> bool:
    assert draft.ranking is not None
    return draft.ranking.item >= 0 and _STRONGEST.match(draft.items[draft.ranking.item].text) is not None


def _compare_steps(parts: Parts, step: TimeDimension) -> None:
    assert step.grain is not None
    parts.calculations[:] = [item for item in parts.calculations if item.kind != "growth"]
    offset = Duration(count=1, grain=step.grain)
    parts.compare = (ComparePeriod(label=f"the {step.grain.value} before", offset=offset, show="measure"),)


def _upwards(senses: set[Sense], metric: Metric) -> bool | None:
    """Whether the change asked for is a rise; None where that hangs on which way is good, and nothing says it."""
    if "down" in senses and "up" not in senses:
        return False
    if senses & {"better", "worse"} and "up" not in senses:
        if metric.direction is None:
            return None
        good_is_high = metric.direction is not Direction.DOWN
        return good_is_high if "better" in senses else not good_is_high
    return True


def _by_growth(draft: Draft, senses: set[Sense], metric: Metric) -> bool:
    """Whether groups are held against each other in percent: "fastest", "growth"; amounts and rates change by so much."""
    if _IN_AMOUNT.search(draft.question) or Cue.MONEY in draft.asks or metric.unit in _RATES:
        return False
    return _IN_PERCENT.search(draft.question) is not None or bool(senses & {"slow", "noun"}) or _grows(draft)


def _grows(draft: Draft) -> bool:
    return any(_is_change(item) and _GROWS.match(item.text) for item in draft.items)


def _either_way(draft: Draft, metric: Metric) -> UnsupportedError:
    """ "Changed the most" may be a rise or a fall: which one is open."""
    choices = []
    for pattern, up, down in _TURNED:
        if pattern.search(draft.question):
            choices = [pattern.sub(way, draft.question, count=1) for way in (up, down)]
            break
    offered = tuple(Choice(label=question, question=question) for question in choices)
    return UnsupportedError(f"Where {metric.label} rose most, or where it fell most?", choices=offered, is_final=True)


def _which_is_better(draft: Draft, metric: Metric) -> UnsupportedError:
    words = f"Nothing declares whether a higher or a lower {metric.label} is better: where it rose most, or fell most?"
    choices = []
    for item in draft.items:
        if _is_change(item):
            start, end = draft.tokens[item.span.start].start, draft.tokens[item.span.end - 1].end
            choices = [f"{draft.question[:start]}{way}{draft.question[end:]}" for way in ("rose", "fell")]
            break
    return UnsupportedError(words, choices=tuple(Choice(label=text, question=text) for text in choices), is_final=True)
