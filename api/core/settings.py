"""Settings from the environment and `.env`, validated at start; the only reader of the environment."""

import secrets
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Self
from urllib.parse import urlsplit

from pydantic import BeforeValidator, Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

MINIMUM_SECRET_BYTES = 32
AI_PROVIDERS = ("openai", "anthropic", "fallback")


class SettingsError(Exception):
    """The settings are bad; the message has one line for each of them."""


class Environment(StrEnum):
    """Where the process runs; production refuses every default secret."""

    DEVELOPMENT = "development"
    TEST = "test"
    PRODUCTION = "production"


def _words(value: Any) -> Any:
    if isinstance(value, str):
        return [word.strip() for word in value.split(",") if word.strip()]
    return value


def _empty_is_none(value: Any) -> Any:
    return None if isinstance(value, str) and not value.strip() else value


Words = Annotated[list[str], NoDecode, BeforeValidator(_words)]
OptionalSecret = Annotated[SecretStr | None, BeforeValidator(_empty_is_none)]
OptionalText = Annotated[str | None, BeforeValidator(_empty_is_none)]


class Settings(BaseSettings):
    """Every setting; names, defaults and meanings stand in the contract, section 8, and `.env.example`."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", env_ignore_empty=True)

    environment: Environment = Environment.DEVELOPMENT
    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=1, le=65_535)] = 3000
    public_url: str = ""
    database_url: OptionalSecret = None
    database_pool_size: Annotated[int, Field(ge=2, le=200)] = 10
    data_dir: Path = Path(".data")
    secret_key: OptionalSecret = None
    encryption_key: OptionalSecret = None
    first_admin_email: OptionalText = None
    first_admin_password: OptionalSecret = None
    demo_data: bool | None = None
    redis_url: OptionalSecret = None
    jobs_in_process: bool = True
    trusted_proxies: Words = []
    rate_limit_enabled: bool = True
    rate_limit_caller: Annotated[int, Field(ge=1)] = 600
    rate_limit_anonymous: Annotated[int, Field(ge=1)] = 120
    webhook_allow_private: bool = False
    webhook_timeout_s: Annotated[float, Field(gt=0, le=60)] = 10
    ai_providers: Words = []
    openai_api_key: OptionalSecret = None
    openai_base_url: OptionalText = None
    openai_model: str = "gpt-5-mini"
    anthropic_api_key: OptionalSecret = None
    anthropic_base_url: OptionalText = None
    anthropic_model: str = "claude-sonnet-4-5"
    ai_prices: dict[str, dict[str, float]] = Field(default_factory=dict)
    ai_timeout_s: Annotated[float, Field(gt=0, le=120)] = 20
    api_deletes_alone: bool = True
    reply_target_min: Annotated[int, Field(ge=1, le=1_440)] = 15
    google_client_id: OptionalText = None
    google_client_secret: OptionalSecret = None
    google_discovery_url: str = "https://accounts.google.com/.well-known/openid-configuration"
    media_url: str = ""
    s3_endpoint_url: OptionalText = None
    s3_region: Annotated[str, Field(pattern="^[a-z0-9-]+$")] = "us-east-1"
    s3_access_key_id: OptionalSecret = None
    s3_secret_access_key: OptionalSecret = None
    mail_url: str = ""
    mail_from: str = "DealSmart <no-reply@localhost>"
    sentry_dsn: OptionalSecret = None
    log_level: str = "INFO"
    log_format: Annotated[str, Field(pattern="^(json|console)$")] = "json"

    @field_validator("log_level")
    @classmethod
    def _known_level(cls, value: str) -> str:
        if value.upper() not in {"DEBUG", "INFO", "WARNING", "ERROR"}:
            raise ValueError("must be DEBUG, INFO, WARNING or ERROR")
        return value.upper()

    @field_validator("ai_providers")
    @classmethod
    def _known_providers(cls, value: list[str]) -> list[str]:
        if unknown := [name for name in value if name not in AI_PROVIDERS]:
            raise ValueError(f"{', '.join(unknown)}: must be among {', '.join(AI_PROVIDERS)}")
        return value

    @field_validator("encryption_key")
    @classmethod
    def _each_long_enough(cls, value: SecretStr | None) -> SecretStr | None:
        given = _words(value.get_secret_value()) if value is not None else []
        if any(len(key.encode()) < MINIMUM_SECRET_BYTES for key in given):
            raise ValueError(f"each key must have at least {MINIMUM_SECRET_BYTES} bytes")
        return value if given else None

    @field_validator("secret_key")
    @classmethod
    def _long_enough(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and len(value.get_secret_value().encode()) < MINIMUM_SECRET_BYTES:
            raise ValueError(f"must have at least {MINIMUM_SECRET_BYTES} bytes")
        return value

    @field_validator("media_url")
    @classmethod
    def _known_store(cls, value: str) -> str:
        parts = urlsplit(value)
        named = parts.netloc if parts.scheme == "s3" else (parts.netloc + parts.path).strip("/")
        if value and (parts.scheme not in {"file", "s3"} or not named):
            raise ValueError("must be file:// and a folder, or s3://bucket/prefix")
        if parts.scheme == "s3" and (parts.query or parts.fragment or "@" in parts.netloc or ":" in parts.netloc):
            raise ValueError("must name a bucket and a prefix only; the rest is told by the S3_ settings")
        return value

    @field_validator("s3_endpoint_url")
    @classmethod
    def _web_address(cls, value: str | None) -> str | None:
        parts = urlsplit(value or "https://absent")
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username or parts.query:
            raise ValueError("must be http:// or https:// and a host")
        return value.rstrip("/") if value else None

    @field_validator("database_url")
    @classmethod
    def _postgres(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and urlsplit(value.get_secret_value()).scheme not in {"postgresql", "postgres"}:
            raise ValueError("must begin with postgresql://")
        return value

    @model_validator(mode="after")
    def _derive(self) -> Self:
        self.public_url = (self.public_url or f"http://localhost:{self.port}").rstrip("/")
        self.mail_url = self.mail_url or f"file://{self.data_dir / 'outbox'}"
        self.media_url = self.media_url or f"file://{self.data_dir / 'media'}"
        if (self.google_client_id is None) != (self.google_client_secret is None):
            raise ValueError("GOOGLE_CLIENT_ID and GOOGLE_CLIENT_SECRET go together")
        if self.media_url.startswith("s3:") and not (self.s3_access_key_id and self.s3_secret_access_key):
            raise ValueError("MEDIA_URL with s3:// needs S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY")
        if self.demo_data is None:
            self.demo_data = self.environment is Environment.DEVELOPMENT
        if self.environment is Environment.PRODUCTION:
            self._refuse_defaults()
        return self

    def _refuse_defaults(self) -> None:
        missing = [name for name in ("secret_key", "encryption_key", "database_url") if getattr(self, name) is None]
        if missing:
            raise ValueError(f"production needs {', '.join(name.upper() for name in missing)}")
        if self.demo_data:
            raise ValueError("DEMO_DATA is refused in production")

    @property
    def secure_cookies(self) -> bool:
        """Whether cookies carry `Secure`: everywhere but in development and tests."""
        return self.environment is Environment.PRODUCTION

    def signing_key(self) -> bytes:
        """Return SECRET_KEY, or one made on the first run and kept in DATA_DIR."""
        return self._key(self.secret_key, "secret_key")

    def encryption_keys(self) -> list[bytes]:
        """Return ENCRYPTION_KEY's keys, the newest first, or one made on the first run and kept in DATA_DIR."""
        return [key.encode() for key in _words(self._key(self.encryption_key, "encryption_key").decode())]

    def _key(self, given: SecretStr | None, name: str) -> bytes:
        if given is not None:
            return given.get_secret_value().encode()
        file = self.data_dir / name
        if not file.exists():
            self.data_dir.mkdir(parents=True, exist_ok=True)
            file.touch(mode=0o600)
            file.write_text(secrets.token_urlsafe(48))
        return file.read_text().encode()


def read_settings(**changes: Any) -> Settings:
    """Read the settings, with `changes` over the environment.

    Raises:
        SettingsError: One line for each bad setting.
    """
    try:
        return Settings(**changes)
    except ValidationError as error:
        lines = [_complaint(item) for item in error.errors()]
        raise SettingsError("\n".join(lines)) from None


def _complaint(item: Any) -> str:
    message = item["msg"].removeprefix("Value error, ")
    return f"{str(item['loc'][0]).upper()}: {message}" if item["loc"] else message


@lru_cache
def get_settings() -> Settings:
    """Return the settings of this process, read once."""
    return read_settings()
