"""Sentences whose numbers carry where they come from: each number is printed through a builder that records it."""

from __future__ import annotations

import decimal
from dataclasses import dataclass, field

from agent.tools.present.declared_numbers import Arithmetic, CellReference, DeclaredNumber, evaluate
from agent.tools.present.number_format import NO_FIGURE, NumberStyle, as_decimal, format_distinct, format_number
from agent.tools.present.table_columns import Measure
from agent.tools.warehouse.result import ResultTable


@dataclass(frozen=True)
class Sentence:
    """A text and the arithmetic behind the numbers in it."""

    text: str
    declared: tuple[DeclaredNumber, ...] = ()


@dataclass
class SentenceBuilder:
    """Prints numbers of the results into one sentence, and keeps how each came about."""

    results: tuple[ResultTable, ...]
    style: NumberStyle = "narrative"
    _declared: list[DeclaredNumber] = field(default_factory=list)

    def finished(self, text: str) -> Sentence:
        """The sentence, with all that was printed into it."""
        return Sentence(text=text, declared=tuple(self._declared))

    def value(self, reference: CellReference, unit: str | None, pattern: str | None = None, extra: int = 0) -> str:
        """A cell as it is."""
        self._declared.append(DeclaredNumber(arithmetic="cell", cells=(reference,)))
        return format_number(self.number(reference), unit, self.style, pattern, extra)

    def measured(self, row: int, measure: Measure, extra: int = 0) -> str:
        """A measure's cell in a row of the answering table."""
        return self.value(CellReference(row=row, column=measure.index), measure.unit, measure.pattern, extra)

    def pair(self, later: CellReference, earlier: CellReference, measure: Measure) -> tuple[str, str]:
        """Two cells of one measure, precise enough that different values read differently."""
        one, other = self.number(later), self.number(earlier)
        extra = format_distinct(one, other, measure.unit, self.style, measure.pattern)
        return (
            self.value(later, measure.unit, measure.pattern, extra),
            self.value(earlier, measure.unit, measure.pattern, extra),
        )

    def apart(self, one: CellReference, other: CellReference, unit: str | None) -> tuple[str, str]:
        """Two cells of one unit, precise enough that different values read differently: the ends of a range."""
        extra = format_distinct(self.number(one), self.number(other), unit, self.style)
        return self.value(one, unit, extra=extra), self.value(other, unit, extra=extra)

    def derived(
        self, arithmetic: Arithmetic, cells: tuple[CellReference, ...], of: tuple[CellReference, ...] = ()
    ) -> str:
        """Declared arithmetic, its size without a sign: the words around it say the direction."""
        declared = DeclaredNumber(arithmetic=arithmetic, cells=cells, of=of)
        found = evaluate(declared, self.results)
        if found is None:
            return NO_FIGURE
        self._declared.append(declared)
        return format_number(abs(found.value), found.unit, self.style)

    def number(self, reference: CellReference) -> decimal.Decimal | None:
        """A cell's number; None where it holds none."""
        return as_decimal(self.results[reference.result].rows[reference.row][reference.column])

    def computed(
        self, arithmetic: Arithmetic, cells: tuple[CellReference, ...], of: tuple[CellReference, ...] = ()
    ) -> decimal.Decimal | None:
        """What declared arithmetic comes to, without printing it."""
        found = evaluate(DeclaredNumber(arithmetic=arithmetic, cells=cells, of=of), self.results)
        return None if found is None else found.value
