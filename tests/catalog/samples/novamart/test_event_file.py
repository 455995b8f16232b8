"""A list of planted events is read strictly, and what the seed draws is what was asked for."""

from pathlib import Path

import pytest

from catalog.samples.errors import SampleError, SampleEventsError
from catalog.samples.novamart import resolve_events
from catalog.samples.novamart.event_file import expected_gmv_shares, load_events
from catalog.samples.novamart.events import DemandEvent, PriceEvent, StockoutEvent
from catalog.samples.novamart.marketing import campaign_names
from catalog.samples.novamart.vocabulary import CATEGORIES, CHANNELS, REGIONS

HEAD = "version: 1\nevents:\n"
DATES = "    start: 2026-10-01\n    end: 2026-10-31\n"
DEMAND = f"  - id: dip\n    kind: demand\n{DATES}"


def written(folder: Path, text: str) -> Path:
    path = folder / "events.yaml"
    path.write_text(text, encoding="utf-8")
    return path


MISTAKES = {
    "not a mapping": ("- 1\n", "version: 1"),
    "broken YAML": (f"{HEAD}  - id: [\n", "events.yaml:4: not valid YAML"),
    "no version": ("events: []\n", "version: Field required"),
    "another version": ("version: 2\nevents: []\n", "events.yaml:1: version: Input should be 1"),
    "unknown kind": (f"{HEAD}  - id: dip\n    kind: boom\n{DATES}", "'demand', 'churn', 'price'"),
    "unknown field": (
        f"{HEAD}{DEMAND}    where: {{}}\n    factor: 0.5\n    strong: 1\n",
        "events.yaml:9: event 1 (dip)",
    ),
    "unknown field of an event": (
        f"{HEAD}{DEMAND}    where: {{}}\n    factr: 0.5\n",
        "demand.factr: there is no such field; there are: id, start, end, note, kind, where, factor",
    ),
    "unknown field of a place": (
        f"{HEAD}{DEMAND}    where: {{chanel: [web]}}\n    factor: 0.5\n",
        "there are: category, subcategory, product_id, best_seller_share, channel, region, segment, store",
    ),
    "unknown field of the file": ("version: 1\nevents: []\nevent: 1\n", "events.yaml:3: event: there is no such field"),
    "unknown channel": (
        f"{HEAD}{DEMAND}    where: {{channel: [shop]}}\n    factor: 0.5\n",
        "'web', 'mobile_app' or 'store'",
    ),
    "unknown subcategory": (
        f"{HEAD}{DEMAND}    where: {{subcategory: [Hats]}}\n    factor: 0.5\n",
        "there are: Phones & Tablets, Computers",
    ),
    "strength out of range": (
        f"{HEAD}{DEMAND}    where: {{}}\n    factor: 9\n",
        "events.yaml:8: event 1 (dip): demand.factor",
    ),
    "not a number": (f"{HEAD}{DEMAND}    where: {{}}\n    factor: .nan\n", "factor"),
    "end before start": (
        f"{HEAD}  - id: dip\n    kind: demand\n    where: {{}}\n    factor: 1\n"
        "    start: 2026-10-02\n    end: 2026-10-01\n",
        "end 2026-10-01 lies before start 2026-10-02",
    ),
    "outside the data": (
        f"{HEAD}  - id: dip\n    kind: demand\n    where: {{}}\n    factor: 1\n"
        "    start: 2027-01-01\n    end: 2027-02-01\n",
        "2022-01-01 to 2026-10-31",
    ),
    "an id twice": (
        f"{HEAD}{DEMAND}    where: {{}}\n    factor: 1\n{DEMAND}    where: {{}}\n    factor: 1\n",
        "'dip' is used twice",
    ),
    "cancelled lines": (
        f"{HEAD}  - id: c\n    kind: cancellations\n{DATES}    where: {{category: [Books]}}\n    factor: 2\n",
        "cancelled as a whole",
    ),
    "unknown campaign": (
        f"{HEAD}  - id: c\n    kind: campaign\n{DATES}    where: {{campaign: [Nope]}}\n",
        "events.yaml:7: event 1 (c): no campaign 'Nope'; there are: Black Friday Search",
    ),
    "aliases": (f"{HEAD}  - &a {{id: b}}\n  - *a\n", "aliases"),
    "nothing fits": (
        f"{HEAD}  - id: d\n    kind: drawn\n{DATES}    gmv_share: [0.99, 1]\n",
        "no part of the business along channel, region, category",
    ),
    "a range upside down": (f"{HEAD}  - id: d\n    kind: drawn\n{DATES}    strength: [0.4, 0.1]\n", "from the lower"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_named_with_what_is_valid(tmp_path: Path, mistake: str) -> None:
    text, expected = MISTAKES[mistake]
    with pytest.raises(SampleEventsError) as raised:
        resolve_events(written(tmp_path, text), seed=1)
    assert expected in str(raised.value)
    assert isinstance(raised.value, SampleError)


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(SampleEventsError, match=r"none\.yaml: cannot read"):
        resolve_events(tmp_path / "none.yaml", seed=1)
    (tmp_path / "binary.yaml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SampleEventsError, match="UTF-8"):
        resolve_events(tmp_path / "binary.yaml", seed=1)
    (tmp_path / "deep.yaml").write_text("[" * 20_000)
    with pytest.raises(SampleEventsError):
        resolve_events(tmp_path / "deep.yaml", seed=1)


def test_the_default_list_holds_what_is_scored_later() -> None:
    kinds = {event.kind for event in resolve_events(None, seed=7)}
    assert kinds >= {"demand", "campaign", "shipment_delay", "stockout", "returns", "price"}


def test_the_documented_campaign_names_are_known() -> None:
    assert {"Retargeting Display", "Brand Video Q3 2026", "Holiday Gifts Video"} <= set(campaign_names())
    assert "Brand Video Q1 2027" not in campaign_names()


DRAWN = f"""{HEAD}  - id: blind
    kind: drawn
    among: [demand, price, stockout]
    direction: either
    dimensions: [channel, region, category, subcategory]
{DATES}"""


def test_drawn_events_are_as_asked_and_differ_by_seed(tmp_path: Path) -> None:
    path = written(tmp_path, DRAWN)
    drawn = [resolve_events(path, seed)[0] for seed in range(60)]
    assert drawn == [resolve_events(path, seed)[0] for seed in range(60)]
    assert {type(event) for event in drawn} == {DemandEvent, PriceEvent, StockoutEvent}
    assert len({str(event.model_dump()["where"]) for event in drawn}) > 20
    shares = expected_gmv_shares(57)
    for event in drawn:
        if isinstance(event, DemandEvent | PriceEvent):
            assert 0.1 <= abs(event.factor - 1) <= 0.4
        if isinstance(event, DemandEvent) and not event.where.subcategory:
            where = event.where
            held = sum(
                share
                for (category, region, channel), share in shares.items()
                if (not where.category or CATEGORIES[category] in where.category)
                and (not where.region or REGIONS[region] in where.region)
                and (not where.channel or CHANNELS[channel] in where.channel)
            )
            assert 0.01 <= held <= 0.1


def test_an_empty_list_is_valid(tmp_path: Path) -> None:
    assert load_events(written(tmp_path, "version: 1\nevents: []\n")).events == ()
