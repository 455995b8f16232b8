"""Verdicts by status, gold by rows and by path, definitions."""

from __future__ import annotations

from typing import Any

import pytest

from evals.answer_paths import values_at
from evals.gold import given_gold
from evals.suite import Case
from evals.verdict import judge


def table_answer(rows: list[list[Any]], **more: Any) -> dict[str, Any]:
    columns = [{"name": "channel", "role": "key"}, {"name": "gmv", "role": "measure"}]
    return {
        "status": "answer",
        "headline": "GMV was 10",
        "results": [{"name": "gmv", "columns": columns, "rows": rows}],
    } | more


CLARIFY = {"status": "clarify", "clarification": {"question": "Which figure?", "options": []}}
REFUSE = {"status": "refuse", "refusal": {"rule": "personal_data", "reason": "Names are personal data"}}
DEFINITION = {
    "status": "answer",
    "plan": {"topic": "aov"},
    "headline": "Average order value is revenue by orders",
    "results": [],
}
FORECAST = {
    "status": "answer",
    "headline": "GMV is likely to reach 160",
    "results": [
        {"name": "gmv", "columns": [], "rows": []},
        {"name": "forecast", "columns": [], "rows": [["2026-11-01", 158.0], ["2026-12-01", 171.0]]},
    ],
}

GOLD = {"rows": [["web", 10.0]]}

CASES: list[tuple[str, dict[str, Any], dict[str, Any], str, str]] = [
    ("right figures", {"gold": GOLD}, table_answer([["web", 10.0]]), "right", ""),
    ("other figures", {"gold": GOLD}, table_answer([["web", 11.0]]), "wrong", "(web, 11)"),
    ("no table", {"gold": GOLD}, table_answer([], results=[]), "wrong", "no result table"),
    ("asked back", {"gold": GOLD}, CLARIFY, "missed", "clarify where answer is due: Which figure?"),
    ("refused", {"gold": GOLD}, REFUSE, "missed", "refuse where answer is due: Names"),
    ("failed", {"gold": GOLD}, {"status": "error", "error": "deadline"}, "error", "deadline"),
    ("no status", {"gold": GOLD}, {}, "error", "status None"),
    ("clarification due", {"behaviour": "clarify"}, CLARIFY, "right", ""),
    ("answer for clarification", {"behaviour": "clarify"}, table_answer([["web", 1]]), "wrong", "GMV was 10"),
    ("refusal for clarification", {"behaviour": "clarify"}, REFUSE, "missed", "refuse where clarify"),
    ("refusal due", {"behaviour": "refuse"}, REFUSE, "right", ""),
    ("clarification for refusal", {"behaviour": "refuse"}, CLARIFY, "missed", "clarify where refuse"),
    ("failure for refusal", {"behaviour": "refuse"}, {"status": "error"}, "error", "no message"),
    (
        "right answer accepted",
        {"behaviour": "clarify", "accept_answer": True, "gold": GOLD},
        table_answer([["web", 10.0]]),
        "right",
        "",
    ),
    (
        "only a right answer is accepted",
        {"behaviour": "clarify", "accept_answer": True, "gold": GOLD},
        table_answer([["web", 12.0]]),
        "wrong",
        "(web, 12)",
    ),
    ("definition by topic", {"names": "aov"}, DEFINITION, "right", ""),
    ("definition by label", {"names": ["average order value"]}, DEFINITION, "right", ""),
    ("definition of another", {"names": ["roas"]}, DEFINITION, "wrong", "does not name roas"),
    ("definition, any metric", {}, DEFINITION, "right", ""),
    ("definition without a metric", {}, {"status": "answer", "headline": "Hello"}, "wrong", "does not name a metric"),
    (
        "paths hold",
        {
            "gold": {
                "paths": [
                    {"path": "results[forecast].rows[0][1]", "equals": 160, "tolerance": 0.02},
                    {"path": "results[forecast].rows[-1][1]", "equals": 170, "within": 1},
                    {"path": "results[1].rows[*][0]", "equals": "2026-12-01"},
                    {"path": "results[1].rows[1]", "contains": "2026-12-01"},
                    {"path": "headline", "contains": "LIKELY"},
                    {"path": "results[forecast].rows[0][1]", "at_least": 150, "at_most": 160},
                    {"path": "status", "one_of": ["answer", "clarify"]},
                ]
            }
        },
        FORECAST,
        "right",
        "",
    ),
    (
        "path out of tolerance",
        {"gold": {"paths": [{"path": "results[forecast].rows[0][1]", "equals": 160, "tolerance": 0.01}]}},
        FORECAST,
        "wrong",
        "158 where 160 (tolerance 0.01) is due",
    ),
    (
        "path to nowhere",
        {"gold": {"paths": [{"path": "results[causes].rows[0][0]", "equals": "web"}]}},
        FORECAST,
        "wrong",
        "nothing stands there",
    ),
    (
        "path below its least",
        {"gold": {"paths": [{"path": "results[1].rows[0][1]", "at_least": 170}]}},
        FORECAST,
        "wrong",
        "at least 170",
    ),
    (
        "path without the text",
        {"gold": {"paths": [{"path": "headline", "contains": "fell"}]}},
        FORECAST,
        "wrong",
        "does not hold 'fell'",
    ),
]


@pytest.mark.parametrize(
    ("case", "answer", "verdict", "why"), [line[1:] for line in CASES], ids=[line[0] for line in CASES]
)
def test_verdict(case: dict[str, Any], answer: dict[str, Any], verdict: str, why: str) -> None:
    parsed = Case.model_validate({"id": "case", "question": "What was GMV?", **case})
    judged = judge(parsed, answer, given_gold(parsed))
    assert (judged.verdict, why in judged.why) == (verdict, True), judged.why
    assert bool(judged.why) == (verdict != "right")


def test_a_path_step_on_the_wrong_kind_leads_nowhere() -> None:
    answer = {"results": [{"name": "a", "rows": [[1]]}], "headline": "text"}
    for path in (
        "headline[0]",
        "headline.text",
        "results.rows",
        "results[5].rows",
        "results[0].rows[-2]",
        "results[b]",
    ):
        assert values_at(answer, path) == (), path
