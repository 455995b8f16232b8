"""People who came to things, where one figure counts them: the attendance of events, the participants of courses.

How many people attended events in 2025?                      how many Attendance in 2025
On average, how many people came to an event in 2025?         average Attendance per event in 2025
"""

from __future__ import annotations

import re

from agent.planners.embedded.counts import count_metrics, counted_thing
from agent.planners.embedded.known_figures import Known, label_of_the_only
from agent.planners.embedded.reach import base_datasets
from catalog.models import Metric
from semantic_context.words import phrase_key, tokenize

_MEAN = r"(?:,? ?\b(?:on average|in the mean|typically)\b,?)"
_CAME_TO = (
    r"(?:came|come|comes|went|turned up|showed up|turn up|show up) (?:to|at|for)|attended|attend|took part in|were at"
)
_CAME = re.compile(
    rf"(?P<mean>{_MEAN})? ?\bhow many (?:people|persons|individuals|participants|attendees)(?P<mean2>{_MEAN})? "
    rf"(?:have |has |had |did |do )?(?:{_CAME_TO})(?P<one> (?:an?|one|each|every)(?: single)?)?"
    r"(?: (?:the|our|all|all our|all the))? "
    rf"(?P<things>[^\W\d]+(?: [^\W\d]+)?)(?P<mean3>{_MEAN})?"
    r"(?=\s*(?:[,.;:?!]|$)|\s+(?:in|on|at|by|per|for|during|over|since|between|from|last|this|of)\b)",
    re.IGNORECASE,
)
_THEY_ATTENDED = re.compile(
    r"\bhow many (?:people|persons|individuals) (?:attended|took part|participated)(?=\s*(?:[,.;:?!]|$)|\s+(?:in (?:19|20)\d\d|last"
    r"|this|by|per)\b)",
    re.IGNORECASE,
)
_ATTENDING = frozenset("attendance attendee participant participation".split())


def people_at_things(text: str, known: Known) -> str:
    """The text with the figure in place of the verb, where exactly one counts those who came to such things."""

    def came(found: re.Match[str]) -> str:
        things = found["things"]
        named = known.datasets(things)
        figure = label_of_the_only(_attendances(known, {item.name for item in named}, things))
        mean = found["mean"] or found["mean2"] or found["mean3"]
        if len(named) != 1 or figure is None or (found["one"] and not mean):
            return found[0]
        if not mean:
            return f" how many {figure}"
        return f" average {figure} per {named[0].singular}" if found["one"] else found[0]

    def they_attended(found: re.Match[str]) -> str:
        figure = label_of_the_only(_attendances(known, set(known.view.datasets)))
        return f"how many {figure}" if figure else found[0]

    return " ".join(_THEY_ATTENDED.sub(they_attended, _CAME.sub(came, text)).split())


def _attendances(known: Known, datasets: set[str], things: str | None = None) -> list[Metric]:
    """The counts of those who came that are told by rows of these datasets, each row one of the things."""
    of = {token.base for token in tokenize(things)} if things else set()
    return [
        metric
        for metric in known.view.metrics.values()
        if metric.unit == "count"
        and not metric.is_state
        and base_datasets(known.view, metric.name) <= datasets
        and counted_thing(known.view, metric.name) is None
        and not any(metric.name in count_metrics(known.view, name) for name in datasets)
        and any(
            (words := set(phrase_key(name)) - of - {"number", "total", "of"}) and words <= _ATTENDING
            for name in (metric.label, *metric.words.synonyms)
        )
    ]
