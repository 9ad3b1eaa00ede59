"""Become PostgreSQL: drop root, die with the owner, then exec the command.

Run by its path as a program of its own: between fork and exec of a process
with threads only an exec is safe, so what must happen there happens here.

    launch.py OWNER_PID UID GID COMMAND...    (UID and GID -1: keep this account)
"""

import ctypes
import os
import signal
import stat
import sys

PR_SET_PDEATHSIG = 1  # linux/prctl.h


def main() -> None:
    """Take over the arguments and never return."""
    owner, uid, gid = (int(number) for number in sys.argv[1:4])
    command = sys.argv[4:]
    prctl = ctypes.CDLL(None, use_errno=True).prctl if sys.platform == "linux" else None
    if uid >= 0:
        os.setgroups([])
        os.setgid(gid)
        os.setuid(uid)
    os.umask(0o077)
    if prctl is not None:
        # After setuid, which would clear it. SIGINT is PostgreSQL's "fast" shutdown.
        prctl(PR_SET_PDEATHSIG, signal.SIGINT)
    elif stat.S_ISFIFO(os.fstat(0).st_mode):
        watch_owner_through_pipe()
    if os.getppid() != owner:
        sys.exit("the owner is gone")
    os.execv(command[0], command)  # noqa: S606 - there is no shell to pass through


def watch_owner_through_pipe() -> None:
    """Leave a child that interrupts this process once the owner's end of stdin closes."""
    server = os.getpid()
    if os.fork() == 0:
        os.read(0, 1)
        os.kill(server, signal.SIGINT)
        os._exit(0)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)


if __name__ == "__main__":
    main()
