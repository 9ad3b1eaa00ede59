"""Snoozing, the dealership's facts in a draft, and an inventory feed with many faults."""

from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.desk import Customer, customer, draft, log, panel, row
from tests.served import Served

pytestmark = pytest.mark.e2e
DeskOf = Callable[..., Page]


def test_a_snooze_ends_when_the_customer_writes(desk_of: DeskOf, casey: Customer) -> None:
    """Asleep, the conversation is out of the open ones; a message wakes it before its hour."""
    page = desk_of("luis", f"/inbox?id={casey.conversation_id}")
    expect(row(page, casey)).to_contain_text("Reply in")
    page.keyboard.press("z")
    page.locator("#snooze-menu").get_by_role("button", name="For an hour").click()
    expect(row(page, casey)).to_have_count(0)
    asleep = desk_of("mei", "/inbox?view=snoozed")
    expect(row(asleep, casey)).to_contain_text("Snoozed")
    casey.says("One more thing: does it have a tow package?")
    expect(row(page, casey)).to_contain_text("tow package")
    expect(row(page, casey)).to_contain_text("Reply in")
    expect(row(asleep, casey)).to_have_count(0)


def test_what_the_dealership_says_is_in_the_next_draft(desk_of: DeskOf, served: Served) -> None:
    """Hours that an admin saves are quoted, with their source, by the draft that is made next."""
    ada = desk_of("ada", "/dealership")
    ada.get_by_label("Sunday").fill("11:15-14:45")
    ada.get_by_role("button", name="Save").click()
    expect(ada.get_by_text("Saved. Drafts cite this from now on.")).to_be_visible()
    with customer(served, "Are you open on Sunday?") as asking:
        luis = desk_of("luis", f"/inbox?id={asking.conversation_id}")
        expect(log(luis)).to_contain_text("open on Sunday")
        draft(luis)
        expect(panel(luis)).to_contain_text("Grounded")
        text = panel(luis).locator(".draft-text")
        expect(text).to_contain_text("11:15")
        expect(text).to_contain_text("2:45")


def test_a_feed_with_many_faults_keeps_them_in_a_list_that_scrolls(desk_of: DeskOf, tmp_path: Path) -> None:
    """The good row is in the table; the list of faults is reached by key and shows that it goes on."""
    stock = f"E2E{uuid4().hex[:6].upper()}"
    bad = "".join(f"{stock}-{number},Saab,900,1066,7500\n" for number in range(60))
    feed = tmp_path / "feed.csv"
    feed.write_text(f"stock_number,make,model,year,price\n{stock},Saab,900,1990,7500\n{bad}")
    page = desk_of("ada", "/inventory")
    page.get_by_label("Import CSV").set_input_files(feed)
    expect(page.get_by_text("1 new, 0 changed, 0 unchanged. 60 faults; rows")).to_be_visible()
    report = page.get_by_label("Rows with faults")
    expect(report.get_by_role("listitem")).to_have_count(60)
    box = report.bounding_box()
    assert box
    assert box["height"] <= 240
    last = report.get_by_role("listitem").last
    expect(last).not_to_be_in_viewport()
    report.focus()
    page.keyboard.press("End")
    expect(last).to_be_in_viewport()
    page.get_by_role("button", name="Dismiss").click()
    expect(report).to_have_count(0)
