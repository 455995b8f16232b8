"""YAML as nodes that know their place, read safely: no tags that construct objects, no duplicate keys, bounded size.

Scalars follow YAML 1.2's core: only `true` and `false` are booleans (a value called `no` or `on` stays text), and dates
stay text. Built from parser events, without recursion, so that neither depth nor aliases can exhaust the machine.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from catalog.errors import CatalogIssue, Location

MAX_FILE_BYTES = 2_000_000
MAX_NODES = 200_000  # after aliases are written out
MAX_DEPTH = 40

Scalar = str | int | float | bool | None

_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]*|[1-9][0-9]{0,2}(_[0-9]{3})+)")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+\.[0-9]*|[0-9]+(\.[0-9]*)?[eE][-+]?[0-9]+)")
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_BOOLEANS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_CORE_TAG = "tag:yaml.org,2002:"
_CORE_TAGS = frozenset({_CORE_TAG + kind for kind in ("str", "int", "float", "bool", "null", "map", "seq")})


@dataclass(slots=True)
class YamlNode:
    """A scalar, a list of nodes or a mapping from text to nodes, and where it starts."""

    content: Scalar | list[YamlNode] | dict[str, YamlNode]
    location: Location
    key_at: dict[str, Location] = field(default_factory=dict)  # a mapping's keys, where they stand
    size: int = 1  # nodes below and with it, aliases written out

    def at(self, path: tuple[str | int, ...]) -> Location:
        """The place of what the path leads to, or of the last part of it that exists."""
        node, place = self, self.location
        for step in path:
            if isinstance(node.content, dict):
                keys = list(node.content)
                key = keys[step] if isinstance(step, int) and step < len(keys) else str(step)
                if key not in node.content:
                    continue
                place = node.key_at.get(key, place)
                node = node.content[key]
            elif isinstance(node.content, list) and isinstance(step, int) and step < len(node.content):
                node = node.content[step]
                place = node.location
        return place


class LocatedMapping(dict[str, Any]):
    """A mapping as plain data that remembers its node."""

    node: YamlNode


def plain(node: YamlNode) -> Any:
    """The node as plain data; mappings are LocatedMapping."""
    if isinstance(node.content, dict):
        mapping = LocatedMapping({key: plain(value) for key, value in node.content.items()})
        mapping.node = node
        return mapping
    if isinstance(node.content, list):
        return [plain(item) for item in node.content]
    return node.content


class _Fault(Exception):
    def __init__(self, message: str, location: Location) -> None:
        super().__init__(message)
        self.location = location


def read_yaml(text: str, file: Path) -> tuple[YamlNode | None, list[CatalogIssue]]:
    """The file's one document as a node (None when it is empty or broken) and what is wrong with it."""
    issues: list[CatalogIssue] = []
    try:
        return _Composer(file, issues).compose(yaml.parse(text, Loader=yaml.CSafeLoader)), issues
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Location(file, mark.line + 1, mark.column + 1) if mark else Location(file, 1)
        what = error.problem or error.context or "cannot be read"
        issues.append(CatalogIssue("yaml", f"not valid YAML: {what}{_tab_hint(text, place.line)}", place))
    except yaml.YAMLError as error:
        issues.append(CatalogIssue("yaml", f"not valid YAML: {str(error).splitlines()[0]}", Location(file, 1)))
    except _Fault as fault:
        issues.append(CatalogIssue("yaml", str(fault), fault.location))
    return None, issues


def _tab_hint(text: str, line: int) -> str:
    lines = text.splitlines()
    near = lines[line - 1 : line] if line <= len(lines) else []
    return " (a tab stands in the indentation; use spaces)" if any("\t" in part for part in near) else ""


class _Open:
    """A collection that is being read."""

    __slots__ = ("anchor", "key", "node")

    def __init__(self, node: YamlNode, anchor: str | None) -> None:
        self.node = node
        self.anchor = anchor
        self.key: tuple[str, Location] | None = None


class _Composer:
    def __init__(self, file: Path, issues: list[CatalogIssue]) -> None:
        self.file = file
        self.issues = issues
        self.stack: list[_Open] = []
        self.anchors: dict[str, YamlNode] = {}
        self.root: YamlNode | None = None

    def compose(self, events: Iterator[Any]) -> YamlNode | None:
        documents = 0
        for event in events:
            if isinstance(event, yaml.ScalarEvent):
                self._scalar(event)
            elif isinstance(event, yaml.CollectionStartEvent):
                self._open(event)
            elif isinstance(event, yaml.CollectionEndEvent):
                self._close()
            elif isinstance(event, yaml.AliasEvent):
                self._alias(event)
            elif isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise _Fault(
                        "a file holds one document; move what follows '---' to a file of its own", self._at(event)
                    )
        if self.root is not None and self.root.content is None:
            return None
        return self.root

    def _at(self, event: Any) -> Location:
        return Location(self.file, event.start_mark.line + 1, event.start_mark.column + 1)

    def _scalar(self, event: Any) -> None:
        place = self._at(event)
        _check_tag(event.tag, place)
        parent = self.stack[-1] if self.stack else None
        if parent is not None and isinstance(parent.node.content, dict) and parent.key is None:
            if event.value == "<<":
                raise _Fault("merge keys (<<) are not supported; write the keys out", place)
            parent.key = (event.value, place)
            return
        node = YamlNode(_resolve(event, place), place)
        self._keep(event.anchor, node)
        self._add(node)

    def _open(self, event: Any) -> None:
        place = self._at(event)
        _check_tag(event.tag, place)
        if len(self.stack) >= MAX_DEPTH:
            raise _Fault(f"nested deeper than {MAX_DEPTH} levels", place)
        parent = self.stack[-1] if self.stack else None
        if parent is not None and isinstance(parent.node.content, dict) and parent.key is None:
            raise _Fault("a key must be text, not a list or a mapping", place)
        content: list[YamlNode] | dict[str, YamlNode] = {} if isinstance(event, yaml.MappingStartEvent) else []
        self.stack.append(_Open(YamlNode(content, place), event.anchor))

    def _close(self) -> None:
        closed = self.stack.pop()
        self._keep(closed.anchor, closed.node)
        self._add(closed.node)

    def _alias(self, event: Any) -> None:
        place = self._at(event)
        node = self.anchors.get(event.anchor)
        if node is None:
            known = ", ".join(sorted(self.anchors)) or "none"
            raise _Fault(f"alias *{event.anchor} stands for nothing that is complete; anchors so far: {known}", place)
        parent = self.stack[-1] if self.stack else None
        if parent is not None and isinstance(parent.node.content, dict) and parent.key is None:
            raise _Fault("a key must be text, not an alias", place)
        self._add(node)

    def _keep(self, anchor: str | None, node: YamlNode) -> None:
        if anchor is not None:
            self.anchors[anchor] = node

    def _add(self, node: YamlNode) -> None:
        if not self.stack:
            self.root = node
            return
        parent = self.stack[-1]
        parent.node.size += node.size
        if parent.node.size > MAX_NODES:
            raise _Fault(f"more than {MAX_NODES:,} values once aliases are written out", node.location)
        if isinstance(parent.node.content, list):
            parent.node.content.append(node)
        elif isinstance(parent.node.content, dict) and parent.key is not None:
            key, place = parent.key
            parent.key = None
            if key in parent.node.content:
                first = parent.node.key_at[key]
                self.issues.append(
                    CatalogIssue("duplicate_key", f"{key!r} stands twice in one mapping, first at {first}", place)
                )
                return
            parent.node.content[key] = node
            parent.node.key_at[key] = place


def _check_tag(tag: str | None, place: Location) -> None:
    if tag is not None and tag != "!" and tag not in _CORE_TAGS:
        raise _Fault(f"the tag {tag} is not supported; write plain values", place)


def _resolve(event: Any, place: Location) -> Scalar:
    text: str = event.value
    kind = (event.tag or "").removeprefix(_CORE_TAG) if event.tag not in (None, "!") else ""
    if kind == "str" or (not kind and event.style not in (None, "")):
        return text
    value = _plain_scalar(text)
    if kind and type(value).__name__ != {"null": "NoneType"}.get(kind, kind):
        raise _Fault(f"{text!r} is not of the type !!{kind}", place)
    return value


def _plain_scalar(text: str) -> Scalar:
    if text in _NULLS:
        return None
    if text in _BOOLEANS:
        return _BOOLEANS[text]
    if _INTEGER.fullmatch(text):
        return int(text.replace("_", "")) if len(text) <= 30 else text
    if _FLOAT.fullmatch(text):
        return float(text) if len(text) <= 60 else text
    return text
