"""What the graph carries from node to node, and what its nodes are given to work with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, Any, Literal, Protocol, TypedDict

from langgraph.channels import UntrackedValue

from agent.answer import Answer
from agent.planners.embedded.follow_ups import ShownRows
from agent.tools.analysis.desk import AnalysisDesk
from agent.tools.analysis.finding import Finding
from agent.tools.audit import AuditLog
from agent.tools.guard.large_groups import ProtectedQuery
from agent.tools.warehouse.result import ResultTable
from agent.tools.warehouse.warehouse import Warehouse
from catalog.access import CatalogView
from catalog.plan import Plan, PlanStep
from catalog.query import MetricQuery

if TYPE_CHECKING:
    from agent.graphs.consultation import Consultation


class AnswerState(TypedDict, total=False):
    """A thread's state. Checkpoints hold the words and plans, never results, never who is asking."""

    question: str
    as_of: str  # ISO date
    plan: dict[str, Any]  # Plan as JSON
    previous_plan: dict[str, Any]  # the last plan of the thread that was answered
    split_plan: dict[str, Any]  # the last one that showed rows to point at
    split_hash: str  # of its first table: whether the same rows come out again
    results: Annotated[tuple[ResultTable, ...], UntrackedValue]
    caveats: Annotated[tuple[str, ...], UntrackedValue]
    policies: Annotated[tuple[str, ...], UntrackedValue]
    data_span: Annotated[tuple[dt.date, dt.date] | None, UntrackedValue]
    finding: Annotated[Finding, UntrackedValue]
    steps: Annotated[tuple[PlanStep, ...], UntrackedValue]  # of a compound question
    tried_steps: Annotated[bool, UntrackedValue]  # whether it was looked at for steps
    embedded_plan: Annotated[dict[str, Any], UntrackedValue]  # as it was before a model was asked
    consulted: Annotated[bool, UntrackedValue]  # whether a model has read the question
    chosen: Annotated[bool, UntrackedValue]  # whether the asker has chosen the plan
    wants: Annotated[Literal["", "steps", "sql"], UntrackedValue]  # what a model's reading calls for
    retry: Annotated[bool, UntrackedValue]  # whether a model's plan failed and it is asked for another
    repairs: Annotated[int, UntrackedValue]  # how often a model was told that its plan cannot be run
    problem: Annotated[str, UntrackedValue]  # what it was told
    settled: Annotated[tuple[str, str], UntrackedValue]  # the rule that settled two readings, and why
    notes: Annotated[tuple[str, ...], UntrackedValue]  # caveats on how the answer came about
    answer: Annotated[Answer, UntrackedValue]
    timings_ms: Annotated[dict[str, float], UntrackedValue]


class Planner(Protocol):
    """Question to plan: the embedded planner, or one that asks a model."""

    def plan(self, question: str, as_of: dt.date, previous: Plan | None = None, shown: ShownRows | None = None) -> Plan:
        """The plan of a question asked on a day, perhaps after another one, whose rows `shown` has."""
        ...


@dataclass(frozen=True)
class AnsweredStep:
    """A step's answer, and the policies that it was computed under."""

    answer: Answer
    policies: tuple[str, ...] = ()


@dataclass(frozen=True)
class AnswerContext:
    """What the nodes work with in one run; identity comes from here alone."""

    view: CatalogView
    planner: Planner
    warehouse: Warehouse
    audit: AuditLog
    span_of: Callable[[tuple[str, ...]], tuple[dt.date, dt.date] | None]  # the days that metrics have data for
    protect: Callable[
        [MetricQuery, dt.date], ProtectedQuery
    ]  # narrows, or raises, where a figure would tell about too few
    desk: Callable[
        [dt.date, Callable[[str], None]], AnalysisDesk
    ]  # what an analysis works with, for a day and a listener
    flags: Callable[[Plan], tuple[str, ...]]  # what data checks found about the rows that a plan reads
    thread: str | None
    keeps_state: bool  # whether a clarification may wait for its answer
    consultation: Consultation | None = None  # None where no model is set, or the role may not ask one
    answered_steps: dict[str, AnsweredStep] = field(
        default_factory=dict
    )  # of a compound question, as they are answered
