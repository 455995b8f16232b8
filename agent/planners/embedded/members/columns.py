"""What a list of things shows of each, as the end of the question tells it: "with their supplier and due date".

List the panels in Leeds that have not been removed, with code and the day they were installed
Which bills are open? Give me number, date and amount.

The question without its end is read as a list; each of the words at its end must name one field of the things listed.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from agent.planners.embedded.interpret import field_words
from agent.planners.embedded.members.column_words import column_named
from agent.planners.embedded.members.context import MemberReading
from agent.planners.embedded.reach import base_datasets
from catalog.plan import Plan
from catalog.query import FieldDimension

_ASKED = r"(?:give me|show me|show|i need|i want|tell me|i would like|i'd like|include|with)"
_TOLD = re.compile(
    r"^(?P<whole>.+?)(?:,?\s+(?:with|showing|including|along with|together with)\s+|\s*:\s*"
    rf"|\s*[.?!]\s+(?:please,?\s+)?{_ASKED}\s+)"
    r"(?:the\s+|their\s+|its\s+)?(?P<fields>[^:?!]+?)(?:,?\s+(?:please|too|as well))?[\s.?!]*$",
    re.IGNORECASE,
)
_JOINTS = re.compile(r"\s*(?:,\s*and\b|,|\band\b|&)\s*(?:the\s+|their\s+|its\s+)?", re.IGNORECASE)
_LIST = re.compile(
    r"^(?:please\s+|pls\s+)?(?:list|show(?:\s+me)?|give\s+me|i\s+(?:need|want)|find)\s+(?:(?:all|of|the|our|every)\s+)*",
    re.IGNORECASE,
)
_SPLIT = re.compile(r"\b(?:by|per|each|every|total|average|how many|how much)\b", re.IGNORECASE)
_WHICH = re.compile(
    r"^(?:which|what)\s+(?P<things>.+?)\s+(?:(?P<are>are|were|have|did)\s+(?P<so>.+)|(?:do|have)\s+we\s+(?:have|got))$",
    re.IGNORECASE,
)


def with_told_columns(question: str, reading: MemberReading, read: Callable[[str], Plan | None]) -> Plan | None:
    """The list that the question without its end asks for, with the fields that its end names; None where it asks for no list
    of things, or one of the words names no one field of theirs."""
    told = _TOLD.match(question)
    if told is None:
        return None
    plan = read(told["whole"])
    groups = _columns_of(plan, reading) if plan is not None else ()
    owners = {item.field.partition(".")[0] for item in groups}
    if plan is None or len(owners) != 1:
        return None
    query = plan.queries[0].query
    bases = [base for use in query.metrics for base in sorted(base_datasets(reading.view, use.metric))]
    told_of = (*owners, *(base for base in bases if base not in owners))
    fields = [_column(words.strip(), told_of, reading) for words in _JOINTS.split(told["fields"]) if words.strip()]
    if not fields or None in fields:
        return None
    shown = {item.field for item in groups}
    more = [name for name in dict.fromkeys(fields) if name is not None and name not in shown]
    columns = tuple(FieldDimension(field=name) for name in more)
    changed = query.model_copy(
        update={
            "group_by": (*query.group_by, *columns),
            "metrics": tuple(use.model_copy(update={"show": "hidden"}) for use in query.metrics),
        }
    )
    words = ", ".join([plan.interpretation, *(field_words(reading.view, name) for name in more)])
    return plan.model_copy(
        update={
            "queries": (plan.queries[0].model_copy(update={"query": changed}),),
            "interpretation": words,
            "shape": "records",
        }
    )


def _column(words: str, datasets: tuple[str, ...], reading: MemberReading) -> str | None:
    """The field that words name: of the things listed, else of the rows by which a figure picks these."""
    found = (column_named(words, dataset, reading) for dataset in datasets)
    return next((name for name in found if name is not None), None)


def listed_with_columns(question: str, reading: MemberReading, read: Callable[[str], Plan]) -> Plan | None:
    """The same of any list, asked for in whatever words: "which bills are open? give me number and amount"."""

    def listed(whole: str) -> Plan | None:
        asked = _as_a_list(whole.strip(" ,"))
        plan = read(asked) if asked is not None else None
        return plan if plan is not None and plan.clarification is None and plan.refusal is None else None

    return with_told_columns(question, reading, listed)


def wants_a_list(question: str, plan: Plan) -> bool:
    """Whether a question may yet ask for a list of things: it was not understood, or as figures of groups that it never names."""
    if plan.refusal is not None:
        return False
    return plan.clarification is not None or (
        plan.shape != "records" and _LIST.match(question) is not None and _SPLIT.search(question) is None
    )


def _as_a_list(whole: str) -> str | None:
    """A question for things, asking for a list of them in so many words; None for any other question."""
    if (lead := _LIST.match(whole)) is not None:
        return f"list the {whole[lead.end() :]}"
    which = _WHICH.match(whole)
    if which is None:
        return None
    return f"list the {which['things']}" + (f" that {which['are']} {which['so']}" if which["so"] else "")


def _columns_of(plan: Plan, reading: MemberReading) -> tuple[FieldDimension, ...]:
    """The columns of a plain list of things, or of those of which a figure of how things stand has any; none for any other."""
    if len(plan.queries) != 1 or plan.analysis is not None or plan.steps:
        return ()
    query = plan.queries[0].query
    shown = [use.metric for use in query.metrics if use.show != "hidden"]
    if query.calculations or query.compare or not all(isinstance(item, FieldDimension) for item in query.group_by):
        return ()
    if shown and not (
        len(shown) == 1
        and reading.view.whole.metric_by_name[shown[0]].is_state
        and [(item.column, item.operator, tuple(item.values)) for item in query.having] == [(shown[0], "gt", (0,))]
    ):
        return ()
    if not shown and plan.shape != "records":
        return ()
    return tuple(item for item in query.group_by if isinstance(item, FieldDimension))
