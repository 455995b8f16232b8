"""An answer in a terminal: headline, narrative, table, small chart, what was understood, caveats."""

from __future__ import annotations

from agent.answer import Answer
from agent.tools.present.display_text import plain_text
from agent.tools.present.terminal_chart import render_chart
from agent.tools.present.terminal_table import render_table
from agent.tools.present.terminal_text import Ink, wrapped

_SMALLEST_WIDTH = 20


def render_terminal(answer: Answer, width: int = 80, colour: bool = False, show_sql: bool = False) -> str:
    """The answer as text of at most `width` columns, without a newline at its end.

    Nothing in data or text can steer the terminal: control characters and escapes are shown as text. `colour` adds
    ANSI colours of our own.
    """
    width = max(width, _SMALLEST_WIDTH)
    ink = Ink(colour)
    if answer.status == "clarify":
        blocks = [_clarification(answer, width, ink)]
    elif answer.status == "refuse":
        blocks = [_refusal(answer, width, ink)]
    elif answer.status == "error":
        blocks = [[ink(line, "error") for line in wrapped(answer.error or "Something went wrong", width)]]
    else:
        blocks = _answer(answer, width, ink)
    if show_sql:
        blocks += [[ink(f"SQL ({plain_text(item.name)})", "dim"), *_sql_lines(item.sql)] for item in answer.results]
    return "\n\n".join("\n".join(block) for block in blocks if block)


def _answer(answer: Answer, width: int, ink: Ink) -> list[list[str]]:
    opening = [ink(line, "bold") for line in wrapped(answer.headline, width)]
    for sentence in answer.narrative:
        opening += wrapped(sentence, width)
    blocks = [opening]
    if answer.results and answer.results[0].rows and not _says_it_all(answer):
        blocks.append(render_table(answer.results[0], width, ink))
    if answer.chart is not None:
        blocks.append(render_chart(answer.chart, width, ink))
    closing: list[str] = []
    if answer.interpretation:
        lines = wrapped(answer.interpretation, width, "Understood as: ", "  ")
        closing += [ink(line, "dim") for line in lines]
    for caveat in answer.caveats:
        closing += [ink(line, "warning") for line in wrapped(caveat, width, "! ", "  ")]
    return [*blocks, closing]


def _says_it_all(answer: Answer) -> bool:
    """One figure is in the headline already."""
    table = answer.results[0]
    return len(table.rows) == 1 and len(table.columns) == 1


def _clarification(answer: Answer, width: int, ink: Ink) -> list[str]:
    shown = answer.clarification
    if shown is None:
        return wrapped(answer.headline or "The question is not clear", width)
    lines = [ink(line, "bold") for line in wrapped(shown.question, width)]
    for number, option in enumerate(shown.options, start=1):
        opening = f"  {number}. "
        lines += wrapped(option, width, opening, " " * len(opening))
    return lines


def _refusal(answer: Answer, width: int, ink: Ink) -> list[str]:
    shown = answer.refusal
    if shown is None:
        return wrapped(answer.headline or "This cannot be answered", width)
    lines = [ink(line, "bold") for line in wrapped(shown.reason, width)]
    return [*lines, *(ink(line, "dim") for line in wrapped(f"Rule: {shown.rule}", width))]


def _sql_lines(sql: str) -> list[str]:
    return plain_text(sql, keep_newlines=True).splitlines()
