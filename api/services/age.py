"""Is he of age? The check, and the gate that other services ask."""

from datetime import date, timedelta

from api.core.errors import ConflictError, ForbiddenError, ValidationError
from api.core.security import Actor
from api.services import users
from api.services.house import House
from api.services.unit_of_work import UnitOfWork
from models.accounts import AgeCheck, AgeMethod, AgeView
from models.users import User

OF_AGE_YEARS = 18
OLDEST_YEARS = 120
WAIT = timedelta(hours=24)
HOLDS = {AgeMethod.SELF_DECLARED: timedelta(days=365)}
OWN_WORD = "self"


async def require_of_age(uow: UnitOfWork) -> None:
    """Let pass a caller whose age was checked and whose check still holds, whatever its method.

    Raises:
        UnauthorizedError: `unauthorized`.
        ForbiddenError: `age_verification_required`; `insufficient_scope` for an API key.
    """
    user = await uow.users.require(uow.actor.require_user())
    if not users.is_age_verified(user, uow.now):
        raise _required("Your age must be verified for this.")


async def verify(house: House, actor: Actor, born: date) -> AgeView:
    """Take the caller's own word for his date of birth, which is not kept; a refusal is, and holds for 24 hours.

    Raises:
        UnauthorizedError: `unauthorized`.
        ForbiddenError: `age_verification_required`: he is younger than 18; `insufficient_scope` for an API key.
        ValidationError: The date lies in the future, or over 120 years ago.
        ConflictError: `try_later`: he was refused less than 24 hours ago.
    """
    user_id = actor.require_user()
    async with house.unit(actor) as uow:
        today = uow.now.date()
        _require_possible(born, today)
        user = await uow.users.lock(user_id)
        if await uow.age_checks.last_refusal(user_id, uow.now - WAIT) is not None:
            raise ConflictError("Your age was checked less than a day ago. Try again tomorrow.", code="try_later")
        passed = is_of_age(born, today)
        await _record(uow, user, passed=passed)
    if not passed:
        raise _required("You must be 18 or older for this.")
    return AgeView(age_verified=True)


async def _record(uow: UnitOfWork, user: User, *, passed: bool) -> None:
    method = AgeMethod.SELF_DECLARED
    expires_at = uow.now + HOLDS[method] if passed else None
    check = AgeCheck(user_id=user.id, passed=passed, method=method, provider=OWN_WORD, expires_at=expires_at)
    check.created_at = check.updated_at = uow.now
    await uow.age_checks.add(check)
    user.age_verified_at = uow.now if passed else None
    user.age_verified_until = expires_at
    user.updated_at = uow.now
    await uow.users.add(user)


def _required(sentence: str) -> ForbiddenError:
    return ForbiddenError(sentence, code="age_verification_required")


def _require_possible(born: date, today: date) -> None:
    if born > today:
        raise ValidationError.at("body.date_of_birth", "must not lie in the future")
    if anniversary(born, OLDEST_YEARS) < today:
        raise ValidationError.at("body.date_of_birth", "must not lie over 120 years ago")


def is_of_age(born: date, today: date) -> bool:
    """Tell whether somebody born on a day is 18 on another; who was born on 29 February is so on 1 March."""
    return anniversary(born, OF_AGE_YEARS) <= today


def anniversary(day: date, years: int) -> date:
    """Return the same day so many years later; 29 February becomes 1 March in a common year."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)
