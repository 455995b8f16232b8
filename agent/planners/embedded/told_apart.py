"""How much one of two kinds is ahead of the other: "how many more orders came from the South than from the West" is one
number, the difference, with both figures beside it."""

from __future__ import annotations

import re

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
_LESS = ("fewer", "less", "lower", "smaller")


def sides_told_alike(text: str) -> str:
    """ "How many more orders did the app have than the web" as "... for the app than for the web"."""
    return _DID_THAN.sub(
        lambda found: f"{found['asked']} for {found['one']} {found['between']}than for {found['other']}", text, count=1
    )


def asks_how_far_ahead(question: str) -> bool:
    """ "How many more came in 2024 than in 2025": by how much the first is ahead, whichever of two times comes later."""
    return _HOW_MUCH_AHEAD.search(question) is not None


def told_apart(question: str, plan: Plan, view: CatalogView) -> Plan:
    """The plan with the difference in place of a row for each, where two kinds of one figure or two figures of one unit are
    held against each other and how much lies between them is asked; else the plan as it is."""
    asked = _HOW_MANY_MORE.search(question)
    if asked is None or len(plan.queries) != 1 or plan.analysis is not None:
        return plan
    query = plan.queries[0].query
    if not is_plain(query):
        return plan
    told = _two_kinds(query)
    if told is not None:
        sides = [_of(query, told, value) for value in told.values]
        names = [str(value) for value in told.values]
    elif len({view.metrics[use.metric].unit for use in query.metrics}) == 1 and len(query.metrics) == 2:
        sides = [use.model_copy(update={"show": "context"}) for use in query.metrics]
        names = [view.metrics[use.metric].label for use in query.metrics]
    else:
        return plan
    if asked["way"].casefold() in _LESS:
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
            "group_by": (),
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


def difference_not_told(draft: Draft, plan: Plan) -> str | None:
    """ "How many more VIP customers than new customers": the words that ask for a difference where a plan has none."""
    asked = _HOW_MANY_MORE.search(draft.question)
    if asked is None or plan.analysis is not None or not plan.queries:
        return None
    query, time = plan.queries[0].query, draft.time
    two_times = bool(time.compare or time.compare_expressions or time.as_of_before) or len(time.periods) > 1
    told = any(item.kind == "difference" for item in query.calculations)
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
