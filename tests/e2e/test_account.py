"""One's own account in a browser: sign-ins, the second factor, keys, profile and picture, export, the end."""

import re
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from PIL import Image
from playwright.sync_api import Page, expect
from pyotp.totp import TOTP

from tests.e2e.axe import faults, faults_of_look, looks
from tests.e2e.house import HouseWithModel
from tests.e2e.newcomers import FIRST, SECOND, Newcomer, at_home, let_in, sign_in
from tests.served import Served

pytestmark = pytest.mark.e2e
TABS = ("profile", "security", "sign-ins", "notifications", "api-keys", "data")
NewPage = Callable[..., Page]


@pytest.fixture
def served(with_model: HouseWithModel) -> Served:
    """The product whose outbox is at hand."""
    return with_model.served


def test_another_password_ends_the_other_sign_ins(newcomer: Newcomer, new_page: NewPage, served: Served) -> None:
    """A wrong current one is named at its field; the list shows this sign-in and no other afterwards."""
    elsewhere = new_page()
    let_in(elsewhere, served, newcomer.email)
    elsewhere.goto("/")
    at_home(elsewhere)
    page = newcomer.page
    page.goto("/settings?tab=sign-ins")
    expect(page.locator(".line")).to_have_count(2)
    expect(page.locator(".line").first).to_contain_text("This one")
    page.get_by_role("link", name="Security").click()
    page.get_by_label("Current password").fill("not the password")
    page.get_by_label("New password").fill(SECOND)
    page.get_by_role("button", name="Change password").click()
    expect(page.get_by_text("The current password is wrong")).to_be_visible()
    page.get_by_label("Current password").fill(FIRST)
    page.get_by_role("button", name="Change password").click()
    expect(page.get_by_text("Every other sign-in has ended.")).to_be_visible()
    page.get_by_role("link", name="Sign-ins").click()
    expect(page.locator(".line")).to_have_count(1)
    elsewhere.reload()
    expect(elsewhere).to_have_url(re.compile("/login"))


def test_a_sign_in_is_ended_from_the_list(newcomer: Newcomer, new_page: NewPage, served: Served) -> None:
    """One of them, and then all others after a question."""
    others = [new_page(), new_page()]
    for other in others:
        let_in(other, served, newcomer.email)
    page = newcomer.page
    page.goto("/settings?tab=sign-ins")
    page.get_by_role("button", name=re.compile("^Sign out (?!all)")).first.click()
    expect(page.locator(".line")).to_have_count(2)
    page.get_by_role("button", name="Sign out all others").click()
    dialog = page.get_by_role("dialog", name="Sign out everywhere else?")
    expect(dialog).to_contain_text("Other sign-ins that end at once: 1")
    expect(dialog.get_by_role("button", name="Cancel")).to_be_focused()
    dialog.get_by_role("button", name="Sign out all others").click()
    expect(page.locator(".line")).to_have_count(1)
    for other in others:
        assert other.request.get("/api/v1/users/me").status == 401


def _secret(page: Page) -> str:
    page.goto("/settings?tab=security")
    page.get_by_role("button", name="Set it up").click()
    expect(page.get_by_role("img", name="QR code of the secret").locator("svg")).to_be_visible()
    return page.locator("code.secret").inner_text().replace(" ", "")


def test_the_second_factor_from_setting_up_to_switching_off(
    newcomer: Newcomer, new_page: NewPage, served: Served, tmp_path: Path
) -> None:
    """The secret and the recovery codes are shown once; the password is typed once; a recovery code works once."""
    page = newcomer.page
    secret = _secret(page)
    clock = TOTP(secret)
    page.get_by_label("Code", exact=True).fill("000000")
    page.get_by_role("button", name="Switch it on").click()
    expect(page.locator("#code-error")).to_contain_text("Is not the code")
    page.get_by_label("Code", exact=True).fill(clock.now())
    page.get_by_role("button", name="Switch it on").click()
    expect(page.get_by_role("list", name="Recovery codes").get_by_role("listitem")).to_have_count(10)
    codes = page.locator(".codes code").all_inner_texts()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download").click()
    kept = tmp_path / "codes.txt"
    download.value.save_as(kept)
    assert kept.read_text().split() == codes
    page.get_by_role("link", name="Sign-ins", exact=True).click()
    leaving = page.get_by_role("dialog", name="Leave without the recovery codes?")
    leaving.get_by_role("button", name="Stay here").click()
    expect(page.get_by_role("list", name="Recovery codes")).to_be_visible()
    page.get_by_role("button", name="I have kept them").click()
    expect(page.get_by_text("10 recovery codes are left.")).to_be_visible()
    page.reload()
    expect(page.get_by_text("10 recovery codes are left.")).to_be_visible()
    assert not [word for word in (secret, *codes) if word in page.content()]

    other = new_page()
    sign_in(other, newcomer.email, FIRST)
    expect(other.get_by_role("heading", name="One more step")).to_be_visible()
    expect(other.get_by_label("Password", exact=True)).to_be_hidden()
    assert other.url.endswith("/login")
    other.get_by_label("Code", exact=True).fill("000000")
    other.get_by_role("button", name="Go on").click()
    expect(other.get_by_role("alert")).to_contain_text("The code is wrong")
    other.get_by_role("button", name="Use a recovery code instead").click()
    other.get_by_label("Recovery code").fill(codes[0])
    other.get_by_role("button", name="Go on").click()
    at_home(other)

    let_in(new_page(), served, newcomer.email, totp_code=clock.at(int(time.time()) + clock.interval))
    page.goto("/settings?tab=security")
    expect(page.get_by_text("9 recovery codes are left.")).to_be_visible()
    page.get_by_role("button", name="New recovery codes…").click()
    page.locator("#password").fill("not the password")
    page.get_by_role("button", name="Make new codes").click()
    expect(page.get_by_text("The password is wrong")).to_be_visible()
    page.locator("#password").fill(FIRST)
    page.get_by_role("button", name="Make new codes").click()
    expect(page.get_by_text("These replace the recovery codes that you had.")).to_be_visible()
    renewed = page.locator(".codes code").all_inner_texts()
    assert len({*codes, *renewed}) == 20
    page.get_by_role("button", name="I have kept them").click()
    expect(page.get_by_text("10 recovery codes are left.")).to_be_visible()
    page.get_by_role("button", name="Switch it off…").click()
    page.locator("#password").fill(FIRST)
    page.get_by_role("button", name="Switch it off").click()
    expect(page.get_by_role("button", name="Set it up")).to_be_visible()


def test_an_api_key_is_shown_once_and_works_until_it_is_revoked(sign_in_as: NewPage, served: Served) -> None:
    """Scopes are asked for at their place; the secret is nowhere once it was kept."""
    page = sign_in_as("luis", "/settings?tab=api-keys")
    page.get_by_label("Name").fill("Stock feed")
    page.get_by_role("button", name="Make the key").click()
    expect(page.get_by_text("Choose at least one")).to_be_visible()
    page.get_by_label(re.compile("vehicles:read")).check()
    page.get_by_label("Requests a day").fill("50")
    page.get_by_role("button", name="Make the key").click()
    secret = page.get_by_label("Secret of the new key").inner_text()
    assert secret.startswith("dsk_")
    with httpx.Client(base_url=served.url, headers={"X-API-Key": secret}) as program:
        assert program.get("/api/v1/vehicles").is_success
        assert program.get("/api/v1/conversations").status_code == 403
        page.get_by_role("button", name="I have kept it").click()
        page.reload()
        line = page.locator(".line", has_text="Stock feed")
        expect(line).to_contain_text("50 a day")
        assert secret not in page.content()
        page.get_by_role("button", name="Revoke Stock feed…").click()
        page.get_by_role("dialog", name="Revoke Stock feed?").get_by_role("button", name="Revoke").click()
        expect(page.get_by_text("No keys yet")).to_be_visible()
        assert program.get("/api/v1/vehicles").status_code == 401


def test_profile_and_picture(newcomer: Newcomer, tmp_path: Path) -> None:
    """Faults stand at their fields, leaving is asked about, and what was saved shows at the start page."""
    page = newcomer.page
    page.goto("/settings")
    name = page.get_by_label("Display name")
    expect(name).to_have_value("Ada New")
    name.fill("Ada Renewed")
    page.get_by_label("Time zone").fill("Mars/Olympus")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#timezone-error")).to_contain_text("IANA time zone")
    page.get_by_role("link", name="Security").click()
    leaving = page.get_by_role("dialog", name="Leave without saving?")
    leaving.get_by_role("button", name="Stay here").click()
    expect(page.get_by_label("Time zone")).to_have_value("Mars/Olympus")
    page.get_by_label("Time zone").fill("America/Denver")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".save-bar")).to_have_count(0)
    picture = tmp_path / "me.png"
    Image.new("RGB", (640, 480), "teal").save(picture)
    page.get_by_label("Choose a picture").set_input_files(picture)
    expect(page.get_by_alt_text("The picture that you chose")).to_be_visible()
    page.get_by_role("button", name="Save picture").click()
    expect(page.get_by_alt_text("Your picture")).to_have_js_property("complete", value=True)
    page.get_by_role("link", name="Your page").click()
    at_home(page)
    expect(page.get_by_role("heading", name="Ada Renewed")).to_be_visible()
    expect(page.locator("img.portrait")).to_have_attribute("src", re.compile("^/api/v1/media/avatars/"))
    page.get_by_role("link", name="Edit profile").click()
    page.get_by_role("button", name="Remove").click()
    expect(page.get_by_alt_text("Your picture")).to_have_count(0)


def test_changes_are_not_lost_by_the_back_button(newcomer: Newcomer) -> None:
    """Back asks first; leaving after all goes where one wanted."""
    page = newcomer.page
    page.goto("/")
    page.get_by_role("link", name="Edit profile").click()
    page.get_by_label("About you").fill("Unsaved")
    expect(page.locator(".save-bar")).to_be_visible()
    page.go_back()
    leaving = page.get_by_role("dialog", name="Leave without saving?")
    expect(leaving).to_be_visible()
    expect(page).to_have_url(re.compile("/settings"))
    leaving.get_by_role("button", name="Leave").click()
    at_home(page)


def test_export_and_deletion(newcomer: Newcomer, tmp_path: Path) -> None:
    """Everything held, as a file; then username and password, and nobody of that name is left."""
    page = newcomer.page
    page.goto("/settings?tab=data")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download").click()
    file = tmp_path / "export.json"
    download.value.save_as(file)
    assert newcomer.email in file.read_text()
    page.get_by_role("button", name="Delete my account…").click()
    page.get_by_label(f"Type {newcomer.name} to confirm").fill("somebody else")
    page.get_by_label("Password", exact=True).fill("wrong")
    page.get_by_role("button", name="Delete my account").click()
    expect(page.locator("#username-error")).to_be_visible()
    page.get_by_label(f"Type {newcomer.name} to confirm").fill(newcomer.name)
    page.get_by_role("button", name="Delete my account").click()
    expect(page.get_by_text("The password is wrong")).to_be_visible()
    page.get_by_label("Password", exact=True).fill(FIRST)
    page.get_by_role("button", name="Delete my account").click()
    expect(page.get_by_role("status").filter(has_text="Your account is deleted.")).to_be_visible()
    sign_in(page, newcomer.email, FIRST)
    expect(page.get_by_role("alert")).to_contain_text("is not right")


def test_axe_finds_nothing_on_the_pages_of_an_account(newcomer: Newcomer) -> None:
    """The start page and every section, and what opens within them, in both colour modes; narrow where it differs."""
    page = newcomer.page
    for path in ("/", *(f"/settings?tab={tab}" for tab in TABS)):
        page.goto(path)
        expect(page.locator("#main .form-card").first).to_be_visible()
        for look in looks(page, (1440,) if "tab" in path else (1440, 390)):
            assert faults_of_look(page, look) == [], f"{path}, {look}"
    page.get_by_role("button", name="Delete my account…").click()
    page.get_by_role("button", name="Delete my account").click()
    assert faults(page) == []
    _secret(page)
    for look in looks(page, (390,)):
        assert faults_of_look(page, look) == [], look
