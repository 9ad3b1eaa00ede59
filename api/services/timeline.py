"""What happened to a conversation besides what was said, from what is stored anyway."""

import asyncio
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from api.core.database import Row
from api.core.errors import NotFoundError
from api.repositories.thread import EXISTS
from api.repositories.timeline import AUDITED, EDITED, REJECTED, WOKEN, TimelineRepository
from api.services.unit_of_work import UnitOfWork
from models.base import PersonView
from models.timeline import HappeningKind, HappeningView, TimelineView
from models.users import Permission

AT_MOST = 200
_VALUED = (HappeningKind.STATUS, HappeningKind.PRIORITY)
_NOBODY = "A former colleague"


async def around(
    uow: UnitOfWork, conversation_id: UUID, since: datetime | None = None, until: datetime | None = None
) -> TimelineView:
    """Return what happened in a stretch of a thread, oldest first, the newest 200 of each kind of source.

    It shows names of colleagues and private reasons, so whoever may not read what is internal is refused.

    Args:
        uow: The open unit of work.
        conversation_id: Which conversation.
        since: The moment of the oldest message shown, inclusive; None goes back to the beginning.
        until: The moment of the first message that is shown already, exclusive; None goes on to now.

    Raises:
        ForbiddenError: `forbidden`, `insufficient_scope`.
        NotFoundError: `not_found`.

    Source: ux 1.1 (system events, AI-authored messages).
    """
    uow.actor.require(Permission.READ_INTERNAL)
    repository = TimelineRepository(uow.database)
    reads = (repository.read(sql, conversation_id, since, until, AT_MOST) for sql in (AUDITED, REJECTED, WOKEN, EDITED))
    audited, rejected, woken, edited = await asyncio.gather(*reads)
    if not (audited or rejected or woken or edited):
        await _require(uow, conversation_id)
    happenings = [one for row in reversed(audited) for one in _told(row)]
    happenings += [_rejection(row) for row in rejected] + [_awakening(row) for row in woken]
    happenings.sort(key=lambda one: one.at)
    return TimelineView(happenings=happenings, edited={row["id"]: per_cent(row["share"]) for row in edited})


async def _require(uow: UnitOfWork, conversation_id: UUID) -> None:
    if not await uow.database.fetch(EXISTS.sql, {"conversation_id": conversation_id}):
        raise NotFoundError()


def per_cent(share: float) -> int:
    """Return a share of 0 to 1 that is not nothing as whole per cent of 1 to 100; see TimelineView."""
    return max(1, round(100 * share))


def _told(row: Row) -> Iterator[HappeningView]:
    """Return one happening for each thing that a line of the audit trail changed."""
    before, after = row["before"] or {}, row["after"] or {}
    if row["action"] == "conversation:assign":
        person = _person(row["person_id"] or after.get("staff_id"), row["person_name"])
        yield _happening(row, HappeningKind.ASSIGNED, person=person)
        return
    for kind in _VALUED:
        if kind.value in after and before.get(kind.value) != after[kind.value]:
            yield _happening(row, kind, details={"value": after[kind.value], "before": before.get(kind.value)})
    if "subject" in after and before.get("subject") != after["subject"]:
        yield _happening(row, HappeningKind.SUBJECT)
    yield from _labels(row, before.get("labels") or [], after.get("labels"))
    yield from _sleep(row, before, after)


def _labels(row: Row, before: list[str], after: list[str] | None) -> Iterator[HappeningView]:
    if after is None:
        return
    added = [name for name in after if name not in before]
    removed = [name for name in before if name not in after]
    if added or removed:
        yield _happening(row, HappeningKind.LABELS, details={"added": added, "removed": removed})


def _sleep(row: Row, before: dict[str, Any], after: dict[str, Any]) -> Iterator[HappeningView]:
    if "snoozed_until" not in after or before.get("snoozed_until") == after["snoozed_until"]:
        return
    if after["snoozed_until"] is None:
        yield _happening(row, HappeningKind.WOKEN)
    else:
        yield _happening(row, HappeningKind.SNOOZED, details={"until": after["snoozed_until"]})


def _rejection(row: Row) -> HappeningView:
    told = {name: value for name in ("reason", "comment") if (value := row[name])}
    return _happening(row, HappeningKind.DRAFT_REJECTED, details=told)


def _awakening(row: Row) -> HappeningView:
    return HappeningView(id=f"{row['id']}:{row['kind']}", at=row["at"], kind=HappeningKind(row["kind"]), actor=None)


def _happening(row: Row, kind: HappeningKind, **more: Any) -> HappeningView:
    actor = _person(row["actor_id"], row["actor_name"])
    return HappeningView(id=f"{row['id']}:{kind.value}", at=row["at"], kind=kind, actor=actor, **more)


def _person(user_id: str | None, name: str | None) -> PersonView | None:
    return PersonView(id=UUID(str(user_id)), display_name=name or _NOBODY) if user_id else None
