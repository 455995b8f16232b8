"""Two-way fixed effects on a panel, by OLS or, with instruments, two-stage least squares; errors clustered by entity.

What entities are like and what happened to all of them in a period is taken out first (within transformation, exact for
unbalanced panels by alternating projections). Wooldridge, Econometric Analysis of Cross Section and Panel Data, 10 and 11.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_SWEEPS = 2_000
_SETTLED = 1e-12


class PanelError(ValueError):
    """A panel that says nothing about the coefficient: too few rows, or nothing varies once effects are taken out."""


@dataclass(frozen=True)
class PanelFit:
    """Coefficients in the order of the regressors, with plain and cluster-robust standard errors."""

    coefficients: tuple[float, ...]
    standard_errors: tuple[float, ...]
    clustered_errors: tuple[float, ...]
    rows: int
    entities: int
    periods: int
    first_stage_f: float | None = None  # of the first instrumented regressor; weak below about 10


def fit_two_way(
    entity: NDArray[np.int64],
    period: NDArray[np.int64],
    outcome: NDArray[np.float64],
    regressors: NDArray[np.float64],
    instruments: NDArray[np.float64] | None = None,
    weights: NDArray[np.float64] | None = None,
) -> PanelFit:
    """The fit of outcome (n,) on regressors (n, k) with an effect for each entity and each period.

    `instruments` (n, m), m >= k, stand in for all regressors (one that is its own instrument stands among them).
    `weights` (n,) say how much each row counts: small counts have noisy logarithms.
    PanelError where nothing can be learned.
    """
    import numpy as np

    entity_codes, entity_index = np.unique(entity, return_inverse=True)
    period_codes, period_index = np.unique(period, return_inverse=True)
    n, k = regressors.shape
    free = n - len(entity_codes) - len(period_codes) + 1 - k
    if free < 1:
        raise PanelError("there are too few rows for an effect of each entity and each period")
    stacked = [outcome[:, None], regressors] + ([] if instruments is None else [instruments])
    counted = np.ones(n) if weights is None else weights / weights.mean()
    swept = _within(np.hstack(stacked), entity_index, period_index, counted) * np.sqrt(counted)[:, None]
    y, x = swept[:, 0], swept[:, 1 : 1 + k]
    first_stage = None
    projected = x
    if instruments is not None:
        z = swept[:, 1 + k :]
        projected = z @ np.linalg.lstsq(z, x, rcond=None)[0]
        first_stage = _first_stage_f(x[:, 0], z, len(entity_codes) + len(period_codes) - 1)
    spread = projected.T @ projected
    original = regressors - regressors.mean(axis=0)
    if np.linalg.matrix_rank(spread) < k or np.any(
        np.diag(spread) <= 1e-10 * np.maximum((original**2).sum(axis=0), 1e-300)
    ):
        raise PanelError("nothing varies within entities and periods")
    inverse = np.linalg.inv(spread)
    beta = inverse @ (projected.T @ y)
    residual = y - x @ beta
    plain = inverse * float(residual @ residual) / free
    scores = np.zeros((len(entity_codes), k))
    np.add.at(scores, entity_index, projected * residual[:, None])
    groups = len(entity_codes)
    small = groups / max(groups - 1, 1) * (n - 1) / max(n - k - len(period_codes) + 1, 1)
    robust = small * inverse @ (scores.T @ scores) @ inverse
    return PanelFit(
        coefficients=tuple(float(value) for value in beta),
        standard_errors=tuple(float(value) for value in np.sqrt(np.diag(plain))),
        clustered_errors=tuple(float(value) for value in np.sqrt(np.diag(robust))),
        rows=n,
        entities=groups,
        periods=len(period_codes),
        first_stage_f=first_stage,
    )


def _within(
    columns: NDArray[np.float64],
    entity_index: NDArray[np.int64],
    period_index: NDArray[np.int64],
    counted: NDArray[np.float64],
) -> NDArray[np.float64]:
    import numpy as np

    swept = columns.astype(float).copy()
    size = np.maximum(np.abs(swept - swept.mean(axis=0)).max(axis=0), 1e-300)
    for _ in range(_SWEEPS):
        moved = 0.0
        for index in (entity_index, period_index):
            counts = np.bincount(index, weights=counted)
            for place in range(swept.shape[1]):
                means = np.bincount(index, weights=counted * swept[:, place]) / counts
                swept[:, place] -= means[index]
                moved = max(moved, float(np.abs(means).max() / size[place]))
        if moved < _SETTLED:
            break
    return swept


def _first_stage_f(x: NDArray[np.float64], z: NDArray[np.float64], effects: int) -> float:
    import numpy as np

    fitted = z @ np.linalg.lstsq(z, x, rcond=None)[0]
    residual = x - fitted
    free = len(x) - effects - z.shape[1]
    explained = float(fitted @ fitted) / z.shape[1]
    left = float(residual @ residual) / max(free, 1)
    return explained / left if left > 0 else float("inf")
