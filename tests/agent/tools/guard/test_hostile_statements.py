"""Statements written to break out: none reads elsewhere, writes, tells of what is hidden, or stays.

Each line of hostile_statements.txt is a letter and a statement: a reads files, settings or other tables, b writes, c tells of
masked fields, d of filtered rows, e exhausts the machine. Others' statements of the same kinds, on a shop of their own, are
tried too where `PLUMBLINE_SECURITY` names the folder that holds `adversarial_sql.jsonl` and `shop.sql`.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from agent.errors import DeadlineError, PolicyRefusal, QueryError
from agent.tools.guard.free import guard_free
from catalog.access import CatalogView
from tests.agent.tools.conftest import SHOP_SQL
from tests.agent.tools.guard.attacks import FOLDER, RULES, TwoShops, our_statements, statements_of_others, two_shops

pytestmark = pytest.mark.alone  # a statement that runs into the deadline on one database alone would tell

QUICK_RULES = ("null", "token", "deny")


@dataclass(frozen=True)
class Attack:
    """Statements of five kinds, the shop they were written for, and how long each may take."""

    statements: tuple[tuple[str, str], ...]  # kind, statement
    shop_sql: Path
    deadline_s: float

    def of(self, kinds: str) -> list[str]:
        """The statements of some kinds."""
        return [sql for kind, sql in self.statements if kind in kinds]


def _ours() -> Attack:
    return Attack(our_statements(), SHOP_SQL, 0.5)


def _of_others() -> Attack:
    if FOLDER is None:
        pytest.skip("PLUMBLINE_SECURITY names no folder of adversarial statements")
    return Attack(statements_of_others(FOLDER), Path(FOLDER) / "shop.sql", 1.0)


@pytest.fixture(scope="module", params=[_ours, _of_others], ids=["ours", "others"])
def attack(request: pytest.FixtureRequest) -> Attack:
    made: Attack = request.param()
    return made


@pytest.fixture(scope="module")
def shops(attack: Attack, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TwoShops]:
    with two_shops(tmp_path_factory.mktemp("attacked"), attack.shop_sql, attack.deadline_s) as opened:
        yield opened


def test_there_are_enough_of_each_kind() -> None:
    ours = _ours()
    assert len(set(ours.statements)) == len(ours.statements) > 650
    assert min(len(ours.of(kind)) for kind in "abcde") >= 90


def test_reading_elsewhere_and_writing_is_refused(
    attack: Attack, shops: TwoShops, vendor_view: Callable[..., CatalogView]
) -> None:
    before = shops.state()
    view, passed = vendor_view(vendor=1), []
    for sql in attack.of("ab"):
        try:
            guard_free(shops.text(sql, shops.one), view)
        except (PolicyRefusal, QueryError):
            continue
        passed.append(sql)
    assert not passed  # the guard's own word: none gets as far as the engine
    assert shops.state() == before


@pytest.mark.parametrize(
    "rule", [pytest.param(rule, marks=() if rule in QUICK_RULES else pytest.mark.slow) for rule in RULES]
)
def test_nothing_hidden_is_told(
    attack: Attack, shops: TwoShops, vendor_view: Callable[..., CatalogView], rule: str
) -> None:
    before = shops.state()
    assert not shops.told(attack.of("cd"), vendor_view(vendor=1, **RULES[rule]))
    assert shops.state() == before


@pytest.mark.parametrize("every", [3, pytest.param(1, marks=pytest.mark.slow)])
def test_everything_ends_in_time_while_others_are_answered(
    attack: Attack, shops: TwoShops, vendor_view: Callable[..., CatalogView], every: int
) -> None:
    other = vendor_view(vendor=2)
    waited: list[float] = []
    over = threading.Event()

    def ask_meanwhile() -> None:
        while not over.wait(0.05):
            started = time.monotonic()
            assert shops.one.run(guard_free("SELECT count(*) AS n FROM vendors", other)).rows == ((1,),)
            waited.append(time.monotonic() - started)

    someone_else = threading.Thread(target=ask_meanwhile)
    someone_else.start()
    try:
        late, ends = shops.late(attack.of("e")[::every], vendor_view(vendor=1))
    finally:
        over.set()
        someone_else.join(10)
    assert not late
    assert sum(end is DeadlineError for end in ends) >= len(ends) // 5
    assert len(waited) > 10 and sorted(waited)[len(waited) // 2] < 0.25 and max(waited) < 3
