"""The step before there is an environment: each thing that can be missing is one sentence."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from deploy.local.folders import ROOT
from deploy.local.pip import _failure

BASE_PYTHON = getattr(sys, "_base_executable", sys.executable)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A fresh clone, as far as the first step reads it, in a folder with a space in its name."""
    folder = tmp_path / "a clone"
    shutil.copytree(ROOT / "deploy", folder / "deploy", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("requirements.txt", "requirements-dev.txt", "Makefile"):
        shutil.copy(ROOT / name, folder)
    return folder


def python(checkout: Path, before: str) -> subprocess.CompletedProcess[str]:
    """`python -m deploy run` in a Python that lacks something."""
    code = f"import runpy, sys; sys.argv = ['deploy', 'run']; {before}; runpy.run_module('deploy', run_name='__main__')"
    return subprocess.run([BASE_PYTHON, "-c", code], cwd=checkout, capture_output=True, text=True, timeout=60)


def one_sentence(done: subprocess.CompletedProcess[str]) -> str:
    assert done.returncode != 0
    assert "Traceback" not in done.stderr
    (line,) = done.stderr.strip().splitlines()
    return line


def test_an_old_python(checkout: Path) -> None:
    said = one_sentence(python(checkout, "sys.version_info = (3, 9, 2)"))
    assert said.startswith("The portal needs Python 3.11 or newer, and this is 3.9")
    assert "apt install python3" in said


def test_the_entry_is_readable_for_old_versions() -> None:
    """No syntax younger than Python 3.6, or the sentence above would be a SyntaxError."""
    import ast

    ast.parse((ROOT / "deploy" / "__main__.py").read_text(), feature_version=(3, 6))


def test_no_venv_module(checkout: Path) -> None:
    said = one_sentence(python(checkout, "sys.modules['ensurepip'] = None"))
    assert "apt install python3-venv" in said
    assert not (checkout / ".venv").exists()


def test_a_disk_too_small(checkout: Path) -> None:
    """A real small file system, mounted in a namespace of its own."""
    script = 'mount -t tmpfs -o size=20m none "$1" && cp -r "$2"/. "$1" && cd "$1" && exec "$3" -m deploy run'
    small = checkout.parent / "small"
    small.mkdir()
    inside = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c"]
    if subprocess.run([*inside, "true"], capture_output=True).returncode:
        pytest.skip("This machine allows no user namespaces, which the small disk is mounted in.")
    done = subprocess.run(
        [*inside, script, "sh", small, checkout, BASE_PYTHON], capture_output=True, text=True, timeout=60
    )
    assert one_sentence(done).startswith("The disk is too full: the Python environment needs")


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("ERROR: [Errno 28] No space left on device", "The disk is full"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", "differs from its hash"),
        ("WARNING: Retrying: NewConnectionError('<pip._vendor…>: Failed')", "check the network"),
        ("ERROR: No matching distribution found for x==1", "No matching distribution found for x==1"),
    ],
)
def test_a_failing_pip(said: str, sentence: str, tmp_path: Path) -> None:
    assert sentence in str(_failure([said + "\n"], "requirements.txt", tmp_path / "pip.log"))


def test_help_lists_every_command(checkout: Path) -> None:
    done = subprocess.run(["make"], cwd=checkout, capture_output=True, text=True, check=True)
    for command in ("run", "test", "lint", "bench", "lock", "translations"):
        assert f"  {command} " in done.stdout
