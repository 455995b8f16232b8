"""What analyses refuse to compute."""

from __future__ import annotations


class AttributionError(ValueError):
    """A change that cannot be attributed: the formula has no value somewhere, or there is nothing to divide."""
