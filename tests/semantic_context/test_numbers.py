"""Numbers with units as people write them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from semantic_context.numbers import find_numbers

CASES = [
    ("$200", "200", "currency", "USD"),
    ("200 dollars", "200", "currency", "USD"),
    ("USD", None, None, None),
    ("€ 1,500", "1500", "currency", "EUR"),
    ("1500 €", "1500", "currency", "EUR"),
    ("₦2.4bn", "2400000000", "currency", "NGN"),
    ("5k", "5000", None, None),
    ("5K", "5000", None, None),
    ("$5k", "5000", "currency", "USD"),
    ("1.5 million", "1500000", None, None),
    ("1.5m", "1500000", None, None),
    ("2 bn", "2000000000", None, None),
    ("1,234,567.89", "1234567.89", None, None),
    ("1 500", "1500", None, None),
    ("20 %", "20", "percent", None),
    ("20%", "20", "percent", None),
    ("20 percent", "20", "percent", None),
    ("twenty per cent", "20", "percent", None),
    ("2 percentage points", "2", "points", None),
    ("3 pp", "3", "points", None),
    ("-5", "-5", None, None),
    ("-$5", "-5", "currency", "USD"),
    ("0.5", "0.5", None, None),
    (".5", "0.5", None, None),
    ("3x", "3", "multiple", None),
    ("twenty", "20", None, None),
    ("twenty-five", "25", None, None),
    ("two hundred and fifty", "250", None, None),
    ("two thousand five hundred", "2500", None, None),
    ("a dozen", "12", None, None),
    ("half a million", "500000", None, None),
    ("a hundred", "100", None, None),
    ("three million euros", "3000000", "currency", "EUR"),
    ("a day", None, None, None),
    ("none of it", None, None, None),
    ("the someone", None, None, None),
    ("B2B", None, None, None),
    ("covid19", None, None, None),
]


@pytest.mark.parametrize(("text", "value", "unit", "currency"), CASES, ids=[case[0] for case in CASES])
def test_a_number(text: str, value: str | None, unit: str | None, currency: str | None) -> None:
    found = find_numbers(text)
    if value is None:
        assert found == ()
        return
    assert [(item.value, item.unit, item.currency) for item in found] == [(Decimal(value), unit, currency)]
    assert (found[0].start, found[0].end) == (0, len(text))
    within = find_numbers(f"above {text}, please")
    assert [(item.value, item.text) for item in within] == [(Decimal(value), text)]


def test_several_numbers_stand_apart() -> None:
    found = find_numbers("between 5 and 10 orders, at least $2.5k, up 20 % in two stores")
    assert [(str(item.value), item.unit) for item in found] == [
        ("5", None),
        ("10", None),
        ("2500.0", "currency"),
        ("20", "percent"),
        ("2", None),
    ]
    assert found[3].fraction == Decimal("0.2")


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="0123456789.,$%kKmx -+'twoandhunredfivly€", max_size=40))
def test_whatever_the_text_spans_are_in_order_and_true(text: str) -> None:
    position = 0
    for item in find_numbers(text):
        assert position <= item.start < item.end <= len(text)
        assert item.text == text[item.start : item.end]
        position = item.end
