"""The driver tree of a figure: its parts make it, in the table, the chart and the terminal."""

from __future__ import annotations

import pytest

from agent.business import Business
from agent.service import PlumblineService
from agent.tools.analysis.causes.drivers import attribute, driver_tree
from agent.tools.present.plotly_chart import chart_to_plotly
from agent.tools.present.terminal_chart import render_chart
from agent.tools.present.terminal_text import Ink
from catalog.access import Principal, view_for


def test_parts_come_to_their_figure(kiosks: PlumblineService) -> None:
    answer = kiosks.ask("Show me the driver tree of takings in June 2025 in Porto")
    assert answer.status == "answer", answer
    rows = {row[0]: row for row in answer.results[0].rows}
    names = [column.name for column in answer.results[0].columns]
    now, before = names.index("now"), names.index("before")
    assert list(rows) == ["Takings", "Sales", "Takings per sale"]
    assert [row[1] for row in rows.values()] == [None, "Takings", "Takings"]
    for place in (now, before):
        assert rows["Sales"][place] * rows["Takings per sale"][place] == pytest.approx(
            rows["Takings"][place], rel=1e-12
        )
    assert "sales × takings per sale" in answer.headline
    assert any("down" in sentence for sentence in answer.narrative)


def test_a_figure_that_is_made_of_nothing_is_said_so(kiosks: PlumblineService) -> None:
    answer = kiosks.ask("driver tree of the median sale")
    assert answer.status == "clarify"
    assert "made of" in answer.headline


def test_the_tree_is_drawn(kiosks: PlumblineService) -> None:
    chart = kiosks.ask("What is margin made of?").chart
    assert chart is not None
    assert chart.kind == "tree"
    assert chart.parents[0] is None
    assert all(parent is not None and parent < place for place, parent in enumerate(chart.parents) if place)
    assert len(chart.x) == len(chart.units) == len(chart.parents) == len(chart.series[0].values)
    figure = chart_to_plotly(chart)
    assert [box["text"].partition("<br>")[0] for box in figure["layout"]["annotations"]] == list(chart.x)
    across = [box["x"] for box in figure["layout"]["annotations"]]
    assert across[0] == 0
    assert min(across[1:]) == 1
    assert len({(box["x"], box["y"]) for box in figure["layout"]["annotations"]}) == len(chart.x), "no box on another"
    assert figure["data"][0]["x"].count(None) == len(chart.x) - 1, "one line a part"
    lines = render_chart(chart, 80, Ink(False))
    assert lines[1].startswith("Margin")
    assert lines[-1].startswith("└─ ")


def test_a_score_of_counts_is_made_of_their_shares(novamart_business: Business) -> None:
    """A score over answers: that there were more of them is no driver of it; how they divide is."""
    view = view_for(novamart_business.catalog, Principal())
    tree = driver_tree(view, "nps", None)
    assert [part.label for part in tree.parts] == ["Share of promoters", "Share of detractors"]
    before = {"nps": 40.0, "promoters": 60.0, "detractors": 20.0, "survey_responses": 100.0}
    after = {"nps": 50.0, "promoters": 120.0, "detractors": 20.0, "survey_responses": 200.0}
    found = attribute(tree, before, after)
    assert found.left_out == ()
    assert [item.contribution for _, item in found.contributions] == pytest.approx([0.0, 10.0])


def test_one_share_is_made_of_nothing_further(novamart_business: Business) -> None:
    view = view_for(novamart_business.catalog, Principal())
    assert driver_tree(view, "cancellation_rate", None).parts == ()
    assert [part.name for part in driver_tree(view, "conversion_rate", None).parts] != []
