"""How demand answers to price, and the price level that earns most: by the field that the catalog declares it by."""

from __future__ import annotations

from collections.abc import Sequence

from agent.answer import ChartSeries, ChartSpec
from agent.errors import QueryError
from agent.tools.analysis.desk import AnalysisDesk
from agent.tools.analysis.elasticity.estimate import ground_of
from agent.tools.analysis.elasticity.price_point import best_price, is_bounded
from agent.tools.analysis.finding import Finding
from agent.tools.analysis.scenario.actual_values import read_actual_values
from agent.tools.analysis.scenario.assumptions import Assumption, draw
from agent.tools.analysis.scenario.grounds import Ground
from agent.tools.analysis.scenario.identities import IdentityBook
from agent.tools.analysis.scenario.movable_levers import listed
from agent.tools.analysis.scenario.scenario_tables import column, table, text_column
from agent.tools.present.declared_numbers import CellReference
from agent.tools.present.label_words import is_plural, mid_sentence
from agent.tools.present.sentences import Sentence, SentenceBuilder
from agent.tools.warehouse.result import ResultTable
from catalog.analyses.price import ElasticityRequest, PricePointRequest
from catalog.models import Metric
from catalog.strategy.influences import Influence

_ALL = "all"
_ELASTICITY, _LOW, _HIGH = 1, 2, 3
_NOW, _BEST, _CHANGE, _PRICE_LOW, _PRICE_HIGH, _PROFIT_GAIN = range(1, 7)
_BOUNDS = 0.15


def run_elasticity(request: ElasticityRequest, desk: AnalysisDesk) -> Finding:
    """Each group's elasticity with its range, where it comes from, and how many rows it rests on."""
    influence, cause = _influence(request.cause, request.effect, desk)
    ground = ground_of(influence, cause, desk, request.where)
    rows = sorted(ground.ranges.items(), key=lambda item: item[1].elasticity)
    field = _field_label(influence, desk)
    columns = (
        text_column("segment", field),
        column("elasticity", label="Elasticity"),
        column("low", "context", label="Low"),
        column("high", "context", label="High"),
        column("rows_used", "context", "count", "Rows", kind="BIGINT"),
        text_column("source", "Source", "context"),
    )
    used = ground.rows or {}
    cells = [
        (segment or _ALL, known.elasticity, known.low, known.high, used.get(segment), ground.source)
        for segment, known in rows
    ]
    answer = table("answer", "", columns, cells)
    effect = desk.view.metrics[influence.effect]
    return Finding(
        results=(answer,),
        headline=_elasticity_headline(answer, effect),
        narrative=_elasticity_narrative(answer, effect),
        chart=ChartSpec(
            kind="bar",
            title=f"How {mid_sentence(effect.label)} {'answer' if is_plural(effect.label) else 'answers'} to price",
            x_label=field,
            y_label="Elasticity",
            x=tuple(str(row[0]) for row in cells),
            series=(ChartSeries(name="elasticity", values=tuple(row[1] for row in cells)),),
            horizontal=True,
        ),
        caveats=_caveats(ground),
        phrases=("90 % range", *(str(row[0]) for row in cells)),
    )


def run_price_point(request: PricePointRequest, desk: AnalysisDesk) -> Finding:
    """For each group the price level with the highest gross profit within the lever's bounds, with its range. Groups whose
    elasticity is at or near -1 have none: profit would rise with the price without end."""
    influence, cause = _influence(None, None, desk)
    ground = ground_of(influence, cause, desk, request.where)
    book = IdentityBook(desk.view)
    price, cost = cause, _unit_cost(book, desk, influence.effect)
    figures = (price, cost, influence.effect)
    values = read_actual_values(
        book, figures, influence.by, figures if influence.by else (), desk, request.period, request.where
    )
    segments = dict(values.actual.by_segment) if influence.by is not None else {None: values.actual.total}
    low, high = _price_bounds(desk, influence)
    unit = desk.view.metrics[price].unit
    rows, unbounded = [], []
    for segment, found in segments.items():
        known = ground.ranges.get(segment) or ground.ranges.get(None)
        now, unit_cost = found.get(price, 0.0), found.get(cost, 0.0)
        if known is None or not now > 0:
            continue
        if not is_bounded(known.elasticity, known.high, unit_cost, now * (1 + high)):
            unbounded.append(str(segment or _ALL))
            continue
        name = f"elasticity {segment}"
        drawn = draw((Assumption(name, known.elasticity, known.low, known.high, known.shape),))[name]
        kept = drawn[drawn < -1.0001]
        best = best_price(now, unit_cost, known.elasticity, kept, (now * (1 + low), now * (1 + high)))
        gain = best.profit / best.profit_now - 1 if best.profit_now > 0 else None
        rows.append(
            (
                str(segment or _ALL),
                now,
                best.price,
                best.price / now - 1,
                best.low,
                best.high,
                gain,
                best.ends_at or "inside",
            )
        )
    if not rows:
        raise QueryError(
            f"There is no price level with the highest profit to give: the elasticity of"
            f" {listed(unbounded) or 'demand'} is at or near -1, "
            "where profit rises with the price without end; only a trial of prices can tell"
        )
    rows.sort(key=lambda row: -abs(row[3]))
    answer = _price_table(rows, unit, _field_label(influence, desk), values.sql)
    story = _price_sentences(answer, unit, unbounded)
    return Finding(
        results=(answer,),
        headline=story[0],
        narrative=story[1:],
        chart=ChartSpec(
            kind="grouped_bar",
            title="Price now, and the one that earns most within bounds",
            x_label=_field_label(influence, desk),
            y_label="Price",
            x=tuple(row[0] for row in rows),
            series=(
                ChartSeries(name="now", values=tuple(row[1] for row in rows), unit=unit),
                ChartSeries(name="earns most", values=tuple(row[2] for row in rows), unit=unit),
            ),
            unit=unit,
        ),
        caveats=(
            "Within the bounds that prices were moved in; beyond them the elasticity is not known.",
            "One price level for all products of a group, at today's unit cost; rivals' answer is not in it.",
            *_caveats(ground),
        ),
        periods=() if request.period is None else (request.period,),
        phrases=("90 % range", "-1", *unbounded, *(row[0] for row in rows)),
    )


def _influence(cause: str | None, effect: str | None, desk: AnalysisDesk) -> tuple[Influence, str]:
    """The influence asked for, or the first that is by a field or estimated, with the metric that its cause is."""
    moves = {lever.name: lever.moves for lever in desk.view.whole.strategy.levers}
    for influence in desk.view.whole.strategy.influences:
        metric = moves.get(influence.cause, influence.cause)
        asked = cause in (None, influence.cause, metric) and effect in (None, influence.effect)
        split = cause is not None or influence.by is not None or influence.estimate is not None
        if asked and split and metric in desk.view.metrics and influence.effect in desk.view.metrics:
            return influence, metric
    raise QueryError("the catalog declares no answer of demand to price; declare it under strategy.influences")


def _unit_cost(book: IdentityBook, desk: AnalysisDesk, units: str) -> str:
    """The metric that is a cost a unit: a ratio to the same units that is better low. QueryError where there is none."""
    for ratio in book.ratios.values():
        metric = desk.view.metrics[ratio.name]
        if ratio.below == units and metric.direction is not None and metric.direction.value == "down":
            return ratio.name
    raise QueryError(
        f"no cost per unit is defined: a metric that divides a cost by {desk.view.metrics[units].label}, with direction down"
    )


def _price_bounds(desk: AnalysisDesk, influence: Influence) -> tuple[float, float]:
    """How far prices may move, relative: the bounds of the lever that moves the price; 15 % either way without any."""
    panel_price = getattr(influence.estimate, "price", None)
    names = {influence.cause, panel_price}
    for lever in desk.view.whole.strategy.levers:
        if {lever.name, lever.moves} & names and lever.bounds == "relative":
            return lever.lowest if lever.lowest is not None else -_BOUNDS, (
                lever.highest if lever.highest is not None else _BOUNDS
            )
    return -_BOUNDS, _BOUNDS


def _field_label(influence: Influence, desk: AnalysisDesk) -> str:
    return desk.view.whole.field(influence.by).label if influence.by is not None else "Part"


def _caveats(ground: Ground) -> tuple[str, ...]:
    evidence = ground.evidence[:1].upper() + ground.evidence[1:]
    return (f"{evidence.rstrip('.')}.",) if evidence else ()


def _elasticity_headline(answer: ResultTable, effect: Metric) -> Sentence:
    builder = SentenceBuilder((answer,), "headline")
    label = mid_sentence(effect.label)
    answers = "answer" if is_plural(effect.label) else "answers"
    first = builder.value(CellReference(row=0, column=_ELASTICITY), None, "0.00")
    if len(answer.rows) == 1:
        return builder.finished(f"For one percent on the price, {label} {answers} by {first} percent")
    last_row = len(answer.rows) - 1
    last = builder.value(CellReference(row=last_row, column=_ELASTICITY), None, "0.00")
    return builder.finished(
        f"{effect.label} {answers} most to price in {answer.rows[0][0]} (elasticity {first}) and least in "
        f"{answer.rows[last_row][0]} ({last})"
    )


def _elasticity_narrative(answer: ResultTable, effect: Metric) -> tuple[Sentence, ...]:
    builder = SentenceBuilder((answer,))
    low, high = (builder.value(CellReference(row=0, column=place), None, "0.00") for place in (_LOW, _HIGH))
    found = [builder.finished(f"For {answer.rows[0][0]} the 90 % range is {low} to {high}.")]
    inelastic = [str(row[0]) for row in answer.rows if row[_LOW] > -1]
    elastic = [str(row[0]) for row in answer.rows if row[_HIGH] < -1]
    if elastic:
        found.append(
            Sentence(
                f"A higher price brings less money in {listed(elastic)}: demand falls faster than the price rises."
            )
        )
    if inelastic:
        found.append(Sentence(f"A higher price brings more money in {listed(inelastic)}."))
    return tuple(found)


def _price_table(rows: Sequence[tuple[object, ...]], unit: str | None, field: str, sql: str) -> ResultTable:
    columns = (
        text_column("segment", field),
        column("price_now", "context", unit, "Price now"),
        column("best_price", unit=unit, label="Price that earns most"),
        column("change", unit="fraction", label="Change", calculation="growth"),
        column("low", "context", unit, "Low"),
        column("high", "context", unit, "High"),
        column("profit_gain", "context", "fraction", "Gross profit", calculation="growth"),
        text_column("at_bound", "At a bound", "context"),
    )
    return table("answer", sql, columns, [tuple(row) for row in rows])


def _price_sentences(answer: ResultTable, unit: str | None, unbounded: Sequence[str]) -> tuple[Sentence, ...]:
    found = []
    for row, cells in enumerate(answer.rows[:5]):
        builder = SentenceBuilder((answer,), "headline" if row == 0 else "narrative")
        now, best = (CellReference(row=row, column=place) for place in (_NOW, _BEST))
        size = builder.derived("growth", (best,), (now,))
        than = "above" if cells[_CHANGE] >= 0 else "below"
        bound = " (the end of its bounds)" if cells[7] != "inside" else ""
        lowest, highest = (CellReference(row=row, column=place) for place in (_PRICE_LOW, _PRICE_HIGH))
        low, high = builder.apart(lowest, highest, unit)
        price_now, price_best = builder.value(now, unit), builder.value(best, unit)
        text = f"{cells[0]} would earn most at {price_best}, which is {size} {than} {price_now} now{bound}"
        is_open = cells[_PRICE_LOW] < cells[_PRICE_HIGH]  # at the end of its bounds a whole range may come to one price
        found.append(
            builder.finished(f"{text}; 90 % range {low} to {high}." if row and is_open else text + "." * (row > 0))
        )
    if unbounded:
        found.append(
            Sentence(
                f"For {listed(list(unbounded))} there is no such price to give: the elasticity's range is at or near -1,"
                f" where profit rises "
                "with the price without end."
            )
        )
    return tuple(found)
