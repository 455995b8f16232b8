"""YAML with the line of every value, so that an error can name the place it stands at."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import yaml

ValuePath = tuple[str | int, ...]


@dataclass(frozen=True)
class PositionedYaml:
    """A document's data, the line (from 1) of each value by its path, and the keys written twice with their lines."""

    data: Any
    line_by_path: dict[ValuePath, int]
    repeated_keys: tuple[tuple[str, int], ...] = ()

    def line_of(self, path: ValuePath) -> int:
        """The line of the value at `path`, or of the nearest value around it that the document holds."""
        for length in range(len(path), -1, -1):
            if path[:length] in self.line_by_path:
                return self.line_by_path[path[:length]]
        return 1


@dataclass
class _Reader:
    line_by_path: dict[ValuePath, int] = field(default_factory=dict)
    repeated_keys: list[tuple[str, int]] = field(default_factory=list)

    def visit(self, node: yaml.Node, path: ValuePath) -> None:
        self.line_by_path.setdefault(path, node.start_mark.line + 1)
        if isinstance(node, yaml.MappingNode):
            seen: set[str] = set()
            for key_node, value_node in node.value:
                key = str(key_node.value)
                line = key_node.start_mark.line + 1
                if key in seen:
                    self.repeated_keys.append((key, line))
                seen.add(key)
                self.line_by_path[(*path, key)] = line
                self.visit(value_node, (*path, key))
        elif isinstance(node, yaml.SequenceNode):
            for index, item in enumerate(node.value):
                self.visit(item, (*path, index))


def read_positioned_yaml(text: str) -> PositionedYaml:
    """The data of one YAML document and where each value stands; yaml.YAMLError where the text is no YAML."""
    loader = yaml.SafeLoader(text)
    try:
        node = loader.get_single_node()
        if node is None:
            return PositionedYaml(None, {(): 1})
        reader = _Reader()
        reader.visit(node, ())
        return PositionedYaml(loader.construct_document(node), reader.line_by_path, tuple(reader.repeated_keys))
    finally:
        loader.dispose()
