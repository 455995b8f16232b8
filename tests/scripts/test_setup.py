"""Set-up and lock scripts: uv is told what pip was told, and locks hold no address and nothing that is ruled out."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


def load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "scripts" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


setup_environment = load("setup_environment")
lock = load("lock")


@pytest.fixture
def no_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """An environment in which neither pip nor uv has been told anything; the file that pip reads in it."""
    import os

    for name in list(os.environ):
        if name.startswith(("PIP_", "UV_", "SSL_CERT")):
            monkeypatch.delenv(name)
    pip_settings = tmp_path / "pip.conf"
    pip_settings.write_text("[global]\n")
    monkeypatch.setenv("PIP_CONFIG_FILE", str(pip_settings))
    return pip_settings


@pytest.mark.usefixtures("no_settings")
def test_uv_is_told_what_pips_environment_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(setup_environment, "PYTHON", Path(sys.executable))
    monkeypatch.setenv("PIP_INDEX_URL", "https://mirror.example/simple")
    monkeypatch.setenv("PIP_FIND_LINKS", "/wheels/one /wheels/two")
    told = setup_environment.uv_environment()
    assert told["UV_DEFAULT_INDEX"] == "https://mirror.example/simple"
    assert told["UV_FIND_LINKS"] == "/wheels/one,/wheels/two"


def test_uvs_own_settings_win(no_settings: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(setup_environment, "PYTHON", Path(sys.executable))
    monkeypatch.setenv("PIP_INDEX_URL", "https://mirror.example/simple")
    monkeypatch.setenv("UV_DEFAULT_INDEX", "https://own.example/simple")
    told = setup_environment.uv_environment()
    assert told["UV_DEFAULT_INDEX"] == "https://own.example/simple"
    assert "UV_FIND_LINKS" not in told


def test_an_old_python_is_named_with_the_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(setup_environment.sys, "version_info", (3, 9, 2))
    with pytest.raises(setup_environment.SetupError, match=r"3\.11 or later.*3\.9\.2.*PYTHON="):
        setup_environment.check_python()


def test_what_never_holds_is_cut_with_its_hashes() -> None:
    text = (
        "a==1 \\\n    --hash=sha256:aa\n"
        "torch==2 ; sys_platform == 'never' \\\n    --hash=sha256:bb \\\n    --hash=sha256:cc\n"
        "z==3 ; python_full_version < '3.12' \\\n    --hash=sha256:dd\n"
    )
    kept = lock.without_excluded(text)
    assert kept == "a==1 \\\n    --hash=sha256:aa\nz==3 ; python_full_version < '3.12' \\\n    --hash=sha256:dd\n"


@pytest.mark.parametrize("name", ["bootstrap.txt", "runtime.lock", "dev.lock"])
def test_committed_locks_have_hashes_and_no_addresses(name: str) -> None:
    text = (ROOT / "requirements" / name).read_text("utf-8")
    assert "://" not in text
    assert "never" not in text
    blocks = [block for block in text.replace("\\\n", "").splitlines() if block and not block.startswith("#")]
    assert blocks
    assert all("--hash=sha256:" in block and "==" in block for block in blocks)


def test_the_dev_lock_holds_what_the_runtime_lock_holds() -> None:
    def pins(name: str) -> set[str]:
        text = (ROOT / "requirements" / name).read_text("utf-8").replace("\\\n", "")
        return {line.partition("--hash")[0].strip() for line in text.splitlines() if line}

    assert pins("runtime.lock") <= pins("dev.lock")


def test_make_help_names_every_target() -> None:
    shown = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for target in ("help", "setup", "demo", "test", "test-all", "bench", "lint", "lock"):
        assert f"make {target} " in shown
