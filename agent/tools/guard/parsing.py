"""Text to one query, or a refusal. No text reaches the engine before it went through here."""

from __future__ import annotations

import logging

import sqlglot
from sqlglot import exp
from sqlglot.dialects.duckdb import DuckDB
from sqlglot.errors import ParseError, SqlglotError
from sqlglot.tokenizer_core import Token, TokenType

from agent.errors import PolicyRefusal, QueryError

# It warns of what it cannot read by printing the statement, which may hold somebody's data; here that is refused, in our words.
logging.getLogger("sqlglot").setLevel(logging.ERROR)

_OPENING = frozenset({TokenType.L_PAREN, TokenType.L_BRACKET, TokenType.L_BRACE})
_CLOSING = frozenset({TokenType.R_PAREN, TokenType.R_BRACKET, TokenType.R_BRACE})
_PIVOTS = frozenset({TokenType.PIVOT, TokenType.UNPIVOT})
_BEGINNINGS = _PIVOTS | {
    TokenType.SELECT,
    TokenType.WITH,
    TokenType.FROM,
    TokenType.VALUES,
    TokenType.TABLE,
    TokenType.L_PAREN,
}
_TAIL = frozenset({TokenType.ORDER_BY, TokenType.LIMIT, TokenType.OFFSET})


def parse_one_query(sql: str) -> exp.Expr:
    """The tree of the one query that the text holds: a SELECT, a set operation, or VALUES.

    A PIVOT that stands alone becomes SELECT * FROM (PIVOT ...). QueryError where the text is no SQL; PolicyRefusal where
    it is more than one statement, or no query.
    """
    try:
        tokens = DuckDB().tokenize(sql)
        _require_one_query(tokens)
        statements = [
            item for item in sqlglot.parse(_with_pivot_inside(sql, tokens), dialect="duckdb") if item is not None
        ]
    except SqlglotError as error:
        raise QueryError(f"this is not SQL that can be read: {_where(error)}") from error
    except RecursionError as error:
        raise PolicyRefusal("too_complex", "the statement is nested too deeply") from error
    statements = [item for item in statements if not isinstance(item, exp.Semicolon)]
    if len(statements) != 1:
        raise PolicyRefusal("one_statement", "only one statement at a time may run")
    tree = statements[0]
    if not isinstance(tree, exp.Select | exp.SetOperation | exp.Subquery | exp.Values):
        raise PolicyRefusal("select_only", "only a SELECT may run")
    return tree


def _require_one_query(tokens: list[Token]) -> None:
    """What the words alone tell: a query's beginning, and nothing after its end."""
    while tokens and tokens[-1].token_type is TokenType.SEMICOLON:
        tokens = tokens[:-1]
    if not tokens:
        raise PolicyRefusal("one_statement", "there is no statement")
    if any(token.token_type is TokenType.SEMICOLON for token in tokens):
        raise PolicyRefusal("one_statement", "only one statement at a time may run")
    if tokens[0].token_type not in _BEGINNINGS:
        raise PolicyRefusal("select_only", "only a SELECT may run")


def _with_pivot_inside(sql: str, tokens: list[Token]) -> str:
    """A statement that is a PIVOT as one that selects from it, so that what may follow a SELECT may follow it.

    PIVOT t ON a USING sum(b) ORDER BY c  ->  SELECT * FROM (PIVOT t ON a USING sum(b)) ORDER BY c
    """
    start = _first_pivot(tokens)
    if start is None:
        return sql
    end = len(sql)
    depth = 0
    for token in tokens[start:]:
        depth += (token.token_type in _OPENING) - (token.token_type in _CLOSING)
        if depth == 0 and (token.token_type in _TAIL or token.token_type is TokenType.SEMICOLON):
            end = token.start
            break
    first = tokens[start].start
    return f"{sql[:first]}SELECT * FROM ({sql[first:end]}) {sql[end:]}"


def _first_pivot(tokens: list[Token]) -> int | None:
    """Where a statement's own PIVOT stands: first, or after the CTEs."""
    if not tokens or tokens[0].token_type not in (_PIVOTS | {TokenType.WITH}):
        return None
    depth = 0
    for index, token in enumerate(tokens):
        depth += (token.token_type in _OPENING) - (token.token_type in _CLOSING)
        if depth == 0 and token.token_type in _PIVOTS:
            return index
        if depth == 0 and token.token_type in (TokenType.SELECT, TokenType.FROM):
            return None
    return None


def _where(error: SqlglotError) -> str:
    """Where reading stopped, as far as sqlglot tells: what it says itself is for people who know sqlglot."""
    found = error.errors[0] if isinstance(error, ParseError) and error.errors else {}
    if not found.get("line"):
        return "a quote or comment does not end, or a sign is unknown"
    near = found.get("highlight")
    return f"reading stopped at line {found['line']}, column {found['col']}" + (f", near {near!r}" if near else "")
