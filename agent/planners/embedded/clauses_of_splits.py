"""Splits told by a clause: "by where the candidate came from" is by the field called the candidate's source or origin."""

from __future__ import annotations

import re
from collections.abc import Sequence

from agent.planners.embedded.reach import base_datasets
from agent.planners.embedded.said_costs import Known
from catalog.models import FieldRole
from catalog.plan import Plan
from semantic_context.words import phrase_key, tokenize

_WHO = r"(?P<thing>they|them|people|these|those|he|she|it|(?:the |our |their |each |every )?[^\W\d]+)"
_CAME_FROM = re.compile(
    rf"\b(?P<lead>by|per) (?:where {_WHO} (?:came|comes?|originate[sd]?|(?:were|was) found)(?: to us)?(?: from)?)"
    r"(?=\s*(?:[,.?!)]|$)|\s+(?:in|for|last|this|since|during|over|between)\b)",
    re.IGNORECASE,
)
_BROUGHT = re.compile(
    rf"\b(?P<lead>by|per) (?:what|who|whoever) (?:brought|brings|led|sent|attracted) {_WHO}(?: to us| here| in| our way)?"
    r"(?=\s*(?:[,.?!)]|$)|\s+(?:in|for|last|this|since|during|over|between)\b)",
    re.IGNORECASE,
)
_FOUND = re.compile(
    rf"\b(?P<lead>by|per) how {_WHO} (?:found|heard (?:of|about)|came to|got to|learned (?:of|about)|learnt (?:of|about)) us\b",
    re.IGNORECASE,
)
_SOURCES = frozenset("source origin recruited recruitment referral acquisition".split())
_NAMED = ("name", "synonym")
_ANYONE = frozenset("they them people these those he she it".split())
# "By where they live" that no field was found for; "by how much" and "by what percentage" are no splits.
_UNREAD = re.compile(
    r"\b(?:by|per) (?:where|(?:(?P<what>what|whom?)|how)(?! (?:much|many|far|big|large|long|often|percent\w*|share|factor|amount"
    r"|margin|proportion|fraction|part|number|rate|date|time|weekday|hour|season|day|month|week|year|quarter)\b)) "
    r"(?P<clause>(?:(?!(?:in|for|last|this|since|during|over|between|from \d)\b)[^\s,.?!;]+\s*)+)",
    re.IGNORECASE,
)


def clauses_as_fields(text: str, known: Known, before: Plan | None) -> str:
    """The text with the field's name in place of the clause, where one field alone is called so: of the things that are said,
    else of those that the figures named, or those of the plan before, are made of."""

    def named(found: re.Match[str]) -> str:
        words = [word for word in phrase_key(found["thing"]) if word not in ("the", "our", "their", "each", "every")]
        things = {item.name for item in known.datasets(" ".join(words))}
        if not things and not set(words) <= _ANYONE:
            return found[0]
        if not things:
            things = _bases_of_figures(text[: found.start()], known, before)
        fields = {
            f"{dataset.name}.{field.name}": field.label
            for dataset in known.view.datasets.values()
            for field in dataset.fields
            if dataset.name in things
            and field.role is FieldRole.DIMENSION
            and any(_SOURCES & set(phrase_key(name)) for name in (field.label, *field.words.synonyms))
        }
        return f"{found['lead']} {next(iter(fields.values()))}" if len(fields) == 1 else found[0]

    for pattern in (_CAME_FROM, _BROUGHT, _FOUND):
        text = pattern.sub(named, text)
    return text


def _bases_of_figures(text: str, known: Known, before: Plan | None) -> set[str]:
    words = [token.text for token in tokenize(text)]
    said = (" ".join(words[start : start + size]) for start in range(len(words)) for size in (1, 2, 3))
    named = {
        item.name for part in said for item in known.phrases.means(part) if item.kind == "metric" and item.how in _NAMED
    }
    if not named and before is not None and before.queries:
        named = {use.metric for use in before.queries[0].query.metrics}
    return {base for name in named & known.view.metrics.keys() for base in base_datasets(known.view, name)}


def clause_unread(question: str, groups: Sequence[tuple[int, int]]) -> str | None:
    """A clause behind "by" in which nothing was taken as a split; `groups` are where splits are written."""
    for found in _UNREAD.finditer(question):
        asked = found["what"] is not None  # "by what channel they came"; where the client sits is no split by client
        starts, ends = found.start("clause"), found.start() + len(found[0].rstrip())
        if not any(starts <= start < ends and (asked or end >= ends) for start, end in groups):
            return found[0].rstrip()
    return None
