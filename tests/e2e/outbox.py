"""Letters that a product under test has sent, as files in its outbox."""

import re
import time
from email import message_from_bytes
from email.policy import default
from pathlib import Path

MAIL_SECONDS = 15


def letter_to(outbox: Path, email: str, having: str = "") -> str:
    """Wait for a mail to an address whose text has these words, and return the text."""
    deadline = time.monotonic() + MAIL_SECONDS
    while time.monotonic() < deadline:
        for file in outbox.glob("*.eml"):
            letter = message_from_bytes(file.read_bytes(), policy=default)
            body = letter.get_body(("plain",))
            if letter["To"] and email in letter["To"] and body is not None and having in body.get_content():
                return body.get_content()
        time.sleep(0.1)
    raise AssertionError(f"no mail to {email}: {sorted(outbox.glob('*'))}")


def link_in(letter: str, path: str) -> str:
    """Return the link to one of our pages, with its token."""
    found = re.search(rf"http\S+{path}\?token=\S+", letter)
    assert found, letter
    return found[0]
