"""A conversation from the customer's first words to its end, in a real browser, against the real services."""

import statistics
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, WebSocketRoute, expect

from tests.e2e.desk import Customer, customer, log, panel, press_in_panel, row
from tests.served import Served

pytestmark = pytest.mark.e2e
SignInAs = Callable[..., Page]
UNDO_SECONDS = 8
FALSE_PRICE = " It costs $12,345."


def draft(page: Page) -> None:
    """Ask for a draft and wait until its facts are checked."""
    page.get_by_role("button", name="Draft with AI").click()
    panel(page).locator("[data-hotkey='mod+enter']").wait_for(timeout=25_000)


def test_what_a_customer_writes_appears_by_itself(sign_in_as: SignInAs, served: Served) -> None:
    """New rows, new messages and counts arrive without a reload."""
    page = sign_in_as("luis", "/inbox")
    page.get_by_role("option").first.wait_for()
    with customer(served) as someone:
        expect(row(page, someone)).to_be_visible()
        row(page, someone).click()
        expect(log(page)).to_contain_text("Toyota Tacoma")
        someone.says("Are you open on Sunday?")
        expect(log(page)).to_contain_text("Are you open on Sunday?")
        expect(row(page, someone)).to_contain_text("Are you open on Sunday?")


def test_draft_edit_flag_accept(thread: Page, casey: Customer) -> None:
    """A false price is held back as it is typed; sending it takes a tick, and 8 s pass in which it can be undone."""
    draft(thread)
    press_in_panel(thread, "e")
    field = thread.get_by_label("Edited draft")
    expect(field).to_be_focused()
    original = field.input_value()
    field.press("Control+End")
    field.type(FALSE_PRICE)
    composer = thread.locator("[data-composer]")
    expect(composer).to_contain_text("no source")
    expect(composer.locator(".mirror .cl-bad")).to_have_text("$12,345")
    send = composer.get_by_role("button", name="Send")
    expect(send).to_have_attribute("aria-disabled", "true")
    composer.get_by_label("I stand behind this").check()
    send.click()
    thread.get_by_role("button", name="Undo").click()
    assert [one["state"] for one in casey.thread()] == ["sent", "draft"]
    expect(field).to_have_value(original + FALSE_PRICE)
    composer.get_by_label("I stand behind this").check()
    send.click()
    sent = log(thread).locator(".msg.out")
    expect(sent).to_contain_text("$12,345", timeout=(UNDO_SECONDS + 15) * 1000)
    expect(sent).to_contain_text("approved by Luis")
    expect(sent).to_contain_text("1 unsourced")
    newest = casey.thread()[-1]
    assert (newest["state"], newest["content"]) == ("sent", original + FALSE_PRICE)


def test_mend_takes_the_false_sentence_out(thread: Page) -> None:
    """Each flag has a mend; the mended text is checked anew."""
    draft(thread)
    press_in_panel(thread, "e")
    field = thread.get_by_label("Edited draft")
    original = field.input_value()
    field.press("Control+End")
    field.type(FALSE_PRICE)
    expect(thread.locator("[data-composer]")).to_contain_text("no source")
    thread.get_by_role("button", name="Done").click()
    panel(thread).locator(".cl-bad").click()
    card = thread.locator(".claim-pop")
    expect(card).to_contain_text("No source")
    card.get_by_role("button", name="Remove").click()
    expect(panel(thread).locator(".cl-bad")).to_have_count(0)
    expect(panel(thread).locator(".draft-text")).not_to_contain_text("12,345")
    expect(panel(thread).locator(".draft-text")).to_contain_text(original[:20])


def test_reject_asks_why_and_leads_to_the_composer(thread: Page, casey: Customer) -> None:
    """One tap says why."""
    draft(thread)
    press_in_panel(thread, "r")
    thread.get_by_role("button", name="Wrong tone").click()
    thread.get_by_role("button", name="Draft with AI").wait_for()
    expect(thread.get_by_label("Reply to Casey")).to_be_focused()
    assert "draft" not in [one["state"] for one in casey.thread()]


def test_draft_grows_stale_when_the_customer_writes_again(thread: Page, casey: Customer) -> None:
    """The panel says why, and does not offer to send before somebody has looked."""
    draft(thread)
    casey.says("Actually, make that the blue one.")
    expect(panel(thread)).to_contain_text("The customer wrote again")
    expect(panel(thread).locator("[data-hotkey='mod+enter']")).to_have_count(0)
    thread.get_by_role("button", name="Keep anyway").click()
    expect(panel(thread).locator("[data-hotkey='mod+enter']")).to_have_attribute("aria-disabled", "true")


def test_note_assign_resolve(thread: Page, casey: Customer) -> None:
    """A note stays inside, the conversation gets an owner, and the next one follows its end."""
    thread.get_by_role("radio", name="Note").click()
    thread.get_by_role("textbox", name="Private note").fill("She prefers calls after five.")
    thread.get_by_role("button", name="Add note").click()
    note = log(thread).locator(".note")
    expect(note).to_contain_text("She prefers calls after five.")
    expect(thread.get_by_role("textbox", name="Private note")).to_have_value("")
    assert casey.thread()[-1]["internal"] is True
    thread.get_by_role("button", name="Owner: Unassigned").click()
    thread.locator("#owner-menu").get_by_role("button", name="Mei Tanaka").click()
    expect(thread.get_by_role("button", name="Owner: Mei Tanaka")).to_be_visible()
    thread.get_by_role("button", name="Resolve").click()
    expect(row(thread, casey)).to_have_count(0)
    assert casey.status() == "resolved"
    expect(thread).not_to_have_url(f"*{casey.conversation_id}*")


def test_text_survives_refresh_and_another_conversation(thread: Page, casey: Customer) -> None:
    """What is typed is kept on this device, one text a conversation."""
    field = thread.get_by_label("Reply to Casey")
    field.fill("Half a thought")
    thread.get_by_role("option").filter(has_not_text=casey.name).first.click()
    expect(thread.locator("#composer-text")).to_have_value("")
    thread.go_back()
    expect(field).to_have_value("Half a thought")
    thread.reload()
    expect(field).to_have_value("Half a thought")


def test_refused_reply_keeps_the_text_and_says_why(sign_in_as: SignInAs, page: Page, casey: Customer) -> None:
    """Whoever writes while somebody else has just written is told, and nothing is lost."""
    late: list[str | bytes] = []
    holding = False

    def between(socket: WebSocketRoute) -> None:
        server = socket.connect_to_server()
        server.on_message(lambda message: late.append(message) if holding else socket.send(message))

    page.route_web_socket("**/_event/**", between)
    sign_in_as("luis", "/inbox")
    row(page, casey).click()
    field = page.get_by_label("Reply to Casey")
    field.fill("It is still here.")
    holding = True
    casey.says("Never mind, I found one elsewhere.")
    page.get_by_role("button", name="Send").click()
    deadline = time.monotonic() + 20
    while not any("newer_message" in str(message) for message in late) and time.monotonic() < deadline:
        page.wait_for_timeout(50)
    assert any("newer_message" in str(message) for message in late)
    page.context.set_offline(True)
    expect(page.get_by_text("Offline, kept on this device")).to_be_visible()
    page.context.set_offline(False)
    holding = False
    page.reload()
    expect(field).to_have_value("It is still here.")
    expect(log(page)).to_contain_text("Never mind")
    assert [one["sender"] for one in casey.thread()] == ["customer", "customer"]


def test_messages_reach_the_screen_without_reload(
    thread: Page, casey: Customer, record_testsuite_property: Callable[[str, object], None]
) -> None:
    """From the API's request to another browser's screen; the median is recorded in the report, not judged here."""
    taken = []
    for number in range(15):
        words = f"Message {number} of many."
        begin = time.perf_counter()
        casey.says(words)
        log(thread).get_by_text(words).wait_for()
        taken.append(time.perf_counter() - begin)
    median_ms = round(statistics.median(taken) * 1000)
    record_testsuite_property("post_to_screen_median_ms", median_ms)
