"""The sections of a catalog's files, merged: its header, and each list's entries with the node each was written as."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from catalog.authoring_kinds import hint
from catalog.errors import CatalogIssue, Location
from catalog.yaml_nodes import YamlNode

LISTS = ("datasets", "relationships", "metrics", "roles", "personas", "verified_questions")
STRATEGY = "strategy"  # a mapping of parts, each in any of the files
HEADER = (
    "name",
    "version",
    "label",
    "description",
    "ai_context",
    "synonyms",
    "instructions",
    "examples",
    "as_of",
    "currency",
    "egress",
    "default_periods",
    "calendar",
    "time_spines",
    "custom_extensions",
)
_SUBJECT_LISTS = {"dataset": "datasets", "relationship": "relationships", "metric": "metrics", "role": "roles"}
_SUBJECT_LISTS |= {"persona": "personas", "question": "verified_questions"}


@dataclass
class Entry:
    """One dataset, metric ...: the name it has as a key (None in a list) and its node."""

    key: str | None
    node: YamlNode
    place: Location

    @property
    def name(self) -> str | None:
        """Its name, if it has one in a form that can be read."""
        if self.key is not None:
            return self.key
        if isinstance(self.node.content, dict):
            name = self.node.content.get("name") or self.node.content.get("question")
            return name.content if name is not None and isinstance(name.content, str) else None
        return None

    def place_of(self, path: tuple[str | int, ...]) -> Location:
        """Where the path leads in it; its own place where the first step is not written."""
        written = self.node.content
        return self.node.at(path) if path and isinstance(written, dict) and path[0] in written else self.place


@dataclass
class Sections:
    """All files' sections as one. `names` maps a subject ("metric", "gmv") to its entry."""

    header: YamlNode
    strategy: YamlNode
    entries: dict[str, list[Entry]]
    named: dict[tuple[str, str], Entry] = field(default_factory=dict)

    def place_of(self, subject: tuple[str, ...]) -> Location | None:
        """Where a subject stands in the files; its entry's place where the key itself is not written."""
        if not subject:
            return None
        kind, *path = subject
        if kind == "catalog":
            return self.header.at(tuple(path))
        if kind == STRATEGY:
            return self.strategy.at(tuple(path))
        if kind == "field" and path:
            dataset, _, name = path[0].partition(".")
            entry = self.named.get(("datasets", dataset))
            return _field_place(entry, name, path[1:]) if entry else None
        entry = self.named.get((_SUBJECT_LISTS.get(kind, ""), path[0])) if path else None
        if entry is None and kind == "metric" and path and "__" in path[0]:
            entry = self.named.get(("metrics", path[0].rpartition("__")[0]))  # a part of that metric's expression
        if entry is None:
            return None
        return entry.place_of(tuple(path[1:]))


def _field_place(entry: Entry, name: str, path: list[str]) -> Location:
    fields = entry.node.content.get("fields") if isinstance(entry.node.content, dict) else None
    if fields is None:
        return entry.place
    if isinstance(fields.content, dict) and name in fields.content:
        return fields.at((name, *path))
    if isinstance(fields.content, list):
        for item in fields.content:
            label = item.content.get("name") if isinstance(item.content, dict) else item
            if label is not None and label.content == name:
                return item.at(tuple(path))
    return entry.place


def collect_sections(roots: Sequence[YamlNode], place: Location) -> tuple[Sections, list[CatalogIssue]]:
    """The files' roots merged: lists are joined, header keys may stand once; two entries of one name are an issue.

    `place` is where a header is missed.
    """
    issues: list[CatalogIssue] = []
    merged = Sections(YamlNode({}, place), YamlNode({}, place), {name: [] for name in LISTS})
    for root in _models(roots, issues):
        assert isinstance(root.content, dict)
        for key, node in root.content.items():
            place = root.key_at.get(key, node.location)
            if key in LISTS:
                _join_list(merged, key, node, issues)
            elif key in HEADER:
                _join_mapping(merged.header, key, node, place, issues)
            elif key == STRATEGY:
                _join_strategy(merged.strategy, node, place, issues)
            else:
                known = (*HEADER, *LISTS, STRATEGY, "semantic_model")
                issues.append(CatalogIssue("unknown_key", f"unknown key {key!r}; {hint(key, known)}", place))
    return merged, issues


def _models(roots: Sequence[YamlNode], issues: list[CatalogIssue]) -> list[YamlNode]:
    """The mappings that hold sections: each file's root, and the models under Ossie's `semantic_model`."""
    found: list[YamlNode] = []
    for root in roots:
        if not isinstance(root.content, dict):
            issues.append(
                CatalogIssue("files", "a catalog file is a mapping of sections, such as datasets:", root.location)
            )
            continue
        models = root.content.get("semantic_model")
        rest = {key: node for key, node in root.content.items() if key != "semantic_model"}
        found.append(YamlNode(rest, root.location, root.key_at))
        if models is None:
            continue
        listed = models.content if isinstance(models.content, list) else [models]
        if len(listed) > 1:
            issues.append(
                CatalogIssue(
                    "files", f"{len(listed)} semantic models; put each into a folder of its own", models.location
                )
            )
        for model in listed[:1]:
            if isinstance(model.content, dict):
                found.append(model)
            else:
                issues.append(CatalogIssue("files", "a semantic model is a mapping", model.location))
    return found


def _join_strategy(strategy: YamlNode, node: YamlNode, place: Location, issues: list[CatalogIssue]) -> None:
    if node.content is None:
        return
    if not isinstance(node.content, dict):
        issues.append(CatalogIssue("types", "strategy is a mapping of its parts", place))
        return
    for key, part in node.content.items():
        _join_mapping(strategy, key, part, node.key_at.get(key, part.location), issues)


def _join_mapping(header: YamlNode, key: str, node: YamlNode, place: Location, issues: list[CatalogIssue]) -> None:
    assert isinstance(header.content, dict)
    if key in header.content:
        issues.append(CatalogIssue("duplicate_key", f"{key!r} is given already at {header.key_at[key]}", place))
        return
    if not header.content:
        header.location = place
    header.content[key] = node
    header.key_at[key] = place


def _join_list(merged: Sections, section: str, node: YamlNode, issues: list[CatalogIssue]) -> None:
    if node.content is None:
        return
    if isinstance(node.content, dict) and section != "verified_questions":
        entries = [Entry(key, item, node.key_at[key]) for key, item in node.content.items()]
    elif isinstance(node.content, list):
        entries = [Entry(None, item, item.location) for item in node.content]
    else:
        issues.append(CatalogIssue("types", f"{section} is a list, or a mapping by name", node.location))
        return
    for entry in entries:
        name = entry.name
        if name is not None:
            first = merged.named.get((section, name))
            if first is not None:
                what = section.removesuffix("s")
                message = f"two {section} are called {name!r}; the first stands at {first.place}"
                issues.append(CatalogIssue(f"duplicate_{what}", message, entry.place))
                continue
            merged.named[section, name] = entry
        merged.entries[section].append(entry)
