"""A real browser on the built product."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.served import PASSWORD, Served, served

CHROMIUM = "/usr/bin/chromium"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Browser, served: Served) -> Iterator[Page]:
    """A fresh tab of nobody; an error on its console fails the test."""
    context = browser.new_context(base_url=served.url)
    opened = context.new_page()
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.on("console", lambda line: errors.append(line.text) if line.type == "error" else None)
    opened.set_default_timeout(15_000)
    yield opened
    context.close()
    assert not [error for error in errors if "status of 40" not in error]


@pytest.fixture
def sign_in_as(page: Page) -> Any:
    """Sign in through the form: `sign_in_as("ada", "/users")`."""

    def act(name: str, target: str = "/") -> Page:
        page.goto(f"/login?next={target}")
        page.locator(f"input[name=next][value='{target}']").wait_for(state="attached")
        page.get_by_label("E-mail").fill(f"{name}@demo.example")
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        return page

    return act


__all__ = ["served"]
