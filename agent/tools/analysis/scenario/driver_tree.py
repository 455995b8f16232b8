"""From an outcome to the figures that are moved: the tree of identities in which they stand as inputs.

A metric can be written in many ways (orders x value of an order, units x price, sessions x conversion ...). What is moved
decides: each figure on the way to one that is moved is written by the identity that reaches most of them, and everything
else is held as it is.
"""

from __future__ import annotations

from dataclasses import dataclass

from agent.tools.analysis.scenario.identities import Identity, IdentityBook

_DEPTH = 7
DEFINING_RANK = 2  # drivers, own formulas and sums of sums


@dataclass(frozen=True)
class DriverTree:
    """`identities` by figure, and which of the moved figures stand in the tree."""

    outcome: str
    identities: dict[str, Identity]
    reached: frozenset[str]

    @property
    def figures(self) -> tuple[str, ...]:
        """Every figure of the tree, the outcome first."""
        found = dict.fromkeys([self.outcome, *self.identities])
        for identity in self.identities.values():
            found.update(dict.fromkeys(identity.parts))
        return tuple(found)

    @property
    def leaves(self) -> tuple[str, ...]:
        """The figures that nothing in the tree makes up."""
        return tuple(figure for figure in self.figures if figure not in self.identities)


@dataclass
class TreeSearch:
    """Finds trees, each figure written in one way over all of them. `settled` figures are moved directly and never taken
    apart; `moved` are these and what they influence."""

    book: IdentityBook
    settled: frozenset[str]
    moved: frozenset[str]

    def __post_init__(self) -> None:
        self._reach = self._reachable()
        self._memo: dict[tuple[str, frozenset[str]], tuple[frozenset[str], dict[str, Identity]]] = {}
        self._chosen: dict[str, Identity] = {}

    def tree(self, outcome: str) -> DriverTree:
        """The outcome's tree; one without identities where nothing that is moved can be reached."""
        reached, identities = self._covered(outcome, frozenset())
        self._chosen.update(identities)
        self._memo.clear()
        return DriverTree(outcome, identities, reached)

    def factor_tree(self, figure: str) -> DriverTree:
        """The tree of a figure that acts as a factor: a ratio by its declared drivers alone, not as the quotient of sums
        that move for other reasons."""
        reached, identities = self._covered(figure, frozenset({""}))
        return DriverTree(figure, identities, reached)

    def _covered(self, figure: str, above: frozenset[str]) -> tuple[frozenset[str], dict[str, Identity]]:
        key = (figure, above)
        if key not in self._memo:
            self._memo[key] = self._best(figure, above)
        return self._memo[key]

    def _best(self, figure: str, above: frozenset[str]) -> tuple[frozenset[str], dict[str, Identity]]:
        own = frozenset({figure}) & self.moved
        if figure in self.settled or len(above) >= _DEPTH:
            return own, {}
        best: tuple[frozenset[str], dict[str, Identity]] = (own, {})
        ways = (self._chosen[figure],) if figure in self._chosen else self.book.by_figure.get(figure, ())
        for identity in ways:
            if above and self.book.is_factor(figure) and identity.rank > 0:
                continue  # a ratio is a factor: what it is the quotient of already stands above it
            if above & set(identity.parts) or not any(self._reach[part] for part in identity.parts):
                continue
            reached, inside = own, {figure: identity}
            for part in identity.parts:
                below, more = self._covered(part, above | {figure})
                reached |= below
                inside = {**more, **inside}
            if not best[1] or _order(reached, identity, inside) < _order(best[0], best[1][figure], best[1]):
                best = (reached, inside)
        return best if best[0] != own or figure in self._chosen else (own, {})

    def _reachable(self) -> dict[str, frozenset[str]]:
        """What each figure could reach if it could be written in all ways at once: to leave out what is hopeless."""
        figures = {*self.book.view.metrics, *self.book.implied, *self.book.filtered, *self.moved}
        for items in self.book.by_figure.values():
            for identity in items:
                figures.update(identity.parts)
        reach = {figure: frozenset({figure}) & self.moved for figure in figures}
        changed = True
        while changed:
            changed = False
            for figure, identities in self.book.by_figure.items():
                if figure in self.settled:
                    continue
                found = reach[figure].union(*(reach[part] for item in identities for part in item.parts))
                if found != reach[figure]:
                    reach[figure], changed = found, True
        return reach


def _order(reached: frozenset[str], identity: Identity, inside: dict[str, Identity]) -> tuple[int, bool, int, int]:
    """The better way comes first: reaching more; by what a figure is defined as before ratios that happen to hold of it
    (profit = revenue - cost, not revenue x margin, which would hold the margin); shorter; by rank."""
    return -len(reached), identity.rank > DEFINING_RANK, len(inside), identity.rank
