"""Forecasts: published figures, an independent implementation, and what must hold for any series."""

from __future__ import annotations

import os
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest

from agent.tools.analysis.forecast.backtest import backtest
from agent.tools.analysis.forecast.candidates import SeriesShape
from agent.tools.analysis.forecast.forecaster import TooShort, forecast_series
from agent.tools.analysis.forecast.intervals import conformal_quantile, step_half_widths
from agent.tools.analysis.forecast.seasons import fourier_terms
from agent.tools.analysis.forecast.smoothing import FloatArray, damped_forecasts

ORACLES = os.environ.get("PLUMBLINE_ORACLES")


def noise(seed: int, *shape: int) -> FloatArray:
    return np.random.default_rng(seed).standard_normal(shape)


def test_smoothing_equals_statsmodels_with_the_same_parameters() -> None:
    from statsmodels.tsa.holtwinters import ExponentialSmoothing

    values = 100 + np.cumsum(noise(3, 80)) + np.arange(80) * 0.4
    slope, intercept = np.polyfit(np.arange(12.0), values[:12], 1)
    grid = np.array([(0.4, 0.15, 0.9)])
    ours = damped_forecasts(values[None], np.array([80]), 10, grid)[0]
    fitted = ExponentialSmoothing(
        values, trend="add", damped_trend=True, initialization_method="known",
        initial_level=intercept - slope, initial_trend=slope,
    ).fit(smoothing_level=0.4, smoothing_trend=0.15, damping_trend=0.9, optimized=False)  # fmt: skip
    np.testing.assert_allclose(ours, fitted.forecast(10), rtol=1e-9)


def test_many_prefixes_at_once_equal_one_at_a_time() -> None:
    values = np.cumsum(noise(5, 60)) + 20
    values[17] = np.nan
    ends = np.array([25, 60, 40, 60])
    together = damped_forecasts(np.stack([values, values * 2, values, values]), ends, 4)
    shared = damped_forecasts(values[None], ends, 4)
    for row, (end, factor) in enumerate(zip(ends, (1, 2, 1, 1), strict=True)):
        alone = damped_forecasts((values * factor)[None, :end], np.array([end]), 4)[0]
        np.testing.assert_allclose(together[row], alone, rtol=1e-9)
        np.testing.assert_allclose(shared[row] * factor, alone, rtol=1e-9)


def test_an_origin_sees_nothing_that_comes_after_it() -> None:
    values = np.exp(0.05 * noise(7, 120)) * (10 + np.sin(np.arange(120) * 2 * np.pi / 12))
    shape = SeriesShape(cycles=(12.0,))
    whole = backtest(values, 6, shape, shortest=60, most_origins=10, season=12)
    origin = int(whole.ends[4])
    changed = np.concatenate([values[:origin], values[origin:] * 7 + 3])
    other = backtest(changed, 6, shape, shortest=60, most_origins=10, season=12)
    for name, forecasts in whole.forecasts.items():
        np.testing.assert_allclose(forecasts[:5], other.forecasts[name][:5], rtol=1e-9, err_msg=name)


def test_a_clean_season_is_continued() -> None:
    at = np.arange(84)
    values = (200 + 2 * at) * (1 + 0.3 * np.sin(2 * np.pi * at / 12))
    made = forecast_series(values, 12, SeriesShape(cycles=(12.0,)))
    ahead = np.arange(84, 96)
    expected = (200 + 2 * ahead) * (1 + 0.3 * np.sin(2 * np.pi * ahead / 12))
    assert np.abs(made.point / expected - 1).max() < 0.03
    assert made.mase < 0.3 * made.benchmark_mase


def test_marked_days_are_forecast_where_they_come_again() -> None:
    length, horizon = 400, 40
    marks = np.zeros((length + horizon, 1))
    marks[[20, 95, 180, 250, 333, 410], 0] = 1  # irregular, as a holiday that moves
    values = 500 + 20 * np.sin(2 * np.pi * np.arange(length) / 7) + 200 * marks[:length, 0] + 3 * noise(9, length)
    made = forecast_series(values, horizon, SeriesShape(cycles=(7.0,), marks=marks))
    assert made.point[10] > made.point[9] + 100


@pytest.mark.parametrize("length", [0, 3, 7])
def test_too_short_a_history_is_said_so(length: int) -> None:
    with pytest.raises(TooShort, match=f"{length} values are too few"):
        forecast_series(np.arange(float(length)), 3)


@pytest.mark.parametrize("values", [np.zeros(30), np.full(30, 5.0), np.array([1.0, np.nan] * 15)])
def test_still_and_gappy_series_give_finite_figures(values: FloatArray) -> None:
    made = forecast_series(values, 5, SeriesShape(cycles=(12.0,)))
    low, high = made.interval(0.9)
    assert np.isfinite(np.stack([made.point, low, high])).all()
    assert (low <= made.point).all() and (made.point <= high).all()


def test_counts_never_fall_below_zero_and_shares_stay_within_one() -> None:
    falling = np.maximum(0, 40 - np.arange(38) + 2 * noise(1, 38))
    low, _ = forecast_series(falling, 12).interval(0.95)
    assert low.min() >= 0
    shares = np.clip(0.95 + 0.03 * noise(2, 60), 0, 1)
    _, high = forecast_series(shares, 6, highest=1.0).interval(0.95)
    assert high.max() <= 1


def test_the_quantile_is_the_one_of_split_conformal() -> None:
    scores = np.arange(1.0, 100.0)  # 99 scores
    assert conformal_quantile(scores, 0.9, 99) == 90  # the ceil(100 * .9)-th smallest
    assert conformal_quantile(scores[:5], 0.9, 5) > 5  # too few to have one: wider than all seen


@pytest.mark.parametrize("level", [0.8, 0.95])
def test_intervals_hold_their_share_of_new_noise(level: float) -> None:
    inside = []
    for seed in range(40):
        values = 100 + 10 * np.sin(2 * np.pi * np.arange(133) / 12) + 5 * noise(100 + seed, 133)
        low, high = forecast_series(values[:130], 3, SeriesShape(cycles=(12.0,))).interval(level)
        inside.append((values[130:] >= low) & (values[130:] <= high))
    share = float(np.mean(inside))
    assert abs(share - level) < 0.08  # 120 draws: three standard errors at .8 are .11


def test_widths_do_not_shrink_with_the_steps_ahead() -> None:
    widths = step_half_widths(np.cumsum(noise(4, 30, 8), axis=1), 0.9)
    assert (np.diff(widths) >= 0).all() and widths[-1] > 1.5 * widths[0]


def test_harmonics_stop_at_half_the_period() -> None:
    assert fourier_terms(48, 12, 8).shape == (48, 11)  # the last sine is zero throughout


@pytest.mark.parametrize(
    ("name", "column", "every", "cycle", "horizon", "bar"),
    [
        ("co2", "co2", 1, 365.25 / 7, 26, 0.5),  # gaps and all: MASE against the season before
        ("elec_equip", "Computer, electronic and optical products; electrical equipment", 1, 12.0, 12, 1.1),
        ("nile", "volume", 1, None, 5, 1.1),
        ("sunspots", "SUNACTIVITY", 1, 11.0, 5, 1.1),
    ],
)
def test_bundled_series(name: str, column: str, every: int, cycle: float | None, horizon: int, bar: float) -> None:
    frame = import_module(f"statsmodels.datasets.{name}").load_pandas().data
    values = np.asarray(frame[column if column in frame else frame.columns[-1]].to_numpy(dtype=float))
    shape = SeriesShape(cycles=(cycle,) if cycle else ())
    made = forecast_series(values[:-horizon], horizon, shape)
    assert made.mase <= made.benchmark_mase + 1e-9
    low, high = made.interval(0.95)
    came = values[-horizon:]
    known = ~np.isnan(came)
    assert ((came >= low) & (came <= high))[known].mean() >= 0.8
    assert made.mase < bar


@pytest.mark.skipif(ORACLES is None, reason="PLUMBLINE_ORACLES names no folder of known answers")
def test_m4_weekly() -> None:
    """The bars of all 359 series: naive 2.777, damped trend 2.404, the best entry 2.107 (Makridakis and others, 2020)."""
    import csv
    import gzip

    def read(part: str) -> list[FloatArray]:
        with gzip.open(Path(ORACLES or "") / f"m4_weekly_{part}.csv.gz", "rt") as file:
            rows = list(csv.reader(file))[1:]
        return [np.array([float(cell) for cell in row[1:] if cell]) for row in rows]

    errors, naive, inside = [], [], []
    for values, came in zip(read("train"), read("test"), strict=True):
        made = forecast_series(values, 13, SeriesShape(cycles=(365.25 / 7,)), lowest=None, scale_season=1.0)
        scale = np.abs(np.diff(values)).mean()
        errors.append(np.abs(came - made.point).mean() / scale)
        naive.append(np.abs(came - values[-1]).mean() / scale)
        low, high = made.interval(0.95)
        inside.append(((came >= low) & (came <= high)).mean())
    assert len(errors) == 359
    assert np.mean(naive) == pytest.approx(2.777, abs=0.001)
    assert np.mean(errors) <= 2.40
    assert 0.93 <= np.mean(inside) <= 0.97
