"""/auth/totp: one's own second factor."""

from fastapi import Response

from api.dependencies import CurrentHouse, SignedInActor, Unit
from api.entrance import NO_STORE
from api.routing import hub_router
from api.services import totp
from models.accounts import ProofInput, RecoveryCodesView, TotpInput, TotpSecretView
from models.base import Data

router = hub_router("auth")


@router.post("/auth/totp/enroll", summary="Begin to set up two-factor sign-in")
async def enroll_second_factor(uow: Unit, response: Response) -> Data[TotpSecretView]:
    """Get a secret for an authenticator; it counts once a code of it was confirmed.

    Errors: 401 `unauthorized`, 403 `insufficient_scope`, 409 `conflict` where it is set up already.
    """
    response.headers.update(NO_STORE)
    return Data(data=await totp.enroll(uow))


@router.post("/auth/totp/confirm", summary="Finish setting up two-factor sign-in")
async def confirm_second_factor(
    given: TotpInput, house: CurrentHouse, actor: SignedInActor, response: Response
) -> Data[RecoveryCodesView]:
    """Confirm with a code of the authenticator; the recovery codes are shown in this answer and never again.

    Errors: 400 `validation_error`, 401 `unauthorized`, 403 `insufficient_scope`, 404 `not_found`,
    409 `conflict`, 429 `rate_limited`.
    """
    response.headers.update(NO_STORE)
    return Data(data=await totp.confirm(house, actor, given.code))


@router.post("/auth/totp/recovery-codes", summary="Replace the recovery codes")
async def renew_recovery_codes(
    given: ProofInput, house: CurrentHouse, actor: SignedInActor, response: Response
) -> Data[RecoveryCodesView]:
    """Get new recovery codes with one's password; those of before are void. Shown in this answer and never again.

    Who has no password signs in within five minutes before.

    Errors: 400 `validation_error`, 401 `unauthorized`, `invalid_credentials`, 403 `insufficient_scope`,
    404 `not_found`, 429 `rate_limited`.
    """
    response.headers.update(NO_STORE)
    return Data(data=await totp.renew_recovery_codes(house, actor, given.password))


@router.delete("/auth/totp", status_code=204, summary="Switch two-factor sign-in off")
async def remove_second_factor(given: ProofInput, house: CurrentHouse, actor: SignedInActor) -> None:
    """Switch two-factor sign-in off with one's password; who has none signs in within five minutes before.

    Errors: 400 `validation_error`, 401 `unauthorized`, `invalid_credentials`, 403 `insufficient_scope`,
    404 `not_found`, 429 `rate_limited`.
    """
    await totp.remove(house, actor, given.password)
