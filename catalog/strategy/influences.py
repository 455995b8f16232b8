"""Influences: what moves a metric without being a part of its formula, how strongly, and on what evidence."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from catalog.durations import TimeGrain
from catalog.frozen import Frozen

Shape = Literal["triangular", "normal", "lognormal"]


class ElasticityRange(Frozen):
    """Percent of effect for one percent of cause. `low` and `high`: the 5th and 95th percentile of a normal or lognormal
    range, the ends of a triangular one."""

    elasticity: float
    low: float
    high: float
    shape: Shape = "triangular"

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if not self.low <= self.elasticity <= self.high:
            raise ValueError(f"the elasticity {self.elasticity} lies between low {self.low} and high {self.high}")
        return self


class PricePanel(Frozen):
    """Estimate the answer of demand to price from a panel of things over periods: two-way fixed effects on logs, with
    two-stage least squares where there is an instrument (a metric that moves the price and nothing else)."""

    method: Literal["price_panel"]
    entity: str  # dataset.field: whose price moves, such as products.product_id
    grain: TimeGrain = TimeGrain.MONTH
    periods: int = Field(default=24, ge=3)
    price: str | None = None  # metric, where the cause is not the price itself that was asked
    instrument: str | None = None  # metric


class SpendHistory(Frozen):
    """Estimate the answer to spend from a history: log-log with trend and season taken out."""

    method: Literal["spend_history"]
    grain: TimeGrain = TimeGrain.WEEK
    periods: int = Field(default=156, ge=26)


Estimate = Annotated[PricePanel | SpendHistory, Field(discriminator="method")]


class Influence(Frozen):
    """`cause` (a lever or metric) moves `effect` (a metric) by an elasticity, given or estimated from the data.

    With `by` (dataset.field) each value of the field has an elasticity of its own: from `elasticities`, or estimated.
    """

    cause: str
    effect: str
    elasticity: float | None = None
    low: float | None = None
    high: float | None = None
    shape: Shape = "triangular"
    by: str | None = None
    elasticities: dict[str, ElasticityRange] = Field(default_factory=dict)
    correlation: float = Field(default=0.0, ge=0, lt=1)  # how much the elasticities by value go up and down together
    estimate: Estimate | None = None
    evidence: str = ""  # where the figures come from: an experiment, a study, a judgement
    owner: str | None = None

    @model_validator(mode="after")
    def _has_one_ground(self) -> Self:
        grounds = [self.elasticity is not None, bool(self.elasticities), self.estimate is not None]
        if grounds.count(True) != 1:
            raise ValueError(f"{self.cause} to {self.effect}: give one of elasticity, elasticities or estimate")
        if self.elasticity is not None:
            low, high = self.low, self.high
            if low is None or high is None:
                raise ValueError(f"{self.cause} to {self.effect}: an elasticity has a range, low to high")
            ElasticityRange(elasticity=self.elasticity, low=low, high=high, shape=self.shape)
            if not self.evidence:
                raise ValueError(f"{self.cause} to {self.effect}: say on what evidence the elasticity rests")
        if self.elasticities and (self.by is None or not self.evidence):
            raise ValueError(f"{self.cause} to {self.effect}: elasticities have a field (by) and evidence")
        return self

    @property
    def given(self) -> ElasticityRange | None:
        """The declared elasticity, where there is one for all."""
        if self.elasticity is None or self.low is None or self.high is None:
            return None
        return ElasticityRange(elasticity=self.elasticity, low=self.low, high=self.high, shape=self.shape)
