"""The SQL engineer: for roles that may, a statement for what no metric gives. It runs only where the asker agrees."""

from agent.graphs.sql_engineer.graph import build_sql_engineer

__all__ = ["build_sql_engineer"]
