"""The client's leash: every fault of an endpoint ends in a typed error within the deadline, by few requests."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

from agent.models.breaker import CircuitBreaker
from agent.models.client import ModelClient
from agent.models.errors import (
    ModelBudgetError,
    ModelCancelledError,
    ModelCutShortError,
    ModelDeadlineError,
    ModelError,
    ModelRateLimitedError,
    ModelRefusalError,
    ModelRejectedError,
    ModelReplyError,
    ModelRestingError,
    ModelServerError,
    ModelTooLargeError,
    ModelToolError,
    ModelUnreachableError,
)
from agent.models.ledger import ModelLedger
from agent.models.request import Egress, ModelRequest, ReplySchema
from agent.models.settings import ModelSettings
from tests.agent.endpoint.replies import FAULTS, Reply, Script, in_turn, says
from tests.agent.endpoint.server import ScriptedEndpoint

pytestmark = pytest.mark.alone

DEADLINE_S = 1.5
SCHEMA = ReplySchema("plan", {"type": "object", "properties": {"a": {"type": "integer"}}})
REQUEST = ModelRequest(
    "interpreter", "1", (("system", "Be brief."), ("user", "How many?")), SCHEMA, Egress(counts={"metrics": 2})
)
EXPECTED: dict[str, type[ModelError]] = {
    "rate_limited": ModelRateLimitedError,
    "rate_limited_long": ModelRateLimitedError,
    "rate_limited_date": ModelRateLimitedError,
    "server_error": ModelServerError,
    "bad_gateway": ModelServerError,
    "unavailable": ModelServerError,
    "unauthorized": ModelRejectedError,
    "not_found": ModelRejectedError,
    "bad_request": ModelRejectedError,
    "redirect": ModelError,
    "hang": ModelDeadlineError,
    "drip": ModelDeadlineError,
    "cut": ModelError,
    "empty_choices": ModelError,
    "no_choices": ModelError,
    "length": ModelCutShortError,
    "content_filter": ModelCutShortError,
    "no_finish": ModelCutShortError,
    "refusal": ModelError,
    "bad_json": ModelReplyError,
    "not_an_object": ModelReplyError,
    "prose": ModelReplyError,
    "empty": ModelReplyError,
    "null_content": ModelReplyError,
    "wrong_tool": ModelToolError,
    "not_json": ModelError,
    "huge": ModelTooLargeError,
    "error_in_body": ModelError,
    "trickle": ModelDeadlineError,
    "trickle_of_much": ModelDeadlineError,
    "reset": ModelUnreachableError,
    "bad_utf8": ModelReplyError,
    "deep": ModelReplyError,
    "deep_content": ModelReplyError,
    "deep_list": ModelReplyError,
    "thought_only": ModelReplyError,
    "thought_in_content": ModelReplyError,
    "thought_closed": ModelReplyError,
    "nan": ModelReplyError,
    "infinity": ModelReplyError,
    "huge_number": ModelReplyError,
    "twice": ModelReplyError,
    "part_of_a_broken_object": ModelReplyError,
    "tool_beside_text": ModelToolError,
    "tool_with_broken_arguments": ModelToolError,
    "tool_without_a_name": ModelError,
    "old_function_call": ModelCutShortError,
    "odd_finish": ModelCutShortError,
    "length_without_content": ModelCutShortError,
    "redirect_permanent": ModelError,
    "too_many_by_ms": ModelRateLimitedError,
    "retry_after_nonsense": ModelServerError,
    "retry_after_infinite": ModelRateLimitedError,
    "retry_after_nan": ModelRateLimitedError,
    "teapot": ModelRejectedError,
    "unknown_server_error": ModelServerError,
    "rejects_all": ModelRejectedError,
    "too_long": ModelRejectedError,
}


@pytest.fixture(scope="module")
def endpoint() -> Iterator[ScriptedEndpoint]:
    with ScriptedEndpoint() as opened:
        yield opened


def _client(endpoint: ScriptedEndpoint, **parts: object) -> ModelClient:
    given = {"name": "scripted", "base_url": endpoint.base_url, "api_key": "k", "deadline_s": DEADLINE_S} | parts
    client = ModelClient(ModelSettings.model_validate(given))
    client.warm_up()  # imports take longer than this file's deadline on a busy machine
    return client


@pytest.mark.parametrize("streams", [False, True])
def test_a_reply_is_read_and_told(endpoint: ScriptedEndpoint, streams: bool) -> None:
    endpoint.follow(says('Here you are:\n```json\n{"a": 1}\n```\nAnything else?'))
    client, ledger = _client(endpoint, streams=streams, input_price=2.0, output_price=8.0), ModelLedger()
    reply = client.complete(REQUEST, client.question_budget(), client.step_requests(), ledger)
    client.close()
    assert reply.data == {"a": 1}
    assert (reply.input_tokens, reply.output_tokens, reply.finish_reason) == (100, 20, "stop")
    (call,) = ledger.calls
    assert call.cost == pytest.approx((100 * 2 + 20 * 8) / 1_000_000)
    assert call.egress_counts == {"metrics": 2}
    assert endpoint.requests[0]["response_format"]["json_schema"]["schema"] == SCHEMA.schema
    assert bool(endpoint.requests[0].get("stream")) is streams
    assert endpoint.headers[0]["authorization"] == "Bearer k"


@pytest.mark.parametrize("streams", [False, True])
@pytest.mark.parametrize("fault", sorted(FAULTS))
def test_each_fault_ends_in_time(endpoint: ScriptedEndpoint, fault: str, streams: bool) -> None:
    endpoint.follow(FAULTS[fault])
    client, ledger = _client(endpoint, streams=streams), ModelLedger()
    started = time.monotonic()
    with pytest.raises(EXPECTED[fault]) as raised:
        client.complete(REQUEST, client.question_budget(), client.step_requests(), ledger)
    assert time.monotonic() - started < DEADLINE_S + 1
    assert 1 <= len(endpoint.requests) <= 3
    client.close()
    (call,) = ledger.calls
    assert call.error == raised.value.code
    assert call.attempts == len(endpoint.requests)
    assert "scripted" not in str(raised.value)


def test_a_refusal_is_told_as_one(endpoint: ScriptedEndpoint) -> None:
    endpoint.follow(FAULTS["refusal"])
    client = _client(endpoint)
    with pytest.raises(ModelRefusalError):
        client.complete(REQUEST, client.question_budget(), client.step_requests(), ModelLedger())
    client.close()


def test_what_passes_is_tried_again(endpoint: ScriptedEndpoint) -> None:
    endpoint.follow(in_turn(FAULTS["rate_limited"], FAULTS["server_error"], says({"a": 1})))
    client = _client(endpoint, deadline_s=5)
    reply = client.complete(REQUEST, client.question_budget(), client.step_requests(), ModelLedger())
    client.close()
    assert reply.data == {"a": 1}
    assert len(endpoint.requests) == 3


def test_an_endpoint_without_schemas_gets_them_in_words(endpoint: ScriptedEndpoint) -> None:
    endpoint.follow(lambda request, _number: FAULTS["bad_request"] if "response_format" in request else says({"a": 2}))
    client = _client(endpoint)
    reply = client.complete(REQUEST, client.question_budget(), client.step_requests(), ModelLedger())
    assert reply.data == {"a": 2}
    assert SCHEMA.text in endpoint.requests[-1]["messages"][0]["content"]
    client.complete(REQUEST, client.question_budget(), client.step_requests(), ModelLedger())
    client.close()
    assert len(endpoint.requests) == 4, "what the endpoint cannot do is remembered"


def _demands(**wants: object) -> Script:
    """An endpoint that takes a request only if nothing stands against it, and names the first thing that does."""

    def script(request: dict[str, Any], _number: int) -> Reply:
        for name, wanted in wants.items():
            given = bool(request.get(name)) if name == "stream" else name in request
            if name == "system":
                given = any(message["role"] == "system" for message in request["messages"])
            if given is not wanted:
                words = (
                    f"Unsupported or missing parameter: '{name}'" if name != "system" else "System role not supported"
                )
                return Reply(fault="status", status=400, error=words)
        return says({"a": 4})

    return script


@pytest.mark.parametrize(
    ("script", "requests"),
    [
        (_demands(response_format=False), 2),
        (_demands(temperature=False), 2),
        (_demands(response_format=False, temperature=False), 3),
        (_demands(response_format=False, system=False), 3),
        (_demands(max_completion_tokens=True), 2),
        (_demands(max_tokens=True), 2),
        (_demands(max_completion_tokens=True, temperature=False), 3),
        (_demands(system=False), 2),
        (_demands(system=False, temperature=False), 3),
        (_demands(stream=False), 2),
        (_demands(stream_options=False), 2),
    ],
)
def test_the_client_learns_what_an_endpoint_takes(endpoint: ScriptedEndpoint, script: Script, requests: int) -> None:
    endpoint.follow(script)
    client = _client(endpoint, temperature=0.0, streams=True)
    reply = client.complete(REQUEST, client.question_budget(), client.step_requests(), ModelLedger())
    assert reply.data == {"a": 4}
    assert len(endpoint.requests) == requests <= 3
    client.complete(REQUEST, client.question_budget(), client.step_requests(), ModelLedger())
    client.close()
    assert len(endpoint.requests) == requests + 1, "what was learned is kept"


def test_a_refusal_that_names_nothing_leads_to_the_plainest_request(endpoint: ScriptedEndpoint) -> None:
    def plain_only(request: dict[str, Any], _number: int) -> Reply:
        plain = set(request) <= {"messages", "model", "stream"} and not request.get("stream")
        return says({"a": 5}) if plain else Reply(fault="status", status=422, error="unprocessable")

    endpoint.follow(plain_only)
    client = _client(endpoint, temperature=0.5, streams=True)
    reply = client.complete(REQUEST, client.question_budget(), client.step_requests(), ModelLedger())
    client.close()
    assert reply.data == {"a": 5}
    assert len(endpoint.requests) == 3


def test_one_refused_question_changes_nothing_for_the_next(endpoint: ScriptedEndpoint) -> None:
    endpoint.follow(FAULTS["bad_request"])
    client = _client(endpoint)
    with pytest.raises(ModelRejectedError):
        client.complete(REQUEST, client.question_budget(), client.step_requests(), ModelLedger())
    endpoint.follow(says({"a": 6}))
    client.complete(REQUEST, client.question_budget(), client.step_requests(), ModelLedger())
    client.close()
    assert endpoint.requests[0]["response_format"]["type"] == "json_schema"


def test_no_key_follows_a_redirect(endpoint: ScriptedEndpoint) -> None:
    with ScriptedEndpoint(says({"a": 7})) as elsewhere:
        to = {"Location": f"{elsewhere.base_url}/chat/completions"}
        for status in (301, 302, 303, 307, 308):
            endpoint.follow(Reply(fault="status", status=status, headers=to))
            client = _client(endpoint)
            with pytest.raises(ModelError):
                client.complete(REQUEST, client.question_budget(), client.step_requests(), ModelLedger())
            client.close()
        assert elsewhere.requests == []


@pytest.mark.parametrize("fault", ["plain_text", "nan_usage"])
def test_what_is_odd_but_whole_is_read(endpoint: ScriptedEndpoint, fault: Any) -> None:
    endpoint.follow(says({"a": 8}, fault=fault))
    client, ledger = _client(endpoint), ModelLedger()
    reply = client.complete(REQUEST, client.question_budget(), client.step_requests(), ledger)
    client.close()
    assert reply.data == {"a": 8}
    (call,) = ledger.calls
    assert call.error is None


def test_a_whole_reply_in_place_of_a_stream_ends_in_time(endpoint: ScriptedEndpoint) -> None:
    endpoint.follow(says({"a": 8}, fault="whole_for_stream"))
    client = _client(endpoint, streams=True)
    with pytest.raises(ModelReplyError):
        client.complete(REQUEST, client.question_budget(), client.step_requests(), ModelLedger())
    client.close()


@pytest.mark.parametrize("finish", ["stop", "STOP", "eos", "end_turn"])
def test_a_natural_end_has_several_names(endpoint: ScriptedEndpoint, finish: str) -> None:
    endpoint.follow(says('<think>{"a": 1}, or 2?</think>\n```json\n{"a": 9}\n```', finish_reason=finish))
    client = _client(endpoint)
    reply = client.complete(REQUEST, client.question_budget(), client.step_requests(), ModelLedger())
    client.close()
    assert reply.data == {"a": 9}, "what was thought aloud is no reply"


def test_a_question_has_twelve_requests(endpoint: ScriptedEndpoint) -> None:
    endpoint.follow(says({"a": 1}))
    client = _client(endpoint, deadline_s=20)
    budget = client.question_budget()
    for _ in range(12):
        client.complete(REQUEST, budget, client.step_requests(), ModelLedger())
    with pytest.raises(ModelBudgetError):
        client.complete(REQUEST, budget, client.step_requests(), ModelLedger())
    client.close()
    assert len(endpoint.requests) == 12


def test_no_listener_is_an_unreachable_model() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    client = ModelClient(ModelSettings(name="none", base_url=f"http://127.0.0.1:{port}/v1", deadline_s=DEADLINE_S))
    client.warm_up()
    started = time.monotonic()
    with pytest.raises(ModelUnreachableError):
        client.complete(REQUEST, client.question_budget(), client.step_requests(), ModelLedger())
    client.close()
    assert time.monotonic() - started < DEADLINE_S + 1


def test_calling_off_stops_the_request(endpoint: ScriptedEndpoint) -> None:
    endpoint.follow(FAULTS["drip"])
    client = _client(endpoint, deadline_s=30)
    budget = client.question_budget()
    threading.Timer(0.4, budget.cancel).start()
    started = time.monotonic()
    with pytest.raises(ModelCancelledError):
        client.complete(REQUEST, budget, client.step_requests(), ModelLedger())
    assert time.monotonic() - started < 1.5
    for _ in range(50):
        if endpoint.broken_off:
            break
        time.sleep(0.02)
    client.close()
    assert endpoint.broken_off == 1, "the connection is closed, not only forgotten"


def test_a_failing_endpoint_is_left_alone_and_tried_again(endpoint: ScriptedEndpoint) -> None:
    now = [0.0]
    client = _client(endpoint)
    client.breaker = CircuitBreaker(failures=3, rest_s=10, clock=lambda: now[0])
    endpoint.follow(Reply(fault="status", status=500))
    with pytest.raises(ModelError):
        client.complete(REQUEST, client.question_budget(), client.step_requests(), ModelLedger())
    asked = len(endpoint.requests)
    with pytest.raises(ModelRestingError):
        client.complete(REQUEST, client.question_budget(), client.step_requests(), ModelLedger())
    assert len(endpoint.requests) == asked
    endpoint.follow(says({"a": 3}))
    now[0] = 11.0
    reply = client.complete(REQUEST, client.question_budget(), client.step_requests(), ModelLedger())
    client.close()
    assert reply.data == {"a": 3}


def test_a_proxy_of_the_environment_is_used_but_for_what_it_leaves_out(monkeypatch: pytest.MonkeyPatch) -> None:
    from agent.models.transport import proxy_for

    monkeypatch.setenv("https_proxy", "http://proxy.example:3128")
    monkeypatch.setenv("no_proxy", "localhost,127.0.0.1")
    assert proxy_for("https://models.example/v1") == "http://proxy.example:3128"
    assert proxy_for("https://localhost:8000/v1") is None
