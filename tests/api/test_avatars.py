"""Pictures of people: what is taken, what is made of it, and what an attacker sends."""

import io
import struct
import zlib
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from PIL import Image
from pydantic import SecretStr

from api.core.settings import Settings
from api.services.house import House, open_house
from api.services.registry import register_jobs
from models.users import Role
from tests.conftest import SignIn
from tests.fakes.s3_server import ACCESS_KEY, BUCKET, REGION, SECRET_KEY, S3Server

PATH = "/api/v1/users/me/avatar"


def picture(kind: str = "JPEG", size: tuple[int, int] = (900, 600), **more: object) -> bytes:
    """Draw a picture."""
    drawn = io.BytesIO()
    Image.new("RGB", size, "teal").save(drawn, kind, **more)
    return drawn.getvalue()


def bomb() -> bytes:
    """Return a PNG of a few bytes whose head announces 900 megapixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 99)) + chunk(b"IEND", b"")


async def put(
    client: httpx.AsyncClient, headers: dict[str, str], content: bytes, name: str = "x.jpg"
) -> httpx.Response:
    """Upload a file as the part `file`."""
    return await client.put(PATH, files={"file": (name, content, "image/jpeg")}, headers=headers)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
async def test_a_picture_is_made_small_and_served(client: httpx.AsyncClient, sign_in: SignIn, kind: str) -> None:
    me = await sign_in(Role.USER)
    answer = await put(client, me.headers, picture(kind), "../../etc/passwd")
    assert answer.status_code == 200, answer.text
    url = answer.json()["data"]["avatar_url"]
    assert (await client.get("/api/v1/users/me", headers=me.headers)).json()["data"]["avatar_url"] == url
    served = await client.get(url)
    assert (served.status_code, served.headers["content-type"]) == (200, "image/webp")
    assert served.headers["x-content-type-options"] == "nosniff"
    with Image.open(io.BytesIO(served.content)) as seen:
        assert (seen.format, seen.size) == ("WEBP", (512, 341))


async def test_nothing_of_the_file_but_its_look_is_kept(client: httpx.AsyncClient, sign_in: SignIn) -> None:
    me = await sign_in(Role.USER)
    exif = Image.Exif()
    exif[0x010E] = "taken at home"
    exif[0x0112] = 6
    content = picture(exif=exif, comment=b"a secret comment") + b"<script>alert(1)</script>"
    url = (await put(client, me.headers, content)).json()["data"]["avatar_url"]
    served = (await client.get(url)).content
    for left in (b"taken at home", b"secret", b"<script", b"EXIF", b"Exif"):
        assert left not in served
    with Image.open(io.BytesIO(served)) as seen:
        assert seen.size == (341, 512)


async def test_what_is_no_picture_is_refused(client: httpx.AsyncClient, sign_in: SignIn) -> None:
    me = await sign_in(Role.USER)
    for content in (b"", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"%PDF-1.7", picture("TIFF"), picture("BMP")):
        answer = await put(client, me.headers, content)
        assert (answer.status_code, answer.json()["code"]) == (415, "unsupported_media_type"), content[:9]
    answer = await put(client, me.headers, picture()[:400])
    assert (answer.status_code, answer.json()["code"]) == (400, "validation_error")
    for part, fields in (("other", {}), ("note", {"file": "text"})):
        answer = await client.put(PATH, headers=me.headers, files={part: ("x", b"x")}, data=fields)
        assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, "body.file")
    answer = await client.put(PATH, json={"file": "x"}, headers=me.headers)
    assert answer.status_code == 415
    assert (await client.get("/api/v1/users/me", headers=me.headers)).json()["data"]["avatar_url"] is None


async def test_what_is_too_large_is_refused(client: httpx.AsyncClient, sign_in: SignIn) -> None:
    me = await sign_in(Role.USER)
    for content in (picture() + b"\0" * 5_242_880, picture() + b"\0" * 7_000_000, bomb()):
        answer = await put(client, me.headers, content)
        assert (answer.status_code, answer.json()["code"]) == (413, "payload_too_large")


async def test_an_old_picture_goes(
    client: httpx.AsyncClient, house: House, sign_in: SignIn, run_jobs: Callable[[], Awaitable[None]]
) -> None:
    me = await sign_in(Role.USER)
    folder = Path(house.settings.media_url.removeprefix("file://")) / "avatars"
    first = (await put(client, me.headers, picture())).json()["data"]["avatar_url"]
    second = (await put(client, me.headers, picture())).json()["data"]["avatar_url"]
    await run_jobs()
    assert (await client.get(first)).status_code == 404
    file = folder / second.rpartition("/")[2]
    assert file.stat().st_mode & 0o777 == 0o600
    for _ in range(2):
        assert (await client.delete(PATH, headers=me.headers)).status_code == 204
    await run_jobs()
    assert not file.exists()


@pytest.mark.parametrize(
    "path",
    ["avatars/x.webp", "avatars/%2e%2e%2fsecret_key", "../secret_key", "avatars/..%5Ckey", "outbox/1.eml"],
)
async def test_no_path_leads_out_of_the_folder(client: httpx.AsyncClient, house: House, path: str) -> None:
    house.settings.signing_key()
    answer = await client.get(f"/api/v1/media/{path}")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


async def test_pictures_lie_in_a_bucket_and_a_fault_of_it_loses_none(
    client: httpx.AsyncClient, house: House, settings: Settings, sign_in: SignIn
) -> None:
    me, admin = await sign_in(Role.USER), await sign_in(Role.ADMIN)
    with S3Server() as server:
        key, secret = SecretStr(ACCESS_KEY), SecretStr(SECRET_KEY)
        given: dict[str, Any] = {"s3_access_key_id": key, "s3_secret_access_key": secret}
        place = {"media_url": f"s3://{BUCKET}/hub", "s3_endpoint_url": server.url, "s3_region": REGION}
        changed = settings.model_copy(update={**given, **place})
        async with open_house(changed, house.database.url, register_jobs, work=False) as own:
            first = (await put(client, me.headers, picture())).json()["data"]["avatar_url"]
            assert (await client.get(first)).content == server.files[f"hub/{first.removeprefix('/api/v1/media/')}"]
            status = (await client.get("/api/v1/status", headers=admin.headers)).json()["data"]
            assert status["checks"]["storage"] == {"status": "ok", "latency_ms": None, "detail": "bucket"}
            server.fault = 403
            for refused in (await put(client, me.headers, picture()), await client.get(first)):
                assert (refused.status_code, refused.json()["code"]) == (503, "upstream_unavailable")
            server.fault = None
            assert (await client.get("/api/v1/users/me", headers=me.headers)).json()["data"]["avatar_url"] == first
            await put(client, me.headers, picture())
            await own.jobs.app.run_worker_async(wait=False, install_signal_handlers=False, concurrency=1)
            assert (await client.get(first)).status_code == 404
            assert len(server.files) == 1


async def test_a_bucket_that_refuses_degrades_the_platform(
    client: httpx.AsyncClient, house: House, settings: Settings, sign_in: SignIn
) -> None:
    admin = await sign_in(Role.ADMIN)
    with S3Server() as server:
        keys: dict[str, Any] = {"s3_access_key_id": SecretStr(ACCESS_KEY), "s3_secret_access_key": SecretStr("wrong")}
        place = {"media_url": f"s3://{BUCKET}", "s3_endpoint_url": server.url, "s3_region": REGION}
        changed = settings.model_copy(update={**keys, **place})
        async with open_house(changed, house.database.url, register_jobs, work=False):
            answer = await client.get("/api/v1/status", headers=admin.headers)
    detail = "bucket: it does not answer, or refuses"
    assert answer.json()["data"]["checks"]["storage"] == {"status": "degraded", "latency_ms": None, "detail": detail}
    assert ACCESS_KEY not in answer.text
