"""The planner that asks a model: a question to a prompt, a reply to a typed Plan. It holds no connection and runs no loop.

    question -> ModelRequest -> (a client asks) -> reply -> ModelReading -> Plan, or a problem in words for another try

What leaves is what `agent.planners.model.context` lets into the prompt; what comes back is names of the view, values of the
question and numbers of the question, or it is no plan.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from agent.models.request import Egress, ModelRequest
from agent.planners.embedded.planner import EmbeddedPlanner
from agent.planners.model.context import as_data, before_context, catalog_context
from agent.planners.model.reading import READING_SCHEMA, ModelReading, reading_of
from agent.planners.model.redaction import without_personal
from agent.planners.model.to_plan import PlanMaker
from agent.planners.model.values_read import ReadingProblem
from agent.prompts import load_prompt
from catalog.models import Calendar
from catalog.plan import Plan

MOST_REPAIRS = 2
_WITHOUT_PLAN = ("steps", "sql", "unclear", "outside")


@dataclass(frozen=True)
class ReadPlan:
    """What a model made of a question: its reading, and the plan where the reading is one of figures."""

    reading: ModelReading
    plan: Plan | None


@dataclass(frozen=True)
class ModelPlanner:
    """Prompts and plans for one principal's view."""

    embedded: EmbeddedPlanner
    clean: Callable[[str], str] = without_personal  # takes personal values out of texts that leave

    def request(self, question: str, as_of: dt.date, previous: Plan | None = None) -> ModelRequest:
        """The prompt of a question: rules, the part of the catalog that may matter, the day, the question."""
        view = self.embedded.view
        prompt = load_prompt("interpreter")
        asked = self.clean(question)
        context = catalog_context(self.embedded, asked, as_of, view.egress, self.clean)
        before = before_context(previous, view, view.egress)
        text = "\n".join(
            part
            for part in (
                f"Today is {as_of.isoformat()}. {_calendar_words(view.whole.calendar)}",
                f"<catalog>\n{context.text}\n</catalog>",
                before,
                f"<question>\n{as_data(asked)}\n</question>",
            )
            if part
        )
        return ModelRequest(
            step=prompt.agent,
            prompt_version=prompt.version,
            messages=(("system", prompt.text), ("user", text)),
            schema=READING_SCHEMA,
            egress=Egress(view.egress, context.counts),
        )

    def read(self, data: dict[str, Any], question: str, as_of: dt.date, previous: Plan | None = None) -> ReadPlan:
        """The plan in a reply's object. ModelReplyError or ReadingProblem where another try may mend it."""
        reading = reading_of(data)
        if reading.kind in _WITHOUT_PLAN:
            return ReadPlan(reading, None)
        return ReadPlan(reading, PlanMaker(self.embedded).plan(reading, question, as_of, previous))


def repair_words(problem: Exception) -> str:
    """What a model is told of a reply that cannot be used: what was wrong, in names it was given."""
    return load_prompt("repair").text.replace("{problem}", str(problem))


def _calendar_words(calendar: Calendar) -> str:
    fiscal = calendar.fiscal_year_start_month
    year = "" if fiscal == 1 else f" The fiscal year starts in month {fiscal}."
    return f"Weeks start on {calendar.week_start}.{year}"


__all__ = ["MOST_REPAIRS", "ModelPlanner", "ReadPlan", "ReadingProblem", "repair_words"]
