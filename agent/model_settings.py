"""From the environment's settings to a model's leash."""

from __future__ import annotations

import os
from urllib.parse import urlsplit

from agent.models.settings import ModelSettings
from agent.settings import Settings
from catalog.errors import UsageError


def model_settings(settings: Settings) -> ModelSettings:
    """The endpoint that PLUMBLINE_MODEL and its like name. UsageError for an address that is none."""
    assert settings.model, "asked for only where a model is set"
    base_url = settings.model_base_url or None
    if base_url is not None:
        parts = urlsplit(base_url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise UsageError(
                f"PLUMBLINE_MODEL_BASE_URL must be an address such as http://localhost:8000/v1, not {base_url!r}"
            )
    return ModelSettings(
        name=settings.model,
        base_url=base_url,
        api_key=settings.model_api_key or os.environ.get("OPENAI_API_KEY") or None,
        deadline_s=settings.model_deadline_s,
        streams=settings.model_stream,
        structured_by=settings.model_structured,
        temperature=settings.model_temperature,
        input_price=settings.model_input_price,
        output_price=settings.model_output_price,
        price_currency=settings.model_price_currency,
    )
