"""Progress on stderr, and only where stderr is a terminal."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager

from agent.answer import Answer, AnswerEvent, ServiceEvent


def answer_with_progress(events: AsyncIterator[ServiceEvent]) -> Answer:
    """Runs a stream of events to its end, showing the step it is at; gives the answer."""
    with status_line() as say:
        return asyncio.run(_last_answer(events, say))


async def _last_answer(events: AsyncIterator[ServiceEvent], say: Callable[[str], None]) -> Answer:
    answer: Answer | None = None
    async for event in events:
        if isinstance(event, AnswerEvent):
            answer = event.answer
        elif event.state == "started":
            say(event.label)
    assert answer is not None, "a stream ends with its answer"
    return answer


@contextmanager
def status_line() -> Iterator[Callable[[str], None]]:
    """Gives a function that shows one line which the next call replaces; silent without a terminal."""
    if not sys.stderr.isatty():
        yield lambda _text: None
        return
    from rich.console import Console
    from rich.text import Text

    with Console(stderr=True).status("") as status:
        yield lambda text: status.update(Text(text))


@contextmanager
def progress_bar(title: str) -> Iterator[Callable[[str, float], None] | None]:
    """Gives a function that takes a stage's name and the fraction done; None without a terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %"),
        TimeElapsedColumn(),
        TextColumn("{task.fields[stage]}", markup=False),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(title, total=1.0, stage="")
        yield lambda stage, done: progress.update(task, completed=done, stage=stage)
