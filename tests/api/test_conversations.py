"""HTTP: conversations: shape, customers, refusals, filters, search, pages, snooze, erasure."""

from typing import Any

import httpx
import pytest

from models.users import Role
from tests.conftest import SignIn
from tests.conversing import CONVERSATIONS, opened, say


async def test_a_conversation_has_the_contracts_shape(client: httpx.AsyncClient, sign_in: SignIn) -> None:
    staff = await sign_in()
    made = await opened(client, staff, labels=["suv", "suv"], priority="high", metadata={"page": "/rav4"})
    assert set(made) == {
        *("id", "customer", "subject", "status", "priority", "source", "labels", "assigned_to", "last_message"),
        *("last_message_at", "waiting_since", "unread_count", "snoozed_until", "resolution", "metadata", "version"),
        *("created_at", "updated_at"),
    }
    assert made["status"] == "open"
    assert made["labels"] == ["suv"]
    assert made["metadata"] == {"page": "/rav4"}
    assert made["last_message"]["preview"] == "Is the RAV4 still there?"
    assert made["waiting_since"] == made["last_message"]["sent_at"]
    assert made["unread_count"] == 1
    assert made["created_at"].endswith("Z")
    assert len(made["created_at"]) == len("2026-01-01T00:00:00.000000Z")


async def test_the_customer_is_matched_by_external_id_then_email_then_phone(
    client: httpx.AsyncClient, sign_in: SignIn
) -> None:
    staff = await sign_in()
    first = await opened(client, staff, customer={"name": "A", "email": "Ann@Example.com", "external_id": "x1"})
    same = [
        await opened(client, staff, customer={"name": "B", "email": "ann@example.COM"}),
        await opened(client, staff, customer={"name": "C", "external_id": "x1", "phone": "+15550100199"}),
        await opened(client, staff, customer={"name": "D", "phone": "+1 555 010 0199"}),
    ]
    assert {one["customer"]["id"] for one in same} == {first["customer"]["id"]}
    other = await opened(client, staff, customer={"name": "A"})
    assert other["customer"]["id"] != first["customer"]["id"]


async def test_a_phone_that_cannot_be_is_refused(client: httpx.AsyncClient, sign_in: SignIn) -> None:
    staff = await sign_in()
    body = {"customer": {"name": "A", "phone": "12"}, "source": "web"}
    answer = await client.post(CONVERSATIONS, json=body, headers=staff.headers)
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == "body.customer.phone"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"customer": {"name": "A"}}, "body.source"),
        ({"customer": {"name": "A"}, "source": "fax"}, "body.source"),
        ({"customer": {"name": ""}, "source": "web"}, "body.customer.name"),
        ({"customer": {"name": "A", "age": 3}, "source": "web"}, "body.customer.age"),
        ({"customer": {"name": "A"}, "source": "web", "message": {"content": "x" * 10_001}}, "body.message.content"),
        ({"customer": {"name": "A\x00"}, "source": "web"}, "body.customer.name"),
    ],
)
async def test_bad_bodies_are_refused_field_by_field(
    client: httpx.AsyncClient, sign_in: SignIn, body: dict[str, Any], field: str
) -> None:
    staff = await sign_in()
    answer = await client.post(CONVERSATIONS, json=body, headers=staff.headers)
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["code"] == "validation_error"
    assert field in {error["field"] for error in problem["errors"]}


@pytest.mark.parametrize("role", [Role.USER, Role.CREATOR, Role.MODERATOR])
async def test_who_is_not_staff_sees_no_conversation(client: httpx.AsyncClient, sign_in: SignIn, role: Role) -> None:
    made = await opened(client, await sign_in())
    stranger = await sign_in(role)
    paths = ["", f"/{made['id']}", f"/{made['id']}/messages", f"/{made['id']}/status"]
    answers = [await client.get(CONVERSATIONS + path, headers=stranger.headers) for path in paths]
    assert [answer.status_code for answer in answers] == [403] * 4
    assert (await client.get(CONVERSATIONS)).status_code == 401


async def test_closing_is_idempotent_and_a_customer_reopens(client: httpx.AsyncClient, sign_in: SignIn) -> None:
    staff = await sign_in()
    made = await opened(client, staff)
    path = f"{CONVERSATIONS}/{made['id']}/close"
    first = (await client.post(path, json={"resolution": "sold"}, headers=staff.headers)).json()["data"]
    second = (await client.post(path, headers=staff.headers)).json()["data"]
    assert first["status"] == second["status"] == "resolved"
    assert second["resolution"] == "sold"
    assert second["version"] == first["version"]
    await say(client, staff, made["id"], "one more thing", sender="customer")
    status = (await client.get(f"{CONVERSATIONS}/{made['id']}/status", headers=staff.headers)).json()["data"]
    assert status["status"] == "open"


async def test_assigning_tells_the_assignee(client: httpx.AsyncClient, sign_in: SignIn) -> None:
    staff, colleague, user = await sign_in(), await sign_in(display_name="Luis"), await sign_in(Role.USER)
    made = await opened(client, staff)
    path = f"{CONVERSATIONS}/{made['id']}/assign"
    given = await client.post(path, json={"staff_id": str(colleague.user.id)}, headers=staff.headers)
    assert given.json()["data"]["assigned_to"] == {"id": str(colleague.user.id), "display_name": "Luis"}
    notices = (await client.get("/api/v1/notifications", headers=colleague.headers)).json()["data"]
    assert [notice["kind"] for notice in notices] == ["conversation.assigned"]
    assert notices[0]["link"] == f"/inbox?id={made['id']}"
    refused = await client.post(path, json={"staff_id": str(user.user.id)}, headers=staff.headers)
    assert refused.status_code == 400
    taken = await client.post(path, json={"staff_id": None}, headers=staff.headers)
    assert taken.json()["data"]["assigned_to"] is None


async def test_filters_and_search(client: httpx.AsyncClient, sign_in: SignIn) -> None:
    staff = await sign_in()
    camry = await opened(
        client, staff, customer={"name": "Zoë Camryfan"}, subject="first", labels=["vip"], source="sms"
    )
    civic = await opened(client, staff, subject="About the Civic", message={"content": "Does it have a sunroof?"})
    quiet = await opened(
        client, staff, customer={"name": "Quiet", "phone": "+15550100123"}, message=None, priority="low"
    )
    await client.post(
        f"{CONVERSATIONS}/{civic['id']}/assign", json={"staff_id": str(staff.user.id)}, headers=staff.headers
    )
    await say(client, staff, quiet["id"], "secretword in a note", internal=True)

    async def found(**query: Any) -> set[str]:
        answer = await client.get(CONVERSATIONS, params=query, headers=staff.headers)
        assert answer.status_code == 200, answer.text
        return {row["id"] for row in answer.json()["data"]}

    assert await found() == {camry["id"], civic["id"], quiet["id"]}
    assert await found(label="vip") == {camry["id"]}
    assert await found(source="sms") == {camry["id"]}
    assert await found(priority="low") == {quiet["id"]}
    assert await found(assigned_to="me") == {civic["id"]}
    assert await found(assigned_to="none") == {camry["id"], quiet["id"]}
    assert await found(assigned_to=str(staff.user.id)) == {civic["id"]}
    assert await found(customer_id=quiet["customer"]["id"]) == {quiet["id"]}
    assert await found(unread="true") == {camry["id"], civic["id"]}
    assert await found(q="zoë") == {camry["id"]}
    assert await found(q="SUNROOF") == {civic["id"]}
    assert await found(q="the civic") == {civic["id"]}
    assert await found(q="0100123") == {quiet["id"]}
    for written in ("+1 555 010 0123", "(555) 010-0123", "555.010.0123", "0 555 0100123"):
        assert await found(q=written) == {quiet["id"]}, written
    assert await found(q="secretword") == {quiet["id"]}
    assert await found(q="100%") == set()
    assert await found(q="nothing of the kind") == set()


async def test_pages_show_each_row_once_while_others_arrive(client: httpx.AsyncClient, sign_in: SignIn) -> None:
    staff = await sign_in()
    made = [(await opened(client, staff, customer={"name": f"C{n}"}))["id"] for n in range(7)]
    for sort in ("-last_message_at", "created_at", "-priority"):
        seen: list[str] = []
        query: dict[str, Any] = {"limit": 3, "sort": sort, "include_total": "true"}
        while True:
            page = (await client.get(CONVERSATIONS, params=query, headers=staff.headers)).json()
            seen += [row["id"] for row in page["data"]]
            if not page["meta"]["has_more"]:
                break
            if sort == "-last_message_at":
                await opened(client, staff, customer={"name": "newcomer"})
            query["cursor"] = page["meta"]["next_cursor"]
        assert [one for one in seen if one in made] == [one for one in dict.fromkeys(seen) if one in made]
        assert set(made) <= set(seen)


async def test_a_cursor_of_another_list_is_refused(client: httpx.AsyncClient, sign_in: SignIn) -> None:
    staff = await sign_in()
    for number in range(3):
        await opened(client, staff, customer={"name": f"C{number}"})
    page = (await client.get(CONVERSATIONS, params={"limit": 1}, headers=staff.headers)).json()
    cursor = page["meta"]["next_cursor"]
    for query in ({"cursor": cursor, "sort": "-created_at"}, {"cursor": cursor, "status": "open"}, {"cursor": "zzz"}):
        answer = await client.get(CONVERSATIONS, params=query, headers=staff.headers)
        assert answer.status_code == 400
        assert answer.json()["errors"][0]["code"] == "invalid_cursor"


async def test_snoozed_ones_are_left_out_and_a_customer_wakes_them(client: httpx.AsyncClient, sign_in: SignIn) -> None:
    staff = await sign_in()
    made = await opened(client, staff)
    path = f"{CONVERSATIONS}/{made['id']}"
    past = await client.patch(path, json={"snoozed_until": "2020-01-01T00:00:00Z"}, headers=staff.headers)
    assert past.status_code == 400
    await client.patch(path, json={"snoozed_until": "2099-01-01T00:00:00Z"}, headers=staff.headers)
    assert (await client.get(CONVERSATIONS, headers=staff.headers)).json()["data"] == []
    shown = (await client.get(CONVERSATIONS, params={"snoozed": "true"}, headers=staff.headers)).json()["data"]
    assert [row["snoozed_until"] for row in shown] == ["2099-01-01T00:00:00.000000Z"]
    await say(client, staff, made["id"], "hello?", sender="customer")
    assert len((await client.get(CONVERSATIONS, headers=staff.headers)).json()["data"]) == 1


async def test_only_an_admin_deletes_and_it_is_audited(client: httpx.AsyncClient, sign_in: SignIn) -> None:
    staff, admin = await sign_in(), await sign_in(Role.ADMIN)
    made = await opened(client, staff)
    path = f"{CONVERSATIONS}/{made['id']}"
    assert (await client.delete(path, headers=staff.headers)).status_code == 403
    assert (await client.delete(path, headers=admin.headers)).status_code == 204
    assert (await client.get(path, headers=staff.headers)).status_code == 404
    trail = (await client.get("/api/v1/admin/audit", headers=admin.headers)).json()["data"]
    assert trail[0]["action"] == "conversation:delete"
    assert trail[0]["target"] == f"conversation:{made['id']}"


async def test_erasing_a_customer_leaves_no_word_of_his(client: httpx.AsyncClient, sign_in: SignIn) -> None:
    staff, admin = await sign_in(), await sign_in(Role.ADMIN)
    made = await opened(client, staff, metadata={"street": "Elm"})
    path = f"/api/v1/customers/{made['customer']['id']}"
    assert (await client.delete(path, headers=staff.headers)).status_code == 403
    assert (await client.delete(path, headers=admin.headers)).status_code == 204
    left = (await client.get(f"{CONVERSATIONS}/{made['id']}", headers=staff.headers)).text
    for word in ("Marisol", "marisol@example.com", "RAV4", "Elm"):
        assert word not in left


async def test_reopened_unanswered_waits_again(client: httpx.AsyncClient, sign_in: SignIn) -> None:
    """Who resolved a question by mistake and opens it again finds it among what waits for a reply."""
    staff = await sign_in()
    made = await opened(client, staff)
    path = f"{CONVERSATIONS}/{made['id']}"
    closed = (await client.post(f"{path}/close", headers=staff.headers)).json()["data"]
    assert closed["waiting_since"] is None
    again = (await client.patch(path, json={"status": "open"}, headers=staff.headers)).json()["data"]
    assert again["waiting_since"] == made["last_message"]["sent_at"]
