"""`plumbline sample`: generates sample data and checks that its figures come to what they should."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from catalog.errors import UsageError
from catalog.samples.errors import SampleError

app = typer.Typer(help="Generate sample data.", no_args_is_help=True, rich_markup_mode=None)


@app.callback()
def samples() -> None:
    """Generate sample data."""


OutOption = Annotated[Path | None, typer.Option("--out", help="The DuckDB file (default: where questions look).")]
SeedOption = Annotated[int | None, typer.Option("--seed", help="Another seed, another company of the same size.")]
AbsentOption = Annotated[bool, typer.Option("--if-absent", help="Do nothing where the file exists.")]
CheckOption = Annotated[
    bool, typer.Option("--check", help="Measure the file that is there; exits 1 outside a tolerance.")
]


@app.command("novamart")
def novamart(
    scale: Annotated[float, typer.Option("--scale", help="1 is 12.4 million orders; 0.01 takes seconds.")] = 0.01,
    seed: SeedOption = None,
    events: Annotated[
        Path | None, typer.Option("--events", help="A list of planted events (YAML) in place of the default one.")
    ] = None,
    out: OutOption = None,
    if_absent: AbsentOption = False,
    check: CheckOption = False,
) -> int:
    """NovaMart, a mid-size shop: orders, customers, stock, campaigns and clicks from 2022 to October 2026."""
    return make("novamart", out, scale, seed, events, if_absent=if_absent, check=check)


@app.command("amalimart")
def amalimart(
    scale: Annotated[float, typer.Option("--scale", help="1 is 3 million orders; 0.02 takes seconds.")] = 0.02,
    seed: SeedOption = None,
    out: OutOption = None,
    if_absent: AbsentOption = False,
    check: CheckOption = False,
) -> int:
    """AmaliMart, a marketplace of many vendors in Nigeria and Ghana: its database and lakehouse, 2023 to October 2026."""
    return make("amalimart", out, scale, seed, None, if_absent=if_absent, check=check)


def make(
    name: str, out: Path | None, scale: float, seed: int | None, events: Path | None, *, if_absent: bool, check: bool
) -> int:
    """Measures the sample's file, leaves it, or writes it: what the options say."""
    from agent.locations import default_database
    from ui.session import load_settings

    target = out or default_database(load_settings(), name)
    if check:
        return measure(name, target)
    if if_absent and target.exists():
        return 0
    return generate(name, target, scale, seed, events)


def generate(name: str, target: Path, scale: float, seed: int | None, events: Path | None) -> int:
    """Writes a sample and says what it holds."""
    from agent.admin import generate_sample
    from ui.progress import progress_bar

    if events is not None and not events.is_file():
        raise UsageError(f"there is no list of events at {events}")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with progress_bar(f"Generating {name}") as progress:
            report = generate_sample(name, target, scale=scale, seed=seed, events=events, progress=progress)
    except SampleError as error:
        raise UsageError(str(error)) from error
    print(f"{report.path}: {name} at scale {scale:g}, {report.file_bytes / 1e6:,.1f} MB in {report.seconds:.1f} s")
    print(", ".join(f"{count:,} {table}" for table, count in report.rows.items()))
    return 0


def measure(name: str, target: Path) -> int:
    """Prints each figure of a sample beside what it must come to; 1 where one is outside its tolerance."""
    from agent.admin import calibrate_sample

    try:
        checks = calibrate_sample(name, target)
    except SampleError as error:
        raise UsageError(str(error)) from error
    width = max(len(item.kpi) for item in checks)
    for item in checks:
        verdict = "ok" if item.passed else "OUTSIDE"
        figures = f"{_figure(item.value):>10}  should be {_figure(item.target):>10} +- {_figure(item.tolerance):<7}"
        print(f"{item.kpi:<{width}}  {figures} {item.period:<24} {verdict}")
    outside = sum(not item.passed for item in checks)
    print(f"{len(checks) - outside} of {len(checks)} figures are where they should be")
    return 1 if outside else 0


def _figure(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.4g}"
