"""Gamma-Gamma: what a purchase is worth, a customer's own average drawn towards everyone's.

Fader, Hardie and Lee, "RFM and CLV: Using Iso-Value Curves for Customer Base Analysis", Journal of Marketing Research 42
(2005), and Fader and Hardie's note "The Gamma-Gamma Model of Monetary Value" (2013). It takes what customers spend to be
independent of how often they buy.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from agent.tools.analysis.customers.bg_nbd import MINIMUM_REPEATERS, CannotFitError
from agent.tools.analysis.customers.purchase_cells import Floats

_LOG_BOUND = 14.0


@dataclass(frozen=True)
class GammaGamma:
    """The fitted model; `v` is in the unit of the amounts."""

    p: float
    q: float
    v: float
    log_likelihood: float

    @property
    def mean(self) -> float:
        """What a purchase of a customer of whom nothing is known is worth."""
        return self.p * self.v / (self.q - 1)

    def expected_amount(self, purchases: Floats, average: Floats) -> Floats:
        """What the next purchase is worth, given the average of `purchases` earlier ones; linear in the average."""
        known = self.p * (self.v + purchases * average) / (self.p * purchases + self.q - 1)
        return np.asarray(known, dtype=float)


def fit_gamma_gamma(purchases: Floats, average: Floats, customers: Floats) -> GammaGamma:
    """Maximum likelihood over cells of (number of purchases, their average amount, how many customers).

    CannotFitError where too few have a positive average, or amounts do not differ.
    """
    from scipy.optimize import minimize
    from scipy.special import digamma, gammaln

    usable = (purchases > 0) & (average > 0)
    x, z, weight = purchases[usable], average[usable], customers[usable]
    total = float(weight.sum())
    if total < MINIMUM_REPEATERS:
        raise CannotFitError(f"only {total:,.0f} have an amount to learn from, and {MINIMUM_REPEATERS} are needed")
    scale = float(np.average(z, weights=weight))
    z = z / scale
    if np.allclose(z, z[0]):
        raise CannotFitError("every customer spends the same on average, so that nothing tells how they differ")

    def loss(logs: Floats) -> tuple[float, Floats]:
        p, q, v = np.exp(logs)
        shape, spent = p * x + q, np.log(x * z + v)
        value = (
            gammaln(shape) - gammaln(p * x) - gammaln(q) + q * np.log(v)
            + (p * x - 1) * np.log(z) + p * x * np.log(x) - shape * spent
        )  # fmt: skip
        of_p = x * (digamma(shape) - digamma(p * x) + np.log(x) + np.log(z) - spent)
        of_q = digamma(shape) - digamma(q) + np.log(v) - spent
        of_v = q / v - shape / (x * z + v)
        slopes = np.array([np.sum(weight * item) for item in (of_p, of_q, of_v)]) * np.array([p, q, v])
        return -float(np.sum(weight * value)) / total, -slopes / total

    found = minimize(
        loss, np.array([1.5, 1.3, 0.0]), jac=True, method="L-BFGS-B", bounds=[(-_LOG_BOUND, _LOG_BOUND)] * 3,
        options={"ftol": 1e-14, "gtol": 1e-9, "maxiter": 2000},
    )  # fmt: skip
    p, q, v = (float(item) for item in np.exp(found.x))
    if not np.isfinite(found.fun) or (np.abs(found.x) > _LOG_BOUND - 1e-3).any():
        raise CannotFitError("the likelihood of the amounts has no maximum within reach")
    if q <= 1:
        raise CannotFitError("the amounts vary so widely that their mean cannot be told")
    return GammaGamma(p, q, v * scale, -(float(found.fun) + np.log(scale)) * total)
