"""Figures without a time are as the data stand: they are given for now, and never under the heading of a period."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from agent.planners.embedded.draft import Draft
from agent.planners.embedded.parts import UnsupportedError
from agent.planners.embedded.periods import ChosenPeriod
from agent.tools.compile import metric_time

_NOW = "as it is now"


def as_it_stands(draft: Draft, metrics: tuple[str, ...], chosen: ChosenPeriod, as_of: dt.date) -> ChosenPeriod:
    """The period as chosen; none at all where no figure has a time and the question asks for now, or for no time."""
    timeless = bool(metrics) and not any(metric_time(draft.view, name) for name in metrics)
    if not timeless or chosen.period is None or _is_compared(draft):
        return chosen
    if chosen.defaulted:
        return replace(chosen, period=None, words=_NOW, defaulted=False)
    return replace(chosen, period=None, words=_NOW) if _means_now(draft, as_of) else chosen


def require_time(draft: Draft, metrics: tuple[str, ...], chosen: ChosenPeriod, as_of: dt.date) -> None:
    """A figure that is only known as it is now is not given for another time, be it one that ends today."""
    if chosen.defaulted or chosen.period is None or (_means_now(draft, as_of) and not _is_compared(draft)):
        return
    for name in metrics:
        if not metric_time(draft.view, name):
            label = draft.view.whole.metric_by_name[name].label
            raise UnsupportedError(f"{label} is only known as it is now, not for {chosen.words}.")


def of_things_as_they_are(draft: Draft) -> bool:
    """ "Which chairs are currently not in service": values of things without a time, told by how they are now."""
    named = {meaning.name.partition(".")[0] for slot in draft.groups for meaning in slot.candidates[:1]}
    timeless = all((known := draft.view.datasets.get(name)) is not None and known.time_field is None for name in named)
    return bool(named and draft.filters) and timeless and _means_now(draft, draft.as_of) and not _is_compared(draft)


def _means_now(draft: Draft, as_of: dt.date) -> bool:
    """ "Now", "today", "as of" the last day, "up to now": not "this year", though it ends today too."""
    time = draft.time
    if time.period is None:
        return time.as_of is not None and (time.as_of.moment or as_of) == as_of
    return time.period.start is None and time.period.end == as_of + dt.timedelta(days=1)


def _is_compared(draft: Draft) -> bool:
    time = draft.time
    return bool(time.compare or time.compare_expressions) or time.as_of_before is not None
