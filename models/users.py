"""People: roles and what they may do, accounts, sign-in sessions, mailed tokens, counted attempts."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Literal, Self
from uuid import UUID
from zoneinfo import available_timezones

from annotated_types import MaxLen
from pydantic import AfterValidator, StringConstraints, model_validator
from sqlalchemy import Column, Computed, ForeignKey, Index, Text, func, text
from sqlalchemy.dialects.postgresql import JSONB, TSVECTOR
from sqlmodel import Field

from models.base import LONG_TEXT, ONE_LINE, GivenMoment, InputModel, TableModel, Timestamp, ViewModel, moment


class Role(StrEnum):
    """One each; a role is a set of permissions (contract, section 1)."""

    USER = "user"
    CREATOR = "creator"
    STAFF = "staff"
    MODERATOR = "moderator"
    ADMIN = "admin"


class Permission(StrEnum):
    """What a service asks for in its first line; `sign_in` is all that is left of who must enroll first."""

    SIGN_IN = "sign_in"
    OWN_ACCOUNT = "own_account"
    OWN_CONTENT = "own_content"
    READ_CONVERSATIONS = "read_conversations"
    REPLY = "reply"
    WRITE_AS_CUSTOMER = "write_as_customer"
    READ_INTERNAL = "read_internal"
    READ_VEHICLES = "read_vehicles"
    WRITE_VEHICLES = "write_vehicles"
    READ_DEALERSHIP = "read_dealership"
    WRITE_DEALERSHIP = "write_dealership"
    WRITE_CANNED_RESPONSES = "write_canned_responses"
    DELETE_CONVERSATIONS = "delete_conversations"
    ERASE_CUSTOMERS = "erase_customers"
    POST_LEADS = "post_leads"
    LOOK_UP_USERS = "look_up_users"
    MANAGE_USERS = "manage_users"
    MODERATE = "moderate"
    READ_AUDIT = "read_audit"
    READ_PLATFORM = "read_platform"
    MANAGE_PLATFORM = "manage_platform"
    READ_AI_FIGURES = "read_ai_figures"


_USER = frozenset({Permission.SIGN_IN, Permission.OWN_ACCOUNT})
_STAFF = _USER | {
    Permission.READ_CONVERSATIONS,
    Permission.REPLY,
    Permission.WRITE_AS_CUSTOMER,
    Permission.READ_INTERNAL,
    Permission.READ_VEHICLES,
    Permission.READ_DEALERSHIP,
}
ROLE_PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.USER: _USER,
    Role.CREATOR: _USER | {Permission.OWN_CONTENT},
    Role.STAFF: _STAFF,
    Role.MODERATOR: _USER | {Permission.MODERATE, Permission.LOOK_UP_USERS},
    Role.ADMIN: frozenset(Permission),
}
STAFF_ROLES = frozenset({Role.STAFF, Role.ADMIN})
TWO_FACTOR_ROLES = frozenset({Role.MODERATOR, Role.ADMIN})
LAST_LOGIN = "coalesce(last_login_at, '0001-01-01 00:00:00+00'::timestamptz)"
_SEARCH = "lower(username || ' ' || display_name || ' ' || email)"
_WORDS = "to_tsvector('simple', translate(username || ' ' || display_name || ' ' || email, '@._-+', '     '))"


class UserStatus(StrEnum):
    """`deleted` rows keep their id only, so that what they wrote stays attributable."""

    ACTIVE = "active"
    SUSPENDED = "suspended"
    DELETED = "deleted"


class User(TableModel, table=True):
    """An account; e-mail and username are unique whatever their case."""

    __tablename__ = "users"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        Index("ux_users_email", func.lower(Column("email", Text)), unique=True),
        Index("ux_users_username", func.lower(Column("username", Text)), unique=True),
        Index("ix_users_created", "created_at", "id"),
        Index("ix_users_last_login", text(LAST_LOGIN), "id"),
        Index("ix_users_role", "role", "created_at", "id"),
        Index("ix_users_status", "status", "created_at", "id"),
        Index("ix_users_age", "age_verified_until"),
        Index("ix_users_search", "search", postgresql_using="gin", postgresql_ops={"search": "gin_trgm_ops"}),
        Index("ix_users_words", "words", postgresql_using="gin"),
    )

    email: str
    username: str
    display_name: str
    password_hash: str | None = None
    role: Role = Field(default=Role.USER, sa_type=Text)
    status: UserStatus = Field(default=UserStatus.ACTIVE, sa_type=Text)
    suspended_until: datetime | None = moment(None)
    suspension_reason: str | None = None
    email_verified_at: datetime | None = moment(None)
    age_verified_at: datetime | None = moment(None)
    age_verified_until: datetime | None = moment(None)
    bio: str = ""
    timezone: str | None = None
    locale: str | None = None
    avatar_url: str | None = None
    notification_preferences: dict[str, bool] = Field(
        default_factory=dict, sa_column=Column(JSONB, nullable=False, server_default="{}")
    )
    last_login_at: datetime | None = moment(None)
    search: str | None = Field(default=None, sa_column=Column(Text, Computed(_SEARCH, persisted=True)))
    words: str | None = Field(default=None, sa_column=Column(TSVECTOR, Computed(_WORDS, persisted=True)))


class AuthSession(TableModel, table=True):
    """One sign-in: its cookie, its rotating refresh token, when it was last used and revoked."""

    __tablename__ = "auth_sessions"  # pyright: ignore[reportAssignmentType]

    user_id: UUID = Field(sa_column=Column(ForeignKey("users.id", ondelete="CASCADE"), nullable=False, index=True))
    cookie_hash: bytes = Field(unique=True)
    refresh_hash: bytes = Field(unique=True)
    ip: str | None = None
    user_agent: str | None = None
    last_seen_at: datetime = moment()
    expires_at: datetime = moment()
    revoked_at: datetime | None = moment(None)


class SpentRefreshToken(TableModel, table=True):
    """A refresh token that was rotated away; seeing it again revokes its session (RFC 9700, 4.14.2)."""

    __tablename__ = "spent_refresh_tokens"  # pyright: ignore[reportAssignmentType]

    session_id: UUID = Field(
        sa_column=Column(ForeignKey("auth_sessions.id", ondelete="CASCADE"), nullable=False, index=True)
    )
    token_hash: bytes = Field(unique=True)


class TokenPurpose(StrEnum):
    """What a mailed token is good for."""

    VERIFY_EMAIL = "verify_email"
    RESET_PASSWORD = "reset_password"  # noqa: S105 - a purpose, not a password


class VerificationToken(TableModel, table=True):
    """A mailed token, stored as its hash, good once."""

    __tablename__ = "verification_tokens"  # pyright: ignore[reportAssignmentType]

    user_id: UUID = Field(sa_column=Column(ForeignKey("users.id", ondelete="CASCADE"), nullable=False, index=True))
    purpose: TokenPurpose = Field(sa_type=Text)
    token_hash: bytes = Field(unique=True)
    expires_at: datetime = moment()
    used_at: datetime | None = moment(None)


class AttemptKind(StrEnum):
    """What is counted in a window of time, and against what it is counted."""

    SIGN_IN_ACCOUNT = "sign_in_account"
    SIGN_IN_ADDRESS = "sign_in_address"
    REGISTRATION_ADDRESS = "registration_address"
    VERIFICATION_MAIL = "verification_mail"
    RESET_ADDRESS = "reset_address"
    RESET_ACCOUNT = "reset_account"
    RESET_CONFIRM_ADDRESS = "reset_confirm_address"
    RESET_CONFIRM_ACCOUNT = "reset_confirm_account"
    TOTP = "totp"


class Attempt(TableModel, table=True):
    """One try at something that is limited, kept across restarts; `subject` is a hash, not an address."""

    __tablename__ = "attempts"  # pyright: ignore[reportAssignmentType]
    __table_args__ = (
        Index("ix_attempts_subject", "kind", "subject", "created_at"),
        Index("ix_attempts_created", "created_at"),
    )

    kind: AttemptKind = Field(sa_type=Text)
    subject: bytes


def _known_zone(name: str) -> str:
    if name not in available_timezones():
        raise ValueError("must be a name of the IANA time zone database, such as America/Chicago")
    return name


Username = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_]{3,30}$"), AfterValidator(str.lower), ONE_LINE]
DisplayName = Annotated[str, StringConstraints(min_length=1, max_length=200), ONE_LINE]
Preference = Annotated[str, StringConstraints(pattern=r"^[a-z_.]{1,50}$")]


_LANGUAGE_TAG = r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$"


class ProfilePatch(InputModel):
    """Body of PATCH /users/me; null clears the time zone or the locale, and nothing else."""

    display_name: DisplayName | None = None
    username: Username | None = None
    bio: Annotated[str, StringConstraints(max_length=2_000), LONG_TEXT] | None = None
    timezone: Annotated[str, AfterValidator(_known_zone), ONE_LINE] | None = None
    locale: Annotated[str, StringConstraints(pattern=_LANGUAGE_TAG), ONE_LINE] | None = None
    notification_preferences: Annotated[dict[Preference, bool], MaxLen(50)] | None = None

    @model_validator(mode="after")
    def _not_null(self) -> Self:
        for name in self.model_fields_set - {"timezone", "locale"}:
            if getattr(self, name) is None:
                raise ValueError(f"{name} must not be null")
        return self


class UserPatch(InputModel):
    """Body of PATCH /users/{id}: what an admin changes about somebody; a suspension needs a reason."""

    role: Role | None = None
    status: Literal[UserStatus.ACTIVE, UserStatus.SUSPENDED] | None = None
    suspended_until: GivenMoment | None = None
    reason: Annotated[str, StringConstraints(min_length=1, max_length=2_000), LONG_TEXT] | None = None


class UserQuery(InputModel):
    """Which users are wanted, and which page of them; `verified` is about the e-mail."""

    role: Role | None = None
    status: UserStatus | None = None
    verified: bool | None = None
    q: Annotated[str, StringConstraints(max_length=200), ONE_LINE] | None = None
    sort: str = "-created_at"
    limit: int = 25
    cursor: str | None = None
    include_total: bool = False


class UserView(ViewModel):
    """A user as himself, moderators and admins see him; never a hash."""

    id: UUID
    email: str
    username: str
    display_name: str
    role: Role
    status: UserStatus
    email_verified: bool
    age_verified: bool
    bio: str
    avatar_url: str | None
    created_at: Timestamp
    updated_at: Timestamp
    last_login_at: Timestamp | None


class AccountView(UserView):
    """A user as he sees himself, with his settings."""

    timezone: str | None
    locale: str | None
    notification_preferences: dict[str, bool]
