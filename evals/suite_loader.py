"""Suite files to typed suites; every problem is reported with its file and line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import ValidationError

from catalog.errors import CatalogIssue
from catalog.yaml_nodes import YamlNode, plain, read_yaml
from evals.errors import SuiteError
from evals.suite import Case, Gold, GoldPath, Suite


def load_suite(path: Path) -> Suite:
    """The suite in `path`; SuiteError with all its problems, `file:line: what is wrong`, in the file's order."""
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise SuiteError((f"{path}: cannot be read: {error.strerror or error}",)) from error
    except UnicodeDecodeError as error:
        raise SuiteError((f"{path}: cannot be read: it is not UTF-8 text",)) from error
    node, issues = read_yaml(text, path)
    problems = [_from_yaml(issue) for issue in issues]
    if node is None:
        raise _suite_error(path, problems or [(1, "the file is empty; it needs suite and cases")])
    try:
        suite = Suite.model_validate(plain(node))
    except ValidationError as error:
        problems += [_problem(node, item["loc"], item["type"], item["msg"]) for item in error.errors()]
        raise _suite_error(path, problems) from error
    problems += _repeated_ids(suite, node)
    if problems:
        raise _suite_error(path, problems)
    return suite


def _suite_error(path: Path, problems: list[tuple[int, str]]) -> SuiteError:
    return SuiteError(tuple(f"{path}:{line}: {message}" for line, message in sorted(set(problems))))


def _from_yaml(issue: CatalogIssue) -> tuple[int, str]:
    return (issue.location.line if issue.location else 1), issue.message


def _problem(node: YamlNode, path: tuple[str | int, ...], kind: str, message: str) -> tuple[int, str]:
    line = node.at(path).line
    where = _spoken(node, path)
    if kind == "extra_forbidden":
        return line, f"{where}unknown key {path[-1]!r}; valid here: {', '.join(_valid_keys(path))}"
    if kind == "missing":
        return line, f"{where}the key {path[-1]!r} is missing"
    key = f"{path[-1]}: " if path and isinstance(path[-1], str) else ""
    return line, f"{where}{key}{message.removeprefix('Value error, ')}"


def _spoken(node: YamlNode, path: tuple[str | int, ...]) -> str:
    """`case <id>: ` where the path lies in a case."""
    if len(path) < 2 or path[0] != "cases" or not isinstance(path[1], int):
        return ""
    case: Any = plain(node)["cases"][path[1]]
    return f"case {case.get('id', f'number {path[1] + 1}') if isinstance(case, dict) else f'number {path[1] + 1}'}: "


def _valid_keys(path: tuple[str | int, ...]) -> tuple[str, ...]:
    if "paths" in path:
        return tuple(GoldPath.model_fields)
    if "gold" in path[:-1]:
        return tuple(Gold.model_fields)
    return tuple(Case.model_fields if path[0] == "cases" and len(path) > 1 else Suite.model_fields)


def _repeated_ids(suite: Suite, node: YamlNode) -> list[tuple[int, str]]:
    first_line_by_id: dict[str, int] = {}
    problems = []
    for index, case in enumerate(suite.cases):
        line = node.at(("cases", index, "id")).line
        if case.id in first_line_by_id:
            problems.append((line, f"case {case.id}: the id stands already at line {first_line_by_id[case.id]}"))
        first_line_by_id.setdefault(case.id, line)
    return problems
