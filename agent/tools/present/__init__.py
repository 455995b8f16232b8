"""Presenting: chart, headline, narrative, caveats and the number check; the answer in a terminal, Plotly and Markdown."""

from agent.tools.present.declared_numbers import CellReference, DeclaredNumber
from agent.tools.present.display_text import escape_html, escape_markdown, plain_text
from agent.tools.present.markdown_table import table_to_markdown
from agent.tools.present.number_check import Unsupported, check_numbers
from agent.tools.present.number_format import format_number
from agent.tools.present.plotly_chart import chart_to_plotly
from agent.tools.present.presentation import Presentation, present
from agent.tools.present.terminal import render_terminal

__all__ = [
    "CellReference",
    "DeclaredNumber",
    "Presentation",
    "Unsupported",
    "chart_to_plotly",
    "check_numbers",
    "escape_html",
    "escape_markdown",
    "format_number",
    "plain_text",
    "present",
    "render_terminal",
    "table_to_markdown",
]
