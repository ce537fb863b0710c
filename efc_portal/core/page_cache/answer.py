"""An answer as it is sent: all its headers, its body in the encodings that browsers take, and its validator."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable
from functools import lru_cache

import brotli
from django.http import HttpRequest, HttpResponse
from django.http.response import ResponseHeaders
from django.utils.cache import patch_vary_headers

SMALLEST = 500  # bytes below which compressing only costs
BROTLI_QUALITY, GZIP_LEVEL = 7, 6
OVERHEAD = 8 * 1024  # headers, keys and tags of an answer, roughly, in bytes
OF_A_BODY = ("Content-Encoding", "Content-Length", "Content-Type")

_COMPRESS: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda body: bytes(brotli.compress(body, quality=BROTLI_QUALITY)),
    "gzip": lambda body: gzip.compress(body, GZIP_LEVEL, mtime=0),
}


class Answer:
    """A finished public answer. Only what is the same for everybody may become one: it is compressed (BREACH)."""

    def __init__(self, response: HttpResponse, *, tags: frozenset[str] = frozenset(), until: float = 0.0) -> None:
        self.tags, self.until = tags, until
        self._body = response.content
        self._hash = hashlib.sha256(self._body).hexdigest()[:32]
        self._headers = dict(response.headers)
        self._plain = ("content-encoding" not in response.headers) and len(self._body) >= SMALLEST
        self._forms: dict[tuple[str, bool], tuple[bytes, ResponseHeaders]] = {}
        self.size = len(self._body) * 3 // 2 + OVERHEAD  # compressed HTML is a quarter of itself, at most

    def response(self, request: HttpRequest) -> HttpResponse:
        """The answer to one reader: in an encoding that the browser takes, without a body to whoever has it already.

        Headers are shared by all readers: nothing outside of the page cache may change them.
        """
        meta = request.META
        encoding = preferred(meta.get("HTTP_ACCEPT_ENCODING", "")) if self._plain else ""
        known = "HTTP_IF_NONE_MATCH" in meta and self._is(meta["HTTP_IF_NONE_MATCH"])
        form = self._forms.get((encoding, known)) or self._form(encoding, known)
        response = HttpResponse(b"" if request.method == "HEAD" else form[0], status=304 if known else 200)
        response.headers = form[1]
        return response

    def _form(self, encoding: str, known: bool) -> tuple[bytes, ResponseHeaders]:
        body = b"" if known else _COMPRESS[encoding](self._body) if encoding else self._body
        headers = ResponseHeaders(self._headers)
        if known:
            for name in OF_A_BODY:
                headers.pop(name, None)
        else:
            headers["Content-Length"] = str(len(body))
            if encoding:
                headers["Content-Encoding"] = encoding
        headers["ETag"] = f'"{self._hash}-{encoding}"' if encoding else f'"{self._hash}"'
        self._forms[encoding, known] = (body, headers)
        return body, headers

    def _is(self, validators: str) -> bool:
        """Whether a reader has this answer, in whatever encoding; a proxy may have made its validator a weak one."""
        if validators.strip() == "*":
            return True
        tags = (one.strip().removeprefix("W/").strip('"') for one in validators.split(","))
        return any(tag.partition("-")[0] == self._hash for tag in tags)


def made_public(response: HttpResponse) -> HttpResponse:
    """Let anybody keep an answer, but ask before each use: so an edit shows at once."""
    response.headers.setdefault("Cache-Control", "public, no-cache")
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


@lru_cache(maxsize=256)
def preferred(accepted: str) -> str:
    """The best encoding out of an Accept-Encoding header (RFC 9110): `br`, `gzip`, or none."""
    wanted: dict[str, float] = {}
    for part in accepted.lower().split(","):
        name, _semicolon, parameter = part.partition(";")
        _q, _equals, weight = parameter.partition("=")
        try:
            wanted[name.strip()] = float(weight.strip() or 1)
        except ValueError:
            wanted[name.strip()] = 0.0
    rest = wanted.get("*", 0.0)
    best = max(_COMPRESS, key=lambda name: wanted.get(name, rest))  # the first of equals
    return best if wanted.get(best, rest) > 0 else ""
