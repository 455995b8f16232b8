"""The search for the segment: on drawn businesses with a known cause, and on noise that has none."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from agent.tools.analysis.attribution.multiplicity import benjamini_hochberg, two_sided_p
from agent.tools.analysis.attribution.normal_variation import usual_change
from agent.tools.analysis.attribution.segment_levels import Conditions
from agent.tools.analysis.attribution.segment_search import (
    ONE_STEP,
    SegmentSearch,
    SegmentSeries,
    Step,
    search_segments,
)

SHAPE = (4, 6, 8)
NAMES = ("region", "channel", "category")
YEARLY = Step(1, 12)


def cube_of(cells: np.ndarray) -> SegmentSeries:
    """All segments of up to three dimensions over cells of (region, channel, category, period)."""
    conditions: list[Conditions] = []
    rows = []
    for count in (1, 2, 3):
        for held in itertools.combinations(range(3), count):
            for values in itertools.product(*(range(SHAPE[axis]) for axis in held)):
                index: list[int | slice] = [slice(None)] * 3
                for axis, value in zip(held, values, strict=True):
                    index[axis] = value
                part = cells[tuple(index)]
                rows.append(part.reshape(-1, cells.shape[-1]).sum(axis=0))
                conditions.append(
                    tuple((NAMES[axis], f"{NAMES[axis]}{value}") for axis, value in zip(held, values, strict=True))
                )
    return SegmentSeries(tuple(conditions), np.stack(rows), cells.reshape(-1, cells.shape[-1]).sum(axis=0))


def business(rng: np.random.Generator, periods: int = 38, noise: float = 0.05, season: float = 0.2) -> np.ndarray:
    """Cells with sizes, seasons by category, growth, and noise that is larger in small cells."""
    sizes = np.einsum("a,b,c->abc", *(rng.dirichlet(np.full(size, 5.0)) for size in SHAPE)) * 1e6
    yearly = 1 + season * np.sin(2 * np.pi * (np.arange(periods) / 12 + rng.random((1, 1, SHAPE[2], 1))))
    growth = 1.004 ** np.arange(periods)
    expected = sizes[..., None] * yearly * growth
    spread = noise * np.sqrt(sizes.mean() / sizes)[..., None]
    return np.asarray(expected * np.exp(rng.normal(0, 1, expected.shape) * spread))


def named(found: SegmentSearch) -> dict[str, str]:
    return dict(found.cause.conditions) if found.cause is not None else {}


def planted(
    rng: np.random.Generator, dimensions: int, strength: float, periods: int = 38
) -> tuple[dict[str, str], SegmentSeries]:
    cells = business(rng, periods)
    held = rng.choice(3, dimensions, replace=False)
    where: list[int | slice] = [slice(None)] * 3
    for axis in held:
        where[axis] = int(rng.integers(SHAPE[axis]))
    cells[(*where, -1)] *= 1 - strength
    truth = {NAMES[axis]: f"{NAMES[axis]}{where[axis]}" for axis in held}
    return truth, cube_of(cells)


@pytest.mark.parametrize("dimensions", [1, 2])
def test_a_planted_segment_is_named_at_its_own_level(dimensions: int) -> None:
    rng = np.random.default_rng(dimensions)
    right = 0
    for _ in range(20):
        truth, series = planted(rng, dimensions, 0.3)
        right += named(search_segments(series, YEARLY)) == truth
    assert right >= 18


@pytest.mark.parametrize(("dimensions", "least"), [(1, 36), (2, 34)])
def test_without_a_past_the_step_itself_says_what_is_usual(dimensions: int, least: int) -> None:
    rng = np.random.default_rng(5)
    right = 0
    for _ in range(40):
        cells = business(rng, 2, noise=0.02, season=0)
        held = rng.choice(3, dimensions, replace=False)
        where: list[int | slice] = [slice(None)] * 3
        for axis in held:
            where[axis] = int(rng.integers(SHAPE[axis]))
        cells[(*where, -1)] *= 1 - rng.uniform(0.3, 0.6)
        found = search_segments(cube_of(cells), ONE_STEP)
        right += named(found) == {NAMES[axis]: f"{NAMES[axis]}{where[axis]}" for axis in held}
        assert found.steps == 0
    assert right >= least


def test_noise_and_seasons_are_no_cause() -> None:
    rng = np.random.default_rng(3)
    found = [search_segments(cube_of(business(rng)), YEARLY) for _ in range(30)]
    assert sum(item.cause is not None for item in found) <= 2


def test_a_whole_that_moves_evenly_is_no_segments_doing() -> None:
    rng = np.random.default_rng(8)
    cells = business(rng)
    cells[..., -1] *= 0.7
    assert search_segments(cube_of(cells), YEARLY).cause is None


def test_five_hundred_equal_segments_give_no_finding() -> None:
    rng = np.random.default_rng(1)
    values = rng.poisson(400, (500, 30)).astype(float)
    series = SegmentSeries(tuple((("customer", str(at)),) for at in range(500)), values, values.sum(axis=0))
    found = search_segments(series, Step(1), smallest_share=0)
    assert found.looked_at == 500
    assert sum(item.p_value < 0.05 for item in found.changes) >= 10  # which alone would be findings
    assert not any(item.stands_out for item in found.changes)


def test_a_ratio_is_searched_by_its_own_segments() -> None:
    rng = np.random.default_rng(2)
    visits = business(rng)
    rates = np.full(SHAPE, 0.04)[..., None] * np.exp(rng.normal(0, 0.02, visits.shape))
    rates[2, 1, :, -1] *= 0.7
    orders = cube_of(visits * rates)
    base = cube_of(visits)
    series = SegmentSeries(orders.conditions, orders.numerators, orders.whole, base.numerators, base.whole)
    assert named(search_segments(series, YEARLY)) == {"region": "region2", "channel": "channel1"}


def test_benjamini_and_hochberg_reject_their_papers_four() -> None:
    # Benjamini and Hochberg (1995), section 3.2: of 15 p-values the four smallest are rejected at 0.05.
    small = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459]
    p_values = [*small, 0.324, 0.4262, 0.5719, 0.6528, 0.759, 1.0]
    assert benjamini_hochberg(p_values).count(True) == 4
    assert benjamini_hochberg([]) == ()


def test_the_t_distribution_is_the_table_s() -> None:
    assert float(two_sided_p(2.228, 10)) == pytest.approx(0.05, abs=1e-4)


def test_a_seasons_step_is_usual_and_a_break_is_not() -> None:
    rng = np.random.default_rng(4)
    months = np.arange(49)
    values = 1000 * (1 + 0.3 * np.sin(2 * np.pi * months / 12)) * np.exp(rng.normal(0, 0.01, 49))
    usual = usual_change(values, YEARLY)
    assert usual is not None and usual.is_within
    assert usual.low < values[-1] / values[-2] - 1 < usual.high
    broken = values.copy()
    broken[-1] *= 0.8
    found = usual_change(broken, YEARLY)
    assert found is not None and not found.is_within
    assert usual_change(values[:5], YEARLY) is None
