"""Which side of a whole a share is of, where the words name both, or name it by what it is not, or by yes or no.

What part was placed online rather than in a shop?    the online part of all, not of what is no shop's
What share was not picked by hand?                    all the other ways together
What share came from key accounts?                    those for which it is so, and not both sides
"""

from __future__ import annotations

import re

from agent.planners.embedded.conditions import filter_condition
from agent.planners.embedded.cues import Cue
from agent.planners.embedded.draft import Draft, FieldValues, FilterSlot, GroupSlot
from agent.planners.embedded.parts import Parts, role_alias
from agent.planners.embedded.reach import Reach
from agent.planners.embedded.resolve import Resolution
from catalog.models import FieldType
from catalog.query import FieldDimension, Having, dimension_name
from semantic_context.linking import split_route

_Part = tuple[FilterSlot, FieldValues]
_SAYS_THE_OPPOSITE = re.compile(
    r"^[\s,]*(?:(?:and|but)\s+)?(?:rather than|instead of|as opposed to|not)\b", re.IGNORECASE
)
_BOTH_SIDES = {Cue.VERSUS, Cue.COMPARE, Cue.OR, Cue.DISTRIBUTION, Cue.EACH, Cue.NOT}
_WHETHER = ("whether", "whether or not", "if")
_BEING = frozenset("is are was were be been being did do does has have had".split())


def leave_out_opposites(
    draft: Draft, resolution: Resolution, parts: Parts, reach: Reach, part: tuple[_Part, ...]
) -> None:
    """Takes away the conditions that name only what the part is not: "picked by hand and not by machine" is a part of all."""
    for slot, choice in zip(draft.filters, resolution.filters, strict=True):
        for own, told in part:
            if not slot.negated or choice.field != told.field or slot.item <= own.item or own.item < 0:
                continue
            between = draft.question[_end_of(draft, own) : _start_of(draft, slot)]
            if _SAYS_THE_OPPOSITE.match(between) and not set(choice.values) & set(told.values):
                parts.conditions.remove(filter_condition(slot, choice, reach, parts.metrics))
                break


def only_told_by_not(draft: Draft, resolution: Resolution) -> _Part | None:
    """ "What share of orders was not placed in stores": the one filter, where it says what the part is not. What narrows
    the whole is named before the share is asked for, or with words that leave out."""
    pairs = list(zip(draft.filters, resolution.filters, strict=True))
    if len(pairs) != 1 or not pairs[0][0].negated or pairs[0][0].either or pairs[0][0].item < 0:
        return None
    start = _start_of(draft, pairs[0][0])
    words = re.findall(r"[^\W\d]+", draft.question[:start].casefold())
    asked = next((item for item in draft.items if item.cue() is Cue.SHARE), None)
    if asked is None or draft.tokens[asked.span.start].start > start or "not" not in words[-4:]:
        return None
    place = len(words) - 1 - words[::-1].index("not")
    return pairs[0] if place and words[place - 1] in _BEING else None


def take_all_others(draft: Draft, resolution: Resolution, parts: Parts, reach: Reach, part: _Part) -> None:
    """The shares of all values but those named, to be added up."""
    slot, choice = part
    parts.conditions.remove(filter_condition(slot, choice, reach, parts.metrics))
    field, path = split_route(choice.field)
    dimension = FieldDimension(field=field, path=path, alias=role_alias(draft, field, path))
    column = dimension_name(dimension)
    parts.groups.append(dimension)
    parts.having.append(Having(column=column, operator="not_in", values=choice.values, either=1))
    parts.having.append(Having(column=column, operator="is_null", either=1))
    parts.adds_shares = f"(not {slot.text})"


def yes_side(draft: Draft, resolution: Resolution, parts: Parts) -> str | None:
    """The column of the yes-or-no field whose "yes" is the part asked for; None where both sides are, or none is."""
    if draft.asks & _BOTH_SIDES or any(
        item.cues() & _BOTH_SIDES or item.text.casefold() in _WHETHER for item in draft.items
    ):
        return None
    for slot, reference in zip(draft.groups, resolution.groups, strict=True):
        field = split_route(reference)[0]
        if draft.view.whole.field(field).type is not FieldType.BOOLEAN or not _says_what_is_so(draft, slot):
            continue
        names = [
            dimension_name(item) for item in parts.groups if isinstance(item, FieldDimension) and item.field == field
        ]
        return names[0] if len(names) == 1 else None
    return None


def _says_what_is_so(draft: Draft, slot: GroupSlot) -> bool:
    """Whether the field stands behind the share that is asked for, with no word that splits by it."""
    asked = next((item.place for item in draft.items if item.cue() is Cue.SHARE), None)
    return asked is not None and slot.item >= 0 and slot.leader not in (Cue.BY, Cue.EACH, Cue.WHICH)


def _start_of(draft: Draft, slot: FilterSlot) -> int:
    return draft.tokens[draft.items[slot.item].span.start].start


def _end_of(draft: Draft, slot: FilterSlot) -> int:
    return draft.tokens[draft.items[slot.item].span.end - 1].end
