"""What roles may not have is refused by its rule in many wordings; what they may have is not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from agent.business import Business
from agent.service import PlumblineService
from agent.settings import Settings
from catalog.access import Principal

MARKETPLACE = Path(__file__).parents[3] / "foreign" / "marketplace"
LINES = Path(__file__).with_name("not_granted.txt").read_text(encoding="utf-8").splitlines()
CASES = [tuple(part.strip() for part in line.split("|")) for line in LINES if not line.startswith("#")]
WHO = {
    "executive": Principal(user="eve", role="executive"),
    "analyst": Principal(user="ana", role="analyst"),
    "data_scientist": Principal(user="dan", role="data_scientist"),
    "regional_manager": Principal(user="rem", role="regional_manager", attributes={"region": "West"}),
    "admin": Principal(user="adam", role="admin"),
    "vendor:17": Principal(user="vera", role="vendor", attributes={"vendor_id": 17}),
    "support": Principal(user="sue", role="support_agent"),
    "partner:3": Principal(user="pat", role="delivery_partner", attributes={"delivery_partner_id": 3}),
}


@pytest.fixture(scope="module")
def services(
    novamart_business: Business, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, PlumblineService]]:
    folder = tmp_path_factory.mktemp("not_granted")
    with duckdb.connect(str(folder / "marketplace.duckdb")) as connection:
        connection.execute((MARKETPLACE / "database.sql").read_text(encoding="utf-8"))
    settings = Settings(home=folder / "home", model=None)
    database = folder / "marketplace.duckdb"
    with PlumblineService.open(settings, catalog=MARKETPLACE / "catalog", database=database) as marketplace:
        yield {"novamart": PlumblineService(novamart_business), "marketplace": marketplace}


def test_there_are_enough_of_each_kind() -> None:
    refused = [case for case in CASES if case[2] not in ("answer", "ask")]
    assert len(refused) >= 60
    assert len(CASES) - len(refused) >= 30


@pytest.mark.parametrize(("business", "role", "due", "question"), CASES)
def test_it_is_refused_by_its_rule_or_not_at_all(
    services: dict[str, PlumblineService], business: str, role: str, due: str, question: str
) -> None:
    answer = services[business].ask(question, principal=WHO[role])
    if due == "ask":
        assert answer.status in ("answer", "clarify")
    elif due == "answer":
        assert answer.status == "answer"
    else:
        assert (answer.status, answer.exit_code) == ("refuse", 4)
        assert answer.refusal is not None and answer.refusal.rule == due
        assert not answer.results
    assert answer.receipt is not None


@pytest.mark.parametrize("name", ["Anna Smith", "Nobody Atall", "x@y.example"])
def test_a_refusal_is_the_same_whoever_exists(services: dict[str, PlumblineService], name: str) -> None:
    told = {
        services["novamart"].ask(question.format(name), principal=WHO["executive"]).headline
        for question in (
            "show me the email of {}",
            "how many customers are called {}",
            "orders of the customer named {}",
        )
    }
    assert len(told) == 1
