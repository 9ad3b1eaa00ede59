"""One embedded PostgreSQL and one house a session; every test begins with empty tables."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest
from alembic import command
from alembic.config import Config
from fastapi import FastAPI
from hypothesis import settings as properties
from sqlalchemy import text
from sqlmodel import SQLModel

from api.core.embedded_postgres import EmbeddedPostgres
from api.core.security import Actor, issue_access_token, new_token, token_hash
from api.core.settings import Environment, Settings, read_settings
from api.main import create_api
from api.services.house import House, open_house
from api.services.registry import register_jobs
from models.base import utc_now
from models.users import AuthSession, Role, User

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
BASE = "http://localhost:3000"

properties.register_profile("house", deadline=None)  # a busy machine is slow, not wrong; speed lives in the bench
properties.load_profile("house")


def migrate(url: str) -> None:
    """Bring a database to the newest revision."""
    config = Config(str(ROOT / "alembic.ini"))
    config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    command.upgrade(config, "head")


@pytest.fixture(scope="session")
def shared_folder() -> Path:
    """The folder of real inputs beside the project; its tests are skipped where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("no ../shared folder beside the project")
    return SHARED


@pytest.fixture(scope="session")
def database_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An embedded server's address, migrated."""
    server = EmbeddedPostgres(tmp_path_factory.mktemp("postgres"))
    url = server.start()
    migrate(url)
    yield url
    server.stop()


@pytest.fixture(scope="session")
def settings(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings of the tests: nothing from the environment that would reach outside."""
    return read_settings(
        _env_file=None,
        environment=Environment.TEST,
        database_url=database_url,
        data_dir=tmp_path_factory.mktemp("data"),
        jobs_in_process=False,
        log_level="WARNING",
        ai_timeout_s=3,
        rate_limit_caller=1_000_000,
        rate_limit_anonymous=1_000_000,
    )


@pytest.fixture(scope="session")
async def open_for_session(settings: Settings, database_url: str) -> AsyncIterator[House]:
    """The house that all tests of a session share."""
    async with open_house(settings, database_url, register_jobs, work=False) as opened:
        await opened.bus.connected.wait()
        yield opened


@pytest.fixture
async def house(open_for_session: House) -> House:
    """The house, with empty tables and nobody remembered."""
    tables = [*SQLModel.metadata.tables, "procrastinate_jobs", "procrastinate_events"]
    async with open_for_session.database.engine.begin() as connection:
        # the audit trail refuses this to everybody but a superuser who says that he means it
        await connection.execute(text("SET LOCAL session_replication_role = replica"))
        await connection.execute(text(f"TRUNCATE {', '.join(tables)} CASCADE"))
    open_for_session.sessions.clear()
    open_for_session.keys_without_quota.clear()
    open_for_session.limits.windows.clear()
    return open_for_session


@pytest.fixture(scope="session")
def api(settings: Settings) -> FastAPI:
    """The API as it is served, on the session's house."""
    return create_api(settings)


@pytest.fixture
async def client(api: FastAPI, house: House) -> AsyncIterator[httpx.AsyncClient]:
    """An HTTP client without credentials."""
    transport = httpx.ASGITransport(app=api, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url=BASE) as opened:
        yield opened


@dataclass(frozen=True)
class SignedIn:
    """A person, with what proves who he is."""

    user: User
    actor: Actor
    headers: dict[str, str]
    cookie: str


SignIn = Callable[..., Awaitable[SignedIn]]


@pytest.fixture
def sign_in(house: House) -> SignIn:
    """Make a user of a role and sign him in: `await sign_in(Role.STAFF, display_name="Ana")`."""

    async def make(role: Role = Role.STAFF, **changes: Any) -> SignedIn:
        name = f"{role.value}_{uuid4().hex[:8]}"
        fields = {"email": f"{name}@demo.example", "username": name, "display_name": name.title(), **changes}
        user = User(role=role, email_verified_at=utc_now(), **fields)
        cookie = new_token()
        session = AuthSession(
            user_id=user.id,
            cookie_hash=token_hash(cookie),
            refresh_hash=token_hash(new_token()),
            expires_at=utc_now().replace(year=utc_now().year + 1),
        )
        async with house.unit(Actor.system("test")) as uow:
            await uow.users.add(user)
            await uow.sessions.add(session)
        token = issue_access_token(house.settings.signing_key(), user.id, session.id, role, utc_now())
        actor = Actor.person(user.id, role, user.display_name, session_id=session.id)
        return SignedIn(user, actor, {"Authorization": f"Bearer {token}"}, cookie)

    return make


@pytest.fixture
def run_jobs(house: House) -> Callable[[], Awaitable[None]]:
    """Run every job that waits, then return."""

    async def run() -> None:
        await house.jobs.app.run_worker_async(wait=False, install_signal_handlers=False, concurrency=1)

    return run
