"""One change to many people, its rehearsal, somebody's dossier and sign-ins, nearest matches."""

import asyncio
from typing import Any

import pytest

from api.core.errors import ForbiddenError, NotFoundError, ValidationError
from api.services import user_bulk, user_desk, users
from api.services.house import House
from api.services.identity import actor_of_cookie
from models.user_desk import UserBulkChange, UserBulkReport, Verdict
from models.users import Role, UserPatch, UserQuery, UserStatus
from tests.conftest import SignedIn, SignIn

SUSPENDED = {"status": "suspended", "reason": "Sold the same truck twice"}


def change(*people: SignedIn, **patch: Any) -> UserBulkChange:
    """Ask for the same change of all of them."""
    return UserBulkChange(ids=[person.user.id for person in people], change=UserPatch.model_validate(patch))


async def done(house: House, by: SignedIn, wanted: UserBulkChange) -> UserBulkReport:
    """Do it, in a unit of work of its own."""
    async with house.unit(by.actor) as uow:
        return await user_bulk.change_many(uow, wanted)


def verdicts(report: UserBulkReport) -> dict[str, Verdict]:
    """Return what became of whom, by name."""
    return {outcome.name: outcome.verdict for outcome in report.outcomes}


async def count_audit(house: House) -> int:
    """Count the lines of the trail."""
    return (await house.database.fetch("SELECT count(*) AS n FROM audit_entries"))[0]["n"]


async def test_a_rehearsal_says_what_comes_and_does_nothing(house: House, sign_in: SignIn) -> None:
    admin, ann = await sign_in(Role.ADMIN, display_name="Ada"), await sign_in(Role.USER, display_name="Ann")
    bob = await sign_in(Role.STAFF, display_name="Bob")
    wanted = change(admin, ann, bob, role="staff")
    foreseen = await user_bulk.rehearse(house, admin.actor, wanted)
    assert verdicts(foreseen) == {"Ada": Verdict.REFUSED, "Ann": Verdict.CHANGED, "Bob": Verdict.UNCHANGED}
    assert foreseen.outcomes[0].reason == user_bulk.ONESELF
    assert await count_audit(house) == 0
    assert (await actor_of_cookie(house, ann.cookie)).role is Role.USER
    assert await done(house, admin, wanted) == foreseen
    assert (await actor_of_cookie(house, ann.cookie)).role is Role.STAFF
    assert await count_audit(house) == 1


async def test_the_last_admin_stays_and_holds_up_nobody(house: House, sign_in: SignIn) -> None:
    """The caller himself was demoted meanwhile, so that the other one is the last."""
    caller, last = await sign_in(Role.ADMIN), await sign_in(Role.ADMIN, display_name="Last")
    ann = await sign_in(Role.USER, display_name="Ann")
    async with house.unit(last.actor) as uow:
        await users.change(uow, caller.user.id, UserPatch(role=Role.USER))
    report = await done(house, caller, change(last, ann, **SUSPENDED))
    assert verdicts(report) == {"Last": Verdict.REFUSED, "Ann": Verdict.CHANGED}
    async with house.unit(last.actor) as uow:
        assert (await users.read(uow, last.user.id)).status is UserStatus.ACTIVE
        assert (await users.read(uow, ann.user.id)).status is UserStatus.SUSPENDED
    assert await count_audit(house) == 2


async def test_two_who_demote_each_other_with_others_leave_an_admin(house: House, sign_in: SignIn) -> None:
    ada, eve = await sign_in(Role.ADMIN), await sign_in(Role.ADMIN)
    people = [await sign_in(Role.USER) for _ in range(4)]
    both = (done(house, ada, change(eve, *people, role="staff")), done(house, eve, change(ada, *people, role="staff")))
    reports = await asyncio.gather(*both)
    assert sum(report.count(Verdict.REFUSED) for report in reports) == 1
    assert sum(report.count(Verdict.CHANGED) for report in reports) == 1 + len(people)


async def test_a_suspension_of_many_needs_a_reason_and_an_admin(house: House, sign_in: SignIn) -> None:
    admin, ann, judith = await sign_in(Role.ADMIN), await sign_in(Role.USER), await sign_in(Role.MODERATOR)
    for patch in ({"status": "suspended"}, {}, {**SUSPENDED, "suspended_until": "2001-01-01T00:00:00Z"}):
        with pytest.raises(ValidationError):
            await done(house, admin, change(ann, **patch))
    with pytest.raises(ForbiddenError):
        await user_bulk.rehearse(house, judith.actor, change(ann, **SUSPENDED))


async def test_whom_the_filters_mean_is_found_beyond_one_page(house: House, sign_in: SignIn) -> None:
    admin = await sign_in(Role.ADMIN)
    staff = {(await sign_in(Role.STAFF)).user.id for _ in range(3)}
    async with house.unit(admin.actor) as uow:
        assert set(await user_bulk.ids_of(uow, UserQuery(role=Role.STAFF, limit=1))) == staff


async def test_a_slip_finds_the_nearest_within_the_filters(house: House, sign_in: SignIn) -> None:
    admin = await sign_in(Role.ADMIN)
    await sign_in(Role.STAFF, display_name="Oluwaseun Adeyemi", username="oluwaseun", email="olu@demo.example")
    async with house.unit(admin.actor) as uow:
        found = {
            q: await user_desk.matching(uow, UserQuery(q=q, role=role))
            for q, role in (("seun Ade", None), ("oluwasuen", None), ("oluwaseum", Role.USER), ("xyzzy", None))
        }
    assert {q: (len(page.rows), near) for q, (page, near) in found.items()} == {
        "seun Ade": (1, False),
        "oluwasuen": (1, True),
        "oluwaseum": (0, False),
        "xyzzy": (0, False),
    }


async def test_the_dossier_tells_who_did_what_and_why(house: House, sign_in: SignIn) -> None:
    admin, ann = await sign_in(Role.ADMIN, display_name="Ada Byron"), await sign_in(Role.USER)
    await done(house, admin, change(ann, **SUSPENDED, suspended_until="2999-01-01T00:00:00Z"))
    async with house.unit(admin.actor) as uow:
        told = await user_desk.read(uow, ann.user.id)
    assert told.suspension_reason == SUSPENDED["reason"]
    assert str(told.suspended_until).startswith("2999-01-01")
    assert [(line.action, line.actor_name) for line in told.history] == [("user:update", "Ada Byron")]


async def test_an_admin_ends_one_sign_in_and_then_all(house: House, sign_in: SignIn) -> None:
    admin, ann, judith = await sign_in(Role.ADMIN), await sign_in(Role.USER), await sign_in(Role.MODERATOR)
    async with house.unit(admin.actor) as uow:
        (session,) = await user_desk.sign_ins(uow, ann.user.id)
        with pytest.raises(NotFoundError):
            await user_desk.end_sign_in(uow, judith.user.id, session.id)
        await user_desk.end_sign_in(uow, ann.user.id, session.id)
        await user_desk.end_sign_ins(uow, judith.user.id)
    for person in (ann, judith):
        assert (await actor_of_cookie(house, person.cookie)).role is None
    with pytest.raises(ForbiddenError):
        async with house.unit(judith.actor) as uow:
            await user_desk.sign_ins(uow, ann.user.id)
    assert await count_audit(house) == 2


async def test_near_misses_go_on_beyond_a_page(house: House, sign_in: SignIn) -> None:
    """Page by page everybody near comes once; the cursor leads on even though no name contains the words."""
    admin = await sign_in(Role.ADMIN)
    near = {(await sign_in(Role.USER, display_name=f"Oluwaseun {letter}")).user.id for letter in "abcde"}
    found: list[Any] = []
    query = UserQuery(q="oluwasuen", limit=2, include_total=True)
    async with house.unit(admin.actor) as uow:
        while True:
            page, nearest = await user_desk.matching(uow, query)
            assert (nearest, page.total) == (True, 5)
            found += [user.id for user in page.rows]
            if page.next_cursor is None:
                break
            query = query.model_copy(update={"cursor": page.next_cursor})
    assert (len(found), set(found)) == (5, near)


async def test_each_filter_of_an_empty_list_is_counted_without(house: House, sign_in: SignIn) -> None:
    """A list without the search brings back who is staff; one without the role, who is called nearly so."""
    admin = await sign_in(Role.ADMIN)
    await sign_in(Role.USER, display_name="Oluwaseun")
    for _ in range(3):
        await sign_in(Role.STAFF, display_name="Mei")
    async with house.unit(admin.actor) as uow:
        counts = await user_desk.brought_back(uow, UserQuery(q="oluwasuen", role=Role.STAFF))
        assert counts == {"q": 3, "role": 1}
        assert await user_desk.brought_back(uow, UserQuery()) == {}
    with pytest.raises(ForbiddenError):
        async with house.unit((await sign_in(Role.STAFF)).actor) as uow:
            await user_desk.brought_back(uow, UserQuery(q="x"))
