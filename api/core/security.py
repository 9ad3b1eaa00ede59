"""Who is asking; password hashes, opaque tokens and JWTs."""

import asyncio
import base64
import hashlib
import secrets
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import bcrypt
import jwt

from api.core.errors import ForbiddenError, UnauthorizedError
from models.platform import Scope
from models.users import ROLE_PERMISSIONS, Permission, Role

SESSION_COOKIE = "dealsmart_session"
API_KEY_PREFIX = "dsk_"
ACCESS_TOKEN_LIFETIME = timedelta(minutes=15)
SESSION_LIFETIME = timedelta(days=30)  # from its last refresh
SESSION_LONGEST = timedelta(days=90)  # however often it is refreshed
_ALGORITHM = "HS256"
_ISSUER = "dealsmart-hub"
_AUDIENCE = "dealsmart-api"
_ENROLLING = frozenset({Permission.SIGN_IN})
_HASHING = asyncio.Semaphore(2)
_DUMMY_HASH = bcrypt.hashpw(b"nobody's", bcrypt.gensalt(12)).decode()

SCOPE_PERMISSIONS: dict[Scope, frozenset[Permission]] = {
    Scope.CONVERSATIONS_READ: frozenset({Permission.READ_CONVERSATIONS}),
    Scope.CONVERSATIONS_WRITE: frozenset({Permission.WRITE_AS_CUSTOMER, Permission.POST_LEADS}),
    Scope.CONVERSATIONS_INTERNAL: frozenset({Permission.READ_INTERNAL}),
    Scope.VEHICLES_READ: frozenset({Permission.READ_VEHICLES}),
    Scope.VEHICLES_WRITE: frozenset({Permission.WRITE_VEHICLES}),
    Scope.USERS_READ: frozenset({Permission.LOOK_UP_USERS}),
    Scope.CONTENT_READ: frozenset(),
    Scope.CONTENT_WRITE: frozenset(),
    Scope.ANALYTICS_READ: frozenset(),
}


@dataclass(frozen=True, slots=True)
class Actor:
    """Who is asking: a user, a key acting for its owner, a part of the system, or nobody."""

    name: str
    role: Role | None = None
    user_id: UUID | None = None
    display_name: str = ""
    session_id: UUID | None = None
    key_id: UUID | None = None
    scopes: frozenset[Scope] | None = None
    permissions: frozenset[Permission] = field(default_factory=frozenset)
    ip: str | None = None
    request_id: str | None = None

    @classmethod
    def anonymous(cls, ip: str | None = None, request_id: str | None = None) -> "Actor":
        """Nobody: a value, not None."""
        return cls(name="anonymous", ip=ip, request_id=request_id)

    @classmethod
    def system(cls, name: str) -> "Actor":
        """A part of the system, which may do everything and appears in the audit trail."""
        return cls(name=f"system:{name}", permissions=frozenset(Permission))

    @classmethod
    def person(cls, user_id: UUID, role: Role, display_name: str = "", **more: Any) -> "Actor":
        """A user, with his role's permissions."""
        return cls(
            name=f"user:{user_id}",
            user_id=user_id,
            role=role,
            display_name=display_name,
            permissions=ROLE_PERMISSIONS[role],
            **more,
        )

    def until_enrolled(self) -> "Actor":
        """Leave him what he needs to set up two-factor sign-in, which his role must have, and nothing else."""
        return replace(self, permissions=_ENROLLING)

    def with_scopes(self, key_id: UUID, scopes: frozenset[Scope]) -> "Actor":
        """Narrow the owner's permissions to what the key's scopes grant."""
        granted = frozenset().union(*(SCOPE_PERMISSIONS[scope] for scope in scopes))
        return Actor(
            name=f"key:{key_id}",
            user_id=self.user_id,
            role=self.role,
            display_name=self.display_name,
            key_id=key_id,
            scopes=scopes,
            permissions=self.permissions & granted,
            ip=self.ip,
            request_id=self.request_id,
        )

    def may(self, permission: Permission) -> bool:
        """Tell whether the actor has the permission."""
        return permission in self.permissions

    def require(self, *permissions: Permission) -> None:
        """Let pass whoever has one of the permissions.

        Raises:
            UnauthorizedError: `unauthorized` where nobody is signed in.
            ForbiddenError: `insufficient_scope` for a key, else `forbidden`.
        """
        if self.permissions.intersection(permissions):
            return
        if self.role is None:
            raise UnauthorizedError()
        if self.permissions == _ENROLLING:
            raise ForbiddenError("Set up two-factor sign-in first; your role needs it.")
        owner_may = ROLE_PERMISSIONS[self.role].intersection(permissions)
        if self.scopes is not None and owner_may:
            raise ForbiddenError("The key lacks a scope for this.", code="insufficient_scope")
        raise ForbiddenError()

    def require_user(self, permission: Permission = Permission.OWN_ACCOUNT) -> UUID:
        """Return the id of the signed-in person, who is there himself and not through a key.

        `Permission.SIGN_IN` lets pass also who must set up two-factor sign-in first.

        Raises:
            UnauthorizedError: `unauthorized`.
            ForbiddenError: `insufficient_scope` for an API key.
        """
        self.require(permission)
        if self.user_id is None:
            raise UnauthorizedError()
        return self.user_id


def _prehash(password: str) -> bytes:
    return base64.b64encode(hashlib.sha256(password.encode()).digest())


async def hash_password(password: str) -> str:
    """Hash with bcrypt (cost 12) over a SHA-256 prehash, in a thread."""
    async with _HASHING:
        return (await asyncio.to_thread(bcrypt.hashpw, _prehash(password), bcrypt.gensalt(12))).decode()


async def verify_password(password: str, password_hash: str | None) -> bool:
    """Check a password; an unknown user's takes the same time against a dummy hash."""
    async with _HASHING:
        stored = (password_hash or _DUMMY_HASH).encode()
        right = await asyncio.to_thread(bcrypt.checkpw, _prehash(password), stored)
    return right and password_hash is not None


def new_token() -> str:
    """Return an unguessable token of 256 bits."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> bytes:
    """Hash an unguessable token for storage; SHA-256 suffices for 256 random bits."""
    return hashlib.sha256(token.encode()).digest()


def issue_access_token(key: bytes, user_id: UUID, session_id: UUID, role: Role, now: datetime) -> str:
    """Sign a JWT that is good for 15 minutes."""
    claims = {
        "sub": str(user_id),
        "sid": str(session_id),
        "role": role.value,
        "iat": now,
        "exp": now + ACCESS_TOKEN_LIFETIME,
        "iss": _ISSUER,
        "aud": _AUDIENCE,
    }
    return jwt.encode(claims, key, algorithm=_ALGORITHM)


def read_access_token(key: bytes, token: str) -> UUID:
    """Return the session's id from a valid JWT.

    Raises:
        UnauthorizedError: `token_expired`, or `unauthorized` for anything else.
    """
    try:
        claims = jwt.decode(
            token,
            key,
            algorithms=[_ALGORITHM],
            audience=_AUDIENCE,
            issuer=_ISSUER,
            options={"require": ["sid", "exp"]},
        )
        return UUID(claims["sid"])
    except jwt.ExpiredSignatureError:
        raise UnauthorizedError("The access token has expired.", code="token_expired") from None
    except (jwt.InvalidTokenError, ValueError):
        raise UnauthorizedError("The access token is not valid.") from None
