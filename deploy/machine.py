"""What the launcher does to the machine: claim a port, run a child to its end, report each step."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


class LaunchError(Exception):
    """The product cannot start; the message is one sentence."""


def bind(host: str, port: int) -> socket.socket:
    """Return a socket bound to the address.

    Raises:
        LaunchError: the port is taken or not ours to take.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise LaunchError(
            f"port {port} on {host} cannot be had ({error.strerror}); choose another, as in PORT={port + 10}."
        ) from None
    return listener


def run_to_end(arguments: list[str], complaint: str) -> None:
    """Run a child with all its children, and end them all where this process is told to end.

    Raises:
        LaunchError: it failed.
    """
    child = subprocess.Popen(arguments, cwd=ROOT, start_new_session=True)
    try:
        code = child.wait()
    except BaseException:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        raise
    if code != 0:
        raise LaunchError(complaint)


@contextlib.contextmanager
def step(title: str) -> Iterator[None]:
    """Tell that a step begins, and how long it took."""
    begin = time.monotonic()
    say(f"{title} ...")
    yield
    say(f"{title}: done in {time.monotonic() - begin:.1f} s")


def say(text: str) -> None:
    """Write to the terminal at once."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
