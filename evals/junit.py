"""A run as JUnit XML, which most CI systems show as tests."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from xml.etree import ElementTree

from evals.report import CaseReport, SuiteReport, counts_of, write_text

# What XML 1.0 cannot hold, even escaped.
_UNWRITABLE = dict.fromkeys([*(set(range(32)) - {9, 10, 13}), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF])


def junit_xml(reports: Sequence[SuiteReport]) -> str:
    """One testsuite a run of a suite; wrong and missed are failures of these types, error an error. Times in seconds."""
    root = ElementTree.Element("testsuites")
    for report in reports:
        counts = counts_of(report.cases)
        suite = ElementTree.SubElement(
            root,
            "testsuite",
            name=_text(f"{report.suite} ({report.planner})"),
            tests=str(counts.cases),
            failures=str(counts.wrong + counts.missed),
            errors=str(counts.error),
            time=f"{sum(case.latency_ms for case in report.cases) / 1000:.3f}",
        )
        for case in report.cases:
            _add_case(suite, case)
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def write_junit(path: Path, reports: Sequence[SuiteReport]) -> None:
    """Writes the run's JUnit XML."""
    write_text(path, junit_xml(reports))


def _add_case(suite: ElementTree.Element, case: CaseReport) -> None:
    element = ElementTree.SubElement(
        suite, "testcase", classname=_text(case.suite), name=_text(case.id), time=f"{case.latency_ms / 1000:.3f}"
    )
    if case.verdict == "right":
        return
    tag = "error" if case.verdict == "error" else "failure"
    problem = ElementTree.SubElement(element, tag, type=case.verdict, message=_text(case.why))
    problem.text = _text(f"{case.question}\n{case.why}")


def _text(text: str) -> str:
    return text.translate(_UNWRITABLE)
