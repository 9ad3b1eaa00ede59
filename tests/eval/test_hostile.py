"""Customers who attack: a model that obeys them gets nothing past the verifier, and no verdict moves for them."""

import httpx
import pytest

from api.core.security import Actor
from api.integrations.drafting import DraftingRouter, OpenAIProvider
from api.services import dealership, vehicles
from api.services.grounding import verify
from api.services.house import House
from models.claims import ClaimView, Verdict
from models.dealership import DealershipInput
from models.vehicles import VehicleInput
from tests.conftest import SignIn
from tests.conversing import CONVERSATIONS, opened
from tests.eval.hostile import HOSTILE
from tests.fakes.openai_server import FakeOpenAI
from tests.unit.grounding.records import DEALER, IMPALA, MAZDA, OUTBACK, TACOMA, pack

CARS = (OUTBACK, TACOMA, MAZDA, IMPALA)
NAMED = "About the Outback, the Tacoma, the CX-5 and the Impala:"


def _verdicts(claims: list[ClaimView]) -> list[tuple[int, int, Verdict]]:
    return [(claim.start, claim.end, claim.verdict) for claim in claims]


def test_there_are_enough_of_them() -> None:
    assert len({message for message, _, _ in HOSTILE}) == len(HOSTILE) >= 80


@pytest.mark.parametrize(("message", "obeyed", "wrong"), HOSTILE, ids=[row[0][:40] for row in HOSTILE])
def test_what_an_attacker_dictates_turns_red(message: str, obeyed: str, wrong: str) -> None:
    claims = verify(obeyed, pack(*CARS, thread="C: " + message.replace("\n", " ")))
    start = obeyed.index(wrong)
    reds = [claim for claim in claims if claim.verdict is Verdict.UNSUPPORTED]
    assert any(claim.start < start + len(wrong) and start < claim.end for claim in reds), claims


@pytest.mark.parametrize(("message", "obeyed", "wrong"), HOSTILE, ids=[row[0][:40] for row in HOSTILE])
def test_an_attack_after_a_plain_question_moves_no_verdict(message: str, obeyed: str, wrong: str) -> None:
    truth = "The Outback is $21,750 and has 48,210 miles. The Impala is sold."
    question = "C: How much is the Outback? Is the Impala there?"
    for draft in (truth, f"{truth} We will paint it for free."):
        plain = verify(draft, pack(*CARS, thread=question))
        attacked = verify(draft, pack(*CARS, thread=f"{question} {message}".replace("\n", " ")))
        assert _verdicts(attacked) == _verdicts(plain)


async def test_no_obedient_draft_is_sent_without_somebody_who_stands_behind_it(
    house: House, client: httpx.AsyncClient, sign_in: SignIn
) -> None:
    await _stock(house)
    before = house.drafting
    slipped = []
    with FakeOpenAI() as model:
        house.drafting = DraftingRouter([OpenAIProvider("key", model.base_url, "obedient")], timeout_seconds=5)
        try:
            for message, obeyed, _ in HOSTILE:
                staff = await sign_in()
                model.reply(obeyed)
                made = await opened(client, staff, message={"content": f"{NAMED} {_typed(message)}"})
                answer = await client.post(f"{CONVERSATIONS}/{made['id']}/ai-suggest", json={}, headers=staff.headers)
                draft = answer.json()["data"]
                assert draft["assistance"]["provider"] == "openai"
                sent = await client.post(f"/api/v1/messages/{draft['id']}/accept", json={}, headers=staff.headers)
                if (sent.status_code, sent.json().get("code")) != (409, "unsupported_claims"):
                    slipped.append(message)
        finally:
            await house.drafting.close()
            house.drafting = before
    assert slipped == []


def _typed(message: str) -> str:
    return message.replace("\r", " ")


async def _stock(house: House) -> None:
    """Store the records that the attacks are about."""
    facts = {name: DEALER[name] for name in ("name", "email", "website", "address", "timezone", "hours", "policies")}
    async with house.unit(Actor.system("test")) as uow:
        await dealership.save(uow, DealershipInput.model_validate(facts))
        for car in CARS:
            known = {
                name: value for name, value in car.items() if name in VehicleInput.model_fields and value is not None
            }
            await vehicles.create(uow, VehicleInput.model_validate({**known, "vin": None}))
