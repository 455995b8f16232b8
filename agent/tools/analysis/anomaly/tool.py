"""The anomaly tool: unusual values, whether a period is normal, when a level changed."""

from __future__ import annotations

from agent.tools.analysis.anomaly.changes import find_changes
from agent.tools.analysis.anomaly.normal import judge_period
from agent.tools.analysis.anomaly.search import search_unusual
from agent.tools.analysis.desk import AnalysisDesk
from agent.tools.analysis.finding import Finding
from catalog.analyses.anomaly import AnomalyRequest


def run_anomaly(request: AnomalyRequest, desk: AnalysisDesk) -> Finding:
    """What is out of the ordinary, with what was searched; asks back where the history is too short to tell."""
    if request.asked == "normal":
        return judge_period(request, desk)
    if request.asked == "change":
        return find_changes(request, desk)
    return search_unusual(request, desk)
