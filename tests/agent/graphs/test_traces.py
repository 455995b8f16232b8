"""Spans by the GenAI conventions: what was asked of which model, at what cost, and no word of it."""

from __future__ import annotations

import os
import re
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


def _names(spans: Any) -> list[str]:
    return [item.name for item in spans.get_finished_spans()]


def _parents(spans: Any) -> dict[str, str | None]:
    """Each span's name with its parent's."""
    finished = spans.get_finished_spans()
    by_id = {item.context.span_id: item.name for item in finished}
    return {item.name: by_id.get(item.parent.span_id) if item.parent else None for item in finished}


def test_a_question_is_a_tree_of_agents_steps_and_tools(hospital: PlumblineService, spans: Any) -> None:
    answer = hospital.ask("Admissions in 2024", thread="for ann@example.org")
    parents = _parents(spans)
    root = "invoke_agent plumbline"
    assert parents[root] is None
    for step in ("understand", "check_data", "compute", "present", "record"):
        assert parents[f"execute_tool {step}"] == root
    assert parents["execute_tool query_database"] == "execute_tool compute"
    (whole,) = [item for item in spans.get_finished_spans() if item.name == root]
    assert whole.attributes["plumbline.answer.status"] == "answer"
    assert whole.attributes["plumbline.receipt"] == answer.receipt
    assert len(whole.attributes["gen_ai.conversation.id"]) == 32


def test_agents_hold_their_own_steps_and_requests(
    advised: PlumblineService, endpoint: ScriptedEndpoint, spans: Any
) -> None:
    endpoint.follow(says({"kind": "figures", "metrics": ["admissions"], "period": "2024"}))
    advised.ask("Admissions in 2024")
    parents = _parents(spans)
    assert parents["invoke_agent interpreter"] == "invoke_agent plumbline"
    assert parents["execute_tool ask"] == "invoke_agent interpreter"
    assert parents["chat scripted"] == "execute_tool ask"


def test_analyses_and_steps_are_agents_and_tools(hospital: PlumblineService, spans: Any) -> None:
    hospital.ask("Why did admissions change in May 2025?")
    parents = _parents(spans)
    assert parents["execute_tool analyse"] == "invoke_agent investigator"
    spans.clear()
    hospital.ask("Admissions in May 2025; discharges by department in 2024")
    assert _names(spans).count("execute_tool step") == 2
    assert _parents(spans)["execute_tool by_joints"] == "invoke_agent step_planner"


@pytest.mark.parametrize(
    "ask",
    [
        lambda service: service.ask("List patient names of Ada Lovelace", thread="ann@example.org"),
        lambda service: service.ask("Admissions in Ashford in May 2025", thread="ann@example.org"),
        lambda service: service.ask("Admissions in the Kardiologie of Dr. Adler"),
        lambda service: service.run_sql("SELECT 'Ada Lovelace' AS name, nothing FROM patients"),
        lambda service: service.run_sql("SELECT CAST('Ada Lovelace' AS INTEGER) FROM patients"),
    ],
)
def test_no_span_holds_a_word_of_question_or_data(hospital: PlumblineService, spans: Any, ask: Any) -> None:
    ask(hospital)
    finished = spans.get_finished_spans()
    assert finished
    told = " ".join(
        [item.name for item in finished]
        + [f"{name}={value}" for item in finished for name, value in item.attributes.items()]
        + [str(item.status.description) for item in finished]
        + [str(event) for item in finished for event in item.events]
    ).casefold()
    told = re.sub(r"\b[0-9a-f-]*[0-9a-f]{8}[0-9a-f-]*\b", "", told)  # an identifier may hold an "ada" by chance
    for word in ("ada", "lovelace", "ann@", "patient", "ashford", "adler", "select", "local"):
        assert word not in told


def test_an_error_is_told_by_its_kind(hospital: PlumblineService, spans: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def defect(*_args: Any, **_named: Any) -> Any:
        raise KeyError("Ada Lovelace")

    monkeypatch.setattr(type(hospital.business), "planner", defect)
    hospital.ask("Admissions in 2024")
    (whole,) = spans.get_finished_spans()
    assert whole.attributes["error.type"] == "KeyError"
    assert whole.attributes["plumbline.answer.status"] == "error"
    assert whole.status.description is None and not whole.events
