"""Requests that schemathesis makes from the OpenAPI document, as everybody, links between routes followed.

Every check but `positive_data_acceptance`, which a rule beyond the schema (a known id, a free name) would fail. The
routes that take the caller's own session, account or role away have runs of their own, without links, which would
lead to the caller himself; once one has ended his session, the refusals that follow are what is held against the
document. Left out is the endless event stream alone; tests/api/test_events.py has it.
"""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from models.users import Role
from tests.own_process import OwnProcess, own_process

SECONDS = {"examples,coverage,fuzzing": 6, "stateful": 3}
FAREWELL_SECONDS = 3  # a handful of routes
FAREWELLS = (("end_session", "change_password", "delete_me", "delete_user", "change_user"), ("log_out",))
OWN_END = ("stream_events", *(name for names in FAREWELLS for name in names))
pytestmark = pytest.mark.xdist_group("schemathesis")  # one product for all of them
SCHEMATHESIS = Path(sys.executable).with_name("schemathesis")


@pytest.fixture(scope="module")
def product(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[OwnProcess]:
    """The API without rate limits, in a process of its own."""
    with own_process(database_url, tmp_path_factory.mktemp("product"), RATE_LIMIT_ENABLED="false") as running:
        yield running


@pytest.fixture(scope="module")
def leaving(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[OwnProcess]:
    """Another one, whose people's sessions end."""
    with own_process(database_url, tmp_path_factory.mktemp("leaving"), RATE_LIMIT_ENABLED="false") as running:
        yield running


@pytest.mark.parametrize("phases", SECONDS)
@pytest.mark.parametrize("role", [None, *Role])
def test_no_request_meets_an_answer_that_the_document_does_not_tell(
    product: OwnProcess, role: Role | None, phases: str
) -> None:
    _run(
        product, role, phases, SECONDS[phases], *(part for name in OWN_END for part in ("--exclude-operation-id", name))
    )
    me = httpx.get(f"{product.url}/api/v1/users/me", headers=product.headers(role))
    assert me.status_code == (401 if role is None else 200), "the run went on as somebody to its end"


@pytest.mark.parametrize("names", FAREWELLS)
@pytest.mark.parametrize("role", [None, Role.USER, Role.ADMIN])
def test_what_ends_the_callers_own_session_answers_as_told(
    leaving: OwnProcess, role: Role | None, names: tuple[str, ...]
) -> None:
    wanted = (part for name in names for part in ("--include-operation-id", name))
    _run(leaving, role, "examples,coverage,fuzzing", FAREWELL_SECONDS, *wanted)


def test_no_fault_of_ours_was_met(product: OwnProcess, leaving: OwnProcess) -> None:
    for running in (product, leaving):
        assert "unhandled fault" not in running.log.read_text()


def _run(running: OwnProcess, role: Role | None, phases: str, seconds: int, *which: str) -> None:
    command = [
        str(SCHEMATHESIS),
        "run",
        f"{running.url}/api/v1/openapi.json",
        *("--checks", "all", "--exclude-checks", "positive_data_acceptance"),
        *("--phases", phases, "--max-time", str(seconds), "--seed", "20261123"),
        *("--continue-on-failure", "--suppress-health-check", "all", "--request-timeout", "10"),
        *("--generation-database", "none", "--no-color", "--warnings", "off"),
        *which,
        *(part for name, value in running.headers(role).items() for part in ("-H", f"{name}: {value}")),
    ]
    ended = subprocess.run(
        command,
        check=False,
        cwd=running.log.parent,
        capture_output=True,
        text=True,
        timeout=90,
    )
    assert ended.returncode == 0, ended.stdout[-8_000:] + ended.stderr[-2_000:]
