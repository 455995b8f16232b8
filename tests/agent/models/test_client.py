"""The client's leash: every fault of an endpoint ends in a typed error within the deadline, by few requests."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator

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
from tests.agent.endpoint.replies import FAULTS, Reply, in_turn, says
from tests.agent.endpoint.server import ScriptedEndpoint

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
