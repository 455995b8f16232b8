"""Moments as whole seconds from the start of the data, and as timestamps."""

from catalog.samples.amalimart import shape
from catalog.samples.mixing import Draws, at_thresholds, thresholds_of

DAY_S = 86_400


def moment(seconds: str) -> str:
    """SQL for the timestamp of a number of seconds from the start of the data."""
    return f"(TIMESTAMP '{shape.FIRST_DAY} 00:00:00' + to_seconds({seconds}))"


def shopping_second(draws: Draws, name: str, key: str) -> str:
    """SQL for a second of the day at which people are up and shop."""
    hour = at_thresholds(draws.sql(f"{name} hour", key), thresholds_of(shape.HOUR_WEIGHTS))
    return f"({hour} * 3600 + {draws.below(f'{name} second', key, 3600)})"


def weighted(draws: Draws, name: str, key: str, weights: tuple[int, ...]) -> str:
    """SQL for a code from 0 on, drawn for `key` in proportion to the weights."""
    return at_thresholds(draws.sql(name, key), thresholds_of(weights))


def squared(draw: str, bound: str) -> str:
    """SQL for a whole number in [0, bound) that lies near 0 more often: the draw's square."""
    return f"((((({draw}) * ({draw})) >> 30) * ({bound})) >> 30)"
