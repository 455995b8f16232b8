"""A suite of questions and what a right answer to each must hold (the contract is docs/evals.md)."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from pydantic import Field, field_validator, model_validator

from catalog.models import Frozen

Behaviour = Literal["answer", "clarify", "refuse"]
GoldCell = bool | int | float | dt.datetime | dt.date | str | None

PATH_PATTERN = r"^[A-Za-z_]\w*(\.[A-Za-z_]\w*|\[[^\[\]]+\])*$"


class GoldPath(Frozen):
    """One expectation about one place in the answer's JSON, such as `results[forecast].rows[0][1]`.

    `[n]` takes the nth item (negative from the end), `[name]` the item of that name, `[*]` any item. All given
    conditions must hold. `tolerance` is relative (0.05 is five per cent of `equals`), `within` absolute.
    """

    path: str = Field(pattern=PATH_PATTERN, description="place in the answer, e.g. results[0].rows[0][1]")
    equals: GoldCell = Field(default=None, description="the value, numbers within the tolerance")
    tolerance: float | None = Field(default=None, ge=0, description="relative, a fraction of `equals`")
    within: float | None = Field(default=None, ge=0, description="absolute, in the value's own unit")
    at_least: float | None = None
    at_most: float | None = None
    contains: str | None = Field(default=None, description="text the value holds, or an item the list holds")
    one_of: tuple[GoldCell, ...] = ()

    @model_validator(mode="after")
    def _says_something(self) -> GoldPath:
        if not self.model_fields_set & {"equals", "at_least", "at_most", "contains", "one_of"}:
            raise ValueError("say what stands at the path: equals, at_least, at_most, contains or one_of")
        if (self.tolerance is not None or self.within is not None) and not isinstance(self.equals, int | float):
            raise ValueError("tolerance and within need `equals` to be a number")
        return self


class Gold(Frozen):
    """A right answer given outright: the table's rows, or expectations by path, or both."""

    columns: tuple[str, ...] = Field(default=(), description="names of the columns of `rows`, for people only")
    rows: tuple[tuple[GoldCell, ...], ...] | None = Field(
        default=None, description="rows of cells; a bare value stands for a row of one cell"
    )
    paths: tuple[GoldPath, ...] = ()

    @field_validator("rows", mode="before", json_schema_input_type=list[list[GoldCell] | GoldCell] | None)
    @classmethod
    def _bare_values_are_rows(cls, value: Any) -> Any:
        if isinstance(value, list | tuple):
            return [row if isinstance(row, list | tuple) else [row] for row in value]
        return value

    @model_validator(mode="after")
    def _rectangular(self) -> Gold:
        if self.rows is None and not self.paths:
            raise ValueError("gold needs rows or paths")
        widths = {len(row) for row in self.rows or ()} | ({len(self.columns)} if self.columns else set())
        if len(widths) > 1:
            raise ValueError(f"gold rows and columns must be of one width, not {sorted(widths)}")
        return self


class Case(Frozen):
    """One question and what is due: an answer with these figures, a clarification or a refusal."""

    id: str = Field(min_length=1, pattern=r"^[\w.:-]+$", description="unique in the suite")
    question: str
    history: tuple[str, ...] = Field(default=(), description="earlier questions of the same thread, first asked first")
    role: str | None = None
    user: str | None = None
    behaviour: Behaviour = "answer"
    accept_answer: bool = Field(default=False, description="with clarify or refuse: a right answer is fine too")
    gold_sql: str | None = Field(default=None, min_length=1, description="run live on the database the answer reads")
    gold: Gold | None = None
    names: tuple[str, ...] = Field(
        default=(), description="for a definition: the metric, by name or label; any one of them is enough"
    )
    ordered: bool = Field(default=False, description="the order of rows counts")
    accept_more_rows: bool = Field(
        default=False, description="gold rows may be a subset of the answer's; with `ordered`, its first rows"
    )
    as_of: dt.date | None = Field(default=None, description="in place of the suite's")
    tags: tuple[str, ...] = ()
    note: str | None = Field(default=None, description="why the gold is what it is, for people")

    @field_validator("names", mode="before", json_schema_input_type=list[str] | str)
    @classmethod
    def _one_name(cls, value: Any) -> Any:
        return (value,) if isinstance(value, str) else value

    @model_validator(mode="after")
    def _consistent(self) -> Case:
        if self.gold_sql and self.gold and self.gold.rows is not None:
            raise ValueError("give gold_sql or gold rows, not both")
        if self.accept_answer and self.behaviour == "answer":
            raise ValueError("accept_answer goes with behaviour clarify or refuse")
        if self.behaviour != "answer" and not self.accept_answer and (self.gold_sql or self.gold):
            raise ValueError(f"a case that wants {self.behaviour} takes gold only with accept_answer")
        return self

    @property
    def has_gold(self) -> bool:
        """Whether figures are compared (else an answer need only name the metric)."""
        return self.gold_sql is not None or self.gold is not None


class Suite(Frozen):
    """A file of cases over one catalog."""

    suite: str = Field(min_length=1, description="the suite's name")
    description: str = ""
    catalog: str | None = Field(default=None, description="a shipped name or a folder, relative to the suite's file")
    as_of: dt.date | None = Field(default=None, description="the day the questions are asked")
    cases: tuple[Case, ...] = Field(min_length=1)
