"""API keys: made, listed and revoked by their owner."""

from uuid import UUID

from api.core.errors import ConflictError, NotFoundError, ValidationError
from api.core.pagination import Page, PageRequest
from api.core.security import API_KEY_PREFIX, new_token, token_hash
from api.services.revocation import revoked
from api.services.unit_of_work import UnitOfWork
from models.platform import ApiKey, ApiKeyInput, ApiKeyView, NewApiKeyView

MOST_KEYS = 100
_HINT_LENGTH = len(API_KEY_PREFIX) + 4


async def page(uow: UnitOfWork, request: PageRequest) -> Page[ApiKeyView]:
    """Return a page of the caller's own keys, without their secrets.

    Raises:
        UnauthorizedError: `unauthorized`.
        ForbiddenError: `insufficient_scope` for an API key.
    """
    found = await uow.keys.of_owner(uow.actor.require_user(), request)
    return Page([ApiKeyView.model_validate(key) for key in found.rows], found.next_cursor, found.total)


async def create(uow: UnitOfWork, given: ApiKeyInput) -> NewApiKeyView:
    """Make a key that acts for the caller within its scopes, and return its secret, this once.

    A scope that the owner's role does not cover grants nothing, until the role does.

    Raises:
        UnauthorizedError: `unauthorized`.
        ForbiddenError: `insufficient_scope` for an API key.
        ValidationError: It ends in the past.
        ConflictError: `conflict`: the caller has 100 keys.
    """
    user_id = uow.actor.require_user()
    if given.expires_at is not None and given.expires_at <= uow.now:
        raise ValidationError.at("body.expires_at", "must lie in the future")
    await uow.users.lock(user_id)
    if await uow.keys.count_usable(user_id, uow.now) >= MOST_KEYS:
        raise ConflictError(f"You have {MOST_KEYS} keys; delete one first.")
    secret = API_KEY_PREFIX + new_token()
    key = ApiKey(
        user_id=user_id,
        secret_hash=token_hash(secret),
        hint=secret[:_HINT_LENGTH],
        created_at=uow.now,
        updated_at=uow.now,
        **{**given.model_dump(), "scopes": sorted(set(given.scopes))},
    )
    await uow.keys.add(key)
    return NewApiKeyView.model_validate({**key.model_dump(exclude={"secret_hash"}), "secret": secret})


async def revoke(uow: UnitOfWork, key_id: UUID) -> None:
    """End one of the caller's own keys.

    Raises:
        UnauthorizedError: `unauthorized`.
        ForbiddenError: `insufficient_scope` for an API key.
        NotFoundError: `not_found`, also for somebody else's.
    """
    user_id = uow.actor.require_user()
    key = await uow.keys.lock(key_id)
    if key.user_id != user_id or key.revoked_at is not None:
        raise NotFoundError()
    key.revoked_at = key.updated_at = uow.now
    await uow.keys.add(key)
    revoked(uow, key_id=key.id)
