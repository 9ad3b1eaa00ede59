"""What can't be read is told above the page and leaves what it shows; while nobody can be told, nothing passes."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import httpx
import psycopg
import pytest
from sqlalchemy.engine import make_url

from api.core.embedded_postgres import running_url
from api.core.errors import InternalError, NotFoundError, UpstreamUnavailableError
from dealsmart_app.states.api_keys import ApiKeyState
from dealsmart_app.states.base import HubState
from dealsmart_app.states.composer import ComposerState
from dealsmart_app.states.dealership import DealershipState
from dealsmart_app.states.reading import reading, title_of
from dealsmart_app.states.users import UserListState, UserViewState
from dealsmart_app.states.workspace import WorkspaceState
from tests.app.socket_client import HYDRATE, Socket
from tests.served import Served, cookie_of

LIST, VIEWS = UserListState.get_full_name(), UserViewState.get_full_name()
BACK_SECONDS = 45
GUARD = f"{HubState.get_full_name()}.guard"


class Page:
    """Stands for a page's state: its rows, and what is wrong with the world when it reads."""

    def __init__(self) -> None:
        self.faults: list[dict[str, str]] = []
        self.rows = ["Ada"]
        self.wrong: Exception | None = None

    @reading
    async def load(self) -> str:
        """Read, or fail."""
        if self.wrong is not None:
            raise self.wrong
        self.rows = ["Ada", "Mei"]
        return "next"


async def test_a_fault_keeps_the_rows_and_goes_with_the_next_success() -> None:
    page = Page()
    page.wrong = psycopg.OperationalError("gone")
    page.wrong.add_note("request_id=scr_1")
    for _ in range(2):
        assert await page.load() is None
    assert page.rows == ["Ada"]
    assert [(one["title"], one["request_id"]) for one in page.faults] == [(UpstreamUnavailableError.title, "scr_1")]
    page.wrong = None
    assert await page.load() == "next"
    assert (page.rows, page.faults) == (["Ada", "Mei"], [])


async def test_a_refusal_is_no_fault() -> None:
    page = Page()
    page.wrong = NotFoundError()
    with pytest.raises(NotFoundError):
        await page.load()
    assert page.faults == []


def test_problems_have_the_names_of_the_api() -> None:
    assert title_of(ValueError("a secret")) == InternalError.title
    assert title_of(UpstreamUnavailableError()) == UpstreamUnavailableError.title


def _url(served: Served) -> str:
    url = running_url(served.data) if served.data else None
    if url is None:
        pytest.skip("the running product's data folder is not known")
    return url


@contextmanager
def without_table(served: Served, name: str) -> Iterator[None]:
    """Take a table away for a while."""
    with psycopg.connect(_url(served), autocommit=True) as connection:
        connection.execute(f"ALTER TABLE {name} RENAME TO {name}_away".encode())
        try:
            yield
        finally:
            connection.execute(f"ALTER TABLE {name}_away RENAME TO {name}".encode())


@contextmanager
def without_database(served: Served) -> Iterator[None]:
    """End every connection of the product and let none in for a while."""
    url = make_url(_url(served))
    name, beside = url.database or "", url.set(database="template1").render_as_string(hide_password=False)
    with psycopg.connect(beside, autocommit=True) as connection:
        connection.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false'.encode())
        try:
            connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
            yield
        finally:
            connection.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true'.encode())


async def test_one_part_that_fails_leaves_the_others(served: Served) -> None:
    """The views can't be read, the people can; another try clears the line."""
    with served.sign_in("ada") as ada:
        async with Socket(served.url, cookie_of(ada)) as socket:
            with without_table(served, "saved_views"):
                told = await socket.send(f"{VIEWS}.load", "/users")
                assert InternalError.title in told
                assert "scr_" in told
                assert "saved_views" not in told
                assert "mei@demo.example" in await socket.send(f"{LIST}.load", "/users?q=mei")
            cleared = await socket.send(GUARD, "/users", route="/users")
    assert '"faults_rx_state_": []' in cleared


@pytest.mark.parametrize(
    ("table", "state", "handler", "at"),
    [
        ("saved_views", WorkspaceState, "arrive", "/inbox"),
        ("canned_responses", ComposerState, "arrive", "/inbox"),
        ("api_keys", ApiKeyState, "load", "/settings?tab=api-keys"),
        ("dealership", DealershipState, "load", "/dealership"),
    ],
)
async def test_every_page_says_what_it_cannot_read(
    served: Served, table: str, state: type[HubState], handler: str, at: str
) -> None:
    """The workspace and the settings, too: a line with the request's id, and no toast."""
    with served.sign_in("ada") as ada:
        async with Socket(served.url, cookie_of(ada)) as socket:
            with without_table(served, table):
                told = await socket.send(f"{state.get_full_name()}.{handler}", at)
            again = await socket.send(f"{state.get_full_name()}.{handler}", at)
    assert f'"reader": "{state.__name__}.{handler}"' in told
    assert "_toast" not in told
    assert '"faults_rx_state_": []' in again


async def test_while_nobody_can_be_told_from_anybody_nothing_passes(served: Served) -> None:
    """A tree that holds people gives none of them away, neither to its own person nor to who has stolen its key."""
    with served.sign_in("ada") as ada:
        async with Socket(served.url, cookie_of(ada)) as socket:
            assert "mei@demo.example" in await socket.send(f"{LIST}.load", "/users?q=mei")
            with without_database(served):
                stolen = Socket(served.url, token=socket.token)
                async with stolen as thief:
                    answer = await thief.send(HYDRATE)
            assert "mei@demo.example" not in answer
            assert "mei@demo.example" in await socket.send(f"{LIST}.load", "/users?q=mei@")
        _works(served)


def _works(served: Served) -> None:
    """Wait until the worker, which lost its connections too, has done what was queued since."""
    name = f"back_{uuid4().hex[:10]}"
    given = {"email": f"{name}@demo.example", "username": name, "password": "Quiet-Gearbox-27"}
    httpx.post(f"{served.url}/api/v1/auth/register", json=given, headers={"Origin": served.url}).raise_for_status()
    waiting = "SELECT 1 FROM procrastinate_jobs WHERE task_name = 'auth.mail_verification' AND status = 'todo'"
    with psycopg.connect(_url(served), autocommit=True) as connection:
        for _ in range(BACK_SECONDS * 4):
            if connection.execute(waiting).fetchone() is None:
                return
            time.sleep(0.25)
    pytest.fail("the worker has not come back")
