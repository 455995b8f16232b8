"""Parts of the graphs with their spans: an agent is a graph of its own, a tool one step."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from langchain_core.runnables import RunnableConfig

from agent.spans import agent_span, tool_span


class TracedAgent:
    """An agent's graph as a node of another, in a span of its own."""

    def __init__(self, name: str, graph: Any) -> None:
        self.name = name
        self.graph = graph

    def __call__(self, state: Any, config: RunnableConfig) -> Any:
        """Runs it to its end."""
        with agent_span(self.name):
            return self.graph.invoke(state, config)


def traced(node: Callable[..., Any], name: str) -> Callable[..., Any]:
    """A node in a span of its own."""

    @functools.wraps(node)
    def traced_node(*given: Any, **named: Any) -> Any:
        with tool_span(name):
            return node(*given, **named)

    return traced_node
