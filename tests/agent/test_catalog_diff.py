"""Two versions of a catalog beside each other: whose meaning changed, by how much, and what rests on it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from agent.catalog_diff import diff_catalogs
from agent.service import PlumblineService
from agent.settings import Settings

CATALOG = Path(__file__).parents[1] / "foreign" / "hospital" / "catalog"
WORDS_ONLY = [
    ("label: Admissions", "label: Intake of patients"),
    ("description: Stays that began in the period.", "description: Other words."),
]
CHANGES = [
    (
        "expression: COUNT(stays.stay_id)\n",
        "expression: COUNT(DISTINCT stays.patient_id)\n",
        {"admissions", "charge_per_stay"},
    ),
    ("formula: billed_charges / admissions", "formula: billed_charges / (admissions + 1)", {"charge_per_stay"}),
    ("target: {at_most: 0.08}", "target: {at_most: 0.07}", {"readmission_rate"}),
]


def _copy(tmp_path: Path, *edits: tuple[str, str], file: str = "metrics.yaml") -> Path:
    made = tmp_path / "new"
    shutil.copytree(CATALOG, made)
    path = made / file
    text = path.read_text(encoding="utf-8")
    for old, new in edits:
        assert old in text
        text = text.replace(old, new, 1)
    path.write_text(text, encoding="utf-8")
    return made


def _settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home", model=None)


def test_other_words_are_no_other_meaning(tmp_path: Path) -> None:
    assert diff_catalogs(CATALOG, _copy(tmp_path, *WORDS_ONLY), settings=_settings(tmp_path)) == ()


@pytest.mark.parametrize(("old", "new", "metrics"), CHANGES)
def test_a_change_reaches_all_that_is_made_of_it(tmp_path: Path, old: str, new: str, metrics: set[str]) -> None:
    changes = diff_catalogs(CATALOG, _copy(tmp_path, (old, new)), settings=_settings(tmp_path))
    assert metrics <= {item.metric for item in changes}
    assert "billed_charges" not in {item.metric for item in changes}


FIELD_CHANGES = [
    (
        "total_charges: {type: number,",
        "total_charges: {expression: total_charges * 1.1, type: number,",
        "billed_charges",
    ),
    (
        "expression: DATE_DIFF('minute', admitted_at, discharged_at)",
        "expression: DATE_DIFF('hour', admitted_at, discharged_at)",
        "average_length_of_stay",
    ),
    ("discharged_at: {type: timestamp,", "discharged_at: {expression: left_at, type: timestamp,", "discharges"),
]


@pytest.mark.parametrize(("old", "new", "metric"), FIELD_CHANGES)
def test_a_field_that_reads_another_column_changes_its_metrics(tmp_path: Path, old: str, new: str, metric: str) -> None:
    changes = diff_catalogs(CATALOG, _copy(tmp_path, (old, new), file="datasets.yaml"), settings=_settings(tmp_path))
    found = {item.metric: item for item in changes}
    assert metric in found
    assert any("stays" in because for because in found[metric].because)
    assert "procedure_fees" not in found and "admissions" not in found


def test_a_dataset_of_another_table_changes_its_metrics(tmp_path: Path) -> None:
    made = _copy(tmp_path, ("  stays:\n", "  stays:\n    source: stays_of_late\n"), file="datasets.yaml")
    changes = diff_catalogs(CATALOG, made, settings=_settings(tmp_path))
    assert {"admissions", "billed_charges", "charge_per_stay"} <= {item.metric for item in changes}
    assert all("dataset stays" in item.because for item in changes if item.metric == "admissions")


def test_values_questions_and_receipts_are_named(tmp_path: Path, hospital_database: Path) -> None:
    settings = _settings(tmp_path)
    with PlumblineService.open(settings, catalog=CATALOG, database=hospital_database) as service:
        answer = service.ask("Charge per stay in 2024")
        other = service.ask("Billed charges in 2024")
    new = _copy(tmp_path, CHANGES[0][:2])
    changes = {item.metric: item for item in diff_catalogs(CATALOG, new, hospital_database, settings)}
    admissions = changes["admissions"]
    assert admissions.before is not None and admissions.after is not None
    assert admissions.after < admissions.before
    assert admissions.receipts == (answer.receipt,)
    assert other.receipt not in admissions.receipts
    assert "before" in admissions.line() and "1 receipts" in admissions.line()


def test_metrics_that_come_and_go_are_named(tmp_path: Path) -> None:
    new = _copy(tmp_path, ("  charge_per_stay:\n", "  charge_a_stay:\n"))
    kinds = {item.metric: item.kind for item in diff_catalogs(CATALOG, new, settings=_settings(tmp_path))}
    assert kinds == {"charge_per_stay": "removed", "charge_a_stay": "added"}
