"""Every kind of analysis that a plan may carry, told apart by `kind`."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from catalog.analyses.anomaly import AnomalyRequest
from catalog.analyses.cause import CauseRequest
from catalog.analyses.churn_risk import ChurnRiskRequest
from catalog.analyses.cohort import CameBackRequest, CohortRequest
from catalog.analyses.decision import DecisionRequest, KeptForecastRequest
from catalog.analyses.driver_tree import DriverTreeRequest
from catalog.analyses.forecast import ForecastRequest
from catalog.analyses.funnel import FunnelRequest
from catalog.analyses.lifetime_value import LifetimeValueRequest
from catalog.analyses.price import ElasticityRequest, PricePointRequest
from catalog.analyses.quality import QualityRequest
from catalog.analyses.reorder import ReorderRequest
from catalog.analyses.rfm import RfmRequest
from catalog.analyses.rollup import RollupRequest
from catalog.analyses.scenario import GoalRequest, ScenarioRequest
from catalog.analyses.unusual_rate import UnusualRateRequest

AnalysisRequest = Annotated[
    CauseRequest
    | DriverTreeRequest
    | ForecastRequest
    | AnomalyRequest
    | QualityRequest
    | CohortRequest
    | CameBackRequest
    | RfmRequest
    | FunnelRequest
    | ChurnRiskRequest
    | LifetimeValueRequest
    | ReorderRequest
    | RollupRequest
    | UnusualRateRequest
    | ScenarioRequest
    | GoalRequest
    | DecisionRequest
    | KeptForecastRequest
    | ElasticityRequest
    | PricePointRequest,
    Field(discriminator="kind"),
]
