"""A goal in a time to come: what is expected for it, and how much more that has to be."""

from __future__ import annotations

from dataclasses import dataclass

from agent.tools.analysis.desk import AnalysisDesk
from agent.tools.analysis.forecast.metric_forecast import Outcome
from agent.tools.analysis.scenario.carried_over import TABLE, expected_ahead
from agent.tools.analysis.scenario.scenario_tables import column, table, text_column
from agent.tools.warehouse.result import ResultTable
from catalog.analyses.scenario import GoalRequest
from catalog.models import Metric
from catalog.query import Period

EXPECTED, LOW, HIGH, TARGET, NEEDED = range(1, 6)


@dataclass(frozen=True)
class Ahead:
    """What is expected for a time to come, the value to reach in it, and the growth on what is expected that this takes."""

    period: Period
    outcome: Outcome
    target: float

    @property
    def growth(self) -> float:
        """How much more what is still to come has to be than is expected of it, as a fraction."""
        known = self.outcome.known or 0.0
        return (self.target - known) / (self.outcome.value - known) - 1

    def table(self, metric: Metric, sql: str) -> ResultTable:
        """One row: what is expected, its 90 % range, the value to reach, the growth on what is to come."""
        columns = (
            text_column("metric", "Metric"),
            column("expected", unit=metric.unit, label="Expected"),
            column("low", "context", metric.unit, "Low"),
            column("high", "context", metric.unit, "High"),
            column("target", unit=metric.unit, label="To reach"),
            column("growth", unit="fraction", label="More than is expected", calculation="growth"),
        )
        made = self.outcome
        return table(TABLE, sql, columns, [(metric.label, made.value, made.low, made.high, self.target, self.growth)])


def look_ahead(request: GoalRequest, metric: Metric, target: float, desk: AnalysisDesk) -> Ahead | None:
    """What the time to come is expected to bring; None where no such time is asked for or no forecast can be made."""
    if request.ahead is None or request.growth is not None:
        return None
    made = expected_ahead(metric.name, request.ahead, request.where, desk)
    return None if made is None or made.value <= (made.known or 0.0) else Ahead(request.ahead, made, target)


def with_outlook(results: tuple[ResultTable, ...], outlook: ResultTable) -> tuple[ResultTable, ...]:
    """A goal's tables with what is expected: it answers where nothing has to be moved, and the gap is then none to show."""
    if results[0].columns[0].name == "metric":
        return (outlook.model_copy(update={"name": "answer"}), *results[1:])
    return (*results, outlook)
