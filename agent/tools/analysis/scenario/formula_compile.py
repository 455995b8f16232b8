"""Formulas as compiled Python: a SQL scalar expression over names becomes arithmetic on floats or arrays of draws."""

from __future__ import annotations

import ast
import math
from collections.abc import Callable, Iterable
from typing import Any

from sqlglot import exp

from catalog.expressions import ExpressionError, parse_expression


class DriverFormulaError(ValueError):
    """A formula that arithmetic cannot follow (an aggregate, a CASE, text); the message names the part."""


_BINARY: dict[type[exp.Expr], type[ast.operator]] = {
    exp.Add: ast.Add,
    exp.Sub: ast.Sub,
    exp.Mul: ast.Mult,
    exp.Div: ast.Div,
    exp.Pow: ast.Pow,
}
_FUNCTIONS: dict[type[exp.Expr], str] = {
    exp.Abs: "absolute",
    exp.Exp: "exponential",
    exp.Ln: "logarithm",
    exp.Sqrt: "root",
    exp.Least: "least",
    exp.Greatest: "greatest",
    exp.Coalesce: "first_known",
    exp.Nullif: "known_unless",
}


def names_in(formula: str) -> tuple[str, ...]:
    """The names a formula reads, in order of appearance. DriverFormulaError where it cannot be read."""
    return tuple(dict.fromkeys(column.name for column in _tree(formula).find_all(exp.Column, bfs=False)))


def compile_formulas(order: Iterable[str], formulas: dict[str, str], inputs: tuple[str, ...]) -> Callable[..., Any]:
    """One function of the inputs, by position, that gives the values of `order`, each from the ones before it.

    Names never reach Python source: each becomes a numbered local, so a catalog's text cannot become code.
    """
    local = {name: f"v{place}" for place, name in enumerate(inputs)}
    body: list[ast.stmt] = []
    given: list[ast.expr] = []
    for name in order:
        value = _python(_tree(formulas[name]), local, formulas[name])
        local[name] = f"v{len(local)}"
        body.append(ast.Assign(targets=[ast.Name(local[name], ast.Store())], value=value))
        given.append(ast.Name(local[name], ast.Load()))
    body.append(ast.Return(ast.Tuple(given, ast.Load())))
    module = ast.parse("def evaluate(): pass")
    function = module.body[0]
    assert isinstance(function, ast.FunctionDef)
    function.args.args = [ast.arg(local[name]) for name in inputs]
    function.body = body
    ast.fix_missing_locations(module)
    scope: dict[str, Any] = {**_runtime(), "__builtins__": {}}
    exec(compile(module, "<drivers>", "exec"), scope)  # built from a checked tree of arithmetic alone
    compiled: Callable[..., Any] = scope["evaluate"]
    return compiled


def quoted(name: str) -> str:
    """A name as it stands in a formula, whatever characters it holds."""
    return exp.to_identifier(name, quoted=True).sql(dialect="duckdb")


def literal(value: float) -> str:
    """A number as it stands in a formula. DriverFormulaError for one that is not finite."""
    if not math.isfinite(value):
        raise DriverFormulaError(f"{value} is no number to compute with")
    return f"({value!r})"


def _tree(formula: str) -> exp.Expr:
    try:
        return parse_expression(formula)
    except ExpressionError as error:
        raise DriverFormulaError(f"{formula}: {error}") from error


def _python(tree: exp.Expr, local: dict[str, str], formula: str) -> ast.expr:
    if isinstance(tree, exp.Paren):
        return _python(tree.this, local, formula)
    if isinstance(tree, exp.Column):
        return ast.Name(local[tree.name], ast.Load())
    if isinstance(tree, exp.Literal) and not tree.is_string:
        return ast.Constant(float(tree.this))
    if isinstance(tree, exp.Neg):
        return ast.UnaryOp(ast.USub(), _python(tree.this, local, formula))
    operator = _BINARY.get(type(tree))
    if operator is not None:
        left, right = _python(tree.this, local, formula), _python(tree.expression, local, formula)
        return ast.BinOp(left, operator(), right)
    name = _FUNCTIONS.get(type(tree))
    if name is not None:
        parts = [_python(part, local, formula) for part in tree.iter_expressions()]
        return ast.Call(ast.Name(name, ast.Load()), parts, [])
    if isinstance(tree, exp.Cast):
        return _python(tree.this, local, formula)
    raise DriverFormulaError(f"{formula}: {tree.sql(dialect='duckdb')} is no arithmetic that a driver can follow")


def _runtime() -> dict[str, Callable[..., Any]]:
    import numpy as np

    def first_known(*values: Any) -> Any:
        result = values[-1]
        for value in reversed(values[:-1]):
            result = np.where(np.isnan(value), result, value)
        return result

    def least(*values: Any) -> Any:
        result = values[0]
        for value in values[1:]:
            result = np.minimum(result, value)
        return result

    def greatest(*values: Any) -> Any:
        result = values[0]
        for value in values[1:]:
            result = np.maximum(result, value)
        return result

    return {
        "absolute": np.abs,
        "exponential": np.exp,
        "logarithm": np.log,
        "root": np.sqrt,
        "least": least,
        "greatest": greatest,
        "first_known": first_known,
        "known_unless": lambda value, other: np.where(np.equal(value, other), np.nan, value),
    }
