"""Cohorts: who began together, and how many of them stay or come back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from sqlglot import exp

from agent.answer import ChartSeries, ChartSpec
from agent.tools.analysis.asking_back import asking_back
from agent.tools.analysis.customers.cohort_select import came_back_select, cohort_select
from agent.tools.analysis.customers.customer_base import FollowedBase, NotDeclaredError, customer_base
from agent.tools.analysis.customers.purchases import (
    PURCHASE_ROWS,
    START_ROWS,
    base_caveats,
    column,
    observed_days,
    over_purchases,
    purchase_query,
    start_query,
)
from agent.tools.analysis.desk import AnalysisDesk
from agent.tools.analysis.finding import Finding
from agent.tools.present.declared_numbers import CellReference
from agent.tools.present.sentences import SentenceBuilder
from agent.tools.warehouse.result import ResultColumn, ResultTable
from catalog.analyses.cohort import CameBackRequest, CohortRequest
from catalog.durations import TimeGrain
from catalog.query import MetricQuery, Period, as_datetime
from semantic_context.time_expressions import describe_period
from semantic_context.time_grammar.clock import DAY, Clock

_USUAL_COHORTS = {TimeGrain.WEEK: 12, TimeGrain.MONTH: 12, TimeGrain.QUARTER: 8, TimeGrain.YEAR: 10}
_SMALL_COHORT = 30
_STARTS = ("starts", f"SELECT entity, CAST(cohort AS DATE) AS cohort FROM {START_ROWS} WHERE entity IS NOT NULL")


def follow_cohorts(request: CohortRequest, desk: AnalysisDesk) -> Finding:
    """The retention triangle: one row a cohort and whole period since it began; and the average by age."""
    try:
        base = customer_base(desk.view)
    except NotDeclaredError as error:
        return asking_back(str(error))
    if request.began == "start" and (base.start is None or base.member is None):
        return asking_back(_no_start(base))
    if request.measure == "amount" and base.value is None:
        return asking_back(_no_value())
    span = observed_days(base, desk)
    if span is None:
        return asking_back(f"There are no {base.events_label.lower()} to follow.", "no_data")
    clock = Clock(desk.as_of, desk.view.whole.calendar)
    grain = request.grain
    observed = _last_whole(clock, grain, span[1])
    asked = request.cohorts
    last = min(observed, clock.start_of(grain, _last_day(asked))) if asked is not None and asked.end else observed
    if asked is not None and asked.start is not None:
        first = clock.start_of(grain, _day(asked.start))
    else:
        first = clock.shift(last, grain, 1 - _USUAL_COHORTS[grain])
        if request.began == "first_event":  # who came in the data's first period may have come before it
            first = max(first, clock.shift(clock.start_of(grain, span[0]), grain, 1))
    if first > last:
        return asking_back(
            f"No whole {grain.value} of cohorts lies in that period: whole ones run to {observed.isoformat()}.",
            "no_data",
        )
    desk.say("Following cohorts")
    given = request.began == "start"
    select = cohort_select(grain, first, last, observed, request.ages - 1, given)
    activity = (
        f"SELECT entity, {_truncated(grain, clock)} AS period, SUM(amount) AS amount FROM purchases GROUP BY 1, 2"
    )
    others = [("activity", activity)]
    if given:
        starts = _STARTS[1].replace("CAST(cohort AS DATE) AS cohort", f"{_truncated(grain, clock, 'cohort')} AS cohort")
        others.append(("starts", starts))
    triangle = _over(request, base, desk, select, others, _triangle_columns(request, base), "cohorts")
    if not triangle.rows:
        return asking_back(
            f"Nobody began in {describe_period(Period(start=first, end=clock.shift(last, grain, 1)))}.", "no_data"
        )
    triangle = _asked_first(triangle, request, base)
    return _told(request, base, desk, triangle, span[0])


def count_came_back(request: CameBackRequest, desk: AnalysisDesk) -> Finding:
    """Of those who began in a period, how many had an event on a later day."""
    try:
        base = customer_base(desk.view)
    except NotDeclaredError as error:
        return asking_back(str(error))
    given = request.began == "start"
    if given and (base.start is None or base.member is None):
        return asking_back(_no_start(base))
    span = observed_days(base, desk)
    cohort = request.cohort
    if span is None or cohort.start is None or cohort.end is None:
        return asking_back("In which period did they begin?", "no_data")
    first, after = _day(cohort.start), min(_day(cohort.end), desk.as_of + DAY)
    if first > span[1] or (after <= span[0] and not given):
        return asking_back(
            f"There are no {base.events_label.lower()} in {describe_period(cohort)}: they run from {span[0].isoformat()} to "
            f"{span[1].isoformat()}.",
            "no_data",
        )
    back = request.returned
    select = came_back_select(
        first,
        after,
        _day(back.start) if back is not None and back.start is not None else None,
        _day(back.end) if back is not None and back.end is not None else None,
        given,
    )
    others = [("activity", "SELECT entity, day FROM purchases")] + ([_STARTS] if given else [])
    columns = (
        column("cohort_size", "context", "count", f"{base.plural.capitalize()} of the cohort"),
        column("came_back", "measure" if request.measure == "count" else "context", "count", "Came back"),
        column("share", "measure" if request.measure == "share" else "context", "fraction", "Share that came back"),
    )
    table = _over(request, base, desk, select, others, columns, "came_back")
    if not table.rows[0][0]:
        return asking_back(f"Nobody began in {describe_period(cohort)}.", "no_data")
    builder = SentenceBuilder((table,), "headline")
    size, number, share = (CellReference(row=0, column=place) for place in range(3))
    began = _began_words(request.began, base)
    when = f" in {describe_period(back)}" if back is not None else " by now"
    headline = builder.finished(
        f"{builder.value(number, 'count')} of the {builder.value(size, 'count')} {base.plural} "
        f"({builder.value(share, 'fraction')}) who {began} in {describe_period(cohort)} came back{when}"
    )
    caveats = [f"Came back means {base.events_label.lower()} on a later day than the first."]
    if after > desk.as_of + DAY - dt.timedelta(days=30) and back is None:
        caveats.append(
            "They began lately and have had little time to come back: not to be compared with older cohorts."
        )
    if not given and first < span[0] + dt.timedelta(days=31):
        caveats.append("The data begin there, so some of them may have begun earlier.")
    return Finding(
        results=(table,),
        headline=headline,
        caveats=(*caveats, *base_caveats(base)),
        periods=(cohort, *((back,) if back is not None else ())),
        phrases=(describe_period(cohort), *((describe_period(back),) if back is not None else ())),
    )


def _over(
    request: CohortRequest | CameBackRequest,
    base: FollowedBase,
    desk: AnalysisDesk,
    select: exp.Select,
    others: list[tuple[str, str]],
    columns: tuple[ResultColumn, ...],
    name: str,
) -> ResultTable:
    with_value = isinstance(request, CohortRequest) and base.value is not None
    queries: dict[str, MetricQuery] = {
        PURCHASE_ROWS: purchase_query(base, request.where, desk.as_of + DAY, with_value=with_value)
    }
    if request.began == "start":
        queries[START_ROWS] = start_query(base, request.where)
    return desk.query_over(queries, over_purchases(select, with_value, *others), columns, name)


def _truncated(grain: TimeGrain, clock: Clock, of: str = "day") -> str:
    """A day's period in the catalog's calendar, as SQL."""
    if grain is TimeGrain.WEEK and clock.week_start:
        ahead = 7 - clock.week_start  # Sunday weeks begin a day before Monday's
        return f"CAST(DATE_TRUNC('week', CAST({of} AS DATE) + {ahead}) AS DATE) - {ahead}"
    return f"CAST(DATE_TRUNC('{grain.value}', CAST({of} AS DATE)) AS DATE)"


def _last_whole(clock: Clock, grain: TimeGrain, last_event: dt.date) -> dt.date:
    """The first day of the last period that is over and that the data reach."""
    return min(
        clock.shift(clock.start_of(grain, clock.tomorrow), grain, -1),
        clock.start_of(grain, last_event),
    )


def _day(moment: dt.date | dt.datetime) -> dt.date:
    return as_datetime(moment).date()


def _last_day(period: Period) -> dt.date:
    assert period.end is not None
    return (as_datetime(period.end) - dt.timedelta(microseconds=1)).date()


def _triangle_columns(request: CohortRequest, base: FollowedBase) -> tuple[ResultColumn, ...]:
    return (
        column("cohort", "key", None, f"{request.grain.value.capitalize()} they began"),
        column("age", "key", None, f"{request.grain.value.capitalize()}s since"),
        column("cohort_size", "context", "count", f"{base.plural.capitalize()} of the cohort"),
        column("active", "context", "count", f"Active {base.plural}"),
        column("retention", "measure", "fraction", "Retention"),
        column("amount", "context", base.value_unit, base.value_label or "Amount"),
    )


def _asked_first(triangle: ResultTable, request: CohortRequest, base: FollowedBase) -> ResultTable:
    """The triangle with what was asked as its measure; without a value its empty column is left out."""
    columns, rows = triangle.columns, triangle.rows
    if request.measure == "amount":
        each = tuple((*row, float(row[5]) / row[2] if row[2] else None) for row in rows)
        spent = column("amount_per_member", "measure", base.value_unit, f"{base.value_label} for each of the cohort")
        columns = tuple(
            item.model_copy(update={"role": "context"}) if item.name == "retention" else item for item in columns
        )
        return triangle.model_copy(update={"columns": (*columns, spent), "rows": each})
    if base.value is None:
        return triangle.model_copy(update={"columns": columns[:5], "rows": tuple(row[:5] for row in rows)})
    return triangle


def _averages(triangle: ResultTable, grain: TimeGrain, base: FollowedBase) -> ResultTable:
    """By age, over the cohorts observed for it: cohorts, members, active, retention (of all together), amount a member."""
    by_age: dict[int, list[float]] = {}
    for row in triangle.rows:
        sums = by_age.setdefault(row[1], [0, 0, 0, 0.0])
        amount = float(row[5]) if base.value is not None else 0.0
        by_age[row[1]] = [one + other for one, other in zip(sums, (1, row[2], row[3], amount), strict=True)]
    columns = [
        (column("age", "key", None, f"{grain.value.capitalize()}s since"), "BIGINT"),
        (column("cohorts", "context", "count", "Cohorts observed"), "BIGINT"),
        (column("members", "context", "count", "Members"), "BIGINT"),
        (column("active", "context", "count", "Active"), "BIGINT"),
        (column("retention", "measure", "fraction", "Retention"), "DOUBLE"),
        (column("amount_per_member", "context", base.value_unit, f"{base.value_label} a member"), "DOUBLE"),
    ][: 6 if base.value is not None else 5]
    rows = tuple(
        (age, int(cohorts), int(members), int(active), active / members, amount / members)[: len(columns)]
        for age, (cohorts, members, active, amount) in sorted(by_age.items())
        if members
    )
    typed = tuple(item.model_copy(update={"type": name}) for item, name in columns)
    return triangle.model_copy(update={"name": "by_age", "columns": typed, "rows": rows})


def _told(
    request: CohortRequest, base: FollowedBase, desk: AnalysisDesk, triangle: ResultTable, data_begin: dt.date
) -> Finding:
    averages = _averages(triangle, request.grain, base)
    results = (triangle, averages)
    builder = SentenceBuilder(results, "headline")
    grain = request.grain.value
    cohorts = sorted({row[0] for row in triangle.rows})
    shown = Period(
        start=_day(cohorts[0]),
        end=Clock(desk.as_of, desk.view.whole.calendar).shift(_day(cohorts[-1]), request.grain, 1),
    )
    place = {row[0]: at for at, row in enumerate(averages.rows)}
    began = _began_words(request.began, base)
    if request.measure == "amount" and 1 in place:
        cells = [CellReference(result=1, row=place[age], column=5) for age in (0, 1)]
        first_amount, next_amount = (builder.value(cell, base.value_unit) for cell in cells)
        headline = builder.finished(
            f"{base.value_label} of the {base.plural} who {began} in {describe_period(shown)}: {first_amount} each in their first "
            f"{grain}, {next_amount} in the {grain} after"
        )
    elif 1 in place:
        at = CellReference(result=1, row=place[1], column=4)
        text = (
            f"{builder.value(at, 'fraction')} of the {base.plural} who {began} in {describe_period(shown)} were active in the "
            f"{grain} after"
        )
        later = max(age for age in place if averages.rows[place[age]][1] >= min(3, len(cohorts)))
        if later > 1:
            number = builder.value(CellReference(result=1, row=place[later], column=0), None)
            share = builder.value(CellReference(result=1, row=place[later], column=4), "fraction")
            text += f", {share} in {grain} {number}"
        headline = builder.finished(text)
    else:
        size = builder.value(CellReference(result=1, row=place[0], column=2), "count")
        headline = builder.finished(
            f"{size} {base.plural} {began} in {describe_period(shown)}; no later {grain} is whole yet"
        )
    narrative = []
    firsts = [(at, row) for at, row in enumerate(triangle.rows) if row[1] == 1 and row[2] >= _SMALL_COHORT]
    if len(firsts) > 2:
        teller = SentenceBuilder(results)
        best, worst = max(firsts, key=lambda item: item[1][4]), min(firsts, key=lambda item: item[1][4])
        high = teller.value(CellReference(row=best[0], column=4), "fraction")
        low = teller.value(CellReference(row=worst[0], column=4), "fraction")
        narrative.append(
            teller.finished(
                f"In their first {grain} after, the cohort of {_named(best[1][0], request.grain)} kept most ({high}), "
                f"that of {_named(worst[1][0], request.grain)} least ({low})."
            )
        )
    caveats = [
        f"Only whole {grain}s are shown: younger cohorts have been observed for less long, and averages by age hold only the "
        "cohorts that reached it."
    ]
    if any(row[2] < _SMALL_COHORT for row in triangle.rows):
        caveats.append("Cohorts of fewer than 30 are shown, but their shares say little.")
    if request.began == "first_event" and _day(cohorts[0]) <= data_begin:
        caveats.append(
            f"The data begin on {data_begin.isoformat()}: the first cohort holds {base.plural} who came before."
        )
    if request.began == "start":
        caveats.append(
            "Retention counts those with an event in the period; those who never had one stay in the cohort."
        )
    return Finding(
        results=results,
        headline=headline,
        narrative=tuple(narrative),
        chart=_heat_map(request, triangle, base),
        caveats=(*caveats, *base_caveats(base)),
        periods=(shown, *(Period(start=_day(item), end=_day(item) + DAY) for item in cohorts)),
        phrases=(describe_period(shown), *(_named(item, request.grain) for item in cohorts)),
    )


def _named(cohort: dt.date | dt.datetime, grain: TimeGrain) -> str:
    day = _day(cohort)
    end = Clock(day).shift(day, grain, 1)
    return describe_period(Period(start=day, end=end))


def _heat_map(request: CohortRequest, triangle: ResultTable, base: FollowedBase) -> ChartSpec | None:
    """Cohorts down, ages across. The period they began in is left out of the shades: all were active in it."""
    measured = next(at for at, item in enumerate(triangle.columns) if item.role == "measure")
    unit = triangle.columns[measured].unit
    cells: Mapping[tuple[dt.date, int], float] = {
        (_day(row[0]), row[1]): float(row[measured]) for row in triangle.rows if row[measured] is not None
    }
    ages = sorted({age for _, age in cells if age > 0 or request.began == "start" or request.measure == "amount"})
    cohorts = sorted({day for day, age in cells if age in ages})  # the youngest may have nothing to show yet
    if not ages or len(cohorts) < 2:
        return None
    label = triangle.columns[measured].label or "Retention"
    return ChartSpec(
        kind="heatmap",
        title=f"{label} by cohort",
        x_label=f"{request.grain.value.capitalize()}s since they began",
        y_label=f"{request.grain.value.capitalize()} they began",
        x=tuple(str(age) for age in ages),
        series=tuple(
            ChartSeries(name=_named(day, request.grain), values=tuple(cells.get((day, age)) for age in ages), unit=unit)
            for day in cohorts
        ),
        unit=unit,
    )


def _began_words(began: str, base: FollowedBase) -> str:
    return "began" if began == "start" else f"had their first {_event_noun(base)}"


def _event_noun(base: FollowedBase) -> str:
    label = base.events_label.lower()
    return label[:-1] if label.endswith("s") and not label.endswith("ss") else label


def _no_start(base: FollowedBase) -> str:
    return (
        f"The catalog does not say when {base.plural} began, other than by their first event. Declare strategy.customers.start "
        "(a date of their own, such as customers.signup_date), or ask for cohorts by first purchase."
    )


def _no_value() -> str:
    return (
        "The catalog does not say what an event is worth: declare strategy.customers.value, a metric such as revenue."
    )
