"""Expectations at places in an answer: forecasts within a tolerance, a cause among the first rows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from evals.cells import cell_of, shown
from evals.suite import GoldPath

_STEP = re.compile(r"([A-Za-z_]\w*)|\[([^\[\]]+)\]")


def values_at(answer: Any, path: str) -> tuple[Any, ...]:
    """Every value the path leads to; empty where it leads nowhere, several only with `[*]`."""
    values = [answer]
    for match in _STEP.finditer(path):
        name, selector = match[1], match[2]
        values = [found for value in values for found in (_member(value, name) if name else _items(value, selector))]
    return tuple(values)


def _member(value: Any, name: str) -> Iterator[Any]:
    if isinstance(value, dict) and name in value:
        yield value[name]


def _items(value: Any, selector: str) -> Iterator[Any]:
    if not isinstance(value, list | tuple):
        return
    if selector == "*":
        yield from value
    elif re.fullmatch(r"-?\d+", selector):
        if -len(value) <= int(selector) < len(value):
            yield value[int(selector)]
    else:
        yield from (item for item in value if isinstance(item, dict) and item.get("name") == selector)


def path_problem(answer: dict[str, Any], expected: GoldPath) -> str | None:
    """What is wrong at the path, or None where a value there meets every condition."""
    values = values_at(answer, expected.path)
    if not values:
        return f"{expected.path}: nothing stands there"
    problems = [_value_problem(value, expected) for value in values]
    if None in problems:
        return None
    return f"{expected.path}: {problems[0]}"


def _value_problem(value: Any, expected: GoldPath) -> str | None:
    given = expected.model_fields_set
    if "equals" in given and not _equals(value, expected):
        allowance = f" (tolerance {expected.tolerance:g})" if expected.tolerance is not None else ""
        allowance += f" (within {expected.within:g})" if expected.within is not None else ""
        return f"{_short(value)} where {shown(expected.equals)}{allowance} is due"
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if expected.at_least is not None and not (is_number and value >= expected.at_least):
        return f"{_short(value)} where at least {expected.at_least:g} is due"
    if expected.at_most is not None and not (is_number and value <= expected.at_most):
        return f"{_short(value)} where at most {expected.at_most:g} is due"
    if expected.contains is not None and not _contains(value, expected.contains):
        return f"{_short(value)} does not hold {expected.contains!r}"
    if expected.one_of and not any(cell_of(value).equals(cell_of(item)) for item in expected.one_of):
        return f"{_short(value)} is none of {', '.join(shown(item) for item in expected.one_of)}"
    return None


def _equals(value: Any, expected: GoldPath) -> bool:
    due = expected.equals
    if expected.tolerance is None and expected.within is None:
        return cell_of(value).equals(cell_of(due))
    cell = cell_of(value)
    if cell.kind != "number" or not isinstance(due, int | float):
        return False
    allowed = max((expected.tolerance or 0.0) * abs(due), expected.within or 0.0)
    return abs(cell.number - due) <= allowed


def _contains(value: Any, text: str) -> bool:
    if isinstance(value, str):
        return text.casefold() in value.casefold()
    if isinstance(value, list | tuple):
        return any(cell_of(item).equals(cell_of(text)) for item in value if not isinstance(item, list | dict))
    return False


def _short(value: Any) -> str:
    text = shown(value)
    return text if len(text) <= 120 else text[:117] + "..."
