"""Settings: defaults, one clear line for each bad one, production refuses defaults."""

from pathlib import Path
from typing import Any

import pytest

from api.core.settings import Environment, SettingsError, read_settings


def read(tmp_path: Path, **changes: Any) -> Any:
    """Read settings without a .env file."""
    return read_settings(_env_file=None, data_dir=tmp_path, **changes)


def test_what_is_derived(tmp_path: Path) -> None:
    settings = read(tmp_path, port=8123)
    assert settings.public_url == "http://localhost:8123"
    assert settings.mail_url == f"file://{tmp_path}/outbox"
    assert settings.demo_data is True
    assert settings.secure_cookies is False


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        ({"port": 0}, "PORT: "),
        ({"secret_key": "short"}, "SECRET_KEY: must have at least 32 bytes"),
        ({"database_url": "mysql://x"}, "DATABASE_URL: must begin with postgresql://"),
        ({"ai_providers": "openai,parrot"}, "AI_PROVIDERS: parrot: must be among openai, anthropic, fallback"),
        ({"log_level": "LOUD"}, "LOG_LEVEL: must be DEBUG, INFO, WARNING or ERROR"),
        ({"media_url": "s3://bucket/prefix"}, "MEDIA_URL with s3:// needs S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY"),
        ({"media_url": "s3:///prefix"}, "MEDIA_URL: must be file:// and a folder, or s3://bucket/prefix"),
        ({"media_url": "s3://key:word@bucket"}, "MEDIA_URL: must name a bucket and a prefix only"),
        ({"s3_endpoint_url": "minio:9000"}, "S3_ENDPOINT_URL: must be http:// or https:// and a host"),
        ({"media_url": "https://media.example"}, "MEDIA_URL: must be file:// and a folder"),
        ({"media_url": "/var/media"}, "MEDIA_URL: must be file:// and a folder"),
        ({"media_url": "file:///"}, "MEDIA_URL: must be file:// and a folder"),
        ({"environment": "moon"}, "ENVIRONMENT: "),
    ],
)
def test_a_bad_setting_is_one_clear_line(tmp_path: Path, changes: dict[str, Any], line: str) -> None:
    with pytest.raises(SettingsError) as caught:
        read(tmp_path, **changes)
    assert str(caught.value).startswith(line)
    assert "\n" not in str(caught.value)


def test_every_bad_setting_has_its_line(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as caught:
        read(tmp_path, port=99_999, log_format="xml")
    assert sorted(line.partition(":")[0] for line in str(caught.value).splitlines()) == ["LOG_FORMAT", "PORT"]


def test_production_refuses_defaults(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="production needs SECRET_KEY, ENCRYPTION_KEY, DATABASE_URL"):
        read(tmp_path, environment=Environment.PRODUCTION)
    given = {"secret_key": "s" * 32, "encryption_key": "e" * 32, "database_url": "postgresql://db/x"}
    with pytest.raises(SettingsError, match="DEMO_DATA is refused in production"):
        read(tmp_path, environment=Environment.PRODUCTION, demo_data=True, **given)
    settings = read(tmp_path, environment=Environment.PRODUCTION, **given)
    assert settings.demo_data is False
    assert settings.secure_cookies is True


def test_the_signing_key_is_made_once_and_kept_to_its_owner(tmp_path: Path) -> None:
    first = read(tmp_path).signing_key()
    assert len(first) >= 32
    assert read(tmp_path).signing_key() == first
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0


def test_the_example_names_every_setting() -> None:
    example = (Path(__file__).resolve().parents[2] / ".env.example").read_text()
    named = {line.partition("=")[0].lower() for line in example.splitlines() if "=" in line and line[0] != "#"}
    assert named == set(type(read_settings(_env_file=None)).model_fields)
