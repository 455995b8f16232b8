"""A number of each thing that a verb holds to a bound, named: rooms that seat so many have such a capacity.

How many outages lasted longer than 5 hours?           outages with Minutes without supply above 300
Jobs that kept a vessel out for more than 3 days       jobs with Days out above 3
Rooms that seat more than 200 people                   rooms with Capacity above 200
Products that cost us more than $50 apiece             products with Unit cost above $50
Outages that hit between 50 and 80 connections         outages with Connections hit between 50 and 80
Vacancies advertised between £60,000 and £65,000       vacancies with Advertised salary between them

Only where exactly one number of such things is of that kind; else the text stays, and is asked about.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from agent.planners.embedded.known_figures import Known
from catalog.models import CatalogField, Dataset, FieldRole, FieldType
from catalog.units import is_currency
from semantic_context.words import phrase_key

_HOW = (
    r"(?P<how>more than|less than|fewer than|longer than|shorter than|over|under|above|below|at least|at most|up to|between"
    r"|no more than|no less than)"
)
_NUMBER = r"(?:[$€£]\s?)?\d[\d.,]*\s?(?:k|m|thousand|million)?(?:\s?[€£$]|\s(?:dollars|euros|pounds|francs))?"
_BOUND = rf"{_HOW}\s+(?P<number>{_NUMBER})(?:\s+(?:and|to)\s+(?P<upper>{_NUMBER}))?"
_PLAIN = r"(?P<number>\d[\d.,]*)(?:\s+(?:and|to)\s+(?P<upper>\d[\d.,]*))?"
_UNIT = r"(?P<unit>second|minute|hour|day|week)s?\b"
_THAT = r"(?:(?:that|which|who)\s+)?(?:(?:have|has|had|can|could|will)\s+)?(?:currently\s+|now\s+)?"
_LASTED = re.compile(
    rf"\b{_THAT}(?:lasted|lasts?|took|takes?|ran|runs?|went on|dragged on|stretched)(?: on)?(?: for)?\s+{_HOW}\s+{_PLAIN}\s+{_UNIT}"
    r"(?!\s+(?:to|before|until|from|after|behind|late|early)\b)",
    re.IGNORECASE,
)
_KEPT = re.compile(
    rf"\b{_THAT}(?:kept|keeps?|took|takes?|put|left|leaves?|had)\s+(?:[^\W\d]+\s+){{1,3}}?"
    rf"(?P<way>out|off|away|down|idle|closed|shut|open|waiting)(?:\s+of\s+[^\W\d]+)?(?:\s+for)?\s+{_HOW}\s+{_PLAIN}\s+{_UNIT}",
    re.IGNORECASE,
)
_SEAT = re.compile(
    rf"\b{_THAT}(?:seat|sleep|hold|fit|accommodate|take|cater for)s?\s+{_HOW}\s+{_PLAIN}"
    r"\s+(?:people|persons|guests|visitors|passengers|delegates|attendees|students|pupils|spectators|diners)\b",
    re.IGNORECASE,
)
_COST = re.compile(
    rf"\b{_THAT}(?:cost|costs|costing)(?P<whom>\s+(?:us|(?:our |the )?(?:customers?|shoppers?|buyers?|clients?|guests?|people)))?"
    rf"\s+{_BOUND}(?P<each>\s+(?:apiece|a piece|each|per (?:piece|unit|item)|(?:for )?(?:one|a single one)))?"
    r"(?!\s+(?:in|of|on|per|a|an)\b)",
    re.IGNORECASE,
)
_HOLD = re.compile(
    rf"\b{_THAT}(?:hit|affected|involved|included|contained|contain|held|carried|carry|covered|cover|comprised|comprise|spanned|span"
    rf"|had|have)\s+{_HOW}\s+{_PLAIN}\s+(?P<noun>[^\W\d]{{3,}})\b",
    re.IGNORECASE,
)
_SAID = re.compile(
    rf"\b{_THAT}(?:(?:are|is|were|was)\s+)?(?P<verb>[^\W\d]{{3,}}ed)(?:\s+at)?\s+{_BOUND}", re.IGNORECASE
)
_AT_A = re.compile(rf"\bat an? (?P<name>[^\W\d]+(?: [^\W\d]+){{0,2}}?) (?=(?:of )?{_BOUND})", re.IGNORECASE)
_SECONDS = {"second": 1, "minute": 60, "hour": 3_600, "day": 86_400, "week": 604_800}
# Lengths of time that are told of something else than how long the thing itself went on.
_OF_ELSE = frozenset(
    "to late lateness delay delayed overdue notice ahead lead wait waiting before until since due early from reply".split()
)
_ROOM = frozenset("capacity seat seating berth sleep".split())
_COSTS, _PRICES = frozenset(("cost",)), frozenset(("price",))
_MOST_WORDS = 4
_Which = Callable[[CatalogField], bool]


def bounds_by_verbs(text: str, known: Known) -> str:
    """The text with the number's name in the bound."""

    def lasting(found: re.Match[str]) -> str:
        way = found.groupdict().get("way")
        field = _only(known, found, lambda item: _unit_of(item) is not None and _is_its_own_length(item, way))
        unit = _unit_of(field) if field is not None else None
        if field is None or unit is None:
            return found[0]
        factor = _SECONDS[found["unit"].casefold()] / _SECONDS[unit]
        return _with(field, found, lambda number: f"{float(number.replace(',', '').rstrip('.')) * factor:g}")

    def seat(found: re.Match[str]) -> str:
        return _with(_only(known, found, lambda item: bool(_words(item) & _ROOM)), found)

    def cost(found: re.Match[str]) -> str:
        whom = (found["whom"] or "").split()[-1:]
        kinds = _COSTS if whom == ["us"] else _PRICES if whom else _COSTS | _PRICES
        before = _word_before(found)
        if not known.datasets(before) and (known.is_figure(f"{before} cost") or _is_a_field(f"{before} cost", known)):
            return found[0]  # "products with a unit cost above 50"
        return _with(
            _only(known, found, lambda item: _is_money(item) and bool(set(phrase_key(item.label)) & kinds)), found
        )

    def hold(found: re.Match[str]) -> str:
        noun = phrase_key(found["noun"])
        counted = {item.name for item in known.datasets(found["noun"])}
        thing = _thing(found, known)
        pointing = {
            way.from_dataset for way in known.view.whole.relationships if thing and way.to_dataset == thing.name
        }
        if not noun or counted & pointing:
            return found[0]
        return _with(_only(known, found, lambda item: noun[0] in phrase_key(item.label)), found)

    def said(found: re.Match[str]) -> str:
        field = _only(
            known, found, lambda item: _is_money(item) and item.label.split()[0].casefold() == found["verb"].casefold()
        )
        return _with(field, found)

    steps = ((_LASTED, lasting), (_KEPT, lasting), (_SEAT, seat), (_COST, cost), (_HOLD, hold), (_SAID, said))
    for pattern, plain in steps:
        text = pattern.sub(plain, text)
    return _AT_A.sub(lambda found: f"with a {found['name']} " if _is_a_field(found["name"], known) else found[0], text)


def _with(field: CatalogField | None, found: re.Match[str], told: Callable[[str], str] = str) -> str:
    if field is None:
        return str(found[0])
    how = found["how"].casefold()
    how = {
        "longer than": "above",
        "more than": "above",
        "shorter than": "below",
        "less than": "below",
        "fewer than": "below",
    }.get(how, how)
    upper = f" and {told(found['upper'])}" if found["upper"] else ""
    return f"with {field.label} {how} {told(found['number'])}{upper}"


def _only(known: Known, found: re.Match[str], fits: _Which) -> CatalogField | None:
    """The one number of that kind which the things have that are named before the verb, and which may be seen."""
    thing = _thing(found, known)
    fields = (
        [item for item in thing.fields if _may_be_told(known, thing, item) and fits(item)] if thing is not None else []
    )
    return fields[0] if len(fields) == 1 else None


def _may_be_told(known: Known, thing: Dataset, item: CatalogField) -> bool:
    is_number = item.type in (FieldType.INTEGER, FieldType.NUMBER) and item.role is not FieldRole.KEY
    return is_number and not item.hidden and known.view.can_show(f"{thing.name}.{item.name}")


def _thing(found: re.Match[str], known: Known) -> Dataset | None:
    """The things that are named nearest before the verb."""
    words = re.findall(r"[^\W_][\w'’&-]*", re.split(r"[.?!;:]", found.string[: found.start()])[-1])
    for end in range(len(words), 0, -1):
        for size in range(min(_MOST_WORDS, end), 0, -1):
            named = known.datasets(" ".join(words[end - size : end]))
            if named:
                return named[0] if len(named) == 1 else None
    return None


def _word_before(found: re.Match[str]) -> str:
    words: list[str] = re.findall(r"[^\W\d]+", found.string[: found.start()])
    return words[-1] if words else ""


def _is_a_field(words: str, known: Known) -> bool:
    return any(item.kind == "field" and item.how in ("name", "synonym") for item in known.phrases.means(words))


def _words(field: CatalogField) -> set[str]:
    return {
        word for text in (field.label, field.name.replace("_", " "), *field.words.synonyms) for word in phrase_key(text)
    }


def _unit_of(field: CatalogField) -> str | None:
    """The length of time that a number is told in, by its unit or its name."""
    if field.unit is not None:
        return field.unit.removesuffix("s") if field.unit.removesuffix("s") in _SECONDS else None
    said = [unit for unit in _SECONDS if unit in phrase_key(field.label)]
    return said[0] if len(said) == 1 else None


def _is_its_own_length(field: CatalogField, way: str | None) -> bool:
    """Whether a length of time is that of the thing itself, and of being so where a word says how: "out"."""
    words = set(field.label.casefold().split())
    return not words & _OF_ELSE and (way is None or way.casefold() in words)


def _is_money(field: CatalogField) -> bool:
    return field.unit is not None and is_currency(field.unit)
