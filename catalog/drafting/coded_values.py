"""What coded values stand for: statuses cut short, countries by their code, sexes by a letter."""

from __future__ import annotations

from catalog.drafting.abbreviations import ABBREVIATIONS
from catalog.drafting.countries import country_words
from catalog.drafting.names import words_of
from catalog.drafting.shortened import unshortened
from catalog.models import FieldType
from catalog.profile import ColumnProfile

_MOST_VALUES = 12  # more are not all sampled
_STATES = tuple(
    """
    cancelled shipped delivered returned refunded paid unpaid open closed pending completed processing processed approved
    rejected active inactive received booked confirmed planned scheduled invoiced picked packed backordered failed resolved
    escalated suspended terminated retired draft submitted partial overdue expired blocked new
    """.split()
)
_STATE_CODES = {
    "act": "active", "app": "approved", "appr": "approved", "can": "cancelled", "clo": "closed", "cls": "closed", "clsd": "closed",
    "cmp": "completed", "comp": "completed", "conf": "confirmed", "del": "delivered", "dlv": "delivered", "ina": "inactive",
    "opn": "open", "pend": "pending", "pnd": "pending", "proc": "processing", "rej": "rejected", "ret": "returned",
    "rtn": "returned", "shp": "shipped", "susp": "suspended", "term": "terminated",
}  # fmt: skip
_OF_STATES = frozenset({"status", "state", "stage"})
_OF_COUNTRIES = frozenset({"country", "nation", "nationality"})
_SEXES = {"f": "female", "m": "male"}
_YES, _NO = frozenset({"y", "yes", "t", "true", "1", "j", "ja"}), frozenset({"n", "no", "f", "false", "0", "nein"})


def value_words(column: ColumnProfile) -> dict[str, tuple[str, ...]]:
    """Words for a column's values, by value, where the values are codes that are known; {} where they are not."""
    values = [value for value in column.samples if isinstance(value, str)]
    if column.type is not FieldType.STRING or not values:
        return {}
    words = set(words_of(column.said))
    if words & _OF_COUNTRIES:
        return country_words(values)
    if column.distinct > _MOST_VALUES:
        return {}
    if words & {"gender", "sex"} and {value.lower() for value in values} <= {"m", "f", "x", "u", "o", "d", "n"}:
        return {value: (_SEXES[value.lower()],) for value in values if value.lower() in _SEXES}
    if words & _OF_STATES:
        return _of_states(values)
    return {}


def _of_states(values: list[str]) -> dict[str, tuple[str, ...]]:
    """`CNCL` is cancelled; what two values could both be is left out."""
    found: dict[str, str] = {}
    spoken = {value.lower() for value in values}
    for value in values:
        short = value.lower()
        if not short.isalpha() or len(short) > 6 or short in _STATES:
            continue
        known = _STATE_CODES.get(short) or ABBREVIATIONS.get(short)
        word = known if known in _STATES else unshortened(short, _STATES, ())
        if word and word not in spoken:
            found[value] = word
    said = list(found.values())
    return {value: (word,) for value, word in found.items() if said.count(word) == 1}


def yes_value(column: ColumnProfile) -> str | None:
    """The value that means yes in a text column that says yes or no (Y and N, true and false); None in any other."""
    values = [value for value in column.samples if isinstance(value, str)]
    if column.type is not FieldType.STRING or not 1 <= column.distinct <= 2 or len(values) != column.distinct:
        return None
    yes = [value for value in values if value.strip().lower() in _YES]
    no = [value for value in values if value.strip().lower() in _NO]
    return yes[0] if len(yes) == 1 and len(yes) + len(no) == column.distinct and no else None
