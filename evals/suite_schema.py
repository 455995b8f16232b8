"""The suite format as JSON Schema, for editors (`suite.schema.json` beside this file is its committed copy)."""

from __future__ import annotations

import json
from pathlib import Path

from evals.suite import Suite

SCHEMA_FILE = Path(__file__).with_name("suite.schema.json")


def suite_schema_json() -> str:
    """The JSON Schema as text, stable from run to run, ending in a newline."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **Suite.model_json_schema()}
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
