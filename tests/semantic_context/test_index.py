"""The semantic index: what it finds, what it hides, and that no damage to its files gives a wrong or failed answer."""

from __future__ import annotations

import logging
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from catalog.access import CatalogView
from catalog.models import Catalog
from semantic_context.documents import catalog_documents
from semantic_context.embedding import MiniLmEncoder, Vectors
from semantic_context.index import SemanticIndex


class CountingEncoder:
    """The real encoder, that says what it was asked."""

    fingerprint = MiniLmEncoder.fingerprint
    dimensions = MiniLmEncoder.dimensions

    def __init__(self, encoder: MiniLmEncoder) -> None:
        self._encoder = encoder
        self.texts: list[str] = []

    def encode(self, texts: Sequence[str]) -> Vectors:
        self.texts.extend(texts)
        return self._encoder.encode(texts)


@pytest.fixture
def counting(minilm: MiniLmEncoder) -> CountingEncoder:
    return CountingEncoder(minilm)


@pytest.fixture(scope="module")
def in_memory(library: Catalog, minilm: MiniLmEncoder) -> SemanticIndex:
    return SemanticIndex.open(None, library, minilm)


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [
        ("payroll", "metric", "staff_cost"),
        ("what we pay our librarians", "metric", "staff_cost"),
        ("books that came back too late", "metric", "overdue_loans"),
        ("town", "field", "loans.branch_city"),
        ("kind of membership card", "field", "readers.membership"),
    ],
)
def test_meaning_finds_the_thing(
    in_memory: SemanticIndex, director: CatalogView, text: str, kind: str, name: str
) -> None:
    best = in_memory.search(text, director, kinds=("metric", "field"), limit=1)[0]
    assert (best.kind, best.name) == (kind, name)


def test_a_documents_own_text_scores_one_and_each_thing_comes_once(
    in_memory: SemanticIndex, director: CatalogView
) -> None:
    hits = in_memory.search("late books", director, limit=20)
    assert hits[0].name == "overdue_loans" and hits[0].document == "late books"
    assert hits[0].score == pytest.approx(1, abs=1e-4)
    assert len({(hit.kind, hit.name) for hit in hits}) == len(hits)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_verified_questions_are_found_by_paraphrase(in_memory: SemanticIndex, director: CatalogView) -> None:
    hit = in_memory.search("number of books lent by us", director, kinds=("question",), limit=1)[0]
    assert hit.name == "How many books did we lend?"


@pytest.mark.parametrize(
    "text", ["payroll", "staff cost", "What do our librarians earn?", "branch city", "readers", "card"]
)
def test_what_a_role_may_not_see_never_comes_back(in_memory: SemanticIndex, volunteer: CatalogView, text: str) -> None:
    names = {hit.name for hit in in_memory.search(text, volunteer, limit=100)}
    assert names.isdisjoint(
        {"staff_cost", "reader_count", "What do our librarians earn?", "loans.branch_city", "readers"}
    )
    assert not any(name.startswith("readers.") for name in names)


def test_nobody_is_offered_personal_fields_and_building_blocks(in_memory: SemanticIndex, director: CatalogView) -> None:
    names = {
        hit.name
        for text in ("full name", "building block", "internal code")
        for hit in in_memory.search(text, director, limit=100)
    }
    assert names.isdisjoint({"readers.full_name", "hidden_block", "loans.internal_code"})


def test_several_texts_give_what_each_gives_alone(in_memory: SemanticIndex, director: CatalogView) -> None:
    texts = ("payroll", "town", "late books")
    together = in_memory.search_many(texts, director, limit=3)
    for text, hits in zip(texts, together, strict=True):
        alone = in_memory.search(text, director, limit=3)
        assert [(hit.kind, hit.name, hit.document) for hit in hits] == [
            (hit.kind, hit.name, hit.document) for hit in alone
        ]
        assert [hit.score for hit in hits] == pytest.approx([hit.score for hit in alone], abs=2e-4)
    assert in_memory.search_many((), director) == ()


def test_chroma_and_the_exact_search_agree(
    library: Catalog, minilm: MiniLmEncoder, director: CatalogView, tmp_path: Path
) -> None:
    approximate = SemanticIndex.open(tmp_path, library, minilm, exact_limit=0)
    exact = SemanticIndex.open(tmp_path, library, minilm)
    for text in ("payroll", "how many people borrow", "town"):
        assert approximate.search(text, director, limit=4) == exact.search(text, director, limit=4)
        assert approximate.search(text, director, kinds=("field",)) == exact.search(text, director, kinds=("field",))


def test_opening_again_embeds_nothing_and_a_change_only_what_changed(
    library: Catalog, counting: CountingEncoder, director: CatalogView, tmp_path: Path
) -> None:
    first = SemanticIndex.open(tmp_path, library, counting)
    assert set(counting.texts) == {document.text for document in catalog_documents(library)}
    counting.texts.clear()
    again = SemanticIndex.open(tmp_path, library, counting)
    assert counting.texts == []
    assert again.search("payroll", director) == first.search("payroll", director)
    counting.texts.clear()
    changed = library.model_copy(
        update={
            "metrics": (
                *library.metrics[:1],
                library.metrics[1].model_copy(update={"label": "Tardy loans"}),
                *library.metrics[2:],
            )
        }
    )
    counting.texts.clear()
    SemanticIndex.open(tmp_path, Catalog.model_validate(changed.model_dump()), counting)
    assert set(counting.texts) == {
        "Tardy loans",
        "overdue loans",
        "Tardy loans: Loans that were not brought back in time",
    } - {document.text for document in catalog_documents(library)}


def _manifest(folder: Path) -> Path:
    return next(folder.glob("*.json"))


def _build(folder: Path) -> Path:
    return next(path for path in folder.iterdir() if path.is_dir())


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _spoil(path: Path) -> None:
    data = bytearray(path.read_bytes())
    for position in range(len(data) // 3, len(data)):
        data[position] ^= 0xFF
    path.write_bytes(bytes(data))


def _lose_rows(folder: Path) -> None:
    import sqlite3

    with sqlite3.connect(_build(folder) / "chroma" / "chroma.sqlite3") as connection:
        connection.execute("DELETE FROM embeddings WHERE id % 2 = 0")


DAMAGES: dict[str, Callable[[Path], object]] = {
    "no folder": lambda folder: shutil.rmtree(_build(folder)),
    "no chroma": lambda folder: shutil.rmtree(_build(folder) / "chroma"),
    "chroma database cut": lambda folder: _cut(_build(folder) / "chroma" / "chroma.sqlite3"),
    "chroma database spoilt": lambda folder: _spoil(_build(folder) / "chroma" / "chroma.sqlite3"),
    "chroma rows lost": _lose_rows,
    "vectors cut": lambda folder: _cut(_build(folder) / "vectors.npy"),
    "vectors spoilt": lambda folder: _spoil(_build(folder) / "vectors.npy"),
    "documents spoilt": lambda folder: _spoil(_build(folder) / "documents.json"),
    "manifest cut": lambda folder: _cut(_manifest(folder)),
    "manifest empty": lambda folder: _manifest(folder).write_text("{}"),
    "manifest a list": lambda folder: _manifest(folder).write_text("[1]"),
    "no manifest": lambda folder: _manifest(folder).unlink(),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_index_is_built_anew(
    library: Catalog,
    minilm: MiniLmEncoder,
    director: CatalogView,
    tmp_path: Path,
    damage: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    wanted = SemanticIndex.open(tmp_path, library, minilm).search("payroll", director)
    folder = tmp_path / "index" / "semantic"
    DAMAGES[damage](folder)
    with caplog.at_level(logging.WARNING):
        found = SemanticIndex.open(tmp_path, library, minilm).search("payroll", director)
    assert found == wanted
    if damage not in ("no manifest", "manifest cut"):
        assert "damaged" in caplog.text
    caplog.clear()
    assert SemanticIndex.open(tmp_path, library, minilm).search("payroll", director) == wanted
    assert caplog.text == ""


def test_a_home_that_cannot_be_written_gives_an_index_in_memory(
    library: Catalog, minilm: MiniLmEncoder, director: CatalogView, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "index").write_text("in the way")
    index = SemanticIndex.open(tmp_path, library, minilm)
    assert index.search("payroll", director)[0].name == "staff_cost"
    assert "lives in memory" in caplog.text


def test_a_quick_opening_needs_no_chroma(library: Catalog, minilm: MiniLmEncoder, tmp_path: Path) -> None:
    SemanticIndex.open(tmp_path, library, minilm)
    catalog_file = tmp_path / "catalog.json"
    catalog_file.write_text(library.model_dump_json())
    code = (
        "import sys; from pathlib import Path\n"
        "from catalog.models import Catalog; from catalog.access import Principal, view_for\n"
        "from semantic_context.embedding import MiniLmEncoder; from semantic_context.index import SemanticIndex\n"
        "catalog = Catalog.model_validate_json(Path(sys.argv[1]).read_text())\n"
        "home = Path(sys.argv[2])\n"
        "index = SemanticIndex.open(home, catalog, MiniLmEncoder(home / 'index'), quick=True)\n"
        "print(index.search('payroll', view_for(catalog, Principal()))[0].name, 'chromadb' in sys.modules)"
    )
    done = _python(code, str(catalog_file), str(tmp_path))
    assert done.communicate(timeout=60)[0].split() == ["staff_cost", "False"]


def test_processes_that_build_at_once_share_one_index(library: Catalog, tmp_path: Path) -> None:
    catalog_file = tmp_path / "catalog.json"
    catalog_file.write_text(library.model_dump_json())
    code = (
        "import sys; from pathlib import Path\n"
        "from catalog.models import Catalog; from catalog.access import Principal, view_for\n"
        "from semantic_context.embedding import MiniLmEncoder; from semantic_context.index import SemanticIndex\n"
        "catalog = Catalog.model_validate_json(Path(sys.argv[1]).read_text())\n"
        "home = Path(sys.argv[2])\n"
        "index = SemanticIndex.open(home, catalog, MiniLmEncoder(home / 'index'))\n"
        "print([(h.name, h.score) for h in index.search('payroll', view_for(catalog, Principal()))])"
    )
    running = [_python(code, str(catalog_file), str(tmp_path / "home")) for _ in range(3)]
    answers = [process.communicate(timeout=120)[0] for process in running]
    assert len(set(answers)) == 1 and "staff_cost" in answers[0]
    folder = tmp_path / "home" / "index" / "semantic"
    assert len([path for path in folder.iterdir() if path.is_dir()]) == 1


def _python(code: str, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-c", code, *arguments], stdout=subprocess.PIPE, text=True)
