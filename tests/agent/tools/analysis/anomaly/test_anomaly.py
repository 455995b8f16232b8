"""Anomalies: the Nile, and generated series whose unusual values are known."""

from __future__ import annotations

import numpy as np
import pytest

from agent.tools.analysis.anomaly.change_point import find_change_point
from agent.tools.analysis.anomaly.unusual import decompose, unusual_places
from agent.tools.analysis.forecast.smoothing import FloatArray

SHAPES = [(12, 60), (52, 250), (7, 200)]


def business(seed: int, cycle: int, length: int, noise: float = 0.03) -> FloatArray:
    at = np.arange(length)
    season = 1 + 0.3 * np.sin(2 * np.pi * at / cycle) + 0.15 * np.cos(4 * np.pi * at / cycle)
    draws = np.random.default_rng(seed).standard_normal(length)
    return np.asarray(1000 * (1 + 0.002 * at) * season * np.exp(noise * draws))


def found_in(values: FloatArray, cycles: tuple[int, ...]) -> set[int]:
    series = decompose(values, cycles)
    assert series is not None
    return set(np.flatnonzero(unusual_places([series], [np.ones(len(values), dtype=bool)])[0][0]).tolist())


@pytest.mark.parametrize(("cycle", "length"), SHAPES)
def test_no_false_alarm_on_clean_series(cycle: int, length: int) -> None:
    alarms = [found_in(business(seed, cycle, length), (cycle,)) for seed in range(15)]
    assert sum(bool(found) for found in alarms) <= 1


@pytest.mark.parametrize(("cycle", "length"), SHAPES)
def test_planted_spikes_are_found_and_little_else(cycle: int, length: int) -> None:
    right, more = 0, 0
    for seed in range(10):
        values = business(seed, cycle, length)
        draw = np.random.default_rng(1000 + seed)
        places = {int(place) for place in draw.choice(np.arange(3, length), 2, replace=False)}
        for place in places:
            values[place] *= draw.choice([0.65, 1.4])
        found = found_in(values, (cycle,))
        right += len(found & places)
        more += len(found - places)
    assert right >= 19 and more <= 1


def test_the_season_is_estimated() -> None:
    seasonal = decompose(business(1, 12, 72), (12,))
    flat = decompose(1000 * np.exp(0.03 * np.random.default_rng(2).standard_normal(72)), (12,))
    assert seasonal is not None and flat is not None
    assert seasonal.cycle == 12 and flat.cycle is None


def test_a_missing_value_is_not_unusual_but_a_zero_is() -> None:
    values = business(3, 7, 100)
    gap = values.copy()
    gap[40] = np.nan
    assert found_in(gap, (7,)) == set()
    values[60] = 0.0
    assert 60 in found_in(values, (7,))


def test_small_counts_are_judged_by_their_own_noise() -> None:
    counts = np.random.default_rng(4).poisson(4, 200).astype(float)
    series = decompose(counts, (), counts=True)
    assert series is not None
    assert not unusual_places([series], [np.ones(200, dtype=bool)])[0][0].any()


def test_rare_things_are_not_called_unusual_for_coming_twice() -> None:
    counts = np.random.default_rng(8).poisson(0.15, 250).astype(float)
    series = decompose(counts, (52,), counts=True)
    assert series is not None
    assert np.nanmax(np.abs(series.distances)) < 10
    assert unusual_places([series], [np.ones(250, dtype=bool)])[0][0].sum() <= 3


def test_a_value_called_ordinary_lies_in_the_ordinary_range() -> None:
    values = business(5, 52, 250)
    values[200] *= 0.8
    series = decompose(values, (52,))
    assert series is not None
    places, reaches = unusual_places([series], [np.ones(250, dtype=bool)])
    low, high = series.ordinary_range(reaches[0])
    inside = (values >= low) & (values <= high)
    assert (inside == ~places[0]).all()


def test_the_nile_changes_after_28_years() -> None:
    import statsmodels.api as sm

    change = find_change_point(sm.datasets.nile.load_pandas().data["volume"].to_numpy(dtype=float))
    assert change is not None
    assert change.index == 28
    assert round(change.before, 1) == 1097.8 and round(change.after, 1) == 850.0
    assert change.chance < 0.01


def test_persistent_series_without_a_change_are_seldom_split() -> None:
    called = 0
    for seed in range(60):
        values = np.random.default_rng(seed).standard_normal(100)
        for place in range(1, 100):
            values[place] += 0.6 * values[place - 1]
        change = find_change_point(values)
        called += change is not None and change.chance < 0.01
    assert called <= 4


def test_a_jump_beside_a_trend_is_dated_and_sized() -> None:
    values = np.arange(80) * 2.0 + 3 * np.random.default_rng(6).standard_normal(80)
    values[50:] += 40
    change = find_change_point(values)
    assert change is not None and change.beside_trend
    assert abs(change.index - 50) <= 1
    assert change.after - change.before == pytest.approx(40, abs=5)


@pytest.mark.parametrize("values", [np.zeros(50), np.arange(6.0), np.full(50, 3.0)])
def test_still_or_short_series_have_no_change(values: FloatArray) -> None:
    assert find_change_point(values) is None
