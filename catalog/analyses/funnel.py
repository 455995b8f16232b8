"""Where they are lost on the way."""

from __future__ import annotations

from typing import Literal

from catalog.frozen import Frozen
from catalog.query import Condition, FieldDimension, Period


class FunnelRequest(Frozen):
    """A declared funnel over a period, by a dimension where one is given; `first` and `last` are positions of its steps."""

    kind: Literal["funnel"] = "funnel"
    funnel: str
    period: Period | None = None
    dimension: FieldDimension | None = None
    where: Condition | None = None
    first: int = 0
    last: int | None = None
