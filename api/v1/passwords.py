"""/auth/password-reset and /auth/password: a new password, with and without the old one."""

from api.dependencies import CurrentHouse, SignedInActor
from api.entrance import Visitor
from api.routing import hub_router
from api.services import new_passwords
from models.accounts import NewPasswordInput, PasswordInput, ResetDoneView, ResetInput, ResetView
from models.base import Data

router = hub_router("auth")


@router.post("/auth/password-reset", status_code=202, summary="Ask for a new password")
async def request_reset(given: ResetInput, house: CurrentHouse, visitor: Visitor) -> Data[ResetView]:
    """Have a link mailed, good once and for an hour; whether the e-mail has an account is not told.

    Errors: 400 `validation_error`, 429 `rate_limited`.
    """
    async with house.unit(visitor) as uow:
        return Data(data=await new_passwords.request_reset(uow, given.email))


@router.post("/auth/password-reset/confirm", summary="Choose the new password")
async def confirm_reset(given: NewPasswordInput, house: CurrentHouse, visitor: Visitor) -> Data[ResetDoneView]:
    """Set a new password by the token of the mailed link; every sign-in of the account ends.

    Errors: 400 `validation_error`, 429 `rate_limited`.
    """
    return Data(data=await new_passwords.confirm_reset(house, visitor, given))


@router.post("/auth/password", status_code=204, summary="Change one's own password")
async def change_password(given: PasswordInput, house: CurrentHouse, actor: SignedInActor) -> None:
    """Change one's own password; the other sign-ins end. Who has none yet signs in within five minutes before.

    Errors: 400 `validation_error`, 401 `unauthorized`, `invalid_credentials`, 403 `insufficient_scope`,
    429 `rate_limited`.
    """
    await new_passwords.change(house, actor, given)
