"""The command line: `plumbline`. Commands live in ui/commands; here they are gathered and errors become exit codes.

Exit codes: 0 answered, 2 bad usage, 3 the question needs clarification, 4 refused by policy, 1 anything else, 130 stopped
by Ctrl-C. Nothing heavy is imported before a command needs it: `plumbline --help` is part of thinking.
"""

from __future__ import annotations

import os
import sys
from types import TracebackType

import typer

from catalog.errors import PlumblineError, UnknownNameError
from ui.commands import audit, catalog, chat, feedback, quality, questions, replay, reveal, sample, users, verify

BAD_USAGE = 2
INTERRUPTED = 130
OUTPUT_CLOSED = 1  # Typer's own code for it, where it notices first

app = typer.Typer(
    name="plumbline",
    help="Answers strategy questions about a business in plain language, from governed data.",
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
)
app.command("ask")(questions.ask)
app.command("sql")(questions.sql)
app.command("query")(questions.query)
app.command("chat")(chat.chat)
app.command("replay")(replay.replay)
app.command("reveal")(reveal.reveal)
app.command("feedback")(feedback.feedback)
app.command("verify")(verify.verify)
app.add_typer(sample.app, name="sample")
app.add_typer(catalog.app, name="catalog")
app.add_typer(audit.app, name="audit")
app.add_typer(quality.app, name="quality")
app.add_typer(users.app, name="users")


@app.command(
    "eval",
    help="Score suites of questions (plumbline eval --help).",
    context_settings={"ignore_unknown_options": True, "allow_extra_args": True, "help_option_names": []},
)
def evaluate(context: typer.Context) -> int | None:
    """Hands the rest of the line to the evals' own commands, imported only now."""
    from evals.commands import app as evals_app

    command = typer.main.get_command(evals_app)
    result = command.main(context.args or ["--help"], prog_name="plumbline eval", standalone_mode=False)
    return result if isinstance(result, int) else None


def main(arguments: list[str] | None = None) -> None:
    """Runs one command and exits. A user's mistake is one line on stderr, never a traceback."""
    sys.excepthook = report_defect
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a letter gets its escape, not an error.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        code = run(sys.argv[1:] if arguments is None else arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader of our output went away (`| head`): nothing more to say, and nothing to flush at exit either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = OUTPUT_CLOSED
    except KeyboardInterrupt:
        code = INTERRUPTED
    sys.exit(code)


def run(arguments: list[str]) -> int:
    """The exit code of one command; its errors are reported on stderr."""
    try:
        command = typer.main.get_command(app)
        result = command.main(arguments, prog_name="plumbline", standalone_mode=False)
    except UnknownNameError as error:
        return report(str(error), BAD_USAGE)  # a name given on the command line; one in a question is asked back
    except PlumblineError as error:
        return report(str(error), error.exit_code)
    except typer.TyperException as error:
        return report_usage(error)
    except typer.Abort:
        return INTERRUPTED
    except BrokenPipeError:
        raise
    except OSError as error:
        where = f": {error.filename}" if error.filename else ""
        return report(f"{error.strerror or error}{where}", 1)
    return result if isinstance(result, int) else 0


def report_usage(error: typer.TyperException) -> int:
    """A command line that Typer could not read; help asked for by giving no arguments is shown as it is."""
    message = error.format_message()
    if message.startswith("Usage: "):
        sys.stderr.write(message + "\n")
        return BAD_USAGE
    context = getattr(error, "ctx", None)
    hint = f" (see `{context.command_path} --help`)" if context is not None else ""
    return report(message.rstrip(".") + hint, error.exit_code)


def report(message: str, code: int) -> int:
    """Writes `error: ...` to stderr and gives the code back."""
    sys.stderr.write(f"error: {message}\n")
    return code


def report_defect(kind: type[BaseException], error: BaseException, traceback: TracebackType | None) -> None:
    """What is shown for a defect of Plumbline itself: its kind, as its words may quote data. PLUMBLINE_DEBUG=1 shows all."""
    if os.environ.get("PLUMBLINE_DEBUG"):
        sys.__excepthook__(kind, error, traceback)
        return
    sys.stderr.write(f"error: a defect in Plumbline: {kind.__name__} (PLUMBLINE_DEBUG=1 shows what and where)\n")


if __name__ == "__main__":
    main()
