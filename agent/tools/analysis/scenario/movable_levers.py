"""What can be moved: the levers a catalog declares, and metrics that stand as factors in an outcome's own formula."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from agent.errors import QueryError
from agent.tools.present.number_format import format_number
from catalog.access import CatalogView
from catalog.analyses.scenario import LeverChange
from catalog.models import Metric
from catalog.strategy.levers import Lever

_WIDEST = 0.5  # how far goal-seek moves a factor that declares no bounds, relative to now


@dataclass(frozen=True)
class MovableLever:
    """A lever as an analysis uses it: the metric (figure) that it moves, what it is called, how far it may go."""

    name: str
    label: str
    figure: str
    metric: Metric
    declared: Lever | None = None

    def bounds(self, now: float) -> tuple[float | None, float | None]:
        """The values it may take, absolute; None where nothing bounds it."""
        low, high = (None, None) if self.declared is None else (self.declared.lowest, self.declared.highest)
        if self.declared is not None and self.declared.bounds == "relative":
            low = None if low is None else now + abs(now) * low
            high = None if high is None else now + abs(now) * high
        if self.metric.unit in ("fraction", "count") or (self.metric.unit or "").isupper():
            low = 0.0 if low is None and now >= 0 else low
        if self.metric.unit == "fraction":
            high = 1.0 if high is None and now <= 1 else high
        return low, high

    def search_bounds(self, now: float) -> tuple[float, float]:
        """The range that goal-seek looks in: the bounds, at most half either way where none are declared."""
        low, high = self.bounds(now)
        if self.declared is None or self.declared.lowest is None:
            low = max(now - abs(now) * _WIDEST, low) if low is not None else now - abs(now) * _WIDEST
        if self.declared is None or self.declared.highest is None:
            high = min(now + abs(now) * _WIDEST, high) if high is not None else now + abs(now) * _WIDEST
        assert low is not None and high is not None
        return min(low, now), max(high, now)

    @property
    def has_bounds(self) -> bool:
        return self.declared is not None and not (self.declared.lowest is None and self.declared.highest is None)

    def changed(self, change: LeverChange, now: float) -> float:
        """The value that a change asks for; QueryError, with the bounds, where it lies outside them."""
        value = {"relative": now + abs(now) * change.value, "absolute": now + change.value, "to": change.value}[
            change.change
        ]
        low, high = self.bounds(now)
        slack = 1e-9 * max(abs(now), 1e-9)
        if (low is not None and value < low - slack) or (high is not None and value > high + slack):
            raise QueryError(
                f"{self.label} can be moved {self._span(low, high)} here (now {format_number(now, self.metric.unit)}); "
                f"{format_number(value, self.metric.unit)} lies outside"
            )
        return value

    def _span(self, low: float | None, high: float | None) -> str:
        """ "from 15 % below to 15 % above its value now", "between 1 % and 6 %"."""
        lever = self.declared
        if lever is not None and lever.bounds == "relative" and lever.lowest is not None and lever.highest is not None:
            ends = [
                f"{format_number(abs(end), 'fraction')} {'below' if end < 0 else 'above'}"
                for end in (lever.lowest, lever.highest)
            ]
            return f"from {ends[0]} to {ends[1]} its value now"
        if low is not None and high is not None:
            return f"between {format_number(low, self.metric.unit)} and {format_number(high, self.metric.unit)}"
        end = low if low is not None else high
        return f"{'down' if low is not None else 'up'} to {format_number(end, self.metric.unit)}"


def declared_levers(view: CatalogView) -> tuple[MovableLever, ...]:
    """The levers of the catalog whose metrics the role may ask for."""
    found = []
    for lever in view.whole.strategy.levers:
        metric = view.metrics.get(lever.moves)
        if metric is not None:
            found.append(MovableLever(lever.name, lever.label or metric.label, metric.name, metric, lever))
    return tuple(found)


def movable(view: CatalogView, name: str) -> MovableLever:
    """The lever of a name: a declared one, or a metric. QueryError that lists the levers where there is none."""
    declared = declared_levers(view)
    for lever in declared:
        if name in (lever.name, lever.figure):
            return lever
    metric = view.metrics.get(name)
    if metric is None:
        labels = ", ".join(lever.label for lever in declared) or "none is declared"
        raise QueryError(f"there is no lever {name!r}; levers are: {labels}")
    return MovableLever(name, metric.label, name, metric)


def listed(labels: Iterable[str]) -> str:
    """Names as a list in a sentence."""
    names = list(labels)
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}" if names else ""
