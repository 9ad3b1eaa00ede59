"""The workspace by keyboard alone, in dark mode, on a phone, and its addresses."""

import re
from collections.abc import Callable
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.e2e.desk import Customer, log, row
from tests.served import PASSWORD, Served

pytestmark = pytest.mark.e2e
SignInAs = Callable[..., Page]
PHONE: ViewportSize = {"width": 390, "height": 844}


def test_reply_without_a_mouse(sign_in_as: SignInAs, casey: Customer) -> None:
    """List, open, reply, note, assign, resolve: nothing but keys."""
    page = sign_in_as("luis", "/inbox")
    row(page, casey).wait_for()
    keys = page.keyboard
    keys.press("j")
    while casey.name not in (page.evaluate("document.activeElement.innerText") or ""):
        keys.press("j")
    keys.press("Enter")
    expect(log(page)).to_contain_text("Toyota Tacoma")
    keys.press("n")
    expect(page.get_by_role("textbox", name="Private note")).to_be_focused()
    keys.type("j k e r are letters here")
    expect(page.get_by_role("textbox", name="Private note")).to_have_value("j k e r are letters here")
    keys.press("Control+Enter")
    expect(log(page).locator(".note")).to_contain_text("letters here")
    keys.press("Escape")
    keys.press("i")
    expect(page.get_by_role("button", name="Owner: You")).to_be_visible()
    keys.press("r")
    keys.type("It is here; come any day.")
    keys.press("Control+Enter")
    expect(log(page).locator(".msg.out")).to_contain_text("come any day")
    keys.press("Escape")
    keys.press("e")
    expect(row(page, casey)).to_have_count(0)
    assert casey.status() == "resolved"


def test_draft_without_a_mouse(sign_in_as: SignInAs, casey: Customer) -> None:
    """Draft, edit, back, undo the sending, reject; a plain letter never sends."""
    page = sign_in_as("luis", f"/inbox?id={casey.conversation_id}")
    expect(log(page)).to_contain_text("Toyota Tacoma")
    keys, draft_text = page.keyboard, page.get_by_label("The draft", exact=True)
    row(page, casey).focus()
    keys.press("Control+j")
    expect(draft_text).to_be_focused(timeout=25_000)
    row(page, casey).focus()
    keys.press("r")
    expect(page.get_by_label("Reply to Casey")).to_be_focused()
    row(page, casey).focus()
    keys.press("Control+Enter")
    expect(page.get_by_role("button", name="Undo")).to_be_visible()
    expect(page.get_by_label("Reply to Casey")).to_be_focused()
    keys.press("Control+z")
    expect(draft_text).to_be_focused()
    keys.press("Enter")
    expect(page.get_by_role("button", name="Undo")).to_have_count(0)
    keys.press("e")
    expect(page.get_by_label("Edited draft")).to_be_focused()
    keys.press("Escape")
    expect(draft_text).to_be_focused()
    keys.press("r")
    expect(page.get_by_text("Draft rejected. Why?")).to_be_visible()
    expect(page.get_by_label("Reply to Casey")).to_be_focused()
    expect(log(page).locator(".ev", has_text="rejected")).to_be_visible()
    assert [one["state"] for one in casey.thread()] == ["sent"]


def test_what_was_resolved_by_a_key_is_given_back(sign_in_as: SignInAs, casey: Customer) -> None:
    """E goes on to the next one; ten seconds are left to think again."""
    page = sign_in_as("luis", f"/inbox?id={casey.conversation_id}")
    expect(log(page)).to_contain_text("Toyota Tacoma")
    page.keyboard.press("e")
    expect(page.locator(".toast").get_by_text(f"{casey.name}: resolved")).to_be_visible()
    expect(row(page, casey)).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(row(page, casey)).to_be_visible()
    assert casey.status() == "open"


def test_help_lists_the_keys_and_can_switch_them_off(sign_in_as: SignInAs) -> None:
    """WCAG 2.1.4: single keys can be turned off; the focus goes back where it was.

    Oluwaseun has no other test: what one that fails leaves behind spoils nobody's keys.
    """
    page = sign_in_as("oluwaseun", "/inbox")
    page.get_by_role("option").first.wait_for()
    page.get_by_role("option").first.focus()
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keyboard")
    expect(dialog).to_contain_text("Resolve and next")
    dialog.get_by_label("Single keys work").uncheck()
    page.keyboard.press("Escape")
    expect(page.get_by_role("option").first).to_be_focused()
    page.keyboard.press("/")
    expect(page.get_by_label("Search conversations")).not_to_be_focused()
    page.get_by_role("button", name="Keyboard").click()
    dialog.get_by_label("Single keys work").check()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    expect(page.get_by_label("Search conversations")).to_be_focused()


def test_address_holds_what_is_shown(sign_in_as: SignInAs, casey: Customer) -> None:
    """View, search and conversation are in the address; back goes back."""
    page = sign_in_as("luis", "/inbox")
    page.get_by_role("option").first.wait_for()
    page.get_by_label("Search conversations").fill(casey.name)
    expect(page.get_by_role("option")).to_have_count(1)
    expect(page).to_have_url(re.compile(r"[?&]q=Casey"))
    row(page, casey).click()
    expect(page).to_have_url(re.compile(f"id={casey.conversation_id}"))
    page.reload()
    expect(page.get_by_role("option")).to_have_count(1)
    expect(log(page)).to_contain_text("Toyota Tacoma")
    page.get_by_role("link", name="Resolved").click()
    expect(page.get_by_role("heading", name="Resolved")).to_be_visible()
    expect(page.get_by_label("Search conversations")).to_have_value("")
    page.go_back()
    expect(row(page, casey)).to_have_attribute("aria-selected", "true")
    expect(page.get_by_label("Search conversations")).to_have_value(casey.name)


def test_folded_views_leave_the_list_as_wide_as_it_was(sign_in_as: SignInAs) -> None:
    """The thread takes the room; a reload keeps the choice."""
    page = sign_in_as("luis", "/inbox")
    page.get_by_role("option").first.wait_for()
    page.set_viewport_size({"width": 1440, "height": 900})
    rows = page.get_by_role("listbox")
    before = rows.bounding_box()
    page.keyboard.press("[")
    expect(page.get_by_role("navigation", name="Views")).to_be_hidden()
    after = rows.bounding_box()
    assert before
    assert after
    assert (after["width"], after["x"]) == (before["width"], before["x"] - 208)
    page.reload()
    page.get_by_role("option").first.wait_for()
    expect(page.get_by_role("navigation", name="Views")).to_be_hidden()
    page.get_by_role("button", name="Unfold the views").click()
    expect(page.get_by_role("navigation", name="Views")).to_be_visible()


def test_no_match_and_no_such_conversation(sign_in_as: SignInAs) -> None:
    """Nothing found says what was looked through; a wrong link says so."""
    page = sign_in_as("luis", "/inbox?q=zzzz-nobody-zzzz")
    expect(page.get_by_text("No conversation matches")).to_be_visible()
    page.get_by_role("link", name="Clear filters").click()
    page.get_by_role("option").first.wait_for()
    page.goto("/inbox?id=0190e3a4-0000-7000-8000-000000000000")
    expect(page.get_by_role("alert").get_by_text("There is no such conversation")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone_one_pane_at_a_time(
    browser: Browser, served: Served, casey: Customer, scheme: Literal["light", "dark"]
) -> None:
    """List, thread and customer follow each other; nothing is wider than the screen."""
    context = browser.new_context(base_url=served.url, viewport=PHONE, color_scheme=scheme, has_touch=True)
    page = context.new_page()
    page.goto("/login?next=/inbox")
    page.locator("input[name=next][value='/inbox']").wait_for(state="attached")
    page.get_by_label("E-mail").fill("mei@demo.example")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(re.compile(r"^[^?]*/inbox"))
    page.goto("/inbox?view=open")  # whichever view this person looked at last
    row(page, casey).tap()
    expect(log(page)).to_contain_text("Toyota Tacoma")
    expect(page.get_by_label("Conversations", exact=True)).to_be_hidden()
    page.get_by_label("Customer and vehicles").first.tap()
    expect(page.get_by_text("Vehicles of interest")).to_be_visible()
    page.get_by_label("Close", exact=True).tap()
    expect(page.get_by_text("Vehicles of interest")).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    page.get_by_label("Back to the list").tap()
    expect(row(page, casey)).to_be_visible()
    context.close()
