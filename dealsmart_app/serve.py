"""The launcher: database, migrations, demonstration data, screens, then one server for all of it.

`python -m dealsmart_app.serve` is `make run`; `--help` names the other verbs of the Makefile.
"""

import argparse
import asyncio
import contextlib
import logging
import os
import re
import runpy
import signal
import socket
import sys
import threading
from collections.abc import Iterator
from types import FrameType
from typing import NoReturn

import psycopg
import uvicorn
from alembic import command
from alembic.config import Config as AlembicConfig

from api.core.embedded_postgres import EmbeddedPostgres, EmbeddedPostgresError, running_url
from api.core.settings import Environment, Settings, SettingsError, get_settings, read_settings
from api.services.demonstration import DEMO_PASSWORD, story
from api.services.demonstration.__main__ import fill
from deploy.machine import ROOT, LaunchError, bind, run_to_end, say, step

SCREENS = "dealsmart_app.dealsmart_app:app"
API = "api.main:app"
GRACE_SECONDS = 4  # for requests under way; open streams end with it
LAST_RESORT_SECONDS = 8.5
# Reflex: serve what is built, compile nothing, keep sessions in memory, call nobody.
SERVE_BUILT = {
    "REFLEX_ENV_MODE": "prod",
    "__REFLEX_SKIP_COMPILE": "true",
    "__REFLEX_MOUNT_FRONTEND_COMPILED_APP": "true",
    "REFLEX_TELEMETRY_ENABLED": "false",
    "REFLEX_CHECK_LATEST_VERSION": "false",
}


class AnnouncingServer(uvicorn.Server):
    """Uvicorn that says when it is ready, and that ends within 10 s whatever hangs."""

    def __init__(self, config: uvicorn.Config, announcement: str) -> None:
        super().__init__(config)
        self._announcement = announcement

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Announce the address once it answers."""
        await super().startup(sockets)
        if self.started:
            say(self._announcement)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Begin to stop, and set the limit to it."""
        last_resort = threading.Timer(LAST_RESORT_SECONDS, os._exit, (1,))
        last_resort.daemon = True
        last_resort.start()
        super().handle_exit(sig, frame)


def main() -> int:
    """Do what the command line asks for; return the exit status."""
    os.chdir(ROOT)
    chosen = read_arguments()
    signal.signal(signal.SIGTERM, _stop)
    try:
        settings = read_settings()
        if sys.stderr.isatty() and "log_format" not in settings.model_fields_set:
            os.environ["LOG_FORMAT"] = "console"
        chosen.verb(settings, chosen)
    except (LaunchError, SettingsError, EmbeddedPostgresError) as error:
        say(f"Cannot start: {error}")
        return 1
    except psycopg.OperationalError as error:
        say(f"Cannot start: the database does not answer ({str(error).strip().splitlines()[0]}).")
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def read_arguments() -> argparse.Namespace:
    """Read the command line; without a flag it asks for the whole product."""
    parser = argparse.ArgumentParser(prog="python -m dealsmart_app.serve", description=(__doc__ or "").splitlines()[0])
    verbs = parser.add_mutually_exclusive_group()
    parser.set_defaults(verb=run)
    for flag, verb in (
        ("--api-only", run_api), ("--dev", run_dev), ("--worker", run_worker),
        ("--migrate", run_migrations), ("--seed", run_seed), ("--reset", run_reset),
    ):  # fmt: skip
        verbs.add_argument(flag, dest="verb", action="store_const", const=verb, help=verb.__doc__)
    verbs.add_argument("--revision", metavar="WHY", help="Write a migration from the models' changes.")
    chosen = parser.parse_args()
    if chosen.revision is not None:
        chosen.verb = run_revision
    return chosen


def run(settings: Settings, _chosen: argparse.Namespace) -> None:
    """Serve screens and API on one port."""
    with bind(settings.host, settings.port) as listener:
        run_to_end([sys.executable, "deploy/screens.py"], "the screens could not be built.")
        with database(settings) as url:
            prepare(settings, url)
            os.environ.update(SERVE_BUILT)
            if settings.redis_url is None:
                os.environ["REFLEX_STATE_MANAGER_MODE"] = "memory"
            serve(SCREENS, listener, f"\nDealSmart is ready: {settings.public_url}\n{sign_ins(url)}", factory=True)


def run_api(settings: Settings, _chosen: argparse.Namespace) -> None:
    """Serve the API alone."""
    with bind(settings.host, settings.port) as listener, database(settings) as url:
        prepare(settings, url)
        serve(API, listener, f"The API is ready: http://{settings.host}:{settings.port}/api/v1/docs")


def run_dev(settings: Settings, _chosen: argparse.Namespace) -> None:
    """Serve with hot reload: screens on PORT, API on the port after it."""
    backend = settings.port + 1
    for port in (settings.port, backend):
        bind(settings.host, port).close()
    with database(settings) as url:
        prepare(settings, url)
        os.environ.update(BACKEND_PORT=str(backend), BACKEND_URL=f"http://localhost:{backend}")
        say(f"Screens: {settings.public_url}   API: http://localhost:{backend}/api/v1/docs\n{sign_ins(url)}")
        run_to_end([sys.executable, "deploy/screens.py", "--dev"], "the development server ended.")


def run_worker(settings: Settings, _chosen: argparse.Namespace) -> None:
    """Run the job worker, beside a running product or alone."""
    with database(settings, attach=True):
        runpy.run_module("api.worker", run_name="__main__")


def run_migrations(settings: Settings, _chosen: argparse.Namespace) -> None:
    """Bring the database to the newest revision."""
    with database(settings, attach=True):
        migrate()


def run_revision(settings: Settings, chosen: argparse.Namespace) -> None:
    """Write a migration from the models' changes."""
    if not chosen.revision.strip():
        raise LaunchError('a revision says why, as in make revision m="customers get a birthday".')
    with database(settings, attach=True):
        migrate()
        number = len(list((ROOT / "migrations" / "versions").glob("[0-9]*.py"))) + 1
        noun = "_".join(re.findall(r"[a-z0-9]+", chosen.revision.lower())[:3])
        command.revision(alembic(), message=chosen.revision, autogenerate=True, rev_id=f"{number:04d}_{noun}")


def run_seed(settings: Settings, _chosen: argparse.Namespace) -> None:
    """Fill an empty database with the demonstration dealership."""
    with database(settings, attach=True) as url:
        migrate()
        seed(settings, url)
        say(sign_ins(url))


def run_reset(settings: Settings, _chosen: argparse.Namespace) -> None:
    """Throw the development database's content away and fill it anew."""
    if settings.environment is Environment.PRODUCTION:
        raise LaunchError("a production database is not reset.")
    with database(settings, attach=True) as url:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("DROP SCHEMA public CASCADE")
            connection.execute("CREATE SCHEMA public")
        prepare(settings, url)


@contextlib.contextmanager
def database(settings: Settings, attach: bool = False) -> Iterator[str]:
    """Yield the database's address, and leave it in this process's environment as DATABASE_URL.

    Where none is set, the embedded server runs for the block; with `attach`, one
    that another process runs for the same DATA_DIR will do.
    """
    if settings.database_url is not None:
        url = settings.database_url.get_secret_value()
        psycopg.connect(url, connect_timeout=10).close()
        yield url
        return
    running = running_url(settings.data_dir) if attach else None
    with contextlib.ExitStack() as stack:
        if running is None:
            with step("Starting the database"):
                running = stack.enter_context(EmbeddedPostgres(settings.data_dir)).url
        os.environ["DATABASE_URL"] = running
        get_settings.cache_clear()
        yield running


def prepare(settings: Settings, url: str) -> None:
    """Migrate, and fill an empty database where demonstration data is wanted."""
    migrate()
    if settings.demo_data:
        seed(settings, url)


def migrate() -> None:
    """Bring the database to the newest revision."""
    with step("Migrating the database"):
        command.upgrade(alembic(), "head")


def seed(settings: Settings, url: str) -> None:
    """Fill an empty database with the demonstration dealership; leave any other alone."""
    with step("Looking after the demonstration data"):
        asyncio.run(fill(settings, url))


def sign_ins(url: str) -> str:
    """Return who of the demonstration can sign in; empty where the database knows none of them."""
    roles = {person.email: person.role for person in story.read().cast.people}
    with psycopg.connect(url) as connection:
        rows = connection.execute("SELECT email FROM users WHERE email = ANY(%s)", [list(roles)]).fetchall()
    known = [email for email in roles if (email,) in rows]
    if not known:
        return ""
    lines = [f"  {email:<28} {roles[email]}" for email in known]
    return "\n".join([f"Sign in with the password {DEMO_PASSWORD} as", *lines])


def alembic() -> AlembicConfig:
    """Return Alembic's configuration of this project."""
    return AlembicConfig(str(ROOT / "alembic.ini"))


def serve(application: str, listener: socket.socket, announcement: str, factory: bool = False) -> None:
    """Serve until a signal comes."""
    say("Loading the application ...")
    logging.getLogger("uvicorn.error").setLevel(logging.WARNING)
    config = uvicorn.Config(
        application, factory=factory, log_config=None, access_log=False,
        proxy_headers=False, server_header=False, timeout_graceful_shutdown=GRACE_SECONDS,
    )  # fmt: skip
    server = AnnouncingServer(config, announcement)
    server.run(sockets=[listener])
    if not server.started:
        raise LaunchError("the application did not come up; the lines above tell why.")


def _stop(_number: int, _frame: FrameType | None) -> NoReturn:
    """Leave through every `with` block, so that the database stops after the application."""
    raise SystemExit(0)


if __name__ == "__main__":
    sys.exit(main())
