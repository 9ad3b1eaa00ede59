"""A million users: how long lists, filters and searches take; whether the time of a sign-in tells anything."""

import asyncio
import contextlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import psycopg
from alembic import command
from alembic.config import Config

from api.core.embedded_postgres import EmbeddedPostgres
from api.core.security import issue_access_token, new_token, token_hash
from models.base import new_id, utc_now
from models.users import Role
from tests.bench.figures import median
from tests.bench.load import load
from tests.bench.seed import FIRST_NAMES

ROOT = Path(__file__).resolve().parents[2]
KEY = "a key for measurements only, 32+ bytes"
USERS, CONNECTIONS, ROUNDS = 1_000_000, 4, 50
QUICK_MS, TYPO_MS, SIGN_IN_SHARE = 100.0, 300.0, 0.10
SYLLABLES = "ba ke lo mi nu ra se ti vo za dar fen gol hin jus kal mor nev pal ris tam ulf van wes yor"
LISTS = {
    "newest": "?",
    "by e-mail": "?sort=email",
    "by last sign-in": "?sort=-last_login_at",
    "moderators": "?role=moderator",
    "staff by e-mail": "?role=staff&sort=email",
    "suspended": "?status=suspended",
    "not verified": "?verified=false",
    "suspended staff": "?role=staff&status=suspended&verified=true",
    "common part": "?q=mari",
    "rare part": "?q=zavolf",
    "no such part": "?q=qqxxqq",
}
PREFIXES = {"common prefix": "mar", "rare prefix": "zavowes", "e-mail prefix": "user123456", "two words": "elena kemi"}
TYPOS = {"letter lost": "marisl", "letters swapped": "zavowse kalmro", "in an e-mail": "usr12x4567@example.com"}
_FILL = """
INSERT INTO users (id, created_at, updated_at, email, username, display_name, role, status, bio, suspended_until,
                   email_verified_at, age_verified_until, last_login_at)
SELECT gen_random_uuid(), now() - make_interval(secs => %(users)s - n), now(),
       lower(first || '.' || last) || '.user' || n || '@' ||
         (ARRAY['example.com', 'example.org', 'mail.example'])[1 + n %% 3],
       lower(left(last, 14)) || '_' || n, first || ' ' || last,
       CASE WHEN n %% 20000 = 7 THEN 'moderator' WHEN n %% 100 = 3 THEN 'staff' WHEN n %% 40 = 1 THEN 'creator'
            ELSE 'user' END,
       CASE WHEN n %% 1000 = 3 THEN 'suspended' ELSE 'active' END, '', NULL,
       CASE WHEN n %% 10 > 0 THEN now() END, CASE WHEN n %% 7 = 0 THEN now() + interval '1 year' END,
       CASE WHEN n %% 4 > 0 THEN now() - make_interval(secs => n * 7919::bigint %% 30000000) END
FROM (SELECT n, (%(first)s::text[])[1 + h %% 24] AS first,
             initcap((%(syllables)s::text[])[1 + h / 24 %% 25] || (%(syllables)s::text[])[1 + h / 600 %% 25]
                     || (%(syllables)s::text[])[1 + h / 15000 %% 25]) AS last
      FROM (SELECT n, abs(hashint4(n)) AS h FROM generate_series(1, %(users)s) n) s) t
"""


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _seed(url: str, users: int) -> str:
    """Fill an empty database, or find it filled; return a day's access token of a moderator."""
    values = {"users": users, "first": FIRST_NAMES.split(), "syllables": SYLLABLES.split()}
    with psycopg.connect(url, autocommit=True) as connection:
        if connection.execute("SELECT 1 FROM users LIMIT 1").fetchone() is None:
            connection.execute("SET maintenance_work_mem = '512MB'")
            found = connection.execute("SELECT indexdef FROM pg_indexes WHERE indexdef LIKE '%ON public.users USING%'")
            kept = [row[0] for row in found.fetchall() if "users_pkey" not in row[0]]
            for definition in kept:
                connection.execute(f"DROP INDEX {definition.split(' INDEX ')[1].split()[0]}".encode())
            connection.execute(_FILL.encode(), values)
            for definition in kept:
                connection.execute(definition.encode())
            connection.execute("VACUUM ANALYZE users")
        return _token(connection)


def _token(connection: psycopg.Connection[Any]) -> str:
    row = connection.execute("SELECT id FROM users WHERE role = 'moderator' LIMIT 1").fetchone()
    if row is None:
        raise SystemExit("the database has no moderator")
    session = new_id()
    connection.execute(
        "INSERT INTO auth_sessions (id, created_at, updated_at, user_id, cookie_hash, refresh_hash, last_seen_at,"
        " expires_at) VALUES (%s, now(), now(), %s, %s, %s, now(), now() + interval '1 day')",
        [session, row[0], token_hash(new_token()), token_hash(new_token())],
    )
    return issue_access_token(KEY.encode(), row[0], session, Role.MODERATOR, utc_now())


@contextlib.contextmanager
def _serving(url: str, folder: Path) -> Iterator[int]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    own = {"DATABASE_URL": url, "SECRET_KEY": KEY, "DATA_DIR": str(folder), "ENVIRONMENT": "test"}
    own |= {"RATE_LIMIT_ENABLED": "false", "JOBS_IN_PROCESS": "false", "LOG_LEVEL": "ERROR"}
    arguments = [sys.executable, "-m", "uvicorn", "api.main:app", "--port", str(port), "--no-access-log"]
    with (folder / "users.log").open("ab") as log:
        process = subprocess.Popen(arguments, cwd=ROOT, env={**os.environ, **own}, stdout=log, stderr=log)
        try:
            _await(port, process)
            yield port
        finally:
            process.terminate()
            process.wait(15)


def _await(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        if process.poll() is not None:
            raise SystemExit("the server ended; see users.log")
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 0.2):
            return
        time.sleep(0.1)
    raise SystemExit("the server did not answer within 30 s")


async def _searches(port: int, token: str) -> bool:
    _say(f"p50 / p95 in ms at {CONNECTIONS} connections, {USERS:,} users")
    plans = [(name, f"/api/v1/users{query}", QUICK_MS) for name, query in LISTS.items()]
    plans += [(name, f"/api/v1/users/search?q={quote(q)}", QUICK_MS) for name, q in PREFIXES.items()]
    plans += [(name, f"/api/v1/users/search?q={quote(q)}", TYPO_MS) for name, q in TYPOS.items()]
    good = True
    for name, path, goal in plans:
        await load(port, path, token, CONNECTIONS, 0.5)
        outcome = await load(port, path, token, CONNECTIONS, 3.0)
        kept = outcome.p95_ms < goal
        good = good and kept
        told = "" if kept else f"   over {goal:.0f}"
        _say(f"  {name:<18}{outcome.p50_ms:8.1f}{outcome.p95_ms:9.1f}{told}")
    return good


async def _sign_ins(port: int) -> bool:
    """Compare the time of an unknown e-mail with that of a wrong password, in turns."""
    base, taken = f"http://127.0.0.1:{port}/api/v1/auth", {"unknown e-mail": [], "wrong password": []}
    async with httpx.AsyncClient(timeout=30) as client:
        name = f"u{new_id().hex[-12:]}"
        person = {"email": f"{name}@example.com", "username": name, "password": "tulips on the north wall"}
        (await client.post(f"{base}/register", json=person)).raise_for_status()
        emails = {"unknown e-mail": "nobody@example.com", "wrong password": person["email"]}
        for _ in range(ROUNDS):
            for kind, email in emails.items():
                start = time.perf_counter()
                answer = await client.post(f"{base}/login", json={"email": email, "password": "not it at all"})
                taken[kind].append((time.perf_counter() - start) * 1000)
                if answer.status_code != 401:
                    raise SystemExit(f"sign-in answered {answer.status_code}")
    unknown, wrong = (median(times) for times in taken.values())
    share = abs(unknown - wrong) / max(unknown, wrong)
    _say(f"sign-in, median of {ROUNDS}: unknown e-mail {unknown:.1f} ms, wrong {wrong:.1f} ms, {share:.1%} apart")
    return share <= SIGN_IN_SHARE


def main() -> int:
    """Fill, serve, measure; 1 where a goal is missed."""
    folder = ROOT / ".data" / "bench-users"
    folder.mkdir(parents=True, exist_ok=True)
    with EmbeddedPostgres(folder) as server:
        config = Config(str(ROOT / "alembic.ini"))
        config.set_main_option("sqlalchemy.url", server.url.replace("%", "%%"))
        command.upgrade(config, "head")
        start = time.perf_counter()
        token = _seed(server.url, USERS)
        _say(f"filled or found in {time.perf_counter() - start:.0f} s")
        with _serving(server.url, folder) as port:
            verdicts = [asyncio.run(_searches(port, token)), asyncio.run(_sign_ins(port))]
    return 0 if all(verdicts) else 1


if __name__ == "__main__":
    sys.exit(main())
