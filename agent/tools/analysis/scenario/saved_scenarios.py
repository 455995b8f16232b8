"""Scenarios kept by name, and set beside one that is asked now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from agent.errors import QueryError
from agent.stores.decisions import Expectation, SavedDecision, decision_name
from agent.tools.analysis.desk import AnalysisDesk
from agent.tools.analysis.scenario.movable_levers import listed, movable
from agent.tools.analysis.scenario.scenario_tables import OutcomeEstimate
from agent.tools.present.number_format import format_number
from catalog.analyses.scenario import GoalRequest, LeverChange, ScenarioRequest
from catalog.query import Period

LEVEL = 0.9


def keep(
    request: ScenarioRequest | GoalRequest, summary: str, estimates: Sequence[OutcomeEstimate], desk: AnalysisDesk
) -> str:
    """Saves what was computed under its name, and gives the sentence that says so."""
    assert request.name is not None
    try:
        name = decision_name(request.name)
    except ValueError as error:
        raise QueryError(f"it cannot be saved: {error}") from error
    if not desk.keeps:
        return ""
    period = request.ahead or request.period or Period(end=desk.as_of + dt.timedelta(days=1))
    desk.decisions.save(
        SavedDecision(
            name=name,
            kind=request.kind,
            question=request.question,
            as_of=desk.as_of,
            saved_at=dt.datetime.now(dt.UTC),
            request=request.model_dump(mode="json"),
            summary=summary,
            expectations=tuple(
                Expectation(
                    metric=item.metric,
                    period=period,
                    where=request.where,
                    value=item.scenario,
                    low=item.low,
                    high=item.high,
                    level=None if item.low is None else LEVEL,
                    baseline=item.baseline,
                )
                for item in estimates
            ),
        )
    )
    return f"Saved as “{name}”."


def scenario_request(saved: SavedDecision) -> ScenarioRequest:
    """The request of a saved scenario. QueryError for something else, or one that this version cannot read."""
    if saved.kind != "scenario":
        raise QueryError(f"“{saved.name}” is a {saved.kind}, no scenario")
    try:
        return ScenarioRequest.model_validate(saved.request)
    except ValueError as error:
        raise QueryError(f"“{saved.name}” was saved in a form that is not read any more; compute it anew") from error


def changes_in_words(changes: Sequence[LeverChange], desk: AnalysisDesk) -> str:
    """ "prices +5 %, ad spend -10 %", or "conversion rate at 4 %"."""
    words = []
    for change in changes:
        lever = movable(desk.view, change.lever)
        if change.change == "relative":
            words.append(f"{lever.label} {'+' if change.value >= 0 else ''}{format_number(change.value, 'fraction')}")
        elif change.change == "absolute":
            sign = "+" if change.value >= 0 else ""
            words.append(f"{lever.label} {sign}{format_number(change.value, lever.metric.unit)}")
        else:
            words.append(f"{lever.label} at {format_number(change.value, lever.metric.unit)}")
    return listed(words)


def saved_named(name: str, desk: AnalysisDesk) -> SavedDecision:
    """What the user saved under a name; QueryError that lists the names there are."""
    found = desk.decisions.find(name)
    if found is None:
        names = [f"“{item.name}”" for item in desk.decisions.saved()]
        there = (
            f"saved are {listed(names)}" if names else "nothing is saved yet; say “save this as ...” after a scenario"
        )
        raise QueryError(f"nothing is saved as “{name}”; {there}")
    return found
