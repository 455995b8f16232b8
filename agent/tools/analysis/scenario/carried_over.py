"""A scenario in a time to come: what is expected for it, changed as much as the period that tells would have been."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from agent.errors import PolicyRefusal, QueryError
from agent.tools.analysis.desk import AnalysisDesk
from agent.tools.analysis.forecast.metric_forecast import Outcome
from agent.tools.analysis.forecast.tool import outlook
from agent.tools.analysis.scenario.scenario_tables import OutcomeEstimate, column, table, text_column
from agent.tools.analysis.scenario.sensitivity import TornadoBar
from agent.tools.warehouse.result import ResultTable
from catalog.access import CatalogView
from catalog.analyses.forecast import ForecastRequest
from catalog.durations import TimeGrain
from catalog.query import Condition, Period, as_datetime

TABLE = "outlook"


@dataclass(frozen=True)
class Expected:
    """What a metric is expected to come to, and its value in the period that a change is measured in."""

    metric: str
    outcome: Outcome
    measured: float

    def with_change(self, value: float) -> float:
        """The expected figure where the measured one would have been `value`; what has come already stays."""
        known = self.outcome.known or 0.0
        return known + (self.outcome.value - known) * value / self.measured

    def estimate(self, measured: OutcomeEstimate) -> OutcomeEstimate:
        """A measured outcome in the time to come."""
        low, high = (None if end is None else self.with_change(end) for end in (measured.low, measured.high))
        return OutcomeEstimate(self.metric, self.outcome.value, self.with_change(measured.scenario), low, high)

    def bar(self, measured: TornadoBar) -> TornadoBar:
        """A measured bar in the time to come."""
        return TornadoBar(measured.assumption, self.with_change(measured.at_low), self.with_change(measured.at_high))


def expected_ahead(metric: str, period: Period, where: Condition | None, desk: AnalysisDesk) -> Outcome | None:
    """What a metric will come to in a time that is not all known yet; None where no forecast can be made."""
    ends = [as_datetime(day) for day in (period.start, period.end) if day is not None]
    grain = TimeGrain.MONTH if all(day.day == 1 for day in ends) else TimeGrain.DAY
    try:
        made = outlook(ForecastRequest(metric=metric, period=period, grain=grain, where=where), desk)
    except (QueryError, PolicyRefusal):
        return None
    return None if made is None or made.is_known else made


def expectations(
    estimates: Sequence[OutcomeEstimate], period: Period | None, where: Condition | None, desk: AnalysisDesk
) -> Mapping[str, Expected]:
    """What is expected of each outcome in a time to come, by metric; empty where that cannot be said of all of them."""
    if period is None:
        return {}
    found: dict[str, Expected] = {}
    for item in estimates:
        made = expected_ahead(item.metric, period, where, desk) if item.baseline else None
        if made is None:
            return {}
        found[item.metric] = Expected(item.metric, made, item.baseline)
    return found


def outlook_table(expected: Sequence[Expected], unit: str | None, view: CatalogView, sql: str) -> ResultTable:
    """One row a metric: what is expected without the change, and its 90 % range."""
    columns = (
        text_column("metric", "Metric"),
        column("expected", unit=unit, label="Expected"),
        column("low", "context", unit, "Low"),
        column("high", "context", unit, "High"),
    )
    rows = [(view.metrics[i.metric].label, i.outcome.value, i.outcome.low, i.outcome.high) for i in expected]
    return table(TABLE, sql, columns, rows)
