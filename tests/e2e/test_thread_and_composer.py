"""What stands between the messages, what can be put into a text, and what becomes of it without a connection."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.axe import faults_of_look, looks
from tests.e2e.desk import Customer, draft, log, panel, press_in_panel, row

pytestmark = pytest.mark.e2e
SignInAs = Callable[..., Page]
DeskOf = Callable[..., Page]
FALSE_PRICE = " The Tacoma is $12,345."


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
    """The record's value, a promise to find out in the sentence's place; the verdicts follow within the typing."""
    draft(thread)
    press_in_panel(thread, "e")
    field = thread.get_by_label("Edited draft")
    field.press("Control+End")
    field.type(FALSE_PRICE)
    composer = thread.locator("[data-composer]")
    flag = composer.locator(".flag")
    expect(flag).to_contain_text("Price $12,345 is not in inventory (record: $")
    expect(flag.get_by_role("button", name="find out")).to_have_count(0)
    flag.get_by_role("button", name="Use $").press("Enter")
    expect(composer.locator(".flag")).to_have_count(0)
    assert "12,345" not in field.input_value()
    field.press("Control+End")
    field.type(" Floor mats are on us.")
    flag.get_by_role("button", name="find out").press("Enter")
    expect(field).to_be_focused()
    expect(composer.locator(".flag")).to_have_count(0)
    assert field.input_value().endswith("I'll ask my colleagues about that.")


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
    """`{` offers what is known of this conversation, `#` the inventory; Enter takes the first, arrows the others."""
    field = thread.get_by_label("Reply to Casey")
    field.type("Hello {na")
    expect(thread.get_by_role("group", name="Values to insert").get_by_role("button").first).to_contain_text("Casey")
    field.press("Enter")
    expect(field).to_have_value("Hello Casey")
    expect(field).to_be_focused()
    field.type(", this is #L2611")
    picker = thread.get_by_role("group", name="Inventory")
    expect(picker.get_by_role("button").first).to_contain_text("L2611")
    field.press("Enter")
    expect(field).to_have_value(re.compile(r"^Hello Casey, this is 2021 Toyota Tacoma .*\(stock L2611\), \$[\d,]+$"))


def test_an_edited_draft_follows_its_writer_to_another_device(desk_of: DeskOf, casey: Customer) -> None:
    """And is gone everywhere once the draft is sent."""
    address = f"/inbox?id={casey.conversation_id}"
    here = desk_of("luis", address)
    draft(here)
    press_in_panel(here, "e")
    here.get_by_label("Edited draft").press("Control+End")
    here.get_by_label("Edited draft").type(" See you soon.")
    expect(here.locator("[data-composer]")).to_contain_text("Saved")
    there = desk_of("luis", address)
    field = there.get_by_label("Edited draft")
    expect(field).to_have_value(re.compile(r"See you soon\.$"))
    expect(there.locator("[data-composer]").get_by_role("button", name="Send")).not_to_have_attribute(
        "aria-disabled", "true"
    )
    field.press("Control+Enter")
    expect(log(there)).to_contain_text("See you soon.")
    expect(here.get_by_label("Reply to Casey")).to_have_value("")


def test_a_text_follows_its_writer_to_another_device(desk_of: DeskOf, casey: Customer) -> None:
    """Saved within a second or so, restored elsewhere, gone everywhere once sent."""
    address = f"/inbox?id={casey.conversation_id}"
    here = desk_of("luis", address)
    here.get_by_label("Reply to Casey").type("Come by on Sat")
    expect(here.locator("[data-composer]")).to_contain_text("Saved")
    here.get_by_role("radio", name="Note").click()
    here.get_by_role("textbox", name="Private note").fill("Calls after five.")
    expect(here.locator("[data-composer]")).to_contain_text("Saved")
    there = desk_of("luis", address)
    field = there.get_by_label("Reply to Casey")
    expect(field).to_have_value("Come by on Sat")
    field.press("Control+End")
    field.type("urday.")
    expect(there.locator("[data-composer]")).to_contain_text("Saved")
    here.reload()
    expect(here.get_by_role("textbox", name="Private note")).to_have_value("Calls after five.")
    here.get_by_role("radio", name="Reply").click()
    expect(here.get_by_label("Reply to Casey")).to_have_value("Come by on Saturday.")
    here.keyboard.press("Control+Enter")
    expect(log(here)).to_contain_text("Come by on Saturday.")
    there.reload()
    expect(there.get_by_label("Reply to Casey")).to_have_value("")


def test_nobody_else_sees_what_was_not_sent(desk_of: DeskOf, casey: Customer) -> None:
    """An unsent text is its writer's."""
    address = f"/inbox?id={casey.conversation_id}"
    luis = desk_of("luis", address)
    luis.get_by_label("Reply to Casey").fill("Not for Mei.")
    expect(luis.locator("[data-composer]")).to_contain_text("Saved")
    mei = desk_of("mei", address)
    expect(log(mei)).to_contain_text("Toyota Tacoma")
    expect(mei.get_by_label("Reply to Casey")).to_have_value("")
    assert "Not for Mei" not in mei.content()


def test_offline_texts_wait_and_go_out_once(thread: Page, casey: Customer) -> None:
    """The strip lists them; the connection's return sends them, each once; one can be taken back."""
    thread.context.set_offline(True)
    strip = thread.locator(".offline")
    expect(strip).to_contain_text("You are offline")
    field = thread.get_by_label("Reply to Casey")
    field.fill("First, from the lot.")
    thread.keyboard.press("Control+Enter")
    expect(strip).to_contain_text("1 message waits")
    expect(field).to_have_value("")
    field.fill("Second thoughts.")
    thread.keyboard.press("Control+Enter")
    strip.get_by_role("button", name="Take back").last.click()
    expect(field).to_have_value("Second thoughts.")
    thread.context.set_offline(False)
    expect(log(thread)).to_contain_text("First, from the lot.")
    expect(strip).to_have_count(0)
    expect(field).to_have_value("Second thoughts.")
    assert [one["content"] for one in casey.thread()[1:]] == ["First, from the lot."]


def test_send_and_resolve(thread: Page, casey: Customer) -> None:
    """One step: the reply goes out and the conversation is done."""
    thread.get_by_label("Reply to Casey").fill("See you then.")
    thread.get_by_role("button", name="More options").click()
    thread.get_by_role("button", name="Send and resolve").click()
    expect(row(thread, casey)).to_have_count(0)
    assert casey.status() == "resolved"
    assert casey.thread()[-1]["content"] == "See you then."


def test_an_unknown_place_is_not_sent(thread: Page) -> None:
    """A placeholder that nobody filled holds the reply back and says so."""
    field = thread.get_by_label("Reply to Casey")
    field.fill("It is {colour}.")
    thread.keyboard.press("Control+Enter")
    send = thread.locator("[data-composer]").get_by_role("button", name="Send")
    expect(send).to_have_attribute("title", "Fill in {colour} first")
    expect(field).to_have_value("It is {colour}.")


def _clean(page: Page, state: str, widths: tuple[int, ...] = (1440, 1024, 390)) -> None:
    for look in looks(page, widths):
        assert faults_of_look(page, look) == [], f"{state}, {look}"
        assert page.evaluate("document.scrollingElement.scrollHeight <= innerHeight"), f"{state} fits, {look}"
    page.set_viewport_size({"width": 1440, "height": 900})


def test_no_state_breaks_a_rule_that_axe_can_see(thread: Page, casey: Customer) -> None:
    """Happenings, flags with their mends, pickers, stale and kept drafts, the offline strip; all fit the page."""
    thread.get_by_label("Reply to Casey").type("#taco")
    expect(thread.get_by_role("group", name="Inventory").get_by_role("button").first).to_be_visible()
    _clean(thread, "picker", (1440, 1024))  # on a phone it lies half over a button, which axe takes for a small one
    thread.get_by_label("Reply to Casey").fill("")
    draft(thread)
    press_in_panel(thread, "e")
    field = thread.get_by_label("Edited draft")
    field.press("Control+End")
    field.type(FALSE_PRICE + " We can knock $500 off. Floor mats are on us. It will arrive on June 3.")
    expect(thread.locator("[data-composer] .flag").first).to_be_visible()
    _clean(thread, "editing")
    thread.get_by_role("button", name="Done").click()
    expect(panel(thread).locator(".flag").first).to_be_visible()
    _clean(thread, "flagged")
    thread.get_by_role("button", name=re.compile("^Fix all")).click()
    expect(panel(thread).locator(".flag")).to_have_count(0)
    expect(panel(thread).locator(".draft-text")).not_to_contain_text("500")
    casey.says("Actually, make that the blue one.")
    thread.get_by_role("button", name="Keep anyway").wait_for()
    _clean(thread, "stale")
    thread.get_by_role("button", name="Keep anyway").click()
    expect(thread.get_by_role("group", name="What changed since this draft")).to_be_visible()
    thread.context.set_offline(True)
    expect(thread.locator(".offline")).to_be_visible()
    _clean(thread, "kept, offline")
    thread.context.set_offline(False)
