"""What a question says before the figure that it asks for, and leans on: of which things it is, or of which time.

Of the invoices issued in May, how much is still owed?     how much is still owed of invoices issued in May
For the fines we charged in 2025, what was the recovery rate?   what was the recovery rate in 2025
Same for the year before (behind a question for 2025)      same for 2024
"""

from __future__ import annotations

import datetime as dt
import re

from agent.planners.embedded.counts import count_metrics
from agent.planners.embedded.known_figures import Known
from agent.planners.embedded.reach import base_datasets, pointed_at
from catalog.durations import Duration, TimeGrain
from catalog.plan import Plan
from semantic_context.time_expressions import describe_period, find_time_expressions, shift_period, unit_of

_OF_THEM = re.compile(
    r"^(?:out of|of|for|on) (?:(?:all|the|our) )*(?P<things>[^\W\d][\w'’-]*(?: [^\W\d][\w'’-]*)?)"
    r"(?: (?:(?:that|which) )?(?:(?:were|was|we|have|had|been|we have) )*(?P<did>[^\W\d]+ed|made|sent|sold|given|paid|taken))?"
    r" (?P<when>(?:in|during|since|on|of|from|last|this|between) [^,?.!;]+), "
    r"(?P<asks>(?:how much|what (?:was|is|were|are)) [^?]+)(?P<end>\??)$",
    re.IGNORECASE,
)
_SAME_BEFORE = re.compile(
    r"^(?:and )?(?:(?:the )?same(?: thing| again)?|again) (?:for|in) the (?P<unit>year|quarter|month|week) before[.?! ]*$",
    re.IGNORECASE,
)
_DURATIONS = {
    "year": Duration(count=1, grain=TimeGrain.YEAR),
    "quarter": Duration(count=1, grain=TimeGrain.QUARTER),
    "month": Duration(count=1, grain=TimeGrain.MONTH),
    "week": Duration(count=1, grain=TimeGrain.WEEK),
}


def figure_of_them(text: str, known: Known, as_of: dt.date) -> str:
    """The text with the time behind the one figure asked for, where the things before it are the rows of that figure."""
    found = _OF_THEM.match(text)
    if found is None or not any(item.periods for item in find_time_expressions(found["when"], as_of)):
        return text
    if any(item.periods for item in find_time_expressions(found["asks"], as_of)):
        return text
    things = {dataset.name for dataset in known.datasets(found["things"])}
    things |= {
        dataset
        for meaning in known.phrases.means(found["things"])
        if meaning.kind == "metric"
        for dataset in base_datasets(known.view, meaning.name)
        if meaning.name in count_metrics(known.view, dataset)
    }
    asked = _figures_asked(found["asks"], known)
    rows = [base_datasets(known.view, name) for name in asked]
    if len(asked) != 1 or not all(things & pointed_at(known.view, bases) for bases in rows):
        return text
    return f"{found['asks']} {found['when']}{found['end']}"


def _figures_asked(asks: str, known: Known) -> set[str]:
    """The figures that the words which ask name, the longest names first."""
    words = re.findall(r"[^\W_][\w'’-]*", asks)
    for length in range(min(len(words), 5), 0, -1):
        named = {
            meaning.name
            for first in range(len(words) - length + 1)
            for meaning in known.phrases.means(" ".join(words[first : first + length]))
            if meaning.kind == "metric" and meaning.how in ("name", "synonym")
        }
        if named:
            return named
    return set()


def time_before_said(text: str, previous: Plan | None, as_of: dt.date) -> str:
    """ "Same for the year before": the figure of that year alone, not this one's beside it."""
    found = _SAME_BEFORE.match(text)
    if found is None or previous is None or len(previous.queries) != 1:
        return text
    period = previous.queries[0].query.period
    unit = found["unit"].casefold()
    if period is None or (of := unit_of(period)) is None:
        return text
    if unit != of.value and not (unit == "year" and of in (TimeGrain.QUARTER, TimeGrain.MONTH)):
        return text
    return f"same for {describe_period(shift_period(period, _DURATIONS[unit]), as_of)}"
