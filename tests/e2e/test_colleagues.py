"""Two members of staff, each in a browser of his own, at the same conversation."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.desk import Customer, draft, log, panel, press_in_panel, ready, row

pytestmark = pytest.mark.e2e
DeskOf = Callable[..., Page]
UNDO_MS = 8_000
MINE = "Luis here: come by whenever it suits you."


def test_the_slower_of_two_accepts_is_told_and_keeps_his_text(desk_of: DeskOf, casey: Customer) -> None:
    """Both accept one draft: one message is sent, the loser reads why his was not and takes his wording over."""
    address = f"/inbox?id={casey.conversation_id}"
    mei = desk_of("mei", address)
    draft(mei)
    luis = desk_of("luis", address)
    press_in_panel(luis, "e")
    luis.get_by_label("Edited draft").fill(MINE)
    ready(mei).click()
    luis.locator("[data-composer]").get_by_role("button", name="Send").click()
    expect(luis.get_by_role("button", name="Undo")).to_be_visible()
    expect(log(luis).locator(".msg.out")).to_contain_text("approved by Mei", timeout=UNDO_MS + 15_000)
    told = luis.locator(".dock").get_by_role("alert").filter(has_text="Not sent.")
    expect(told).to_contain_text("already decided", timeout=UNDO_MS + 15_000)
    told.get_by_role("button", name="Put my text in the reply").click()
    reply = luis.get_by_label("Reply to Casey")
    expect(reply).to_be_focused()
    expect(reply).to_have_value(MINE)
    expect(told).to_have_count(0)
    assert [one["sender"] for one in casey.thread()] == ["customer", "ai"]
    luis.keyboard.press("Control+Enter")
    expect(log(mei)).to_contain_text(MINE)
    assert [one["sender"] for one in casey.thread()] == ["customer", "ai", "staff"]


def test_a_conversation_is_live_on_both_screens(desk_of: DeskOf, casey: Customer) -> None:
    """Reply, note, draft, owner and status of the one appear with the other, without a reload."""
    address = f"/inbox?id={casey.conversation_id}"
    luis, mei = desk_of("luis", address), desk_of("mei", address)
    expect(log(mei)).to_contain_text("Toyota Tacoma")
    luis.get_by_label("Reply to Casey").fill("It is here.")
    luis.keyboard.press("Control+Enter")
    expect(log(mei).locator(".msg.out")).to_contain_text("It is here.")
    mei.get_by_role("radio", name="Note").click()
    mei.get_by_role("textbox", name="Private note").fill("Her brother called, too.")
    mei.keyboard.press("Control+Enter")
    expect(log(luis).locator(".note")).to_contain_text("Her brother called, too.")
    casey.says("And what does it cost?")
    draft(luis)
    expect(ready(mei)).to_be_visible()
    press_in_panel(mei, "r")
    mei.get_by_role("button", name="Not helpful").click()
    expect(panel(luis).get_by_role("button", name="Draft with AI")).to_be_visible()
    mei.keyboard.press("Escape")
    mei.keyboard.press("i")
    expect(luis.get_by_role("button", name="Owner: Mei Tanaka")).to_be_visible()
    expect(mei.get_by_role("button", name="Owner: You")).to_be_visible()
    luis.get_by_role("button", name="Resolve").click()
    expect(mei.get_by_role("button", name="Open again")).to_be_visible()
    expect(row(mei, casey)).to_have_count(0)


def test_a_copied_link_opens_the_same_in_another_browser(desk_of: DeskOf, casey: Customer) -> None:
    """View, search and conversation are in the link; whoever is not signed in comes to them through the sign-in."""
    luis = desk_of("luis", f"/inbox?view=waiting&q={casey.name.split()[1]}")
    row(luis, casey).click()
    expect(luis).to_have_url(re.compile(f"id={casey.conversation_id}"))
    mei = desk_of("mei", luis.url)
    expect(mei.get_by_role("heading", name="Waiting for reply")).to_be_visible()
    expect(mei.get_by_label("Search conversations")).to_have_value(casey.name.split()[1])
    expect(mei.get_by_role("option")).to_have_count(1)
    expect(row(mei, casey)).to_have_attribute("aria-selected", "true")
    expect(log(mei)).to_contain_text("Toyota Tacoma")


def test_the_bell_rings_while_one_works(desk_of: DeskOf, casey: Customer) -> None:
    """Who is given a conversation hears of it at once, on any page, and the notice leads there."""
    mei = desk_of("mei", "/inventory")
    bell = mei.get_by_role("button", name=re.compile("^Notifications"))
    expect(mei.get_by_role("heading", name="Inventory")).to_be_visible()
    luis = desk_of("luis", f"/inbox?id={casey.conversation_id}")
    luis.get_by_role("button", name="Owner: Unassigned").click()
    luis.locator("#owner-menu").get_by_role("button", name="Mei Tanaka").click()
    told = f"Luis Ferreira assigned {casey.name} to you"
    expect(mei.locator(".notice").filter(has_text=told)).to_have_count(1)
    expect(bell).to_have_attribute("aria-label", re.compile(r"Notifications, \d+ unread"))
    bell.click()
    mei.get_by_role("button", name=told).click()
    expect(mei).to_have_url(re.compile(casey.conversation_id))
    expect(log(mei)).to_contain_text("Toyota Tacoma")
    expect(mei.get_by_role("button", name="Owner: You")).to_be_visible()
