"""The semantic index, opened when a question first needs it: most are understood by name."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from catalog.access import CatalogView
from catalog.models import Catalog

if TYPE_CHECKING:
    from semantic_context.documents import DocumentKind
    from semantic_context.index import Hit, SemanticIndex


class LazyIndex:
    """A SemanticIndex that is built or read at its first search. Safe between threads.

    `quick` skips what only a long-lived process should pay for: the check of Chroma's collection.
    """

    def __init__(self, home: Path, catalog: Catalog, *, quick: bool) -> None:
        self._home = home
        self._catalog = catalog
        self._quick = quick
        self._lock = threading.Lock()
        self._index: SemanticIndex | None = None
        self._opening: threading.Thread | None = None

    def search(
        self, text: str, view: CatalogView, kinds: Sequence[DocumentKind] | None = None, limit: int = 10
    ) -> tuple[Hit, ...]:
        """The nearest metrics, fields and verified questions that the view may see, best first."""
        return self.opened().search(text, view, kinds, limit)

    def opened_within(self, seconds: float) -> SemanticIndex | None:
        """The index where it is at hand in so many seconds; else None, and it is made ready meanwhile."""
        if self._index is not None:
            return self._index
        if self._opening is None or not self._opening.is_alive():
            self._opening = threading.Thread(target=self.opened, name="plumbline-index", daemon=True)
            self._opening.start()
        self._opening.join(seconds)
        return self._index

    def opened(self) -> SemanticIndex:
        """The index itself."""
        with self._lock:
            if self._index is None:
                from semantic_context.embedding import MiniLmEncoder
                from semantic_context.index import SemanticIndex

                encoder = MiniLmEncoder(self._home / "index")
                self._index = SemanticIndex.open(self._home, self._catalog, encoder, quick=self._quick)
            return self._index
