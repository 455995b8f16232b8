"""A breakdown with groups below a policy's minimum, asked in words: what is shown, what is said, what stays hidden."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from agent.service import PlumblineService
from agent.settings import Settings
from catalog.access import Principal
from catalog.query import FieldDimension, MetricQuery, MetricUse
from tests.conftest import HOSPITAL

ROLES = """
roles:
  reader:
    default: true
    datasets: "*"
    metrics: "*"
    field_rules:
    - {fields: [patients.city], access: show, minimum_group_size: 500}
"""
SMALL = ("Carlton", "Dunmore")  # the second is too small, the first stands beside it


@pytest.fixture
def careful(hospital_database: Path, tmp_path: Path) -> Iterator[PlumblineService]:
    """The hospital, for a role that sees cities of 500 patients or more."""
    shutil.copytree(HOSPITAL / "catalog", tmp_path / "catalog")
    (tmp_path / "catalog" / "roles.yaml").write_text(ROLES, encoding="utf-8")
    settings = Settings(home=tmp_path / "home", model=None)
    with PlumblineService.open(settings, catalog=tmp_path / "catalog", database=hospital_database) as service:
        yield service


def test_small_groups_are_left_out_and_it_is_said(careful: PlumblineService, hospital: PlumblineService) -> None:
    asked = "Admissions by city"
    whole = {row[0]: row[1] for row in hospital.ask(asked).results[0].rows}
    answer = careful.ask(asked)
    assert answer.status == "answer"
    assert {row[0]: row[1] for row in answer.results[0].rows} == {
        city: n for city, n in whole.items() if city not in SMALL
    }
    assert answer.caveats[0].startswith("Groups of fewer than 500 are left out")
    assert answer.interpretation.endswith("where home town is Ashford or Brookfield")
    assert not any(city in answer.model_dump_json() for city in SMALL)
    assert answer.receipt is not None
    assert careful.replay(answer.receipt).same
    assert careful.ask("Admissions").status == "answer"
    for city in SMALL:
        assert careful.ask(f"Admissions in {city}").status != "answer"


def test_a_query_as_data_is_cut_down_too(careful: PlumblineService) -> None:
    query = MetricQuery(
        metrics=(MetricUse(metric="admissions"),), group_by=(FieldDimension(field="patients.city"),), totals="grand"
    )
    answer = careful.run_query(query)
    assert answer.status == "answer"
    assert not any(city in answer.model_dump_json() for city in SMALL)
    assert answer.caveats[0].startswith("Groups of fewer than 500")


def test_a_follow_up_asks_of_what_was_shown(careful: PlumblineService) -> None:
    ann = Principal(user="ann")
    careful.ask("Admissions by city", thread="on", principal=ann)
    again = careful.ask("as a bar chart", thread="on", principal=ann)
    assert not any(city in again.model_dump_json() for city in SMALL)


def test_what_cannot_be_cut_down_is_refused(careful: PlumblineService) -> None:
    refused = careful.ask("Admissions by city and insurance")
    assert (refused.status, refused.refusal and refused.refusal.rule) == ("refuse", "minimum_group_size")
