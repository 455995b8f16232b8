"""A MetricFlow project as plain data: YAML files as people write them, or dbt's semantic_manifest.json."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from catalog.errors import UsageError

Item = dict[str, Any]
_KINDS = ("semantic_model", "metric", "saved_query", "project_configuration")


@dataclass
class Manifest:
    """The items of a project by kind, in file order."""

    name: str
    semantic_models: list[Item] = field(default_factory=list)
    metrics: list[Item] = field(default_factory=list)
    saved_queries: list[Item] = field(default_factory=list)
    project_configuration: Item = field(default_factory=dict)


def load_manifest(path: Path) -> Manifest:
    """The project at a path: a folder of YAML, one YAML file, or a semantic_manifest.json. UsageError where it is none."""
    if not path.exists():
        raise UsageError(f"there is no MetricFlow project at {path}")
    manifest = Manifest(name=(path if path.is_dir() else path.parent).resolve().name)
    for document in _documents(path):
        _add(manifest, document)
    if not manifest.semantic_models:
        raise UsageError(f"{path} holds no semantic model")
    return manifest


def _documents(path: Path) -> Iterator[Item]:
    files = (
        [path]
        if path.is_file()
        else sorted(item for item in path.rglob("*") if item.suffix in (".yaml", ".yml", ".json"))
    )
    for file in files:
        text = file.read_text(encoding="utf-8")
        followed = file.parent / text.strip()
        if len(text) < 200 and "\n" not in text.strip() and followed.is_file():
            text = followed.read_text(encoding="utf-8")  # a symbolic link checked out as its target's path
        try:
            documents = [json.loads(text)] if file.suffix == ".json" else list(yaml.safe_load_all(text))
        except (yaml.YAMLError, json.JSONDecodeError) as error:
            raise UsageError(f"{file} cannot be read: {str(error).splitlines()[0]}") from error
        yield from (document for document in documents if isinstance(document, dict))


def _add(manifest: Manifest, document: Item) -> None:
    for kind in _KINDS:
        if kind in document and isinstance(document[kind], dict):
            if kind == "project_configuration":
                manifest.project_configuration.update(document[kind])
            else:
                getattr(manifest, f"{kind}s" if kind != "saved_query" else "saved_queries").append(document[kind])
    manifest.semantic_models += document.get("semantic_models") or []
    manifest.metrics += document.get("metrics") or []
    manifest.saved_queries += document.get("saved_queries") or []


def texts(value: Any) -> list[str]:
    """A filter in any of its forms as a list of templates that must all hold."""
    if value is None:
        return []
    if isinstance(value, str):
        return [value]
    if isinstance(value, list):
        return [text for item in value for text in texts(item)]
    if "where_filters" in value:
        return texts(value["where_filters"])
    return texts(value.get("where_sql_template"))
