"""RFM: customers by how lately, how often and for how much they bought."""

from __future__ import annotations

from agent.answer import ChartSeries, ChartSpec
from agent.tools.analysis.asking_back import asking_back
from agent.tools.analysis.customers.customer_base import FollowedBase, NotDeclaredError, customer_base
from agent.tools.analysis.customers.purchases import (
    PURCHASE_ROWS,
    base_caveats,
    column,
    observed_days,
    over_purchases,
    purchase_query,
)
from agent.tools.analysis.customers.rfm_select import rfm_best_select, rfm_scores_select, rfm_segments_select
from agent.tools.analysis.desk import AnalysisDesk
from agent.tools.analysis.finding import Finding
from agent.tools.present.declared_numbers import CellReference
from agent.tools.present.sentences import Sentence, SentenceBuilder
from agent.tools.warehouse.result import ResultColumn, ResultTable
from catalog.analyses.rfm import RfmRequest
from catalog.query import as_datetime
from semantic_context.time_grammar.clock import DAY

_BEST, _LOSING = "Champions", ("Cannot lose", "At risk")


def segment_by_rfm(request: RfmRequest, desk: AnalysisDesk) -> Finding:
    """Segments with their size and worth; the best one by one, or the cells of the scores, where that is asked."""
    try:
        base = customer_base(desk.view)
    except NotDeclaredError as error:
        return asking_back(str(error))
    if base.value is None:
        return asking_back(
            "The catalog does not say what an event is worth: declare strategy.customers.value, a metric such as revenue."
        )
    if observed_days(base, desk) is None:
        return asking_back(f"There are no {base.events_label.lower()} to look at.", "no_data")
    until, since = desk.as_of + DAY, None
    if request.period is not None:
        since = as_datetime(request.period.start).date() if request.period.start is not None else None
        until = min(until, as_datetime(request.period.end).date()) if request.period.end is not None else until
    desk.say("Scoring recency, frequency and value")
    queries = {PURCHASE_ROWS: purchase_query(base, request.where, until, since)}
    select = rfm_segments_select(until, since)
    segments = desk.query_over(queries, over_purchases(select, True), _segment_columns(base), "rfm_segments")
    if not segments.rows:
        return asking_back(f"There are no {base.events_label.lower()} in that period.", "no_data")
    results: tuple[ResultTable, ...] = (segments,)
    if request.show == "scores":
        cells = over_purchases(rfm_scores_select(until, since), True)
        results = (desk.query_over(queries, cells, _score_columns(base), "rfm_scores"), segments)
    elif request.show == "best":
        best = over_purchases(rfm_best_select(until, since, request.limit), True)
        results = (desk.query_over(queries, best, _best_columns(base), "best", takes_a_part=True), segments)
    caveats = [
        "Scores are fifths by rank, 5 the best; equal values have equal scores, so the groups are not of equal size.",
    ]
    if since is None:
        caveats.append(
            f"All {base.events_label.lower()} up to {until - DAY:%Y-%m-%d} count; those who never had one are in no segment."
        )
    return Finding(
        results=results,
        headline=_headline(request, results, base),
        narrative=_narrative(results),
        chart=_chart(segments, base),
        caveats=(*caveats, *base_caveats(base)),
    )


def _segment_columns(base: FollowedBase) -> tuple[ResultColumn, ...]:
    return (
        column("rfm_segment", "key", None, "RFM segment"),
        column("entities", "measure", "count", base.plural.capitalize()),
        column("share", "context", "fraction", f"Share of {base.plural}"),
        column("amount", "context", base.value_unit, base.value_label),
        column("amount_share", "context", "fraction", f"Share of {base.value_label}"),
        column("average_recency", "context", "days", "Days since the last, mean"),
        column("average_frequency", "context", "count", f"{base.events_label}, mean"),
        column("average_amount", "context", base.value_unit, f"{base.value_label}, mean"),
    )


def _score_columns(base: FollowedBase) -> tuple[ResultColumn, ...]:
    scores = (
        ("recency_score", "Recency score"),
        ("frequency_score", "Frequency score"),
        ("value_score", "Value score"),
    )
    return (
        *(column(name, "key", None, label) for name, label in scores),
        column("entities", "measure", "count", base.plural.capitalize()),
    )


def _best_columns(base: FollowedBase) -> tuple[ResultColumn, ...]:
    return (
        column(base.entity.partition(".")[2], "key", None, base.singular.capitalize()),
        column("rfm_segment", "context", None, "RFM segment"),
        column("recency_score", "context", None, "Recency score"),
        column("frequency_score", "context", None, "Frequency score"),
        column("value_score", "context", None, "Value score"),
        column("recency_days", "context", "days", "Days since the last"),
        column("frequency", "context", "count", base.events_label),
        column("amount", "measure", base.value_unit, base.value_label),
    )


def _headline(request: RfmRequest, results: tuple[ResultTable, ...], base: FollowedBase) -> Sentence:
    builder = SentenceBuilder(results, "headline")
    place = len(results) - 1
    segments = results[place]
    if request.show == "best":
        rows = results[0].rows
        total = builder.derived("sum", tuple(CellReference(row=at, column=7) for at in range(len(rows))))
        count = builder.derived("count", tuple(CellReference(row=at, column=7) for at in range(len(rows))))
        return builder.finished(
            f"The {count} best {base.plural} by recency, frequency and value brought {total} in {base.value_label}"
        )
    at = next((at for at, row in enumerate(segments.rows) if row[0] == _BEST), None)
    if at is None:
        members = tuple(CellReference(result=place, row=row, column=1) for row in range(len(segments.rows)))
        return builder.finished(
            f"{builder.derived('sum', members)} {base.plural} in {builder.derived('count', members)} RFM segments"
        )
    size = builder.value(CellReference(result=place, row=at, column=1), "count")
    share = builder.value(CellReference(result=place, row=at, column=2), "fraction")
    worth = builder.value(CellReference(result=place, row=at, column=4), "fraction")
    return builder.finished(
        f"{size} {base.plural} ({share}) are champions: lately, often and for much; they hold {worth} of {base.value_label}"
    )


def _narrative(results: tuple[ResultTable, ...]) -> tuple[Sentence, ...]:
    place = len(results) - 1
    rows = [at for at, row in enumerate(results[place].rows) if row[0] in _LOSING]
    if not rows:
        return ()
    builder = SentenceBuilder(results)
    members = builder.derived("sum", tuple(CellReference(result=place, row=at, column=1) for at in rows))
    worth = builder.derived("sum", tuple(CellReference(result=place, row=at, column=4) for at in rows))
    names = " and ".join(f'"{results[place].rows[at][0]}"' for at in rows)
    return (
        builder.finished(
            f"{members} of high value have not been back for long ({names}): they hold {worth} of the value."
        ),
    )


def _chart(segments: ResultTable, base: FollowedBase) -> ChartSpec:
    return ChartSpec(
        kind="bar",
        title=f"{base.plural.capitalize()} by RFM segment",
        x_label="RFM segment",
        y_label=base.plural.capitalize(),
        x=tuple(str(row[0]) for row in segments.rows),
        series=(
            ChartSeries(name=base.plural.capitalize(), values=tuple(row[1] for row in segments.rows), unit="count"),
        ),
        unit="count",
        horizontal=True,
    )
