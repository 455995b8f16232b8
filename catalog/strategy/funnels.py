"""The ways on which entities get lost: ordered steps."""

from __future__ import annotations

from pydantic import model_validator

from catalog.durations import WrittenDuration
from catalog.frozen import Frozen


class FunnelStep(Frozen):
    """A step: a value of the funnel's event field, or a metric whose rows, split by `entity`, are the step's events."""

    value: str | None = None
    metric: str | None = None
    entity: str | None = None  # with a metric: dataset.field; else the funnel's
    label: str | None = None
    synonyms: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _of_one_kind(self) -> FunnelStep:
        if (self.value is None) == (self.metric is None):
            raise ValueError("a funnel's step is a value of its event field or a metric, one of them")
        return self

    @property
    def words(self) -> str:
        """What the step is called: its label, else its value or metric, readable."""
        return self.label or (self.value or self.metric or "").replace("_", " ").capitalize()


class Funnel(Frozen):
    """Steps in order. An entity reaches a step if it reached the one before and then has the step's event."""

    label: str
    synonyms: tuple[str, ...] = ()
    entity: str | None = None  # dataset.field of who goes through it: clickstream.session_id
    event: str | None = None  # dataset.field whose values are the steps: clickstream.event_type
    steps: tuple[FunnelStep, ...]
    ordered: bool = True  # False: a step counts whenever it came, as long as all before it came too
    within: WrittenDuration | None = None  # how long after the first step the others count

    @model_validator(mode="after")
    def _is_whole(self) -> Funnel:
        if len(self.steps) < 2:
            raise ValueError("a funnel has at least two steps")
        by_value = [step.value is not None for step in self.steps]
        if any(by_value) and not all(by_value):
            raise ValueError("the steps of a funnel are all values of its event field, or all metrics")
        if all(by_value) and (self.entity is None or self.event is None):
            raise ValueError("a funnel whose steps are values names its entity and its event field")
        if self.entity is None and any(step.entity is None for step in self.steps):
            raise ValueError("a funnel whose steps are metrics names an entity, its own or each step's")
        return self
