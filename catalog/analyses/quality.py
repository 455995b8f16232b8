"""Whether the data themselves are sound."""

from __future__ import annotations

from typing import Literal

from catalog.frozen import Frozen


class QualityRequest(Frozen):
    """Check `datasets` (none: all). fresh asks only how old the latest rows are."""

    kind: Literal["quality"] = "quality"
    datasets: tuple[str, ...] = ()
    asked: Literal["all", "fresh"] = "all"
