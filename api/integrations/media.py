"""Files that people upload, as we re-encoded them: in a folder (MEDIA_URL)."""

import asyncio
import os
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

_KEY = re.compile(r"[a-z]+/[0-9a-f]{32}\.webp")


class MediaStore:
    """Keeps bytes under a key such as `avatars/<32 hexadecimal digits>.webp`; any other key holds nothing."""

    def __init__(self, url: str) -> None:
        """Take `file://folder`.

        Raises:
            ValueError: The URL is none of these.
        """
        parts = urlsplit(url)
        if parts.scheme != "file":
            raise ValueError("MEDIA_URL must begin with file://")
        self._folder = Path(unquote(parts.netloc + parts.path))

    async def put(self, key: str, content: bytes) -> None:
        """Keep a file; who reads meanwhile never sees half of it.

        Raises:
            ValueError: The key is not one of ours.
        """
        await asyncio.to_thread(_write, self._path(key), content)

    async def get(self, key: str) -> bytes | None:
        """Return a file, or None."""
        if _KEY.fullmatch(key) is None:
            return None
        return await asyncio.to_thread(_read, self._path(key))

    async def remove(self, key: str) -> None:
        """Delete a file, if it is there.

        Raises:
            ValueError: The key is not one of ours.
        """
        await asyncio.to_thread(self._path(key).unlink, missing_ok=True)

    def _path(self, key: str) -> Path:
        if _KEY.fullmatch(key) is None:
            raise ValueError("not a key of this store")
        return self._folder / key


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
