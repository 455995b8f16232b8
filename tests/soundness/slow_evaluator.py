"""What a question must come to, in plain Python over lists of rows: slow, and written from the definitions alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from catalog.durations import Duration, TimeGrain, TimePart
from catalog.models import (
    AggregateMetric,
    Aggregation,
    CumulativeMetric,
    DerivedMetric,
    Metric,
    PerEntityMetric,
)
from catalog.query import (
    AllOf,
    AnyOf,
    ComparePeriod,
    Condition,
    FieldCondition,
    FieldDimension,
    MetricQuery,
    Not,
    TimeDimension,
    dimension_name,
)
from tests.soundness.random_business import Business, Row, Test

Path = tuple[tuple[str, str], ...]  # (relationship, dataset it leads to)
Group = tuple[Any, ...]
Moment = dt.date | dt.datetime
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = "January February March April May June July August September October November December".split()
COUNTS = (Aggregation.COUNT, Aggregation.COUNT_DISTINCT, Aggregation.SUM_BOOLEAN)


class Refused(Exception):
    """The question has no sound answer."""


@dataclass(frozen=True)
class Setting:
    """Which rows and when: conditions, the data's span, the result's period, offsets, a window."""

    conditions: tuple[Condition | Test, ...] = ()
    span: tuple[Moment | None, Moment | None] = (None, None)
    period: tuple[Moment | None, Moment | None] = (None, None)
    offsets: tuple[Duration, ...] = ()
    window: CumulativeMetric | None = None

    def earlier(self, offset: Duration) -> Setting:
        start, end = (None if moment is None else moved(moment, offset, -1) for moment in self.span)
        return replace(self, span=(start, end), offsets=(*self.offsets, offset))


@dataclass
class Evaluator:
    """Answers questions about one business."""

    business: Business
    mapping: Callable[[Group], Group | None] | None = None
    _children: dict[tuple[str, Any], list[Row]] = field(default_factory=dict)

    # Ways

    def path(self, base: str, reference: str) -> tuple[str, Path]:
        """The field read and the way to it."""
        dataset = reference.partition(".")[0]
        if dataset == base:
            return reference, ()
        ways = shortest(self._ways(base, dataset, down=False))
        if len(ways) > 1:
            raise Refused("several ways")
        if ways:
            return reference, ways[0]
        shared = self._shared(base, reference)
        if shared is not None:
            return shared
        ways = shortest(self._ways(base, dataset, down=True))
        if len(ways) != 1:
            raise Refused("no way, or several down")
        return reference, ways[0]

    def _shared(self, base: str, reference: str) -> tuple[str, Path] | None:
        asked = self.business.catalog.field(reference)
        if asked.shared_dimension is None:
            return None
        found: list[tuple[str, Path]] = []
        for dataset in self.business.catalog.datasets:
            for item in dataset.fields:
                if item.shared_dimension != asked.shared_dimension or dataset.name == reference.partition(".")[0]:
                    continue
                if dataset.name == base:
                    found.append((f"{base}.{item.name}", ()))
                    continue
                ways = shortest(self._ways(base, dataset.name, down=False))
                if len(ways) > 1:
                    raise Refused("several ways")
                found += [(f"{dataset.name}.{item.name}", way) for way in ways]
        if not found:
            return None
        nearest = [item for item in found if len(item[1]) == min(len(way) for _, way in found)]
        if len(nearest) > 1:
            raise Refused("several shared fields")
        return nearest[0]

    def _ways(self, base: str, target: str, down: bool) -> list[Path]:
        """All simple ways: up only, or down at least once and then up; one-to-one references go anywhere."""
        found: list[Path] = []

        def walk(at: str, way: Path, fanned: bool, up: bool, seen: frozenset[str]) -> None:
            if at == target and way:
                if fanned or not down:
                    found.append(way)
                return
            for relation in self.business.catalog.relationships:
                if relation.from_dataset == at and relation.to_dataset not in seen:
                    nearer = relation.to_dataset
                    walk(
                        nearer, (*way, (relation.name, nearer)), fanned, up or not relation.one_to_one, seen | {nearer}
                    )
                if relation.to_dataset == at and relation.from_dataset not in seen:
                    nearer = relation.from_dataset
                    if relation.one_to_one:
                        walk(nearer, (*way, (relation.name, nearer)), fanned, up, seen | {nearer})
                    elif down and not up:
                        walk(nearer, (*way, (relation.name, nearer)), True, up, seen | {nearer})

        walk(base, (), False, False, frozenset({base}))
        return found

    def fans(self, way: Path, base: str) -> list[Path]:
        """The beginnings of a way that end with a step to many."""
        found = []
        at = base
        for index, (name, to) in enumerate(way):
            relation = next(item for item in self.business.catalog.relationships if item.name == name)
            if relation.to_dataset == at and relation.from_dataset == to and not relation.one_to_one:
                found.append(way[: index + 1])
            at = to
        return found

    def step(self, row: Row | None, at: str, name: str) -> list[Row]:
        """The rows that a row of `at` is related to."""
        if row is None:
            return []
        relation = next(item for item in self.business.catalog.relationships if item.name == name)
        here, there = relation.from_fields[0], relation.to_fields[0]
        to = relation.to_dataset
        if relation.to_dataset == at:
            here, there, to = there, here, relation.from_dataset
        if row[here] is None:
            return []
        return [other for other in self.business.rows[to] if other[there] == row[here]]

    def spread(self, row: Row, base: str, ways: Iterable[Path]) -> list[dict[Path, Row | None]]:
        """The row with what it is related to along ways: several times where they lead to many, not where to none."""
        needed = sorted({way[: index + 1] for way in ways for index in range(len(way))}, key=len)
        found: list[dict[Path, Row | None]] = [{(): row}]
        for way in needed:
            at = way[-2][1] if len(way) > 1 else base
            many = way in self.fans(way, base)
            following: list[dict[Path, Row | None]] = []
            for item in found:
                others: list[Row | None] = list(self.step(item[way[:-1]], at, way[-1][0]))
                following += [{**item, way: other} for other in (others if many else (others[:1] or [None]))]
            found = following
        return found

    # Conditions

    def holds(self, condition: Condition | Test, base: str, item: dict[Path, Row | None]) -> bool | None:
        """Three-valued, of a spread row; what lies down a way not spread holds if it does of some row there."""
        if isinstance(condition, Test):
            row = item[()]
            assert row is not None
            return compared(row[condition.field.partition(".")[2]], condition.operator, condition.values)
        if isinstance(condition, Not):
            return self.holds(condition.condition, base, item) is not True
        if isinstance(condition, AnyOf):
            results = [self.holds(part, base, item) for part in condition.conditions]
            return True if True in results else None if None in results else False
        if isinstance(condition, AllOf):
            return self._all_hold(condition, base, item)
        assert isinstance(condition, FieldCondition)
        return self._all_hold(AllOf(conditions=(condition,)), base, item)

    def _all_hold(self, condition: AllOf, base: str, item: dict[Path, Row | None]) -> bool | None:
        results: list[bool | None] = []
        together: dict[Path, list[tuple[FieldCondition, str, Path]]] = {}
        for part in condition.conditions:
            if not isinstance(part, FieldCondition):
                results.append(self.holds(part, base, item))
                continue
            reference, way = self.path(base, part.field)
            unspread = [fan for fan in self.fans(way, base) if fan not in item]
            if unspread:
                together.setdefault(unspread[0], []).append((part, reference, way))
            else:
                results.append(compared(self._follow(item, base, way, reference), part.operator, part.values))
        for parts in together.values():
            start = item[()]
            assert start is not None
            candidates = [
                spread
                for spread in self.spread(start, base, [way for _, _, way in parts])
                if all(spread[way] is item[way] for way in item if way in spread)
            ]
            results.append(
                any(
                    all(
                        compared(self._read(spread[way], reference), part.operator, part.values) is True
                        for part, reference, way in parts
                    )
                    for spread in candidates
                )
            )
        return False if False in results else None if None in results else True

    def _follow(self, item: dict[Path, Row | None], base: str, way: Path, reference: str) -> Any:
        known = max((known for known in item if way[: len(known)] == known), key=len)
        row, at = item[known], known[-1][1] if known else base
        for name, to in way[len(known) :]:
            related = self.step(row, at, name)
            row, at = related[0] if related else None, to
        return self._read(row, reference)

    @staticmethod
    def _read(row: Row | None, reference: str) -> Any:
        return None if row is None else row[reference.partition(".")[2]]

    # Metrics by group

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
        inner = Evaluator(self.business)
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

    # Questions

    def answer(self, query: MetricQuery) -> list[Group]:
        """The rows of the answer, in order."""
        keys = tuple(query.group_by)
        names = [dimension_name(key) for key in keys]
        period = (query.period.start, query.period.end) if query.period else (None, None)
        setting = Setting((query.where,) if query.where else (), period, period)
        rows = self._rows(query, keys, setting, full=True)
        self._refuse_mistakes(query, keys)
        if query.others:
            ranked = self._placed(query, [row for row in rows if self._kept(query, row)], names)
            kept = {tuple(row[name] for name in names): place <= (query.limit or 0) for row, place in ranked}
            within = set(query.limit_within)

            def mapped(group: Group) -> Group | None:
                if group not in kept:
                    return None
                if kept[group]:
                    return (
                        *(text(part) if name not in within else part for part, name in zip(group, names, strict=True)),
                        False,
                    )
                return (*(part if name in within else "other" for part, name in zip(group, names, strict=True)), True)

            again = Evaluator(self.business, mapped)
            others = again._rows(query, keys, setting, full=True)
            others = self._ordered(query, others, names)
            others.sort(key=lambda row: row["_other"])
            return [tuple(value for name, value in row.items() if name != "_other") for row in others]
        rows = self._ordered(query, [row for row in rows if self._kept(query, row)], names)
        if query.limit_within:
            rows = [row for row, place in self._placed(query, rows, names) if place <= (query.limit or 0)]
            rows = self._ordered(query, rows, names)
            asked = {order.column for order in query.order_by}
            groups = [name for name in query.limit_within if name not in asked]
            rows.sort(key=lambda row: tuple(sortable(row[name]) for name in groups))
        elif query.limit is not None:
            rows = rows[: query.limit]
        found = [tuple(row.values()) for row in rows]
        if query.totals != "none":
            found = [(*row, "detail") for row in found] + self._totals(
                query, keys, setting, list(rows[0]) if rows else None
            )
        return found

    def _refuse_mistakes(self, query: MetricQuery, keys: tuple[Any, ...]) -> None:
        if query.others:
            left = [key for key in keys if dimension_name(key) not in query.limit_within]
            if not left or any(isinstance(key, TimeDimension) for key in left):
                raise Refused("nothing can be other")

    def _rows(self, query: MetricQuery, keys: tuple[Any, ...], setting: Setting, full: bool) -> list[dict[str, Any]]:
        values: dict[str, dict[Group, Any]] = {}
        for use in query.metrics:
            now = replace(setting, conditions=(*setting.conditions, use.where)) if use.where else setting
            values[use.name] = self.values(use.metric, keys, now)
            for compare in query.compare:
                values[f"{use.name}_{compare.name}"] = self.values(use.metric, keys, self._other(now, compare, keys))
        groups = list(dict.fromkeys(group for found in values.values() for group in found))
        rows = []
        for group in groups:
            other = group[len(keys) :]
            row: dict[str, Any] = dict(zip((dimension_name(key) for key in keys), group[: len(keys)], strict=True))
            for use in query.metrics:
                row[use.name] = values[use.name].get(group, self.missing(use.metric, setting))
                for compare in query.compare:
                    name = f"{use.name}_{compare.name}"
                    now, then = row[use.name], values[name].get(group, self.missing(use.metric, setting))
                    zero = 0 if self.adds(use.metric) else None
                    row[name] = then
                    one_side, other_side = (zero if side is None else side for side in (now, then))
                    known = one_side is not None and other_side is not None
                    row[f"{name}_change"] = number(one_side) - number(other_side) if known else None
                    row[f"{name}_growth"] = divided(row[f"{name}_change"], then)
            if other:
                row["_other"] = other[0]
            rows.append(row)
        for calculation in query.calculations if full else ():
            self._calculate(query, keys, setting, calculation, rows)
        return rows

    @staticmethod
    def _other(setting: Setting, compare: ComparePeriod, keys: tuple[Any, ...]) -> Setting:
        """The other period: that long before, or the one named; by a grain its rows count for those they are matched to."""
        if compare.period is None:
            assert compare.offset is not None
            return setting.earlier(compare.offset)
        span = (compare.period.start, compare.period.end)
        if not any(isinstance(key, TimeDimension) and key.grain is not None for key in keys):
            return replace(setting, span=span, period=span)
        first, second = span[0], setting.period[0]
        assert first is not None and second is not None
        if first.day == second.day:
            months = (second.year - first.year) * 12 + second.month - first.month
            apart = Duration(count=months, grain=TimeGrain.MONTH)
        else:
            apart = Duration(count=(day_of(second) - day_of(first)).days, grain=TimeGrain.DAY)
        return replace(setting, span=span, offsets=(apart,))

    def _calculate(
        self, query: MetricQuery, keys: tuple[Any, ...], setting: Setting, calculation: Any, rows: list[dict[str, Any]]
    ) -> None:
        within = list(calculation.within)
        if calculation.kind == "growth":
            time = next(key for key in keys if isinstance(key, TimeDimension))
            others = [name for name in (dimension_name(key) for key in keys) if name != dimension_name(time)]
            for row in rows:
                assert time.grain is not None
                before = None
                if row[dimension_name(time)] is not None:
                    earlier = moved(row[dimension_name(time)], one(time.grain), -1)
                    same = [
                        each
                        for each in rows
                        if each[dimension_name(time)] == earlier and all(each[name] == row[name] for name in others)
                    ]
                    before = same[0][calculation.metric] if same else None
                now = row[calculation.metric]
                row[calculation.name] = (
                    divided(number(now) - number(before), before) if None not in (now, before) else None
                )
            return
        if calculation.kind == "share":
            partial = tuple(key for key in keys if dimension_name(key) in within)
            where = next(use.where for use in query.metrics if use.name == calculation.metric)
            setting = replace(setting, conditions=(*setting.conditions, where)) if where else setting
            whole = self.values(calculation.metric, partial, setting)
            for row in rows:
                group = tuple(row[name] for name in within)
                total = whole.get(group, self.missing(calculation.metric, setting))
                row[calculation.name] = divided(row[calculation.metric], total)
            return
        for row in rows:
            peers = [other for other in rows if all(other[name] == row[name] for name in within)]
            mine = row[calculation.metric]
            row[calculation.name] = 1 + sum(
                1
                for other in peers
                if other[calculation.metric] is not None and (mine is None or other[calculation.metric] > mine)
            )

    @staticmethod
    def _kept(query: MetricQuery, row: dict[str, Any]) -> bool:
        return all(compared(row[item.column], item.operator, item.values) is True for item in query.having)

    def _ordered(self, query: MetricQuery, rows: list[dict[str, Any]], names: list[str]) -> list[dict[str, Any]]:
        rows = sorted(rows, key=lambda row: tuple(sortable(row[name]) for name in names))
        for order in reversed(query.order_by):
            if order.descending:
                rows = sorted(rows, key=lambda row: (row[order.column] is None, -number(row[order.column] or 0)))
            else:
                rows = sorted(rows, key=lambda row: (row[order.column] is None, number(row[order.column] or 0)))
        return rows

    def _placed(
        self, query: MetricQuery, rows: list[dict[str, Any]], names: list[str]
    ) -> list[tuple[dict[str, Any], int]]:
        found = []
        places: dict[Group, int] = {}
        for row in self._ordered(query, rows, names):
            group = tuple(row[name] for name in query.limit_within)
            places[group] = places.get(group, 0) + 1
            found.append((row, places[group]))
        return found

    def _totals(
        self, query: MetricQuery, keys: tuple[Any, ...], setting: Setting, columns: list[str] | None
    ) -> list[Group]:
        found: list[Group] = []
        names = [dimension_name(key) for key in keys]
        subsets = [keys[:count] for count in range(len(keys) - 1, 0, -1)] if query.totals == "subtotals" else []
        for subset in [*subsets, ()]:
            rows = self._ordered(query, self._rows(query, subset, setting, full=False), names[: len(subset)])
            level = "subtotal" if subset else "total"
            for row in rows:
                calculated = [None for _ in query.calculations]
                missing = [None] * (len(keys) - len(subset))
                values = list(row.values())
                found.append((*values[: len(subset)], *missing, *values[len(subset) :], *calculated, level))
        return found


# Plain helpers of arithmetic and time


def shortest(ways: list[Path]) -> list[Path]:
    return [way for way in ways if len(way) == min(len(other) for other in ways)]


def number(value: Any) -> float:
    return float(value)


def divided(above: Any, below: Any) -> float | None:
    if above is None or below is None or number(below) == 0:
        return None
    return number(above) / number(below)


def text(value: Any) -> str | None:
    if isinstance(value, bool):
        return "true" if value else "false"
    return None if value is None else str(value)


def sortable(value: Any) -> tuple[Any, ...]:
    if value in WEEKDAYS:
        return (0, WEEKDAYS.index(value))
    if value in MONTHS:
        return (0, MONTHS.index(value))
    return (1, 0) if value is None else (0, value)


def compared(value: Any, operator: str, values: tuple[Any, ...]) -> bool | None:
    if operator == "is_null":
        return value is None
    if operator == "is_not_null":
        return value is not None
    if operator in ("in", "not_in"):
        inside_list = (None in values or None) if value is None else value in values
        if operator == "in":
            return inside_list
        if value is None:
            return False if None in values else None
        return value not in values
    if value is None:
        return None
    other = values[0]
    results = {"eq": value == other, "ne": value != other}
    if operator in results:
        return bool(results[operator])
    return bool({"gt": value > other, "le": value <= other}[operator])


def aggregated(metric: AggregateMetric, rows: list[Row]) -> Any:
    if metric.expression == "*":
        return len(rows)
    column = metric.expression.partition(".")[2]
    values = [row[column] for row in rows if row[column] is not None]
    kind = metric.aggregation
    if kind is Aggregation.COUNT:
        return len(values)
    if kind is Aggregation.COUNT_DISTINCT:
        return len(set(values))
    if kind is Aggregation.SUM_BOOLEAN:
        return sum(1 for value in values if value)
    if not values:
        return None
    if kind is Aggregation.SUM:
        return sum(values)
    if kind is Aggregation.AVERAGE:
        return sum(values) / len(values)
    if kind in (Aggregation.MIN, Aggregation.MAX):
        return min(values) if kind is Aggregation.MIN else max(values)
    fraction = 0.5 if kind is Aggregation.MEDIAN else metric.percentile or 0
    ordered = sorted(values)
    if kind is Aggregation.PERCENTILE and metric.percentile_discrete:
        return next(value for rank, value in enumerate(ordered, 1) if rank / len(ordered) >= fraction)
    place = fraction * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return number(ordered[low]) + (place - low) * (number(ordered[high]) - number(ordered[low]))


def instant(moment: Moment) -> dt.datetime:
    return moment if isinstance(moment, dt.datetime) else dt.datetime.combine(moment, dt.time())


def day_of(moment: Moment) -> dt.date:
    return moment.date() if isinstance(moment, dt.datetime) else moment


def inside(moment: Moment | None, span: tuple[Moment | None, Moment | None]) -> bool:
    start, end = span
    if start is None and end is None:
        return True
    if moment is None:
        return False
    return (start is None or instant(moment) >= instant(start)) and (end is None or instant(moment) < instant(end))


def one(grain: TimeGrain) -> Duration:
    return Duration(count=1, grain=grain)


def moved(moment: Moment, duration: Duration, times: int) -> Moment:
    size = {"month": 1, "quarter": 3, "year": 12}.get(duration.grain.value)
    if size is None:
        return moment + dt.timedelta(days={"day": 1, "week": 7}[duration.grain.value] * duration.count * times)
    index = moment.year * 12 + moment.month - 1 + size * duration.count * times
    for day in range(moment.day, 0, -1):
        try:
            return moment.replace(year=index // 12, month=index % 12 + 1, day=day)
        except ValueError:
            continue
    raise AssertionError("every month has a first day")


def truncated(moment: Moment, grain: TimeGrain) -> dt.date:
    day = day_of(moment)
    if grain is TimeGrain.WEEK:
        return day - dt.timedelta(days=day.weekday())
    if grain is TimeGrain.MONTH:
        return day.replace(day=1)
    if grain is TimeGrain.QUARTER:
        return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
    return day.replace(month=1, day=1) if grain is TimeGrain.YEAR else day


def uneven(keys: list[Any], setting: Setting) -> bool:
    """Whether days look back by months: each day looks at the same day of an earlier month, or at its last."""
    days = any(isinstance(key, TimeDimension) and key.grain is TimeGrain.DAY for key in keys)
    return days and any(offset.grain.value in ("month", "quarter", "year") for offset in setting.offsets)


def window_start(window: CumulativeMetric, end: Moment) -> Moment | None:
    if window.window is not None:
        return moved(end, window.window, -1)
    if window.to_date is not None:
        return truncated(instant(end) - dt.timedelta(microseconds=1), window.to_date)
    return None


def time_key(moment: Moment | None, key: TimeDimension, offsets: tuple[Duration, ...]) -> Any:
    """The period of the result that a moment counts for: shifted as a period where the offset is whole ones."""
    if moment is None:
        return None
    if key.part is not None:
        cycles = {
            TimePart.WEEKDAY: TimeGrain.WEEK,
            TimePart.DAY_OF_MONTH: TimeGrain.MONTH,
            TimePart.MONTH_OF_YEAR: TimeGrain.YEAR,
        }
        for offset in offsets:
            if offset.grain.rank < cycles[key.part].rank:
                moment = moved(moment, offset, 1)
        day = day_of(moment)
        names: dict[TimePart, Any] = {
            TimePart.WEEKDAY: WEEKDAYS[day.weekday()],
            TimePart.DAY_OF_MONTH: day.day,
            TimePart.MONTH_OF_YEAR: MONTHS[day.month - 1],
        }
        return names[key.part]
    grain = key.grain
    assert grain is not None
    months = {"month": 1, "quarter": 3, "year": 12}
    if all(whole(grain, offset, months) for offset in offsets):
        found: Moment = truncated(moment, grain)
        for offset in offsets:
            found = moved(found, offset, 1)
        return found
    for offset in offsets:
        moment = moved(moment, offset, 1)
    return truncated(moment, grain)


def whole(grain: TimeGrain, offset: Duration, months: dict[str, int]) -> bool:
    if offset.grain.value in months:
        return grain.value in months and months[offset.grain.value] * offset.count % months[grain.value] == 0
    days = {"day": 1, "week": 7}
    return grain.value in days and days[offset.grain.value] * offset.count % days[grain.value] == 0
