"""The doors of an account in a browser: signing up, a forgotten password, a suspended account."""

import re
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.house import HouseWithModel
from tests.e2e.newcomers import FIRST, SECOND, Newcomer, at_home, sign_in
from tests.e2e.outbox import letter_to, link_in
from tests.served import PASSWORD, Served

pytestmark = pytest.mark.e2e


@pytest.fixture
def served(with_model: HouseWithModel) -> Served:
    """The product whose outbox is at hand."""
    return with_model.served


def _rules(page: Page) -> dict[str, bool]:
    lines = page.locator(".rule").all_inner_texts()
    return {line.split("\n")[0].split(":")[0]: line.endswith(": met") for line in lines}


def test_sign_up_shows_what_a_password_must_be(page: Page) -> None:
    """Each rule by name while one types; a refusal stands at its field, and what was typed is kept."""
    page.goto("/register")
    page.get_by_label("E-mail").fill("sam@demo.example")
    password = page.get_by_label("Password", exact=True)
    password.fill("P@ssw0rd123")
    expect(page.get_by_text("Strength: Not enough")).to_be_visible()
    expect(page.locator(".rule", has_text="commonest")).not_to_have_class(re.compile("is-met"))
    assert _rules(page)["10 to 256 characters"]
    password.fill("sam-violet-harbour-61")
    assert not _rules(page)["Does not contain the name of your e-mail"]
    password.fill(FIRST)
    expect(page.get_by_text("Strength: Strong")).to_be_visible()
    assert all(_rules(page).values())
    page.get_by_label("Username").fill(f"sam_{uuid4().hex[:8]}")
    page.get_by_role("button", name="Create account").click()
    expect(page.locator("#email-error")).to_contain_text("has an account already")
    expect(page.get_by_label("E-mail")).to_be_focused()
    expect(password).to_have_value(FIRST)
    assert FIRST not in page.url


def test_a_forgotten_password_is_replaced_by_mail(newcomer: Newcomer, with_model: HouseWithModel) -> None:
    """From the sign-in page to the mail and back; the link works once, and every sign-in ends."""
    page = newcomer.page
    page.context.clear_cookies()
    page.goto("/login")
    page.get_by_role("link", name="Forgot it?").click()
    page.get_by_label("E-mail").fill(newcomer.email)
    page.get_by_role("button", name="Mail me a link").click()
    expect(page.get_by_role("heading", name="Look at your mail")).to_be_visible()
    link = link_in(letter_to(with_model.outbox, newcomer.email, "/reset-password"), "/reset-password")
    page.goto(link)
    page.get_by_label("New password").fill(SECOND)
    expect(page).to_have_url(re.compile("/reset-password$"))
    page.get_by_role("button", name="Set the password").click()
    expect(page.get_by_role("status").filter(has_text="Your password is changed")).to_be_visible()
    sign_in(page, newcomer.email, FIRST)
    expect(page.get_by_role("alert")).to_contain_text("is not right")
    sign_in(page, newcomer.email, SECOND)
    at_home(page)
    page.goto(link)
    page.get_by_label("New password").fill(FIRST)
    page.get_by_role("button", name="Set the password").click()
    expect(page.get_by_role("heading", name="This link does not work")).to_be_visible()


def test_a_suspended_account_says_so(newcomer: Newcomer, served: Served) -> None:
    """Only after the right password, and with a way back."""
    page = newcomer.page
    me = page.request.get("/api/v1/users/me").json()["data"]["id"]
    with served.sign_in("ada") as ada:
        ada.patch(f"/api/v1/users/{me}", json={"status": "suspended", "reason": "A test"}).raise_for_status()
    page.goto("/")
    expect(page).to_have_url(re.compile("/login"))
    sign_in(page, newcomer.email, FIRST)
    expect(page.get_by_role("heading", name="This account is suspended")).to_be_visible()
    page.get_by_role("button", name="Sign in to another account").click()
    sign_in(page, "sam@demo.example", PASSWORD)
    at_home(page)
