"""The trusted statements that fill a permitted copy: a dataset's permitted rows and fields, masks applied."""

from __future__ import annotations

import hashlib
import secrets

from sqlglot import exp

from agent.errors import PolicyRefusal
from agent.tools.guard.row_filters import attributes_read, field_expression, row_predicate, source_table
from agent.tools.guard.statement import PermittedCopy, PermittedTable
from catalog.access import CatalogView, FieldAccess
from catalog.models import CatalogField, Dataset, FieldType

_ROWS = "permitted"
_MASKED_TEXT = "***"
_TOKEN_DIGITS = 9
_SESSION_LENGTH = 6
_POSITION = "plumbline position"
_FIRST = "plumbline first "
PROCESS_SALT = secrets.token_hex(16)  # tokens mean nothing outside this process unless a session brings its own salt


def permitted_copy(
    view: CatalogView, datasets: tuple[Dataset, ...], counted: frozenset[str], token_salt: str
) -> PermittedCopy:
    """The copy that a statement over these datasets needs. `counted` are the dataset.field that it only counts."""
    state = (
        view.principal.user,
        view.role.model_dump_json(),
        attributes_read(view),
        view.whole.content_hash,
        token_salt,
    )
    key = hashlib.sha256(repr(state).encode()).hexdigest()
    return PermittedCopy(key, tuple(permitted_table(view, dataset, counted, token_salt) for dataset in datasets))


def free_access(view: CatalogView, dataset: Dataset, item: CatalogField) -> FieldAccess:
    """What a statement of one's own may do with a field: nothing, where it is seen for groups of a minimum size only.

    No list of functions keeps what a free statement adds up to groups, or its differences: metrics do.
    """
    return "deny" if view.minimum_group_size(dataset, item) is not None else view.access_to(dataset, item)


def visible_fields(view: CatalogView, dataset: Dataset) -> tuple[CatalogField, ...]:
    """The fields of a granted dataset whose values, or masks, the role may see."""
    return tuple(item for item in dataset.fields if free_access(view, dataset, item) in ("show", "mask"))


def countable_fields(view: CatalogView, dataset: Dataset) -> tuple[CatalogField, ...]:
    """The fields of a granted dataset that the role may only count."""
    return tuple(item for item in dataset.fields if free_access(view, dataset, item) == "aggregate_only")


def copy_name(dataset: Dataset, counted: frozenset[str]) -> str:
    """The table's name in the copy; one that also holds tokens to count has another, so that no `*` ever shows them."""
    mine = sorted(name for name in counted if name.partition(".")[0] == dataset.name)
    return dataset.name if not mine else f"{dataset.name} counted by {', '.join(mine)}"


def permitted_table(view: CatalogView, dataset: Dataset, counted: frozenset[str], token_salt: str) -> PermittedTable:
    """One dataset's permitted rows and fields, in the table's own order.

    Text is text, whatever type the database keeps it in: an enumeration's type would list values of rows that are not
    there. Where a filter joins or a field becomes tokens, rows are put back in order, as the engine's order would tell
    of the rows left out:

        SELECT id, 'f3a1-' || lpad(dense_rank() OVER (ORDER BY "first email"), 9, '0') AS email
        FROM (SELECT permitted.id AS id, permitted.email AS email, position,
                     min(position) OVER (PARTITION BY permitted.email) AS "first email"
              FROM (SELECT *, row_number() OVER () AS position FROM customers) AS permitted WHERE <filter>)
        ORDER BY position
    """
    whole = view.whole.dataset_by_name[dataset.name]
    shown: dict[str, exp.Expr] = {}
    tokens: set[str] = set()
    for item in dataset.fields:
        access = free_access(view, dataset, item)
        if access == "deny":
            continue
        if access == "aggregate_only" and f"{dataset.name}.{item.name}" not in counted:
            continue
        rule = view.rule_for(dataset, item)
        shown[item.name] = _value(whole, item)
        if access == "aggregate_only" or (access == "mask" and rule is not None and rule.mask == "token"):
            tokens.add(item.name)
        elif access == "mask":
            shown[item.name] = masked_value(item, shown[item.name], rule.mask if rule is not None else None)
    if not shown:
        raise PolicyRefusal("table", f"there is nothing in {dataset.name} that this role may read")
    predicate = row_predicate(view, whole, _ROWS)
    unsettled = bool(tokens) or (predicate is not None and predicate.find(exp.Exists) is not None)
    table: exp.Expr = source_table(whole, _ROWS)
    if unsettled:
        table = _numbered(source_table(whole, "every_row"))
    query = exp.select(*(_named(value, name) for name, value in shown.items()), copy=False).from_(table)
    if predicate is not None:
        query = query.where(predicate)
    batch = None
    if unsettled:
        query = _in_order(query, tuple(shown), tokens, token_salt)
    else:
        batch = _batch_of(query).sql(dialect="duckdb")
    last = exp.Max(this=exp.column("rowid", table=_ROWS))
    extent = exp.select(exp.Add(this=last, expression=exp.Literal.number(1))).from_(source_table(whole, _ROWS))
    name = copy_name(dataset, counted)
    return PermittedTable(name, tuple(shown), query.sql(dialect="duckdb"), batch, extent.sql(dialect="duckdb"))


def _batch_of(query: exp.Select) -> exp.Select:
    number = exp.column("rowid", table=_ROWS)
    first, end = (exp.Parameter(this=exp.Literal.number(place)) for place in (1, 2))
    return query.where(exp.GTE(this=number, expression=first), exp.LT(this=number.copy(), expression=end))


def _value(dataset: Dataset, item: CatalogField) -> exp.Expr:
    value = field_expression(dataset, item.name, _ROWS)
    return exp.cast(value, "varchar") if item.type is FieldType.STRING else value


def masked_value(item: CatalogField, value: exp.Expr, mask: str | None) -> exp.Expr:
    """What a null, constant, initial or year mask shows in place of a value."""
    if mask == "constant" and item.type is FieldType.STRING:
        return exp.Literal.string(_MASKED_TEXT)
    if mask == "initial" and item.type is FieldType.STRING:
        first = exp.Left(this=exp.cast(value.copy(), "varchar"), expression=exp.Literal.number(1))
        return exp.DPipe(this=first, expression=exp.Literal.string(_MASKED_TEXT))  # null where there is no value
    if mask == "year" and item.type in (FieldType.DATE, FieldType.TIMESTAMP):
        return exp.cast(exp.func("date_trunc", exp.Literal.string("year"), value, dialect="duckdb"), "date")
    return exp.Case(ifs=[exp.If(this=exp.false(), true=value)])  # null, of the value's type


def _named(value: exp.Expr, name: str) -> exp.Expr:
    return exp.alias_(value, name, quoted=True)


def _numbered(table: exp.Table) -> exp.Subquery:
    position = exp.alias_(exp.Window(this=exp.RowNumber()), _POSITION, quoted=True)
    return exp.select(exp.Star(), position).from_(table).subquery(_ROWS)


def _in_order(query: exp.Select, names: tuple[str, ...], tokens: set[str], token_salt: str) -> exp.Select:
    """The rows in the table's order; a token says which of its field's values it is, counted by first appearance.

    Nothing of a value is in its token, not even its place in the alphabet.
    """
    position = exp.column(_POSITION, quoted=True)
    inner = query.select(exp.column(_POSITION, table=_ROWS, quoted=True))
    for name in sorted(tokens):
        value = next(item.this for item in query.selects if item.alias == name)
        inner = inner.select(_named(_first_place(value), _FIRST + name))
    session = session_of(token_salt)
    columns = [
        _named(_token(name, session), name) if name in tokens else exp.column(name, quoted=True) for name in names
    ]
    return exp.select(*columns).from_(inner.subquery("numbered")).order_by(position)


def numbered_tokens(
    table: exp.Table, values: dict[str, exp.Expr], predicate: exp.Expr | None, session: str
) -> exp.Select:
    """The table's rows that the predicate lets through, all their columns, and the tokens of the values under these names.

    Values and predicate speak of the table as `permitted`.
    """
    inner = exp.select(exp.Column(this=exp.Star(), table=exp.to_identifier(_ROWS))).from_(_numbered(table))
    if predicate is not None:
        inner = inner.where(predicate)
    for name, value in values.items():
        inner = inner.select(_named(_first_place(value), _FIRST + name))
    tokens = [_named(_token(_FIRST + name, session, _FIRST + name), name) for name in values]
    return exp.select(exp.Star(), *tokens).from_(inner.subquery("numbered"))


def session_of(token_salt: str) -> str:
    """What the tokens of a session begin with."""
    return hashlib.sha256(token_salt.encode()).hexdigest()[:_SESSION_LENGTH]


def _first_place(value: exp.Expr) -> exp.Expr:
    """The first row that holds a row's value; null for no value, which comes last and gets no token."""
    first = exp.Window(this=exp.Min(this=exp.column(_POSITION, table=_ROWS, quoted=True)), partition_by=[value.copy()])
    present = exp.Not(this=exp.Is(this=exp.paren(value.copy()), expression=exp.null()))
    return exp.Case(ifs=[exp.If(this=present, true=first)])


def _token(name: str, session: str, first: str | None = None) -> exp.Expr:
    """The token of a column whose values' first places stand in another."""
    placed = exp.column(first or _FIRST + name, quoted=True)
    rank = exp.Window(this=exp.DenseRank(), order=exp.Order(expressions=[placed]))
    digits = exp.Anonymous(
        this="lpad", expressions=[exp.cast(rank, "varchar"), exp.Literal.number(_TOKEN_DIGITS), exp.Literal.string("0")]
    )
    text = exp.DPipe(this=exp.Literal.string(f"{session}-"), expression=digits)
    present = exp.Not(this=exp.Is(this=exp.column(name, quoted=True), expression=exp.null()))
    return exp.Case(ifs=[exp.If(this=present, true=text)])
