"""Who is calling, across processes; what is kept and what is purged."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from pydantic import SecretStr
from sqlalchemy import text, update

from api.core.bus import Feed
from api.core.errors import ForbiddenError, UnauthorizedError
from api.core.security import Actor, token_hash
from api.core.settings import Settings
from api.services import auth
from api.services.attempts import network
from api.services.house import House, open_house
from api.services.identity import Credentials, actor_of_cookie, identify
from api.worker import register_jobs
from models.auth import RegisterInput
from models.base import utc_now
from models.users import AuthSession, Role, SpentRefreshToken, TokenPurpose, User, UserStatus, VerificationToken
from tests.conftest import SignIn
from tests.fakes.smtp_server import smtp_server


async def test_a_remembered_caller_costs_no_query_and_microseconds(house: House, sign_in: SignIn) -> None:
    person = await sign_in(Role.STAFF)
    token = person.headers["Authorization"].removeprefix("Bearer ")
    for proof in ({"cookie": person.cookie}, {"bearer": token}):
        first = await identify(house, Credentials(**proof, ip="192.0.2.1", request_id="r1"))
        assert (first.user_id, first.role, first.ip, first.request_id) == (
            person.user.id,
            Role.STAFF,
            "192.0.2.1",
            "r1",
        )
        async with house.unit(Actor.system("test")) as uow:
            await uow.session.execute(text("ALTER TABLE auth_sessions RENAME TO hidden"))
        try:
            for place in range(1_000):
                again = await identify(house, Credentials(**proof, ip="192.0.2.2", request_id=str(place)))
        finally:
            async with house.unit(Actor.system("test")) as uow:
                await uow.session.execute(text("ALTER TABLE hidden RENAME TO auth_sessions"))
        assert (again.ip, again.request_id, again.permissions) == ("192.0.2.2", "999", first.permissions)


async def test_a_key_beats_a_bearer_token_beats_a_cookie(house: House, sign_in: SignIn) -> None:
    ana, ben = await sign_in(Role.STAFF), await sign_in(Role.ADMIN)
    token = ben.headers["Authorization"].removeprefix("Bearer ")
    assert (await identify(house, Credentials(cookie=ana.cookie, bearer=token))).user_id == ben.user.id
    with pytest.raises(UnauthorizedError):
        await identify(house, Credentials(cookie=ana.cookie, bearer=token, api_key="dsk_no"))
    assert (await identify(house, Credentials(cookie="no"))).role is None


async def test_a_screen_of_a_suspended_person_is_nobodys(house: House, sign_in: SignIn) -> None:
    person = await sign_in(Role.STAFF, status=UserStatus.SUSPENDED, suspension_reason="spam")
    with pytest.raises(ForbiddenError):
        await identify(house, Credentials(cookie=person.cookie))
    assert (await actor_of_cookie(house, person.cookie)).role is None
    assert (await actor_of_cookie(house, None, "192.0.2.1", "r")).role is None


async def test_a_revocation_reaches_another_process_at_once(
    house: House, sign_in: SignIn, settings: Settings, database_url: str
) -> None:
    person = await sign_in(Role.STAFF)
    async with open_house(settings, database_url, register_jobs, work=False) as elsewhere:
        await elsewhere.bus.connected.wait()
        assert (await actor_of_cookie(house, person.cookie)).user_id == person.user.id
        with Feed(house.bus, lambda event: event["kind"] == "session.revoked") as feed:
            async with elsewhere.unit(person.actor) as uow:
                await auth.log_out(uow)
            event = await feed.next(2)
        assert event == {"kind": "session.revoked", "session_id": str(person.actor.session_id)}
        assert (await actor_of_cookie(house, person.cookie)).role is None


async def test_use_of_a_session_is_noted_once_a_minute(house: House, sign_in: SignIn) -> None:
    person = await sign_in(Role.STAFF)

    async def seen() -> str:
        house.sessions.clear()
        await actor_of_cookie(house, person.cookie)
        return (await house.database.fetch("SELECT last_seen_at FROM auth_sessions"))[0]["last_seen_at"]

    first = await seen()
    assert await seen() == first
    async with house.unit(Actor.system("test")) as uow:
        await uow.session.execute(update(AuthSession).values(last_seen_at=utc_now() - timedelta(seconds=61)))
    later = await seen()
    assert later > first
    assert await seen() == later


async def test_what_is_long_over_is_purged_and_the_rest_kept(house: House, sign_in: SignIn) -> None:
    kept, gone = await sign_in(Role.STAFF), await sign_in(Role.STAFF)
    old = utc_now() - timedelta(days=31)
    async with house.unit(Actor.system("test")) as uow:
        ended = await uow.sessions.lock(gone.actor.session_id or kept.user.id)
        ended.revoked_at = old
        uow.session.add(SpentRefreshToken(session_id=ended.id, token_hash=b"spent"))
        for name, moment in ((b"old", old), (b"new", utc_now() + timedelta(hours=1))):
            token = VerificationToken(
                user_id=kept.user.id, purpose=TokenPurpose.VERIFY_EMAIL, token_hash=name, expires_at=moment
            )
            await uow.tokens.add(token)
    await auth.purge(house)
    sessions = await house.database.fetch("SELECT id FROM auth_sessions")
    assert [row["id"] for row in sessions] == [str(kept.actor.session_id)]
    assert await house.database.fetch("SELECT 1 FROM spent_refresh_tokens") == []
    tokens = await house.database.fetch("SELECT token_hash FROM verification_tokens")
    assert [bytes(row["token_hash"]) for row in tokens] == [b"new"]


async def test_a_mailed_token_used_many_times_at_once_is_taken_once(house: House, sign_in: SignIn) -> None:
    person = await sign_in(Role.USER)
    async with house.unit(Actor.system("test")) as uow:
        await uow.session.execute(update(User).values(email_verified_at=None))
        token = VerificationToken(
            user_id=person.user.id,
            purpose=TokenPurpose.VERIFY_EMAIL,
            token_hash=token_hash("once"),
            expires_at=utc_now() + timedelta(hours=1),
        )
        await uow.tokens.add(token)

    async def take() -> bool:
        async with house.unit(Actor.anonymous()) as uow:
            return await uow.tokens.take(TokenPurpose.VERIFY_EMAIL, token_hash("once"), uow.now) is not None

    assert sorted(await asyncio.gather(*(take() for _ in range(6)))) == [False] * 5 + [True]


@pytest.mark.parametrize(
    ("ip", "counted_as"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3::4", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("testclient", "unknown"),
        (None, "unknown"),
    ],
)
def test_what_counts_as_one_address(ip: str | None, counted_as: str) -> None:
    assert network(ip) == counted_as


async def test_a_mail_that_is_not_taken_is_tried_again_and_blocks_nobody(
    house: House, monkeypatch: pytest.MonkeyPatch, run_jobs: Callable[[], Awaitable[None]]
) -> None:
    given = RegisterInput(email="ana@example.com", username="ana", password=SecretStr("tulips on the north wall"))
    await auth.register(house, Actor.anonymous(), given)
    async with smtp_server() as server:
        mail_url = f"smtp://127.0.0.1:{server.port}"
        monkeypatch.setattr(house, "settings", house.settings.model_copy(update={"mail_url": mail_url}))
        server.refuse = True
        await run_jobs()
        waiting = await house.database.fetch(
            "SELECT status, attempts FROM procrastinate_jobs WHERE task_name = 'auth.mail_verification'"
        )
        assert [(job["status"], job["attempts"]) for job in waiting] == [("todo", 1)]
        server.refuse = False
        async with house.unit(Actor.system("test")) as uow:
            await uow.session.execute(text("UPDATE procrastinate_jobs SET scheduled_at = NULL"))
        await run_jobs()
    assert [b"ana@example.com" in letter for letter in server.letters] == [True]


async def test_no_mail_goes_to_whoever_is_verified_or_gone(house: House, sign_in: SignIn) -> None:
    verified = await sign_in(Role.USER)
    for user_id in (str(verified.user.id), str(uuid4())):
        await auth.mail_verification(house, user_id)
    assert await house.database.fetch("SELECT 1 FROM verification_tokens") == []
