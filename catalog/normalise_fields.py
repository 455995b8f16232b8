"""Fields from their authoring form: what is left out follows from what is said."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress

from sqlglot import exp

from catalog.authoring import FieldForm, MetricForm, Spoken
from catalog.durations import TimeGrain
from catalog.expressions import ExpressionError, column_names, parse_expression, render, unqualify
from catalog.models import CatalogField, FieldRole, FieldType, ValueWords, Words
from catalog.readable import label_of

_TYPE_OF_CAST = {
    FieldType.DATE: exp.DataType.TEMPORAL_TYPES & {exp.DataType.Type.DATE},
    FieldType.INTEGER: exp.DataType.INTEGER_TYPES,
    FieldType.NUMBER: exp.DataType.NUMERIC_TYPES,
    FieldType.TIMESTAMP: exp.DataType.TEMPORAL_TYPES,
    FieldType.BOOLEAN: {exp.DataType.Type.BOOLEAN},
    FieldType.STRING: exp.DataType.TEXT_TYPES,
}
_NUMBERS = (exp.Add, exp.Sub, exp.Mul, exp.Div, exp.Neg, exp.Abs, exp.Round, exp.Mod, exp.Floor, exp.Ceil)
_INTEGERS = (exp.Length, exp.Extract, exp.DateDiff, exp.Year, exp.Month, exp.Day)
_STRINGS = (exp.DPipe, exp.Concat, exp.Lower, exp.Upper, exp.Trim, exp.Substring)


def inferred_type(tree: exp.Expr, known: dict[str, FieldType]) -> FieldType | None:
    """The type an expression plainly has, given its columns' types; None where that cannot be told."""
    if isinstance(tree, exp.Paren):
        return inferred_type(tree.this, known)
    if isinstance(tree, exp.Column):
        return known.get(tree.name)
    if isinstance(tree, exp.Cast):
        return next((kind for kind, types in _TYPE_OF_CAST.items() if tree.to.this in types), None)
    if isinstance(tree, exp.Predicate | exp.Connector | exp.Not | exp.Boolean):
        return FieldType.BOOLEAN
    if isinstance(tree, exp.Literal):
        return FieldType.STRING if tree.is_string else FieldType.INTEGER if tree.is_int else FieldType.NUMBER
    if isinstance(tree, exp.Case):
        branches = [branch.args["true"] for branch in tree.args["ifs"]]
        return next((kind for branch in branches if (kind := inferred_type(branch, known))), None)
    if isinstance(tree, exp.Coalesce):
        return next((kind for part in (tree.this, *tree.expressions) if (kind := inferred_type(part, known))), None)
    for kinds, result in ((_INTEGERS, FieldType.INTEGER), (_NUMBERS, FieldType.NUMBER), (_STRINGS, FieldType.STRING)):
        if isinstance(tree, kinds):
            return result
    return None


def fields_used_as_numbers(metrics: Iterable[MetricForm]) -> frozenset[tuple[str, str]]:
    """(dataset, field) of plain columns that some metric sums or averages: their type, where none is declared."""
    used: set[tuple[str, str]] = set()
    for metric in metrics:
        try:
            tree = parse_expression(metric.expression) if metric.expression else None
        except ExpressionError:
            continue
        if tree is None:
            continue
        for node in tree.find_all(exp.Sum, exp.Avg, exp.Median):
            used |= {(column.table or metric.dataset or "", column.name) for column in node.find_all(exp.Column)}
    return frozenset(used)


def _field_type(form: FieldForm, tree: exp.Expr, known: dict[str, FieldType], is_number: bool) -> FieldType:
    if form.type is not None:
        return form.type
    if form.role is FieldRole.TIME or (form.dimension and form.dimension.is_time):
        return FieldType.TIMESTAMP
    plain_column = isinstance(tree, exp.Column) and tree.name == form.name
    inferred = None if plain_column else inferred_type(tree, known)
    if inferred is not None:
        return inferred
    return FieldType.NUMBER if is_number or form.role is FieldRole.MEASURE else FieldType.STRING


def _field_role(form: FieldForm, kind: FieldType, is_key: bool) -> FieldRole:
    if form.role is not None:
        return form.role
    if form.personal == "free_text":
        return FieldRole.TEXT
    if kind in (FieldType.DATE, FieldType.TIMESTAMP):
        return FieldRole.TIME
    if is_key:
        return FieldRole.KEY
    return FieldRole.MEASURE if kind in (FieldType.NUMBER, FieldType.INTEGER) else FieldRole.DIMENSION


def normal_field(
    form: FieldForm, dataset: str, is_key: bool, is_number: bool, known: dict[str, FieldType]
) -> CatalogField:
    """The field; `known` are the types of the dataset's fields so far, `is_number` says that some metric adds it up."""
    expression = form.expression or form.name
    tree: exp.Expr = exp.column(form.name)
    with suppress(ExpressionError):  # the rules say what is wrong with it
        tree = parse_expression(expression)
        if any(table == dataset for table, _ in column_names(tree)):
            tree = unqualify(tree, dataset)
            expression = render(tree)
    kind = _field_type(form, tree, known, is_number)
    role = _field_role(form, kind, is_key)
    values = form.values
    sampled = role is FieldRole.DIMENSION and kind is FieldType.STRING and not form.personal
    grain = form.grain or {FieldType.DATE: TimeGrain.DAY, FieldType.TIMESTAMP: TimeGrain.SECOND}.get(kind)
    return CatalogField(
        name=form.name,
        expression=expression,
        type=kind,
        role=role,
        label=form.label or label_of(form.name),
        description=form.description,
        words=words_from(form),
        unit=form.unit,
        format=form.format,
        time_grain=grain if role is FieldRole.TIME else form.grain,
        values=ValueWords(
            sample=sampled if values.sample is None else values.sample,
            synonyms=values.synonyms,
            groups=values.groups,
            order=values.order,
            said_as=values.said_as,
        ),
        shared_dimension=form.same_as,
        personal_data=form.personal,
        hidden=form.hidden,
        time_zone=form.time_zone,
    )


def words_from(form: Spoken) -> Words:
    """ai_context and the keys beside it, as one."""
    context = form.ai_context
    return Words(
        synonyms=tuple(dict.fromkeys((*form.synonyms, *context.synonyms))),
        instructions=form.instructions or context.instructions,
        examples=tuple(dict.fromkeys((*form.examples, *context.examples))),
    )
