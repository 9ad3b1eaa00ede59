"""Attacks on accounts: a planted session, another's id in the path, a forged host in a mail, a file of two kinds."""

import io
from collections.abc import Awaitable, Callable

import httpx
import pytest
from PIL import Image

from api.core.security import SESSION_COOKIE
from api.policy import ROUTES
from api.services.house import House
from models.users import Role
from tests.conftest import SignIn
from tests.people import ANA, RIGHT, letters, register

ME = "/api/v1/users/me"
OTHERS = [name for name in ROUTES if "/users/{user_id}" in name]
RISE = {"role": "admin"}


async def test_a_planted_cookie_is_never_the_one_that_is_signed_in(client: httpx.AsyncClient) -> None:
    """Session fixation: the attacker's own session, and one that he made up, in the victim's browser."""
    await register(client)
    attacker = {"email": "eve@example.com", "username": "eve", "password": ANA["password"]}
    answer = await client.post("/api/v1/auth/register", json=attacker)
    for planted in (answer.cookies[SESSION_COOKIE], "made-up"):
        client.cookies.clear()
        client.cookies.set(SESSION_COOKIE, planted)
        signed_in = await client.post("/api/v1/auth/login", json=RIGHT)
        assert signed_in.status_code == 200
        assert signed_in.cookies[SESSION_COOKIE] != planted
        client.cookies.clear()
        client.cookies.set(SESSION_COOKIE, planted)
        seen = await client.get(ME)
        assert ANA["email"].lower() not in seen.text.lower()


@pytest.mark.parametrize("form", [False, True])
async def test_a_sign_in_ends_what_the_browser_was_signed_in_with(
    client: httpx.AsyncClient, house: House, form: bool
) -> None:
    """The former cookie is worth nothing afterwards; a refused sign-in leaves it as it was."""
    await register(client)
    wanted, origin = "/api/v1/auth/login", {"Origin": house.settings.public_url}
    former = (await client.post(wanted, json=RIGHT)).cookies[SESSION_COOKIE]

    async def enter(body: dict[str, str]) -> httpx.Response:
        if form:
            return await client.post(wanted, headers=origin, data=body)
        return await client.post(wanted, headers=origin, json=body)

    await enter({**RIGHT, "password": "wrong-one-99"})
    client.cookies.clear()
    client.cookies.set(SESSION_COOKIE, former)
    assert (await client.get(ME)).status_code == 200
    signed_in = await enter(RIGHT)
    new = signed_in.cookies[SESSION_COOKIE]
    for cookie, status in ((former, 401), (new, 200)):
        client.cookies.clear()
        client.cookies.set(SESSION_COOKIE, cookie)
        assert (await client.get(ME)).status_code == status


def test_there_are_routes_of_others() -> None:
    assert {"GET /users/{user_id}", "PATCH /users/{user_id}", "DELETE /users/{user_id}"} <= set(OTHERS)


@pytest.mark.parametrize("name", OTHERS)
async def test_nobody_but_an_admin_touches_another_person(
    client: httpx.AsyncClient, sign_in: SignIn, name: str
) -> None:
    """Each route with somebody's id, tried on a real one by everybody whom the table leaves out, himself too."""
    victim, admin = await sign_in(Role.USER), await sign_in(Role.ADMIN)
    address = f"/api/v1/users/{victim.user.id}"
    before = (await client.get(address, headers=admin.headers)).json()
    method, path = name.split(" ", 1)
    wanted = "/api/v1" + path.replace("{user_id}", str(victim.user.id))
    thieves = [await sign_in(role) for role in Role if role not in ROUTES[name].who]
    for thief in [*thieves, victim]:
        answer = await client.request(method, wanted, json=None if method == "GET" else RISE, headers=thief.headers)
        assert (answer.status_code, answer.json()["code"]) == (403, "forbidden"), answer.text
        assert victim.user.email not in answer.text
    assert (await client.get(address, headers=admin.headers)).json() == before


async def test_an_export_is_of_nobody_else(client: httpx.AsyncClient, sign_in: SignIn) -> None:
    victim, thief = await sign_in(Role.USER), await sign_in(Role.ADMIN)
    for query in ({"user_id": str(victim.user.id)}, {"id": str(victim.user.id)}, {"email": victim.user.email}):
        answer = await client.get(f"{ME}/export", params=query, headers=thief.headers)
        assert victim.user.email not in answer.text
    aimed = f"/api/v1/users/{victim.user.id}/export"
    assert (await client.get(aimed, headers=thief.headers)).status_code == 404


@pytest.mark.parametrize("header", ["Host", "X-Forwarded-Host", "Forwarded", "X-Original-Host"])
async def test_a_mailed_link_leads_to_us_whatever_host_was_asked(
    client: httpx.AsyncClient, house: House, run_jobs: Callable[[], Awaitable[None]], header: str
) -> None:
    """Poisoned reset: the token would go to the attacker with the victim's press."""
    await register(client)
    value = "host=evil.example" if header == "Forwarded" else "evil.example"
    asked = await client.post("/api/v1/auth/password-reset", json={"email": ANA["email"]}, headers={header: value})
    assert asked.status_code == 202
    await run_jobs()
    texts = [letter.get_content() for letter in letters(house)]
    assert any(f"{house.settings.public_url}/reset-password?token=" in text for text in texts)
    assert not any("evil.example" in text for text in texts)


async def test_a_picture_that_is_a_page_too_is_served_as_a_picture_only(
    client: httpx.AsyncClient, sign_in: SignIn
) -> None:
    """A polyglot: a GIF of many frames with a script in its comment and behind its end."""
    script = b"<script>alert(document.cookie)</script>"
    drawn = io.BytesIO()
    frames = [Image.new("P", (64, 64), shade) for shade in range(1, 40)]
    frames[0].save(drawn, "GIF", save_all=True, append_images=frames[1:], comment=script)
    person = await sign_in(Role.USER)
    sent = {"file": ("x.html", drawn.getvalue() + script, "text/html")}
    answer = await client.put(f"{ME}/avatar", files=sent, headers=person.headers)
    assert answer.status_code == 200, answer.text
    served = await client.get(answer.json()["data"]["avatar_url"])
    assert (served.headers["content-type"], served.headers["x-content-type-options"]) == ("image/webp", "nosniff")
    assert b"script" not in served.content
    with Image.open(io.BytesIO(served.content)) as seen:
        assert getattr(seen, "n_frames", 1) == 1
