"""Requests that schemathesis makes from the OpenAPI document, as everybody, links between routes followed.

Every check but `positive_data_acceptance`, which a rule beyond the schema (a known id, a free name) would fail. Left
out are the routes that would end the run itself: the endless event stream, and those that take the caller's own
session, account or role away; tests/api/test_auth.py and tests/api/test_users.py have them.
"""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from models.users import Role
from tests.own_process import OwnProcess, own_process

SECONDS = {"examples,coverage,fuzzing": 10, "stateful": 5}
OWN_END = (
    "stream_events",
    "log_out",
    "end_session",
    "change_password",
    "delete_me",
    "delete_user",
    "change_user",
)
SCHEMATHESIS = Path(sys.executable).with_name("schemathesis")


@pytest.fixture(scope="module")
def product(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[OwnProcess]:
    """The API without rate limits, in a process of its own."""
    with own_process(database_url, tmp_path_factory.mktemp("product"), RATE_LIMIT_ENABLED="false") as running:
        yield running


@pytest.mark.parametrize("phases", SECONDS)
@pytest.mark.parametrize("role", [None, *Role])
def test_no_request_meets_an_answer_that_the_document_does_not_tell(
    product: OwnProcess, role: Role | None, phases: str
) -> None:
    command = [
        str(SCHEMATHESIS),
        "run",
        f"{product.url}/api/v1/openapi.json",
        *("--checks", "all", "--exclude-checks", "positive_data_acceptance"),
        *("--phases", phases, "--max-time", str(SECONDS[phases]), "--seed", "20261123"),
        *("--continue-on-failure", "--suppress-health-check", "all", "--request-timeout", "10"),
        *("--generation-database", "none", "--no-color", "--warnings", "off"),
        *(part for name in OWN_END for part in ("--exclude-operation-id", name)),
        *(part for name, value in product.headers(role).items() for part in ("-H", f"{name}: {value}")),
    ]
    ended = subprocess.run(
        command,
        check=False,
        cwd=product.log.parent,
        capture_output=True,
        text=True,
        timeout=90,
    )
    assert ended.returncode == 0, ended.stdout[-8_000:] + ended.stderr[-2_000:]
    me = httpx.get(f"{product.url}/api/v1/users/me", headers=product.headers(role))
    assert me.status_code == (401 if role is None else 200), "the run went on as somebody to its end"


def test_no_fault_of_ours_was_met(product: OwnProcess) -> None:
    assert "unhandled fault" not in product.log.read_text()
