"""Setting one's own read mark back: what the screens' "mark unread" does.

The contract's POST /read sets the mark at a message; this sets it before the customer's newest, so that what a reader
has not read counts again by the same rule. Nobody else's mark moves, and a mark that lies further back stays there.
"""

from datetime import datetime, timedelta
from uuid import UUID

from api.core.errors import ConflictError
from api.services.unit_of_work import UnitOfWork
from models.users import Permission

_TICK = timedelta(microseconds=1)


async def mark_unread(uow: UnitOfWork, conversation_id: UUID) -> None:
    """Let the customer's newest message count as unread for the caller.

    Raises:
        NotFoundError: `not_found`.
        ConflictError: `nothing_to_read`: the customer never wrote in it.
    """
    uow.actor.require(Permission.REPLY)
    user_id = uow.actor.require_user()
    await uow.conversations.require(conversation_id)
    heard = await uow.messages.newest_moment(conversation_id, customers_only=True)
    if heard is None:
        raise ConflictError("The customer has not written in it yet.", code="nothing_to_read")
    mark = await uow.conversations.read_up_to(user_id, conversation_id)
    if mark is not None and mark >= heard:
        await uow.conversations.mark_read(user_id, conversation_id, heard - _TICK)


async def put_back(uow: UnitOfWork, conversation_id: UUID, mark: datetime | None) -> None:
    """Set the caller's mark where it stood; None forgets it.

    Raises:
        ForbiddenError: `forbidden`, `insufficient_scope`.
    """
    uow.actor.require(Permission.REPLY)
    user_id = uow.actor.require_user()
    if mark is None:
        await uow.conversations.forget_mark(user_id, conversation_id)
    else:
        await uow.conversations.mark_read(user_id, conversation_id, mark)
