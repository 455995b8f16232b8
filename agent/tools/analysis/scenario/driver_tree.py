"""From an outcome to the figures that are moved: the tree of identities in which they stand as inputs.

A metric can be written in many ways (orders x value of an order, units x price, sessions x conversion ...). What is moved
decides: each figure on the way to one that is moved is written by the identity that reaches most of them, and everything
else is held as it is.
"""

from __future__ import annotations

from dataclasses import dataclass

from agent.tools.analysis.scenario.identities import Identity, IdentityBook

_DEPTH = 7


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
    """Finds trees. `settled` figures are moved directly and never taken apart; `moved` are these and what they influence."""

    book: IdentityBook
    settled: frozenset[str]
    moved: frozenset[str]

    def __post_init__(self) -> None:
        self._reach = self._reachable()
        self._memo: dict[tuple[str, frozenset[str]], tuple[frozenset[str], dict[str, Identity]]] = {}

    def tree(self, outcome: str) -> DriverTree:
        """The outcome's tree; one without identities where nothing that is moved can be reached."""
        reached, identities = self._covered(outcome, frozenset())
        return DriverTree(outcome, identities, reached)

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
        for identity in self.book.by_figure.get(figure, ()):
            if above and figure in self.book.ratios and identity.rank > 0:
                continue  # a ratio is a factor: what it is the quotient of already stands above it
            if above & set(identity.parts) or not any(self._reach[part] for part in identity.parts):
                continue
            reached, inside = own, {figure: identity}
            for part in identity.parts:
                below, more = self._covered(part, above | {figure})
                reached |= below
                inside = {**more, **inside}
            if len(reached) > len(best[0]):
                best = (reached, inside)
        return best

    def _reachable(self) -> dict[str, frozenset[str]]:
        """What each figure could reach if it could be written in all ways at once: to leave out what is hopeless."""
        figures = {*self.book.view.metrics, *self.book.implied, *self.moved}
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
