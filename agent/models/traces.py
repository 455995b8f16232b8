"""What traces kept elsewhere may hold."""

from __future__ import annotations

import os


def keep_out_of_traces() -> None:
    """LangSmith, where its own variables turn it on, gets names, times and tokens alone, unless they say otherwise: what may
    leave is for the catalog to say, and a trace is another's store of questions and results."""
    for name in ("LANGSMITH_HIDE_INPUTS", "LANGSMITH_HIDE_OUTPUTS"):
        os.environ.setdefault(name, "true")
