"""Changes of the earlier plan that need no reading of a new question: "sort by region", "drop the channel", "include 2024 too".

Each is taken only where its whole sentence is such an order and speaks of what the plan holds; else the question is read.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass

from agent.planners.embedded.clarify import asking
from agent.planners.embedded.follow_ups.rows import conjuncts
from agent.planners.embedded.interpret import interpret
from agent.planners.embedded.parts import all_of
from agent.planners.embedded.periods import beside_the_latest, usual_period
from agent.planners.embedded.reach import Reach
from agent.planners.embedded.rolling import COUNTS
from agent.tools.analysis.additivity import adds_up, adds_up_over_time
from agent.tools.present.label_words import mid_sentence
from catalog.access import CatalogView
from catalog.analyses.rollup import RollupRequest
from catalog.durations import TimeGrain
from catalog.models import FieldRole
from catalog.plan import Choice, NamedQuery, Plan, QuestionShape
from catalog.query import (
    AnyOf,
    Calculation,
    Condition,
    FieldCondition,
    FieldDimension,
    MetricQuery,
    Not,
    OrderBy,
    Period,
    Scalar,
    TimeDimension,
    as_datetime,
    dimension_name,
)
from semantic_context.linking import PhraseTable
from semantic_context.time_expressions import clip, describe_period, find_time_expressions, unit_of
from semantic_context.time_grammar.clock import Clock

_POLITE = r"(?:(?:please|pls|and|now|ok|okay|then|so|also|can you|could you|would you|can we|let us|let's|i want to|just)[\s,]+)*"
_END = r"(?:[\s,]+(?:please|pls|thanks|thank you|now|again|instead|for me|altogether|completely))*\s*[.!?]*$"
_IT = r"(?:\s+(?:it|them|that|this|these|those|the (?:list|table|rows?|results?|answer)))?"
_UP = (
    r"ascending|asc|(?:from )?low(?:est)? to high(?:est)?|lowest first|smallest first|a to z|a-z|alphabetically|earliest first"
    r"|oldest first"
)
_DOWN = (
    r"descending|desc|(?:from )?high(?:est)? to low(?:est)?|highest first|largest first|biggest first|z to a|latest first"
    r"|newest first"
)
_SORT = re.compile(
    rf"^{_POLITE}(?:sort|order|arrange|sorted|ordered){_IT}(?:\s+by\s+(?:the\s+|its\s+|their\s+)?(?P<what>(?!{_UP}|{_DOWN}).+?))?"
    rf"(?:[\s,]+(?:in\s+)?(?:(?P<up>{_UP})|(?P<down>{_DOWN}))(?:\s+order)?)?{_END}",
    re.IGNORECASE,
)
_DROP = re.compile(
    rf"^{_POLITE}(?:drop|remove|leave out|take out|take away|forget|ignore|get rid of|clear|without|no)"
    rf"(?:\s+about)?\s+(?:the\s+|any\s+|that\s+|this\s+)?(?P<what>[^,;?.!]+?){_END}",
    re.IGNORECASE,
)
_SPLITS = re.compile(r"(?:^|\s)(?:split|breakdown|break-down|grouping|groups|groupings|splits)$", re.IGNORECASE)
_FILTERS = re.compile(r"(?:^|\s)(?:filters?|restrictions?|conditions?|limitations?)$", re.IGNORECASE)
_WIDEN = re.compile(
    rf"^{_POLITE}(?:(?:go\s+)?back\s+to\s+|return\s+to\s+|for\s+|across\s+|over\s+|show\s+|take\s+|use\s+|include\s+)?(?:all"
    rf"|every)(?:\s+(?:of\s+)?(?:the|our))?\s+"
    rf"(?P<what>[^,;?.!]+?)(?:\s+(?:together|combined))?{_END}",
    re.IGNORECASE,
)
_INCLUDES = re.compile(
    rf"^{_POLITE}(?:include|add|show|give me|put in|put|with)?\s*(?P<what>.+?)"
    rf"(?:\s+to (?:it|that|this|the (?:table|chart)))?{_END}",
    re.IGNORECASE,
)
_BESIDE = re.compile(r"\b(?:include|add|also|too|as well|in addition|put in|beside)\b", re.IGNORECASE)
_TOO = re.compile(
    r"[\s,]*\b(?:too|as well|also|in addition|beside (?:it|that)|next to (?:it|that)|for comparison)\s*(?=[.!?]*$)",
    re.IGNORECASE,
)
_ONLY_A_TIME = re.compile(
    rf"^{_POLITE}(?:(?:what|how) about\s+|(?:the )?same (?:but )?(?:for|in)\s+)?(?:(?:for|in|during|of)\s+)?"
    rf"(?P<time>[^,;?.!]+?){_END}",
    re.IGNORECASE,
)
_AVERAGE = re.compile(
    rf"^{_POLITE}(?:(?:what|how) about\s+|what(?:['’]s| is| was)\s+|(?:show|give) (?:me )?)?(?:the\s+|on\s+)?"
    rf"(?:average|mean){_END}",
    re.IGNORECASE,
)
_SO_MANY = re.compile(
    rf"^{_POLITE}(?:make (?:it|that|them|this)|(?:show|give)(?: me)?|only|the|top|best|first|take)(?:\s+(?:only|just|the|a|top"
    rf"|best|first))*\s+"
    rf"(?P<count>\d{{1,3}}|{'|'.join(COUNTS)})(?: (?:of (?:them|these|those)|rows|lines|places))?{_END}",
    re.IGNORECASE,
)
_THEIR_SHARE = re.compile(
    rf"^{_POLITE}(?:how much|(?:what|which)(?:['’]s (?:the )?)? ?(?:share|part|portion|percentage|percent|proportion|fraction))"
    rf" of "
    r"(?:the |our |all )*(?:(?:total|whole|overall) )?(?P<figure>[^,?.!;]*?)\s*\b(?:is|are|was|were|do|does|did) (?P<they>that"
    r"|this|those|these|they|it)"
    r"(?: (?:make up|account for|bring in|represent|come to|amount to))?"
    rf"(?P<all>(?:,? (?:all|the|together|combined|altogether|\d{{1,3}}|{'|'.join(COUNTS)}|of them))*)"
    rf"(?:,? (?:as|in) (?:an? )?(?:%|percent(?:age)?|per cent|share))?(?: of (?:the )?(?:total|whole))?{_END}",
    re.IGNORECASE,
)
_TIME_WORDS = ("time", "date", "period", "chronologically")


@dataclass(frozen=True)
class _Earlier:
    """The query before, and what words mean here."""

    plan: Plan
    query: MetricQuery
    view: CatalogView
    phrases: PhraseTable
    as_of: dt.date

    def fields(self, words: str) -> set[str]:
        """The fields that words name."""
        named = {meaning.name.partition("@")[0] for meaning in self.phrases.means(words) if meaning.kind == "field"}
        things = {meaning.name for meaning in self.phrases.means(words) if meaning.kind == "dataset"}
        for thing in things & self.view.datasets.keys():
            dataset = self.view.datasets[thing]
            named |= {f"{thing}.{name}" for name in (dataset.display_field, *dataset.primary_key) if name}
        return named

    def changed(self, shape: QuestionShape | None = None, **update: object) -> Plan:
        """The earlier plan with its query changed, and said anew."""
        query = self.query.model_copy(update=update)
        words = interpret(query, self.view, period_words(query, self.as_of), defaulted=False)
        return self.plan.model_copy(
            update={
                "shape": shape or self.plan.shape,
                "queries": (NamedQuery(name="answer", query=query),),
                "interpretation": f"{words} (changed from before)",
            }
        )


def edited(text: str, previous: Plan, view: CatalogView, phrases: PhraseTable, as_of: dt.date) -> Plan | None:
    """The earlier plan as an order changes it, or a question back about the order; None where the text is no such order."""
    if len(previous.queries) != 1 or previous.analysis is not None or not previous.queries[0].query.metrics:
        return None
    earlier = _Earlier(previous, previous.queries[0].query, view, phrases, as_of)
    return next((plan for change in _CHANGES if (plan := change(text, earlier)) is not None), None)


def period_words(query: MetricQuery, as_of: dt.date) -> str:
    """A query's period for people."""
    period = query.period
    if period is None or (period.start is None and period.end is None):
        return "all the data"
    if period.start is None and period.end is not None:
        last = as_datetime(period.end).date() - dt.timedelta(days=1)
        return f"as of {last.day} {last:%B %Y}"
    return describe_period(period, as_of)


def _sorted(text: str, earlier: _Earlier) -> Plan | None:
    """ "sort by region", "sort it ascending"."""
    found = _SORT.match(text)
    query = earlier.query
    if found is None or not query.group_by or not (found["what"] or found["up"] or found["down"]):
        return None
    what = (found["what"] or "").strip()
    column = _column(what, earlier) if what else _first_order(query)
    if column is None:
        sortable = [earlier.view.whole.metric_by_name[use.metric].label for use in query.metrics]
        sortable += [dimension_name(item).replace("_", " ") for item in query.group_by]
        named = f" by “{what}”" if what else ""
        return asking(
            f"I cannot sort this{named}: it shows {', '.join(sortable)}.", "unsupported", (), (what,) if what else ()
        )
    is_key = column in {dimension_name(item) for item in query.group_by}
    descending = found["down"] is not None or (found["up"] is None and not is_key)
    order = (OrderBy(column=column, descending=descending),)
    if query.limit is not None and order != query.order_by:
        whole = earlier.changed(order_by=order, limit=None, limit_within=(), others=False)
        words = f"Only the {query.limit} first are shown; in another order they would be others. Shall I show all, so ordered?"
        return asking(words, "ambiguous", (Choice(label=whole.interpretation, plan=whole),))
    return earlier.changed(
        "breakdown" if is_key and earlier.plan.shape == "ranking" else earlier.plan.shape, order_by=order
    )


def _first_order(query: MetricQuery) -> str | None:
    """What the rows go by when no more is said: what they went by, else their one figure."""
    if query.order_by:
        return query.order_by[0].column
    return query.metrics[0].name if len(query.metrics) == 1 else None


def _column(what: str, earlier: _Earlier) -> str | None:
    meanings = earlier.phrases.means(what)
    metrics = {meaning.name for meaning in meanings if meaning.kind == "metric" and meaning.how in ("name", "synonym")}
    used = [use.name for use in earlier.query.metrics if use.metric in metrics]
    if len(used) == 1:
        return used[0]
    keys = [dimension_name(item) for item in earlier.query.group_by if _is_called(what, item, earlier)]
    return keys[0] if len(keys) == 1 else None


def _is_called(what: str, dimension: FieldDimension | TimeDimension, earlier: _Earlier) -> bool:
    if isinstance(dimension, FieldDimension):
        owner = earlier.view.whole.dataset_by_name[dimension.field.partition(".")[0]]
        is_name = dimension.field.partition(".")[2] == owner.display_field
        return dimension.field in earlier.fields(what) or (is_name and what.casefold() in ("name", "names", "alphabet"))
    word = what.casefold().rstrip("s")
    grain = dimension.grain or dimension.part
    return word in _TIME_WORDS or (grain is not None and word == grain.value)


def _dropped(text: str, earlier: _Earlier) -> Plan | None:
    """ "drop the channel", "without the split", "remove the filter"."""
    found = _DROP.match(text)
    if found is None:
        return None
    what = found["what"].strip()
    is_split, is_filter = _SPLITS.search(what) is not None, _FILTERS.search(what) is not None
    named = _FILTERS.sub("", _SPLITS.sub("", what)).strip()
    query = earlier.query
    if not named and is_split:
        return _without_groups(list(query.group_by), earlier) if query.group_by else None
    if not named and is_filter:
        return earlier.changed(where=None) if query.where is not None else None
    groups = [item for item in query.group_by if _is_called(named, item, earlier)]
    fields = earlier.fields(named)
    held = [item for item in conjuncts(query.where) if _speaks_of(item, fields)]
    if groups and not held and not is_filter:
        return _without_groups(groups, earlier)
    if held and not groups and not is_split:
        return earlier.changed(where=all_of([item for item in conjuncts(query.where) if item not in held]))
    metrics = {meaning.name for meaning in earlier.phrases.means(named) if meaning.kind == "metric"}
    uses = tuple(use for use in query.metrics if use.metric not in metrics)
    if uses and len(uses) < len(query.metrics) and not query.calculations and not query.having and not query.order_by:
        return earlier.changed(metrics=uses)
    if groups and held:
        choices = (
            _without_groups(groups, earlier),
            earlier.changed(where=all_of([i for i in conjuncts(query.where) if i not in held])),
        )
        shown = [Choice(label=plan.interpretation, plan=plan) for plan in choices if plan is not None]
        return asking(f"Drop what of {named}: the split, or the condition?", "ambiguous", shown)
    return None


def _plainly(query: MetricQuery) -> dict[str, object]:
    """What only makes sense beside groups, taken away."""
    return {"calculations": (), "having": (), "others": False, "totals": "none", "targets": False}


def _without_groups(groups: list[FieldDimension | TimeDimension], earlier: _Earlier) -> Plan | None:
    query = earlier.query
    if query.limit is not None or query.having:
        return None  # of the three highest nothing is left without what they were the highest of
    left = tuple(item for item in query.group_by if item not in groups)
    names = {dimension_name(item) for item in groups}
    order = tuple(item for item in query.order_by if item.column not in names and left)
    shape: QuestionShape = earlier.plan.shape if left else "value"
    return earlier.changed(shape, group_by=left, order_by=order, **_plainly(query))


def _speaks_of(condition: Condition, fields: set[str]) -> bool:
    match condition:
        case FieldCondition():
            return condition.field in fields
        case Not():
            return _speaks_of(condition.condition, fields)
        case AnyOf():
            return all(_speaks_of(item, fields) for item in condition.conditions)
    return False


def _widened(text: str, earlier: _Earlier) -> Plan | None:
    """ "go back to all regions": what was said of their field holds no more."""
    found = _WIDEN.match(text)
    if found is None:
        return None
    fields = earlier.fields(found["what"].strip())
    held = [item for item in conjuncts(earlier.query.where) if _speaks_of(item, fields)]
    if not held:
        return None
    return earlier.changed(where=all_of([item for item in conjuncts(earlier.query.where) if item not in held]))


def _with_another_period(text: str, earlier: _Earlier) -> Plan | None:
    """ "include last year too": both periods side by side, or one longer course."""
    query = earlier.query
    found = _INCLUDES.match(_TOO.sub("", text))
    if found is None or not _BESIDE.search(text) or query.period is None:
        return None
    words = found["what"].strip()
    times = find_time_expressions(words, earlier.as_of, earlier.view.whole.calendar)
    if (
        len(times) != 1
        or len(times[0].periods) != 1
        or words[: times[0].start].strip()
        or words[times[0].end :].strip()
    ):
        return None
    other, old = times[0].periods[0], query.period
    if None in (other.start, other.end, old.start, old.end):
        return None
    if any(isinstance(item, TimeDimension) and item.grain is not None for item in query.group_by):
        return _longer(clip(other, earlier.as_of), earlier)
    before = [item.period for item in query.compare if item.show == "measure" and item.period is not None]
    periods = {_ends(period)[0]: period for period in (*before, _whole(old, unit_of(other), earlier.as_of), other)}
    if len(periods) < len(before) + 2:
        return None
    ordered = [periods[start] for start in sorted(periods)]
    ordered = [item.model_copy(update={"label": describe_period(item, earlier.as_of)}) for item in ordered]
    both = earlier.changed(
        "comparison",
        period=clip(ordered[-1], earlier.as_of),
        compare=beside_the_latest(ordered, earlier.as_of),
        calculations=(),
    )
    if _ends(ordered[-1]) == _ends(other) and (query.limit is not None or query.having):
        words = "Those were picked by their figures of the period before. Shall I pick them anew, by the later one?"
        return asking(words, "ambiguous", (Choice(label=both.interpretation, plan=both),))
    return both


def _whole(period: Period, unit: TimeGrain | None, as_of: dt.date) -> Period:
    """The whole unit that a period is the part of which lies behind; another period as it is."""
    first, end = (moment.date() for moment in _ends(period))
    clock = Clock(as_of)
    if unit is None or end != as_of + dt.timedelta(days=1) or clock.start_of(unit, as_of) != first:
        return period
    return Period(start=first, end=clock.shift(first, unit, 1))


def _longer(other: Period, earlier: _Earlier) -> Plan | None:
    """One course over both periods, where they meet."""
    (first, end), (old_first, old_end) = _ends(other), _ends(earlier.query.period or Period())
    if end < old_first or old_end < first:
        return None
    whole = Period(start=min(first, old_first).date(), end=max(end, old_end).date())
    return earlier.changed(period=whole)


def _ends(period: Period) -> tuple[dt.datetime, dt.datetime]:
    return as_datetime(period.start or dt.date.min), as_datetime(period.end or dt.date.max)


def _of_another_date(text: str, earlier: _Earlier) -> Plan | None:
    """ "and in 2023?" of those who joined in 2024: the time that was named is the one that changes."""
    query = earlier.query
    found = _ONLY_A_TIME.match(text)
    times = (
        find_time_expressions(found["time"], earlier.as_of, earlier.view.whole.calendar) if found is not None else ()
    )
    if found is None or len(times) != 1 or len(times[0].periods) != 1 or times[0].text.strip() != found["time"].strip():
        return None
    period = times[0].periods[0]
    ranges = [
        item for item in conjuncts(query.where) if isinstance(item, FieldCondition) and _bounds_a_time(item, earlier)
    ]
    fields = {(item.field, item.path) for item in ranges}
    if len(fields) != 1 or len(ranges) != 2 or period.start is None or period.end is None:
        return None
    moved: dict[str, Scalar] = {"ge": period.start, "lt": period.end}
    if {item.operator for item in ranges} != set(moved):
        return None
    where = [
        item.model_copy(update={"values": (moved[item.operator],)})
        if isinstance(item, FieldCondition) and item in ranges
        else item
        for item in conjuncts(query.where)
    ]
    of_those = earlier.changed(where=all_of(where))
    if query.period is None or query.period == usual_period(earlier.view, query.metrics[0].metric, earlier.as_of):
        return of_those
    in_it = earlier.changed(period=clip(period, earlier.as_of), compare=())
    choices = [Choice(label=plan.interpretation, plan=plan) for plan in (in_it, of_those)]
    return asking(f"Which of the two times do you mean by “{found['time'].strip()}”?", "ambiguous", choices)


def _bounds_a_time(condition: FieldCondition, earlier: _Earlier) -> bool:
    if condition.field == "metric_time" or condition.operator not in ("ge", "lt") or condition.part or condition.grain:
        return False
    return earlier.view.whole.field(condition.field).role is FieldRole.TIME


def _averaged(text: str, earlier: _Earlier) -> Plan | None:
    """ "and the average?" of a course: the total over its steps."""
    query = earlier.query
    if _AVERAGE.match(text) is None or len(query.group_by) != 1 or len(query.metrics) != 1 or query.period is None:
        return None
    step = query.group_by[0]
    plain = not (query.having or query.order_by or query.limit or query.calculations)
    if not isinstance(step, TimeDimension) or step.grain is None or step.field is not None or step.fiscal or not plain:
        return None
    if not adds_up_over_time(earlier.view, query.metrics[0].metric) or query.metrics[0].alias is not None:
        return None
    use = query.metrics[0].model_copy(update={"average_per": step.grain})
    return earlier.changed("value", metrics=(use,), group_by=(), compare=())


def _of_another_number(text: str, earlier: _Earlier) -> Plan | None:
    """ "make it ten" of the five highest: so many of them."""
    found = _SO_MANY.match(text)
    query = earlier.query
    if found is None or query.limit is None or not query.order_by or any(item.values for item in query.having):
        return None
    return earlier.changed(limit=_number(found["count"]))


def _their_share(text: str, earlier: _Earlier) -> Plan | None:
    """ "how much of total revenue is that, all ten together?" of the ten highest: theirs together of all there is."""
    found = _THEIR_SHARE.match(text)
    query = earlier.query
    plain = query.where is None and not query.limit_within and not any(item.values for item in query.having)
    if found is None or not plain or query.limit is None or query.limit < 2 or len(query.metrics) != 1:
        return None
    use, groups = query.metrics[0], query.group_by
    named = {meaning.name for meaning in earlier.phrases.means(found["figure"]) if meaning.kind == "metric"}
    numbers = {
        _number(word) for word in re.findall(r"\d+|[a-z]+", found["all"].casefold()) if word.isdigit() or word in COUNTS
    }
    together = found["they"].casefold() in ("that", "this", "it") or found["all"].strip(" ,")
    if (found["figure"] and use.metric not in named) or numbers - {query.limit} or not together or len(groups) != 1:
        return None
    (group,) = groups
    adds = adds_up(earlier.view, use.metric) and isinstance(group, FieldDimension)
    if not adds or not isinstance(group, FieldDimension) or Reach(earlier.view).holds_many(use.metric, group.field):
        return None
    share = Calculation(kind="share", metric=use.name, show="measure")
    label = mid_sentence(earlier.view.whole.metric_by_name[use.metric].label)
    way = "highest" if query.order_by[0].descending else "lowest"
    request = RollupRequest(
        query=query.model_copy(update={"calculations": (share,), "compare": (), "targets": False}),
        aggregate="sum",
        column=share.name,
        label=f"Share of {label} of the {query.limit} {way} together",
    )
    whole = earlier.changed("value", calculations=(share,), compare=(), targets=False)
    return whole.model_copy(update={"analysis": request, "interpretation": f"{request.label}: {whole.interpretation}"})


def _number(word: str) -> int:
    return COUNTS.get(word.casefold()) or int(word)


_CHANGES: tuple[Callable[[str, _Earlier], Plan | None], ...] = (
    _sorted,
    _dropped,
    _widened,
    _with_another_period,
    _of_another_date,
    _averaged,
    _of_another_number,
    _their_share,
)
