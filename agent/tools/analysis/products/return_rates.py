"""Return rates that small numbers do not fool: drawn towards the group's, and tested against it.

Within a group rates are Beta distributed and returns binomial, so that a product's rate is estimated by (returned + a) /
(sold + a + b): empirical Bayes, as in Efron, "Large-Scale Inference" (2010), chapter 1. Which products stand out is decided
by exact binomial tests against the group's own rate, with the false discovery rate kept by Benjamini and Hochberg (1995).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from agent.tools.analysis.customers.purchase_cells import Floats

MOST_CERTAIN = 1e6  # a prior worth more sales than this says that the group's products do not differ


@dataclass(frozen=True)
class BetaPrior:
    """How rates are spread in a group: Beta(a, b)."""

    a: float
    b: float

    @property
    def mean(self) -> float:
        """The rate of a product of which nothing is known."""
        return self.a / (self.a + self.b)

    def shrunk(self, returned: Floats, sold: Floats) -> Floats:
        """The rates, each drawn towards the group's mean by as much as its sales are few."""
        return (returned + self.a) / (sold + self.a + self.b)


def fit_beta(returned: Floats, sold: Floats, products: Floats) -> BetaPrior:
    """Maximum likelihood of the beta-binomial over cells of (returned, sold) with the number of products in each."""
    from scipy.optimize import minimize
    from scipy.special import betaln

    total = float((sold * products).sum())
    overall = float(np.clip((returned * products).sum() / total if total else 0.5, 1e-6, 1 - 1e-6))

    def loss(logs: Floats) -> float:
        mean, precision = 1 / (1 + np.exp(-logs[0])), np.exp(logs[1])
        a, b = mean * precision, (1 - mean) * precision
        return -float(np.sum(products * (betaln(returned + a, sold - returned + b) - betaln(a, b))))

    start = np.array([np.log(overall / (1 - overall)), np.log(50.0)])
    found = minimize(loss, start, method="L-BFGS-B", bounds=[(-16, 16), (-2, np.log(MOST_CERTAIN))])
    mean, precision = 1 / (1 + np.exp(-found.x[0])), np.exp(found.x[1])
    return BetaPrior(float(mean * precision), float((1 - mean) * precision))


def chance_of_more(returned: Floats, sold: Floats, rate: float) -> Floats:
    """The chance of so many returns or more if the product's rate were `rate` (exact binomial tail)."""
    from scipy.special import betainc

    safe = np.maximum(returned, 1)
    return np.asarray(np.where(returned <= 0, 1.0, betainc(safe, np.maximum(sold - safe + 1, 1e-9), rate)), dtype=float)


def false_discovery_rates(chances: Floats, tests: Floats) -> Floats:
    """Benjamini and Hochberg's adjusted p-values; `tests` is how many tests share each chance."""
    order = np.argsort(chances, kind="stable")
    ranks = np.cumsum(tests[order])
    adjusted = np.minimum.accumulate((chances[order] * tests.sum() / ranks)[::-1])[::-1]
    found: NDArray[np.float64] = np.empty(len(chances))
    found[order] = np.minimum(adjusted, 1.0)
    return found
