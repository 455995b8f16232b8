"""How far an answer's confidence can be trusted: the share of right answers in each bin of confidence.

    python -m benchmarks.calibration RESULT.json ...

Reads what `plumbline eval run --json` wrote. Only answers count: a question back claims nothing.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

EDGES = (0.0, 0.7, 0.8, 0.85, 0.9, 0.95, 0.98, 1.0)


@dataclass(frozen=True)
class Bin:
    """Answers with a confidence from `low` up to `high`: how many, how many of them right, their mean confidence."""

    low: float
    high: float
    answers: int
    right: int
    confidence: float

    @property
    def accuracy(self) -> float:
        return self.right / self.answers if self.answers else 0.0


def reliability(pairs: Iterable[tuple[float, bool]]) -> tuple[Bin, ...]:
    """The bins that hold answers, of pairs of confidence and whether the answer was right."""
    kept = list(pairs)
    bins = []
    for place, low in enumerate(EDGES):
        high = EDGES[place + 1] if place + 1 < len(EDGES) else 1.0 + 1e-9
        inside = [(confidence, right) for confidence, right in kept if low <= confidence < high]
        if inside:
            mean = sum(confidence for confidence, _ in inside) / len(inside)
            bins.append(Bin(low, min(high, 1.0), len(inside), sum(right for _, right in inside), mean))
    return tuple(bins)


def pairs_of(path: Path) -> list[tuple[float, bool]]:
    """Confidence and verdict of each case of a result file that was answered."""
    found = []
    for case in json.loads(path.read_text())["cases"]:
        answer = case.get("answer")
        if answer and answer["status"] == "answer" and case["verdict"] in ("right", "wrong"):
            found.append((float(answer["confidence"] or 0.0), case["verdict"] == "right"))
    return found


def main() -> None:
    paths = [Path(item) for item in sys.argv[1:]]
    pairs = [pair for path in paths for pair in pairs_of(path)]
    print(f"{len(pairs)} answers of {len(paths)} suites")
    for item in reliability(pairs):
        said = f"{item.answers:>5} answers  confidence {item.confidence:.3f}  right {item.accuracy:.3f}"
        print(f"{item.low:.2f}-{item.high:.2f}  {said}")
    error = sum(abs(item.confidence - item.accuracy) * item.answers for item in reliability(pairs)) / max(1, len(pairs))
    print(f"expected calibration error {error:.3f}")


if __name__ == "__main__":
    main()
