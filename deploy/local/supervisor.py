"""supervisord, which starts the parts of the portal, starts again what dies, and stops all of them in order."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from xmlrpc.client import Fault, ServerProxy

from supervisor.xmlrpc import SupervisorTransport

from deploy.local.folders import ROOT, private
from deploy.local.parts import CONFIGURATION, LAUNCHER_PID

# Paths come from the environment, so that no character in them can mean anything in this file.
HEAD = """\
[supervisord]
nodaemon=true
silent=true
umask=077
logfile=%(ENV_EFC_RUN)s/log/supervisor.log
logfile_maxbytes=1MB
logfile_backups=1
pidfile=%(ENV_EFC_RUN)s/run/supervisor.pid
childlogdir=%(ENV_EFC_RUN)s/log
identifier=efc-portal

[unix_http_server]
file=%(ENV_EFC_SOCKETS)s/supervisor

[rpcinterface:supervisor]
supervisor.rpcinterface_factory=supervisor.rpcinterface:make_main_rpcinterface
"""
PART = """
[program:{name}]
numprocs={processes}
process_name=%(program_name)s{number}
command=.venv/bin/python -m deploy.local.parts {name}
priority={priority}
autostart={autostart}
autorestart=true
startsecs=2
startretries=100
stopsignal={stopsignal}
stopwaitsecs=20
killasgroup=true
redirect_stderr=true
stdout_logfile=%(ENV_EFC_RUN)s/log/{name}{number}.log
stdout_logfile_maxbytes=10MB
stdout_logfile_backups=2
"""
APPLICATION_PARTS = ("web", "worker", "beat")
WORKERS = 2


@dataclass(frozen=True)
class State:
    """A part as supervisord sees it."""

    name: str
    state: str  # RUNNING, STARTING, BACKOFF (it died at once and waits for its next try), FATAL …
    pid: int
    started: int  # when it was last started, in seconds since 1970


class Supervisor:
    def __init__(self, var: Path, sockets: Path, *, with_postgres: bool) -> None:
        self.var, self.sockets = var, sockets
        self.parts = (("postgres",) if with_postgres else ()) + APPLICATION_PARTS
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def logs(self) -> Path:
        return self.var / "log"

    def log(self, part: str) -> Path:
        return self.logs / f"{part}.log"

    def ended(self) -> bool:
        return self.process is None or self.process.poll() is not None

    def start(self, environment: dict[str, str]) -> subprocess.Popen[bytes]:
        """Start supervisord and with it PostgreSQL; the parts of the application wait for `start_part`."""
        private(self.logs)
        configuration = self.var / "run" / "supervisor.conf"
        configuration.write_text(HEAD + "".join(self._part(name) for name in self.parts) + self._application())
        environment |= {
            "EFC_SOCKETS": str(self.sockets),
            CONFIGURATION: str(configuration),
            LAUNCHER_PID: str(os.getpid()),
        }
        self.process = subprocess.Popen(
            [sys.executable, "-m", "deploy.local.parts", "supervisor"],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=self.log("supervisor.out").open("wb"),
            stderr=subprocess.STDOUT,
            start_new_session=True,  # Ctrl-C is the launcher's to handle
        )
        return self.process

    @staticmethod
    def _part(name: str) -> str:
        database, several = name == "postgres", name == "worker"
        return PART.format(
            name=name,
            processes=WORKERS if several else 1,
            number="%(process_num)d" if several else "",
            priority=1 if database else 10,
            autostart="true" if database else "false",
            stopsignal="INT" if database else "TERM",
        )

    @staticmethod
    def _application() -> str:
        """One group: its parts start and stop at the same time, and before the database stops."""
        return f"\n[group:portal]\npriority=10\nprograms={','.join(APPLICATION_PARTS)}\n"

    def _call(self, method: str, *arguments: object) -> object:
        transport = SupervisorTransport(None, None, f"unix://{self.sockets}/supervisor")
        proxy = ServerProxy("http://127.0.0.1", transport=transport)
        try:
            return getattr(proxy.supervisor, method)(*arguments)
        finally:
            transport.close()

    def start_application(self) -> None:
        self._call("startProcessGroup", "portal", False)

    def states(self) -> list[State]:
        """What each part does now; empty while supervisord does not answer."""
        try:
            found = self._call("getAllProcessInfo")
        except (OSError, Fault):
            return []
        assert isinstance(found, list)
        return [State(one["name"], one["statename"], one["pid"], one["start"]) for one in found]
