"""A driver model: what each figure is made from, as a graph of compiled formulas over base values.

Evaluation takes microseconds for one set of inputs, and arrays of draws as they are.
"""

from __future__ import annotations

import contextlib
import graphlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from agent.tools.analysis.scenario.formula_compile import DriverFormulaError, compile_formulas, names_in


@dataclass(frozen=True)
class DriverModel:
    """`formulas` gives each derived figure as arithmetic over others; a name without a formula is an input."""

    formulas: Mapping[str, str]

    @cached_property
    def order(self) -> tuple[str, ...]:
        """The derived figures, each after what it is made from. DriverFormulaError where they go in a circle."""
        edges = {name: names_in(formula) for name, formula in self.formulas.items()}
        try:
            ordered = graphlib.TopologicalSorter(edges).static_order()
            return tuple(name for name in ordered if name in self.formulas)
        except graphlib.CycleError as error:
            raise DriverFormulaError(f"drivers go in a circle: {' <- '.join(error.args[1])}") from error

    @cached_property
    def inputs(self) -> tuple[str, ...]:
        """The figures that must be given, in order of appearance."""
        read = [name for formula in self.formulas.values() for name in names_in(formula)]
        return tuple(dict.fromkeys(name for name in read if name not in self.formulas))

    @cached_property
    def _compiled(self) -> Callable[..., Any]:
        return compile_formulas(self.order, dict(self.formulas), self.inputs)

    def evaluate(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Every derived figure. Values are floats, or arrays of equal length (one figure a draw); NaN where a division
        has no result. KeyError for an input that is not given."""
        given = [values[name] for name in self.inputs]
        # Plain floats raise where arrays give NaN: then once more, as arrays of one.
        with contextlib.suppress(ZeroDivisionError, OverflowError, TypeError):
            return dict(zip(self.order, self._compiled(*given), strict=True))
        import numpy as np

        with np.errstate(all="ignore"):
            arrays = [np.asarray(value, dtype=float) for value in given]
            found = self._compiled(*arrays)
        result: dict[str, Any] = {}
        for name, value in zip(self.order, found, strict=True):
            settled = np.where(np.isfinite(value), value, np.nan)
            result[name] = float(settled) if settled.ndim == 0 else settled
        return result

    def parts_of(self, name: str) -> tuple[str, ...]:
        """What a derived figure is made from directly; empty for an input."""
        return names_in(self.formulas[name]) if name in self.formulas else ()
