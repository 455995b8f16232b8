"""How much one of two kinds is ahead of the other: "how many more orders came from the South than from the West" is one
number, the difference, with both figures beside it."""

from __future__ import annotations

import re
from collections.abc import Callable

from agent.planners.embedded.draft import Draft
from agent.planners.embedded.members.context import parts_of
from agent.planners.embedded.parts import all_of
from catalog.access import CatalogView
from catalog.plan import NamedQuery, Plan
from catalog.query import Calculation, FieldCondition, FieldDimension, MetricQuery, MetricUse, Scalar

_HOW_MANY_MORE = re.compile(
    r"\b(?:how\s+(?:many|much)|by\s+how\s+(?:many|much))\s+(?:\w+\s+){0,2}?(?P<way>more|fewer|less|higher|lower|larger|smaller)\b"
    r".*\bthan\b",
    re.IGNORECASE,
)
_HOW_MUCH_AHEAD = re.compile(
    r"\b(?:how|by\s+how)\s+(?:many|much)\s+(?:\w+\s+){0,2}?(?:more|higher|larger|bigger|greater)\b.*\bthan\b",
    re.IGNORECASE,
)
_DID_THAN = re.compile(
    r"\b(?P<asked>how\s+(?:many|much)\s+(?:more|fewer|less)\s+[^,?]+?)\s+(?:did|do|does|have|has)\s+(?P<one>[^,?]+?)\s+"
    r"(?:have|had|get|got|make|made|see|seen|sell|sold|receive|received|bring\s+in|generate|generated|record|recorded|take|taken"
    r"|win|won)\s+(?P<between>[^,?]*?)than\s+(?P<other>[^,?]+)",
    re.IGNORECASE,
)
_BY_HOW_MUCH = re.compile(
    r"\bby\s+how\s+(?:many|much)(?:\s+(?:[^\W\d]+|[$€£]))?\s+(?:did|do|does|is|was|were|are)\s+(?:the\s+|our\s+)?"
    r"(?P<one>[^,?.!]+?)\s+(?P<figure>[^\W\d][\w-]*)\s+(?:beat|exceed|outdo|surpass|top|outstrip|lead|ahead\s+of|above|over|higher\s+than)"
    r"\s+(?:the\s+|our\s+|that\s+of\s+)?(?P<other>[^,?.!]+?)\s+(?P=figure)\b",
    re.IGNORECASE,
)
# "How many dollars more revenue came from the web than from the app": so much more, told in that money.
_SO_MANY_OF_MONEY = re.compile(
    r"\bhow many (?P<money>dollars|euros|pounds|francs|crowns|kroner|kronor|yen|usd|eur|gbp) (?P<way>more|less)(?: in)? "
    r"(?P<rest>[^?.!]* than [^?.!]*?)(?P<end>[?.!]*)$",
    re.IGNORECASE,
)
# "The difference between fees invoiced and fees collected": of two figures, the first less the second.
_BETWEEN_TWO = re.compile(r"\b(?P<way>difference) between (?:the |our )?(?=[^?.!;]* and )", re.IGNORECASE)
_LESS_ANOTHER = re.compile(
    r"(?:\b(?:gap|difference|spread) (?:between|of) (?:the |our )?(?P<one>[^,?.!;:]+?) and (?:the |our )?(?P<other>[^,?.!;:]+))"
    r"|(?P<above>[^,?.!;:]+?) (?:minus|less) (?:the |our )?(?P<below>[^,?.!;:]+)",
    re.IGNORECASE,
)
_LONGEST_NAME = 5
_GOES_ON = frozenset("across at by during each every for from in last of on over per since this".split())
_LESS = ("fewer", "less", "lower", "smaller")


def sides_told_alike(text: str) -> str:
    """ "How many more orders did the app have than the web" as "... for the app than for the web", and so "by how much did app
    orders beat web orders"."""
    text = _SO_MANY_OF_MONEY.sub(r"how much \g<way> \g<rest> in \g<money>\g<end>", text)
    text = _BY_HOW_MUCH.sub(
        lambda found: f"how much more {found['figure']} for {found['one']} than for {found['other']}", text, count=1
    )
    return _DID_THAN.sub(
        lambda found: f"{found['asked']} for {found['one']} {found['between']}than for {found['other']}", text, count=1
    )


def differences_said_outright(text: str, is_metric: Callable[[str], bool]) -> str:
    """ "A minus B", "the gap between A and B" as "difference between A and B", where both are named figures."""

    def told(found: re.Match[str]) -> str:
        first, second = (found["one"] or found["above"]).split(), (found["other"] or found["below"]).split()
        rest = [
            0,
            *(end for end in range(1, min(len(second), _LONGEST_NAME) + 1) if is_metric(" ".join(second[:end]))),
        ][-1]
        named = rest and (rest == len(second) or second[rest].casefold() in _GOES_ON)
        starts = range(max(0, len(first) - _LONGEST_NAME), len(first)) if found["above"] else range(1)
        start = next((at for at in starts if is_metric(" ".join(first[at:]))), None)
        if start is None or not named:
            return found[0]
        lead = " ".join([*first[:start], ""]) if start else ""
        return f"{lead}difference between {' '.join(first[start:])} and {' '.join(second)}"

    return _LESS_ANOTHER.sub(told, text, count=1)


def asks_how_far_ahead(question: str) -> bool:
    """ "How many more came in 2024 than in 2025": by how much the first is ahead, whichever of two times comes later."""
    return _HOW_MUCH_AHEAD.search(question) is not None


def told_apart(draft: Draft, plan: Plan, view: CatalogView) -> Plan:
    """The plan with the difference in place of a row for each, where two kinds of one figure or two figures of one unit are
    held against each other and how much lies between them is asked; else the plan as it is."""
    asked = _HOW_MANY_MORE.search(draft.question)
    between = asked is None and asks_between_two(draft)
    if not (asked or between) or len(plan.queries) != 1 or plan.analysis is not None:
        return plan
    query = plan.queries[0].query
    if not is_plain(query):
        return plan
    told = _two_kinds(query) if asked else None
    if told is not None:
        sides = [_of(query, told, value) for value in told.values]
        names = [str(value) for value in told.values]
    elif len({view.metrics[use.metric].unit for use in query.metrics}) == 1 and len(query.metrics) == 2:
        sides = [use.model_copy(update={"show": "context"}) for use in query.metrics]
        names = [view.metrics[use.metric].label for use in query.metrics]
    else:
        return plan
    if asked is not None and asked["way"].casefold() in _LESS:
        sides, names = sides[::-1], names[::-1]
    difference = Calculation(
        kind="difference",
        metric=sides[0].name,
        over=sides[1].name,
        alias=f"{sides[0].metric}_difference",
        show="measure",
    )
    changed = query.model_copy(
        update={
            "metrics": tuple(sides),
            "group_by": query.group_by if between else (),
            "where": all_of([part for part in parts_of(query.where) if part != told]),
            "calculations": (difference,),
            "compare": (),
            "order_by": (),
            "targets": False,
        }
    )
    words = f"{plan.interpretation}: {names[0]} minus {names[1]}"
    named = NamedQuery(name=plan.queries[0].name, query=changed)
    return plan.model_copy(update={"queries": (named,), "shape": "comparison", "interpretation": words})


def asks_between_two(draft: Draft) -> bool:
    """Whether the difference between two figures is asked for, over one time."""
    time = draft.time
    two_times = bool(time.compare or time.compare_expressions or time.as_of_before) or len(time.periods) > 1
    two_figures = len(draft.metrics) == 2 and _BETWEEN_TWO.search(draft.question) is not None
    said = draft.time.named or bool(draft.groups)  # else it may be what the two mean that is asked
    return two_figures and said and not (two_times or draft.ranking or draft.bounds)


def difference_not_told(draft: Draft, plan: Plan) -> str | None:
    """ "How many more VIP customers than new customers": the words that ask for a difference where a plan has none."""
    asked = _HOW_MANY_MORE.search(draft.question)
    asked = asked or _BETWEEN_TWO.search(draft.question)
    if asked is None or plan.analysis is not None or not plan.queries:
        return None
    query, time = plan.queries[0].query, draft.time
    two_times = bool(time.compare or time.compare_expressions or time.as_of_before) or len(time.periods) > 1
    told = any(item.kind == "difference" for item in query.calculations)
    if "between" in asked[0] and (query.group_by or len(query.metrics) != 1) and not asks_between_two(draft):
        return None  # "the difference between web and app orders": the two stand beside each other
    return None if told or two_times or draft.bounds else asked["way"]


def is_plain(query: MetricQuery) -> bool:
    """Whether a query asks for figures as they are, with nothing computed, cut or held against another time."""
    shown = [item.show for item in query.calculations] + [item.show for item in query.compare]
    computed = "measure" in shown
    own = any(use.where is not None or use.average_per is not None for use in query.metrics)
    return not (computed or own or query.having or query.limit is not None)


def _two_kinds(query: MetricQuery) -> FieldCondition | None:
    """The condition that names the two kinds, where nothing but they are the rows of one figure."""
    if len(query.metrics) != 1 or len(query.group_by) != 1:
        return None
    (group,) = query.group_by
    for part in parts_of(query.where):
        named = isinstance(part, FieldCondition) and isinstance(group, FieldDimension) and part.field == group.field
        if named and isinstance(part, FieldCondition) and part.operator in ("eq", "in") and len(part.values) == 2:
            return part
    return None


def _of(query: MetricQuery, told: FieldCondition, value: Scalar) -> MetricUse:
    """The figure of one kind, beside what is asked."""
    own = query.metrics[0]
    slug = re.sub(r"\W+", "_", str(value).casefold()).strip("_")
    return own.model_copy(
        update={"alias": f"{own.name}_{slug}", "where": told.model_copy(update={"values": (value,)}), "show": "context"}
    )
