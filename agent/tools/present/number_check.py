"""The number check: every number of a text must come from a cell, or from declared arithmetic on cells.

It stands before our own sentences and is the gate for a model's. It fails closed: a number that cannot be read, or whose
unit does not fit, is unsupported.
"""

from __future__ import annotations

import bisect
import datetime as dt
import decimal
import re
from collections.abc import Iterable, Iterator
from functools import cached_property

from agent.tools.present.declared_numbers import DeclaredNumber, EvaluatedNumber, evaluate
from agent.tools.present.display_text import shown_name
from agent.tools.present.number_format import (
    NEGLIGIBLE,
    POINTS,
    SCORE_POINTS,
    SYMBOL_BY_CURRENCY,
    as_decimal,
    is_currency,
)
from agent.tools.present.number_scan import scan_numbers
from agent.tools.present.periods import first_day, last_day
from agent.tools.present.scanned_numbers import ScannedDate, ScannedNumber
from agent.tools.warehouse.result import ResultTable
from catalog.models import Frozen
from catalog.query import Period

# A number may be rounded, but not so far that it says something else ("$2 M" for 1.6).
_LARGEST_ROUNDING = 0.051
_CODES_BY_WORD = {
    "euro": ("EUR",),
    "pound": ("GBP", "EGP", "LBP", "SYP", "SDG"),
    "yen": ("JPY",),
    "naira": ("NGN",),
    "rupee": ("INR", "PKR", "LKR", "NPR", "MUR", "SCR"),
    "franc": ("CHF", "XAF", "XOF", "XPF", "RWF", "CDF", "GNF", "BIF", "DJF", "KMF"),
    "peso": ("MXN", "PHP", "ARS", "CLP", "COP", "UYU", "DOP", "CUP"),
    "yuan": ("CNY",),
    "rand": ("ZAR",),
}
_CHANGE_CALCULATIONS = frozenset({"change", "growth", "difference"})
# "make up 85 %" says a share, not a rise.
_RISE = (
    r"(?<!make )(?<!makes )(?<!made )(?<!making )up|rose|risen|rises|rising|grew|grown|grows|increased|increases|gained"
    r"|gains|climbed|jumped|higher by"
)
_FALL = (
    r"down|fell|fallen|falls|falling|declined|declines|dropped|drops|decreased|decreases|shrank|shrunk|lost|lower by"
)
_DIRECTION = re.compile(
    rf"\b(?:(?P<rise>{_RISE})|(?P<fall>{_FALL}))\s+(?:by\s+)?"
    r"(?:(?:about|around|nearly|almost|over|roughly|just|only|some|another|a|an)\s+)*$",
    re.IGNORECASE,
)


_Candidate = tuple[float, int, bool]


class Unsupported(Frozen):
    """A number of a text that nothing in the results supports: which text, the number as written, why."""

    text_index: int
    number: str
    reason: str


class SupportedNumbers:
    """What texts over some results may say in numbers. Build once, check many texts."""

    def __init__(
        self, results: tuple[ResultTable, ...], periods: Iterable[Period] = (), phrases: Iterable[str] = ()
    ) -> None:
        self._results = results
        self._periods = tuple(periods)
        self._own_phrases = tuple(phrases)

    def check(self, texts: Iterable[str], declared: Iterable[DeclaredNumber] = ()) -> tuple[Unsupported, ...]:
        """The numbers of the texts that no cell, and none of the declared arithmetic, supports, in order."""
        found: list[Unsupported] = []
        arithmetic = _Candidates(
            item for item in (evaluate(own, self._results) for own in declared) if item is not None
        )
        for index, text in enumerate(texts):
            scan = scan_numbers(text, tuple(phrase for phrase in self._phrases if phrase in text))
            for date in scan.dates:
                if not self._is_known_date(date):
                    found.append(Unsupported(text_index=index, number=date.text, reason="no such date in the results"))
            for number in scan.numbers:
                reason = self._objection(number, text, arithmetic)
                if reason:
                    found.append(Unsupported(text_index=index, number=number.text, reason=reason))
        return tuple(found)

    def _objection(self, number: ScannedNumber, text: str, arithmetic: _Candidates) -> str:
        if number.kind == "malformed":
            return number.reason
        if number.kind == "plain" and not number.is_word and number.text.isdigit() and len(number.text) == 4:
            year = int(number.text)
            if any(day.year == year for day in self._days):
                return ""
        if number.kind == "ordinal":
            rows = max((len(table.rows) for table in self._results), default=0)
            return "" if 0 < number.value <= rows else "no such place in the results"
        direction = _DIRECTION.search(text[: number.start])
        sign = 0 if direction is None else 1 if direction["rise"] else -1
        if number.is_negative:
            sign = -1
        for candidates in (arithmetic, self._cells):
            for name, shift in _classes_for(number, candidates):
                if candidates.match(number, name, shift, sign, direction is not None):
                    return ""
        return "no cell or declared arithmetic gives it"

    @cached_property
    def _cells(self) -> _Candidates:
        return _Candidates(_evaluated_cells(self._results))

    @cached_property
    def _phrases(self) -> tuple[str, ...]:
        """Names that may hold digits or number words: text cells and labels of columns, as they are shown."""
        names = set(self._own_phrases)
        for table in self._results:
            for index, column in enumerate(table.columns):
                names.update(item for item in (column.label, column.name) if item and not item.isdigit())
                names.update(shown_name(cell) for cell in {row[index] for row in table.rows if type(row[index]) is str})
        return tuple(names)

    @cached_property
    def _days(self) -> frozenset[dt.date]:
        days: set[dt.date] = set()
        for period in self._periods:
            days.update(day for day in (first_day(period), last_day(period)) if day is not None)
        for moment in self._moments:
            days.add(moment.date() if isinstance(moment, dt.datetime) else moment)
        return frozenset(days)

    @cached_property
    def _moments(self) -> frozenset[dt.date]:
        return frozenset(
            cell for table in self._results for row in table.rows for cell in row if isinstance(cell, dt.date)
        )

    @cached_property
    def _clocks(self) -> frozenset[str]:
        times = {cell.time() for cell in self._moments if isinstance(cell, dt.datetime)}
        return frozenset(f"{moment:%H:%M}" for moment in times) | frozenset(f"{moment:%H:%M:%S}" for moment in times)

    def _is_known_date(self, date: ScannedDate) -> bool:
        if date.clock is not None:
            return date.clock in self._clocks
        return any(
            (date.year is None or date.year == day.year)
            and (date.month is None or date.month == day.month)
            and (date.day is None or date.day == day.day)
            and (date.quarter is None or date.quarter == (day.month + 2) // 3)
            for day in self._days
        )


class _Candidates:
    """Sizes that a text may show, by class of unit, each with its sign and whether it is a change; sorted."""

    def __init__(self, numbers: Iterable[EvaluatedNumber]) -> None:
        found: dict[str, set[_Candidate]] = {}
        for number in numbers:
            for name, size in _classes_of(number):
                sign = (number.value > 0) - (number.value < 0)
                found.setdefault(name, set()).add((size, sign, number.is_change))
        self.by_class = {name: sorted(values) for name, values in found.items()}

    def match(self, number: ScannedNumber, name: str, shift: float, sign: int, is_change: bool) -> bool:
        """Whether one of a class equals a number at the precision shown, with the direction (if any) that is said."""
        shown = float(number.value) + shift
        half = float(number.half_unit) * (100 if shift else 1)
        epsilon = abs(shown) * 1e-12
        values = self.by_class.get(name, [])
        for size, own_sign, own_change in values[bisect.bisect_left(values, (shown - half - epsilon, -2, False)) :]:
            if size > shown + half + epsilon:
                return False
            if is_change and not own_change:
                continue
            if sign and own_sign not in (0, sign):
                continue
            if abs(size - shown) <= _LARGEST_ROUNDING * size or (shown == 0 and size < 100 * float(NEGLIGIBLE)):
                return True
        return False


def check_numbers(
    texts: Iterable[str],
    results: tuple[ResultTable, ...],
    declared: tuple[DeclaredNumber, ...] = (),
    *,
    periods: tuple[Period, ...] = (),
    phrases: tuple[str, ...] = (),
) -> tuple[Unsupported, ...]:
    """The numbers in `texts` that do not trace to the results; empty where all do.

    A number is supported by a cell, or declared arithmetic, that equals it at the precision shown, in a fitting unit and
    (after "up 3 %", "fell by $5") with the direction said. Dates must lie in the results or be an end of `periods`.
    `phrases` are names that may hold numbers of their own (labels, filter values); names in cells are known anyway.
    """
    return SupportedNumbers(results, periods, phrases).check(texts, declared)


def _evaluated_cells(results: tuple[ResultTable, ...]) -> Iterator[EvaluatedNumber]:
    """Every number of the results, and how many rows each has."""
    for table in results:
        yield EvaluatedNumber(decimal.Decimal(len(table.rows)), "count")
        for index, column in enumerate(table.columns):
            is_change = column.calculation in _CHANGE_CALCULATIONS
            unit = "fraction" if column.calculation in ("growth", "share") else column.unit
            points = {"fraction": POINTS, "score": SCORE_POINTS}.get(unit or "")
            for row in table.rows:
                number = as_decimal(row[index])
                if number is None:
                    continue
                yield EvaluatedNumber(number, unit, is_change)
                if points is not None and is_change and column.calculation != "growth":
                    yield EvaluatedNumber(number, points, True)


def _classes_of(number: EvaluatedNumber) -> tuple[tuple[str, float], ...]:
    """The classes in which a number may be shown, and its size there (percents and points are times a hundred)."""
    size = abs(float(number.value))
    if number.unit == "fraction":
        return (("percent", size * 100), ("fraction", size))
    if number.unit == POINTS:
        return (("points", size * 100),)
    if is_currency(number.unit):
        return ((f"money:{number.unit}", size),)
    return (
        (
            {SCORE_POINTS: "score", "score": "score", "ratio": "ratio", "days": "days"}.get(number.unit or "", "plain"),
            size,
        ),
    )


def _classes_for(number: ScannedNumber, candidates: _Candidates) -> tuple[tuple[str, float], ...]:
    """The classes to look in for a number of a text, with what to add to its value first."""
    money = sorted(name for name in candidates.by_class if name.startswith("money:"))
    if number.kind == "percent":
        return (("percent", 0.0),)
    if number.kind == "points":
        return (("points", 0.0), ("score", 0.0))
    if number.kind == "times":
        times = float(number.value)
        return (("ratio", 0.0), *((("percent", (times - 1) * 100 - times),) if times > 1 else ()))
    if number.kind == "money":
        return tuple((name, 0.0) for name in money if _is_same_currency(number.currency, name[6:]))
    if number.kind == "days":
        return (("days", 0.0), ("plain", 0.0))
    return tuple((name, 0.0) for name in ("plain", "ratio", "score", "days", "fraction", *money))


def _is_same_currency(written: str | None, code: str) -> bool:
    if written is None or written in (code, SYMBOL_BY_CURRENCY.get(code, code)):
        return True
    if written in ("US$", "dollar"):
        return code == "USD" or (written == "dollar" and SYMBOL_BY_CURRENCY.get(code, "").endswith("$"))
    return code in _CODES_BY_WORD.get(written, ())
