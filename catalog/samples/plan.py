"""What every sample's plan is made of: a scale, a seed, its draws, and growth by exact arithmetic.

Powers are taken with `decimal`, whose results are the same everywhere, and rounded to integers at once.
"""

import dataclasses
from decimal import Context, Decimal
from fractions import Fraction

from catalog.samples.mixing import DRAW_RANGE, Draws

EXACT = Context(prec=30)
PPM = 1_000_000


@dataclasses.dataclass(frozen=True)
class Plan:
    """Everything of the business that scale and seed fix before a row is drawn."""

    scale: Fraction
    seed: int
    draws: Draws

    def scaled(self, rows_at_scale_one: int) -> int:
        """A count of rows at this scale, never below one."""
        return max(1, round(self.scale * rows_at_scale_one))


def planned(business: str, scale: float, seed: int) -> Plan:
    """The plan of a business at a scale (as its decimal text reads, so 0.01 is one hundredth) and a seed."""
    return Plan(scale=Fraction(str(scale)), seed=seed, draws=Draws(business, seed))


def power_ppm(base: str | Decimal, exponent: Decimal | str) -> int:
    """base ^ exponent in parts per million, rounded to a whole number by exact decimal arithmetic."""
    return int(EXACT.power(Decimal(base), Decimal(exponent)).scaleb(6).to_integral_value())


def growth_ppm(ppm_a_year: int, months: int) -> int:
    """What a yearly growth makes of 1 after a number of months (negative: before), in parts per million."""
    return power_ppm(Decimal(ppm_a_year).scaleb(-6), EXACT.divide(Decimal(months), Decimal(12)))


def wave_ppm(draws: Draws, name: str, key: int, permille: int) -> int:
    """A factor in parts per million that lies up to `permille` above or below one."""
    return PPM + permille * 1000 * (2 * draws.number(name, key) - DRAW_RANGE) // DRAW_RANGE
