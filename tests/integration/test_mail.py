"""Mail over SMTP and into a folder."""

import socket
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from api.integrations.mail import Letter, Mailer, MailError
from tests.fakes.smtp_server import smtp_server

LETTER = Letter("josé@example.com", "Grüße – confirm", "Hello José,\n.\n..two dots\nhttps://x.example/?token=abc_-9\n")
SENDER = "DealSmart <no-reply@dealer.example>"


def files_in(folder: Path) -> list[Path]:
    """Return what lies in a folder, by name."""
    return sorted(folder.iterdir())


async def test_a_letter_goes_over_smtp_whole() -> None:
    async with smtp_server() as server:
        letter = Letter("ana@example.com", LETTER.subject, LETTER.text)
        await Mailer(f"smtp://us%40er:p%3Ass@127.0.0.1:{server.port}", SENDER).send(letter)
    message = message_from_bytes(server.letters[0].replace(b"\r\n..", b"\r\n."), policy=default)
    assert (message["To"], message["From"], message["Subject"]) == ("ana@example.com", SENDER, LETTER.subject)
    assert message["Message-ID"].endswith("@dealer.example>")
    body = message.get_body()
    assert body is not None
    assert body.get_content().replace("\r\n", "\n") == LETTER.text
    assert server.logins == ["\0us@er\0p:ss"]


async def test_without_a_user_nobody_logs_in() -> None:
    async with smtp_server() as server:
        await Mailer(f"smtp://127.0.0.1:{server.port}", SENDER).send(Letter("ana@example.com", "s", "t"))
    assert (len(server.letters), server.logins) == (1, [])


async def test_a_server_that_refuses_or_is_gone_is_a_mail_error() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        with pytest.raises(MailError):
            await Mailer(f"smtp://127.0.0.1:{taken.getsockname()[1]}", SENDER).send(LETTER)
    async with smtp_server() as server:
        server.refuse = True
        with pytest.raises(MailError):
            await Mailer(f"smtp://127.0.0.1:{server.port}", SENDER).send(Letter("ana@example.com", "s", "t"))
        assert server.letters == []


async def test_the_folder_gets_one_private_file_a_letter(tmp_path: Path) -> None:
    mailer = Mailer(f"file://{tmp_path}/out%20box", SENDER)
    await mailer.send(LETTER)
    await mailer.send(LETTER)
    files = files_in(tmp_path / "out box")
    assert [file.suffix for file in files] == [".eml", ".eml"]
    assert {file.stat().st_mode & 0o777 for file in files} == {0o600}
    message = message_from_bytes(files[0].read_bytes(), policy=default)
    assert (message["To"], message.get_content()) == (LETTER.to, LETTER.text)


async def test_a_line_break_in_an_address_makes_no_header(tmp_path: Path) -> None:
    with pytest.raises(ValueError):
        await Mailer(f"file://{tmp_path}", SENDER).send(Letter("a@example.com\nBcc: b@example.com", "s", "t"))
    assert files_in(tmp_path) == []


@pytest.mark.parametrize("url", ["ftp://x", "outbox", ""])
def test_other_urls_are_refused(url: str) -> None:
    with pytest.raises(ValueError, match="MAIL_URL"):
        Mailer(url, SENDER)
