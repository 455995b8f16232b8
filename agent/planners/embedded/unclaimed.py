"""Which words of a question its plan does not show: no asking or joining word may be lost between the reading and the query.

The passes account for names, values, times and numbers; here the words that say what to do with them are held against the
plan that came out. A growth that is asked for must be a comparison in the query, a target must stand in it, an "or" must
have alternatives on both its sides. What does not is asked about.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from agent.planners.embedded.counts import count_metrics, counted_thing
from agent.planners.embedded.cues import Cue
from agent.planners.embedded.draft import Draft, GroupSlot, Item
from agent.planners.embedded.how_often import SAID_OFTEN
from agent.planners.embedded.reach import base_datasets, parts_of, pointed_at
from catalog.models import FieldType
from catalog.plan import Plan
from catalog.query import FieldDimension, MetricQuery, TimeDimension
from semantic_context.linking import split_route
from semantic_context.words import phrase_key

MADE_UP_OF = re.compile(r"\b(?:consists?|composed|comprised?|made up) (?:of|by)\b|\bcomprises?\b", re.IGNORECASE)
_DURATIONS = ("seconds", "minutes", "hours", "days", "weeks", "months", "years")
_RATES = ("fraction", "ratio")
_NEEDS_MORE = ("and", "or", "vs", "versus", "than", "per", "between", "via", "except", "without", "against")
_TWO_OF_A_KIND = ("both", "either")
_STANDS_BEFORE_THINGS = ("existing", "available")
_GUESSES = ("inflection", "short", "meaning", "typo")
_HOW_LONG = re.compile(r"\bhow many (?:minutes|hours|days|weeks)\b", re.IGNORECASE)
_HOW_OFTEN = re.compile(
    r"(?:most|least) (?:used|common|commonly|frequent|frequently|often|popular|usual)", re.IGNORECASE
)
_HOW_MUCH_DID_THEY = re.compile(r"\bhow much (?:do|did|does|have|has|had) (?:the |our |all )?", re.IGNORECASE)
_HOW_MUCH_DID = re.compile(r"\bhow much (?:do|did|does|have|has) we\b", re.IGNORECASE)
_SAYS_OF_THINGS = ("were", "was", "are", "is", "be", "been", "as", "than", "that")  # "shipments that were expected"
_ELSEWHERE = ("else", "otherwise", "similar")
_CHARTS = frozenset(("chart", "charts", "graph", "graphs", "plot", "plots", "diagram", "diagrams"))
_CHARTS_OR_THINGS = frozenset(("line", "lines", "bar", "bars", "table", "tables", "pie", "pies", "plot", "plots"))
_LISTS = ("list", "enumerate")
_SIDES = {"qualifier": "value", "noun": "metric", "bound": "metric", "rank_metric": "metric"}


@dataclass(frozen=True)
class _Shown:
    """A plan's query, and the draft it came from."""

    draft: Draft
    plan: Plan
    query: MetricQuery

    @property
    def is_compared(self) -> bool:
        return any(item.show == "measure" for item in self.query.compare)

    @property
    def has_time(self) -> bool:
        return any(isinstance(item, TimeDimension) for item in self.query.group_by)

    @property
    def units(self) -> tuple[str | None, ...]:
        return tuple(self.draft.view.whole.metric_by_name[use.metric].unit for use in self.query.metrics)

    def calculates(self, kind: str) -> bool:
        """Whether a calculation of a kind is shown."""
        return any(item.kind == kind and item.show == "measure" for item in self.query.calculations)

    @property
    def stands_side_by_side(self) -> bool:
        """Whether two figures, times or groups are held against each other."""
        listed = any(slot.versus or len(slot.candidates[0].values) > 1 for slot in self.draft.filters)
        return self.is_compared or listed or len(self.query.metrics) > 1 or bool(self.draft.bounds)

    @property
    def has_target(self) -> bool:
        metrics = [self.draft.view.whole.metric_by_name[use.metric] for use in self.query.metrics]
        return self.query.targets and any(metric.target is not None for metric in metrics)

    @property
    def is_beside_its_target(self) -> bool:
        """Whether a target was asked for, not only shown by itself."""
        return self.has_target and Cue.TARGET in self.draft.asks

    @property
    def changes(self) -> bool:
        draft = self.draft
        beside = draft.differs and (self.stands_side_by_side or bool(self.query.group_by))
        bounded = any(slot.about_growth for slot in draft.bounds)
        course = self.has_time and Cue.TREND in draft.asks
        return self.is_compared or self.calculates("growth") or bounded or beside or course


_ASKED_FOR: dict[Cue, Callable[[_Shown], bool]] = {
    Cue.GROWTH: lambda shown: shown.changes,
    Cue.RISE: lambda shown: shown.changes,
    Cue.FALL: lambda shown: shown.changes,
    Cue.SHARE: lambda shown: (
        shown.calculates("share") or shown.calculates("ratio") or bool(set(shown.units) & set(_RATES)) or shown.changes
    ),
    Cue.TARGET: lambda shown: shown.has_target,
    Cue.MISSES: lambda shown: any(item.than is not None for item in shown.query.having),
    Cue.VERSUS: lambda shown: shown.stands_side_by_side or shown.is_beside_its_target or shown.has_time,
    Cue.TREND: lambda shown: shown.has_time or shown.is_compared,
    Cue.RUNNING: lambda shown: shown.calculates("running_total") or _is_cumulative(shown),
    Cue.EACH: lambda shown: bool(shown.query.group_by) or shown.draft.average_per is not None,
    Cue.RANK: lambda shown: bool(shown.query.order_by) or bool(shown.query.group_by),
}


def words_not_shown(draft: Draft, plan: Plan) -> list[str]:
    """The asking and joining words that a plain plan does not answer to, as they were written."""
    if not plan.queries or not plan.queries[0].query.metrics:
        return []
    shown = _Shown(draft, plan, plan.queries[0].query)
    lost = [item.text for item in draft.items if not draft.is_context(item) and _is_lost(shown, item)]
    lost += [draft.items[slot.item].text for slot in draft.groups if _is_guessed(shown, slot)]
    lost += (
        _how_often_asked_for(shown)
        + _amount_asked_for(shown)
        + _length_asked_for(shown)
        + _other_total(shown)
        + _number_asked_for(shown)
    )
    parts = MADE_UP_OF.search(draft.question)
    if parts is not None and not shown.query.group_by and shown.plan.analysis is None:
        lost.append(parts[0])  # what it is made up of is not what it is in all
    return list(dict.fromkeys(lost))


def _is_guessed(shown: _Shown, slot: GroupSlot) -> bool:
    """Whether a group is only guessed: from a word that nothing leads to and that is no name of it ("with cover" of coverage),
    or by another name of a field of things that the figure's own may have many of."""
    if slot.item < 0:
        return False
    how = shown.draft.items[slot.item].span.best.how
    if not slot.sure:
        return how in _GUESSES
    view = shown.draft.view
    reached = pointed_at(view, frozenset().union(*(base_datasets(view, use.metric) for use in shown.query.metrics)))
    fields = [split_route(item.name)[0] for item in slot.candidates]
    apart = all(
        name.partition(".")[0] not in reached and view.whole.field(name).shared_dimension is None for name in fields
    )
    return apart and how in (*_GUESSES, "synonym")


def _other_total(shown: _Shown) -> list[str]:
    """ "Total tips" of a business that also sums the amount of each tip: which total is meant is open."""
    view, lost = shown.draft.view, []
    for item in shown.draft.items:
        following = shown.draft.items[item.place + 1] if item.place + 1 < len(shown.draft.items) else None
        if item.text.casefold() != "total" or following is None or following.used != "metric":
            continue
        own = {token.base for token in shown.draft.tokens[following.span.start : following.span.end]}
        amounts = [
            metric
            for metric in view.metrics.values()
            if metric.unit != "count" and set(phrase_key(metric.label)) - {"total", "amount", "value"} == own
        ]
        if amounts and set(shown.units) == {"count"}:
            lost.append(f"{item.text} {following.text}")
    return lost


def _how_often_asked_for(shown: _Shown) -> list[str]:
    """ "Do business customers return more often than private ones": a rate of each, not two figures, nor a split by what holds."""
    said = SAID_OFTEN.search(shown.draft.question)
    if said is None or shown.plan.analysis is not None or shown.calculates("share") or set(shown.units) & set(_RATES):
        return []
    fields = [item.field for item in shown.query.group_by if isinstance(item, FieldDimension)]
    by_what_holds = any(shown.draft.view.whole.field(name).type is FieldType.BOOLEAN for name in fields)
    return [said[0]] if by_what_holds or len(shown.query.metrics) > 1 else []


def _amount_asked_for(shown: _Shown) -> list[str]:
    """ "How much did we pay": an amount is asked for where a number of things was found."""
    asked = _HOW_MUCH_DID.search(shown.draft.question)
    changes = shown.draft.asks & {Cue.GROWTH, Cue.RISE, Cue.FALL, Cue.SHARE}
    if Cue.AVERAGE not in shown.draft.asks and (clause := _clause_for_a_mean(shown)) is not None:
        return [clause]
    return [asked[0]] if asked is not None and not changes and set(shown.units) == {"count"} else []


def _clause_for_a_mean(shown: _Shown) -> str | None:
    """ "How much did customers spend": what they all did, though a mean is called "customer spend"."""
    view = shown.draft.view
    things = {phrase_key(known.singular) for known in view.datasets.values()}
    for asked in _HOW_MUCH_DID_THEY.finditer(shown.draft.question):
        for item in shown.draft.items:
            tokens = shown.draft.tokens[item.span.start : item.span.end]
            if item.used != "metric" or len(tokens) < 2 or tokens[0].start != asked.end():
                continue
            is_plural = tokens[0].base != tokens[0].folded and (tokens[0].base,) in things
            means = {meaning.name for meaning in item.of("metric")}
            shares = any(parts_of(view.whole.metric_by_name[name]) for name in means & view.whole.metric_by_name.keys())
            if is_plural and shares:
                return item.text
    return None


def _number_asked_for(shown: _Shown) -> list[str]:
    """ "The most used sales channel": how often is asked for, though "sales" may be a figure's name."""
    ranking = shown.draft.ranking
    if ranking is None or ranking.item < 0 or ranking.item + 1 >= len(shown.draft.items):
        return []
    said, behind = shown.draft.items[ranking.item], shown.draft.items[ranking.item + 1]
    counted = set(shown.units) <= {"count", *_RATES} or not _HOW_OFTEN.fullmatch(said.text)
    return [] if counted or behind.used != "metric" else [said.text]


def _length_asked_for(shown: _Shown) -> list[str]:
    """ "How many days does each partner need": a length of time, or a number of days on which something held."""
    asked = _HOW_LONG.search(shown.draft.question)
    if asked is None or set(shown.units) & set(_DURATIONS) or shown.plan.analysis is not None:
        return []
    if shown.has_time and shown.query.having:
        return []
    lengths = any(words in _said_by(shown) for words in ("day", "hour", "minute", "week"))
    return [] if lengths else [asked[0]]


def _said_by(shown: _Shown) -> set[str]:
    metrics = [shown.draft.view.whole.metric_by_name[use.metric] for use in shown.query.metrics]
    return {word for metric in metrics for text in (metric.label, *metric.words.synonyms) for word in phrase_key(text)}


def _is_lost(shown: _Shown, item: Item) -> bool:
    draft, text = shown.draft, item.text.casefold()
    if _is_of_the_future(draft, item) or _is_measured(draft, item):
        return True
    if item.cue() is Cue.ONLY and len(shown.query.metrics) > 1 and _figure_before(draft, item):
        return True
    if text in _NEEDS_MORE and _nothing_follows(draft, item):
        return True
    if item.is_stop:
        return text in _ELSEWHERE or _is_a_thing_per(draft, item) or not _lasts_as_asked(shown, text)
    if text in _TWO_OF_A_KIND:
        return not _names_two(shown)
    if text == "or":
        return not _has_two_sides(draft, item)
    if item.cue() is Cue.LIST and text.startswith(_LISTS):
        return not _shows_a_list(shown)
    if text.startswith(("same", "the same")):
        return not (draft.follows or shown.is_compared or item.used == "time")
    if text in _STANDS_BEFORE_THINGS:
        return item.used == f"cue:{Cue.EXIST.value}"
    if item.used == "noun":
        return _is_a_thing_left_out(shown, item)
    asked = [test for cue in item.cues() if (test := _ASKED_FOR.get(cue)) is not None]
    taken = item.used is not None and item.used.startswith("cue:")
    return taken and len(asked) == len(item.cues()) and not any(test(shown) for test in asked)


def _is_a_thing_per(draft: Draft, item: Item) -> bool:
    """ "Quantity per order line": behind "per" a word for a kind of chart is a thing, where no chart is named."""
    if item.text.casefold() not in _CHARTS_OR_THINGS:
        return False
    before = [other.text.casefold() for other in draft.items[max(item.place - 2, 0) : item.place]]
    behind = [other.text.casefold() for other in draft.items[item.place + 1 : item.place + 2]]
    return bool(set(before) & {"per", "each", "every"}) and not set(behind) & _CHARTS


def _figure_before(draft: Draft, item: Item) -> bool:
    """ "Sales, completed orders only": the things that the figure before is to be of are no figure beside it."""
    before = draft.items[item.place - 1] if item.place else None
    return item.text.casefold() == "only" and before is not None and before.used == "metric"


def _is_measured(draft: Draft, item: Item) -> bool:
    """ "How much energy did households use": what is measured is no group; where it was taken for one it is not understood."""
    unsure = any(slot.item == item.place and not slot.sure for slot in draft.groups)
    before = draft.items[max(item.place - 2, 0) : item.place]
    return unsure and [other.text.casefold() for other in before][-2:] == ["how", "much"]


def _shows_a_list(shown: _Shown) -> bool:
    """Whether rows are shown, or what is to be listed are no things: "list the late shipments" is not their number."""
    rows = (
        bool(shown.query.group_by) or shown.plan.analysis is not None or bool(shown.query.compare and shown.is_compared)
    )
    unsure = any(
        not slot.sure for slot in shown.draft.groups
    )  # "... with flight number and reason": fields of the rows
    listing = next(item for item in shown.draft.items if item.cue() is Cue.LIST)
    following = shown.draft.following(listing.place)
    figure = following is None or following.used in ("metric", "time") or bool(following.cues())
    return not unsure and (rows or len(shown.query.metrics) > 1 or (figure and shown.units != ("count",)))


def _is_of_the_future(draft: Draft, item: Item) -> bool:
    """ "Expected revenue" is none that was; "shipments that were expected in May" are."""
    if item.text.casefold() != "expected":
        return False
    before = draft.items[item.place - 1].text.casefold() if item.place else ""
    behind = draft.items[item.place + 1 : item.place + 4]
    return before not in _SAYS_OF_THINGS and any(other.used == "metric" for other in behind)


def _lasts_as_asked(shown: _Shown, text: str) -> bool:
    """ "How long" asks for a length of time, "how often" for a rate: no other figure answers it."""
    if text == "how long":
        return bool(set(shown.units) & set(_DURATIONS))
    return text != "how often" or bool(set(shown.units) & set(_RATES))


def _nothing_follows(draft: Draft, item: Item) -> bool:
    rest = draft.items[item.place + 1 :]
    return all(other.is_stop or not any(char.isalnum() for char in other.text) for other in rest) and not any(
        other.text.casefold() in ("it", "that", "this", "them", "those") for other in rest
    )


def _names_two(shown: _Shown) -> bool:
    """Whether two things of one kind stand in the question: values, figures, times or groups."""
    draft = shown.draft
    values = sum(len(slot.candidates[0].values) for slot in draft.filters)
    pairs = (values, len(shown.query.metrics), len(draft.time.periods), len(shown.query.group_by))
    return max(pairs) > 1 or shown.is_compared or draft.follows or bool(draft.time.part_filters)


def _has_two_sides(draft: Draft, item: Item) -> bool:
    """Whether what stands before "or" and what stands behind it are of one kind, and can be told apart in a query."""
    before, after = draft.preceding(item.place), draft.following(item.place)
    if (
        after is not None
        and after.cue() is Cue.BY
        and (behind := draft.following(after.place))
        and behind.used == "value"
    ):
        after = behind  # "on the website or by phone"
    if before is None or after is None:
        return False
    kinds = [_side(other) for other in (before, after)]
    return kinds[0] == kinds[1] != "group" or None in kinds


def _side(item: Item) -> str | None:
    if item.used is None:
        return None
    used = item.used.partition(":")[0]
    return _SIDES.get(used, used)


def _is_a_thing_left_out(shown: _Shown, item: Item) -> bool:
    """Whether a noun says of which things the figure is, and the figure is not of these: "orders with returns",
    "number of products with returns"."""
    draft = shown.draft
    things = {meaning.name for meaning in item.of("dataset")}
    before = draft.preceding(item.place)
    if not things or before is None:
        return False
    opens = draft.preceding(before.place) is None  # "how much have customers paid": a verb's helper
    if before.cue() is Cue.HAVING and before.place == item.place - 1 and not opens:
        return not any(things & base_datasets(draft.view, use.metric) for use in shown.query.metrics)
    if before.cue() is Cue.COUNT:
        return not any(_is_of(shown, use.metric, things) for use in shown.query.metrics)
    return False


def _is_of(shown: _Shown, metric: str, things: set[str]) -> bool:
    """Whether a metric counts some things, is made of their rows, or bears their name."""
    view = shown.draft.view
    counted = counted_thing(view, metric) in things or any(metric in count_metrics(view, thing) for thing in things)
    label = set(phrase_key(view.whole.metric_by_name[metric].label))
    named = any(set(phrase_key(view.datasets[thing].singular)) & label for thing in things if thing in view.datasets)
    return counted or named or bool(base_datasets(view, metric) & things) or shown.plan.analysis is not None


def _is_cumulative(shown: _Shown) -> bool:
    return any(shown.draft.view.whole.metric_by_name[use.metric].kind == "cumulative" for use in shown.query.metrics)
