"""What leaves: prompts captured at the endpoint hold no personal value, whatever the role, the catalog and the thread say."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from agent.models.tokens import estimate_tokens
from agent.service import PlumblineService
from agent.settings import Settings
from catalog.access import Principal
from tests.agent.endpoint.replies import Reply, says
from tests.agent.endpoint.server import ScriptedEndpoint
from tests.conftest import HOSPITAL

PERSON, TOWN, MAIL = "Zelda Quuxington", "Xyloburg", "zelda.q@quux.example"
CARD, PHONE = "4111 1111 1111 1111", "+49 151 2345 6789"
PLANTED = (PERSON, "quuxington", MAIL, "4111 1111", "2345 6789")
MORE = f"""
roles:
  all: {{default: true, datasets: "*", metrics: "*", free_sql: true, field_rules: [{{fields: [personal], access: show}}]}}
  counted: {{datasets: "*", metrics: "*", field_rules: [{{fields: [personal], access: aggregate_only}}]}}
  masked: {{datasets: "*", metrics: "*", free_sql: true, field_rules: [{{fields: [personal], access: mask, mask: token}}]}}
  denied: {{datasets: "*", metrics: "*", denied_metrics: [secret_metric], field_rules: [{{fields: [patients.city], access: deny}}]}}
metrics:
  secret_metric:
    expression: COUNT(stays.stay_id)
    label: Stays that {PERSON} counts
    description: As {PERSON} ({MAIL}, {PHONE}) asked for; card {CARD}.
    synonyms: [the count of {PERSON}]
verified_questions:
- question: How many admissions did {PERSON} have?
  query: {{metrics: [{{metric: admissions}}]}}
  verified_by: {PERSON}
  verified_at: 2025-01-01T00:00:00
- question: Admissions by department
  query: {{metrics: [{{metric: admissions}}], group_by: [{{kind: field, field: departments.department_name}}]}}
  verified_by: someone
  verified_at: 2025-01-01T00:00:00
"""
QUESTIONS = (
    "Admissions by department in 2024",
    f"How many admissions did {PERSON} have?",
    f"Write to {MAIL} about admissions in 2024",
    "and by building?",
    f"the count of {PERSON}",
    "Which lighthouse keeper complained about pelicans?",
)


@pytest.fixture(scope="module")
def planted(
    tmp_path_factory: pytest.TempPathFactory, hospital_database: Path, endpoint: ScriptedEndpoint
) -> Iterator[PlumblineService]:
    made = tmp_path_factory.mktemp("planted")
    shutil.copytree(HOSPITAL / "catalog", made / "catalog")
    (made / "catalog" / "more.yaml").write_text(MORE, encoding="utf-8")
    shutil.copy(hospital_database, made / "planted.duckdb")
    with duckdb.connect(str(made / "planted.duckdb")) as connection:
        connection.execute(
            f"UPDATE patients SET patient_name = '{PERSON}' WHERE patient_id = (SELECT MIN(patient_id) FROM patients)"
        )
    settings = Settings(home=made / "home", model="curious", model_base_url=endpoint.base_url, model_narrates=True)
    with PlumblineService.open(settings, catalog=made / "catalog", database=made / "planted.duckdb") as service:
        yield service


def _curious(request: dict[str, Any], _number: int) -> Reply:
    """A model whose every reply calls for another prompt: repairs, statements, narration."""
    name = request["response_format"]["json_schema"]["name"]
    if name == "statement":
        return says({"sql": "SELECT patient_name FROM patients", "explanation": "x"})
    if name == "sentences":
        return says({"sentences": ["x"]})
    if name == "steps":
        return says({"steps": []})
    return says({"kind": "sql" if "pelican" in json.dumps(request) else "figures", "metrics": ["admissions"]})


@pytest.mark.parametrize("role", ["all", "counted", "masked", "denied"])
def test_no_prompt_holds_a_planted_value(planted: PlumblineService, endpoint: ScriptedEndpoint, role: str) -> None:
    endpoint.follow(_curious)
    principal = Principal(user="pia", role=role, token_salt="salt")
    for question in QUESTIONS:
        planted.ask(question, principal=principal, thread=f"planted-{role}")
    assert len(endpoint.requests) >= 4
    prompts = endpoint.prompts.casefold()
    for value in PLANTED:
        assert value.casefold() not in prompts
    assert "admissions" in prompts
    if role == "denied":
        assert "secret_metric" not in prompts
        assert "patients.city" not in prompts


def test_metadata_holds_no_value_of_a_row(planted: PlumblineService, endpoint: ScriptedEndpoint) -> None:
    endpoint.follow(_curious)
    planted.ask("Admissions by department in 2024", thread="rows")
    planted.ask("Admissions of self-payers in 2024", thread="rows")
    planted.ask("and by department?", thread="rows")
    asked = "admissions of self-payers in 2024"
    with duckdb.connect(str(planted.database), read_only=True) as connection:
        cells = connection.execute("SELECT DISTINCT department_name FROM departments").fetchall()
    for request in endpoint.requests:
        text = json.dumps(request).casefold().replace(asked, "")
        assert "self_pay" not in text
        for (name,) in cells:
            assert str(name).casefold() not in text


def test_the_estimate_of_tokens_is_from_above(planted: PlumblineService, endpoint: ScriptedEndpoint) -> None:
    from tokenizers import Tokenizer

    from semantic_context.model_files import model_file

    endpoint.follow(_curious)
    planted.ask("Admissions by department in 2024")
    text = "\n".join(message["content"] for message in endpoint.requests[0]["messages"])
    pieces = Tokenizer.from_file(str(model_file("tokenizer.json")))
    pieces.no_truncation()
    assert estimate_tokens(text) >= 0.9 * len(pieces.encode(text, add_special_tokens=False).ids)
