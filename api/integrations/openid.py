"""Sign-in with an OpenID provider (Google): the code flow with PKCE, and the check of what it says who came."""

from dataclasses import dataclass
from typing import Any

import httpx
from authlib.common.errors import AuthlibBaseError
from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from models.base import utc_now

TIMEOUT_SECONDS = 10.0
SCOPE = "openid email profile"
LEEWAY_SECONDS = 60
WELL_KNOWN = "/.well-known/openid-configuration"
_NEEDED = ("issuer", "authorization_endpoint", "token_endpoint", "jwks_uri")
_SIGNATURES = ["RS256", "ES256"]


class OpenIdDownError(Exception):
    """The provider does not answer, or answers with a fault of its own."""


class OpenIdRefusalError(Exception):
    """The provider took the code for a bad one, or what it says does not hold."""


@dataclass(frozen=True, slots=True)
class Outsider:
    """Who came, in the provider's words; `subject` never changes."""

    subject: str
    email: str | None
    email_verified: bool
    name: str | None


@dataclass(frozen=True, slots=True)
class Attempt:
    """What one sign-in is recognised by when the browser comes back: unguessable, each used once."""

    state: str
    nonce: str
    verifier: str


class OpenIdProvider:
    """One provider, found by its discovery document (OpenID Connect Discovery 1.0)."""

    def __init__(self, discovery_url: str, client_id: str, client_secret: str, redirect_uri: str) -> None:
        self._discovery_url = discovery_url
        self._client_id = client_id
        self._client_secret = client_secret
        self._redirect_uri = redirect_uri

    async def address(self, attempt: Attempt) -> str:
        """Return where to send the browser.

        Raises:
            OpenIdDownError: The provider does not answer.
        """
        async with httpx.AsyncClient(timeout=TIMEOUT_SECONDS) as client:
            endpoint = (await self._found(client))["authorization_endpoint"]
        asked = {"scope": SCOPE, "redirect_uri": self._redirect_uri, "nonce": attempt.nonce}
        challenge = create_s256_code_challenge(attempt.verifier)
        asked |= {"code_challenge": challenge, "code_challenge_method": "S256", "state": attempt.state}
        return prepare_grant_uri(endpoint, self._client_id, "code", **asked)

    async def identify(self, code: str, attempt: Attempt) -> Outsider:
        """Exchange the code, and return who came once signature, issuer, audience, time and nonce were checked.

        Raises:
            OpenIdDownError: The provider does not answer.
            OpenIdRefusalError: The code is a bad one, or the ID token does not hold.
        """
        async with httpx.AsyncClient(timeout=TIMEOUT_SECONDS) as client:
            found = await self._found(client)
            token = await self._exchanged(client, found["token_endpoint"], code, attempt.verifier)
            keys = await _fetched(client, found["jwks_uri"])
        return _outsider(self._claims(token, keys, found["issuer"], attempt.nonce))

    async def _found(self, client: httpx.AsyncClient) -> dict[str, Any]:
        """Return the provider's document, which must be whole and name the issuer whose address it has (4.3)."""
        document = await _fetched(client, self._discovery_url)
        if lacking := [name for name in _NEEDED if not isinstance(document.get(name), str)]:
            raise OpenIdDownError(f"the provider's document lacks {', '.join(lacking)}")
        if self._discovery_url != document["issuer"].rstrip("/") + WELL_KNOWN:
            raise OpenIdDownError("the provider's document names another issuer")
        return document

    async def _exchanged(self, client: httpx.AsyncClient, endpoint: str, code: str, verifier: str) -> dict[str, Any]:
        form = {"grant_type": "authorization_code", "code": code, "code_verifier": verifier}
        form["redirect_uri"] = self._redirect_uri
        try:
            answer = await client.post(endpoint, data=form, auth=(self._client_id, self._client_secret))
            if answer.is_client_error:
                raise OpenIdRefusalError(f"the code was not taken: {answer.status_code}")
            return answer.raise_for_status().json()
        except (httpx.HTTPError, ValueError) as error:
            raise OpenIdDownError(f"the provider does not answer: {type(error).__name__}") from None

    def _claims(self, token: dict[str, Any], keys: dict[str, Any], issuer: str, nonce: str) -> dict[str, Any]:
        try:
            decoded = jwt.decode(token["id_token"], KeySet.import_key_set(keys), algorithms=_SIGNATURES)  # pyright: ignore[reportArgumentType]
            claims = CodeIDToken(
                decoded.claims,
                decoded.header,
                {"iss": {"essential": True, "value": issuer}, "aud": {"essential": True, "value": self._client_id}},
                {"nonce": nonce, "client_id": self._client_id, "access_token": token.get("access_token")},
            )
            claims.validate(int(utc_now().timestamp()), LEEWAY_SECONDS)
        except (JoseError, AuthlibBaseError, ValueError, KeyError, TypeError) as error:
            raise OpenIdRefusalError(f"the ID token does not hold: {type(error).__name__}") from None
        return dict(claims)


async def _fetched(client: httpx.AsyncClient, url: str) -> dict[str, Any]:
    try:
        document = (await client.get(url)).raise_for_status().json()
    except (httpx.HTTPError, ValueError) as error:
        raise OpenIdDownError(f"the provider does not answer: {type(error).__name__}") from None
    if not isinstance(document, dict):
        raise OpenIdDownError("the provider answers something else than asked for")
    return document


def _outsider(claims: dict[str, Any]) -> Outsider:
    """Read the claims; Google sends `email_verified` as a boolean, others as text."""
    verified = claims.get("email_verified") in {True, "true"}
    return Outsider(str(claims["sub"]), claims.get("email"), verified, claims.get("name"))
