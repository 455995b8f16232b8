"""BG/NBD: how often customers will buy again, from how often and how lately they did.

Fader, Hardie and Lee, "Counting Your Customers the Easy Way: An Alternative to the Pareto/NBD Model", Marketing Science
24 (2005). While active a customer buys at a Poisson rate drawn from Gamma(r, alpha); after each purchase they leave with
a probability drawn from Beta(a, b).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from agent.tools.analysis.customers.purchase_cells import Floats, PurchaseCells

MINIMUM_REPEATERS = 30
_LOG_BOUND = 9.0  # parameters beyond e^9 or below e^-9 say that the data do not tell them
_NEAR_ONE = 1e-7


class CannotFitError(Exception):
    """The histories do not hold what the model needs; the message says what is missing."""


@dataclass(frozen=True)
class BgNbd:
    """The fitted model. `alpha` is in the unit of time of the cells it was fitted on."""

    r: float
    alpha: float
    a: float
    b: float
    log_likelihood: float

    def expected_purchases(self, repeats: Floats, recency: Floats, age: Floats, ahead: float) -> Floats:
        """Purchases to expect of a customer in the time `ahead`, given their history (equation 10).

        Euler's transformation of the hypergeometric function keeps the figure exact where repeats are many.
        """
        from scipy.special import hyp2f1

        a = (
            self.a if abs(self.a - 1) > _NEAR_ONE else 1 + _NEAR_ONE
        )  # the formula's limit exists there, its terms do not
        left = (self.alpha + age) / (self.alpha + age + ahead)
        series = hyp2f1(a + self.b - 1 - self.r, a - 1, a + self.b + repeats - 1, 1 - left)
        gain = (a + self.b + repeats - 1) / (a - 1) * (1 - left ** (a - 1) * series)
        return np.asarray(gain * self.probability_active(repeats, recency, age), dtype=float)

    def probability_active(self, repeats: Floats, recency: Floats, age: Floats) -> Floats:
        """The probability that a customer has not left. It is 1 for those who bought once, whatever their age."""
        with np.errstate(divide="ignore"):
            odds = np.log(self.a) - np.log(np.maximum(self.b + repeats - 1, 1e-300))
        odds = odds + (self.r + repeats) * (np.log(self.alpha + age) - np.log(self.alpha + recency))
        return np.asarray(np.where(repeats > 0, 1 / (1 + np.exp(np.minimum(odds, 700.0))), 1.0), dtype=float)

    def expected_of_new(self, ahead: float) -> float:
        """Repeat purchases to expect of a new customer in the time `ahead` after their first (equation 9)."""
        from scipy.special import hyp2f1

        a = self.a if abs(self.a - 1) > _NEAR_ONE else 1 + _NEAR_ONE
        left = self.alpha / (self.alpha + ahead)
        series = hyp2f1(a + self.b - 1 - self.r, a - 1, a + self.b - 1, 1 - left)
        return float((a + self.b - 1) / (a - 1) * (1 - left ** (a - 1) * series))

    def discounted_purchases(
        self, repeats: Floats, recency: Floats, age: Floats, ahead: float, steps: int, discount_a_step: float
    ) -> Floats:
        """Purchases to expect in `ahead`, those of each of `steps` equal parts discounted from the part's middle."""
        before, total = np.zeros(len(repeats)), np.zeros(len(repeats))
        for step in range(1, steps + 1):
            now = self.expected_purchases(repeats, recency, age, ahead * step / steps)
            total += (now - before) * (1 + discount_a_step) ** -(step - 0.5)
            before = now
        return total


def log_likelihood(cells: PurchaseCells, r: float, alpha: float, a: float, b: float) -> float:
    """The log-likelihood of the cells (equation 6), summed over their customers."""
    value, _ = _likelihood(cells, np.log([r, alpha, a, b]))
    return value


def fit_bg_nbd(cells: PurchaseCells) -> BgNbd:
    """Maximum likelihood over the cells; CannotFitError where too few bought again or no maximum lies within reach."""
    from scipy.optimize import minimize

    if cells.repeaters < MINIMUM_REPEATERS:
        raise CannotFitError(
            f"only {cells.repeaters:,.0f} of {cells.total:,.0f} bought on more than one day, and {MINIMUM_REPEATERS} are needed"
        )
    if cells.repeaters == cells.total and np.allclose(cells.recency, cells.age):
        raise CannotFitError("all of them bought on the last day observed, so that nothing tells when they stop")
    scale = (
        float(np.average(cells.age, weights=cells.customers)) or 1.0
    )  # in this unit all four parameters are near one
    scaled = PurchaseCells(cells.repeats, cells.recency / scale, cells.age / scale, cells.customers)

    def loss(logs: Floats) -> tuple[float, Floats]:
        value, slope = _likelihood(scaled, logs)
        return -value / cells.total, -slope / cells.total

    best = None
    for start in ([0.0, 0.0, 0.0, 0.0], [-1.0, -1.0, -1.0, 1.0], [0.5, -1.5, -2.0, 0.5]):
        found = minimize(
            loss, np.array(start), jac=True, method="L-BFGS-B", bounds=[(-_LOG_BOUND, _LOG_BOUND)] * 4,
            options={"ftol": 1e-13, "gtol": 1e-8, "maxiter": 1000},
        )  # fmt: skip
        if np.isfinite(found.fun) and (best is None or found.fun < best.fun - 1e-12):
            best = found
        if best is not None and best.success and not _at_bound(best.x):
            break
    if best is None or _at_bound(best.x) or np.abs(best.jac).max() > 1e-4:
        raise CannotFitError("the likelihood has no maximum within reach: the histories are too much alike to tell")
    r, alpha, a, b = (float(item) for item in np.exp(best.x))
    fitted = (r, alpha * scale, a, b)
    return BgNbd(*fitted, log_likelihood=log_likelihood(cells, *fitted))


def _at_bound(logs: Floats) -> bool:
    return bool((np.abs(logs) > _LOG_BOUND - 1e-3).any())


def _likelihood(cells: PurchaseCells, logs: Floats) -> tuple[float, Floats]:
    """The log-likelihood and its slope along the logs of r, alpha, a, b."""
    from scipy.special import digamma, gammaln

    r, alpha, a, b = np.exp(logs)
    x, recency, age, weight = cells.repeats, cells.recency, cells.age, cells.customers
    different, place = np.unique(x, return_inverse=True)  # gamma functions of x alone: there are few different ones
    again = x > 0

    by_x = (
        gammaln(r + different) - gammaln(r) + r * np.log(alpha)
        + gammaln(a + b) + gammaln(b + different) - gammaln(b) - gammaln(a + b + different)
    )  # fmt: skip
    log_age, log_recency = np.log(alpha + age), np.log(alpha + recency)
    stays = -(r + x) * log_age
    with np.errstate(divide="ignore", invalid="ignore"):
        leaves = np.where(again, np.log(a) - np.log(b + np.maximum(x, 1) - 1) - (r + x) * log_recency, -np.inf)
    either = np.logaddexp(stays, leaves)
    value = float(np.sum(weight * (by_x[place] + either)))

    left = np.exp(leaves - either)  # the share of the likelihood in which the customer has left
    sum_ab = digamma(a + b) - digamma(a + b + different)
    slope_r = digamma(r + different) - digamma(r) + np.log(alpha)
    slope_b = sum_ab + digamma(b + different) - digamma(b)
    of_r = slope_r[place] - (1 - left) * log_age - left * log_recency
    of_alpha = r / alpha - (r + x) * ((1 - left) / (alpha + age) + left / (alpha + recency))
    of_a = sum_ab[place] + left / a
    of_b = slope_b[place] - np.where(again, left / (b + np.maximum(x, 1) - 1), 0.0)
    slopes = np.array([np.sum(weight * item) for item in (of_r, of_alpha, of_a, of_b)])
    return value, slopes * np.array([r, alpha, a, b])
