"""`plumbline eval`: runs suites, compares runs, prints the suite format."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from catalog.errors import PlumblineError, UsageError

if TYPE_CHECKING:
    from evals.baseline import BaselineComparison
    from evals.planned_run import PlannedRun
    from evals.recorded import RecordedRun
    from evals.report import SuiteReport
    from evals.runner import Progress
    from evals.service_asker import PlannerName
    from evals.suite import Suite

app = typer.Typer(help="Scores suites of questions with known answers.", no_args_is_help=True)

BUILT_IN_SUITES = Path(__file__).with_name("suites")


class PlannerChoice(StrEnum):
    EMBEDDED = "embedded"
    MODEL = "model"
    BOTH = "both"


@contextmanager
def _errors_as_exit_codes() -> Iterator[None]:
    try:
        yield
    except PlumblineError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(error.exit_code) from error


@app.command("run")
def run_command(
    suites: Annotated[list[str], typer.Argument(help="suite files, or names of shipped suites")],
    catalog: Annotated[str | None, typer.Option(help="a shipped name or a folder; wins over the suite's")] = None,
    database: Annotated[Path | None, typer.Option(help="the DuckDB file that answers and gold SQL read")] = None,
    as_of: Annotated[str | None, typer.Option(help="the day of asking, ISO; wins over the suite's")] = None,
    planner: Annotated[
        PlannerChoice | None, typer.Option(help="who plans the answers; embedded unless a recorded run says otherwise")
    ] = None,
    repeat: Annotated[int, typer.Option(min=1, max=100, help="run each suite so often: pass@1 and its variance")] = 1,
    record: Annotated[Path | None, typer.Option(help="writes every answer as a line of JSON")] = None,
    from_recorded: Annotated[
        Path | None, typer.Option(help="judge the answers of such a file again, asking nobody")
    ] = None,
    only: Annotated[str | None, typer.Option(help="the cases of this id or tag")] = None,
    json_out: Annotated[Path | None, typer.Option("--json", help="writes the whole run, answers and gold too")] = None,
    junit: Annotated[Path | None, typer.Option(help="writes JUnit XML")] = None,
    markdown: Annotated[Path | None, typer.Option(help="writes a summary for a pull request")] = None,
    min_accuracy: Annotated[str | None, typer.Option(help="exit 1 below this fraction right: 0.97 or 97%")] = None,
    max_wrong: Annotated[str | None, typer.Option(help="exit 1 above this: 3 cases, 0.005 or 0.5% of them")] = None,
    baseline: Annotated[Path | None, typer.Option(help="an earlier run or baseline to compare with")] = None,
    fail_on_regression: Annotated[bool, typer.Option(help="exit 1 where a case is worse than in the baseline")] = False,
    write_baseline: Annotated[Path | None, typer.Option(help="writes the verdicts alone, to commit")] = None,
) -> None:
    """Asks every question of the suites and scores the answers; exits 1 below a bar or on a regression."""
    with _errors_as_exit_codes():
        from evals.bars import missed_bars, parse_maximum_wrong, parse_minimum_accuracy
        from evals.baseline import compare_runs, read_run
        from evals.baseline import write_baseline as write_baseline_file
        from evals.junit import write_junit
        from evals.markdown import markdown_summary
        from evals.planned_run import PlannedRun
        from evals.recorded import read_recorded
        from evals.report import reports_json, write_reports_json, write_text

        minimum_accuracy = None if min_accuracy is None else parse_minimum_accuracy(min_accuracy)
        maximum_wrong = None if max_wrong is None else parse_maximum_wrong(max_wrong)
        if fail_on_regression and baseline is None:
            raise UsageError("--fail-on-regression needs --baseline FILE")
        earlier = None if baseline is None else read_run(baseline)
        loaded = _load_suites(suites)
        recorded = None if from_recorded is None else read_recorded(from_recorded)
        if recorded is not None and repeat == 1:
            repeat = recorded.runs
        planners = _planners(planner, recorded)
        planned = PlannedRun(planners, database, _parse_day(as_of), only, repeat, recorded)
        reports = _run(loaded, catalog, planned, record)
        comparison = None if earlier is None else compare_runs(earlier, reports_json(reports))
        if json_out is not None:
            write_reports_json(json_out, reports)
        if junit is not None:
            write_junit(junit, reports)
        if markdown is not None:
            write_text(markdown, markdown_summary(reports, comparison))
        if write_baseline is not None:
            write_baseline_file(write_baseline, reports)
        _print_reports(reports, comparison)
        missed = missed_bars(
            reports,
            minimum_accuracy=minimum_accuracy,
            maximum_wrong=maximum_wrong,
            comparison=comparison,
            fail_on_regression=fail_on_regression,
        )
        for line in missed:
            typer.echo(f"below the bar: {line}", err=True)
    if missed:
        raise typer.Exit(1)


@app.command("compare")
def compare_command(
    before: Annotated[Path, typer.Argument(help="an earlier run's JSON, or a baseline")],
    after: Annotated[Path, typer.Argument(help="a later run's JSON")],
    fail_on_regression: Annotated[bool, typer.Option(help="exit 1 where a case is worse")] = False,
) -> None:
    """Compares two runs case by case."""
    with _errors_as_exit_codes():
        from evals.baseline import compare_runs, read_run

        comparison = compare_runs(read_run(before), read_run(after))
        _print_comparison(comparison)
    if fail_on_regression and comparison.regressions:
        raise typer.Exit(1)


@app.command("schema")
def schema_command() -> None:
    """Prints the JSON Schema of suite files, for editors."""
    from evals.suite_schema import suite_schema_json

    typer.echo(suite_schema_json(), nl=False)


@app.command("list")
def list_command(
    suites: Annotated[
        list[str] | None, typer.Argument(help="suites whose cases to list; none: the shipped suites")
    ] = None,
) -> None:
    """Lists the shipped suites, or the cases of the suites named."""
    with _errors_as_exit_codes():
        if suites:
            for _, suite in _load_suites(suites):
                for case in suite.cases:
                    typer.echo(f"{suite.suite}  {case.id}  {case.behaviour}  {case.question}")
            return
        from evals.suite_loader import load_suite

        for path in sorted(BUILT_IN_SUITES.glob("*.yaml")):
            suite = load_suite(path)
            typer.echo(f"{path.stem}  {len(suite.cases)} cases  {suite.description}".rstrip())


def _load_suites(names: list[str]) -> list[tuple[Path, Suite]]:
    from evals.suite_loader import load_suite

    loaded = [(path, load_suite(path)) for path in map(_suite_path, names)]
    seen: dict[str, Path] = {}
    for path, suite in loaded:
        if suite.suite in seen:
            raise UsageError(f"{path} and {seen[suite.suite]} are both suite {suite.suite!r}: their cases would mix")
        seen[suite.suite] = path
    return loaded


def _suite_path(name: str) -> Path:
    shipped = BUILT_IN_SUITES / f"{name}.yaml"
    if Path(name).is_file() or not shipped.is_file():
        path = Path(name)
        if not path.is_file():
            known = ", ".join(sorted(item.stem for item in BUILT_IN_SUITES.glob("*.yaml")))
            raise UsageError(f"no suite file {name}; shipped suites: {known}")
        return path
    return shipped


def _parse_day(text: str | None) -> dt.date | None:
    try:
        return None if text is None else dt.date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"--as-of {text!r}: give a day as 2026-10-31") from error


def _run(
    suites: list[tuple[Path, Suite]],
    catalog: str | None,
    planned: PlannedRun,
    record: Path | None,
) -> list[SuiteReport]:
    """Runs the suites as planned; a recorded run is written where one is asked for."""
    from evals.planned_run import run_planned
    from evals.recorded import write_recorded

    named = [(catalog or _catalog_of(path, suite), suite) for path, suite in suites]
    outcome = run_planned(named, planned, _progress)
    if record is not None:
        write_recorded(record, outcome.catalog, outcome.database, list(outcome.lines))
    return list(outcome.reports)


def _planners(choice: PlannerChoice | None, recorded: RecordedRun | None) -> tuple[PlannerName, ...]:
    """The planners to run: as asked for, else those that a recorded run holds, else the embedded one."""
    if choice is None and recorded is not None:
        return tuple(name for name in ("embedded", "model") if name in recorded.planners)
    return {
        PlannerChoice.EMBEDDED: ("embedded",),
        PlannerChoice.MODEL: ("model",),
        PlannerChoice.BOTH: ("embedded", "model"),
    }[choice or PlannerChoice.EMBEDDED]  # type: ignore[return-value]


def _catalog_of(path: Path, suite: Suite) -> str | None:
    """The suite's catalog: a folder beside the suite's file if there is one of that name, else a shipped name."""
    if suite.catalog is None:
        return None
    beside = path.parent / suite.catalog
    return str(beside) if beside.is_dir() else suite.catalog


@contextmanager
def _progress() -> Iterator[Progress | None]:
    """A line on stderr that counts the cases; nothing where stderr is no terminal."""
    if not sys.stderr.isatty():
        yield None
        return

    def show(suite: str, done: int, total: int) -> None:
        sys.stderr.write(f"\r\x1b[K{suite}: {done} of {total}")
        sys.stderr.flush()

    try:
        yield show
    finally:
        sys.stderr.write("\r\x1b[K")
        sys.stderr.flush()


def _print_reports(reports: list[SuiteReport], comparison: BaselineComparison | None) -> None:
    from evals.planner_difference import planner_differences
    from evals.report import counts_of, latency_percentile_ms

    for report in reports:
        for case in report.cases:
            if case.verdict != "right":
                typer.echo(f"{case.verdict:6}  {case.id}  {case.question}\n        {case.why}")
        counts = counts_of(report.cases)
        p50, p95 = (latency_percentile_ms(report.cases, fraction) or 0.0 for fraction in (0.50, 0.95))
        typer.echo(
            f"{report.suite} ({report.planner}): {counts.cases} cases, {counts.right} right ({counts.accuracy:.1%}), "
            f"{counts.wrong} wrong, {counts.missed} missed, {counts.error} error; p50 {p50:.0f} ms, p95 {p95:.0f} ms"
        )
        _print_repeats_and_cost(report)
    for item in planner_differences(reports, "embedded", "model"):
        typer.echo(
            f"  {item.tag}: embedded {item.right[0]} right, {item.wrong[0]} wrong; "
            f"with the model {item.right[1]} right, {item.wrong[1]} wrong; of {item.cases}"
        )
    if comparison is not None:
        _print_comparison(comparison)


def _print_repeats_and_cost(report: SuiteReport) -> None:
    from evals.repeats import model_cost, repeats_of

    runs = (report.cases, *report.again)
    if report.again:
        found = repeats_of(runs)
        typer.echo(
            f"  {found.runs} runs: pass@1 {found.pass_at_1:.1%}, standard deviation {found.variance**0.5:.1%}; "
            f"{len(found.unstable)} cases differ from run to run"
        )
    cost = model_cost([case for run in runs for case in run])
    if cost is not None:
        priced = "" if cost.cost is None else f", {cost.cost:.6f} {cost.currency}"
        typer.echo(
            f"  a question, on average: {cost.requests:.2f} requests, {cost.input_tokens:.0f} tokens in, "
            f"{cost.output_tokens:.0f} out{priced}"
        )


def _print_comparison(comparison: BaselineComparison) -> None:
    show: Callable[[str], None] = typer.echo
    show(
        f"{len(comparison.regressions)} worse, {len(comparison.improvements)} better, "
        f"{len(comparison.new)} new, {len(comparison.gone)} gone"
    )
    for change in (*comparison.regressions, *comparison.improvements):
        show(
            f"  {change.suite} ({change.planner}) {change.id}: {change.before} -> {change.after}  {change.why}".rstrip()
        )
