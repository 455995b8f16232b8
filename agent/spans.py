"""OpenTelemetry spans by the GenAI conventions, for whoever's program has set up an SDK; without one they cost nothing.

    invoke_agent plumbline                     a question, from any door
        execute_tool understand                a step of the graph
        execute_tool query_database            a statement
        invoke_agent interpreter               an agent of the graph, its own steps below
            chat <model>                       a request to a model (agent/models/spans.py)

No span holds a word of a question, a statement, a result or an error: names of ours, kinds, counts and times alone. A
conversation is told by a hash of where it is kept.
"""

from __future__ import annotations

import contextlib
import hashlib
import sys
from collections.abc import Iterator
from typing import Any, Literal

TRACER = "plumbline"
ToolType = Literal["function", "datastore"]
Attributes = dict[str, str | int]


class Span:
    """One piece of work; None inside where nobody traces."""

    def __init__(self, span: Any = None) -> None:
        self._span = span

    def note(self, name: str, value: str | int) -> None:
        """Adds an attribute: never anything of the data or of what was asked."""
        if self._span is not None:
            self._span.set_attribute(name, value)

    @contextlib.contextmanager
    def entered(self) -> Iterator[None]:
        """Makes it the parent of the spans that begin meanwhile."""
        if self._span is None:
            yield
            return
        from opentelemetry import trace

        with trace.use_span(self._span, record_exception=False, set_status_on_exception=False):
            yield

    def failed(self, error: BaseException) -> None:
        """Notes an error by its kind: its words may quote data."""
        if self._span is not None:
            from opentelemetry.trace import Status, StatusCode

            self._span.set_attribute("error.type", type(error).__name__)
            self._span.set_status(Status(StatusCode.ERROR))

    def end(self) -> None:
        """Ends it."""
        if self._span is not None:
            self._span.end()


@contextlib.contextmanager
def agent_span(name: str, conversation: str | None = None) -> Iterator[Span]:
    """A span "invoke_agent <name>" around the work of one agent."""
    with agent_span_between(name, conversation) as span, span.entered():
        yield span


@contextlib.contextmanager
def agent_span_between(name: str, conversation: str | None = None) -> Iterator[Span]:
    """`agent_span` for a generator: it is no parent until `entered`, as what runs between two of its values is another's."""
    attributes: Attributes = {"gen_ai.operation.name": "invoke_agent", "gen_ai.agent.name": name}
    if conversation is not None:
        attributes["gen_ai.conversation.id"] = hashlib.sha256(conversation.encode("utf-8", "replace")).hexdigest()[:32]
    with _span(f"invoke_agent {name}", attributes) as span:
        yield span


@contextlib.contextmanager
def tool_span(name: str, kind: ToolType = "function") -> Iterator[Span]:
    """A span "execute_tool <name>" around one step or tool."""
    attributes: Attributes = {
        "gen_ai.operation.name": "execute_tool",
        "gen_ai.tool.name": name,
        "gen_ai.tool.type": kind,
    }
    with _span(f"execute_tool {name}", attributes) as span, span.entered():
        yield span


@contextlib.contextmanager
def _span(name: str, attributes: Attributes) -> Iterator[Span]:
    # Whoever set up an SDK has imported its API by then; importing it for nobody would take a tenth of a second.
    if "opentelemetry.trace" not in sys.modules:
        yield Span()
        return
    from opentelemetry import trace

    span = Span(trace.get_tracer(TRACER).start_span(name, attributes=attributes))
    try:
        yield span
    except Exception as error:
        span.failed(error)
        raise
    finally:
        span.end()
