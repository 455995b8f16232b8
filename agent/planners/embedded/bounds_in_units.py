"""A bound on things by the unit of a number that each of them has: "restaurants above 2,000 metres" have an altitude above it.

Only where exactly one number of such a thing is measured in that unit.
"""

from __future__ import annotations

import re

from agent.planners.embedded.known_figures import Known
from catalog.models import CatalogField, FieldRole, FieldType
from semantic_context.words import phrase_key

# The words for a unit of a thing's size and place, with how a field's unit or name says it.
_UNITS = {
    "m": ("m", "metre", "meter"),
    "metre": ("m", "metre", "meter"),
    "meter": ("m", "metre", "meter"),
    "kilometre": ("km", "kilometre", "kilometer"),
    "kilometer": ("km", "kilometre", "kilometer"),
    "km": ("km", "kilometre", "kilometer"),
    "mile": ("mile", "mi"),
    "kg": ("kg", "kilogram", "kilo"),
    "kilogram": ("kg", "kilogram", "kilo"),
    "kilo": ("kg", "kilogram", "kilo"),
    "tonne": ("tonne", "ton", "t"),
    "litre": ("litre", "liter", "l"),
    "liter": ("litre", "liter", "l"),
}
_COMPARES = r"(?:above|over|below|under|more than|less than|higher than|lower than|at least|at most|up to)"
_BOUND = re.compile(
    rf"\b(?P<thing>[^\W\d]+(?: [^\W\d]+)?) (?:(?:that |which )?(?:are|is|lie|lies|were|was|weigh|weighs|hold|holds) )?"
    rf"(?P<how>{_COMPARES}) (?P<number>\d[\d.,]*) ?(?P<unit>{'|'.join(_UNITS)})s?\b"
    r"(?: (?:high|long|deep|wide|tall|heavy|up|above sea level))?",
    re.IGNORECASE,
)


def bounds_in_units(text: str, known: Known) -> str:
    """The text with the number's name in the bound."""

    def named(found: re.Match[str]) -> str:
        words = found["thing"].split()
        for first in range(len(words)):
            datasets = known.datasets(" ".join(words[first:]))
            if datasets:
                fields = [
                    item
                    for dataset in datasets
                    for item in dataset.fields
                    if _is_in(item, _UNITS[found["unit"].casefold()])
                    and known.view.can_show(f"{dataset.name}.{item.name}")
                ]
                if len(fields) != 1:
                    return found[0]
                return f"{found['thing']} with {fields[0].label.lower()} {found['how']} {found['number']}"
        return found[0]

    return _BOUND.sub(named, text)


def _is_in(field: CatalogField, unit: tuple[str, ...]) -> bool:
    """Whether a field is a number in a unit, by its own unit or by the last word of its name: "altitude_m"."""
    is_number = field.type in (FieldType.INTEGER, FieldType.NUMBER) and field.role is not FieldRole.KEY
    said = {phrase_key(field.unit or "")[-1:], phrase_key(field.name)[-1:], phrase_key(field.label)[-1:]}
    return is_number and any(words and words[0] in unit for words in said)
