"""An Answer as the chat writes it: Markdown in which no text from data, question or catalog ever acts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from agent.answer import Answer
from agent.tools.present.display_text import escape_markdown, shown_name
from agent.tools.present.number_format import as_decimal, format_number
from agent.tools.warehouse.result import ResultColumn, ResultTable

SHOWN_ROWS = 20
# The page makes links of bare addresses after it has undone entities; a word joiner, which nobody sees, prevents it.
_ADDRESS_ENTITY = re.compile(r"(?=&#(?:58|46|64);)")
_WORD_JOINER = "\u2060"


def inert(text: str) -> str:
    """Text that the page shows letter by letter: no mark-up, no link, no image comes of it."""
    return _ADDRESS_ENTITY.sub(_WORD_JOINER, escape_markdown(text))


def answer_text(answer: Answer) -> str:
    """The message that stands above the chart: headline and narrative, or why there is no answer."""
    if answer.refusal is not None:
        return f"**I may not answer that.** {inert(answer.refusal.reason)}"
    if answer.status == "error":
        return f"**That did not work.** {inert(answer.error or 'No reason was given.')}"
    headline = [f"### {inert(answer.headline)}"] if answer.headline else []
    return "\n\n".join([*headline, *(inert(sentence) for sentence in answer.narrative)])


def detail_text(answer: Answer) -> str:
    """What stands below the chart: the table, the caveats and what was understood."""
    return "\n\n".join(_details(answer))


def _details(answer: Answer) -> Iterator[str]:
    if answer.results and answer.results[0].columns:
        yield markdown_table(answer.results[0])
    for caveat in answer.caveats:
        yield f"> {inert(caveat)}"
    if answer.interpretation:
        yield f"*Understood as: {inert(answer.interpretation)}*"


def markdown_table(table: ResultTable) -> str:
    """The first rows of a result, numbers to the right; what is left out is said."""
    heads = [inert(column.label or column.name) for column in table.columns]
    numeric = [_is_numeric(table, position) for position in range(len(table.columns))]
    lines = [_row(heads), _row(["---:" if right else ":---" for right in numeric])]
    for row in table.rows[:SHOWN_ROWS]:
        lines.append(_row([_cell(cell, column) for cell, column in zip(row, table.columns, strict=True)]))
    left_out = len(table.rows) - SHOWN_ROWS
    if left_out > 0:
        lines.append(f"\n{left_out:,} more rows are not shown.")
    elif not table.rows:
        lines.append("\nNo rows.")
    if table.truncated:
        lines.append("\nThe result was cut at the row limit.")
    return "\n".join(lines)


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _is_numeric(table: ResultTable, position: int) -> bool:
    cells = [row[position] for row in table.rows if row[position] is not None]
    return bool(cells) and all(as_decimal(cell) is not None for cell in cells)


def _cell(cell: Any, column: ResultColumn) -> str:
    if column.role != "key" and as_decimal(cell) is not None:
        return inert(format_number(cell, column.unit, style="table"))
    return inert(shown_name(cell))


def clarification_text(answer: Answer) -> str:
    """What is asked back, with its options numbered so that a number can be typed."""
    asked = answer.clarification
    assert asked is not None
    options = [f"{number}. {inert(option)}" for number, option in enumerate(asked.options, start=1)]
    return "\n\n".join([inert(asked.question), "\n".join(options)]).strip()


def sql_text(answer: Answer) -> str:
    """Every statement that was run, each as a code block that its own text cannot end."""
    blocks = []
    for result in answer.results:
        longest = max((len(run) for run in re.findall("`+", result.sql)), default=0)
        fence = "`" * max(3, longest + 1)
        blocks.append(f"{fence}sql\n{result.sql.rstrip()}\n{fence}")
    return "\n\n".join(blocks)
