"""The data-quality tool: checks as a table, worst first."""

from __future__ import annotations

import datetime as dt

from agent.tools.analysis.desk import AnalysisDesk
from agent.tools.analysis.finding import Finding
from agent.tools.analysis.quality.check_result import CheckResult
from agent.tools.analysis.quality.checks import Checking, check_dataset
from agent.tools.analysis.quality.flags import in_words
from agent.tools.present.declared_numbers import CellReference
from agent.tools.present.sentences import Sentence, SentenceBuilder
from agent.tools.warehouse.result import ResultColumn, ResultTable
from catalog.analyses.quality import QualityRequest
from catalog.query import Period

_ORDER = {"fail": 0, "warn": 1, "pass": 2}
_MOST_TOLD = 3
COLUMNS = (
    ("check", "VARCHAR", "key"), ("layer", "VARCHAR", "context"), ("table", "VARCHAR", "key"),
    ("subject", "VARCHAR", "key"), ("period", "DATE", "key"), ("observed", "DOUBLE", "measure"),
    ("expected", "DOUBLE", "context"), ("lower", "DOUBLE", "context"), ("upper", "DOUBLE", "context"),
    ("deviation", "DOUBLE", "context"), ("method", "VARCHAR", "context"), ("verdict", "VARCHAR", "measure"),
    ("run_at", "TIMESTAMP", "context"),
)  # fmt: skip


def run_quality(request: QualityRequest, desk: AnalysisDesk) -> Finding:
    """Every check of the datasets that the asker may see, worst first."""
    not_run: list[str] = []
    results = quality_results(request, desk, not_run)
    table = results_table(results)
    return Finding(
        results=(table,),
        headline=_headline(request, results, table),
        narrative=tuple(
            _told(item, row, table, desk) for row, item in enumerate(results[:_MOST_TOLD]) if item.verdict != "pass"
        ),
        caveats=_caveats(results, not_run),
        periods=tuple(
            Period(start=item.period, end=desk.as_of) for item in results if item.period and item.period < desk.as_of
        ),
    )


def quality_results(request: QualityRequest, desk: AnalysisDesk, not_run: list[str] | None = None) -> list[CheckResult]:
    """The checks' results as the desk's principal may see them, worst first; `not_run` is filled with those that were not."""
    now = dt.datetime.now(dt.UTC).replace(microsecond=0)
    checking = Checking(desk.view, desk.as_of, desk.run, now, [] if not_run is None else not_run)
    found: list[CheckResult] = []
    for dataset in desk.view.datasets.values():
        if (request.datasets and dataset.name not in request.datasets) or dataset.hidden:
            continue
        desk.say(f"Checking {dataset.label}")
        found += check_dataset(checking, dataset, only_freshness=request.asked == "fresh")
    return sorted(
        found,
        key=lambda item: (_ORDER[item.verdict], item.check, item.table, -(item.period or dt.date.min).toordinal()),
    )


def _caveats(results: list[CheckResult], not_run: list[str]) -> tuple[str, ...]:
    if not_run:
        return (f"Not run, as more rows are needed than may be read here: {', '.join(not_run)}.",)
    return () if results else ("No dataset that you may see has a key, a reference or a time to check.",)


def results_table(results: list[CheckResult]) -> ResultTable:
    """The checks as one table; each row's statement is in its result's `sql`, the first one's here."""
    columns = tuple(
        ResultColumn(
            name=name,
            type=kind,
            role=role,
            label=name.replace("_", " ").capitalize(),
            unit="fraction" if name == "deviation" else None,
        )
        for name, kind, role in COLUMNS
    )
    rows = tuple(tuple(getattr(item, name) for name, *_ in COLUMNS) for item in results)
    return ResultTable(name="quality", sql=results[0].sql if results else "", columns=columns, rows=rows)


def _headline(request: QualityRequest, results: list[CheckResult], table: ResultTable) -> Sentence:
    build = SentenceBuilder((table,))

    def count(*verdicts: str) -> str:
        cells = tuple(CellReference(row=row, column=0) for row, item in enumerate(results) if item.verdict in verdicts)
        return build.derived("count", cells) if cells else "no"

    what = "checks of how fresh the data are" if request.asked == "fresh" else "data checks"
    if all(item.verdict == "pass" for item in results):
        return build.finished(f"All {count('pass')} {what} pass" if results else "There is nothing to check")
    return build.finished(f"Of {count('pass', 'warn', 'fail')} {what} {count('fail')} fail and {count('warn')} warn")


def _told(item: CheckResult, row: int, table: ResultTable, desk: AnalysisDesk) -> Sentence:
    build = SentenceBuilder((table,))
    for name in ("observed", "expected"):
        if getattr(item, name) is not None:
            place = next(at for at, column in enumerate(table.columns) if column.name == name)
            build.value(CellReference(row=row, column=place), "count")
    text = in_words(item, desk.view).removeprefix("Data check: ")
    return build.finished(text[:1].upper() + text[1:])
