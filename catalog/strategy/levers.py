"""Levers: what a business can move on purpose, and within which bounds."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from catalog.frozen import Frozen


class Lever(Frozen):
    """Something that can be moved: the metric that it moves directly, the words for it, and how far it was ever moved.

    `lowest` and `highest` are relative to the value now (-0.2 to 0.2: twenty percent either way), or absolute values of
    the metric with `bounds: absolute`. Without them a question may move it as far as it likes, and is told so.
    """

    name: str
    moves: str  # metric
    label: str | None = None  # "Prices"; else the metric's
    description: str = ""
    synonyms: tuple[str, ...] = ()
    lowest: float | None = None
    highest: float | None = None
    bounds: Literal["relative", "absolute"] = "relative"
    step: float = Field(default=0.05, gt=0)  # the relative change that "a little" is tried with
    owner: str | None = None

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.lowest is not None and self.highest is not None and self.lowest >= self.highest:
            raise ValueError(f"lowest ({self.lowest}) lies below highest ({self.highest})")
        return self
