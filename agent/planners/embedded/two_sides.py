"""Two figures of which the one is told by the other, each planned by itself: so many of the one to every one of the other, or
by how many percent the one is above the other.

Web orders divided by store orders in Q3                              each side narrows its own rows
For every order we got in Q3, how many dollars went into ads?         figures of different rows
By what percentage was online revenue higher than store revenue?      (one - other) / other
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from agent.planners.embedded.additivity import adds_up, adds_up_over_time
from agent.planners.embedded.clarify import asking
from agent.planners.embedded.counts import count_metrics, counts_at_large
from agent.planners.embedded.interpret import interpret, use_words
from agent.planners.embedded.known_figures import Known
from agent.planners.embedded.members.context import is_answer, only_query, parts_of
from agent.planners.embedded.parts import all_of
from agent.tools.compile import metric_time
from catalog.access import CatalogView
from catalog.models import AggregateMetric, Aggregation, DerivedMetric
from catalog.plan import Choice, NamedQuery, Plan
from catalog.query import Calculation, Condition, FieldCondition, MetricQuery, MetricUse, OrderBy
from semantic_context.time_expressions import describe_period, find_time_expressions

Planning = Callable[[str], Plan]

_THE = r"(?:the |our |all )*"
_PERCENT = r"(?:percent(?:age)?|per cent|%)"
_MORE = r"(?:higher|larger|greater|bigger|more|lower|smaller|less|fewer)"
_WAY = (
    rf"(?:{_MORE} than|above|below|ahead of|exceed(?:ed|s)?|outnumber(?:ed|s)?|surpass(?:ed|es)?|outstrip(?:ped|s)?|beats?"
    r"|top(?:s|ped)?)"
)
_BEING = r"(?:was|were|is|are|did|do|does|has|have)"
_AHEAD = (
    re.compile(
        rf"^by (?:what|how many|how much(?: in)?) {_PERCENT}(?: points?)? {_BEING} {_THE}(?P<one>[^,?.!;]+?) {_WAY} "
        rf"(?:that of |those of )?{_THE}(?P<other>[^?.!;]+?)[?.!]*$",
        re.IGNORECASE,
    ),
    re.compile(
        rf"^(?:by )?(?:how many|what|how much) {_PERCENT} {_MORE} {_BEING} "
        rf"{_THE}(?P<one>[^,?.!;]+?) than (?:that of |those of )?{_THE}(?P<other>[^?.!;]+?)[?.!]*$",
        re.IGNORECASE,
    ),
    re.compile(
        rf"^how much {_MORE},? in {_PERCENT}(?: terms)?,? {_BEING} {_THE}"
        rf"(?P<one>[^,?.!;]+?) than (?:that of |those of )?{_THE}(?P<other>[^?.!;]+?)[?.!]*$",
        re.IGNORECASE,
    ),
)
_SIDEWAYS = re.compile(
    rf"^by (?:what|how many|how much(?: in)?) {_PERCENT} {_BEING} {_THE}(?P<figure>[^,?.!;]+?) "
    rf"{_MORE} (?P<one>[^,?.!;]+?) than (?P<other>[^?.!;]+?)[?.!]*$",
    re.IGNORECASE,
)
_DIVIDED = re.compile(
    rf"^(?:(?:what (?:was|is|were|are)|give me|show me|tell me|show|compute|calculate) )?{_THE}"
    rf"(?:(?:ratio (?:of|between) {_THE}(?P<of>[^,?.!;]+?) (?:to|and))|(?P<one>[^,?.!;]+?) divided by) {_THE}"
    r"(?P<other>[^?.!;]+?)[?.!]*$",
    re.IGNORECASE,
)
_TIMES_AS = re.compile(
    r"^how many times as (?:many|much|high|large|great) (?P<one>[^,?.!;]+?) as (?P<other>[^?.!;]+?)[?.!]*$",
    re.IGNORECASE,
)
_FOR_EVERY = re.compile(
    r"^(?:for|per|to) (?:each|every|every single) (?P<other>[^,?.!;]+?), (?:how (?:many|much)|what) (?P<one>[^?.!;]+?)"
    r"(?:[?.!;]\s*(?P<ratio>(?:(?:as a|the|i mean the) )?ratio(?: of the two| please)?))?[?.!]*$",
    re.IGNORECASE,
)
_PER = re.compile(
    rf"^(?:(?:what (?:was|is|were|are)|give me|show me|tell me|show|how much|how many|on average,?) )*{_THE}"
    r"(?:average )?(?P<one>[^,?.!;]+?) "
    r"per (?P<behind>[^?.!;]+?)[?.!]*$",
    re.IGNORECASE,
)
_RANKED = re.compile(
    r"^(?:which|what) (?P<group>[^\W\d]+(?: [^\W\d]+)?) (?:has|had|is|was|shows?|showed|recorded|saw) (?:the |our )?"
    r"(?P<end>highest|largest|biggest|most|lowest|smallest|least|fewest) "
    r"(?P<figure>[^,?.!;]+? (?:per|divided by) [^?.!;]+?)[?.!]*$",
    re.IGNORECASE,
)
_SORTED = re.compile(
    r"^(?P<figure>[^?.!;]+? (?:per|divided by) [^?.!;]+?),? (?P<end>highest|largest|biggest|most|lowest|smallest|least|cheapest) "
    r"first[?.!]*$",
    re.IGNORECASE,
)
_LOW = ("lowest", "smallest", "least", "fewest", "cheapest")
_TAIL = re.compile(r"^(?P<side>.+?)(?P<tail>,? (?:by|per|month by month|quarter by quarter)\b.*)$", re.IGNORECASE)
_LONGEST_NAME = 4
_SURE = 0.9


@dataclass(frozen=True)
class Sides:
    """What is told of one figure by another; `outright` where the words can mean nothing else, `loose` where they may mean
    less than a division of what has nothing to do with each other."""

    one: str
    other: str
    tells: Literal["ratio", "ahead"]
    outright: bool
    loose: bool = False
    order: Literal["highest", "lowest"] | None = None
    limit: int | None = None


def sides_said(text: str, known: Known, as_of: dt.date) -> Iterator[Sides]:
    """The ways in which a text tells one figure by another, the likelier first."""
    ranked, sorted_by = _RANKED.match(text), _SORTED.match(text)
    if (found := ranked or sorted_by) is not None:
        order: Literal["highest", "lowest"] = "lowest" if found["end"].casefold() in _LOW else "highest"
        split = f" by {ranked['group']}" if ranked is not None else ""
        for sides in sides_said(f"{found['figure']}{split}", known, as_of):
            yield replace(sides, outright=False, order=order, limit=1 if ranked is not None else None)
        return
    for pattern in _AHEAD:
        if (found := pattern.match(text)) is not None:
            one, other = _of_one_time(found["one"], found["other"], as_of)
            yield Sides(one, other, "ahead", True)
    if (found := _SIDEWAYS.match(text)) is not None:
        one, other = _of_one_time(f"{found['figure']} {found['one']}", f"{found['figure']} {found['other']}", as_of)
        yield Sides(one, other, "ahead", True)
    if (found := _DIVIDED.match(text)) is not None:
        yield Sides(*_of_one_time(found["of"] or found["one"], found["other"], as_of), "ratio", True)
    if (found := _TIMES_AS.match(text)) is not None:
        yield Sides(*_of_one_time(found["one"], found["other"], as_of), "ratio", True)
    if (found := _FOR_EVERY.match(text)) is not None:
        outright = found["ratio"] is not None
        named = _named_first(found["other"], known)
        other = f"{_counted(named, known)}{found['other'][len(named) :]}" if named else f"number of {found['other']}"
        for things in ("", f"{_counted(named, known)} ") if named else ("",):
            yield Sides(*_of_one_time(f"how many {things}{found['one']}", other, as_of), "ratio", outright)
    if (found := _PER.match(text)) is not None and (named := _named_first(found["behind"], known)) is not None:
        rest = found["behind"][len(named) :]
        yield Sides(f"{found['one']}{rest}", f"{_counted(named, known)}{rest}", "ratio", False, loose=True)


def by_two_sides(text: str, usual: Callable[[], Plan], plan: Planning, known: Known, as_of: dt.date) -> Plan:
    """The plan of a text that tells one figure by another, where the catalog has no figure of its own for that; else its
    usual plan."""
    ways = list(sides_said(text, known, as_of))
    if not ways:
        return usual()
    as_usual = usual() if not ways[0].outright else None
    if as_usual is not None and is_answer(as_usual):
        return as_usual
    for sides in ways:
        found = told_by_each_other(sides, known.view, plan, as_of)
        if found is not None and sides.loose and not found.queries[0].query.group_by:
            return _shall_i_divide(found)
        if found is not None:
            return found
    as_usual = as_usual or usual()
    if ways[0].tells == "ahead" and is_answer(as_usual) and not _is_held_against(as_usual):
        choice = Choice(label=as_usual.interpretation, plan=as_usual)
        return asking(
            "By how many percent which of two figures is above the other? I can show this.", "unsupported", [choice]
        )
    return as_usual


def _shall_i_divide(found: Plan) -> Plan:
    """ "Revenue per hour worked" of the whole business: no split that both can be told by shows that they belong together."""
    labels = " per ".join(found.interpretation.split(" (")[0].split(" divided by "))
    choice = Choice(label=found.interpretation, plan=found)
    return asking(f"{labels} is not defined here. Shall I divide the one by the other?", "unsupported", [choice])


def _is_held_against(plan: Plan) -> bool:
    """Whether a plan holds a figure against another time, as "by what percentage was May above April" asks."""
    return any(item.show == "measure" for named in plan.queries for item in named.query.compare)


def told_by_each_other(sides: Sides, view: CatalogView, plan: Planning, as_of: dt.date) -> Plan | None:
    """The plan of the one figure by the other; None where either is none by itself, or the two go by no same time and groups."""
    first, second = _alone(plan(sides.one), view), _alone(plan(sides.other), view)
    if first is None or second is None:
        return None
    one, other = (item.queries[0].query for item in (first, second))
    above, below = (item.metrics[0].metric for item in (one, other))
    same = (one.period, one.group_by, one.having, one.order_by, one.limit) == (
        other.period, other.group_by, other.having, other.order_by, other.limit,
    )  # fmt: skip
    if (
        not same
        or one.limit is not None
        or (sides.order and not one.group_by)
        or not _may_be_told(view, above, below, sides)
    ):
        return None
    shared = [part for part in parts_of(one.where) if part in parts_of(other.where)]
    own, others = ([part for part in parts_of(item.where) if part not in shared] for item in (one, other))
    if (above == below and own == others) or not _narrow_alike(own, others, same=above == below):
        return None
    uses = [
        MetricUse(metric=name, where=all_of(parts), show="context") for name, parts in ((above, own), (below, others))
    ]
    if above == below:
        uses = [
            use.model_copy(update={"alias": f"{use.metric}_{side}"})
            for use, side in zip(uses, ("one", "other"), strict=True)
        ]
    kind: Literal["ratio", "growth"] = "ratio" if sides.tells == "ratio" else "growth"
    told = Calculation(kind=kind, metric=uses[0].name, over=uses[1].name, show="measure")
    query = one.model_copy(
        update={
            "metrics": tuple(uses),
            "where": all_of(shared),
            "calculations": (told,),
            "compare": (),
            "targets": False,
            "order_by": (OrderBy(column=told.name, descending=sides.order == "highest"),)
            if sides.order
            else one.order_by,
            "limit": sides.limit,
        }
    )
    timed = query.period is not None and bool(find_time_expressions(f"{sides.one} {sides.other}", as_of))
    if not (timed or sides.outright):
        return None  # it may be what the figure means that is asked
    when = describe_period(query.period, as_of) if query.period is not None else "all the data"
    words = interpret(query, view, when, not timed)
    if kind == "growth":
        plain = interpret(query.model_copy(update={"calculations": ()}), view, when, not timed)
        said = " held against ".join(use_words(use, view) for use in uses)
        words = ", ".join([f"{said}: by how many percent the first is above the second", *plain.split(", ")[1:]])
    shape = "comparison" if not query.group_by else first.shape
    named = NamedQuery(name=first.queries[0].name, query=query)
    caveats = tuple(dict.fromkeys((*first.caveats, *second.caveats)))
    return first.model_copy(update={"queries": (named,), "interpretation": words, "shape": shape, "caveats": caveats})


def _alone(plan: Plan, view: CatalogView) -> Plan | None:
    """A plan of one figure with nothing set aside; of several that its words may mean, the one that can be told by another."""
    asked = plan.clarification
    if asked is not None and asked.reason in ("ambiguous", "unknown_metric") and not asked.unexplained:
        open_to = [choice.plan for choice in asked.choices]
        fitting = [
            item for item in open_to if item and len(item.queries) == 1 and _adds_up(view, item.queries[0].query)
        ]
        if len(fitting) != 1 or None in open_to:
            return None
        plan = fitting[0]
    if not is_answer(plan) or only_query(plan) is None or plan.confidence < _SURE:
        return None
    return None if any(caveat.startswith("Set aside") for caveat in plan.caveats) else plan


def _adds_up(view: CatalogView, query: MetricQuery) -> bool:
    name = query.metrics[0].metric
    return len(query.metrics) == 1 and (adds_up(view, name) or adds_up_over_time(view, name))


def _may_be_told(view: CatalogView, above: str, below: str, sides: Sides) -> bool:
    """Whether the one figure may be told by the other: sums and numbers of things that have a time each; rates and means of one
    unit may still be held against each other."""
    if not all(metric_time(view, name) for name in (above, below)) or _is_defined(view, above, below):
        return False
    one, other = (view.whole.metric_by_name[name] for name in (above, below))
    if sides.tells == "ahead":
        return above == below or (one.unit == other.unit and one.unit not in (None, "count"))
    return all(
        adds_up(view, item.name)
        or adds_up_over_time(view, item.name)
        or (isinstance(item, AggregateMetric) and item.aggregation is Aggregation.COUNT_DISTINCT)
        for item in (one, other)
    )


def _is_defined(view: CatalogView, above: str, below: str) -> bool:
    """Whether the catalog has a figure of its own for the one by the other: then that is meant."""
    return any(
        isinstance(metric, DerivedMetric)
        and tuple(item.metric for item in metric.inputs) == (above, below)
        and "/" in metric.formula
        for metric in view.metrics.values()
    )


def _narrow_alike(own: list[Condition], others: list[Condition], *, same: bool) -> bool:
    """Whether the two sides are narrowed in the same way, or only the first is where both are one figure: what the second alone
    is narrowed by may be meant of both."""
    fields = [{_name_of(part) for part in side} for side in (own, others)]
    return fields[0] == fields[1] or (same and bool(fields[0]) and not fields[1])


def _name_of(part: Condition) -> str:
    return part.field.partition(".")[2] if isinstance(part, FieldCondition) else part.kind


def _of_one_time(one: str, other: str, as_of: dt.date) -> tuple[str, str]:
    """The two sides, with the time or the split that is said behind the second said behind both."""
    tail = found["tail"] if (found := _TAIL.match(other)) is not None else ""
    other = other[: len(other) - len(tail)]
    times = [[item for item in find_time_expressions(side, as_of) if item.periods] for side in (one, other)]
    if times[0] and not times[1]:
        other = f"{other} {' '.join(item.text for item in times[0])}"
    elif times[1] and not times[0]:
        one = f"{one} {' '.join(item.text for item in times[1])}"
    return f"{one}{tail}", f"{other}{tail}"


def _named_first(words: str, known: Known) -> str | None:
    """The longest name of a figure or of things that words begin with."""
    every = words.split(" ")
    for length in range(min(_LONGEST_NAME, len(every)), 0, -1):
        name = " ".join(every[:length]).rstrip(",")
        if known.is_thing(name) or _is_sure(name, known):
            return name
    return None


def _is_sure(name: str, known: Known) -> bool:
    """Whether words are all of a figure's name, and no part that another may share."""
    return any(
        item.kind == "metric" and item.how in ("name", "synonym") and item.score > _SURE
        for item in known.phrases.means(name)
    )


def _counted(named: str, known: Known) -> str:
    """How many of some things there are, by the figure that counts them at large; a figure as it is."""
    if _is_sure(named, known):
        return named
    for dataset in known.datasets(named):
        for name in counts_at_large(known.view, dataset.name) or count_metrics(known.view, dataset.name)[:1]:
            return known.view.metrics[name].label
    return f"number of {named}"
