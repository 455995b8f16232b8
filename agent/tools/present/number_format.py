"""Numbers as people read them: by unit, with no rounding that hides a change.

Units are the catalog's: an ISO 4217 code, fraction, ratio, score, count, days, or None; `points` is the difference of two
fractions or scores. Any other unit is written after the number.
"""

from __future__ import annotations

import decimal
import math
import re
from typing import Any, Literal

NumberStyle = Literal["table", "headline", "narrative"]
POINTS = "points"  # a difference of fractions (held as a fraction)
SCORE_POINTS = "score_points"  # a difference of scores
NO_FIGURE = "no figure"
NEGLIGIBLE = decimal.Decimal("1e-12")  # smaller than this, a figure or a relative change is the noise of floats

# ISO 4217 minor units other than two, and the symbols that say the currency without doubt.
_DECIMALS_BY_CURRENCY = {
    **dict.fromkeys(
        "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split(),
        0,
    ),
    **dict.fromkeys("BHD IQD JOD KWD LYD OMR TND".split(), 3),
    **dict.fromkeys("CLF UYW".split(), 4),
}
SYMBOL_BY_CURRENCY = {
    "USD": "$",
    "EUR": "€",
    "GBP": "£",
    "JPY": "¥",
    "NGN": "₦",
    "INR": "₹",
    "KRW": "₩",
    "UAH": "₴",
    "TRY": "₺",
    "RUB": "₽",
    "VND": "₫",
    "ILS": "₪",
    "PHP": "₱",
    "KZT": "₸",
    "GEL": "₾",
    "GHS": "GH₵",
    "CRC": "₡",
    "PYG": "₲",
    "LAK": "₭",
    "MNT": "₮",
    "AZN": "₼",
    "KHR": "៛",
    "THB": "฿",
    "BDT": "৳",
    "CNY": "CN¥",
    "TWD": "NT$",
    "HKD": "HK$",
    "SGD": "S$",
    "AUD": "A$",
    "NZD": "NZ$",
    "CAD": "CA$",
    "MXN": "MX$",
    "BRL": "R$",
}
_MAGNITUDES = ((decimal.Decimal(10) ** 12, "tn"), (decimal.Decimal(10) ** 9, "bn"), (decimal.Decimal(10) ** 6, "M"))
_HEADLINE_COMPACT_FROM = decimal.Decimal(10) ** 7
_NARRATIVE_COMPACT_FROM = decimal.Decimal(10) ** 6
_PATTERN = re.compile(r"^[#0,]*0(?:\.(0+))?(x)?$")
_CONTEXT = decimal.Context(prec=400, rounding=decimal.ROUND_HALF_UP)
_MAXIMUM_DECIMALS = 9
_BEYOND = 10**100  # an overflow on its way, no figure of a business


def is_currency(unit: str | None) -> bool:
    """Whether a unit is an ISO 4217 code."""
    return unit is not None and len(unit) == 3 and unit.isascii() and unit.isalpha() and unit.isupper()


def currency_decimals(code: str) -> int:
    """The digits of a currency's minor unit (ISO 4217)."""
    return _DECIMALS_BY_CURRENCY.get(code, 2)


def as_decimal(value: Any) -> decimal.Decimal | None:
    """A cell as a finite Decimal; None for null, text, booleans, NaN, infinities and what is beyond any figure."""
    if value is None or isinstance(value, bool) or not isinstance(value, int | float | decimal.Decimal):
        return None
    if isinstance(value, float):
        return decimal.Decimal(repr(value)) if math.isfinite(value) and abs(value) < _BEYOND else None
    number = decimal.Decimal(value)
    return number if number.is_finite() and abs(number) < _BEYOND else None


def format_number(
    value: Any,
    unit: str | None,
    style: NumberStyle = "narrative",
    pattern: str | None = None,
    extra_decimals: int = 0,
) -> str:
    """A number with its unit ("$160,412", "18.3 %", "3.4 days"); "no figure" for null and non-finite values.

    `table` keeps every cent; `headline` is compact from ten million, `narrative` from one million. `pattern` is the
    metric's own ("0.0", "0.00x": its decimals and a trailing x). `extra_decimals` asks for more precision than usual.
    """
    number = as_decimal(value)
    if number is None:
        return NO_FIGURE
    sign = "-" if number < 0 else ""
    size = abs(number) if abs(number) >= NEGLIGIBLE else decimal.Decimal(0)
    own = _PATTERN.match(pattern) if pattern else None
    if own and not is_currency(unit) and unit not in ("fraction", POINTS, SCORE_POINTS):
        digits = len(own[1] or "") + extra_decimals
        return f"{_signed(sign, _grouped(size, digits))}{own[2] or ''}"
    if is_currency(unit):
        assert unit is not None
        text = _amount(size, style, currency_decimals(unit), extra_decimals)
        symbol = SYMBOL_BY_CURRENCY.get(unit)
        return _signed(sign, f"{symbol}{text}" if symbol else f"{unit} {text}")
    if unit == "fraction":
        return f"{_signed(sign, _percent_digits(size, extra_decimals))} %"
    if unit in (POINTS, SCORE_POINTS):
        text = _percent_digits(size, extra_decimals) if unit == POINTS else _plain(size, 1, extra_decimals)
        return f"{_signed(sign, text)} {'point' if text == '1' else 'points'}"
    if unit == "ratio":
        return _signed(sign, _significant(size, 2, extra_decimals))
    if unit == "score":
        return _signed(sign, _plain(size, 2 if size < 10 else 1, extra_decimals))
    if unit == "days":
        text = _plain(size, 1, extra_decimals)
        return f"{_signed(sign, text)} {'day' if text == '1' else 'days'}"
    text = _signed(sign, _count(size, style, extra_decimals))
    return text if unit in (None, "count") else f"{text} {unit}"


def format_distinct(first: Any, second: Any, unit: str | None, style: NumberStyle, pattern: str | None = None) -> int:
    """The extra decimals at which two different values read differently (0 where they do anyway, or are equal)."""
    one, other = as_decimal(first), as_decimal(second)
    if one is None or other is None or one == other:
        return 0
    for extra in range(_MAXIMUM_DECIMALS):
        if format_number(one, unit, style, pattern, extra) != format_number(other, unit, style, pattern, extra):
            return extra
    return 0


def _signed(sign: str, text: str) -> str:
    """No "-0": a sign is written only before a digit that is not zero."""
    return f"{sign}{text}" if any(letter in "123456789" for letter in text) else text


def _grouped(size: decimal.Decimal, digits: int) -> str:
    rounded = size.quantize(decimal.Decimal(1).scaleb(-digits), context=_CONTEXT)
    return f"{rounded:,f}"


def _trimmed(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text


def _significant(size: decimal.Decimal, digits: int, extra: int) -> str:
    """At least `digits` decimals, and enough of them that two significant figures show."""
    needed = digits
    if size and size.adjusted() < 0:
        needed = max(digits, min(1 - size.adjusted(), _MAXIMUM_DECIMALS * 2))
    return _grouped(size, needed + extra)


def _plain(size: decimal.Decimal, digits: int, extra: int) -> str:
    """Up to `digits` decimals without trailing zeros, more where the value is below one."""
    return _trimmed(_significant(size, digits, extra))


def _percent_digits(size: decimal.Decimal, extra: int) -> str:
    percent = size.scaleb(2, context=_CONTEXT)
    if percent == percent.to_integral_value() and not extra:
        return f"{percent:,.0f}"
    digits = 0 if percent >= 1000 else 1
    text = _significant(percent, digits, extra)
    while percent != 100 and text.replace(",", "").rstrip("0").rstrip(".") == "100" and digits < 4:
        digits += 1
        text = _significant(percent, digits, extra)
    whole, point, rest = text.partition(".")
    return f"{whole}{point}{rest[:1]}{rest[1:].rstrip('0')}" if not extra else text


def _amount(size: decimal.Decimal, style: NumberStyle, minor_digits: int, extra: int) -> str:
    compact = _compact(size, style, extra)
    if compact is not None:
        return compact
    if style != "table" and size >= 1000:
        return _grouped(size, extra)
    if size and size < decimal.Decimal("0.1") and not _rounds_well(size, minor_digits):
        return _significant(size, minor_digits, extra)
    if style != "table" and size == size.to_integral_value() and not extra and size < 1:
        return "0"
    return _grouped(size, minor_digits + (extra if style == "table" or size < 1000 else 0))


def _rounds_well(size: decimal.Decimal, digits: int) -> bool:
    """Whether so many decimals come within a twentieth of a small amount."""
    rounded = size.quantize(decimal.Decimal(1).scaleb(-digits), context=_CONTEXT)
    return abs(rounded - size) * 20 <= size


def _count(size: decimal.Decimal, style: NumberStyle, extra: int) -> str:
    compact = _compact(size, style, extra)
    if compact is not None:
        return compact
    if size == size.to_integral_value():
        return f"{size.to_integral_value():,f}"
    if size >= 1000 and not extra and style != "table":
        return _grouped(size, 0)
    return _plain(size, 1 if size >= 100 else 2, extra)


def _compact(size: decimal.Decimal, style: NumberStyle, extra: int) -> str | None:
    start = _HEADLINE_COMPACT_FROM if style == "headline" else _NARRATIVE_COMPACT_FROM
    if style == "table" or size < start:
        return None
    digits = (2 if style == "headline" else 1) + extra
    for position, (magnitude, name) in enumerate(_MAGNITUDES):
        if size >= magnitude:
            text = _grouped(_CONTEXT.divide(size, magnitude), digits)
            if position and decimal.Decimal(text.replace(",", "")) >= 1000:
                magnitude, name = _MAGNITUDES[position - 1]
                text = _grouped(_CONTEXT.divide(size, magnitude), digits)
            return f"{text} {name}"
    return None
