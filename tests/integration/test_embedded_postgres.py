"""The embedded PostgreSQL under kills, second owners, lost ports and unreachable folders."""

import os
import pwd
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import LiteralString

import psycopg
import pytest

from api.core.embedded_postgres import EmbeddedPostgres, EmbeddedPostgresError, running_url, server
from api.core.embedded_postgres.cluster import read_record

OWNER = """
import sys, threading, time
from pathlib import Path
from typing import LiteralString
from api.core.embedded_postgres import EmbeddedPostgres
postgres = EmbeddedPostgres(Path(sys.argv[1]))
first = threading.Thread(target=postgres.start)
first.start()
first.join()
print(postgres.url, postgres.pid, flush=True)
time.sleep(120)
"""
is_root = os.geteuid() == 0


@pytest.fixture
def data_dir() -> Iterator[Path]:
    """A folder whose parents every account may enter."""
    with tempfile.TemporaryDirectory(prefix="hub-data-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder / "data"


def value(url: str, query: LiteralString) -> object:
    with psycopg.connect(url, connect_timeout=3) as connection:
        row = connection.execute(query).fetchone()
    return row[0] if row else None


def eventually(check: LiteralString, url: str, seconds: float = 10) -> object:
    """Ask until the server answers; fail with its last refusal."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            return value(url, check)
        except psycopg.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)


def runs(pid: int) -> bool:
    """Tell whether a process lives and is not a zombie."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def wait_for_end(pid: int, seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while runs(pid):
        assert time.monotonic() < deadline, f"process {pid} still runs"
        time.sleep(0.05)


def own(data_dir: Path) -> tuple[subprocess.Popen[str], str, int]:
    """Start a process that owns a server; return it, the address and the server's pid."""
    owner = subprocess.Popen([sys.executable, "-c", OWNER, str(data_dir)], stdout=subprocess.PIPE, text=True)
    assert owner.stdout
    url, pid = owner.stdout.readline().split()
    return owner, url, int(pid)


def test_keeps_data_address_and_password_across_starts(data_dir: Path) -> None:
    with EmbeddedPostgres(data_dir) as first:
        url = first.url
        with psycopg.connect(url) as connection:
            connection.execute("CREATE TABLE kept (word text)")
            connection.execute("INSERT INTO kept VALUES ('yes')")
    with EmbeddedPostgres(data_dir) as second:
        assert second.url == url
        assert value(url, "SELECT word FROM kept") == "yes"


def test_is_set_up_for_the_product(data_dir: Path) -> None:
    with EmbeddedPostgres(data_dir) as postgres:
        settings = {
            name: value(postgres.url, f"SHOW {name}")
            for name in ("fsync", "jit", "server_encoding", "listen_addresses")
        }
        assert settings == {"fsync": "on", "jit": "off", "server_encoding": "UTF8", "listen_addresses": "127.0.0.1"}
        assert value(postgres.url, "SELECT lower('ÄÖ')") == "äö"
        with psycopg.connect(postgres.url) as connection:
            connection.execute("CREATE EXTENSION pg_trgm")
            connection.execute("CREATE EXTENSION unaccent")
            found = connection.execute("SELECT unaccent('Žofie'), similarity('Golf', 'golf')").fetchone()
        assert found == ("Zofie", 1.0)


def test_refuses_a_wrong_password(data_dir: Path) -> None:
    with EmbeddedPostgres(data_dir) as postgres:
        record = read_record(data_dir)
        assert record is not None
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            value(postgres.url.replace(record.password, "wrong"), "SELECT 1")
    assert stat.S_IMODE((data_dir / "postgres.json").stat().st_mode) == 0o600


def test_start_from_many_threads_makes_one_server(data_dir: Path) -> None:
    postgres = EmbeddedPostgres(data_dir)
    urls: list[str] = []
    threads = [threading.Thread(target=lambda: urls.append(postgres.start())) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    try:
        assert len(set(urls)) == 1
        assert value(urls[0], "SELECT 1") == 1
    finally:
        postgres.stop()
    assert postgres.pid is None


def test_comes_back_on_the_same_address_when_killed(data_dir: Path) -> None:
    with EmbeddedPostgres(data_dir) as postgres:
        with psycopg.connect(postgres.url) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 7 AS number")
        killed = postgres.pid
        assert killed is not None
        os.kill(killed, signal.SIGKILL)
        wait_for_end(killed)
        assert eventually("SELECT number FROM kept", postgres.url) == 7
        assert postgres.pid not in (None, killed)


def test_ends_with_a_killed_owner_and_the_next_owner_carries_on(data_dir: Path) -> None:
    owner, url, pid = own(data_dir)
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS number")
    owner.kill()
    owner.wait()
    with EmbeddedPostgres(data_dir) as postgres:
        assert not runs(pid)
        assert postgres.url == url
        assert value(url, "SELECT number FROM kept") == 7


def test_survives_the_thread_that_called_start(data_dir: Path) -> None:
    owner, url, pid = own(data_dir)
    try:
        time.sleep(0.5)
        assert runs(pid)
        assert value(url, "SELECT 1") == 1
    finally:
        owner.kill()
        owner.wait()
    wait_for_end(pid)


def test_a_terminal_s_interrupt_does_not_reach_the_server(data_dir: Path) -> None:
    with EmbeddedPostgres(data_dir) as postgres:
        assert postgres.pid is not None
        assert os.getsid(postgres.pid) == postgres.pid != os.getsid(0)


def test_a_second_owner_is_told_who_holds_the_database(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "LOCK_SECONDS", 0.3)
    owner, url, _ = own(data_dir)
    try:
        assert running_url(data_dir) == url
        with pytest.raises(EmbeddedPostgresError, match=rf"in use by process {owner.pid} \(.*python"):
            EmbeddedPostgres(data_dir).start()
    finally:
        owner.kill()
        owner.wait()
    assert running_url(data_dir) is None


def test_a_second_owner_waits_for_the_first_to_end(data_dir: Path) -> None:
    owner, url, _ = own(data_dir)
    threading.Timer(0.7, owner.terminate).start()
    with EmbeddedPostgres(data_dir) as postgres:
        assert value(postgres.url, "SELECT 1") == 1
        assert postgres.url == url
    owner.wait()


def test_a_stale_pid_file_of_a_living_stranger_is_no_obstacle(data_dir: Path) -> None:
    with EmbeddedPostgres(data_dir):
        pass
    record = read_record(data_dir)
    assert record is not None
    stranger = subprocess.Popen(["/bin/sleep", "60"], user="nobody" if is_root else None)
    stale = Path(record.cluster) / "data" / "postmaster.pid"
    stale.write_text(f"{stranger.pid}\n{stale.parent}\n1\n{record.port}\n\n127.0.0.1\n")
    try:
        with EmbeddedPostgres(data_dir) as postgres:
            assert value(postgres.url, "SELECT 1") == 1
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_a_half_made_cluster_is_made_anew(data_dir: Path) -> None:
    with EmbeddedPostgres(data_dir):
        pass
    record = read_record(data_dir)
    assert record is not None
    home = Path(record.cluster)
    (home / "data").rename(home / "data.new")
    (home / "password.new").write_text("left behind")
    with EmbeddedPostgres(data_dir) as postgres:
        assert value(postgres.url, "SELECT 1") == 1
    assert sorted(path.name for path in home.iterdir() if not path.name.startswith("binaries")) == ["data"]


def test_takes_another_port_where_the_remembered_one_is_taken(data_dir: Path) -> None:
    with EmbeddedPostgres(data_dir) as postgres:
        first = postgres.url
    record = read_record(data_dir)
    assert record is not None
    with EmbeddedPostgres(data_dir.with_name("other")) as other:
        pass
    squatter = subprocess.Popen(
        [sys.executable, "-c", f"import socket,time; s=socket.create_server(('127.0.0.1', {record.port})); "
         "print('up', flush=True); time.sleep(60)"], stdout=subprocess.PIPE,
    )  # fmt: skip
    assert squatter.stdout
    squatter.stdout.readline()
    try:
        with EmbeddedPostgres(data_dir) as postgres:
            assert postgres.url != first
            assert value(postgres.url, "SELECT 1") == 1
    finally:
        squatter.kill()
        squatter.wait()
    assert other.pid is None


def test_an_unwritable_folder_is_one_sentence(data_dir: Path) -> None:
    data_dir.parent.joinpath("file").write_text("in the way")
    with pytest.raises(EmbeddedPostgresError, match=r"^The embedded PostgreSQL cannot use .*: .*\.$"):
        EmbeddedPostgres(data_dir.parent / "file" / "data").start()


def test_another_version_s_cluster_is_refused_in_one_sentence(data_dir: Path) -> None:
    with EmbeddedPostgres(data_dir):
        pass
    record = read_record(data_dir)
    assert record is not None
    (Path(record.cluster) / "data" / "PG_VERSION").write_text("9\n")
    with pytest.raises(EmbeddedPostgresError, match="was made by PostgreSQL 9, but this is"):
        EmbeddedPostgres(data_dir).start()
    assert running_url(data_dir) is None


@pytest.mark.skipif(not is_root, reason="only root hands the server to another account")
def test_root_leaves_closed_folders_closed(data_dir: Path) -> None:
    closed = data_dir.parent / "closed"
    closed.mkdir(mode=0o700)
    with EmbeddedPostgres(closed / "data") as postgres:
        assert value(postgres.url, "SELECT 1") == 1
        assert postgres.pid is not None
        assert Path(f"/proc/{postgres.pid}").stat().st_uid != 0
    record = read_record(closed / "data")
    assert record is not None
    assert not Path(record.cluster).is_relative_to(closed)
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700
    assert Path(record.cluster).exists()
    shutil.rmtree(closed / "data")
    with EmbeddedPostgres(closed / "other"):
        assert not Path(record.cluster).exists(), "a temporary cluster outlives its DATA_DIR"


@pytest.mark.skipif(not is_root, reason="only root can set this up")
def test_root_runs_an_ordinary_account_s_database_as_that_account(data_dir: Path) -> None:
    data_dir.mkdir()
    daemon = pwd.getpwnam("daemon")
    os.chown(data_dir, daemon.pw_uid, daemon.pw_gid)
    with EmbeddedPostgres(data_dir) as postgres:
        assert Path(f"/proc/{postgres.pid}").stat().st_uid == daemon.pw_uid
        assert value(postgres.url, "SELECT 1") == 1
