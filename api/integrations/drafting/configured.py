"""Build the router that the settings ask for (contract, section 8: `AI_*`, `OPENAI_*`, `ANTHROPIC_*`)."""

from collections.abc import Callable
from typing import Protocol

from pydantic import SecretStr

from api.integrations.drafting.anthropic_messages import AnthropicProvider
from api.integrations.drafting.openai_chat import OpenAIProvider
from api.integrations.drafting.protocol import DraftingProvider
from api.integrations.drafting.router import DraftingRouter

FALLBACK = "fallback"
OPENAI_MODEL = "gpt-5.4-mini"
ANTHROPIC_MODEL = "claude-haiku-4-5"
"""Used where a setting names none: small models, since a draft must come within seconds."""


class DraftingSettings(Protocol):
    """The settings that concern drafting."""

    @property
    def ai_providers(self) -> list[str] | None: ...
    @property
    def ai_timeout_s(self) -> float: ...
    @property
    def openai_api_key(self) -> SecretStr | None: ...
    @property
    def openai_base_url(self) -> str | None: ...
    @property
    def openai_model(self) -> str | None: ...
    @property
    def anthropic_api_key(self) -> SecretStr | None: ...
    @property
    def anthropic_base_url(self) -> str | None: ...
    @property
    def anthropic_model(self) -> str | None: ...


def _openai(settings: DraftingSettings) -> DraftingProvider | None:
    """OpenAI's key or a base URL alone will do: servers of one's own ask for no key."""
    key = _plain(settings.openai_api_key)
    if not key and not settings.openai_base_url:
        return None
    return OpenAIProvider(key, settings.openai_base_url, settings.openai_model or OPENAI_MODEL)


def _anthropic(settings: DraftingSettings) -> DraftingProvider | None:
    key = _plain(settings.anthropic_api_key)
    if not key:
        return None
    return AnthropicProvider(key, settings.anthropic_base_url, settings.anthropic_model or ANTHROPIC_MODEL)


MAKERS: dict[str, Callable[[DraftingSettings], DraftingProvider | None]] = {
    "openai": _openai,
    "anthropic": _anthropic,
}


def router_from(settings: DraftingSettings) -> DraftingRouter:
    """Build a router over the providers that are configured, in the order of `AI_PROVIDERS`.

    `fallback` ends the list: what stands behind it is never asked. A named provider
    without its key is left out, and an empty router fails at once, so that drafts
    come from the built-in fallback.

    Raises:
        ValueError: `AI_PROVIDERS` names a provider that does not exist.
    """
    providers = (MAKERS[name](settings) for name in _order(settings.ai_providers))
    return DraftingRouter([p for p in providers if p is not None], timeout_seconds=settings.ai_timeout_s)


def _order(names: list[str] | None) -> list[str]:
    asked = list(dict.fromkeys(name.strip().lower() for name in names)) if names else list(MAKERS)
    unknown = [name for name in asked if name not in MAKERS and name != FALLBACK]
    if unknown:
        raise ValueError(f"AI_PROVIDERS: {unknown[0]!r} is none of openai, anthropic, fallback")
    return asked[: asked.index(FALLBACK)] if FALLBACK in asked else asked


def _plain(secret: SecretStr | None) -> str:
    return secret.get_secret_value() if secret else ""


__all__ = ["FALLBACK", "DraftingSettings", "router_from"]
