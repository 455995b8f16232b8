"""A finding as it is shown: every number checked against its tables, as for any answer."""

from __future__ import annotations

import logging

from agent.tools.analysis.finding import Finding
from agent.tools.present import Presentation
from agent.tools.present.display_text import plain_text
from agent.tools.present.number_check import SupportedNumbers
from agent.tools.present.sentences import Sentence

logger = logging.getLogger(__name__)


def present_finding(finding: Finding, interpretation: str) -> Presentation:
    """Headline, narrative, chart and caveats of a finding. A sentence whose numbers its tables do not support is left out
    and logged as a bug; a headline that fails gives way to what was understood."""
    supported = SupportedNumbers(finding.results, finding.periods, finding.phrases)
    headline = finding.headline.text if _holds(finding.headline, supported) else interpretation
    return Presentation(
        headline=plain_text(headline),
        narrative=tuple(plain_text(item.text) for item in finding.narrative if _holds(item, supported)),
        chart=finding.chart,
        caveats=tuple(plain_text(item) for item in finding.caveats),
    )


def _holds(sentence: Sentence, supported: SupportedNumbers) -> bool:
    unsupported = supported.check((sentence.text,), sentence.declared)
    for item in unsupported:
        logger.error("number check: %r in %r is unsupported: %s", item.number, sentence.text, item.reason)
    return not unsupported
