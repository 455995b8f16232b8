"""How strongly names say that a column points at a table's key."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from catalog.drafting.names import ID_WORDS, entity_of, is_id_like, raw_words, without_id_words, words_of
from catalog.readable import singular_of

# A role that a person plays, where the column names the role and the table the persons.
_PERSON_ROLES = frozenset(
    """
    actor agent approver assignee author boss buyer captain cashier chief clerk coach consultant creator
    doctor driver editor handler inspector instructor lead leader manager mechanic mentor nurse operator owner
    physician pilot planner recruiter referrer rep reporter requester representative reviewer salesman
    salesperson seller sender recipient submitter supervisor surgeon teacher technician tutor uploader
    """.split()
)
_PERSONS = frozenset(
    """
    employee staff user person people member worker personnel contact associate customer physician teacher driver
    colleague agent player
    """.split()
)
_DONE_BY = frozenset(
    {"created", "approved", "assigned", "handled", "managed", "sold", "updated", "reviewed", "entered"}
)
_CARRIERS = frozenset({"shipper", "carrier", "courier", "transporter", "forwarder"})
_CARRIED = frozenset({"via", "carrier", "courier", "forwarder"})
_SELF_ROLES = frozenset(
    """
    parent root previous predecessor successor original superior manager supervisor boss mentor referrer ancestor reports
    reporting
    """.split()
)
_SAY_NOTHING = frozenset(
    """
    id key code number name title label description email phone date time timestamp year month day week quarter type
    status state kind category note notes value amount price quantity total count rank level position order_no uuid guid
    """.split()
)

_HOW_MANY = frozenset({"total", "count", "number", "average", "maximum", "minimum", "sum"})
_HOW_MUCH = frozenset({"count", "quantity", "amount", "total", "percent", "price", "cost", "rate"})
# What people call a row by, where there is no number, or beside it.
_NATURAL = frozenset({"name", "login", "username", "email", "iso", "symbol", "abbreviation", "ticker", "iata"})
BY_NAME = "named after what its rows are called by"

STRONG = 0.9  # at least: the names alone say so
FAIR = 0.7  # at least: a role or the head of a name


@dataclass(frozen=True, slots=True)
class NameEvidence:
    """`strength` from 0 (nothing) to 1; `role` is what the column says beyond the table's name; `reason` is for people."""

    strength: float
    role: str | None = None
    reason: str = ""


NONE = NameEvidence(0.0)


@cache
def name_evidence(table: str, column: str, of_table: str, key: str) -> NameEvidence:
    """Whether `table.column` is named like a pointer at `of_table.key`."""
    words, stem = words_of(column), without_id_words(column)
    key_words, key_stem = words_of(key), without_id_words(key)
    entity = entity_of(of_table)
    owned = not key_stem or _same(key_stem, entity) or _same(key_stem, entity[-1:])
    if _is_count(words, stem):
        return NONE
    if table == of_table:
        return _self_evidence(stem, entity, owned)
    if _joined(words) == _joined(key_words) and _joined(words) not in _SAY_NOTHING:
        if owned:
            return NameEvidence(1.0, None, "the same name as its key")
        return NameEvidence(0.75, None, "the same name as a unique column")
    if not owned:
        return _natural_evidence(words, stem, key_words, entity)
    if stem and _same(stem, entity):
        return NameEvidence(1.0 if stem != words else 0.9, None, f"named after {of_table}")
    if len(stem) > len(entity) and _same(stem[-len(entity) :], entity):
        return NameEvidence(0.95, "_".join(stem[: -len(entity)]), f"named after {of_table}, with a role")
    if key_stem and len(words) > len(key_words) and _same(words[-len(key_words) :], key_words):
        return NameEvidence(0.9, "_".join(words[: -len(key_words)]), "ends with the name of its key")
    if is_id_like(column) and stem and len(entity) > 1 and _same(stem[-1:], entity[-1:]):
        return NameEvidence(0.8, None, f"named after the last word of {of_table}")
    return _role_evidence(words, stem, entity)


def _is_count(words: tuple[str, ...], stem: tuple[str, ...]) -> bool:
    """Whether a column says how many there are: total_rooms, number_of_guests, rooms."""
    if len(words) > 1 and (words[0] in _HOW_MANY or words[-1] in _HOW_MUCH):
        return True
    last = words[-1]
    return stem == words and singular_of(last) != last


def _natural_evidence(
    words: tuple[str, ...], stem: tuple[str, ...], key_words: tuple[str, ...], entity: tuple[str, ...]
) -> NameEvidence:
    """Pointers by what people call a row: country at countries.name, buyer_login at users.login."""
    if key_words[-1] not in _NATURAL or not (set(key_words) - _NATURAL) <= set(entity):
        return NONE
    base = words[:-1] if words[-1] in _NATURAL else words
    if base and _same(base, entity):
        return NameEvidence(0.9, None, BY_NAME)
    if len(base) > len(entity) and _same(base[-len(entity) :], entity):
        return NameEvidence(0.9, "_".join(base[: -len(entity)]), BY_NAME)
    if base and words[-1] == key_words[-1] and words[-1] in ("login", "username"):
        return NameEvidence(0.9, "_".join(base), BY_NAME)
    role = _role_evidence(words, base if words[-1] in _NATURAL else stem, entity)
    return NameEvidence(role.strength, role.role, BY_NAME) if role.strength else NONE


def _self_evidence(stem: tuple[str, ...], entity: tuple[str, ...], owned: bool) -> NameEvidence:
    if owned and len(stem) > len(entity) and _same(stem[-len(entity) :], entity):
        return NameEvidence(0.95, "_".join(stem[: -len(entity)]), "named after its own table, with a role")
    if not owned or not stem or not set(stem) & _SELF_ROLES:
        return NONE
    if set(stem) & {"parent", "root", "previous", "predecessor", "successor", "original", "ancestor"}:
        return NameEvidence(0.92, "_".join(stem), "points at another row of its own table")
    if entity[-1] in _PERSONS:
        return NameEvidence(0.9, "_".join(stem), "a person who points at another")
    return NONE


def _role_evidence(words: tuple[str, ...], stem: tuple[str, ...], entity: tuple[str, ...]) -> NameEvidence:
    done_by = len(stem) > 1 and (
        (stem[-1] == "by" and (stem[-2].endswith("ed") or bool(set(stem) & _DONE_BY)))
        or stem[-2:] in (("assigned", "to"), ("reports", "to"), ("reported", "to"), ("escalated", "to"))
    )
    if entity[-1] in _PERSONS and stem and (stem[-1] in _PERSON_ROLES or done_by):
        staff = entity[-1] in ("employee", "staff", "user", "worker", "personnel", "associate")
        return NameEvidence(0.8 if staff else FAIR, "_".join(stem), "a role that a person plays")
    if entity[-1] in _CARRIERS and set(words) & _CARRIED:
        return NameEvidence(FAIR, None, "the way it is carried")
    return NONE


def _joined(words: tuple[str, ...]) -> str:
    return "".join(words)


def _same(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    """The same words, but for plurals, signs between them and words cut short (prod for product)."""
    if _joined(left) == _joined(right):
        return True
    if len(left) != len(right):
        return _joined(left).rstrip("s") == _joined(right).rstrip("s")
    return all(_same_word(one, other) for one, other in zip(left, right, strict=True))


def _same_word(one: str, other: str) -> bool:
    if one == other or entity_of(one) == entity_of(other):
        return True
    short, long = sorted((one, other), key=len)
    return 3 <= len(short) <= 5 and long.startswith(short) and len(long) >= len(short) + 3


def is_plausible_key(column: str, table: str, is_first: bool) -> bool:
    """Whether a unique column may be what others point at: by its name, or by standing first."""
    stem, entity = without_id_words(column), entity_of(table)
    natural = bool(stem) and stem[-1] in _NATURAL and set(stem[:-1]) <= set(entity)
    return natural or is_first or is_id_like(column) or _same(stem, entity) or bool(set(raw_words(column)) & ID_WORDS)
