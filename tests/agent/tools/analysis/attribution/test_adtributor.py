"""Adtributor on the example of its paper: a fall from 100 to 50 that the devices explain."""

from __future__ import annotations

import pytest

from agent.tools.analysis.attribution.adtributor import Element, adtributor, surprise

PAPER = {
    "Data Center": [Element("X", 94, 47), Element("Y", 6, 3)],
    "Advertiser": [Element("A1", 50, 24), Element("A2", 20, 21), Element("A3", 20, 4), Element("A4", 10, 1)],
    "Device": [Element("PC", 50, 49), Element("Mobile", 25, 1), Element("Tablet", 25, 0)],
}


def test_the_devices_explain_the_fall() -> None:
    found = adtributor(PAPER)
    assert found[0].dimension == "Device"
    assert set(found[0].elements) == {"Mobile", "Tablet"}
    assert found[0].explanatory_power == pytest.approx(0.98)
    assert found[0].surprise == max(item.surprise for item in found)


def test_an_even_fall_surprises_nobody() -> None:
    center = next(item for item in adtributor(PAPER) if item.dimension == "Data Center")
    assert center.surprise == pytest.approx(0, abs=1e-12)
    assert surprise(0.3, 0.3) == pytest.approx(0, abs=1e-15)
    assert surprise(0.25, 0.02) == pytest.approx(0.05793, abs=1e-5)


def test_no_change_has_no_candidate() -> None:
    assert adtributor({"Device": [Element("PC", 5, 5), Element("Mobile", 5, 5)]}) == ()
