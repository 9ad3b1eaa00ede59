"""An admin looks after people: a slip in the search, views, many at once, one person's panel, by mouse and by key."""

import re
from collections.abc import Callable
from uuid import uuid4

import httpx
import psycopg
import pytest
from playwright.sync_api import Page, expect

from api.core.embedded_postgres import running_url
from tests.e2e.axe import faults, faults_of_look, looks
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
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("combobox", name="Role", exact=True).select_option("staff")
    expect(page).to_have_url(re.compile("role=staff"))
    page.get_by_role("button", name="Save view").click()
    page.get_by_label("Name", exact=True).fill(name)
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name=name)).to_have_attribute("aria-current", "page")
    page.get_by_role("link", name="Everybody").click()
    expect(page).to_have_url(re.compile("/users$"))
    page.get_by_role("link", name=name).click()
    expect(page).to_have_url(re.compile("role=staff"))
    page.get_by_role("combobox", name="Status", exact=True).select_option("active")
    expect(page).to_have_url(re.compile("status=active"))
    expect(page.get_by_role("link", name=re.compile(f"{name}.*changed since it was saved"))).to_be_visible()
    assert faults(page) == []
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_text("Link copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "role=staff&status=active" in copied
    assert "view=" not in copied
    page.get_by_role("button", name=f"Save changes to {name}").click()
    expect(page.get_by_role("link", name=name, exact=True)).to_have_attribute("href", re.compile("status=active"))
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
    page.keyboard.press("Escape")
    expect(page.get_by_role("toolbar", name="Change everybody selected")).to_have_count(0)
    expect(box).not_to_be_checked()
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


def test_columns_are_chosen_by_key_and_stay_after_a_reload(sign_in_as: SignInAs) -> None:
    """The person stays in sight while the others pass under him; who opened the menu gets the focus back."""
    page = sign_in_as("ada", "/users")
    opener = page.get_by_role("button", name="Columns")
    opener.press("Enter")
    menu = page.get_by_role("dialog", name="Columns")
    expect(menu.get_by_label("Person")).to_be_disabled()
    menu.get_by_label("User id").press("Space")
    expect(page).to_have_url(re.compile("cols="))
    expect(page.get_by_role("columnheader", name="User id")).to_be_visible()
    menu.get_by_label("Role").press("Space")
    expect(page.get_by_role("columnheader", name="Role")).to_have_count(0)
    assert faults(page) == []
    page.keyboard.press("Escape")
    expect(opener).to_be_focused()
    page.reload()
    expect(page.get_by_role("columnheader", name="User id")).to_be_visible()
    expect(page.get_by_role("columnheader", name="Role")).to_have_count(0)
    page.set_viewport_size({"width": 390, "height": 844})
    person = page.locator(".c-who").first
    before = person.bounding_box()
    page.locator(".t-scroll").evaluate("table => { table.scrollLeft = 240; }")
    expect(page.locator("tbody .st").first).to_be_attached()
    after = person.bounding_box()
    assert before
    assert after
    assert 0 <= after["x"] <= before["x"]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert faults(page) == []


def test_an_empty_list_gives_back_filter_by_filter(sign_in_as: SignInAs) -> None:
    page = sign_in_as("ada", "/users?q=oluwasuen&role=moderator")
    expect(page.get_by_text("No person matches")).to_be_visible()
    for look in looks(page):
        assert faults_of_look(page, look) == [], look
    page.set_viewport_size({"width": 1440, "height": 900})
    page.get_by_role("button", name="Remove filter Role: brings back 1").click()
    expect(page.locator("tbody .row-open")).to_contain_text("Oluwaseun")
    page.goto("/users?q=oluwasuen&role=moderator")
    page.get_by_role("button", name="Clear all").press("Enter")
    expect(page.locator("tbody .row-open").nth(2)).to_be_visible()


def test_a_page_that_cannot_be_read_keeps_what_it_shows(sign_in_as: SignInAs, served: Served) -> None:
    """Its problem, the request and another try stand above it; the rows that were there stay."""
    if served.data is None or (url := running_url(served.data)) is None:
        pytest.skip("the running product's data folder is not known")
    page = sign_in_as("ada", "/users")
    rows = page.locator("tbody .row-open")
    expect(rows.first).to_be_visible()
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("ALTER TABLE saved_views RENAME TO saved_views_away")
        try:
            page.reload()
            alert = page.get_by_role("alert").filter(has_text="Something went wrong on our side")
            expect(alert).to_contain_text(re.compile("Request scr_[0-9a-f]{32}"))
            expect(rows.first).to_be_visible()
            for look in looks(page):
                assert faults_of_look(page, look) == [], look
        finally:
            connection.execute("ALTER TABLE saved_views_away RENAME TO saved_views")
    alert.get_by_role("button", name="Try again").press("Enter")
    expect(alert).to_have_count(0)
    expect(rows.first).to_be_visible()


def _admin(served: Served, word: str) -> str:
    """Make another admin, and return his name."""
    (name,) = newcomers(served, word, 1)
    with served.sign_in("ada") as ada:
        (person,) = ada.get("/api/v1/users", params={"q": word}).json()["data"]
        ada.patch(f"/api/v1/users/{person['id']}", json={"role": "admin"}).raise_for_status()
    return name


def test_the_panel_ends_a_session_and_suspends(sign_in_as: SignInAs, served: Served) -> None:
    """A session ends; a suspension ends at the reader's own time, and stands in the history in words."""
    word = mark()
    (name,) = newcomers(served, word, 1)
    page = sign_in_as("ada", f"/users?q={word}")
    page.get_by_role("button", name=name).click()
    panel = page.get_by_role("complementary", name=name)
    panel.get_by_role("button", name=re.compile("^End the session")).click()
    expect(panel.get_by_text("Signed in nowhere.")).to_be_visible()
    panel.get_by_role("button", name="Suspend…").click()
    page.get_by_label("Reason").fill("Two complaints")
    page.get_by_label("Until (optional)").fill("2999-01-02T09:30")
    expect(page.get_by_text(re.compile(r"Ends .*2999.*9:30.*in your zone"))).to_be_visible()
    page.get_by_role("button", name="Suspend", exact=True).click()
    expect(panel.get_by_text(re.compile("^Until Jan 2, 2999, 9:30"))).to_be_visible()
    expect(panel.get_by_text("Why suspended")).to_be_visible()
    for look in looks(page):
        assert faults_of_look(page, look) == [], look


def test_a_deletion_takes_two(sign_in_as: SignInAs, desk_of: SignInAs, served: Served) -> None:
    """One asks with the typed name and a reason; the other finds it on his home, declines, and confirms the next."""
    word, admin = mark(), mark()
    (name,) = newcomers(served, word, 1)
    other = _admin(served, admin)
    page = sign_in_as("ada", f"/users?q={word}")
    page.get_by_role("button", name=name).click()
    panel = page.get_by_role("complementary", name=name)
    for reason in ("Asked by telephone", "Asked again in writing"):
        panel.get_by_role("button", name="Delete…").press("Enter")
        form = page.get_by_role("dialog", name=f"Ask to delete {name}?")
        expect(form.get_by_label("Reason")).to_be_focused()
        form.get_by_role("button", name="Ask for deletion").click()
        expect(form.get_by_text(f"Type {word}_0", exact=True)).to_be_visible()
        form.get_by_label("to go on").fill(f"{word}_0")
        form.get_by_role("button", name="Ask for deletion").click()
        expect(form.get_by_text("Say why")).to_be_visible()
        assert faults(page) == []
        form.get_by_label("Reason").fill(reason)
        form.get_by_role("button", name="Ask for deletion").click()
        expect(panel.get_by_text("You ask to delete this account")).to_be_visible()
        expect(panel.get_by_text("Another administrator confirms it.")).to_be_visible()
        expect(panel.get_by_role("button", name="Confirm deletion…")).to_have_count(0)
        for look in looks(page):
            assert faults_of_look(page, look) == [], look
        page.set_viewport_size({"width": 1440, "height": 900})
        theirs = desk_of(f"{admin}0", "/admin")
        theirs.get_by_role("link", name=re.compile(f"Delete {name}")).press("Enter")
        asked = theirs.get_by_role("complementary", name=name)
        expect(asked.get_by_text(reason).first).to_be_visible()
        if "again" in reason:
            break
        asked.get_by_role("button", name="Decline…").click()
        theirs.get_by_label("Reason").fill("Has an order that runs")
        theirs.get_by_role("dialog").get_by_role("button", name="Decline", exact=True).click()
        expect(asked.get_by_text("Deletion declined")).to_be_visible()
        page.reload()
        expect(panel.get_by_text("Has an order that runs")).to_be_visible()
    asked.get_by_role("button", name="Confirm deletion…").click()
    question = theirs.get_by_role("dialog", name=f"Delete {name}?")
    expect(question.get_by_role("button", name="Cancel")).to_be_focused()
    assert faults(theirs) == []
    question.get_by_role("button", name="Delete account").click()
    expect(theirs.get_by_text("Account deleted").first).to_be_visible()
    page.goto(f"/users?q={word}")
    expect(page.get_by_text("No person matches")).to_be_visible()
    with served.sign_in("ada") as ada:
        (person,) = ada.get("/api/v1/users", params={"q": other}).json()["data"]
        ada.patch(f"/api/v1/users/{person['id']}", json={"role": "user"}).raise_for_status()
