"""Which rows of a result are kept, and in what order: conditions on columns, order, limits overall and within groups."""

from __future__ import annotations

from dataclasses import replace

from sqlglot import exp

from agent.errors import QueryError
from agent.tools.compile.calculations import over
from agent.tools.compile.comparisons import compare
from agent.tools.compile.draft import Draft
from agent.tools.compile.expressions import all_of, identifier
from agent.tools.compile.keys import Key
from agent.tools.compile.literals import number_literal
from agent.tools.compile.outputs import Output
from agent.tools.compile.relation import Relation, aliased
from agent.tools.compile.request import Request
from agent.tools.compile.scan import relation_column, table_of
from catalog.models import FieldType
from catalog.query import Having

PLACE = "place"
_BETWEEN_COLUMNS: dict[str, type[exp.Binary]] = {"gt": exp.GT, "ge": exp.GTE, "lt": exp.LT, "le": exp.LTE}


class Rows:
    """The rows of one relation as outputs; each step gives a SELECT or makes the one before a CTE."""

    def __init__(self, draft: Draft, request: Request, relation: Relation, outputs: list[Output]) -> None:
        self.draft = draft
        self.request = request
        self.relation = relation
        self.outputs = outputs
        self.by_name = {output.name: output for output in outputs}

    # Steps

    def relation_select(self, conditions: bool) -> exp.Select:
        """The SELECT of the rows, narrowed by the query's conditions on columns where these apply."""
        return self._filtered(False, self.request.query.having if conditions else ())

    def _filtered(self, with_hidden: bool, having: tuple[Having, ...]) -> exp.Select:
        """They hold after every calculation: where one looks at other rows, the calculations are a CTE of their own."""
        conditions = [(item, self._figure(item)) for item in having]
        figures = [output for output in self.outputs if output.column.role != "key"]
        if conditions and any(output.windowed for output in self.outputs):
            inner = self._project({output.name: output.expression for output in figures})
            self._read_from(self.draft.cte("computed", inner))
        shown = {output.name: output.expression for output in figures if with_hidden or not output.hidden}
        select = self._project(shown)
        if conditions:
            self._keep(select, self._predicates(conditions))
        return select

    def _predicates(self, conditions: list[tuple[Having, Output]]) -> list[exp.Expr]:
        """What must hold: each condition, of alternatives one."""
        held: list[exp.Expr] = []
        alternatives: dict[int, list[exp.Expr]] = {}
        for item, output in conditions:
            predicate = self._held_against(item, output)
            if item.either:
                alternatives.setdefault(item.either, []).append(predicate)
            else:
                held.append(predicate)
        return held + [exp.paren(exp.or_(*several, copy=False), copy=False) for several in alternatives.values()]

    def _held_against(self, item: Having, output: Output) -> exp.Expr:
        if item.than is None:
            return compare(output.expression.copy(), item.operator, item.values, self._type_of(item), item.column)
        if item.operator not in _BETWEEN_COLUMNS:
            raise QueryError(f"{item.column} cannot be held against {item.than} by {item.operator}")
        other = self._column(item.than)
        return _BETWEEN_COLUMNS[item.operator](this=output.expression.copy(), expression=other.expression.copy())

    def limited_within(self) -> exp.Select:
        """The first rows of each group: places are given after the conditions, before anything is cut."""
        query = self.request.query
        name = self.placed()
        shown = [output for output in self.outputs if output.column.role != "key" and not output.hidden]
        select = self._project({output.name: output.expression for output in shown})
        kept = exp.LTE(this=relation_column(name, PLACE), expression=number_literal(query.limit or 1))
        select.set("where", exp.Where(this=kept))
        return select

    def placed(self) -> str:
        """A CTE of the rows with each one's place in its group; the outputs read from it afterwards."""
        select = self._filtered(True, self.request.query.having)
        groups = [
            self.by_name[self.request.key(name).name].expression.copy() for name in self.request.query.limit_within
        ]
        place = over(exp.RowNumber(), groups, self.order(aliases=False))
        select.append("expressions", aliased(place, PLACE))
        name = self.draft.cte("ranked", select)
        self._read_from(name)
        return name

    def _project(self, values: dict[str, exp.Expr]) -> exp.Select:
        """The SELECT of the keys that are outputs, and these values."""
        keys = {output.name: output.expression for output in self.outputs if output.column.role == "key"}
        return replace(self.relation, keys=keys).project(values)

    def _read_from(self, name: str) -> None:
        """Makes the relation and the outputs columns of a CTE."""
        for output in self.outputs:
            output.expression = relation_column(name, output.name)
        keys = {output.name: output.expression for output in self.outputs if output.column.role == "key"}
        self.relation = Relation(name, exp.Select().from_(table_of(name), copy=False), keys, {}, False)

    def _figure(self, having: Having) -> Output:
        return self._column(having.column)

    def _column(self, name: str) -> Output:
        output = self.by_name.get(name)
        if output is None:
            raise QueryError(f"no column is called {name}; there are: {', '.join(self.by_name)}")
        return output

    def _type_of(self, having: Having) -> FieldType:
        """What the column's values are: a key's own type, a number for a figure."""
        output = self._figure(having)
        if output.column.role != "key":
            return FieldType.NUMBER
        key = self.request.key(output.name)
        if key.field is not None and key.grain is None and key.part is None:
            return self.draft.catalog.field(key.field).type
        return FieldType.DATE if key.grain is not None else FieldType.STRING

    def _keep(self, select: exp.Select, predicates: list[exp.Expr]) -> None:
        if self.relation.grouped:
            select.set("having", exp.Having(this=all_of(predicates)))
            return
        existing = select.args.get("where")
        parts = [existing.this, *predicates] if existing is not None else predicates
        select.set("where", exp.Where(this=all_of(parts)))

    # Order

    def order(self, aliases: bool = True) -> list[exp.Expr]:
        """As asked, then by the keys ascending, so that the same data always gives the same rows in the same order.

        Rows that were cut in each group come group by group.
        """
        orders: list[exp.Expr] = []
        done: set[str] = set()
        if aliases and not self.request.query.others:
            for name in self.request.query.limit_within:
                group = self.request.key(name).name
                if group not in {order.column for order in self.request.query.order_by}:
                    done.add(group)
                    orders += self._ordered(self.by_name[group], False, aliases)
        for order in self.request.query.order_by:
            output = self.by_name.get(order.column)
            if output is None:
                raise QueryError(f"no column is called {order.column}; there are: {', '.join(self.by_name)}")
            done.add(order.column)
            orders += self._ordered(output, order.descending, aliases)
        for key in self.request.keys:
            if key.name not in done:
                orders += self._ordered(self.by_name[key.name], False, aliases)
        return orders

    def _ordered(self, output: Output, descending: bool, aliases: bool) -> list[exp.Expr]:
        by_alias = aliases and not output.hidden
        plain: exp.Expr = exp.column(identifier(output.name)) if by_alias else output.expression.copy()
        return ordered(plain, output.expression, descending, natural_order(self.draft, self.request, output.name))


def ordered(plain: exp.Expr, expression: exp.Expr, descending: bool, natural: tuple[str, ...]) -> list[exp.Expr]:
    """ORDER BY terms of a column: the natural order of its values first, where it has one, then their own."""
    found: list[exp.Expr] = [exp.Ordered(this=plain, desc=descending or None, nulls_first=False)]
    if natural:
        places = [
            exp.If(
                this=exp.EQ(this=expression.copy(), expression=exp.Literal.string(value)), true=number_literal(place)
            )
            for place, value in enumerate(natural, start=1)
        ]
        case = exp.Case(ifs=places, default=number_literal(len(natural) + 1))
        found.insert(0, exp.Ordered(this=case, desc=descending or None, nulls_first=False))
    return found


def natural_order(draft: Draft, request: Request, name: str) -> tuple[str, ...]:
    """The order of a key's values where it is not that of their type; none for other columns."""
    key: Key | None = next((key for key in request.keys if key.name == name), None)
    if key is None:
        return ()
    if key.order or key.field is None or key.grain is not None or key.part is not None:
        return key.order
    return draft.catalog.field(key.field).values.order
