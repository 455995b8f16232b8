"""Takes a compound question apart at its own joints: "Why did it dip, and what would it take to reach our target?"

Only the joints are found here; whether the parts are better answered apart is decided where they have been planned.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

from agent.planners.embedded.asked_meanings import is_of_its_parts
from agent.planners.embedded.clarify import asking
from agent.planners.embedded.each_of_them import asks_of_each
from agent.planners.embedded.fields_behind import tells_fields_behind
from agent.planners.embedded.follow_ups import asks_which_row, leans_back
from agent.planners.embedded.things_named_again import OfThem, asked_of_them
from agent.planners.embedded.things_pointed_at import asked_of_all, is_of_the_same, loses_the_time
from agent.planners.embedded.times_apart import may_name_two_times, with_each_time
from agent.planners.normal_form import PARTS, differences, normal_form
from agent.tools.compile.request import leaves
from catalog.access import CatalogView
from catalog.plan import Choice, Plan, PlanStep
from catalog.query import MetricCondition
from semantic_context.irregular_forms import IRREGULAR_VERBS
from semantic_context.time_expressions import TimeKind, find_time_expressions

MOST_STEPS = 5
_ASKING = r"what|which|who|whose|whom|why|how|where|when|is|are|was|were|did|do|does|will|would|can|could|should|shall|may|has"
_TELLING = (
    r"show|list|compare|forecast|predict|tell|give|rank|explain|break|split|find|name|suggest|plot|estimate|simulate"
)
# After a comma or the end of a sentence any opening will do; a bare "and" joins figures too, so it takes a word that asks.
_JOINT = re.compile(
    rf"(?:[?;!]+\s*|\.\s+|,\s*)(?:(?:and|then|but|also|so)\s+){{0,2}}(?=(?:{_ASKING}|{_TELLING})\b)"
    rf"|\s+(?:and|then|but)\s+(?:also\s+|then\s+)?(?=(?:what|which|who|why|how|where|when)\b)",
    re.IGNORECASE,
)
# Where a clause ends and the next may open with no word that asks: taken only where each names a time of its own.
_CLAUSE_JOINT = re.compile(
    r"\s*;\s*(?:(?:and|then|but|also)\s+)*(?=\w)|(?<=\w\w)\.\s+(?=[^\W\d])"
    r"|(?:(?<=\b[12]\d\d\d)|(?<=year)|(?<=quarter)|(?<=month)|(?<=week)|(?<=today)|(?<=yesterday))"
    r",?\s+(?:and|but|then)\s+(?:also\s+)?(?=[^\W\d])",
    re.IGNORECASE,
)
# A "between" whose "and" is still to come: "between April 2025 and April 2026".
_OPEN_RANGE = re.compile(r"\bbetween\b(?:(?!\band\b)[^?!;])*$", re.IGNORECASE)
_OPENS = re.compile(
    rf"^(?:(?:please|and|so|now|hey|hi|hello|ok|okay|first|well)[,\s]+)*(?:{_ASKING}|{_TELLING})\b", re.IGNORECASE
)
# What only makes sense behind another part: the gap to the target that the part before told of.
_CLOSES_IT = re.compile(
    r"^(?:what (?:would|could|might|will|can) (?:it take to )?|how (?:do|can|could|would|should) we )close (?:it|that|this"
    r"|(?:the|that|this) gap)\?$",
    re.IGNORECASE,
)
_TELLS_WHEN = (TimeKind.PERIOD, TimeKind.COMPARISON, TimeKind.AS_OF, TimeKind.ALL_TIME)
_SUBJECT = re.compile(r"\b(?:we|i|they|he|she|it)\b(?!['’]d like)", re.IGNORECASE)
_ASKS_ANYWHERE = re.compile(
    rf"(?:^|[,:]\s*|\b(?:me|know|see|about|for|in|of|from|to|at)\s+)(?:{_ASKING}|{_TELLING})\b", re.IGNORECASE
)
_HYPOTHETICAL = re.compile(r"\b(?:would|could|might|will)\b", re.IGNORECASE)
_CLOSING = "What would it take to reach our target?"
# A figure asked for with no verb of its own: "how much revenue and how much profit did Books make" has one for both.
_FIGURE_ALONE = re.compile(
    r"^how (?:much|many)\s+(?P<figure>(?:(?!(?:of|in)\b)[^\W\d][\w'’-]*\s*){1,5})$", re.IGNORECASE
)
_OF_ALL = re.compile(r"\b(?:total|overall|altogether|in all|all (?:our|the)|whole|everything|company)\b", re.IGNORECASE)
_BARE_OPENING = re.compile(r"^what (?:was|is|were|are)\s+", re.IGNORECASE)
# A sentence that asks for nothing new: how, or with the time said in it for when, what was asked is to be shown.
_SHOWS = re.compile(
    r"^(?:(?:please|pls|just|and|then|can you|could you|would you)\s+)*(?:show|give|tell|list|send|report|name)(?:\s+(?:me|us))?"
    r"(?:\s+(?:just|only|please|for|in|of|the|this|that|it|both|all|two|three|these|those|exact|actual|plain|figures?|numbers?"
    r"|values?|results?|answers?|amounts?|data|please|pls|thanks|thank you|asap|quickly|now))*$",
    re.IGNORECASE,
)
# "How many joined and how many left, month by month": the steps are of both.
_STEPS_BEHIND_A_COMMA = re.compile(
    r",\s*(?:(day|week|month|quarter|year) by \1|(?:per|by|each) (?:day|week|month|quarter|year))\b", re.IGNORECASE
)
# "Of the members who joined in 2025, how many came in 2026?": a part of the first, and no second question.
_OF_THOSE = re.compile(
    r"^\W*(?:and\s+)?(?:out of|of|among|amongst)\b[^,]*\b(?:who|that|which)\b[^,]*,\s*(?:how many|(?:what|which) )",
    re.IGNORECASE,
)
_ENDS_A_SENTENCE = re.compile(r"[?;!.]")
_VERBS = re.compile(
    rf"\b(?:{_ASKING}|have|had|having|been|be|there|[^\W\d]+ed|we|i|they|for|from|at|on|by|per|with|to|via|without)\b",
    re.IGNORECASE,
)
# Kinds whose readers account for each word themselves: a plain part beside them is a part of the supposition.
_SUPPOSES = frozenset(("scenario", "goal", "price", "decision"))
Planning = Callable[[str, dt.date, Plan | None], Plan]


# "... and how much that was": the figure that decides is shown anyway.
_TOLD_ANYWAY = re.compile(
    r"[,;]?\s+(?:and|plus)\s+(?:also\s+)?(?:(?:tell|show) me\s+)?(?:(?:by |with )?how (?:much|many|high|big|large) "
    r"(?:(?:was|were|is|are) (?:that|it|there|they)|(?:that|it|there|they|those) (?:was|were|is|are|made|came to|comes to))"
    r"|what (?:(?:was|is|were|are) (?:it|that|they|those)|(?:it|that|the (?:figure|amount|number|value|total)) (?:was|is|came to))"
    r"|how (?:much|many) (?:came|come|comes) in|with (?:what|which) (?:figure|amount|number))"
    r"(?:\s+in (?:total|all))?\s*[?.!]*$",
    re.IGNORECASE,
)
_ASKS_WHICH = re.compile(
    r"\b(?:which|what|who|when|the (?:highest|best|most|largest|biggest|lowest|worst|top))\b", re.IGNORECASE
)

_TARGET_TOO = re.compile(
    r",? and (?:also )?(?:what(?:['’]s| is| was| were)|(?:tell|show|give) me) (?:the|its|our) (?:target|goal)"
    r"(?: (?:for|of) (?:it|that|this|them))?(?=\s*[?.!]*$)",
    re.IGNORECASE,
)


def without_told_figure(question: str) -> str:
    """A question that asks which one it was, without the tail that asks for the figure it was told by; a target asked for
    behind the figure it is of is told beside it."""
    question = _TARGET_TOO.sub(" and its target", question)
    found = _TOLD_ANYWAY.search(question)
    if found is None or _ASKS_WHICH.search(question[: found.start()]) is None:
        return question
    return question[: found.start()] + "?"


def may_be_compound(question: str) -> bool:
    """Whether a question has joints at all: a cheap look, for most have none."""
    joints = _JOINT.search(question) is not None or _CLAUSE_JOINT.search(question.rstrip(" ;.")) is not None
    return joints or may_name_two_times(question)


def parts_of(question: str) -> tuple[str, ...]:
    """The questions between the joints, each ending with a question mark; one where there is no joint."""
    return _between(question, sorted(joint.span() for joint in _JOINT.finditer(question)))


def clauses_of(question: str) -> tuple[str, ...]:
    """The same between all joints, those included behind which no word asks."""
    joints = [
        joint.span()
        for pattern in (_JOINT, _CLAUSE_JOINT)
        for joint in pattern.finditer(question)
        if not _OPEN_RANGE.search(question[: joint.start()])
    ]
    return _between(question, sorted(joints))


def _between(question: str, joints: list[tuple[int, int]]) -> tuple[str, ...]:
    found: list[str] = []
    start = 0
    for begins, ends in joints:
        if begins >= start:
            found.append(question[start:begins])
        start = max(start, ends)
    found.append(question[start:])
    parts = [part.strip(" \t,;.?!") for part in found]
    return tuple(f"{part[:1].upper()}{part[1:]}?" for part in parts if part)


def taken_apart(
    question: str, whole: Plan, as_of: dt.date, previous: Plan | None, plan: Planning, view: CatalogView
) -> Plan | None:
    """A plan of several steps or of all their figures in one table, the refusal of a part, or a question back about a part
    that is not understood; None where the question is better answered as one.

    Taken apart is what one plan cannot say: parts with figures of their own that it does not cover, parts that ask for
    different kinds of work, and what is only understood in parts. A part without a figure of its own leans on the first:
    "and what would it take to reach our target?".
    """
    if whole.refusal is not None or (whole.shape == "definition" and is_of_its_parts(question)):
        return None
    if whole.clarification is None and whole.queries and asks_of_each(question) and _shows_more(whole):
        return None
    if whole.shape == "records" and tells_fields_behind(question):
        return None
    question = without_told_figure(question)
    if (of_them := asked_of_them(question, view)) is not None:
        return _of_them(of_them, whole, as_of, previous, plan)
    if whole.clarification is not None and (at_times := _times_apart(question, as_of, previous, plan)) is not None:
        return at_times
    at_questions = _questions_apart(question, whole, as_of, previous, plan, view)
    return at_questions if at_questions is not None else _clauses_apart(question, whole, as_of, plan)


def _shows_more(plan: Plan) -> bool:
    """Whether figures are shown besides those that things are picked by."""
    query = plan.queries[0].query
    return bool({use.metric for use in query.metrics} - {bound.column for bound in query.having})


def _times_apart(question: str, as_of: dt.date, previous: Plan | None, plan: Planning) -> Plan | None:
    """ "Revenue last month and year to date": one figure for each of two times of which one holds the other."""
    asked = with_each_time(question, as_of)
    plans = [plan(part, as_of, previous) for part in asked]
    if not plans or not all(_is_answer(item) for item in plans) or differences(*plans) != ("period",):
        return None
    steps = [
        PlanStep(id=f"s{place}", question=part, plan=item)
        for place, (part, item) in enumerate(zip(asked, plans, strict=True), 1)
    ]
    return _stepwise(steps)


def _of_them(asked: OfThem, whole: Plan, as_of: dt.date, previous: Plan | None, plan: Planning) -> Plan | None:
    """ "Orders by channel in 2025, and how many were cancelled": another figure of the same rows, or the first of fewer of them."""
    first = plan(asked.first, as_of, previous)
    if not _is_answer(first) or first.analysis is not None:
        return None
    if asked.of_one:
        return _beside_the_winner(first, plan(asked.named, as_of, None))
    for question, changed in ((asked.named, "figures"), (asked.bare, "filters"), (asked.bare, "figures")):
        second = plan(question, as_of, first)
        if _is_answer(second) and differences(first, second) == (changed,):
            together = _together([first, second])
            steps = ((asked.first, first), (question, second))
            numbered = [
                PlanStep(id=f"s{place}", question=part, plan=item) for place, (part, item) in enumerate(steps, 1)
            ]
            return together if together is not None else _stepwise(numbered)
    covered = whole.clarification is not None or _covers(whole, first)
    return None if covered else _asked_of_nothing_new(asked.bare.rstrip("?"), first)


def _beside_the_winner(first: Plan, second: Plan) -> Plan | None:
    """ "Which channel had the most orders, and how many were cancelled": the one picked by the first, with the second's figure."""
    query = first.queries[0].query
    if not _is_answer(second) or second.analysis is not None or query.limit != 1 or len(query.group_by) != 1:
        return None
    other = second.queries[0].query
    if other.where is not None or other.group_by or len(other.metrics) != 1 or other.metrics[0] in query.metrics:
        return None
    both = query.model_copy(update={"metrics": (*query.metrics, *other.metrics)})
    named = f"{first.interpretation}, with {second.interpretation.partition(',')[0]}"
    return first.model_copy(
        update={"queries": (first.queries[0].model_copy(update={"query": both}),), "interpretation": named}
    )


def _clauses_apart(question: str, whole: Plan, as_of: dt.date, plan: Planning) -> Plan | None:
    """ "Admissions in May 2025; discharges by department in 2024": clauses of different figures, each with a time of its own,
    are answered apart; one plan would hold the one time against the other."""
    clauses = clauses_of(question)
    if not 2 <= len(clauses) <= MOST_STEPS or _is_about_members(whole) or any(_tells(clause) for clause in clauses):
        return None
    if _OF_THOSE.match(question):
        return None
    if not all(any(item.periods for item in find_time_expressions(clause, as_of)) for clause in clauses):
        return None
    steps: list[PlanStep] = []
    for place, clause in enumerate(clauses):
        planned = plan(clause, as_of, None)
        if planned.refusal is not None:
            return planned
        if not _is_answer(planned):
            return _asked_back(planned, steps) if whole.clarification is None else None
        if planned.premise is not None:
            return None  # told, not asked: "GMV fell in 2024."
        steps.append(PlanStep(id=f"s{place + 1}", question=clause, plan=planned))
    plans = [step.plan for step in steps if step.plan is not None]
    forms = {(normal_form(item)["figures"], normal_form(item)["analysis"]) for item in plans}
    if len(forms) == 1 or (whole.clarification is None and all(_covers(whole, item) for item in plans)):
        return None  # of one figure two times are held against each other
    together = _together(plans)
    return together if together is not None else _stepwise(steps)


def _is_about_members(plan: Plan) -> bool:
    """Whether a plan holds one clause against the things of another: "customers who ordered in 2025 but not in 2026"."""
    queries = [named.query for named in plan.queries]
    held = [query.where for query in queries] + [use.where for query in queries for use in query.metrics]
    conditions = [condition for condition in held if condition is not None]
    return any(isinstance(item, MetricCondition) for item in leaves(conditions))


def _tells(clause: str) -> bool:
    """ "In 2024 we changed suppliers": said, not asked."""
    return _SUBJECT.search(clause) is not None and not _ASKS_ANYWHERE.search(clause)


def _stepwise(steps: list[PlanStep]) -> Plan:
    plans = [step.plan for step in steps if step.plan is not None]
    return Plan(
        shape=plans[0].shape,
        steps=tuple(steps),
        interpretation="; ".join(item.interpretation for item in plans),
        confidence=min(item.confidence for item in plans),
    )


def _questions_apart(
    question: str, whole: Plan, as_of: dt.date, previous: Plan | None, plan: Planning, view: CatalogView
) -> Plan | None:
    parts = _between(question, _joints_of_sentences(question, as_of))
    if not 2 <= len(parts) <= MOST_STEPS:
        return None
    if (
        _OPENS.match(parts[0]) is None
    ):  # "Of our customers, how many ...", "If I take the first, what ...": no part alone
        return None
    steps: list[PlanStep] = []
    alone: list[bool] = []
    leaning: list[bool] = []
    plans: list[Plan] = []
    for place, part in enumerate(parts):
        asked = _CLOSING if place and _CLOSES_IT.match(part) else part
        leans = place > 0 and leans_back(asked)
        by_itself = plan(with_time_said(asked, parts, as_of), as_of, previous if place == 0 else None)
        needs_first = place > 0 and (leans or not _is_answer(by_itself))
        planned = plan(asked, as_of, plans[0]) if needs_first else by_itself
        if leans and plans and _is_answer(by_itself) and loses_the_time(plans[0], planned, by_itself):
            planned = by_itself
        if planned.refusal is not None:
            return planned
        if leans and asks_which_row(planned):
            steps.append(PlanStep(id=f"s{place + 1}", question=part, needs=("s1",)))  # the first answer tells which one
            continue
        if not _is_answer(planned):
            return _asked_back(planned, steps) if place and whole.clarification is None else None
        if place and plans and (open_things := asked_of_all(asked, plans[0], planned, by_itself, view)) is not None:
            return open_things
        alone.append(_is_answer(by_itself) and (not leans or not differences(by_itself, planned)))
        leaning.append(leans)
        plans.append(planned)
        steps.append(PlanStep(id=f"s{place + 1}", question=part, plan=planned))
    for place, item in enumerate(plans):
        if not alone[place] and any(not differences(earlier, item) for earlier in plans[:place]):
            return _asked_of_nothing_new(steps[place].question, plans[0])
    kinds = {_kind(item) for item in plans}
    if kinds & _SUPPOSES and any(_HYPOTHETICAL.search(step.question) and _kind(step.plan) is None for step in steps):
        return None  # "and how would it change then?" is no question about what was
    if len(plans) < len(steps):
        told = whole.clarification is None and differences(plans[0], whole) == ("figures",)
        return None if told else _stepwise(steps)
    if whole.clarification is None:
        own_kinds = {_kind(whole), None} if _kind(whole) in _SUPPOSES else {_kind(whole)}
        other_work = len(kinds) > 1 and bool(kinds - own_kinds)
        apart = all(
            by_itself or _narrows_or_ranks(plans[0], item, leans) or is_of_the_same(plans[0], item, whole)
            for by_itself, item, leans in zip(alone, plans, leaning, strict=True)
        )
        stepped = _STEPS_BEHIND_A_COMMA.search(question) is not None and _has_every_figure(whole, plans)
        own_figures = apart and kinds == {None} and not stepped and not all(_covers(whole, item) for item in plans)
        if (not other_work and not own_figures) or _tells_of_the_winner(whole, plans):
            return None
    if which := _asked_of_which(plans, steps, whole, question, lambda part: plan(part, as_of, plans[0])):
        return which
    together = _together(plans) if all(alone) else None
    return together if together is not None else _stepwise(steps)


def _asked_of_which(
    plans: list[Plan], steps: list[PlanStep], whole: Plan, question: str, leaning: Callable[[str], Plan]
) -> Plan | None:
    """ "What was the revenue of Books and what was the profit?": whether the second is of the same things is open, where a
    query can say so and nothing says that all are meant."""
    first, forms = normal_form(plans[0]), [normal_form(item) for item in plans[1:]]
    bare = all(not form["filters"] and not form["split"] and form["period"] == first["period"] for form in forms)
    if not first["filters"] or not bare or _kind(plans[-1]) is not None or _OF_ALL.search(question):
        return None
    narrowed = whole if whole.clarification is None else leaning(_BARE_OPENING.sub("And ", steps[1].question))
    told = normal_form(narrowed)
    if told["filters"] != first["filters"] or not set(forms[0]["figures"]) <= set(told["figures"]):
        return None
    choices = [Choice(label=item.interpretation, plan=item) for item in (narrowed, plans[1])]
    said = narrowed.interpretation.partition(", where ")[2].partition(" (")[0] or plans[0].interpretation
    return asking(f"Is all of that to be where {said}, or only the first?", "ambiguous", choices)


def _joints_of_sentences(question: str, as_of: dt.date) -> list[tuple[int, int]]:
    """The joints, but for those of figures that share one verb and its subject ("How much revenue and how much profit did Books
    make", "How much revenue did Books make and how much profit"), and those before a sentence that only says how to show what
    was asked, or for when ("Give me both figures.", "Show me October please.")."""
    joints = [joint.span() for joint in _JOINT.finditer(question)]
    ends = [0, *(end for _, end in joints), len(question)]
    kept = []
    for place, (start, end) in enumerate(joints):
        sides = question[ends[place] : start], question[end : joints[place + 1][0] if place + 1 < len(joints) else None]
        timed = [any(item.periods for item in find_time_expressions(side, as_of)) for side in sides]
        one_verb = any(_has_no_verb(side, as_of) for side in sides) and not all(timed)
        told = _SHOWS.match(_without_times(sides[1], as_of))
        if told is not None and (not any(timed) or not all(timed)):
            continue
        if _ENDS_A_SENTENCE.match(question[start:end]) or not one_verb:
            kept.append((start, end))
    return sorted(kept)


def _has_no_verb(part: str, as_of: dt.date) -> bool:
    found = _FIGURE_ALONE.match(_without_times(part, as_of))
    if found is None:
        return False
    words = found["figure"].casefold().split()
    return _VERBS.search(found["figure"]) is None and not any(word in IRREGULAR_VERBS for word in words)


def _without_times(part: str, as_of: dt.date) -> str:
    part = part.strip(" ,.?!;")
    for item in reversed(find_time_expressions(part, as_of)):
        if item.periods:
            part = f"{part[: item.start].rstrip()} {part[item.end :].lstrip()}"
    return part.strip()


def with_time_said(part: str, parts: tuple[str, ...], as_of: dt.date) -> str:
    """A part that names no time, with the one that is said once: "..., and what's the cancellation rate?"."""
    said = [[item for item in find_time_expressions(other, as_of) if item.kind in _TELLS_WHEN] for other in parts]
    times = [items for items in said if items]
    if (
        len(times) != 1
        or len(times[0]) != 1
        or times[0][0].kind is not TimeKind.PERIOD
        or times[0][0].grain is not None
    ):
        return part
    if any(
        item.start == times[0][0].start and other is part
        for other, items in zip(parts, said, strict=True)
        for item in items
    ):
        return part
    return f"{part.rstrip('?')} {times[0][0].text}?"


def _tells_of_the_winner(whole: Plan, parts: list[Plan]) -> bool:
    """ "Which region had the most orders, and how many returns?" asks the second of the region, too."""
    if not whole.queries or not parts[0].queries or parts[0].queries[0].query.limit != 1:
        return False
    figures = set(normal_form(whole)["figures"])
    bare = all(not normal_form(part)[name] for part in parts[1:] for name in ("split", "filters"))
    return (
        bare
        and differences(parts[0], whole) == ("figures",)
        and all(set(normal_form(part)["figures"]) <= figures for part in parts)
    )


def _narrows_or_ranks(first: Plan, item: Plan, leans: bool) -> bool:
    """Whether a part asks what the first does of some of it ("how much of that came from the app"), or for the other end of
    its order ("and which is the worst")."""
    changed = set(differences(first, item))
    if changed and changed <= {"ranking", "calculations", "bounds"}:
        return True
    return leans and bool(changed) and changed <= {"filters", "comparison"}


def _together(plans: list[Plan]) -> Plan | None:
    """One plan for parts that ask for different figures of the same split, rows and period: one table shows them all."""
    first = plans[0]
    alike = all(_differ_in_figures_alone(first, item) for item in plans[1:])
    if first.analysis is not None or not alike or first.queries[0].query.order_by:
        return None
    uses = {use.name: use for plan in plans for use in plan.queries[0].query.metrics}
    query = first.queries[0].query.model_copy(update={"metrics": tuple(uses.values())})
    heads = [plan.interpretation.partition(",")[0] for plan in plans]
    named = f"{', '.join(heads[:-1])} and {heads[-1]}{first.interpretation.removeprefix(heads[0])}"
    return first.model_copy(
        update={
            "queries": (first.queries[0].model_copy(update={"query": query}),),
            "interpretation": named,
            "confidence": min(plan.confidence for plan in plans),
            "caveats": tuple(dict.fromkeys(caveat for plan in plans for caveat in plan.caveats)),
        }
    )


def _differ_in_figures_alone(first: Plan, other: Plan) -> bool:
    return other.analysis is None and differences(first, other) == ("figures",)


def _is_answer(plan: Plan) -> bool:
    settled = plan.clarification is not None or plan.refusal is not None
    return not settled and bool(plan.queries or plan.analysis is not None)


def _kind(plan: Plan | None) -> str | None:
    return plan.analysis.kind if plan is not None and plan.analysis is not None else None


def _has_every_figure(whole: Plan, plans: list[Plan]) -> bool:
    """Whether a plan has the figures of all the parts, and is split as the last one is."""
    figures = [use.metric for item in plans for use in item.queries[0].query.metrics]
    query, last = whole.queries[0].query, plans[-1].queries[0].query
    return [use.metric for use in query.metrics] == figures and query.group_by == last.group_by


def _covers(whole: Plan, part: Plan) -> bool:
    """Whether the whole's table holds what a part asks for: its figures, in the same split, rows and period."""
    one, other = normal_form(whole), normal_form(part)
    same = all(one[name] == other[name] for name in PARTS if name not in ("figures", "calculations", "comparison"))
    return same and set(other["figures"]) <= set(one["figures"])


def _asked_of_nothing_new(part: str, first: Plan) -> Plan:
    """A part that only comes to what another part asks for has not been understood: "and what did we get back?"."""
    rest = Choice(label=f"Leave that out: {first.interpretation}", plan=first)
    return asking(
        f"I do not know what “{part}” asks for here. Shall I answer the rest?", "unknown_word", (rest,), (part,)
    )


def _asked_back(part: Plan, steps: list[PlanStep]) -> Plan | None:
    """A question in itself that is not understood is not dropped beside one that is."""
    asked = part.clarification
    if asked is None or not asked.unexplained or not steps or steps[0].plan is None:
        return None
    words = " and ".join(f"“{word}”" for word in asked.unexplained)
    rest = Choice(label=f"Leave that out: {steps[0].plan.interpretation}", plan=steps[0].plan)
    question = (
        f"I do not know what {words} {'is' if len(asked.unexplained) == 1 else 'are'} here. Shall I answer the rest?"
    )
    changed = asked.model_copy(update={"question": question, "choices": (rest,)})
    return Plan(clarification=changed, confidence=0.0)
