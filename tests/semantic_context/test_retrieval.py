"""The context pack: everything a question may be about, as one role may see it."""

from __future__ import annotations

import datetime as dt

from catalog.access import CatalogView
from catalog.models import Catalog, CatalogField, Dataset
from catalog.query import Scalar
from semantic_context.embedding import MiniLmEncoder
from semantic_context.index import SemanticIndex
from semantic_context.retrieval import retrieve
from semantic_context.values import ValueIndex

AS_OF = dt.date(2026, 10, 31)


class _Rows:
    def distinct_values(
        self, dataset: Dataset, field: CatalogField, limit: int, view: CatalogView | None = None
    ) -> tuple[Scalar, ...]:
        return {"branch_city": ("Springfield", "Shelbyville"), "lending_channel": ("counter", "self_checkout")}.get(
            field.name, ()
        )

    def fingerprint(self) -> str:
        return "1"


def test_a_question_gets_its_context(library: Catalog, minilm: MiniLmEncoder, director: CatalogView) -> None:
    index = SemanticIndex.open(None, library, minilm)
    values = ValueIndex.open(None, library, _Rows())
    pack = retrieve("How many late books in Springfield last month by channel?", director, index, values, AS_OF)
    assert pack.metrics[0].metric.name == "overdue_loans"
    assert "lending_channel" in {found.field.name for found in pack.fields}
    assert [hit.value for hit in pack.values] == ["Springfield"]
    assert [time.text for time in pack.times] == ["last month"]
    assert pack.times[0].period is not None and pack.times[0].period.start == dt.date(2026, 9, 1)


def test_a_verified_question_is_found(library: Catalog, minilm: MiniLmEncoder, director: CatalogView) -> None:
    index = SemanticIndex.open(None, library, minilm)
    pack = retrieve("how many books did we lend", director, index, None, AS_OF)
    assert pack.verified_questions[0].question.question == "How many books did we lend?"
    assert pack.verified_questions[0].score > 0.9
    assert pack.values == ()


def test_the_pack_holds_nothing_that_the_role_may_not_see(
    library: Catalog, minilm: MiniLmEncoder, volunteer: CatalogView
) -> None:
    index = SemanticIndex.open(None, library, minilm)
    values = ValueIndex.open(None, library, _Rows())
    pack = retrieve("payroll of librarians and readers in Springfield", volunteer, index, values, AS_OF)
    assert {found.metric.name for found in pack.metrics}.isdisjoint({"staff_cost", "reader_count", "hidden_block"})
    assert {found.dataset for found in pack.fields} <= {"loans"}
    assert "branch_city" not in {hit.field for hit in pack.values}
    assert [found.question.question for found in pack.verified_questions] != ["What do our librarians earn?"]


def test_a_question_of_time_words_alone_is_no_failure(
    library: Catalog, minilm: MiniLmEncoder, director: CatalogView
) -> None:
    index = SemanticIndex.open(None, library, minilm)
    assert retrieve("last month", director, index, None, AS_OF).times
    assert retrieve("", director, index, None, AS_OF).times == ()
