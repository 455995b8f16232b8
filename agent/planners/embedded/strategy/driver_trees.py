"""Reads "show me the driver tree of GMV": what a metric is made of, each part with its figure."""

from __future__ import annotations

import re

from agent.planners.embedded import clarify
from agent.planners.embedded.strategy.causes import baseline_of
from agent.planners.embedded.strategy.what_if_reading import Asked
from catalog.analyses.driver_tree import DriverTreeRequest
from catalog.plan import NamedQuery, Plan

_TREE = r"(?:(?:value[- ])?drivers?|kpi|metrics?|value)[- ]trees?"
_FORMS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"^(?:(?:show|draw|give|display|plot|print|see)(?: me| us)? )?(?:what is |what's )?(?:the |our |a )?{_TREE}"
        r" (?:of|for|behind|under) (?:the |our )?(?P<what>.+)$",
        rf"^(?:(?:show|draw|give|display|plot|print|see)(?: me| us)? )?(?:the |our )?(?P<what>.+?)(?:'s)? {_TREE}$",
        r"^what (?:is|are) (?:the |our )?(?P<what>.+?) (?:made|built|composed|put together)(?: up)? (?:of|from)$",
        r"^what (?:makes up|goes into making) (?:the |our )?(?P<what>.+)$",
    )
)


def read_driver_tree(text: str, asked: Asked) -> Plan | None:
    """The plan of a question for a metric's parts; None for any other."""
    match = next((found for form in _FORMS if (found := form.match(text.strip().rstrip("?!. ")))), None)
    if match is None:
        return None
    base = asked.plain(match["what"])
    if not base.queries or base.clarification is not None or base.refusal is not None:
        return base if re.search(_TREE, text, re.IGNORECASE) and base.clarification is not None else None
    query = base.queries[0].query
    if len({use.metric for use in query.metrics}) != 1:
        return None
    label = asked.view.whole.metric_by_name[query.metrics[0].metric].label
    if query.group_by or query.having:
        return clarify.asking(
            f"I can draw the driver tree of {label} for one group at a time: which one?", "unsupported"
        )
    request = DriverTreeRequest(
        metric=query.metrics[0].metric,
        period=query.period,
        baseline=None if query.period is None else baseline_of(query, query.period, asked.as_of),
        where=query.where,
    )
    kept = query.model_copy(update={"compare": (), "order_by": (), "limit": None, "calculations": ()})
    return Plan(
        shape="breakdown",
        analysis=request,
        queries=(NamedQuery(name="answer", query=kept),),
        interpretation=f"What it is made of: {base.interpretation.partition(', compared with ')[0]}",
        caveats=base.caveats,
    )
