"""Pseudo-random and evenly spread numbers as SQL text over integers alone.

DuckDB's `hash()` and `random()` may change with a version, a platform or a thread count, so the sample draws from a
published integer mixing function instead: two rounds of xor-shift and multiply on 32 bits ("lowbias32" in form, Chris
Wellons, hash-prospector). Every product stays below 2^64, so nothing overflows. A *draw* is a BIGINT in
[0, 2^30): multiplying it by a count below 2^33 stays inside a BIGINT.
"""

import hashlib

DRAW_BITS = 30
DRAW_RANGE = 1 << DRAW_BITS
_MASK = 0xFFFFFFFF
_FIRST_MULTIPLIER = 2146121005
_SECOND_MULTIPLIER = 2221713035

# Odd multipliers near 2^32 times an irrational number: multiples of one spread evenly, two of them are independent.
GOLDEN = 2654435769  # golden ratio
ROOT_TWO = 1779033703  # square root of 2
ROOT_THREE = 3144134277  # square root of 3
ROOT_SEVEN = 2773480763  # square root of 7


def mix(value: int) -> int:
    """The mixing function for one number of 32 bits; `draw_sql` computes the same in SQL."""
    value &= _MASK
    value = ((value ^ (value >> 16)) * _FIRST_MULTIPLIER) & _MASK
    value = ((value ^ (value >> 15)) * _SECOND_MULTIPLIER) & _MASK
    return value ^ (value >> 16)


class Draws:
    """Named, independent streams of draws that follow from one business's name and one seed."""

    def __init__(self, business: str, seed: int) -> None:
        self._start = f"{business}:{seed}"

    def _stream(self, name: str) -> tuple[int, int]:
        """An odd multiplier and an offset of 32 bits that belong to the stream `name` of this seed."""
        digest = hashlib.sha256(f"{self._start}:{name}".encode()).digest()
        return int.from_bytes(digest[:4], "big") | 1, int.from_bytes(digest[4:8], "big")

    def number(self, name: str, key: int) -> int:
        """The draw of `key` in the stream `name`, in [0, 2^30): what `sql` gives for the same key."""
        multiplier, offset = self._stream(name)
        return mix((key & _MASK) * multiplier + offset) >> (32 - DRAW_BITS)

    def sql(self, name: str, key: str) -> str:
        """SQL for the draw of the non-negative integer expression `key` in the stream `name`: BIGINT in [0, 2^30)."""
        multiplier, offset = self._stream(name)
        mask = f"{_MASK}::UBIGINT"
        value = f"(((({key})::UBIGINT & {mask}) * {multiplier}::UBIGINT + {offset}::UBIGINT) & {mask})"
        value = f"((xor({value}, {value} >> 16) * {_FIRST_MULTIPLIER}::UBIGINT) & {mask})"
        value = f"((xor({value}, {value} >> 15) * {_SECOND_MULTIPLIER}::UBIGINT) & {mask})"
        return f"((xor({value}, {value} >> 16)) >> {32 - DRAW_BITS})::BIGINT"

    def below(self, name: str, key: str, bound: int | str) -> str:
        """SQL for a whole number in [0, bound) drawn for `key`; `bound` is below 2^33."""
        return f"(({self.sql(name, key)} * ({bound})) >> {DRAW_BITS})"

    def spread(self, name: str, position: str, multiplier: int) -> str:
        """SQL for an evenly spread number in [0, 2^30): consecutive positions fill the range without gaps or heaps.

        `multiplier` is one of this module's irrational multipliers; sequences with different ones are independent.
        """
        offset = self._stream(name)[1]
        mask = f"{_MASK}::UBIGINT"
        value = f"((({position})::UBIGINT & {mask}) * {multiplier}::UBIGINT + {offset}::UBIGINT) & {mask}"
        return f"(({value}) >> {32 - DRAW_BITS})::BIGINT"


def pick_text(values: tuple[str, ...], index: str) -> str:
    """SQL that turns a code from 0 on into its text."""
    listed = ", ".join("'" + value.replace("'", "''") + "'" for value in values)
    return f"[{listed}][({index}) + 1]"


def pick_number(values: tuple[int, ...], index: str) -> str:
    """SQL that turns a code from 0 on into the number at that position (BIGINT)."""
    return f"([{', '.join(str(value) for value in values)}]::BIGINT[])[({index}) + 1]"


def at_thresholds(draw: str, thresholds: tuple[int, ...]) -> str:
    """SQL for how many of the ascending `thresholds` the draw has reached: 0 below the first."""
    if not thresholds:
        return "0"
    return "(" + " + ".join(f"(({draw}) >= {threshold})::INTEGER" for threshold in thresholds) + ")"


def thresholds_of(weights: tuple[int, ...]) -> tuple[int, ...]:
    """Where a draw's range is cut so that each part is as wide as its weight: one fewer than there are weights."""
    total = sum(weights)
    cuts = []
    running = 0
    for weight in weights[:-1]:
        running += weight
        cuts.append(running * DRAW_RANGE // total)
    return tuple(cuts)
