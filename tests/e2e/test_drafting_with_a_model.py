"""A draft as it comes about: words that stream in, slots that fill, a model that fails and comes back."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.desk import Customer, Sluice, draft, log, panel, ready
from tests.e2e.house import PATIENCE_SECONDS, HouseWithModel
from tests.fakes.model_server import plausible
from tests.fakes.openai_server import FakeOpenAI
from tests.fakes.steps import Steps
from tests.served import Served

pytestmark = pytest.mark.e2e
DeskOf = Callable[..., Page]
SignInAs = Callable[..., Page]
FRAME_MS = 100  # the screen takes a new text at most every 80 ms
PIECES = "Hello! The {{v1.title}} is listed at {{v1.price}}."
TITLE, PRICE = "2021 Toyota Tacoma TRD Off-Road", "$33,700"
FIRST = ("Hello!", "Hello! The")
REST = tuple(
    f"Hello! The {TITLE}{more}" for more in ("", " is", " is listed", " is listed at", f" is listed at {PRICE}.")
)
FAULTS: dict[str, tuple[Callable[[FakeOpenAI], None], str]] = {
    "error 500": (lambda model: model.fail(500, times=1), "OpenAI"),
    "silence": (lambda model: model.hang(times=1), "OpenAI timed out"),
    "cut stream": (lambda model: model.cut(after=3, times=1), "OpenAI"),
}


@pytest.fixture
def served(with_model: HouseWithModel) -> Served:
    """The product whose drafts come from a model."""
    return with_model.served


@pytest.fixture
def model(with_model: HouseWithModel) -> Iterator[FakeOpenAI]:
    """The model, well again and talking as it does by itself."""
    with_model.model.heal()
    with_model.model.reply(plausible)
    yield with_model.model
    with_model.model.heal()


def let(page: Page, steps: Steps, *texts: str) -> None:
    """Let words out one by one, each in a frame of its own, and see each text on the screen."""
    for text in texts:
        steps.let()
        expect(panel(page).locator(".draft-text")).to_have_text(text)
        page.wait_for_timeout(FRAME_MS)


def test_words_stream_in_and_slots_fill_as_they_close(desk_of: DeskOf, casey: Customer, model: FakeOpenAI) -> None:
    """Each word stands on the screen as it comes; there is a caret, the panel is busy, and nothing can be sent."""
    model.reply(PIECES)
    steps = model.by_steps()
    page = desk_of("luis", f"/inbox?id={casey.conversation_id}")
    page.get_by_role("button", name="Draft with AI").click()
    text = panel(page).locator(".draft-text")
    expect(panel(page)).to_have_attribute("aria-busy", "true")
    let(page, steps, *FIRST)
    expect(text.locator(".caret")).to_be_visible()
    expect(panel(page).get_by_text("Writing")).to_be_visible()
    expect(ready(page)).to_have_count(0)
    let(page, steps, *REST)
    expect(panel(page)).to_have_attribute("aria-busy", "true")
    assert [one["state"] for one in casey.thread()] == ["sent"]
    steps.let()
    ready(page).wait_for()
    expect(panel(page)).not_to_have_attribute("aria-busy", "true")
    expect(text.locator(".caret")).to_have_count(0)


def test_facts_are_checked_then_sourced(page: Page, sign_in_as: SignInAs, casey: Customer, model: FakeOpenAI) -> None:
    """While facts are checked nothing can be sent; then each has a numbered source that opens."""
    model.reply(PIECES)
    steps = model.by_steps()
    sluice = Sluice(page, '"verifying"')
    sign_in_as("luis", f"/inbox?id={casey.conversation_id}")
    page.get_by_role("button", name="Draft with AI").click()
    let(page, steps, *FIRST, *REST)
    steps.let()
    expect(panel(page).get_by_text("Checking the facts")).to_be_visible()
    expect(panel(page).locator(".draft-text")).to_contain_text(PRICE)
    expect(panel(page)).to_have_attribute("aria-busy", "true")
    expect(panel(page).locator(".caret")).to_have_count(0)
    expect(ready(page)).to_have_count(0)
    sluice.open()
    expect(ready(page)).to_be_visible()
    expect(panel(page)).to_contain_text("Grounded")
    expect(panel(page).locator(".cl-ok")).not_to_have_count(0)
    panel(page).locator(".src[data-source='1']").click()
    expect(page.get_by_role("dialog", name=re.compile("^Sourced"))).to_contain_text(re.compile(r"just now|\d [mh] ago"))


@pytest.mark.parametrize("how", ["Escape", "Stop"])
def test_stop_ends_the_request_and_leaves_nothing(
    desk_of: DeskOf, casey: Customer, model: FakeOpenAI, how: str
) -> None:
    """Esc and the button end it: the model is hung up on, no draft is stored, the next one comes as ever."""
    steps = model.by_steps()
    page = desk_of("luis", f"/inbox?id={casey.conversation_id}")
    page.get_by_role("button", name="Draft with AI").click()
    let(page, steps, "Thanks", "Thanks for")
    if how == "Escape":
        page.keyboard.press("Escape")
    else:
        page.get_by_role("button", name="Stop").click()
    expect(page.get_by_role("button", name="Draft with AI")).to_be_visible()
    assert steps.left.wait(5)
    assert [one["state"] for one in casey.thread()] == ["sent"]
    draft(page)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_failed_model_is_named_and_never_quoted(
    desk_of: DeskOf, casey: Customer, model: FakeOpenAI, fault: str
) -> None:
    """The records alone make a labelled draft, within the deadline; once the model is well it drafts again."""
    break_it, words = FAULTS[fault]
    break_it(model)
    page = desk_of("luis", f"/inbox?id={casey.conversation_id}")
    page.get_by_role("button", name="Draft with AI").click()
    ready(page).wait_for(timeout=(PATIENCE_SECONDS + 15) * 1000)
    expect(panel(page)).to_contain_text("AI is unavailable.")
    expect(panel(page)).to_contain_text(words)
    text = panel(page).locator(".draft-text")
    expect(text).to_contain_text(PRICE)
    expect(text).not_to_contain_text(re.compile("error|quota|sk-|OpenAI|500|timed out", re.IGNORECASE))
    assert "sk-secret" not in page.content()
    expect(page.get_by_label(f"Reply to {casey.name.split()[0]}")).to_be_editable()
    page.get_by_role("button", name="Draft again").click()
    expect(panel(page)).to_contain_text("The 2021 Toyota Tacoma")
    ready(page).wait_for()
    expect(panel(page)).not_to_contain_text("AI is unavailable.")
    page.reload()
    expect(panel(page)).not_to_contain_text("AI is unavailable.")


def test_a_model_that_breaks_off_takes_its_words_back(desk_of: DeskOf, casey: Customer, model: FakeOpenAI) -> None:
    """What a model wrote before it fell silent is not what the customer gets."""
    model.reply("Half a thought about a $99 car that nobody has.")
    model.drop(after=6, times=1)
    page = desk_of("luis", f"/inbox?id={casey.conversation_id}")
    draft(page)
    expect(panel(page)).to_contain_text("AI is unavailable.")
    expect(panel(page)).not_to_contain_text("$99")
    expect(log(page)).not_to_contain_text("$99")
