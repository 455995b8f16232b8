"""Splits told by a clause, or asked for by a question of its own, in place of the field's name.

Placements by where the candidate came from          by the field called the candidate's source or origin
How did the people who joined in May hear of us?     those people, by that field
Leavers last quarter, and what made them go?         leavers, by the field called their reason
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from agent.planners.embedded.cues import CHANGES, cue_phrases
from agent.planners.embedded.known_figures import Known
from agent.planners.embedded.reach import base_datasets, pointed_at
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
_PEOPLE = r"(?:they|them|these|those|people|customers|clients|members|students|users)"
_ENDS = r"(?=\s*(?:[,.?!;)]|$)|\s+(?:in|on|for|during|over|since|last|this|between|from|by)\b)"
_HOW_HEARD = re.compile(
    r"\b(?:and )?how (?:did|do|have|had) (?P<who>[^,.?!;]{2,70}?) (?:first |originally |ever )?"
    r"(?:(?:get|got|come|came) to )?(?:hear|heard|know|known|find|found|find out|found out|learn|learned|learnt|read)"
    r"(?: of| about| out about)? (?:us|it|(?:our|the) (?:club|company|business|shop|school|scheme|service|place|site|firm))"
    r"(?=\s*(?:[,.?!;)]|$))",
    re.IGNORECASE,
)
_MADE_THEM = re.compile(
    rf"(?:\s*[,;–-]\s*|\s+)?\b(?:and |but )?(?:what (?:has |have )?(?:made|makes|drove|led|caused|prompted|pushed) "
    rf"{_PEOPLE}(?: to)?"
    rf"|(?:why|for (?:what|which) reasons?) (?:did|do|have|were|are) {_PEOPLE})"
    rf" (?P<did>[^\W\d]+(?: (?:up|out|off|away|back|in))?)(?: us)?{_ENDS}",
    re.IGNORECASE,
)
_FOR_WHICH_REASONS = re.compile(
    r"\bfor (?:what|which) reasons? (?:were|was|are|have|had) (?P<who>[^,.?!;]{3,70}?)(?=\s*(?:[,.?!;)]|$))",
    re.IGNORECASE,
)
_REASONS = frozenset("reason cause motive ground".split())
_CAME = frozenset(
    "come join sign enrol enroll choose buy start subscribe register book order stay apply pay".split()
) | {
    "sign up",
    "come in",
}
_TELLS_A_SOURCE = frozenset("heard found recruited referred".split())
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

    def heard(found: re.Match[str]) -> str:
        """Of the people that are said, their sources: of the rows counted, else of what those point at."""
        pointed = found["who"].casefold() in _ANYONE
        bases = _bases_of_figures(
            text[: found.start()] if pointed else found["who"], known, before if pointed else None
        )
        label = _one_field(known, bases, _is_a_source, further=True)
        if label is None:
            return found[0]
        return f"by {label}" if pointed else f"{found['who']} by {label}"

    def reasons(found: re.Match[str]) -> str:
        did = found["did"].casefold()
        if did in _CAME or any(item.name in CHANGES for item in cue_phrases().means(did)):
            return found[0]  # "what made them fall" asks for the causes of a change; who came has no reason for leaving
        label = _one_field(known, _bases_of_figures(text[: found.start()], known, before), _is_a_reason)
        return f" by {label}" if label is not None else found[0]

    def for_which(found: re.Match[str]) -> str:
        label = _one_field(known, _bases_of_figures(found["who"], known, None), _is_a_reason)
        return f"{found['who']} by {label}" if label is not None else found[0]

    for pattern in (_CAME_FROM, _BROUGHT, _FOUND):
        text = pattern.sub(named, text)
    text = _HOW_HEARD.sub(heard, text)
    return _MADE_THEM.sub(reasons, _FOR_WHICH_REASONS.sub(for_which, text)).strip()


def _one_field(known: Known, bases: set[str], is_one: Callable[[str], bool], *, further: bool = False) -> str | None:
    """The one field of the rows that is called so; `further`, also of what they point at, or of all where none are known."""
    near = [frozenset(bases)]
    if further:
        near.append(pointed_at(known.view, near[0]) if bases else frozenset(known.view.datasets))
    for datasets in near:
        fields = {
            f"{dataset.name}.{field.name}": field.label
            for dataset in known.view.datasets.values()
            for field in dataset.fields
            if dataset.name in datasets
            and field.role is FieldRole.DIMENSION
            and any(is_one(name) for name in (field.label, *field.words.synonyms))
        }
        if fields:
            return next(iter(fields.values())) if len(fields) == 1 else None
    return None


def _is_a_source(name: str) -> bool:
    """ "Referral source", "heard from"; a source market is a market."""
    words = [token.folded for token in tokenize(name)]
    head = words[: words.index("of")] if "of" in words[1:] else words
    return head[-1] in _SOURCES or bool(_TELLS_A_SOURCE & set(words))


def _is_a_reason(name: str) -> bool:
    words = [token.base for token in tokenize(name)]
    return words[-1] in _REASONS or (words[0] in _REASONS and len(words) > 1)


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
    for asked_for in (_HOW_HEARD, _MADE_THEM):
        for found in asked_for.finditer(question):
            moves = any(item.name in CHANGES for item in cue_phrases().means(found.groupdict().get("did") or ""))
            if asked_for is _MADE_THEM and not question[: found.start()].strip():
                continue  # "why did people leave us in 2025" asks for the causes of their number
            if not moves and not any(found.start() <= start < found.end() for start, _ in groups):
                return found[0].strip(" ,;–-")
    return None
