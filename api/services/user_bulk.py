"""One change to many people in one unit of work, each with his line in the audit trail; and its rehearsal."""

from collections.abc import Iterable, Sequence
from typing import NoReturn
from uuid import UUID

from api.core.errors import ConflictError, ForbiddenError, NotFoundError, ValidationError
from api.core.pagination import MAX_LIMIT
from api.core.security import Actor
from api.services import users
from api.services.house import House
from api.services.unit_of_work import UnitOfWork
from models.user_desk import MOST_PEOPLE, MOST_SELECTED, Standing, UserBulkChange, UserBulkReport, UserOutcome, Verdict
from models.users import Permission, User, UserPatch, UserQuery, UserStatus

ONESELF = "This is you; another administrator changes you."
_RANK = {Verdict.REFUSED: 0, Verdict.CHANGED: 1, Verdict.UNCHANGED: 2}


class _RehearsalOverError(Exception):
    """Ends a rehearsal's unit of work, so that nothing of it is committed or told."""

    def __init__(self, report: UserBulkReport) -> None:
        self.report = report


async def rehearse(house: House, actor: Actor, wanted: UserBulkChange) -> UserBulkReport:
    """Tell what a change to many would do: it is done and taken back, so that the two can't differ.

    Raises:
        UnauthorizedError: `unauthorized`.
        ForbiddenError: `forbidden`.
        ValidationError: The change is none, or a suspension without a reason, or one that ends in the past.
    """
    try:
        async with house.unit(actor) as uow:
            await _change_and_stop(uow, wanted)
    except _RehearsalOverError as over:
        return over.report


async def _change_and_stop(uow: UnitOfWork, wanted: UserBulkChange) -> NoReturn:
    raise _RehearsalOverError(await change_many(uow, wanted))


async def change_many(uow: UnitOfWork, wanted: UserBulkChange) -> UserBulkReport:
    """Change everybody who can be changed; who cannot is named with the reason and holds up nobody.

    Rows are locked in the order of their ids, after the lock on who is an admin, so that two runs never wait in a ring.

    Raises:
        UnauthorizedError: `unauthorized`.
        ForbiddenError: `forbidden`.
        ValidationError: The change is none, or a suspension without a reason, or one that ends in the past.
    """
    uow.actor.require(Permission.MANAGE_USERS)
    if wanted.change.role is None and wanted.change.status is None:
        raise ValidationError.at("body.change", "must name a role or a status", "missing")
    if wanted.change.status is UserStatus.SUSPENDED and wanted.change.reason is None:
        raise ValidationError.at("body.reason", "is needed for a suspension", "missing")
    await uow.users.hold_admins()
    outcomes = [await _outcome(uow, user_id, wanted.change) for user_id in wanted.ids]
    return _sorted(outcomes)


def _sorted(outcomes: Iterable[UserOutcome]) -> UserBulkReport:
    return UserBulkReport(outcomes=sorted(outcomes, key=lambda one: (_RANK[one.verdict], one.name.casefold())))


def parts(ids: Sequence[UUID], patch: UserPatch) -> list[UserBulkChange]:
    """Cut a change to any number of people into changes of MOST_PEOPLE, each for a unit of work of its own."""
    starts = range(0, len(ids), MOST_PEOPLE)
    return [UserBulkChange(ids=list(ids[at : at + MOST_PEOPLE]), change=patch) for at in starts]


def merged(reports: Iterable[UserBulkReport]) -> UserBulkReport:
    """Put the parts' reports into one, the refused first, then by name."""
    return _sorted(outcome for report in reports for outcome in report.outcomes)


async def _outcome(uow: UnitOfWork, user_id: UUID, patch: UserPatch) -> UserOutcome:
    """Change one person within a savepoint, so that a refusal leaves nothing of his change behind."""
    user = await uow.users.get(user_id)
    if user is None or user.status == UserStatus.DELETED:
        return UserOutcome(id=user_id, name="Somebody", email="", verdict=Verdict.REFUSED, reason="Deleted meanwhile.")
    known = {"id": user_id, "name": user.display_name, "email": user.email, "before": _standing(user)}
    if user_id == uow.actor.user_id:
        return UserOutcome(**known, verdict=Verdict.REFUSED, reason=ONESELF)
    was = user.updated_at
    try:
        async with uow.session.begin_nested():
            after = await users.change(uow, user_id, patch)
    except (ConflictError, ForbiddenError, NotFoundError) as error:
        return UserOutcome(**known, verdict=Verdict.REFUSED, reason=error.detail)
    verdict = Verdict.UNCHANGED if after.updated_at == was else Verdict.CHANGED
    return UserOutcome(**known, verdict=verdict, after=Standing(role=after.role, status=after.status))


def _standing(user: User) -> Standing:
    shown = users.view_of(user)
    return Standing(role=shown.role, status=shown.status)


async def ids_of(uow: UnitOfWork, query: UserQuery) -> list[UUID]:
    """Return whom a list's filters mean, in its order: at most MOST_SELECTED.

    Raises:
        UnauthorizedError: `unauthorized`.
        ForbiddenError: `forbidden`.
    """
    uow.actor.require(Permission.MANAGE_USERS)
    found: list[UUID] = []
    cursor: str | None = None
    while len(found) < MOST_SELECTED:
        page = await users.page(uow, query.model_copy(update={"cursor": cursor, "limit": MAX_LIMIT}))
        found += [user.id for user in page.rows]
        cursor = page.next_cursor
        if cursor is None:
            break
    return found[:MOST_SELECTED]
