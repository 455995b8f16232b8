"""When to order again and how much: demand over the lead time with a safety stock, normal approximation.

Silver, Pyke and Thomas, "Inventory and Production Management in Supply Chains" (2016): with daily demand of mean d and
standard deviation s, and a lead time of mean L and standard deviation l days, demand over the lead time has mean d L and
variance L s^2 + d^2 l^2.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from agent.tools.analysis.customers.purchase_cells import Floats


@dataclass(frozen=True)
class SupplyTerms:
    """What holds for every product: lead time in days (mean, standard deviation), days between orders, service level."""

    lead_days: float
    lead_deviation_days: float
    review_days: float
    service_level: float  # the chance not to run out while waiting, as a fraction

    @property
    def safety_factor(self) -> float:
        """How many standard deviations of demand the safety stock holds."""
        from scipy.special import ndtri

        return float(ndtri(self.service_level))


def demand_deviation(daily: Floats, deviation: Floats, terms: SupplyTerms, days: float) -> Floats:
    """The standard deviation of demand over `days` of waiting, the lead time's own spread included."""
    return np.sqrt(days * deviation**2 + daily**2 * terms.lead_deviation_days**2)


def reorder_level(daily: Floats, deviation: Floats, terms: SupplyTerms) -> Floats:
    """The stock at which to order: demand over the lead time plus safety stock."""
    return daily * terms.lead_days + terms.safety_factor * demand_deviation(daily, deviation, terms, terms.lead_days)


def order_up_to(daily: Floats, deviation: Floats, terms: SupplyTerms) -> Floats:
    """The stock to order up to: as the reorder level, over lead time and the days until the next order."""
    days = terms.lead_days + terms.review_days
    return daily * days + terms.safety_factor * demand_deviation(daily, deviation, terms, days)


def stockout_risk(stock: Floats, daily: Floats, deviation: Floats, terms: SupplyTerms) -> Floats:
    """The chance that demand over the lead time exceeds the stock."""
    from scipy.special import ndtr

    spread = np.maximum(demand_deviation(daily, deviation, terms, terms.lead_days), 1e-9)
    return np.asarray(ndtr((daily * terms.lead_days - stock) / spread), dtype=float)
