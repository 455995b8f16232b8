"""Scenarios and forecasts that were saved: listed, set side by side, held against what came."""

from __future__ import annotations

from typing import Literal

from catalog.analyses.forecast import ForecastRequest
from catalog.frozen import Frozen


class DecisionRequest(Frozen):
    """`names` are saved names; none with `score` or `compare` means all there are."""

    kind: Literal["decision"] = "decision"
    action: Literal["list", "compare", "score", "forget"]
    names: tuple[str, ...] = ()
    of: Literal["scenario", "forecast", "goal"] | None = None


class KeptForecastRequest(Frozen):
    """A forecast to make and keep under a name."""

    kind: Literal["kept_forecast"] = "kept_forecast"
    name: str
    forecast: ForecastRequest
    question: str = ""
