"""A churn model over cells of features, with what an honest judge asks for: a later hold-out, a simple rival, calibration."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

import numpy as np

from agent.tools.analysis.customers.bg_nbd import CannotFitError
from agent.tools.analysis.customers.purchase_cells import Floats

MINIMUM_EACH = 30  # entities that churned, and that stayed
CALIBRATION_GROUPS = 5
_IMPORTANCE_ROUNDS = 10
_SEED = 20050  # of the shuffles of the importance; any would do, one makes answers repeatable


@dataclass(frozen=True)
class ChurnCells:
    """Cells of features (one row each), how many entities share each, and how many of those churned."""

    features: Floats  # cells x features
    entities: Floats
    churned: Floats

    @property
    def base_rate(self) -> float:
        """The share that churned."""
        return float(self.churned.sum() / self.entities.sum())


@dataclass(frozen=True)
class CalibrationGroup:
    """Entities of like risk: how many, the mean probability predicted and the share that did churn."""

    entities: int
    predicted: float
    observed: float


@dataclass(frozen=True)
class ChurnQuality:
    """How the model did on the hold-out, which lies after what it learnt from."""

    auc: float
    rival_auc: float  # logistic regression on the same features
    base_rate: float
    brier: float
    base_brier: float  # of predicting the base rate for everyone
    calibration: tuple[CalibrationGroup, ...]
    importance: tuple[float, ...]  # by feature: how much AUC is lost when it is shuffled


@dataclass(frozen=True)
class ChurnModel:
    """A fitted classifier. `probability` gives the chance of churn for rows of features."""

    classifier: Any

    def probability(self, features: Floats) -> Floats:
        """The probability of churn, one a row."""
        with _one_thread():
            return np.asarray(self.classifier.predict_proba(features)[:, 1], dtype=float)


def fit_churn(cells: ChurnCells) -> ChurnModel:
    """Gradient boosting over the cells; CannotFitError where too few churned or too few stayed."""
    from sklearn.ensemble import HistGradientBoostingClassifier

    _require_both(cells)
    rows, labels, weights = _weighted(cells)
    smallest = int(max(10, min(40, cells.entities.sum() / 100)))
    model = HistGradientBoostingClassifier(
        max_iter=120, learning_rate=0.06, max_leaf_nodes=12, min_samples_leaf=smallest // 4, l2_regularization=5.0,
        early_stopping=False, random_state=_SEED,
    )  # fmt: skip
    with _one_thread():
        model.fit(rows, labels, sample_weight=weights)
    return ChurnModel(model)


def fit_rival(cells: ChurnCells) -> ChurnModel:
    """Logistic regression over the same cells."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    _require_both(cells)
    rows, labels, weights = _weighted(cells)
    model = make_pipeline(StandardScaler(), LogisticRegression(max_iter=500))
    model.fit(rows, labels, standardscaler__sample_weight=weights, logisticregression__sample_weight=weights)
    return ChurnModel(model)


def judge(model: ChurnModel, rival: ChurnModel, held_out: ChurnCells) -> ChurnQuality:
    """The model beside its rival on cells of a later time."""
    _require_both(held_out)
    predicted = model.probability(held_out.features)
    auc = weighted_auc(predicted, held_out)
    base = held_out.base_rate
    return ChurnQuality(
        auc=auc,
        rival_auc=weighted_auc(rival.probability(held_out.features), held_out),
        base_rate=base,
        brier=_brier(predicted, held_out),
        base_brier=base * (1 - base),
        calibration=_calibration(predicted, held_out),
        importance=_importance(model, held_out, auc),
    )


def weighted_auc(scores: Floats, cells: ChurnCells) -> float:
    """The chance that one who churned has a higher score than one who stayed, ties counted half."""
    order = np.argsort(scores, kind="stable")
    values, starts = np.unique(scores[order], return_index=True)
    churned = np.add.reduceat(cells.churned[order], starts)
    stayed = np.add.reduceat((cells.entities - cells.churned)[order], starts)
    below = np.cumsum(stayed) - stayed
    pairs = churned.sum() * stayed.sum()
    return float((churned * (below + stayed / 2)).sum() / pairs) if len(values) and pairs else float("nan")


def _one_thread() -> AbstractContextManager[Any]:
    """A few thousand rows: threads that wait for each other on a busy machine cost a hundred times the work."""
    from threadpoolctl import threadpool_limits

    limits: AbstractContextManager[Any] = threadpool_limits(limits=1)
    return limits


def _require_both(cells: ChurnCells) -> None:
    churned = float(cells.churned.sum())
    stayed = float(cells.entities.sum()) - churned
    if min(churned, stayed) < MINIMUM_EACH:
        raise CannotFitError(
            f"{churned:,.0f} stopped and {stayed:,.0f} stayed; to learn what sets them apart takes {MINIMUM_EACH} of each"
        )


def _weighted(cells: ChurnCells) -> tuple[Floats, Floats, Floats]:
    """A row for those of each cell who churned and one for those who stayed, weighted by their number."""
    rows = np.vstack([cells.features, cells.features])
    labels = np.concatenate([np.ones(len(cells.entities)), np.zeros(len(cells.entities))])
    weights = np.concatenate([cells.churned, cells.entities - cells.churned])
    kept = weights > 0
    return rows[kept], labels[kept], weights[kept]


def _brier(predicted: Floats, cells: ChurnCells) -> float:
    missed = cells.churned * (1 - predicted) ** 2 + (cells.entities - cells.churned) * predicted**2
    return float(missed.sum() / cells.entities.sum())


def _calibration(predicted: Floats, cells: ChurnCells) -> tuple[CalibrationGroup, ...]:
    """Groups of about equal size by predicted risk, riskiest first; a cell is never divided."""
    order = np.argsort(-predicted, kind="stable")
    reached = np.cumsum(cells.entities[order]) - cells.entities[order] / 2
    group = np.minimum((reached / cells.entities.sum() * CALIBRATION_GROUPS).astype(int), CALIBRATION_GROUPS - 1)
    found = []
    for place in range(CALIBRATION_GROUPS):
        inside = order[group == place]
        size = float(cells.entities[inside].sum())
        if size > 0:
            mean = float((predicted[inside] * cells.entities[inside]).sum() / size)
            found.append(CalibrationGroup(int(size), mean, float(cells.churned[inside].sum() / size)))
    return tuple(found)


def _importance(model: ChurnModel, cells: ChurnCells, auc: float) -> tuple[float, ...]:
    """Permutation importance: the AUC lost, on average, when one feature's values are dealt anew among the entities."""
    shuffle = np.random.default_rng(_SEED)
    chances = cells.entities / cells.entities.sum()
    lost = []
    for column in range(cells.features.shape[1]):
        drops = []
        for _ in range(_IMPORTANCE_ROUNDS):
            dealt = cells.features.copy()
            dealt[:, column] = cells.features[shuffle.choice(len(chances), size=len(chances), p=chances), column]
            drops.append(auc - weighted_auc(model.probability(dealt), cells))
        lost.append(float(np.mean(drops)))
    return tuple(lost)
