"""What data-quality checks found about the rows that an answer rests on, as caveats."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from agent.tools.analysis.quality.check_result import CheckResult
from agent.tools.compile import metric_time
from catalog.access import CatalogView
from catalog.models import AggregateMetric, DerivedMetric, Metric
from catalog.plan import Plan
from catalog.query import MetricQuery, Period, as_datetime

_MOST = 3


def flags_for(results: Iterable[CheckResult], plan: Plan, view: CatalogView) -> tuple[str, ...]:
    """One caveat for each doubtful check of the datasets and time that a plan's queries read; at most three, then a count."""
    doubtful = [item for item in results if item.verdict != "pass" and item.dataset in view.datasets]
    if not doubtful:
        return ()
    found: list[CheckResult] = []
    for named in plan.queries:
        datasets = datasets_of(view, named.query)
        found += [item for item in doubtful if item.dataset in datasets and _touches(item, named.query.period)]
    ordered = sorted(
        dict.fromkeys(found), key=lambda item: (item.verdict != "fail", -(item.period or dt.date.min).toordinal())
    )
    shown = [in_words(item, view) for item in ordered[:_MOST]]
    if len(ordered) > _MOST:
        shown.append(f"{len(ordered) - _MOST} more data checks of these data are in doubt: ask about data quality.")
    return tuple(shown)


def datasets_of(view: CatalogView, query: MetricQuery) -> set[str]:
    """The datasets whose rows a query's metrics count, and those that date them."""
    found: set[str] = set()
    waiting = [use.metric for use in query.metrics]
    seen: set[str] = set()
    while waiting:
        name = waiting.pop()
        metric: Metric | None = view.whole.metric_by_name.get(name)
        if metric is None or name in seen:
            continue
        seen.add(name)
        if isinstance(metric, AggregateMetric):
            found.add(metric.dataset)
            found |= {time.partition(".")[0] for time in metric_time(view, name)}
        elif isinstance(metric, DerivedMetric):
            waiting += [item.metric for item in metric.inputs]
        else:
            found |= {time.partition(".")[0] for time in metric_time(view, name)}
    return found


def _touches(item: CheckResult, period: Period | None) -> bool:
    """Whether a check is of rows in a period; one of the whole table is of all, freshness only of what reaches the end."""
    if item.period is None or period is None:
        return True
    through = item.through or item.period
    after = period.start is not None and as_datetime(period.start).date() > through
    if item.check == "freshness":
        return period.end is None or as_datetime(period.end).date() > through
    return not after and (period.end is None or as_datetime(period.end).date() > item.period)


def in_words(item: CheckResult, view: CatalogView) -> str:
    """A doubtful check as a caveat."""
    label = view.whole.dataset_by_name[item.dataset].label
    where = f" ({item.layer})" if item.layer else ""
    if item.check in ("row_count", "season"):
        when = (
            f"the {item.subject} of {_day(item.period)}"
            if item.subject == "week"
            else f"the {item.subject} from {_day(item.period)}"
        )
        than = "" if item.expected is None else f", where {item.expected:,.0f} were expected"
        return f"Data check: {when} holds {item.observed:,.0f} rows of {label}{where}{than}."
    if item.check == "freshness":
        return f"Data check: the last rows of {label}{where} are of {_day(item.period)}, {item.observed:,.0f} days before today."
    if item.check == "keys":
        return f"Data check: {item.observed:,.0f} keys of {label}{where} stand on several rows."
    if item.check == "references":
        return f"Data check: {item.observed:,.0f} rows of {label}{where} point at nothing ({item.subject})."
    return f"Data check: {item.observed:,.0f} rows of {label}{where} are outside the range of {item.subject}."


def _day(day: dt.date | None) -> str:
    return "an unknown day" if day is None else f"{day.day} {day:%B %Y}"
