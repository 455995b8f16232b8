"""Presenting: chart, headline, narrative, caveats and the number check; the answer in a terminal, Plotly and Markdown."""

from agent.tools.present.declared_numbers import CellReference, DeclaredNumber
from agent.tools.present.display_text import escape_html, escape_markdown, plain_text
from agent.tools.present.number_check import Unsupported, check_numbers
from agent.tools.present.number_format import format_number
from agent.tools.present.presentation import Presentation, present

__all__ = [
    "CellReference",
    "DeclaredNumber",
    "Presentation",
    "Unsupported",
    "check_numbers",
    "escape_html",
    "escape_markdown",
    "format_number",
    "plain_text",
    "present",
]
