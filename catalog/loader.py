"""A catalog from YAML: a shipped name, one file or a folder of files, every error with its file and line.

`load_catalog` raises CatalogError with all issues found; warnings do not stop it (`load_with_issues` gives them too).
Parsed catalogs are kept in the process by the hash of their files' content.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from threading import Lock
from typing import Any

from catalog.assemble import assemble
from catalog.authoring_kinds import hint
from catalog.errors import CatalogError, CatalogIssue, Location, UsageError
from catalog.models import Catalog
from catalog.rules import check_catalog
from catalog.sections import Sections, collect_sections
from catalog.yaml_nodes import MAX_FILE_BYTES, read_yaml

DOMAINS = Path(__file__).parent / "domains"
MAX_FILES = 500

_kept: dict[str, tuple[Catalog, tuple[CatalogIssue, ...]]] = {}
_kept_lock = Lock()
_MAX_KEPT = 16


def shipped_catalogs() -> tuple[str, ...]:
    """The names of the catalogs that come with Plumbline."""
    if not DOMAINS.is_dir():
        return ()
    return tuple(sorted(folder.name for folder in DOMAINS.iterdir() if folder.is_dir() and _yaml_files(folder)))


def load_catalog(source: str | Path) -> Catalog:
    """The catalog that a shipped name, a folder of YAML files or one file describes.

    UsageError for a name or path that is none; CatalogError with every issue, its file and line, for a faulty catalog.
    """
    return load_with_issues(source)[0]


def load_with_issues(source: str | Path) -> tuple[Catalog, tuple[CatalogIssue, ...]]:
    """The catalog and its warnings; raises as `load_catalog` does."""
    contents, issues = _read_files(catalog_files(source))
    key = _content_key(contents)
    with _kept_lock:
        if key in _kept and not issues:
            return _kept[key]
    loaded = _load(contents, issues)
    with _kept_lock:
        while len(_kept) >= _MAX_KEPT:
            _kept.pop(next(iter(_kept)))
        _kept[key] = loaded
    return loaded


def load_texts(texts: Mapping[Path, str]) -> tuple[Catalog, tuple[CatalogIssue, ...]]:
    """The catalog that YAML texts describe, by the files they are to stand in, and its warnings; CatalogError as above."""
    return _load([(path, text.encode()) for path, text in texts.items()], [])


def catalog_files(source: str | Path) -> tuple[Path, ...]:
    """The YAML files of a shipped name, a folder or a file, in order of name; UsageError where there are none."""
    path = _path_of(source)
    if path.is_file():
        return (path,)
    files = _yaml_files(path)
    if not files:
        raise UsageError(f"the folder {path} holds no YAML file (*.yaml, *.yml)")
    if len(files) > MAX_FILES:
        raise UsageError(f"the folder {path} holds {len(files):,} YAML files; a catalog has at most {MAX_FILES}")
    return files


def _path_of(source: str | Path) -> Path:
    shipped = shipped_catalogs()
    if isinstance(source, str) and source in shipped:
        return DOMAINS / source
    path = Path(source)
    try:
        exists = path.exists()
    except (OSError, ValueError):
        exists = False
    if str(source).strip() and exists:
        return path
    names = ", ".join(shipped) or "none"
    raise UsageError(
        f"{str(source)[:200]!r} is neither a shipped catalog nor a file or folder; shipped are {names} "
        f"({hint(str(source)[:200], list(shipped))})"
    )


def _yaml_files(folder: Path) -> tuple[Path, ...]:
    found = (
        path
        for pattern in ("*.yaml", "*.yml")
        for path in folder.rglob(pattern)
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    )
    return tuple(sorted(found))


def _read_files(files: tuple[Path, ...]) -> tuple[list[tuple[Path, bytes]], list[CatalogIssue]]:
    contents: list[tuple[Path, bytes]] = []
    issues: list[CatalogIssue] = []
    for path in files:
        try:
            if path.stat().st_size > MAX_FILE_BYTES:
                issues.append(CatalogIssue("files", f"larger than {MAX_FILE_BYTES:,} bytes", Location(path, 1)))
                continue
            contents.append((path, path.read_bytes()))
        except OSError as error:
            issues.append(CatalogIssue("files", f"cannot be read: {error.strerror}", Location(path, 1)))
    return contents, issues


def _content_key(contents: list[tuple[Path, bytes]]) -> str:
    digest = hashlib.sha256()
    for path, data in contents:
        digest.update(f"{path}\0{len(data)}\0".encode(errors="surrogateescape"))
        digest.update(data)
    return digest.hexdigest()


def _load(contents: list[tuple[Path, bytes]], issues: list[CatalogIssue]) -> tuple[Catalog, tuple[CatalogIssue, ...]]:
    issues = list(issues)
    roots = []
    unread = bool(issues)
    for path, data in contents:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = data[: error.start].count(b"\n") + 1
            issues.append(CatalogIssue("files", "not UTF-8 text", Location(path, line)))
            unread = True
            continue
        root, found = read_yaml(text, path)
        issues.extend(found)
        if root is not None:
            roots.append(root)
        unread = unread or (root is None and bool(found))
    place = issues[0].location if not contents else Location(contents[0][0], 1)
    assert place is not None  # a file was read, or an issue says why it was not
    sections, found = collect_sections(roots, place)
    issues.extend(found)
    catalog, failed, found = assemble(sections, place, forms_only=unread)
    issues.extend(_located(found, sections, place))
    if catalog is not None:
        checked = [issue for issue in check_catalog(catalog) if not _is_about(issue, failed)]
        issues.extend(_located(checked, sections, place))
    issues.sort(key=_file_order)
    if catalog is None or any(issue.severity == "error" for issue in issues):
        raise CatalogError(tuple(dict.fromkeys(issues)))
    return catalog, tuple(dict.fromkeys(issues))


def _is_about(issue: CatalogIssue, failed: set[str]) -> bool:
    """Whether an issue is about a stand-in for a metric that is reported already."""
    return issue.subject[:1] == ("metric",) and len(issue.subject) > 1 and issue.subject[1] in failed


def _located(issues: list[CatalogIssue], sections: Sections, place: Location) -> list[CatalogIssue]:
    return [
        issue if issue.location else replace(issue, location=sections.place_of(issue.subject) or place)
        for issue in issues
    ]


def _file_order(issue: CatalogIssue) -> tuple[Any, ...]:
    if issue.location is None:
        return ("", 0, 0)
    return (str(issue.location.file), issue.location.line, issue.location.column)
