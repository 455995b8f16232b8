"""Suite files to typed suites; every problem is reported with its file and line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from evals.errors import SuiteError
from evals.suite import Case, Suite
from evals.yaml_positions import PositionedYaml, ValuePath, read_positioned_yaml


def load_suite(path: Path) -> Suite:
    """The suite in `path`; SuiteError with all its problems, `file:line: what is wrong`, in the file's order."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SuiteError((f"{path}: cannot be read: {_reason(error)}",)) from error
    try:
        document = read_positioned_yaml(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f":{mark.line + 1}" if mark is not None else ""
        raise SuiteError((f"{path}{line}: no YAML: {getattr(error, 'problem', None) or error}",)) from error
    problems = [(line, f"the key {key!r} stands twice here") for key, line in document.repeated_keys]
    try:
        suite = Suite.model_validate(document.data)
    except ValidationError as error:
        problems += [_problem(document, item["loc"], item["type"], item["msg"], item) for item in error.errors()]
        raise _suite_error(path, problems) from error
    problems += _repeated_ids(suite, document)
    if problems:
        raise _suite_error(path, problems)
    return suite


def _suite_error(path: Path, problems: list[tuple[int, str]]) -> SuiteError:
    return SuiteError(tuple(f"{path}:{line}: {message}" for line, message in sorted(set(problems))))


def _reason(error: OSError | UnicodeDecodeError) -> str:
    return (error.strerror or str(error)) if isinstance(error, OSError) else "it is not UTF-8 text"


def _problem(
    document: PositionedYaml, location: tuple[str | int, ...], kind: str, message: str, item: Any
) -> tuple[int, str]:
    path: ValuePath = tuple(location)
    where = _spoken(document, path)
    if kind == "extra_forbidden":
        valid = ", ".join(_valid_keys(path))
        return document.line_of(path), f"{where}unknown key {path[-1]!r}; valid here: {valid}"
    if kind == "missing":
        return document.line_of(path), f"{where}the key {path[-1]!r} is missing"
    text = message.removeprefix("Value error, ")
    key = f"{path[-1]}: " if path and isinstance(path[-1], str) else ""
    return document.line_of(path), f"{where}{key}{text}"


def _spoken(document: PositionedYaml, path: ValuePath) -> str:
    """`case <id>: ` where the path lies in a case."""
    if len(path) < 2 or path[0] != "cases" or not isinstance(path[1], int):
        return ""
    data = document.data["cases"][path[1]]
    name = data.get("id", f"number {path[1] + 1}") if isinstance(data, dict) else f"number {path[1] + 1}"
    return f"case {name}: "


def _valid_keys(path: ValuePath) -> tuple[str, ...]:
    from evals.suite import Gold, GoldPath

    if "paths" in path:
        return tuple(GoldPath.model_fields)
    if "gold" in path[:-1]:
        return tuple(Gold.model_fields)
    return tuple(Case.model_fields if path[0] == "cases" and len(path) > 1 else Suite.model_fields)


def _repeated_ids(suite: Suite, document: PositionedYaml) -> list[tuple[int, str]]:
    first_line_by_id: dict[str, int] = {}
    problems = []
    for index, case in enumerate(suite.cases):
        line = document.line_of(("cases", index, "id"))
        if case.id in first_line_by_id:
            problems.append((line, f"case {case.id}: the id stands already at line {first_line_by_id[case.id]}"))
        first_line_by_id.setdefault(case.id, line)
    return problems
