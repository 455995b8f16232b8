"""The verdict on one case: right, wrong, missed or error, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from evals.answer_paths import path_problem
from evals.comparator import compare_tables
from evals.suite import Case
from evals.tables import GoldTable, answer_table

VerdictName = Literal["right", "wrong", "missed", "error"]


@dataclass(frozen=True)
class Verdict:
    """`why` is empty for a right case, else short text for a person."""

    verdict: VerdictName
    why: str = ""


def judge(case: Case, answer: dict[str, Any], gold: GoldTable | None) -> Verdict:
    """The verdict on an answer (the JSON of the answer contract); `gold` is the table of gold_sql or gold rows, if any.

    Wrong, the worst outcome: other figures than the gold's, or an answer where a clarification or refusal was due. Missed:
    a clarification or refusal where an answer was due, or one for the other.
    """
    status = answer.get("status")
    if status not in ("answer", "clarify", "refuse"):
        return Verdict("error", f"status {status}: {answer.get('error') or answer.get('headline') or 'no message'}")
    if status == "answer":
        if case.behaviour == "answer" or case.accept_answer:
            return _judge_answer(case, answer, gold)
        return Verdict("wrong", f"an answer where {case.behaviour} is due: {answer.get('headline') or ''}".rstrip(": "))
    if status == case.behaviour:
        return Verdict("right")
    return Verdict("missed", f"{status} where {case.behaviour} is due: {_what_was_said(answer)}".rstrip(": "))


def _judge_answer(case: Case, answer: dict[str, Any], gold: GoldTable | None) -> Verdict:
    problems: list[str] = []
    if gold is not None:
        table = answer_table(answer)
        if table is None:
            return Verdict("wrong", "the answer holds no result table")
        comparison = compare_tables(gold, table, ordered=case.ordered, accept_more_rows=case.accept_more_rows)
        if not comparison.equal:
            problems.append(comparison.why)
    if case.gold is not None:
        problems += [problem for path in case.gold.paths if (problem := path_problem(answer, path))]
    if not case.has_gold and not _names_metric(case, answer):
        due = " or ".join(case.names) if case.names else "a metric"
        problems.append(f"the answer does not name {due}: {answer.get('headline') or ''}".rstrip(": "))
    return Verdict("wrong", "; ".join(problems)) if problems else Verdict("right")


def _names_metric(case: Case, answer: dict[str, Any]) -> bool:
    """Whether a definition names the metric: as the plan's topic or in its text; any metric where the case says none."""
    plan = answer.get("plan") or {}
    topic = plan.get("topic")
    if not case.names:
        return bool(topic) or any((named.get("query") or {}).get("metrics") for named in plan.get("queries") or [])
    text = " ".join(
        [answer.get("interpretation") or "", answer.get("headline") or "", *(answer.get("narrative") or [])]
    )
    spoken = text.casefold().replace("_", " ")
    return any(name == topic or name.casefold().replace("_", " ") in spoken for name in case.names)


def _what_was_said(answer: dict[str, Any]) -> str:
    clarification = answer.get("clarification") or {}
    refusal = answer.get("refusal") or {}
    return str(clarification.get("question") or refusal.get("reason") or "")
