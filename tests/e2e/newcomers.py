"""People with accounts of their own, who know nobody yet."""

from dataclasses import dataclass
from uuid import uuid4

from playwright.sync_api import Page, expect

from tests.served import Served

FIRST, SECOND = "violet-harbour-61", "seven-green-lanterns-8"


@dataclass(frozen=True)
class Newcomer:
    """Somebody with an account of his own, signed in at a page."""

    page: Page
    name: str

    @property
    def email(self) -> str:
        """The address that he signed up with."""
        return f"{self.name}@newcomers.example"


def sign_up(page: Page, served: Served) -> Newcomer:
    """Open an account for somebody, without the form."""
    name = f"acc_{uuid4().hex[:10]}"
    person = {"email": f"{name}@newcomers.example", "username": name, "password": FIRST, "display_name": "Ada New"}
    answer = page.request.post("/api/v1/auth/register", data=person, headers={"Origin": served.url})
    assert answer.status == 201, answer.text()
    return Newcomer(page, name)


def sign_in(page: Page, email: str, password: str) -> None:
    """Sign in by the form, and press the button."""
    page.goto("/login")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in").click()


def let_in(page: Page, served: Served, email: str, **more: str) -> None:
    """Sign somebody in without the form."""
    given = {"email": email, "password": FIRST, **more}
    answer = page.request.post("/api/v1/auth/login", data=given, headers={"Origin": served.url})
    assert answer.ok, answer.text()


def at_home(page: Page) -> None:
    """See one's own start page."""
    expect(page.get_by_role("heading", name="Your page", level=1)).to_be_visible()
