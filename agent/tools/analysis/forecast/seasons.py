"""The recurring pattern of a series, by regression on sines and cosines or on the places of a cycle."""

from __future__ import annotations

import numpy as np

from agent.tools.analysis.forecast.smoothing import FloatArray

_KNOTS_PER_CYCLE = 1  # the trend that is set aside may bend once a cycle
_NO_DIVISION = 1e-9  # by nothing, where a column is empty


def fourier_terms(length: int, period: float, order: int) -> FloatArray:
    """Sines and cosines of the first `order` harmonics (at most half the period), shape (length, terms)."""
    phase = 2 * np.pi * np.arange(length)[:, None] * np.arange(1, min(order, int(period // 2)) + 1)[None, :] / period
    terms = np.concatenate([np.sin(phase), np.cos(phase)], axis=1)
    return terms[:, np.abs(terms).max(axis=0) > 1e-9]


def place_terms(length: int, period: float) -> FloatArray:
    """One column a place in the cycle (week 1, week 2, ...), shape (length, places)."""
    places = round(period)
    at = np.floor(np.arange(length) % period).astype(int) % places
    return np.asarray(at[:, None] == np.arange(places)[None, :], dtype=float)


def pattern_by_differences(values: FloatArray, terms: FloatArray, ridge: float) -> FloatArray:
    """The pattern over all of `terms`, fitted to the steps of the values: right where the level wanders."""
    known = np.flatnonzero(~np.isnan(values))
    filled = np.interp(np.arange(len(values)), known, values[known])
    steps, term_steps = np.diff(filled), np.diff(terms[: len(values)], axis=0)
    square = term_steps.T @ term_steps
    penalty = np.diag(ridge * np.diag(square) + _NO_DIVISION)
    return np.asarray(terms @ np.linalg.solve(square + penalty, term_steps.T @ (steps - steps.mean())))


def pattern_by_levels(values: FloatArray, terms: FloatArray, period: float, ridge: float) -> FloatArray:
    """The pattern over all of `terms`, fitted beside a trend that bends: right where the level is steady."""
    length = len(values)
    at = np.arange(length, dtype=float)
    knots = np.arange(period, length - period / 2, period / _KNOTS_PER_CYCLE)
    trend = np.stack([np.ones(length), at / period, *(np.maximum(0.0, at - knot) / period for knot in knots)], axis=1)
    design = np.concatenate([trend, terms[:length]], axis=1)
    known = ~np.isnan(values)
    design, target = design[known], values[known]
    square = design.T @ design
    held_back = np.concatenate([np.full(2, 1e-9), np.full(trend.shape[1] - 2, 0.1), np.full(terms.shape[1], ridge)])
    penalty = np.diag(held_back * np.diag(square) + _NO_DIVISION)
    solved = np.linalg.solve(square + penalty, design.T @ target)
    return np.asarray(terms @ solved[trend.shape[1] :])
