"""Runs suites: gold first, then each case's question, then the verdict."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from catalog.errors import PlumblineError
from evals.asker import Asker
from evals.errors import GoldSqlError
from evals.gold import given_gold, run_gold_sql
from evals.report import CaseReport, SuiteReport
from evals.suite import Case, Suite
from evals.tables import GoldTable
from evals.verdict import Verdict, judge

Progress = Callable[[str, int, int], None]  # suite, cases done, cases in all

# A defect met while answering is that case's error, so that the other cases are still scored.
DEFECTS = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    NotImplementedError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
)


def run_suite(
    suite: Suite,
    asker: Asker,
    *,
    as_of: dt.date | None = None,
    only: str | None = None,
    progress: Progress | None = None,
) -> SuiteReport:
    """The report of a suite's cases.

    `as_of` wins over the case's and the suite's; `only` keeps the cases whose id or a tag of theirs is that text.
    """
    cases = [case for case in suite.cases if only is None or only == case.id or only in case.tags]
    gold_by_id = run_gold_sql(asker.database, cases)
    reports = []
    for done, case in enumerate(cases):
        if progress is not None:
            progress(suite.suite, done, len(cases))
        gold = gold_by_id.get(case.id) or given_gold(case)
        reports.append(_run_case(suite, case, gold, asker, as_of or case.as_of or suite.as_of))
    if progress is not None:
        progress(suite.suite, len(cases), len(cases))
    return SuiteReport(suite.suite, asker.catalog, str(asker.database), asker.planner, tuple(reports))


def _run_case(
    suite: Suite, case: Case, gold: GoldTable | GoldSqlError | None, asker: Asker, as_of: dt.date | None
) -> CaseReport:
    table = gold if isinstance(gold, GoldTable) else None
    answer = None
    latency_ms = 0.0
    try:
        asked = asker.ask(case.question, history=case.history, role=case.role, user=case.user, as_of=as_of)
    except (PlumblineError, *DEFECTS) as error:
        verdict = Verdict("error", f"{type(error).__name__}: {error}")
    else:
        answer, latency_ms = asked.answer, asked.latency_ms
        verdict = Verdict("error", str(gold)) if isinstance(gold, GoldSqlError) else judge(case, answer, table)
    return CaseReport(
        suite=suite.suite,
        id=case.id,
        question=case.question,
        tags=case.tags,
        verdict=verdict.verdict,
        why=verdict.why,
        latency_ms=latency_ms,
        answer=answer,
        gold=table,
    )
