"""The graphs as LangGraph Studio opens them (langgraph.json): one function each, none is built at import.

What a run works with (who asks, the warehouse, the audit log) comes from the service and from nowhere else, so Studio shows
the graphs and their states; it answers no questions past the policies.
"""

from __future__ import annotations

from typing import Any

from agent.graphs.critic import build_critic
from agent.graphs.interpreter import build_interpreter
from agent.graphs.narrator import build_narrator
from agent.graphs.specialists import build_specialist
from agent.graphs.sql_engineer import build_sql_engineer
from agent.graphs.step_planner import build_step_planner
from agent.graphs.supervisor import build_supervisor


def supervisor() -> Any:
    """The graph that every question enters."""
    return build_supervisor()


def interpreter() -> Any:
    """A model reads the question; two readings are settled."""
    return build_interpreter()


def step_planner() -> Any:
    """A compound question becomes steps."""
    return build_step_planner()


def sql_engineer() -> Any:
    """A statement for what no metric gives."""
    return build_sql_engineer()


def investigator() -> Any:
    """What happened, and why."""
    return build_specialist("investigator")


def strategist() -> Any:
    """What will or would happen."""
    return build_specialist("strategist")


def narrator() -> Any:
    """Our sentences in better words."""
    return build_narrator()


def critic() -> Any:
    """Is it an answer to this question."""
    return build_critic()
