"""A defect anywhere in answering ends in an error with a receipt: generic words for the asker, the detail in the log alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from agent.answer import Answer
from agent.graphs.supervisor import build_supervisor
from agent.graphs.supervisor.steps import _step_graph
from agent.graphs.traced import TracedAgent
from agent.service import DEFECT, PlumblineService
from agent.tools.audit import AuditLog
from catalog.access import Principal
from tests.agent.endpoint.replies import Reply, Script, says
from tests.agent.endpoint.server import ScriptedEndpoint

SECRET = "Ada Lovelace, diagnosis E11"
WRITER = Principal(user="wanda", role="writer")
FIGURES = "Admissions by department in 2024"
BOTH = "Admissions in May 2025; discharges by department in 2024"
NO_METRIC = "Which pavilion lodges how many sections?"
PICTURE = "Give me the full picture of how 2024 went for us, flows and outcomes"

Asked = tuple[str, ...]

# What leads to each node; a second question answers what the first asks back. Nodes of a step come last.
WAYS: dict[str, Asked] = {
    "understand": (FIGURES,),
    "step_planner/by_joints": (BOTH,),
    "step_planner/ask_model": (PICTURE,),
    "sql_engineer/draft": (NO_METRIC,),
    "sql_engineer/try_out": (NO_METRIC,),
    "sql_engineer/offer": (NO_METRIC,),
    "dispatch": (BOTH,),
    "step": (BOTH,),
    "gather": (BOTH,),
    "join": (BOTH,),
    "interpreter/ask": (FIGURES,),
    "interpreter/read": (FIGURES,),
    "interpreter/settle": (FIGURES,),
    "check_data": (FIGURES,),
    "compute": (FIGURES,),
    "present": (FIGURES,),
    "investigator/analyse": ("Why did admissions change in May 2025?",),
    "investigator/present_finding": ("Why did admissions change in May 2025?",),
    "strategist/analyse": ("Forecast admissions for the next 3 months",),
    "strategist/present_finding": ("Forecast admissions for the next 3 months",),
    "run_statement": (NO_METRIC, "1"),
    "describe": ("what can I ask?",),
    "refuse": ("List patient names",),
    "ask_back": ("Admissions in 2019",),
    "finish": (FIGURES,),
    "critic/check": (BOTH,),
    "critic/second_look": ("Hospitalizations by department in 2024",),
    "narrator/rewrite": (FIGURES,),
    "record": (FIGURES,),
    "await_choice": ("Admissions in 2019", "1"),
    "a step's understand": (PICTURE,),
    "a step's done": (BOTH,),
    "a step's planned": (BOTH,),
    "a step's interpreter/ask": (BOTH,),
    "a step's check_data": (BOTH,),
    "a step's compute": (BOTH,),
    "a step's present": (BOTH,),
}
# Nodes of a step that are the same objects' twins, reached by the same code as the supervisor's own.
_TWINS = (
    "interpreter/read",
    "interpreter/settle",
    "investigator/",
    "strategist/",
    "run_statement",
    "describe",
    "refuse",
    "ask_back",
)


def _nodes(graph: Any, before: str = "") -> Iterator[tuple[str, Any]]:
    """Each node that runs code, by its way through the graphs."""
    for name, node in graph.nodes.items():
        if name == "__start__":
            continue
        agent = getattr(node.bound, "func", None)
        if isinstance(agent, TracedAgent):
            yield from _nodes(agent.graph, f"{before}{name}/")
        else:
            yield f"{before}{name}", node.bound


def _script() -> Script:
    """Replies that let a question pass through every agent."""

    def reply(request: dict[str, Any], _number: int) -> Reply:
        name = request["response_format"]["json_schema"]["name"]
        question = str(request["messages"][1]["content"])
        if name == "steps":
            steps = [
                {"id": "s1", "question": "Admissions in 2024", "needs": []},
                {"id": "s2", "question": "Mortality rate in 2024", "needs": []},
            ]
            return says({"steps": steps})
        if name == "statement":
            return says({"sql": "SELECT building, COUNT(*) AS n FROM departments GROUP BY building", "explanation": ""})
        if name == "reading":
            reading = {
                "kind": "figures",
                "metrics": ["admissions"],
                "group_by": ["departments.department_name"],
                "period": "2024",
            }
            if PICTURE in question:
                return says({"kind": "steps"})
            if NO_METRIC in question:
                return says({"kind": "sql"})
            if "Hospitalizations" in question:
                return says(reading | {"taken_for": [{"words": "hospitalizations", "name": "admissions"}]})
            return says(reading) if FIGURES in question else Reply(content=None, refusal="no")
        return says({"answers": True, "missing": [], "sentences": []})

    return reply


@pytest.fixture
def narrating(advised: PlumblineService, endpoint: ScriptedEndpoint, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The hospital with a model that has a say in everything, words near to each other included."""
    endpoint.follow(_script())
    monkeypatch.setattr(
        advised.business, "settings", advised.business.settings.model_copy(update={"model_narrates": True})
    )
    monkeypatch.setattr(advised.business, "nearness", lambda view, words, name: 0.95)
    return advised


def _every_node(service: PlumblineService) -> dict[str, Any]:
    found = dict(_nodes(service._graph(keeps_state=True)))
    return found | {f"a step's {name}": bound for name, bound in _nodes(_step_graph())}


def _failure(log: AuditLog, answer: Answer) -> str:
    assert answer.receipt is not None
    receipt = log.show(answer.receipt).receipt
    assert receipt.status == "error"
    return receipt.failure or ""


def test_every_node_has_a_way() -> None:
    alone = dict(_nodes(build_supervisor()))
    stepped = {f"a step's {name}" for name, _ in _nodes(_step_graph()) if not name.startswith(_TWINS)}
    assert set(WAYS) == set(alone) | stepped


@pytest.mark.parametrize("node", WAYS)
def test_a_defect_at_a_node(narrating: PlumblineService, monkeypatch: pytest.MonkeyPatch, node: str) -> None:
    reached = []

    def defect(*_args: Any, **_named: Any) -> None:
        reached.append(node)
        raise KeyError(SECRET)

    *first, last = WAYS[node]
    thread = f"defect-{node}"
    for question in first:
        assert narrating.ask(question, principal=WRITER, thread=thread).status == "clarify"
    log = narrating.business.audit
    before = log.verify().receipts
    with monkeypatch.context() as patched:
        patched.setattr(_every_node(narrating)[node], "func", defect)
        answer = narrating.ask(last, principal=WRITER, thread=thread)
    assert reached, "the question does not lead there"
    assert (answer.status, answer.exit_code, answer.error, answer.results) == ("error", 1, DEFECT, ())
    assert SECRET not in answer.model_dump_json()
    assert SECRET in _failure(log, answer)
    assert log.verify().receipts == before + 1
    again = narrating.ask(FIGURES, principal=WRITER, thread=thread)
    assert again.status == "answer", "the thread goes on"


@pytest.mark.parametrize("way", ["ask", "draft_sql", "run_sql", "query", "plan"])
def test_a_defect_outside_the_graph(hospital: PlumblineService, monkeypatch: pytest.MonkeyPatch, way: str) -> None:
    from agent import direct
    from catalog.query import MetricQuery, MetricUse

    def defect(*_args: Any, **_named: Any) -> Any:
        raise ValueError(SECRET)

    for name in ("draft_answer", "query_answer", "sql_answer"):
        monkeypatch.setattr(direct, name, defect)
    monkeypatch.setattr(type(hospital.business), "planner", defect)
    asked = {
        "ask": lambda: hospital.ask(FIGURES),
        "plan": lambda: hospital.ask(FIGURES, thread="kept"),
        "draft_sql": lambda: hospital.draft_sql(FIGURES),
        "run_sql": lambda: hospital.run_sql("SELECT 1"),
        "query": lambda: hospital.run_query(MetricQuery(metrics=(MetricUse(metric="admissions"),))),
    }
    answer = asked[way]()
    assert (answer.status, answer.error) == ("error", DEFECT)
    assert SECRET in _failure(hospital.business.audit, answer)


def test_no_receipt_no_answer(hospital: PlumblineService, monkeypatch: pytest.MonkeyPatch) -> None:
    from agent import receipts
    from agent.errors import StoreError

    def defect(*_args: Any, **_named: Any) -> Any:
        raise ValueError(SECRET)

    monkeypatch.setattr(receipts, "receipt_of", defect)
    monkeypatch.setattr("agent.graphs.answering.nodes.receipt_of", defect)
    with pytest.raises(StoreError) as raised:
        hospital.ask(FIGURES)
    assert SECRET not in str(raised.value)
