"""A thread that waits for the answer to a question back, and what resumes it."""

from __future__ import annotations

from typing import Any

from langgraph.types import Command


def is_waiting(graph: Any, config: Any) -> bool:
    """Whether a thread waits for the answer to a question back."""
    state = graph.get_state(config)
    return any(task.interrupts for task in state.tasks)


def resumed_with(words: str) -> Command[Any]:
    """The graph's input that hands a person's words to the node that asked."""
    return Command(resume=words)
