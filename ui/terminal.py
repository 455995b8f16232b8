"""An Answer on a terminal: the figure first, then what it rests on."""

from __future__ import annotations

from agent.answer import Answer
from agent.tools.present.display_text import plain_text


def print_answer(answer: Answer) -> None:
    """Prints an answer for a person, with nothing in it that acts on the terminal."""
    for text in (answer.headline, *answer.narrative):
        if text:
            print(plain_text(text))
    if answer.clarification is not None:
        print_choices(answer)
    if answer.refusal is not None:
        print(f"Refused ({answer.refusal.rule}): {plain_text(answer.refusal.reason)}")
    for caveat in answer.caveats:
        print(f"! {plain_text(caveat)}")
    if answer.interpretation:
        print(f"Understood as: {plain_text(answer.interpretation)}")


def print_choices(answer: Answer) -> None:
    """What is asked back, its options with the numbers that choose them."""
    assert answer.clarification is not None
    print(plain_text(answer.clarification.question))
    for number, option in enumerate(answer.clarification.options, start=1):
        print(f"  {number}. {plain_text(option)}")
    if answer.clarification.options and answer.thread:
        print(f"Answer with: plumbline ask --thread {answer.thread} 1")
