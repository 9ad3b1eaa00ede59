"""Signing in and out in a real browser, and who gets to see what."""

import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from tests.served import COOKIE, PASSWORD

pytestmark = pytest.mark.e2e
SignInAs = Callable[..., Page]


def test_guarded_page_leads_through_sign_in_and_back(page: Page) -> None:
    """Whoever was going somewhere arrives there; the cookie never meets a script."""
    page.goto("/inventory?q=toyota")
    page.wait_for_url(re.compile(r"/login\?next="))
    page.locator("input[name=next][value='/inventory?q=toyota']").wait_for(state="attached")
    page.get_by_label("E-mail").fill("luis@demo.example")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Inventory")).to_be_visible()
    expect(page.get_by_label("Search the inventory")).to_have_value("toyota")
    cookie = next(c for c in page.context.cookies() if c.get("name") == COOKIE)
    assert cookie.get("httpOnly")
    assert cookie.get("sameSite") == "Lax"
    assert COOKIE not in page.evaluate("document.cookie")


def test_wrong_password_says_so_and_keeps_the_target(page: Page) -> None:
    """The refusal is a sentence; what was asked for stays asked for."""
    page.goto("/login?next=/users")
    page.get_by_label("E-mail").fill("ada@demo.example")
    page.get_by_label("Password", exact=True).fill("not the password")
    page.locator("input[name=next][value='/users']").wait_for(state="attached")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_contain_text("The e-mail or the password is not right.")
    page.locator("input[name=next][value='/users']").wait_for(state="attached")


@pytest.mark.parametrize("target", ["https://evil.example/", "/.//evil.example/", "http:///", "//evil.example"])
def test_next_never_leads_off_the_site(sign_in_by_form: SignInAs, target: str) -> None:
    """A link to our sign-in page cannot be used to send somebody elsewhere."""
    page = sign_in_by_form("luis", target)
    page.wait_for_url(re.compile(r"localhost:\d+/inbox"))


def test_staff_land_in_the_inbox_and_admins_pages_refuse_them(sign_in_as: SignInAs) -> None:
    """The menu shows what one may see; an address typed by hand is refused."""
    page = sign_in_as("luis")
    page.wait_for_url(re.compile("/inbox"))
    expect(page.get_by_role("link", name="Users")).to_have_count(0)
    page.goto("/users")
    expect(page.get_by_role("heading", name="You cannot see this page").first).to_be_visible()


def test_new_account_is_a_plain_user(page: Page) -> None:
    """Registration signs in; there is nothing to see but one's own profile."""
    name = f"new_{uuid4().hex[:10]}"
    page.goto("/register")
    page.get_by_label("E-mail").fill(f"{name}@demo.example")
    page.get_by_label("Username").fill(name)
    page.get_by_label("Your name").fill("Nora New")
    page.get_by_label("Password", exact=True).fill("violet-harbour-61")
    page.get_by_role("button", name="Show password").click()
    expect(page.get_by_label("Password", exact=True)).to_have_attribute("type", "text")
    page.get_by_role("button", name="Create account").click()
    expect(page.get_by_role("heading", name="Your page")).to_be_visible()
    expect(page.get_by_text(f"{name}@demo.example").first).to_be_visible()
    expect(page.get_by_role("link", name="Inventory")).to_have_count(0)


def test_sign_out_leaves_nothing_for_the_next_person(sign_in_as: SignInAs) -> None:
    """The tab's state belongs to the session, not to the tab."""
    page = sign_in_as("ada", "/users")
    expect(page.get_by_text("luis@demo.example")).to_be_visible()
    page.get_by_role("button", name=re.compile("your account")).click()
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url(re.compile("/login"))
    page.goto("/users")
    page.wait_for_url(re.compile("/login"))
    page.get_by_label("E-mail").fill("sam@demo.example")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="You cannot see this page").first).to_be_visible()
    assert "luis@demo.example" not in page.content()


def test_colours_follow_the_choice(sign_in_as: SignInAs) -> None:
    """The system's first, then one's own, which a reload keeps."""
    page = sign_in_as("luis", "/inventory")
    expect(page.locator("html")).to_have_class(re.compile("light"))
    page.get_by_role("button", name=re.compile("your account")).click()
    page.get_by_role("button", name="Dark").click()
    expect(page.locator("html")).to_have_class(re.compile("dark"))
    page.reload()
    expect(page.locator("html")).to_have_class(re.compile("dark"))
