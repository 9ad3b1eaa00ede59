"""A small OpenID provider on 127.0.0.1: code flow with PKCE, ID tokens that can be wrong in every way."""

import base64
import hashlib
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey

from tests.fakes.http_server import Reply, Request, ThreadedServer

CLIENT_ID, CLIENT_SECRET = "hub.example", "not a real secret"


@dataclass
class Person:
    """Who is at the provider, in its words."""

    subject: str = "1122334455"
    email: str = "ana.lopez@example.com"
    email_verified: bool = True
    name: str = "Ana López"


@dataclass
class Faults:
    """What is wrong with the next answers."""

    claims: dict[str, Any] = field(default_factory=dict)
    foreign_key: bool = False
    token_status: int = 200
    metadata: Any = None


class OpenIdServer(ThreadedServer):
    """Issues codes for whoever `person` is, each good once and for the verifier of its challenge."""

    def __init__(self) -> None:
        super().__init__()
        self.person, self.faults = Person(), Faults()
        self._key = ECKey.generate_key("P-256", parameters={"kid": "k1"})
        self._stranger = ECKey.generate_key("P-256", parameters={"kid": "k1"})
        self._codes: dict[str, dict[str, str]] = {}
        self.tokens_asked = 0

    @property
    def url(self) -> str:
        """The issuer."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def discovery(self) -> str:
        """Where its discovery document is."""
        return f"{self.url}/.well-known/openid-configuration"

    def consent(self, address: str) -> str:
        """Play the person who says yes at this address; return the query that the browser brings back."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert asked["client_id"] == CLIENT_ID
        assert asked["response_type"] == "code"
        assert asked["code_challenge_method"] == "S256"
        assert {"openid", "email"} <= set(asked["scope"].split())
        code = secrets.token_urlsafe(16)
        self._codes[code] = asked
        return urlencode({"state": asked["state"], "code": code})

    async def answer(self, request: Request, reply: Reply) -> None:
        """Answer one request."""
        handlers: dict[str, Callable[[Request], tuple[int, Any]]] = {
            "/.well-known/openid-configuration": self._discover,
            "/keys": lambda _: (200, {"keys": [self._key.as_dict(private=False)]}),
            "/token": self._exchange,
        }
        status, body = handlers[urlsplit(request.path).path](request)
        await reply.send_json(status, body)

    def _discover(self, _: Request) -> tuple[int, Any]:
        addresses = {"authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "keys"}
        document = {"issuer": self.url, **{name: f"{self.url}/{path}" for name, path in addresses.items()}}
        wrong = self.faults.metadata
        return 200, document | wrong if isinstance(wrong, dict) else wrong or document

    def _exchange(self, request: Request) -> tuple[int, Any]:
        self.tokens_asked += 1
        if self.faults.token_status != 200:
            return self.faults.token_status, {"error": "temporarily_unavailable"}
        basic = base64.b64encode(f"{CLIENT_ID}:{CLIENT_SECRET}".encode()).decode()
        given = {name: values[0] for name, values in parse_qs(request.text).items()}
        asked = self._codes.pop(given.get("code", ""), None)
        challenge = base64.urlsafe_b64encode(hashlib.sha256(given.get("code_verifier", "").encode()).digest())
        right = asked is not None and (
            challenge.decode().rstrip("=") == asked["code_challenge"]
            and given["redirect_uri"] == asked["redirect_uri"]
            and request.headers.get("authorization") == f"Basic {basic}"
        )
        if not right or asked is None:
            return 400, {"error": "invalid_grant"}
        return 200, {"access_token": "opaque", "token_type": "Bearer", "id_token": self._id_token(asked["nonce"])}

    def _id_token(self, nonce: str) -> str:
        now, person = int(time.time()), self.person
        claims = {
            "iss": self.url,
            "aud": CLIENT_ID,
            "sub": person.subject,
            "iat": now,
            "exp": now + 600,
            "nonce": nonce,
            "email": person.email,
            "email_verified": person.email_verified,
            "name": person.name,
            **self.faults.claims,
        }
        key = self._stranger if self.faults.foreign_key else self._key
        return jwt.encode({"alg": "ES256", "kid": "k1"}, claims, key)


__all__ = ["CLIENT_ID", "CLIENT_SECRET", "Faults", "OpenIdServer", "Person"]
