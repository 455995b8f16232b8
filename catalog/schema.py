"""The authoring form as JSON Schema, for editors: completion, explanations and red lines while a catalog is written."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from catalog.authoring import CatalogForm

SCHEMA_FILE = Path(__file__).parent / "catalog.schema.json"

# A folder's files each hold a part, so no section is required of any one file.
_TITLE = "Plumbline catalog"


def authoring_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of one file of a catalog. Each file may hold any of the sections."""
    schema = CatalogForm.model_json_schema(by_alias=True, mode="validation")
    schema.pop("required", None)
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = _TITLE
    schema["properties"]["semantic_model"] = {
        "description": "Apache Ossie's outermost list, with one model.",
        "anyOf": [{"$ref": "#"}, {"type": "array", "items": {"$ref": "#"}, "maxItems": 1}],
    }
    _name_entries(schema)
    return schema


def _name_entries(schema: dict[str, Any]) -> None:
    """Lists that may be written as mappings by name: the entries' form, with the name left to the key."""
    for name, form, shorthand in (
        ("datasets", "DatasetForm", "string"),
        ("relationships", "RelationshipForm", "string"),
        ("metrics", "MetricForm", "string"),
        ("roles", "RoleForm", None),
        ("personas", "PersonaForm", None),
    ):
        _open_mapping(schema, schema["properties"][name], form, shorthand)
    _open_mapping(schema, schema["$defs"]["DatasetForm"]["properties"]["fields"], "FieldForm", "string")
    _open_mapping(schema, schema["$defs"]["MetricForm"]["properties"]["inputs"], "InputForm", "string")
    _open_mapping(schema, schema["$defs"]["CalendarForm"]["properties"]["holidays"], "HolidayForm", None)


def _open_mapping(schema: dict[str, Any], place: dict[str, Any], form: str, shorthand: str | None) -> None:
    named = f"{form.removesuffix('Form')}ByName"
    if named not in schema["$defs"]:
        whole = schema["$defs"][form]
        required = [key for key in whole.get("required", []) if key != "name"]
        schema["$defs"][named] = {**whole, "required": required, "title": named}
    entry: list[dict[str, Any]] = [{"$ref": f"#/$defs/{named}"}, {"type": "null"}]
    if shorthand is not None:
        entry.append({"type": shorthand})
    for option in place["anyOf"]:
        if option.get("type") == "object" and "additionalProperties" not in option:
            option["additionalProperties"] = {"anyOf": entry}
        if option.get("items") == {"$ref": "#/$defs/RelationshipForm"}:
            option["items"] = {"anyOf": [option["items"], {"type": "string"}]}


def schema_text() -> str:
    """The schema as the committed file holds it."""
    return json.dumps(authoring_schema(), indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def write_schema(file: Path = SCHEMA_FILE) -> None:
    """Writes the schema file anew."""
    file.write_text(schema_text(), encoding="utf-8")
