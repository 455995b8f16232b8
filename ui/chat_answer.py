"""An Answer as the chat writes it: Markdown in which no text from data, question or catalog ever acts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from agent.answer import Answer
from agent.tools.present import escape_markdown, table_to_markdown

if TYPE_CHECKING:
    from agent.service import EarlierThread

SHOWN_ROWS = 20
SHOWN_QUESTIONS = 10
_LONGEST_LABEL = 80
# The page makes links of bare addresses after it has undone entities; a word joiner, which nobody sees, prevents it.
_ADDRESS_ENTITY = re.compile(r"(?=&#(?:58|46|64);)")
_WORD_JOINER = "\u2060"


def inert(text: str) -> str:
    """Text that the page shows letter by letter: no mark-up, no link, no image comes of it."""
    return without_links(escape_markdown(text))


def without_links(markdown: str) -> str:
    """Escaped Markdown in which the page finds no address to make a link of."""
    return _ADDRESS_ENTITY.sub(_WORD_JOINER, markdown)


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
    if answer.results and answer.results[0].rows:
        yield without_links(table_to_markdown(answer.results[0], SHOWN_ROWS))
    for caveat in answer.caveats:
        yield f"> {inert(caveat)}"
    if answer.interpretation:
        yield f"*Understood as: {inert(answer.interpretation)}*"


def clarification_text(answer: Answer) -> str:
    """What is asked back, with its options numbered so that a number can be typed."""
    asked = answer.clarification
    assert asked is not None
    options = [f"{number}. {inert(option)}" for number, option in enumerate(asked.options, start=1)]
    return "\n\n".join([inert(asked.question), "\n".join(options)]).strip()


def short_label(thread: EarlierThread) -> str:
    """A conversation on a button: its day and its first question."""
    return f"{thread.last_at:%-d %b %H:%M} · {' '.join(thread.questions[0].split())}"[:_LONGEST_LABEL]


def thread_text(thread: EarlierThread) -> str:
    """What was asked in a conversation that is gone on with."""
    asked = "\n".join(f"- {inert(question)}" for question in thread.questions[-SHOWN_QUESTIONS:])
    return f"You asked:\n\n{asked}\n\nGo on from here; figures are worked out anew."


def sql_text(answer: Answer) -> str:
    """Every statement that was run, each as a code block that its own text cannot end."""
    blocks = []
    for result in answer.results:
        longest = max((len(run) for run in re.findall("`+", result.sql)), default=0)
        fence = "`" * max(3, longest + 1)
        blocks.append(f"{fence}sql\n{result.sql.rstrip()}\n{fence}")
    return "\n\n".join(blocks)
