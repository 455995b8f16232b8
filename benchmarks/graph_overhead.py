"""Measures what a model costs beside its own time: graph, prompt, checks, HTTP on loopback.

    python -m benchmarks.graph_overhead --questions 60

A server on loopback replies at once with a right reading. The same questions are answered without and with it; the
difference of the medians, less the time the server itself held the requests, is the overhead.
"""

from __future__ import annotations

import argparse
import json
import statistics
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from agent.service import PlumblineService
from agent.settings import Settings

QUESTIONS = (
    (
        "GMV by channel in September 2026",
        {"metrics": ["gmv"], "group_by": ["orders.channel"], "period": "September 2026"},
    ),
    ("Revenue by category in 2026", {"metrics": ["revenue"], "group_by": ["products.category"], "period": "2026"}),
    ("Orders in October 2026", {"metrics": ["order_count"], "period": "October 2026"}),
)


class _Replies(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # as servers do: a reply in two parts waits 40 ms for an acknowledgement otherwise
    reading: dict[str, object] = {}  # noqa: RUF012
    held_s = 0.0

    def do_POST(self) -> None:
        started = time.perf_counter()
        self.rfile.read(int(self.headers["Content-Length"]))
        message = {"role": "assistant", "content": json.dumps({"kind": "figures", **_Replies.reading})}
        whole = {
            "id": "1",
            "object": "chat.completion",
            "created": 1,
            "model": "scripted",
            "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
            "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2},
        }
        text = json.dumps(whole).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)
        _Replies.held_s += time.perf_counter() - started

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


def main() -> None:
    """Prints medians in ms."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--questions", type=int, default=60)
    parser.add_argument("--database", type=Path, default=None)
    arguments = parser.parse_args()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Replies)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    alone = median_ms(Settings(model=None), arguments.database, arguments.questions)
    base_url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    settings = Settings(model="scripted", model_base_url=base_url)
    advised = median_ms(settings, arguments.database, arguments.questions)
    held_ms = _Replies.held_s * 1000 / max(1, arguments.questions)
    server.shutdown()
    print(
        f"without a model {alone:.1f} ms p50, with one {advised:.1f} ms p50; the server held a request {held_ms:.1f} ms"
    )
    print(f"overhead beside the model's own time: {advised - alone - held_ms:.1f} ms p50")


def median_ms(settings: Settings, database: Path | None, questions: int) -> float:
    """The median time of an answer once all is open."""
    with PlumblineService.open(settings, database=database) as service:
        for question, reading in QUESTIONS:
            _Replies.reading = dict(reading)
            service.ask(question)
        _Replies.held_s = 0.0
        times = []
        for number in range(questions):
            question, reading = QUESTIONS[number % len(QUESTIONS)]
            _Replies.reading = dict(reading)
            started = time.perf_counter()
            answer = service.ask(question)
            times.append((time.perf_counter() - started) * 1000)
            assert answer.status == "answer"
            assert settings.model is None or (answer.plan is not None and answer.plan.planner == "agreed")
    return statistics.median(times)


if __name__ == "__main__":
    main()
