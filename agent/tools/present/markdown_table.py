"""A result as a Markdown table in which nothing from data is markup."""

from __future__ import annotations

from agent.tools.present.display_text import escape_markdown
from agent.tools.present.terminal_table import heading, is_numeric, shown_cell
from agent.tools.warehouse.result import ResultTable


def table_to_markdown(table: ResultTable, maximum_rows: int = 20) -> str:
    """A Markdown table of the first rows, numbers to the right, with a line that says how many are left out.

    Names and values are escaped letter by letter: no link, image, HTML or formula in data is ever rendered.
    """
    if not table.columns:
        return ""
    rows = table.rows[:maximum_rows]
    heads = [escape_markdown(heading(table, at)) for at in range(len(table.columns))]
    rules = ["---:" if is_numeric(column, rows, at) else ":---" for at, column in enumerate(table.columns)]
    lines = [_line(heads), _line(rules)]
    for row in rows:
        shown = [shown_cell(value, column) for value, column in zip(row, table.columns, strict=True)]
        lines.append(_line([escape_markdown(text) for text in shown]))
    hidden = len(table.rows) - len(rows)
    if hidden > 0 or table.truncated:
        more = f"{hidden:,} more rows" if hidden > 0 else "more rows"
        lines += ["", f"*... {more}{', at least' if table.truncated and hidden > 0 else ''}*"]
    return "\n".join(lines)


def _line(texts: list[str]) -> str:
    return f"| {' | '.join(texts)} |"
