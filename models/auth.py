"""What is sent to sign up, sign in and stay signed in, and what comes back."""

import unicodedata
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, EmailStr, SecretStr, StringConstraints

from models.base import InputModel, Line, Timestamp, ViewModel
from models.users import DisplayName, Username, UserView


def _composed(secret: SecretStr) -> SecretStr:
    return SecretStr(unicodedata.normalize("NFC", secret.get_secret_value()))


Password = Annotated[SecretStr, AfterValidator(_composed)]


class RegisterInput(InputModel):
    """Body of POST /auth/register; what a password must be stands in api/services/passwords.py."""

    email: EmailStr
    username: Username
    password: Password
    display_name: DisplayName | None = None


class LoginInput(InputModel):
    """Body of POST /auth/login."""

    email: Annotated[Line, StringConstraints(min_length=1, max_length=320)]
    password: Password
    totp_code: Annotated[Line, StringConstraints(max_length=64)] | None = None


class RefreshInput(InputModel):
    """Body of POST /auth/refresh."""

    refresh_token: SecretStr


class TokenInput(InputModel):
    """Body of POST /auth/verify-email."""

    token: SecretStr


class EmailView(ViewModel):
    """Whether an account's e-mail is verified."""

    email_verified: bool


class SessionView(ViewModel):
    """One sign-in in the list of one's own."""

    id: UUID
    current: bool
    ip: str | None
    user_agent: str | None
    created_at: Timestamp
    last_seen_at: Timestamp


class SignedInView(ViewModel):
    """Answer of register, login and refresh; `expires_in` in seconds."""

    user: UserView
    access_token: str
    refresh_token: str
    token_type: str = "bearer"  # noqa: S105 - the scheme's name
    expires_in: int
