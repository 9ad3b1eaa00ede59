"""The page where the link of the verification mail leads."""

import re

from playwright.sync_api import Page, expect


def test_a_link_that_is_not_whole_says_so(page: Page) -> None:
    page.goto("/verify-email")
    expect(page.get_by_role("alert")).to_contain_text("not whole")


def test_a_link_that_does_not_hold_is_refused_in_words(page: Page) -> None:
    page.goto("/verify-email?token=made-up")
    page.get_by_role("button", name="Confirm my e-mail").click()
    expect(page.get_by_role("heading", name="This link does not work")).to_be_visible()
    expect(page.get_by_role("alert")).to_contain_text("used already")


def test_the_token_leaves_the_address_at_once(page: Page) -> None:
    page.goto("/verify-email?token=made-up")
    expect(page).to_have_url(re.compile("/verify-email$"))
    expect(page.get_by_role("button", name="Confirm my e-mail")).to_be_enabled()
