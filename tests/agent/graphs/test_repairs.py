"""Self-repair: what the engine or the compiler says of a model's plan goes back as generic words, at most twice."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from agent.errors import DeadlineError, PolicyRefusal, QueryError, WarehouseError
from agent.graphs.answering.repairs import MOST_REPAIRS, repairing, told_of
from catalog.plan import Plan

SECRET = "Zelda Quuxington earned 99,999"


def _state(planner: str = "model", **parts: Any) -> Any:
    plan = Plan.model_validate({"planner": planner}).model_dump(mode="json")
    return {"plan": plan, "embedded_plan": Plan().model_dump(mode="json"), **parts}


def _runtime(*, advised: bool = True) -> Any:
    return SimpleNamespace(context=SimpleNamespace(consultation=object() if advised else None))


def _fails_with(error: Exception) -> Any:
    def node(_state: Any, _runtime: Any) -> dict[str, Any]:
        raise error

    return repairing(node)


@pytest.mark.parametrize("error", [QueryError(SECRET), WarehouseError(SECRET, SECRET), DeadlineError(SECRET, SECRET)])
def test_a_model_s_plan_goes_back_in_generic_words(error: Exception) -> None:
    update = _fails_with(error)(_state(), _runtime())
    assert update["retry"] and update["repairs"] == 1
    assert update["plan"] == Plan().model_dump(mode="json")
    assert "Zelda" not in update["problem"] and "99" not in update["problem"]
    assert update["problem"] == told_of(error)


@pytest.mark.parametrize(
    ("state", "runtime", "error"),
    [
        (_state(repairs=MOST_REPAIRS), _runtime(), QueryError("x")),  # often enough
        (_state("embedded"), _runtime(), QueryError("x")),  # a plan of ours
        (_state("agreed"), _runtime(), WarehouseError("x")),
        (_state(chosen=True), _runtime(), QueryError("x")),  # the asker chose it
        (_state(), _runtime(advised=False), QueryError("x")),
        (_state(), _runtime(), PolicyRefusal("personal_data", "x")),  # policy stands
    ],
)
def test_all_else_goes_through(state: Any, runtime: Any, error: Exception) -> None:
    with pytest.raises(type(error)):
        _fails_with(error)(state, runtime)
