"""The semantic index of a catalog: which metric, field, dataset or verified question is nearest in meaning to a text.

Lookups go through the CatalogView: what a role may not see never comes back. Up to `EXACT_LIMIT` documents every one is
compared (one matrix product: exact, and milliseconds at 2,000 metrics); beyond that Chroma's HNSW graph gives candidates.
"""

from __future__ import annotations

import logging
import os
import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from catalog.access import CatalogView
from catalog.models import Catalog, Role
from semantic_context.documents import KINDS, Document, DocumentKind, catalog_documents, visible_names
from semantic_context.embedding import Encoder
from semantic_context.index_store import IndexStore, StoredIndex, Vectors, open_collection

_LOG = logging.getLogger(__name__)
EXACT_LIMIT = 60_000
_REMEMBERED_QUERIES = 4_096
_CANDIDATES = 200


@dataclass(frozen=True, slots=True)
class Hit:
    """A thing found by meaning: `score` is the cosine (1 is the same text), `document` the text of it that was nearest."""

    kind: DocumentKind
    name: str
    score: float
    document: str


class SemanticIndex:
    """Open one with `SemanticIndex.open`. Safe between threads; several processes may share a home."""

    def __init__(
        self,
        documents: tuple[Document, ...],
        vectors: Vectors,
        encoder: Encoder,
        *,
        folder: Path | None,
        exact_limit: int,
    ) -> None:
        self._documents = documents
        self._vectors = vectors
        self._encoder = encoder
        self._folder = folder
        self._exact = folder is None or len(documents) <= exact_limit
        self._kinds = np.array([KINDS.index(document.kind) for document in documents], dtype=np.int8)
        self._lock = threading.Lock()
        self._queries: OrderedDict[str, Vectors] = OrderedDict()
        self._masks: dict[Role, np.ndarray[tuple[int], np.dtype[np.bool_]]] = {}

    @classmethod
    def open(
        cls,
        home: Path | None,
        catalog: Catalog,
        encoder: Encoder,
        *,
        quick: bool = False,
        exact_limit: int = EXACT_LIMIT,
    ) -> SemanticIndex:
        """The catalog's index under `<home>/index/semantic`; built there if it is missing, stale or damaged.

        The files are checked against what was written, and Chroma's collection by count and known answers. `quick` leaves
        the latter out where the search does not need Chroma: importing it takes half a second, which a command that asks
        one question need not pay. Without a home, or where it cannot be written, the index lives in memory.
        """
        documents = catalog_documents(catalog)
        if home is None:
            vectors = _embed(documents, encoder, {})
            return cls(documents, vectors, encoder, folder=None, exact_limit=exact_limit)
        store = IndexStore(home / "index" / "semantic", encoder.fingerprint)
        key = store.key(catalog.content_hash)
        quick = quick and len(documents) <= exact_limit
        stored = _checked(store, key, documents, quick=quick)
        if stored is None:
            stored = _built(store, key, catalog.content_hash, documents, encoder)
        return cls(stored.documents, stored.vectors, encoder, folder=_writable(stored), exact_limit=exact_limit)

    @property
    def size(self) -> int:
        """How many documents it holds."""
        return len(self._documents)

    def search(
        self, text: str, view: CatalogView, kinds: Sequence[DocumentKind] | None = None, limit: int = 10
    ) -> tuple[Hit, ...]:
        """The nearest things that the view may see, each once, best first; ties go by kind and name."""
        return self.search_many((text,), view, kinds, limit)[0]

    def search_many(
        self, texts: Sequence[str], view: CatalogView, kinds: Sequence[DocumentKind] | None = None, limit: int = 10
    ) -> tuple[tuple[Hit, ...], ...]:
        """`search` for several texts at once, embedded together: one tuple of hits a text."""
        if not texts:
            return ()
        queries = self._embedded(texts)
        mask = self._mask(view)
        if kinds is not None:
            mask = mask & np.isin(self._kinds, [KINDS.index(kind) for kind in kinds])
        if not mask.any():
            return tuple(() for _ in texts)
        if self._exact:
            rows = np.flatnonzero(mask)
            everything = len(rows) == len(self._documents)
            scores = (self._vectors if everything else self._vectors[rows]) @ queries.T
            return tuple(self._hits(rows, scores[:, number], limit) for number in range(len(texts)))
        return tuple(self._approximate(query, mask, limit) for query in queries)

    def _hits(self, rows: np.ndarray[tuple[int], np.dtype[np.intp]], scores: Vectors, limit: int) -> tuple[Hit, ...]:
        """Best document of each thing. Several documents share a thing, so more of them are looked at than are wanted."""
        best: dict[tuple[DocumentKind, str], Hit] = {}
        wanted = min(len(rows), max(64, limit * 16))
        while True:
            top = np.argpartition(-scores, wanted - 1)[:wanted] if wanted < len(rows) else np.arange(len(rows))
            for position in top[np.argsort(-scores[top], kind="stable")].tolist():
                document = self._documents[rows[position]]
                # How sentences were batched moves a cosine by 1e-7; it must not move a ranking.
                score = round(float(scores[position]), 4)
                held = best.get((document.kind, document.name))
                if held is None or (score, held.document) > (held.score, document.text):
                    best[(document.kind, document.name)] = Hit(document.kind, document.name, score, document.text)
            if len(best) >= limit or wanted == len(rows):
                break
            wanted = min(len(rows), wanted * 8)
        ordered = sorted(best.values(), key=lambda hit: (-hit.score, hit.kind, hit.name))
        return tuple(ordered[:limit])

    def _approximate(
        self, query: Vectors, mask: np.ndarray[tuple[int], np.dtype[np.bool_]], limit: int
    ) -> tuple[Hit, ...]:
        """Candidates by Chroma, scored exactly. What the view hides is dropped and more asked for, up to everything."""
        assert self._folder is not None
        collection = open_collection(self._folder)
        if collection is None:
            _LOG.warning(
                "the semantic index has lost its Chroma store; every document is compared until it is built anew"
            )
            rows = np.flatnonzero(mask)
            return self._hits(rows, self._vectors[rows] @ query, limit)
        wanted = max(_CANDIDATES, limit * 20)
        while True:
            found = collection.query(
                query_embeddings=query[None, :], n_results=min(wanted, len(self._documents)), include=["distances"]
            )
            rows = np.array([int(item) for item in found["ids"][0] if mask[int(item)]], dtype=np.intp)
            names = {self._documents[row].name for row in rows.tolist()}
            if len(names) >= limit or wanted >= len(self._documents):
                break
            wanted *= 8
        if not len(rows):
            return ()
        return self._hits(rows, self._vectors[rows] @ query, limit)

    def _embedded(self, texts: Sequence[str]) -> Vectors:
        """The texts' vectors; those asked for lately are remembered."""
        with self._lock:
            missing = [text for text in dict.fromkeys(texts) if text not in self._queries]
        fresh = dict(zip(missing, self._encoder.encode(missing), strict=True)) if missing else {}
        with self._lock:
            self._queries.update(fresh)
            vectors = []
            for text in texts:
                vector = self._queries.get(text)
                if vector is None:  # forgotten meanwhile by another thread's texts
                    vector = self._encoder.encode([text])[0]
                else:
                    self._queries.move_to_end(text)
                vectors.append(vector)
            while len(self._queries) > _REMEMBERED_QUERIES:
                self._queries.popitem(last=False)
        return np.stack(vectors)

    def _mask(self, view: CatalogView) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        """Which documents the view's role may be shown."""
        mask = self._masks.get(view.role)
        if mask is None:
            visible = visible_names(view)
            mask = np.array([document.name in visible[document.kind] for document in self._documents], dtype=np.bool_)
            self._masks[view.role] = mask
        return mask


def _embed(documents: tuple[Document, ...], encoder: Encoder, known: dict[str, Vectors]) -> Vectors:
    """The documents' vectors; texts that are known already are not embedded again."""
    missing = [text for text in dict.fromkeys(document.text for document in documents) if text not in known]
    if missing:
        known = known | dict(zip(missing, encoder.encode(missing), strict=True))
    vectors = np.empty((len(documents), encoder.dimensions), dtype=np.float32)
    for row, document in enumerate(documents):
        vectors[row] = known[document.text]
    return vectors


def _checked(store: IndexStore, key: str, documents: tuple[Document, ...], *, quick: bool) -> StoredIndex | None:
    stored = store.read(key)
    if stored is None or stored.documents != documents:
        return None
    if quick or _writable(stored) is None or store.chroma_is_sound(stored):
        return stored
    return None


def _writable(stored: StoredIndex) -> Path | None:
    """The build's folder where Chroma can open it: SQLite wants to write beside its database."""
    if stored.folder is None:
        return None
    return stored.folder if os.access(stored.folder / "chroma", os.W_OK) else None


def _built(
    store: IndexStore, key: str, catalog_hash: str, documents: tuple[Document, ...], encoder: Encoder
) -> StoredIndex:
    """Builds the index on disk; in memory, with a warning, where the disk does not take it."""
    known: dict[str, Vectors] = {}
    vectors: Vectors | None = None
    try:
        with store.locked():
            stored = _checked(store, key, documents, quick=True)  # another process may have built it meanwhile
            if stored is not None and store.chroma_is_sound(stored):
                return stored
            known = store.known_vectors()
            vectors = _embed(documents, encoder, known)
            return store.write(key, catalog_hash, documents, vectors)
    except OSError as error:
        _LOG.warning("the semantic index cannot be kept on disk (%s); it lives in memory for this process", error)
    if vectors is None:
        vectors = _embed(documents, encoder, known)
    return StoredIndex(documents, vectors, None)
