"""Whose rights the server runs with, and which folders those rights reach."""

import os
import pwd
import stat
from dataclasses import dataclass
from pathlib import Path


class EmbeddedPostgresError(RuntimeError):
    """The embedded server cannot serve; the message is one sentence for whoever started it."""


@dataclass(frozen=True)
class Account:
    """A system account by its numbers."""

    uid: int
    gid: int


def server_account(folder: Path) -> Account | None:
    """Return the account to run as, or None where this process's own will do.

    PostgreSQL refuses to run as root. Root therefore hands it to the owner of
    `folder`, or to `nobody` where that owner is root as well or has no name
    here (PostgreSQL wants one).

    Raises:
        EmbeddedPostgresError: there is no account `nobody`.
    """
    if os.geteuid() != 0:
        return None
    owner = folder.stat()
    if owner.st_uid != 0 and _has_name(owner.st_uid):
        return Account(owner.st_uid, owner.st_gid)
    try:
        nobody = pwd.getpwnam("nobody")
    except KeyError:
        raise EmbeddedPostgresError(
            "PostgreSQL does not run as root, and there is no account 'nobody': start as an ordinary user."
        ) from None
    return Account(nobody.pw_uid, nobody.pw_gid)


def reaches(account: Account | None, path: Path) -> bool:
    """Tell whether the account may read and enter `path` and enter every folder above it."""
    if account is None:
        return True
    path = path.resolve()
    return _allows(account, path, stat.S_IROTH | stat.S_IXOTH) and all(
        _allows(account, parent, stat.S_IXOTH) for parent in path.parents
    )


def _has_name(uid: int) -> bool:
    try:
        pwd.getpwuid(uid)
    except KeyError:
        return False
    return True


def _allows(account: Account, path: Path, wanted: int) -> bool:
    """Compare the mode bits that apply to the account with `wanted`, given as bits for others."""
    found = path.stat()
    if found.st_uid == account.uid:
        wanted <<= 6
    elif found.st_gid == account.gid:
        wanted <<= 3
    return found.st_mode & wanted == wanted
