"""Outgoing mail: over SMTP, or into a folder as .eml files (MAIL_URL)."""

import asyncio
import os
import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid, parseaddr
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from models.base import new_id, utc_now

TIMEOUT_SECONDS = 10.0
_PORTS = {"smtp": 587, "smtps": 465}
_OWN_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})


class MailError(Exception):
    """A letter could not be handed over; trying again later may help."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail in plain text to one person."""

    to: str
    subject: str
    text: str


class Mailer:
    """Hands letters to an SMTP server, or lays them into a folder."""

    def __init__(self, url: str, sender: str) -> None:
        """Take `smtp://user:pass@host:port` (STARTTLS where offered), `smtps://…`, or `file://folder`.

        Raises:
            ValueError: The URL is none of these.
        """
        parts = urlsplit(url)
        if parts.scheme not in {*_PORTS, "file"}:
            raise ValueError("MAIL_URL must begin with smtp://, smtps:// or file://")
        self._parts = parts
        self._sender = sender

    @property
    def kind(self) -> str:
        """`smtp` or `folder`."""
        return "folder" if self._parts.scheme == "file" else "smtp"

    async def send(self, letter: Letter) -> None:
        """Hand over a letter, in a thread.

        Raises:
            MailError: The server or the folder did not take it.
        """
        message = _message(letter, self._sender)
        try:
            if self.kind == "folder":
                await asyncio.to_thread(_lay_down, Path(unquote(self._parts.netloc + self._parts.path)), message)
            else:
                await asyncio.to_thread(_submit, self._parts, message)
        except (OSError, smtplib.SMTPException) as error:
            raise MailError(f"the mail was not taken: {type(error).__name__}") from error


def _message(letter: Letter, sender: str) -> EmailMessage:
    message = EmailMessage()
    message["From"] = sender
    message["To"] = letter.to
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(utc_now())
    message["Message-ID"] = make_msgid(domain=parseaddr(sender)[1].rpartition("@")[2] or "localhost")
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.text)
    return message


def _lay_down(folder: Path, message: EmailMessage) -> None:
    """Write the letter under a name that sorts by time; whoever watches the folder never sees half of it."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    name = str(new_id())
    unfinished = folder / f".{name}.part"
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(message.as_bytes())
    unfinished.rename(folder / f"{name}.eml")


def _submit(server: SplitResult, message: EmailMessage) -> None:
    host, port = server.hostname or "localhost", server.port or _PORTS[server.scheme]
    context = ssl.create_default_context()
    if server.scheme == "smtps":
        connection = smtplib.SMTP_SSL(host, port, timeout=TIMEOUT_SECONDS, context=context)
    else:
        connection = smtplib.SMTP(host, port, timeout=TIMEOUT_SECONDS)
    with connection:
        connection.ehlo()
        encrypted = server.scheme == "smtps" or _encrypt(connection, context)
        if server.username:
            _log_in(connection, server, trusted=encrypted or host in _OWN_MACHINE)
        connection.send_message(message)


def _encrypt(connection: smtplib.SMTP, context: ssl.SSLContext) -> bool:
    if not connection.has_extn("starttls"):
        return False
    connection.starttls(context=context)
    connection.ehlo()
    return True


def _log_in(connection: smtplib.SMTP, server: SplitResult, *, trusted: bool) -> None:
    if not trusted:
        raise smtplib.SMTPNotSupportedError("the server offers no encryption for the password")
    connection.login(unquote(server.username or ""), unquote(server.password or ""))
