"""Who is about to leave."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from catalog.frozen import Frozen
from catalog.query import Condition, FieldDimension


class ChurnRiskRequest(Frozen):
    """Those most at risk one by one, how many are expected to leave, the risk by groups, or what it depends on."""

    kind: Literal["churn_risk"] = "churn_risk"
    show: Literal["entities", "count", "groups", "drivers"] = "entities"
    dimension: FieldDimension | None = None
    limit: int = Field(default=20, ge=1, le=1000)
    where: Condition | None = None
