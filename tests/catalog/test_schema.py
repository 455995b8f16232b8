"""The JSON Schema that editors use is the committed one, takes what ships, and refuses slips."""

from __future__ import annotations

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from catalog.loader import catalog_files, shipped_catalogs
from catalog.schema import SCHEMA_FILE, authoring_schema, schema_text
from catalog.yaml_nodes import plain, read_yaml


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    schema = authoring_schema()
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def test_the_committed_file_is_current() -> None:
    text = SCHEMA_FILE.read_text(encoding="utf-8")
    assert text == schema_text(), 'run: python -c "from catalog.schema import write_schema; write_schema()"'
    assert json.loads(text)["title"] == "Plumbline catalog"


@pytest.mark.parametrize("name", shipped_catalogs())
def test_what_ships_fits_the_schema(name: str, validator: Draft202012Validator) -> None:
    for file in catalog_files(name):
        node, _ = read_yaml(file.read_text(encoding="utf-8"), file)
        assert node is not None
        faults = [f"{file.name}: {list(fault.path)}: {fault.message}" for fault in validator.iter_errors(plain(node))]
        assert not faults


@pytest.mark.parametrize(
    ("data", "fits"),
    [
        ({"metrics": {"a": "SUM(orders.amount)"}}, True),
        ({"metrics": [{"name": "a", "formula": "b"}]}, True),
        ({"metrics": {"a": {"formul": "b"}}}, False),
        ({"metrics": {"a": {"formula": "b", "direction": "sideways"}}}, False),
        ({"metrics": {"a": {"formula": "b", "target": 5}}}, True),
        ({"metrics": {"a": {"formula": "b", "target": {"at_leest": 5}}}}, False),
        ({"relationships": ["a.b -> c.d", {"from": "a", "to": "b"}]}, True),
        ({"relationships": [{"from": "a"}]}, False),
        ({"datasets": {"a": {"fields": {"x": "integer", "y": None, "z": {"type": "money"}}}}}, False),
        ({"datasets": {"a": {"fields": ["x", "y"]}}}, True),
        ({"semantic_model": [{"name": "m", "datasets": [{"name": "a", "source": "a"}]}]}, True),
        ({"colour": "red"}, False),
    ],
)
def test_slips_are_seen(data: dict[str, Any], fits: bool, validator: Draft202012Validator) -> None:
    assert validator.is_valid(data) is fits
