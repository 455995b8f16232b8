"""Metrics to look at beside one whose change is asked about: what may have to do with it, and proves nothing."""

from __future__ import annotations

from catalog.frozen import Frozen


class RelatedMetrics(Frozen):
    """Metrics that are looked at, in the same segment and time, when `metric` changed."""

    metric: str
    look_at: tuple[str, ...]
