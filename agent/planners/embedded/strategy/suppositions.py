"""Reads "what if": the changes that a question supposes, and the figure it asks them for.

The question is taken apart into a condition (levers and amounts) and an outcome, which is a plain question of its own. Each
word belongs to one of the two, so that nothing is dropped: what is no change that can be computed is asked back about.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from agent.planners.embedded import clarify
from agent.planners.embedded.strategy.change_words import ReadChange, UnreadChange, clauses_of, read_change
from agent.planners.embedded.strategy.times_ahead import TimeAhead, without_time_ahead
from agent.planners.embedded.strategy.what_if_reading import Asked, default_outcomes, plain_outcome, without_times
from agent.tools.analysis.scenario.preparation import can_move, levers_that_move
from agent.tools.present.number_format import format_number
from catalog.analyses.scenario import ScenarioRequest
from catalog.plan import Choice, NamedQuery, Plan
from catalog.query import Period

_OPENERS = (
    r"what if|what happens if|what would happen if|what will happen if|what about if|how about if|what would it mean if"
    r"|suppose(?: that)?|supposing(?: that)?|imagine(?: that)?|assume(?: that)?|assuming(?: that)?|let'?s say(?: that)?"
    r"|let us say(?: that)?|say(?: that)?|if|in case|simulate(?: what happens if| a scenario (?:where|in which|with))?"
    r"|(?:run |model |build |create )?(?:a |the )?scenario (?:where|in which|with|of|if)|model"
)
_FRONT = re.compile(rf"^(?:and |also |now |but |ok |okay |so )?(?P<opener>{_OPENERS})\s+(?P<rest>.+)$", re.IGNORECASE)
# Where the condition ends and the question about the outcome begins.
_THEN = re.compile(
    r"\s*(?:[,;:.?]\s*|\s)(?:and\s+)?(?:then\s+)?(?=(?:what|how|by how much|where|which|would|show|tell|give|does|do|will)\b)",
    re.IGNORECASE,
)
_BACK = re.compile(
    r"^(?P<outcome>(?:what|how|by how much|where|which|show|tell|give|does|do|will|would|estimate|calculate|predict|compute)\b.+?)"
    r",?\s+(?:if|when|assuming|supposing|were we to|in case|should)\s+(?P<condition>.+)$",
    re.IGNORECASE,
)
_IMPACT = re.compile(
    r"^(?:(?:what|how big|how large|how strong)(?:'s| is| was| would be| will be| are)?\s+|show (?:me )?|estimate |calculate "
    r"|simulate |tell me )?(?:the |an |a )?(?:likely |expected |estimated )?(?:impact|effect|effects|consequence|consequences"
    r"|influence|result|outcome)\s+(?:of|from)\s+(?P<condition>.+?)\s+(?:on|for|upon)\s+(?P<outcome>.+)$",
    re.IGNORECASE,
)
_IMPACT_ON = re.compile(
    r"^(?:(?:what|how big|how large)(?:'s| is| was| would be| will be)?\s+)?(?:the )?(?:likely |expected )?(?:impact"
    r"|effect)\s+on\s+"
    r"(?P<outcome>.+?)\s+(?:of|from|if)\s+(?P<condition>.+)$",
    re.IGNORECASE,
)
_DO_TO = re.compile(
    r"^(?:what|how)\s+(?:would|will|does|do|did|could)\s+(?P<condition>.+?)\s+(?:do|mean|bring|cost|change|affect|impact)\s*"
    r"(?:to|for|in)?\s+(?P<outcome>.+)$",
    re.IGNORECASE,
)
# What frames the outcome: "what happens to GMV", "how would GMV change".
_FRAME = re.compile(
    r"^(?:what(?:'s| is| was)? (?:would )?(?:happens?|happened|happening) (?:to|with)|what (?:would|will|does|do|did"
    r"|could)(?: that| this"
    r"| it)? (?:happen to|do to|mean for|become of|come of)|what (?:is|would be|will be)(?: the| its)? (?:impact"
    r"|effect) (?:of that |of this )?"
    r"(?:on|for)|what (?:would|will|could|should)|what (?:is|are|was|were)|how (?:much |many )?(?:would|will|does|do"
    r"|did|could|is|are)"
    r"|by how much (?:would|will|does|do)|how much|how|show(?: me)?|tell me(?: about)?|give me|estimate|calculate|compute|predict"
    r"|does that (?:change|affect)|would that (?:change|affect))\s+",
    re.IGNORECASE,
)
_FRAME_END = re.compile(
    r"\s+(?:change|changes|be affected|be|look like|look|develop|move|respond|react|become|do|end up|end up at|come to|amount to"
    r"|happen|go|then|be like|come out at|turn out|increase|decrease|rise|fall|grow|drop|be worth|we have|we get|we make)$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class _Parts:
    condition: str
    outcome: str
    sure: bool  # whether the words alone make it a supposition


def read_supposition(text: str, asked: Asked) -> Plan | None:
    """The plan of a question that supposes a change; None where it supposes none. A change that cannot be computed is
    asked back about, with the levers that there are."""
    text, ahead = without_time_ahead(text, asked) if _parts(text) is not None else (text, None)
    parts = _parts(text)
    if parts is None:
        return None
    condition, times = without_times(parts.condition, asked)
    read = [read_change(clause, asked.levers) for clause in clauses_of(condition)]
    unread = [item for item in read if isinstance(item, UnreadChange)]
    changes = [item for item in read if isinstance(item, ReadChange)]
    if not changes and _opens_with_a_name(text, asked):
        return None
    if not parts.sure and not changes and not any(item.is_change for item in unread):
        return None
    if unread or not changes:
        return _ask_about(unread, _outcome_words(parts.outcome), asked)
    scopes = tuple(dict.fromkeys(item.scope for item in changes if item.scope))
    if len(scopes) > 1 or (scopes and any(not item.scope for item in changes)):
        return clarify.asking(
            "I compute one scenario for one part of the business: shall all changes be for the same part?",
            "unsupported",
        )
    outcome = _outcome_words(parts.outcome)
    return _plan(outcome, (*scopes, *times), changes, ahead, asked)


def _opens_with_a_name(text: str, asked: Asked) -> bool:
    """ "scenario with the most claims": the first word names something of the catalog, and nothing is changed."""
    first = text.split(maxsplit=1)[0]
    return any(item.kind in ("field", "dataset", "metric") for item in asked.levers.phrases.means(first))


def _parts(text: str) -> _Parts | None:
    text = text.strip().rstrip("?!. ")
    for pattern in (_IMPACT_ON, _IMPACT):
        match = pattern.match(text)
        if match is not None:
            return _Parts(match["condition"], match["outcome"], sure=False)
    front = _FRONT.match(text)
    if front is not None:
        rest, outcome = front["rest"], ""
        for joint in _THEN.finditer(rest):
            rest, outcome = front["rest"][: joint.start()], front["rest"][joint.end() :]
            break
        weak = front["opener"].lower() in ("say", "say that", "if", "model", "in case")
        return _Parts(rest, outcome, sure=not weak)
    back = _BACK.match(text)
    if back is not None:
        return _Parts(back["condition"], back["outcome"], sure=False)
    do_to = _DO_TO.match(text)
    if do_to is not None and re.search(r"\d|doubl|halv", do_to["condition"]):
        return _Parts(do_to["condition"], do_to["outcome"], sure=False)
    return None


def _outcome_words(outcome: str) -> str:
    words = _FRAME.sub("", outcome.strip(" ,.?!"))
    while (shorter := _FRAME_END.sub("", words)) != words:
        words = shorter
    return re.sub(r"^(?:that|this|it|the business|things|us|we)$", "", words.strip(), flags=re.IGNORECASE)


def _plan(
    outcome: str, more: tuple[str, ...], changes: list[ReadChange], ahead: TimeAhead | None, asked: Asked
) -> Plan:
    figures = frozenset(item.lever.metric.name for item in changes)
    found = plain_outcome(outcome, more, asked, default_outcomes(asked, figures))
    if isinstance(found, Plan):
        return found
    query = found.plan.queries[0].query
    if query.group_by or len(query.metrics) == 0 or query.limit is not None:
        return clarify.asking(
            "I compute a scenario for a figure as a whole, or within one group at a time: of which one?", "unsupported"
        )
    metrics = found.metrics
    fixed = [name for name in metrics if not can_move(asked.view, name, figures) and name not in figures]
    metrics = tuple(name for name in metrics if name not in fixed)
    if not metrics:
        return _no_grounds(fixed[0], changes, asked)
    period = query.period if ahead is None else ahead.measured_in(query.period, asked.as_of)
    request = ScenarioRequest(
        metrics=metrics,
        changes=tuple(item.change for item in changes),
        period=period,
        ahead=ahead.as_measured(period) if ahead is not None else None,
        where=query.where,
        name=asked.name,
        question=asked.question,
    )
    words = ", ".join(_in_words(item) for item in changes)
    return Plan(
        shape="scenario",
        analysis=request,
        queries=(NamedQuery(name="answer", query=query),),
        interpretation=f"What if: {words}. {_measured(found.plan.interpretation, period, ahead, asked)}{found.note}",
        caveats=(*found.plan.caveats, *(_unmoved(name, asked) for name in fixed)),
        confidence=min(found.plan.confidence, 0.95),
    )


def _measured(words: str, period: Period | None, ahead: TimeAhead | None, asked: Asked) -> str:
    """What was understood; of a time to come that and the period that tells what the change does."""
    if ahead is None:
        return words
    return f"{ahead.told(words, period, asked.as_of)}, carried over to what is expected {ahead.words(asked.as_of)}"


def _in_words(item: ReadChange) -> str:
    change, metric = item.change, item.lever.metric
    if change.change == "to":
        return f"{item.lever.label} at {format_number(change.value, metric.unit, pattern=metric.format)}"
    sign = "+" if change.value >= 0 else ""
    unit = "fraction" if change.change == "relative" else "points" if metric.unit == "fraction" else metric.unit
    return f"{item.lever.label} {sign}{format_number(change.value, unit)}"


def _unmoved(name: str, asked: Asked) -> str:
    return f"Nothing declared here says what this does to {asked.view.metrics[name].label}, so it is left out."


def _no_grounds(metric: str, changes: list[ReadChange], asked: Asked) -> Plan:
    label = asked.view.metrics[metric].label
    names = " and ".join(item.lever.label for item in changes)
    near = [lever.label for lever in levers_that_move(asked.view, metric)][:5]
    there = f" What can move it: {', '.join(near)}." if near else " Nothing declared here is known to move it."
    choices = [Choice(label=name, question=f"What happens to {label} if {name} rises 5 %?") for name in near]
    return clarify.asking(f"I have no grounds for what {names} would do to {label}.{there}", "unsupported", choices)


def _ask_about(unread: list[UnreadChange], outcome: str, asked: Asked) -> Plan:
    known = [lever.label for lever in asked.levers.levers()]
    there = f" Levers here: {', '.join(known)}; and the factors of a figure's own formula." if known else ""
    found = plain_outcome(outcome, (), asked, ()) if outcome and not known else None
    if found is not None and not isinstance(found, Plan):
        near = [lever.label for lever in levers_that_move(asked.view, found.metrics[0])][:5]
        label = asked.view.metrics[found.metrics[0]].label
        there = (
            f" What can move {label} here: {', '.join(near)}." if near else f" Nothing here is known to move {label}."
        )
    elif not known:
        there = " The catalog declares no levers; what can be moved are the factors of a figure's own formula."
    first = unread[0] if unread else UnreadChange("")
    if first.reason == "ambiguous":
        choices = [
            Choice(label=item.label, question=asked.question.replace(first.thing, item.label)) for item in first.choices
        ]
        return clarify.asking(f"“{first.thing}” can mean several things. Which one?", "ambiguous", choices)
    if first.reason == "no amount":
        name = first.choices[0].label if first.choices else first.thing
        if first.choices:
            return clarify.asking(f"By how much shall {name} change? For instance by 5 %.", "unsupported")
    if first.reason == "several amounts":
        return clarify.asking("One change at a time, joined by “and”: which amount belongs to what?", "unsupported")
    if first.reason == "amount does not fit":
        lever = first.choices[0]
        return clarify.asking(
            f"I cannot read that amount for {lever.label}: say by what percent it changes, or the value it takes.",
            "unsupported",
        )
    words = (first.thing or first.clause,) if (first.thing or first.clause) else ()
    named = f"“{words[0]}”" if words else "that"
    return clarify.asking(f"I know no lever called {named}, so I cannot compute it.{there}", "unknown_word", (), words)
