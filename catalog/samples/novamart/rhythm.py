"""At which hours people shop."""

from catalog.samples.mixing import Draws, pick_number

# Out of a thousand orders, how many fall into each hour of the day.
_ONLINE_HOURS = (14, 8, 5, 4, 5, 9, 18, 30, 42, 50, 54, 56, 58, 54, 50, 48, 48, 52, 62, 76, 86, 82, 58, 31)
_STORE_HOURS = (0, 0, 0, 0, 0, 0, 0, 0, 0, 35, 72, 94, 108, 96, 84, 84, 92, 112, 104, 72, 47, 0, 0, 0)
_STEPS = 1000


def _hour_of_step(hours: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(hour for hour, weight in enumerate(hours) for _ in range(weight))


def second_of_day(draws: Draws, key: str, in_store: str) -> str:
    """SQL for a second of the day drawn for `key`: in opening hours where `in_store` holds, else as people go online."""
    step = draws.below("hour", key, _STEPS)
    online = pick_number(_hour_of_step(_ONLINE_HOURS), step)
    store = pick_number(_hour_of_step(_STORE_HOURS), step)
    return f"(CASE WHEN {in_store} THEN {store} ELSE {online} END * 3600 + {draws.below('second', key, 3600)})"
