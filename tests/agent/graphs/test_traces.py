"""Spans by the GenAI conventions: what was asked of which model, at what cost, and no word of it."""

from __future__ import annotations

import os
from typing import Any

import pytest
from opentelemetry import trace

from agent.service import PlumblineService
from tests.agent.endpoint.replies import FAULTS, says
from tests.agent.endpoint.server import ScriptedEndpoint


@pytest.fixture
def spans(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Finished spans, as an exporter gets them."""
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import SimpleSpanProcessor
    from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

    exporter = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    monkeypatch.setattr(trace, "get_tracer", provider.get_tracer)
    return exporter


def test_a_call_is_a_span(advised: PlumblineService, endpoint: ScriptedEndpoint, spans: Any) -> None:
    endpoint.follow(says({"kind": "figures", "metrics": ["admissions"], "period": "2024"}))
    advised.ask("Admissions in 2024")
    (span,) = [item for item in spans.get_finished_spans() if item.name == "chat scripted"]
    attributes = dict(span.attributes)
    assert attributes["gen_ai.operation.name"] == "chat"
    assert attributes["gen_ai.request.model"] == "scripted"
    assert attributes["gen_ai.usage.input_tokens"] == 100
    assert attributes["gen_ai.usage.output_tokens"] == 20
    assert attributes["gen_ai.response.finish_reasons"] == ("stop",)
    assert attributes["server.address"] == "127.0.0.1"
    assert not any("admissions" in str(value).casefold() for value in attributes.values())


def test_a_fault_is_told_by_its_type(advised: PlumblineService, endpoint: ScriptedEndpoint, spans: Any) -> None:
    endpoint.follow(FAULTS["unauthorized"])
    advised.ask("Admissions in 2024")
    (span,) = [item for item in spans.get_finished_spans() if item.name == "chat scripted"]
    assert span.attributes["error.type"] == "rejected"
    assert not span.events


def test_traces_elsewhere_hold_no_prompts_unless_told_to(advised: PlumblineService) -> None:
    assert os.environ["LANGSMITH_HIDE_INPUTS"] == "true"
    assert os.environ["LANGSMITH_HIDE_OUTPUTS"] == "true"
