"""A server of Redis's protocol in a process of its own, which can end, fall silent and come back on its port."""

import os
import signal
import socket
import subprocess
import sys
import time

import redis

START_SECONDS = 30
_SERVE = """
import sys
from fakeredis import TcpFakeServer
TcpFakeServer(("127.0.0.1", int(sys.argv[1]))).serve_forever()
"""


class RedisServer:
    """Empty at each start."""

    def __init__(self) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self._port = probe.getsockname()[1]
        self.url = f"redis://127.0.0.1:{self._port}/0"
        self.start()

    def start(self) -> None:
        """Start it, and wait until it answers.

        Raises:
            RuntimeError: It does not.
        """
        self._process = subprocess.Popen([sys.executable, "-c", _SERVE, str(self._port)], stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            try:
                with redis.Redis.from_url(self.url, socket_timeout=2) as client:
                    client.ping()
            except redis.ConnectionError:
                time.sleep(0.05)
            else:
                return
        raise RuntimeError("the Redis of the tests did not start")

    def names(self) -> list[str]:
        """Return the keys it holds."""
        with redis.Redis.from_url(self.url, decode_responses=True) as client:
            return sorted(str(key) for key in client.scan_iter())

    def fall_silent(self) -> None:
        """Hold it: it takes connections and answers nothing."""
        os.kill(self._process.pid, signal.SIGSTOP)

    def go_on(self) -> None:
        """Let a silent one go on, with what it held."""
        os.kill(self._process.pid, signal.SIGCONT)

    def end(self) -> None:
        """End it; every connection breaks."""
        self._process.kill()
        self._process.wait()
