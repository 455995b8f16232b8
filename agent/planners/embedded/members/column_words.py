"""The field of listed things that a word or two name: "number", "due date", "the day they were opened", "branch".

A field's own name comes first; then the time that a verb tells of, the one amount, the one field whose name holds the words,
and last the name of the things that the listed ones belong to by one way.
"""

from __future__ import annotations

import re

from agent.planners.embedded.fields_of_others import one_way
from agent.planners.embedded.members.context import MemberReading
from agent.planners.embedded.reach import amounts_of, is_money_by_name
from catalog.models import CatalogField, FieldRole
from catalog.units import is_currency
from semantic_context.linking import Meaning, split_route
from semantic_context.words import phrase_key

_NAMED = ("name", "synonym")
_BE = r"(?:was|were|is|are|has been|have been|had been|came|went)"
_WHEN = re.compile(
    r"^(?:(?:date|day|time|when|month)(?:\s+(?:on\s+which|when|that))?\s+)(?:it|they|each|each of them)\s+"
    rf"(?:{_BE}\s+)?(?P<verb>\w+)$"
    r"|^(?P<noun>\w+)\s+(?:dates?|days?|times?)$",
    re.IGNORECASE,
)
_DATE = ("date", "dates", "day", "when")
_NUMBER = ("number", "id", "no")
_AMOUNT = re.compile(
    r"^(?:amounts?|sums?|what\s+(?:was|is|were|we)\s+(?:charged|paid|billed|invoiced|refunded))$", re.IGNORECASE
)


def column_named(words: str, dataset: str, reading: MemberReading) -> str | None:
    """The one field that words name, of the things of a dataset or of what they belong to, and that may be shown."""
    meanings = reading.phrases.means(words)
    if any(item.kind == "denied" for item in meanings):
        return None
    own = _one_of_their_own(meanings, dataset)
    if own is not None and _points_elsewhere(own, dataset, reading):
        own = _of_what_they_belong_to(meanings, dataset, reading) or own  # the branch by its name, not by its number
    found = (
        own
        or _time(words, dataset, reading)
        or _number(words, dataset, reading)
        or _amount(words, dataset, reading)
        or _held_in_a_name(words, dataset, reading)
        or _of_what_they_belong_to(meanings, dataset, reading)
        or _held_in_a_name(words, dataset, reading, of_others=True)
    )
    return found if found is not None and reading.view.can_show(found) else None


def _one_of_their_own(meanings: tuple[Meaning, ...], dataset: str) -> str | None:
    named = {split_route(item.name)[0] for item in meanings if item.kind == "field" and item.how in _NAMED}
    own = [name for name in sorted(named) if name.startswith(f"{dataset}.")]
    return own[0] if len(own) == 1 else None


def _points_elsewhere(field: str, dataset: str, reading: MemberReading) -> bool:
    known = reading.view.datasets[dataset]
    return reading.view.whole.field(field).role is FieldRole.KEY and field.partition(".")[2] not in known.primary_key


def _time(words: str, dataset: str, reading: MemberReading) -> str | None:
    """ "Date" of things with one time, or the time that is named by a verb: "opening date", "the day they were opened"."""
    if words.casefold() in _DATE:
        times = [item.name for item in reading.view.datasets[dataset].fields if item.role is FieldRole.TIME]
        own = reading.view.datasets[dataset].time_field
        time = own if own is not None else times[0] if len(times) == 1 else None
        return f"{dataset}.{time}" if time is not None else None
    said = _WHEN.match(words)
    if said is None:
        return None
    found = reading.verbs.times(dataset, said["verb"] or said["noun"])
    return found[0] if len(found) == 1 else None


def _number(words: str, dataset: str, reading: MemberReading) -> str | None:
    """ "Number", or "invoice number" of invoices: what tells one of them from another."""
    known = reading.view.datasets[dataset]
    said = phrase_key(words)
    of_them = said[:-1] in ((), phrase_key(known.singular), phrase_key(known.singular)[-1:])
    if not said or said[-1] not in _NUMBER or not of_them or len(known.primary_key) != 1:
        return None
    return f"{dataset}.{known.primary_key[0]}"


def _amount(words: str, dataset: str, reading: MemberReading) -> str | None:
    """ "Amount", of things with one amount of money."""
    if not _AMOUNT.match(words):
        return None
    view = reading.view
    own = [name for name in amounts_of(view, dataset, None) if _is_money(view.whole.field(name), reading)]
    return own[0] if len(own) == 1 else None


def _is_money(field: CatalogField, reading: MemberReading) -> bool:
    return (field.unit is not None and is_currency(field.unit)) or is_money_by_name(reading.view, field)


def _held_in_a_name(words: str, dataset: str, reading: MemberReading, *, of_others: bool = False) -> str | None:
    """ "Channel" of the one field called contact channel; the numbers of other things only where that is asked for."""
    said = set(phrase_key(words))
    display = reading.view.datasets[dataset].display_field
    if said == {"name"} and display is not None:
        return f"{dataset}.{display}"
    fields = [
        field
        for field in reading.view.datasets[dataset].fields
        if of_others or not _points_elsewhere(f"{dataset}.{field.name}", dataset, reading)
        if any(said <= set(phrase_key(text)) for text in (field.label, *field.words.synonyms))
    ]
    return f"{dataset}.{fields[0].name}" if said and len(fields) == 1 else None


def _of_what_they_belong_to(meanings: tuple[Meaning, ...], dataset: str, reading: MemberReading) -> str | None:
    """ "Branch" of events: its name, where one way leads from the one to the other."""
    view = reading.view
    named = {split_route(item.name)[0] for item in meanings if item.kind == "field" and item.how in _NAMED}
    for item in meanings:
        known = view.datasets.get(item.name) if item.kind == "dataset" and item.how in _NAMED else None
        if known is not None:
            named.add(f"{known.name}.{known.display_field or known.primary_key[0]}")
    near = [name for name in sorted(named) if one_way(view, dataset, name.partition(".")[0])]
    return near[0] if len(near) == 1 else None
