"""What the chat writes: nothing of it acts, numbers read well, and what is left out is said."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from agent.answer import Answer, ClarificationShown, RefusalShown
from agent.tools.warehouse.result import ResultColumn, ResultTable
from ui.chat_answer import SHOWN_ROWS, answer_text, clarification_text, detail_text, inert, sql_text

AS_OF = dt.date(2026, 10, 31)


def table(rows: list[tuple[Any, ...]], sql: str = "SELECT 1", truncated: bool = False) -> ResultTable:
    columns = (
        ResultColumn(name="channel", type="VARCHAR", role="key", label="Channel"),
        ResultColumn(name="gmv", type="DECIMAL(12,2)", unit="USD", label="GMV"),
        ResultColumn(name="gmv_share", type="DOUBLE", role="context", unit="fraction"),
    )
    return ResultTable(name="answer", sql=sql, columns=columns, rows=tuple(rows), truncated=truncated)


def answer(**parts: Any) -> Answer:
    return Answer(**{"status": "answer", "question": "?", "role": "executive", "as_of": AS_OF, **parts})


@pytest.mark.parametrize(
    "text",
    [
        "![x](http://evil.example/x.png)",
        "[read me](javascript:alert(1))",
        "<img src=x onerror=alert(1)>",
        "see http://evil.example now",
        "www.evil.example",
        "someone@example.org",
        "# heading\n- list\n> quote",
        "`code` **bold** _em_ ~~gone~~ $x$",
        "a | b\n---|---",
    ],
)
def test_no_mark_up_of_the_text_survives(text: str) -> None:
    from markdown_it import MarkdownIt

    page = MarkdownIt("gfm-like", {"linkify": False}).render(inert(text))
    for tag in ("<a", "<img", "<h1", "<ul", "<li", "<blockquote", "<code", "<strong", "<em", "<s>", "<table"):
        assert tag not in page
    assert "javascript:" not in inert(text)
    assert "http:" not in inert(text)


def test_a_table_shows_numbers_by_unit_and_nothing_in_it_acts() -> None:
    rows = [("mobile|app www.evil.example", Decimal("160412.50"), 0.183), (None, None, None)]
    text = detail_text(answer(results=(table(rows),)))
    assert "Channel" in text.splitlines()[0]
    assert "\\|app" in text
    assert "www." not in text
    assert "160,412.50" in text
    assert "18.3 %" in text


def test_rows_left_out_are_said_and_no_rows_give_no_table() -> None:
    rows = [(f"c{number}", Decimal(number), 0.1) for number in range(SHOWN_ROWS + 5)]
    text = detail_text(answer(results=(table(rows),)))
    assert "5 more rows" in text
    assert f"c{SHOWN_ROWS - 1}" in text
    assert f"c{SHOWN_ROWS}" not in text
    assert detail_text(answer(results=(table([]),))) == ""


def test_sql_cannot_end_its_block() -> None:
    text = sql_text(answer(results=(table([], sql="SELECT '```' -- ````\n![x](y)"),)))
    assert text.startswith("`````sql\n")
    assert text.endswith("\n`````")


def test_an_answer_in_parts() -> None:
    shown = answer(headline="GMV *rose*", narrative=("One.",), caveats=("Few orders.",), interpretation="GMV, 2026")
    assert answer_text(shown).splitlines()[0] == "### GMV \\*rose\\*"
    assert "> Few orders." in detail_text(shown)
    assert "*Understood as: GMV, 2026*" in detail_text(shown)


def test_refusals_errors_and_questions_back() -> None:
    refused = answer(status="refuse", refusal=RefusalShown(rule="personal_data", reason="Names are personal."))
    assert "Names are personal." in answer_text(refused)
    assert "engine stopped" in answer_text(answer(status="error", error="the engine stopped"))
    asked = answer(status="clarify", clarification=ClarificationShown(question="Which?", options=("GMV", "Revenue")))
    assert clarification_text(asked) == "Which?\n\n1. GMV\n2. Revenue"
