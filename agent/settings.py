"""Settings from the environment (prefix PLUMBLINE_)."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import platformdirs
from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Everything the environment decides. Durations in seconds, memory in megabytes."""

    model_config = SettingsConfigDict(env_prefix="PLUMBLINE_", extra="ignore", frozen=True)

    home: Path = Field(default_factory=lambda: Path(platformdirs.user_data_dir("plumbline")))
    catalog: str = "novamart"
    database: Path | None = None  # default: the catalog's sample database in the home folder
    query_deadline_s: float = Field(default=30.0, gt=0)
    query_memory_mb: int = Field(default=2048, ge=64)
    query_rows: int = Field(default=10_000, ge=1)
    chat_port: int = Field(default=8000, ge=1, le=65535)
    model: str | None = None
    model_base_url: str | None = None
    model_api_key: str | None = Field(default=None, repr=False)  # else OPENAI_API_KEY
    model_deadline_s: float = Field(default=20.0, gt=0)  # all model time of one question
    model_stream: bool = False
    model_structured: Literal["json_schema", "json_object", "prompt"] = "json_schema"
    model_temperature: float | None = None
    model_input_price: float | None = Field(default=None, ge=0)  # per million tokens
    model_output_price: float | None = Field(default=None, ge=0)
    model_price_currency: str = "USD"
    model_use: Literal["always", "when_unsure"] = "always"
    model_narrates: bool = False  # whether it may put our sentences in other words
