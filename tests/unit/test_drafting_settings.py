"""Which providers the settings name, and what their answers cost."""

from decimal import Decimal

import pytest
from pydantic import SecretStr

from api.integrations.drafting import cost, prices_from, router_from


class SettingsOf:
    """Settings of which nothing is set but what a test names."""

    def __init__(
        self,
        ai_providers: list[str] | None = None,
        openai_api_key: SecretStr | None = None,
        openai_base_url: str | None = None,
        anthropic_api_key: SecretStr | None = None,
        anthropic_base_url: str | None = None,
    ) -> None:
        self.ai_providers = ai_providers
        self.ai_timeout_s = 3.0
        self.openai_api_key = openai_api_key
        self.openai_base_url = openai_base_url
        self.openai_model = "fake-1"
        self.anthropic_api_key = anthropic_api_key
        self.anthropic_base_url = anthropic_base_url
        self.anthropic_model = None


KEY = SecretStr("sk-test")


@pytest.mark.parametrize(
    ("settings", "order"),
    [
        (SettingsOf(), ()),
        (SettingsOf(openai_api_key=KEY), ("openai",)),
        (SettingsOf(openai_base_url="http://127.0.0.1:1/v1"), ("openai",)),
        (SettingsOf(openai_api_key=KEY, anthropic_api_key=KEY), ("openai", "anthropic")),
        (SettingsOf(["anthropic", "openai"], KEY, None, KEY), ("anthropic", "openai")),
        (SettingsOf(["anthropic", "fallback", "openai"], KEY, None, KEY), ("anthropic",)),
        (SettingsOf(["fallback"], KEY), ()),
        (SettingsOf(["openai", "anthropic"], KEY), ("openai",)),
        (SettingsOf(openai_api_key=SecretStr("")), ()),
    ],
)
def test_settings_give_the_order(settings: SettingsOf, order: tuple[str, ...]) -> None:
    router = router_from(settings)
    assert router.configured == order
    assert router.timeout_seconds == 3.0


def test_an_unknown_provider_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="'gpt' is none of openai, anthropic, fallback"):
        router_from(SettingsOf(["gpt"]))


def test_a_cost_is_exact() -> None:
    prices = prices_from('{"fake-1": {"input": 0.25, "output": 2}}')
    assert cost("fake-1", 1_200, 300, prices) == Decimal("0.0009")
    assert cost("another", 1_200, 300, prices) is None
    assert prices_from(None) == prices_from("") == {}


@pytest.mark.parametrize(
    "setting", ['{"m": {"input": 1}}', '{"m": {"input": -1, "output": 1}}', "[1]", '{"m": 3}', "{"]
)
def test_bad_prices_are_refused(setting: str) -> None:
    with pytest.raises(ValueError):
        prices_from(setting)
