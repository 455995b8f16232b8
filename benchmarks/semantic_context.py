"""Understanding's building blocks at scale: 2,000 metrics by meaning, 100,000 values by text, and expressions of time.

Run: python -m benchmarks.semantic_context. Everything is generated, in a temporary home.
"""

from __future__ import annotations

import datetime as dt
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from catalog.access import CatalogView, Principal, view_for
from catalog.models import AggregateMetric, Aggregation, Catalog, CatalogField, Dataset, FieldRole, FieldType, Words
from catalog.query import Scalar
from semantic_context.embedding import MiniLmEncoder
from semantic_context.index import SemanticIndex
from semantic_context.time_expressions import find_time_expressions
from semantic_context.values import ValueIndex

_METRICS = 2_000
_VALUES_A_FIELD = 20_000
_FIELDS = 6
_REPEATS = 200
_NOUNS = (
    "orders invoices shipments tickets claims visits policies loans leads deals sensors alarms trips rooms beds meals crates "
    "pallets parcels calls chats surveys seats miles litres hours shifts repairs audits permits batches samples"
).split()
_KINDS = (
    "open closed late early gross net average median total new lost won repeat first overdue approved rejected paid unpaid "
    "domestic foreign online manual planned urgent damaged insured shared refunded pending expired"
).split()
_SYLLABLES = "ka lo mi ra tu ve no si ba de fi go hu ja pe ri so ta um ve wo xa yo za bri clo dra fle gru sta".split()
_QUESTIONS = (
    "What was the average value of overdue claims last month by region compared with last year?",
    "which approved permits did kaloravi handle in Q3 2026",
    "top 10 repairs by brigotata and the trend of lost deals over the last 12 months",
    "Show unpaid invoices since March for the customer Stazamiclo in the north",
)


def _name(generator: random.Random) -> str:
    return " ".join(
        "".join(generator.choice(_SYLLABLES) for _ in range(generator.randint(2, 4))).capitalize()
        for _ in range(generator.randint(1, 3))
    )


class _GeneratedValues:
    """Made-up names, the same ones each time."""

    def distinct_values(
        self, dataset: Dataset, field: CatalogField, limit: int, view: CatalogView | None = None
    ) -> tuple[Scalar, ...]:
        generator = random.Random(field.name)
        return tuple(sorted({_name(generator) for _ in range(_VALUES_A_FIELD)}))[:limit]

    def fingerprint(self) -> str:
        return "generated"


def _party(number: int) -> CatalogField:
    name = f"party_{number}"
    return CatalogField(
        name=name, expression=name, type=FieldType.STRING, role=FieldRole.DIMENSION, label=f"Party {number}"
    )


def _catalog() -> Catalog:
    generator = random.Random(7)
    fields = tuple(_party(number) for number in range(_FIELDS))
    names: dict[str, None] = {}
    while len(names) < _METRICS:
        names[" ".join((generator.choice(_KINDS), generator.choice(_KINDS), generator.choice(_NOUNS)))] = None
    metrics = tuple(
        AggregateMetric(
            name=name.replace(" ", "_"),
            label=name.capitalize(),
            description=f"How many {name} there were in the period.",
            words=Words(synonyms=(f"{name} count", f"number of {name}")),
            dataset="facts",
            aggregation=Aggregation.COUNT,
            expression="*",
        )
        for name in names
    )
    facts = Dataset(name="facts", source="facts", label="facts", singular="fact", fields=fields)
    return Catalog(name="generated", label="Generated", datasets=(facts,), metrics=metrics)


def _times_ms(act: Callable[[], object]) -> str:
    times = []
    for _ in range(_REPEATS):
        begun = time.perf_counter()
        act()
        times.append((time.perf_counter() - begun) * 1000)
    return f"p50 {statistics.median(times):6.2f} ms, p95 {statistics.quantiles(times, n=20)[-1]:6.2f} ms"


def _seconds(label: str, act: Callable[[], object]) -> object:
    begun = time.perf_counter()
    result = act()
    print(f"{label}: {time.perf_counter() - begun:.2f} s")
    return result


def main() -> None:
    """Prints build and opening times, then lookups a question."""
    catalog = _catalog()
    view = view_for(catalog, Principal())
    encoder = MiniLmEncoder()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        _seconds("semantic index, built", lambda: SemanticIndex.open(home, catalog, encoder))
        _seconds("semantic index, opened with every check", lambda: SemanticIndex.open(home, catalog, encoder))
        index = SemanticIndex.open(home, catalog, encoder, quick=True)
        _seconds("semantic index, opened quickly", lambda: SemanticIndex.open(home, catalog, encoder, quick=True))
        source = _GeneratedValues()
        _seconds("value index, built", lambda: ValueIndex.open(home, catalog, source))
        _seconds("value index, opened", lambda: ValueIndex.open(home, catalog, source))
        values = ValueIndex.open(home, catalog, source)
        print(f"{index.size} documents of {_METRICS} metrics, {values.size} values")
        for question in _QUESTIONS:
            _lookups(question, index, values, view)


def _lookups(question: str, index: SemanticIndex, values: ValueIndex, view: CatalogView) -> None:
    print(question)
    print("  meaning, seen before:", _times_ms(lambda: index.search(question, view)))
    print("  values:              ", _times_ms(lambda: values.find(question, view)))
    print("  nearest values:      ", _times_ms(lambda: values.nearest(view, None, question.split()[-1])))
    print("  time:                ", _times_ms(lambda: find_time_expressions(question, dt.date(2026, 10, 31))))


if __name__ == "__main__":
    main()
