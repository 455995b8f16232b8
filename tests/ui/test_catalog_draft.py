"""`plumbline catalog draft` on the command line: what it writes, what it refuses."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from catalog.loader import load_catalog
from ui.cli import run


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "shop.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute(
            "CREATE TABLE customers AS SELECT n AS id, 'c' || n || '@mail.example' AS email, n % 3 AS tier "
            "FROM range(1, 31) AS t(n);"
            "CREATE TABLE orders AS SELECT n AS id, 1 + n % 30 AS customer_id, DATE '2024-01-01' + n::INTEGER AS ordered_on, "
            "n * 1.5 AS amount FROM range(1, 101) AS t(n)"
        )
    return path


def test_it_writes_a_catalog_that_answers(
    database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PLUMBLINE_HOME", str(tmp_path / "home"))
    out = tmp_path / "drafted"
    assert run(["catalog", "draft", "--database", str(database), "--out", str(out)]) == 0
    printed = capsys.readouterr().out
    assert "2 datasets, 1 relationships" in printed
    assert sorted(path.name for path in out.iterdir()) == [
        "CONFIRM.md", "catalog.yaml", "datasets.yaml", "metrics.yaml", "relationships.yaml",
    ]  # fmt: skip
    catalog = load_catalog(out)
    assert (catalog.name, catalog.field("customers.email").personal_data) == ("shop", "email")
    assert run(["ask", "number of orders", "--catalog", str(out), "--database", str(database)]) == 0
    assert "100" in capsys.readouterr().out


def test_a_folder_of_files_finds_its_database(
    database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PLUMBLINE_HOME", str(tmp_path / "home"))
    folder = tmp_path / "files"
    folder.mkdir()
    with duckdb.connect(str(database), read_only=True) as connection:
        connection.execute(f"COPY customers TO '{folder}/customers.csv'")
        connection.execute(f"COPY orders TO '{folder}/orders.parquet'")
    out = tmp_path / "drafted"
    assert run(["catalog", "draft", "--database", str(folder), "--name", "corner shop", "--out", str(out)]) == 0
    assert (tmp_path / "home" / "data" / "corner_shop.duckdb").is_file()
    assert run(["ask", "number of customers", "--catalog", str(out)]) == 0
    assert "30" in capsys.readouterr().out


def test_nothing_is_overwritten_unasked(database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "drafted"
    out.mkdir()
    for name in ("metrics.yaml", "metrics_2.yaml", "roles.yaml"):
        (out / name).write_text("metrics: {}\n")
    arguments = ["catalog", "draft", "--database", str(database), "--out", str(out)]
    assert run(arguments) == 2
    assert "not empty" in capsys.readouterr().err
    assert (out / "metrics.yaml").read_text() == "metrics: {}\n"
    assert run([*arguments, "--replace"]) == 0
    assert load_catalog(out).metric_by_name
    assert not (out / "metrics_2.yaml").exists()  # an earlier draft's
    assert (out / "roles.yaml").exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--database", "nowhere.duckdb"], "there is no file or folder"),
        (["--database", "{here}", "--out", "{here}/new"], "holds no file that can become a table"),
        (["--database", "{database}", "--name", "novamart"], "shipped catalog's name"),
        (["--database", "{database}", "--out", "{database}"], "is a file"),
    ],
)
def test_what_cannot_be_drafted(
    database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    filled = [text.format(here=tmp_path, database=database) for text in arguments]
    assert run(["catalog", "draft", *filled]) == 2
    captured = capsys.readouterr()
    assert message in captured.err
    assert "Traceback" not in captured.err
