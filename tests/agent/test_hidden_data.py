"""Two databases that differ in hidden data alone give the same answers, word for word, to whatever is asked of them.

Rows of other departments, a denied dataset, a denied and a masked field, and values too few share: their values are typed
in full, in part and misspelt, beside words that exist nowhere.
"""

from __future__ import annotations

import itertools
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from agent.answer import Answer
from agent.service import PlumblineService
from agent.settings import Settings
from catalog.access import Principal
from catalog.query import MetricQuery

pytestmark = pytest.mark.alone  # an answer that runs into its deadline on one database alone would differ

CATALOG = Path(__file__).parents[1] / "foreign" / "hospital" / "catalog"
ROLES = """
roles:
  ward:
    default: true
    datasets: "*"
    metrics: "*"
    denied_datasets: [procedures]
    free_sql: true
    row_filters:
      departments: departments.department_id = user.department
      physicians: physicians.department_id = user.department
      stays: stays.department_id = user.department
      bed_census: bed_census.department_id = user.department
      feedback: stays.department_id = user.department
    field_rules:
    - {fields: [personal], access: deny}
    - {fields: [patients.city], access: deny}
    - {fields: [patients.insurance], access: mask, mask: constant}
    - {fields: [patients.sex], access: show, minimum_group_size: 5}
"""
# What department 2 may not see, changed in every way that leaves what it sees as it was.
OTHER_HIDDEN_DATA = """
UPDATE departments SET department_name = 'Dermatology', building = 'Glass Tower' WHERE department_id = 1;
UPDATE departments SET department_name = 'Hidden ' || department_id WHERE department_id > 4;
INSERT INTO departments VALUES (41, 'Zoonoses', 'Zeppelin Hangar', 9);
UPDATE physicians SET physician_name = 'Dr. Quill ' || physician_id, grade = 'fellow' WHERE department_id <> 2;
UPDATE stays SET admission_type = 'helicopter', outcome = 'vanished', total_charges = total_charges * 3 + 1,
  is_readmission = NOT is_readmission, physician_id = physician_id + 1000 WHERE department_id <> 2;
DELETE FROM stays WHERE department_id IN (3, 4);
UPDATE procedures SET procedure_name = 'Trepanation', fee = fee + 1000;
UPDATE patients SET city = 'Zanzibar', insurance = 'barter', patient_name = 'Nemo ' || patient_id;
UPDATE patients SET sex = 'intersex' WHERE patient_id IN (11, 12, 13);
UPDATE bed_census SET occupied_beds = occupied_beds + 5 WHERE department_id <> 2;
UPDATE feedback SET rating = 1, remark = 'awful' WHERE stay_id IN (SELECT stay_id FROM stays WHERE department_id <> 2);
"""
# Words that are values in one database, in the other, in what is visible, or nowhere.
HIDDEN = (
    *(
        "Cardiology",
        "Dermatology",
        "Zoonoses",
        "Intensive Care",
        "Pediatrics",
        "South Wing",
        "Zeppelin Hangar",
        "Glass Tower",
    ),
    *(
        "fellow",
        "helicopter",
        "vanished",
        "Dr. Adler A.",
        "Dr. Quill 3",
        "Ashford",
        "Zanzibar",
        "private",
        "barter",
        "intersex",
    ),
    *("Biopsy", "Trepanation", "Hip replacement", "Nemo 7", "Patient 7", "awful"),
)
VISIBLE = ("Oncology", "North Wing", "emergency", "female", "deceased")
NOWHERE = ("Blergology", "Qwyxx", "Plim Building")
MISSPELT = (
    "Cardiolgy",
    "Dermatolgy",
    "helicoptr",
    "vanishd",
    "the hangar",
    "intensive",
    "zeppelin",
    "Trepanaton",
    "department 41",
)
TEMPLATES = (
    "Admissions for {} in 2024",
    "Billed charges of {} by month in 2024",
    "Is there {}?",
    "{}",
    "Compare Oncology and {} by admissions in 2024",
    "Average length of stay without {} in 2024",
)
OTHERS = (
    *(
        "Admissions by department in 2024",
        "Which departments are there?",
        "Which buildings are there?",
        "Admissions by building",
    ),
    *(
        "Which grades of physician are there?",
        "Admissions by outcome",
        "Admissions by insurance",
        "Admissions by home town",
    ),
    *("Admissions by sex in 2024", "Top 3 departments by billed charges", "Billed charges by physician in 2024"),
    *("Procedures performed by procedure", "How many procedures were performed?", "Admissions by procedure"),
    *(
        "Admissions for physician 1003",
        "Admissions for stay 17",
        "Admissions for stay 5000 in 2024",
        "Admissions for department 3",
    ),
    *("Bed occupancy rate by department", "Feedback score by department", "What can I ask?", "List patient names"),
    *(
        "Why did admissions change in May 2025?",
        "Forecast admissions for the next 3 months",
        "Unusual admissions in 2025",
    ),
    *(
        "Cohorts of patients by month of their first stay",
        "Which departments drove the change in billed charges in 2025?",
    ),
    *(
        "What if admissions rise by 10 %?",
        "Why did billed charges fall in June 2025?",
        "How good are the data of stays?",
    ),
    *("Admissions in 2031", "Which types of admission are there?", "Admissions by admission type and outcome in 2024"),
)
STATEMENTS = (
    "SELECT department_name, count(*) FROM departments JOIN stays USING (department_id) GROUP BY ALL ORDER BY ALL",
    "SELECT count(*), min(total_charges), max(admission_type) FROM stays WHERE outcome = 'vanished' OR department_id = 1",
    "SELECT * FROM procedures",
    "SELECT city FROM patients",
    "SELECT insurance, count(*) FROM patients GROUP BY ALL",
    "SELECT admission_type::INTEGER FROM stays",
    "SELECT 1 / (department_id - 1) FROM stays ORDER BY 1",
    "SELECT Trepanation FROM stays",
)
QUERIES: tuple[dict[str, Any], ...] = (
    {"metrics": [{"metric": "procedure_count"}]},
    {"metrics": [{"metric": "admissions"}], "group_by": [{"kind": "field", "field": "procedures.procedure_name"}]},
    {"metrics": [{"metric": "admissions"}], "group_by": [{"kind": "field", "field": "departments.department_name"}]},
    {"group_by": [{"kind": "field", "field": "departments.department_name"}]},
    *(
        {
            "metrics": [{"metric": "admissions"}],
            "where": {"kind": "field", "field": field, "operator": "eq", "values": [value]},
        }
        for field in ("departments.department_name", "stays.outcome", "patients.city", "patients.insurance")
        for value in ("Cardiology", "Zoonoses", "vanished", "Zanzibar", "private", "Qwyxx")
    ),
)
WARD = Principal(user="wendy", role="ward", attributes={"department": 2}, token_salt="one")


@pytest.fixture(scope="module")
def services(
    tmp_path_factory: pytest.TempPathFactory, hospital_database: Path
) -> Iterator[tuple[PlumblineService, ...]]:
    made = tmp_path_factory.mktemp("hidden")
    shutil.copytree(CATALOG, made / "catalog")
    (made / "catalog" / "roles.yaml").write_text(ROLES, encoding="utf-8")
    opened = []
    for name, changes in (("one", ""), ("two", OTHER_HIDDEN_DATA)):
        shutil.copy(hospital_database, made / f"{name}.duckdb")
        with duckdb.connect(str(made / f"{name}.duckdb")) as connection:
            connection.execute(changes or "SELECT 1")
        settings = Settings(home=made / f"home_{name}", model=None)
        opened.append(PlumblineService.open(settings, catalog=made / "catalog", database=made / f"{name}.duckdb"))
    yield tuple(opened)
    for service in opened:
        service.close()


def _told(answer: Answer) -> dict[str, Any]:
    """The answer but for its receipt and how long it took."""
    shown = answer.to_json()
    for name in ("receipt", "timings_ms"):
        shown.pop(name)
    for result in shown["results"]:
        result.pop("elapsed_ms")
    return shown


WORDS = (*HIDDEN, *VISIBLE, *NOWHERE, *MISSPELT)
SOME = [TEMPLATES[number % len(TEMPLATES)].format(word) for number, word in enumerate(WORDS)]
ALL = [template.format(word) for word, template in itertools.product(WORDS, TEMPLATES)]


@pytest.mark.parametrize("questions", [SOME, pytest.param(ALL, marks=pytest.mark.slow)], ids=["some", "all"])
def test_questions_are_answered_alike(services: tuple[PlumblineService, ...], questions: list[str]) -> None:
    told = {}
    statuses: dict[str, int] = {}
    for question in (*questions, *OTHERS):
        one, two = (_told(service.ask(question, principal=WARD)) for service in services)
        statuses[one["status"]] = statuses.get(one["status"], 0) + 1
        if one != two:
            told[question] = [(name, one[name], two[name]) for name in one if one[name] != two[name]]
    assert not told
    assert min(statuses.get(status, 0) for status in ("answer", "clarify", "refuse")) > 3


def test_a_hidden_value_reads_like_one_that_is_nowhere(services: tuple[PlumblineService, ...]) -> None:
    for number, word in enumerate(("Cardiology", "helicopter", "Zanzibar", "Trepanation", "fellow", "vanished")):
        said = set()
        for name in (word, "Blergology"):
            answer = services[number % 2].ask(TEMPLATES[number].format(name), principal=WARD)
            reason = answer.clarification.reason if answer.clarification is not None else None
            said.add((answer.status, reason))  # what is suggested instead depends on the letters typed
        assert len(said) == 1, word


def test_nothing_hidden_is_named(services: tuple[PlumblineService, ...]) -> None:
    hidden = (
        "Cardiology",
        "Dermatology",
        "Zeppelin",
        "procedures.",
        "Trepanation",
        "Biopsy",
        "Zanzibar",
        "patients.city",
    )
    for question in OTHERS:
        for service in services:
            shown = json.dumps(_told(service.ask(question, principal=WARD)) | {"question": ""})
            assert not [name for name in hidden if name in shown], question


def test_statements_and_queries_are_answered_alike(services: tuple[PlumblineService, ...]) -> None:
    for sql in STATEMENTS:
        one, two = (_told(service.run_sql(sql, principal=WARD)) for service in services)
        assert one == two, sql
    for parts in QUERIES:
        query = MetricQuery.model_validate(parts)
        one, two = (_told(service.run_query(query, principal=WARD)) for service in services)
        assert one == two, parts
