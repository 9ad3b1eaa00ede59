"""`make bench`: the hot reads against a bare endpoint with the same queries, as ratios within one run."""

import argparse
import asyncio
import contextlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from urllib.parse import quote

import psycopg
from alembic import command
from alembic.config import Config

from api.core.embedded_postgres import EmbeddedPostgres
from api.core.pagination import encode_cursor, fingerprint
from tests.bench.figures import median, percentile
from tests.bench.goals import DEEP_RATIO, EVENT_MS, P95_MS, RATIO, Verdict, at_least, under
from tests.bench.latency import latencies
from tests.bench.load import Outcome, load
from tests.bench.seed import seed

ROOT = Path(__file__).resolve().parents[2]
KEY = "a key for measurements only, 32+ bytes"
DEEP = 60_000
SEARCHES = {
    "rare word": "catalytic",
    "less rare": "towing",
    "common word": "price",
    "two words": "blue truck",
    "name prefix": "Mari",
    "whole name": "Marisol Vega",
    "phone part": "0012345",
    "e-mail": "customer1234@example.com",
    "nothing": "zzqqxx",
    "two letters": "qu",
    "accents": "Márisol Véga",
    "slip in a name": "Marisol Castilo",
    "slip of all": "vehcile",
}


def _port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def _serving(app: str, environment: dict[str, str]) -> Iterator[int]:
    port = _port()
    arguments = [sys.executable, "-m", "uvicorn", app, "--port", str(port), "--no-access-log", "--log-level", "warning"]
    with (ROOT / ".data" / "bench.log").open("ab") as log:
        process = subprocess.Popen(arguments, cwd=ROOT, env={**os.environ, **environment}, stderr=log, stdout=log)
        try:
            _await_port(port, process)
            yield port
        finally:
            process.terminate()
            process.wait(10)


def _await_port(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        if process.poll() is not None:
            raise SystemExit("a server ended; see .data/bench.log")
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 0.2):
            return
        time.sleep(0.1)
    raise SystemExit("a server did not answer within 30 s")


def _paths(url: str) -> dict[str, str]:
    with psycopg.connect(url) as connection:
        row = connection.execute(
            "SELECT id, last_message_at FROM conversations ORDER BY last_message_at DESC"
        ).fetchone()
        deep = connection.execute(
            "SELECT last_message_at, id FROM conversations WHERE status = 'open'"
            " ORDER BY last_message_at DESC, id DESC OFFSET %s LIMIT 1",
            [DEEP // 2],
        ).fetchone()
    if row is None or deep is None:
        raise SystemExit("the database is not filled")
    mark = fingerprint("-last_message_at", ["awake", "status"], {"status": "open", "caller": None})
    cursor = encode_cursor(mark, [deep[0].isoformat(), deep[1]])
    since = quote((row[1] - timedelta(milliseconds=1)).isoformat())
    base = f"/api/v1/conversations/{row[0]}"
    return {
        "list": "/api/v1/conversations?status=open",
        "poll": f"{base}/messages?since={since}",
        "status": f"{base}/status",
        "deep page": f"/api/v1/conversations?status=open&cursor={cursor}",
    }


def _compared(name: str, ours: list[Outcome], base: list[Outcome]) -> tuple[float, float]:
    """Print a line and return the median of the rounds' own ratios and our median p95 in milliseconds."""
    rates = median([one.rate for one in ours]), median([one.rate for one in base])
    ratio = median([one.rate / other.rate for one, other in zip(ours, base, strict=True)])
    p95 = median([one.p95_ms for one in ours])
    spread = f"[{min(one.rate for one in ours):.0f}..{max(one.rate for one in ours):.0f}]"
    print(f"{name:<10} {rates[0]:>7.0f}/s {spread:<14} base {rates[1]:>7.0f}/s  ratio {ratio:.2f}  p95 {p95:.1f} ms")
    return ratio, p95


async def _in_turns(
    ours: Callable[[], Awaitable[Outcome]], base: Callable[[], Awaitable[Outcome]], rounds: int
) -> tuple[list[Outcome], list[Outcome]]:
    outcomes = [(await ours(), await base()) for _ in range(rounds)]
    return [pair[0] for pair in outcomes], [pair[1] for pair in outcomes]


async def _reads(product: int, bare: int, paths: dict[str, str], token: str, rounds: int) -> list[Verdict]:
    verdicts: list[Verdict] = []
    for name in ("list", "poll", "status"):
        asked = [partial(load, port, paths[name], token) for port in (product, bare)]
        ratio, p95 = _compared(name, *await _in_turns(asked[0], asked[1], rounds))
        verdicts += [at_least(f"{name}, ratio", ratio, RATIO), under(f"{name}, p95 in ms", p95, P95_MS)]
    deep, first = (partial(load, product, paths[name], token) for name in ("deep page", "list"))
    ratio, _ = _compared("deep page", *await _in_turns(deep, first, rounds))
    return [*verdicts, at_least("deep page to first", ratio, DEEP_RATIO)]


async def _searches(product: int, token: str) -> None:
    for name, words in SEARCHES.items():
        taken = await load(product, f"/api/v1/conversations?q={quote(words)}", token, connections=2)
        print(f"search {name:<12} {taken.rate:>5.0f}/s  p50 {taken.p50_ms:.1f} ms  p95 {taken.p95_ms:.1f} ms")


async def _events(product: int, paths: dict[str, str], token: str) -> Verdict:
    taken = await latencies(product, paths["status"].split("/")[-2], token)
    print(f"post to stream  median {median(taken):.1f} ms  p95 {percentile(taken, 95):.1f} ms")
    return under("post to stream in ms", median(taken), EVENT_MS)


async def _everything(product: int, bare: int, paths: dict[str, str], token: str, rounds: int) -> list[Verdict]:
    verdicts = await _reads(product, bare, paths, token, rounds)
    await _searches(product, token)
    return [*verdicts, await _events(product, paths, token)]


def main() -> int:
    """Seed, serve, measure; 1 where a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=6)
    parser.add_argument("--conversations", type=int, default=100_000)
    options = parser.parse_args()
    (ROOT / ".data").mkdir(exist_ok=True)
    with EmbeddedPostgres(ROOT / ".data" / "bench") as server:
        url = server.start()
        config = Config(str(ROOT / "alembic.ini"))
        config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
        command.upgrade(config, "head")
        token = seed(url, KEY.encode(), options.conversations)
        with psycopg.connect(url) as connection:
            caller = connection.execute("SELECT id FROM users WHERE username = 'bench'").fetchone()
        shared = {
            "DATABASE_URL": url,
            "BENCH_CALLER": str(caller and caller[0]),
            "SECRET_KEY": KEY,
            "DEMO_DATA": "false",
            "RATE_LIMIT_CALLER": "1000000000",  # counted as ever, never reached
        }
        with _serving("api.main:app", shared) as product, _serving("tests.bench.bare:app", shared) as bare:
            verdicts = asyncio.run(_everything(product, bare, _paths(url), token, options.rounds))
    print("\ngoals", *verdicts, sep="\n")
    return 0 if all(verdict.met for verdict in verdicts) else 1


if __name__ == "__main__":
    sys.exit(main())
