"""Figures held against what was computed by hand."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import Any


def same(left: Any, right: Any) -> bool:
    """Whether two cells are the same, numbers but for the last digits of a floating point sum."""
    if isinstance(left, int | float | Decimal) and isinstance(right, int | float | Decimal):
        return math.isclose(left, right, rel_tol=1e-9, abs_tol=1e-12)
    return bool(left == right)
