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

    def search(
        self, text: str, view: CatalogView, kinds: Sequence[DocumentKind] | None = None, limit: int = 10
    ) -> tuple[Hit, ...]:
        """The nearest metrics, fields and verified questions that the view may see, best first."""
        return self.opened().search(text, view, kinds, limit)

    def opened(self) -> SemanticIndex:
        """The index itself."""
        with self._lock:
            if self._index is None:
                from semantic_context.embedding import MiniLmEncoder
                from semantic_context.index import SemanticIndex

                encoder = MiniLmEncoder(self._home / "index")
                self._index = SemanticIndex.open(self._home, self._catalog, encoder, quick=self._quick)
            return self._index
