"""From the sign-up form through the mailed link to a confirmed address."""

import re
import time
from collections.abc import Callable
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.house import HouseWithModel
from tests.served import Served

pytestmark = pytest.mark.e2e
MAIL_SECONDS = 15


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
    page.wait_for_url(re.compile("/profile"))
    return f"{name}@newcomers.example"


def _letter_to(outbox: Path, email: str) -> str:
    """Wait for the mail to an address and return its text."""
    deadline = time.monotonic() + MAIL_SECONDS
    while time.monotonic() < deadline:
        for file in outbox.glob("*.eml"):
            letter = message_from_bytes(file.read_bytes(), policy=default)
            body = letter.get_body(("plain",))
            if letter["To"] and email in letter["To"] and body is not None:
                return body.get_content()
        time.sleep(0.1)
    raise AssertionError(f"no mail to {email}: {sorted(outbox.glob('*'))}")


def test_the_mailed_link_confirms_the_address(
    page: Page, new_page: Callable[..., Page], newcomer: str, with_model: HouseWithModel
) -> None:
    """The link works in any browser, takes one press, and holds once; the profile tells how it stands."""
    expect(page.get_by_text("Not verified")).to_be_visible()
    link = re.search(r"http\S+/verify-email\?token=\S+", _letter_to(with_model.outbox, newcomer))
    assert link
    elsewhere = new_page()
    elsewhere.goto(link[0])
    elsewhere.get_by_role("button", name="Confirm my e-mail").click()
    expect(elsewhere.get_by_role("status")).to_contain_text("Your e-mail address is confirmed.")
    page.reload()
    expect(page.get_by_text("Verified", exact=True)).to_be_visible()
    elsewhere.goto(link[0])
    elsewhere.get_by_role("button", name="Confirm my e-mail").click()
    expect(elsewhere.get_by_role("alert").filter(has_text=re.compile(r"\w"))).to_be_visible()


def test_opening_the_link_alone_spends_nothing(page: Page, newcomer: str, with_model: HouseWithModel) -> None:
    """A scanner that opens every link of a mail confirms nobody."""
    link = re.search(r"http\S+/verify-email\?token=\S+", _letter_to(with_model.outbox, newcomer))
    assert link
    for _ in range(2):
        page.goto(link[0])
        expect(page.get_by_role("button", name="Confirm my e-mail")).to_be_enabled()
    page.goto("/profile")
    expect(page.get_by_text("Not verified")).to_be_visible()
