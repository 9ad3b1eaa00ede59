"""HTTP: the figures of AI drafts, and drafts as evaluation cases."""

from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest

from api.services.house import House
from models.users import Role
from tests.conftest import SignedIn, SignIn
from tests.conversing import CONVERSATIONS, opened

FIGURES = "/api/v1/admin/ai"
MESSAGES = "/api/v1/messages"

Draft = Callable[..., Awaitable[dict[str, Any]]]


@pytest.fixture
def draft(client: httpx.AsyncClient) -> Draft:
    """Open a conversation and have the fallback draft for it."""

    async def make(staff: SignedIn, content: str = "Do you take trade-ins, Marisol Vega here?") -> dict[str, Any]:
        made = await opened(client, staff, message={"content": content})
        answer = await client.post(f"{CONVERSATIONS}/{made['id']}/ai-suggest", json={}, headers=staff.headers)
        assert answer.status_code == 201, answer.text
        return answer.json()["data"]

    return make


async def decide(client: httpx.AsyncClient, staff: SignedIn, message: str, verb: str, **body: Any) -> Any:
    """Accept or reject."""
    answer = await client.post(f"{MESSAGES}/{message}/{verb}", json=body, headers=staff.headers)
    assert answer.status_code == 200, answer.text
    return answer.json()["data"]


async def figures(client: httpx.AsyncClient, who: SignedIn, **query: str) -> httpx.Response:
    """Ask for the figures."""
    return await client.get(FIGURES, params=query, headers=who.headers)


async def test_decisions_are_counted_by_person_and_provider(
    client: httpx.AsyncClient, sign_in: SignIn, draft: Draft
) -> None:
    ana, luis, admin = (
        await sign_in(display_name="Ana"),
        await sign_in(display_name="Luis"),
        await sign_in(Role.ADMIN, display_name="Ada"),
    )
    await decide(client, ana, (await draft(ana))["id"], "accept")
    edited = await draft(ana)
    await decide(client, ana, edited["id"], "accept", content=f"{edited['content']} Bye.")
    await decide(client, luis, (await draft(luis))["id"], "reject", reason="wrong_tone")
    await draft(luis)
    told = (await figures(client, admin)).json()["data"]
    totals = told["totals"]
    assert (totals["drafts"], totals["accepted"], totals["edited"], totals["rejected"]) == (4, 1, 1, 1)
    assert (totals["light_edits"], totals["undecided"], totals["acceptance"]) == (1, 1, 0.6667)
    assert {row["name"]: (row["drafts"], row["acceptance"]) for row in told["people"]} == {
        "Ana": (2, 1.0),
        "Luis": (1, 0.0),
    }
    assert [(row["key"], row["drafts"], row["unpriced"]) for row in told["providers"]] == [("fallback", 4, 0)]
    assert told["rejections"] == [{"reason": "wrong_tone", "count": 1}]
    assert sum(point["drafts"] for point in told["series"]) == 4
    assert len(told["series"]) in {28, 29}


async def test_an_override_is_listed_with_who_and_why(client: httpx.AsyncClient, sign_in: SignIn, draft: Draft) -> None:
    ana, admin = await sign_in(display_name="Ana"), await sign_in(Role.ADMIN)
    made = await draft(ana)
    await decide(client, ana, made["id"], "accept", content="We have it for $1 today.", acknowledge_flags=True)
    told = (await figures(client, admin)).json()["data"]
    (override,) = told["overrides"]
    assert (override["message_id"], override["person"]) == (made["id"], "Ana")
    assert "$1" in [claim["text"] for claim in override["claims"]]
    assert all(claim["reason"] for claim in override["claims"])
    assert told["totals"]["overridden"] == 1


@pytest.mark.parametrize("role", [Role.USER, Role.CREATOR, Role.STAFF, Role.MODERATOR])
async def test_only_an_admin_reads_them(client: httpx.AsyncClient, sign_in: SignIn, role: Role) -> None:
    answer = await figures(client, await sign_in(role))
    assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")


@pytest.mark.parametrize(
    "query",
    [
        {"from": "2026-02-01", "to": "2026-02-01"},
        {"from": "2020-01-01", "to": "2026-01-01"},
        {"interval": "hour"},
        {"from": "yesterday"},
    ],
)
async def test_a_bad_range_is_named(client: httpx.AsyncClient, sign_in: SignIn, query: dict[str, str]) -> None:
    answer = await figures(client, await sign_in(Role.ADMIN), **query)
    assert (answer.status_code, answer.json()["code"]) == (400, "validation_error")
    assert answer.json()["errors"]


async def test_months_begin_with_their_first(client: httpx.AsyncClient, sign_in: SignIn) -> None:
    query = {"from": "2026-01-15", "to": "2026-04-01", "interval": "month"}
    told = (await figures(client, await sign_in(Role.ADMIN), **query)).json()["data"]
    assert [point["start"] for point in told["series"]] == ["2026-01-01", "2026-02-01", "2026-03-01"]
    assert [point["acceptance"] for point in told["series"]] == [None, None, None]


async def test_a_rejected_draft_becomes_a_case_without_the_customer_s_name(
    client: httpx.AsyncClient, sign_in: SignIn, draft: Draft, house: House
) -> None:
    ana, admin = await sign_in(), await sign_in(Role.ADMIN)
    made = await draft(ana)
    undecided = await client.get(f"{FIGURES}/cases/{made['id']}", headers=admin.headers)
    assert (undecided.status_code, undecided.json()["code"]) == (409, "conflict")
    await decide(client, ana, made["id"], "reject", reason="wrong_facts", comment="we never said that")
    case = (await client.get(f"{FIGURES}/cases/{made['id']}", headers=admin.headers)).json()["data"]
    assert (case["expect"], case["note"]) == ("hold", "rejected: we never said that")
    assert [message["sender"] for message in case["messages"]] == ["customer"]
    assert "Marisol" not in str(case)
    assert "Vega" not in str(case)
    assert all(span in case["draft"] for span in case["bad_spans"])
    rows = await house.database.fetch("SELECT action, target FROM audit_entries WHERE action = 'draft:export'")
    assert [row["target"] for row in rows] == [f"message:{made['id']}"]
