"""Ways past the conversation: the SQL of a question, a MetricQuery as it is, a statement of a person's own."""

from __future__ import annotations

import datetime as dt

from agent.answer import Answer, ClarificationShown, RefusalShown
from agent.business import Business
from agent.tools.compile import CompiledQuery
from agent.tools.guard.compiled import guard_compiled
from agent.tools.guard.free import guard_free
from agent.tools.guard.metric_query import compile_permitted
from agent.tools.guard.own_rows import require_own_rows
from agent.tools.guard.reveal import guard_reveal
from agent.tools.present import present
from agent.tools.warehouse.result import ResultTable
from catalog.access import CatalogView, Principal, view_for
from catalog.errors import UsageError
from catalog.plan import NamedQuery, Plan
from catalog.query import MetricQuery

LEAST_REASON = 8


def draft_answer(business: Business, question: str, principal: Principal, dialect: str, as_of: dt.date) -> Answer:
    """The statements a question would run, in a dialect, and what was understood; nothing is run."""
    require_dialect(dialect)
    view = view_for(business.catalog, principal)
    plan = business.planner(view).plan(question, as_of)
    answer = _answer(view, question, as_of, plan)
    if plan.refusal is not None:
        refused = RefusalShown(rule=plan.refusal.rule, reason=plan.refusal.reason)
        answer = answer.model_copy(update={"status": "refuse", "refusal": refused, "headline": plan.refusal.reason})
    elif plan.clarification is not None:
        asked = ClarificationShown(
            question=plan.clarification.question,
            options=tuple(choice.label for choice in plan.clarification.choices),
            unexplained=plan.clarification.unexplained,
            reason=plan.clarification.reason,
        )
        answer = answer.model_copy(update={"status": "clarify", "clarification": asked, "headline": asked.question})
    else:
        drafts = tuple(_draft(view, named, dialect, as_of) for named in plan.queries)
        beside = plan.analysis is not None and bool(drafts)
        said = plan.interpretation + (" (an analysis: this is the plain question it is about)" if beside else "")
        answer = answer.model_copy(update={"results": drafts, "headline": said})
    return business.recorded(answer, view)


def _draft(view: CatalogView, named: NamedQuery, dialect: str, as_of: dt.date) -> ResultTable:
    compiled = compile_permitted(view, named.query, dialect=dialect, name=named.name, as_of=as_of)
    return ResultTable(name=named.name, sql=compiled.sql, dialect=dialect, columns=compiled.columns, rows=())


def query_answer(business: Business, query: MetricQuery, principal: Principal, as_of: dt.date) -> Answer:
    """A MetricQuery compiled, guarded, run and presented."""
    view = view_for(business.catalog, principal)
    compile_permitted(view, query, name="answer", as_of=as_of)  # what may not be asked at all is refused for that
    require_own_rows(view, query)
    protected = business.protected(view, query, as_of)
    query = protected.query
    names = ", ".join(use.metric for use in query.metrics) or "values"
    shape = (
        "trend" if any(item.kind == "time" for item in query.group_by) else "breakdown" if query.group_by else "value"
    )
    plan = Plan(
        shape=shape if query.metrics else "values",
        queries=(NamedQuery(name="answer", query=query),),
        interpretation=f"The query as given: {names}",
        planner="given",
    )
    left_out = () if protected.condition is None else (protected.caveat,)
    compiled = compile_permitted(view, query, name="answer", as_of=as_of)
    result = business.warehouse.run(guard_compiled(compiled, view), compiled.columns, name="answer")
    shown = present(plan, (result,), view, as_of, business.span_of(view, tuple(use.metric for use in query.metrics)))
    answer = _answer(view, "", as_of, plan).model_copy(
        update={
            "results": (result,),
            "headline": shown.headline,
            "narrative": shown.narrative,
            "chart": shown.chart,
            "caveats": tuple(dict.fromkeys((*left_out, *compiled.caveats, *shown.caveats))),
        }
    )
    return business.recorded(answer, view, policies=compiled.explanation.policies)


def explain_query(business: Business, query: MetricQuery, principal: Principal, as_of: dt.date) -> str:
    """Definitions, joins, filters, policies, lineage and the SQL of a query, as text; nothing is run."""
    compiled: CompiledQuery = compile_permitted(view_for(business.catalog, principal), query, as_of=as_of)
    rests_on = compiled.explanation
    sections = {
        "definitions": tuple(f"{name}: {definition}" for name, definition in rests_on.definitions.items()),
        "joins": rests_on.joins,
        "filters": rests_on.filters,
        "policies": rests_on.policies,
        "periods": rests_on.periods,
        "caveats": compiled.caveats,
        "columns come from": tuple(f"{name}: {', '.join(sources)}" for name, sources in rests_on.lineage.items()),
        "SQL": tuple(compiled.sql.splitlines()),
    }
    return "\n".join(
        f"{title}\n" + "\n".join(f"  {line}" for line in lines) for title, lines in sections.items() if lines
    )


def require_dialect(name: str) -> None:
    """UsageError for a SQL dialect that nothing can be written in; it names those there are."""
    from sqlglot.dialects.dialect import Dialects

    known = sorted(item.value for item in Dialects if item.value)
    if name not in known:
        raise UsageError(f"no SQL dialect is called {name!r}; there are {', '.join(known)}")


def sql_answer(business: Business, sql: str, principal: Principal, as_of: dt.date) -> Answer:
    """A person's own statement, through the free door: it runs where only permitted data exist."""
    view = view_for(business.catalog, principal)
    guarded = guard_free(sql, view)
    result = business.warehouse.run(guarded, name="statement")
    plan = Plan(shape="records", interpretation="The statement as given", planner="given")
    shown = present(plan, (result,), view, as_of, None)
    answer = _answer(view, sql, as_of, plan).model_copy(
        update={"results": (result,), "headline": shown.headline, "caveats": shown.caveats}
    )
    return business.recorded(answer, view, policies=guarded.policies, door="free")


def reveal_answer(
    business: Business, dataset: str, key: str, reason: str, principal: Principal, as_of: dt.date
) -> Answer:
    """Personal fields of one row, for a reason; the receipt, with both, is written before they are shown."""
    view = view_for(business.catalog, principal)
    if len(reason.strip()) < LEAST_REASON:
        raise UsageError(f"say why in {LEAST_REASON} characters or more: it is kept with the receipt")
    guarded, names = guard_reveal(view, dataset, key)
    result = business.warehouse.run(guarded, name="revealed")
    label = view.whole.dataset_by_name[dataset].singular
    plan = Plan(shape="records", interpretation=f"One {label} revealed: {reason.strip()}", planner="given")
    headline = f"Revealed for {principal.user}, and recorded" if result.rows else f"There is no such {label}"
    answer = _answer(view, f"reveal {dataset} {key}: {reason.strip()}", as_of, plan)
    answer = answer.model_copy(update={"results": (result,), "headline": headline})
    return business.recorded(answer, view, policies=(*guarded.policies, f"revealed {', '.join(names)}"), door="reveal")


def _answer(view: CatalogView, question: str, as_of: dt.date, plan: Plan) -> Answer:
    return Answer(
        status="answer",
        question=question,
        role=view.role.name,
        as_of=as_of,
        interpretation=plan.interpretation,
        plan=plan,
        confidence=plan.confidence,
    )
