"""What a forecast says: the figure with its interval, what it means for a target, and the record of how it was made."""

from __future__ import annotations

import decimal

from agent.tools.analysis.desk import AnalysisDesk
from agent.tools.analysis.finding import Finding
from agent.tools.analysis.forecast.fan_chart import fan_chart
from agent.tools.analysis.forecast.metric_forecast import reaches
from agent.tools.analysis.forecast.tables import ForecastRow, ForecastTables, Made
from agent.tools.present.declared_numbers import CellReference
from agent.tools.present.display_text import shown_name
from agent.tools.present.label_words import is_plural, mid_sentence
from agent.tools.present.number_format import as_decimal, format_distinct
from agent.tools.present.periods import bucket_name, in_bucket, in_period, period_name, shift, whole_grain
from agent.tools.present.sentences import Sentence, SentenceBuilder
from catalog.analyses.forecast import ForecastRequest
from catalog.durations import TimeGrain
from catalog.models import Direction
from catalog.query import Period, as_datetime

_RIVAL_WORDS = {"seasonal naive": "repeating the season before", "naive": "repeating the last value"}
_HELD = {">": "exceed", ">=": "reach", "<": "be below", "<=": "be at most"}
_MOST_NAMED = 3
_FEWEST_STEPS = 2
_WHOLE = 3  # the table of all rows together, where there is one
_ALL_BUT = decimal.Decimal("0.005")  # a chance nearer than this to none or all is said in words


def in_stretch(row: ForecastRow, grain: TimeGrain) -> str:
    """A row's time with its preposition: as a period of its grain, or as days where it is none."""
    return in_bucket(row.start, grain) if _is_one(row, grain) else in_period(Period(start=row.start, end=row.end))


def _is_one(row: ForecastRow, grain: TimeGrain) -> bool:
    whole = shift(as_datetime(row.start), 1, grain) == as_datetime(row.end)
    return whole and (grain.rank <= TimeGrain.WEEK.rank or whole_grain(Period(start=row.start, end=row.end)) is grain)


class _Teller:
    """Writes the sentences of one forecast."""

    def __init__(
        self, request: ForecastRequest, desk: AnalysisDesk, rows: tuple[ForecastRow, ...], tables: ForecastTables
    ) -> None:
        self.request = request
        self.metric = desk.view.whole.metric_by_name[request.metric]
        self.rows = rows
        self.tables = tables
        self.unit = self.metric.unit
        self.pattern = self.metric.format
        self.columns = len(rows[0].group)

    def builder(self) -> SentenceBuilder:
        return SentenceBuilder(self.tables.results)

    def cell(self, build: SentenceBuilder, row: int, name: str, result: int = 0) -> str:
        extra = self.digits(build, row, result) if name == "forecast" else 0
        return build.value(self.at(row, name, result), self.unit, self.pattern, extra)

    def at(self, row: int, name: str, result: int = 0) -> CellReference:
        return CellReference(result=result, row=row, column=self.tables.column(name, result))

    def level(self, build: SentenceBuilder) -> str:
        return build.value(self.at(0, "level", 1), "fraction")

    def when(self, row: ForecastRow) -> str:
        return in_stretch(row, self.request.grain)

    def between(self, build: SentenceBuilder, row: int, result: int = 0) -> str:
        """The interval, precise enough that its ends read differently."""
        extra = self.digits(build, row, result)
        ends = (self.at(row, name, result) for name in ("low", "high"))
        first, second = (build.value(end, self.unit, self.pattern, extra) for end in ends)
        return f"between {first} and {second}"

    def digits(self, build: SentenceBuilder, row: int, result: int = 0) -> int:
        """The extra decimals at which a forecast and the ends of its interval read differently."""
        low, middle, high = (build.number(self.at(row, name, result)) for name in ("low", "forecast", "high"))
        return max(
            format_distinct(one, other, self.unit, "narrative", self.pattern)
            for one, other in ((low, middle), (middle, high))
        )

    def interval(self, build: SentenceBuilder, row: int, result: int = 0) -> str:
        return f"{self.between(build, row, result)} with a chance of {self.level(build)}"

    def label(self) -> str:
        return self.metric.label

    def verb(self) -> str:
        return "are" if is_plural(self.metric.label) else "is"


def tell(
    request: ForecastRequest, desk: AnalysisDesk, made: Made, rows: tuple[ForecastRow, ...], tables: ForecastTables
) -> Finding:
    """The finding of a forecast."""
    teller = _Teller(request, desk, rows, tables)
    if request.goal is not None and not request.group_by:
        headline, more = _about_goal(teller, made)
    elif request.group_by:
        headline, more = _by_group(teller), []
    else:
        headline, more = _plain(teller, made), []
    narrative = [*more, *_against_last_year(teller), *_record(teller, made)]
    return Finding(
        results=tables.results,
        headline=headline,
        narrative=tuple(item for item in narrative if item.text),
        chart=fan_chart(request, desk, made, rows, tables),
        caveats=tuple(_caveats(teller, made)),
        periods=(
            *(Period(start=row.start, end=row.end) for row in rows),
            Period(start=made.history.window.start, end=made.history.window.end),
        ),
    )


def _plain(teller: _Teller, made: Made) -> Sentence:
    build = teller.builder()
    rows = teller.rows
    if len(rows) == 1:
        text = (
            f"{teller.label()} {teller.verb()} expected at {teller.cell(build, 0, 'forecast')} {teller.when(rows[0])}, "
            f"{teller.interval(build, 0)}"
        )
        return build.finished(text)
    last = len(rows) - 1
    ends = (
        f"{teller.cell(build, 0, 'forecast')} {teller.when(rows[0])} and {teller.cell(build, last, 'forecast')} "
        f"{teller.when(rows[-1])}"
    )
    if len(teller.tables.results) <= _WHOLE:
        return build.finished(f"{teller.label()} {teller.verb()} expected at {ends}")
    span = in_period(Period(start=rows[0].start, end=rows[-1].end))
    whole = teller.cell(build, 0, "forecast", _WHOLE)
    return build.finished(
        f"{teller.label()} {teller.verb()} expected at {whole} {span}, {teller.interval(build, 0, _WHOLE)}: {ends}"
    )


def _by_group(teller: _Teller) -> Sentence:
    """The groups with the highest forecasts in the last period."""
    build = teller.builder()
    last = max(row.start for row in teller.rows)
    places = [place for place, row in enumerate(teller.rows) if row.start == last]
    places.sort(key=lambda place: -teller.rows[place].outcome.value)
    named = [
        f"{', '.join(shown_name(item) if item is not None else 'none' for item in teller.rows[place].group)} "
        f"{teller.cell(build, place, 'forecast')}"
        for place in places[:_MOST_NAMED]
    ]
    rest = len(places) - len(named)
    more = f" and {rest} more" if rest else ""
    if rest:
        build.derived("count", tuple(CellReference(row=place, column=0) for place in places[_MOST_NAMED:]))
    return build.finished(
        f"Expected {mid_sentence(teller.label())} {teller.when(teller.rows[places[0]])}: {', '.join(named)}{more}"
    )


def _about_goal(teller: _Teller, made: Made) -> tuple[Sentence, list[Sentence]]:
    goal, target = teller.request.goal, teller.tables.target
    assert goal is not None
    if target is None:
        none = Sentence(f"There is no target of {mid_sentence(teller.label())} for such a period.")
        return _plain(teller, made), [none]
    of = "its target of " if goal.value is None else ""
    first = next(
        (place for place, row in enumerate(teller.rows) if reaches(row.outcome.value, target, goal.comparison)), None
    )
    build = teller.builder()
    if goal.first_time:
        return _first_time(teller, build, first, of), []
    last = len(teller.rows) - 1
    row = teller.rows[last]
    holds = reaches(row.outcome.value, target, goal.comparison)
    figure = f"{teller.cell(build, last, 'target')} {teller.when(row)}"
    if _is_wanted(teller):
        held = f"{'on track' if holds else 'not on track'} for {of}{figure}"
    else:
        held = f"{'expected' if holds else 'not expected'} to {_HELD[goal.comparison]} {figure}"
    text = (
        f"{teller.label()} {teller.verb()} {held}: {teller.cell(build, last, 'forecast')} is expected, "
        f"{teller.interval(build, last)}"
    )
    odds = teller.builder()
    more = [odds.finished(f"{_odds(teller, odds, last)}.")]
    if len(teller.rows) > 1:
        when = f"first expected to be reached {teller.when(teller.rows[first])}" if first is not None else None
        more.append(Sentence(f"It is {when or 'not expected to be reached before that'}."))
    elif row.outcome.known is not None and holds and goal.comparison in (">", ">="):
        reached = _crossed(teller, made, row, target)
        if reached is not None:
            more.append(Sentence(f"The sum is expected to pass it {reached}."))
    return build.finished(text), more


def _odds(teller: _Teller, build: SentenceBuilder, row: int) -> str:
    """The chance in words where it is next to none or all, else as a figure."""
    place = teller.at(row, "chance")
    chance = build.number(place)
    if chance is None or _ALL_BUT <= chance <= 1 - _ALL_BUT:
        what = "The chance to reach it" if _is_wanted(teller) else "The chance of that"
        return f"{what} {teller.when(teller.rows[row])} is {build.value(place, 'fraction')}"
    what = "Reaching it" if _is_wanted(teller) else "That"
    return (
        f"{what} {teller.when(teller.rows[row])} is {'all but certain' if chance > _ALL_BUT else 'next to impossible'}"
    )


def _is_wanted(teller: _Teller) -> bool:
    """Whether what is asked about is a goal: the target, or a figure on the good side. "Will churn exceed 20 %" is none."""
    goal = teller.request.goal
    if goal is None or goal.value is None or goal.first_time:
        return True
    if teller.metric.direction is None:
        return False
    return goal.comparison in ((">", ">=") if teller.metric.direction is Direction.UP else ("<", "<="))


def _crossed(teller: _Teller, made: Made, row: ForecastRow, target: float) -> str | None:
    """The period of the history's grain in which the sum since the row's start passes the target."""
    window, forecast = made.history.window, made.forecasts[()]
    start, end = window.place(row.start), window.place(row.end)
    if end - start < _FEWEST_STEPS:
        return None
    for past in range(start + 1, end + 1):
        if forecast.over(start, past, teller.request.level).value >= target:
            return in_bucket(window.first_day(past - 1), window.grain)
    return None


def _first_time(teller: _Teller, build: SentenceBuilder, first: int | None, of: str) -> Sentence:
    last = len(teller.rows) - 1
    if first is None:
        return build.finished(
            f"{teller.label()} {teller.verb()} not expected to reach {of}{teller.cell(build, last, 'target')} by "
            f"{_name(teller.rows[last], teller)}: {teller.cell(build, last, 'forecast')} is expected then, "
            f"{teller.interval(build, last)}"
        )
    return build.finished(
        f"{teller.label()} {teller.verb()} first expected to reach {of}{teller.cell(build, first, 'target')} "
        f"{teller.when(teller.rows[first])}, at {teller.cell(build, first, 'forecast')}, "
        f"{teller.interval(build, first)}"
    )


def _against_last_year(teller: _Teller) -> list[Sentence]:
    """How the last period asked for stands beside the one a year earlier, where there is one group."""
    last = len(teller.rows) - 1
    row = teller.rows[last]
    if teller.request.group_by or row.year_before is None:
        return []
    build = teller.builder()
    cells = (CellReference(row=last, column=teller.tables.column("forecast")),)
    of = (CellReference(row=last, column=teller.tables.column("year_before")),)
    arithmetic = "difference" if teller.unit in ("fraction", "score") else "growth"
    change = build.computed(arithmetic, cells, of)  # type: ignore[arg-type]
    if change is None:
        return []
    printed = build.derived(arithmetic, cells, of)  # type: ignore[arg-type]
    side = "above" if change >= 0 else "below"
    before = teller.cell(build, last, "year_before")
    return [build.finished(f"The forecast for {_name(row, teller)} is {printed} {side} the {before} of a year before.")]


def _name(row: ForecastRow, teller: _Teller) -> str:
    if _is_one(row, teller.request.grain):
        return bucket_name(row.start, teller.request.grain)
    return period_name(Period(start=row.start, end=row.end))


def _record(teller: _Teller, made: Made) -> list[Sentence]:
    """The method's record, in one sentence; the table beside it has it for each group."""
    table = teller.tables.results[1]
    if not table.rows:
        return []
    build = teller.builder()

    def at(name: str, unit: str, row: int = 0) -> str:
        return build.value(CellReference(result=1, row=row, column=teller.tables.column(name, 1)), unit)

    rival = _RIVAL_WORDS[made.forecasts[next(iter(made.forecasts))].record.benchmark]
    grain = made.history.window.grain.value
    if len(table.rows) > 1:
        column = teller.tables.column("coverage", 1)
        known = tuple(
            CellReference(result=1, row=place, column=column)
            for place, row in enumerate(table.rows)
            if as_decimal(row[column]) is not None
        )
        if not known:
            return []
        held = build.derived("mean", known)
        return [
            build.finished(
                f"Tested on the past, intervals of {at('level', 'fraction')} held {held} of what came; the table beside "
                "has each group's record."
            )
        ]
    text = (
        f"Tested at {at('origins', 'count')} past {grain}s, the method ({table.rows[0][0]}) has a scaled error of "
        f"{at('mase', 'ratio')}, {rival} one of {at('rival_mase', 'ratio')}."
    )
    if table.rows[0][teller.tables.column("coverage", 1)] is not None:
        text += f" Intervals of {at('level', 'fraction')} held {at('coverage', 'fraction')} of what came."
    return [build.finished(text)]


def _caveats(teller: _Teller, made: Made) -> list[str]:
    window = made.history.window
    found = []
    first = next(iter(made.forecasts.values())).record
    if not first.seasonal and window.grain in (TimeGrain.WEEK, TimeGrain.MONTH, TimeGrain.QUARTER):
        found.append("The history is shorter than two years and some: no season of the year is in the forecast.")
    if made.history.left_out:
        found.append(f"Only the {len(made.forecasts)} largest groups are forecast.")
    if made.too_short:
        names = ", ".join(shown_name(", ".join(map(str, group))) for group in made.too_short[:5])
        found.append(f"Too little history for a forecast: {names}.")
    if teller.request.group_by and made.adds_up:
        found.append("The groups are forecast so that they add up to the forecast of the whole.")
    found.append("A forecast continues the past: it knows of no plan, price or campaign to come.")
    return found
