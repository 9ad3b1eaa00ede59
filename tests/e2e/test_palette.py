"""The palette behind Ctrl+K: by keyboard alone from one conversation to another, and into the text of a reply."""

import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.axe import faults_of_look, looks
from tests.e2e.desk import Customer, customer, log
from tests.served import Served

pytestmark = pytest.mark.e2e


def _field(page: Page) -> Locator:
    return page.get_by_role("combobox", name="Search and commands")


def _chosen(page: Page) -> Locator:
    """Find the line that Enter would take: the one that the field names."""
    return page.locator(".palette [role=option][aria-selected=true]")


def _open(page: Page) -> None:
    page.keyboard.press("Control+k")
    expect(_field(page)).to_be_focused()


def test_a_day_at_the_palette(desk_of: Callable[..., Page], served: Served, casey: Customer) -> None:
    """An action, a customer found on the server, the way back by what was opened last, a vehicle into the reply."""
    with customer(served) as other:
        desk = desk_of("luis", f"/inbox?id={casey.conversation_id}")
        expect(log(desk)).to_contain_text("Toyota Tacoma")
        reply = desk.get_by_label("Reply to Casey")
        expect(reply).to_be_visible()
        reply.focus()
        _open(desk)
        desk.keyboard.type("private no")
        expect(_chosen(desk)).to_contain_text("Private note")
        expect(_chosen(desk)).to_contain_text("N")
        desk.keyboard.press("Enter")
        expect(desk.get_by_role("textbox", name="Private note")).to_be_focused()
        _open(desk)
        desk.keyboard.type(other.name)
        expect(_chosen(desk)).to_contain_text(other.name)
        expect(desk.get_by_role("group", name="Customers").get_by_role("option")).to_have_count(1)
        named = _field(desk).get_attribute("aria-activedescendant")
        assert named == _chosen(desk).get_attribute("id")
        desk.keyboard.press("Enter")
        expect(desk).to_have_url(re.compile(other.conversation_id))
        expect(desk.locator("#thread-name")).to_have_text(other.name)
        _open(desk)
        expect(_chosen(desk)).to_contain_text(casey.name)
        desk.keyboard.press("Enter")
        expect(desk.locator("#thread-name")).to_have_text(casey.name)
        desk.keyboard.press("r")
        expect(reply).to_be_focused()
        _open(desk)
        desk.keyboard.type("L2611")
        expect(_chosen(desk)).to_contain_text("Insert")
        desk.keyboard.press("Enter")
        expect(reply).to_have_value(re.compile("L2611"))
        expect(reply).to_be_focused()


def test_the_palette_anywhere(desk_of: Callable[..., Page]) -> None:
    """From the bar of another page: arrows and ends, a page, an empty answer, focus given back, axe in every look."""
    page = desk_of("ada", "/jobs")
    button = page.get_by_role("button", name="Search or do something")
    button.focus()
    page.keyboard.press("Enter")
    expect(_field(page)).to_be_focused()
    expect(_chosen(page)).to_have_text("Dashboard")
    page.keyboard.press("End")
    expect(_chosen(page)).to_have_text("Your settings")
    page.keyboard.press("ArrowDown")
    expect(_chosen(page)).to_have_text("Dashboard")
    page.keyboard.type(uuid4().hex)
    expect(page.get_by_text("Nothing matches")).to_be_visible()
    page.keyboard.press("Control+a")
    page.keyboard.type("toyota")
    expect(page.get_by_role("group", name="Vehicles").get_by_role("option").first).to_be_visible()
    found = {look: faults_of_look(page, look) for look in looks(page)}
    assert not any(found.values()), found
    page.keyboard.press("Escape")
    expect(button).to_be_focused()
    _open(page)
    page.keyboard.type("audit")
    expect(_chosen(page)).to_have_text("Audit log")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Audit log")).to_be_visible()


def test_the_palette_on_a_phone_while_a_thread_is_open(desk_of: Callable[..., Page], casey: Customer) -> None:
    """No rail is there then: the thread's menu holds the way in."""
    desk = desk_of("luis", f"/inbox?id={casey.conversation_id}", viewport={"width": 390, "height": 844})
    expect(desk.locator("#thread-name")).to_have_text(casey.name)
    desk.get_by_role("button", name=re.compile("Status: .*labels")).click()
    entry = desk.get_by_role("button", name="Search and commands").filter(visible=True)
    box = entry.bounding_box()
    assert box is not None
    assert box["height"] >= 44
    entry.click()
    expect(_field(desk)).to_be_focused()
