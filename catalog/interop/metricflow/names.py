"""MetricFlow's names (listing__country, metric_time__month) and what they mean in a catalog of its semantic models."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from dataclasses import dataclass

from catalog.durations import TimeGrain, TimePart
from catalog.errors import UsageError

METRIC_TIME = "metric_time"
GRAINS = frozenset(grain.value for grain in TimeGrain)
_PARTS = {
    "year": TimePart.YEAR_NUMBER,
    "quarter": TimePart.QUARTER_OF_YEAR,
    "month": TimePart.MONTH_OF_YEAR,
    "week": TimePart.WEEK_OF_YEAR,
    "day": TimePart.DAY_OF_MONTH,
    "dow": TimePart.WEEKDAY,
    "doy": TimePart.DAY_OF_YEAR,
}
_TEMPLATE = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)


@dataclass(frozen=True, slots=True)
class GroupItem:
    """A name taken apart: the entities on the way, the element, and the grain or part of a time."""

    entities: tuple[str, ...]
    element: str
    grain: TimeGrain | None = None
    part: TimePart | None = None
    custom_grain: str | None = None


@dataclass(frozen=True, slots=True)
class MetricItem:
    """A metric by entities, in a filter."""

    metric: str
    group_by: tuple[str, ...]


def take_apart(
    name: str, custom_grains: frozenset[str], grain: str | None = None, part: str | None = None
) -> GroupItem:
    """user__created_at__month as entities (user), element created_at, grain month."""
    pieces = name.lower().split("__")
    last = pieces[-1]
    if len(pieces) > 1 and (last in GRAINS or last in custom_grains):
        pieces, grain = pieces[:-1], grain or last
    elif len(pieces) > 1 and last.startswith("extract_"):
        pieces, part = pieces[:-1], part or last.removeprefix("extract_")
    if grain is not None:
        grain = grain.lower()
        if grain not in GRAINS and grain not in custom_grains:
            raise UsageError(f"no grain is called {grain!r} in {name}")
    return GroupItem(
        entities=tuple(pieces[:-1]),
        element=pieces[-1],
        grain=TimeGrain(grain) if grain is not None and grain in GRAINS else None,
        part=_PARTS[part.lower()] if part is not None else None,
        custom_grain=grain if grain is not None and grain in custom_grains else None,
    )


def rendered(template: str, say: Callable[[GroupItem | MetricItem], str], custom_grains: frozenset[str]) -> str:
    """The filter with each {{ ... }} said by `say`. UsageError for a template that is no plain call."""

    def one(match: re.Match[str]) -> str:
        return say(parsed_call(match[1].strip(), custom_grains))

    return _TEMPLATE.sub(one, template).strip()


def parsed_call(text: str, custom_grains: frozenset[str]) -> GroupItem | MetricItem:
    """Dimension('a__b'), TimeDimension('a__b', 'month'), Entity('a'), Metric('m', ['e']), with .grain() and .date_part()."""
    try:
        node = ast.parse(text, mode="eval").body
    except SyntaxError as error:
        raise UsageError(
            f"the template {{{{ {text} }}}} is no call of Dimension, TimeDimension, Entity or Metric"
        ) from error
    grain = part = None
    while isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        value = _literal(node.args[0]) if node.args else True
        if node.func.attr == "grain":
            grain = str(value)
        elif node.func.attr == "date_part":
            part = str(value)
        elif node.func.attr != "descending":
            raise UsageError(f"the template {{{{ {text} }}}} calls {node.func.attr}, which has no meaning here")
        node = node.func.value
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
        raise UsageError(f"the template {{{{ {text} }}}} is no call of Dimension, TimeDimension, Entity or Metric")
    arguments = [_literal(argument) for argument in node.args]
    named = {keyword.arg: _literal(keyword.value) for keyword in node.keywords}
    if node.func.id == "Metric":
        group_by = arguments[1] if len(arguments) > 1 else named.get("group_by", ())
        return MetricItem(str(arguments[0]), _names(group_by))
    if node.func.id == "TimeDimension" and len(arguments) > 1:
        grain = grain or str(arguments[1])
    grain = grain or (str(named["time_granularity_name"]) if named.get("time_granularity_name") else None)
    part = part or (str(named["date_part_name"]) if named.get("date_part_name") else None)
    item = take_apart(str(arguments[0]), custom_grains, grain, part)
    path = named.get("entity_path", arguments[1] if node.func.id == "Entity" and len(arguments) > 1 else ())
    if path:
        entities = tuple(entity for step in _names(path) for entity in step.split("__"))
        item = GroupItem((*entities, *item.entities), item.element, item.grain, item.part, item.custom_grain)
    return item


def _names(value: object) -> tuple[str, ...]:
    return tuple(str(item) for item in value) if isinstance(value, list | tuple) else ()


def _literal(node: ast.expr) -> object:
    try:
        value: object = ast.literal_eval(node)
    except ValueError as error:
        raise UsageError(f"a template's argument is no plain value: {ast.unparse(node)}") from error
    return value
