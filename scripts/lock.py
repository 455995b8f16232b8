"""Writes the hash locks from pyproject.toml: `lock.py [--upgrade]`. Run by `make lock`, with uv in the venv.

The locks name no registry: where packages come from is the environment's business. Blocks that the override rules out
(`sys_platform == 'never'`) are dropped, as nothing would ever install them.
"""

from __future__ import annotations

import re
import sys

from setup_environment import PYTHON, REQUIREMENTS, ROOT, SetupError, run, say, uv_environment

COMPILE = ["-m", "uv", "pip", "compile", "--quiet", "--universal", "--generate-hashes", "--no-emit-index-url"]
COMPILE += ["--no-header", "--no-annotate", "--python-version", "3.11"]
PROJECT = [str(ROOT / "pyproject.toml"), "--overrides", str(REQUIREMENTS / "overrides.txt")]


def without_excluded(lock: str) -> str:
    """The lock without the requirements (and their hashes) whose marker never holds."""
    blocks = re.split(r"(?m)^(?=[A-Za-z0-9])", lock)
    return "".join(block for block in blocks if "sys_platform == 'never'" not in block)


def compile_lock(name: str, sources: list[str], upgrade: bool) -> None:
    """Compiles one lock; what it pins already stays unless `upgrade`."""
    path = REQUIREMENTS / name
    upgrading = ["--upgrade"] if upgrade else []
    run([str(PYTHON), *COMPILE, *upgrading, *sources, "--output-file", str(path)], uv_environment())
    path.write_text(without_excluded(path.read_text()))
    say(f"wrote {path.relative_to(ROOT)}")


def main(arguments: list[str]) -> int:
    upgrade = "--upgrade" in arguments
    pyproject = ROOT / "pyproject.toml"
    try:
        compile_lock("bootstrap.txt", [str(REQUIREMENTS / "bootstrap.in")], upgrade)
        compile_lock("runtime.lock", [*PROJECT, "--group", f"{pyproject}:build"], upgrade)
        constraint = ["--constraint", str(REQUIREMENTS / "runtime.lock")]
        compile_lock("dev.lock", [*PROJECT, "--group", f"{pyproject}:dev", *constraint], upgrade)
    except SetupError as error:
        say(f"error: {error}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
