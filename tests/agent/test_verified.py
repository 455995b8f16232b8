"""Verified questions: confirmed by who may, understood again in other manners and periods, reported once they break."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from agent.admin import check_catalog, forget_question, principal_for, verified_questions, verify_question
from agent.errors import PolicyRefusal
from agent.service import LOCAL, PlumblineService
from agent.settings import Settings
from catalog.access import Principal
from catalog.errors import UnknownNameError, UsageError

HOSPITAL = Path(__file__).parent.parent / "foreign" / "hospital" / "catalog"
QUESTION = "Admissions by department in May 2025"


@pytest.fixture
def opened(hospital_database: Path, tmp_path: Path) -> Iterator[PlumblineService]:
    settings = Settings(home=tmp_path)
    with PlumblineService.open(settings, catalog=HOSPITAL, database=hospital_database) as service:
        yield service


def test_a_verified_question_is_understood_from_then_on(opened: PlumblineService) -> None:
    receipt = opened.ask(QUESTION).receipt
    assert receipt is not None
    item = opened.verify(receipt)
    assert (item.question, item.verified_by) == (QUESTION, LOCAL.user)
    again = opened.ask("please show me the admissions BY DEPARTMENT in June 2025")
    assert again.plan is not None and again.plan.planner == "verified"
    assert again.plan.queries[0].query.period is not None
    assert str(again.plan.queries[0].query.period.start) == "2025-06-01"
    plain = opened.business.planner(opened.view(LOCAL))
    assert opened.ask("admissions by ward in May 2025").plan.planner != "verified"  # type: ignore[union-attr]
    assert plain.plan("compare that", opened.as_of, again.plan).planner != "verified"


def test_a_comparison_is_not_moved_to_another_time(opened: PlumblineService) -> None:
    receipt = opened.ask("Admissions in May 2025 vs April 2025").receipt
    assert receipt is not None
    opened.verify(receipt)
    moved = opened.ask("Admissions in June 2025 vs April 2025")
    assert moved.plan is not None and moved.plan.planner == "embedded"


def test_only_who_may_verifies(tmp_path: Path, hospital_database: Path) -> None:
    folder = tmp_path / "catalog"
    folder.mkdir()
    for path in HOSPITAL.glob("*.yaml"):
        (folder / path.name).write_text(path.read_text())
    roles = {"roles": {"clerk": {"label": "Clerk", "datasets": ["*"], "metrics": ["*"], "default": True}}}
    (folder / "roles.yaml").write_text(yaml.safe_dump(roles))
    settings = Settings(home=tmp_path / "home")
    with PlumblineService.open(settings, catalog=folder, database=hospital_database) as service:
        clerk = Principal(user="mia", role="clerk")
        receipt = service.ask(QUESTION, principal=clerk).receipt
        assert receipt is not None
        with pytest.raises(PolicyRefusal):
            service.verify(receipt, principal=clerk)


def test_a_receipt_without_a_query_cannot_be_verified(opened: PlumblineService) -> None:
    asked_back = opened.ask("what about the flurbs").receipt
    assert asked_back is not None
    with pytest.raises(UsageError, match="nothing to confirm"):
        opened.verify(asked_back)


def test_what_no_longer_compiles_is_reported(opened: PlumblineService, tmp_path: Path) -> None:
    gone = "Discharges by department in May 2025"
    settings = opened.business.settings
    principal = principal_for(settings, None, None)
    receipt = opened.ask(gone).receipt
    assert receipt is not None
    verify_question(settings, principal, HOSPITAL, receipt)
    assert [item.question for item in verified_questions(settings, HOSPITAL)] == [gone]
    assert check_catalog(HOSPITAL, settings=settings) == ()
    changed = tmp_path / "changed"
    changed.mkdir()
    for path in HOSPITAL.glob("*.yaml"):
        (changed / path.name).write_text(path.read_text().replace("discharges:", "dismissals:"))
    issues = check_catalog(changed, settings=settings)
    assert any(issue.rule == "verified_questions_resolve" and gone in issue.message for issue in issues), issues
    forget_question(settings, principal, HOSPITAL, gone)
    assert verified_questions(settings, HOSPITAL) == ()
    with pytest.raises(UnknownNameError):
        forget_question(settings, principal, HOSPITAL, gone)
