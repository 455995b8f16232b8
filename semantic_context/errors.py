"""Errors of the semantic context."""

from __future__ import annotations

from catalog.errors import PlumblineError


class EmbeddingModelError(PlumblineError):
    """The packaged embedding model is missing or is not the one that is expected."""
