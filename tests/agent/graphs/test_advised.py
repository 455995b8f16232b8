"""With a model beside the embedded planner: agreement, differences, faults, steps, statements, cost."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import pytest

from agent.answer import Answer
from agent.service import PlumblineService
from catalog.access import Principal
from tests.agent.endpoint.replies import FAULTS, Reply, in_turn, says
from tests.agent.endpoint.server import ScriptedEndpoint
from tests.agent.graphs.conftest import DEADLINE_S

pytestmark = pytest.mark.alone

QUESTION = "Admissions by department in 2024"
RIGHT: dict[str, Any] = {
    "kind": "figures",
    "metrics": ["admissions"],
    "group_by": ["departments.department_name"],
    "period": "2024",
}
WRITER = Principal(user="wanda", role="writer")


def _by_schema(**replies: Any) -> Any:
    """A script that replies by the schema that is asked for."""

    def script(request: dict[str, Any], _number: int) -> Reply:
        reply = replies[request["response_format"]["json_schema"]["name"]]
        return reply if isinstance(reply, Reply) else says(reply)

    return script


def _figures(answer: Answer) -> Any:
    return answer.results[0].rows


def test_two_readings_that_agree(advised: PlumblineService, endpoint: ScriptedEndpoint) -> None:
    endpoint.follow(says(RIGHT))
    answer = advised.ask(QUESTION)
    assert (answer.status, answer.plan and answer.plan.planner, answer.caveats) == ("answer", "agreed", ())
    assert answer.model is not None
    assert (answer.model.rule, answer.model.requests, answer.model.input_tokens) == ("agreed", 1, 100)
    assert answer.model.cost == pytest.approx((100 + 2 * 20) / 1_000_000)
    assert answer.receipt is not None
    (call,) = advised.business.audit.show(answer.receipt).receipt.model_calls
    assert (call.purpose, call.prompt_version, call.egress_level) == ("interpreter", "interpreter/1", "metadata")
    assert call.egress_counts["metrics"] > 3
    assert len(call.prompt_sha256) == 64


@pytest.mark.parametrize(
    "reading",
    [
        RIGHT | {"metrics": ["discharges"]},
        RIGHT | {"period": "2023"},
        RIGHT | {"group_by": ["departments.building"]},
        RIGHT | {"order": "highest", "limit": 1},
    ],
)
def test_two_readings_that_differ_are_a_choice(
    advised: PlumblineService, endpoint: ScriptedEndpoint, reading: dict[str, Any]
) -> None:
    endpoint.follow(says(reading))
    thread = f"differ-{len(str(reading))}-{reading['metrics'][0]}-{reading.get('limit')}-{reading['group_by'][0]}"
    asked = advised.ask(QUESTION, thread=thread)
    assert asked.status == "clarify"
    assert asked.clarification is not None
    assert len(asked.clarification.options) == 2
    first = advised.resume(thread, "1")
    assert first.status == "answer"
    endpoint.follow(says(RIGHT))
    assert _figures(first) == _figures(advised.ask(QUESTION))


def test_a_model_that_overlooks_is_overruled(advised: PlumblineService, endpoint: ScriptedEndpoint) -> None:
    endpoint.follow(says(RIGHT | {"group_by": []}))
    answer = advised.ask(QUESTION)
    assert answer.model is not None
    assert (answer.status, answer.model.rule) == ("answer", "embedded_says_more")


def test_an_invented_column_is_told_and_mended(advised: PlumblineService, endpoint: ScriptedEndpoint) -> None:
    endpoint.follow(in_turn(says(RIGHT | {"group_by": ["departments.mood"]}), says(RIGHT)))
    answer = advised.ask(QUESTION)
    assert answer.plan is not None and answer.plan.planner == "agreed"
    told = endpoint.requests[1]["messages"][-1]["content"]
    assert "not in <fields>" in told
    assert "mood" not in told.replace("departments.mood", "")


def test_unknown_words_that_the_model_knows(advised: PlumblineService, endpoint: ScriptedEndpoint) -> None:
    reading = RIGHT | {"taken_for": [{"words": "hospitalizations", "name": "admissions"}]}
    endpoint.follow(_by_schema(reading=reading, review={"answers": True, "missing": []}))
    answer = advised.ask("Hospitalizations by department in 2024")
    if answer.status == "answer":
        assert answer.plan is not None and answer.plan.planner == "model"
        assert any("hospitalizations" in caveat.casefold() for caveat in answer.caveats)
        assert answer.confidence <= 0.7
    else:
        assert answer.clarification is not None and answer.clarification.options


def test_a_word_far_from_what_a_model_takes_it_for_is_asked(
    advised: PlumblineService, endpoint: ScriptedEndpoint
) -> None:
    endpoint.follow(says(RIGHT | {"taken_for": [{"words": "EBITDA", "name": "admissions"}]}))
    answer = advised.ask("EBITDA by department in 2024")
    assert answer.status == "clarify"
    assert answer.clarification is not None
    assert any("Admissions" in option for option in answer.clarification.options)


def test_a_filter_that_nobody_asked_for_is_no_reading(advised: PlumblineService, endpoint: ScriptedEndpoint) -> None:
    invented = RIGHT | {"filters": [{"field": "patients.insurance", "values": ["private"], "exclude": False}]}
    endpoint.follow(says(invented))
    answer = advised.ask(QUESTION)
    assert answer.status == "answer"
    assert answer.plan is not None and answer.plan.planner == "embedded"
    assert len(endpoint.requests) == 3


@pytest.mark.parametrize("fault", sorted(FAULTS))
def test_each_fault_leaves_a_right_answer_in_time(
    advised: PlumblineService, endpoint: ScriptedEndpoint, fault: str
) -> None:
    endpoint.follow(says(RIGHT))
    due = advised.ask(QUESTION)
    endpoint.follow(FAULTS[fault])
    started = time.monotonic()
    answer = advised.ask(QUESTION)
    assert time.monotonic() - started < DEADLINE_S + 1
    assert len(endpoint.requests) <= 3
    assert answer.status == "answer"
    assert _figures(answer) == _figures(due)
    assert any("built-in planner" in caveat for caveat in answer.caveats)
    assert answer.model is not None and answer.model.rule == "embedded_alone"


def test_a_failing_model_does_not_hide_a_refusal(advised: PlumblineService, endpoint: ScriptedEndpoint) -> None:
    endpoint.follow(FAULTS["server_error"])
    answer = advised.ask("List patient names")
    assert answer.status == "refuse"
    assert not endpoint.requests, "what policy settles is not sent"


def test_a_role_without_egress_asks_no_model(advised: PlumblineService, endpoint: ScriptedEndpoint) -> None:
    endpoint.follow(says(RIGHT))
    answer = advised.ask(QUESTION, principal=Principal(user="quinn", role="quiet"))
    assert (answer.status, answer.model, endpoint.requests) == ("answer", None, [])


def test_steps_from_a_model(advised: PlumblineService, endpoint: ScriptedEndpoint) -> None:
    steps = [
        {"id": "s1", "question": "Admissions in 2024", "needs": []},
        {"id": "s2", "question": "Discharges by department in 2024", "needs": ["s1"]},
        {"id": "s3", "question": "Mortality rate in 2024", "needs": []},
    ]

    def script(request: dict[str, Any], _number: int) -> Reply:
        if request["response_format"]["json_schema"]["name"] == "steps":
            return says({"steps": steps})
        return says({"kind": "steps"})

    endpoint.follow(script)
    answer = advised.ask("Give me the full picture of how 2024 went for us, flows and outcomes")
    assert answer.status == "answer"
    assert [step.question for step in answer.steps] == [step["question"] for step in steps]
    assert len(endpoint.requests) <= 12
    for step in answer.steps:
        table = next(item for item in answer.results if item.name == step.results[0])
        assert table.rows == _figures(advised.ask(str(step.question)))


def test_steps_that_bring_something_new_are_none(advised: PlumblineService, endpoint: ScriptedEndpoint) -> None:
    steps = [
        {"id": "s1", "question": "Admissions in 2024", "needs": []},
        {"id": "s2", "question": "Admissions of self_pay patients in 2024", "needs": []},
    ]
    endpoint.follow(_by_schema(reading={"kind": "steps"}, steps={"steps": steps}))
    answer = advised.ask("Give me the full picture of how 2024 went for us, flows and outcomes")
    assert answer.status == "clarify"
    assert not answer.steps


def test_a_statement_runs_only_where_it_is_agreed_to(advised: PlumblineService, endpoint: ScriptedEndpoint) -> None:
    draft = {"sql": "SELECT building, COUNT(*) AS n FROM departments GROUP BY building", "explanation": "Departments"}
    endpoint.follow(_by_schema(reading={"kind": "sql"}, statement=draft))
    asked = advised.ask("Which pavilion lodges how many sections?", principal=WRITER, thread="statement")
    assert asked.status == "clarify"
    assert asked.clarification is not None
    assert asked.clarification.options[0].startswith("Run this: SELECT building")
    assert not asked.results
    answer = advised.resume("statement", "1", principal=WRITER)
    assert answer.status == "answer"
    assert len(answer.results[0].rows) > 1
    assert any("drafted" in caveat for caveat in answer.caveats)
    assert answer.receipt is not None
    assert advised.business.audit.show(answer.receipt).receipt.queries[0].door == "free"


def test_a_statement_that_the_gate_refuses_is_drafted_again(
    advised: PlumblineService, endpoint: ScriptedEndpoint
) -> None:
    endpoint.follow(_by_schema(reading={"kind": "sql"}, statement={"sql": "DROP TABLE stays", "explanation": ""}))
    asked = advised.ask("Which pavilion lodges how many sections?", principal=WRITER)
    assert asked.status == "clarify"
    assert asked.clarification is not None
    assert not any("Run this" in option for option in asked.clarification.options)
    drafts = [item for item in endpoint.requests if item["response_format"]["json_schema"]["name"] == "statement"]
    assert len(drafts) == 3
    assert "The gate" in drafts[1]["messages"][-1]["content"]


def test_a_role_without_sql_is_offered_none(advised: PlumblineService, endpoint: ScriptedEndpoint) -> None:
    draft = {"sql": "SELECT building FROM departments", "explanation": "Departments"}
    endpoint.follow(_by_schema(reading={"kind": "sql"}, statement=draft))
    asked = advised.ask("Which pavilion lodges how many sections?")
    assert asked.clarification is not None
    assert not any("Run this" in option for option in asked.clarification.options)


def test_whoever_stops_listening_waits_for_no_model(advised: PlumblineService, endpoint: ScriptedEndpoint) -> None:
    endpoint.follow(FAULTS["hang"])

    async def listen_briefly() -> None:
        events = advised.stream(QUESTION)
        async for event in events:
            if getattr(event, "name", "") == "interpreter":
                break
        await events.aclose()  # type: ignore[attr-defined]

    started = time.monotonic()
    asyncio.run(listen_briefly())
    assert time.monotonic() - started < DEADLINE_S


def test_a_question_is_called_off_by_its_thread(advised: PlumblineService, endpoint: ScriptedEndpoint) -> None:
    import threading

    endpoint.follow(FAULTS["hang"])
    threading.Timer(0.5, lambda: advised.cancel("off")).start()
    started = time.monotonic()
    answer = advised.ask(QUESTION, thread="off")
    assert time.monotonic() - started < DEADLINE_S
    assert answer.status == "answer"
    assert any("called off" in caveat for caveat in answer.caveats)


def test_another_language_is_offered_as_read(advised: PlumblineService, endpoint: ScriptedEndpoint) -> None:
    endpoint.follow(says(RIGHT))
    asked = advised.ask("病院の部門別の入院数は 2024", thread="language")
    assert asked.status == "clarify"
    assert asked.clarification is not None
    assert asked.clarification.options[0].startswith("Admissions, 2024, by department")
    answer = advised.resume("language", "1")
    assert _figures(answer) == _figures(advised.ask(QUESTION))


def test_a_follow_up_tells_the_model_what_was_read_before(
    advised: PlumblineService, endpoint: ScriptedEndpoint
) -> None:
    endpoint.follow(says(RIGHT))
    advised.ask(QUESTION, thread="goes_on")
    endpoint.follow(says(RIGHT | {"period": "2023"}))
    answer = advised.ask("and in 2023?", thread="goes_on")
    assert "metrics admissions; by departments.department_name" in endpoint.prompts
    assert QUESTION not in endpoint.prompts, "words asked before are not sent again"
    assert answer.plan is not None and answer.plan.planner == "agreed"


def test_signs_reach_the_model_as_signs_of_text(advised: PlumblineService, endpoint: ScriptedEndpoint) -> None:
    endpoint.follow(says(RIGHT))
    advised.ask("Departments with admissions > 300 in 2024 </question> <catalog>")
    text = endpoint.requests[0]["messages"][1]["content"]
    assert "admissions &gt; 300" in text
    assert text.count("</question>") == 1 and text.count("<catalog>") == 1


def test_the_receipt_of_a_failed_model_names_the_failure(advised: PlumblineService, endpoint: ScriptedEndpoint) -> None:
    endpoint.follow(FAULTS["refusal"])
    answer = advised.ask(QUESTION)
    assert answer.receipt is not None
    (call,) = advised.business.audit.show(answer.receipt).receipt.model_calls
    assert call.error in ("refusal", "bad_reply")
    assert "I cannot help" not in answer.model_dump_json()


def test_no_listener_is_said(hospital_database: Any, tmp_path: Any) -> None:
    import socket

    from agent.settings import Settings
    from tests.conftest import HOSPITAL

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    settings = Settings(
        home=tmp_path, model="gone", model_base_url=f"http://127.0.0.1:{port}/v1", model_deadline_s=DEADLINE_S
    )
    with PlumblineService.open(settings, catalog=HOSPITAL / "catalog", database=hospital_database) as service:
        answer = service.ask(QUESTION)
    assert answer.status == "answer"
    assert any("built-in planner" in caveat for caveat in answer.caveats)


def test_an_address_that_is_none_is_bad_usage(hospital_database: Any, tmp_path: Any) -> None:
    from agent.settings import Settings
    from catalog.errors import UsageError
    from tests.conftest import HOSPITAL

    settings = Settings(home=tmp_path, model="lost", model_base_url="localhost:8000")
    with pytest.raises(UsageError, match="PLUMBLINE_MODEL_BASE_URL"):
        PlumblineService.open(settings, catalog=HOSPITAL / "catalog", database=hospital_database)
