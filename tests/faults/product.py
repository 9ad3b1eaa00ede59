"""The API as the launcher runs it, with its own database, to be killed and started again."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import psycopg
from psycopg.rows import dict_row

from api.core.embedded_postgres import running_url

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 60
ADMIN = {"email": "boss@demo.example", "password": "tulips on the north wall"}
SETTINGS = {
    "ENVIRONMENT": "test",
    "DEMO_DATA": "false",
    "LOG_LEVEL": "WARNING",
    "RATE_LIMIT_ENABLED": "false",
    "FIRST_ADMIN_EMAIL": ADMIN["email"],
    "FIRST_ADMIN_PASSWORD": ADMIN["password"],
}


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Product:
    """One API process and, as its child, one PostgreSQL; port and data outlive both."""

    def __init__(self, data_dir: Path, **settings: str) -> None:
        self.data_dir = data_dir
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = data_dir.parent / "product.log"
        self._settings = settings
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def process(self) -> subprocess.Popen[bytes]:
        """The API's process."""
        assert self._process is not None, "the product was not started"
        return self._process

    @property
    def database_url(self) -> str:
        """Where its PostgreSQL answers."""
        url = running_url(self.data_dir)
        assert url is not None, "no PostgreSQL runs"
        return url

    def environment(self, **changes: str) -> dict[str, str]:
        """The caller's environment without its settings, plus the product's."""
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        own = {"DATA_DIR": str(self.data_dir), "PORT": str(self.port), "PUBLIC_URL": self.url}
        return {**kept, **SETTINGS, **own, **self._settings, **changes}

    def spawn(self, *arguments: str, **changes: str) -> subprocess.Popen[bytes]:
        """Start a program of the product in the background."""
        with self.log.open("ab") as log:
            return subprocess.Popen(
                [sys.executable, *arguments], cwd=ROOT, env=self.environment(**changes), stdout=log, stderr=log
            )

    def start(self) -> None:
        """Start and wait until it answers."""
        self._process = self.spawn("-m", "dealsmart_app.serve", "--api-only")
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and self._process.poll() is None:
            with contextlib.suppress(httpx.HTTPError):
                if httpx.get(f"{self.url}/api/v1/health/ready", timeout=2).is_success:
                    return
            time.sleep(0.1)
        raise AssertionError(f"the product did not start:\n{self.log.read_text()[-3000:]}")

    def kill(self) -> None:
        """End the API with SIGKILL."""
        self.process.kill()
        self.process.wait(10)

    def postmaster(self) -> int:
        """Return the process number of its PostgreSQL."""
        children = Path(f"/proc/{self.process.pid}/task").glob("*/children")
        pids = [int(pid) for file in children for pid in file.read_text().split()]
        found = [pid for pid in pids if Path(f"/proc/{pid}/comm").read_text().strip() == "postgres"]
        assert len(found) == 1, f"not one PostgreSQL but {found}"
        return found[0]

    def kill_database(self) -> None:
        """End PostgreSQL's postmaster with SIGKILL."""
        os.kill(self.postmaster(), signal.SIGKILL)

    def sign_in(self) -> dict[str, str]:
        """Return the headers of the first admin."""
        answer = httpx.post(f"{self.url}/api/v1/auth/login", json=ADMIN, timeout=15)
        assert answer.is_success, answer.text
        return {"Authorization": f"Bearer {answer.json()['data']['access_token']}"}

    def rows(self, sql: str, values: Any = ()) -> list[dict[str, Any]]:
        """Ask its database."""
        with psycopg.connect(self.database_url) as connection, connection.cursor(row_factory=dict_row) as cursor:
            return cursor.execute(sql.encode(), values).fetchall()

    def write(self, sql: str, values: Any = ()) -> None:
        """Change its database."""
        with psycopg.connect(self.database_url) as connection:
            connection.execute(sql.encode(), values)


@contextlib.contextmanager
def running(folder: Path, **settings: str) -> Iterator[Product]:
    """Run the product for the block; its files lie below `folder`."""
    folder.chmod(0o755)
    product = Product(folder / "data", **settings)
    product.start()
    try:
        yield product
    finally:
        if product.process.poll() is None:
            product.process.terminate()
        product.process.wait(15)


HALF_DONE = """
SELECT m.id::text AS id, 'a draft without its suggestion' AS fault
FROM messages m LEFT JOIN suggestions s ON s.id = m.id WHERE m.state = 'draft' AND s.id IS NULL
UNION ALL
SELECT c.id::text, 'a pending draft that is not there' FROM conversations c
LEFT JOIN messages m ON m.id = c.pending_draft_id AND m.state = 'draft'
LEFT JOIN suggestions s ON s.id = c.pending_draft_id AND s.status IN ('ready', 'flagged')
WHERE c.pending_draft_id IS NOT NULL AND (m.id IS NULL OR s.id IS NULL)
UNION ALL
SELECT m.id::text, 'an undecided draft that no conversation shows' FROM messages m
JOIN conversations c ON c.id = m.conversation_id
WHERE m.state = 'draft' AND c.pending_draft_id IS DISTINCT FROM m.id
UNION ALL
SELECT c.id::text, 'a newest message that is not the newest' FROM conversations c
WHERE c.last_message_id IS DISTINCT FROM (
    SELECT m.id FROM messages m WHERE m.conversation_id = c.id AND m.state = 'sent' AND NOT m.internal
    ORDER BY m.ordered_at DESC LIMIT 1)
"""
