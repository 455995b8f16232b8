"""A run as Markdown: a summary for a pull request."""

from __future__ import annotations

from collections.abc import Sequence

from evals.baseline import BaselineComparison, CaseChange
from evals.report import CaseReport, SuiteReport, counts_by_tag, counts_of, latency_percentile_ms

_LISTED_CASES = 50


def markdown_summary(reports: Sequence[SuiteReport], comparison: BaselineComparison | None = None) -> str:
    """Counts of each suite, the changes from the baseline, the cases that are not right, and the counts of each tag."""
    parts = ["## Evaluation", _suites_table(reports)]
    if comparison is not None:
        parts.append(_changes(comparison))
    failing = [case for report in reports for case in report.cases if case.verdict != "right"]
    if failing:
        parts.append(_failing(failing))
    cases = [case for report in reports for case in report.cases]
    if any(case.tags for case in cases):
        parts.append(_tags(cases))
    return "\n\n".join(parts) + "\n"


def _suites_table(reports: Sequence[SuiteReport]) -> str:
    lines = ["| suite | planner | right | wrong | missed | error | accuracy | p50 ms | p95 ms |", "|---" * 9 + "|"]
    for report in reports:
        counts = counts_of(report.cases)
        latencies = (latency_percentile_ms(report.cases, fraction) for fraction in (0.50, 0.95))
        shown = " | ".join("" if latency is None else f"{latency:.0f}" for latency in latencies)
        lines.append(
            f"| {_cell(report.suite)} | {report.planner} | {counts.right} | {counts.wrong} | {counts.missed} | "
            f"{counts.error} | {counts.accuracy:.1%} | {shown} |"
        )
    return "\n".join(lines)


def _changes(comparison: BaselineComparison) -> str:
    lines = [
        "### Against the baseline",
        f"{len(comparison.regressions)} worse, {len(comparison.improvements)} better, "
        f"{len(comparison.new)} new, {len(comparison.gone)} gone.",
    ]
    listed = [*comparison.regressions, *comparison.improvements]
    if listed:
        lines += ["", "| case | before | after | why |", "|---|---|---|---|", *(_change(change) for change in listed)]
    return "\n".join(lines)


def _change(change: CaseChange) -> str:
    return f"| {_cell(change.suite)}/{_cell(change.id)} | {change.before} | {change.after} | {_cell(change.why)} |"


def _failing(cases: Sequence[CaseReport]) -> str:
    ordered = sorted(cases, key=lambda case: ("wrong", "error", "missed").index(case.verdict))
    lines = ["### Not right", "| case | verdict | question | why |", "|---|---|---|---|"]
    lines += [
        f"| {_cell(case.suite)}/{_cell(case.id)} | {case.verdict} | {_cell(case.question)} | {_cell(case.why)} |"
        for case in ordered[:_LISTED_CASES]
    ]
    if len(ordered) > _LISTED_CASES:
        lines.append(f"\nand {len(ordered) - _LISTED_CASES} more")
    return "\n".join(lines)


def _tags(cases: Sequence[CaseReport]) -> str:
    lines = ["### By tag", "| tag | right | wrong | missed | error |", "|---|---|---|---|---|"]
    lines += [
        f"| {_cell(tag)} | {counts.right} | {counts.wrong} | {counts.missed} | {counts.error} |"
        for tag, counts in counts_by_tag(cases).items()
    ]
    return "\n".join(lines)


def _cell(text: str) -> str:
    short = text if len(text) <= 200 else text[:197] + "..."
    return " ".join(short.replace("|", "\\|").replace("<", "&lt;").split())
