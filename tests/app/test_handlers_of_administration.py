"""What an administrator does on the pages reaches the services: called over the socket, read over the API."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import httpx
import psycopg
import pytest

from api.core.embedded_postgres import running_url
from dealsmart_app.states.api_keys import ApiKeyState
from dealsmart_app.states.dealership import DealershipState
from dealsmart_app.states.jobs import JobListState
from dealsmart_app.states.profile import ProfileState
from dealsmart_app.states.sign_ins import SignInListState
from dealsmart_app.states.user_deletions import UserDeletionState
from dealsmart_app.states.user_side import UserDossierState, UserEditState
from dealsmart_app.states.users import UserListState, UserViewState
from dealsmart_app.states.vehicle_entry import VehicleEntryState
from dealsmart_app.states.vehicles import VehicleEditState, VehicleListState
from dealsmart_app.states.webhooks import WebhookEditState, WebhookListState
from tests.app.reaching import of, reaches
from tests.app.socket_client import Socket
from tests.served import PASSWORD, Served, cookie_of

FAILED = """
WITH j AS (INSERT INTO procrastinate_jobs (queue_name, task_name, args, status, attempts)
           VALUES ('default', 'audit.tell_head', '{"timestamp": 0}', 'failed', 5) RETURNING id)
INSERT INTO job_failures (job_id, error, failed_at) SELECT id, 'TimeoutError', now() FROM j RETURNING job_id
"""


@pytest.fixture
def ada(served: Served) -> Iterator[httpx.Client]:
    """An admin."""
    with served.sign_in("ada") as client:
        yield client


@pytest.fixture
def newcomer(served: Served) -> Iterator[httpx.Client]:
    """Somebody new, whom no other test knows."""
    name = f"reach_{uuid4().hex[:10]}"
    given = {"email": f"{name}@demo.example", "username": name, "password": PASSWORD}
    with httpx.Client(base_url=served.url, headers={"Origin": served.url}) as client:
        sent(client, "POST", "auth/register", given)
        yield client


def data(client: httpx.Client, path: str, **query: Any) -> Any:
    """Read something over the API."""
    answer = client.get(f"/api/v1/{path}", params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()["data"]


def sent(client: httpx.Client, method: str, path: str, body: Any = None) -> Any:
    """Write something over the API, and return what it answers."""
    answer = client.request(method, f"/api/v1/{path}", json=body)
    assert answer.is_success, answer.text
    return answer.json()["data"] if answer.content else None


def is_out(client: httpx.Client) -> bool:
    """Tell whether a client's sign-in has ended."""
    return client.get("/api/v1/users/me").status_code == 401


def audited(admin: httpx.Client, action: str) -> list[dict[str, Any]]:
    """Return the newest lines of the trail about an action."""
    return data(admin, "admin/audit", action=action, limit=20)


@reaches(UserEditState, "give_role", "suspend", "lift")
@reaches(UserDossierState, "end_all")
@reaches(UserDeletionState, "withdraw")
async def test_somebodys_role_standing_and_sign_ins(served: Served, ada: httpx.Client, newcomer: httpx.Client) -> None:
    user_id = data(newcomer, "users/me")["id"]
    at = f"/users?id={user_id}"
    async with Socket(served.url, cookie_of(ada)) as socket:
        await socket.send(of(UserListState, "load"), at)
        await socket.send(of(UserEditState, "give_role"), at, form={"role": "creator"})
        assert data(ada, f"users/{user_id}")["role"] == "creator"
        form = {"reason": "Asked for", "suspended_until": "2999-01-02T00:00:00Z"}
        await socket.send(of(UserEditState, "suspend"), at, form=form)
        assert data(ada, f"users/{user_id}")["status"] == "suspended"
        await socket.send(of(UserEditState, "lift"), at)
        assert data(ada, f"users/{user_id}")["status"] == "active"
        person = {"email": data(ada, f"users/{user_id}")["email"], "password": PASSWORD}
        sent(newcomer, "POST", "auth/login", person)
        await socket.send(of(UserDossierState, "end_all"), at)
        assert is_out(newcomer)
        form = {"typed_name": data(ada, f"users/{user_id}")["username"], "reason": "Asked for"}
        await socket.send(of(UserDeletionState, "ask"), at, form=form)
        await socket.send(of(UserDeletionState, "withdraw"), at)
    assert user_id in audited(ada, "user:withdraw_deletion")[0]["target"]


@reaches(UserViewState, "drop")
async def test_a_view_of_people_is_dropped(served: Served, ada: httpx.Client) -> None:
    name = f"Drop {uuid4().hex[:6]}"
    async with Socket(served.url, cookie_of(ada)) as socket:
        await socket.send(of(UserViewState, "ask"), "/users", what="new")
        told = await socket.send(of(UserViewState, "keep"), "/users", form={"name": name})
        view = told[told.index("view=") + 5 :][:36]
        await socket.send(of(UserViewState, "ask"), "/users", what=view)
        assert name not in await socket.send(of(UserViewState, "drop"), "/users")


@reaches(JobListState, "retry")
async def test_a_failed_job_runs_again(served: Served, ada: httpx.Client) -> None:
    url = running_url(served.data) if served.data else None
    if url is None:
        pytest.skip("the running product's data folder is not known")
    with psycopg.connect(url, autocommit=True) as connection:
        row = connection.execute(FAILED).fetchone()
    assert row
    assert row[0] in [job["id"] for job in data(ada, "admin/jobs", status="failed", limit=100)]
    async with Socket(served.url, cookie_of(ada)) as socket:
        assert "The job runs again" in await socket.send(of(JobListState, "retry"), "/jobs", job_id=str(row[0]))
    assert row[0] not in [job["id"] for job in data(ada, "admin/jobs", status="failed", limit=100)]


@reaches(ApiKeyState, "revoke")
@reaches(SignInListState, "end")
@reaches(ProfileState, "mail_again")
async def test_ones_own_key_sign_in_and_mail(served: Served, newcomer: httpx.Client) -> None:
    made = sent(newcomer, "POST", "api-keys", {"name": "Mine", "scopes": ["vehicles:read"]})
    key = made["id"]
    person = {"email": data(newcomer, "users/me")["email"], "password": PASSWORD}
    with httpx.Client(base_url=served.url, headers={"Origin": served.url}) as other:
        sent(other, "POST", "auth/login", person)
        session = next(one["id"] for one in data(other, "auth/sessions") if one["current"])
        async with Socket(served.url, cookie_of(newcomer)) as socket:
            await socket.send(of(ApiKeyState, "load"), "/settings?tab=api-keys")
            await socket.send(of(ApiKeyState, "ask"), "/settings?tab=api-keys", key_id=key)
            await socket.send(of(ApiKeyState, "revoke"), "/settings?tab=api-keys")
            assert key not in [one["id"] for one in data(newcomer, "api-keys")]
            await socket.send(of(SignInListState, "end"), "/settings?tab=sign-ins", session_id=session)
            assert is_out(other)
            assert "Mailed" in await socket.send(of(ProfileState, "mail_again"), "/settings")


@reaches(WebhookEditState, "replay")
async def test_a_delivery_is_tried_anew(served: Served, ada: httpx.Client) -> None:
    """Whatever became of the first try: nobody answers at this address."""
    body = {"url": f"https://hooks.example.com/{uuid4().hex}", "events": ["conversation.updated"], "description": ""}
    made = sent(ada, "POST", "webhook-endpoints", body)
    path = f"webhook-endpoints/{made['id']}"
    conversation = data(ada, "conversations", limit=1)[0]["id"]
    sent(ada, "PATCH", f"conversations/{conversation}", {"labels": [uuid4().hex[:8]]})
    delivery = data(ada, f"{path}/deliveries")[0]["id"]
    at = f"/webhooks?id={made['id']}"
    async with Socket(served.url, cookie_of(ada)) as socket:
        await socket.send(of(WebhookListState, "load"), at)
        assert "Tried anew" in await socket.send(of(WebhookEditState, "replay"), at, delivery_id=delivery)
    assert delivery in audited(ada, "webhook_delivery:replay")[0]["target"]
    sent(ada, "DELETE", path)


@reaches(VehicleEntryState, "make")
@reaches(VehicleEditState, "save")
async def test_a_vehicle_is_added_by_hand_and_changed(served: Served, ada: httpx.Client) -> None:
    """Faults stand at their fields and take nothing in; what is taken in is in the trail."""
    stock = f"HAND-{uuid4().hex[:8]}"
    form = {"stock_number": stock, "make": "Saab", "model": "900", "year": "19o2", "mileage": "88,000", "price": "nan"}
    async with Socket(served.url, cookie_of(ada)) as socket:
        await socket.send(of(VehicleEntryState, "ask"), "/inventory", wanted=True)
        assert "Write a number such as" in await socket.send(of(VehicleEntryState, "make"), "/inventory", form=form)
        form |= {"price": "6,450"}
        assert "Enter a whole number" in await socket.send(of(VehicleEntryState, "make"), "/inventory", form=form)
        assert data(ada, "vehicles", q=stock) == []
        form |= {"year": "1992"}
        assert "Added to the inventory" in await socket.send(of(VehicleEntryState, "make"), "/inventory", form=form)
        [made] = data(ada, "vehicles", q=stock)
        assert (made["year"], made["mileage"], made["price"]["amount"]) == (1992, 88_000, 645_000)
        assert made["id"] in audited(ada, "vehicle:create")[0]["target"]
        again = await socket.send(of(VehicleEntryState, "make"), "/inventory", form=form)
        assert "is another vehicle" in again
        at = f"/inventory?id={made['id']}"
        await socket.send(of(VehicleListState, "load"), at)
        changed = {"status": "sold", "condition": "used", "price": "", "mileage": "88,100", "description": "Gone"}
        await socket.send(of(VehicleEditState, "save"), at, form=changed)
    now = data(ada, f"vehicles/{made['id']}")
    assert (now["status"], now["price"], now["mileage"], now["description"]) == ("sold", None, 88_100, "Gone")
    sent(ada, "DELETE", f"vehicles/{made['id']}")


@reaches(DealershipState, "write", "add_policy", "write_policy", "drop_policy", "toggle_auto_draft", "save")
async def test_the_dealerships_facts_are_written(served: Served, ada: httpx.Client) -> None:
    """What stood there before stands there afterwards."""
    before = data(ada, "dealership")
    place = len(before["policies"])
    async with Socket(served.url, cookie_of(ada)) as socket:
        at = "/dealership"
        await socket.send(of(DealershipState, "load"), at)
        await socket.send(of(DealershipState, "write"), at, field="name", text="Reached Motors")
        await socket.send(of(DealershipState, "add_policy"), at)
        for part, text in (("topic", "Reach"), ("text", "A test was here.")):
            await socket.send(of(DealershipState, "write_policy"), at, index=place, part=part, text=text)
        await socket.send(of(DealershipState, "toggle_auto_draft"), at)
        await socket.send(of(DealershipState, "save"), at)
        now = data(ada, "dealership")
        assert (now["name"], len(now["policies"])) == ("Reached Motors", place + 1)
        assert now["auto_draft"] is not before["auto_draft"]
        await socket.send(of(DealershipState, "write"), at, field="name", text=before["name"])
        await socket.send(of(DealershipState, "drop_policy"), at, index=place)
        await socket.send(of(DealershipState, "toggle_auto_draft"), at)
        await socket.send(of(DealershipState, "save"), at)
    after = data(ada, "dealership")
    assert {**after, "updated_at": ""} == {**before, "updated_at": ""}
