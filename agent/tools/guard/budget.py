"""How big a free statement may be. Each limit stands against a way to exhaust the parser, the guard or the engine."""

from __future__ import annotations

from sqlglot import exp
from sqlglot.dialects.duckdb import DuckDB
from sqlglot.errors import SqlglotError
from sqlglot.tokenizer_core import TokenType

from agent.errors import PolicyRefusal, QueryError

MOST_CHARACTERS = 20_000
MOST_TOKENS = 5_000
MOST_NESTING = 60
MOST_BRACKETS = 200  # a chain of subscripts costs the parser its square
MOST_NODES = 5_000
MOST_JOINS = 20
MOST_QUERIES = 40  # SELECTs in all, in CTEs, subqueries and set operations
MOST_DEPTH = 200

_OPENING = frozenset({TokenType.L_PAREN, TokenType.L_BRACKET, TokenType.L_BRACE, TokenType.CASE})
_CLOSING = frozenset({TokenType.R_PAREN, TokenType.R_BRACKET, TokenType.R_BRACE, TokenType.END})


def check_text(sql: str) -> None:
    """PolicyRefusal for a text that would cost the parser too much; QueryError for one that holds no words of SQL."""
    if len(sql) > MOST_CHARACTERS:
        raise _too_big(f"it has {len(sql):,} characters", f"{MOST_CHARACTERS:,}")
    if "\x00" in sql:
        raise PolicyRefusal("syntax", "a statement may not hold a null character")
    try:
        tokens = DuckDB().tokenize(sql)
    except SqlglotError as error:
        raise QueryError(
            "this is not SQL that can be read: a quote or comment does not end, or a sign is unknown"
        ) from error
    if len(tokens) > MOST_TOKENS:
        raise _too_big(f"it has {len(tokens):,} words and signs", f"{MOST_TOKENS:,}")
    depth = deepest = brackets = 0
    for token in tokens:
        if token.token_type in _OPENING:
            depth += 1
            deepest = max(deepest, depth)
            brackets += token.token_type is TokenType.L_BRACKET
        elif token.token_type in _CLOSING:
            depth -= 1
    if deepest > MOST_NESTING:
        raise _too_big(f"it is nested {deepest:,} deep", f"{MOST_NESTING:,}")
    if brackets > MOST_BRACKETS:
        raise _too_big(f"it has {brackets:,} brackets", f"{MOST_BRACKETS:,}")


def check_tree(tree: exp.Expr) -> None:
    """PolicyRefusal for a tree past the limits of nodes, depth, joins or queries."""
    nodes = joins = queries = 0
    level: list[exp.Expr] = [tree]
    depth = 0
    while level:
        depth += 1
        nodes += len(level)
        if depth > MOST_DEPTH:
            raise _too_big("it is nested too deeply", f"{MOST_DEPTH:,} levels")
        if nodes > MOST_NODES:
            raise _too_big("it has too many parts", f"{MOST_NODES:,}")
        joins += sum(isinstance(node, exp.Join | exp.Lateral) for node in level)
        queries += sum(isinstance(node, exp.Select | exp.Values) for node in level)
        level = [child for node in level for child in node.iter_expressions()]
    if joins > MOST_JOINS:
        raise _too_big(f"it has {joins:,} joins", f"{MOST_JOINS:,}")
    if queries > MOST_QUERIES:
        raise _too_big(f"it has {queries:,} SELECTs", f"{MOST_QUERIES:,}")


def _too_big(what: str, limit: str) -> PolicyRefusal:
    return PolicyRefusal("too_complex", f"the statement is too big: {what}, the limit is {limit}")
