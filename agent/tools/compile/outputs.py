"""The columns of a result: what each is, and its expression over the figures they are computed from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sqlglot import exp

from agent.tools.compile.keys import Key, key_type
from agent.tools.warehouse.result import ResultColumn
from catalog.access import CatalogView
from catalog.models import FieldType, Metric
from catalog.query import FieldCondition, MetricUse, Not

Show = Literal["measure", "context", "hidden"]

_TYPE_NAMES = {
    FieldType.STRING: "VARCHAR",
    FieldType.BOOLEAN: "BOOLEAN",
    FieldType.DATE: "DATE",
    FieldType.TIMESTAMP: "TIMESTAMP",
}


@dataclass
class Output:
    """A column and how it is computed; `windowed` where it looks at other rows."""

    column: ResultColumn
    expression: exp.Expr
    hidden: bool = False
    windowed: bool = False

    @property
    def name(self) -> str:
        return self.column.name


def key_column(view: CatalogView, key: Key) -> ResultColumn:
    """The column of a key."""
    item = view.whole.field(key.field) if key.field is not None else None
    kind = key_type(key, item)
    period = key.grain.value if key.grain else key.part.value if key.part else key.custom_grain
    label = item.label if item else None
    if period is not None:
        words = period.replace("_", " ")
        label = words.capitalize() if label is None else f"{label} ({words})"
    plain = period is None and not key.bins
    unit = item.unit if item and plain else None
    return ResultColumn(
        name=key.name, type=_TYPE_NAMES.get(kind, "") if kind else "", role="key", unit=unit, label=label
    )


def kind_words(use: MetricUse) -> str:
    """Which rows of its own a use of a metric is of, behind its label: " (North)", and " (all others)" of what is left."""
    match use.where:
        case Not(condition=FieldCondition()):
            return " (all others)"
        case FieldCondition(part=None, grain=None, operator="eq" | "in", values=values) if values:
            return f" ({', '.join(str(value) for value in values)})"
        case _:
            return ""


def value_column(metric: Metric, name: str, show: Show, calculation: str, words: str = "") -> ResultColumn:
    """The column of a metric's value or of a figure computed from it."""
    unit = metric.unit
    if calculation in ("growth", "share"):
        unit = "fraction"
    elif calculation == "rank":
        unit = None
    return ResultColumn(
        name=name,
        type="",
        role="context" if show == "context" else "measure",
        unit=unit,
        label=f"{metric.label}{words}",
        metric=metric.name,
        calculation=calculation,
    )
