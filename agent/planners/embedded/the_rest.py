"""One kind held against all others: "AOV in stores versus everywhere else", "do key clients pay later than the rest?"."""

from __future__ import annotations

import re
from collections.abc import Callable

from agent.planners.embedded.members.context import parts_of
from agent.planners.embedded.parts import all_of
from agent.planners.embedded.told_apart import is_plain
from catalog.access import CatalogView
from catalog.models import FieldType
from catalog.plan import NamedQuery, Plan
from catalog.query import Condition, FieldCondition, FieldDimension, MetricQuery, MetricUse, Not

_LEADS = r"(?:of|in|for|on|from|with|by|via|among|at)"
_COMPARATIVE = r"(?:more(?: often)?|less(?: often)?|[^\W\d]+er)"
_JOIN = (
    rf"(?:(?P<comparative>{_COMPARATIVE}\s+)?than|vs\.?|versus|against|compared (?:to|with)|as opposed to|"
    r"(?P<weak>,?\s*and|with|to))"
)
_REST = (
    r"(?P<rest>the rest(?: of (?:them|us|(?:the|our) [^\W\d]+))?|(?:all )?the others|(?:all )?others|"
    r"every(?:one|body|thing|where) else|any(?:one|body|thing|where) else|(?:(?:all|any|the|all the) )?other (?P<thing>[^\W\d]+))"
)
_END = r"(?=\s*[,.;:?!]|\s*$|\s+(?:in|during|over|for|since|from|between|per|by|last|this)\b)"
_OFTEN = re.compile(r"\b(?:often|likely|frequently)\b", re.IGNORECASE)
_SPLITS = re.compile(
    r"\b(?:by|per|each|every|split|across)\b", re.IGNORECASE
)  # "by key client vs the rest" says no kind
_AGAINST = re.compile(rf"\s*\b{_JOIN}\s+(?:{_LEADS}\s+)?{_REST}{_END}", re.IGNORECASE)


def take_the_rest(text: str, is_kind_of_things: Callable[[str], bool], is_value: Callable[[str], bool]) -> str | None:
    """The text without the words that hold its kind against all others; None where it has none.

    "Other clients" are all others where `is_kind_of_things` knows clients; "others" are none where it is a value's own name.
    """
    found = _AGAINST.search(text)
    if found is None:
        return None
    bare = not found["rest"].casefold().startswith(("the ", "all the ", "every"))
    if bare and not found["thing"] and (found["weak"] or is_value(found["rest"])):
        return None
    if found["thing"] and not is_kind_of_things(found["thing"]):
        return None
    return text[: found.start()] + text[found.end() :]


def beside_the_rest(plan: Plan, text: str, view: CatalogView) -> Plan | None:
    """A plan of one kind's figure with that of all others beside it; None where it is not of one kind alone. `text` is the
    question with the words about the others."""
    if len(plan.queries) != 1 or plan.analysis is not None or plan.clarification is not None:
        return None
    query = plan.queries[0].query
    if _is_split_in_two(query, view) and _SPLITS.search(text) is None:
        return plan
    kinds = [part for part in parts_of(query.where) if _names_a_kind(part)]
    if len(query.metrics) != 1 or len(kinds) != 1 or not is_plain(query):
        return None
    if _OFTEN.search(text) and view.metrics[query.metrics[0].metric].unit != "fraction":
        return None  # of unequal kinds the numbers do not say which one does it more often
    (kind,) = kinds
    assert isinstance(kind, FieldCondition)
    others = tuple(part for part in parts_of(query.where) if part is not kind)
    yes_or_no = view.whole.field(kind.field).type is FieldType.BOOLEAN
    changed = query.model_copy(
        update={
            "metrics": query.metrics if yes_or_no else _sides(query.metrics[0], kind),
            "group_by": (*query.group_by, FieldDimension(field=kind.field, path=kind.path))
            if yes_or_no
            else query.group_by,
            "where": all_of(list(others)),
            "compare": (),
            "targets": False,
            "order_by": (),
        }
    )
    return plan.model_copy(
        update={
            "shape": "comparison",
            "queries": (NamedQuery(name=plan.queries[0].name, query=changed),),
            "interpretation": f"{plan.interpretation}, beside all others",
        }
    )


def _is_split_in_two(query: MetricQuery, view: CatalogView) -> bool:
    """Whether the rows are already those of which something is so and those of which it is not."""
    groups = [item for item in query.group_by if isinstance(item, FieldDimension)]
    asked = len(groups) == 1 and query.where is None and is_plain(query)
    return asked and view.whole.field(groups[0].field).type is FieldType.BOOLEAN


def _sides(use: MetricUse, kind: FieldCondition) -> tuple[MetricUse, MetricUse]:
    said = "_".join(re.sub(r"\W+", "_", str(value).casefold()).strip("_") for value in kind.values)
    return (
        use.model_copy(update={"alias": f"{use.name}_{said}", "where": kind}),
        use.model_copy(update={"alias": f"{use.name}_all_others", "where": Not(condition=kind)}),
    )


def _names_a_kind(condition: Condition) -> bool:
    plain = isinstance(condition, FieldCondition) and condition.part is None and condition.grain is None
    return plain and isinstance(condition, FieldCondition) and condition.operator in ("eq", "in")
