"""Reads a question about the future that names no figure: "forecast the next 3 months". It is asked which one is meant."""

from __future__ import annotations

import re

from agent.planners.embedded import clarify
from agent.planners.embedded.strategy.what_if_reading import Asked
from catalog.models import Metric
from catalog.plan import Choice, Plan
from semantic_context.time_expressions import find_time_expressions

_FORECAST = re.compile(
    r"^(?:please )?(?:(?:make|give|show|run|do|create) (?:me |us )?(?:a |an |the |our )?)?(?:forecast|predict|project|prediction"
    r"|projection|outlook|what (?:is|does) the outlook|what to expect|what (?:can|should|do) we expect"
    r"|what (?:is|are) (?:coming|ahead)|what (?:will|would) (?:happen|come)|what (?:will|does|is)|how (?:will|does))\b"
    r"(?P<rest>.*)$",
    re.IGNORECASE,
)
_GLUE = re.compile(
    r"\b(?:the|for|in|over|of|to|our|us|business|look|looks|looking|like|be|bring|hold|happen|come|go|turn out|expect|things"
    r"|as a whole|and|going|everything)\b",
    re.IGNORECASE,
)
_AHEAD = re.compile(r"\b(?:next|coming|tomorrow|upcoming|rest of|remainder of|rest|remaining)\b", re.IGNORECASE)


def read_open_forecast(text: str, asked: Asked) -> Plan | None:
    """A question back with the figures that can be forecast; None where something is named beside the time."""
    found = _FORECAST.match(text.strip().rstrip("?!. "))
    if found is None or (asked.previous is not None and asked.previous.queries):
        return None
    rest = found["rest"]
    times = [item for item in find_time_expressions(rest, asked.as_of, asked.view.whole.calendar) if item.periods]
    when = ""
    for item in sorted(times, key=lambda item: -item.start):
        when = item.text.strip(" ,")
        rest = f"{rest[: item.start]} {rest[item.end :]}"
    asks_ahead = re.match(r"(?:forecast|predict|project|outlook)", text, re.IGNORECASE) or _AHEAD.search(when)
    if _GLUE.sub(" ", rest).strip(" ,") or not asks_ahead:
        return None
    choices = [
        Choice(label=metric.label, question=f"Forecast {metric.label} {_for(when)}".strip()) for metric in _good(asked)
    ]
    return clarify.asking("Which figure shall I forecast?", "ambiguous", choices)


def _for(when: str) -> str:
    """ "for the next 3 months"; "next quarter" stands by itself."""
    if not when:
        return ""
    return f"for {when}" if re.match(r"(?:the|rest|this|\d)", when, re.IGNORECASE) else f"for the {when}"


def _good(asked: Asked) -> list[Metric]:
    """What the business steers by: figures with a target first."""
    return list(clarify.leading_metrics(asked.view))[:5]
