"""What the three anomaly tools share: series to judge, a column of a table, a group's name, a question back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from agent.tools.analysis.calendar_shape import CYCLES_BY_GRAIN
from agent.tools.analysis.desk import AnalysisDesk
from agent.tools.analysis.finding import Finding
from agent.tools.analysis.forecast.smoothing import FloatArray
from agent.tools.analysis.history import Group, History, Window, read_history, whole_window
from agent.tools.present.declared_numbers import CellReference
from agent.tools.present.display_text import shown_name
from agent.tools.present.sentences import Sentence
from agent.tools.warehouse.result import ColumnRole, ResultColumn
from catalog.analyses.anomaly import AnomalyRequest
from catalog.durations import TimeGrain
from catalog.models import Metric
from catalog.plan import Clarification
from catalog.query import MetricUse


@dataclass(frozen=True)
class Judged:
    """One series to judge: a metric of a group."""

    metric: Metric
    group: Group
    window: Window
    values: FloatArray
    history: History

    @property
    def name(self) -> str:
        """ "GMV", or "GMV of web"."""
        return self.metric.label if not self.group else f"{self.metric.label} of {group_name(self.group)}"


def group_name(group: Group) -> str:
    """A group as it is said."""
    return ", ".join("none" if item is None else shown_name(item) for item in group)


def series_to_judge(request: AnomalyRequest, desk: AnalysisDesk, grain: TimeGrain) -> Iterator[Judged]:
    """Every metric's series by group over its whole history; a metric without whole periods gives none."""
    for name in request.metrics:
        window = whole_window(desk, (name,), grain)
        if window is None:
            continue
        desk.say(f"Reading the history of {desk.view.whole.metric_by_name[name].label}")
        history = read_history(
            desk,
            (MetricUse(metric=name),),
            window,
            group_by=request.group_by,
            where=request.where,
            name=f"{name}_history",
        )
        for group, columns in history.series.items():
            yield Judged(desk.view.whole.metric_by_name[name], group, window, columns[name], history)


def cycles_of(grain: TimeGrain) -> tuple[int, ...]:
    """The cycles that a series of a grain may have, in whole steps."""
    return tuple(round(cycle) for cycle in CYCLES_BY_GRAIN.get(grain, ()))


def figure(name: str, label: str, unit: str | None, role: ColumnRole = "measure", **more: Any) -> ResultColumn:
    """A number's column."""
    return ResultColumn(name=name, type="DOUBLE", role=role, unit=unit, label=label, **more)


def rounded(value: float, metric: Metric, digits: int = 6) -> float | int | None:
    """A figure as a cell: whole where it counts, null where it is none."""
    if not np.isfinite(value):
        return None
    return round(value) if metric.unit == "count" and float(value).is_integer() else round(float(value), digits)


def moved_by(sentence: Sentence, places: int) -> Sentence:
    """A sentence about tables that now stand that many places later."""

    def moved(cells: tuple[CellReference, ...]) -> tuple[CellReference, ...]:
        return tuple(cell.model_copy(update={"result": cell.result + places}) for cell in cells)

    return Sentence(
        sentence.text,
        tuple(item.model_copy(update={"cells": moved(item.cells), "of": moved(item.of)}) for item in sentence.declared),
    )


def too_little(request: AnomalyRequest, desk: AnalysisDesk) -> Finding:
    """The question back where no series is long enough."""
    labels = ", ".join(desk.view.whole.metric_by_name[name].label for name in request.metrics)
    return Finding(
        clarification=Clarification(
            question=f"There are too few whole {request.grain.value}s of {labels} to say what is normal. Shall I show them?",
            reason="no_data",
        )
    )
