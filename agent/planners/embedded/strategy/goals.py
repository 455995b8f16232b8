"""Reads "what would it take": the figure, the value to reach, and the levers to reach it by."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from agent.planners.embedded import clarify
from agent.planners.embedded.periods import usual_period
from agent.planners.embedded.strategy.lever_words import NamedLever
from agent.planners.embedded.strategy.times_ahead import TimeAhead, without_time_ahead
from agent.planners.embedded.strategy.what_if_reading import Asked, PlainOutcome, plain_outcome
from agent.tools.analysis.scenario.preparation import can_move, levers_that_move
from agent.tools.present.number_format import format_number
from catalog.analyses.scenario import GoalRequest
from catalog.models import Metric
from catalog.plan import Choice, NamedQuery, Plan
from semantic_context.numbers import NumberExpression, find_numbers
from semantic_context.time_expressions import find_time_expressions

Comparison = Literal[">=", "<=", "="]
_REACH = (
    r"reach|hit|get to|get|meet|achieve|bring|have|be at|be|attain|make|come to|arrive at|get back to|return to|exceed"
    r"|beat|see|deliver"
    r"|close the gap to|close the gap on|close"
)
_MOVE = r"raise|lift|increase|grow|push|boost|improve|lower|reduce|cut|decrease|drop|move|take|drive|keep|shrink"
_FORMS: tuple[re.Pattern[str], ...] = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"^what (?:would|will|does|could|might) it take (?:for us |for the business )?(?:to |for"
        rf" )(?:(?P<verb>{_REACH}|{_MOVE}) )?(?P<rest>.+)$",
        rf"^what (?:do|would|must|should|can|could) (?:we|i) (?:need to |have to )?(?:do|change|improve)(?: in order)?"
        rf" to (?P<verb>{_REACH}|{_MOVE})"
        r" (?P<rest>.+)$",
        rf"^what (?:needs|has|would need|would have) to (?:happen|change|be done)(?: for us)?(?: in order)? (?:to"
        rf" (?P<verb>{_REACH}|{_MOVE}) |for )"
        r"(?P<rest>.+)$",
        rf"^what (?:is|would be|'s) (?:needed|required|necessary) (?:for us )?to (?P<verb>{_REACH}|{_MOVE}) (?P<rest>.+)$",
        rf"^how (?:do|can|could|would|should|might|will) (?:we|i|one) (?:ever |actually |best )?(?P<verb>{_REACH}"
        rf"|{_MOVE}) (?P<rest>.+)$",
        rf"^what (?:do|would|will) (?:we|i) need(?: in order)? to (?P<verb>{_REACH}|{_MOVE}) (?P<rest>.+)$",
        rf"^how to (?P<verb>{_REACH}|{_MOVE}) (?P<rest>.+)$",
        rf"^how (?:many|much) (?P<more>more|fewer|less|additional|extra|higher|lower)?\s*(?P<lever>.+?) (?:do|would"
        rf"|will|must|should) (?:we|i) "
        rf"(?:need|require|have to have)(?: in order)?(?: to (?P<verb>{_REACH}|{_MOVE})| for)? (?P<rest>.+)$",
        rf"^(?:what|which|how (?:big|large|much) an?) (?P<lever>.+?) (?:would|will|could|might|does) it take"
        rf"(?: for us)?(?: in order)?(?: to (?P<verb>{_REACH}|{_MOVE})| for) (?P<rest>.+)$",
        rf"^(?:what|which) (?P<lever>.+?) (?:do|would|will|must|should) (?:we|i) (?:need|require|have to have)(?: in order)?"
        rf"(?: to (?P<verb>{_REACH}|{_MOVE})| for)? (?P<rest>.+)$",
        rf"^(?:what|which) (?P<lever>.+?) (?:is|would be|are|would) (?:needed|required|necessary|take|get us)(?:"
        rf" us)?(?: to (?P<verb>{_REACH}|{_MOVE})"
        r"| for| to)? (?P<rest>.+)$",
        rf"^(?:by )?how (?:much|far) (?:must|should|would|do|does|will|has|have) (?P<lever>.+?) (?:(?:need|have|has) to )?"
        rf"(?:rise|grow|go up|increase|fall|drop|go down|decrease|change|improve|move|be)(?: in order)?(?: (?:for us"
        rf" )?to (?P<verb>{_REACH}|{_MOVE})| for) "
        r"(?P<rest>.+)$",
        rf"^(?:how high|how low|where|what) (?:must|should|would|does) (?P<lever>.+?) (?:(?:need|have) to )?be (?:in"
        rf" order )?(?:to (?P<verb>{_REACH}|{_MOVE})"
        r"|for) (?P<rest>.+)$",
        r"^(?:goal[- ]?seek|solve)(?: for)? (?P<rest>.+)$",
    )
)
_LEVERS = re.compile(
    r"\s+(?:(?:only |just |solely )?(?:by|through|via) (?:only |just )?(?:moving|changing|adjusting|using|pulling"
    r"|raising|increasing|lifting|lowering|cutting"
    r"|reducing|growing|improving|boosting)|(?:only |just )?(?:with|using|through)(?: only| just)?)\s+(?P<levers>.+)$",
    re.IGNORECASE,
)
_TARGET = re.compile(
    r"\b(?:the|our|its|their|my)?\s*(?:targets?|goals?|objectives?|target value)\b(?:\s+(?:for|of|in|on)\b)?",
    re.IGNORECASE,
)
_BELOW = re.compile(
    r"\b(?:below|under|less than|at most|no more than|not more than|or less|or lower|maximum|down to)\b", re.IGNORECASE
)
_ABOVE = re.compile(
    r"\b(?:above|over|more than|at least|no less than|or more|or higher|minimum|beyond|past|up to)\b", re.IGNORECASE
)
_RELATIVE = re.compile(
    r"\b(?:by|up|down|another)\s*$|^\s*(?:more|higher|lower|less|fewer|growth|increase|up|down)\b", re.IGNORECASE
)
_GLUE = re.compile(
    r"\b(?:of|to|at|in|a|an|by|the|our|down|up|back|value|level|from|for|worth|is|was|be|us|again)\b|\b(?:below|under"
    r"|above|over|at least|at most|less than"
    r"|more than|more|or less|or more|up to|down to|past|beyond)\b",
    re.IGNORECASE,
)
# "what price increase do we need": the change of a lever names the lever.
_CHANGE_OF = re.compile(
    r"\s+(?:increases?|rises?|hikes?|uplifts?|cuts?|reductions?|decreases?|drops?|changes?|growth|improvements?)$",
    re.IGNORECASE,
)
_TOWARDS = re.compile(r"^(?:raise|lift|increase|grow|boost|improve|lower|reduce|cut|decrease)$", re.IGNORECASE)
_FALLING = re.compile(r"^(?:lower|reduce|cut|decrease|drop|shrink)$", re.IGNORECASE)


@dataclass(frozen=True)
class _Target:
    """The value to reach (None: the catalog's), or a growth, and which side is good; the words that name the figure."""

    outcome: str
    value: NumberExpression | None
    growth: float | None
    comparison: Comparison | None
    is_implied: bool = False  # "how can we improve conversion": to its target, where it has one


def read_goal(text: str, asked: Asked) -> Plan | None:
    """The plan of a question that asks what it takes to reach a value; None where it asks for none."""
    match = next((found for form in _FORMS if (found := form.match(text.strip().rstrip("?!. ")))), None)
    if match is None:
        return None
    groups = match.groupdict()
    verb, rest = (groups.get("verb") or "").lower(), groups["rest"]
    rest, deadline = without_time_ahead(rest, asked)
    rest, levers, unknown = _levers(rest, groups.get("lever"), asked)
    target = _target(rest, verb, asked)
    if target is None:
        return None
    if unknown is not None:
        known = ", ".join(lever.label for lever in asked.levers.levers())
        there = f" Levers here: {known}." if known else ""
        return clarify.asking(f"I know no lever called “{unknown}”.{there}", "unknown_word", (), (unknown,))
    return _plan(target, levers, deadline, asked)


def _levers(rest: str, named: str | None, asked: Asked) -> tuple[str, tuple[NamedLever, ...], str | None]:
    """The question without its levers, the levers, and words that name none."""
    texts: list[str] = []
    if named is not None:
        texts.append(named)
    tail = _LEVERS.search(rest)
    if tail is not None and not find_numbers(tail["levers"]):
        texts += re.split(r"\s*(?:,\s*(?:and\s+)?|\s+and\s+|\s+or\s+)\s*", tail["levers"])
        rest = rest[: tail.start()]
    found: list[NamedLever] = []
    for text in texts:
        levers = asked.levers.find(text) or asked.levers.find(_CHANGE_OF.sub("", text))
        if not levers:
            return rest, (), text
        found.append(levers[0])
    return rest, tuple(found), None


def _target(rest: str, verb: str, asked: Asked) -> _Target | None:
    found = find_time_expressions(rest, asked.as_of, asked.view.whole.calendar)
    times = [item for item in found if item.periods]  # the M of "18M" is no month
    numbers = [
        number
        for number in find_numbers(rest)
        if not any(time.start < number.end and number.start < time.end for time in times)
    ]
    names_target = _TARGET.search(rest) is not None
    comparison: Comparison | None = "<=" if _BELOW.search(rest) else ">=" if _ABOVE.search(rest) else None
    implied = not numbers and not names_target
    if len(numbers) > 1 or (implied and not _TOWARDS.match(verb)):
        return None
    if not numbers:
        words = _TARGET.sub(" ", rest)
        return _Target(_tidy(words), None, None, comparison, is_implied=implied)
    number = numbers[0]
    before, after = rest[: number.start], rest[number.end :]
    growth = None
    moves = bool(re.fullmatch(_MOVE, verb)) and not re.search(r"\b(?:to|at)\s*$", before)
    if (
        number.unit == "percent"
        and (_RELATIVE.search(before) or _RELATIVE.search(after))
        and not re.search(r"\b(?:to|below|above|under|over)\s*$", before)
    ):
        falls = (
            bool(_FALLING.match(verb))
            or re.search(r"\bdown\b|\blower\b|\bless\b|\bfewer\b", f"{before} {after}") is not None
        )
        growth = float(number.value) / 100 * (-1 if falls else 1)
    elif number.unit == "percent" and moves and not _BELOW.search(before) and not _ABOVE.search(before):
        growth = float(number.value) / 100 * (-1 if _FALLING.match(verb) else 1)
    words = f"{before[:-24]}{_GLUE.sub(' ', before[-24:])} {_GLUE.sub(' ', after[:16])}{after[16:]}"
    if names_target:
        words = _TARGET.sub(" ", words)
    return _Target(_tidy(words), number, growth, comparison)


def _tidy(words: str) -> str:
    words = re.sub(r"\s+", " ", words).strip(" ,.;:")
    words = re.sub(
        r"^(?:(?:our|the|a|an|of|in|for|to|on|us|back)\s+)+|(?:\s+(?:our|the|a|an|of|in|for|to|on|at|by|and))+$",
        "",
        words,
    )
    return "" if words.lower() in ("our", "the", "us", "it", "that", "this", "them", "and", "a") else words


def _plan(target: _Target, levers: tuple[NamedLever, ...], deadline: TimeAhead | None, asked: Asked) -> Plan | None:
    outcome: PlainOutcome | Plan
    figures = frozenset(lever.metric.name for lever in levers)
    defaults = () if target.outcome else _unnamed(target, figures, asked)
    if not target.outcome and not defaults:
        return _no_target(None, asked)
    outcome = plain_outcome(target.outcome, (), asked, defaults)
    if isinstance(outcome, Plan):
        return None if target.is_implied else outcome
    query = outcome.plan.queries[0].query
    name = outcome.metrics[0]
    metric = asked.view.metrics[name]
    if target.is_implied and (metric.target is None or len(outcome.metrics) > 1 or query.group_by):
        return None
    if len(outcome.metrics) > 1 and target.outcome:
        labels = [asked.view.metrics[item].label for item in outcome.metrics]
        choices = [Choice(label=label, question=f"What would it take to reach our {label} target?") for label in labels]
        return clarify.asking("Which one shall reach its target?", "ambiguous", choices)
    if query.group_by or query.limit is not None:
        return clarify.asking("I seek one figure's target at a time: of the whole, or of which group?", "unsupported")
    value = None if target.value is None or target.growth is not None else _in_unit(target.value, metric)
    if target.value is not None and target.growth is None and value is None:
        return clarify.asking(f"{metric.label} is no figure of that kind: which value shall it reach?", "unsupported")
    if target.value is None and metric.target is None:
        return _no_target(metric, asked)
    fixed = [lever for lever in levers if not can_move(asked.view, name, frozenset({lever.metric.name}))]
    if fixed:
        near = [lever.label for lever in levers_that_move(asked.view, name)][:5]
        there = f" What can move it: {', '.join(near)}." if near else ""
        names = " and ".join(lever.label for lever in fixed)
        return clarify.asking(f"I have no grounds for what {names} would do to {metric.label}.{there}", "unsupported")
    period = query.period
    words = outcome.plan.interpretation
    if deadline is not None:
        period = deadline.measured_in(usual_period(asked.view, name, asked.as_of) or period, asked.as_of)
        words = deadline.told(words, period, asked.as_of)
    request = GoalRequest(
        metric=name,
        target=value,
        growth=target.growth,
        comparison=target.comparison,
        levers=tuple(lever.name for lever in levers),
        period=period,
        where=query.where,
        ahead=deadline.as_measured(period) if deadline is not None else None,
        by=deadline.last_day if deadline is not None else None,
        name=asked.name,
        question=asked.question,
    )
    return Plan(
        shape="goal",
        analysis=request,
        queries=(NamedQuery(name="answer", query=query),),
        interpretation=f"What it would take: {words}, {_aim(target, value, metric)}"
        + (f" {deadline.words(asked.as_of)}" if deadline is not None else "")
        + (f", by {' and '.join(lever.label for lever in levers)}" if levers else "")
        + outcome.note,
        caveats=outcome.plan.caveats,
        confidence=min(outcome.plan.confidence, 0.95),
    )


def _aim(target: _Target, value: float | None, metric: Metric) -> str:
    if target.growth is not None:
        return f"{'up' if target.growth >= 0 else 'down'} by {format_number(abs(target.growth), 'fraction')}"
    return "to its target" if value is None else f"to {format_number(value, metric.unit, pattern=metric.format)}"


def _in_unit(number: NumberExpression, metric: Metric) -> float | None:
    value, unit = float(number.value), metric.unit
    if unit == "fraction":
        if number.unit == "currency":
            return None
        return value / 100 if number.unit in ("percent", "points") or value > 1 else value
    if number.unit in ("percent", "points") or (number.unit == "currency" and not (unit or "").isupper()):
        return None
    return value


def _unnamed(target: _Target, figures: frozenset[str], asked: Asked) -> tuple[str, ...]:
    """The figure whose target is meant where none is named: that of the answer before, else the first with a target that
    the levers move and that the number's unit fits."""
    before: tuple[str, ...] = ()
    if asked.previous is not None and asked.previous.queries:
        before = tuple(use.metric for use in asked.previous.queries[0].query.metrics)
    if before:
        return tuple(name for name in before if name in asked.view.metrics)[:1]
    if not figures or target.value is None:
        return ()
    leading = [metric for metric in clarify.leading_metrics(asked.view) if metric.target is not None]
    fitting = [
        metric for metric in leading if _in_unit(target.value, metric) is not None and metric.name not in figures
    ]
    flows = [metric for metric in fitting if metric.target is not None and metric.target.per is not None] or fitting
    return tuple(metric.name for metric in flows if can_move(asked.view, metric.name, figures))[:1]


def _no_target(metric: Metric | None, asked: Asked) -> Plan:
    targeted = [item.label for item in clarify.leading_metrics(asked.view) if item.target is not None][:5]
    choices = [Choice(label=label, question=f"What would it take to reach our {label} target?") for label in targeted]
    if metric is None:
        return clarify.asking("Which figure shall reach its target?", "ambiguous", choices)
    return clarify.asking(f"{metric.label} has no target here. Which value shall it reach?", "unsupported", choices)
