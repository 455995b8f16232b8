"""Changes in words: "raise prices 5 %", "conversion goes to 4 %", "10 % more orders", "a 10 % discount"."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from agent.planners.embedded.strategy.lever_words import LeverWords, NamedLever
from catalog.analyses.scenario import LeverChange
from catalog.models import Direction
from semantic_context.numbers import NumberExpression, find_numbers

_UP = (
    r"rais(?:e|es|ed|ing)|increas(?:e|es|ed|ing)|lift(?:s|ed|ing)?|grow(?:s|n|ing)?|grew|boost(?:s|ed|ing)?|push(?:ed|ing)? up"
    r"|bump(?:s|ed|ing)? up|bump(?:s|ed|ing)?|hik(?:e|es|ed|ing)|expand(?:s|ed|ing)?|scal(?:e|es|ed|ing) up|step(?:ped)? up"
    r"|rise|rises|rose|risen|rising|goes up|go up|went up|going up|climb(?:s|ed)?|add(?:s|ed|ing)?|gain(?:s|ed)?|up"
)
_DOWN = (
    r"cut(?:s|ting)?|reduc(?:e|es|ed|ing)|lower(?:s|ed|ing)?|decreas(?:e|es|ed|ing)|slash(?:es|ed|ing)?|trim(?:s|med|ming)?"
    r"|shrink(?:s|ing)?|shrank|scal(?:e|es|ed|ing) (?:back|down)|bring(?:s|ing)? down|push(?:ed|ing)? down|drop(?:s|ped|ping)?"
    r"|fall(?:s|en|ing)?|fell|goes down|go down|went down|declin(?:e|es|ed|ing)|dip(?:s|ped)?|los(?:e|es|t|ing)|down"
)
_BETTER = r"improv(?:e|es|ed|ing)"
_SET = (
    r"set(?:s|ting)?|mov(?:e|es|ed|ing)|chang(?:e|es|ed|ing)|bring(?:s|ing)?|brought|get(?:s|ting)?|got|tak(?:e|es|ing)|took|put"
    r"|adjust(?:s|ed|ing)?|keep|hold|hit(?:s)?|reach(?:es|ed)?|make|goes|go|went|going|becom(?:e|es)|became|is|are|was|were|be"
    r"|been|equal(?:s)?|stood|stand(?:s)?|has|have|had|give|gave|offer(?:s|ed|ing)?|run|ran|introduc(?:e|es|ed|ing)|launch(?:ed)?"
)
_SUBJECT = re.compile(
    r"^(?:(?:if|that|we|i|you|they|one|the company|the business|us)\s+|(?:would|could|can|should|will|do|did|had|were to|"
    r"was to|were|managed to|manage to|are able to|were able to|decided to|decide to|simply|just|also|only|then|now|to"
    r"|instead)\s+)+",
    re.IGNORECASE,
)
_MORE = r"more|higher|extra|additional|greater|bigger|larger|better"
_LESS = r"fewer|less|lower|smaller"
_TAIL = r"(?:\s+(?:each|again|instead|overall|across the board|everywhere|from now|from here))?"
_AMOUNT = "§"
_PLACE = re.compile(r"\s(?:in|on|for|at|within|across|from)\s+\S.*$", re.IGNORECASE)
_HELPING = re.compile(r"\s+(?:is|are|was|were|be|being|been|gets?|got|has|have|had|would|will)$", re.IGNORECASE)
_WHOLE = re.compile(
    r"^(?P<verb>doubl(?:e|es|ed|ing)|halv(?:e|es|ed|ing)|tripl(?:e|es|ed|ing))\s+(?P<thing>.+)$", re.IGNORECASE
)
_WHOLE_AFTER = re.compile(
    r"^(?P<thing>.+?)\s+(?P<verb>doubl(?:e|es|ed)|halv(?:e|es|ed)|tripl(?:e|es|ed))$", re.IGNORECASE
)
_FACTORS = {"d": 1.0, "h": -0.5, "t": 2.0}
_WITHOUT = re.compile(
    r"^(?:(?:drop|stop|end|abolish|without|no|have no|had no|give no|gave no)\s+(?:all\s+)?)(?P<thing>.+)$", re.I
)

_FORMS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern + _TAIL + "$", re.IGNORECASE))
    for name, pattern in (
        # raise prices by 5 %; set AOV to $75
        ("verb", rf"^(?:(?P<up>{_UP})|(?P<down>{_DOWN})|(?P<better>{_BETTER})|(?:{_SET}))\s+(?P<thing>.+?)\s+"
                 rf"(?:(?P<up2>up|higher)\s+|(?P<down2>down|lower)\s+)?(?:(?P<to>to|at)\s+|by\s+|of\s+|another\s+)*{_AMOUNT}"),
        # we sell at 5 % higher prices; 10 % more orders; 5 % off prices
        ("more", rf"^(?:(?:{_SET}|{_UP}|sell|sold|buy|spend|spent)\s+)?(?:(?:at|by|for|to)\s+)?(?:an?\s+)?{_AMOUNT}\s+"
                 rf"(?:(?P<up>{_MORE})|(?P<down>{_LESS}|off))\s+(?P<thing>.+)"),
        # lose 10 % of our sessions; add 500 orders
        ("of", rf"^(?:(?P<up>{_UP})|(?P<down>{_DOWN}))\s+{_AMOUNT}\s+(?:of\s+)?(?P<thing>.+)"),
        # a 5 % price increase; a 10 % cut in ad spend
        ("noun", rf"^(?:(?:{_SET})\s+)?(?:an?\s+|the\s+)?{_AMOUNT}\s+(?P<thing>.+?)\s+"
                 r"(?:(?P<up>increase|rise|hike|raise|growth|boost|lift|uplift|improvement)"
                 r"|(?P<down>cut|decrease|reduction|drop|decline|fall))"),
        ("noun_in", rf"^(?:(?:{_SET})\s+)?(?:an?\s+|the\s+)?{_AMOUNT}\s+(?:(?P<up>increase|rise|hike|raise|growth|boost|lift|uplift"
                    r"|improvement)|(?P<down>cut|decrease|reduction|drop|decline|fall))\s+(?:in|of|to|on)\s+(?P<thing>.+)"),
        # a price increase of 5 %; a cut in ad spend of 10 %
        ("noun_of", r"^(?:an?\s+|the\s+)?(?P<thing>.+?)\s+(?:(?P<up>increase|rise|hike|growth|boost|lift|uplift|improvement)"
                    rf"|(?P<down>cut|decrease|reduction|drop|decline|fall))\s+(?:of|by)\s+{_AMOUNT}"),
        ("noun_in_of", r"^(?:an?\s+|the\s+)?(?:(?P<up>increase|rise|hike|growth|boost|lift|uplift|improvement)"
                       rf"|(?P<down>cut|decrease|reduction|drop|decline|fall))\s+(?:in|of|to|on)\s+(?P<thing>.+?)\s+(?:of|by)\s+{_AMOUNT}"),
        # prices rise 5 %; conversion goes to 4 %; AOV were $75; prices 5 % higher
        ("state", rf"^(?P<thing>.+?)\s+(?:(?:{_SET}|would|could|should|will)\s+)*(?:(?P<up>{_UP})|(?P<down>{_DOWN})"
                  rf"|(?P<better>{_BETTER}))\s+(?:(?P<to>to|at)\s+|by\s+|another\s+)*{_AMOUNT}"),
        ("compared", rf"^(?P<thing>.+?)\s+(?:(?:{_SET}|would|could|should|will|by)\s+)*{_AMOUNT}\s+(?:(?P<up>{_MORE}|up)"
                     rf"|(?P<down>{_LESS}|down))"),
        ("is", rf"^(?P<thing>.+?)\s+(?:(?:{_SET}|would|could|should|will)\s+)+(?:(?P<to>to|at|of)\s+)?{_AMOUNT}"),
        ("signed", rf"^(?P<thing>.+?)\s*(?:(?P<to>to|at|of|=)\s*|by\s+)?{_AMOUNT}"),
        # a 10 % discount; $75 AOV
        ("plain", rf"^(?:(?:{_SET})\s+)?(?:an?\s+|the\s+|with\s+)?{_AMOUNT}\s+(?:off\s+)?(?P<thing>.+)"),
    )
)  # fmt: skip

_QUIET = ("is", "signed", "plain")  # "the channel is 5" may as well be a filter


@dataclass(frozen=True)
class ReadChange:
    """A change as read; `scope` are words beside the lever that say where ("in Electronics")."""

    lever: NamedLever
    change: LeverChange
    scope: str = ""


@dataclass(frozen=True)
class UnreadChange:
    """A clause that is no change that can be computed: what it seems to move, and why it cannot be read."""

    clause: str
    thing: str = ""
    choices: tuple[NamedLever, ...] = ()
    reason: str = ""
    is_change: bool = False  # its words say that something changes, whatever it is


def clauses_of(text: str) -> list[str]:
    """The changes of a condition, one each: "raise prices 5 % and cut ad spend 10 %" is two. A piece without an amount
    of its own belongs to its neighbour ("raise prices and ad spend by 5 %" is one for each)."""
    pieces = [
        piece
        for piece in re.split(
            r"\s*(?:,(?!\d)\s*(?:and\s+|while\s+|but\s+)?|\s+and\s+(?:also\s+)?|\s+while\s+|\s+plus\s+|\s&\s|;)\s*",
            text,
        )
        if piece.strip()
    ]
    found: list[str] = []
    waiting: list[str] = []
    for piece in pieces:
        if find_numbers(piece) or _WHOLE.match(piece) or _WHOLE_AFTER.match(piece) or _WITHOUT.match(piece):
            if waiting:
                verb = re.match(
                    rf"^({_SUBJECT.pattern[1:]})?({_UP}|{_DOWN}|{_BETTER}|{_SET})\b", waiting[0], re.IGNORECASE
                )
                amount = re.search(r"\s(?:by|to)?\s*\S*\d.*$", piece)
                if verb is not None and amount is not None:
                    found += [
                        f"{item if place == 0 else f'{verb[0]} {item}'}{amount[0]}"
                        for place, item in enumerate(waiting)
                    ]
                    piece = f"{verb[0]} {piece}"
                else:
                    piece = " and ".join([*waiting, piece])
                waiting = []
            found.append(piece)
        else:
            waiting.append(piece)
    return found if not waiting else [*found, " and ".join(waiting)]


def read_change(clause: str, levers: LeverWords) -> ReadChange | UnreadChange:
    """One change. Every word of the clause is part of the form, of the lever's name, or handed back as `scope`."""
    found = _read(clause, levers)
    if isinstance(found, ReadChange):
        return found
    place = _PLACE.search(clause.strip(" ,.?!"))
    if place is not None and not find_numbers(place[0]):
        shorter = _read(clause.strip(" ,.?!")[: place.start()], levers)
        if isinstance(shorter, ReadChange):
            scope = f"{shorter.scope} {place[0].strip()}".strip()
            return ReadChange(shorter.lever, shorter.change, scope)
    return found


def _read(clause: str, levers: LeverWords) -> ReadChange | UnreadChange:
    text = _SUBJECT.sub("", " ".join(clause.split()).strip(" ,.?!")).strip()
    for pattern in (_WHOLE, _WHOLE_AFTER):
        whole = pattern.match(text)
        if whole is not None:
            factor = _FACTORS[whole["verb"][0].lower()]
            return _named(clause, whole["thing"], levers, partial(_by_factor, factor))
    numbers = find_numbers(text)
    if not numbers:
        without = _WITHOUT.match(text)
        if without is not None:
            return _named(clause, without["thing"], levers, _to_nothing)
        lever = levers.inside(text)
        return UnreadChange(clause, text, (lever[0],) if lever else (), "no amount")
    if len(numbers) > 1:
        return UnreadChange(clause, text, (), "several amounts")
    number = numbers[0]
    shown = f"{text[: number.start]}{_AMOUNT}{text[number.end :]}"
    unread: UnreadChange | None = None
    for name, form in _FORMS:
        match = form.match(shown)
        if match is None:
            continue
        groups = match.groupdict()
        found = _named(clause, groups["thing"], levers, partial(_change, name, groups, number))
        if isinstance(found, ReadChange):
            return found
        found = replace(found, is_change=name not in _QUIET)
        if unread is None or (found.choices and not unread.choices):
            unread = found
    return unread or UnreadChange(clause, text)


def _named(
    clause: str, thing: str, levers: LeverWords, make: Callable[[NamedLever], LeverChange | None]
) -> ReadChange | UnreadChange:
    thing = _HELPING.sub("", thing)
    scope = ""
    found = levers.find(thing)
    if not found:
        inside = levers.inside(thing)
        if inside is None:
            return UnreadChange(clause, thing)
        found, scope = (inside[0],), inside[1]
    if len(found) > 1:
        return UnreadChange(clause, thing, found, "ambiguous")
    change = make(found[0])
    if change is None:
        return UnreadChange(clause, thing, found, "amount does not fit")
    return ReadChange(found[0], change, scope)


def _by_factor(factor: float, lever: NamedLever) -> LeverChange | None:
    return LeverChange(lever=lever.name, value=factor)


def _to_nothing(lever: NamedLever) -> LeverChange | None:
    return LeverChange(lever=lever.name, change="to", value=0.0)


def _change(
    form: str, groups: dict[str, str | None], number: NumberExpression, lever: NamedLever
) -> LeverChange | None:
    value = float(number.value)
    unit = lever.metric.unit
    up = bool(groups.get("up") or groups.get("up2"))
    down = bool(groups.get("down") or groups.get("down2"))
    if groups.get("better"):
        up, down = lever.metric.direction is not Direction.DOWN, lever.metric.direction is Direction.DOWN
    sets = bool(groups.get("to")) or form in ("is", "plain")
    if form == "verb" and not (up or down or groups.get("to")):
        sets = number.unit != "percent" or unit == "fraction"
    if form == "signed" and not groups.get("to"):
        signed = number.text.strip()[:1] in "+-−"
        sets = not signed
        if not signed and number.unit == "percent" and unit != "fraction":
            return None
    if sets:
        return _level(lever, number, value)
    sign = -1.0 if down else 1.0
    if number.unit == "percent":
        return LeverChange(lever=lever.name, value=sign * value / 100)
    if number.unit == "points":
        return (
            LeverChange(lever=lever.name, change="absolute", value=sign * value / 100) if unit == "fraction" else None
        )
    if number.unit == "multiple":
        return LeverChange(lever=lever.name, value=value - 1)
    if unit == "fraction" or (number.unit == "currency" and not (unit or "").isupper()):
        return None
    return LeverChange(lever=lever.name, change="absolute", value=sign * value)


def _level(lever: NamedLever, number: NumberExpression, value: float) -> LeverChange | None:
    """The value that a lever takes, in its own unit; None where the number's unit is another."""
    unit = lever.metric.unit
    if unit == "fraction":
        if number.unit == "currency":
            return None
        level = value / 100 if number.unit in ("percent", "points") or value > 1 else value
        return LeverChange(lever=lever.name, change="to", value=level)
    if number.unit in ("percent", "points"):
        return None
    if number.unit == "currency" and not (unit or "").isupper():
        return None
    return LeverChange(lever=lever.name, change="to", value=value)
