"""Running a receipt again: does the same question give the same figures today, and if not, what changed and by how much.

The statement of the receipt, run on the data as they are, stands between then and now:

    then  --data-->  the old statement today  --definitions and policies-->  the new statement today
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from agent.business import Business
from agent.errors import PolicyRefusal, QueryError, WarehouseError
from agent.tools.analysis.registry import run_analysis
from agent.tools.audit import QueryRun, Receipt, query_run
from agent.tools.guard.compiled import guard_compiled
from agent.tools.guard.free import guard_free
from agent.tools.guard.metric_query import compile_permitted
from agent.tools.guard.statement import GuardedStatement
from agent.tools.warehouse.result import ResultTable
from catalog.access import CatalogView, Principal, view_for
from catalog.analyses.request import AnalysisRequest
from catalog.errors import UnknownNameError, UsageError
from catalog.plan import Plan, step_table_name
from catalog.query import MetricQuery

Cause = Literal["data", "definition", "policy"]


@dataclass(frozen=True, slots=True)
class Figure:
    """A column of numbers added up: then, by the old statement on today's data, and now. None where there is none."""

    query: str
    column: str
    then: float | None
    by_old_statement: float | None
    now: float | None

    @property
    def by_data(self) -> float | None:
        """How much of the change is the data's."""
        return _less(self.by_old_statement, self.then)

    @property
    def by_meaning(self) -> float | None:
        """How much of it is the definitions' and policies'."""
        return _less(self.now, self.by_old_statement)


@dataclass(frozen=True, slots=True)
class Replay:
    """What running a receipt again showed. `same` where every result has the hash it had."""

    receipt: str
    same: bool
    changed: tuple[Cause, ...]
    notes: tuple[str, ...]
    figures: tuple[Figure, ...]

    def lines(self) -> tuple[str, ...]:
        """The replay in words for a person."""
        return _told(self)


def _told(found: Replay) -> tuple[str, ...]:
    if found.same and not found.changed:
        return (f"{found.receipt}: the same result as then", *found.notes)
    what = " and ".join(found.changed) or "nothing that is kept in a receipt"
    state = "the same result" if found.same else "another result"
    lines = [f"{found.receipt}: {state}; changed: {what}", *found.notes]
    for figure in found.figures:
        if figure.then == figure.now:
            continue
        shown = [_number(figure.then), _number(figure.now)]
        parts = [
            f"{name} {value:+,.6g}"
            for name, value in (("data", figure.by_data), ("meaning", figure.by_meaning))
            if value
        ]
        because = f" ({', '.join(parts)})" if parts else ""
        lines.append(f"{figure.query}.{figure.column}: {shown[0]} then, {shown[1]} now{because}")
    return tuple(lines)


def _number(value: float | None) -> str:
    return "nothing" if value is None else f"{value:,.6g}" if abs(value) < 1e6 else f"{value:,.2f}"


def replay(business: Business, receipt_id: str) -> Replay:
    """Run a receipt again as its user and role then were. UsageError where it ran no statement, UnknownNameError for none.

    Nothing that the replay shows is a row of data: totals of columns alone, as the receipt keeps them.
    """
    recorded = business.audit.show(receipt_id)
    receipt = recorded.receipt
    if not receipt.queries:
        raise UsageError(f"{recorded.id} is of {_kind(receipt)}, which ran no statement: there is nothing to run again")
    if any(run.door == "reveal" for run in receipt.queries):
        raise UsageError(f"{recorded.id} revealed a person's row; a replay does not reveal it again")
    if receipt.catalog != business.catalog.name:
        raise UsageError(f"{recorded.id} is of catalog {receipt.catalog!r}; name it with --catalog")
    principal = Principal(user=receipt.user, role=receipt.role, attributes=dict(receipt.attributes))
    try:
        view = view_for(business.catalog, principal)
    except UnknownNameError:
        return Replay(recorded.id, False, ("policy",), (f"there is no role {receipt.role} any more",), ())
    return _compared(business, recorded.id, receipt, view)


def _kind(receipt: Receipt) -> str:
    return {"clarify": "a question back", "refuse": "a refusal", "error": "an error"}.get(receipt.status, "an answer")


def _compared(business: Business, receipt_id: str, receipt: Receipt, view: CatalogView) -> Replay:
    notes: list[str] = []
    causes: set[Cause] = set()
    figures: list[Figure] = []
    same = True
    policies: list[str] = []
    plan = Plan.model_validate(receipt.plan) if receipt.plan is not None else Plan()
    queries = {named.name: named.query for named in plan.queries}
    other_data = receipt.database_fingerprint != business.warehouse.fingerprint()
    if plan.analysis is not None:
        return _analysed_again(business, receipt_id, receipt, plan.analysis, view)
    analysed = _steps_analysed_again(business, view, plan, receipt.as_of, notes, causes, policies)
    for run in receipt.queries:
        query = queries.get(run.name)
        if run.name in analysed:
            again = query_run(analysed[run.name], run.door)
            same = same and again.result_sha256 == run.result_sha256
            figures += _figures(run, None, again)
            continue
        if query is None and plan.steps:  # its step could not be analysed again, which a note says
            same = False
            continue
        today = _today(business, view, run, query, receipt.as_of, notes, causes, policies)
        now = query_run(today, run.door) if today is not None else None
        between: QueryRun | None = run
        if other_data:
            refused = today is None and "policy" in causes
            old = None if refused else _by_old_statement(business, view, run, notes)
            between = query_run(old, run.door) if old is not None else None
        same = same and now is not None and now.result_sha256 == run.result_sha256
        if between is not None and between.result_sha256 != run.result_sha256:
            causes.add("data")
            notes.append(f"{run.name}: {run.row_count} rows then, {between.row_count} by the same statement today")
        figures += _figures(run, between, now)
    if set(policies) != set(receipt.policies) and any(run.door == "compiled" for run in receipt.queries):
        causes.add("policy")
        causes.discard("definition")  # the statement is another one for the policies' sake; the diff tells the rest
        notes.append(f"policies then: {_listed(receipt.policies)}; now: {_listed(tuple(policies))}")
    if receipt.catalog_sha256 != view.whole.content_hash:
        notes.append("the catalog has changed since; `plumbline catalog diff` names what")
    order: tuple[Cause, ...] = ("data", "definition", "policy")
    return Replay(receipt_id, same, tuple(cause for cause in order if cause in causes), tuple(notes), tuple(figures))


def _analysed_again(
    business: Business, receipt_id: str, receipt: Receipt, request: AnalysisRequest, view: CatalogView
) -> Replay:
    """An analysis run again: its tables come from many statements, so they are compared as they came out."""
    desk = business.desk(view, receipt.as_of or business.as_of(), keeps=False)
    causes: dict[Cause, bool] = {
        "data": receipt.database_fingerprint != business.warehouse.fingerprint(),
        "definition": receipt.catalog_sha256 != view.whole.content_hash,
    }
    try:
        tables = {table.name: query_run(table, "compiled") for table in run_analysis(request, desk).results}
    except PolicyRefusal as refusal:
        return Replay(receipt_id, False, ("policy",), (f"refused today: {refusal}",), ())
    except (QueryError, UnknownNameError) as error:
        return Replay(receipt_id, False, ("definition",), (f"cannot be analysed today: {error}",), ())
    figures: list[Figure] = []
    same = True
    for run in receipt.queries:
        now = tables.get(run.name)
        same = same and now is not None and now.result_sha256 == run.result_sha256
        figures += _figures(run, None, now)
    policies = tuple(desk.record.policies)
    notes = (
        []
        if policies == receipt.policies
        else [f"policies then: {_listed(receipt.policies)}; now: {_listed(policies)}"]
    )
    causes["policy"] = bool(notes)
    changed = () if same and not notes else tuple(cause for cause, holds in causes.items() if holds)
    return Replay(receipt_id, same, changed, tuple(notes), tuple(figures))


def _steps_analysed_again(
    business: Business,
    view: CatalogView,
    plan: Plan,
    as_of: dt.date | None,
    notes: list[str],
    causes: set[Cause],
    policies: list[str],
) -> dict[str, ResultTable]:
    """The tables of a compound question's analyses as they come out today, by the names they bear in its receipt."""
    found: dict[str, ResultTable] = {}
    for number, step in enumerate(plan.steps, start=1):
        if step.plan is None or step.plan.analysis is None:
            continue
        desk = business.desk(view, as_of or business.as_of(), keeps=False)
        try:
            tables = run_analysis(step.plan.analysis, desk).results
        except PolicyRefusal as refusal:
            causes.add("policy")
            notes.append(f"{step.question} refused today: {refusal}")
            continue
        except (QueryError, UnknownNameError) as error:
            causes.add("definition")
            notes.append(f"{step.question} cannot be analysed today: {error}")
            continue
        policies += [item for item in desk.record.policies if item not in policies]
        found |= {step_table_name(number, table.name): table for table in tables}
    return found


def _today(
    business: Business,
    view: CatalogView,
    run: QueryRun,
    query: MetricQuery | None,
    as_of: dt.date | None,
    notes: list[str],
    causes: set[Cause],
    policies: list[str],
) -> ResultTable | None:
    """The question as it is computed today; None where it is not any more, which a note says."""
    try:
        if run.door == "free" or query is None:
            guarded = guard_free(run.sql, view)
            return business.warehouse.run(guarded, name=run.name)
        compiled = compile_permitted(view, query, name=run.name, as_of=as_of)
        policies += [item for item in compiled.explanation.policies if item not in policies]
        guarded = guard_compiled(compiled, view)
        if _plain(guarded.sql) != _plain(run.sql):
            causes.add("definition")
            notes.append(f"{run.name}: the statement is another one today")
        business.protect(view, query, as_of or business.as_of())
        return business.warehouse.run(guarded, compiled.columns, name=run.name)
    except PolicyRefusal as refusal:
        causes.add("policy")
        notes.append(f"{run.name}: refused today: {refusal}")
    except (QueryError, UnknownNameError) as error:
        causes.add("definition")
        notes.append(f"{run.name}: cannot be computed today: {error}")
    except WarehouseError as error:
        notes.append(f"{run.name}: {error}")
    return None


def _by_old_statement(business: Business, view: CatalogView, run: QueryRun, notes: list[str]) -> ResultTable | None:
    """The receipt's own statement on today's data, under today's policies; None where these or the data do not allow it."""
    try:
        statement: GuardedStatement = guard_free(run.sql, view) if run.door == "free" else guard_compiled(run.sql, view)
        return business.warehouse.run(statement, name=run.name)
    except (PolicyRefusal, QueryError, WarehouseError) as error:
        notes.append(f"{run.name}: the old statement does not run today: {error}")
        return None


def _figures(then: QueryRun, between: QueryRun | None, now: QueryRun | None) -> list[Figure]:
    names = dict.fromkeys((*then.totals, *(now.totals if now is not None else {})))
    return [
        Figure(
            then.name,
            name,
            then.totals.get(name),
            between.totals.get(name) if between is not None else None,
            now.totals.get(name) if now is not None else None,
        )
        for name in names
    ]


def _less(later: float | None, earlier: float | None) -> float | None:
    return None if later is None or earlier is None else later - earlier


def _plain(sql: str) -> str:
    return " ".join(sql.split())


def _listed(policies: tuple[str, ...]) -> str:
    return "; ".join(policies) or "none"
