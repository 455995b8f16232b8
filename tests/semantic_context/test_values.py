"""Values in questions: what is found, what must not be, and how the index lives on disk."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

import pytest

from catalog.access import CatalogView, Principal, view_for
from catalog.models import Catalog, CatalogField, Dataset, FieldRole, FieldType, Role, RowFilter, ValueWords
from catalog.query import Scalar
from semantic_context.values import ValueIndex, value_scope

CITIES = ("Northwest Harbour", "Südstadt", "Old Town", "New York", "US")
CHANNELS = ("self_checkout", "Counter", "home_delivery", "e_reader", "IN_PROGRESS")
GENRES = (
    "Arts & Crafts",
    "Science Fiction",
    "Electronics",
    "T-Shirts",
    "Cancelled Stock",
    "Poetry",
    "10",
    "Grade A",
    "A",
)
PUBLISHERS = tuple(f"Publisher {name} Ltd" for name in ("Acme", "Zephyr", "Quillon", "Marigold"))


class Rows:
    """Values held in memory, as a warehouse would give them; counts how often it is asked."""

    def __init__(self, values: dict[str, tuple[Scalar, ...]], version: str = "1") -> None:
        self.values = values
        self.version = version
        self.asked: list[str] = []

    def distinct_values(
        self, dataset: Dataset, field: CatalogField, limit: int, view: CatalogView | None = None
    ) -> tuple[Scalar, ...]:
        self.asked.append(f"{dataset.name}.{field.name}")
        if view is not None and field.name == "city":
            return tuple(value for value in CITIES if value == view.principal.attributes.get("city"))
        return self.values.get(f"{dataset.name}.{field.name}", ())[:limit]

    def fingerprint(self) -> str:
        return self.version


def _field(name: str, role: FieldRole = FieldRole.DIMENSION, **more: object) -> CatalogField:
    base = {"name": name, "expression": name, "type": FieldType.STRING, "role": role, "label": name.replace("_", " ")}
    return CatalogField.model_validate(base | more)


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    channel_words = ValueWords(
        synonyms={"self_checkout": ("the machine", "kiosk"), "remote": ("distance lending",)},
        groups={"remote": ("home_delivery", "e_reader")},
    )
    loans = (
        _field("loan_id", FieldRole.KEY),
        _field("city"),
        _field("channel", values=channel_words),
        _field("genre"),
        _field("region"),
        _field("shelf_mark", values=ValueWords(sample=False)),
        _field("remarks", FieldRole.TEXT),
        _field(
            "branch_id",
            type=FieldType.INTEGER,
            values=ValueWords(sample=False, said_as=("branch {value}", "{value} desk")),
        ),
        _field("urgent", type=FieldType.BOOLEAN, values=ValueWords(synonyms={"true": ("express", "rush")})),
    )
    readers = (_field("reader_name", personal_data="name"), _field("publisher"))
    return Catalog(
        name="library",
        label="Libraries",
        datasets=(
            Dataset(name="loans", source="loans", label="loans", singular="loan", fields=loans),
            Dataset(name="readers", source="readers", label="readers", singular="reader", fields=readers),
        ),
        roles=(
            Role(name="all", label="All", default=True, datasets=("*",), metrics=("*",)),
            Role(name="loans_only", label="Loans", datasets=("loans",), metrics=("*",)),
            Role(
                name="own_city",
                label="Own city",
                datasets=("*",),
                metrics=("*",),
                row_filters=(RowFilter(dataset="loans", expression="loans.city = user.city"),),
            ),
        ),
    )


@pytest.fixture(scope="module")
def rows() -> Rows:
    return Rows(
        {
            "loans.city": CITIES,
            "loans.channel": CHANNELS,
            "loans.genre": GENRES,
            "loans.urgent": (False, True),
            "loans.region": ("Northeast", "Midwest"),
            "loans.shelf_mark": ("secretshelf",),
            "loans.remarks": ("secretremark",),
            "loans.loan_id": ("secretkey",),
            "readers.reader_name": ("Adalbert Secretname",),
            "readers.publisher": PUBLISHERS,
        }
    )


@pytest.fixture(scope="module")
def index(catalog: Catalog, rows: Rows) -> ValueIndex:
    return ValueIndex.open(None, catalog, rows)


@pytest.fixture(scope="module")
def everyone(catalog: Catalog) -> CatalogView:
    return view_for(catalog, Principal(role="all"))


def _found(index: ValueIndex, text: str, view: CatalogView) -> set[tuple[str, tuple[Scalar, ...], str, str]]:
    return {(hit.field, hit.values, text[hit.start : hit.end], hit.how) for hit in index.find(text, view)}


CASES: tuple[tuple[str, str, tuple[Scalar, ...], str, str], ...] = (
    ("loans of electronics", "genre", ("Electronics",), "electronics", "exact"),
    ("an ELECTRONIC book", "genre", ("Electronics",), "ELECTRONIC", "exact"),
    ("loans at the counter", "channel", ("Counter",), "counter", "exact"),
    ("self-checkout loans", "channel", ("self_checkout",), "self-checkout", "exact"),
    ("self checkouts", "channel", ("self_checkout",), "self checkouts", "exact"),
    ("selfcheckout", "channel", ("self_checkout",), "selfcheckout", "exact"),
    ("in progress", "channel", ("IN_PROGRESS",), "in progress", "exact"),
    ("arts and crafts", "genre", ("Arts & Crafts",), "arts and crafts", "exact"),
    ("Arts & Crafts", "genre", ("Arts & Crafts",), "Arts & Crafts", "exact"),
    ("arts crafts", "genre", ("Arts & Crafts",), "arts crafts", "exact"),
    ("tshirts lent", "genre", ("T-Shirts",), "tshirts", "exact"),
    ("t-shirt", "genre", ("T-Shirts",), "t-shirt", "exact"),
    ("sudstadt", "city", ("Südstadt",), "sudstadt", "exact"),
    ("canceled stock", "genre", ("Cancelled Stock",), "canceled stock", "inflection"),
    ("via the machine", "channel", ("self_checkout",), "machine", "synonym"),
    ("kiosks", "channel", ("self_checkout",), "kiosks", "synonym"),
    ("remote loans", "channel", ("home_delivery", "e_reader"), "remote", "group"),
    ("distance lending", "channel", ("home_delivery", "e_reader"), "distance lending", "synonym"),
    ("loans by acme", "publisher", ("Publisher Acme Ltd",), "acme", "contained"),
    ("the harbour branch", "city", ("Northwest Harbour",), "harbour", "contained"),
    ("genre A", "genre", ("A",), "genre A", "labelled"),
    ("genre 10", "genre", ("10",), "genre 10", "labelled"),
    ("in the US", "city", ("US",), "US", "exact"),
    ("rush loans", "urgent", (True,), "rush", "synonym"),
    ("elektronics", "genre", ("Electronics",), "elektronics", "typo"),
    ("Electroncs in Old Town", "genre", ("Electronics",), "Electroncs", "typo"),
    ("Zephir titles", "publisher", ("Publisher Zephyr Ltd",), "Zephir", "typo"),
    ("scinece fiction", "genre", ("Science Fiction",), "scinece fiction", "typo"),
    ("loans in the Nothreast", "region", ("Northeast",), "Nothreast", "typo"),
    ("loans of Electroncis", "genre", ("Electronics",), "Electroncis", "typo"),
    ("loans in the Nrotheast", "region", ("Northeast",), "Nrotheast", "typo"),
    ("branch 5", "branch_id", (5,), "branch 5", "pattern"),
    ("branches 1, 2 and 3", "branch_id", (1, 2, 3), "branches 1, 2 and 3", "pattern"),
    ("branch five", "branch_id", (5,), "branch five", "pattern"),
    ("the 7 desk", "branch_id", (7,), "7 desk", "pattern"),
)


@pytest.mark.parametrize(("text", "field", "values", "span", "how"), CASES, ids=[case[0] for case in CASES])
def test_a_value_is_found(
    index: ValueIndex, everyone: CatalogView, text: str, field: str, values: tuple[Scalar, ...], span: str, how: str
) -> None:
    assert (field, values, span, how) in _found(index, text, everyone)


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("tell us about loans", "city"),  # "US" is written in capitals
        ("SHOW US ALL LOANS", "city"),
        ("a loan", "genre"),  # "A" needs its field's name
        ("top 10 branches", "genre"),
        ("loans in Nortwest", "region"),  # "northwest" misspelt, not "Northeast"
        ("poverty", "genre"),  # an English word of its own is no misspelt "Poetry"
        ("secretshelf", "shelf_mark"),
        ("secretremark", "remarks"),
        ("secretkey", "loan_id"),
        ("Adalbert Secretname", "reader_name"),
        ("publisher", "publisher"),  # a word that every value holds names none
    ],
)
def test_what_is_no_value_is_not_found(index: ValueIndex, everyone: CatalogView, text: str, field: str) -> None:
    hits = {hit.field for hit in index.find(text, everyone)}
    assert field not in hits or (text == "publisher" and len(PUBLISHERS) <= 8)


def test_words_that_mean_something_else_are_no_misspellings(index: ValueIndex, everyone: CatalogView) -> None:
    assert index.find("zephir", everyone)
    assert index.find("zephir", everyone, known_words={"zephir"}) == ()


def test_personal_and_hidden_fields_are_not_even_asked_for(catalog: Catalog, rows: Rows) -> None:
    rows.asked.clear()
    ValueIndex.open(None, catalog, rows)
    assert set(rows.asked) == {
        *("loans.city", "loans.channel", "loans.genre", "loans.region", "loans.urgent", "readers.publisher")
    }


def test_a_view_hides_values_of_what_it_hides(index: ValueIndex, catalog: Catalog) -> None:
    view = view_for(catalog, Principal(role="loans_only"))
    assert index.find("acme", view) == ()
    assert index.nearest(view, None, "Acmee") == () or all(
        item.dataset == "loans" for item in index.nearest(view, None, "Acmee")
    )


def test_the_index_of_a_view_holds_what_it_may_see(catalog: Catalog, rows: Rows, everyone: CatalogView) -> None:
    view = view_for(catalog, Principal(role="own_city", attributes={"city": "Old Town"}))
    index = ValueIndex.open(None, catalog, rows, view)
    assert [hit.how for hit in index.find("loans in old town", view) if hit.field == "city"] == ["exact"]
    assert [hit.value for hit in index.find("the town", view) if hit.field == "city"] == ["Old Town"]
    assert not [hit for hit in index.find("Northwest Harbour", view) if hit.field == "city"]
    assert index.find("harbour", view) == ()
    assert [item.value for item in index.nearest(view, "loans.city", "Northwst")] == ["Old Town"]
    assert index.find("electronics", view) == ValueIndex.open(None, catalog, rows).find("electronics", everyone)
    other = view_for(catalog, Principal(role="own_city", attributes={"city": "New York"}))
    assert value_scope(other) != value_scope(view)
    assert index.find("old town", other) == ()  # not made for them: of filtered rows nothing is found


def test_an_index_of_all_rows_tells_nothing_of_filtered_ones(index: ValueIndex, catalog: Catalog) -> None:
    view = view_for(catalog, Principal(role="own_city", attributes={"city": "Old Town"}))
    for text in ("Northwest Harbour", "harbour", "Norhtwest", "Old Town"):
        assert index.find(text, view) == ()
    assert index.nearest(view, "loans.city", "Northwst") == ()
    assert [item.value for item in index.nearest(view, "loans.channel", "kiosk self_checkot", 1)] == ["self_checkout"]


def test_the_nearest_values_are_suggested(index: ValueIndex, everyone: CatalogView) -> None:
    assert index.nearest(everyone, "loans.genre", "elektronik", 1)[0].value == "Electronics"
    assert index.nearest(everyone, None, "publisher akme", 1)[0].value == "Publisher Acme Ltd"
    assert len(index.nearest(everyone, "loans.city", "qqqq", 3)) == 3
    assert index.nearest(everyone, None, "qqqq", 3) == ()


def test_the_same_question_gives_the_same_hits(index: ValueIndex, everyone: CatalogView) -> None:
    text = "electronics and arts and crafts at the harbour by kiosk"
    assert all(index.find(text, everyone) == index.find(text, everyone) for _ in range(3))


@pytest.mark.parametrize(
    "text", ["", "   ", "?!", "🙂", "\ud800", "x" * 10_000, "word " * 2_000, "'; DROP TABLE entry; --"]
)
def test_odd_input_finds_nothing_and_fails_nowhere(index: ValueIndex, everyone: CatalogView, text: str) -> None:
    assert index.find(text, everyone) == ()


def test_a_field_of_too_many_values_keeps_the_catalogs_words(catalog: Catalog, everyone: CatalogView) -> None:
    many = Rows({"loans.channel": tuple(f"c{number}" for number in range(50_001)), "loans.city": CITIES})
    index = ValueIndex.open(None, catalog, many)
    assert [hit.value for hit in index.find("kiosk", everyone)] == ["self_checkout"]
    assert index.find("c17", everyone) == ()


def test_it_is_kept_on_disk_until_the_data_change(catalog: Catalog, everyone: CatalogView, tmp_path: Path) -> None:
    source = Rows({"loans.city": CITIES})
    index = ValueIndex.open(tmp_path, catalog, source)
    source.asked.clear()
    again = ValueIndex.open(tmp_path, catalog, source)
    assert source.asked == []
    assert again.find("old town", everyone) == index.find("old town", everyone) != ()
    assert again.refreshed(source) is again
    source.values, source.version = {"loans.city": ("Springfield",)}, "2"
    fresh = again.refreshed(source)
    assert fresh.find("springfield", everyone) and not fresh.find("old town", everyone)


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


DAMAGES: dict[str, Callable[[Path], object]] = {
    "cut": _cut,
    "empty": lambda path: path.write_bytes(b""),
    "not a database": lambda path: path.write_bytes(b"hello" * 1000),
    "pages spoilt": lambda path: path.write_bytes(path.read_bytes()[:4096] + b"\xff" * 4096 + path.read_bytes()[8192:]),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_file_is_built_anew(
    catalog: Catalog, rows: Rows, everyone: CatalogView, tmp_path: Path, damage: str, caplog: pytest.LogCaptureFixture
) -> None:
    wanted = ValueIndex.open(tmp_path, catalog, rows).find("electronics at the harbour", everyone)
    path = next((tmp_path / "index" / "values").glob("*.sqlite"))
    DAMAGES[damage](path)
    with caplog.at_level(logging.WARNING):
        found = ValueIndex.open(tmp_path, catalog, rows).find("electronics at the harbour", everyone)
    assert found == wanted != ()
    assert "damaged" in caplog.text


def test_a_home_that_cannot_be_written_gives_an_index_in_memory(
    catalog: Catalog, rows: Rows, everyone: CatalogView, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "index").write_text("in the way")
    assert ValueIndex.open(tmp_path, catalog, rows).find("electronics", everyone)
    assert "lives in memory" in caplog.text
