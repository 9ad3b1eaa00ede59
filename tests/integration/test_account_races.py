"""Many at once: one account out of a hundred sign-ups, one admin out of fifty, two processes that agree."""

import asyncio
import json
import os
import sys
import time
from typing import Any

import pytest
from pydantic import SecretStr

from api.core.errors import ConflictError
from api.core.security import Actor
from api.core.settings import Settings
from api.services import auth, users
from api.services.house import House
from models.auth import RegisterInput
from models.users import Role, UserPatch, UserStatus
from tests.conftest import ROOT, SignIn

PASSWORD = "tulips on the north wall"
_ELSEWHERE = """
import asyncio, json, sys, time
from api.core.errors import ForbiddenError
from api.core.settings import get_settings
from api.services.house import open_house
from api.services.identity import Credentials, identify
from api.services.registry import register_jobs

async def main(url, cookie, token):
    settings = get_settings()
    async with open_house(settings, url, register_jobs, work=False) as house:
        await house.bus.connected.wait()
        proofs = {"cookie": Credentials(cookie=cookie), "bearer": Credentials(bearer=token)}
        for proof in proofs.values():
            assert (await identify(house, proof)).role is not None
        print("ready", flush=True)
        ended = {}
        deadline = time.time() + 10
        while len(ended) < len(proofs) and time.time() < deadline:
            for name, proof in proofs.items():
                try:
                    await identify(house, proof)
                except ForbiddenError:
                    ended.setdefault(name, time.time())
            await asyncio.sleep(0.02)
        print(json.dumps(ended), flush=True)

asyncio.run(main(*sys.argv[1:]))
"""


async def test_a_hundred_sign_ups_whose_emails_differ_in_case_make_one_account(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(house, "settings", house.settings.model_copy(update={"rate_limit_enabled": False}))

    async def sign_up(place: int) -> str:
        letters = "ana.lopez"
        email = "".join(c.upper() if place >> n & 1 else c for n, c in enumerate(letters)) + "@Example.com"
        given = RegisterInput(email=email, username=f"ana_{place}", password=SecretStr(PASSWORD))
        try:
            await auth.register(house, Actor.anonymous(f"192.0.2.{place}"), given)
        except ConflictError as refusal:
            return refusal.code
        return "made"

    outcomes = await asyncio.gather(*(sign_up(place) for place in range(100)))
    assert sorted(outcomes) == ["email_taken"] * 99 + ["made"]
    assert len(await house.database.fetch("SELECT 1 FROM users")) == 1
    jobs = "SELECT 1 FROM procrastinate_jobs WHERE task_name = 'auth.mail_verification'"
    assert len(await house.database.fetch(jobs)) == 1


async def test_of_fifty_admins_demoted_and_suspended_at_once_one_remains(house: House, sign_in: SignIn) -> None:
    admins = [await sign_in(Role.ADMIN) for _ in range(50)]

    async def demote(place: int) -> str:
        reason: dict[str, Any] = {"status": UserStatus.SUSPENDED, "reason": "race"}
        patch = UserPatch(role=Role.USER) if place % 2 else UserPatch(**reason)
        try:
            async with house.unit(admins[place - 1].actor) as uow:
                await users.change(uow, admins[place].user.id, patch)
        except ConflictError as refusal:
            return refusal.code
        return "done"

    outcomes = await asyncio.gather(*(demote(place) for place in range(50)))
    assert sorted(outcomes) == ["done"] * 49 + ["last_admin"]
    left = await house.database.fetch("SELECT 1 FROM users WHERE role = 'admin' AND status = 'active'")
    assert len(left) == 1


async def test_a_suspension_ends_every_proof_in_another_process_within_five_seconds(
    house: House, sign_in: SignIn, settings: Settings, database_url: str
) -> None:
    admin, person = await sign_in(Role.ADMIN), await sign_in(Role.STAFF)
    token = person.headers["Authorization"].removeprefix("Bearer ")
    own = {"DATA_DIR": str(settings.data_dir), "ENVIRONMENT": "test", "DATABASE_URL": database_url}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", _ELSEWHERE, database_url, person.cookie, token),
        cwd=ROOT,
        env={**os.environ, **own, "PYTHONPATH": str(ROOT)},
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    assert await asyncio.wait_for(process.stdout.readline(), 60) == b"ready\n"
    async with house.unit(admin.actor) as uow:
        patch = UserPatch(status=UserStatus.SUSPENDED, reason="spam")
        await users.change(uow, person.user.id, patch)
    suspended_at = time.time()
    ended = json.loads(await asyncio.wait_for(process.stdout.readline(), 30))
    await process.wait()
    assert set(ended) == {"cookie", "bearer"}
    assert max(ended.values()) - suspended_at < 5
