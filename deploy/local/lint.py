"""`make lint`: every check, to the end, and what each complains of."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time

from deploy.local.folders import ROOT
from deploy.local.stop import told

CHECKS: dict[str, list[str]] = {
    "ruff": ["ruff", "check", "--quiet", "."],
    "format": ["ruff", "format", "--check", "--quiet", "."],
    "types": ["mypy"],
    "imports": ["importlinter"],
    "templates": ["djlint", "--lint", "--quiet", "templates", "efc_portal"],
    "migrations": ["django", "makemigrations", "--check", "--dry-run"],
    "settings": ["django", "check", "--fail-level", "WARNING"],
    "lifecycles": ["django", "draw_lifecycles", "--check"],
    "identifiers": ["django", "describe_types", "--check"],
    "translations": ["deploy.local.translations_check"],
}
MODULES = {
    "importlinter": [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"],
    "django": [sys.executable, "-W", "ignore::RuntimeWarning", "manage.py"],
}


def main() -> None:
    failed = []
    with told(), tempfile.TemporaryDirectory(prefix="efc-lint-") as folder:
        environment = {**os.environ, "EFC_VAR": folder, "DJANGO_SETTINGS_MODULE": "efc_portal.settings.dev"}
        for name, (program, *arguments) in CHECKS.items():
            started = time.monotonic()
            command = [*MODULES.get(program, [sys.executable, "-m", program]), *arguments]
            done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
            good = done.returncode == 0
            print(f"{name:<13} {'ok' if good else 'FAILED'}  ({time.monotonic() - started:.0f} s)", flush=True)
            said = (done.stdout + done.stderr).strip()
            if not good:
                failed.append(name)
            if not good or (name == "translations" and said):
                print("\n".join(f"    {line}" for line in said.splitlines()), flush=True)
    sys.exit(f"make lint: {', '.join(failed)} failed." if failed else 0)


if __name__ == "__main__":
    main()
