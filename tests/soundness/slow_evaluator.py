"""What a question must come to, in plain Python over lists of rows: slow, and written from the definitions alone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from catalog.durations import Duration, TimeGrain
from catalog.query import ComparePeriod, MetricQuery, TimeDimension, dimension_name
from tests.soundness.slow_metrics import Group, MetricValues
from tests.soundness.slow_time import Setting, day_of, moved, one
from tests.soundness.slow_values import compared, divided, number, sortable, text
from tests.soundness.slow_ways import Refused


@dataclass
class Evaluator(MetricValues):
    """Answers questions about one business."""

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
        if (
            (query.period or query.compare)
            and query.metrics
            and not any(self.has_time(use.metric) for use in query.metrics)
        ):
            raise Refused("no figure has a time")

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
