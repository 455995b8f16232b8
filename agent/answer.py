"""The Answer: what `--json` prints and the chat shows (the contract of docs/answer.md)."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from pydantic import Field

from agent.tools.audit import ModelCall
from agent.tools.warehouse.result import ResultTable
from catalog.models import Frozen
from catalog.plan import Plan

AnswerStatus = Literal["answer", "clarify", "refuse", "error"]

EXIT_CODE_BY_STATUS: dict[AnswerStatus, int] = {"answer": 0, "clarify": 3, "refuse": 4, "error": 1}


class ChartSeries(Frozen):
    """One line or set of bars: `values` run along the chart's `x`, null where there is no figure."""

    name: str
    values: tuple[float | int | None, ...]
    unit: str | None = None
    style: Literal["solid", "dashed", "band"] = (
        "solid"  # dashed: an earlier period, a target, a forecast; band: its edge
    )


class ChartSpec(Frozen):
    """A chart as data, never code: a terminal, Plotly and Vega-Lite draw it from the same spec."""

    kind: Literal[
        "line",
        "bar",
        "grouped_bar",
        "stacked_bar",
        "scatter",
        "waterfall",
        "heatmap",
        "funnel",
        "tornado",
        "fan",
        "tree",
    ]
    title: str
    x_label: str
    y_label: str
    x: tuple[str | int | float, ...]  # categories, or ISO dates when x_is_time
    x_is_time: bool = False
    series: tuple[ChartSeries, ...]
    unit: str | None = None
    horizontal: bool = False
    baseline: float | None = None  # tornado: the outcome that bars run from
    parents: tuple[int | None, ...] = ()  # tree: for each of `x` the place of what it is a part of
    units: tuple[str | None, ...] = ()  # tree: the unit of each of the first series' values


class ClarificationShown(Frozen):
    """What is asked back, and the choices as labels; answering with a label or its number resumes the thread."""

    question: str
    options: tuple[str, ...] = ()
    unexplained: tuple[str, ...] = ()
    reason: str = ""


class RefusalShown(Frozen):
    rule: str
    reason: str


class ModelUse(Frozen):
    """What a language model was asked for an answer, and by which rule its reading was settled with the embedded one."""

    model: str
    requests: int
    input_tokens: int
    output_tokens: int
    elapsed_ms: float
    cost: float | None = None
    currency: str | None = None
    calls: tuple[ModelCall, ...] = ()
    rule: str = ""
    reason: str = ""


class StepShown(Frozen):
    """One part of a compound question, as it was answered; `results` are names of the answer's tables."""

    id: str
    question: str
    status: AnswerStatus
    headline: str
    interpretation: str = ""
    results: tuple[str, ...] = ()
    stopped_because: str = ""


class Answer(Frozen):
    """One answer. `results[0]` is the table that answers the question; its columns say key, measure or context."""

    status: AnswerStatus
    question: str
    role: str
    as_of: dt.date
    interpretation: str = ""
    plan: Plan | None = None
    results: tuple[ResultTable, ...] = ()
    headline: str = ""
    narrative: tuple[str, ...] = ()
    chart: ChartSpec | None = None
    caveats: tuple[str, ...] = ()
    clarification: ClarificationShown | None = None
    refusal: RefusalShown | None = None
    error: str | None = None
    confidence: float = Field(default=1.0, ge=0.0, le=1.0)
    trust: dict[str, Any] | None = None
    steps: tuple[StepShown, ...] = ()
    model: ModelUse | None = None
    receipt: str | None = None
    thread: str | None = None
    timings_ms: dict[str, float] = Field(default_factory=dict)

    @property
    def exit_code(self) -> int:
        """The command line's exit code for this status."""
        return EXIT_CODE_BY_STATUS[self.status]

    def to_json(self) -> dict[str, Any]:
        """The contract's JSON object."""
        data = self.model_dump(mode="json", exclude={"results"})
        data["results"] = [result.to_json() for result in self.results]
        return data


class StepEvent(Frozen):
    """A step of the graph began or ended; `label` is fit for a person."""

    kind: Literal["step"] = "step"
    name: str
    label: str
    state: Literal["started", "finished"]
    detail: str = ""
    elapsed_ms: float | None = None


class AnswerEvent(Frozen):
    """The last event of a run."""

    kind: Literal["answer"] = "answer"
    answer: Answer


ServiceEvent = StepEvent | AnswerEvent
