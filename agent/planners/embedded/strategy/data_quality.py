"""Questions about the data themselves: "is the data fresh?", "any data quality problems in orders?"."""

from __future__ import annotations

import re

from agent.planners.embedded.cues import Cue
from agent.planners.embedded.strategy.reading import StrategyReading
from agent.tools.analysis.quality.flags import datasets_of
from catalog.analyses.quality import QualityRequest
from catalog.plan import Plan
from catalog.query import MetricQuery, MetricUse

_FRESH = re.compile(
    r"\b(?:fresh|freshness|up[ -]to[ -]date|stale|current|how old|last (?:load|update|refresh)\w*)\b", re.IGNORECASE
)


def read_quality(reading: StrategyReading) -> Plan | None:
    """The plan of a question about the data's quality; None for any other. A time that it names is not a filter here."""
    draft = reading.draft
    if Cue.QUALITY not in reading.asks:
        return None
    view = reading.view
    named: list[str] = []
    for item in draft.items:
        named += [meaning.name for meaning in item.of("dataset") if meaning.name in view.datasets]
    for slot in draft.metrics:
        query = MetricQuery(metrics=(MetricUse(metric=slot.candidates[0].name),))
        named += sorted(datasets_of(view, query) & set(view.datasets))
    datasets = tuple(dict.fromkeys(named))
    fresh = bool(_FRESH.search(draft.question))
    request = QualityRequest(datasets=datasets, asked="fresh" if fresh else "all")
    of = ", ".join(view.datasets[name].label for name in datasets) or "all the data"
    return Plan(
        shape="quality",
        analysis=request,
        interpretation=f"{'How fresh' if fresh else 'How sound'} the data are: {of}",
    )
