"""How much one of two kinds is ahead of the other: "how many more orders came from the South than from the West" is one
number, the difference, with both figures beside it."""

from __future__ import annotations

import re
from collections.abc import Callable

from agent.planners.embedded.cues import Cue
from agent.planners.embedded.draft import Draft, Item
from agent.planners.embedded.known_figures import Known, label_of_the_only
from agent.planners.embedded.members.context import parts_of
from agent.planners.embedded.parts import all_of
from catalog.access import CatalogView
from catalog.plan import NamedQuery, Plan
from catalog.query import Calculation, FieldCondition, FieldDimension, MetricQuery, MetricUse, Scalar
from semantic_context.linking import split_route
from semantic_context.words import phrase_key, tokenize, verb_stem

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
    r"\bby\s+how\s+(?:many|much)(?!\s+(?:percent|per\s+cent|%))(?:\s+(?:[^\W\d]+|[$€£]))?\s+(?:did|do|does|is|was|were|are)\s+(?:the\s+|our\s+)?"
    r"(?P<one>[^,?.!]+?)\s+(?P<figure>[^\W\d][\w-]*)\s+(?:beat|exceed|outdo|surpass|top|outstrip|lead|ahead\s+of|above|over"
    r"|higher\s+than)"
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
# "By how much did the app beat the web on orders", "Did Leeds bill more fees than York in May?".
_BY_HOW_MUCH_ON = re.compile(
    r"\bby\s+how\s+(?:many|much)\s+(?:did|do|does)\s+(?P<one>[^,?.!]+?)\s+(?:beat|outdo|outperform|outstrip|surpass|lead|top)\s+"
    r"(?P<other>[^,?.!]+?)\s+(?:on|in terms of)\s+(?P<figure>[^,?.!]+)",
    re.IGNORECASE,
)
_DID_MORE_THAN = re.compile(
    r"^did (?P<one>(?:[\w'’-]+ ){0,3}?[\w'’-]+) (?P<verb>[^\W\d]+) (?:more|fewer|less) (?P<figure>[^\W\d]+(?: [^\W\d]+){0,2})"
    r" than "
    r"(?P<other>(?!(?:last|this|the (?:year|month|quarter|week)|its?|their|our|in|on|usual|before|planned|expected)\b)"
    r"[^\W\d][\w'’-]*(?: (?!(?:in|during|on|last|this|since|over|for|between|from)\b)[^\W\d][\w'’-]*){0,3})"
    r"(?P<rest>\s*(?:(?:in|during|on|last|this|since|over|for|between|from) [^?.!]*)?[?.!]*)$",
    re.IGNORECASE,
)
_LESS = ("fewer", "less", "lower", "smaller")


def sides_told_alike(text: str) -> str:
    """ "How many more orders did the app have than the web" as "... for the app than for the web", and so "by how much did app
    orders beat web orders"."""
    text = _SO_MANY_OF_MONEY.sub(r"how much \g<way> \g<rest> in \g<money>\g<end>", text)
    text = _BY_HOW_MUCH.sub(
        lambda found: f"how much more {found['figure']} for {found['one']} than for {found['other']}", text, count=1
    )
    text = _BY_HOW_MUCH_ON.sub(
        lambda found: f"how much more {found['figure']} for {found['one']} than for {found['other']}", text, count=1
    )
    return _DID_THAN.sub(
        lambda found: f"{found['asked']} for {found['one']} {found['between']}than for {found['other']}", text, count=1
    )


def sides_of_a_deed(text: str, known: Known) -> str:
    """ "Did Leeds bill more fees than York in May?" as "compare Fees billed for Leeds vs York in May", where one figure is called
    by the verb and what it is done to."""
    found = _DID_MORE_THAN.match(text)
    if found is None:
        return text
    said = {verb_stem(word) for word in phrase_key(f"{found['verb']} {found['figure']}")}
    figure = label_of_the_only(
        metric
        for metric in known.view.metrics.values()
        if any(
            {verb_stem(word) for word in phrase_key(name)} == said for name in (metric.label, *metric.words.synonyms)
        )
    )
    sides = [known.values_named(tokenize(found[side])) for side in ("one", "other")]
    if figure is None or not all(sides):
        return text
    return f"compare {figure} for {found['one']} vs {found['other']}{found['rest']}"


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
    told = _two_kinds(draft, query) if asked else None
    if told is not None:
        condition, kinds = told
        sides = [_of(query, condition, name, values) for name, values in kinds]
        names = [name for name, _ in kinds]
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
            "where": all_of([part for part in parts_of(query.where) if told is None or part != told[0]]),
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


def _two_kinds(draft: Draft, query: MetricQuery) -> tuple[FieldCondition, list[tuple[str, tuple[Scalar, ...]]]] | None:
    """The condition that names the two kinds, and the values of each, where nothing but they are the rows of one figure; a kind
    may be several values by one name: "online" and the shops."""
    if len(query.metrics) != 1 or len(query.group_by) != 1:
        return None
    (group,) = query.group_by
    for part in parts_of(query.where):
        named = isinstance(part, FieldCondition) and isinstance(group, FieldDimension) and part.field == group.field
        if not named or not isinstance(part, FieldCondition) or part.operator not in ("eq", "in"):
            continue
        if len(part.values) == 2:
            return part, [(str(value), (value,)) for value in part.values]
        sides = [item for item in draft.items if item.used == "value" and _values_of(item, part.field)]
        if len(sides) != 2 or not any(
            Cue.VERSUS in item.cues() for item in draft.items[sides[0].place : sides[1].place]
        ):
            continue
        said = [(item.text, _values_of(item, part.field)) for item in sides]
        if sorted(map(str, said[0][1] + said[1][1])) == sorted(map(str, part.values)):
            return part, said
    return None


def _values_of(item: Item, field: str) -> tuple[Scalar, ...]:
    """The values of a field that a word or name stands for."""
    found = next((meaning.payload for meaning in item.of("value") if split_route(meaning.name)[0] == field), ())
    return found if isinstance(found, tuple) else (found,)


def _of(query: MetricQuery, told: FieldCondition, name: str, values: tuple[Scalar, ...]) -> MetricUse:
    """The figure of one kind, beside what is asked."""
    own = query.metrics[0]
    slug = re.sub(r"\W+", "_", name.casefold()).strip("_")
    kind = told.model_copy(update={"values": values, "operator": "in" if len(values) > 1 else told.operator})
    return own.model_copy(update={"alias": f"{own.name}_{slug}", "where": kind, "show": "context"})
