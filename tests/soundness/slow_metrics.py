"""A metric's value for each group, by the slow evaluator: from the definitions alone, row by row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from catalog.durations import TimeGrain
from catalog.models import AggregateMetric, Aggregation, CumulativeMetric, DerivedMetric, Metric, PerEntityMetric
from catalog.query import AllOf, AnyOf, Condition, FieldCondition, FieldDimension, Not, TimeDimension
from tests.soundness.random_business import Row, Test
from tests.soundness.slow_time import (
    Moment,
    Setting,
    day_of,
    inside,
    instant,
    moved,
    one,
    time_key,
    truncated,
    uneven,
    window_start,
)
from tests.soundness.slow_values import COUNTS, aggregated, divided, number
from tests.soundness.slow_ways import Path, Refused, RelatedRows

Group = tuple[Any, ...]


@dataclass
class MetricValues(RelatedRows):
    """Metrics of one business by group; `mapping` says which group of the answer a row's group counts for, if any."""

    mapping: Callable[[Group], Group | None] | None = None

    def metric(self, name: str) -> Metric:
        return self.business.catalog.metric_by_name[name]

    def values(self, name: str, keys: tuple[Any, ...], setting: Setting) -> dict[Group, Any]:
        """The metric for each group it has rows for."""
        metric = self.metric(name)
        if isinstance(metric, AggregateMetric):
            return self._aggregate(metric, keys, setting)
        if isinstance(metric, CumulativeMetric):
            return self.values(metric.metric, keys, replace(setting, window=metric))
        if isinstance(metric, PerEntityMetric):
            return self._per_entity(metric, keys, setting)
        assert isinstance(metric, DerivedMetric)
        return self._derived(metric, keys, setting)

    def missing(self, name: str, setting: Setting) -> Any:
        """What a metric is in a row it has no data for: a formula is applied to what its parts are then."""
        metric = self.metric(name)
        if isinstance(metric, AggregateMetric):
            return 0 if metric.aggregation in COUNTS else None
        if isinstance(metric, CumulativeMetric):
            return self.missing(metric.metric, setting)
        return self._combined(metric, {}, (), setting) if isinstance(metric, DerivedMetric) else None

    def adds(self, name: str) -> bool:
        metric = self.metric(name)
        return isinstance(metric, AggregateMetric) and metric.aggregation in (*COUNTS, Aggregation.SUM)

    def has_time(self, name: str) -> bool:
        """Whether any rows that the metric is made of have a time."""
        metric = self.metric(name)
        if isinstance(metric, AggregateMetric):
            return self.business.catalog.dataset_by_name[metric.dataset].time_field is not None
        if isinstance(metric, CumulativeMetric):
            return self.has_time(metric.metric)
        if isinstance(metric, PerEntityMetric):
            return any(self.has_time(part) for part in metric.metrics)
        assert isinstance(metric, DerivedMetric)
        return any(self.has_time(item.metric) for item in metric.inputs)

    def _derived(self, metric: DerivedMetric, keys: tuple[Any, ...], setting: Setting) -> dict[Group, Any]:
        parts = {}
        for item in metric.inputs:
            scope = setting.earlier(item.offset) if item.offset else setting
            parts[item.name] = self.values(item.metric, keys, scope)
        groups = dict.fromkeys(group for values in parts.values() for group in values)
        return {group: self._combined(metric, parts, group, setting) for group in groups}

    def _combined(
        self, metric: DerivedMetric, parts: dict[str, dict[Group, Any]], group: Group, setting: Setting
    ) -> Any:
        """The formula; a sum or count that is missing adds nothing where the other comes from other rows."""
        sources = []
        terms: dict[str, Any] = {}
        for item in metric.inputs:
            scope = setting.earlier(item.offset) if item.offset else setting
            leaf = self.metric(item.metric)
            assert isinstance(leaf, AggregateMetric)
            sources.append((leaf.dataset, self.business.filters.get(item.metric), scope))
            terms[item.name] = parts.get(item.name, {}).get(group, self.missing(item.metric, scope))
        several = any(source != sources[0] for source in sources)
        zero = {
            item.name: 0 if terms[item.name] is None and several and self.adds(item.metric) else terms[item.name]
            for item in metric.inputs
        }
        return self._formula(metric.formula, terms, zero)

    @staticmethod
    def _formula(formula: str, terms: dict[str, Any], zero: dict[str, Any]) -> Any:
        if formula == "a / b":
            return divided(terms["a"], terms["b"])
        if formula == "a - b":
            return None if None in zero.values() else number(zero["a"]) - number(zero["b"])
        assert formula == "(a + 1) / (b - 1)"
        if None in zero.values():
            return None
        return divided(number(zero["a"]) + 1, number(zero["b"]) - 1)

    def _per_entity(self, metric: PerEntityMetric, keys: tuple[Any, ...], setting: Setting) -> dict[Group, Any]:
        entity = FieldDimension(field=metric.entity[0], alias="each")
        inner = MetricValues(self.business)
        own = self.mapping
        if own is not None:
            inner.mapping = lambda group: None if own(group[:-1]) is None else (*(own(group[:-1]) or ()), group[-1])
        by_entity = inner.values(metric.metrics[0], (*keys, entity), setting)
        found: dict[Group, list[float]] = {}
        for group, value in by_entity.items():
            if group[-1] is not None:
                found.setdefault(group[:-1], []).append(1.0 if value is not None and value > 1 else 0.0)
        if not keys and not found:
            return {(): None}
        return {group: sum(values) / len(values) for group, values in found.items()}

    def _aggregate(self, metric: AggregateMetric, keys: tuple[Any, ...], setting: Setting) -> dict[Group, Any]:
        base = metric.dataset
        dataset = self.business.catalog.dataset_by_name[base]
        time = dataset.time_field
        ways = []
        for key in keys:
            if isinstance(key, FieldDimension):
                _, way = self.path(base, key.field)
                ways.append(way)
                insensitive = metric.aggregation in (*COUNTS, Aggregation.MIN, Aggregation.MAX)
                if self.fans(way, base) and not insensitive:
                    raise Refused("rows would count several times")
            elif time is None:
                raise Refused("no time")
        own = self.business.filters.get(metric.name)
        conditions = (*setting.conditions, *((own,) if own else ()))
        for condition in conditions:
            self._check(condition, base)
        groups: dict[Group, dict[int, Row]] = {}
        moments = self._moments(metric, keys, setting)
        for index, row in enumerate(self.business.rows[base]):
            moment = row[time] if time else None
            for period in self._periods(base, time, moment, keys, setting):
                if moments is not None and not self._at_moment(metric, row, keys, period, moments):
                    continue
                for item in self.spread(row, base, ways):
                    if all(self.holds(condition, base, item) is True for condition in conditions):
                        group = self._mapped(tuple(self._key(key, base, item, period, moment, setting) for key in keys))
                        if group is not None:
                            groups.setdefault(group, {})[index] = row
        if not keys and not groups:
            groups[()] = {}
        found = {group: aggregated(metric, list(rows.values())) for group, rows in groups.items()}
        if moments is not None and metric.semi_additive is not None and metric.semi_additive.take == "average":
            counts = {group: len(values) for group, values in moments.items()}
            timed = [index for index, key in enumerate(keys) if isinstance(key, TimeDimension)]
            found = {
                group: divided(value, counts.get(tuple(group[index] for index in timed)))
                for group, value in found.items()
            }
        return found

    def _check(self, condition: Condition | Test, base: str) -> None:
        """Refuses a condition that cannot be reached, whatever the data."""
        if isinstance(condition, FieldCondition):
            self.path(base, condition.field)
        elif isinstance(condition, AllOf | AnyOf):
            for part in condition.conditions:
                self._check(part, base)
        elif isinstance(condition, Not):
            self._check(condition.condition, base)

    def _mapped(self, group: Group) -> Group | None:
        return group if self.mapping is None else self.mapping(group)

    def _key(
        self, key: Any, base: str, item: dict[Path, Row | None], period: Any, moment: Moment | None, setting: Setting
    ) -> Any:
        if isinstance(key, FieldDimension):
            reference, way = self.path(base, key.field)
            return self._follow(item, base, way, reference)
        if setting.window is not None or uneven([key], setting):
            return truncated(period, key.grain)
        return time_key(moment, key, setting.offsets)

    # Time

    def _periods(
        self, base: str, time: str | None, moment: Moment | None, keys: tuple[Any, ...], setting: Setting
    ) -> list[Any]:
        """The periods of the result that a row at a moment counts for; a single None where it counts once or not."""
        if time is None:
            return [None]
        timed = [key for key in keys if isinstance(key, TimeDimension)]
        if setting.window is None and not uneven(timed, setting):
            return [None] if inside(moment, setting.span) else []
        if setting.window is None:
            found = []
            for start, _ in self._axis(base, time, timed[0], setting):
                day = start
                for offset in setting.offsets:
                    day = moved(day, offset, -1)
                if inside(moment, (day, moved(day, one(TimeGrain.DAY), 1))):
                    found.append(start)
            return found
        if any(key.grain is None for key in timed):
            raise Refused("a window needs a grain")
        if not timed:
            end = setting.period[1]
            if end is None and not (setting.window.window or setting.window.to_date):
                return [None]
            if end is None:
                known = [row[time] for row in self.business.rows[base] if row[time] is not None]
                if not known:
                    return []
                end = day_of(max(known, key=instant)) + dt.timedelta(days=1)
                return [None] if inside(moment, (window_start(setting.window, end), None)) else []
            for offset in setting.offsets:
                end = moved(end, offset, -1)
            return [None] if inside(moment, (window_start(setting.window, end), end)) else []
        found = []
        for start, end in self._axis(base, time, timed[0], setting):
            for offset in setting.offsets:
                end = moved(end, offset, -1)
            if inside(moment, (window_start(setting.window, end), end)):
                found.append(start)
        return found

    def _axis(self, base: str, time: str, key: TimeDimension, setting: Setting) -> list[tuple[Moment, Moment]]:
        known = [row[time] for row in self.business.rows[base] if row[time] is not None]
        start, finish = setting.period
        grain = key.grain
        assert grain is not None
        if start is None or finish is None:
            if not known:
                return []
            buckets = [
                time_key(moment, key, setting.offsets) for moment in (min(known, key=instant), max(known, key=instant))
            ]
            start = buckets[0] if start is None else start
            finish = moved(buckets[1], one(grain), 1) if finish is None else finish
        found = []
        at = truncated(start, grain)
        while instant(at) < instant(finish):
            following = moved(at, one(grain), 1)
            found.append((at, min(following, finish, key=instant)))
            at = following
        return found

    def _moments(
        self, metric: AggregateMetric, keys: tuple[Any, ...], setting: Setting
    ) -> dict[Group, set[Any]] | None:
        """The moments of a level by the keys of time: of all rows in the span, whatever the conditions."""
        if metric.semi_additive is None:
            return None
        time = metric.semi_additive.over.partition(".")[2]
        timed = tuple(key for key in keys if isinstance(key, TimeDimension))
        found: dict[Group, set[Any]] = {}
        for row in self.business.rows[metric.dataset]:
            if row[time] is not None and inside(row[time], setting.span):
                found.setdefault(tuple(time_key(row[time], key, setting.offsets) for key in timed), set()).add(
                    row[time]
                )
        return found

    @staticmethod
    def _at_moment(
        metric: AggregateMetric, row: Row, keys: tuple[Any, ...], period: Any, moments: dict[Group, set[Any]]
    ) -> bool:
        assert metric.semi_additive is not None
        moment = row[metric.semi_additive.over.partition(".")[2]]
        if moment is None:
            return False
        take = metric.semi_additive.take
        if take == "average":
            return True
        choose = max if take == "last" else min
        return any(choose(values, key=instant) == moment for values in moments.values())
