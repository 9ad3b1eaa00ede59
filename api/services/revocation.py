"""Tell every process that somebody's proof of identity no longer holds, or means something else."""

from functools import partial
from uuid import UUID

from api.services.house import house
from api.services.unit_of_work import UnitOfWork


def revoked(
    uow: UnitOfWork, *, user_id: UUID | None = None, session_id: UUID | None = None, key_id: UUID | None = None
) -> None:
    """Have a user's, a session's or a key's remembered identity dropped at the commit: here at once, then everywhere.

    Exactly one of the ids is given.
    """
    ids = {"user_id": user_id, "session_id": session_id, "key_id": key_id}
    given = {name: str(value) for name, value in ids.items() if value is not None}
    uow.after_commit(partial(house().sessions.forget, **given))
    uow.announce("session.revoked", **given)
