"""The draft of a reading: the question's spans in order, and the slots that the passes fill from them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from agent.planners.embedded.cues import Cue
from agent.planners.embedded.rolling import Rolling
from catalog.access import CatalogView
from catalog.durations import TimeGrain, TimePart
from catalog.models import FieldRole
from catalog.query import ComparePeriod, Condition, Operator, Period, Scalar
from semantic_context.linking import Meaning, MeaningKind, Span, split_route
from semantic_context.time_expressions import TimeExpression
from semantic_context.words import Token


@dataclass
class Item:
    """A span in its place; `used` names what it was taken for, None while it is free."""

    place: int
    span: Span
    used: str | None = None

    @property
    def text(self) -> str:
        return self.span.text

    def of(self, kind: MeaningKind) -> tuple[Meaning, ...]:
        """Its meanings of a kind."""
        return self.span.of(kind)

    def has(self, *kinds: MeaningKind) -> bool:
        """Whether it may be of one of the kinds."""
        return any(meaning.kind in kinds for meaning in self.span.meanings)

    def cue(self) -> Cue | None:
        """The cue it may be."""
        found = self.of("cue")
        return Cue(found[0].name) if found else None

    def cues(self) -> frozenset[Cue]:
        """Every cue it may be."""
        return frozenset(Cue(meaning.name) for meaning in self.of("cue"))

    @property
    def is_stop(self) -> bool:
        return all(meaning.kind == "stop" for meaning in self.span.meanings)


@dataclass(frozen=True)
class MetricSlot:
    """A metric asked for: candidates best first; a threshold list of its own where a filter is attached to it."""

    item: int
    candidates: tuple[Meaning, ...]


@dataclass(frozen=True)
class GroupSlot:
    """A grouping asked for: the fields it may be. `sure` where a word such as "by" says so."""

    item: int
    candidates: tuple[Meaning, ...]
    sure: bool = True
    singular: bool = False
    entity: str | None = None  # the dataset, where its things are the groups ("top customers")
    leader: Cue | None = None  # the word that asked for it


@dataclass(frozen=True)
class FieldValues:
    """One way to read a filter: these values of this field."""

    field: str
    values: tuple[Scalar, ...]
    score: float


@dataclass(frozen=True)
class FilterSlot:
    """A filter asked for: the ways to read it. `listed` values of one field stand side by side ("web and app")."""

    item: int
    candidates: tuple[FieldValues, ...]
    operator: Operator = "in"
    text: str = ""
    negated: bool = False
    listed: bool = False
    versus: bool = False
    from_context: bool = False  # said around the question, not in it
    either: int = 0  # slots of one number, from 1 on, are alternatives: "in the West or via the app"
    both: bool = False  # "both books and games"
    led_each: bool = False  # "for books and for games": the word that leads to them said of each


@dataclass(frozen=True)
class NumberBound:
    """A comparison with a number; `unit` is a currency, "percent" or None; `upper` with between."""

    operator: Operator
    value: float
    upper: float | None = None
    unit: str | None = None
    percent: bool = False

    @property
    def values(self) -> tuple[float, ...]:
        return (self.value,) if self.upper is None else (self.value, self.upper)


@dataclass(frozen=True)
class BoundSlot:
    """A bound and what it bounds: metric candidates (a having, or a condition on entities), fields, or a dataset's amount."""

    item: int
    bound: NumberBound
    metrics: tuple[Meaning, ...] = ()
    fields: tuple[Meaning, ...] = ()
    dataset: str | None = None
    entity: str | None = None  # "customers with more than 3 orders": the dataset customers
    entity_key: str | None = None  # or the field whose values are counted ("how many suppliers had ...")
    named_after: bool = False  # the fields stand right behind the number: "more than 4 guests"
    about_growth: bool = False
    falls: bool = False  # ... said of a fall: "fell more than 5 %"
    counted: int = -1  # the item of what the number counts: values before it are its own ("two paid invoices")


@dataclass(frozen=True)
class RecordSlot:
    """Single rows asked for: the dataset's key and some of its fields, perhaps the few highest or lowest by one."""

    dataset: str
    fields: tuple[str, ...]
    sort: str | None
    descending: bool
    limit: int | None
    time: str | None  # dataset.field of the rows' time


@dataclass(frozen=True)
class DatedSlot:
    """A period that belongs to a time of its own: "customers who joined in 2025". `fields` are what the words may mean."""

    item: int
    fields: tuple[str, ...]
    period: Period


@dataclass(frozen=True)
class RankingSlot:
    """An order asked for: `sense` good/bad follow the metric's direction; `count` None where no number is given."""

    item: int
    sense: Literal["high", "low", "good", "bad"]
    count: int | None = None
    nth: int | None = None  # the second highest is 2


@dataclass
class TimeSlots:
    """What the question says of time."""

    period: Period | None = None
    period_text: str = ""
    periods: tuple[Period, ...] = ()  # several, side by side
    all_time: bool = False
    as_of: TimeExpression | None = None
    as_of_before: TimeExpression | None = None  # "from the end of 2024 to the end of 2025": the first of two
    grain: TimeGrain | None = None
    second_grain: TimeGrain | None = None  # "per day in each of the last 6 months"
    open_grain: bool = False  # "over time": a grain to be chosen
    part: TimePart | None = None
    part_filters: list[TimeExpression] = field(default_factory=list)
    compare: tuple[ComparePeriod, ...] = ()
    compare_expressions: list[TimeExpression] = field(default_factory=list)
    period_expression: TimeExpression | None = None
    asks_which: bool = False
    grain_of_parts: TimeGrain | None = None  # "every October": one row a year
    unjoined: bool = False  # two periods that no word joins

    @property
    def named(self) -> bool:
        """Whether the question speaks of a period at all."""
        return self.period is not None or bool(self.periods) or self.all_time or self.as_of is not None


@dataclass
class Draft:
    """One reading in the making."""

    question: str
    tokens: tuple[Token, ...]
    items: list[Item]
    view: CatalogView
    as_of: dt.date
    left_over: tuple[Token, ...] = ()  # words that no span covers
    context: list[tuple[int, int]] = field(default_factory=list)  # character ranges that only set the scene
    metrics: list[MetricSlot] = field(default_factory=list)
    groups: list[GroupSlot] = field(default_factory=list)
    filters: list[FilterSlot] = field(default_factory=list)
    bounds: list[BoundSlot] = field(default_factory=list)
    included: list[FilterSlot] = field(default_factory=list)  # values said to count too
    units_said: set[int] = field(default_factory=set)  # where the words begin that say a bound's unit: "8 days"
    either_bound: bool = False  # "over $500 or under $20"
    shared_subjects: list[int] = field(
        default_factory=list
    )  # what two bounds are about: "more than 9 or less than 2 orders"
    dated: list[DatedSlot] = field(default_factory=list)
    average_over: Literal["average", "median"] | None = None  # of the groups of `average_item`, or of its time steps
    average_item: int = -1
    spread_over: str | None = None  # the dataset whose things are counted by a count of theirs
    rolling: Rolling | None = None
    records: RecordSlot | None = None
    known_starts: frozenset[int] = (
        frozenset()
    )  # where words begin that the best covering knows as things of the business
    cue_starts: frozenset[int] = frozenset()  # ... and as words that ask or join
    time_starts: frozenset[int] = frozenset()  # ... and as phrases of time
    names: tuple[Span, ...] = ()  # the figures' names of several words in the best covering
    field_names: tuple[Span, ...] = ()  # ... and those of fields
    value_starts: frozenset[int] = frozenset()  # ... and as part of a value, or of a phrase that changes what is asked
    sorts: list[int] = field(default_factory=list)  # superlatives that only sort: "with the highest margin at the top"
    named_only: str | None = None  # a field whose empty rows are none of the groups: the most common reason is one
    sorts_by_worth: bool = False  # "worst first": high or low as the figure's direction says
    follows: bool = False  # an answered question stands before it
    leans: bool = False  # ... and it is of the same things, whatever figure it names
    no_ratio: tuple[str, str] | None = (
        None  # two metrics, the one asked for per the other, of which no ratio is defined
    )
    divisors: set[int] = field(default_factory=set)  # items that words of dividing lead to: "divided by the orders"
    divides: bool = False  # the ratio of `no_ratio` was asked for in so many words, not only as one figure per another
    differs: bool = False  # a difference between things was asked for, not growth
    bounded: list[int] = field(
        default_factory=list
    )  # items that a bound picks from: "stores with fewer than 70 orders"
    ranking: RankingSlot | None = None
    rank_metric: MetricSlot | None = None
    time: TimeSlots = field(default_factory=TimeSlots)
    asks: set[Cue] = field(default_factory=set)
    kept_conditions: list[Condition] = field(default_factory=list)  # from the question before
    average_per: TimeGrain | None = None
    figure_and_share: bool = False  # "GMV and its share"
    lists_things: bool = False  # "which products are out of stock": those counted, not their number
    loosely_joined: bool = False  # metrics side by side with no word that joins them
    apart: bool = False  # ... and other words between them
    split_between: bool = False  # ... and a split, so that no weaker reading is tried
    denied: list[Item] = field(default_factory=list)
    unexplained: list[str] = field(default_factory=list)
    set_aside: list[str] = field(default_factory=list)
    score: float = 0.0

    def in_context(self, token: Token) -> bool:
        """Whether a word stands in a sentence that only sets the scene."""
        return any(start <= token.start < end for start, end in self.context)

    def is_context(self, item: Item) -> bool:
        """Whether an item stands in a sentence that only sets the scene."""
        return self.in_context(self.tokens[item.span.start])

    def content(self) -> list[Item]:
        """Items that are not stop words."""
        return [item for item in self.items if not item.is_stop]

    def free(self, *kinds: MeaningKind) -> Iterator[Item]:
        """Free items that may be of one of the kinds, in order."""
        for item in self.items:
            if item.used is None and item.has(*kinds):
                yield item

    def following(self, place: int) -> Item | None:
        """The next item that is not a stop word."""
        return next((item for item in self.items[place + 1 :] if not item.is_stop), None)

    def preceding(self, place: int) -> Item | None:
        """The item before that is not a stop word."""
        return next((item for item in reversed(self.items[:place]) if not item.is_stop), None)

    def stops_between(self, first: int, second: int) -> tuple[str, ...]:
        """The stop words between two items, folded."""
        return tuple(item.text.casefold() for item in self.items[first + 1 : second] if item.is_stop)

    def stands_in(self, item: Item, stretch: tuple[int, int] | None) -> bool:
        """Whether an item begins in a stretch of the question's characters."""
        return stretch is not None and stretch[0] <= self.tokens[item.span.start].start < stretch[1]

    def is_only_a_time(self, item: Item) -> bool:
        """Whether an item names fields of times and nothing else: the verb of some time ("placed")."""
        fields = item.of("field")
        others = item.has("metric", "value", "dataset", "number", "denied")
        return (
            bool(fields)
            and not others
            and all(self.view.whole.field(split_route(meaning.name)[0]).role is FieldRole.TIME for meaning in fields)
        )

    def has_cue(self, *cues: Cue) -> bool:
        """Whether any item, used or not, may be one of the cues."""
        return any(item.cue() in cues for item in self.items)

    def is_plural(self, item: Item) -> bool:
        """Whether the item's last word is a plural."""
        last = self.tokens[item.span.end - 1]
        return last.base != last.folded
