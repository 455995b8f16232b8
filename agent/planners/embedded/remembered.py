"""What is found out about a catalog's view once, and kept while the view lives: its metrics may be thousands."""

from __future__ import annotations

import weakref
from collections.abc import Callable
from typing import Generic, TypeVar

from catalog.access import CatalogView

T = TypeVar("T")


class ForEachView(Generic[T]):
    """A function of a view, computed once for each. Views are told apart by identity: they are large and not to be hashed."""

    def __init__(self, find: Callable[[CatalogView], T]) -> None:
        self._find = find
        self._known: dict[int, tuple[weakref.ref[CatalogView], T]] = {}

    def __call__(self, view: CatalogView) -> T:
        known = self._known.get(id(view))
        if known is None or known[0]() is not view:
            for key in [key for key, (seen, _) in self._known.items() if seen() is None]:
                del self._known[key]
            known = self._known[id(view)] = weakref.ref(view), self._find(view)
        return known[1]
