"""Every kind of analysis that a plan may carry, told apart by `kind`."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from catalog.analyses.cause import CauseRequest
from catalog.analyses.forecast import ForecastRequest

AnalysisRequest = Annotated[CauseRequest | ForecastRequest, Field(discriminator="kind")]
