"""Asks back: one short question, with the best options as choices."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from agent.planners.embedded.reach import parts_of
from catalog.access import CatalogView
from catalog.models import Metric
from catalog.plan import Choice, Clarification, Plan, Refusal


def asking(question: str, reason: str, choices: Iterable[Choice] = (), unexplained: Sequence[str] = ()) -> Plan:
    """A plan that asks back."""
    return Plan(
        clarification=Clarification.model_validate(
            {
                "question": question,
                "reason": reason,
                "choices": tuple(choices)[:5],
                "unexplained": tuple(unexplained),
            }
        ),
        confidence=0.0,
    )


def unknown_words(words: Sequence[str], choices: Iterable[Choice], coverage: str) -> Plan:
    """Names the words that nothing accounts for, with the nearest questions that can be answered."""
    options = tuple(choices)
    named = _quoted(words)
    tail = " Did you mean one of these?" if options else f" {coverage}"
    return asking(
        f"I do not know what {named} {'is' if len(words) == 1 else 'are'} here.{tail}", "unknown_word", options, words
    )


def unknown_metric(words: Sequence[str], choices: Iterable[Choice], coverage: str, *, near: bool = True) -> Plan:
    """No metric was found: the nearest that exist (the leading ones where none is `near`), or what the data cover."""
    options = tuple(choices)
    about = f"No metric here is called {_quoted(words)}." if words else "Which figure do you want?"
    offer = " The nearest that are defined:" if near else " What I can show:"
    tail = offer if options and words else "" if options else f" {coverage}"
    return asking(about + tail, "unknown_metric", options, words)


def ambiguous(what: str, choices: Iterable[Choice]) -> Plan:
    """Several readings fit equally well."""
    return asking(f"{what} can mean several things. Which one?", "ambiguous", choices)


def in_passing(words: Sequence[str], with_it: Plan, without: Plan) -> Plan:
    """Values stand around the question, and whether they narrow what is asked is open."""
    plans = [plan for plan in (without, with_it) if plan.clarification is None and plan.refusal is None]
    question = f"You mention {_quoted(words)}. Is the question about that alone?"
    return asking(question, "ambiguous", [Choice(label=plan.interpretation, plan=plan) for plan in plans], words)


def personal_data(reason: str = "") -> Plan:
    """Personal data are never shown to this role."""
    text = reason or "That is personal data, which your role may not see. Counts and totals over groups are fine."
    return Plan(refusal=Refusal(rule="personal_data", reason=text))


def leading_metrics(view: CatalogView) -> tuple[Metric, ...]:
    """The view's metrics, what the business steers by first: held against a target, in money, built on by other metrics."""
    built_on = Counter(part for metric in view.metrics.values() for part in set(parts_of(metric)))

    def weight(metric: Metric) -> int:
        in_money = metric.unit is not None and metric.unit.isupper() and metric.kind != "per_entity"
        return 3 * (metric.target is not None) + in_money + min(built_on[metric.name], 6)

    return tuple(sorted(view.metrics.values(), key=weight, reverse=True))


def coverage_words(view: CatalogView, most: int = 8) -> str:
    """What the data cover, in a sentence: for a question outside them."""
    labels = [metric.label for metric in leading_metrics(view)][:most]
    more = len(view.metrics) - len(labels)
    tail = f" and {more} more" if more > 0 else ""
    return f"{view.whole.label} covers {', '.join(labels)}{tail}."


def _quoted(words: Sequence[str]) -> str:
    quoted = [f"“{word}”" for word in words]
    return quoted[0] if len(quoted) == 1 else ", ".join(quoted[:-1]) + " and " + quoted[-1] if quoted else "that"
