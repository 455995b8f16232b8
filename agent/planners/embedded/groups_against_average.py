"""Groups held against the mean of them all: "which stores took more than the average store did", "months with below-average
orders". The question is read as one for the highest or the lowest; of its rows those on the asked side of their mean are kept.

Only of figures that each group has so much of: what the average of rates is, over all or of the groups, no word tells.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from agent.planners.embedded.additivity import adds_up, adds_up_over_time
from agent.planners.embedded.interpret import interpret
from agent.planners.embedded.members.context import is_answer, only_query
from catalog.access import CatalogView
from catalog.models import AggregateMetric, Aggregation
from catalog.plan import NamedQuery, Plan
from catalog.query import Calculation, FieldDimension, Having
from semantic_context.words import phrase_key

_GROUP = r"(?P<group>[^\W\d]+(?: [^\W\d]+)?)"
_ABOVE = r"above|over|more than|higher than|greater than|larger than|bigger than"
_BELOW = r"below|under|less than|lower than|fewer than|smaller than"
_SIDE = rf"(?:(?P<above>{_ABOVE})|(?P<below>{_BELOW}))"
_MEAN = (
    r"(?:that of )?(?:the |our |an? )?(?:(?P<of>(?!the\b|our\b)[^\W\d]+) )?(?:average|mean)"
    r"(?: (?:of|for|across|over) (?:all )?(?:the |our )?(?P<all>[^\W\d]+)"
    r"| (?P<each>(?!(?:in|on|for|by|of|during|over|since|from|did|does|do|had|has|last|this)\b)[^\W\d]+))?"
    r"(?: (?:did|does|do|had|has))?"
)
_TAIL = r"(?P<tail>,?(?: (?:in|for|during|over|since|last|this|from|between|on|at)\b[^?.!;]*)?)[?.!]*$"
_WAYS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"^(?:which|what) (?:of (?:the |our )?)?{_GROUP} (?P<verb>had|have|has|made|make|show|showed|saw|recorded)"
        rf" (?P<figure>[^?.!;,]+?) {_SIDE} {_MEAN}{_TAIL}",
        rf"^(?:which|what) (?:of (?:the |our )?)?{_GROUP} (?P<verb>[^\W\d]+) (?:(?P<above>more)|(?P<below>less|fewer)) "
        rf"(?:(?P<figure>[^?.!;,]+?) )?than {_MEAN}{_TAIL}",
        rf"^(?:which|what) (?:of (?:the |our )?)?{_GROUP} (?P<verb>had|have|has) (?:an? )?(?:(?P<above>higher)|(?P<below>lower)) "
        rf"(?P<figure>[^?.!;,]+?) than {_MEAN}{_TAIL}",
        rf"^(?:which|what) (?:of (?:the |our )?)?{_GROUP} (?:is|are|was|were|(?:per)?form(?:ed)?) {_SIDE} {_MEAN} "
        rf"(?:in|on|by|for|in terms of) (?P<figure>(?!\d)[^?.!;,]+?){_TAIL}",
        rf"^(?:(?:which|what|show(?: me)?|list|give me) )?(?:the |our |all )*{_GROUP} (?:with|had|have|has|that had|that have) "
        rf"(?:an? )?(?:(?P<above>above|(?:higher|greater|larger)[- ]than)|(?P<below>below|(?:lower|smaller)[- ]than))[- ]average "
        rf"(?P<figure>[^?.!;,]+?){_TAIL}",
        rf"^(?:(?:show(?: me)?|list|give me) )?(?:the |our |all )*{_GROUP} (?:with|whose|that had|that have) (?:an? )?"
        rf"(?P<figure>[^?.!;,]+?) (?:is |was |are |were )?{_SIDE} {_MEAN}{_TAIL}",
    )
)
_HAVING = ("had", "have", "has", "show", "showed", "saw", "recorded", "make", "made")


@dataclass(frozen=True)
class AgainstAverage:
    """A question for the highest or lowest groups, of which those above or below the mean of all are meant."""

    asked: str
    above: bool


def take_average(text: str) -> AgainstAverage | None:
    """The question with the average of all its groups taken out; None where groups are held against none, or against that of
    other things."""
    for way in _WAYS:
        found = way.match(text)
        if found is None:
            continue
        told = found.groupdict()
        group = phrase_key(told["group"])
        others = [told.get(name) for name in ("of", "all", "each") if told.get(name)]
        if any(phrase_key(str(name))[-1:] != group[-1:] for name in others):
            return None
        figure, verb, above = told["figure"], told.get("verb"), told["above"] is not None
        if figure is None:
            asked = f"which {told['group']} {verb} the {'most' if above else 'least'}"
        elif verb is None or verb.casefold() in _HAVING:
            asked = f"which {told['group']} had the {'highest' if above else 'lowest'} {figure}"
        else:
            asked = f"which {told['group']} {verb} the {'most' if above else 'fewest'} {figure}"
        return AgainstAverage(f"{asked}{told['tail']}", above)
    return None


def against_average(text: str, plan: Callable[[str], Plan], view: CatalogView) -> Plan | None:
    """The plan of the groups above or below the mean of them all; None where a text asks for none, or no one figure is asked of
    one kind of groups."""
    taken = take_average(text)
    ranked = plan(taken.asked) if taken is not None else None
    query = only_query(ranked) if ranked is not None and is_answer(ranked) else None
    if taken is None or ranked is None or query is None or len(query.group_by) != 1 or len(query.order_by) != 1:
        return None
    name = query.metrics[0].name
    picked = [item for item in query.having if item.operator != "is_not_null"]
    if query.order_by[0].column != name or picked or not _each_has_so_much(view, query.metrics[0].metric):
        return None
    mean = Calculation(kind="average", metric=name)
    kept = Having(column=name, operator="gt" if taken.above else "lt", than=mean.name)
    changed = query.model_copy(
        update={
            "calculations": (*(item for item in query.calculations if item.kind != "rank"), mean),
            "having": (*query.having, kept),
            "compare": (),
            "limit": None,
            "limit_within": (),
        }
    )
    label = view.whole.metric_by_name[query.metrics[0].metric].label
    when = ranked.interpretation.removeprefix(f"{label}, ").split(", by ")[0]
    (group,) = query.group_by
    things = view.whole.field(group.field).label if isinstance(group, FieldDimension) else "period"
    told = f"The average is that of every {things[:1].lower()}{things[1:]} with any {label}."
    return ranked.model_copy(
        update={
            "queries": (NamedQuery(name=ranked.queries[0].name, query=changed),),
            "interpretation": interpret(changed, view, when, False),
            "caveats": (*ranked.caveats, told),
        }
    )


def _each_has_so_much(view: CatalogView, name: str) -> bool:
    metric = view.whole.metric_by_name[name]
    counts_each = isinstance(metric, AggregateMetric) and metric.aggregation is Aggregation.COUNT_DISTINCT
    return adds_up(view, name) or adds_up_over_time(view, name) or counts_each
