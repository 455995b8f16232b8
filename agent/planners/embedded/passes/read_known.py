"""Reads that something is recorded of the rows, or is not: "leaving out those where no reason was given", "where the region
is known". Overlooked, the rows that say nothing would stand among the others."""

from __future__ import annotations

import re
from collections.abc import Iterator

from agent.planners.embedded.cues import Cue
from agent.planners.embedded.draft import Draft, Item
from agent.planners.embedded.reach import base_datasets, pointed_at
from catalog.models import FieldRole, FieldType
from catalog.query import FieldCondition
from semantic_context.linking import split_route

_ROWS = r"(?:all\s+)?(?:the\s+|any\s+)?(?:ones|those|rows|records|cases|entries|everything)\s+"
_OUT = (
    r"(?P<out>\b(?:leaving out|leave out|excluding|exclude|excl\.?|without|ignoring|ignore|omitting|omit|not counting"
    rf"|except(?: for)?)\s+{_ROWS})"
)
_SAID = (
    r"(?:given|noted|recorded|known|stated|named|entered|set|filled in|specified|provided|mentioned|documented|registered"
    r"|on (?:file|record))"
)
_UNSAID = rf"(?:missing|unknown|empty|blank|unrecorded|unspecified|not {_SAID})"
_IS = r"(?:is|was|are|were|has been|have been|had been)"
_WHERE = r"\b(?:where|for which|in which|whose)\s+(?:the\s+|an?\s+)?"
_WHAT = r"(?P<what>(?:[^\W\d][\w'’-]*\s+){0,3}?[^\W\d][\w'’-]*)"
_END = r"(?=\s*(?:[,.?!;]|$)|\s+(?:by|per|for|in|from|during|since|split|and)\b)"
_SAYS_SO = re.compile(rf"{_SAID}|{_UNSAID}|^{_OUT}", re.IGNORECASE)
# Each with whether the field is filled in the rows that it tells of.
_WAYS: tuple[tuple[re.Pattern[str], bool], ...] = tuple(
    (re.compile(pattern + _END, re.IGNORECASE), filled)
    for pattern, filled in (
        (rf"{_OUT}?{_WHERE}(?:there {_IS} )?no {_WHAT}\s+{_IS}\s+{_SAID}", False),
        (rf"{_OUT}?{_WHERE}{_WHAT}\s+{_IS}\s+{_UNSAID}", False),
        (rf"{_OUT}?(?:with|that ha[sd]|that have|which have|having) no {_WHAT}(?:\s+{_SAID})?", False),
        (rf"{_OUT}(?:with no|that ha[sd] no|that have no|having no|without)\s+(?:an?\s+|any\s+)?{_WHAT}", False),
        (rf"{_OUT}?(?:\bonly\s+)?(?:{_ROWS})?{_WHERE}{_WHAT}\s+{_IS}\s+{_SAID}", True),
    )
)


def read_known(draft: Draft) -> None:
    """Narrows the figures to the rows that have a field filled, or have it empty, and takes the words that say so."""
    told = [(found, filled) for way, filled in _WAYS if (found := way.search(draft.question)) is not None]
    if not told or draft.follows:
        return
    found, filled = told[0]
    field = _field(draft, found.span("what"), found.span(), bare=_SAYS_SO.search(found[0]) is None)
    if field is None:
        return
    for item in draft.items:
        if draft.stands_in(item, found.span()):
            item.used = "negation" if Cue.NOT in item.cues() else "taken by what is known"
    draft.units_said |= {token.start for token in draft.left_over if found.start() <= token.start < found.end()}
    kept = filled is (found["out"] is None)
    reference, path = split_route(field)
    operator = "is_not_null" if kept else "is_null"
    draft.kept_conditions.append(FieldCondition(field=reference, path=path, operator=operator))


def _field(draft: Draft, name: tuple[int, int], whole: tuple[int, int], *, bare: bool) -> str | None:
    """The one field that the words name: of several that which is named elsewhere in the question too, or is the figure's. A
    `bare` "with no discount" may be one of nought, and "with no solar roof" is said where it is so or not."""
    items = [item for item in draft.items if not item.is_stop and draft.stands_in(item, name)]
    if len(items) != 1 or items[0].used is not None or items[0].has("value", "dataset", "metric"):
        return None
    named = {field for field in _told_fields(draft, items[0]) if not bare or _is_a_word(draft, field)}
    elsewhere = {
        field for item in draft.items if not draft.stands_in(item, whole) for field in _told_fields(draft, item)
    }
    found = named & elsewhere or named
    if len(found) > 1:
        figure = next((item.of("metric")[0].name for item in draft.items if item.span.best.kind == "metric"), None)
        reached = pointed_at(draft.view, base_datasets(draft.view, figure)) if figure is not None else frozenset()
        found = {field for field in found if split_route(field)[0].partition(".")[0] in reached}
    return next(iter(found)) if len(found) == 1 else None


def _is_a_word(draft: Draft, reference: str) -> bool:
    field = draft.view.whole.field(split_route(reference)[0])
    return field.role is FieldRole.DIMENSION and field.type is FieldType.STRING


def _told_fields(draft: Draft, item: Item) -> Iterator[str]:
    for meaning in item.of("field"):
        if draft.view.whole.field(split_route(meaning.name)[0]).role is not FieldRole.KEY:
            yield meaning.name
