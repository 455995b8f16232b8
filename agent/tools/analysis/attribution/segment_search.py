"""The segment that explains a change: every segment's change against what it usually does, over all combinations.

For each segment the statistic is the change of its log odds within the whole (for a ratio: of its ratio against the rest's),
less what that step of the season usually brings and less what its parents' other parts did in the same step. How far such
residuals usually stray, in the segment's own history and in its combination of dimensions, is the yardstick. So a whole
that moves evenly, a season, and small noisy segments give no finding; and where one segment changes, it strays further
than its parents (diluted) and its children (fewer observations). Benjamini-Hochberg over all segments looked at keeps
chance findings out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from agent.tools.analysis.attribution.multiplicity import benjamini_hochberg, two_sided_p
from agent.tools.analysis.attribution.segment_levels import Conditions, SegmentLevels, level_of

Floats = npt.NDArray[np.float64]

FALSE_CAUSES = 0.02  # of the causes named, at most: a wrong one is worse than none
SMALLEST_SHARE = 0.005  # of the whole, in one of the two periods
REDUNDANT_SHARE = 0.97  # of a parent: the segment is the parent under another name
FEWEST_OBSERVATIONS = 30  # in a period: fewer are no finding, whatever they do
PRESENT_SHARE = 0.7  # of the past periods in which a segment must have had something
MODEL_WEIGHT = 10.0  # how many observations the spread usual in a combination of dimensions counts for
FEWEST_STEPS = 6  # past changes that must be there to say what is usual
FEWEST_SEGMENTS = 8  # without a past: as many must be there to say how far segments stray
RATE_OF_ONE_STEP = 0.01  # and stronger grounds are asked for
LEAST_FLOOR = 1e-6  # of the whole: stands in for nothing, so that a segment that vanished has a logarithm
LEAST_SPREAD = 1e-9
MOST_OF_THE_WHOLE = 10.0  # of evidence that the whole can give or take: it may have reasons of its own


@dataclass(frozen=True, slots=True)
class SegmentSeries:
    """Segments' values: a row a segment, a column a period, the period asked about last; `denominators` for a ratio.

    `whole` and `whole_denominator` are the same figures of everything there is. Segments may overlap and nest.
    """

    conditions: tuple[Conditions, ...]
    numerators: Floats
    whole: Floats
    denominators: Floats | None = None
    whole_denominator: Floats | None = None
    observations: Floats | None = None  # how many things the figures rest on, where that is known; as `numerators`


@dataclass(frozen=True, slots=True)
class SegmentChange:
    """A segment looked at. `effect`: the change, as a fraction, that season, whole and parents do not account for."""

    conditions: Conditions
    share: float  # of the whole (of a ratio: of its denominator), over the two periods
    effect: float
    usual_spread: float  # a standard deviation of the same figure (as a logarithm) in an ordinary step
    score: float  # effect (as a logarithm) over spread
    p_value: float
    stands_out: bool  # after the correction for all segments looked at


@dataclass(frozen=True, slots=True)
class SegmentSearch:
    """What was found: `changes` with the cause (if one stands out) first, and how many segments were looked at."""

    changes: tuple[SegmentChange, ...]
    looked_at: int
    steps: int

    @property
    def cause(self) -> SegmentChange | None:
        """The segment that explains the change, where one stands out."""
        return self.changes[0] if self.changes and self.changes[0].stands_out else None


@dataclass(frozen=True, slots=True)
class Step:
    """The change looked at: from the period `lag` before the last to the last; `season` periods make a year (or week)."""

    lag: int = 1
    season: int | None = None


ONE_STEP = Step()


def search_segments(
    series: SegmentSeries,
    step: Step = ONE_STEP,
    smallest_share: float = SMALLEST_SHARE,
    false_discovery_rate: float = FALSE_CAUSES,
) -> SegmentSearch:
    """Every segment's change against the usual, the most telling first.

    With fewer than `FEWEST_STEPS` past changes there is no history to go by: what is usual is then how far most segments
    stray in this very step, each by its size. `steps` of the outcome is 0 there.
    """
    usable = max(len(series.whole) - 1 - step.lag, 0)
    if usable < FEWEST_STEPS:
        series, step, usable = _ends(series, step), ONE_STEP, 0
    if not series.conditions:
        return SegmentSearch((), 0, usable)
    levels = SegmentLevels(series.conditions, _sizes(series)[0])
    shares = _shares(series, step)
    candidates = _candidates(series, levels, step, smallest_share)
    groups: dict[tuple[str, ...], list[int]] = {}
    for row in candidates:
        groups.setdefault(tuple(name for name, _ in series.conditions[row]), []).append(row)
    found: list[SegmentChange] = []
    counts: dict[tuple[str, ...], int] = {}
    surprises = _surprises(series.numerators, series.denominators, series, step) if usable else None
    for names, members in groups.items():
        counts[names] = len(members)
        if surprises is not None:
            found += _changes(members, series, levels, surprises, shares, step)
    if surprises is None:
        found = _changes_of_one_step(candidates, series, shares)
    rate = false_discovery_rate if usable else min(false_discovery_rate, RATE_OF_ONE_STEP)
    rejected = benjamini_hochberg(_weighted(found), rate)
    judged = [replace(item, stands_out=kept) for item, kept in zip(found, rejected, strict=True)]
    departure = _departure(series, step) if usable else None
    judged.sort(key=lambda item: (-_evidence(item, counts, departure), len(item.conditions), item.conditions))
    return SegmentSearch(_at_its_level(judged, series, levels, step), len(judged), usable)


def _ends(series: SegmentSeries, step: Step) -> SegmentSeries:
    """The two periods compared alone."""
    kept = [-1 - step.lag, -1]
    return SegmentSeries(
        series.conditions,
        series.numerators[:, kept],
        series.whole[kept],
        None if series.denominators is None else series.denominators[:, kept],
        None if series.whole_denominator is None else series.whole_denominator[kept],
        None if series.observations is None else series.observations[:, kept],
    )


def _changes_of_one_step(candidates: Sequence[int], series: SegmentSeries, shares: Floats) -> list[SegmentChange]:
    """Without a past: each segment's change against how far segments of its size stray in this step."""
    if len(candidates) < FEWEST_SEGMENTS:
        return []
    standing = _log_odds(series.numerators[candidates], series.whole)
    if series.denominators is not None and series.whole_denominator is not None:
        standing = standing - _log_odds(series.denominators[candidates], series.whole_denominator)
    moved = standing[:, 1] - standing[:, 0]
    moved = moved - _weighted_median(moved, shares[candidates])
    sharpness = np.sqrt(shares[candidates] / np.maximum(1 - shares[candidates], 0.02))
    spread = np.maximum(1.4826 * float(np.median(np.abs(moved * sharpness))) / sharpness, LEAST_SPREAD)
    scores = moved / spread
    p_values = two_sided_p(scores, len(candidates) / 2)
    return [
        SegmentChange(
            conditions=series.conditions[row],
            share=float(shares[row]),
            effect=float(np.expm1(moved[place])),
            usual_spread=float(spread[place]),
            score=float(scores[place]),
            p_value=float(p_values[place]),
            stands_out=False,
        )
        for place, row in enumerate(candidates)
    ]


def _weighted_median(values: Floats, weights: Floats) -> float:
    order = np.argsort(values)
    reached = np.cumsum(weights[order])
    return float(values[order][np.searchsorted(reached, reached[-1] / 2)])


def _weighted(found: Sequence[SegmentChange]) -> list[float]:
    """The p-values, each over its weight: one dimension, two and three have a third of the allowance each.

    There are far more segments of three dimensions than of one, and they would leave it nothing (Genovese, Roeder and
    Wasserman 2006 show that weights of mean one keep the rate of false findings).
    """
    levels = [len(item.conditions) for item in found]
    weight = {level: len(found) / len(set(levels)) / levels.count(level) for level in set(levels)}
    return [min(item.p_value / weight[level], 1.0) for item, level in zip(found, levels, strict=True)]


def _evidence(
    item: SegmentChange, counts: Mapping[tuple[str, ...], int], departure: tuple[float, float] | None
) -> float:
    """The log likelihood that the effect gains, less the price of having chosen among that many.

    Where the whole departs from its own usual step, a cause should account for it: what one part loses, the others gain in
    share, and the whole tells which of them it was.
    """
    gained = item.score**2 / 2 - float(np.log(counts[tuple(name for name, _ in item.conditions)]))
    if departure is None:
        return gained
    strayed, spread = departure
    left = strayed - float(np.log1p(max(item.share * item.effect, -0.99)))
    return gained + float(np.clip((strayed**2 - left**2) / (2 * spread**2), -MOST_OF_THE_WHOLE, MOST_OF_THE_WHOLE))


def _departure(series: SegmentSeries, step: Step) -> tuple[float, float] | None:
    """How far the whole strayed from its usual step, and how far it usually does (logarithms); None where it is not known."""
    level = (
        series.whole
        if series.whole_denominator is None
        else series.whole / np.where(series.whole_denominator > 0, series.whole_denominator, np.nan)
    )
    if not (np.isfinite(level).all() and (level > 0).all()):
        return None
    logs = np.log(level)[None, :]
    surprises = less_season(logs[:, step.lag :] - logs[:, : -step.lag], step)[0]
    past = surprises[:-1][np.isfinite(surprises[:-1])]
    if len(past) < FEWEST_STEPS or not np.isfinite(surprises[-1]):
        return None
    return float(surprises[-1]), max(1.4826 * float(np.median(np.abs(past))), LEAST_SPREAD)


def _at_its_level(
    judged: list[SegmentChange], series: SegmentSeries, levels: SegmentLevels, step: Step
) -> tuple[SegmentChange, ...]:
    """The changes with the first one taken at the level that it belongs to."""
    if not judged or not judged[0].stands_out:
        return tuple(judged)

    def course(segment: Conditions, without: Conditions | None, larger: Conditions) -> Floats:
        standing = _against_outside(series.numerators, series.whole, levels, segment, without, larger)
        if series.denominators is not None and series.whole_denominator is not None:
            standing = standing - _against_outside(
                series.denominators, series.whole_denominator, levels, segment, without, larger
            )
        steps = (standing[step.lag :] - standing[: -step.lag])[None, :]
        return np.asarray(less_season(steps, step)[0])

    def moved(segment: Conditions, without: Conditions | None, larger: Conditions) -> float:
        return float(course(segment, without, larger)[-1])

    by_conditions = {item.conditions: item for item in judged}
    standing_out = [item.conditions for item in judged if item.stands_out]

    def noise(smaller: Conditions, larger: Conditions) -> float:
        apart = (course(smaller, None, larger) - course(larger, smaller, larger))[:-1]
        past = apart[np.isfinite(apart)]
        if len(past) >= FEWEST_STEPS:
            return 1.4826 * float(np.median(np.abs(past)))
        part, holding = by_conditions[smaller], by_conditions[larger]
        rest = max(1 - part.share / holding.share, 1 - REDUNDANT_SHARE)
        return float(np.hypot(part.usual_spread, holding.usual_spread / np.sqrt(rest)))

    named = by_conditions[level_of(judged[0].conditions, standing_out, levels, moved, noise)]
    return (named, *(item for item in judged if item is not named))


def _against_outside(
    values: Floats,
    whole: Floats,
    levels: SegmentLevels,
    segment: Conditions,
    without: Conditions | None,
    larger: Conditions,
) -> Floats:
    """By period, the logarithm of a segment (less another inside it) over all that lies outside of a larger one."""
    own = values[levels.rows[segment]]
    own = own if without is None else own - values[levels.rows[without]]
    floor = LEAST_FLOOR * np.maximum(np.abs(whole), LEAST_FLOOR)
    outside = whole - values[levels.rows[larger]]
    return np.asarray(np.log(np.maximum(own, floor)) - np.log(np.maximum(outside, floor)))


def _shares(series: SegmentSeries, step: Step) -> Floats:
    sizes, whole = _sizes(series)
    both = float(whole[-1] + whole[-1 - step.lag])
    if both <= 0:
        return np.full(len(sizes), LEAST_FLOOR)
    return np.clip((sizes[:, -1] + sizes[:, -1 - step.lag]) / both, LEAST_FLOOR, 1.0)


def _sizes(series: SegmentSeries) -> tuple[Floats, Floats]:
    """What says how large a segment is: its value; of a ratio, its denominator."""
    if series.denominators is None or series.whole_denominator is None:
        return series.numerators, series.whole
    return series.denominators, series.whole_denominator


def _candidates(series: SegmentSeries, levels: SegmentLevels, step: Step, smallest_share: float) -> list[int]:
    """The segments that are large enough, have a past, and are no parent under another name."""
    sizes, whole = _sizes(series)
    ends = [-1 - step.lag, -1]
    largest = np.max([sizes[:, at] / whole[at] if whole[at] > 0 else np.zeros(len(sizes)) for at in ends], axis=0)
    present = np.mean(sizes[:, :-1] > 0, axis=1)
    usual = np.median(sizes[:, :-1], axis=1)
    everything = REDUNDANT_SHARE * float(np.median(whole[:-1]))
    kept = []
    for row, conditions in enumerate(series.conditions):
        if series.observations is not None and not _is_observed(series.observations[row], step):
            continue
        if largest[row] < smallest_share or present[row] < PRESENT_SHARE or usual[row] >= everything:
            continue
        if _is_said_twice(conditions, levels):
            continue
        above = [levels.rows[parent] for parent in levels.parents(conditions) if parent in levels.rows]
        if all(usual[row] < REDUNDANT_SHARE * usual[parent] for parent in above):
            kept.append(row)
    return kept


def _is_observed(observations: Floats, step: Step) -> bool:
    """Whether a segment rests on enough: usually, and in one of the two periods."""
    usual = float(np.median(observations[:-1]))
    return usual >= FEWEST_OBSERVATIONS and max(observations[-1], observations[-1 - step.lag]) >= FEWEST_OBSERVATIONS


def _is_said_twice(conditions: Conditions, levels: SegmentLevels) -> bool:
    """Whether one of the conditions follows from another: a subcategory beside its category."""
    return any(item in levels.implied.get(other, ()) for item in conditions for other in conditions)


def _changes(
    members: Sequence[int],
    series: SegmentSeries,
    levels: SegmentLevels,
    surprises: Floats,
    shares: Floats,
    step: Step,
) -> list[SegmentChange]:
    """The changes of one combination of dimensions, whose segments share one spread model and one reaction to parents."""
    own = surprises[members]
    sharpness = np.sqrt(shares[members] / np.maximum(1 - shares[members], 0.02))
    past = np.append(np.isfinite(own[:, :-1]).all(axis=0), False)
    if past.sum() < FEWEST_STEPS:
        return []
    controls = _controls(members, series, levels, step)
    if controls is not None:
        reaction = _reaction(own[:, past], controls[:, :, past], sharpness)
        own = own - np.einsum("spt,p->st", controls, reaction)
    spread = 1.4826 * np.median(np.abs(own[:, past]), axis=1)
    model = float(np.median(spread * sharpness)) / sharpness
    weight = past.sum() / 2  # a median's spread is known about half as well as a mean's
    pooled = np.sqrt((weight * spread**2 + MODEL_WEIGHT * model**2) / (weight + MODEL_WEIGHT))
    pooled = np.maximum(pooled, LEAST_SPREAD)
    scores = own[:, -1] / pooled
    p_values = two_sided_p(scores, float(weight + MODEL_WEIGHT))
    return [
        SegmentChange(
            conditions=series.conditions[row],
            share=float(shares[row]),
            effect=float(np.expm1(own[place, -1])),
            usual_spread=float(pooled[place]),
            score=float(scores[place]),
            p_value=float(p_values[place]),
            stands_out=False,
        )
        for place, row in enumerate(members)
    ]


def _surprises(numerators: Floats, denominators: Floats | None, series: SegmentSeries, step: Step) -> Floats:
    """The steps of segments' standing against the rest, less the season's; NaN where the season is not known."""
    standing = _log_odds(numerators, series.whole)
    if denominators is not None and series.whole_denominator is not None:
        standing = standing - _log_odds(denominators, series.whole_denominator)
    return less_season(standing[:, step.lag :] - standing[:, : -step.lag], step)


def _log_odds(values: Floats, whole: Floats) -> Floats:
    floor = LEAST_FLOOR * np.maximum(np.abs(whole), LEAST_FLOOR)
    return np.log(np.maximum(values, floor)) - np.log(np.maximum(whole - values, floor))


def less_season(steps: Floats, step: Step) -> Floats:
    """Each step less the mean of the same step of other years (the last one never a model), at the spread of one step.

    `steps`: a row a series. Where the step spans whole seasons, or no year has passed, the usual step is the median one.
    NaN where no other year is known.
    """
    count = steps.shape[1]
    if count == 1:
        return steps
    if step.season is None or step.lag % step.season == 0 or count <= step.season:
        return np.asarray(steps - np.median(steps[:, :-1], axis=1, keepdims=True), dtype=float)
    centred = np.full(steps.shape, np.nan)
    for place in range(count):
        others = [at for at in range(place % step.season, count - 1, step.season) if at != place]
        if others:
            usual = steps[:, others].mean(axis=1)
            centred[:, place] = (steps[:, place] - usual) / np.sqrt(1 + 1 / len(others))
    return centred


def _controls(members: Sequence[int], series: SegmentSeries, levels: SegmentLevels, step: Step) -> Floats | None:
    """What the rest of each parent did in each step (segment, parent, step): zero where a parent is not known."""
    parents = [levels.parents(series.conditions[row]) for row in members]
    count = max(len(item) for item in parents)
    if not count:
        return None
    found = np.zeros((len(members), count, len(series.whole) - step.lag))
    for place in range(count):
        known = [at for at, above in enumerate(parents) if len(above) > place and above[place] in levels.rows]
        if not known:
            continue
        held = [members[at] for at in known]
        above = [levels.rows[parents[at][place]] for at in known]
        rest = series.numerators[above] - series.numerators[held]
        base = None if series.denominators is None else series.denominators[above] - series.denominators[held]
        found[known, place] = np.nan_to_num(_surprises(rest, base, series, step))
    return found


def _reaction(own: Floats, controls: Floats, sharpness: Floats) -> Floats:
    """How much a segment usually moves with the rest of each parent, never against it: one answer for the combination."""
    weighted = own * sharpness[:, None]
    limit = 4 * 1.4826 * float(np.median(np.abs(weighted))) + LEAST_SPREAD
    goal = np.clip(weighted, -limit, limit).ravel()
    moved = np.clip(controls * sharpness[:, None, None], -limit, limit)
    moved = np.moveaxis(moved, 1, 2).reshape(-1, controls.shape[1])
    reaction = np.zeros(controls.shape[1])
    active = list(range(controls.shape[1]))
    while active:
        fitted = np.linalg.lstsq(moved[:, active], goal, rcond=None)[0]
        if (fitted >= 0).all():
            reaction[active] = fitted
            break
        active.pop(int(np.argmin(fitted)))
    return reaction
