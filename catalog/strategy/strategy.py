"""What a catalog declares for analyses: the section `strategy:`, each part optional and a file of its own here."""

from __future__ import annotations

from catalog.frozen import Frozen


class Strategy(Frozen):
    """The declared grounds of analyses. A part that is absent is inferred where that is safe, else asked for."""
