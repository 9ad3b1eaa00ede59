"""Pictures of people: made anew from what was uploaded, so that nothing of the file but its look is kept."""

import asyncio
import io
from functools import partial

from PIL import Image, ImageOps, UnidentifiedImageError

from api.core.errors import NotFoundError, PayloadTooLargeError, UnsupportedMediaTypeError, ValidationError
from api.core.security import Actor
from api.services.house import House, house
from api.services.unit_of_work import UnitOfWork
from api.services.users import account_of
from models.base import new_id
from models.users import AccountView, User

MOST_BYTES = 5 * 1024 * 1024
MOST_PIXELS = 40_000_000
SIDE_PIXELS = 512
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
MEDIA_PATH = "/api/v1/media/"
_DRAWING = asyncio.Semaphore(1)  # a picture of 40 megapixels takes 160 MB while it is made smaller


def redrawn(content: bytes) -> bytes:
    """Return a picture as WebP of at most 512 pixels a side, turned as its EXIF says, without any metadata.

    Its kind is told from its bytes; its size from its head, before anything is unpacked.

    Raises:
        UnsupportedMediaTypeError: Not JPEG, PNG, WebP or GIF.
        PayloadTooLargeError: Over 5 MiB, or 40 megapixels.
        ValidationError: The picture is broken.
    """
    if len(content) > MOST_BYTES:
        raise PayloadTooLargeError("A picture may have at most 5 MiB.")
    try:
        picture = Image.open(io.BytesIO(content), formats=FORMATS)
    except UnidentifiedImageError:
        raise UnsupportedMediaTypeError("A picture must be JPEG, PNG, WebP or GIF.") from None
    except Image.DecompressionBombError:
        raise _too_many_pixels() from None
    except (OSError, ValueError, SyntaxError):
        raise _broken() from None
    with picture:
        if picture.width * picture.height > MOST_PIXELS:
            raise _too_many_pixels()
        return _small(picture)


def _small(picture: Image.Image) -> bytes:
    try:
        picture.draft("RGB", (SIDE_PIXELS, SIDE_PIXELS))
        upright = ImageOps.exif_transpose(picture)
        upright.thumbnail((SIDE_PIXELS, SIDE_PIXELS))
        plain = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
        bare = Image.new(plain.mode, plain.size)
        bare.paste(plain)
        drawn = io.BytesIO()
        bare.save(drawn, "WEBP", quality=85)
        return drawn.getvalue()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise _broken() from None


def _too_many_pixels() -> PayloadTooLargeError:
    return PayloadTooLargeError("A picture may have at most 40 megapixels.")


def _broken() -> ValidationError:
    return ValidationError.at("body.file", "is a broken picture", "broken_picture")


async def put(house: House, actor: Actor, content: bytes) -> AccountView:
    """Give the caller a picture, in place of the one that he had.

    Raises:
        UnauthorizedError: `unauthorized`.
        ForbiddenError: `insufficient_scope` for an API key.
        UnsupportedMediaTypeError: Not JPEG, PNG, WebP or GIF.
        PayloadTooLargeError: Over 5 MiB, or 40 megapixels.
        ValidationError: The picture is broken.
        UpstreamUnavailableError: `upstream_unavailable`: the store does not take it; the former picture stays.
    """
    user_id = actor.require_user()
    async with _DRAWING:
        drawn = await asyncio.to_thread(redrawn, content)
    key = f"avatars/{new_id().hex}.webp"
    await house.media.put(key, drawn)
    async with house.unit(actor) as uow:
        user = await uow.users.lock(user_id)
        await _hang(uow, user, f"{MEDIA_PATH}{key}")
        return account_of(user)


async def remove(uow: UnitOfWork) -> None:
    """Take the caller's picture away, if he has one.

    Raises:
        UnauthorizedError: `unauthorized`.
        ForbiddenError: `insufficient_scope` for an API key.
    """
    user = await uow.users.lock(uow.actor.require_user())
    await _hang(uow, user, None)


async def _hang(uow: UnitOfWork, user: User, url: str | None) -> None:
    await discard(uow, user.avatar_url)
    user.avatar_url, user.updated_at = url, uow.now
    await uow.users.add(user)
    uow.after_commit(partial(house().sessions.forget, user_id=str(user.id)))


async def discard(uow: UnitOfWork, url: str | None) -> None:
    """Have the file of a picture deleted once the commit stands."""
    if url is not None and url.startswith(MEDIA_PATH):
        await uow.enqueue("avatars.discard_file", key=url.removeprefix(MEDIA_PATH))


async def discard_file(house: House, key: str) -> None:
    """Delete a file: the job `avatars.discard_file`."""
    await house.media.remove(key)


async def read_file(house: House, folder: str, name: str) -> bytes:
    """Return a stored picture.

    Raises:
        NotFoundError: `not_found`.
        UpstreamUnavailableError: `upstream_unavailable`: the store does not answer.
    """
    content = await house.media.get(f"{folder}/{name}")
    if content is None:
        raise NotFoundError()
    return content
