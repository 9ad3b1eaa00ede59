"""What is sent waits eight seconds: taken back, carried over a closed window, and sent from wherever the focus is."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.axe import faults
from tests.e2e.desk import Customer, draft, log, ready, row

pytestmark = pytest.mark.e2e
SignInAs = Callable[..., Page]
WORDS = "It is here; come any day."


def test_a_reply_is_taken_back(thread: Page, casey: Customer) -> None:
    """By the bar's button or its key; the text is in the reply again, before what was written since."""
    field = thread.get_by_label("Reply to Casey")
    field.fill(WORDS)
    field.press("Control+Enter")
    bar = thread.locator(".toast.undo")
    expect(bar).to_contain_text("Sending to Casey")
    expect(field).to_have_value("")
    field.press("Control+z")
    expect(bar).to_have_count(0)
    expect(field).to_have_value(WORDS)
    expect(field).to_be_focused()
    field.press("Control+Enter")
    field.fill("And one thing more.")
    bar.get_by_role("button", name="Undo").click()
    expect(field).to_have_value(f"{WORDS}\n\nAnd one thing more.")
    assert len(casey.thread()) == 1
    field.press("Control+Enter")
    expect(bar).to_contain_text("Sending to Casey")
    assert faults(thread) == []


def test_two_replies_go_out_in_order(thread: Page, casey: Customer) -> None:
    """The second waits for its own time; what is being written meanwhile stays."""
    field = thread.get_by_label("Reply to Casey")
    for words in ("First.", "Second."):
        field.fill(words)
        field.press("Control+Enter")
    field.fill("Third, not sent")
    expect(log(thread).locator(".msg.out").filter(has_text="Second.")).to_be_visible()
    expect(field).to_have_value("Third, not sent")
    assert [one["content"] for one in casey.thread()[1:]] == ["First.", "Second."]


def test_a_window_that_is_closed_meanwhile_loses_nothing(thread: Page, casey: Customer) -> None:
    """The text goes out as soon as the inbox is open again, once; until then it is kept on the server, too."""
    field = thread.get_by_label("Reply to Casey")
    field.fill(WORDS)
    expect(thread.locator("[data-composer]")).to_contain_text("Saved")
    field.press("Control+Enter")
    expect(thread.get_by_role("button", name="Undo")).to_be_visible()
    again = thread.context.new_page()
    thread.close()
    again.goto(f"/inbox?id={casey.conversation_id}")
    expect(log(again).locator(".msg.out")).to_contain_text(WORDS)
    expect(again.get_by_label("Reply to Casey")).to_have_value("")
    assert [one["content"] for one in casey.thread()[1:]] == [WORDS]


def test_leaving_the_inbox_sends(thread: Page, casey: Customer) -> None:
    """Whoever goes on to another page has thought again."""
    thread.get_by_label("Reply to Casey").fill(WORDS)
    thread.keyboard.press("Control+Enter")
    expect(thread.get_by_role("button", name="Undo")).to_be_visible()
    thread.get_by_role("link", name="Inventory").click()
    expect(thread.get_by_role("heading", name="Inventory")).to_be_visible()
    thread.goto(f"/inbox?id={casey.conversation_id}")
    expect(log(thread).locator(".msg.out")).to_have_count(1)
    assert [one["content"] for one in casey.thread()[1:]] == [WORDS]


def test_a_draft_is_sent_after_a_click_on_the_row(thread: Page, casey: Customer) -> None:
    """The key reaches the open thread's draft from its row; from a field or another row it does not."""
    draft(thread)
    thread.get_by_label("Search conversations").focus()
    undo = thread.get_by_role("button", name="Undo")
    thread.keyboard.press("Control+Enter")
    thread.wait_for_timeout(300)
    expect(undo).to_have_count(0)
    row(thread, casey).click()
    expect(ready(thread)).to_be_visible()
    thread.keyboard.press("Control+Enter")
    expect(undo).to_be_visible()
    undo.click()
    row(thread, casey).focus()
    thread.keyboard.press("j")
    thread.keyboard.press("Control+Enter")
    thread.wait_for_timeout(300)
    expect(undo).to_have_count(0)
    assert [one["author"] for one in casey.thread() if one["sender"] == "ai"] == [None]


def test_a_draft_waits_for_the_connection(thread: Page, casey: Customer) -> None:
    """Accepted before the connection went, it is not sent into the void: the bar says so until it goes out."""
    draft(thread)
    ready(thread).click()
    bar = thread.locator(".toast.undo")
    expect(bar).to_contain_text("Sending to Casey")
    thread.context.set_offline(True)
    expect(bar).to_contain_text("Goes out when the connection is back", timeout=30_000)
    assert [one["author"] for one in casey.thread() if one["sender"] == "ai"] == [None]
    thread.context.set_offline(False)
    expect(log(thread).locator(".msg.out")).to_have_count(1)
    expect(bar).to_have_count(0)


def test_the_row_says_who_had_the_last_word(thread: Page, casey: Customer, desk_of: SignInAs) -> None:
    """The writer by his first name, oneself as You."""
    casey.client.post(
        f"/api/v1/conversations/{casey.conversation_id}/messages", json={"content": "I am Ada.", "sender": "staff"}
    ).raise_for_status()
    expect(row(thread, casey).locator(".l2")).to_contain_text("Ada: I am Ada.")
    ada = desk_of("ada", "/inbox?view=open")
    expect(row(ada, casey).locator(".l2")).to_contain_text("You: I am Ada.")


def test_the_overdue_are_a_filter(sign_in_as: SignInAs, casey: Customer) -> None:
    """A chip, an address, a kept view; who has just written is not among them."""
    page = sign_in_as("mei", "/inbox?view=open")
    row(page, casey).wait_for()
    page.get_by_role("button", name="Filter").click()
    page.get_by_role("button", name="Overdue only").click()
    page.wait_for_url(re.compile("overdue=1"))
    page.keyboard.press("Escape")
    expect(row(page, casey)).to_have_count(0)
    page.reload()
    chip = page.get_by_role("group", name="Filters")
    expect(chip).to_contain_text("Overdue only")
    chip.get_by_role("button", name="Remove filter: Overdue").click()
    expect(row(page, casey)).to_be_visible()
