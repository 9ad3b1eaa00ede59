"""The launcher as a process: it comes up, says where, survives kills, ends in time, explains what hinders it."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import psycopg
import pytest

from api.core.embedded_postgres import running_url

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 60
STOP_SECONDS = 10


def environment(data_dir: Path, **settings: str) -> dict[str, str]:
    """The caller's environment without its settings, plus these."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return {**kept, "DATA_DIR": str(data_dir), "LOG_LEVEL": "WARNING", **settings}


def command(*flags: str) -> list[str]:
    return [sys.executable, "-m", "dealsmart_app.serve", *flags]


def launched(data_dir: Path, *flags: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run a verb to its end."""
    return subprocess.run(
        command(*flags), cwd=ROOT, env=environment(data_dir, **settings),
        capture_output=True, text=True, check=False, timeout=START_SECONDS,
    )  # fmt: skip


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@dataclass
class Product:
    """A running API of the launcher, and what it said until it was ready."""

    process: subprocess.Popen[str]
    port: int
    data_dir: Path
    said: str

    @property
    def database(self) -> str:
        url = running_url(self.data_dir)
        assert url is not None
        return url

    def health(self) -> int:
        return httpx.get(f"http://127.0.0.1:{self.port}/api/v1/health/ready", timeout=10).status_code


def started(data_dir: Path) -> Product:
    """Start the API and wait until it says that it is ready."""
    port = free_port()
    process = subprocess.Popen(
        command("--api-only"), cwd=ROOT, env=environment(data_dir, PORT=str(port)), text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    assert process.stdout
    said = ""
    for line in process.stdout:
        said += line
        if "The API is ready" in line:
            return Product(process, port, data_dir, said)
    pytest.fail(f"the launcher ended with {process.wait()}:\n{said}")


@pytest.fixture
def data_dir() -> Iterator[Path]:
    """A folder of its own for each test, which every account may enter."""
    with tempfile.TemporaryDirectory(prefix="hub-launch-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder / "data"


@pytest.fixture
def product(data_dir: Path) -> Iterator[Product]:
    """A running API on a database of its own."""
    running = started(data_dir)
    yield running
    running.process.kill()
    running.process.wait()


def people(url: str) -> int:
    with psycopg.connect(url) as connection:
        row = connection.execute("SELECT count(*) FROM users").fetchone()
    return row[0] if row else 0


def answers(url: str) -> bool:
    try:
        return people(url) > 0
    except psycopg.OperationalError:
        return False


def test_comes_up_with_steps_an_address_and_people(product: Product) -> None:
    assert "Starting the database: done in" in product.said
    assert "Migrating the database: done in" in product.said
    assert f":{product.port}/api/v1/docs" in product.said
    assert product.health() == 200
    assert people(product.database) > 0


def test_ends_within_ten_seconds_whatever_is_under_way(product: Product) -> None:
    url = product.database
    with socket.create_connection(("127.0.0.1", product.port)) as dawdler:
        dawdler.sendall(b"POST /api/v1/auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n{")
        time.sleep(0.3)
        begin = time.monotonic()
        product.process.send_signal(signal.SIGTERM)
        assert product.process.wait(STOP_SECONDS) == 0
        assert time.monotonic() - begin < STOP_SECONDS
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(url, connect_timeout=2)
    assert running_url(product.data_dir) is None


def test_carries_on_after_kill(product: Product) -> None:
    before = people(product.database)
    product.process.kill()
    product.process.wait()
    again = started(product.data_dir)
    try:
        assert again.health() == 200
        assert people(again.database) == before
    finally:
        again.process.terminate()
        again.process.wait(STOP_SECONDS)


def test_carries_on_when_the_database_is_killed(product: Product) -> None:
    with psycopg.connect(product.database) as connection:
        [[path]] = connection.execute("SHOW data_directory").fetchall()
    postmaster = int((Path(path) / "postmaster.pid").read_text().split()[0])
    os.kill(postmaster, signal.SIGKILL)
    deadline = time.monotonic() + 20
    while not answers(product.database) or product.health() != 200:
        assert time.monotonic() < deadline, "the API does not find its database again"
        time.sleep(0.2)
    assert int((Path(path) / "postmaster.pid").read_text().split()[0]) != postmaster


def test_a_verb_beside_a_running_product_uses_its_database(product: Product) -> None:
    done = launched(product.data_dir, "--migrate")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Starting the database" not in done.stdout


def one_sentence(done: subprocess.CompletedProcess[str]) -> str:
    assert done.returncode == 1
    assert done.stderr == ""
    assert done.stdout.startswith("Cannot start: ")
    assert done.stdout.count("\n") == 1, done.stdout
    return done.stdout


def test_a_busy_port_is_one_sentence(data_dir: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as busy:
        port = busy.getsockname()[1]
        said = one_sentence(launched(data_dir, PORT=str(port)))
    assert f"port {port} on 127.0.0.1" in said
    assert not data_dir.exists()


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({"PORT": "many"}, "PORT"),
        ({"DATABASE_URL": "mysql://localhost/hub"}, "DATABASE_URL"),
        ({"ENVIRONMENT": "production"}, "SECRET_KEY"),
        ({"DATABASE_URL": f"postgresql://hub:hush-hush@127.0.0.1:{free_port()}/hub"}, "the database does not answer"),
    ],
)
def test_bad_settings_are_one_sentence(data_dir: Path, settings: dict[str, str], expected: str) -> None:
    said = one_sentence(launched(data_dir, "--api-only", **{"PORT": str(free_port()), **settings}))
    assert expected in said
    assert "hush-hush" not in said


def test_a_data_folder_that_cannot_be_made_is_one_sentence(data_dir: Path) -> None:
    data_dir.write_text("a file in the way")
    done = launched(data_dir, "--migrate")
    assert done.returncode == 1
    assert done.stdout.splitlines()[-1].startswith("Cannot start: The embedded PostgreSQL cannot use")
    assert done.stderr == ""


def test_a_revision_wants_its_reason(data_dir: Path) -> None:
    assert "says why" in one_sentence(launched(data_dir, "--revision", " "))


def test_a_production_database_is_not_reset(data_dir: Path) -> None:
    keys = dict.fromkeys(("SECRET_KEY", "ENCRYPTION_KEY"), "k" * 32)
    url = f"postgresql://hub@127.0.0.1:{free_port()}/hub"
    said = one_sentence(launched(data_dir, "--reset", ENVIRONMENT="production", DATABASE_URL=url, **keys))
    assert "not reset" in said
