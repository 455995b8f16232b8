"""The M4 competition's weekly series: mean absolute scaled error and coverage of 13 weeks ahead.

Run: PLUMBLINE_ORACLES=<folder with m4_weekly_train.csv.gz and m4_weekly_test.csv.gz> python benchmarks/forecast_m4.py
Published (Makridakis and others, 2020; MASE with m = 1): naive 2.777, damped trend 2.404, the best entry 2.107.
"""

from __future__ import annotations

import csv
import gzip
import os
import sys
import time
from pathlib import Path

import numpy as np

from agent.tools.analysis.forecast.candidates import SeriesShape
from agent.tools.analysis.forecast.forecaster import forecast_series
from agent.tools.analysis.forecast.smoothing import FloatArray

HORIZON = 13
WEEKS_A_YEAR = 365.25 / 7


def read_series(path: Path) -> dict[str, FloatArray]:
    """Series by name; the file has one a row, padded with empty cells."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        rows = csv.reader(file)
        next(rows)
        return {row[0]: np.array([float(cell) for cell in row[1:] if cell]) for row in rows}


def main(every: int) -> int:
    """Prints the figures over every n-th series; 1 where a bar is missed."""
    folder = Path(os.environ["PLUMBLINE_ORACLES"])
    history, future = (read_series(folder / f"m4_weekly_{part}.csv.gz") for part in ("train", "test"))
    errors, naive_errors = [], []
    inside: dict[float, list[float]] = {0.8: [], 0.9: [], 0.95: []}
    started = time.perf_counter()
    for name in list(history)[::every]:
        values, came = history[name], future[name]
        scale = np.abs(np.diff(values)).mean()
        naive_errors.append(np.abs(came - values[-1]).mean() / scale)
        made = forecast_series(values, HORIZON, SeriesShape(cycles=(WEEKS_A_YEAR,)), lowest=None, scale_season=1.0)
        errors.append(np.abs(came - made.point).mean() / scale)
        for level, found in inside.items():
            low, high = made.interval(level)
            found.append(float(((came >= low) & (came <= high)).mean()))
    mase = float(np.mean(errors))
    print(f"{len(errors)} series, {time.perf_counter() - started:.0f} s")
    print(f"MASE {mase:.3f} (naive {np.mean(naive_errors):.3f}; bar 2.40)")
    for level, found in inside.items():
        print(f"{level:.0%} intervals cover {np.mean(found):.3f}")
    return int(not (mase <= 2.40 and 0.93 <= np.mean(inside[0.95]) <= 0.97))


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1))
