"""The door: answers, questions back that resume, refusals, threads, events, receipts, a database that changes."""

from __future__ import annotations

import asyncio
import datetime as dt
import shutil
from pathlib import Path

import duckdb
import pytest

from agent.answer import AnswerEvent, StepEvent
from agent.service import LOCAL, PlumblineService
from agent.settings import Settings
from catalog.access import Principal
from catalog.errors import UnknownNameError, UserError
from catalog.query import FieldDimension, MetricQuery, MetricUse, Period

HOSPITAL = Path(__file__).parents[1] / "foreign" / "hospital"


def test_a_figure_equals_sql_by_hand(hospital: PlumblineService, hospital_database: Path) -> None:
    answer = hospital.ask("Billed charges by department in 2024")
    with duckdb.connect(str(hospital_database), read_only=True) as connection:
        by_hand = connection.execute(
            "SELECT d.department_name, SUM(s.total_charges) FROM stays s JOIN departments d USING (department_id) "
            "WHERE s.admitted_at >= DATE '2024-01-01' AND s.admitted_at < DATE '2025-01-01' GROUP BY 1"
        ).fetchall()
    assert answer.status == "answer"
    assert answer.exit_code == 0
    figures = {row[0]: float(row[1]) for row in answer.results[0].rows}
    assert figures == pytest.approx({name: float(total) for name, total in by_hand})
    assert answer.chart is not None
    assert answer.receipt is not None


def test_a_question_back_waits_for_its_answer(hospital: PlumblineService) -> None:
    asked = hospital.ask("Admissions in 2019", thread="waits")
    assert (asked.status, asked.exit_code) == ("clarify", 3)
    assert asked.clarification is not None
    assert asked.clarification.reason == "no_data"
    answer = hospital.resume("waits", "1")
    assert answer.status == "answer"
    assert answer.results[0].rows[0][0] > 0


def test_other_words_than_the_options_are_a_new_question(hospital: PlumblineService) -> None:
    hospital.ask("Admissions in 2019", thread="other_words")
    answer = hospital.resume("other_words", "Discharges in 2024")
    assert answer.interpretation == "Discharges, 2024"


def test_a_thread_remembers_and_belongs_to_its_user(hospital: PlumblineService) -> None:
    hospital.ask("Admissions in May 2025", thread="shared", principal=Principal(user="ann"))
    mine = hospital.ask("and by department?", thread="shared", principal=Principal(user="ann"))
    assert mine.interpretation.startswith("Admissions, May 2025, by department")
    stranger = hospital.ask("and by department?", thread="shared", principal=Principal(user="bob"))
    assert stranger.status == "clarify"


@pytest.mark.parametrize(
    ("question", "status", "code"),
    [
        ("List patient names", "refuse", 4),
        ("drop table stays", "refuse", 4),
        ("SELECT patient_name FROM patients", "refuse", 4),
        ("", "clarify", 3),
        ("???", "clarify", 3),
        ("x" * 10_000, "clarify", 3),
        ("病院の入院数は？", "clarify", 3),
        ("Сколько поступлений?", "clarify", 3),
        ("what is the share price of Tesla", "clarify", 3),
    ],
)
def test_what_cannot_be_answered_says_so(hospital: PlumblineService, question: str, status: str, code: int) -> None:
    answer = hospital.ask(question)
    assert (answer.status, answer.exit_code) == (status, code)
    assert answer.headline
    assert not answer.results
    assert answer.receipt is not None


def test_every_step_is_told_before_the_answer(hospital: PlumblineService) -> None:
    async def events() -> list[StepEvent | AnswerEvent]:
        return [event async for event in hospital.stream("Admissions in May 2025")]

    told = asyncio.run(events())
    assert isinstance(told[-1], AnswerEvent)
    steps = [event.name for event in told if isinstance(event, StepEvent) and event.state == "finished"]
    assert steps == ["understand", "compile", "query"]


def test_a_query_as_data_gives_the_same_figure(hospital: PlumblineService) -> None:
    query = MetricQuery(
        metrics=(MetricUse(metric="admissions"),),
        group_by=(FieldDimension(field="departments.department_name"),),
        period=Period(start=dt.date(2024, 1, 1), end=dt.date(2025, 1, 1)),
    )
    asked = hospital.ask("Admissions by department in 2024")
    assert sorted(row[:2] for row in hospital.run_query(query).results[0].rows) == sorted(
        row[:2] for row in asked.results[0].rows
    )
    assert "departments" in hospital.explain(query)


def test_a_draft_runs_nothing_and_speaks_a_dialect(hospital: PlumblineService) -> None:
    draft = hospital.draft_sql("Admissions by month in 2024", dialect="postgres")
    assert draft.results[0].dialect == "postgres"
    assert not draft.results[0].rows
    assert "DATE_TRUNC" in draft.results[0].sql.upper()


def test_a_role_that_does_not_exist_names_those_that_do(hospital: PlumblineService) -> None:
    with pytest.raises(UnknownNameError, match="owner"):
        hospital.ask("Admissions in May 2025", principal=Principal(role="king"))


def test_an_answer_leaves_a_receipt(hospital: PlumblineService) -> None:
    answer = hospital.ask("Admissions in May 2025", principal=Principal(user="carol"))
    assert answer.receipt is not None
    recorded = hospital.business.audit.show(answer.receipt)
    assert recorded.receipt.user == "carol"
    assert recorded.receipt.queries[0].sql == answer.results[0].sql
    assert hospital.business.audit.verify().holds


def test_a_database_replaced_on_disk_is_seen_at_once(hospital_database: Path, tmp_path: Path) -> None:
    database, changed = tmp_path / "live.duckdb", tmp_path / "changed.duckdb"
    shutil.copy(hospital_database, database)
    shutil.copy(hospital_database, changed)
    with duckdb.connect(str(changed)) as connection:
        connection.execute("DELETE FROM stays WHERE admitted_at >= DATE '2025-05-15'")
    settings = Settings(home=tmp_path / "home", model=None)
    with PlumblineService.open(settings, catalog=HOSPITAL / "catalog", database=database) as service:
        before = service.ask("Admissions in May 2025").results[0].rows[0][0]
        changed.replace(database)
        after = service.ask("Admissions in May 2025").results[0].rows[0][0]
    assert after < before


@pytest.mark.parametrize(
    ("catalog", "database", "message"),
    [
        ("no_such_business", None, "novamart"),
        (None, "missing.duckdb", "missing.duckdb"),
        (None, "empty.duckdb", "stays"),
        (None, "text.duckdb", "text.duckdb"),
    ],
)
def test_what_cannot_be_opened_names_what_is_wrong(
    tmp_path: Path, catalog: str | None, database: str | None, message: str
) -> None:
    duckdb.connect(str(tmp_path / "empty.duckdb")).close()
    (tmp_path / "text.duckdb").write_text("no database at all, only words that go on for a while")
    with pytest.raises(UserError, match=message):
        PlumblineService.open(
            Settings(home=tmp_path / "home", model=None),
            catalog=catalog or HOSPITAL / "catalog",
            database=tmp_path / (database or "empty.duckdb"),
        ).close()


def test_the_local_principal_is_the_default(hospital: PlumblineService) -> None:
    assert LOCAL.user == "local"
    assert hospital.ask("what can I ask?").status == "answer"
