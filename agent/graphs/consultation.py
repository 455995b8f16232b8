"""What the agents that ask a model share in one question: the client, the leash, the ledger, and who may ask at all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from agent.answer import ModelUse
from agent.models.budget import QuestionBudget
from agent.models.client import ModelClient
from agent.models.ledger import ModelLedger
from agent.planners.llm import ModelPlanner


@dataclass(frozen=True)
class Consultation:
    """One question's dealings with a model. `nearness` of some words to a metric or field is a cosine."""

    client: ModelClient
    planner: ModelPlanner
    budget: QuestionBudget
    nearness: Callable[[str, str], float]
    narrates: bool = False  # whether a model may put our sentences in better words
    reviews: bool = True  # whether a model's reading is checked by a second look
    only_when_unsure: bool = False  # the embedded planner's sure readings are answered without a model
    ledger: ModelLedger = field(default_factory=ModelLedger)

    def use(self, rule: str = "", reason: str = "") -> ModelUse | None:
        """What the model was asked so far, summed up for the answer; None where it was not asked."""
        calls = self.ledger.calls
        if not calls:
            return None
        priced = [call.cost for call in calls if call.cost is not None]
        return ModelUse(
            model=calls[-1].model,
            requests=sum(call.attempts for call in calls),
            input_tokens=sum(call.input_tokens or 0 for call in calls),
            output_tokens=sum(call.output_tokens or 0 for call in calls),
            elapsed_ms=round(sum(call.elapsed_ms or 0.0 for call in calls), 2),
            cost=sum(priced) if priced else None,
            currency=next((call.currency for call in calls if call.currency), None),
            calls=calls,
            rule=rule,
            reason=reason,
        )
