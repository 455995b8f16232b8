"""A BERT encoder's forward pass in numpy float32: token ids to one mean vector a sentence.

Activations stand as (features, tokens), so that every linear layer is `weight @ activations` on the weights as they lie in
the file. Sentences are laid side by side without padding; only attention looks at them one length at a time.
Source: Devlin and others (2019), "BERT"; erf by Abramowitz and Stegun 7.1.26, error at most 1.5e-7.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

# OpenBLAS copies (packs) a matrix before it multiplies, unless the product is small: a short sentence then costs less than
# the copying. Its bound is a million multiplications, so wide layers go through in strips of rows.
_FEW_TOKENS = 32
_UNPACKED_PRODUCTS = 1_000_000
_LAYER_NORM_EPSILON = np.float32(1e-12)
_ERF = tuple(np.float32(value) for value in (1.061405429, -1.453152027, 1.421413741, -0.284496736, 0.254829592))
_ERF_P = np.float32(0.3275911)
_ROOT_HALF = np.float32(0.7071067811865476)


@dataclass(frozen=True, slots=True)
class _Linear:
    weight: Floats  # (out, in)
    bias: Floats  # (out, 1)

    def __call__(self, activations: Floats) -> Floats:
        rows, tokens = self.weight.shape[0], activations.shape[1]
        if tokens > _FEW_TOKENS:
            result: Floats = self.weight @ activations
        else:
            result = np.empty((rows, tokens), dtype=np.float32)
            step = max(16, _UNPACKED_PRODUCTS // activations.size // 16 * 16)
            for first in range(0, rows, step):
                np.matmul(self.weight[first : first + step], activations, out=result[first : first + step])
        result += self.bias
        return result


@dataclass(frozen=True, slots=True)
class _Norm:
    weight: Floats  # (features, 1)
    bias: Floats

    def __call__(self, activations: Floats) -> Floats:
        """Layer normalisation over the features of each token, in place."""
        activations -= activations.mean(axis=0, keepdims=True)
        variance = np.einsum("ij,ij->j", activations, activations) / np.float32(activations.shape[0])
        activations *= (np.float32(1) / np.sqrt(variance + _LAYER_NORM_EPSILON))[None, :]
        activations *= self.weight
        activations += self.bias
        return activations


@dataclass(frozen=True, slots=True)
class _Layer:
    query_key_value: _Linear
    attention_output: _Linear
    attention_norm: _Norm
    intermediate: _Linear
    output: _Linear
    output_norm: _Norm


class BertEncoder:
    """Weights in, `mean_vectors` out. Holds no state of a call: several threads may use one at once."""

    def __init__(self, tensors: dict[str, Floats], *, heads: int) -> None:
        self._heads = heads
        self._words = tensors["embeddings.word_embeddings.weight"]
        self._positions = (
            tensors["embeddings.position_embeddings.weight"] + tensors["embeddings.token_type_embeddings.weight"][0]
        )
        self._embedding_norm = _norm(tensors, "embeddings.LayerNorm")
        layers = 0
        while f"encoder.layer.{layers}.output.dense.weight" in tensors:
            layers += 1
        self._layers = tuple(_layer(tensors, f"encoder.layer.{number}", heads) for number in range(layers))

    @property
    def dimensions(self) -> int:
        """The length of a vector."""
        return int(self._words.shape[1])

    def mean_vectors(self, sentences: Sequence[Sequence[int]]) -> Floats:
        """The mean of the last layer's token vectors of each sentence, (sentences, dimensions); none may be empty.

        Sentences of one length should stand together: each run of equal lengths is one batch of attention.
        """
        lengths = [len(sentence) for sentence in sentences]
        runs = _runs(lengths)
        ids = np.fromiter((token for sentence in sentences for token in sentence), dtype=np.int64, count=sum(lengths))
        positions = np.concatenate([np.arange(length) for length in lengths])
        activations: Floats = np.ascontiguousarray((self._words[ids] + self._positions[positions]).T)
        activations = self._embedding_norm(activations)
        for layer in self._layers:
            attended = layer.attention_output(self._attention(layer.query_key_value(activations), runs))
            attended += activations
            activations = layer.attention_norm(attended)
            widened = _gelu(layer.intermediate(activations))
            narrowed = layer.output(widened)
            narrowed += activations
            activations = layer.output_norm(narrowed)
        means = np.empty((len(sentences), self.dimensions), dtype=np.float32)
        row = column = 0
        for length, count in runs:
            block = activations[:, column : column + length * count].reshape(self.dimensions, count, length)
            means[row : row + count] = block.mean(axis=2).T
            row += count
            column += length * count
        return means

    def _attention(self, query_key_value: Floats, runs: list[tuple[int, int]]) -> Floats:
        """Scaled dot-product attention of every sentence over itself; queries come scaled already."""
        features = query_key_value.shape[0] // 3
        size = features // self._heads
        result = np.empty((features, query_key_value.shape[1]), dtype=np.float32)
        column = 0
        for length, count in runs:
            stop = column + length * count
            block = query_key_value[:, column:stop].reshape(3, self._heads, size, count, length)
            queries, keys, values = (block[index].transpose(2, 0, 1, 3) for index in range(3))
            scores: Floats = np.matmul(queries.transpose(0, 1, 3, 2), keys)  # (count, heads, length, length)
            scores -= scores.max(axis=3, keepdims=True)
            np.exp(scores, out=scores)
            scores /= scores.sum(axis=3, keepdims=True)
            context = np.matmul(values, scores.transpose(0, 1, 3, 2))  # (count, heads, size, length)
            result[:, column:stop] = context.transpose(1, 2, 0, 3).reshape(features, length * count)
            column = stop
        return result


def _runs(lengths: list[int]) -> list[tuple[int, int]]:
    """Runs of equal lengths as (length, count)."""
    runs: list[tuple[int, int]] = []
    for length in lengths:
        if runs and runs[-1][0] == length:
            runs[-1] = (length, runs[-1][1] + 1)
        else:
            runs.append((length, 1))
    return runs


def _gelu(activations: Floats) -> Floats:
    """x/2 (1 + erf(x / sqrt 2)), in place."""
    scaled = activations * _ROOT_HALF
    absolute = np.abs(scaled)
    part = absolute * _ERF_P
    part += np.float32(1)
    np.reciprocal(part, out=part)
    polynomial = part * _ERF[0]
    for coefficient in _ERF[1:]:
        polynomial += coefficient
        polynomial *= part
    np.multiply(absolute, absolute, out=absolute)
    np.negative(absolute, out=absolute)
    np.exp(absolute, out=absolute)
    polynomial *= absolute
    np.subtract(np.float32(1), polynomial, out=polynomial)
    np.copysign(polynomial, scaled, out=polynomial)
    polynomial += np.float32(1)
    activations *= polynomial
    activations *= np.float32(0.5)
    return activations


def _linear(tensors: dict[str, Floats], name: str) -> _Linear:
    return _Linear(tensors[f"{name}.weight"], tensors[f"{name}.bias"][:, None])


def _norm(tensors: dict[str, Floats], name: str) -> _Norm:
    return _Norm(tensors[f"{name}.weight"][:, None], tensors[f"{name}.bias"][:, None])


def _layer(tensors: dict[str, Floats], name: str, heads: int) -> _Layer:
    parts = [_linear(tensors, f"{name}.attention.self.{part}") for part in ("query", "key", "value")]
    scale = np.float32((parts[0].weight.shape[0] // heads) ** -0.5)
    fused = _Linear(
        np.concatenate([parts[0].weight * scale, parts[1].weight, parts[2].weight]),
        np.concatenate([parts[0].bias * scale, parts[1].bias, parts[2].bias]),
    )
    return _Layer(
        query_key_value=fused,
        attention_output=_linear(tensors, f"{name}.attention.output.dense"),
        attention_norm=_norm(tensors, f"{name}.attention.output.LayerNorm"),
        intermediate=_linear(tensors, f"{name}.intermediate.dense"),
        output=_linear(tensors, f"{name}.output.dense"),
        output_norm=_norm(tensors, f"{name}.output.LayerNorm"),
    )
