"""Mix and rate: how much of a ratio's change came from its segments' own ratios, and how much from their weights.

Kitagawa (1955): rate = sum of mean weight * change of the segment's ratio; mix = sum of (mean ratio of the segment - mean
of the overall ratio) * change of its weight. Centring on the overall ratio makes a segment's mix say what growing it did.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from agent.tools.analysis.errors import AttributionError


@dataclass(frozen=True, slots=True)
class SegmentRatio:
    """A segment's numerator and denominator in the two periods; a segment that is not there has zeros."""

    name: str
    numerator_before: float
    denominator_before: float
    numerator_after: float
    denominator_after: float


@dataclass(frozen=True, slots=True)
class MixRateEffect:
    """A segment's part in the change of the ratio; a ratio is None in a period without the segment."""

    name: str
    ratio_before: float | None
    ratio_after: float | None
    weight_before: float
    weight_after: float
    rate: float
    mix: float

    @property
    def effect(self) -> float:
        """Rate and mix together."""
        return self.rate + self.mix


def mix_and_rate(segments: Sequence[SegmentRatio]) -> tuple[MixRateEffect, ...]:
    """Each segment's rate and mix effects; over all segments they add up to the change of the overall ratio.

    A segment that appears or vanishes has no change of its own ratio: all of its effect is mix. AttributionError where the
    denominators of a period add up to zero, or a segment has a numerator without a denominator.
    """
    total_before = sum(item.denominator_before for item in segments)
    total_after = sum(item.denominator_after for item in segments)
    if total_before == 0 or total_after == 0:
        raise AttributionError("the ratio has no value in one of the periods: its denominator is zero")
    overall = (
        sum(item.numerator_before for item in segments) / total_before
        + sum(item.numerator_after for item in segments) / total_after
    ) / 2
    return tuple(_effect(item, total_before, total_after, overall) for item in segments)


def _effect(item: SegmentRatio, total_before: float, total_after: float, overall: float) -> MixRateEffect:
    before = _ratio(item.name, item.numerator_before, item.denominator_before)
    after = _ratio(item.name, item.numerator_after, item.denominator_after)
    weight_before, weight_after = item.denominator_before / total_before, item.denominator_after / total_after
    known = [ratio for ratio in (before, after) if ratio is not None]
    mean_ratio = sum(known) / len(known) if known else overall
    change = after - before if before is not None and after is not None else 0.0
    return MixRateEffect(
        name=item.name,
        ratio_before=before,
        ratio_after=after,
        weight_before=weight_before,
        weight_after=weight_after,
        rate=(weight_before + weight_after) / 2 * change,
        mix=(mean_ratio - overall) * (weight_after - weight_before),
    )


def _ratio(name: str, numerator: float, denominator: float) -> float | None:
    if denominator:
        return numerator / denominator
    if numerator:
        raise AttributionError(f"{name} has a numerator without a denominator")
    return None
