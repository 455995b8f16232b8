"""The tables of an explained change: segments, drivers, what is usual, parts and related metrics, as result tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from agent.tools.analysis.attribution.adtributor import surprise
from agent.tools.analysis.attribution.normal_variation import UsualChange
from agent.tools.analysis.attribution.shapley import Contribution
from agent.tools.analysis.causes.drivers import DriverNode
from agent.tools.analysis.causes.segments import Place, PlaceSearch
from agent.tools.present.display_text import shown_name
from agent.tools.present.label_words import mid_sentence
from agent.tools.warehouse.result import ColumnRole, ResultColumn, ResultTable
from catalog.access import CatalogView
from catalog.models import FieldType, Metric

SHOWN_PLACES = 12
_Kind = Literal["VARCHAR", "DOUBLE", "BIGINT"]
CAUSE, ALSO, OVERLAPS, USUAL = "cause", "stands out too", "goes with the cause", "within normal variation"


def _column(
    name: str,
    kind: _Kind,
    role: ColumnRole = "measure",
    unit: str | None = None,
    label: str | None = None,
    calculation: str | None = None,
    metric: str | None = None,
) -> ResultColumn:
    return ResultColumn(name=name, type=kind, role=role, unit=unit, label=label, calculation=calculation, metric=metric)


def place_name(view: CatalogView, conditions: Sequence[tuple[str, str]]) -> str:
    """A segment in words: "web, Electronics"; numbers and yes-or-no with their field's label."""
    return ", ".join(value_name(view, field, value) for field, value in sorted(conditions))


def value_name(view: CatalogView, field: str, value: str) -> str:
    """A field's value in words: itself where it is text."""
    item = view.whole.field(field)
    if item.type is FieldType.BOOLEAN:
        return item.label if value == "true" else f"not {mid_sentence(item.label)}"
    return f"{item.label} {value}" if item.type is FieldType.INTEGER else shown_name(value)


def verdict_of(place: Place, cause: Place | None) -> str:
    """What a segment is beside the cause."""
    if cause is None or not place.change.stands_out:
        return USUAL
    if place is cause:
        return CAUSE
    held, other = dict(cause.change.conditions), dict(place.change.conditions)
    apart = any(held[field] != other[field] for field in held.keys() & other.keys())
    # Where one part falls, the others' shares rise: what moves the other way may be no more than that.
    same_way = place.change.effect * cause.change.effect > 0
    return ALSO if apart and same_way and not set(held.items()) & set(other.items()) else OVERLAPS


def segments_table(view: CatalogView, metric: Metric, found: PlaceSearch, change: float, sql: str) -> ResultTable:
    """One row a segment, the cause first: its place by dimension, figures, share of the change, how far it strays."""
    places = found.places[:SHOWN_PLACES]
    used = list(dict.fromkeys(field for place in places for field, _ in place.change.conditions))
    names = column_names(used)
    before, after = found.totals[0][0], found.totals[0][1]
    columns = (
        _column("place", "VARCHAR", role="key", label="Segment"),
        *(_column(names[field], "VARCHAR", role="key", label=view.whole.field(field).label) for field in used),
        _column("before", "DOUBLE", role="context", unit=metric.unit, label="Before", metric=metric.name),
        _column("after", "DOUBLE", unit=metric.unit, label="After", metric=metric.name),
        _column("change", "DOUBLE", unit=metric.unit, label="Change", calculation="change", metric=metric.name),
        _column(
            "contribution",
            "DOUBLE",
            role="context",
            unit=metric.unit,
            label="Part in the change",
            calculation="change",
            metric=metric.name,
        ),
        _column("explanatory_power", "DOUBLE", role="context", unit="fraction", label="Share of the change"),
        _column("surprise", "DOUBLE", role="context", label="Surprise"),
        _column(
            "unusual_change",
            "DOUBLE",
            role="context",
            unit="fraction",
            label="Change beyond the usual",
            calculation="growth",
        ),
        _column("score", "DOUBLE", role="context", unit="ratio", label="Usual spreads away"),
        _column("p_value", "DOUBLE", role="context", label="p-value"),
        _column("shows_in", "VARCHAR", role="context", label="Shows in"),
        _column("verdict", "VARCHAR", role="context", label="Verdict"),
    )
    rows = []
    for place in places:
        held = dict(place.change.conditions)
        moved = place.after - place.before if place.after is not None and place.before is not None else None
        power = place.contribution / change if place.contribution is not None and change else None
        shared = _surprise(place, before, after)
        rows.append(
            (
                place_name(view, place.change.conditions),
                *(held.get(field) for field in used),
                place.before,
                place.after,
                moved,
                place.contribution,
                power,
                shared,
                place.change.effect,
                place.change.score,
                place.change.p_value,
                place.factor,
                verdict_of(place, found.cause),
            )
        )
    return ResultTable(name="segments", sql=sql, columns=columns, rows=tuple(rows))


def _surprise(place: Place, before: float, after: float) -> float | None:
    if place.before is None or place.after is None or min(before, after, place.before + 1, place.after + 1) <= 0:
        return None
    if place.contribution is None or abs(place.contribution - (place.after - place.before)) > 1e-9 * abs(before):
        return None  # a ratio's segments are no shares of it
    return surprise(max(place.before, 0.0) / before, max(place.after, 0.0) / after)


def column_names(fields: Sequence[str]) -> dict[str, str]:
    """A column's name for each dataset.field: the field's own, with its dataset where two are alike."""
    own = [field.partition(".")[2] for field in fields]
    taken = {"place", "before", "after", "change", "contribution", "surprise", "score", "verdict"}
    return {
        field: field.replace(".", "_") if own.count(name) > 1 or name in taken else name
        for field, name in zip(fields, own, strict=True)
    }


def drivers_table(
    metric: Metric, found: Sequence[tuple[DriverNode, Contribution]], change: float, sql: str
) -> ResultTable:
    """One row a factor, depth first: before, after, and its part in the change of the metric. The factors of a formula
    add up to what they make."""
    columns = (
        _column("driver", "VARCHAR", role="key", label="Driver"),
        _column("part_of", "VARCHAR", role="key", label="Part of"),
        _column("before", "DOUBLE", role="context", label="Before"),
        _column("after", "DOUBLE", role="context", label="After"),
        _column("growth", "DOUBLE", role="context", unit="fraction", label="Growth", calculation="growth"),
        _column(
            "contribution",
            "DOUBLE",
            unit=metric.unit,
            label="Part in the change",
            calculation="change",
            metric=metric.name,
        ),
        _column("share", "DOUBLE", role="context", unit="fraction", label="Share of the change"),
    )
    labels = {item.path: node.label for node, item in found}
    rows: list[tuple[Any, ...]] = []
    for node, item in found:
        above = labels.get(item.path[:-1], metric.label)
        growth = (item.after - item.before) / abs(item.before) if item.before else None
        share = item.contribution / change if change else None
        rows.append((node.label, above, item.before, item.after, growth, item.contribution, share))
    return ResultTable(name="drivers", sql=sql, columns=columns, rows=tuple(rows))


def is_relative(usual: UsualChange, metric: Metric) -> bool:
    """Whether the usual change is told as growth: not of a rate, whose changes are points."""
    return usual.is_growth and metric.unit != "fraction"


def judgement_table(
    metric: Metric, usual: UsualChange | None, found: PlaceSearch | None, before: float, sql: str
) -> ResultTable:
    """One row: what the step usually brings, whether this one is within it, and how many segments were looked at.

    The usual range is growth; of a rate it is points, from the value `before`.
    """
    relative = usual is None or is_relative(usual, metric)
    unit = "fraction" if relative else metric.unit
    calculation = "growth" if relative else "change"
    factor = before if usual is not None and usual.is_growth and not relative else 1.0
    columns = (
        _column("usual_low", "DOUBLE", role="context", unit=unit, label="Usual change, low", calculation=calculation),
        _column("usual_high", "DOUBLE", role="context", unit=unit, label="Usual change, high", calculation=calculation),
        _column("past_changes", "BIGINT", role="context", unit="count", label="Past changes"),
        _column("segments_looked_at", "BIGINT", role="context", unit="count", label="Segments looked at"),
        _column("dimensions", "BIGINT", role="context", unit="count", label="Dimensions"),
        _column("verdict", "VARCHAR", role="context", label="Verdict"),
    )
    verdict = None
    if usual is not None:
        verdict = "within normal variation" if usual.is_within else "more than usual"
    row = (
        None if usual is None else usual.low * factor,
        None if usual is None else usual.high * factor,
        None if usual is None else usual.steps,
        None if found is None else found.looked_at,
        None if found is None else len(found.dimensions),
        verdict,
    )
    return ResultTable(name="judgement", sql=sql, columns=columns, rows=(row,))
