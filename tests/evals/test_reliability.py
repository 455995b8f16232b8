"""The reliability curve counts each answer once, in the bin of its confidence."""

from __future__ import annotations

from benchmarks.calibration import reliability


def test_each_answer_stands_in_one_bin() -> None:
    pairs = [(1.0, True), (1.0, True), (0.96, False), (0.96, True), (0.5, False)]
    found = reliability(pairs)
    assert sum(item.answers for item in found) == len(pairs)
    assert [(item.low, item.answers, item.accuracy) for item in found] == [(0.0, 1, 0.0), (0.95, 2, 0.5), (1.0, 2, 1.0)]
