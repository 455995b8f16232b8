"""Mix and rate: Simpson's case, segments that come and go, and closing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.tools.analysis.attribution.mix_rate import SegmentRatio, mix_and_rate
from agent.tools.analysis.errors import AttributionError


def test_every_rate_rises_and_the_whole_falls() -> None:
    #            before            after
    #   desktop  480 of 8,000 6 %  126 of 2,000 6.3 %
    #   mobile   -60 of 2,000 ...  so that 4.2 % falls to 2.3 %
    segments = [
        SegmentRatio("desktop", 360, 6_000, 63, 1_000),
        SegmentRatio("mobile", 60, 4_000, 167, 9_000),
    ]
    effects = mix_and_rate(segments)
    assert all(item.rate > 0 for item in effects)
    total = sum(item.effect for item in effects)
    assert total == pytest.approx(230 / 10_000 - 420 / 10_000, abs=1e-12)
    assert sum(item.rate for item in effects) == pytest.approx(0.0034, abs=0.0002)
    assert sum(item.mix for item in effects) == pytest.approx(-0.0224, abs=0.0002)


COUNTS = st.integers(0, 1_000)


@given(st.lists(st.tuples(COUNTS, COUNTS, COUNTS, COUNTS), min_size=1, max_size=8))
def test_the_effects_add_up_with_segments_that_come_and_go(drawn: list[tuple[int, int, int, int]]) -> None:
    segments = [
        SegmentRatio(str(at), min(a, b), b, min(c, d), d) for at, (a, b, c, d) in enumerate(drawn)
    ]  # a numerator without a denominator is no ratio
    before, after = sum(item.denominator_before for item in segments), sum(item.denominator_after for item in segments)
    if before == 0 or after == 0:
        with pytest.raises(AttributionError, match="denominator is zero"):
            mix_and_rate(segments)
        return
    overall = sum(item.numerator_after for item in segments) / after
    overall -= sum(item.numerator_before for item in segments) / before
    assert sum(item.effect for item in mix_and_rate(segments)) == pytest.approx(overall, abs=1e-9)


def test_a_segment_that_appears_is_mix() -> None:
    effects = mix_and_rate([SegmentRatio("old", 10, 100, 10, 100), SegmentRatio("new", 0, 0, 50, 100)])
    assert effects[1].rate == 0
    assert effects[1].ratio_before is None
    with pytest.raises(AttributionError, match="without a denominator"):
        mix_and_rate([SegmentRatio("odd", 5, 0, 1, 1), SegmentRatio("old", 1, 1, 1, 1)])
