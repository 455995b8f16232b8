"""The parts of SQL that a free statement may be made of. What is not listed is refused."""

from __future__ import annotations

from sqlglot import exp

from agent.errors import PolicyRefusal
from agent.tools.guard.functions import FUNCTION_NAMES, FUNCTION_NODES, ROW_MAKERS

_NODES = frozenset(
    """
Add Alias All Any Between BitwiseAnd BitwiseOr BitwiseXor BitwiseNot BitwiseLeftShift BitwiseRightShift Boolean Bracket CTE
Column Comprehension Cube DPipe DataType DataTypeParam Distinct Div Dot EQ Escape Except Filter From GT GTE Glob Group
GroupingSets Having ILike Identifier IgnoreNulls In IntDiv IntervalSpan Intersect Interval Is JSONKeyValue JSONPath JSONPathKey
JSONPathRoot JSONPathSubscript JSONPathWildcard JSONPathSelector JSONPathSlice JSONPathRecursive Join LT LTE Lambda Lateral
Like Limit Literal Mod Mul NEQ Neg Not Null NullSafeEQ NullSafeNEQ Offset Order Ordered Paren Pivot PivotAlias PivotAny
PropertyEQ Qualify RespectNulls RegexpILike Rollup Select SimilarTo Slice Star Sub Subquery Table TableAlias Tuple Union
UnpivotColumns Unnest Values Var Where Window WindowSpec With WithinGroup Fetch AtTimeZone Aliases ColumnDef LimitOptions
""".split()
)
# What a table of a statement may carry; anything else (a sample, a version, an index hint) is refused.
_TABLE_PARTS = frozenset({"this", "db", "catalog", "alias", "joins", "pivots", "laterals"})
_TYPES_REFUSED = frozenset({exp.DataType.Type.USERDEFINED, exp.DataType.Type.ENUM, exp.DataType.Type.UNKNOWN})


def check_nodes(tree: exp.Expr) -> None:
    """PolicyRefusal for the first part of the statement that is not on the lists."""
    for node in tree.walk():
        _check(node)


def _check(node: exp.Expr) -> None:
    if isinstance(node, exp.Anonymous):
        if node.name.lower() not in FUNCTION_NAMES:
            raise PolicyRefusal("function", f"the function {node.name.lower()} is not one that may be called here")
    elif isinstance(node, exp.Func):
        if type(node).__name__ not in FUNCTION_NODES:
            raise PolicyRefusal(
                "function", f"the function {node.sql_name().lower()} is not one that may be called here"
            )
    elif type(node).__name__ not in _NODES:
        raise PolicyRefusal("syntax", f"{_words(type(node).__name__)} is not allowed here; only plain queries are")
    if isinstance(node, exp.Table):
        _check_table(node)
    elif isinstance(node, exp.DataType) and node.this in _TYPES_REFUSED:
        raise PolicyRefusal("type", "only the engine's plain types may be used")


def _check_table(table: exp.Table) -> None:
    extra = {name for name, value in table.args.items() if value} - _TABLE_PARTS
    if extra:
        raise PolicyRefusal("syntax", f"{_words(sorted(extra)[0])} is not allowed on a table here")
    if isinstance(table.this, exp.Identifier):
        return
    maker = table.this
    name = maker.name if isinstance(maker, exp.Anonymous) else getattr(type(maker), "sql_name", lambda: "")()
    if name.lower() not in ROW_MAKERS:
        raise PolicyRefusal("function", "only range, generate_series and unnest may stand where a table does")


def _words(name: str) -> str:
    """TableSample as table sample."""
    return "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in name).strip().replace("_", " ")
