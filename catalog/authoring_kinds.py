"""Building blocks of the authoring form: shorthands that expand to a full form and appear as such in the JSON Schema."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from pydantic import BaseModel, ConfigDict, GetCoreSchemaHandler, GetJsonSchemaHandler, ValidationInfo, model_validator
from pydantic_core import CoreSchema, PydanticCustomError, core_schema
from rapidfuzz import process

from catalog.errors import CatalogIssue
from catalog.yaml_nodes import LocatedMapping

TEXT = {"type": "string"}
NUMBER = {"type": "number"}

# Dialects whose expressions are read as they are, the preferred first.
_READ_DIALECTS = ("DUCKDB", "ANSI_SQL", "POSTGRES", "POSTGRESQL")


def nearest(name: str, known: list[str] | tuple[str, ...], limit: int = 3) -> tuple[str, ...]:
    """The known names most like `name`, best first; none when nothing is alike."""
    lowered = {item.lower(): item for item in known}
    found = process.extract(name.lower(), list(lowered), limit=limit, score_cutoff=65)
    return tuple(lowered[match] for match, _, _ in found)


def hint(name: str, known: list[str] | tuple[str, ...]) -> str:
    """The end of a message about an unknown name: what was perhaps meant, else what there is."""
    near = nearest(name, known)
    if near:
        return f"did you mean {' or '.join(near)}?"
    if not known:
        return "there are none"
    shown = ", ".join(sorted(known)[:12])
    return f"there are {shown}{' and more' if len(known) > 12 else ''}"


class Shorthand:
    """An annotation: `expand` turns what people write into the full form; `schemas` are those writings' JSON Schemas."""

    def __init__(self, expand: Callable[[Any], Any], *schemas: dict[str, Any]) -> None:
        self.expand = expand
        self.schemas = schemas

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_before_validator_function(self.expand, handler(source))

    def __get_pydantic_json_schema__(self, schema: Any, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"anyOf": [handler(schema["schema"]), *self.schemas]}


class Form(BaseModel):
    """A mapping in the YAML. Keys it does not know become issues that name the nearest ones; the rest is still checked."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    @model_validator(mode="before")
    @classmethod
    def _report_unknown_keys(cls, data: Any, info: ValidationInfo) -> Any:
        if not isinstance(data, dict):
            return data
        known = [item.alias or name for name, item in cls.model_fields.items()]
        unknown = [key for key in data if key not in known]
        issues: list[CatalogIssue] | None = info.context
        if not unknown or issues is None or not isinstance(data, LocatedMapping):
            return data
        for key in unknown:
            message = f"unknown key {key!r}; {hint(key, known)}"
            if data[key] is None:  # what follows the comma in {description: Small, fast}
                message += " (inside { } a comma ends a value: put text with commas in quotes)"
            place = data.node.key_at.get(key, data.node.location)
            issue = CatalogIssue("unknown_key", message, place)
            if issue not in issues:
                issues.append(issue)
        return {key: value for key, value in data.items() if key in known}


def expand_text_list(value: Any) -> Any:
    """Text with commas, or a single value, as a list of text."""
    if isinstance(value, str):
        return [part.strip() for part in value.split(",") if part.strip()]
    if isinstance(value, int | float):
        return [str(value)]
    if isinstance(value, list):
        return [str(item) if isinstance(item, int | float) and not isinstance(item, bool) else item for item in value]
    return value


def expand_expression(value: Any) -> Any:
    """Ossie's {dialects: [{dialect, expression}]} as the one expression that is read; a number as text."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, dict):
        return value
    offered = value.get("dialects")
    if (
        set(value) != {"dialects"}
        or not isinstance(offered, list)
        or not all(isinstance(item, dict) for item in offered)
    ):
        raise PydanticCustomError(
            "expression", "an expression is text or {{dialects: [{{dialect: ANSI_SQL, expression: ...}}]}}"
        )
    by_dialect = {str(item.get("dialect", "ANSI_SQL")).upper(): item.get("expression") for item in offered}
    for dialect in _READ_DIALECTS:
        if dialect in by_dialect:
            return by_dialect[dialect]
    raise PydanticCustomError(
        "expression",
        "none of the dialects {found} is read; add one of {read}",
        {"found": ", ".join(by_dialect) or "(none)", "read": ", ".join(_READ_DIALECTS)},
    )


def expand_words(value: Any) -> Any:
    """Ossie's ai_context as text: a list of short terms is synonyms, a sentence is instructions."""
    if not isinstance(value, str):
        return value
    parts = [part.strip() for part in value.split(",")]
    if "." not in value and all(0 < len(part.split()) <= 4 for part in parts):
        return {"synonyms": parts}
    return {"instructions": value}


def expand_named(scalar_key: str | Callable[[Any], Any] | None) -> Callable[[Any], Any]:
    """A mapping by name (or a list) as a list of mappings with `name`; a plain value stands for `scalar_key`'s."""

    def entry(name: str | None, value: Any) -> Any:
        if value is None:
            value = {}
        if not isinstance(value, dict):
            if name is None and isinstance(value, str) and not callable(scalar_key):
                return {"name": value}
            if callable(scalar_key):
                value = scalar_key(value)
            elif scalar_key is not None:
                value = {scalar_key: value}
            else:
                return value
        if name is None or not isinstance(value, dict):
            return value
        if value.get("name", name) != name:
            raise PydanticCustomError(
                "two_names",
                "it is called {key} by its key and {name} by its `name`",
                {"key": name, "name": str(value["name"])[:60]},
            )
        named = LocatedMapping({"name": name, **value})
        if isinstance(value, LocatedMapping):
            named.node = value.node
            return named
        return dict(named)

    def expand(value: Any) -> Any:
        if isinstance(value, dict):
            return [entry(name, item) for name, item in value.items()]
        if isinstance(value, list):
            return [entry(None, item) for item in value]
        return value

    return expand


def expand_arrow(value: Any) -> Any:
    """A relationship as text: "orders.customer_id -> customers.customer_id" (several columns with commas)."""
    if not isinstance(value, str):
        return value
    sides = re.split(r"\s*->\s*", value.strip())
    if len(sides) == 2:
        ends = [[part.strip().partition(".") for part in side.split(",")] for side in sides]
        names = [{dataset for dataset, _, _ in end} for end in ends]
        if all(len(found) == 1 for found in names):
            expanded: dict[str, Any] = {"from": ends[0][0][0], "to": ends[1][0][0]}
            for key, end in zip(("from_columns", "to_columns"), ends, strict=True):
                columns = [column for _, _, column in end if column]
                if columns:
                    expanded[key] = columns
            return expanded
    raise PydanticCustomError("relationship", "write it as orders.customer_id -> customers.customer_id")
