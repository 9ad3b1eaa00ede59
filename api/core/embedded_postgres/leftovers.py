"""What a killed owner leaves behind: a server about to end, or a stale pid file."""

import os
import signal
import subprocess
import time
from pathlib import Path

GENTLE_SECONDS = 10.0
FORCED_SECONDS = 5.0


def clear_leftovers(data: Path) -> None:
    """See to it that no server runs on `data`; the caller holds the owner's lock.

    A server whose owner was killed is already ending: it gets 10 s, then is told to
    quit at once. A pid that now belongs to something else (pids start anew with
    each container) must not keep PostgreSQL from starting: its file is removed.
    """
    pid_file = data / "postmaster.pid"
    if not pid_file.exists():
        return
    pid = _pid_in(pid_file)
    if pid is not None and _serves(pid, data):
        _send(pid, signal.SIGINT)
        if not _ended(pid, data, GENTLE_SECONDS):
            _send(pid, signal.SIGQUIT)
            _ended(pid, data, FORCED_SECONDS)
    elif pid != os.getpid():
        pid_file.unlink(missing_ok=True)


def _pid_in(pid_file: Path) -> int | None:
    first, *_ = pid_file.read_text().splitlines() or [""]
    return int(first) if first.isdigit() else None


def _serves(pid: int, data: Path) -> bool:
    """Tell whether the process is a server on this very folder."""
    proc = Path("/proc")
    if (proc / "self").exists():
        try:
            line = (proc / str(pid) / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except (FileNotFoundError, ProcessLookupError):
            return False
    else:
        line = subprocess.run(  # noqa: S603 - a fixed program and a number
            ["/bin/ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False
        ).stdout
    return str(data) in line


def _ended(pid: int, data: Path, patience_seconds: float) -> bool:
    deadline = time.monotonic() + patience_seconds
    while _serves(pid, data):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.03)
    return True


def _send(pid: int, number: signal.Signals) -> None:
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return
