"""Which model, where, and how far its leash reaches."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from catalog.models import Frozen

StructuredBy = Literal["json_schema", "json_object", "prompt"]


class ModelSettings(Frozen):
    """One endpoint that speaks chat completions. Times in seconds, sizes in bytes, prices per million tokens."""

    name: str
    base_url: str | None = None  # None is OpenAI's own
    api_key: str | None = Field(default=None, repr=False)
    deadline_s: float = Field(default=20.0, gt=0)  # all model time of one question
    largest_reply_bytes: int = Field(default=262_144, ge=1_024)
    requests_per_step: int = Field(default=3, ge=1, le=3)
    requests_per_question: int = Field(default=12, ge=1, le=12)
    streams: bool = False
    structured_by: StructuredBy = "json_schema"
    temperature: float | None = None
    input_price: float | None = Field(default=None, ge=0)
    output_price: float | None = Field(default=None, ge=0)
    price_currency: str = "USD"

    def cost_of(self, input_tokens: int | None, output_tokens: int | None) -> float | None:
        """What tokens cost in `price_currency`; None where no price is set or no count is known."""
        if self.input_price is None or self.output_price is None or input_tokens is None or output_tokens is None:
            return None
        return (input_tokens * self.input_price + output_tokens * self.output_price) / 1_000_000
