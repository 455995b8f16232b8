"""The typed Plan of an answer: what was understood, what will be run, how it is to be shown.

Both planners (embedded, model) give one; agreement, follow-ups and verified questions compare and edit it.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from catalog.analyses.request import AnalysisRequest
from catalog.frozen import Frozen
from catalog.query import MetricQuery

QuestionShape = Literal[
    "value",  # one or a few figures
    "trend",  # along time
    "breakdown",  # by one or more groups
    "ranking",  # ordered, limited groups
    "share",  # parts of a whole
    "comparison",  # periods or groups side by side
    "target",  # against a target
    "extreme_period",  # the best or worst period
    "distribution",
    "threshold",  # groups or periods beyond a bound
    "values",  # the distinct values of a field
    "records",  # rows as they are
    "definition",  # what a metric means
    "overview",  # what can be asked
    "cause",  # why it changed
    "forecast",  # what it will come to
    "scenario",  # what it would come to
    "goal",  # what it would take
    "anomaly",  # whether it is normal
    "quality",  # whether the data are sound
    "cohort",  # who came back
    "customers",  # how customers differ: recency, frequency, value; risk; lifetime value
    "funnel",  # where they are lost on the way
    "products",  # what to reorder, what is returned unusually often
    "price",  # how demand answers to price
    "decision",  # scenarios and forecasts that were saved
]


class NamedQuery(Frozen):
    """A query and the name its result bears; the first of a plan gives the table that answers the question."""

    name: str
    query: MetricQuery


class Choice(Frozen):
    """One way to take an ambiguous question: shown as a button, and the plan it stands for."""

    label: str
    plan: Plan | None = None
    question: str | None = None  # or the question to ask instead


class Clarification(Frozen):
    """What is asked back. `unexplained` are the question's words that no part of the catalog accounts for."""

    question: str
    choices: tuple[Choice, ...] = ()
    reason: Literal[
        "ambiguous",
        "unknown_word",
        "unknown_metric",
        "unknown_value",
        "out_of_domain",
        "no_data",
        "empty",
        "unsupported",
    ]
    unexplained: tuple[str, ...] = ()


class Refusal(Frozen):
    """A refusal by policy: `rule` is a short stable name (personal_data, not_granted, write, denied_metric, raw_sql, ...)."""

    rule: str
    reason: str


class PlanStep(Frozen):
    """One question of several that a compound one asks. `needs` are ids of steps that come before it."""

    id: str
    question: str
    plan: Plan | None = None
    needs: tuple[str, ...] = ()


class Plan(Frozen):
    """What an answer will be made from. Exactly one of analysis, queries/topic, clarification, refusal carries it.

    Beside an analysis `queries` hold the plain question it is about: it is not run, follow-ups edit it.
    """

    shape: QuestionShape = "value"
    queries: tuple[NamedQuery, ...] = ()
    analysis: AnalysisRequest | None = None
    topic: str | None = None  # definition: the metric's name; overview: the dataset's, if one was named
    statement: str | None = None  # a drafted SELECT that the asker has agreed to; it goes through the free door
    steps: tuple[PlanStep, ...] = ()  # a compound question: what was asked and planned, part by part
    interpretation: str = ""  # what was understood, in words
    premise: Literal["rise", "fall"] | None = None  # what the question takes for granted
    caveats: tuple[str, ...] = ()
    clarification: Clarification | None = None
    refusal: Refusal | None = None
    confidence: float = Field(default=1.0, ge=0.0, le=1.0)
    planner: Literal["embedded", "model", "agreed", "verified", "given"] = "embedded"


def step_table_name(number: int, name: str) -> str:
    """What a table of a step is called in the answer of all: the first step's keep their names; `number` counts from 1."""
    return name if number == 1 else f"step{number}_{name}"


PlanStep.model_rebuild()
Choice.model_rebuild()
