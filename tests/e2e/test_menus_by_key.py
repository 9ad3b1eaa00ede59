"""Menus without a mouse: a key opens one and puts the focus in it, arrows walk it, Esc gives the focus back."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.desk import Customer, log

pytestmark = pytest.mark.e2e
MENUS = {
    "a": ("owner-menu", "Owner: Unassigned", re.compile("^Me$")),
    "z": ("snooze-menu", "Snooze", "For an hour"),
    "s": ("more-menu", "Status:", "Open"),
    "p": ("more-menu", "Status:", "Urgent"),
}


@pytest.fixture
def desk(desk_of: Callable[..., Page], casey: Customer) -> Page:
    """Luis with Casey's conversation open."""
    page = desk_of("luis", f"/inbox?id={casey.conversation_id}")
    expect(log(page)).to_contain_text("Toyota Tacoma")
    return page


@pytest.mark.parametrize("key", MENUS)
def test_a_key_opens_arrows_walk_escape_returns(desk: Page, key: str) -> None:
    """The focus is at the part that the key names; the ends of the menu lead round to each other."""
    menu_id, trigger_name, first = MENUS[key]
    menu, trigger = desk.locator(f"#{menu_id}"), desk.get_by_role("button", name=trigger_name).first
    trigger.focus()
    desk.keyboard.press(key)
    expect(menu).to_be_visible()
    opened = menu.get_by_role("button", name=first)
    expect(opened).to_be_focused()
    desk.keyboard.press("ArrowDown")
    expect(opened).not_to_be_focused()
    expect(menu.locator(":focus")).to_have_count(1)
    desk.keyboard.press("ArrowUp")
    expect(opened).to_be_focused()
    desk.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    expect(trigger).to_be_focused()


def test_the_ends_of_a_menu_lead_round(desk: Page) -> None:
    """Up from the first is the last, down from the last the first."""
    desk.keyboard.press("z")
    menu = desk.locator("#snooze-menu")
    first = menu.get_by_role("button", name="For an hour")
    expect(first).to_be_focused()
    desk.keyboard.press("ArrowUp")
    expect(menu.get_by_role("button").last).to_be_focused()
    desk.keyboard.press("ArrowDown")
    expect(first).to_be_focused()


def test_a_choice_by_key_takes_effect(desk: Page, casey: Customer) -> None:
    """Enter chooses, the menu closes, and the single keys work again."""
    desk.keyboard.press("p")
    expect(desk.locator("#more-menu").get_by_role("button", name="Urgent")).to_be_focused()
    desk.keyboard.press("Enter")
    expect(desk.locator("#more-menu")).to_be_hidden()
    expect(desk.get_by_role("button", name="priority: Urgent")).to_be_visible()
    desk.keyboard.press("r")
    expect(desk.get_by_label("Reply to Casey")).to_be_focused()


def test_l_leads_to_the_field_of_a_new_label(desk: Page) -> None:
    """What is typed there is a label, not a command."""
    desk.keyboard.press("l")
    field = desk.get_by_label("New label")
    expect(field).to_be_focused()
    desk.keyboard.type("jazz")
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("button", name="Take off label jazz")).to_have_count(1)
    desk.keyboard.press("Escape")
    expect(desk.locator("#more-menu")).to_be_hidden()
