"""What an export gives: a document, and by name whatever of the catalog it could not carry over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import yaml


@dataclass(frozen=True, slots=True)
class Exported:
    """A catalog in another format, as plain data. `not_carried` names every item that has no equal there, and why."""

    documents: tuple[dict[str, Any], ...]
    not_carried: tuple[str, ...] = ()

    def to_yaml(self) -> str:
        """The documents as YAML, one after the other."""
        return yaml.safe_dump_all(self.documents, sort_keys=False, allow_unicode=True, width=110)
