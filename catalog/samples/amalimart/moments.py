"""Moments as whole seconds from the start of the data, and as timestamps."""

from catalog.samples.amalimart import shape
from catalog.samples.mixing import Draws, pick_number

DAY_S = 86_400


def moment(seconds: str) -> str:
    """SQL for the timestamp of a number of seconds from the start of the data."""
    return f"(TIMESTAMP '{shape.FIRST_DAY} 00:00:00' + to_seconds({seconds}))"


def shopping_second(draws: Draws, name: str, key: str) -> str:
    """SQL for a second of the day at which people are up and shop."""
    return f"({weighted(draws, f'{name} hour', key, shape.HOUR_WEIGHTS)} * 3600 + {draws.below(f'{name} second', key, 3600)})"


def weighted(draws: Draws, name: str, key: str, weights: tuple[int, ...]) -> str:
    """SQL for a code from 0 on, drawn for `key` in proportion to the weights, whose sum is some thousand at most."""
    steps = tuple(code for code, weight in enumerate(weights) for _ in range(weight))
    return pick_number(steps, draws.below(name, key, len(steps)))


def squared(draw: str, bound: str) -> str:
    """SQL for a whole number in [0, bound) that lies near 0 more often: the draw's square."""
    return f"((((({draw}) * ({draw})) >> 30) * ({bound})) >> 30)"
