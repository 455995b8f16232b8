"""The number check: every number of a text must come from a cell, or from declared arithmetic on cells.

It stands before our own sentences and is the gate for a model's. It fails closed: a number that cannot be read, or whose
unit does not fit, is unsupported.
"""

from __future__ import annotations

import bisect
import datetime as dt
import decimal
import re
from collections.abc import Iterable
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
from agent.tools.present.number_scan import ScannedDate, ScannedNumber, scan_numbers
from agent.tools.present.periods import first_day, last_day
from agent.tools.warehouse.result import ResultTable
from catalog.models import Frozen
from catalog.query import Period

# A number may be rounded, but not so far that it says something else ("$2 M" for 1.6).
_LARGEST_ROUNDING = decimal.Decimal("0.051")
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


class Unsupported(Frozen):
    """A number of a text that nothing in the results supports: which text, the number as written, why."""

    text_index: int
    number: str
    reason: str


class SupportedNumbers:
    """What texts over some results may say in numbers. Build once, check many texts."""

    def __init__(
        self,
        results: tuple[ResultTable, ...],
        declared: Iterable[DeclaredNumber] = (),
        periods: Iterable[Period] = (),
        phrases: Iterable[str] = (),
    ) -> None:
        self._results = results
        self._declared = tuple(declared)
        self._periods = tuple(periods)
        self._own_phrases = tuple(phrases)

    def check(self, texts: Iterable[str]) -> tuple[Unsupported, ...]:
        """The numbers of the texts that nothing supports, in order."""
        found: list[Unsupported] = []
        for index, text in enumerate(texts):
            scan = scan_numbers(text, self._phrases)
            for date in scan.dates:
                if not self._is_known_date(date):
                    found.append(Unsupported(text_index=index, number=date.text, reason="no such date in the results"))
            for number in scan.numbers:
                reason = self._objection(number, text)
                if reason:
                    found.append(Unsupported(text_index=index, number=number.text, reason=reason))
        return tuple(found)

    def _objection(self, number: ScannedNumber, text: str) -> str:
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
        if any(self._matches(number, name, sign, direction is not None) for name in self._classes_for(number)):
            return ""
        return "no cell or declared arithmetic gives it"

    def _classes_for(self, number: ScannedNumber) -> tuple[tuple[str, decimal.Decimal], ...]:
        """The classes of candidates to look in, with what to add to the shown value first."""
        zero = decimal.Decimal(0)
        if number.kind == "percent":
            return (("percent", zero),)
        if number.kind == "points":
            return (("points", zero), ("score", zero))
        if number.kind == "times":
            hundred = decimal.Decimal(100)
            growth = (("percent", (number.value - 1) * hundred - number.value),) if number.value > 1 else ()
            return (("ratio", zero), *growth)
        if number.kind == "money":
            known = sorted(name for name in self._candidates if name.startswith("money:"))
            return tuple((name, zero) for name in known if _is_same_currency(number.currency, name[6:]))
        if number.kind == "days":
            return (("days", zero), ("plain", zero))
        money = sorted(name for name in self._candidates if name.startswith("money:"))
        return tuple((name, zero) for name in ("plain", "ratio", "score", "days", "fraction", *money))

    def _matches(self, number: ScannedNumber, place: tuple[str, decimal.Decimal], sign: int, is_change: bool) -> bool:
        name, shift = place
        shown, half = number.value + shift, number.half_unit
        if shift:
            half = half * 100
        epsilon = abs(shown) * decimal.Decimal("1e-9")
        values = self._candidates.get(name, [])
        low = bisect.bisect_left(values, (shown - half - epsilon, -2, False))
        for size, own_sign, own_change in values[low:]:
            if size > shown + half + epsilon:
                return False
            if sign and own_sign not in (0, sign) and (number.is_negative or own_change or is_change):
                continue
            if is_change and not own_change:
                continue
            if abs(size - shown) <= _LARGEST_ROUNDING * size or (shown == 0 and size < 100 * NEGLIGIBLE):
                return True
        return False

    @cached_property
    def _candidates(self) -> dict[str, list[tuple[decimal.Decimal, int, bool]]]:
        """Sizes with sign and whether they are a change, sorted, by class of unit."""
        found: dict[str, set[tuple[decimal.Decimal, int, bool]]] = {}
        for table in self._results:
            _add(found, EvaluatedNumber(value=decimal.Decimal(len(table.rows)), unit="count"))
            for index, column in enumerate(table.columns):
                is_change = column.calculation in _CHANGE_CALCULATIONS
                unit = column.unit
                if column.calculation in ("growth", "share"):
                    unit = "fraction"
                for row in table.rows:
                    number = as_decimal(row[index])
                    if number is not None:
                        _add(found, EvaluatedNumber(value=number, unit=unit, is_change=is_change))
                        if is_change and column.calculation != "growth" and unit in ("fraction", "score"):
                            points = POINTS if unit == "fraction" else SCORE_POINTS
                            _add(found, EvaluatedNumber(value=number, unit=points, is_change=True))
        for declared in self._declared:
            evaluated = evaluate(declared, self._results)
            if evaluated is not None:
                _add(found, evaluated)
        return {name: sorted(values) for name, values in found.items()}

    @cached_property
    def _phrases(self) -> tuple[str, ...]:
        """Names that may hold digits or number words: text cells and labels of columns, as they are shown."""
        names = set(self._own_phrases)
        for table in self._results:
            for index, column in enumerate(table.columns):
                names.update(item for item in (column.label, column.name) if item and not item.isdigit())
                names.update(shown_name(row[index]) for row in table.rows if isinstance(row[index], str))
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
    return SupportedNumbers(results, declared, periods, phrases).check(texts)


def _add(found: dict[str, set[tuple[decimal.Decimal, int, bool]]], number: EvaluatedNumber) -> None:
    sign = (number.value > 0) - (number.value < 0)
    size = abs(number.value)
    if number.unit == "fraction":
        found.setdefault("percent", set()).add((size * 100, sign, number.is_change))
        found.setdefault("fraction", set()).add((size, sign, number.is_change))
        return
    if number.unit == POINTS:
        found.setdefault("points", set()).add((size * 100, sign, number.is_change))
        return
    name = {SCORE_POINTS: "score", "score": "score", "ratio": "ratio", "days": "days"}.get(number.unit or "", "plain")
    if is_currency(number.unit):
        name = f"money:{number.unit}"
    found.setdefault(name, set()).add((size, sign, number.is_change))


def _is_same_currency(written: str | None, code: str) -> bool:
    if written is None or written in (code, SYMBOL_BY_CURRENCY.get(code, code)):
        return True
    if written in ("US$", "dollar"):
        return code == "USD" or (written == "dollar" and SYMBOL_BY_CURRENCY.get(code, "").endswith("$"))
    return code in _CODES_BY_WORD.get(written, ())
