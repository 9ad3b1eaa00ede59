"""Nothing secret in any log line or answer: every secret that a run of the product makes is sought in all it says."""

import re
from pathlib import Path

import httpx
import pytest
from pyotp.totp import TOTP

from models.users import Role
from tests.own_process import SECRET, own_process

PASSWORD = "marzipan under the stairs"
NEW_PASSWORD = "gravel path behind the mill"
EMAIL = "quirina.ohnesorg@example.com"
WORDS = "My licence plate is QX-4711"


def _outbox(folder: Path) -> str:
    return "\n".join(file.read_text() for file in (folder / "outbox").glob("*.eml"))


async def test_no_secret_stands_in_a_log_line_or_an_answer(database_url: str, tmp_path: Path) -> None:
    """Sign-up, sign-in right and wrong, refresh, reset, two-factor, keys, webhooks, drafts, faults: with DEBUG logs."""
    said: list[str] = []
    secrets: dict[str, str] = {"password": PASSWORD, "new password": NEW_PASSWORD, "signing key": SECRET}

    async def keep(answer: httpx.Response) -> None:
        await answer.aread()
        said.append(answer.text)

    with own_process(database_url, tmp_path, LOG_LEVEL="DEBUG", WEBHOOK_ALLOW_PRIVATE="true") as running:
        secrets |= {f"token of {role}": token for role, token in running.tokens.items()}
        hooks = {"response": [keep]}
        async with httpx.AsyncClient(base_url=f"{running.url}/api/v1", event_hooks=hooks, timeout=20) as client:
            admin, staff = running.headers(Role.ADMIN), running.headers(Role.STAFF)
            account = {"email": EMAIL, "username": "quirina", "password": PASSWORD}
            made = (await client.post("/auth/register", json=account)).json()["data"]
            own = {"Authorization": f"Bearer {made['access_token']}"}
            cookie = next(iter(client.cookies.values()))
            client.cookies.clear()
            fresh = (await client.post("/auth/refresh", json={"refresh_token": made["refresh_token"]})).json()["data"]
            shown_once = {"access": made["access_token"], "refresh": made["refresh_token"], "cookie": cookie}
            shown_once |= {"new access": fresh["access_token"], "new refresh": fresh["refresh_token"]}
            await client.post("/auth/login", json={"email": EMAIL, "password": NEW_PASSWORD})
            await client.post("/auth/login", json={"email": EMAIL, "password": PASSWORD, "totp_code": "123456"})
            await client.post("/auth/login", content=f'{{"email": "{EMAIL}", "password": "{PASSWORD}"')
            await client.get(f"/users/me?token={made['access_token']}&password={PASSWORD}")
            await client.get("/users/me", headers={"Cookie": f"dealsmart_session={cookie}"})
            totp = (await client.post("/auth/totp/enroll", headers=own)).json()["data"]["secret"]
            given = {"code": TOTP(totp).now()}
            codes = (await client.post("/auth/totp/confirm", json=given, headers=own)).json()["data"]["recovery_codes"]
            renew = await client.post("/auth/totp/recovery-codes", json={"password": PASSWORD}, headers=own)
            codes += renew.json()["data"]["recovery_codes"]
            shown_once |= {f"recovery code {n}": code for n, code in enumerate(codes)}
            body = {"name": "k", "scopes": ["vehicles:read"]}
            key = (await client.post("/api-keys", json=body, headers=own)).json()["data"]["secret"]
            await client.get("/vehicles", headers={"X-API-Key": key})
            await client.get("/vehicles", headers={"X-API-Key": key + "x"})
            hook = {"url": "http://127.0.0.1:9/in", "events": ["message.created"]}
            whsec = (await client.post("/webhook-endpoints", json=hook, headers=admin)).json()["data"]["secret"]
            shown_once |= {"totp": totp, "api key": key, "webhook": whsec, "webhook's bytes": whsec[6:]}
            wanted = {"customer": {"name": "Ann", "email": EMAIL}, "source": "web", "message": {"content": WORDS}}
            talk = (await client.post("/conversations", json=wanted, headers=staff)).json()["data"]
            await client.post(f"/conversations/{talk['id']}/ai-suggest", headers=staff)
            await client.post("/auth/password-reset", json={"email": EMAIL})
            for path in ("users", "admin/audit", "admin/jobs", "webhook-endpoints", "status", "api-keys"):
                await client.get(f"/{path}", headers=admin)
            await client.get("/users/me/export", headers=own)
            await client.get("/status", headers=admin)
            await client.post("/auth/password", json={"current_password": "x", "new_password": PASSWORD}, headers=own)
        log = running.log.read_text()
    shown_once |= {f"mailed {n}": token for n, token in enumerate(re.findall(r"token=([\w-]{20,})", _outbox(tmp_path)))}
    for name, secret in (secrets | shown_once | {"e-mail": EMAIL, "words": WORDS}).items():
        assert secret not in log, f"{name} stands in the log"
    for name, secret in secrets.items():
        assert not [text for text in said if secret in text], f"{name} stands in an answer"
    for name, secret in shown_once.items():
        shown = [text for text in said if secret in text]
        made_alike = list(shown_once.values()).count(secret)  # two access tokens of one second are the same
        assert len(shown) <= made_alike, f"{name} was shown {len(shown)} times"
    everything = "\n".join(said)
    for shape in (r"\$2[aby]\$\d\d\$", "password_hash", "secret_hash", "cookie_hash", "refresh_hash", "code_hash"):
        assert not re.search(shape, everything + log), shape
    assert "Traceback" not in everything
    assert len(log.splitlines()) > 20, "the run logged something"
    if "mailed 0" not in shown_once:
        pytest.fail("no mail with a token was sent")
