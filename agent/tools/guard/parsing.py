"""Text to one query, or a refusal. No text reaches the engine before it went through here."""

from __future__ import annotations

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from agent.errors import PolicyRefusal, QueryError


def parse_one_query(sql: str) -> exp.Query:
    """The tree of the one query that the text holds.

    QueryError where the text is no SQL; PolicyRefusal where it is more than one statement, or no query.
    """
    try:
        statements = [item for item in sqlglot.parse(sql, dialect="duckdb") if item is not None]
    except SqlglotError as error:
        raise QueryError(f"this is not SQL that can be read: {_first_line(error)}") from error
    except RecursionError as error:
        raise PolicyRefusal("too_complex", "the statement is nested too deeply") from error
    statements = [item for item in statements if not isinstance(item, exp.Semicolon)]
    if len(statements) != 1:
        what = "there is no statement" if not statements else "only one statement at a time may run"
        raise PolicyRefusal("one_statement", what)
    if not isinstance(statements[0], exp.Query):
        raise PolicyRefusal("select_only", "only a SELECT may run")
    return statements[0]


def _first_line(error: SqlglotError) -> str:
    """What sqlglot says, without its terminal colours."""
    text = str(error).replace("\x1b[4m", "").replace("\x1b[0m", "")
    return text.partition("\n")[0].strip()
