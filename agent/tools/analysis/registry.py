"""Which tool answers which kind of analysis. A tool's libraries are imported when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

from agent.tools.analysis.desk import AnalysisDesk
from agent.tools.analysis.finding import Finding
from catalog.analyses.request import AnalysisRequest

# kind of request: module and function; the function takes (request, desk).
RUNNERS: dict[str, tuple[str, str]] = {
    "cause": ("agent.tools.analysis.causes.cause", "explain_change"),
    "driver_tree": ("agent.tools.analysis.causes.tree", "show_driver_tree"),
    "cohort": ("agent.tools.analysis.customers.cohorts", "follow_cohorts"),
    "came_back": ("agent.tools.analysis.customers.cohorts", "count_came_back"),
    "rfm": ("agent.tools.analysis.customers.rfm", "segment_by_rfm"),
    "funnel": ("agent.tools.analysis.customers.funnel", "follow_funnel"),
    "churn_risk": ("agent.tools.analysis.customers.churn_risk", "score_churn_risk"),
    "lifetime_value": ("agent.tools.analysis.customers.lifetime_value", "expect_lifetime_value"),
    "reorder": ("agent.tools.analysis.products.reorder", "advise_reorder"),
    "unusual_rate": ("agent.tools.analysis.products.unusual_rate", "find_unusual_rates"),
    "decision": ("agent.tools.analysis.decisions.saved_decisions", "run_decision"),
    "kept_forecast": ("agent.tools.analysis.decisions.kept_forecast", "run_kept_forecast"),
    "elasticity": ("agent.tools.analysis.elasticity.price_answers", "run_elasticity"),
    "price_point": ("agent.tools.analysis.elasticity.price_answers", "run_price_point"),
    "goal": ("agent.tools.analysis.scenario.what_it_takes", "run_goal"),
    "scenario": ("agent.tools.analysis.scenario.what_if", "run_scenario"),
    "rollup": ("agent.tools.analysis.rollup.rollup", "run_rollup"),
    "anomaly": ("agent.tools.analysis.anomaly.tool", "run_anomaly"),
    "quality": ("agent.tools.analysis.quality.tool", "run_quality"),
    "forecast": ("agent.tools.analysis.forecast.tool", "run_forecast"),
}


def run_analysis(request: AnalysisRequest, desk: AnalysisDesk) -> Finding:
    """What the request's tool finds. QueryError, PolicyRefusal and WarehouseError as its queries raise them."""
    module, function = RUNNERS[request.kind]
    run: Callable[[Any, AnalysisDesk], Finding] = getattr(import_module(module), function)
    return run(request, desk)
