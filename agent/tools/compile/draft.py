"""The statement being written: its CTEs and their names, the policies it obeys, and what it has used, for the explanation."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from sqlglot import exp

from agent.errors import PolicyRefusal, QueryError
from agent.tools.compile.expressions import (
    all_of,
    column,
    conjuncts,
    identifier,
    parse,
    references,
    replace_columns,
)
from agent.tools.compile.reach import Reaches, reaches
from catalog.access import CatalogView
from catalog.models import Catalog, CatalogField, Dataset, FieldType, Metric


@dataclass
class Used:
    """What the statement uses, in order of first use (dicts as ordered sets)."""

    datasets: dict[str, None] = field(default_factory=dict)
    definitions: dict[str, str] = field(default_factory=dict)
    joins: dict[str, None] = field(default_factory=dict)
    filters: dict[str, None] = field(default_factory=dict)
    policies: dict[str, None] = field(default_factory=dict)
    periods: dict[str, None] = field(default_factory=dict)
    caveats: dict[str, None] = field(default_factory=dict)
    columns: dict[str, dict[str, None]] = field(default_factory=dict)  # what it is for -> table.column


class Draft:
    """One compilation. Everything that reads a table asks it for the table, so that no policy can be missed."""

    def __init__(self, view: CatalogView, as_of: dt.date | None, dialect: str) -> None:
        self.view = view
        self.catalog: Catalog = view.whole
        self.as_of = as_of
        self.dialect = dialect
        self.reaches: Reaches = reaches(view.whole, view.datasets)
        self.all_reaches: Reaches = reaches(view.whole)  # for what a policy decides by
        self.used = Used()
        self.purpose = ""  # what is being written, for lineage
        self.counted_rows: dict[str, Metric] = {}  # numbers of metrics' rows, under names of their own
        self._ctes: dict[str, exp.Query] = {}
        self._taken = {dataset.name.lower() for dataset in self.catalog.datasets}
        self._taken |= {dataset.source.rpartition(".")[2].lower() for dataset in self.catalog.datasets}
        self._visible: dict[str, tuple[str, exp.Select, dict[str, None]]] = {}

    # Names and common table expressions

    def reserve(self, names: set[str]) -> None:
        """Keep these from being CTE names (the result's columns, so that no name means two things)."""
        self._taken |= {name.lower() for name in names}

    def cte(self, name: str, select: exp.Query) -> str:
        """Adds a CTE under the name, or the next free one; an equal one is used again."""
        for taken, other in self._ctes.items():
            if other == select:
                return taken
        chosen = self.free_name(name)
        self._ctes[chosen] = select
        return chosen

    def free_name(self, name: str) -> str:
        """The name, or the next free one, taken from now on."""
        chosen, number = name, 2
        while chosen.lower() in self._taken:
            chosen, number = f"{name}_{number}", number + 1
        self._taken.add(chosen.lower())
        return chosen

    def finish(self, select: exp.Query) -> exp.Query:
        """The statement with its CTEs in front, those of visible rows first."""
        visible: dict[str, exp.Query] = {}
        for name, visible_select, columns in self._visible.values():
            dataset = visible_select.args["from_"].this.alias_or_name
            visible_select.set("expressions", [column(dataset, item) for item in columns])
            visible[name] = visible_select
        ctes = [
            exp.CTE(this=query, alias=exp.TableAlias(this=identifier(name)))
            for name, query in {**visible, **self._ctes}.items()
        ]
        if ctes:
            select.set("with_", exp.With(expressions=ctes))
        return select

    # Datasets and fields

    def dataset(self, name: str) -> Dataset:
        """A dataset by name: a definition that names another is the catalog's fault."""
        found = self.catalog.dataset_by_name.get(name)
        if found is None:
            raise QueryError(f"the catalog has no dataset {name!r}, which one of its definitions reads")
        return found

    def field(self, reference: str) -> CatalogField | None:
        """The field of `dataset.field`; None where it is a bare column of the table."""
        dataset, _, name = reference.partition(".")
        return self.dataset(dataset).field_by_name.get(name)

    def type_of(self, reference: str) -> FieldType | None:
        found = self.field(reference)
        return found.type if found else None

    def check_readable(self, reference: str, inside_count_distinct: bool = False) -> None:
        """PolicyRefusal where the role may not read the field in a figure."""
        item = self.field(reference)
        if item is None:
            return
        access = self.view.access_to(self.dataset(reference.partition(".")[0]), item)
        if access == "show" or (access == "aggregate_only" and inside_count_distinct):
            return
        raise PolicyRefusal(
            "personal_data" if item.personal_data else "field_access",
            f"the role {self.view.role.label} may not see what this figure would be computed from",
        )

    def read_field(self, dataset: Dataset, name: str, alias: str, raw: bool = False) -> exp.Expr:
        """A field of the dataset as an expression over its table's columns, under the alias the table bears."""
        item = dataset.field_by_name.get(name)
        if item is None:
            return self._read_column(dataset, name, alias, raw)
        expression = parse(item.expression)

        def read(found: exp.Column) -> exp.Expr:
            if found.name != name and found.name in dataset.field_by_name and found.table in ("", dataset.name):
                return self.read_field(dataset, found.name, alias, raw)
            return self._read_column(dataset, found.name, alias, raw)

        return self._in_calendar_zone(item, replace_columns(expression, read))

    def _in_calendar_zone(self, item: CatalogField, expression: exp.Expr) -> exp.Expr:
        """A timestamp stored in another zone as the calendar's clocks show it, so that days are the business's own."""
        zone = self.catalog.calendar.time_zone
        if item.time_zone is None or zone is None or item.time_zone == zone:
            return expression
        stored = exp.AtTimeZone(this=expression, zone=exp.Literal.string(item.time_zone))
        return exp.AtTimeZone(this=stored, zone=exp.Literal.string(zone))

    def _read_column(self, dataset: Dataset, name: str, alias: str, raw: bool) -> exp.Expr:
        self.used.columns.setdefault(self.purpose, {})[f"{dataset.source}.{name}"] = None
        if not raw and dataset.name in self._visible:
            self._visible[dataset.name][2][name] = None
        return column(alias, name)

    # Tables under policy

    def hides_rows(self, name: str) -> bool:
        """Whether a policy hides rows of the dataset."""
        return name in self.view.row_filters

    def table(self, dataset: Dataset, alias: str, raw: bool = False) -> tuple[exp.Table, exp.Expr | None]:
        """The dataset's table under the alias, and the predicate its visible rows meet (None: all).

        A policy that reads the dataset alone is that predicate; one that reads others makes a CTE of visible rows.
        """
        self.used.datasets[dataset.name] = None
        filters = () if raw else self.view.row_filters.get(dataset.name, ())
        if not filters:
            return source_table(dataset, alias), None
        expressions = [filter_.expression for filter_ in filters]
        for text in expressions:
            self.used.policies[f"{dataset.name}: {text}"] = None
        if all(self._reads_only(dataset, text) for text in expressions):
            return source_table(dataset, alias), all_of(
                [self._own_policy(dataset, text, alias) for text in expressions]
            )
        if dataset.name not in self._visible:
            name = f"visible_{dataset.name}"
            while name.lower() in self._taken:
                name = f"{name}_rows"
            self._taken.add(name.lower())
            self._visible[dataset.name] = (name, self._visible_rows(dataset, expressions), {})
        return exp.to_table(identifier(self._visible[dataset.name][0]).name, alias=identifier(alias)), None

    def _reads_only(self, dataset: Dataset, text: str) -> bool:
        if any(parse(text).find_all(exp.Subquery, exp.Exists)):
            return False
        return all(name.partition(".")[0] in (dataset.name, "user") or "." not in name for name in references(text))

    def attribute(self, found: exp.Column) -> exp.Expr | None:
        """The principal's attribute that `user.<attribute>` names; None for other columns."""
        if found.table != "user":
            return None
        value = self.view.principal.attributes.get(found.name)
        if value is None:
            raise PolicyRefusal(
                "missing_attribute", f"the role {self.view.role.label} sees rows by {found.name}, and you have none set"
            )
        return exp.convert(value)

    def _own_policy(self, dataset: Dataset, text: str, alias: str, raw: bool = False) -> exp.Expr:
        predicate = replace_columns(
            parse(text), lambda found: self.attribute(found) or self.read_field(dataset, found.name, alias, raw)
        )
        return exp.paren(predicate, copy=False) if isinstance(predicate, exp.Or) else predicate

    def _visible_rows(self, dataset: Dataset, expressions: list[str]) -> exp.Select:
        from agent.tools.compile.scan import Scan

        scan = Scan(self, dataset.name, raw=True)
        for text in expressions:
            predicate = replace_columns(parse(text), lambda found: self.attribute(found) or scan.read(found))
            scan.where.extend(conjuncts(predicate))
        return scan.select()


def source_table(dataset: Dataset, alias: str) -> exp.Table:
    """[schema.]table, under the alias where it is called otherwise."""
    parts = dataset.source.split(".")
    table = exp.table_(
        identifier(parts[-1]),
        db=identifier(parts[-2]) if len(parts) > 1 else None,
        catalog=identifier(parts[-3]) if len(parts) > 2 else None,
    )
    if alias != parts[-1]:
        table.set("alias", exp.TableAlias(this=identifier(alias)))
    return table
