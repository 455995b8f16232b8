"""The grounds of an influence made concrete: an elasticity with its range, for all or for each segment, and its source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from catalog.strategy.influences import ElasticityRange

Segment = str | None
GroundSource = Literal["catalog", "estimated"]


@dataclass(frozen=True)
class Ground:
    """`cause` (figure) moves `effect` (figure). `ranges` holds one elasticity under None, or one for each segment of `by`."""

    cause: str
    effect: str
    ranges: Mapping[Segment, ElasticityRange]
    by: str | None = None
    source: GroundSource = "catalog"
    evidence: str = ""
    rows: Mapping[Segment, int] | None = None  # what an estimate rests on
    correlation: float = 0.0  # between the elasticities of any two segments

    def assumption(self, cause_label: str, effect_label: str, segment: Segment) -> str:
        """The name of one of its elasticities."""
        where = "" if segment is None else f", {segment}"
        return f"{cause_label} to {effect_label}{where}"
