"""MetricFlow's side of the comparison, run with an interpreter that has it: questions in as JSON, SQL and times out.

    <python with metricflow> benchmarks/compiler/metricflow_peer.py MANIFEST < questions.json > answers.json

A question is {"metrics": [...], "group_by": [...]}; an answer {"sql": ..., "compile_ms": [...]}.
"""

from __future__ import annotations

import json
import logging
import sys
import time
from importlib import import_module
from pathlib import Path
from typing import Any

ROUNDS = 7


def engine(manifest: Path) -> Any:
    """MetricFlow's engine over a manifest, with a client that only knows its dialect."""
    client = import_module("metricflow.protocols.sql_client")
    renderer = import_module("metricflow.sql.render.duckdb_renderer")
    parsing = import_module("metricflow_semantic_interfaces.parsing.dir_to_model")
    lookup = import_module("metricflow_semantics.model.semantic_manifest_lookup")
    peer = import_module("metricflow.engine.metricflow_engine")

    class Client:
        sql_engine_type = client.SqlEngine.DUCKDB
        sql_plan_renderer = renderer.DuckDbSqlPlanRenderer()

    read = parsing.parse_directory_of_yaml_files_to_semantic_manifest
    built = read(str(manifest), template_mapping={"source_schema": "main"})
    known = lookup.SemanticManifestLookup(built.semantic_manifest)
    return peer.MetricFlowEngine(semantic_manifest_lookup=known, sql_client=Client())


def main() -> None:
    """Compiles each question several times; the first is not counted."""
    logging.disable(logging.CRITICAL)
    requests = import_module("metricflow.engine.metricflow_engine").MetricFlowQueryRequest
    peer = engine(Path(sys.argv[1]))
    answers = []
    for question in json.load(sys.stdin):
        times = []
        sql = ""
        for _ in range(ROUNDS + 1):
            request = requests.create(
                metric_names=question["metrics"],
                group_by_names=question["group_by"],
                order_by_names=question["group_by"],
            )
            started = time.perf_counter()
            sql = peer.explain(request).sql_statement.sql
            times.append((time.perf_counter() - started) * 1000)
        answers.append({"sql": sql, "compile_ms": times[1:]})
    json.dump(answers, sys.stdout)


if __name__ == "__main__":
    main()
