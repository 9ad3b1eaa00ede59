"""Both stores of pictures keep one promise; the bucket over loopback, with its faults."""

import asyncio
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from api.core.errors import UpstreamUnavailableError
from api.core.settings import Settings, read_settings
from api.integrations.media import BucketStore, FolderStore, MediaStore, store_of
from tests.fakes.s3_server import ACCESS_KEY, BUCKET, REGION, SECRET_KEY, S3Server

KEY = f"avatars/{'ab' * 16}.webp"
CONTENT = bytes(range(256)) * 1_000
FOREIGN = ("", "avatars/x.webp", f"../{KEY}", f"/{KEY}", f"{KEY}/..", "avatars/" + "A" * 32 + ".webp", "a/b\0.webp")


@pytest.fixture
def server() -> Iterator[S3Server]:
    """A server that speaks S3."""
    with S3Server() as running:
        yield running


def bucket_settings(server: S3Server, tmp_path: Path, **changes: Any) -> Settings:
    """Return settings that name the server's bucket."""
    given: dict[str, Any] = {
        "media_url": f"s3://{BUCKET}/hub/media",
        "s3_endpoint_url": f"{server.url}/",
        "s3_region": REGION,
        "s3_access_key_id": ACCESS_KEY,
        "s3_secret_access_key": SECRET_KEY,
    }
    return read_settings(_env_file=None, data_dir=tmp_path, **{**given, **changes})


@pytest.fixture(params=["folder", "bucket"])
def store(request: pytest.FixtureRequest, server: S3Server, tmp_path: Path) -> MediaStore:
    """Each of the stores in turn, as MEDIA_URL opens it."""
    if request.param == "bucket":
        return store_of(bucket_settings(server, tmp_path))
    return store_of(read_settings(_env_file=None, data_dir=tmp_path))


async def test_what_is_put_is_there_until_it_is_removed(store: MediaStore) -> None:
    assert await store.get(KEY) is None
    await store.put(KEY, CONTENT)
    assert await store.get(KEY) == CONTENT
    await store.put(KEY, b"another")
    assert await store.get(KEY) == b"another"
    for _ in range(2):
        await store.remove(KEY)
        assert await store.get(KEY) is None


@pytest.mark.parametrize("key", FOREIGN)
async def test_a_foreign_key_holds_nothing(store: MediaStore, server: S3Server, key: str) -> None:
    assert await store.get(key) is None
    with pytest.raises(ValueError):
        await store.put(key, CONTENT)
    with pytest.raises(ValueError):
        await store.remove(key)
    assert server.asked == []


async def test_who_reads_while_it_is_written_sees_one_or_the_other(store: MediaStore) -> None:
    whole = {b"a" * 200_000, b"b" * 200_000}
    await store.put(KEY, min(whole))

    async def write() -> set[bytes | None]:
        for content in [*whole] * 5:
            await store.put(KEY, content)
        return set()

    async def read() -> set[bytes | None]:
        return {await store.get(KEY) for _ in range(10)}

    for seen in await asyncio.gather(write(), *[read() for _ in range(4)]):
        assert seen <= whole


def test_the_setting_chooses_the_store(server: S3Server, tmp_path: Path) -> None:
    assert isinstance(store_of(bucket_settings(server, tmp_path)), BucketStore)
    assert isinstance(store_of(read_settings(_env_file=None, data_dir=tmp_path)), FolderStore)


async def test_the_bucket_gets_the_file_below_the_prefix_signed(server: S3Server, tmp_path: Path) -> None:
    await store_of(bucket_settings(server, tmp_path)).put(KEY, CONTENT)
    assert server.files == {f"hub/media/{KEY}": CONTENT}
    assert server.kinds == {f"hub/media/{KEY}": "image/webp"}
    assert SECRET_KEY not in str(server.asked)


async def test_no_prefix_is_needed(server: S3Server, tmp_path: Path) -> None:
    await store_of(bucket_settings(server, tmp_path, media_url=f"s3://{BUCKET}")).put(KEY, CONTENT)
    assert server.files == {KEY: CONTENT}


async def test_the_environment_of_amazons_tools_changes_nothing(
    server: S3Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("ACCESS_KEY_ID", "SECRET_ACCESS_KEY", "SESSION_TOKEN", "REGION", "DEFAULT_REGION"):
        monkeypatch.setenv(f"AWS_{name}", "elsewhere")
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:1")
    store = store_of(bucket_settings(server, tmp_path))
    await store.put(KEY, CONTENT)
    assert await store.get(KEY) == CONTENT
    assert "elsewhere" not in str(server.asked)


@pytest.mark.parametrize("changes", [{"s3_secret_access_key": "wrong"}, {"s3_access_key_id": "AKIDOTHER"}])
async def test_a_wrong_key_is_refused(server: S3Server, tmp_path: Path, changes: dict[str, str]) -> None:
    store = BucketStore(bucket_settings(server, tmp_path, **changes))
    with pytest.raises(UpstreamUnavailableError) as caught:
        await store.put(KEY, CONTENT)
    assert not any(word in str(caught.value) for word in (SECRET_KEY, ACCESS_KEY, "wrong", "127.0.0.1"))
    assert server.files == {}


@pytest.mark.parametrize("fault", [403, 500, 503, "hang", "refuse"])
async def test_a_bucket_with_a_fault_is_said_to_be_away_within_its_time(
    server: S3Server, tmp_path: Path, fault: int | str
) -> None:
    store = BucketStore(bucket_settings(server, tmp_path), seconds=1)
    server.fault = fault
    if fault == "refuse":
        server.refuse()
    for call in (store.put(KEY, CONTENT), store.get(KEY), store.remove(KEY), store.probe()):
        start = time.monotonic()
        with pytest.raises(UpstreamUnavailableError, match="The bucket of MEDIA_URL"):
            await call
        assert time.monotonic() - start < 3  # it would wait for ever
    if fault == "refuse":
        server.listen()
    server.fault = None
    await store.put(KEY, CONTENT)
    assert await store.get(KEY) == CONTENT


async def test_a_bucket_that_is_not_there_is_away_for_writers(server: S3Server, tmp_path: Path) -> None:
    store = BucketStore(bucket_settings(server, tmp_path), seconds=1)
    server.fault = 404
    with pytest.raises(UpstreamUnavailableError):
        await store.put(KEY, CONTENT)
    assert await store.get(KEY) is None
    await store.remove(KEY)


async def test_half_a_file_is_never_handed_out(server: S3Server, tmp_path: Path) -> None:
    store = BucketStore(bucket_settings(server, tmp_path), seconds=1)
    await store.put(KEY, CONTENT)
    server.fault = "cut"
    with pytest.raises(UpstreamUnavailableError):
        await store.get(KEY)
    server.fault = None
    assert await store.get(KEY) == CONTENT
