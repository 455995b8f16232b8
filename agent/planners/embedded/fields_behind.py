"""Fields told in a sentence of their own behind the question which things they are of.

Which shipments have still not arrived? Give me shipment number, supplier and due date.
    list the shipments that have still not arrived, with shipment number, supplier and due date
"""

from __future__ import annotations

import re
from collections.abc import Callable

_TOLD = re.compile(
    r"^(?:which|what) (?P<which>[^?.!;:]{3,120}?)\? (?:please )?(?:give|show|tell)(?: me| us)? (?:also |just |only )*"
    r"(?:the |their |its )?(?P<fields>[^?.!;:]{3,120}?)(?:,? please)?[.!]?$",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"^(?P<things>[^?.!;:,]{3,60}?) (?P<verb>are|is|were|was|have|has|had|do|does|did|still|never|currently)\b",
    re.IGNORECASE,
)
_NEXT = re.compile(r",? and |, ", re.IGNORECASE)
_ARTICLE = re.compile(r"^(?:the|their|its) ", re.IGNORECASE)


def fields_behind(text: str, is_field: Callable[[str], bool], is_thing: Callable[[str], bool]) -> str:
    """The text as one list, where two or more fields of things are told and nothing else."""
    found = _TOLD.match(text)
    verb = _VERB.match(found["which"]) if found is not None else None
    if found is None or verb is None or not is_thing(verb["things"]):
        return text
    fields = [_ARTICLE.sub("", part.strip()) for part in _NEXT.split(found["fields"])]
    if len(fields) < 2 or not all(map(is_field, fields)):
        return text
    which = f"{verb['things']} that {found['which'][verb.end('things') :].strip()}"
    return f"list the {which}, with {', '.join(fields[:-1])} and {fields[-1]}"


def tells_fields_behind(text: str) -> bool:
    """Whether a question may have its fields in a sentence of their own."""
    return _TOLD.match(text) is not None
