"""What an analysis found: tables, and sentences whose numbers lead back to their cells."""

from __future__ import annotations

from dataclasses import dataclass, field

from agent.answer import ChartSpec
from agent.tools.present.sentences import Sentence
from agent.tools.warehouse.result import ResultTable
from catalog.plan import Clarification
from catalog.query import Period


@dataclass(frozen=True)
class Finding:
    """The outcome of one analysis; `results[0]` is the table that answers the question.

    With a `clarification` the rest is not shown: the analysis needs to know more. `periods` and `phrases` are what the
    number check may meet in the sentences beside numbers of the results: dates, and names that hold digits.
    """

    results: tuple[ResultTable, ...] = ()
    headline: Sentence = field(default_factory=lambda: Sentence(""))
    narrative: tuple[Sentence, ...] = ()
    chart: ChartSpec | None = None
    caveats: tuple[str, ...] = ()
    clarification: Clarification | None = None
    periods: tuple[Period, ...] = ()
    phrases: tuple[str, ...] = ()
