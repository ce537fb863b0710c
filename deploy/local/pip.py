"""Running pip so that a person sees how far it is, and reads one sentence when it fails."""

from __future__ import annotations

import re
import subprocess
import threading
from pathlib import Path

from deploy.local.progress import Progress
from deploy.local.stop import Stop, full_disk

_PIN = re.compile(r"^[A-Za-z0-9][A-Za-z0-9._-]*(\[[^\]]*\])?==", re.MULTILINE)
_TAKEN_UP = re.compile(r"^(Collecting|Requirement already satisfied:|Ignoring) ([A-Za-z0-9][A-Za-z0-9._-]*)")


def install(python: Path, requirements: Path, progress: Progress, *, log: Path) -> int:
    """Install pinned requirements with pip as the machine configures it; returns how many there are.

    `--no-deps` because the file names every dependency: pip need not search for any.
    """
    total = len(_PIN.findall(requirements.read_text()))
    command = [str(python), "-m", "pip", "install", "--require-hashes", "--no-deps", "--progress-bar", "off"]
    command += ["--no-input", "--disable-pip-version-check", "-r", str(requirements)]
    said: list[str] = []
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        assert process.stdout is not None
        finished = threading.Event()
        try:
            seen = 0
            for line in process.stdout:
                said.append(line)
                if match := _TAKEN_UP.match(line):
                    seen += 1
                    progress.at(f"package {seen} of {total}, {match[2]}")
                elif line.startswith("Installing collected packages:"):
                    wanted = len(line.split(":", 1)[1].split(","))
                    threading.Thread(target=_watch, args=(python, wanted, progress, finished), daemon=True).start()
        except BaseException:
            process.terminate()
            raise
        finally:
            finished.set()
            log.write_text("".join(said))
    if process.returncode:
        raise _failure(said, requirements.name, log)
    return total


def _watch(python: Path, wanted: int, progress: Progress, finished: threading.Event) -> None:
    """pip is silent while it unpacks: count the packages that have arrived in site-packages."""
    (site,) = (python.parent.parent / "lib").glob("python3*/site-packages")
    before = len(list(site.glob("*.dist-info")))
    while not finished.wait(0.5):
        arrived = len(list(site.glob("*.dist-info"))) - before
        progress.at(f"unpacking {min(arrived + 1, wanted)} of {wanted}")


def _failure(said: list[str], name: str, log: Path) -> Stop:
    text = "".join(said)
    if "No space left on device" in text:
        return full_disk(log.parent)
    if "DO NOT MATCH THE HASHES" in text:
        return Stop(f"A downloaded package differs from its hash in {name}: do not use it, and look into {log}.")
    if "Temporary failure in name resolution" in text or "NewConnectionError" in text or "ProxyError" in text:
        return Stop(
            f"pip could not reach its package registry: check the network, or pip's configuration "
            f"(“pip config list”), then run the same command again. All it said is in {log}."
        )
    errors = [line.strip() for line in said if line.startswith("ERROR:")]
    reason = errors[-1].removeprefix("ERROR:").strip() if errors else "it did not say why"
    return Stop(f"pip could not install {name} ({reason}). All it said is in {log}.")
