"""Encryption at rest: texts sealed under ENCRYPTION_KEY, whose newest key seals and whose older ones still open."""

import base64
import hashlib
from collections.abc import Sequence
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from api.core.settings import Settings

_CONTEXT = b"dealsmart encryption at rest"


class SealedTextError(Exception):
    """The text was sealed under a key that is not in ENCRYPTION_KEY, or it was tampered with."""


class Sealer:
    """Seals and opens texts (Fernet: AES-128-CBC with HMAC-SHA-256); a sealed text is ASCII and has no line break."""

    def __init__(self, keys: Sequence[bytes]) -> None:
        """Take the keys, the newest first; each has 32 bytes or more."""
        self._newest, *_ = parts = [Fernet(_derived(key)) for key in keys]
        self._all = MultiFernet(parts)

    def seal(self, text: str) -> str:
        """Encrypt a text under the newest key."""
        return self._newest.encrypt(text.encode()).decode()

    def open_sealed(self, sealed: str) -> str:
        """Decrypt a sealed text under whichever key sealed it.

        Raises:
            SealedTextError: No key opens it, which is a fault of the settings or of the row.
        """
        try:
            return self._all.decrypt(sealed.encode()).decode()
        except InvalidToken:
            raise SealedTextError("no key in ENCRYPTION_KEY opens this text") from None

    def resealed(self, sealed: str) -> str | None:
        """Return the text under the newest key, or None where it is under it already (rotation).

        Raises:
            SealedTextError: No key opens it.
        """
        try:
            self._newest.decrypt(sealed.encode())
        except InvalidToken:
            return self.seal(self.open_sealed(sealed))
        return None


def _derived(key: bytes) -> bytes:
    return base64.urlsafe_b64encode(hashlib.sha256(_CONTEXT + b"\0" + key).digest())


def sealer_of(settings: Settings) -> Sealer:
    """Return the sealer of the settings' keys."""
    return _sealer(tuple(settings.encryption_keys()))


@lru_cache(maxsize=8)
def _sealer(keys: tuple[bytes, ...]) -> Sealer:
    return Sealer(keys)
