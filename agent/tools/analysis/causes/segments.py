"""Where it happened: the segment that explains a metric's change, looked for in the metric and in its factors.

A metric that adds up is searched by its amounts; a ratio by its segments' own ratios, then by what its numerator's segments
bring. Ratio factors of the driver tree (a price, a basket) are searched as well: a price may change much where its effect
on the whole is small.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from sqlglot import exp

from agent.tools.analysis.attribution.adtributor import Candidate, Element, adtributor
from agent.tools.analysis.attribution.segment_levels import SAME_STORY, SegmentLevels
from agent.tools.analysis.attribution.segment_search import SegmentChange, SegmentSearch, Step, search_segments
from agent.tools.analysis.causes.additive import Amount, Measured, is_sum, measured, observations, single, splits
from agent.tools.analysis.causes.cube import Cube, CubeDimension, DimensionChoice, choose_dimensions, read_cube
from agent.tools.analysis.causes.drivers import DriverNode, condition_fields
from agent.tools.analysis.causes.history import History
from agent.tools.analysis.desk import AnalysisDesk
from catalog.access import CatalogView
from catalog.models import DerivedMetric
from catalog.query import Condition, MetricUse, Period

FACTOR_RATE = 0.003  # a factor is asked for stronger grounds than the metric itself
MUCH_CLEARER = 1.5  # times the metric's own score: only then is a factor's segment named instead
_MOST_FACTORS = 3


@dataclass(frozen=True)
class Place:
    """A segment with the metric's figures in it, and how it was judged. `factor`: where the change showed."""

    change: SegmentChange
    before: float | None
    after: float | None
    contribution: float | None  # to the change of the whole; over the segments of a dimension they add up
    factor: str | None


@dataclass(frozen=True)
class PlaceSearch:
    """All that was looked at: the cause (if one stands out) first, the rest by how far they stray."""

    places: tuple[Place, ...]
    cause: Place | None
    looked_at: int
    dimensions: tuple[CubeDimension, ...]
    left_out: tuple[CubeDimension, ...]  # dimensions beyond the bound of one search
    at_once: int  # how many dimensions were combined
    by_dimension: tuple[Candidate, ...]  # Adtributor's, the most surprising dimension first
    totals: tuple[tuple[float, float], ...]  # of each amount searched, before and after
    has_history: bool
    series: tuple[float, ...]  # the metric's own figures by period; NaN where a ratio has none
    sql: str


@dataclass(frozen=True)
class _Searched:
    """One search: what in, and how far the figures of the metric are to be had from it."""

    search: SegmentSearch
    cube: Cube
    numerator: int
    denominator: int | None
    factor: str | None


def search_places(
    desk: AnalysisDesk,
    metric: str,
    where: Condition | None,
    history: History | None,
    periods: tuple[Period, Period],
    dimensions: Sequence[str],
    tree: DriverNode,
) -> PlaceSearch | None:
    """The segments that explain the change between two periods (before, after); None where the metric has no parts.

    `dimensions` are dataset.field to look along; none named: all along which the parts add up.
    """
    figure = measured(desk.view, metric)
    if figure is None:
        return None
    step = history.step if history is not None else Step()
    at = history if history is not None else periods
    searches: list[_Searched] = []
    if figure.denominator is None:
        usable = _usable(splits(desk.view, figure.numerator), dimensions, where)
        choice = choose_dimensions(desk, usable)
        chosen = choice.searched
        if not chosen:
            return None
        factors = _factors(desk.view, tree, figure.numerator, chosen)
        amounts = [figure.numerator]
        pairs = [tuple(_placed(amounts, amount) for amount in pair) for _, pair in factors]
        amounts, counted = _counted(desk.view, amounts, [figure.numerator], chosen)
        cube = read_cube(desk, amounts, chosen, where, at)
        searches.append(_Searched(search_segments(cube.series(0, None, counted), step), cube, 0, None, None))
        for (label, _), (above, below) in zip(factors, pairs, strict=True):
            series = cube.series(above, below, counted)
            found = search_segments(series, step, false_discovery_rate=FACTOR_RATE)
            searches.append(_Searched(found, cube, 0, None, label))
        return _decided(searches, choice, figure, step)
    both = [field for field in splits(desk.view, figure.numerator) if field in splits(desk.view, figure.denominator)]
    choice = choose_dimensions(desk, _usable(both, dimensions, where), with_wide=False)
    chosen = choice.searched
    amounts = [figure.numerator, figure.denominator]
    if chosen:
        amounts, counted = _counted(desk.view, amounts, amounts, chosen)
        cube = read_cube(desk, amounts, chosen, where, at, size=1)
        searches.append(_Searched(search_segments(cube.series(0, 1, counted), step), cube, 0, 1, None))
    above_only = [field for field in splits(desk.view, figure.numerator) if field not in both]
    if _usable(above_only, dimensions, where):
        choice = choose_dimensions(desk, _usable([*above_only, *both], dimensions, where))
        wider = choice.searched
        amounts, counted = _counted(desk.view, [figure.numerator], [figure.numerator], wider)
        cube = read_cube(desk, amounts, wider, where, at)
        label = _label(desk.view, figure.numerator)
        found = search_segments(cube.series(0, None, counted), step, false_discovery_rate=FACTOR_RATE)
        searches.append(_Searched(found, cube, 0, None, label))
        searched = tuple(dict.fromkeys((*chosen, *wider)))
        choice = DimensionChoice(searched, tuple(item for item in choice.left_out if item not in searched))
    return _decided(searches, choice, figure, step) if searches else None


def _counted(
    view: CatalogView, amounts: Sequence[Amount], resting: Sequence[Amount], chosen: Sequence[CubeDimension]
) -> tuple[list[Amount], list[int]]:
    """The amounts with those that count what `resting` rest on, and where these stand."""
    found = list(amounts)
    places = []
    for amount in resting:
        counts = observations(view, amount)
        if counts is None or not {item.field for item in chosen} <= set(splits(view, counts)):
            continue
        places.append(_placed(found, counts))
    return found, places


def _placed(amounts: list[Amount], amount: Amount) -> int:
    """Where an amount stands among others, to which it is added where it is new."""
    for place, item in enumerate(amounts):
        if item.uses == amount.uses and item.formula == amount.formula:
            return place
    amounts.append(amount)
    return len(amounts) - 1


def _usable(fields: Sequence[str], asked: Sequence[str], where: Condition | None) -> list[str]:
    """The fields to look along: those asked for, else all but those that the question's own conditions fix."""
    if asked:
        return [field for field in fields if field in asked]
    fixed = condition_fields(where) if where is not None else frozenset()
    return [field for field in fields if field not in fixed]


def _factors(
    view: CatalogView, tree: DriverNode, amount: Amount, chosen: Sequence[CubeDimension]
) -> list[tuple[str, tuple[Amount, Amount]]]:
    """The ratio factors of the tree whose parts can be told apart by every dimension: label, numerator, denominator."""
    wanted = {item.field for item in chosen}
    found = []
    for part in tree.parts:
        pair = _quotient(view, part)
        if pair is not None and all(wanted <= set(splits(view, item)) for item in pair):
            found.append((part.label, pair))
    return found[:_MOST_FACTORS]


def _quotient(view: CatalogView, part: DriverNode) -> tuple[Amount, Amount] | None:
    metric = view.whole.metric_by_name.get(part.name)
    if isinstance(metric, DerivedMetric):
        figure = measured(view, part.name)
        return None if figure is None or figure.denominator is None else (figure.numerator, figure.denominator)
    if not isinstance(part.value, exp.Div):
        return None
    sides = (part.value.this, part.value.expression)
    if not all(isinstance(side, exp.Column) for side in sides):
        return None
    uses = {use.name: use for use in part.uses}
    amounts = [_of_use(view, uses.get(side.name)) for side in sides]
    return (amounts[0], amounts[1]) if amounts[0] is not None and amounts[1] is not None else None


def _of_use(view: CatalogView, use: MetricUse | None) -> Amount | None:
    return single(use.metric) if use is not None and use.where is None and is_sum(view, use.metric) else None


def _label(view: CatalogView, amount: Amount) -> str:
    return view.whole.metric_by_name[amount.uses[0].metric].label


def _decided(searches: Sequence[_Searched], choice: DimensionChoice, figure: Measured, step: Step) -> PlaceSearch:
    """The first search has the word; another is heard where it finds nothing, or is much clearer."""
    leading = searches[0]
    best = leading
    for other in searches[1:]:
        known, found = best.search.cause, other.search.cause
        if found is None:
            continue
        if known is None or (abs(found.score) > MUCH_CLEARER * abs(known.score) and not _is_mix(other, found, known)):
            best = other
    ordered = [best, *(item for item in searches if item is not best)]
    places: list[Place] = []
    seen: set[tuple[tuple[str, str], ...]] = set()
    for item in ordered:
        for change in item.search.changes:
            if change.conditions not in seen:
                seen.add(change.conditions)
                places.append(_place(item, change, figure, step))
    head, rest = places[:1], places[1:]
    rest.sort(key=lambda place: (not place.change.stands_out, -abs(place.change.score)))
    cause = head[0] if best.search.cause is not None else None
    return PlaceSearch(
        places=(*head, *rest)
        if cause is not None
        else tuple(sorted(places, key=lambda place: -abs(place.change.score))),
        cause=cause,
        looked_at=sum(item.search.looked_at for item in searches),
        dimensions=choice.searched,
        left_out=choice.left_out,
        at_once=min(item.cube.at_once for item in searches),
        by_dimension=_adtributor(leading, step),
        totals=tuple((float(row[-1 - step.lag]), float(row[-1])) for row in leading.cube.whole),
        has_history=leading.search.steps > 0,
        series=_series(leading, figure),
        sql=leading.cube.table.sql,
    )


def _is_mix(other: _Searched, found: SegmentChange, known: SegmentChange) -> bool:
    """Whether a factor's segment only holds the metric's own, in which the factor itself stayed: what one part sells more
    of moves the average around it."""
    if not SegmentLevels(other.cube.conditions, other.cube.amounts[:, 0]).holds(found.conditions, known.conditions):
        return False
    inside = next((item for item in other.search.changes if item.conditions == known.conditions), None)
    return inside is None or inside.effect / found.effect < SAME_STORY


def _series(item: _Searched, figure: Measured) -> tuple[float, ...]:
    above = item.cube.whole[item.numerator]
    if figure.denominator is None:
        return tuple(float(value) for value in above)
    if item.denominator is None:
        return ()
    below = item.cube.whole[item.denominator]
    return tuple(figure.factor * float(a) / float(b) if b else math.nan for a, b in zip(above, below, strict=True))


def _place(item: _Searched, change: SegmentChange, figure: Measured, step: Step) -> Place:
    """A segment with the metric's own figures before and after, and what it did to the whole."""
    row = item.cube.conditions.index(change.conditions)
    ends = (-1 - step.lag, -1)
    above = [float(item.cube.amounts[row, item.numerator, at]) for at in ends]
    whole = [float(item.cube.whole[item.numerator, at]) for at in ends]
    if figure.denominator is None:
        return Place(change, above[0], above[1], above[1] - above[0], item.factor)
    if item.denominator is None:
        return Place(change, above[0], above[1], None, item.factor)
    below = [float(item.cube.amounts[row, item.denominator, at]) for at in ends]
    whole_below = [float(item.cube.whole[item.denominator, at]) for at in ends]
    ratios = [figure.factor * a / b if b else None for a, b in zip(above, below, strict=True)]
    weights = [b / total if total else 0.0 for b, total in zip(below, whole_below, strict=True)]
    overall = [figure.factor * a / b if b else 0.0 for a, b in zip(whole, whole_below, strict=True)]
    known = [ratio for ratio in ratios if ratio is not None]
    middle = sum(known) / len(known) if known else 0.0
    moved = ratios[1] - ratios[0] if ratios[0] is not None and ratios[1] is not None else 0.0
    effect = sum(weights) / 2 * moved + (middle - sum(overall) / 2) * (weights[1] - weights[0])
    return Place(change, ratios[0], ratios[1], effect, item.factor)


def _adtributor(item: _Searched, step: Step) -> tuple[Candidate, ...]:
    """Adtributor over the single dimensions of the first search's amounts, the period before standing for the forecast."""
    elements: dict[str, list[Element]] = {}
    for row, conditions in enumerate(item.cube.conditions):
        if len(conditions) == 1:
            values = item.cube.amounts[row, item.numerator]
            field, value = conditions[0]
            elements.setdefault(field, []).append(Element(value, float(values[-1 - step.lag]), float(values[-1])))
    whole = item.cube.whole[item.numerator]
    before, after = float(whole[-1 - step.lag]), float(whole[-1])
    for field, found in elements.items():
        rest = Element("", before - sum(one.expected for one in found), after - sum(one.actual for one in found))
        if min(rest.expected, rest.actual) > 0:
            elements[field] = [*found, rest]
    positive = {
        field: found for field, found in elements.items() if all(min(one.expected, one.actual) >= 0 for one in found)
    }
    return adtributor(positive)
