"""Reads questions about what to reorder, and about things with an unusual rate."""

from __future__ import annotations

import datetime as dt

from agent.planners.embedded import clarify
from agent.planners.embedded.cues import Cue
from agent.planners.embedded.strategy.reading import StrategyReading
from agent.planners.embedded.strategy.selection import limit_of, names_other_metric, selected
from agent.tools.analysis.products.unusual_rate import counts_of_ratio
from catalog.analyses.reorder import ReorderRequest
from catalog.analyses.unusual_rate import UnusualRateRequest
from catalog.models import FieldType
from catalog.plan import Plan
from catalog.query import FieldDimension, Period
from semantic_context.time_expressions import describe_period

_DEFAULT_DAYS = 365


def read_reorder(reading: StrategyReading) -> Plan | None:
    """ "what should we reorder", "which products will run out"."""
    if Cue.REORDER not in reading.asks:
        return None
    stock = reading.view.whole.strategy.stock
    if stock is None:
        return clarify.asking(
            "The catalog does not say what stock there is: strategy.stock is to be declared.", "unsupported"
        )
    if names_other_metric(reading, stock.sales) or stock.sales not in reading.view.metrics:
        return None
    own = frozenset(item for item in (stock.product, stock.sales_product, stock.name) if item is not None)
    chosen = selected(reading, stock.sales, without_groups=own)
    if chosen is None or chosen.groups:
        return clarify.asking(
            "Reorder advice is by product; I can narrow it to one category or the like.", "unsupported"
        )
    if chosen.period is not None:
        return clarify.asking("Reorder advice is for now: ask without a period.", "unsupported")
    request = ReorderRequest(limit=limit_of(reading, 20), where=chosen.where)
    return Plan(
        shape="products",
        analysis=request,
        queries=chosen.plain(),
        interpretation=f"What to order now, from stock, demand and lead time{chosen.words}",
    )


def read_unusual_rate(reading: StrategyReading) -> Plan | None:
    """ "which products are returned unusually often", "suppliers with an unusually high late rate"."""
    if Cue.UNUSUAL not in reading.asks or reading.draft.time.grain is not None:
        return None
    returns = reading.view.whole.strategy.returns
    metric = _rate(reading)
    if metric is None:
        return None
    declared = returns is not None and returns.rate == metric
    thing = _thing(reading, metric)
    if thing is None and declared and returns is not None:
        thing = FieldDimension(field=returns.thing)
    if thing is None:
        return None
    chosen = selected(reading, metric)
    if chosen is None:
        return clarify.asking("That rate cannot be narrowed or split that way.", "unsupported")
    peers = None
    if declared and returns is not None and returns.peers is not None and thing.field == returns.thing:
        peers = FieldDimension(field=returns.peers)
    until = reading.as_of + dt.timedelta(days=1)
    period = chosen.period or Period(start=until - dt.timedelta(days=_DEFAULT_DAYS), end=until)
    minimum = returns.minimum if declared and returns is not None else 30
    request = UnusualRateRequest(
        metric=metric,
        thing=thing,
        peers=peers,
        period=period,
        minimum=minimum,
        limit=limit_of(reading, 20),
        where=chosen.where,
    )
    label = reading.view.metrics[metric].label
    among = f" among those of their {reading.view.whole.field(peers.field).label.lower()}" if peers is not None else ""
    when = describe_period(period, reading.as_of) + ("" if chosen.period is not None else " (no period was named)")
    field = reading.view.whole.field(thing.field)
    return Plan(
        shape="products",
        analysis=request,
        queries=chosen.plain(),
        interpretation=f"Unusually high {label.lower()} by {field.label.lower()}{among}, {when}{chosen.words}",
    )


def _rate(reading: StrategyReading) -> str | None:
    """The rate asked about: one named, or the one whose counted part is named."""
    named = [meaning.name for slot in reading.draft.metrics for meaning in slot.candidates]
    for name in named:
        if name in reading.view.metrics and counts_of_ratio(reading.view, name) is not None:
            return name
    returns = reading.view.whole.strategy.returns
    rates = [returns.rate] if returns is not None and returns.rate in reading.view.metrics else []
    rates += [name for name in reading.view.metrics if name not in rates]
    for rate in rates:
        parts = counts_of_ratio(reading.view, rate)
        if parts is not None and parts[0] in named:
            return rate
    return None


def _known_by(reading: StrategyReading, metric: str, field: str) -> str:
    """The field that people know the same things by: the declared one, else the display field, else the field itself."""
    home = reading.reach.thing_named(field).partition(".")[0]
    returns = reading.view.whole.strategy.returns
    if returns is not None and returns.thing.partition(".")[0] == home and returns.rate == metric:
        return returns.thing
    dataset = reading.view.datasets.get(home)
    key = dataset is not None and (
        field != reading.reach.thing_named(field) or (field.partition(".")[2],) == dataset.primary_key
    )
    if dataset is not None and key and dataset.display_field is not None:
        shown = f"{home}.{dataset.display_field}"
        if reading.view.can_show(shown) and reading.reach.why_not_group(metric, shown) is None:
            return shown
    return field


def _thing(reading: StrategyReading, metric: str) -> FieldDimension | None:
    """What the rate is compared over: the group that the question names and that the rate can be split by."""
    for slot in reading.draft.groups:
        for meaning in slot.candidates:
            field = reading.view.whole.field(meaning.name) if "." in meaning.name and ">" not in meaning.name else None
            if field is None or field.type in (FieldType.DATE, FieldType.TIMESTAMP):
                continue
            if reading.reach.why_not_group(metric, meaning.name) is None:
                return FieldDimension(field=_known_by(reading, metric, meaning.name))
    return None
