"""Reads how many things did something how often: "how many customers ordered once, twice, three times and so on in May"; "how
many members have how many loans" is the number of members by the number of loans."""

from __future__ import annotations

import re

from agent.planners.embedded.members.context import MemberReading, is_answer
from agent.planners.embedded.members.population import Population, population
from agent.planners.embedded.members.related import Related, related_rows
from agent.planners.embedded.members.wording import Wording
from catalog.plan import Plan

_THINGS = r"(?:how\s+many|(?:the\s+)?number\s+of)\s+(?P<things>(?:(?!who\b|that\b)[\w-]+\s+){1,3}?)(?:(?:who|that)\s+)?"
_TIMES = r"(?:\d+|three|four|five|six)\s+times"
_SO_OFTEN = re.compile(
    rf"^{_THINGS}(?P<verb>[a-z]+)\s+once,?\s+(?:and\s+|or\s+)?twice(?P<more>(?:,?\s*(?:and\s+|or\s+)?{_TIMES}(?:\s+or\s+more)?)*)"
    r"(?P<on>,?\s*(?:and\s+so\s+on|and\s+so\s+forth|etc\.?|and\s+more|or\s+more(?:\s+often)?))?(?P<rest>(?:\s+.*)?)$",
    re.IGNORECASE,
)
_HOW_MANY_OF = re.compile(
    rf"^{_THINGS}(?:have|has|had|placed|made|took)\s+how\s+many\s+(?P<noun>[\w-]+)(?P<rest>(?:\s+.*)?)$", re.IGNORECASE
)
_AS_THAT = re.compile(
    r"[?.,;:]*\s*(?:(?:as|show)\s+)?(?:an?\s+|the\s+)?(?:distribution|histogram|breakdown)(?:\s+(?:please|pls))?$",
    re.IGNORECASE,
)


def read_spread(question: str, reading: MemberReading) -> Plan | None:
    """The number of things by how often they did something; None for any other question, or where that is not plain."""
    text = _AS_THAT.sub("", question.strip().rstrip(" ?!.")).strip().rstrip(" ?!.,;")
    often = _SO_OFTEN.match(text)
    if often is not None and (often["more"] or often["on"]):
        noun = _number_of_times(often["things"].strip(), often["verb"], reading)
        found: re.Match[str] | None = often
    else:
        found = _HOW_MANY_OF.match(text)
        noun = found["noun"] if found is not None else None
    if found is None or noun is None:
        return None
    plan = reading.plain(f"number of {found['things'].strip()} by number of {noun}{found['rest']}")
    rolled = plan.analysis is not None and plan.analysis.kind == "rollup"
    return plan if is_answer(plan) and rolled else None


def _number_of_times(things: str, verb: str, reading: MemberReading) -> str | None:
    """What the figure is called that counts how often each of the things did so."""
    whole = f"how many {things}"
    of = population(whole, reading)
    if not isinstance(of, Population) or not of.keys(reading.view):
        return None
    found = related_rows(Wording(whole, verb=verb, operator="gt", count=1), of, reading)
    return reading.view.metrics[found.held.metric].label if isinstance(found, Related) else None
