"""Files that people upload, as we re-encoded them: in a folder, or in a bucket that speaks S3 (MEDIA_URL)."""

import asyncio
import os
import re
from datetime import timedelta
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import unquote, urlsplit

from obstore.exceptions import BaseError
from obstore.store import S3Store

from api.core.errors import UpstreamUnavailableError
from api.core.settings import Settings

BUCKET_SECONDS = 10.0
_TRIES_AGAIN = 2
_KEY = re.compile(r"[a-z]+/[0-9a-f]{32}\.webp")
_NOWHERE = f"probes/{'0' * 32}.webp"


class MediaStore(Protocol):
    """Keeps bytes under a key such as `avatars/<32 hexadecimal digits>.webp`; any other key holds nothing."""

    async def put(self, key: str, content: bytes) -> None:
        """Keep a file; who reads meanwhile never sees half of it.

        Raises:
            ValueError: The key is not one of ours.
            UpstreamUnavailableError: `upstream_unavailable`: the bucket does not answer, or refuses.
        """
        ...

    async def get(self, key: str) -> bytes | None:
        """Return a file, whole, or None.

        Raises:
            UpstreamUnavailableError: As `put`.
        """
        ...

    async def remove(self, key: str) -> None:
        """Delete a file, if it is there.

        Raises:
            ValueError, UpstreamUnavailableError: As `put`.
        """
        ...


class FolderStore:
    """A folder, which several processes may share."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def put(self, key: str, content: bytes) -> None:
        """Write beside, then rename."""
        await asyncio.to_thread(_write, self._folder / _ours(key), content)

    async def get(self, key: str) -> bytes | None:
        """Read, unless the key is none of ours: no path leads out of the folder."""
        if _KEY.fullmatch(key) is None:
            return None
        return await asyncio.to_thread(_read, self._folder / key)

    async def remove(self, key: str) -> None:
        """Unlink."""
        await asyncio.to_thread((self._folder / _ours(key)).unlink, missing_ok=True)


class BucketStore:
    """A bucket of Amazon's S3 or of a server that speaks like it; each call ends within its time, tries included."""

    def __init__(self, settings: Settings, *, seconds: float = BUCKET_SECONDS) -> None:
        """Take MEDIA_URL `s3://bucket/prefix` with the S3_ settings, and the time for a whole call.

        Every option is told, since the library would else read the environment of Amazon's own tools.
        """
        parts = urlsplit(settings.media_url)
        self._seconds = seconds
        self._store = S3Store(
            parts.netloc,
            prefix=parts.path.strip("/") or None,
            endpoint=settings.s3_endpoint_url or f"https://s3.{settings.s3_region}.amazonaws.com",
            region=settings.s3_region,
            virtual_hosted_style_request=False,
            credential_provider=_Credentials(settings),
            client_options={"allow_http": True, "timeout": timedelta(seconds=seconds)},
            retry_config={"max_retries": _TRIES_AGAIN, "retry_timeout": timedelta(seconds=seconds)},
        )

    async def put(self, key: str, content: bytes) -> None:
        """PUT, which S3 shows to readers when it is whole."""
        kind: dict[str, Any] = {"Content-Type": "image/webp"}
        await self._within(self._store.put_async(_ours(key), content, attributes=kind, use_multipart=False))

    async def get(self, key: str) -> bytes | None:
        """GET; what is cut is asked for again from where it ended."""
        return None if _KEY.fullmatch(key) is None else await self._within(self._read(key))

    async def remove(self, key: str) -> None:
        """Delete (the library asks as for many, `POST ?delete`), which S3 also answers for what is not there."""
        await self._within(self._remove(_ours(key)))

    async def probe(self) -> None:
        """Ask for a file that nobody has; passes where the bucket answers that it is not there.

        Raises:
            UpstreamUnavailableError: The bucket does not answer, or refuses.
        """
        await self.get(_NOWHERE)

    async def _read(self, key: str) -> bytes | None:
        try:
            found = await self._store.get_async(key)
            return bytes(await found.bytes_async())
        except FileNotFoundError:
            return None

    async def _remove(self, key: str) -> None:
        try:
            await self._store.delete_async(key)
        except FileNotFoundError:
            return

    async def _within(self, call: Any) -> Any:
        try:
            async with asyncio.timeout(self._seconds):
                return await call
        except (BaseError, OSError, TimeoutError) as fault:
            raise UpstreamUnavailableError("The bucket of MEDIA_URL does not answer, or refuses.") from fault


class _Credentials:
    """Tells the library the keys of the settings."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def __call__(self) -> Any:
        """Return the keys, which do not expire."""
        key, secret = self._settings.s3_access_key_id, self._settings.s3_secret_access_key
        assert key is not None  # noqa: S101 - the settings do not start without
        assert secret is not None  # noqa: S101
        plain = {"access_key_id": key.get_secret_value(), "secret_access_key": secret.get_secret_value()}
        return {**plain, "token": None, "expires_at": None}


def store_of(settings: Settings) -> MediaStore:
    """Open the store that MEDIA_URL names; a bucket is first spoken to when a file is."""
    parts = urlsplit(settings.media_url)
    return BucketStore(settings) if parts.scheme == "s3" else FolderStore(Path(unquote(parts.netloc + parts.path)))


def _ours(key: str) -> str:
    if _KEY.fullmatch(key) is None:
        raise ValueError("not a key of this store")
    return key


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    unfinished = path.with_suffix(".part")
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
    unfinished.rename(path)


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
