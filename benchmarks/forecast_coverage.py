"""How often forecast intervals hold what came: NovaMart's weekly metrics and their segments, by rolling origin, pooled.

Run: python benchmarks/forecast_coverage.py DATABASE   (a NovaMart file; scale 0.1 is a good one)
At each origin a forecast is made of what was known then and its interval is held against the weeks that came. The share is
pooled over series and origins; its own interval is a block bootstrap over origins, as series of one week err together.
"""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import numpy as np

from agent.business import Business
from agent.settings import Settings
from agent.tools.analysis.calendar_shape import calendar_shape
from agent.tools.analysis.forecast.candidates import SeriesShape
from agent.tools.analysis.forecast.forecaster import forecast_series
from agent.tools.analysis.history import Window, read_history, whole_window
from catalog.access import Principal, view_for
from catalog.durations import TimeGrain
from catalog.query import FieldDimension, MetricUse

AS_OF = dt.date(2026, 10, 31)
LEVELS = (0.8, 0.9, 0.95)
HORIZON, ORIGINS, EVERY = 4, 14, 6
SERIES = (
    ("gmv", None), ("order_count", None), ("units_sold", None), ("new_customers", None), ("return_count", None),
    ("gmv", "orders.channel"), ("gmv", "products.category"), ("order_count", "customers.region"),
)  # fmt: skip


def main(database: Path) -> int:
    """Prints coverage by level with a bootstrap interval; 1 where an interval does not hold its nominal value."""
    business = Business.open(Settings(model=None), catalog="novamart", database=database)
    desk = business.desk(view_for(business.catalog, Principal()), AS_OF)
    inside: dict[float, list[list[float]]] = {level: [[] for _ in range(ORIGINS)] for level in LEVELS}
    errors: list[tuple[float, float]] = []
    count = 0
    for metric, field in SERIES:
        window = whole_window(desk, (metric,), TimeGrain.WEEK)
        assert window is not None
        groups = () if field is None else (FieldDimension(field=field),)
        history = read_history(desk, (MetricUse(metric=metric),), window, group_by=groups)
        for series in history.series.values():
            values = series[metric]
            count += 1
            for origin in range(ORIGINS):
                end = len(values) - HORIZON - origin * EVERY
                known = Window(window.start, window.first_day(end), TimeGrain.WEEK, window.calendar)
                shape: SeriesShape = calendar_shape(known, HORIZON)
                made = forecast_series(values[:end], HORIZON, shape)
                came = values[end : end + HORIZON]
                errors.append((made.mase, made.benchmark_mase))
                for level in LEVELS:
                    low, high = made.interval(level)
                    inside[level][origin] += ((came >= low) & (came <= high)).astype(float).tolist()
    business.close()
    draws = np.random.default_rng(7)
    print(f"{count} weekly series, {ORIGINS} origins, {HORIZON} weeks ahead: {count * ORIGINS * HORIZON} outcomes")
    mase = np.mean(errors, axis=0)
    print(f"scaled error in the backtests {mase[0]:.3f}, of the season before {mase[1]:.3f}")
    holds = True
    for level in LEVELS:
        by_origin = np.array([np.mean(found) for found in inside[level]])
        means = [float(np.mean(draws.choice(by_origin, ORIGINS))) for _ in range(4000)]
        low, high = np.quantile(means, [0.025, 0.975])
        holds = holds and low <= level <= high
        print(f"{level:.0%} intervals cover {by_origin.mean():.3f} (bootstrap over origins {low:.3f} to {high:.3f})")
    return int(not holds)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
