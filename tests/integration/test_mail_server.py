"""Mail through a real SMTP server: the letters of accounts, encryption where it is offered, refusals."""

import datetime
import re
import socket
import ssl
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import httpx
import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from api.integrations.mail import Letter, Mailer, MailError
from api.services.house import House
from tests.people import ANA, register

SENDER = "DealSmart <no-reply@dealer.example>"
LETTER = Letter("ana@example.com", "Grüße", "Hello.\n.\n..dots\n")


def free_port() -> int:
    """Return a port that nobody listens on; the server's own starter cannot do with 0."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@dataclass
class Postman:
    """Keeps what the server gets; `refuses` answers every recipient with 450."""

    letters: list[EmailMessage] = field(default_factory=list)
    refuses: bool = False

    async def handle_RCPT(self, _s: Any, _x: Session, envelope: Envelope, address: str, _o: list[str]) -> str:
        if self.refuses:
            return "450 try later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Session, envelope: Envelope) -> str:
        content = envelope.content
        assert isinstance(content, bytes)
        message = message_from_bytes(content, policy=default)
        assert isinstance(message, EmailMessage)
        self.letters.append(message)
        return "250 OK"


@pytest.fixture
def postman() -> Postman:
    """Who takes the letters."""
    return Postman()


@pytest.fixture
def server(postman: Postman) -> Iterator[Controller]:
    """A plain server."""
    controller = Controller(postman, hostname="127.0.0.1", port=free_port())
    controller.start()
    yield controller
    controller.stop()


async def test_a_link_goes_by_smtp_from_the_request_to_the_new_password(
    client: httpx.AsyncClient,
    house: House,
    server: Controller,
    postman: Postman,
    run_jobs: Callable[[], Awaitable[None]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    mail_url = f"smtp://127.0.0.1:{server.port}"
    monkeypatch.setattr(house, "settings", house.settings.model_copy(update={"mail_url": mail_url}))
    await register(client)
    assert (await client.post("/api/v1/auth/password-reset", json={"email": ANA["email"]})).status_code == 202
    await run_jobs()
    subjects = [letter["Subject"] for letter in postman.letters]
    assert sorted(subjects) == ["Choose a new password", "Confirm your e-mail address"]
    text = next(letter for letter in postman.letters if "password" in letter["Subject"]).get_content()
    token = re.search(r"token=(\S+)", text)
    assert token is not None
    body = {"token": token[1], "password": "gravel under the tall oak"}
    assert (await client.post("/api/v1/auth/password-reset/confirm", json=body)).status_code == 200


async def test_a_refusal_is_a_mail_error(server: Controller, postman: Postman) -> None:
    postman.refuses = True
    with pytest.raises(MailError):
        await Mailer(f"smtp://127.0.0.1:{server.port}", SENDER).send(LETTER)
    assert postman.letters == []


def certificate(folder: Path) -> Path:
    """Make a certificate of its own authority for localhost, with its key in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.datetime.now(datetime.UTC)
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    builder = builder.not_valid_before(now).not_valid_after(now + datetime.timedelta(hours=1))
    builder = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    pem = serialization.Encoding.PEM
    bare = (pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    file = folder / "server.pem"
    file.write_bytes(key.private_bytes(*bare) + builder.sign(key, hashes.SHA256()).public_bytes(pem))
    return file


@pytest.mark.parametrize("trusted", [True, False])
async def test_a_password_goes_over_an_encrypted_line_that_is_trusted_only(
    postman: Postman, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trusted: bool
) -> None:
    logins: list[Any] = []

    def authenticate(_s: Any, session: Session, _e: Any, _m: str, data: Any) -> AuthResult:
        logins.append((session.ssl is not None, data))
        return AuthResult(success=True)

    file = certificate(tmp_path)
    if trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(file))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    options: dict[str, Any] = {"authenticator": authenticate, "auth_required": True, "require_starttls": True}
    controller = Controller(postman, hostname="127.0.0.1", port=free_port(), tls_context=context, **options)
    controller.start()
    try:
        mailer = Mailer(f"smtp://us%40er:p%3Ass@localhost:{controller.port}", SENDER)
        if not trusted:
            with pytest.raises(MailError):
                await mailer.send(LETTER)
            assert (logins, postman.letters) == ([], [])
            return
        await mailer.send(LETTER)
    finally:
        controller.stop()
    assert logins == [(True, LoginPassword(b"us@er", b"p:ss"))]
    assert postman.letters[0]["Subject"] == LETTER.subject
    assert postman.letters[0].get_content().replace("\r\n", "\n") == LETTER.text
