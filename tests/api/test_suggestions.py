"""HTTP: drafts, what decides on them, and what happens when providers fail."""

from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

import httpx
import pytest

from api.core.security import Actor
from api.integrations.drafting import DraftingRouter, OpenAIProvider
from api.services import dealership, vehicles
from api.services.house import House
from models.dealership import DealershipInput
from models.users import Role
from models.vehicles import VehicleInput
from tests.conftest import SignedIn, SignIn
from tests.conversing import CONVERSATIONS, opened, say
from tests.fakes.openai_server import FakeOpenAI

MESSAGES = "/api/v1/messages"


@pytest.fixture
def fake() -> Iterator[FakeOpenAI]:
    with FakeOpenAI() as server:
        yield server


@pytest.fixture
async def model(house: House, fake: FakeOpenAI) -> AsyncIterator[FakeOpenAI]:
    """The house asks the fake, with 2 s for everything."""
    before = house.drafting
    house.drafting = DraftingRouter([OpenAIProvider("key", fake.base_url, "fake-model")], timeout_seconds=2)
    yield fake
    await house.drafting.close()
    house.drafting = before


@pytest.fixture
async def camry(house: House) -> str:
    """A dealership with one car; returns the car's id."""
    facts = DealershipInput.model_validate(
        {
            "name": "Harbor Motors",
            "phone": "+15550100142",
            "timezone": "America/Los_Angeles",
            "hours": {"mon": [["09:00", "19:00"]], "sat": [["10:00", "16:00"]]},
            "policies": [{"topic": "deposit", "text": "A $500 refundable deposit holds a vehicle for 48 hours."}],
        }
    )
    car = VehicleInput.model_validate(
        {
            "stock_number": "A1033",
            "year": 2019,
            "make": "Toyota",
            "model": "Camry",
            "trim": "XLE",
            "price": {"amount": 1_899_900, "currency": "usd"},
            "mileage": 41_250,
            "mileage_unit": "mi",
            "status": "available",
        }
    )
    async with house.unit(Actor.system("test")) as uow:
        await dealership.save(uow, facts)
        made = await vehicles.create(uow, car)
    return str(made.id)


async def asked(client: httpx.AsyncClient, staff: SignedIn) -> str:
    """Open a conversation about the Camry and return its id."""
    made = await opened(client, staff, message={"content": "Is the 2019 Camry still there and how much is it?"})
    return made["id"]


async def drafted(client: httpx.AsyncClient, staff: SignedIn, conversation: str, **wanted: Any) -> dict[str, Any]:
    """Draft a reply and return the message."""
    answer = await client.post(f"{CONVERSATIONS}/{conversation}/ai-suggest", json=wanted, headers=staff.headers)
    assert answer.status_code == 201, answer.text
    return answer.json()["data"]


async def decide(client: httpx.AsyncClient, staff: SignedIn, message: str, verb: str, **body: Any) -> httpx.Response:
    """Accept, reject, rate or check."""
    return await client.post(f"{MESSAGES}/{message}/{verb}", json=body, headers=staff.headers)


GROUNDED = "Hi! Yes, the {{v1.title}} is {{v1.availability}}, at {{v1.price}}. Would you like to see it?"


async def test_a_slot_draft_is_grounded_and_sent(
    client: httpx.AsyncClient, sign_in: SignIn, model: FakeOpenAI, camry: str
) -> None:
    staff = await sign_in(display_name="Ana")
    conversation = await asked(client, staff)
    model.reply(GROUNDED)
    draft = await drafted(client, staff, conversation)
    told = draft["assistance"]
    assert "$18,999" in draft["content"]
    assert (draft["state"], draft["sender"], told["status"]) == ("draft", "ai", "ready")
    assert (told["provider"], told["model"], told["prompt_version"]) == ("openai", "fake-model", "v1")
    assert told["stale"] is False
    for claim in told["claims"]:
        assert draft["content"][claim["start"] : claim["end"]] == claim["text"]
        assert claim["verdict"] == "supported"
    price = next(claim for claim in told["claims"] if claim["kind"] == "price")
    assert price["evidence"]["id"] == camry
    status = (await client.get(f"{CONVERSATIONS}/{conversation}/status", headers=staff.headers)).json()["data"]
    assert status["pending_draft_id"] == draft["id"]
    sent = (await decide(client, staff, draft["id"], "accept")).json()["data"]
    assert (sent["id"], sent["state"], sent["sender"]) == (draft["id"], "sent", "ai")
    assert sent["author"]["display_name"] == "Ana"
    assert sent["assistance"]["status"] == "accepted"
    assert sent["assistance"]["decided_by"] == str(staff.user.id)
    again = await decide(client, staff, draft["id"], "accept")
    assert (again.status_code, again.json()["code"]) == (409, "already_decided")


async def test_a_made_up_price_is_held_back_until_someone_stands_behind_it(
    client: httpx.AsyncClient, sign_in: SignIn, model: FakeOpenAI, camry: str
) -> None:
    staff, admin = await sign_in(), await sign_in(Role.ADMIN)
    conversation = await asked(client, staff)
    model.reply("The 2019 Toyota Camry XLE is $15,999.")
    draft = await drafted(client, staff, conversation)
    assert draft["assistance"]["status"] == "flagged"
    refused = await decide(client, staff, draft["id"], "accept")
    assert (refused.status_code, refused.json()["code"]) == (409, "unsupported_claims")
    sent = await decide(client, staff, draft["id"], "accept", acknowledge_flags=True)
    assert sent.status_code == 200
    trail = (await client.get("/api/v1/admin/audit", headers=admin.headers)).json()["data"]
    assert trail[0]["action"] == "draft:override"
    model.reply("As we said, the 2019 Toyota Camry XLE is $15,999.")
    await say(client, staff, conversation, "really?", sender="customer")
    second = await drafted(client, staff, conversation)
    assert second["assistance"]["status"] == "flagged", "an overridden falsehood must not support the next"


async def test_an_edit_is_verified_too(
    client: httpx.AsyncClient, sign_in: SignIn, model: FakeOpenAI, camry: str
) -> None:
    staff = await sign_in()
    conversation = await asked(client, staff)
    model.reply(GROUNDED)
    draft = await drafted(client, staff, conversation)
    wrong = draft["content"].replace("18,999", "17,999")
    checked = (await decide(client, staff, draft["id"], "check", content=wrong)).json()["data"]
    assert checked["flagged"] is True
    refused = await decide(client, staff, draft["id"], "accept", content=wrong)
    assert refused.json()["code"] == "unsupported_claims"
    sent = await decide(client, staff, draft["id"], "accept", content="Yes, it is listed at $18,999.")
    assert sent.json()["data"]["assistance"]["status"] == "edited"
    assert sent.json()["data"]["content"] == "Yes, it is listed at $18,999."


async def test_a_draft_goes_stale_when_the_customer_writes_or_the_record_changes(
    client: httpx.AsyncClient, sign_in: SignIn, model: FakeOpenAI, camry: str
) -> None:
    staff, admin = await sign_in(), await sign_in(Role.ADMIN)
    conversation = await asked(client, staff)
    model.reply(GROUNDED, GROUNDED)
    draft = await drafted(client, staff, conversation)
    await client.patch(f"/api/v1/vehicles/{camry}", json={"status": "sold"}, headers=admin.headers)
    stale = await decide(client, staff, draft["id"], "accept")
    assert (stale.status_code, stale.json()["code"]) == (409, "stale_draft")
    second = await drafted(client, staff, conversation)
    first = (await decide(client, staff, draft["id"], "accept")).json()
    assert first["code"] == "already_decided", "an older undecided draft is superseded"
    await say(client, staff, conversation, "hello?", sender="customer")
    thread = (await client.get(f"{CONVERSATIONS}/{conversation}", headers=staff.headers)).json()["data"]
    shown = next(message for message in thread["messages"] if message["id"] == second["id"])
    assert shown["assistance"]["stale"] is True


async def test_rejecting_and_rating(client: httpx.AsyncClient, sign_in: SignIn, model: FakeOpenAI, camry: str) -> None:
    staff = await sign_in()
    conversation = await asked(client, staff)
    model.reply(GROUNDED)
    draft = await drafted(client, staff, conversation)
    rejected = await decide(client, staff, draft["id"], "reject", reason="wrong_tone", comment="too stiff")
    assert rejected.json()["data"]["state"] == "rejected"
    assert (await decide(client, staff, draft["id"], "accept")).json()["code"] == "already_decided"
    for rating in (2, 5):
        rated = await decide(client, staff, draft["id"], "feedback", rating=rating)
        assert rated.json()["data"]["assistance"]["rating"] == rating
    for rating in (0, 6, 2.5, "5"):
        assert (await decide(client, staff, draft["id"], "feedback", rating=rating)).status_code == 400
    thread = (await client.get(f"{CONVERSATIONS}/{conversation}", headers=staff.headers)).json()["data"]
    assert len(thread["messages"]) == 1


async def test_an_unknown_slot_is_tried_again_then_the_fallback_drafts(
    client: httpx.AsyncClient, sign_in: SignIn, model: FakeOpenAI, camry: str
) -> None:
    staff = await sign_in()
    conversation = await asked(client, staff)
    model.reply("It costs {{v9.price}}.", GROUNDED)
    assert (await drafted(client, staff, conversation))["assistance"]["provider"] == "openai"
    model.reply("It costs {{v9.price}}.", "It costs {{v9.price}}.")
    assert (await drafted(client, staff, conversation))["assistance"]["provider"] == "fallback"


FAULTS: dict[str, Callable[[FakeOpenAI], None]] = {
    "500": lambda fake: fake.fail(500),
    "429": lambda fake: fake.fail(429, retry_after=30),
    "hang": lambda fake: fake.hang(),
    "stall": lambda fake: fake.stall(),
    "cut": lambda fake: fake.cut(),
    "drop": lambda fake: fake.drop(),
    "error in the stream": lambda fake: fake.break_off(),
    "empty": lambda fake: fake.empty(),
    "html": lambda fake: fake.html(),
    "garbage": lambda fake: fake.garbage(),
    "refused": lambda fake: fake.refuse(),
}


@pytest.mark.parametrize("fault", FAULTS)
async def test_every_provider_failure_yields_a_labelled_fallback(
    client: httpx.AsyncClient, sign_in: SignIn, model: FakeOpenAI, camry: str, fault: str
) -> None:
    staff = await sign_in()
    conversation = await asked(client, staff)
    model.reply(GROUNDED)
    FAULTS[fault](model)
    draft = await drafted(client, staff, conversation)
    assert draft["assistance"]["provider"] == "fallback"
    assert draft["assistance"]["status"] == "ready"
    assert "$18,999" in draft["content"]
    for word in ("error", "Error", "500", "429", "<html", "{{"):
        assert word not in draft["content"]


async def test_without_a_provider_the_fallback_drafts(client: httpx.AsyncClient, sign_in: SignIn, camry: str) -> None:
    staff = await sign_in()
    conversation = await asked(client, staff)
    draft = await drafted(client, staff, conversation)
    assert draft["assistance"]["provider"] == "fallback"
    assert draft["assistance"]["claims"]


async def test_a_note_never_reaches_the_prompt(
    client: httpx.AsyncClient, sign_in: SignIn, model: FakeOpenAI, camry: str
) -> None:
    staff = await sign_in()
    conversation = await asked(client, staff)
    await say(client, staff, conversation, "PRIVATE-NOTE bottom price 17k", internal=True)
    model.reply(GROUNDED)
    await drafted(client, staff, conversation)
    assert model.requests
    assert "PRIVATE-NOTE" not in model.requests[-1].prompt


async def test_auto_draft_follows_the_dealerships_wish(
    client: httpx.AsyncClient, sign_in: SignIn, camry: str, house: House, run_jobs: Callable[[], Any]
) -> None:
    staff, admin = await sign_in(), await sign_in(Role.ADMIN)
    facts = (await client.get("/api/v1/dealership", headers=staff.headers)).json()["data"]
    wanted = {name: value for name, value in facts.items() if name in DealershipInput.model_fields}
    put = await client.put("/api/v1/dealership", json={**wanted, "auto_draft": True}, headers=admin.headers)
    assert put.status_code == 200, put.text
    conversation = await asked(client, staff)
    await run_jobs()
    status = (await client.get(f"{CONVERSATIONS}/{conversation}/status", headers=staff.headers)).json()["data"]
    assert status["pending_draft_id"] is not None
