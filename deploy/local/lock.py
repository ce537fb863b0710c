"""`make lock`: compile what we ask for (requirements*.in) to what is installed (requirements*.txt, with hashes)."""

from __future__ import annotations

import subprocess
import sys

from deploy.local.folders import ROOT
from deploy.local.stop import Stop, told

OPTIONS = ["--universal", "--generate-hashes", "--no-emit-index-url", "--no-header", "--python-version", "3.11"]


def main() -> None:
    with told():
        for name in ("requirements", "requirements-dev"):
            print(f"Compiling {name}.in", flush=True)
            command = [sys.executable, "-m", "uv", "pip", "compile", *OPTIONS, "--quiet", *sys.argv[1:]]
            command += [f"{name}.in", "-o", f"{name}.txt"]
            if subprocess.run(command, cwd=ROOT).returncode:
                raise Stop(f"{name}.in could not be compiled, and {name}.txt is as it was: uv says why above.")
        print("Both are compiled. Run “make test” before committing them.")


if __name__ == "__main__":
    main()
