"""The cluster on disk: where it lies, its password, its port, its making."""

import json
import os
import random
import re
import secrets
import shutil
import socket
import subprocess
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

from api.core.embedded_postgres.accounts import Account, EmbeddedPostgresError, reaches, server_account
from api.core.embedded_postgres.binaries import find_binaries, launched, major_version

ROLE = "dealsmart"
DATABASE = "dealsmart"
RECORD = "postgres.json"
SHARED_BASE = Path("/var/lib/dealsmart-hub")
HOME_PREFIX = "dealsmart-postgres-"
OWNER_NOTE = "data-dir"
GRAVE = re.compile(r"^.*?(?:FATAL|PANIC|ERROR|error):\s*")
# Below the range from which systems take ports for outgoing connections, so that
# the remembered port is still free after a restart.
PORTS = range(17000, 29000)
ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}


@dataclass
class Record:
    """What `DATA_DIR/postgres.json` (mode 0600) remembers from start to start."""

    cluster: str
    port: int
    password: str

    def url(self, database: str = DATABASE) -> str:
        """Return the address of a database in the cluster, password included."""
        return f"postgresql://{ROLE}:{self.password}@127.0.0.1:{self.port}/{database}"


@dataclass
class Cluster:
    """A cluster that is ready to be started."""

    home: Path
    binaries: Path
    account: Account | None
    record: Record

    @property
    def data(self) -> Path:
        """The folder that PostgreSQL calls PGDATA."""
        return self.home / "data"


def open_cluster(data_dir: Path) -> Cluster:
    """Find the cluster of a DATA_DIR, or make one; the caller holds its lock.

    Raises:
        EmbeddedPostgresError: no place, no programs, or files of another version or owner.
    """
    record = read_record(data_dir)
    home = Path(record.cluster) if record else _new_home(data_dir)
    if record is None:
        record = Record(str(home), free_port(None), secrets.token_urlsafe(24))
        write_record(data_dir, record)
    account = _prepare_home(home, data_dir)
    cluster = Cluster(home, find_binaries(home, account), account, record)
    if not cluster.data.exists():
        _initialise(cluster)
    _check_version(cluster)
    return cluster


def read_record(data_dir: Path) -> Record | None:
    """Return what an earlier start remembered, if there was one."""
    path = data_dir / RECORD
    return Record(**json.loads(path.read_text())) if path.exists() else None


def write_record(data_dir: Path, record: Record) -> None:
    """Replace the record in one step, so that a kill leaves the old or the new one."""
    partial = data_dir / f"{RECORD}.partial"
    with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        json.dump(asdict(record), file)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(data_dir / RECORD)


def free_port(preferred: int | None) -> int:
    """Return a port that is free on the loopback: the preferred one where possible."""
    candidates = random.sample(PORTS, 200)
    for port in [preferred, *candidates] if preferred else candidates:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise EmbeddedPostgresError(f"No free port between {PORTS.start} and {PORTS.stop} for PostgreSQL.")


def _new_home(data_dir: Path) -> Path:
    """Choose where a new cluster lies: in DATA_DIR, unless its account cannot get there."""
    account = server_account(data_dir)
    if account is None or reaches(account, data_dir):
        return data_dir / "postgres"
    temporary = Path(tempfile.gettempdir()).resolve()
    _sweep(temporary)
    bases = [SHARED_BASE, Path("/var/tmp"), Path("/tmp")]  # noqa: S108 - mkdtemp makes an unguessable name
    if data_dir.is_relative_to(temporary):
        bases.insert(0, temporary)
    for base in bases:
        if _is_usable(base, account):
            home = Path(tempfile.mkdtemp(prefix=HOME_PREFIX, dir=base))
            (home / OWNER_NOTE).write_text(str(data_dir))
            return home
    raise EmbeddedPostgresError(f"Started as root, PostgreSQL cannot reach {data_dir}: set DATA_DIR or DATABASE_URL.")


def _sweep(temporary: Path) -> None:
    """Remove temporary homes whose DATA_DIR is gone, as after a run of the tests."""
    for note in temporary.glob(f"{HOME_PREFIX}*/{OWNER_NOTE}"):
        if not Path(note.read_text()).exists():
            shutil.rmtree(note.parent, ignore_errors=True)


def _is_usable(base: Path, account: Account) -> bool:
    if base == SHARED_BASE and not base.exists() and os.access(base.parent, os.W_OK):
        base.mkdir(mode=0o755)
    return os.access(base, os.W_OK) and reaches(account, base)


def _prepare_home(home: Path, data_dir: Path) -> Account | None:
    """Make the home its account's own, and return that account."""
    home.mkdir(mode=0o700, exist_ok=True)
    owner = home.stat().st_uid
    account = server_account(data_dir if owner == 0 else home)
    if account is not None and owner == 0:
        os.chown(home, account.uid, account.gid)
    if account is None and owner != os.geteuid():
        raise EmbeddedPostgresError(
            f"The database in {home} belongs to another account: start as that one, or as root."
        )
    return account


def _initialise(cluster: Cluster) -> None:
    """Make the cluster beside its place and move it there, so that a kill leaves none by halves."""
    staging = cluster.home / "data.new"
    shutil.rmtree(staging, ignore_errors=True)
    password = cluster.home / "password.new"
    password.unlink(missing_ok=True)
    with os.fdopen(os.open(password, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(cluster.record.password)
    if cluster.account:
        os.chown(password, cluster.account.uid, cluster.account.gid)
    try:
        _run_initdb(cluster, staging, password)
    finally:
        password.unlink()
    staging.rename(cluster.data)


def _run_initdb(cluster: Cluster, staging: Path, password: Path) -> None:
    common = [str(cluster.binaries / "initdb"), "-D", str(staging), "-U", ROLE, "--pwfile", str(password)]
    common += ["--auth=scram-sha-256", "--encoding=UTF8"]
    said = ""
    for ctype in ("C.UTF-8", "en_US.UTF-8", "C"):
        locale = ["--locale=C", f"--lc-ctype={ctype}"]
        if major_version(cluster.binaries) >= 17:
            locale += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        done = subprocess.run(  # noqa: S603 - a program that find_binaries found
            launched(cluster.account, common + locale),
            check=False, capture_output=True, text=True, timeout=300,
            stdin=subprocess.DEVNULL, cwd="/", env=ENVIRONMENT,
        )  # fmt: skip
        if done.returncode == 0:
            return
        said = done.stderr
        if "locale" not in said:
            break
    raise EmbeddedPostgresError(f"PostgreSQL could not make its files in {cluster.home}: {grave_line(said)}.")


def grave_line(said: str) -> str:
    """Pick the line of PostgreSQL's output that tells what went wrong, without time and level."""
    lines = [line.strip().rstrip(".") for line in said.splitlines() if line.strip()]
    telling = [line for line in lines if GRAVE.search(line)]
    return GRAVE.sub("", (telling or lines or ["it gave no reason"])[0])


def _check_version(cluster: Cluster) -> None:
    made_by = int((cluster.data / "PG_VERSION").read_text())
    found = major_version(cluster.binaries)
    if made_by != found:
        raise EmbeddedPostgresError(
            f"The database in {cluster.home} was made by PostgreSQL {made_by}, but this is {found}: "
            "move it away, or dump it with the old version and load it anew."
        )
