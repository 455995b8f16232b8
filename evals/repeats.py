"""Repeated runs of one suite: how often a case is right the first time asked, and how much that varies."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from evals.report import CaseReport


@dataclass(frozen=True)
class Repeats:
    """`pass_at_1` is the fraction right over all cases and runs: what one asking may expect. `variance` is that of the
    runs' accuracies; `unstable` are the cases whose verdict differs from run to run."""

    runs: int
    pass_at_1: float
    accuracies: tuple[float, ...]
    variance: float
    unstable: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        return {
            "runs": self.runs,
            "pass_at_1": round(self.pass_at_1, 6),
            "accuracies": [round(value, 6) for value in self.accuracies],
            "variance": round(self.variance, 9),
            "unstable": list(self.unstable),
        }


def repeats_of(runs: Sequence[Sequence[CaseReport]]) -> Repeats:
    """The runs of one suite summed up."""
    accuracies = tuple(sum(case.verdict == "right" for case in run) / len(run) if run else 0.0 for run in runs)
    verdicts: dict[str, set[str]] = {}
    for run in runs:
        for case in run:
            verdicts.setdefault(case.id, set()).add(case.verdict)
    return Repeats(
        runs=len(runs),
        pass_at_1=statistics.fmean(accuracies) if accuracies else 0.0,
        accuracies=accuracies,
        variance=statistics.pvariance(accuracies) if len(accuracies) > 1 else 0.0,
        unstable=tuple(name for name, found in verdicts.items() if len(found) > 1),
    )


@dataclass(frozen=True)
class ModelCost:
    """What a run asked of a model, a question on average; cost is None where no price is set."""

    questions: int
    asked: int  # questions that a model was asked for
    requests: float
    input_tokens: float
    output_tokens: float
    cost: float | None
    currency: str | None

    def to_json(self) -> dict[str, Any]:
        return {
            "questions": self.questions,
            "asked": self.asked,
            "requests_a_question": round(self.requests, 3),
            "input_tokens_a_question": round(self.input_tokens, 1),
            "output_tokens_a_question": round(self.output_tokens, 1),
            "cost_a_question": None if self.cost is None else round(self.cost, 8),
            "currency": self.currency,
        }


def model_cost(cases: Sequence[CaseReport]) -> ModelCost | None:
    """The average over cases; None where no model was asked."""
    uses = [case.answer["model"] for case in cases if case.answer and case.answer.get("model")]
    if not uses:
        return None
    priced = [use["cost"] for use in uses if use.get("cost") is not None]
    return ModelCost(
        questions=len(cases),
        asked=len(uses),
        requests=sum(use["requests"] for use in uses) / len(cases),
        input_tokens=sum(use["input_tokens"] for use in uses) / len(cases),
        output_tokens=sum(use["output_tokens"] for use in uses) / len(cases),
        cost=sum(priced) / len(cases) if priced else None,
        currency=next((use["currency"] for use in uses if use.get("currency")), None),
    )
