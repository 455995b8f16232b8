"""What a list of things shows of each, as the end of the question tells it: "with their supplier and due date"."""

from __future__ import annotations

import re
from collections.abc import Callable

from agent.planners.embedded.interpret import field_words
from agent.planners.embedded.members.context import MemberReading
from catalog.plan import Plan
from catalog.query import FieldDimension
from semantic_context.linking import split_route

_TOLD = re.compile(
    r"^(?P<whole>.+?)(?:,?\s+(?:with|showing|including|along with)\s+|\s*:\s*)(?:the\s+|their\s+|its\s+)?"
    r"(?P<fields>[^:]+?)[\s.?!]*$",
    re.IGNORECASE,
)
_JOINTS = re.compile(r"\s*(?:,\s*and\b|,|\band\b|&)\s*(?:the\s+|their\s+)?", re.IGNORECASE)


def with_told_columns(question: str, reading: MemberReading, read: Callable[[str], Plan | None]) -> Plan | None:
    """The list that the question without its end asks for, with the fields that its end names; None where it asks for no list
    of things, or one of the words names no one field of theirs."""
    told = _TOLD.match(question)
    plan = read(told["whole"]) if told is not None else None
    if told is None or plan is None or plan.shape != "records" or len(plan.queries) != 1:
        return None
    query = plan.queries[0].query
    groups = [item for item in query.group_by if isinstance(item, FieldDimension)]
    owners = {item.field.partition(".")[0] for item in groups}
    if len(owners) != 1 or query.metrics:
        return None
    fields = [_field(words, next(iter(owners)), reading) for words in _JOINTS.split(told["fields"]) if words]
    if not fields or None in fields:
        return None
    shown = {item.field for item in groups}
    more = [name for name in dict.fromkeys(fields) if name is not None and name not in shown]
    columns = tuple(FieldDimension(field=name) for name in more)
    named = plan.queries[0].model_copy(
        update={"query": query.model_copy(update={"group_by": (*query.group_by, *columns)})}
    )
    words = ", ".join([plan.interpretation, *(field_words(reading.view, name) for name in more)])
    return plan.model_copy(update={"queries": (named,), "interpretation": words})


def _field(words: str, dataset: str, reading: MemberReading) -> str | None:
    """The one field of the dataset that words name and that may be shown."""
    meanings = reading.phrases.means(words.strip())
    named = {split_route(item.name)[0] for item in meanings if item.kind == "field" and item.how in ("name", "synonym")}
    own = [name for name in sorted(named) if name.startswith(f"{dataset}.")]
    return own[0] if len(own) == 1 and reading.view.can_show(own[0]) else None
