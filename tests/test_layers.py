"""Who may import whom: the order of the rooms, the doors of the upper ones, and where a third party may be known.

catalog  <-  semantic_context  <-  agent (tools <- planners <- graphs <- service)  <-  ui, evals
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("catalog", "semantic_context", "agent", "ui", "evals")

# The longest prefix of a module's name gives its floor; nothing imports from a floor above its own.
FLOOR_BY_PREFIX = {
    "catalog": 0,
    "semantic_context": 1,
    "agent.errors": 2,
    "agent.locations": 2,
    "agent.settings": 2,
    "agent.spans": 2,
    "agent.answer": 3,  # the answer holds the warehouse's tables, and tools make parts of it
    "agent.receipts": 3,
    "agent.stores": 3,
    "agent.tools": 3,
    "agent.models": 3,
    "agent.prompts": 3,
    "agent.planners": 4,
    "agent.graphs": 5,
    "agent": 6,
    "evals": 7,
    "ui": 7,
}
# What the upper rooms may know of the agent: two doors, the contracts that pass through them, and drawing without effects.
KNOWN_TO_UPPER_ROOMS = (
    "agent.service",
    "agent.admin",
    "agent.answer",
    "agent.errors",
    "agent.locations",
    "agent.settings",
    "agent.tools.warehouse.result",
    "agent.tools.present",
)
# ui and evals do not know each other, but for the command line, which mounts the evals' commands.
BETWEEN_UPPER_ROOMS = {("ui.cli", "evals.commands")}

HOMES_BY_THIRD_PARTY = {
    "chainlit": ("ui",),
    "fastapi": ("ui",),
    "typer": ("ui", "evals.commands"),
    "langgraph": ("agent.graphs",),
    "chromadb": ("semantic_context",),
    "langchain_openai": ("agent.models",),
    "openai": ("agent.models",),
    "httpx2": ("agent.models",),
    "opentelemetry": ("agent.models", "agent.spans"),
    "duckdb": ("agent.tools.warehouse", "catalog.samples", "evals.gold"),
}


def is_within(module: str, prefix: str) -> bool:
    return module == prefix or module.startswith(prefix + ".")


def floor_of(module: str) -> int:
    prefixes = [prefix for prefix in FLOOR_BY_PREFIX if is_within(module, prefix)]
    return FLOOR_BY_PREFIX[max(prefixes, key=len)]


def imported_modules(source: str, module: str, is_package: bool = False) -> Iterator[str]:
    """Every module a source imports, anywhere in it: `from a import b` gives a.b, as b may be a module."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                parts = module.split(".")
                kept = parts[: len(parts) - node.level + is_package]
                base = ".".join([*kept, *([base] if base else [])])
            yield from (f"{base}.{alias.name}" for alias in node.names)


def breaches(module: str, imported: str) -> Iterator[str]:
    """What is wrong with one import."""
    room, other = module.partition(".")[0], imported.partition(".")[0]
    for third_party, homes in HOMES_BY_THIRD_PARTY.items():
        if is_within(imported, third_party) and not any(is_within(module, home) for home in homes):
            yield f"{module} imports {imported}: {third_party} belongs in {', '.join(homes)}"
    if other not in ROOMS:
        return
    if floor_of(imported) > floor_of(module):
        yield f"{module} imports {imported}, which stands above it"
    if room in ("ui", "evals"):
        if other == "agent" and not any(is_within(imported, known) for known in KNOWN_TO_UPPER_ROOMS):
            yield f"{module} imports {imported}: the upper rooms go through agent.service and agent.admin"
        if other in ("ui", "evals") and other != room:
            allowed = any(module == one and is_within(imported, two) for one, two in BETWEEN_UPPER_ROOMS)
            if not allowed:
                yield f"{module} imports {imported}: ui and evals do not know each other"


def sources() -> Iterator[tuple[str, Path]]:
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts), path


def test_no_import_breaks_the_order_of_the_rooms() -> None:
    found = [
        breach
        for module, path in sources()
        for imported in imported_modules(path.read_text("utf-8"), module, path.name == "__init__.py")
        for breach in breaches(module, imported)
    ]
    assert not found, "\n".join(found)


def test_every_room_is_read() -> None:
    rooms = {module.partition(".")[0] for module, _ in sources()}
    assert rooms == set(ROOMS)


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("catalog.models", "import agent.answer"),
        ("catalog.models", "def late():\n    from semantic_context import linking"),
        ("semantic_context.index", "from agent.tools import warehouse"),
        ("agent.tools.guard.check", "from agent.planners.embedded import plan"),
        ("agent.planners.embedded.plan", "from agent.graphs.question import build_graph"),
        ("agent.graphs.question", "from agent.service import PlumblineService"),
        ("agent.service", "from ui import chat"),
        ("agent.tools.present.chart", "from .. import service as service\nfrom ...planners import llm"),
        ("ui.chat", "from agent.graphs.question import build_graph"),
        ("ui.chat", "from evals.commands import app"),
        ("evals.runner", "from ui.cli import main"),
        ("evals.runner", "import duckdb"),
        ("agent.service", "import chainlit as cl"),
        ("agent.tools.compile.render", "import duckdb"),
        ("agent.service", "from langgraph.graph import StateGraph"),
        ("agent.planners.llm", "import chromadb.config"),
        ("evals.runner", "import typer"),
    ],
)
def test_a_breach_is_seen(module: str, source: str) -> None:
    assert [breach for imported in imported_modules(source, module) for breach in breaches(module, imported)]


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("ui.cli", "from evals.commands import app"),
        (
            "ui.chat",
            "import chainlit\nfrom agent.service import PlumblineService\nfrom catalog.access import Principal",
        ),
        ("evals.gold", "import duckdb"),
        ("evals.commands", "import typer"),
        ("agent.graphs.question", "from langgraph.graph import StateGraph\nfrom agent.planners.embedded import plan"),
        ("catalog.samples.novamart.generate", "import duckdb"),
        ("agent.tools.present.chart", "from agent.answer import ChartSpec"),
    ],
)
def test_what_is_allowed_is_no_breach(module: str, source: str) -> None:
    assert not [breach for imported in imported_modules(source, module) for breach in breaches(module, imported)]
