"""The API in a process of its own, on a database of its own, with people in it and its log in a file."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import httpx
import psycopg
from sqlalchemy.engine import make_url

from api.core.security import issue_access_token, new_token, token_hash
from models.base import new_id, utc_now
from models.users import Role
from tests.conftest import ROOT, migrate

SECRET = "s" * 40
START_SECONDS = 60
_PERSON = """
INSERT INTO users (id, created_at, updated_at, email, username, display_name, role, status, bio, email_verified_at)
VALUES (%(id)s, now(), now(), %(name)s || '@demo.example', %(name)s, initcap(%(name)s), %(role)s, 'active', '', now())
"""
_SESSION = """
INSERT INTO auth_sessions (id, created_at, updated_at, user_id, cookie_hash, refresh_hash, expires_at, last_seen_at)
VALUES (%(id)s, now(), now(), %(user)s, %(cookie)s, %(refresh)s, now() + interval '1 day', now())
"""


@dataclass(frozen=True)
class OwnProcess:
    """Where it answers, where its log is, and an access token of each role."""

    url: str
    log: Path
    tokens: dict[Role, str]

    def headers(self, role: Role | None) -> dict[str, str]:
        """Return what proves that somebody has the role; nothing for nobody."""
        return {} if role is None else {"Authorization": f"Bearer {self.tokens[role]}"}


@contextmanager
def own_process(server_url: str, folder: Path, **settings: str) -> Iterator[OwnProcess]:
    """Run `api.main:app` on a new database of the server, for the block."""
    with _own_database(server_url) as url, _another_process(url, folder, _people(url), **settings) as running:
        yield running


@contextmanager
def two_processes(server_url: str, folder: Path, **settings: str) -> Iterator[tuple[OwnProcess, OwnProcess]]:
    """Run it twice on one new database, for the block; who proves himself to the one does so to the other."""
    with _own_database(server_url) as url:
        tokens = _people(url)
        with (
            _another_process(url, folder / "one", tokens, **settings) as one,
            _another_process(url, folder / "two", tokens, **settings) as two,
        ):
            yield one, two


@contextmanager
def _own_database(server_url: str) -> Iterator[str]:
    name = f"own_{uuid4().hex[:8]}"
    url = make_url(server_url).set(database=name).render_as_string(hide_password=False)
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"'.encode())
    migrate(url)
    yield url
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())


@contextmanager
def _another_process(database_url: str, folder: Path, tokens: dict[Role, str], **settings: str) -> Iterator[OwnProcess]:
    """Run it on a database that is there, for the block."""
    folder.mkdir(exist_ok=True)
    log = folder / "api.log"
    with log.open("w") as stream, socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(128)
        base = f"http://127.0.0.1:{listener.getsockname()[1]}"
        fixed = {"ENVIRONMENT": "test", "DATABASE_URL": database_url, "DATA_DIR": str(folder), "SECRET_KEY": SECRET}
        command = [sys.executable, "-m", "uvicorn", "api.main:app", "--fd", str(listener.fileno()), "--no-access-log"]
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env={**os.environ, **fixed, "PUBLIC_URL": base, **settings},
            stdout=stream,
            stderr=stream,
            pass_fds=[listener.fileno()],
        )
        try:
            _wait_until_ready(base, process)
            yield OwnProcess(base, log, tokens)
        finally:
            process.terminate()
            process.wait(timeout=15)


def _people(url: str) -> dict[Role, str]:
    tokens = {}
    with psycopg.connect(url) as connection:
        for name in (*Role, "deputy"):
            role = Role.ADMIN if name == "deputy" else Role(name)
            user, session = new_id(), new_id()
            hashes = {"cookie": token_hash(new_token()), "refresh": token_hash(new_token())}
            connection.execute(_PERSON, {"id": user, "name": str(name), "role": role.value})
            connection.execute(_SESSION, {"id": session, "user": user, **hashes})
            tokens[role] = issue_access_token(SECRET.encode(), user, session, role, utc_now())
    return tokens


def _wait_until_ready(base: str, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if httpx.get(f"{base}/api/v1/health/ready", timeout=2).status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    raise RuntimeError("the API did not start")
