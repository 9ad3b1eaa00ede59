"""An admin's day: the inventory by CSV, a price by hand, a suspension, the dealership's hours."""

import re
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.axe import faults
from tests.served import Served

pytestmark = pytest.mark.e2e
SignInAs = Callable[..., Page]


def test_import_reports_rows_and_keeps_the_good_ones(sign_in_as: SignInAs, tmp_path: Path) -> None:
    """A bad row is named; the good one is in the table at once."""
    stock = f"E2E{uuid4().hex[:6].upper()}"
    feed = tmp_path / "feed.csv"
    feed.write_text(f"stock_number,make,model,year,price\n{stock},Saab,900,1990,7500\n,Saab,9000,1991,1\n")
    page = sign_in_as("ada", "/inventory")
    page.get_by_label("Import CSV").set_input_files(feed)
    expect(page.get_by_text("Imported: 1 new, 0 changed, 0 unchanged. 1 fault; rows with a fault")).to_be_visible()
    expect(page.get_by_text(re.compile("Row 2, stock_number"))).to_be_visible()
    page.get_by_label("Search the inventory").fill(stock)
    expect(page).to_have_url(re.compile(f"q={stock}"))
    expect(page.locator("tbody tr")).to_have_count(1)
    expect(page.get_by_role("cell", name=stock, exact=True)).to_be_visible()


def test_a_vehicle_is_added_by_hand(sign_in_as: SignInAs) -> None:
    """What lacks is said at its field, to which the cursor goes; what is added stands open beside the table."""
    stock = f"HAND{uuid4().hex[:6].upper()}"
    page = sign_in_as("ada", "/inventory")
    expect(page.locator("tbody .row-open").first).to_be_visible()
    page.get_by_role("button", name="Add a vehicle").click()
    form = page.get_by_role("dialog", name="Add a vehicle")
    form.get_by_role("button", name="Add the vehicle").click()
    expect(form.locator("#stock_number-error")).to_have_text("Fill this in")
    expect(form.get_by_label("Stock number")).to_be_focused()
    for label, text in {"Stock number": stock, "Make": "Saab", "Model": "9000", "Year": "1991"}.items():
        form.get_by_label(label).fill(text)
    form.get_by_label("Mileage").fill("many")
    form.get_by_role("button", name="Add the vehicle").click()
    expect(form.locator("#mileage-error")).to_have_text("Enter a whole number")
    assert faults(page) == []
    form.get_by_label("Mileage").fill("88,000")
    form.get_by_role("button", name="Add the vehicle").click()
    expect(form).to_be_hidden()
    panel = page.get_by_role("complementary", name="1991 Saab 9000")
    expect(panel.get_by_text("88,000 mi")).to_be_visible()


def test_price_is_edited_beside_the_table(sign_in_as: SignInAs) -> None:
    """A wrong number is refused at its field, a right one stands in the table."""
    page = sign_in_as("ada", "/inventory?q=L2638")
    page.get_by_role("button", name="2012 Nissan Leaf").click()
    page.get_by_role("button", name="Edit", exact=True).click()
    page.get_by_label("Price in USD").fill("a lot")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Write a number such as 29,100")).to_be_visible()
    page.get_by_label("Price in USD").fill("4,725")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("cell", name="$4,725")).to_be_visible()


def test_lists_live_in_the_address(sign_in_as: SignInAs) -> None:
    """Filter, sort and page can be reloaded, and the back button undoes them."""
    page = sign_in_as("luis", "/inventory")
    page.get_by_role("button", name="Price").click()
    expect(page).to_have_url(re.compile("sort=-price"))
    expect(page.get_by_role("columnheader", name="Price")).to_have_attribute("aria-sort", "descending")
    dearest = page.locator("tbody .row-open").first.inner_text()
    page.get_by_role("button", name="Next page").click()
    expect(page).to_have_url(re.compile("cursor="))
    expect(page.locator("tbody .row-open").first).not_to_have_text(dearest)
    first = page.locator("tbody .row-open").first.inner_text()
    page.reload()
    expect(page.locator("tbody .row-open").first).to_have_text(first)
    page.go_back()
    expect(page.get_by_role("button", name="Previous page")).to_be_disabled()
    expect(page.get_by_role("button", name="Import CSV")).to_have_count(0)


def test_suspension_needs_a_reason_and_ends_sessions(sign_in_as: SignInAs, served: Served) -> None:
    """The person's open session is refused; lifting it lets him in again."""
    page = sign_in_as("ada", "/users?q=ines")
    with served.sign_in("ines") as ines:
        assert ines.get("/api/v1/users/me").is_success
        page.get_by_role("button", name="Inês Carvalho").click()
        page.get_by_role("button", name="Suspend…").click()
        page.get_by_role("button", name="Suspend", exact=True).click()
        expect(page.get_by_text("Say why; the person will ask")).to_be_visible()
        page.get_by_label("Reason").fill("Two complaints in a week")
        page.get_by_role("button", name="Suspend", exact=True).click()
        expect(page.get_by_role("button", name="Lift suspension")).to_be_visible()
        assert ines.get("/api/v1/users/me").status_code in (401, 403)
    page.get_by_role("button", name="Lift suspension").click()
    expect(page.get_by_role("button", name="Suspend…")).to_be_visible()


def test_dealership_faults_stand_at_their_fields(sign_in_as: SignInAs) -> None:
    """What is wrong is said under the field; what is right is saved."""
    page = sign_in_as("ada", "/dealership")
    page.get_by_label("Monday").fill("18:00-09:00")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("[id='hours.mon-error']")).to_contain_text("not after it opens")
    page.get_by_label("Monday").fill("08:30-12:00, 13:00-18:00")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved. Drafts cite this from now on.")).to_be_visible()
    page.reload()
    expect(page.get_by_label("Monday")).to_have_value("08:30-12:00, 13:00-18:00")


def test_a_role_changes_only_when_it_is_said(sign_in_as: SignInAs) -> None:
    """Choosing in the list changes nothing yet; the button does."""
    page = sign_in_as("ada", "/users?q=Back+Roads")
    page.get_by_role("button", name="Back Roads Weekly").click()
    row, change = page.get_by_role("row", name="Back Roads Weekly"), page.get_by_role("button", name="Change role")
    for role, before, after in (("user", "Creator", "User"), ("creator", "User", "Creator")):
        expect(change).to_be_visible()
        expect(row).to_contain_text(before)
        page.locator("select[name=role]").select_option(role)
        expect(row).to_contain_text(before)
        change.click()
        expect(row).to_contain_text(after)
