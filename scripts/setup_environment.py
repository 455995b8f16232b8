"""Builds .venv from the hash locks: `setup_environment.py bootstrap|runtime|dev`. Standard library alone; idempotent.

`bootstrap` gives a venv with uv, `runtime` what the product runs on, `dev` what tests, lint and types need as well.
A stamp in the venv remembers the locks it was built from, so that a second call costs nothing.
"""

from __future__ import annotations

import ast
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "plumbline-setup.json"
REQUIREMENTS = ROOT / "requirements"
OLDEST_PYTHON = (3, 11)
LEVELS = ("bootstrap", "runtime", "dev")

# What pip is told about indexes, and the name uv knows it by; uv reads no pip configuration of its own.
UV_NAME_BY_PIP_NAME = {
    "index-url": "UV_DEFAULT_INDEX",
    "extra-index-url": "UV_INDEX",
    "find-links": "UV_FIND_LINKS",
    "no-index": "UV_NO_INDEX",
    "trusted-host": "UV_INSECURE_HOST",
    "cert": "SSL_CERT_FILE",
    "default-timeout": "UV_HTTP_TIMEOUT",
    "timeout": "UV_HTTP_TIMEOUT",
}
UV_INDEX_NAMES = ("UV_DEFAULT_INDEX", "UV_INDEX_URL", "UV_INDEX", "UV_EXTRA_INDEX_URL", "UV_FIND_LINKS", "UV_NO_INDEX")


class SetupError(Exception):
    """The environment cannot be built; the message says what a person can do."""


def say(message: str) -> None:
    sys.stderr.write(message + "\n")
    sys.stderr.flush()


def run(command: list[str], environment: dict[str, str] | None = None) -> None:
    """Runs a command; SetupError names it when it fails."""
    finished = subprocess.run(command, cwd=ROOT, env=environment, check=False)
    if finished.returncode:
        raise SetupError(f"this command failed (exit code {finished.returncode}): {' '.join(command)}")


def check_python() -> None:
    if sys.version_info < OLDEST_PYTHON:
        found = ".".join(str(part) for part in sys.version_info[:3])
        raise SetupError(
            f"Plumbline needs Python 3.11 or later, and {sys.executable} is {found}. "
            "Install a newer one and name it: make PYTHON=python3.12 setup"
        )


def administrator_prefix() -> list[str] | None:
    """What to put before apt-get: nothing as root, `sudo -n` where that works without a password, else None."""
    if shutil.which("apt-get") is None:
        return None
    if os.geteuid() == 0:
        return []
    if (
        shutil.which("sudo")
        and subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0
    ):
        return ["sudo", "-n"]
    return None


def apt_install(*packages: str) -> bool:
    """Whether Debian's packages could be installed; says so on stderr before it tries."""
    prefix = administrator_prefix()
    if prefix is None:
        return False
    say(f"installing {' '.join(packages)} with apt-get")
    quiet = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "-y"]
    for command in ([*quiet, "update"], [*quiet, "install", "--no-install-recommends", *packages]):
        if subprocess.run(command, stdout=subprocess.DEVNULL, check=False).returncode:
            return False
    return True


def venv_works() -> bool:
    """Whether .venv has a Python of ours with pip, made for this folder (a moved checkout breaks its scripts)."""
    if not PYTHON.exists():
        return False
    probe = "import pip, sys; print(sys.version_info >= (3, 11))"
    finished = subprocess.run([str(PYTHON), "-c", probe], capture_output=True, text=True, check=False)
    if finished.returncode or finished.stdout.strip() != "True":
        return False
    return read_stamp().get("path", str(VENV)) == str(VENV)


def create_venv() -> None:
    if venv_works():
        return
    if importlib.util.find_spec("ensurepip") is None or importlib.util.find_spec("venv") is None:
        version = f"python{sys.version_info.major}.{sys.version_info.minor}"
        if not (apt_install("python3-venv") or apt_install(f"{version}-venv")):
            raise SetupError(
                f"{sys.executable} cannot make virtual environments. Install its venv package "
                f"(Debian and Ubuntu: sudo apt-get install python3-venv) and run make again"
            )
    say("creating .venv")
    run([sys.executable, "-m", "venv", "--clear", str(VENV)])


def digest(*paths: Path) -> str:
    content = hashlib.sha256()
    for path in paths:
        content.update(path.read_bytes())
    return content.hexdigest()


def read_stamp() -> dict[str, str]:
    try:
        found: dict[str, str] = json.loads(STAMP.read_text())
    except (OSError, ValueError):
        return {}
    return found


def uv_environment() -> dict[str, str]:
    """The process environment, with pip's own index settings told to uv unless uv has been told already."""
    environment = dict(os.environ)
    listing = subprocess.run([str(PYTHON), "-m", "pip", "config", "list"], capture_output=True, text=True, check=False)
    settings: dict[str, dict[str, str]] = {"global": {}, "install": {}, ":env:": {}}
    for line in listing.stdout.splitlines():
        key, separator, value = line.partition("=")
        section, _, name = key.strip().rpartition(".")
        if separator and section in settings:
            settings[section][name] = " ".join(str(ast.literal_eval(value)).split())
    merged = {**settings["global"], **settings["install"], **settings[":env:"]}
    told_already = any(name in environment for name in UV_INDEX_NAMES)
    for pip_name, value in merged.items():
        uv_name = UV_NAME_BY_PIP_NAME.get(pip_name)
        if uv_name is None or not value or (told_already and uv_name in (*UV_INDEX_NAMES, "UV_INSECURE_HOST")):
            continue
        environment.setdefault(uv_name, value.replace(" ", ",") if uv_name == "UV_FIND_LINKS" else value)
    # As pip does: the best version of all indexes. The hashes say which file it may be.
    environment.setdefault("UV_INDEX_STRATEGY", "unsafe-best-match")
    environment.setdefault("UV_LINK_MODE", "copy" if sys.platform == "win32" else "hardlink")
    environment.pop("VIRTUAL_ENV", None)
    return environment


def install(level: str) -> None:
    """Brings .venv to `level`; does nothing where the stamp says that it is there."""
    wanted = {
        "path": str(VENV),
        "bootstrap": digest(REQUIREMENTS / "bootstrap.txt"),
        "runtime": digest(REQUIREMENTS / "runtime.lock", ROOT / "pyproject.toml"),
        "dev": digest(REQUIREMENTS / "dev.lock", ROOT / "pyproject.toml"),
    }
    needed = LEVELS[: LEVELS.index(level) + 1]
    if PYTHON.exists() and all(read_stamp().get(name) == wanted[name] for name in ("path", *needed)):
        return
    create_venv()
    stamp = read_stamp()
    if stamp.get("bootstrap") != wanted["bootstrap"]:
        lock = str(REQUIREMENTS / "bootstrap.txt")
        run([str(PYTHON), "-m", "pip", "install", "-q", "--require-hashes", "--no-deps", "-r", lock])
    if level != "bootstrap":
        lock = str(REQUIREMENTS / f"{level}.lock")
        say(f"installing requirements/{level}.lock")
        uv = [str(PYTHON), "-m", "uv", "pip", "install", "--quiet", "--python", str(PYTHON), "--no-deps"]
        environment = uv_environment()
        run([*uv, "--require-hashes", "-r", lock], environment)
        run([*uv, "--no-build-isolation", "--no-index", "--editable", str(ROOT)], environment)
    STAMP.write_text(json.dumps({name: wanted[name] for name in ("path", *needed)}))


def main(arguments: list[str]) -> int:
    if arguments == ["browser"]:
        return ensure_browser()
    if len(arguments) != 1 or arguments[0] not in LEVELS:
        say(f"error: say what to set up: {', '.join((*LEVELS, 'browser'))}")
        return 2
    try:
        check_python()
        install(arguments[0])
    except SetupError as error:
        say(f"error: {error}")
        return 1
    return 0


def ensure_browser() -> int:
    """Tries to have a Chromium for the browser tests; without one they skip and say so."""
    if any(shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome")):
        return 0
    if not apt_install("chromium"):
        say("no Chromium, and no right to install one with apt-get: the browser tests will be skipped")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
