"""Presents a result: headline, narrative, chart and caveats, every number checked before it is shown."""

from __future__ import annotations

import datetime as dt
import logging

from agent.answer import ChartSpec
from agent.tools.present.caveats import caveats
from agent.tools.present.chart_choice import choose_chart
from agent.tools.present.display_text import plain_text
from agent.tools.present.headline import headline, minimal_headline
from agent.tools.present.narrative import MAXIMUM_SENTENCES, narrative
from agent.tools.present.number_check import SupportedNumbers
from agent.tools.present.premise import corrected_premise
from agent.tools.present.sentences import Sentence
from agent.tools.present.story import Story
from agent.tools.present.table_reading import read_table
from agent.tools.warehouse.result import ResultTable
from catalog.access import CatalogView
from catalog.models import Frozen
from catalog.plan import Plan

logger = logging.getLogger(__name__)


class Presentation(Frozen):
    """What is said and drawn of a result."""

    headline: str
    narrative: tuple[str, ...] = ()
    chart: ChartSpec | None = None
    caveats: tuple[str, ...] = ()


def present(
    plan: Plan,
    results: tuple[ResultTable, ...],
    view: CatalogView,
    as_of: dt.date,
    data_span: tuple[dt.date, dt.date] | None,
) -> Presentation:
    """Headline, narrative, chart and caveats of `results[0]`, the table that answers; further results are its context.

    `data_span` is the first and last day of the data behind the answer, where known. Each sentence's numbers are checked
    against the results: one that fails is left out and logged as a bug, a headline that fails gives way to one without
    numbers. Without results (a definition, an overview) the plan's topic or interpretation is what is said.
    """
    if not results:
        return Presentation(headline=_without_results(plan, view), caveats=plan.caveats)
    query = plan.queries[0].query if plan.queries else None
    story = Story(plan=plan, results=results, reading=read_table(results[0], query, view, as_of, data_span), view=view)
    opening, told = headline(story), narrative(story)
    correction = corrected_premise(story)
    if correction is not None:
        opening, told = correction, (_as_sentence(opening), *told) if story.reading.keys else told[1:]
    supported = SupportedNumbers(story.results, story.periods, story.phrases)
    spoken = opening.text if _holds(opening, supported) else minimal_headline(story).text
    chart, notes = choose_chart(story)
    return Presentation(
        headline=plain_text(spoken),
        narrative=tuple(plain_text(item.text) for item in told if _holds(item, supported))[:MAXIMUM_SENTENCES],
        chart=chart,
        caveats=tuple(plain_text(item) for item in (*caveats(story), *notes)),
    )


def _as_sentence(sentence: Sentence) -> Sentence:
    return Sentence(f"{sentence.text}.", sentence.declared)


def _holds(sentence: Sentence, supported: SupportedNumbers) -> bool:
    """Whether every number of a sentence traces to the results; what does not is a bug of ours, and is logged."""
    unsupported = supported.check((sentence.text,), sentence.declared)
    for item in unsupported:
        logger.error("number check: %r in %r is unsupported: %s", item.number, sentence.text, item.reason)
    return not unsupported


def _without_results(plan: Plan, view: CatalogView) -> str:
    metric = view.metrics.get(plan.topic) if plan.topic else None
    if metric is not None:
        return plain_text(f"{metric.label}: {metric.description}" if metric.description else metric.label)
    return plain_text(plan.interpretation) or "There is no result to show"
