"""What is measured of a database: counts, keys, containment, patterns; and databases made of files."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from agent.tools.profile import columns
from agent.tools.profile.database import profile_database
from agent.tools.profile.value_patterns import patterns_of
from agent.tools.warehouse.table_files import database_of_files
from catalog.errors import UsageError
from catalog.models import FieldType
from catalog.profile import DatabaseProfile

AWKWARD = Path(__file__).with_name("awkward.sql")


def make(path: Path, sql: str) -> Path:
    with duckdb.connect(str(path)) as connection:
        connection.execute(sql)
    return path


@pytest.fixture(scope="module")
def profile(tmp_path_factory: pytest.TempPathFactory) -> DatabaseProfile:
    return profile_database(make(tmp_path_factory.mktemp("profile") / "awkward.duckdb", AWKWARD.read_text()))


def test_columns_are_counted(profile: DatabaseProfile) -> None:
    visits = profile.table_by_name["visits"]
    assert (visits.rows, visits.sampled) == (600, False)
    rating = visits.column_by_name["rating"]
    assert (rating.type, rating.nulls, rating.distinct, rating.minimum, rating.maximum) == (
        FieldType.INTEGER,
        150,
        5,
        1,
        5,
    )
    orders = profile.table_by_name["order"]
    assert [column.name for column in orders.columns if column.type is None] == ["tags", "extra"]
    assert profile.table_by_name["refunds"].rows == 0


@pytest.mark.parametrize(
    ("table", "keys"),
    [
        ("dim_customer", [("id",), ("cust_no",), ("nm",), ("contact",)]),
        ("daily_balance", [("customer_id", "balance_date")]),
        ("order", [("order",), ("Order TS",)]),
        ("refunds", []),
    ],
)
def test_keys(profile: DatabaseProfile, table: str, keys: list[tuple[str, ...]]) -> None:
    assert [key.columns for key in profile.table_by_name[table].keys] == keys


def test_containment_counts_what_is_there(profile: DatabaseProfile) -> None:
    found = {
        (item.of_table, item.of_columns): (item.values, item.contained)
        for item in profile.containments
        if (item.table, item.columns) == ("visits", ("customer_id",))
    }
    assert found["dim_customer", ("id",)] == (404, 392)


def test_large_tables_are_sampled_the_same_each_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(columns, "ROWS_MEASURED_WHOLE", 100_000)
    monkeypatch.setattr(columns, "_SLICE_ROWS", 2_048)
    sql = """
    CREATE TABLE parts AS SELECT n AS part_id FROM range(1, 50001) AS t(n);
    CREATE TABLE lines AS SELECT n AS line_id, 1 + n % 50000 AS part_id, n // 2 AS pair FROM range(200000) AS t(n);
    CREATE VIEW half AS SELECT * FROM lines WHERE line_id % 2 = 0 OR line_id < 50000;
    """
    path = make(tmp_path / "large.duckdb", sql)
    profile = profile_database(path)
    lines = profile.table_by_name["lines"]
    assert (lines.rows, lines.sampled) == (200_000, True)
    assert [key.columns for key in lines.keys] == [("line_id",)]  # pair is unique in no sample, line_id in the whole
    assert profile.table_by_name["half"].sampled
    assert any((item.table, item.of_table, item.fraction) == ("lines", "parts", 1.0) for item in profile.containments)
    assert profile == profile_database(path)


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        (["ann@mail.example", "b.c@d.example"], "email"),
        (["+49 30 1234567", "(206) 555-9857", "030-0074321"], "phone"),
        (["078-05-1120", "219-09-9999"], "national_id"),
        (["DE89 3704 0044 0532 0130 00", "GB29NWBK60161331926819"], "payment"),
        (["4111 1111 1111 1111", "5500005555555559"], "payment"),
        (["192.168.0.1", "10.0.0.7"], "ip_address"),
        (["12 Main Street", "Obere Str. 57", "55 Grizzly Peak Rd."], "address"),
        (["Maria Anders", "Dr. Thomas Hardy", "Ana Trujillo Lopez"], "person_name"),
    ],
)
def test_patterns(values: list[str], kind: str) -> None:
    assert patterns_of(values)[kind] == 1.0


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        (["4111 1111 1111 1112"], "payment"),  # fails the check of its digits
        (["2024-01-31", "12", "123456789", "00012345", "12345.678"], "phone"),
        (["Classic Red Shirt", "Martin Foods Inc"], "person_name"),
        (["1.2.3", "v10"], "ip_address"),
    ],
)
def test_what_is_no_such_pattern(values: list[str], kind: str) -> None:
    assert kind not in patterns_of(values)


def test_a_database_of_files(tmp_path: Path) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "Order Lines.csv").write_text("line_id,bought on,amount\n1,2024-01-31,2.5\n2,2024-02-01,\n")
    (folder / "notes.txt").write_text("no table")
    with duckdb.connect() as connection:
        connection.execute(f"COPY (SELECT 1 AS part_id, 'it''s' AS name) TO '{folder}/parts.parquet'")
    out = tmp_path / "made" / "files.duckdb"
    assert database_of_files(folder, out) == {"Order_Lines": 2, "parts": 1}
    types = {column.name: column.type for column in profile_database(out).table_by_name["Order_Lines"].columns}
    assert types == {"line_id": FieldType.INTEGER, "bought on": FieldType.DATE, "amount": FieldType.NUMBER}
    assert [path.name for path in out.parent.iterdir()] == ["files.duckdb"]


def test_a_file_that_cannot_be_read_leaves_what_was_there(tmp_path: Path) -> None:
    (tmp_path / "broken.parquet").write_text("nothing")
    out = make(tmp_path / "old.duckdb", "CREATE TABLE kept AS SELECT 1 AS one")
    before = out.read_bytes()
    with pytest.raises(UsageError, match=r"broken\.parquet cannot be read"):
        database_of_files(tmp_path, out)
    assert out.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["broken.parquet", "old.duckdb"]


@pytest.mark.parametrize(
    ("files", "message"),
    [((), "holds no file"), (("a.csv", "a.parquet"), "both become the table a"), (("x.txt",), "holds no file")],
)
def test_folders_that_are_no_database(tmp_path: Path, files: tuple[str, ...], message: str) -> None:
    for name in files:
        (tmp_path / name).write_text("a\n1\n")
    with pytest.raises(UsageError, match=message):
        database_of_files(tmp_path, tmp_path / "out.duckdb")


def test_an_empty_database_says_so(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="holds no table"):
        profile_database(make(tmp_path / "empty.duckdb", "SELECT 1"))
