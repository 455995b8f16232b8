"""From levers and outcomes to a model over the actual values: which influences count, which trees, which figures."""

from __future__ import annotations

from dataclasses import dataclass

from agent.errors import QueryError
from agent.tools.analysis.causes.additive import measured
from agent.tools.analysis.desk import AnalysisDesk
from agent.tools.analysis.elasticity.estimate import ground_of
from agent.tools.analysis.scenario.actual_values import read_actual_values
from agent.tools.analysis.scenario.driver_tree import DriverTree, TreeSearch
from agent.tools.analysis.scenario.formula_compile import DriverFormulaError
from agent.tools.analysis.scenario.grounds import Ground
from agent.tools.analysis.scenario.identities import Identity, IdentityBook, own_columns
from agent.tools.analysis.scenario.movable_levers import MovableLever, declared_levers, listed
from agent.tools.analysis.scenario.scenario_model import ModelAssembly, ScenarioModel, split_needs
from agent.tools.guard.metric_access import base_dataset, parts_within
from catalog.access import CatalogView
from catalog.query import Condition, Period
from catalog.strategy.influences import Influence

CLOSES_TO = 1e-9  # how near, relative to it, a tree comes to the actual figure that it writes


@dataclass(frozen=True)
class Preparation:
    """A model, with what it rests on: the grounds used, what is held as it is, where the actual values come from."""

    model: ScenarioModel
    levers: tuple[MovableLever, ...]
    grounds: tuple[Ground, ...]
    held: tuple[str, ...]  # labels of what stays as it is
    book: IdentityBook
    sql: str
    elapsed_ms: float
    left_out: tuple[str, ...] = ()  # sentences: influences on what is set directly


@dataclass(frozen=True)
class _Influences:
    """The influences that a set of moved figures sets off: each with the metric its cause is."""

    used: tuple[tuple[Influence, str], ...]
    moved: frozenset[str]
    trees: tuple[DriverTree, ...]  # of causes that are no levers themselves
    left_out: tuple[str, ...]


def book_of(view: CatalogView) -> IdentityBook:
    """The identities of a view, its driver trees first."""
    return IdentityBook(view)


def prepare(
    outcomes: tuple[str, ...],
    levers: tuple[MovableLever, ...],
    desk: AnalysisDesk,
    period: Period | None,
    where: Condition | None,
    known: dict[tuple[str, str], Ground] | None = None,
) -> Preparation:
    """The model of the outcomes under the levers; `known` keeps grounds, by cause and effect, from one model to the next.

    QueryError where a lever has no grounds to move an outcome, or the tree does not come to the actual figure.
    """
    view = desk.view
    book = book_of(view)
    figures = frozenset(lever.figure for lever in levers)
    influences = _set_off(book, view, figures)
    search = TreeSearch(book, figures, influences.moved)
    trees = [search.tree(outcome) for outcome in outcomes]
    for tree in trees:
        _require_reached(book, view, tree, levers, influences)
    in_trees = frozenset().union(*(tree.reached for tree in trees))
    used = _reaching(influences, in_trees)
    causes = [tree for tree in influences.trees if tree.outcome in {cause for _, cause in used}]
    known = {} if known is None else known
    for influence, cause in used:
        if (cause, influence.effect) not in known:
            known[(cause, influence.effect)] = ground_of(influence, cause, desk, where)
    grounds = tuple(known[(cause, influence.effect)] for influence, cause in used)
    identities: dict[str, Identity] = {}
    for tree in (*trees, *causes):
        for name, item in tree.identities.items():
            identities.setdefault(name, item)
    wanted = [figure for tree in (*trees, *causes) for figure in tree.figures]
    wanted += [ground.cause for ground in grounds] + [lever.figure for lever in levers]
    by = next((ground.by for ground in grounds if ground.by is not None), None)
    try:
        needs = split_needs(book, identities, grounds)
        values = read_actual_values(book, tuple(dict.fromkeys(wanted)), by, needs, desk, period, where)
        model = ModelAssembly(book, values.actual, figures, grounds, identities).build(outcomes)
        _require_reconciled(book, model)
    except DriverFormulaError as error:
        raise QueryError(f"these cannot be put together: {error}") from error
    moved_leaves = figures | {ground.effect for ground in grounds}
    held = [figure for tree in trees for figure in tree.leaves if figure not in moved_leaves]
    return Preparation(
        model=model,
        levers=levers,
        grounds=grounds,
        held=tuple(dict.fromkeys(book.label(figure) for figure in held)),
        book=book,
        sql=values.sql,
        elapsed_ms=values.elapsed_ms,
        left_out=influences.left_out,
    )


def levers_that_move(view: CatalogView, outcome: str) -> tuple[MovableLever, ...]:
    """The levers that have grounds to move an outcome: declared ones, then the exact factors of its own formula."""
    book = book_of(view)
    found: dict[str, MovableLever] = {}
    for lever in declared_levers(view):
        if lever.figure != outcome and _moves(book, view, outcome, lever.figure):
            found.setdefault(lever.figure, lever)
    for name in _factors(book, outcome):
        if name not in found and name != outcome and _moves(book, view, outcome, name):
            found[name] = MovableLever(name, view.metrics[name].label, name, view.metrics[name])
    return tuple(found.values())


def can_move(view: CatalogView, outcome: str, figures: frozenset[str]) -> bool:
    """Whether moving all of the figures has grounds to move the outcome, by formulas and influences alone."""
    book = book_of(view)
    return all(_moves(book, view, outcome, figure) for figure in figures)


def _moves(book: IdentityBook, view: CatalogView, outcome: str, figure: str) -> bool:
    influences = _set_off(book, view, frozenset({figure}))
    tree = TreeSearch(book, frozenset({figure}), influences.moved).tree(outcome)
    reaches = bool(tree.reached - {outcome}) or (outcome in tree.reached and outcome != figure)
    return reaches and not _rides_along(book, view, tree, figure)


def _factors(book: IdentityBook, outcome: str) -> tuple[str, ...]:
    """The metrics that stand in the outcome's own formula: its first driver tree, or its definition."""
    identities = book.by_figure.get(outcome, ())
    return tuple(part for part in identities[0].parts if part in book.view.metrics) if identities else ()


def _set_off(book: IdentityBook, view: CatalogView, figures: frozenset[str]) -> _Influences:
    """The influences that moving the figures sets off, one after another."""
    moved, used, trees = figures, [], []
    left_out: dict[str, None] = {}
    waiting = list(view.whole.strategy.influences)
    again = True
    while again:
        again = False
        for influence in list(waiting):
            cause = _cause_metric(view, influence)
            if cause is None or influence.effect not in view.metrics:
                waiting.remove(influence)
                continue
            tree = None
            if cause not in moved:
                tree = TreeSearch(book, figures, moved - {influence.effect}).factor_tree(cause)
                if not tree.reached:
                    continue
            waiting.remove(influence)
            again = True
            if influence.effect in figures:
                effect, why = book.label(influence.effect), book.label(cause)
                left_out[f"{effect} is set directly, so that what {why} would do to it is left aside."] = None
                continue
            used.append((influence, cause))
            moved |= {influence.effect}
            if tree is not None:
                trees.append(tree)
    return _Influences(tuple(used), moved, tuple(trees), tuple(left_out))


def _cause_metric(view: CatalogView, influence: Influence) -> str | None:
    for lever in view.whole.strategy.levers:
        if lever.name == influence.cause:
            return lever.moves if lever.moves in view.metrics else None
    return influence.cause if influence.cause in view.metrics else None


def _reaching(influences: _Influences, in_trees: frozenset[str]) -> tuple[tuple[Influence, str], ...]:
    """The influences whose effect stands in a tree, or in the way of one that does."""
    needed = set(in_trees)
    changed = True
    while changed:
        changed = False
        for influence, cause in influences.used:
            inside = {cause}.union(*(tree.reached for tree in influences.trees if tree.outcome == cause))
            if influence.effect in needed and not inside <= needed:
                needed |= inside
                changed = True
    return tuple(item for item in influences.used if item[0].effect in needed)


def _require_reached(
    book: IdentityBook, view: CatalogView, tree: DriverTree, levers: tuple[MovableLever, ...], influences: _Influences
) -> None:
    outcome = book.label(tree.outcome)
    for lever in levers:
        if lever.figure == tree.outcome:
            raise QueryError(f"{outcome} is what is changed; name the figure that it should move")
        if _rides_along(book, view, tree, lever.figure):
            above = listed([book.label(name) for name in _above(book, view, tree.outcome, lever.figure)])
            raise QueryError(
                f"{outcome} is {above} over {lever.label}: what {above} would do if {lever.label} changed is not known, and "
                "holding it would only look like an effect"
            )
        mine = _set_off(book, view, frozenset({lever.figure})).moved & influences.moved
        if not mine & tree.reached:
            near = [item.label for item in levers_that_move(view, tree.outcome)]
            there = f"what can move it here: {listed(near)}" if near else "nothing here is known to move it"
            raise QueryError(f"I have no grounds for what {lever.label} does to {outcome}; {there}")
        for figure in mine - tree.reached:
            if _own_part(book, view, figure) & own_columns(view, tree.outcome):
                raise QueryError(
                    f"{outcome} is partly made of what {book.label(figure)} is made of, but no formula says how; "
                    f"declare one to see what {lever.label} does to it"
                )


def _rides_along(book: IdentityBook, view: CatalogView, tree: DriverTree, figure: str) -> bool:
    """Whether the outcome is a ratio over what is moved, and its upper part, which lives on the same rows, stands still:
    fewer stays do not leave the bills of the others, less spend does not leave what all of it brought."""
    upper = _above(book, view, tree.outcome, figure)
    if not upper or any(name in tree.identities or name in tree.reached for name in upper):
        return False
    if any(name not in view.metrics for name in upper):
        return True  # a part of a metric under a filter, which the ratio itself defines
    above, below = frozenset().union(*(_datasets(view, name) for name in upper)), _datasets(view, figure)
    points = {(item.from_dataset, item.to_dataset) for item in view.whole.relationships}
    return bool(above & below) or any((one, other) in points for one in above for other in below)


def _above(book: IdentityBook, view: CatalogView, outcome: str, figure: str) -> tuple[str, ...]:
    """What stands above the line of a ratio that the figure alone stands below: one metric, or the parts of a sum."""
    ratio = book.ratios.get(outcome)
    if ratio is not None:
        return (ratio.above,) if ratio.below == figure else ()
    amounts = measured(view, outcome) if outcome in view.metrics else None
    if amounts is None or amounts.denominator is None:
        return ()
    upper, lower = (
        tuple(dict.fromkeys(use.metric for use in amount.uses)) for amount in (amounts.numerator, amounts.denominator)
    )
    return upper if lower == (figure,) and figure not in upper else ()


def _datasets(view: CatalogView, name: str) -> frozenset[str]:
    return frozenset(base_dataset(part) for part in parts_within(view.whole, name)) - {""}


def _own_part(book: IdentityBook, view: CatalogView, figure: str) -> frozenset[str]:
    """The columns that a figure brings of its own: of a ratio, those above the line alone."""
    ratio = book.ratios.get(figure)
    if ratio is None:
        return own_columns(view, figure)
    return own_columns(view, ratio.above) - own_columns(view, ratio.below)


def _require_reconciled(book: IdentityBook, model: ScenarioModel) -> None:
    for outcome in model.outcomes:
        if not model.mismatch(outcome) <= CLOSES_TO:
            raise QueryError(
                f"the drivers of {book.label(outcome)} do not come to its actual figure in this period, so that no scenario "
                "is computed from them; some of them have no data for all of it"
            )
