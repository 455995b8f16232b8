"""The nodes: each thin, each calling one tool."""

from __future__ import annotations

import datetime as dt
import time
from typing import Any

from langgraph.graph import END
from langgraph.runtime import Runtime
from langgraph.types import Command, interrupt

from agent.answer import Answer, ClarificationShown, RefusalShown, StepEvent
from agent.graphs.answering.narrowed import narrowed_plan
from agent.graphs.answering.shown_rows import rows_to_point_at, shown_rows
from agent.graphs.answering.specialist_kinds import specialist_for
from agent.graphs.answering.state import AnswerContext, AnswerState
from agent.planners.embedded.reach import base_datasets
from agent.receipts import receipt_of
from agent.tools.analysis.present_finding import present_finding
from agent.tools.analysis.registry import run_analysis
from agent.tools.describe import describe_figures, describe_metric, describe_overview
from agent.tools.existence import find_missing_things
from agent.tools.guard.compiled import guard_compiled
from agent.tools.guard.free import guard_free
from agent.tools.guard.metric_access import require_metric_access
from agent.tools.guard.metric_query import compile_permitted, require_permitted
from agent.tools.guard.own_rows import require_own_rows
from agent.tools.present import present
from agent.tools.warehouse.result import ResultTable
from catalog.access import CatalogView
from catalog.plan import Choice, Plan
from catalog.query import Period, as_datetime
from semantic_context.time_expressions import describe_period

Run = Runtime[AnswerContext]


def _say(runtime: Run, name: str, label: str, state: str, detail: str = "", elapsed_ms: float | None = None) -> None:
    event = StepEvent.model_validate(
        {"name": name, "label": label, "state": state, "detail": detail, "elapsed_ms": elapsed_ms}
    )
    runtime.stream_writer(event)


def _timed(state: AnswerState, name: str, started: float) -> dict[str, float]:
    elapsed_ms = (time.perf_counter() - started) * 1000
    return {**state.get("timings_ms", {}), name: round(elapsed_ms, 2)}


def _plan(state: AnswerState) -> Plan:
    return Plan.model_validate(state["plan"])


def understand(state: AnswerState, runtime: Run) -> dict[str, Any]:
    """Question to plan, with the thread's last answered plan beside it."""
    started = time.perf_counter()
    _say(runtime, "understand", "Understanding the question", "started")
    previous = state.get("previous_plan")
    plan = runtime.context.planner.plan(
        state["question"],
        dt.date.fromisoformat(state["as_of"]),
        Plan.model_validate(previous) if previous else None,
        shown_rows(state, runtime),
    )
    timings = _timed(state, "understand", started)
    _say(runtime, "understand", "Understood", "finished", plan.interpretation, timings["understand"])
    as_json = plan.model_dump(mode="json")
    return {"plan": as_json, "embedded_plan": as_json, "timings_ms": timings}


def done(state: AnswerState) -> dict[str, Any]:
    """A place where ways meet; nothing changes."""
    return {}


def is_planned(state: AnswerState) -> str:
    """Whether a step comes with its plan."""
    return "planned" if state.get("plan") else "unplanned"


def after_understanding(state: AnswerState) -> str:
    """Where a plan goes next."""
    plan = _plan(state)
    if plan.refusal is not None:
        return "refuse"
    if plan.clarification is not None:
        return "ask_back"
    if plan.statement is not None:
        return "run_statement"
    if plan.analysis is not None:
        return specialist_for(plan.analysis.kind)
    return "check_data" if plan.queries else "describe"


def run_statement(state: AnswerState, runtime: Run) -> dict[str, Any]:
    """A drafted statement that the asker has agreed to, through the free door; its figures are of no governed metric."""
    context = runtime.context
    plan = _plan(state)
    assert plan.statement is not None
    _say(runtime, "query", "Asking the database", "started")
    guarded = guard_free(plan.statement, context.view)
    result = context.warehouse.run(guarded, name="statement")
    _say(runtime, "query", f"{len(result.rows):,} rows", "finished", elapsed_ms=result.elapsed_ms)
    return {"results": (result,), "caveats": (), "policies": guarded.policies, "data_span": None}


def after_check(state: AnswerState) -> str:
    """Where a plan goes once its period is known to hold data."""
    return "compute" if _plan(state).queries else after_understanding(state)


def check_data(state: AnswerState, runtime: Run) -> dict[str, Any]:
    """A period wholly outside the metrics' data is asked about instead of answered with nothing."""
    plan = _plan(state)
    for named in plan.queries:
        require_permitted(runtime.context.view, named.query)
        require_own_rows(runtime.context.view, named.query)
    query = plan.queries[0].query
    missing = find_missing_things(runtime.context.view, query, runtime.context.warehouse.run)
    if missing:
        plan = Plan.model_validate({"clarification": missing, "confidence": 0.0})
        return {"plan": plan.model_dump(mode="json"), "data_span": None}
    span = runtime.context.span_of(tuple(use.metric for use in query.metrics)) if query.metrics else None
    if span is None or query.period is None or not _outside(query.period, span):
        return {"data_span": span}
    labels = " and ".join(runtime.context.view.whole.metric_by_name[use.metric].label for use in query.metrics)
    whole = Period(start=span[0], end=span[1] + dt.timedelta(days=1))
    days = f"{span[0].day} {span[0]:%B %Y} to {span[1].day} {span[1]:%B %Y}"
    asked = describe_period(query.period, dt.date.fromisoformat(state["as_of"]))
    instead = plan.model_copy(
        update={
            "queries": (
                plan.queries[0].model_copy(update={"query": query.model_copy(update={"period": whole, "compare": ()})}),
            ),
            "interpretation": plan.interpretation.replace(asked, "all the data"),
        }
    )
    asking = {
        "question": f"There are no data for {labels} in {asked}: they run from {days}. Which period shall I take?",
        "reason": "no_data",
        "choices": (Choice(label=f"All of it, {days}", plan=instead),),
    }
    changed = Plan.model_validate({"clarification": asking, "confidence": 0.0})
    return {"plan": changed.model_dump(mode="json"), "data_span": span}


def _outside(period: Period, span: tuple[dt.date, dt.date]) -> bool:
    first, last = as_datetime(span[0]), as_datetime(span[1]) + dt.timedelta(days=1)
    after = period.start is not None and as_datetime(period.start) >= last
    before = period.end is not None and as_datetime(period.end) <= first
    return after or before


def compute(state: AnswerState, runtime: Run) -> dict[str, Any]:
    """Each query of the plan: compiled, guarded, run."""
    context = runtime.context
    results: list[ResultTable] = []
    caveats: list[str] = []
    policies: list[str] = []
    timings = dict(state.get("timings_ms", {}))
    as_of = dt.date.fromisoformat(state["as_of"])
    plan = _plan(state)
    for place, asked in enumerate(plan.queries):
        started = time.perf_counter()
        protected = context.protect(asked.query, as_of)
        named = asked.model_copy(update={"query": protected.query})
        if protected.condition is not None:
            caveats.append(protected.caveat)
            plan = narrowed_plan(plan, place, protected, context.view)
        _say(runtime, "compile", "Writing the SQL", "started")
        compiled = compile_permitted(context.view, named.query, name=named.name, as_of=as_of)
        guarded = guard_compiled(compiled, context.view)
        timings["compile"] = timings.get("compile", 0.0) + round((time.perf_counter() - started) * 1000, 2)
        _say(runtime, "compile", "SQL written and checked", "finished", guarded.sql, timings["compile"])
        _say(runtime, "query", "Asking the database", "started")
        result = context.warehouse.run(guarded, compiled.columns, name=named.name)
        timings["query"] = timings.get("query", 0.0) + round(result.elapsed_ms, 2)
        _say(runtime, "query", f"{len(result.rows):,} rows", "finished", elapsed_ms=result.elapsed_ms)
        results.append(result)
        caveats += compiled.caveats
        policies += compiled.explanation.policies
    return {
        "plan": plan.model_dump(mode="json"),
        "results": tuple(results),
        "caveats": tuple(dict.fromkeys(caveats)),
        "policies": tuple(dict.fromkeys(policies)),
        "timings_ms": timings,
    }


def present_results(state: AnswerState, runtime: Run) -> dict[str, Any]:
    """Headline, narrative, chart and caveats from the results."""
    started = time.perf_counter()
    plan = _plan(state)
    shown = present(
        plan, state["results"], runtime.context.view, dt.date.fromisoformat(state["as_of"]), state.get("data_span")
    )
    answer = _base(state, runtime, "answer").model_copy(
        update={
            "interpretation": plan.interpretation,
            "results": state["results"],
            "headline": shown.headline,
            "narrative": shown.narrative,
            "chart": shown.chart,
            "caveats": tuple(dict.fromkeys((*plan.caveats, *state["caveats"], *shown.caveats))),
            "confidence": plan.confidence,
        }
    )
    return {
        "answer": answer,
        "previous_plan": state["plan"],
        **rows_to_point_at(plan, state["results"]),
        "timings_ms": _timed(state, "present", started),
    }


def analyse(state: AnswerState, runtime: Run) -> dict[str, Any]:
    """Runs the plan's analysis; one that needs to know more becomes a question back."""
    started = time.perf_counter()
    plan = _plan(state)
    assert plan.analysis is not None
    _say(runtime, "analyse", "Analysing", "started")
    desk = runtime.context.desk(
        dt.date.fromisoformat(state["as_of"]), lambda label: _say(runtime, "analyse", label, "started")
    )
    finding = run_analysis(plan.analysis, desk)
    timings = _timed(state, "analyse", started)
    _say(runtime, "analyse", "Analysed", "finished", elapsed_ms=timings["analyse"])
    if finding.clarification is not None:
        asking = Plan(clarification=finding.clarification, confidence=0.0)
        return {"plan": asking.model_dump(mode="json"), "timings_ms": timings}
    return {
        "finding": finding,
        "results": finding.results,
        "caveats": (*desk.record.caveats, *finding.caveats),
        "policies": tuple(desk.record.policies),
        "timings_ms": timings,
    }


def after_analysis(state: AnswerState) -> str:
    """Whether the analysis found something, or asks back."""
    return "ask_back" if _plan(state).clarification is not None else "present_finding"


def show_finding(state: AnswerState, runtime: Run) -> dict[str, Any]:
    """Headline, narrative and chart of what an analysis found."""
    started = time.perf_counter()
    plan = _plan(state)
    shown = present_finding(state["finding"], plan.interpretation)
    answer = _base(state, runtime, "answer").model_copy(
        update={
            "interpretation": plan.interpretation,
            "results": state["results"],
            "headline": shown.headline,
            "narrative": shown.narrative,
            "chart": shown.chart,
            "caveats": tuple(dict.fromkeys((*plan.caveats, *state["caveats"]))),
            "confidence": plan.confidence,
        }
    )
    return {"answer": answer, "previous_plan": state["plan"], "timings_ms": _timed(state, "present", started)}


def refuse(state: AnswerState, runtime: Run) -> dict[str, Any]:
    """A refusal by policy."""
    refusal = _plan(state).refusal
    assert refusal is not None
    shown = RefusalShown(rule=refusal.rule, reason=refusal.reason)
    answer = _base(state, runtime, "refuse").model_copy(update={"refusal": shown, "headline": refusal.reason})
    return {"answer": answer}


def describe(state: AnswerState, runtime: Run) -> dict[str, Any]:
    """What a metric means, or what can be asked: from the catalog alone."""
    plan = _plan(state)
    view = runtime.context.view
    if plan.shape == "overview":
        headline, narrative = _overview(view, plan.topic)
    else:
        assert plan.topic is not None
        require_metric_access(view, plan.topic)
        headline, narrative = describe_metric(view, plan.topic)
    answer = _base(state, runtime, "answer").model_copy(
        update={"interpretation": plan.interpretation, "headline": headline, "narrative": narrative}
    )
    return {"answer": answer}


def _overview(view: CatalogView, dataset: str | None) -> tuple[str, tuple[str, ...]]:
    """What can be asked, of the whole business or of one dataset."""
    if dataset is None:
        return describe_overview(view)
    return describe_figures(view, dataset, [name for name in view.metrics if dataset in base_datasets(view, name)])


def question_back(state: AnswerState, runtime: Run) -> Answer:
    """The answer that asks back."""
    clarification = _plan(state).clarification
    assert clarification is not None
    shown = ClarificationShown(
        question=clarification.question,
        options=tuple(choice.label for choice in clarification.choices),
        unexplained=clarification.unexplained,
        reason=clarification.reason,
    )
    return _base(state, runtime, "clarify").model_copy(
        update={"clarification": shown, "headline": clarification.question, "confidence": 0.0}
    )


def ask_back(state: AnswerState, runtime: Run) -> dict[str, Any]:
    """Puts the question back; `await_choice` waits for what is chosen."""
    return {"answer": question_back(state, runtime)}


def after_recording(state: AnswerState, runtime: Run) -> str:
    """A recorded question back waits for its answer where the thread is kept."""
    waiting = _plan(state).clarification is not None and runtime.context.keeps_state
    return "await_choice" if waiting else END


def await_choice(state: AnswerState) -> Command[Any]:
    """Waits for a choice: an option's label or number, or other words, which are read as a new question."""
    clarification = _plan(state).clarification
    assert clarification is not None
    reply = str(
        interrupt({"question": clarification.question, "options": [item.label for item in clarification.choices]})
    )
    choice = chosen(reply, clarification.choices)
    if choice is not None and choice.plan is not None:
        plan = choice.plan.model_dump(mode="json")
        changed = {"plan": plan, "question": f"{state['question']} ({choice.label})", "chosen": True}
        return Command(goto=after_understanding({"plan": plan}), update=changed)
    question = choice.question if choice is not None and choice.question else reply
    return Command(goto="understand", update={"question": question})


def chosen(reply: str, choices: tuple[Choice, ...]) -> Choice | None:
    """The choice that a reply names by its number or label."""
    said = reply.strip().casefold()
    if said.isdigit() and 1 <= int(said) <= len(choices):
        return choices[int(said) - 1]
    return next((choice for choice in choices if choice.label.casefold() == said), None)


def record(state: AnswerState, runtime: Run) -> dict[str, Any]:
    """Writes the receipt, before anything is shown."""
    started = time.perf_counter()
    context = runtime.context
    flags = context.flags(_plan(state)) if state["answer"].results else ()
    answer = state["answer"].model_copy(
        update={
            "caveats": tuple(dict.fromkeys((*state["answer"].caveats, *state.get("notes", ()), *flags))),
            "model": context.consultation.use(*state.get("settled", ("", ""))) if context.consultation else None,
        }
    )
    receipt = context.audit.append(
        receipt_of(
            answer,
            context.view,
            database_fingerprint=context.warehouse.fingerprint(),
            policies=state.get("policies", ()),
            timings_ms=state.get("timings_ms", {}),
            door="free" if _plan(state).statement is not None and answer.results else "compiled",
        )
    )
    timings = _timed(state, "record", started)
    return {"answer": answer.model_copy(update={"receipt": receipt, "timings_ms": timings}), "timings_ms": timings}


def _base(state: AnswerState, runtime: Run, status: str) -> Answer:
    return Answer.model_validate(
        {
            "status": status,
            "question": state["question"],
            "role": runtime.context.view.role.name,
            "as_of": dt.date.fromisoformat(state["as_of"]),
            "plan": _plan(state),
            "thread": runtime.context.thread,
        }
    )
