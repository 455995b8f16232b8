"""How long the embedding model takes: to load, and a sentence. Run: python -m benchmarks.embedding

Sentences are encoded one at a time, on one BLAS thread, as the questions of a chat come.
"""

from __future__ import annotations

import statistics
import time

from semantic_context.embedding import MiniLmEncoder

_SENTENCES = (
    "What was GMV last month?",
    "conversion rate by channel",
    "Which product categories lost the most revenue in October?",
    "top 5 suppliers by late shipments this year",
    "How did customer churn develop over the last twelve months compared with the year before?",
)
_REPEATS = 40


def main() -> None:
    """Prints load time, the median and 95th percentile of a sentence, and batch throughput."""
    started = time.perf_counter()
    encoder = MiniLmEncoder()
    encoder.encode(["warm"])
    print(f"load, hash check and first sentence: {(time.perf_counter() - started) * 1000:.0f} ms")
    for sentence in _SENTENCES:
        times_ms = []
        for _ in range(_REPEATS):
            begun = time.perf_counter()
            encoder.encode([sentence])
            times_ms.append((time.perf_counter() - begun) * 1000)
        p95 = statistics.quantiles(times_ms, n=20)[-1]
        print(f"{statistics.median(times_ms):6.2f} ms median, {p95:6.2f} ms p95: {sentence}")
    batch = [f"{sentence} {number}" for number in range(100) for sentence in _SENTENCES]
    begun = time.perf_counter()
    encoder.encode(batch)
    elapsed_s = time.perf_counter() - begun
    print(
        f"batch of {len(batch)}: {len(batch) / elapsed_s:.0f} sentences a second, {elapsed_s * 1000 / len(batch):.2f} ms each"
    )


if __name__ == "__main__":
    main()
