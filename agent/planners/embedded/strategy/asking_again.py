"""Follow-ups that change only the rows, the period or the split of an analysis: the same analysis is asked again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from agent.planners.embedded.cues import ANALYSIS_CUES, Cue
from agent.planners.embedded.interpret import describe_condition, field_words
from agent.planners.embedded.strategy.causes import read_cause
from agent.planners.embedded.strategy.churn_risk import read_churn_risk
from agent.planners.embedded.strategy.cohorts import read_cohorts
from agent.planners.embedded.strategy.forecasts import read_forecast
from agent.planners.embedded.strategy.funnels import read_funnel
from agent.planners.embedded.strategy.lifetime_value import read_lifetime_value
from agent.planners.embedded.strategy.products import read_reorder, read_unusual_rate
from agent.planners.embedded.strategy.reading import StrategyReader, StrategyReading
from agent.planners.embedded.strategy.rfm import read_rfm
from agent.planners.embedded.strategy.selection import SHAPING
from catalog.analyses.request import AnalysisRequest
from catalog.plan import Plan
from catalog.query import Period
from semantic_context.time_expressions import describe_period

# By kind: the word that asks for it, its reader, and its fields that a period and a split decide.
_AGAIN: Mapping[str, tuple[Cue, StrategyReader, tuple[str, ...], tuple[str, ...]]] = {
    "cause": (Cue.WHY, read_cause, ("period", "baseline"), ("dimensions",)),
    "forecast": (Cue.FORECAST, read_forecast, ("period", "grain"), ("group_by",)),
    "cohort": (Cue.COHORT, read_cohorts, ("cohorts",), ()),
    "rfm": (Cue.RFM, read_rfm, ("period",), ()),
    "funnel": (Cue.FUNNEL, read_funnel, ("period",), ("dimension",)),
    "churn_risk": (Cue.CHURN_RISK, read_churn_risk, (), ("dimension", "show")),
    "lifetime_value": (Cue.LIFETIME, read_lifetime_value, (), ("dimension",)),
    "reorder": (Cue.REORDER, read_reorder, (), ()),
    "unusual_rate": (Cue.UNUSUAL, read_unusual_rate, ("period",), ("thing", "peers")),
}
_NOW = "; now "


def asked_again(reading: StrategyReading) -> Plan | None:
    """The plan before with the rows, period or split that this question names; a question back where they do not go with
    it; None where another thing is asked, or the analysis has no like for it."""
    before = reading.previous.analysis if reading.previous is not None else None
    if reading.previous is None or before is None or before.kind not in _AGAIN or not changes_only(reading):
        return None
    cue, read, of_period, of_split = _AGAIN[before.kind]
    names_period, names_split = _names_period(reading), any(slot.item >= 0 for slot in reading.draft.groups)
    asking = replace(reading.draft, asks={*reading.draft.asks, cue}, time=replace(reading.draft.time))
    fresh = read(replace(reading, draft=asking, again=before))
    if fresh is None or fresh.clarification is not None:
        return fresh
    if fresh.analysis is None or fresh.analysis.kind != before.kind:
        return None
    taken = ("where", *(of_period if names_period else ()), *(of_split if names_split else ()))
    changed = before.model_copy(update={name: getattr(fresh.analysis, name) for name in taken})
    stem = reading.previous.interpretation.partition(_NOW)[0].partition(" (kept from before")[0]
    words = _change_words(reading, changed, names_period=names_period, names_split=names_split)
    return fresh.model_copy(
        update={"analysis": changed, "interpretation": f"{stem}{_NOW}{words}", "shape": reading.previous.shape}
    )


def changes_only(reading: StrategyReading) -> bool:
    """Whether a follow-up names no figure and asks for no other kind of work: rows, a period, a split."""
    draft = reading.draft
    new_order = draft.ranking is not None and draft.ranking.item >= 0
    new_steps = draft.time.part is not None or draft.time.open_grain or draft.rolling is not None
    if "metric" not in reading.kept or draft.asks & (SHAPING | ANALYSIS_CUES) or new_order or new_steps or draft.bounds:
        return False
    named = [slot.item for slot in draft.groups] + [slot.item for slot in draft.filters]
    return _names_period(reading) or any(item >= 0 for item in named)


def _names_period(reading: StrategyReading) -> bool:
    time = reading.draft.time
    return "period" not in reading.kept and (time.period is not None or bool(time.periods) or time.as_of is not None)


def _change_words(reading: StrategyReading, changed: AnalysisRequest, *, names_period: bool, names_split: bool) -> str:
    values: dict[str, Any] = dict(changed)
    words: list[str] = []
    if values.get("where") is not None:
        words.append("where " + describe_condition(values["where"], reading.view))
    if names_period:
        periods = [values[name] for name in ("period", "cohorts") if isinstance(values.get(name), Period)]
        words += [describe_period(period, reading.as_of) for period in periods[:1]]
        if isinstance(values.get("baseline"), Period):
            words.append(f"against {describe_period(values['baseline'], reading.as_of)}")
    if names_split:
        fields = [values.get("dimension"), values.get("thing"), *values.get("group_by", ())]
        names = [item.field for item in fields if item is not None] + list(values.get("dimensions", ()))
        words += [f"by {field_words(reading.view, name)}" for name in names]
    return ", ".join(words) or "for all"
