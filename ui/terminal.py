"""An Answer on standard output, as wide and as colourful as what is behind it."""

from __future__ import annotations

import os
import shutil
import sys

from agent.answer import Answer
from agent.tools.present import render_terminal

WIDTH_WITHOUT_TERMINAL = 100
LARGEST_WIDTH = 120


def print_answer(answer: Answer) -> None:
    """Prints an answer for a person; a failure goes to standard error."""
    if answer.status == "error":
        sys.stderr.write(f"error: {answer.error}\n")
        return
    is_terminal = sys.stdout.isatty()
    width = shutil.get_terminal_size((WIDTH_WITHOUT_TERMINAL, 24)).columns
    print(render_terminal(answer, min(width, LARGEST_WIDTH), colour=is_terminal and "NO_COLOR" not in os.environ))
    if answer.clarification is not None and answer.clarification.options:
        thread = answer.thread or "NAME"
        again = "answer" if answer.thread else "ask again in a conversation, then answer"
        print(f"\nTo {again}: plumbline ask --thread {thread} 1 (an option's number, or your own words)")
