"""What stands between the messages, what can be put into a text, and what becomes of it without a connection."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.desk import Customer, customer, draft, log, panel, press_in_panel, row
from tests.served import Served

pytestmark = pytest.mark.e2e
SignInAs = Callable[..., Page]
FALSE_PRICE = " The Tacoma is $12,345."


@pytest.fixture
def casey(served: Served) -> Iterator[Customer]:
    """A customer who has just asked something."""
    with customer(served) as someone:
        yield someone


@pytest.fixture
def thread(sign_in_as: SignInAs, casey: Customer) -> Page:
    """Luis with Casey's conversation open."""
    page = sign_in_as("luis", "/inbox")
    row(page, casey).click()
    expect(log(page)).to_contain_text("Toyota Tacoma")
    return page


def _line(page: Page, kind: str) -> Locator:
    return log(page).locator(f"[data-happening={kind}]")


def test_what_is_done_stands_between_what_is_said(thread: Page, casey: Customer) -> None:
    """Each act is one line, live, and is still there after a reload."""
    thread.keyboard.press("Escape")
    thread.locator("#thread-name").focus()
    thread.keyboard.press("i")
    expect(_line(thread, "assigned")).to_contain_text("You took this conversation")
    thread.keyboard.press("p")
    thread.locator("#more-menu").get_by_role("button", name="Urgent").click()
    expect(_line(thread, "priority")).to_contain_text("You set the priority to urgent")
    draft(thread)
    press_in_panel(thread, "r")
    thread.get_by_label("Note on the rejection").fill("Far too stiff.")
    thread.get_by_role("button", name="Wrong tone").click()
    expect(_line(thread, "draft_rejected")).to_contain_text("wrong tone “Far too stiff.”")
    casey.client.post(f"/api/v1/conversations/{casey.conversation_id}/close", json={}).raise_for_status()
    expect(_line(thread, "status")).to_contain_text("resolved this conversation")
    casey.says("One more thing.")
    expect(_line(thread, "reopened")).to_contain_text("the customer wrote")
    thread.reload()
    expect(log(thread).locator(".ev")).to_have_count(5)


def test_a_flag_says_why_and_each_mend_works_by_keyboard(thread: Page) -> None:
    """The record's value, a question in the sentence's place, and the verdicts follow within the typing."""
    draft(thread)
    press_in_panel(thread, "e")
    field = thread.get_by_label("Edited draft")
    field.press("Control+End")
    field.type(FALSE_PRICE)
    composer = thread.locator("[data-composer]")
    flag = composer.locator(".flag")
    expect(flag).to_contain_text("Price $12,345 is not in inventory (record: $")
    flag.get_by_role("button", name="Ask instead").press("Enter")
    expect(field).to_be_focused()
    expect(field).not_to_have_value("12,345")
    assert "Shall I find out the exact price for you?" in field.input_value()
    expect(composer.locator(".flag")).to_have_count(0)
    field.press("Control+End")
    field.type(FALSE_PRICE)
    flag.get_by_role("button", name="Use $").press("Enter")
    expect(composer.locator(".flag")).to_have_count(0)
    assert "12,345" not in field.input_value()


def test_a_kept_draft_shows_what_changed(thread: Page, casey: Customer) -> None:
    """Whoever keeps a stale draft sees what was said since, and how its facts stand."""
    draft(thread)
    casey.says("Actually, make that the blue one.")
    expect(panel(thread)).to_contain_text("The customer wrote again")
    thread.get_by_role("button", name="Keep anyway").click()
    changed = thread.get_by_role("group", name="What changed since this draft")
    expect(changed).to_contain_text("Actually, make that the blue one.")
    expect(changed).to_contain_text("still stand")


def test_values_and_vehicles_go_into_a_text(thread: Page, casey: Customer) -> None:
    """`{` offers what is known of this conversation, `#` the inventory; both by keyboard."""
    field = thread.get_by_label("Reply to Casey")
    field.type("Hello {na")
    field.press("ArrowDown")
    thread.keyboard.press("Enter")
    expect(field).to_have_value("Hello Casey")
    expect(field).to_be_focused()
    field.type(", this is #L2611")
    picker = thread.get_by_role("group", name="Inventory")
    expect(picker.get_by_role("button").first).to_contain_text("L2611")
    field.press("ArrowDown")
    thread.keyboard.press("Enter")
    expect(field).to_have_value(re.compile(r"^Hello Casey, this is 2021 Toyota Tacoma .*\(stock L2611\), \$[\d,]+$"))
