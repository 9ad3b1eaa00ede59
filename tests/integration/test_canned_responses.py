"""Canned responses against the real database: shortcuts, approval, audit, search."""

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from api.core.errors import ConflictError, ForbiddenError, NotFoundError, ValidationError
from api.core.security import Actor
from api.services import canned_responses
from api.services.canned_responses import CannedResponseQuery
from api.services.house import House
from models.canned_responses import CannedResponseInput, CannedResponsePatch, CannedResponseView
from models.users import Role

ADMIN = Actor.system("test")
SOMEBODY = UUID(int=1)


async def keep(house: House, title: str, **told: Any) -> CannedResponseView:
    async with house.unit(ADMIN) as uow:
        wanted = CannedResponseInput.model_validate({"title": title, "content": f"About {title}."} | told)
        return await canned_responses.create(uow, wanted)


async def change(house: House, row_id: UUID, **told: Any) -> CannedResponseView:
    async with house.unit(ADMIN) as uow:
        return await canned_responses.change(uow, row_id, CannedResponsePatch.model_validate(told))


async def actions(house: House) -> list[str]:
    async with house.database.engine.connect() as connection:
        return list((await connection.execute(text("SELECT action FROM audit_entries ORDER BY id"))).scalars())


async def test_a_shortcut_belongs_to_one_whatever_its_case(house: House) -> None:
    first = await keep(house, "Hours", shortcut="Hours")
    with pytest.raises(ConflictError):
        await keep(house, "More hours", shortcut="hours")
    other = await keep(house, "More hours")
    with pytest.raises(ConflictError):
        await change(house, other.id, shortcut="HOURS")
    assert (await change(house, first.id, shortcut=None)).shortcut is None
    assert (await change(house, other.id, shortcut="hours")).shortcut == "hours"


async def test_changes_are_audited_and_no_change_is_none(house: House) -> None:
    kept = await keep(house, "Hours")
    assert (await change(house, kept.id, approved=True)).approved
    await change(house, kept.id, approved=True, title="Hours")
    async with house.unit(ADMIN) as uow:
        await canned_responses.remove(uow, kept.id)
    assert await actions(house) == ["canned_response:create", "canned_response:update", "canned_response:delete"]
    with pytest.raises(NotFoundError):
        await change(house, kept.id, approved=False)


@pytest.mark.parametrize("name", ["title", "content", "approved"])
async def test_what_is_never_empty_refuses_null(house: House, name: str) -> None:
    kept = await keep(house, "Hours")
    with pytest.raises(ValidationError) as refused:
        await change(house, kept.id, **{name: None})
    assert refused.value.errors[0].field == f"body.{name}"


async def test_lists_by_title_search_and_approval(house: House) -> None:
    await keep(house, "Zebra", approved=True)
    await keep(house, "apple", shortcut="fruit_1")
    await keep(house, "Berry", content="100% fresh")
    staff = Actor.person(SOMEBODY, Role.STAFF)
    async with house.unit(staff) as uow:
        assert [row.title for row in await canned_responses.listing(uow)] == ["apple", "Berry", "Zebra"]
        assert [row.title for row in await uow.canned.every(approved_only=True)] == ["Zebra"]
        for q, titles in (("FRUIT_1", ["apple"]), ("100%", ["Berry"]), ("about", ["Zebra", "apple"]), ("_", ["apple"])):
            page = await canned_responses.page(uow, CannedResponseQuery(q=q, sort="updated_at"))
            assert sorted(row.title for row in page.rows) == titles


@pytest.mark.parametrize("role", [Role.USER, Role.STAFF, Role.MODERATOR])
async def test_only_admins_keep_them(house: House, role: Role) -> None:
    with pytest.raises(ForbiddenError):
        async with house.unit(Actor.person(SOMEBODY, role)) as uow:
            await canned_responses.create(uow, CannedResponseInput(title="a", content="b"))
