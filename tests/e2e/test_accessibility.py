"""No page breaks a rule of WCAG 2.2 AA that axe can see, in either colour mode, wide or narrow."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.axe import faults, faults_of_look, looks

pytestmark = pytest.mark.e2e


def _check(page: Page, heading: str) -> None:
    for look in looks(page):
        expect(page.get_by_role("heading", name=heading, level=1)).to_be_visible()
        assert faults_of_look(page, look) == [], look


@pytest.mark.parametrize(
    ("path", "heading"),
    [
        ("/login?error=rate_limited", "Sign in"),
        ("/register", "Create an account"),
        ("/verify-email?token=made-up", "Confirm your e-mail"),
        ("/forgot-password", "Forgot your password?"),
        ("/reset-password?token=made-up", "Choose a new password"),
        ("/login?error=totp_required&field=google", "One more step"),
    ],
)
def test_open_pages(page: Page, path: str, heading: str) -> None:
    """What everybody sees first."""
    page.goto(path)
    _check(page, heading)


def test_pages_of_an_admin(sign_in_as: Callable[..., Page]) -> None:
    """Lists, forms and one's own profile."""
    page = sign_in_as("ada", "/settings")
    pages = {
        "/settings": "Your settings",
        "/inventory": "Inventory",
        "/users": "Users",
        "/dealership": "Dealership",
        "/ai": "AI drafts",
    }
    for path, heading in pages.items():
        page.goto(path)
        _check(page, heading)


def test_side_panel_dialog_and_menus(sign_in_as: Callable[..., Page]) -> None:
    """What opens over a page."""
    page = sign_in_as("ada", "/users?q=luis")
    page.get_by_role("button", name="Luis Ferreira").click()
    expect(page.get_by_role("complementary", name="Luis Ferreira")).to_be_visible()
    assert faults(page) == []
    page.get_by_role("button", name="Suspend…").click()
    expect(page.get_by_role("dialog", name="Suspend Luis Ferreira?")).to_be_visible()
    assert faults(page) == []
    page.keyboard.press("Escape")
    page.evaluate("scrollTo(0, 0)")  # half a button under the bar would be measured against the search in it
    page.get_by_role("button", name="Notifications").click()
    assert faults(page) == []


def test_the_keyboard_reaches_the_content_first(sign_in_as: Callable[..., Page]) -> None:
    """The first Tab offers to skip the menu; a dialog gives the focus back to what opened it."""
    page = sign_in_as("ada", "/users?q=luis")
    expect(page.get_by_role("heading", name="Users")).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    page.get_by_role("button", name="Luis Ferreira").press("Enter")
    opener = page.get_by_role("button", name="Suspend…")
    opener.press("Enter")
    expect(page.get_by_label("Reason")).to_be_focused()
    page.keyboard.press("Escape")
    expect(opener).to_be_focused()
