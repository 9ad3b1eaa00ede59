"""A real browser on the built product."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.e2e.desk import Customer, customer, log, row
from tests.e2e.house import HouseWithModel, house_with_model
from tests.e2e.newcomers import Newcomer, sign_up
from tests.fakes.openai_server import FakeOpenAI
from tests.served import PASSWORD, Served, served

CHROMIUM = "/usr/bin/chromium"
PATIENCE_MS = 15_000  # a busy machine is slow, not wrong

expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def with_model(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HouseWithModel]:
    """A second product, whose drafts come from a language model that the tests hold in their hands."""
    with FakeOpenAI() as model, house_with_model(tmp_path_factory.mktemp("with_model"), model) as house:
        yield house


@pytest.fixture
def excused() -> list[str]:
    """What a browser's console may complain of; a refusal is an answer, not a fault."""
    return ["status of 40"]


@pytest.fixture
def new_page(browser: Browser, served: Served, excused: list[str]) -> Iterator[Callable[..., Page]]:
    """Open a browser of nobody: `new_page(color_scheme="dark")`; an error on its console fails the test."""
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def open_one(**options: Any) -> Page:
        context = browser.new_context(base_url=served.url, **options)
        contexts.append(context)
        opened = context.new_page()
        opened.on("pageerror", lambda error: errors.append(str(error)))
        opened.on("console", lambda line: errors.append(line.text) if line.type == "error" else None)
        opened.set_default_timeout(PATIENCE_MS)
        return opened

    yield open_one
    for context in contexts:
        context.close()
    assert not [error for error in errors if not any(words in error for words in excused)]


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    """A fresh browser of nobody."""
    return new_page()


@pytest.fixture
def newcomer(page: Page, served: Served) -> Newcomer:
    """Somebody who has just signed up, in the fresh browser."""
    return sign_up(page, served)


@pytest.fixture
def sign_in_by_form(page: Page) -> Callable[..., Page]:
    """Sign in as people do: `sign_in_by_form("ada", "/users")`."""

    def act(name: str, target: str = "/") -> Page:
        page.goto(f"/login?next={target}")
        page.locator(f"input[name=next][value='{target}']").wait_for(state="attached")
        page.get_by_label("E-mail").fill(f"{name}@demo.example")
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        return page

    return act


@pytest.fixture
def sign_in_as(page: Page, served: Served) -> Callable[..., Page]:
    """Sign in without the form, which takes a second each time: `sign_in_as("ada", "/users")`."""

    def act(name: str, target: str = "/") -> Page:
        return _signed_in(page, served, name, target)

    return act


@pytest.fixture
def desk_of(new_page: Callable[..., Page], served: Served) -> Callable[..., Page]:
    """Open a browser of his own for somebody who is signed in already: `desk_of("mei", "/inbox")`."""

    def act(name: str, target: str = "/inbox", **options: Any) -> Page:
        return _signed_in(new_page(**options), served, name, target)

    return act


@pytest.fixture
def casey(served: Served) -> Iterator[Customer]:
    """A customer who has just asked something."""
    with customer(served) as someone:
        yield someone


@pytest.fixture
def thread(sign_in_as: Callable[..., Page], casey: Customer) -> Page:
    """Luis with Casey's conversation opened by a click."""
    page = sign_in_as("luis", "/inbox?view=open")
    row(page, casey).click()
    expect(log(page)).to_contain_text("Toyota Tacoma")
    return page


def _signed_in(page: Page, served: Served, name: str, target: str) -> Page:
    person = {"email": f"{name}@demo.example", "password": PASSWORD}
    answer = page.request.post("/api/v1/auth/login", data=person, headers={"Origin": served.url})
    assert answer.ok, answer.text()
    page.goto(target)
    return page


__all__ = ["served"]
