"""The whole product, built and served once for all the tests of a worker."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

ROOT = Path(__file__).resolve().parent.parent
PASSWORD = "Quiet-Gearbox-27"  # of everybody in the demonstration data
COOKIE = "dealsmart_session"
START_SECONDS = 300  # the screens' first build included


@dataclass(frozen=True)
class Served:
    """Where the product answers, and the folder of its data where that is known."""

    url: str
    data: Path | None = None

    @contextmanager
    def sign_in(self, name: str) -> Iterator[httpx.Client]:
        """Open a client with the session cookie of one of the demonstration's people."""
        person = {"email": f"{name}@demo.example", "password": PASSWORD}
        with httpx.Client(base_url=self.url, headers={"Origin": self.url}, timeout=15) as client:
            client.post("/api/v1/auth/login", json=person).raise_for_status()
            yield client


def cookie_of(client: httpx.Client) -> str:
    """Return the client's session cookie as a header has it."""
    return f"{COOKIE}={client.cookies[COOKIE]}"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def start(folder: Path, port: int | None = None, **more: str) -> dict[str, Any]:
    """Serve the product with its data in `folder/data`; `more` are settings by their environment's names.

    Raises:
        RuntimeError: it did not come up; the end of its log says why.
    """
    port = port or _free_port()
    url = f"http://localhost:{port}"
    own = {"PORT": str(port), "PUBLIC_URL": url, "DATA_DIR": str(folder / "data"), "DATABASE_URL": ""}
    fixed = {"ENVIRONMENT": "development", "DEMO_DATA": "true", "RATE_LIMIT_ENABLED": "false"}
    fixed["WEBHOOK_ALLOW_PRIVATE"] = "true"  # so that a test's own server can be told
    with (folder / "served.log").open("a") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "dealsmart_app.serve"],
            cwd=ROOT,
            env=os.environ | own | fixed | more,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if httpx.get(f"{url}/api/v1/health/ready", timeout=2).is_success:
                return {"pid": process.pid, "url": url}
        except httpx.HTTPError:
            time.sleep(0.3)
    raise RuntimeError(f"the product did not start:\n{(folder / 'served.log').read_text()[-2000:]}")


def stop(pid: int) -> None:
    """End a product that `start` began, and wait until it is gone."""
    os.kill(pid, signal.SIGTERM)
    for _ in range(100):
        try:
            os.kill(pid, 0)
            os.waitpid(pid, os.WNOHANG)
        except (ProcessLookupError, ChildProcessError):
            return
        time.sleep(0.1)


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The product with its demonstration data: one for each worker, so that nobody's preferences change under a test.

    SERVED_URL names one that runs already (SERVED_DATA its folder), which saves a minute while writing tests.
    """
    if running_url := os.environ.get("SERVED_URL"):
        yield Served(running_url, Path(data) if (data := os.environ.get("SERVED_DATA")) else None)
        return
    folder = tmp_path_factory.getbasetemp()
    running = start(folder)
    yield Served(running["url"], folder / "data")
    stop(running["pid"])
