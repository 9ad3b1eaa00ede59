"""/media: uploaded pictures, for whoever knows their address."""

from typing import Annotated

from fastapi import Path, Response

from api.dependencies import CurrentHouse
from api.routing import hub_router
from api.services import avatars

router = hub_router("media")
_FOR_EVER = {"Cache-Control": "public, max-age=31536000, immutable"}


@router.get(
    "/media/{folder}/{name}",
    response_class=Response,
    responses={200: {"content": {"image/webp": {"schema": {"type": "string", "format": "binary"}}}}},
    summary="Read a picture",
)
async def read_picture(
    folder: Annotated[str, Path(max_length=40)], name: Annotated[str, Path(max_length=80)], house: CurrentHouse
) -> Response:
    """Read a picture; its address changes with its content.

    Errors: 400 `validation_error`, 404 `not_found`, 503 `upstream_unavailable` where the store does not answer.
    """
    return Response(await avatars.read_file(house, folder, name), headers=_FOR_EVER, media_type="image/webp")
