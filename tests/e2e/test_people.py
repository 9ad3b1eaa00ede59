"""An admin looks after people: a slip in the search, views, many at once, one person's panel, by mouse and by key."""

import re
from collections.abc import Callable
from uuid import uuid4

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.e2e.axe import faults, looks
from tests.served import Served

pytestmark = pytest.mark.e2e
SignInAs = Callable[..., Page]
PASSWORD = "Quiet-Gearbox-27"


def newcomers(served: Served, mark: str, count: int) -> list[str]:
    """Make accounts whose names begin with the mark, and return the names."""
    names = [f"{mark} {number}" for number in range(count)]
    for number, name in enumerate(names):
        given = {"email": f"{mark}{number}@demo.example", "username": f"{mark}_{number}", "display_name": name}
        made = httpx.post(
            f"{served.url}/api/v1/auth/register",
            json={**given, "password": PASSWORD},
            headers={"Origin": served.url},
        )
        assert made.status_code == 201, made.text
    return names


def mark() -> str:
    """Return a word that no other test's people bear."""
    return f"p{uuid4().hex[:8]}"


def test_a_slip_finds_who_was_meant(sign_in_as: SignInAs) -> None:
    page = sign_in_as("ada", "/users?q=oluwasuen")
    expect(page.get_by_text("These come nearest.")).to_be_visible()
    expect(page.locator("tbody .row-open").first).to_contain_text("Oluwaseun")


def test_a_view_is_kept_renamed_and_deleted(sign_in_as: SignInAs) -> None:
    """It is the address's filters under a name; the menu stands at the view that is shown."""
    name, later = mark(), mark()
    page = sign_in_as("ada", "/users")
    page.get_by_label("Role", exact=True).select_option("staff")
    expect(page).to_have_url(re.compile("role=staff"))
    page.get_by_role("button", name="Save view").click()
    page.get_by_label("Name", exact=True).fill(name)
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name=name)).to_have_attribute("aria-current", "page")
    page.get_by_role("link", name="Everybody").click()
    expect(page).to_have_url(re.compile("/users$"))
    page.get_by_role("link", name=name).click()
    expect(page).to_have_url(re.compile("role=staff"))
    page.get_by_role("button", name=f"Change view {name}").click()
    page.get_by_label("Name", exact=True).fill(later)
    page.get_by_role("button", name="Rename").click()
    page.get_by_role("button", name=f"Change view {later}").click()
    page.get_by_role("button", name="Delete view").click()
    expect(page.get_by_role("link", name=later)).to_have_count(0)


def test_many_change_after_a_preview_by_key_alone(sign_in_as: SignInAs, served: Served) -> None:
    """The admin himself is refused; the report names each."""
    word = mark()
    newcomers(served, word, 2)
    page = sign_in_as("ada", f"/users?q={word}")
    box = page.get_by_label("Select everybody on this page")
    box.focus()
    page.keyboard.press("Space")
    expect(page.get_by_text("2 selected", exact=True)).to_be_visible()
    page.get_by_role("button", name="Change role…").focus()
    page.keyboard.press("Enter")
    page.get_by_label("New role").select_option("staff")
    page.get_by_role("button", name="Preview").press("Enter")
    expect(page.get_by_text("2 people will change")).to_be_visible()
    expect(page.get_by_text("User, active")).to_have_count(2)
    assert faults(page) == []
    page.get_by_role("button", name="Change role of 2 people").press("Enter")
    expect(page.get_by_text("2 people changed")).to_be_visible()
    page.get_by_role("button", name="Close").last.press("Enter")
    expect(page.locator("tbody tr", has_text="Staff")).to_have_count(2)
    expect(page.get_by_role("toolbar", name="Change everybody selected")).to_have_count(0)


def test_suspension_of_many_needs_a_reason_and_spares_oneself(sign_in_as: SignInAs) -> None:
    page = sign_in_as("ada", "/users?role=admin")
    page.get_by_label("Select everybody on this page").click()
    page.get_by_role("button", name="Suspend…").first.click()
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_text("Is needed for a suspension")).to_be_visible()
    page.get_by_label("Reason").fill("A try")
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_text("This is you; another administrator changes you.")).to_be_visible()
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_text("Preview")).to_have_count(0)


def test_the_panel_tells_ends_and_deletes(sign_in_as: SignInAs, served: Served) -> None:
    """A suspension stands in the history in words; a session ends; the deletion wants the name."""
    word = mark()
    (name,) = newcomers(served, word, 1)
    page = sign_in_as("ada", f"/users?q={word}")
    page.get_by_role("button", name=name).click()
    panel = page.get_by_role("complementary", name=name)
    panel.get_by_role("button", name=re.compile("^End the session")).click()
    expect(panel.get_by_text("Signed in nowhere.")).to_be_visible()
    panel.get_by_role("button", name="Suspend…").click()
    page.get_by_label("Reason").fill("Two complaints")
    page.get_by_label("Until (optional)").fill("2999-01-02")
    page.get_by_role("button", name="Suspend", exact=True).click()
    expect(panel.get_by_text("Suspended until 2999-01-02")).to_be_visible()
    expect(panel.get_by_text("Why suspended")).to_be_visible()
    for look in looks(page):
        assert faults(page) == [], look
    page.set_viewport_size({"width": 1440, "height": 900})
    panel.get_by_role("button", name="Delete…").click()
    page.get_by_label(f"Type {word}_0 to go on").fill("somebody")
    page.get_by_role("button", name="Delete account").click()
    expect(page.get_by_text(f"Type {word}_0", exact=True)).to_be_visible()
    page.get_by_label(f"Type {word}_0 to go on").fill(f"{word}_0")
    page.get_by_role("button", name="Delete account").click()
    expect(page.get_by_text("No person matches")).to_be_visible()
