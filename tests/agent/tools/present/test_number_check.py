"""The number check as a gate: what traces to the results passes, what does not is caught, however it is written."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from agent.tools.present import CellReference, DeclaredNumber, check_numbers
from agent.tools.warehouse.result import ResultColumn, ResultTable
from catalog.query import Period

RESULT = ResultTable(
    name="answer",
    sql="SELECT 1",
    columns=(
        ResultColumn(name="month", type="DATE", role="key"),
        ResultColumn(name="product", type="VARCHAR", role="key"),
        ResultColumn(name="gmv", type="DECIMAL", unit="USD", metric="gmv", calculation="value"),
        ResultColumn(name="gmv_growth", type="DOUBLE", unit="fraction", metric="gmv", calculation="growth"),
        ResultColumn(name="orders", type="BIGINT", unit="count", metric="orders", calculation="value"),
        ResultColumn(name="return_rate", type="DOUBLE", unit="fraction", metric="return_rate", calculation="value"),
        ResultColumn(name="rate_change", type="DOUBLE", unit="fraction", metric="return_rate", calculation="change"),
        ResultColumn(name="roas", type="DOUBLE", unit="ratio", metric="roas", calculation="value"),
    ),
    rows=(
        (dt.date(2026, 9, 1), "iPhone 15", Decimal("160412.37"), -0.059, 12431, 0.183, 0.012, 4.8),
        (dt.date(2026, 10, 1), "Catch 22", Decimal("15214512.00"), 0.031, 2380, 0.146, -0.004, 2.0),
        (dt.date(2026, 10, 1), None, None, None, None, None, None, float("nan")),
    ),
)
PERIODS = (Period(start=dt.date(2025, 8, 3), end=dt.date(2025, 11, 1)),)
DECLARED = (
    DeclaredNumber(
        arithmetic="difference", cells=(CellReference(row=0, column=4),), of=(CellReference(row=1, column=4),)
    ),
    DeclaredNumber(arithmetic="share", cells=(CellReference(row=1, column=4),), of=(CellReference(row=0, column=4),)),
)

SUPPORTED = (
    "GMV was $160,412 in September 2026",
    "GMV was $160,412.37 in Sept 2026, USD 160,412 or 160,412 dollars",
    "GMV was $15.2 M in October 2026, or $15,214,512; $15.21 million",
    "It fell 5.9 % and later rose 3.1%",
    "It moved by -5.9 percent",
    "Orders were 12,431, which is 12.4k or 12431",
    "The return rate was 18.3 %, up 1.2 points; in October it was down 0.4 percentage points",
    "ROAS was 4.8x, or 4.80",
    "On 1 September 2026, 2026-09-01, October 1, 2026, Q4 2026, and in 2026",
    "From 3 August 2025 to 31 October 2025",
    "iPhone 15 led, before Catch 22",
    "3 rows were found, and the second was Catch 22",
    "Orders differ by 10,051, and the smaller is 19.1 % of the larger",
    "Twice as much came back: ROAS was two",
    "One of them has no figure",
    "The first was the best",
    "That is 40 basis points less",
)
UNSUPPORTED = (
    ("GMV was $160,413 in September 2026", "$160,413"),
    ("GMV was $160,402", "$160,402"),
    ("GMV was €160,412", "€160,412"),
    ("GMV was 160,412 %", "160,412 %"),
    ("GMV was EUR 160,412", "EUR 160,412"),
    ("GMV was $20 M", "$20 M"),
    ("GMV was $15.2 K", "$15.2 K"),
    ("GMV was $15.2", "$15.2"),
    ("GMV grew 5.9 %", "5.9 %"),
    ("GMV was down 3.1 %", "3.1 %"),
    ("It was -3.1 %", "-3.1 %"),
    ("Orders rose 12,431", "12,431"),
    ("It rose by 18.3 %", "18.3 %"),
    ("The return rate was up 1.3 points", "1.3 points"),
    ("The return rate was 18.3", "18.3"),
    ("Orders were 5.9", "5.9"),
    ("In August 2026 it was best", "August 2026"),
    ("In 2024 it was best", "2024"),
    ("On 2026-09-02", "2026-09-02"),
    ("On 4 August 2025", "4 August 2025"),
    ("In Q2 2026", "Q2 2026"),
    ("Orders were twelve thousand", "twelve thousand"),
    ("Orders were seven", "seven"),
    ("Seventy-five percent came back", "Seventy-five percent"),
    ("Orders tripled", "tripled"),
    ("Orders doubled again, or halved", "halved"),
    ("Half of all came back", "Half"),
    ("A third of all came back", "A third"),
    ("Two-thirds came back", "Two-thirds"),
    ("A quarter of all came back", "A quarter of"),
    ("A tenfold rise", "tenfold"),
    ("A ninefold rise", "ninefold"),
    ("Dozens of orders", "Dozens"),
    ("Millions of orders", "Millions"),
    ("A million orders", "A million"),
    ("Orders were ١٢", "١"),
    ("Orders were １２，４３１", "１"),
    ("GMV was $160,４12", "４"),
    ("It rose ½", "½"),
    ("Rank Ⅻ", "Ⅻ"),
    ("Orders were 𝟓", "𝟓"),
    ("Orders were ①", "①"),
    ("Orders were 三", "三"),
    ("GMV was $1 60,412", "1"),
    ("GMV was 160,412 euros", "160,412 euros"),
    ("GMV was 160,412 cents", "160,412 cents"),
    ("Orders were 12\ufffc431", "\ufffc"),
    ("Orders were 12 431", "12"),
    ("Orders were 12\u202f431", "12"),
    ("Orders were 12\u200b,431", "\u200b"),
    ("Orders were \u202e134,21\u202c", "\u202e"),
    ("Orders were 1**2**,431", "1"),
    ("Orders were 9<b>9</b>", "9"),
    ("Orders were 9&nbsp;9", "9"),
    ("Orders were 9&#57;", "9"),
    ("Orders were 12,431e3", "12,431"),
    ("Orders were 1,2431", "1,2431"),
    ("Orders were 012431", "012431"),
    ("Orders were 12,431/2", "12,431"),
    ("Orders were l2,431", "2,431"),
    ("Orders were 12,43O", "12,43"),
    ("Orders were one two four three one", "one two four three one"),
    ("Orders were 5\u0336", "5"),
    ("The eleventh was best; the fourth was not", "fourth"),
    ("iPhone 16 led", "16"),
    ("Catch 22 % of the total", "22 %"),
    ("Catch $22", "$22"),
    ("GMV was $2e7", "$2"),
    ("0x3b of them", "0"),
    ("GMV was 15.2 M %", "15.2 M %"),
    ("$160,412 bn", "$160,412 bn"),
    ("GMV was $ 5 M", "5 M"),
    ("GMV was 5$", "5"),
    ("GMV was 17:45", "17:45"),
    ("About 99 % came in October", "99 %"),
)


@pytest.mark.parametrize("text", SUPPORTED)
def test_supported(text: str) -> None:
    assert check_numbers((text,), (RESULT,), DECLARED, periods=PERIODS) == ()


@pytest.mark.parametrize(("text", "number"), UNSUPPORTED)
def test_unsupported(text: str, number: str) -> None:
    found = check_numbers((text,), (RESULT,), DECLARED, periods=PERIODS)
    assert number in [item.number for item in found], found


def test_each_text_is_named_by_its_place() -> None:
    found = check_numbers(("Orders were 12,431", "Orders were 99"), (RESULT,))
    assert [(item.text_index, item.number) for item in found] == [(1, "99")]


def test_names_with_numbers_are_read_over_only_as_a_whole() -> None:
    assert check_numbers(("Trailing 90 days GMV was $160,412",), (RESULT,), phrases=("Trailing 90 days GMV",)) == ()
    assert check_numbers(("GMV was 90",), (RESULT,), phrases=("Trailing 90 days GMV",)) != ()
    assert check_numbers(("It rose 50 %",), (RESULT,), phrases=("50 %",)) != ()


def test_arithmetic_that_cannot_be_done_supports_nothing() -> None:
    none = CellReference(row=2, column=4)
    for declared in (
        DeclaredNumber(arithmetic="sum", cells=(none,)),
        DeclaredNumber(arithmetic="ratio", cells=(CellReference(row=0, column=4),), of=(none,)),
        DeclaredNumber(arithmetic="sum", cells=(CellReference(row=99, column=4),)),
        DeclaredNumber(arithmetic="growth", cells=(CellReference(row=0, column=4),)),
        DeclaredNumber(arithmetic="count", cells=(CellReference(result=4, row=0, column=0),)),
    ):
        assert check_numbers(("There were 17",), (RESULT,), (declared,)) != ()


def test_an_empty_text_and_no_results() -> None:
    assert check_numbers(("", "No number here"), ()) == ()
    assert check_numbers(("There are 4",), ()) != ()
