"""What stands beside an account: two-factor, an identity of somebody else's, age checks; the bodies of their routes."""

import re
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

from pydantic import BeforeValidator, EmailStr, StringConstraints
from sqlalchemy import Column, ForeignKey, Index, Text
from sqlmodel import Field

from models.auth import Password
from models.base import ONE_LINE, InputModel, TableModel, ViewModel, moment
from models.sealing import sealed_text
from models.users import Role

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def _of_user() -> Any:
    return Field(sa_column=Column(ForeignKey("users.id", ondelete="CASCADE"), nullable=False, index=True))


class TotpSecret(TableModel, table=True):
    """A second factor: its secret is sealed (api/core/encryption.py), `last_step` is the newest code that was taken."""

    __tablename__ = "totp_secrets"  # pyright: ignore[reportAssignmentType]

    user_id: UUID = Field(sa_column=Column(ForeignKey("users.id", ondelete="CASCADE"), nullable=False, unique=True))
    secret: str = sealed_text()
    confirmed_at: datetime | None = moment(None)
    last_step: int | None = None


class RecoveryCode(TableModel, table=True):
    """A way in without the second factor, good once; stored as its hash."""

    __tablename__ = "recovery_codes"  # pyright: ignore[reportAssignmentType]

    user_id: UUID = _of_user()
    code_hash: bytes = Field(unique=True)
    used_at: datetime | None = moment(None)


class OutsideIdentity(TableModel, table=True):
    """An account that somebody has elsewhere and signs in with; known by the provider's own subject."""

    __tablename__ = "outside_identities"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (Index("ux_outside_identities", "provider", "subject", unique=True),)

    user_id: UUID = _of_user()
    provider: str
    subject: str
    email: str | None = None


class AgeMethod(StrEnum):
    """How an age was checked."""

    SELF_DECLARED = "self_declared"


class AgeCheck(TableModel, table=True):
    """One check of somebody's age and how it ended; never the date of birth."""

    __tablename__ = "age_checks"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (Index("ix_age_checks_user", "user_id", "created_at"),)

    user_id: UUID = Field(sa_column=Column(ForeignKey("users.id", ondelete="CASCADE"), nullable=False))
    passed: bool
    method: AgeMethod = Field(sa_type=Text)
    provider: str
    expires_at: datetime | None = moment(None)


def _only_a_date(value: Any) -> Any:
    if isinstance(value, date) or (isinstance(value, str) and _DATE.fullmatch(value)):
        return value
    raise ValueError("must be a date such as 1990-01-31")


class AgeInput(InputModel):
    """Body of POST /users/verify-age."""

    date_of_birth: Annotated[date, BeforeValidator(_only_a_date)]


class AgeView(ViewModel):
    """Answer of POST /users/verify-age."""

    age_verified: bool


class ResetInput(InputModel):
    """Body of POST /auth/password-reset."""

    email: EmailStr


class ResetView(ViewModel):
    """Answer of POST /auth/password-reset, whether or not there is such an account."""

    accepted: bool = True


class NewPasswordInput(InputModel):
    """Body of POST /auth/password-reset/confirm."""

    token: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    password: Password


class ResetDoneView(ViewModel):
    """Answer of POST /auth/password-reset/confirm."""

    password_changed: bool = True


class PasswordInput(InputModel):
    """Body of POST /auth/password; who has no password leaves `current_password` out and signs in shortly before."""

    current_password: Password | None = None
    new_password: Password


class ProofInput(InputModel):
    """Body of what only its owner may do; who has no password leaves it out and signs in shortly before."""

    password: Password | None = None


TotpCode = Annotated[str, StringConstraints(min_length=1, max_length=64), ONE_LINE]


class TotpInput(InputModel):
    """Body of POST /auth/totp/confirm and of the second step of a sign-in with Google."""

    code: TotpCode


class TotpSecretView(ViewModel):
    """Answer of POST /auth/totp/enroll: shown once."""

    secret: str = sealed_text()
    otpauth_url: str


class RecoveryCodesView(ViewModel):
    """Answer of POST /auth/totp/confirm and of /auth/totp/recovery-codes: shown once, each good once."""

    recovery_codes: list[str]


class SecurityView(ViewModel):
    """How somebody's own account is secured."""

    has_password: bool
    two_factor: bool
    recovery_codes_left: int


class SearchQuery(InputModel):
    """Who is sought: words, beginnings of words or a near miss, in username, display name and e-mail."""

    q: Annotated[str, StringConstraints(max_length=200), ONE_LINE] = ""
    role: Role | None = None
    age_verified: bool | None = None
    limit: int = 25
    cursor: str | None = None
    include_total: bool = False


class ExportView(ViewModel):
    """Everything held about a user, by the name of what it is; no hashes and no secrets."""

    account: dict[str, Any]
    held: dict[str, list[dict[str, Any]]]
