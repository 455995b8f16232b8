"""langgraph.json names functions that build each graph."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
GRAPHS: dict[str, str] = json.loads((ROOT / "langgraph.json").read_text(encoding="utf-8"))["graphs"]


@pytest.mark.parametrize("name", sorted(GRAPHS))
def test_each_graph_is_built_and_drawn(name: str) -> None:
    path, _, function = GRAPHS[name].partition(":")
    spec = importlib.util.spec_from_file_location("studio", ROOT / path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    graph = getattr(module, function)()
    drawn = graph.get_graph(xray=True).draw_mermaid()
    assert "__start__" in drawn
    if name == "plumbline":
        for specialist in set(GRAPHS) - {"plumbline"}:
            assert specialist in drawn
