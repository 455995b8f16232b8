"""Two planners on the same suites: what changes from one to the other, tag by tag."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from evals.report import SuiteReport, counts_by_tag


@dataclass(frozen=True)
class TagDifference:
    """Cases of a tag that are right and wrong with the first planner and with the second."""

    tag: str
    cases: int
    right: tuple[int, int]
    wrong: tuple[int, int]

    def to_json(self) -> dict[str, Any]:
        return {"tag": self.tag, "cases": self.cases, "right": list(self.right), "wrong": list(self.wrong)}


def planner_differences(reports: Sequence[SuiteReport], first: str, second: str) -> tuple[TagDifference, ...]:
    """The tags in which two planners differ, the largest difference first; empty where one of them did not run."""
    one = [case for report in reports if report.planner == first for case in report.cases]
    other = [case for report in reports if report.planner == second for case in report.cases]
    if not one or not other:
        return ()
    before, after = counts_by_tag(one), counts_by_tag(other)
    found = [
        TagDifference(tag, counts.cases, (counts.right, after[tag].right), (counts.wrong, after[tag].wrong))
        for tag, counts in before.items()
        if tag in after and (counts.right, counts.wrong) != (after[tag].right, after[tag].wrong)
    ]
    return tuple(sorted(found, key=lambda item: (-abs(item.right[1] - item.right[0]), item.tag)))
