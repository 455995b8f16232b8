"""Steps as people see them."""

from __future__ import annotations

from typing import Any

from langgraph.runtime import Runtime

from agent.answer import StepEvent


def say(
    runtime: Runtime[Any], name: str, label: str, state: str, detail: str = "", elapsed_ms: float | None = None
) -> None:
    """Tells whoever follows the run that a step began or ended."""
    event = StepEvent.model_validate(
        {"name": name, "label": label, "state": state, "detail": detail, "elapsed_ms": elapsed_ms}
    )
    runtime.stream_writer(event)
