"""Why-questions on a shop with one planted event: what is named, what adds up, what is not claimed."""

from __future__ import annotations

from typing import Any

import pytest

from agent.answer import Answer
from agent.service import PlumblineService


def table(answer: Answer, name: str) -> list[dict[str, Any]]:
    found = next(item for item in answer.results if item.name == name)
    return [dict(zip([column.name for column in found.columns], row, strict=True)) for row in found.rows]


def change_of(answer: Answer) -> float:
    first = answer.results[0]
    row = dict(zip([column.name for column in first.columns], first.rows[0], strict=True))
    metric = first.columns[0].name
    return float(row[metric]) - float(row[f"{metric}_previous"])


def test_the_planted_segment_is_named_first(kiosks: PlumblineService) -> None:
    answer = kiosks.ask("Why did takings fall in June 2025?")
    assert answer.status == "answer", answer
    first = table(answer, "segments")[0]
    assert (first["city"], first["shelf"], first["way"], first["verdict"]) == ("Porto", "drinks", None, "cause")
    assert first["change"] == pytest.approx(first["after"] - first["before"], abs=1e-9)
    assert first["explanatory_power"] == pytest.approx(first["change"] / change_of(answer), abs=1e-9)
    assert "Porto, drinks" in answer.headline
    assert any("no proof" in caveat for caveat in answer.caveats)
    assert answer.plan is not None and answer.plan.shape == "cause"
    assert answer.chart is not None and answer.chart.kind == "waterfall"


def test_drivers_and_parts_add_up_to_the_change(kiosks: PlumblineService) -> None:
    answer = kiosks.ask("Why did takings fall in June 2025?")
    drivers = table(answer, "drivers")
    # no tree is declared: a sum over sales is their number times the average one
    assert [row["driver"] for row in drivers] == ["Sales", "Takings per sale"]
    assert sum(row["contribution"] for row in drivers) == pytest.approx(change_of(answer), abs=1e-9)
    assert sum(row["change"] for row in table(answer, "parts")) == pytest.approx(change_of(answer), abs=1e-9)


def test_an_ordinary_month_has_no_clear_cause(kiosks: PlumblineService) -> None:
    answer = kiosks.ask("What is behind the change of takings in May 2025?")
    assert answer.status == "answer", answer
    assert "no clear cause" in answer.headline
    assert {row["verdict"] for row in table(answer, "segments")} == {"within normal variation"}
    assert table(answer, "judgement")[0]["verdict"] == "within normal variation"


def test_a_false_premise_is_put_right_first(kiosks: PlumblineService) -> None:
    answer = kiosks.ask("Why did takings rise in June 2025?")
    assert answer.headline.startswith("Takings did not rise in June 2025: they fell")


def test_a_ratio_is_split_by_rate_and_mix(kiosks: PlumblineService) -> None:
    answer = kiosks.ask("Why did margin change in June 2025?")
    assert answer.status == "answer", answer
    drivers = table(answer, "drivers")
    assert {row["driver"] for row in drivers} == {"Takings", "Costs"}
    assert sum(row["contribution"] for row in drivers) == pytest.approx(change_of(answer), abs=1e-9)


def test_what_does_not_add_up_blames_no_segment(kiosks: PlumblineService) -> None:
    answer = kiosks.ask("Why did the median sale change in June 2025?")
    assert answer.status == "answer", answer
    assert not any(item.name == "segments" for item in answer.results)
    assert any(caveat.startswith("Segments of median sale are not searched") for caveat in answer.caveats)


def test_a_named_baseline_and_groups_are_kept(kiosks: PlumblineService) -> None:
    answer = kiosks.ask("Why did takings fall in June 2025 versus last year by shelf?")
    assert answer.plan is not None and answer.plan.analysis is not None
    request = answer.plan.analysis
    assert request.kind == "cause"
    assert str(request.baseline.start) == "2024-06-01"
    assert request.dimensions == ("sales.shelf",)
    assert table(answer, "segments")[0]["shelf"] == "drinks"


def test_why_after_an_answer_is_about_that_answer(kiosks: PlumblineService) -> None:
    kiosks.ask("Takings in Porto in June 2025", thread="porto")
    answer = kiosks.ask("Why?", thread="porto")
    assert answer.status == "answer", answer
    assert table(answer, "segments")[0]["shelf"] == "drinks"
    again = kiosks.ask("and in May 2025?", thread="porto")
    assert again.status == "answer", again


def test_every_number_of_the_sentences_is_supported(kiosks: PlumblineService, caplog: pytest.LogCaptureFixture) -> None:
    for question in ("Why did takings fall in June 2025?", "Why did margin change in June 2025?"):
        answer = kiosks.ask(question)
        assert len(answer.narrative) >= 2
    assert not [record for record in caplog.records if "number check" in record.message]
