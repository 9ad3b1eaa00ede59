"""EmbeddedPostgres: start, watch, restart and stop the server."""

import atexit
import logging
import os
import signal
import subprocess
import threading
import time
from concurrent.futures import Future
from pathlib import Path
from types import TracebackType
from typing import Self

import psycopg

from api.core.embedded_postgres.accounts import EmbeddedPostgresError
from api.core.embedded_postgres.binaries import launched
from api.core.embedded_postgres.cluster import (
    DATABASE,
    ENVIRONMENT,
    Cluster,
    free_port,
    grave_line,
    open_cluster,
    read_record,
    write_record,
)
from api.core.embedded_postgres.leftovers import clear_leftovers
from api.core.embedded_postgres.ownership import OwnerLock

log = logging.getLogger(__name__)

LOCK_FILE = "postgres.lock"
LOG_FILE = "postgres.log"
LOG_LIMIT_BYTES = 5_000_000
LOCK_SECONDS = 20.0
READY_SECONDS = 120.0  # the log may have to be replayed
ATTEMPTS = 5
EXTENSIONS = ("pg_trgm", "unaccent")
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "200",
    "shared_buffers": "256MB",
    "huge_pages": "off",
    "jit": "off",
    "fsync": "on",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "password_encryption": "scram-sha-256",
}


class EmbeddedPostgres:
    """One PostgreSQL server of our own, owned by this process.

    A thread of the object's own starts the server and stays until `stop`:
    Linux ends a child with the thread that made it, not with the process.
    Address and password stay the same while the port is free, so connection
    pools come back by themselves after a restart.

    Args:
        data_dir: Folder for the cluster, its log, lock and password; made if missing.
        watch: Whether to start the server again when something else ended it.
    """

    def __init__(self, data_dir: Path, *, watch: bool = True) -> None:
        self._data_dir = data_dir.expanduser().resolve()
        self._watch = watch
        self._lock = OwnerLock(self._data_dir / LOCK_FILE)
        self._calls = threading.Lock()
        self._spawning = threading.Lock()
        self._stopping = threading.Event()
        self._keeper: threading.Thread | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._url: str | None = None
        self._owner = os.getpid()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def url(self) -> str:
        """The database's address, password included.

        Raises:
            EmbeddedPostgresError: the server has not been started.
        """
        if self._url is None:
            raise EmbeddedPostgresError("The embedded PostgreSQL has not been started.")
        return self._url

    @property
    def pid(self) -> int | None:
        """The process number of the running server, if it runs."""
        process = self._process
        return process.pid if process is not None and process.poll() is None else None

    def start(self) -> str:
        """Start the server, or find it started; return the address of the database `dealsmart`.

        Blocks for about 0.2 s, a second where the cluster must be made, and up
        to 20 s for another owner to let go. Safe from any thread.

        Raises:
            EmbeddedPostgresError: one sentence on what stands in the way.
        """
        with self._calls:
            if self._url is None:
                self._stopping.clear()
                ready: Future[str] = Future()
                self._keeper = threading.Thread(target=self._keep, args=(ready,), name="postgres", daemon=True)
                self._keeper.start()
                try:
                    self._url = ready.result()
                except EmbeddedPostgresError:
                    self._keeper.join()
                    raise
                atexit.register(self.stop)
            return self._url

    def stop(self) -> None:
        """End the server: gently, after 5 s at once, after 7 s by force. Does nothing where none runs."""
        with self._calls:
            keeper = self._keeper
            if keeper is None or os.getpid() != self._owner:
                return
            with self._spawning:
                self._stopping.set()
            for number, patience in ((signal.SIGINT, 5), (signal.SIGQUIT, 2), (signal.SIGKILL, 2)):
                if self._process is not None:
                    self._process.send_signal(number)
                keeper.join(patience)
                if not keeper.is_alive():
                    break
            self._keeper = self._url = None
            atexit.unregister(self.stop)

    def _keep(self, ready: Future[str]) -> None:
        """Run the keeper thread: own the lock, the server and its restarts."""
        try:
            self._prepare_folder()
            self._lock.acquire(LOCK_SECONDS)
        except Exception as error:  # noqa: BLE001 - handed to the thread that waits in start()
            ready.set_exception(_in_one_sentence(error, self._data_dir))
            return
        try:
            cluster = self._first_start(ready)
            if cluster is not None:
                self._stay(cluster)
        finally:
            self._lock.release()

    def _first_start(self, ready: Future[str]) -> Cluster | None:
        try:
            cluster = open_cluster(self._data_dir)
            clear_leftovers(cluster.data)
            cluster.record.port = free_port(cluster.record.port)
            write_record(self._data_dir, cluster.record)
            self._bring_up(cluster)
            _make_database(cluster)
        except Exception as error:  # noqa: BLE001 - handed to the thread that waits in start()
            self._end_process()
            ready.set_exception(_in_one_sentence(error, self._data_dir))
            return None
        ready.set_result(cluster.record.url())
        return cluster

    def _stay(self, cluster: Cluster) -> None:
        """Wait for the server's end; start it again unless that end was asked for."""
        while self._process is not None:
            code = self._process.wait()
            if self._stopping.is_set() or not self._watch:
                return
            log.warning("PostgreSQL ended by itself (%s); starting it again", code)
            try:
                clear_leftovers(cluster.data)
                self._bring_up(cluster)
            except (EmbeddedPostgresError, OSError):
                log.exception("PostgreSQL does not start again")
                self._end_process()
                return

    def _bring_up(self, cluster: Cluster) -> None:
        """Start the server and wait until it answers; try again where remains of the last one hinder it."""
        for attempt in range(1, ATTEMPTS + 1):
            begin = self._log_path.stat().st_size if self._log_path.exists() else 0
            self._spawn(cluster)
            if self._process is None or self._answers(cluster):
                return
            if attempt == ATTEMPTS:
                raise EmbeddedPostgresError(f"PostgreSQL does not start: {self._complaint(begin)}.")
            self._stopping.wait(0.3 * attempt)

    def _spawn(self, cluster: Cluster) -> None:
        command = [
            str(cluster.binaries / "postgres"),
            "-D",
            str(cluster.data),
            "-p",
            str(cluster.record.port),
        ]
        for name, value in SETTINGS.items():
            command += ["-c", f"{name}={value}"]
        with self._spawning, self._log_path.open("ab") as output:
            if self._stopping.is_set():
                return
            self._process = subprocess.Popen(  # noqa: S603 - a program that find_binaries found
                launched(cluster.account, command),
                stdin=subprocess.PIPE, stdout=output, stderr=output,
                cwd="/", env=ENVIRONMENT, start_new_session=True,
            )  # fmt: skip

    def _answers(self, cluster: Cluster) -> bool:
        """Wait until the server answers; False where it ended instead."""
        deadline = time.monotonic() + READY_SECONDS
        while self._process is not None and self._process.poll() is None:
            try:
                psycopg.connect(cluster.record.url("postgres"), connect_timeout=3).close()
            except psycopg.OperationalError as error:
                if "password authentication failed" in str(error):
                    raise EmbeddedPostgresError(
                        f"The database in {cluster.home} has another password than the one in {self._data_dir}."
                    ) from error
                if time.monotonic() > deadline:
                    raise EmbeddedPostgresError(f"PostgreSQL did not answer within {READY_SECONDS:.0f} s.") from error
                time.sleep(0.02)
            else:
                return True
        return False

    def _end_process(self) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGQUIT)
            self._process.wait(10)
        self._process = None

    @property
    def _log_path(self) -> Path:
        return self._data_dir / LOG_FILE

    def _prepare_folder(self) -> None:
        self._data_dir.mkdir(parents=True, exist_ok=True)
        if self._log_path.exists() and self._log_path.stat().st_size > LOG_LIMIT_BYTES:
            self._log_path.replace(self._log_path.with_suffix(".log.1"))

    def _complaint(self, begin: int) -> str:
        """Return the first grave line that the server wrote from byte `begin` on."""
        with self._log_path.open("rb") as file:
            file.seek(begin)
            return grave_line(file.read().decode(errors="replace"))


def running_url(data_dir: Path) -> str | None:
    """Return the address of the server that another process runs for this DATA_DIR, if one does.

    For commands beside a running product, such as a second worker.
    """
    folder = data_dir.expanduser().resolve()
    record = read_record(folder) if OwnerLock(folder / LOCK_FILE).is_taken() else None
    return record.url() if record else None


def _make_database(cluster: Cluster) -> None:
    """Make the product's database where it is missing, and see that its extensions can be had."""
    with psycopg.connect(cluster.record.url("postgres"), autocommit=True) as connection:
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone()
        if known is None:
            connection.execute(f"CREATE DATABASE {DATABASE} TEMPLATE template0")
        rows = connection.execute(
            "SELECT name FROM pg_available_extensions WHERE name = ANY(%s)", [list(EXTENSIONS)]
        ).fetchall()
    missing = sorted(set(EXTENSIONS) - {name for (name,) in rows})
    if missing:
        raise EmbeddedPostgresError(
            f"The PostgreSQL in {cluster.binaries} lacks {' and '.join(missing)}: "
            "install its contrib package or set DATABASE_URL."
        )


def _in_one_sentence(error: Exception, data_dir: Path) -> EmbeddedPostgresError:
    """Turn whatever stood in the way into the one error that callers know."""
    if isinstance(error, EmbeddedPostgresError):
        return error
    if isinstance(error, OSError) and error.strerror:
        reason = f"The embedded PostgreSQL cannot use {error.filename or data_dir}: {error.strerror}."
    else:
        reason = f"The embedded PostgreSQL failed: {error}."
    found = EmbeddedPostgresError(reason)
    found.__cause__ = error
    return found
