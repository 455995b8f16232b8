"""Units that a column's name says: currencies, fractions, lengths of time."""

from __future__ import annotations

from catalog.drafting.names import words_of
from catalog.models import FieldRole, FieldType
from catalog.profile import ColumnProfile
from catalog.units import is_currency

_NOT_ALONE = frozenset({"celsius", "eur", "gbp", "percent", "usd"})
_TIME_UNITS = frozenset({"days", "hours", "minutes", "seconds", "weeks", "months", "years"})
_SHARES = frozenset(
    {"rate", "share", "percent", "ratio", "discount", "margin", "probability", "fraction", "conversion"}
)


# What a measure's name ends with to say what it is measured in; people leave it out.
PHYSICAL_UNITS = frozenset(
    "c celsius cm eur ft g gb gbp gram grams ha kb kg kilograms kilometers km kmh kw kwh l lb lbs liters litres m m2 m3 mb meters "
    "miles mm ms mwh oz percent sqm tb tonnes tons usd".split()
)


_UNIT_WORDS = {
    "kg": ("kg", "kilograms", "kilos"),
    "km": ("km", "kilometers", "kilometres"),
    "kwh": ("kWh", "kilowatt hours"),
    "l": ("liters", "litres"),
    "lb": ("pounds", "lbs"),
    "lbs": ("pounds", "lbs"),
    "mwh": ("MWh", "megawatt hours"),
    "t": ("tonnes", "tons"),
}


def unit_words(column: ColumnProfile) -> tuple[str, ...]:
    """What people ask for a sum by its unit alone: how many kg."""
    last = words_of(column.said)[-1]
    return _UNIT_WORDS.get(last, (last,) if last in PHYSICAL_UNITS - _NOT_ALONE and len(last) > 2 else ())


def unit_of(column: ColumnProfile, role: FieldRole | None) -> str | None:
    """The unit of a measure; None where the name does not say one."""
    if role is not None or column.type not in (FieldType.INTEGER, FieldType.NUMBER):
        return None
    words = words_of(column.said)
    for word in reversed(words):
        if word in _TIME_UNITS:
            return word
        if len(word) == 3 and word.upper() in (
            "USD",
            "EUR",
            "GBP",
            "CHF",
            "JPY",
            "CAD",
            "AUD",
            "INR",
            "CNY",
            "BRL",
            "MXN",
            "SEK",
        ):
            return word.upper()
    return "fraction" if is_share(column) else None


def is_percent(column: ColumnProfile) -> bool:
    """Whether the values are percents from 0 to 100, by name and range."""
    low, high = column.minimum, column.maximum
    return (
        bool(set(words_of(column.said)) & {"percent", "percentage"})
        and isinstance(low, int | float)
        and isinstance(high, int | float)
        and low >= 0
        and 1 < high <= 100
    )


def is_share(column: ColumnProfile) -> bool:
    """Whether the values are fractions from 0 to 1, by name and range."""
    low, high = column.minimum, column.maximum
    return (
        column.type is FieldType.NUMBER
        and bool(set(words_of(column.said)) & _SHARES)
        and isinstance(low, int | float)
        and isinstance(high, int | float)
        and low >= 0
        and 0 < high <= 1
    )


def currency_of(columns: list[ColumnProfile]) -> str | None:
    """The business's currency, where a column of currencies holds just one."""
    for column in columns:
        if "currency" in words_of(column.said) and column.distinct == 1 and len(column.samples) == 1:
            code = str(column.samples[0]).strip().upper()
            if is_currency(code):
                return code
    return None
