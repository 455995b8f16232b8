"""What one phrase of time says of another: a season named once for two years, "the first half ... vs the second half"."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Sequence
from dataclasses import replace

from agent.planners.embedded.counts import person_datasets
from agent.planners.embedded.cues import Cue
from agent.planners.embedded.draft import DatedSlot, Draft, Item
from agent.planners.embedded.reach import base_datasets
from agent.tools.compile import metric_time
from catalog.durations import Duration, TimeGrain, TimePart
from catalog.models import Calendar, FieldRole
from catalog.query import Period, as_datetime
from semantic_context.irregular_forms import IRREGULAR_VERBS
from semantic_context.linking import split_route
from semantic_context.time_expressions import (
    TimeExpression,
    TimeKind,
    describe_period,
    find_time_expressions,
    shift_period,
    unit_of,
)

_YEAR_DAYS = 366
_PART_OF_A_YEAR = 364  # days
_LEADING = re.compile(
    r"^(?:(?:in|during|for|within|on|over|from|the|our|of|vs|versus|against|compared|to|with|than)\.?\s+)+", re.I
)
_ORDINAL = re.compile(
    r"^(?P<place>first|second|third|fourth|last|1st|2nd|3rd|4th)\s+(?P<unit>half|third|quarter|week|weekend|fortnight)$",
    re.I,
)
_ORDINAL_OF = re.compile(
    r"^(?:first|second|third|fourth|last|1st|2nd|3rd|4th)\s+(?P<unit>half|third|quarter|week|weekend|fortnight)\s+(?P<tail>(?:of|in)\s+.+)$",
    re.I,
)
_JOINS = re.compile(
    r"\b(?:and|or|vs|versus|against|with|to|than|between|then|from|through|until|compar\w*|relative)\b|[,/&+;:?-]", re.I
)

_IN_A_YEAR = re.compile(r"^(?P<stretch>.*?\w)\s+(?:(?P<led>in|of)\s+)?(?P<year>[12]\d{3})$", re.IGNORECASE)
_YEARS_ALONE = re.compile(
    r"^(?:(?:vs|versus|against|over|than|to|with|compared (?:to|with)|relative to)\.?\s+)?(?:(?:in|of)\s+)?"
    r"[12]\d{3}(?:[\s,/&+]*(?:(?:and|or|vs|versus)\.?\s+)?[12]\d{3})*$",
    re.IGNORECASE,
)
_OWN_YEAR = re.compile(r"\s+(?:(?:in|of)\s+)?[12]\d{3}$")
_ONLY_JOINS = re.compile(
    r"^[\s,/&+]*(?:(?:and|or|vs|versus|against|with|to|than|compared (?:to|with)|relative to"
    r"|(?:(?:more|less|fewer|worse|[^\W\d]+er)(?:\s+than)?))\.?\s*)?(?:(?:in|of)\s+)?$",
    re.IGNORECASE,
)
_END_OF = re.compile(r"^(?:(?:at|by|on)\s+)?(?:the\s+)?(?:end|close) of (?P<of>.+)$", re.IGNORECASE)
_ONLY_LISTS = re.compile(r"^[\s,/&]*(?:and\s+)?(?:(?:at|of|the|end)\s+)*$", re.IGNORECASE)
_LEADS_TO_A_YEAR = re.compile(r"\b(in|of)\s+(?=[12]\d{3}\b)", re.IGNORECASE)

_GOING_BY = re.compile(
    r"\b(?:going|go|goes|judging|judged|counting|counted|dated) (?:by|on|off|after) (?:the )?(?:day|date|time|moment)"
    r"(?: (?:on|at) which| that| when)?(?P<of>\s[^,;.?!]*?)"
    r"(?=[,;.?!]|\s(?:by|per|for|in|from|during|since|and|each)\b|$)",
    re.IGNORECASE,
)


def time_to_go_by(question: str) -> tuple[int, int] | None:
    """Where "going by the day the repair was reported" names a time to place things by, not a step; None where nothing does."""
    found = _GOING_BY.search(question)
    return found.span() if found is not None and found["of"].strip() else None


def core_of(expression: TimeExpression) -> str:
    """The phrase without the words that lead to it."""
    return _LEADING.sub("", expression.text.strip())


def in_year(expression: TimeExpression, year: int, as_of: dt.date, calendar: Calendar) -> TimeExpression | None:
    """The same phrase in a year ("Black Friday" in 2024); None where the words do not take one."""
    text = f"{_OWN_YEAR.sub('', core_of(expression))} {year}"
    found = find_time_expressions(text, as_of, calendar)
    if len(found) != 1 or found[0].end - found[0].start != len(text) or not found[0].periods:
        return None
    return found[0]


def in_each_year(
    season: TimeExpression, outer: TimeExpression, as_of: dt.date, calendar: Calendar
) -> tuple[Period, ...]:
    """ "Black Friday" in each of "the last three years"; nothing where the other phrase is no stretch of whole years."""
    if len(outer.periods) > 1:  # "Black Friday 2024 and 2025"
        years = [whole_year_of(replace(outer, periods=(period,))) for period in outer.periods]
        each = [in_year(season, year, as_of, calendar) for year in years if year is not None]
        told = [item.period for item in each if item is not None and item.period is not None]
        return tuple(told) if len(told) == len(outer.periods) else ()
    period = outer.period
    if period is None or period.start is None or period.end is None:
        return ()
    start, end = as_datetime(period.start), as_datetime(period.end)
    whole = (
        (start.month, start.day) == (1, 1) and (end.month, end.day) == (1, 1) and end.year - start.year in range(2, 8)
    )
    if not whole:
        return ()
    found = [in_year(season, year, as_of, calendar) for year in range(start.year, end.year)]
    periods = [item.period for item in found if item is not None and item.period is not None]
    return tuple(periods) if len(periods) == len(found) else ()


def in_the_other_years(
    draft: Draft, named: Sequence[TimeExpression], compared: Sequence[TimeExpression]
) -> list[TimeExpression]:
    """ "Black Friday 2025 and 2024", "Q3 2026 vs 2025": years right behind a stretch of another year are that stretch's years,
    not whole ones. Gives the stretch of each year; nothing where years do not stand so."""
    stretches = [item for item in named if not _YEARS_ALONE.match(core_of(item))]
    said = _IN_A_YEAR.match(core_of(stretches[0])) if len(stretches) == 1 else None
    if said is None or stretches[0].period is None or stretches[0].grain is not None:
        return []
    years = sorted((item for item in (*named, *compared) if item is not stretches[0]), key=lambda item: item.start)
    found = [stretches[0]]
    for years_said in years:
        gap = draft.question[found[-1].end : years_said.start]
        if not _YEARS_ALONE.match(years_said.text.strip()) or not _ONLY_JOINS.match(gap):
            return []
        led = _LEADS_TO_A_YEAR.search(gap + years_said.text.strip())
        if led is not None and led[1].casefold() != (said["led"] or "").casefold():
            return []  # "in Q3 2026 and in 2025"
        for period in years_said.periods:
            year = as_datetime(period.start).year if period.start is not None else 0
            if str(year) == said["year"]:
                return []  # "October 2026 against 2026": the whole of it
            text = f"{said['stretch']} {year}"
            moved = find_time_expressions(text, draft.as_of, draft.view.whole.calendar)
            if len(moved) != 1 or moved[0].end - moved[0].start != len(text) or moved[0].period is None:
                return []
            found.append(replace(moved[0], start=years_said.start, end=years_said.end, text="and"))
    return found if len(found) > 1 else []


def same_stretch_in(
    year: int, period: Period, told: TimeExpression | None, as_of: dt.date, calendar: Calendar
) -> Period | None:
    """What of another year a stretch of less than a year is held against: "Christmas 2025 compared with 2024", "this month
    against 2025". None where it is of that year itself, or as long as one."""
    if period.start is None or period.end is None:
        return None
    start, end = as_datetime(period.start), as_datetime(period.end)
    if start.year == year or (end - start).days > _PART_OF_A_YEAR:
        return None
    named = in_year(told, year, as_of, calendar) if told is not None else None
    if named is not None and named.period is not None:
        return named.period
    moved = shift_period(period, Duration(count=start.year - year, grain=TimeGrain.YEAR))
    return moved.model_copy(update={"label": describe_period(moved, as_of)})


def joined_ends(draft: Draft, named: Sequence[TimeExpression]) -> list[TimeExpression] | None:
    """ "At the end of March, of June and of September 2026": one end said for all of them, so that the first is a period like
    the others. None where nothing is said so."""
    first = draft.time.as_of
    if first is None or first.moment is None or draft.time.as_of_before is not None or not named:
        return None
    ordered = sorted(named, key=lambda item: item.start)
    said = _END_OF.match(first.text.strip())
    gaps = [draft.question[one.end : other.start] for one, other in itertools.pairwise((first, *ordered))]
    alike = all(unit_of(period) is first.unit for item in ordered for period in item.periods)
    if said is None or not alike or not all(_ONLY_LISTS.match(gap) for gap in gaps):
        return None
    found = find_time_expressions(said["of"], draft.as_of, draft.view.whole.calendar)
    if len(found) != 1 or found[0].period is None:
        return None
    return [replace(found[0], start=first.start, end=first.end, text=first.text), *ordered]


def years_up_to(draft: Draft, named: list[TimeExpression]) -> list[TimeExpression]:
    """ "per quarter for 2025 and 2026 up to Q3": the course of the years ends where the last of them is said to."""
    if len(named) != 2 or draft.time.grain is None:
        return named
    years, until = sorted(named, key=lambda item: item.start)
    bounds = until.period
    starts = [period.start for period in years.periods]
    ends = [period.end for period in years.periods]
    if bounds is None or bounds.start is not None or bounds.end is None or None in (*starts, *ends):
        return named
    follow = all(one.end == other.start for one, other in itertools.pairwise(years.periods))
    end = as_datetime(bounds.end)
    last = years.periods[-1]
    if not follow or not _YEARS_ALONE.match(core_of(years)) or draft.question[years.end : until.start].strip(" ,"):
        return named
    if last.start is None or last.end is None or not as_datetime(last.start) < end <= as_datetime(last.end):
        return named
    return [replace(years, periods=(Period(start=years.periods[0].start, end=bounds.end),), end=until.end, unit=None)]


def leaves_the_stretch_open(draft: Draft, named: Sequence[TimeExpression]) -> bool:
    """ "in Q3 2026 and in 2025": whether the other year is meant whole, or by the same stretch."""
    if len(named) != 2:
        return False
    first, second = sorted(named, key=lambda item: item.start)
    said = _IN_A_YEAR.match(core_of(first))
    year = _YEARS_ALONE.match(second.text.strip()) and whole_year_of(second)
    if said is None or not year or first.period is None or whole_year_of(first) is not None:
        return False
    return _ONLY_JOINS.match(draft.question[first.end : second.start]) is not None and str(year) != said["year"]


def like_the_other(
    compared: TimeExpression, main: TimeExpression, as_of: dt.date, calendar: Calendar
) -> TimeExpression | None:
    """ "the first half of October vs the second half": the other half of the same month."""
    own, other = _ORDINAL.match(core_of(compared)), _ORDINAL_OF.match(core_of(main))
    if own is None or other is None or own["unit"].casefold() != other["unit"].casefold():
        return None
    text = f"{own['place']} {own['unit']} {other['tail']}"
    found = find_time_expressions(text, as_of, calendar)
    return found[0] if len(found) == 1 and found[0].period is not None else None


def as_before_another(draft: Draft, named: list[TimeExpression]) -> list[TimeExpression]:
    """ "revenue in Q3 and a year ago", "churn now and a year ago": the same stretch so long before it, set beside it.

    Gives what is named besides; where the two do not go together so, all of it.
    """
    time = draft.time
    told = [item for item in named if item.ago is not None]
    others = [item for item in named if item.ago is None]
    if len(told) != 1 or len(others) + (time.as_of is not None) != 1 or time.compare_expressions or time.as_of_before:
        return named
    ago, beside = told[0].ago, others[0] if others else time.as_of
    if ago is None or beside is None or not are_joined(draft, (beside, told[0])):
        return named
    if others and (beside.period is None or not moves_by(beside.period, ago) or unit_of(beside.period) is ago.grain):
        return named  # "in May and a month ago": that is a month before now
    time.compare_expressions.append(replace(told[0], kind=TimeKind.COMPARISON, periods=(), offset=ago, ago=None))
    return others


def moves_by(period: Period, ago: Duration) -> bool:
    """Whether a period is moved as a whole by so long: a month by months or a year, not a quarter by a month."""
    unit = unit_of(period)
    if period.start is None or period.end is None:
        return period.end is not None
    days = (as_datetime(period.end) - as_datetime(period.start)).days
    return unit.rank <= ago.grain.rank if unit is not None else ago.grain is TimeGrain.YEAR and days <= _YEAR_DAYS


def whole_year_of(expression: TimeExpression) -> int | None:
    """The year that a phrase names and nothing else ("2025", "last year"); None for any other phrase."""
    period = expression.period
    if period is None or period.start is None or period.end is None or expression.grain is not None:
        return None
    start, end = as_datetime(period.start), as_datetime(period.end)
    whole = (start.month, start.day) == (1, 1) and (end.month, end.day) == (1, 1) and end.year == start.year + 1
    return start.year if whole else None


def are_joined(draft: Draft, expressions: Sequence[TimeExpression]) -> bool:
    """Whether a joining word stands between any two phrases of time, so that they stand side by side."""
    ordered = sorted(expressions, key=lambda item: item.start)
    gaps = [draft.question[one.end : other.start] for one, other in itertools.pairwise(ordered)]
    starts = [item.text for item in ordered[1:]]
    return all(_JOINS.search(gap) or _JOINS.match(start) for gap, start in zip(gaps, starts, strict=True))


def grain_of_each(expression: TimeExpression) -> TimeGrain | None:
    """ "every October", "each Monday": one row for each of them."""
    if expression.text.casefold().split()[0] not in ("every", "each") or len(expression.part_values) != 1:
        return None
    if expression.part is TimePart.MONTH_OF_YEAR:
        return TimeGrain.YEAR
    return TimeGrain.DAY if expression.part is TimePart.WEEKDAY else None


def per_step_of_the_figure(draft: Draft) -> str | None:
    """The words of "which exhibition had the most visitors per day": a rate that things are picked by, and no split into days."""
    return next(
        (
            f"{before.text} {item.text}"
            for before, item in itertools.pairwise(draft.items)
            if item.used == "time" and before.used == "metric" and item.text.casefold().startswith("per ")
        ),
        None,
    )


def with_own_dates(draft: Draft, metrics: tuple[str, ...]) -> Draft:
    """ "How many customers joined in 2025": the time that a verb names is the figure's own, so its period is the question's."""
    own = [set(metric_time(draft.view, name)) for name in metrics]
    models = [draft.view.whole.metric_by_name[name] for name in metrics]
    if any(model.is_state or model.kind == "cumulative" for model in models):
        return draft  # those who joined in 2025 are not all there were at its end
    if (
        draft.time.named
        or len(draft.dated) != 1
        or not own
        or not all(set(draft.dated[0].fields) & times for times in own)
    ):
        return draft
    return replace(draft, dated=[], time=replace(draft.time, period=draft.dated[0].period))


def dated_slot(draft: Draft, item: Item, expression: TimeExpression) -> DatedSlot | None:
    """The time of its own that a period belongs to: the verb or date right before it is another than the figure's own."""
    if expression.period is None:
        return None
    owner = draft.preceding(item.place)
    if owner is None or owner.used is not None:
        return None
    fields = [meaning.name for meaning in owner.of("field") if _is_time(draft, meaning.name)]
    fields = [name for name in fields if not _is_somebody_elses(draft, owner, name)]
    things = {split_route(name)[0].partition(".")[0] for name in fields}
    others = [
        other for other in draft.items if other is not owner and (_is_figure(other) or _are_counted(other, things))
    ]
    if not fields and owner.span.best.kind == "metric" and _is_clause_verb(draft, owner):
        others = [other for other in others if other.place < owner.place]
        fields = list(metric_time(draft.view, owner.span.best.name))
    if not fields or not others or owner.span.best.kind not in ("metric", "field", "value", "stop"):
        return None
    figure = draft.view.whole.metric_by_name[others[0].of("metric")[0].name]
    if owner.span.best.kind in ("value", "stop"):  # "completed in 2024": the moment of it, where the things have one
        bases = base_datasets(draft.view, figure.name)
        fields = [name for name in fields if split_route(name)[0].partition(".")[0] in bases]
        if len(fields) != 1 or owner.place != item.place - 1:
            return None
    if set(fields) & set(metric_time(draft.view, figure.name)) and figure.kind != "cumulative":
        return None
    owner.used = item.used = "dated"
    return DatedSlot(item.place, tuple(fields), expression.period)


def _is_time(draft: Draft, reference: str) -> bool:
    return draft.view.whole.field(split_route(reference)[0]).role is FieldRole.TIME


def _is_somebody_elses(draft: Draft, owner: Item, reference: str) -> bool:
    """ "Merchants who joined": whoever looks after them has joined at some time too, and is not who is said to have."""
    before = draft.preceding(owner.place)
    if before is not None and before.cue() is Cue.WHICH:
        before = draft.preceding(before.place)
    said = {meaning.name for meaning in before.of("dataset")} if before is not None else set()
    whose = split_route(reference)[0].partition(".")[0]
    return bool(said) and whose not in said and whose in person_datasets(draft.view)


def _is_figure(item: Item) -> bool:
    """Whether an item is first of all a figure, if only by a word that may as well say nothing ("organisations")."""
    return item.span.best.kind == "metric" or (item.span.best.kind == "stop" and item.has("metric"))


def _are_counted(item: Item, things: set[str]) -> bool:
    """Whether an item names the things whose time it is, and a figure that counts them, though a kind of others is called so
    too: vaccinations with a due date, where an appointment may be for a vaccination."""
    return item.has("metric") and any(meaning.name in things for meaning in item.of("dataset"))


def _is_clause_verb(draft: Draft, item: Item) -> bool:
    """Whether an item is the verb of "customers who signed up"."""
    token = draft.tokens[item.span.start]
    before = draft.items[item.place - 1] if item.place else None
    verb = token.folded.endswith("ed") or token.folded in IRREGULAR_VERBS
    return verb and before is not None and before.text.casefold() in ("who", "that", "which")
