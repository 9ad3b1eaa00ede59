"""One owner at a time: a lock file that the system releases with its holder."""

import fcntl
import os
import sys
import time
from pathlib import Path

from api.core.embedded_postgres.accounts import EmbeddedPostgresError

POLL_SECONDS = 0.1


class OwnerLock:
    """Hold `path` locked between `acquire` and `release`, or until this process ends."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor: int | None = None

    def acquire(self, timeout_seconds: float) -> None:
        """Wait for the lock, then write into it who holds it.

        Raises:
            EmbeddedPostgresError: it stayed taken; the message names the holder.
        """
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            self._wait(descriptor, timeout_seconds)
        except BaseException:
            os.close(descriptor)
            raise
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"process {os.getpid()} ({' '.join(sys.orig_argv)[:120]})\n".encode(), 0)
        self._descriptor = descriptor

    def release(self) -> None:
        """Give the lock back; without it, do nothing."""
        if self._descriptor is not None:
            os.ftruncate(self._descriptor, 0)
            os.close(self._descriptor)
            self._descriptor = None

    def is_taken(self) -> bool:
        """Tell whether some process holds the lock now."""
        if not self._path.exists():
            return False
        descriptor = os.open(self._path, os.O_RDWR | os.O_CLOEXEC)
        try:
            return not _try_lock(descriptor)
        finally:
            os.close(descriptor)

    def _wait(self, descriptor: int, timeout_seconds: float) -> None:
        deadline = time.monotonic() + timeout_seconds
        while not _try_lock(descriptor):
            if time.monotonic() >= deadline:
                holder = os.pread(descriptor, 400, 0).decode(errors="replace").strip() or "another process"
                raise EmbeddedPostgresError(
                    f"The database in {self._path.parent} is in use by {holder}: stop that first."
                )
            time.sleep(POLL_SECONDS)


def _try_lock(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
