"""One change to many conversations in one unit of work, each with its line in the audit trail, and its undoing.

Source: ux.md section 1.1 (bulk bar).
"""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

from api.core.errors import ConflictError, HubError, NotFoundError, ValidationError
from api.services import conversations, read_marks
from api.services.unit_of_work import UnitOfWork
from models.bulk import Before, BulkChange, BulkReport, Refused
from models.conversations import PRIORITY_RANK, Conversation, ConversationPatch, ConversationStatus
from models.users import Permission

MOST_LABELS = 20
_KEPT = ("assignee_id", "status", "priority", "labels", "snoozed_until", "resolution", "waiting_since")
_Act = Callable[[UnitOfWork, Conversation, BulkChange], Awaitable[Any]]


async def change_many(uow: UnitOfWork, wanted: BulkChange) -> BulkReport:
    """Change every conversation that can be; what cannot is named with its reason and holds up nobody.

    Args:
        uow: The open unit of work; rows are locked in the order of their ids, so that two runs never wait in a ring.
        wanted: At most 100 conversations and one change.

    Raises:
        ForbiddenError: `forbidden`, `insufficient_scope`.
    """
    uow.actor.require(Permission.REPLY)
    uow.actor.require_user()
    report = BulkReport()
    for conversation_id in wanted.ids:
        try:
            before = await _change(uow, conversation_id, wanted)
        except HubError as error:
            report.refused.append(await _refused(uow, conversation_id, error))
        else:
            report.unchanged += before is None
            report.changed.extend([before] if before else [])
    return report


async def restore(uow: UnitOfWork, befores: list[Before]) -> BulkReport:
    """Give conversations back what a change took; what somebody changed since then stays as he left it.

    Raises:
        ForbiddenError: `forbidden`, `insufficient_scope`.
    """
    uow.actor.require(Permission.REPLY)
    uow.actor.require_user()
    report = BulkReport()
    for before in befores:
        try:
            await _restore(uow, before)
        except HubError as error:
            report.refused.append(await _refused(uow, before.id, error))
        else:
            report.changed.append(before)
    return report


async def _change(uow: UnitOfWork, conversation_id: UUID, wanted: BulkChange) -> Before | None:
    conversation = await uow.conversations.lock(conversation_id)
    if wanted.kind == "read":
        return await _read(uow, conversation)
    was = {name: getattr(conversation, name) for name in _KEPT}
    await _ACTS[wanted.kind](uow, conversation, wanted)
    if all(getattr(conversation, name) == value for name, value in was.items()):
        return None
    return Before(id=conversation_id, version=conversation.version, values=was)


async def _assign(uow: UnitOfWork, conversation: Conversation, wanted: BulkChange) -> None:
    await conversations.assign(uow, conversation.id, wanted.staff_id)


async def _status(uow: UnitOfWork, conversation: Conversation, wanted: BulkChange) -> None:
    if wanted.status is ConversationStatus.RESOLVED:
        await conversations.close(uow, conversation.id, None)
    else:
        await _patch(uow, conversation, wanted)


async def _label(uow: UnitOfWork, conversation: Conversation, wanted: BulkChange) -> None:
    labels = [*conversation.labels, *([wanted.label] if wanted.label not in conversation.labels else [])]
    if len(labels) > MOST_LABELS:
        raise ValidationError.at("body.label", f"is one more than the {MOST_LABELS} labels it can have", "too_many")
    await conversations.change(uow, conversation.id, ConversationPatch.model_validate({"labels": labels}))


async def _patch(uow: UnitOfWork, conversation: Conversation, wanted: BulkChange) -> None:
    patch = ConversationPatch.model_validate({wanted.kind: getattr(wanted, wanted.kind)})
    await conversations.change(uow, conversation.id, patch)


async def _read(uow: UnitOfWork, conversation: Conversation) -> Before | None:
    user_id = uow.actor.require_user()
    was = await uow.conversations.read_up_to(user_id, conversation.id)
    newest = await uow.messages.newest_moment(conversation.id)
    if newest is None or (was is not None and was >= newest):
        return None
    await uow.conversations.mark_read(user_id, conversation.id, newest)
    return Before(id=conversation.id, version=0, read_up_to=was)


async def _restore(uow: UnitOfWork, before: Before) -> None:
    conversation = await uow.conversations.lock(before.id)
    if not before.values:
        await read_marks.put_back(uow, before.id, before.read_up_to)
        return
    if conversation.version != before.version:
        raise ConflictError("Somebody changed it meanwhile.", code="changed_meanwhile")
    now = {name: getattr(conversation, name) for name in before.values}
    for name, value in before.values.items():
        setattr(conversation, name, value)
    conversation.priority_rank = PRIORITY_RANK[conversation.priority]
    conversations.touch(uow, conversation)
    moved = {name: value for name, value in before.values.items() if now[name] != value}
    target = f"conversation:{conversation.id}"
    await uow.audit("conversation:restore", target, {name: now[name] for name in moved}, moved)


async def _refused(uow: UnitOfWork, conversation_id: UUID, error: HubError) -> Refused:
    if isinstance(error, NotFoundError):
        return Refused(id=conversation_id, name="One conversation", reason="It was deleted.")
    conversation = await uow.conversations.require(conversation_id)
    customer = await uow.customers.require(conversation.customer_id)
    faults = "; ".join(f"{fault.field.removeprefix('body.')} {fault.message}" for fault in error.errors)
    return Refused(id=conversation_id, name=customer.name, reason=faults or error.detail)


_ACTS: dict[str, _Act] = {
    "staff_id": _assign,
    "status": _status,
    "label": _label,
    "priority": _patch,
    "snoozed_until": _patch,
}
