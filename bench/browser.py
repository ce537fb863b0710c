"""A person's browser, as light as it can be: one connection that is kept, cookies, forms. No page is rendered."""

from __future__ import annotations

import http.client
import socket
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http.cookies import SimpleCookie
from urllib.parse import urlencode

Form = Mapping[str, str | Sequence[str]]

PATIENCE_SECONDS = 60.0
CSRF, MESSAGES = "csrftoken", "messages"


@dataclass(frozen=True)
class Answer:
    status: int
    location: str
    body: bytes


class Browser:
    """`cookies` may hold a session that somebody else signed in."""

    def __init__(self, port: int, cookies: Mapping[str, str] | None = None) -> None:
        self.port = port
        self.cookies = dict(cookies or {})
        self._connection: http.client.HTTPConnection | None = None

    def get(self, path: str) -> Answer:
        return self._ask("GET", path)

    def post(self, path: str, form: Form) -> Answer:
        return self.post_body(path, encoded(form))

    def post_body(self, path: str, body: bytes) -> Answer:
        return self._ask("POST", path, body)

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _ask(self, method: str, path: str, body: bytes | None = None) -> Answer:
        """Raises OSError or HTTPException when the server goes away; the next question connects anew."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            headers["X-CSRFToken"] = self.cookies[CSRF]
        if self._connection is None:
            self._connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_SECONDS)
            self._connection.connect()
            self._connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        try:
            self._connection.request(method, path, body, headers)
            answer = self._connection.getresponse()
            content = answer.read()
        except (OSError, http.client.HTTPException):
            self.close()
            raise
        for line in answer.headers.get_all("Set-Cookie") or ():
            self._take(SimpleCookie(line))
        if answer.will_close:
            self.close()
        return Answer(answer.status, answer.headers.get("Location", ""), content)

    def _take(self, cookies: SimpleCookie) -> None:
        for name, morsel in cookies.items():
            if name != MESSAGES:  # a browser shows them on the next page, and they are gone
                self.cookies[name] = morsel.value


def encoded(form: Form) -> bytes:
    return urlencode(form, doseq=True).encode()


def signed_in(port: int, *, email: str, password: str, code: str) -> Browser:
    """A browser in which a person has signed in with password and second factor."""
    browser = Browser(port)
    browser.get("/accounts/login/")
    answer = browser.post("/accounts/login/", {"login": email, "password": password})
    if answer.status == 302 and "authenticate" in answer.location:
        answer = browser.post(answer.location, {"code": code})
    if answer.status != 302:
        raise RuntimeError(f"{email} could not sign in: the portal answers {answer.status}.")
    return browser
