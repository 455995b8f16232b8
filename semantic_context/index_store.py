"""Semantic indexes on disk: built apart, switched to whole, checked when opened, rebuilt from the catalog when damaged.

A build is a folder of its own: a Chroma collection, and a snapshot of its documents and vectors that is searched exactly.
`<key>.json` names the folder in use and is replaced in one step, so a killed build leaves nothing that passes for an index.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import logging
import shutil
import sqlite3
import time
import uuid
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from semantic_context.atomic_files import read_json, replacing, write_json
from semantic_context.blas_threads import limit_blas_threads
from semantic_context.build_lock import build_lock
from semantic_context.documents import Document

limit_blas_threads()  # before numpy: it reads the variables as it loads

import numpy as np  # noqa: E402
from numpy.typing import NDArray  # noqa: E402

_LOG = logging.getLogger(__name__)
VERSION = 1
_KEPT_BUILDS = 8
_KEEP_AT_LEAST_S = 3600.0  # another process may still be reading one that has just been replaced

Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class StoredIndex:
    """An index. `vectors` are unit rows, one a document; `folder` is None where it lives in memory alone."""

    documents: tuple[Document, ...]
    vectors: Vectors
    folder: Path | None


class IndexStore:
    """The indexes under one folder. `model` is the encoder's fingerprint; indexes of other models are not its own."""

    def __init__(self, folder: Path, model: str) -> None:
        self._folder = folder
        self._model = model

    def key(self, catalog_hash: str) -> str:
        """The name that a catalog's index has under this model and version."""
        return hashlib.sha256(f"{catalog_hash}|{self._model}|{VERSION}".encode()).hexdigest()[:24]

    def read(self, key: str) -> StoredIndex | None:
        """The index under a key; None where there is none or its files are not what was written (said in the log)."""
        manifest = read_json(self._folder / f"{key}.json")
        if manifest is None:
            return None
        try:
            folder = self._folder / str(manifest["folder"])
            missing = [name for name, size in manifest["files"].items() if _size(folder / name) < size]
            if missing or manifest["version"] != VERSION:
                raise ValueError(f"{', '.join(missing) or 'its version'} is not as written")
            documents_bytes = (folder / "documents.json").read_bytes()
            if hashlib.sha256(documents_bytes).hexdigest() != manifest["documents_sha256"]:
                raise ValueError("documents.json is not as written")
            with (folder / "vectors.npy").open("rb") as file:
                if hashlib.file_digest(file, "sha256").hexdigest() != manifest["vectors_sha256"]:
                    raise ValueError("vectors.npy is not as written")
            documents = tuple(Document(**entry) for entry in json.loads(documents_bytes))
            vectors: Vectors = np.load(folder / "vectors.npy", mmap_mode="r")
            if len(documents) != manifest["count"] or len(vectors) != manifest["count"]:
                raise ValueError("the counts differ")
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            _LOG.warning("the semantic index is damaged (%s); it is built anew from the catalog", error)
            return None
        return StoredIndex(documents, vectors, folder)

    def chroma_is_sound(self, stored: StoredIndex) -> bool:
        """Whether the Chroma collection has every document and finds known ones; the log says what is amiss."""
        try:
            if stored.folder is None:
                raise ValueError("it has no folder")
            _check_database(stored.folder)
            collection = open_collection(stored.folder)
            if collection is None:
                raise ValueError("there is no collection")
            check_collection(collection, stored.documents, stored.vectors)
        except Exception as error:  # noqa: BLE001 - Chroma raises what its Rust and SQLite layers raise
            _LOG.warning("the semantic index is damaged (%s); it is built anew from the catalog", error)
            return False
        return True

    def known_vectors(self) -> dict[str, Vectors]:
        """Vectors of texts that earlier indexes of this model hold, so that only what changed is embedded."""
        known: dict[str, Vectors] = {}
        manifests = sorted(self._folder.glob("*.json"), key=_changed_at)
        for manifest in manifests[-_KEPT_BUILDS:]:
            entry = read_json(manifest)
            if isinstance(entry, dict) and entry.get("model") == self._model:
                stored = self.read(manifest.stem)
                if stored is not None:
                    known |= {
                        document.text: row for document, row in zip(stored.documents, stored.vectors, strict=True)
                    }
        return known

    def write(self, key: str, catalog_hash: str, documents: tuple[Document, ...], vectors: Vectors) -> StoredIndex:
        """Builds an index in a fresh folder and switches to it. OSError where the disk cannot take it."""
        folder = self._folder / f"{key}.{uuid.uuid4().hex[:8]}"
        folder.mkdir(parents=True)
        try:
            collection = _fresh_collection(folder)
            _fill(collection, documents, vectors)
            check_collection(collection, documents, vectors)
            documents_bytes = json.dumps([asdict(document) for document in documents], ensure_ascii=False).encode()
            with replacing(folder / "documents.json") as file:
                file.write(documents_bytes)
            with replacing(folder / "vectors.npy") as file:
                np.save(file, vectors)
            with (folder / "vectors.npy").open("rb") as file:
                vectors_sha256 = hashlib.file_digest(file, "sha256").hexdigest()
            # SQLite's log may be folded into its database later: only files that never shrink are listed.
            listed = [path for path in sorted(folder.rglob("*")) if path.is_file() and path.suffix != ".lock"]
            files = {
                path.relative_to(folder).as_posix(): path.stat().st_size
                for path in listed
                if not path.name.endswith(("-wal", "-shm", "-journal"))
            }
            manifest = {
                "version": VERSION,
                "folder": folder.name,
                "catalog_hash": catalog_hash,
                "model": self._model,
                "count": len(documents),
                "documents_sha256": hashlib.sha256(documents_bytes).hexdigest(),
                "vectors_sha256": vectors_sha256,
                "files": files,
            }
            if not write_json(self._folder / f"{key}.json", manifest):
                raise OSError(f"{self._folder} cannot be written")
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        self._prune()
        return StoredIndex(documents, vectors, folder)

    def locked(self) -> AbstractContextManager[None]:
        """One process builds at a time; OSError where the folder cannot be written or the lock is not had in time."""
        return build_lock(self._folder)

    def _prune(self) -> None:
        """Drops all but the latest indexes, and folders that no manifest names (of killed or replaced builds)."""
        manifests = sorted(self._folder.glob("*.json"), key=_changed_at, reverse=True)
        old = time.time() - _KEEP_AT_LEAST_S
        kept: set[str] = set()
        for number, path in enumerate(manifests):
            entry = read_json(path)
            name = entry.get("folder") if isinstance(entry, dict) else None
            if name is None:
                continue  # another file that lives here
            if number < _KEPT_BUILDS or _changed_at(path) > old:
                kept.add(str(name))
            else:
                path.unlink(missing_ok=True)
        for folder in self._folder.iterdir():
            if folder.is_dir() and folder.name not in kept and _changed_at(folder) < old:
                shutil.rmtree(folder, ignore_errors=True)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return -1


def _changed_at(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


def _client(folder: Path) -> Any:
    import chromadb
    from chromadb.config import Settings

    # Embedded, never a server; our own vectors, never its embedder, which would download a model.
    return chromadb.PersistentClient(path=str(folder / "chroma"), settings=Settings(anonymized_telemetry=False))


def _fresh_collection(folder: Path) -> Any:
    return _client(folder).create_collection("documents", embedding_function=None, metadata={"hnsw:space": "cosine"})


def open_collection(folder: Path) -> Any | None:
    """The Chroma collection of a build; None where its store is missing (opening would create an empty one)."""
    if not (folder / "chroma" / "chroma.sqlite3").is_file():
        return None
    return _client(folder).get_collection("documents", embedding_function=None)


def _check_database(folder: Path) -> None:
    """ValueError unless the database's pages hang together; Chroma may go on reading a torn one from its memory."""
    path = folder / "chroma" / "chroma.sqlite3"
    with contextlib.closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        verdict = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    if verdict != "ok":
        raise ValueError(f"its database is torn: {verdict}")


def _fill(collection: Any, documents: tuple[Document, ...], vectors: Vectors) -> None:
    step = 2_000  # below Chroma's bound for one call
    for first in range(0, len(documents), step):
        part = documents[first : first + step]
        collection.add(
            ids=[str(first + offset) for offset in range(len(part))],
            embeddings=vectors[first : first + step],
            documents=[document.text for document in part],
            metadatas=[{"kind": document.kind, "name": document.name} for document in part],
        )


def check_collection(collection: Any, documents: tuple[Document, ...], vectors: Vectors) -> None:
    """ValueError unless the collection has every document and finds some known ones by their own vectors.

    A damaged Chroma index does not complain: a missing HNSW folder gives fewer hits, a half-built one fewer documents.
    """
    count = collection.count()
    if count != len(documents):
        raise ValueError(f"it holds {count} of {len(documents)} documents")
    if not documents:
        return
    asked = sorted({0, len(documents) // 2, len(documents) - 1})
    wanted = min(5, len(documents))
    found = collection.query(query_embeddings=vectors[asked], n_results=wanted, include=["distances", "documents"])
    for row, index in enumerate(asked):
        if len(found["ids"][row]) < wanted or found["distances"][row][0] > 1e-3:
            raise ValueError(f"it does not find {documents[index].text!r}")
