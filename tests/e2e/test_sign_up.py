"""From the sign-up form through the mailed link to a confirmed address."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.house import HouseWithModel
from tests.e2e.outbox import letter_to, link_in
from tests.served import Served

pytestmark = pytest.mark.e2e


@pytest.fixture
def served(with_model: HouseWithModel) -> Served:
    """The product whose outbox is at hand."""
    return with_model.served


@pytest.fixture
def newcomer(page: Page) -> str:
    """Somebody who has just signed up, still on the page that followed; the e-mail address."""
    name = f"new_{uuid4().hex[:10]}"
    page.goto("/register")
    page.get_by_label("E-mail").fill(f"{name}@newcomers.example")
    page.get_by_label("Username").fill(name)
    page.get_by_label("Your name").fill("Nora New")
    page.get_by_label("Password", exact=True).fill("violet-harbour-61")
    page.get_by_role("button", name="Create account").click()
    page.get_by_role("heading", name="Your page").wait_for()
    return f"{name}@newcomers.example"


def test_the_mailed_link_confirms_the_address(
    page: Page, new_page: Callable[..., Page], newcomer: str, with_model: HouseWithModel
) -> None:
    """The link works in any browser, takes one press, and holds once; the profile tells how it stands."""
    expect(page.get_by_text("Not verified")).to_be_visible()
    link = link_in(letter_to(with_model.outbox, newcomer), "/verify-email")
    elsewhere = new_page()
    elsewhere.goto(link)
    elsewhere.get_by_role("button", name="Confirm my e-mail").click()
    expect(elsewhere.get_by_role("heading", name="Your e-mail is confirmed")).to_be_visible()
    page.reload()
    expect(page.get_by_text("Verified", exact=True)).to_be_visible()
    elsewhere.goto(link)
    elsewhere.get_by_role("button", name="Confirm my e-mail").click()
    expect(elsewhere.get_by_role("heading", name="This link does not work")).to_be_visible()


def test_opening_the_link_alone_spends_nothing(page: Page, newcomer: str, with_model: HouseWithModel) -> None:
    """A scanner that opens every link of a mail confirms nobody."""
    link = link_in(letter_to(with_model.outbox, newcomer), "/verify-email")
    for _ in range(2):
        page.goto(link)
        expect(page.get_by_role("button", name="Confirm my e-mail")).to_be_enabled()
    page.goto("/")
    expect(page.get_by_text("Not verified")).to_be_visible()


def test_what_lacks_is_said_at_its_field(page: Page) -> None:
    """No bubble of the browser's: the words stand under the field, and who hears the page hears them with it."""
    page.goto("/register")
    page.get_by_label("Password", exact=True).fill("violet-harbour-61")
    expect(page.get_by_text("Strength:")).to_be_visible()
    page.get_by_label("Username").fill("a b")
    page.get_by_role("button", name="Create account").click()
    expect(page.locator("#email-error")).to_have_text("Fill this in")
    expect(page.locator("#username-error")).to_have_text("Write 3 to 30 letters, digits or _")
    expect(page.get_by_label("E-mail")).to_be_focused()
    expect(page.get_by_label("Username")).to_have_attribute("aria-describedby", "username-help username-error")
    expect(page.locator("#username-help")).to_be_visible()
