"""The SQL engineer's nodes. A draft passes the free door, and is tried there; its rows are not kept."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from langgraph.channels import UntrackedValue
from langgraph.graph import END
from langgraph.runtime import Runtime

from agent.errors import PolicyRefusal, QueryError, WarehouseError
from agent.graphs.answering.state import AnswerContext, AnswerState
from agent.graphs.interpreter.nodes import consultation_of
from agent.graphs.progress import say
from agent.models.client import StepRequests
from agent.models.errors import ModelError, ModelReplyError
from agent.models.request import ModelRequest
from agent.planners.llm import MOST_REPAIRS
from agent.planners.model.sql_draft import SqlDraft, draft_of, sql_request
from agent.tools.guard.free import guard_free
from agent.tools.guard.uncounted import uncounted
from catalog.plan import Choice, Plan

Run = Runtime[AnswerContext]


class EngineerState(AnswerState, total=False):
    """The question's state, and the draft in the making."""

    request: Annotated[ModelRequest, UntrackedValue]
    requests_left: Annotated[StepRequests, UntrackedValue]
    tries: Annotated[int, UntrackedValue]
    statement: Annotated[SqlDraft | None, UntrackedValue]
    objection: Annotated[str, UntrackedValue]
    gave_up: Annotated[str, UntrackedValue]


def draft(state: EngineerState, runtime: Run) -> dict[str, Any]:
    """Asks for a statement, the first time or once more with what stands against the last one."""
    consultation = consultation_of(runtime)
    tries = state.get("tries", 0)
    if not tries:
        say(runtime, "sql_engineer", "Drafting a statement", "started")
    request = state.get("request")
    if request is None:
        planner = consultation.planner
        as_of = dt.date.fromisoformat(state["as_of"])
        request = sql_request(planner.embedded, state["question"], as_of, planner.clean)
    elif state.get("objection"):
        request = request.answered("(the statement as drafted)", f"{state['objection']} Draft it again.")
    left = state.get("requests_left") or consultation.client.step_requests()
    kept: dict[str, Any] = {"request": request, "requests_left": left, "tries": tries + 1, "statement": None}
    try:
        reply = consultation.client.complete(request, consultation.budget, left, consultation.ledger)
        statement = draft_of(reply.data)
    except ModelReplyError as problem:
        return {**kept, "objection": f"{problem}."}
    except ModelError as error:
        return {**kept, "gave_up": str(error)}
    if not statement.sql.strip():
        return {**kept, "gave_up": "the tables do not answer it"}
    return {**kept, "statement": statement, "objection": ""}


def after_drafting(state: EngineerState) -> str:
    """Tries the draft; drafts again where there is none; ends where there will be none."""
    if state.get("gave_up"):
        return END
    if state.get("statement") is not None:
        return "try_out"
    return "draft" if _may_try_again(state) else END


def try_out(state: EngineerState, runtime: Run) -> dict[str, Any]:
    """The draft through the free door and the engine; what they object to, in generic words."""
    statement = state["statement"]
    assert statement is not None
    context = runtime.context
    try:
        context.warehouse.run(guard_free(statement.sql, uncounted(context.view)), name="draft")
    except PolicyRefusal as refusal:
        return {"objection": f"The gate refuses it ({refusal.rule})."}
    except QueryError:
        return {"objection": "The gate cannot read it: use only the tables and columns given, and plain SELECT."}
    except WarehouseError as error:
        return {"objection": f"The engine cannot run it ({type(error).__name__})."}
    return {"objection": ""}


def after_trying(state: EngineerState) -> str:
    """Offers what runs; drafts again what does not, while it may."""
    if not state.get("objection"):
        return "offer"
    return "draft" if _may_try_again(state) else END


def _may_try_again(state: EngineerState) -> bool:
    return state.get("tries", 0) <= MOST_REPAIRS and state["requests_left"].left > 0


def offer(state: EngineerState, runtime: Run) -> dict[str, Any]:
    """A question back that shows the statement: it runs only where the asker agrees."""
    statement = state["statement"]
    asking = Plan.model_validate(state["plan"])
    assert statement is not None and asking.clarification is not None
    say(runtime, "sql_engineer", "A statement to agree to", "finished", statement.sql)
    plan = Plan(
        shape="records",
        statement=statement.sql,
        interpretation="The statement that a model drafted",
        planner="model",
        confidence=0.5,
        caveats=("A model drafted this statement; it uses no governed metric. Check that it says what you asked.",),
    )
    choice = Choice(label=f"Run this: {' '.join(statement.sql.split())}", plan=plan)
    asked = asking.clarification
    question = "No governed metric answers this. A model drafted a statement for it; shall I run it?"
    changed = asked.model_copy(update={"question": question, "choices": (choice, *asked.choices)[:5]})
    return {"plan": asking.model_copy(update={"clarification": changed}).model_dump(mode="json"), "wants": ""}
