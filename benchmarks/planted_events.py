"""Whether "why" finds what was planted. Run: python -m benchmarks.planted_events [--seeds 1-60] [--none 61-120] [--keep DIR]

Each seed of the first list makes a NovaMart at scale 0.1 with one event in October 2026: a change of 10 to 40 % of demand,
or a price, on a part of the business that holds 1 to 10 % of GMV; kind, place and strength are drawn by the seed. Found
means that the first row of the table "segments" names exactly that part. The seeds of the second list have no event: right
is "no clear cause". --variant plants at another time, of another kind, or asks for another figure. Visits are left out of
the samples, which are deleted unless --keep says where to hold them.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from agent.answer import Answer
from agent.service import PlumblineService
from agent.settings import Settings
from catalog.samples.novamart.event_file import resolve_events
from catalog.samples.novamart.generate import generate

SCALE = 0.1
_DIMENSIONS = ("channel", "region", "segment", "store", "category", "subcategory")


@dataclass(frozen=True)
class Variant:
    """What is asked, and what of the drawn event differs from the month's."""

    question: str = "Why did GMV change in October 2026?"
    event: dict[str, Any] = field(default_factory=dict)


_EVENT: dict[str, Any] = {
    "id": "blind",
    "kind": "drawn",
    "among": ["demand", "price"],
    "direction": "either",
    "strength": [0.1, 0.4],
    "gmv_share": [0.01, 0.1],
    "dimensions": ["channel", "region", "category", "subcategory"],
    "start": "2026-10-01",
    "end": "2026-10-31",
}
VARIANTS = {
    "month": Variant(),
    "fortnight": Variant(event={"start": "2026-10-10", "end": "2026-10-23"}),
    "gradual": Variant(event={"start": "2026-09-16"}),  # half of the month before is of it
    "price": Variant(event={"among": ["price"]}),
    "may": Variant("Why did GMV change in May 2026?", {"start": "2026-05-01", "end": "2026-05-31"}),
    "quarter": Variant("Why did GMV change in Q3 2026?", {"start": "2026-07-01", "end": "2026-09-30"}),
    "year": Variant("Why did GMV change in October 2026 versus October 2025?"),
    "revenue": Variant("Why did revenue change in October 2026?"),
    "orders": Variant(
        "Why did orders change in October 2026?", {"among": ["demand"], "dimensions": ["channel", "region"]}
    ),
    "week": Variant(
        "Why did GMV change in the week of October 19, 2026?", {"start": "2026-10-19", "end": "2026-10-25"}
    ),
}
_NO_EVENT: dict[str, Any] = {"version": 1, "events": []}


@dataclass(frozen=True)
class Outcome:
    """One seed: what was planted, what was named, and how long the answer took."""

    seed: int
    planted: dict[str, str]
    named: dict[str, str]
    headline: str
    elapsed_s: float

    @property
    def is_right(self) -> bool:
        """Whether the named place is the planted one (none and none included)."""
        return self.planted == self.named


def ask_seed(seed: int, events: Path, question: str, database: Path, home: Path) -> Outcome:
    """Make a seed's sample where it is absent, ask, and compare."""
    if not database.is_file():
        generate(database, scale=SCALE, seed=seed, events=events, threads=1, clickstream=False)
    settings = Settings(home=home, model=None)
    with PlumblineService.open(settings, catalog="novamart", database=database) as service:
        started = time.perf_counter()
        answer = service.ask(question)
        elapsed_s = time.perf_counter() - started
    planted: dict[str, str] = {}
    for event in resolve_events(events, seed):
        where: dict[str, Any] = event.model_dump()["where"]
        planted = {name: str(where[name][0]) for name in _DIMENSIONS if where.get(name)}
    return Outcome(seed, planted, named_place(answer), answer.headline, elapsed_s)


def named_place(answer: Answer) -> dict[str, str]:
    """The place that an answer names as the cause, by dimension; empty where none is clear."""
    table = next((item for item in answer.results if item.name == "segments"), None)
    if table is None or not table.rows:
        return {}
    names = [column.name for column in table.columns]
    first = dict(zip(names, table.rows[0], strict=True))
    if first["verdict"] != "cause":
        return {}
    keys = [column.name for column in table.columns if column.role == "key" and column.name != "place"]
    return {name: str(first[name]) for name in keys if first[name] is not None}


def numbers(text: str) -> list[int]:
    """ "1-3,7" as [1, 2, 3, 7]."""
    found: list[int] = []
    for part in filter(None, text.split(",")):
        first, _, last = part.partition("-")
        found += range(int(first), int(last or first) + 1)
    return found


def run(seeds: Iterable[int], events: Path, question: str, folder: Path, home: Path, kept: bool) -> list[Outcome]:
    """Every seed in turn, each told as it ends."""
    found = []
    for seed in seeds:
        database = folder / f"{events.stem}_{seed}.duckdb"
        outcome = ask_seed(seed, events, question, database, home)
        if not kept:
            database.unlink()
        mark = "right" if outcome.is_right else "WRONG"
        print(f"{seed:4d} {mark} {outcome.elapsed_s:5.2f} s planted {outcome.planted} | {outcome.headline}", flush=True)
        found.append(outcome)
    return found


def main() -> None:
    """Prints a line a seed, then the two shares."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", default="1-60")
    parser.add_argument("--none", default="61-120")
    parser.add_argument("--variant", choices=tuple(VARIANTS), default="month", help="another time, kind or figure")
    parser.add_argument("--keep", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.keep or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        variant = VARIANTS[options.variant]
        name = "planted" if options.variant == "month" else options.variant
        planted, nothing = Path(scratch) / f"{name}.yaml", Path(scratch) / "none.yaml"
        planted.write_text(yaml.safe_dump({"version": 1, "events": [_EVENT | variant.event]}))
        nothing.write_text(yaml.safe_dump(_NO_EVENT))
        home = Path(scratch) / "home"
        for words, seeds, events in (
            ("named the planted segment first", options.seeds, planted),
            ('said "no clear cause"', options.none, nothing),
        ):
            outcomes = run(numbers(seeds), events, variant.question, folder, home, options.keep is not None)
            if outcomes:
                right = sum(outcome.is_right for outcome in outcomes)
                print(f"{right} of {len(outcomes)} {words} ({right / len(outcomes):.0%})", flush=True)


if __name__ == "__main__":
    main()
