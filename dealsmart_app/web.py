"""Around the built pages: no second hop to a trailing slash, caching, a content policy by page, no /_upload."""

import base64
import hashlib
import re
from functools import cache
from pathlib import Path

from reflex.utils.prerequisites import get_web_dir
from reflex_base import constants
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dealsmart_app.states.base import SCREENS

START = "/index.html"
IMMUTABLE = b"public, max-age=31536000, immutable"
_INLINE_SCRIPT = re.compile(r"<script(?![^>]*\bsrc=)[^>]*>(.*?)</script>", re.DOTALL)
# Reflex's client evaluates what a handler sends for toasts and focus, hence 'unsafe-eval'; the
# scripts that stand in a page are named by their hashes, so that injected ones do not run.
_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-eval' {hashes}; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: https:; font-src 'self'; connect-src 'self'; object-src 'none'; "
    "base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
)


def built_pages() -> Path:
    """Return the folder of the built screens."""
    return (get_web_dir() / constants.Dirs.STATIC).resolve()


@cache
def _hashes(page: Path) -> str:
    scripts = _INLINE_SCRIPT.findall(page.read_text(encoding="utf-8")) if page.is_file() else []
    digests = (base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts)
    return " ".join(sorted({f"'sha256-{digest}'" for digest in digests}))


def policy_of(path: str) -> str:
    """Return the content policy of a page, which names the scripts that its build put into it."""
    pages = built_pages()
    page = pages / path.removesuffix("index.html").strip("/") / "index.html"
    known = page.is_file() and page.is_relative_to(pages) and ".." not in path
    return _POLICY.format(hashes=_hashes(page if known else pages / "404.html"))


def _cache_rule(path: str, status: int) -> bytes:
    return IMMUTABLE if path.startswith("/assets/") and status in (200, 206, 304) else b"no-cache"


def _is_page(path: str, status: int, headers: list[tuple[bytes, bytes]]) -> bool:
    """Tell whether an answer is a page; 304 has no type, and a browser takes its policy for the page that it kept."""
    if status == 304:
        return path == START or "." not in path.rpartition("/")[2]
    return any(name == b"content-type" and value.startswith(b"text/html") for name, value in headers)


def front_door(inner: ASGIApp) -> ASGIApp:
    """Show people the start page at `/`, where programs get the API's name and version (contract, section 7)."""

    async def asgi(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"] == "/" and "text/html" in Headers(scope=scope).get("accept", ""):
            scope = {**scope, "path": START, "raw_path": START.encode()}
        await inner(scope, receive, send)

    return asgi


def guard_pages(inner: ASGIApp) -> ASGIApp:
    """Wrap the screens' ASGI app.

    Reflex's `/_upload` runs a handler for whoever knows a state's key, cookie or not
    (facts/reflex.md, section 2); files go to the API instead, so it answers 404.
    """

    async def asgi(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await inner(scope, receive, send)
            return
        path: str = scope["path"]
        if path == "/_upload" or path.startswith("/_upload/"):
            await PlainTextResponse("Not found", status_code=404)(scope, receive, send)
            return
        if path in SCREENS and path != "/":
            scope = {**scope, "path": f"{path}/", "raw_path": f"{path}/".encode()}

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = [pair for pair in message["headers"] if pair[0].lower() != b"cache-control"]
                headers.append((b"cache-control", _cache_rule(path, message["status"])))
                if _is_page(path, message["status"], headers):
                    headers.append((b"content-security-policy", policy_of(path).encode()))
                message = {**message, "headers": headers}
            await send(message)

        await inner(scope, receive, with_headers)

    return asgi
