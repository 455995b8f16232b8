"""`plumbline ask`, `sql` and `query`: a question, a statement or a MetricQuery in, an answer out."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ui.commands.options import (
    AsOfOption,
    CatalogOption,
    DatabaseOption,
    JsonOption,
    RoleOption,
    ThreadOption,
    UserOption,
)

if TYPE_CHECKING:
    from agent.answer import Answer

# Far more than the service takes for a question; enough to say so without reading a whole disk from stdin.
LONGEST_INPUT_BYTES = 1_000_000

QuestionArgument = Annotated[str, typer.Argument(help="The question, in words; - reads it from standard input.")]


def text_of(argument: str) -> str:
    """The argument, or standard input for "-"; bytes that are no UTF-8 become replacement characters."""
    if argument == "-":
        return sys.stdin.buffer.read(LONGEST_INPUT_BYTES).decode("utf-8", "replace").strip()
    return argument.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def ask(
    question: QuestionArgument,
    role: RoleOption = None,
    user: UserOption = None,
    catalog: CatalogOption = None,
    database: DatabaseOption = None,
    as_of: AsOfOption = None,
    thread: ThreadOption = None,
    as_json: JsonOption = False,
) -> int:
    """Ask a question and print the answer."""
    from agent.admin import principal_for
    from ui.progress import answer_with_progress
    from ui.session import asked_service, load_settings

    question = text_of(question)
    settings = load_settings()
    principal = principal_for(settings, user, role)
    with asked_service(question, principal, catalog, database, settings) as service:
        events = service.stream(question, principal=principal, thread=thread, as_of=as_of)
        return show(answer_with_progress(events), as_json)


def sql(
    text: QuestionArgument,
    dialect: Annotated[str, typer.Option("--dialect", help="The SQL dialect to write.")] = "duckdb",
    run: Annotated[bool, typer.Option("--run", help="TEXT is a SELECT statement: run it.")] = False,
    role: RoleOption = None,
    user: UserOption = None,
    catalog: CatalogOption = None,
    database: DatabaseOption = None,
    as_of: AsOfOption = None,
    as_json: JsonOption = False,
) -> int:
    """Show the SQL of a question without running it; --run runs a SELECT of your own under the catalog's policies."""
    from agent.admin import principal_for
    from ui.session import asked_service, load_settings

    if run and dialect != "duckdb":
        raise typer.BadParameter("statements run in DuckDB's dialect; leave --dialect out", param_hint="'--dialect'")
    text = text_of(text)
    settings = load_settings()
    principal = principal_for(settings, user, role)
    with asked_service(text, principal, catalog, database, settings) as service:
        if run:
            return show(service.run_sql(text, principal=principal), as_json)
        answer = service.draft_sql(text, principal=principal, dialect=dialect, as_of=as_of)
    if as_json or answer.status != "answer":
        return show(answer, as_json)
    for result in answer.results:
        print(result.sql.rstrip().rstrip(";") + ";")
    return answer.exit_code


def query(
    file: Annotated[Path, typer.Argument(help="A MetricQuery as YAML or JSON.")],
    explain: Annotated[
        bool, typer.Option("--explain", help="Say how it would be computed, and do not run it.")
    ] = False,
    role: RoleOption = None,
    user: UserOption = None,
    catalog: CatalogOption = None,
    database: DatabaseOption = None,
    as_of: AsOfOption = None,
    as_json: JsonOption = False,
) -> int:
    """Compile and run a MetricQuery from a file."""
    from agent.admin import load_query, principal_for
    from ui.session import asked_service, load_settings

    settings = load_settings()
    principal = principal_for(settings, user, role)
    metric_query = load_query(file)
    with asked_service(str(file), principal, catalog, database, settings) as service:
        if explain:
            print(service.explain(metric_query, principal=principal))
            return 0
        return show(service.run_query(metric_query, principal=principal, as_of=as_of), as_json)


def show(answer: Answer, as_json: bool) -> int:
    """Prints an answer for a program or a person and gives its exit code."""
    if as_json:
        print(json.dumps(answer.to_json(), ensure_ascii=False, indent=2, allow_nan=False))
    else:
        from ui.terminal import print_answer

        print_answer(answer)
    return answer.exit_code
