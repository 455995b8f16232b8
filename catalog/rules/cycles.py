"""Circles in a graph of names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping


def cycles(uses: Mapping[str, Iterable[str]]) -> Iterator[tuple[str, ...]]:
    """Each circle once, as names from the first met back to it: ("a", "b", "a")."""
    done: set[str] = set()
    for start in uses:
        path: list[str] = []
        on_path: set[str] = set()
        pending = [(start, iter(uses[start]))] if start not in done else []
        path.extend([start] if pending else [])
        on_path.update(path)
        while pending:
            name, following = pending[-1]
            step = next(following, None)
            if step is None:
                pending.pop()
                path.pop()
                on_path.discard(name)
                done.add(name)
            elif step in on_path:
                yield (*path[path.index(step) :], step)
            elif step not in done and step in uses:
                pending.append((step, iter(uses[step])))
                path.append(step)
                on_path.add(step)
